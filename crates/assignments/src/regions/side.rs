//! Beside an assignment: its units, milestones and notes.

use kernel::{Lang, text};
use maud::{Markup, html};
use ui::part;

use crate::pages::card::Card;
use crate::words;

pub(crate) fn units(card: &Card, lang: Lang) -> Markup {
    html! {
        ul class="plain" {
            @for u in &card.units {
                li {
                    strong { (u.name) } " " (part::badge(ui::Tone::Grey, words::unit_role(u.role).of(lang)))
                    @if !u.part.is_empty() { " " (u.part) }
                    @if let Some(due) = u.due_on { " " (due) }
                    @if let Some(done) = u.done_on {
                        " " (part::badge(ui::Tone::Green, text!("已完成", "done").of(lang))) " " (done)
                    }
                    @if !u.responsible.is_empty() {
                        br; span class="muted" { (u.responsible) }
                    }
                }
            }
        }
    }
}

pub(crate) fn milestones(card: &Card, lang: Lang) -> Markup {
    html! {
        ul class="plain" {
            @for m in &card.milestones {
                li {
                    (m.due_on) " " (m.title)
                    @if let Some(on) = m.reached_on {
                        " " (part::badge(ui::Tone::Green, text!("完成", "reached").of(lang))) " " (on)
                    }
                }
            }
        }
    }
}

pub(crate) fn notes(card: &Card, lang: Lang) -> Markup {
    html! {
        ul class="plain" {
            @for n in &card.notes {
                li {
                    (part::badge(ui::Tone::Blue, words::note(n.kind).of(lang))) " " (n.words)
                    br; span class="muted" { (n.who) " " (n.at)
                        @if let Some(on) = n.settled_on { " · " (text!("已落实 ", "followed up ").of(lang)) (on) }
                    }
                }
            }
        }
    }
}
