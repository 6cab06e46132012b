//! The chosen sheet: its first rows, its header, and what its columns are called.

use std::collections::BTreeMap;

use files::import::{Choice, ImportRow, PageRow, SheetNote};
use files::sheet::read::{Row, letters};
use files::sheet::sense::{self, Head, Title, Wanted};
use journal::{Result, Tx};
use kernel::Lang;

use super::spec::ImportSpec;

/// Columns that may be mapped.
pub(crate) const COLUMNS_MAX: usize = 120;

/// What is known of the chosen sheet.
pub(crate) struct Sheet {
    pub(crate) note: SheetNote,
    pub(crate) first: Vec<Row>,
    pub(crate) titles: Vec<Title>,
}

/// The rows of a page.
pub(crate) fn rows_of(page: &PageRow) -> Result<Vec<Row>> {
    Ok(serde_json::from_slice(&page.rows)?)
}

pub(crate) fn place(choice: &Choice) -> i64 {
    i64::try_from(choice.sheet).unwrap_or_default()
}

/// The sheet that was chosen.
pub(crate) async fn chosen(tx: &mut Tx, import: &ImportRow, choice: &Choice) -> Result<Sheet> {
    let note = import.sheets()?.into_iter().nth(choice.sheet).unwrap_or_default();
    let pages = files::import::pages(tx, import, place(choice), 0).await?;
    let first = match pages.first() {
        Some(page) => rows_of(page)?,
        None => Vec::new(),
    };
    let head = Head { first: choice.first, last: choice.last };
    let mut titles =
        if choice.first == 0 { Vec::new() } else { sense::titles(&first, &note.merges, head) };
    titles.truncate(COLUMNS_MAX);
    Ok(Sheet { note, first, titles })
}

/// Every title that a specification waits for.
fn wanted(spec: &'static ImportSpec) -> Vec<Wanted<'static>> {
    let of = |column: &'static super::spec::ImportColumn| Wanted {
        name: column.name,
        titles: [column.label.zh, column.label.en]
            .into_iter()
            .chain(column.also.iter().copied())
            .collect(),
    };
    spec.columns.iter().map(of).collect()
}

/// Chooses sheet, header and columns as likely as they can be known.
pub(crate) async fn propose(
    tx: &mut Tx,
    import: &ImportRow,
    spec: &'static ImportSpec,
) -> Result<Choice> {
    let known: Vec<String> =
        wanted(spec).iter().flat_map(|w| &w.titles).map(|t| sense::plain(t)).collect();
    let mut best: Option<(usize, Choice)> = None;
    for (sheet, note) in import.sheets()?.iter().enumerate().filter(|(_, note)| note.rows > 0) {
        let blank = Choice { sheet, ..Choice::default() };
        let first = chosen(tx, import, &blank).await?.first;
        let knows = |text: &str| known.iter().any(|k| k == text);
        let Some(head) = sense::guess(&first, &note.merges, &knows) else { continue };
        let choice = Choice { first: head.first, last: head.last, ..blank };
        let choice = with_columns(tx, import, (spec, choice)).await?;
        // A hidden sheet is a dictionary more often than a ledger.
        let fit = choice.columns.len() * 2 + usize::from(!note.hidden);
        if best.as_ref().is_none_or(|(fits, _)| fit > *fits) {
            best = Some((fit, choice));
        }
    }
    let fallback = import.sheets()?.iter().position(|note| note.rows > 0).unwrap_or_default();
    Ok(best.map_or_else(|| Choice { sheet: fallback, ..Choice::default() }, |(_, choice)| choice))
}

/// The choice with the columns that were used for this header before, else those that fit.
pub(crate) async fn with_columns(
    tx: &mut Tx,
    import: &ImportRow,
    (spec, choice): (&'static ImportSpec, Choice),
) -> Result<Choice> {
    let titles = chosen(tx, import, &choice).await?.titles;
    let signature = sense::signature(&titles);
    let city = import.jurisdiction_id;
    let columns = match files::import::remembered(tx, (city, spec.word), &signature).await? {
        Some(json) => serde_json::from_str(&json)?,
        None => {
            let found = sense::propose(&titles, &wanted(spec));
            found.into_iter().map(|(column, name)| (column, name.to_owned())).collect()
        }
    };
    let columns: BTreeMap<u32, String> = columns;
    Ok(Choice { columns, ..choice })
}

/// What a column of the sheet is called, with its letter.
pub(crate) fn column_name(title: &Title, lang: Lang) -> String {
    let letter = letters(title.column);
    let text = title.text();
    match (text.is_empty(), lang) {
        (false, _) => format!("{letter} {text}"),
        (true, Lang::Zh) => format!("{letter}（无标题）"),
        (true, Lang::En) => format!("{letter} (no title)"),
    }
}

/// Some values of a column, so that a person knows it again.
pub(crate) fn samples(first: &[Row], below: u32, column: u32) -> String {
    let texts = first.iter().filter(|row| row.number > below).map(|row| row.text(column));
    let mut shown: Vec<String> = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        let short: String = text.chars().take(16).collect();
        let short = if text.chars().count() > 16 { format!("{short}…") } else { short };
        if !shown.contains(&short) {
            shown.push(short);
        }
        if shown.len() == 3 {
            break;
        }
    }
    shown.join(" · ")
}
