//! What rooms on the right show of somebody's tray.

use journal::{Result, Tx};
use kernel::{Lang, Subject};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::{self, ButtonTone};
use ui::{Tone, part};
use web::Call;

use crate::store::{self, Filter, Listed, Show};
use crate::tables::Needed;
use crate::words;

/// A message as pages show it.
#[derive(Debug, Serialize)]
pub struct Item {
    /// The place of its fact.
    pub seq: i64,
    /// The kind of the fact.
    pub kind: String,
    /// Whether something has to be done.
    pub to_do: bool,
    /// Whether that was done meanwhile.
    pub settled: bool,
    /// Whether it is urgent.
    pub urgent: bool,
    /// Whether it is new.
    pub unread: bool,
    /// When it happened, in the city's zone.
    pub at: String,
    /// What opens, as a subject.
    pub subject: String,
    /// What it is about.
    pub about: String,
    /// What happened, and what is asked.
    pub words: String,
    /// The unit concerned.
    pub unit: Option<String>,
}

impl Item {
    pub(crate) fn of(call: &Call, m: Listed) -> Self {
        let (about, words) = match call.lang {
            Lang::Zh => (m.about_zh, m.zh),
            Lang::En => (m.about_en, m.en),
        };
        Self {
            seq: m.seq,
            kind: m.kind,
            to_do: m.need == Needed::Act,
            settled: m.settled,
            urgent: m.urgent,
            unread: m.unread,
            at: m.at.local(&call.zone()),
            subject: Subject::new(m.subject_kind, m.subject_id).to_string(),
            about,
            words,
            unit: m.unit,
        }
    }

    /// What is asked, in a word and a colour.
    pub(crate) fn needed(&self, lang: Lang) -> Markup {
        html! {
            @if self.settled { (part::badge(Tone::Grey, words::SETTLED.of(lang))) }
            @else if self.to_do { (part::badge(Tone::Blue, words::WAITING.of(lang))) }
            @else { span class="muted" { (words::KNOW.of(lang)) } }
            @if self.urgent && !self.settled { " " (part::badge(Tone::Red, words::URGENT.of(lang))) }
        }
    }

    /// The message as the button that opens what it is about and marks it as read.
    pub(crate) fn opened(&self, call: &Call) -> Markup {
        let href = call.href(&format!("/inbox/{}/opening", self.seq));
        post(
            call,
            &href,
            html! {
                button class="message" type="submit" {
                    @if self.unread { (part::badge(Tone::Red, words::NEW.of(call.lang))) " " }
                    span class="message-about" { (self.about) }
                    " " span class="message-words" { (self.words) }
                }
            },
        )
    }

    /// The same in a list of new messages, with what is asked and when it came.
    pub fn line(&self, call: &Call) -> Markup {
        html! {
            div class="message-line" {
                (self.opened(call)) " " (self.needed(call.lang)) " "
                span class="muted" { (self.at) }
            }
        }
    }

    pub(crate) fn read(&self, call: &Call) -> Markup {
        let href = call.href(&format!("/inbox/{}/read", self.seq));
        let label = words::READ.of(call.lang);
        html! {
            @if self.unread { (post(call, &href, form::submit(ButtonTone::Ghost, label, "check"))) }
        }
    }
}

/// A form of one button.
pub(crate) fn post(call: &Call, href: &str, button: Markup) -> Markup {
    let token = call.visitor().and_then(|c| c.form_token.as_deref()).unwrap_or_default();
    html! {
        form method="post" action=(href) { (form::hidden("csrf", token)) (button) }
    }
}

/// The newest unread messages of the caller, at most `limit`; none for roles without a tray.
pub async fn newest(call: &Call, tx: &mut Tx, limit: i64) -> Result<Vec<Item>> {
    if !call.may(crate::grants::INBOX) {
        return Ok(Vec::new());
    }
    let filter = Filter { show: Show::Unread, before: None, now: call.now() };
    let listed = store::list(tx, call.actor()?, filter, limit).await?;
    Ok(listed.into_iter().map(|m| Item::of(call, m)).collect())
}
