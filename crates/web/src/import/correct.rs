//! 导入: a row is corrected in place, left out, or taken although it looks like a sum. The file
//! itself stays as it was.

use files::import::{Choice as Chosen, ImportRow, PageRow, State, Treat};
use files::sheet::read::{Cell, Row, Value};
use journal::{Error, Result, Tx};
use maud::html;

use super::spec::{ImportColumn, ImportSpec};
use super::{columns, place, rows, sheet, words};
use crate::call::Call;
use crate::fields::FieldSpec;
use crate::route::{Choice, Done, Prepared, Route};
use crate::values::Values;

const CELLS: &[FieldSpec] = &[FieldSpec::area("text", words::CELL, 5_000)];
const FIELDS: &[FieldSpec] = &[
    FieldSpec::rows("cells", words::CELLS, CELLS, sheet::COLUMNS_MAX),
    FieldSpec::check("alike", words::ALIKE).hint(words::ALIKE_HINT),
    FieldSpec::choice("treat", words::TREAT),
];

pub(crate) fn route(spec: &'static ImportSpec) -> Route {
    Route::act(spec.paths.row, spec.permission, words::ROW)
        .submit(words::SAVE)
        .fields(FIELDS)
        .prepare(move |call| Box::pin(prepare(call, spec)))
        .decide(move |call, values| decide(call, values, spec))
}

/// A row of an import with the page that it stands on.
struct Found {
    import: ImportRow,
    choice: Chosen,
    page: PageRow,
    rows: Vec<Row>,
    at: usize,
}

async fn find(call: &Call, tx: &mut Tx, spec: &'static ImportSpec) -> Result<Found> {
    let import = place::idle(call, tx, spec).await?;
    if import.state != State::Checked {
        return Err(place::rule(words::NOT_CHECKED));
    }
    let number: u32 = call.param("row")?.parse().map_err(|_no_number| Error::missing())?;
    let choice = import.choice()?;
    let page = files::import::page_of(tx, &import, sheet::place(&choice), number).await?;
    let rows = sheet::rows_of(&page)?;
    let at = rows.iter().position(|row| row.number == number && number > choice.last);
    let at = at.ok_or_else(Error::missing)?;
    Ok(Found { import, choice, page, rows, at })
}

/// The columns that are mapped, in the order of the specification.
fn mapped(spec: &'static ImportSpec, choice: &Chosen) -> Vec<(u32, &'static ImportColumn)> {
    let at = |column: &ImportColumn| choice.columns.iter().find(|(_, n)| *n == column.name);
    spec.columns.iter().filter_map(|c| Some((*at(c)?.0, c))).collect()
}

async fn prepare(call: &Call, spec: &'static ImportSpec) -> Result<Prepared> {
    let found = find(call, &mut call.read().await?, spec).await?;
    let row = found.rows.get(found.at).cloned().unwrap_or_default();
    let lang = call.lang;
    let verdicts: Vec<files::import::Verdict> = serde_json::from_slice(&found.page.verdicts)?;
    let notes = verdicts.into_iter().find(|v| v.row == row.number).map(|v| v.notes);
    let notes = notes.unwrap_or_default();
    let mut prepared = Prepared {
        about: Some(format!("{} {}", words::ROW_NUMBER.of(lang), row.number)),
        intro: rows::notes(notes.iter().filter(|note| note.column.is_none()), lang),
        back: place::address(spec.paths.rows, &found.import),
        ..Prepared::default()
    };
    let mut leads = Vec::new();
    for (at, column) in mapped(spec, &found.choice) {
        prepared = prepared.row("cells", [("text", row.text(at))]);
        leads.push(html! {
            strong { (column.label.of(lang)) @if column.required { " *" } }
            (rows::notes(notes.iter().filter(|note| note.column == Some(at)), lang))
        });
    }
    prepared.leads.insert("cells", leads);
    let treat = match found.choice.rows.get(&row.number) {
        None => "auto",
        Some(Treat::LeaveOut) => "leave_out",
        Some(Treat::Take) => "take",
    };
    let ways = vec![
        Choice::new("auto", words::BY_ITSELF.of(lang)),
        Choice::new("leave_out", words::LEAVE_OUT.of(lang)),
        Choice::new("take", words::TAKE.of(lang)),
    ];
    Ok(prepared.offer("treat", ways).fill("treat", treat))
}

async fn decide(call: Call, values: Values, spec: &'static ImportSpec) -> Result<Done> {
    let Found { import, mut choice, mut page, mut rows, at } =
        find(&call, &mut call.read().await?, spec).await?;
    let Some(row) = rows.get_mut(at) else { return Err(Error::missing()) };
    let number = row.number;
    match values.text("treat").as_str() {
        "leave_out" => {
            choice.rows.insert(number, Treat::LeaveOut);
        }
        "take" => {
            choice.rows.insert(number, Treat::Take);
        }
        _ => {
            choice.rows.remove(&number);
        }
    }
    choice.seen.insert(number);
    let said = values.rows("cells");
    let mut corrections = Vec::new();
    for (place, (column, _)) in mapped(spec, &choice).into_iter().enumerate() {
        // A row of the form that is blank was emptied.
        let text = said.iter().find(|(n, _)| *n == place).map(|(_, cell)| cell.text("text"));
        let correction =
            Correction { column, from: row.text(column), to: text.unwrap_or_default() };
        if correction.mends(row) {
            corrections.push(correction);
        }
    }
    page.rows = serde_json::to_vec(&rows)?;
    files::import::keep_pages(call.db(), &import, &[page]).await?;
    if values.checked("alike") && !corrections.is_empty() {
        mend_alike(&call, (&import, &choice), &corrections).await?;
    }
    columns::check_again(call, spec, import.choosing(&choice)?).await
}

/// A cell that was corrected: what it said, and what it says now.
struct Correction {
    column: u32,
    from: String,
    to: String,
}

impl Correction {
    /// Writes the cell of a row that says the same; whether it did. What did not change keeps its
    /// kind: a day then stays a day.
    fn mends(&self, row: &mut Row) -> bool {
        let Self { column, from, to } = self;
        if from == to || row.text(*column) != *from {
            return false;
        }
        row.cells.retain(|cell| cell.column != *column);
        if !to.is_empty() {
            let value = Some(Value::Text(to.clone()));
            row.cells.push(Cell { column: *column, value, fill: None, struck: false });
            row.cells.sort_by_key(|cell| cell.column);
        }
        true
    }
}

/// Corrects the cells of all rows that say what the corrected ones said. What was empty is not
/// taken for the same: it is filled in row by row.
async fn mend_alike(
    call: &Call,
    (import, choice): (&ImportRow, &Chosen),
    corrections: &[Correction],
) -> Result<()> {
    let mut from = 0;
    loop {
        let mut tx = call.read().await?;
        let pages = files::import::pages(&mut tx, import, sheet::place(choice), from).await?;
        drop(tx);
        let Some(last) = pages.last() else { return Ok(()) };
        from = last.n + 1;
        let mut mended = Vec::new();
        for mut page in pages {
            let mut rows = sheet::rows_of(&page)?;
            let mut changes = 0;
            for row in rows.iter_mut().filter(|row| row.number > choice.last) {
                let same = corrections.iter().filter(|c| !c.from.is_empty() && c.mends(row));
                changes += same.count();
            }
            if changes > 0 {
                page.rows = serde_json::to_vec(&rows)?;
                mended.push(page);
            }
        }
        files::import::keep_pages(call.db(), import, &mended).await?;
    }
}

#[cfg(test)]
mod tests {
    use files::sheet::read::{Cell, Row, Value};

    use super::Correction;

    fn write(row: &mut Row, column: u32, to: &str) {
        Correction { column, from: row.text(column), to: to.to_owned() }.mends(row);
    }

    #[test]
    fn what_was_not_changed_keeps_its_kind() {
        let day = Value::Day("2021-10-08".parse().unwrap());
        let cell = Cell { column: 3, value: Some(day.clone()), fill: None, struck: true };
        let mut row = Row { number: 7, hidden: false, cells: vec![cell] };
        write(&mut row, 3, "2021-10-08");
        assert_eq!(row.value(3), Some(&day));
        write(&mut row, 3, "10月8日");
        write(&mut row, 1, "甲");
        assert_eq!((row.text(1), row.text(3)), ("甲".into(), "10月8日".into()));
        assert!(!row.cell(3).unwrap().struck);
        write(&mut row, 3, "");
        assert_eq!(row.cell(3), None);
    }
}
