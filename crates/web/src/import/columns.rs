//! 导入, third step: which column holds what. Proposed by the titles, remembered for the next file
//! with this header.

use std::collections::BTreeMap;

use files::import::{Choice as Chosen, ImportRow, State};
use files::sheet::sense;
use journal::Result;
use kernel::{FieldError, Refusal};
use maud::html;

use super::spec::ImportSpec;
use super::{place, sheet, words, work};
use crate::call::Call;
use crate::fields::FieldSpec;
use crate::route::{Choice, Done, Prepared, Route};
use crate::values::{Values, cell_name};

const CELLS: &[FieldSpec] = &[FieldSpec::choice("to", words::HOLDS)];
const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("answer", words::CHOICE),
    FieldSpec::number("year", words::YEAR, 1990, 2100).hint(words::YEAR_HINT),
    FieldSpec::rows("columns", words::COLUMNS, CELLS, sheet::COLUMNS_MAX),
];

pub(crate) fn route(spec: &'static ImportSpec) -> Route {
    Route::act(spec.paths.columns, spec.permission, words::COLUMNS)
        .help(words::COLUMNS_HELP)
        .submit(words::CHECK)
        .fields(FIELDS)
        .prepare(move |call| Box::pin(prepare(call, spec)))
        .decide(move |call, values| decide(call, values, spec))
}

async fn prepare(call: &Call, spec: &'static ImportSpec) -> Result<Prepared> {
    let mut tx = call.read().await?;
    let import = place::idle(call, &mut tx, spec).await?;
    let choice = import.choice()?;
    let chosen = sheet::chosen(&mut tx, &import, &choice).await?;
    let lang = call.lang;
    let mut prepared = Prepared {
        about: Some(import.file_name.clone()),
        back: place::address(spec.paths.one, &import),
        ..Prepared::default()
    };
    let mark = |column: &super::spec::ImportColumn| if column.required { " *" } else { "" };
    let offered = std::iter::once(Choice::new("-", words::SKIP.of(lang))).chain(
        spec.columns
            .iter()
            .map(|c| Choice::new(c.name, format!("{}{}", c.label.of(lang), mark(c)))),
    );
    prepared = prepared.offer("to", offered.collect());
    let mut leads = Vec::new();
    for title in &chosen.titles {
        let to = choice.columns.get(&title.column).map_or("-", String::as_str);
        prepared = prepared.row("columns", [("to", to.to_owned())]);
        let samples = sheet::samples(&chosen.first, choice.last, title.column);
        leads.push(html! {
            strong { (sheet::column_name(title, lang)) }
            @if !samples.is_empty() { br; span class="muted" { (samples) } }
        });
    }
    prepared.leads.insert("columns", leads);
    match &spec.question {
        Some(question) => {
            let ground = place::ground(call, &import)?;
            let answers = (question.offer)(&mut tx, &ground).await?;
            let first = choice.answer.or_else(|| answers.first().map(|a| a.value.clone()));
            prepared.intro = html! {
                p { strong { (question.label.of(lang)) } "：" (question.hint.of(lang)) }
            };
            prepared = prepared.offer("answer", answers).fill("answer", first.unwrap_or_default());
        }
        None => prepared.without.push("answer"),
    }
    // A year that the title names is proposed and can be seen; nothing is taken silently.
    let year = choice.year.or_else(|| year_above(&chosen.first, choice.first));
    if let Some(year) = year {
        prepared = prepared.fill("year", year);
    }
    Ok(prepared)
}

/// The year that stands above the header, 2021年周交办台账.
fn year_above(rows: &[files::sheet::read::Row], first: u32) -> Option<i16> {
    let above = rows.iter().filter(|row| row.number < first);
    let texts = above.flat_map(|row| row.cells.iter().filter_map(|c| c.value.as_ref()));
    texts.filter_map(|value| year_in(&value.text())).next()
}

fn year_in(text: &str) -> Option<i16> {
    let (before, _) = text.split_once('年')?;
    let digits: Vec<char> = before.chars().rev().take_while(char::is_ascii_digit).collect();
    let year: String = digits.iter().rev().collect();
    (year.len() == 4).then(|| year.parse().ok())?
}

async fn decide(call: Call, values: Values, spec: &'static ImportSpec) -> Result<Done> {
    let mut tx = call.read().await?;
    let import = place::idle(&call, &mut tx, spec).await?;
    let choice = import.choice()?;
    let titles = sheet::chosen(&mut tx, &import, &choice).await?.titles;
    let mut columns = BTreeMap::new();
    for (place, row) in values.rows("columns") {
        let name = row.text("to");
        if let (Some(title), Some(column)) = (titles.get(*place), spec.column(&name)) {
            columns.insert(title.column, (*place, column));
        }
    }
    demand_whole(spec, &columns)?;
    let answer = match &spec.question {
        Some(question) => {
            let ground = place::ground(&call, &import)?;
            let offered = (question.offer)(&mut tx, &ground).await?;
            let answer = values.opt("answer").filter(|a| offered.iter().any(|o| o.value == *a));
            Some(answer.ok_or_else(|| Refusal::field("answer", words::ANSWER))?)
        }
        None => None,
    };
    drop(tx);
    let columns: BTreeMap<u32, String> =
        columns.into_iter().map(|(at, (_, column))| (at, column.name.to_owned())).collect();
    let signature = sense::signature(&titles);
    let json = serde_json::to_string(&columns)?;
    let whose = (import.jurisdiction_id, spec.word);
    files::import::remember(call.db(), whose, (&signature, json)).await?;
    let year = values.number("year").and_then(|year| i16::try_from(year).ok());
    let choice = Chosen { columns, year, answer, ..choice };
    check_again(call, spec, import.choosing(&choice)?).await
}

/// Each column once, and every one that must be there.
fn demand_whole(
    spec: &'static ImportSpec,
    columns: &BTreeMap<u32, (usize, &'static super::spec::ImportColumn)>,
) -> std::result::Result<(), Refusal> {
    let mut errors = Vec::new();
    let chosen: Vec<_> = columns.values().collect();
    for (i, (place, column)) in chosen.iter().enumerate() {
        if chosen.iter().take(i).any(|(_, other)| other.name == column.name) {
            let field = cell_name("columns", *place, "to");
            errors.push(FieldError { field, message: words::twice(column.label) });
        }
    }
    for column in spec.columns.iter().filter(|column| column.required) {
        if !chosen.iter().any(|(_, other)| other.name == column.name) {
            let message = words::missing_column(column.label);
            errors.push(FieldError { field: "columns".to_owned(), message });
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Fields(errors)) }
}

/// Has the rows judged, and goes on to them.
pub(crate) async fn check_again(
    call: Call,
    spec: &'static ImportSpec,
    import: ImportRow,
) -> Result<Done> {
    let import = ImportRow { state: State::Checking, per_mille: 0, told: String::new(), ..import };
    files::import::keep(call.db(), &import).await?;
    work::begin(work::check(call.clone(), spec, import.clone())).await;
    let now = place::import(&call, &mut call.read().await?, spec).await?;
    // What has to be mended is shown at once; a large sheet is still being checked.
    let mend = now.state == State::Checked && now.errors_count > 0;
    let paths = &spec.paths;
    Ok(Done::step(place::address(if mend { paths.rows } else { paths.one }, &import)))
}

#[cfg(test)]
mod tests {
    use super::year_in;

    #[test]
    fn the_title_names_the_year() {
        assert_eq!(year_in("漯河市2021年周交办台账"), Some(2021));
        assert_eq!((year_in("台账"), year_in("21年"), year_in("某年")), (None, None, None));
    }
}
