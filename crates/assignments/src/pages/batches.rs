//! The batches, newest first, with their state and lights.

use journal::Result;
use kernel::text;
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{Tone, part, table};
use web::{Answer, Call, View};

use crate::tables::{BatchKind, BatchState};
use crate::{grants, store, words};

#[derive(Serialize)]
struct Batches {
    batches: Vec<Batch>,
}

#[derive(Serialize)]
struct Batch {
    id: uuid::Uuid,
    title: String,
    kind: BatchKind,
    state: BatchState,
    number: Option<i64>,
    opened_on: kernel::Day,
    issued_on: Option<kernel::Day>,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let rows = store::batch::batches(&mut tx, call.city()?).await?;
    // Drafts are the bureau's and the signers'; units see what was issued or asks for proposals.
    let drafts = call.may(grants::SIGN_BATCH);
    let now = call.now();
    let visible = rows.into_iter().filter(|b| {
        drafts
            || b.state == BatchState::Issued
            || b.proposals_until.is_some_and(|until| now < until)
    });
    let batches = visible
        .map(|b| Batch {
            id: b.id,
            title: b.title,
            kind: b.kind,
            state: b.state,
            number: b.number,
            opened_on: b.opened_on,
            issued_on: b.issued_on,
        })
        .collect();
    call.page(&Batches { batches })
}

impl View for Batches {
    fn title(&self, call: &Call) -> String {
        words::BATCHES.of(call.lang).to_owned()
    }

    fn actions(&self, call: &Call) -> Markup {
        let label = text!("新建批次", "New batch").of(call.lang);
        let forms = text!("公文模板", "Own forms").of(call.lang);
        html! {
            (web::button(call, grants::OPEN_BATCH, "/batches/new", (ButtonTone::Primary, label, "plus")))
            (web::button(call, grants::PAPER_TEMPLATES, "/paper-templates", (ButtonTone::Plain, forms, "file")))
            (web::button(call, grants::PROFILES, "/profiles",
                (ButtonTone::Plain, words::PROFILES.of(call.lang), "settings")))
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.batches.is_empty() {
            return part::card(
                None,
                None,
                part::empty_state(
                    "calendar",
                    text!("还没有批次", "No batch yet").of(lang),
                    text!(
                        "督查局拟稿、审签、印发后，清单会列在这里。",
                        "Lists appear here once the bureau drafts them."
                    )
                    .of(lang),
                    None,
                ),
            );
        }
        let rows = self.batches.iter().map(|b| Row {
            href: Some(call.href(&crate::acts::batch_page(b.id))),
            tone: None,
            cells: vec![
                html! { (b.title) },
                html! { (words::batch_kind(b.kind).of(lang)) },
                part::badge(tone(b.state), words::batch_state(b.state).of(lang)),
                html! { @if let Some(on) = b.issued_on { (on) } @else { (b.opened_on) } },
            ],
        });
        let columns = [
            Column::lead(text!("清单", "List").of(lang)),
            Column::fit(text!("类别", "Kind").of(lang)),
            Column::fit(text!("状态", "State").of(lang)),
            Column::fit(text!("日期", "Day").of(lang)),
        ];
        let table = Table {
            caption: words::BATCHES.of(lang),
            columns: &columns,
            rows: rows.collect(),
            ..Table::default()
        };
        part::card_flush(None, None, table::list(table.render()))
    }
}

pub(super) fn tone(state: BatchState) -> Tone {
    match state {
        BatchState::Draft => Tone::Grey,
        BatchState::InReview => Tone::Yellow,
        BatchState::Approved => Tone::Blue,
        BatchState::Issued => Tone::Green,
    }
}
