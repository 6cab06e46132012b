//! Parts of pages that ask who is calling, so that they stand here and not among the components.

use kernel::{Permission, text};
use maud::{Markup, html};
use ui::form::ButtonTone;

use crate::call::Call;

/// A button that leads to an act's form or a page, when the caller may go there.
pub fn button(
    call: &Call,
    permission: Permission,
    href: &str,
    (tone, label, sign): (ButtonTone, &str, &str),
) -> Markup {
    if !call.may(permission) {
        return Markup::default();
    }
    ui::part::link_button(tone, &call.href(href), label, sign)
}

/// The head of the journal at the foot of what is printed: proof outside the database.
pub fn seal(head: &str, call: &Call) -> Markup {
    let printed = call.now().local(&call.zone());
    let label = text!("日志封印", "Journal head").of(call.lang);
    html! { p class="muted seal" { (label) " " code { (head) } " · " (printed) } }
}
