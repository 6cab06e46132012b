//! Fields that offer choices.

use maud::{Markup, html};

use super::field::Field;
use crate::icon;

/// Something to choose.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice<'a> {
    /// What is posted.
    pub value: &'a str,
    /// What is read.
    pub label: &'a str,
    /// A remark below it.
    pub hint: Option<&'a str>,
    /// The group it stands in, if any; choices of one group follow each other.
    pub group: Option<&'a str>,
}

impl<'a> Choice<'a> {
    /// A plain choice.
    pub fn new(value: &'a str, label: &'a str) -> Self {
        Self { value, label, hint: None, group: None }
    }
}

/// One of a list, folded.
pub fn select(field: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    field.around(html! {
        select class="form-control" id=(field.id()) name=(field.name) required[field.required]
            aria-invalid=[field.invalid()] aria-describedby=[field.described_by()] {
            @for (group, members) in grouped(choices) {
                @if let Some(group) = group {
                    optgroup label=(group) { (options(field, members)) }
                } @else { (options(field, members)) }
            }
        }
    })
}

fn options(field: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    html! {
        @for choice in choices {
            option value=(choice.value) selected[choice.value == field.value] { (choice.label) }
        }
    }
}

/// Runs of choices of the same group.
fn grouped<'a>(choices: &'a [Choice<'a>]) -> Vec<(Option<&'a str>, &'a [Choice<'a>])> {
    choices
        .chunk_by(|a, b| a.group == b.group)
        .map(|run| (run.first().and_then(|choice| choice.group), run))
        .collect()
}

/// One of a few, all in sight.
pub fn radio(field: &Field<'_>, choices: &[Choice<'_>]) -> Markup {
    set(
        field,
        "radiogroup",
        html! {
            div class="choice-row" {
                @for (index, choice) in choices.iter().enumerate() {
                    label class="choice" {
                        input type="radio" name=(field.name) value=(choice.value)
                            id=[(index == 0).then(|| field.id())] required[field.required]
                            checked[choice.value == field.value];
                        (words(choice))
                    }
                }
            }
        },
    )
}

/// Yes or no: posts `value` when ticked; ticked now when the field holds it.
pub fn checkbox(field: &Field<'_>, value: &str) -> Markup {
    html! {
        div class="field" {
            label class="choice" {
                input type="checkbox" id=(field.id()) name=(field.name) value=(value)
                    required[field.required] checked[field.value == value]
                    aria-invalid=[field.invalid()] aria-describedby=[field.described_by()];
                span { (field.label) (field.mark()) }
            }
            (field.remarks())
        }
    }
}

/// Several of many, with a box that narrows the list; `filter_label` names that box.
pub fn checkbox_list(
    field: &Field<'_>,
    choices: &[Choice<'_>],
    chosen: &[&str],
    filter_label: &str,
) -> Markup {
    set(
        field,
        "group",
        html! {
            div class="choices" {
                div class="choices-head js-only" {
                    div class="input-icon" {
                        (icon("search"))
                        input class="form-control" type="search" data-filter
                            aria-label=(filter_label) placeholder=(filter_label);
                    }
                    span class="choices-count" role="status" {}
                }
                div class="choices-list" {
                    @for (group, members) in grouped(choices) {
                        @if let Some(group) = group { p class="choices-group" { (group) } }
                        @for choice in members { (tick(field, choice, chosen)) }
                    }
                }
            }
        },
    )
}

fn tick(field: &Field<'_>, choice: &Choice<'_>, chosen: &[&str]) -> Markup {
    html! {
        label class="choice" {
            input type="checkbox" name=(field.name) value=(choice.value)
                checked[chosen.contains(&choice.value)];
            (words(choice))
        }
    }
}

fn words(choice: &Choice<'_>) -> Markup {
    html! {
        span {
            (choice.label)
            @if let Some(hint) = choice.hint { span class="choice-hint" { (hint) } }
        }
    }
}

/// A set of controls under one question.
fn set(field: &Field<'_>, role: &str, controls: Markup) -> Markup {
    // The first radio holds the id itself; a list is reached as a whole.
    let id = (role == "group").then(|| field.id());
    html! {
        fieldset class="field" id=[id] tabindex=[(role == "group").then_some("-1")] role=(role)
            aria-invalid=[(role == "radiogroup").then(|| field.invalid()).flatten()]
            aria-describedby=[field.described_by()] {
            legend class="form-label" { (field.label) (field.mark()) }
            (controls)
            (field.remarks())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, checkbox_list, radio, select};
    use crate::form::Field;

    #[test]
    fn what_was_chosen_is_chosen_again() {
        let field = Field { name: "unit", label: "单位", value: "b", ..Field::default() };
        let choices = [Choice::new("a", "甲"), Choice::new("b", "乙")];
        assert!(select(&field, &choices).0.contains(r#"<option value="b" selected>乙"#));
        assert!(radio(&field, &choices).0.contains(r#"value="b" checked"#));
        let list = checkbox_list(&field, &choices, &["a"], "查找单位").0;
        assert!(list.contains(r#"value="a" checked"#) && !list.contains(r#"value="b" checked"#));
    }

    #[test]
    fn groups_follow_the_order_given() {
        let field = Field { name: "unit", label: "单位", ..Field::default() };
        let one = Choice { group: Some("区县"), ..Choice::new("a", "甲区") };
        let shown = select(&field, &[Choice::new("", "全部"), one]).0;
        assert!(shown.contains(r#"<optgroup label="区县"><option value="a">甲区"#));
    }
}
