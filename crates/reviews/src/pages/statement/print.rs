//! 表态发言 as a sheet that is read out and kept.

use journal::Result;
use kernel::{Refusal, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::table::{Column, Row, Table};
use ui::{layout, part};
use web::{Answer, Call, Sheet, View};

use super::{Card, paragraphs};
use crate::words;

/// The printed statement.
#[derive(Serialize)]
#[serde(transparent)]
struct Printed(Card);

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let card = super::reached(&call).await?;
    if card.state.is_none() {
        let told = text!("还没有撰写，没有可打印的内容。", "Nothing was written yet.");
        return Err(Refusal::rule(told).into());
    }
    call.page(&Printed(card))
}

impl View for Printed {
    fn title(&self, call: &Call) -> String {
        self.0.name().of(call.lang).to_owned()
    }

    fn sheet(&self, call: &Call) -> Option<Sheet> {
        Some(Sheet {
            paper: ui::shell::Paper::Upright,
            back: call.href(&self.0.at()),
            tools: Markup::default(),
            seal: format!("{} · {}", self.0.head, call.now().local(&call.zone())),
        })
    }

    fn body(&self, call: &Call) -> Markup {
        let (lang, c) = (call.lang, &self.0);
        let columns = [
            Column::lead(words::statement::MEASURES.of(lang)),
            Column::text(words::statement::RESPONSIBLE.of(lang)),
            Column::fit(words::statement::DUE.of(lang)),
        ];
        let rows = c.measures.iter().map(|m| Row {
            href: None,
            tone: None,
            cells: vec![html! { (m.measure) }, html! { (m.responsible) }, html! { (m.due_on) }],
        });
        let table = Table {
            caption: words::statement::MEASURES.of(lang),
            columns: &columns,
            rows: rows.collect(),
            ..Table::default()
        };
        layout::stack(html! {
            @for called in &c.called {
                p {
                    (c.unit) "　" (called.title.of(lang)) "（" (called.times.message().of(lang)) "）"
                    @if let Some(article) = &called.article { (article) }
                }
            }
            (part::details_wide(&[(words::statement::GAP.of(lang), paragraphs(&c.gap))]))
            h2 { (words::statement::MEASURES.of(lang)) }
            (table.render())
            (part::details_wide(&[(words::statement::GOAL.of(lang), paragraphs(&c.goal))]))
            p { (text!("单位负责人（签字）：____________　　　　年　　月　　日", "Head of the unit (signature): ____________    Date: ____________").of(lang)) }
        })
    }
}
