//! Whether the records are what the journal says: the last verifications and what they found.

use journal::Result;
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{Tone, layout, num, part};
use web::{Answer, Call, View};

use crate::store::{self, VerificationRow};
use crate::{grants, words};

#[derive(Serialize)]
struct VerificationView {
    head: String,
    verifications: Vec<VerificationLine>,
}

#[derive(Serialize)]
struct VerificationLine {
    at: String,
    facts: i64,
    head: String,
    tables: i64,
    rows: i64,
    files: i64,
    erased: i64,
    took_ms: i64,
    differences: Vec<String>,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let city = call.city()?;
    let rows = store::verifications(&mut call.read().await?, city).await?;
    let head = call.db().head(city).await?.to_string();
    let verifications = rows.into_iter().map(|row| line(&call, row)).collect();
    call.page(&VerificationView { head, verifications })
}

fn line(call: &Call, row: VerificationRow) -> VerificationLine {
    VerificationLine {
        at: row.at.local(&call.zone()),
        facts: row.facts,
        head: row.head,
        tables: row.tables_count,
        rows: row.rows_count,
        files: row.files_count,
        erased: row.erased_count,
        took_ms: row.took_ms,
        differences: row.differences.lines().map(str::to_owned).collect(),
    }
}

fn result(call: &Call, line: &VerificationLine) -> Markup {
    if line.differences.is_empty() {
        part::badge(Tone::Green, words::WHOLE.of(call.lang))
    } else {
        part::badge(Tone::Red, words::BROKEN.of(call.lang))
    }
}

/// Thousandths of a second as seconds.
fn seconds(milliseconds: i64) -> String {
    num::decimal(i128::from(milliseconds), 3)
}

impl View for VerificationView {
    fn title(&self, call: &Call) -> String {
        words::VERIFICATION.of(call.lang).to_owned()
    }

    fn actions(&self, call: &Call) -> Markup {
        let (href, label) = (call.href("/verification/runs"), words::VERIFY.of(call.lang));
        html! {
            @if call.may(grants::VERIFY) {
                (part::link_button(ButtonTone::Primary, &href, label, "refresh"))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        layout::stack(html! {
            (part::card(None, None, super::journal::head(call, &self.head)))
            @match self.verifications.first() {
                Some(last) => (part::card(Some(words::LAST.of(lang)), None, found(call, last))),
                None => (part::card(None, None, part::empty_state(
                    "shield", words::NEVER.of(lang), words::NEVER_HINT.of(lang), None))),
            }
            @if self.verifications.len() > 1 {
                (part::card_flush(Some(words::HISTORY.of(lang)), None, self.history(call)))
            }
        })
    }
}

fn found(call: &Call, last: &VerificationLine) -> Markup {
    let lang = call.lang;
    html! {
        (part::details(&[
            (words::RESULT.of(lang), result(call, last)),
            (words::AT.of(lang), html! { (last.at) }),
            (words::FACTS.of(lang), html! { (num::count(last.facts)) }),
            (words::TABLES.of(lang), html! { (num::count(last.tables)) }),
            (words::ROWS.of(lang), html! { (num::count(last.rows)) }),
            (words::FILES.of(lang), html! { (num::count(last.files)) }),
            (words::ERASED.of(lang), html! { (num::count(last.erased)) }),
            (words::TOOK.of(lang), html! { (seconds(last.took_ms)) }),
        ]))
        (part::details_wide(&[(words::HEAD.of(lang), html! { code { (last.head) } })]))
        @if !last.differences.is_empty() {
            (part::alert(Tone::Red, html! {
                strong { (words::DIFFERENCES.of(lang)) }
                ul { @for difference in &last.differences { li { code { (difference) } } } }
            }))
        }
    }
}

impl VerificationView {
    fn history(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let columns = [
            Column::lead(words::AT.of(lang)),
            Column::fit(words::RESULT.of(lang)),
            Column::number(words::FACTS.of(lang)),
            Column::number(words::DIFFERENCES.of(lang)),
            Column::number(words::TOOK.of(lang)),
        ];
        let rows = self.verifications.iter().map(|line| Row {
            cells: vec![
                html! { (line.at) },
                result(call, line),
                html! { (num::count(line.facts)) },
                html! { (line.differences.len()) },
                html! { (seconds(line.took_ms)) },
            ],
            ..Row::default()
        });
        let caption = words::HISTORY.of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }
}
