//! Buttons.

use maud::{Markup, html};

use crate::icon;

/// How much a button weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonTone {
    /// The one thing the page is for.
    Primary,
    /// Anything else.
    #[default]
    Plain,
    /// What cannot be taken back lightly.
    Danger,
    /// No frame: beside other buttons, in rows.
    Ghost,
}

impl ButtonTone {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Primary => "btn btn-primary",
            Self::Plain => "btn",
            Self::Danger => "btn btn-danger",
            Self::Ghost => "btn btn-ghost",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Danger => "danger",
            Self::Primary | Self::Plain | Self::Ghost => "primary",
        }
    }
}

/// The button that sends its form; `sign` may be empty.
pub fn submit(tone: ButtonTone, label: &str, sign: &str) -> Markup {
    html! { button class=(tone.class()) type="submit" { (signed(label, sign)) } }
}

/// A button that keeps what a form says so far at another address; a script does it by itself.
pub fn keep_draft(action: &str, label: &str) -> Markup {
    html! {
        button class=(ButtonTone::Plain.class()) type="submit" formaction=(action) formnovalidate
            data-draft {
            (label)
        }
    }
}

/// A button that sends its form after a question is answered with yes. Without script it is sent
/// at once, so whatever must not happen by mistake needs a page of its own as well.
pub fn confirmed_submit(tone: ButtonTone, label: &str, sign: &str, question: &str) -> Markup {
    html! {
        button class=(tone.class()) type="submit" data-confirm=(question)
            data-confirm-tone=(tone.name()) { (signed(label, sign)) }
    }
}

/// A submit button of a form with several: posts `name=value`.
pub fn button(tone: ButtonTone, label: &str, sign: &str, sends: (&str, &str)) -> Markup {
    html! {
        button class=(tone.class()) type="submit" name=(sends.0) value=(sends.1) {
            (signed(label, sign))
        }
    }
}

/// A small submit button that shows only its sign; the label is read out.
pub fn icon_submit(tone: ButtonTone, label: &str, sign: &str) -> Markup {
    html! {
        button class={ (tone.class()) " btn-icon" } type="submit" title=(label)
            aria-label=(label) { (icon(sign)) }
    }
}

/// The way back out of a form.
pub fn cancel(href: &str, label: &str) -> Markup {
    html! { a class="btn" href=(href) { (label) } }
}

fn signed(label: &str, sign: &str) -> Markup {
    html! {
        @if !sign.is_empty() { (icon(sign)) }
        (label)
    }
}
