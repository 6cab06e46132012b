//! Fields of one value.

use maud::{Markup, html};

use crate::icon;

/// What every field has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Field<'a> {
    /// The name it is posted under.
    pub name: &'a str,
    /// What is asked.
    pub label: &'a str,
    /// What stands in it.
    pub value: &'a str,
    /// Why the last answer was refused.
    pub error: Option<&'a str>,
    /// How to answer.
    pub hint: Option<&'a str>,
    /// Whether an answer is needed.
    pub required: bool,
    /// An example shown while empty.
    pub placeholder: Option<&'a str>,
    /// What the browser may fill in by itself (`username`, `one-time-code`).
    pub autocomplete: Option<&'a str>,
    /// The id of a list of values that the browser offers, see [`offers`](crate::form::offers).
    pub list: Option<&'a str>,
    /// Shown but not to be changed; it is still posted.
    pub readonly: bool,
}

impl Field<'_> {
    /// The id of the control, which the message summary links to.
    pub fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    pub(crate) fn invalid(&self) -> Option<&'static str> {
        self.error.map(|_| "true")
    }

    /// The ids of the hint and the message.
    pub(crate) fn described_by(&self) -> Option<String> {
        let id = self.id();
        let hint = self.hint.map(|_| format!("{id}-hint"));
        let error = self.error.map(|_| format!("{id}-error"));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    pub(crate) fn mark(&self) -> Markup {
        html! {
            @if self.required { span class="form-required" aria-hidden="true" { "*" } }
        }
    }

    /// The message and the hint, below the control.
    pub(crate) fn remarks(&self) -> Markup {
        let id = self.id();
        html! {
            @if let Some(error) = self.error {
                span class="form-error" id={ (id) "-error" } { (icon("alert")) (error) }
            }
            @if let Some(hint) = self.hint {
                span class="form-hint" id={ (id) "-hint" } { (hint) }
            }
        }
    }

    /// Label, control and remarks.
    pub(crate) fn around(&self, control: Markup) -> Markup {
        html! {
            div class="field" {
                label class="form-label" for=(self.id()) { (self.label) (self.mark()) }
                (control)
                (self.remarks())
            }
        }
    }

    fn input(&self, kind: &str, limits: &Limits<'_>) -> Markup {
        html! {
            input class={ "form-control " (limits.class) } type=(kind) id=(self.id())
                name=(self.name) value=(self.value) required[self.required]
                readonly[self.readonly] placeholder=[self.placeholder]
                autocomplete=[self.autocomplete] list=[self.list] maxlength=[limits.length] min=[limits.min]
                max=[limits.max] step=[limits.step] inputmode=[limits.keys]
                aria-invalid=[self.invalid()] aria-describedby=[self.described_by()];
        }
    }
}

#[derive(Default)]
struct Limits<'a> {
    class: &'static str,
    length: Option<u32>,
    min: Option<&'a str>,
    max: Option<&'a str>,
    step: Option<&'a str>,
    keys: Option<&'static str>,
}

/// The bounds of a number and its unit, all as written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bounds<'a> {
    /// The least.
    pub min: Option<&'a str>,
    /// The most.
    pub max: Option<&'a str>,
    /// The step: `1`, `0.01`.
    pub step: Option<&'a str>,
    /// The unit after the box; may be empty.
    pub unit: &'a str,
}

/// One line of text of at most `max` characters.
pub fn text(field: &Field<'_>, max: u32) -> Markup {
    field.around(field.input("text", &Limits { length: Some(max), ..Limits::default() }))
}

/// A password.
pub fn password(field: &Field<'_>) -> Markup {
    let hidden = Field { value: "", ..*field };
    hidden.around(hidden.input("password", &Limits { length: Some(256), ..Limits::default() }))
}

/// Several lines of text with a counter.
pub fn textarea(field: &Field<'_>, rows: u32, max: u32) -> Markup {
    let counter = format!("{}-count", field.id());
    field.around(html! {
        // The browser drops the first line break, so that one is given to it.
        textarea class="form-control" id=(field.id()) name=(field.name) rows=(rows)
            maxlength=(max) required[field.required] readonly[field.readonly]
            placeholder=[field.placeholder] data-counter=(counter)
            aria-invalid=[field.invalid()] aria-describedby=[field.described_by()] {
            "\n" (field.value)
        }
        span class="counter" id=(counter) aria-hidden="true" {
            (field.value.encode_utf16().count()) "/" (max)
        }
    })
}

/// A number with its bounds and unit.
pub fn number(field: &Field<'_>, bounds: &Bounds<'_>) -> Markup {
    let limits = Limits {
        min: bounds.min,
        max: bounds.max,
        step: bounds.step,
        keys: Some("decimal"),
        ..Limits::default()
    };
    field.around(html! {
        div class="input-unit" {
            (field.input("number", &limits))
            @if !bounds.unit.is_empty() { span { (bounds.unit) } }
        }
    })
}

/// A day, between two days given as `2026-11-23`.
pub fn day(field: &Field<'_>, min: Option<&str>, max: Option<&str>) -> Markup {
    let limits = Limits { class: "form-short", min, max, ..Limits::default() };
    field.around(field.input("date", &limits))
}

/// A month, `2026-11`.
pub fn month(field: &Field<'_>) -> Markup {
    let limits = Limits { class: "form-short", ..Limits::default() };
    field.around(field.input("month", &limits))
}

/// The words sought, in a filter form: its list is renewed while they are typed.
pub fn search(field: &Field<'_>) -> Markup {
    html! {
        div class="field field-search" {
            label class="form-label" for=(field.id()) { (field.label) }
            div class="input-icon" {
                (icon("search"))
                (field.input("search", &Limits { length: Some(100), ..Limits::default() }))
            }
        }
    }
}

/// A value that is carried along.
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

#[cfg(test)]
mod tests {
    use super::{Field, day, password, text, textarea};

    const FIELD: Field<'_> = Field {
        name: "title",
        label: "标题",
        value: "<修路>",
        error: Some("请填写标题"),
        hint: Some("不超过 50 字"),
        required: true,
        placeholder: None,
        autocomplete: None,
        list: None,
        readonly: false,
    };

    #[test]
    fn a_refused_field_is_wired_to_its_message() {
        let shown = text(&FIELD, 50).0;
        assert!(shown.contains(r#"<label class="form-label" for="f-title">"#));
        assert!(shown.contains(r#"aria-describedby="f-title-hint f-title-error""#));
        assert!(shown.contains(r#"aria-invalid="true""#));
        assert!(shown.contains(r#"id="f-title-error""#) && shown.contains("&lt;修路&gt;"));
    }

    #[test]
    fn a_password_is_never_written_back() {
        assert!(!password(&FIELD).0.contains("修路"));
    }

    #[test]
    fn a_text_keeps_its_first_line_break() {
        let shown = textarea(&Field { value: "\n甲", ..FIELD }, 3, 200).0;
        assert!(shown.contains(">\n\n甲</textarea>"));
        assert!(shown.contains(">2/200<"));
    }

    #[test]
    fn a_day_has_its_bounds() {
        let shown = day(&FIELD, Some("2026-01-01"), None).0;
        assert!(shown.contains(r#"min="2026-01-01""#) && !shown.contains("max="));
    }
}
