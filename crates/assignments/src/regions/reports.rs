//! Reports, submissions and verifications, newest first.

use kernel::{Lang, text};
use maud::{Markup, html};
use ui::{Tone, part};
use web::Call;

use crate::pages::card::{Card, paragraphs};
use crate::tables::{Finding, ReportKind};
use crate::words;

pub(crate) fn card(card: &Card, call: &Call) -> Markup {
    let lang = call.lang;
    html! {
        @if !card.verifications.is_empty() {
            (part::card(Some(text!("核实", "Verification").of(lang)), None, verifications(card, lang)))
        }
        (part::card(Some(text!("反馈", "Reports").of(lang)), None, reports(card, call)))
    }
}

fn verifications(card: &Card, lang: Lang) -> Markup {
    html! {
        @for v in &card.verifications {
            section class="entry" {
                p {
                    @match v.result {
                        Finding::Confirmed => (part::badge(Tone::Green, words::CONFIRMED.of(lang))),
                        Finding::Rework => (part::badge(Tone::Red, words::REWORK.of(lang))),
                    }
                    " " (words::method(v.method).of(lang)) " "
                    span class="muted" { (v.who) " " (v.at) }
                }
                (paragraphs(&v.finding))
            }
        }
    }
}

fn reports(card: &Card, call: &Call) -> Markup {
    let lang = call.lang;
    if card.reports.is_empty() {
        let title = text!("还没有反馈", "No report yet").of(lang);
        let hint = text!("单位反馈后显示在这里。", "What the unit reports appears here.").of(lang);
        return part::empty_state("message", title, hint, None);
    }
    html! {
        @for r in &card.reports {
            section class="entry" {
                p {
                    (part::badge(if r.kind == ReportKind::Done { Tone::Blue } else { Tone::Grey },
                        words::report_kind(r.kind).of(lang)))
                    " " span class="muted" { (r.who) " " (r.at) }
                    @if let Some(q) = r.quantity { " " (q) " " (card.item.quantity_unit) }
                }
                (paragraphs(&r.done))
                @if !r.next_step.is_empty() { p { strong { (text!("下步：", "Next: ").of(lang)) } (r.next_step) } }
                @for f in &r.files {
                    @let href = format!("{}/files/{}", crate::acts::card(card.item.id), f.id);
                    p { a href=(call.href(&href)) download { (ui::icon("paperclip")) " " (f.name) }
                        " " span class="muted" { (f.size / 1024 + 1) " KB · SM3 " (f.hash.get(..12).unwrap_or_default()) } }
                }
                @if !r.blocker.is_empty() { p { strong { (text!("问题：", "Blocker: ").of(lang)) } (r.blocker) } }
            }
        }
    }
}
