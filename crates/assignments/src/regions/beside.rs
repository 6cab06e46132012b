//! What rooms further right say of an assignment, as a card of its own.

use maud::{Markup, html};
use ui::form::ButtonTone;
use ui::part;
use web::{Aside, Call};

/// One room's card.
pub(crate) fn card(aside: &Aside, call: &Call) -> Markup {
    let lang = call.lang;
    let action = aside.action.as_ref().map(|(href, label)| {
        part::link_button(ButtonTone::Plain, &call.href(href), label.of(lang), "plus")
    });
    let body = html! {
        ul class="plain" {
            @for line in &aside.lines {
                li {
                    @match &line.href {
                        Some(href) => { a href=(call.href(href)) { (line.title) } }
                        None => (line.title),
                    }
                    " " (part::badge(line.tone, &line.detail))
                }
            }
        }
    };
    part::card(Some(aside.title.of(lang)), action, body)
}
