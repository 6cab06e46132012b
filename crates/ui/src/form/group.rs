//! Fields of a document inside a form: groups within groups, entries of lists, and the buttons that
//! change what is asked without sending anything off. All of it works without script.

use maud::{Markup, html};

use super::{ButtonTone, Field};
use crate::icon;

/// Several fields under one heading, with the remarks of the whole.
pub fn group(field: &Field<'_>, content: Markup) -> Markup {
    html! {
        fieldset class="group" id=(field.id()) tabindex="-1" {
            legend class="group-title" { (field.label) (field.mark()) }
            (field.remarks())
            (content)
        }
    }
}

/// One entry of a list, with what may be done to it.
pub fn entry(title: &str, id: &str, tools: Markup, content: Markup) -> Markup {
    html! {
        div class="group-entry" id=(id) {
            div class="group-head" { span class="muted" { (title) } (tools) }
            (content)
        }
    }
}

/// A button that changes what the form asks, at a place of it: posts `do=what`, and the page comes
/// back at that place.
pub fn step(label: &str, sign: &str, (what, place): (&str, &str)) -> Markup {
    html! {
        button class={ (ButtonTone::Ghost.class()) " group-step" } type="submit" name="do" value=(what)
            formaction={ "#" (place) } formnovalidate {
            @if !sign.is_empty() { (icon(sign)) }
            (label)
        }
    }
}

/// A choice beside the button that brings the fields of what was chosen.
pub fn choose(select: Markup, button: Markup) -> Markup {
    html! { div class="group-choose" { (select) (button) } }
}

/// Values that fields of a form offer beside what may be written: fields name its `id`.
pub fn offers(id: &str, values: &[String]) -> Markup {
    html! {
        datalist id=(id) { @for value in values { option value=(value) {} } }
    }
}

/// The button that the Enter key presses; it stands first, so that no other is pressed by mistake.
pub fn first_submit(label: &str) -> Markup {
    html! { button class="sr-only" type="submit" tabindex="-1" aria-hidden="true" { (label) } }
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::{Field, group, step};

    #[test]
    fn a_step_comes_back_to_its_place() {
        let shown = step("添加", "plus", ("add:doc.档", "f-doc.档")).0;
        assert!(shown.contains(r##"name="do" value="add:doc.档" formaction="#f-doc.档""##));
    }

    #[test]
    fn a_group_is_reached_from_the_summary() {
        let field =
            Field {
                name: "doc.前提", label: "前提", error: Some("缺少"), ..Field::default()
            };
        let shown = group(&field, html! {}).0;
        assert!(shown.contains(r#"id="f-doc.前提""#) && shown.contains("缺少"));
    }
}
