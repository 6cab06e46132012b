//! 导入, second step: which sheet, and where its header is; proposed, to be changed if wrong.

use files::import::{Choice as Chosen, ImportRow, State};
use journal::Result;
use kernel::Refusal;
use maud::Markup;
use ui::part;

use super::spec::ImportSpec;
use super::{place, sheet, words};
use crate::call::Call;
use crate::fields::FieldSpec;
use crate::route::{Choice, Done, Prepared, Route};
use crate::values::Values;

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("sheet", words::SHEET).required(),
    FieldSpec::number("first", words::FIRST, 1, 200).required(),
    FieldSpec::number("last", words::LAST, 1, 200).required(),
];
/// Rows of a header at most.
const ROWS_MAX: i64 = 6;
/// Rows from the top that are shown, so that they can be counted.
const SHOWN: usize = 12;

pub(crate) fn route(spec: &'static ImportSpec) -> Route {
    Route::act(spec.paths.head, spec.permission, words::HEAD)
        .help(words::HEAD_HELP)
        .fields(FIELDS)
        .prepare(move |call| Box::pin(prepare(call, spec)))
        .decide(move |call, values| decide(call, values, spec))
}

async fn prepare(call: &Call, spec: &'static ImportSpec) -> Result<Prepared> {
    let mut tx = call.read().await?;
    let import = place::idle(call, &mut tx, spec).await?;
    let choice = import.choice()?;
    let first = sheet::chosen(&mut tx, &import, &choice).await?.first;
    let sheets = import.sheets()?;
    let offered = sheets.iter().enumerate().filter(|(_, note)| note.rows > 0).map(|(n, note)| {
        let label = if note.hidden {
            words::hidden_sheet(&note.name, note.rows)
        } else {
            words::sheet_choice(&note.name, note.rows)
        };
        Choice::new(n, label.of(call.lang))
    });
    let prepared = Prepared {
        about: Some(import.file_name.clone()),
        intro: top(&first),
        back: place::address(spec.paths.one, &import),
        ..Prepared::default()
    };
    Ok(prepared
        .offer("sheet", offered.collect())
        .fill("sheet", choice.sheet)
        .fill("first", choice.first.max(1))
        .fill("last", choice.last.max(1)))
}

/// The first rows with their numbers.
fn top(rows: &[files::sheet::read::Row]) -> Markup {
    let line = |row: &files::sheet::read::Row| {
        let values = row.cells.iter().filter_map(|cell| cell.value.as_ref());
        let texts = values.map(|v| v.text().split_whitespace().collect::<String>()).take(8);
        let line = texts.collect::<Vec<_>>().join(" | ");
        (row.number, line.chars().take(90).collect())
    };
    part::numbered_lines(&rows.iter().take(SHOWN).map(line).collect::<Vec<_>>())
}

async fn decide(call: Call, values: Values, spec: &'static ImportSpec) -> Result<Done> {
    let number = |name: &str| values.number(name).unwrap_or(1);
    let (first, last) = (number("first"), number("last"));
    if last < first || last - first >= ROWS_MAX {
        return Err(Refusal::field("last", words::HEAD_ORDER).into());
    }
    let mut tx = call.read().await?;
    let import = place::idle(&call, &mut tx, spec).await?;
    let sheets = import.sheets()?;
    let sheet: usize = values.text("sheet").parse().unwrap_or(usize::MAX);
    if sheets.get(sheet).is_none_or(|note| note.rows == 0) {
        return Err(Refusal::field("sheet", words::ANSWER).into());
    }
    let (first, last) = (u32::try_from(first).unwrap_or(1), u32::try_from(last).unwrap_or(1));
    let former = import.choice()?;
    let choice = Chosen {
        sheet,
        first,
        last,
        year: former.year,
        answer: former.answer,
        ..Chosen::default()
    };
    let choice = sheet::with_columns(&mut tx, &import, (spec, choice)).await?;
    drop(tx);
    let row = ImportRow {
        state: State::Read,
        rows_count: 0,
        errors_count: 0,
        warnings_count: 0,
        aside_count: 0,
        ..import
    };
    files::import::keep(call.db(), &row.clone().choosing(&choice)?).await?;
    Ok(Done::step(place::address(spec.paths.columns, &row)))
}
