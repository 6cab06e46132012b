//! 导入, first step: a file is chosen and read; what is under way is listed.

use files::import::ImportRow;
use files::sheet::read::not_taken;
use journal::Result;
use kernel::Refusal;
use maud::{Markup, html};
use ui::num;
use ui::table::{Column, Row, Table};

use super::spec::ImportSpec;
use super::{place, words, work};
use crate::call::Call;
use crate::fields::FieldSpec;
use crate::route::{Done, Prepared, Route};
use crate::values::Values;

const FIELDS: &[FieldSpec] =
    &[FieldSpec::files("file", words::FILE, 1).required().hint(words::FILE_HINT)];

pub(crate) fn route(spec: &'static ImportSpec) -> Route {
    Route::act(spec.paths.base, spec.permission, spec.title)
        .help(spec.help)
        .submit(words::UPLOAD)
        .fields(FIELDS)
        .prepare(move |call| Box::pin(prepare(call, spec)))
        .decide(move |call, values| upload(call, values, spec))
}

async fn prepare(call: &Call, spec: &'static ImportSpec) -> Result<Prepared> {
    let owner = place::owner(call, spec)?;
    let open = files::import::open(&mut call.read().await?, owner).await?;
    let intro = if open.is_empty() { Markup::default() } else { under_way(call, spec, &open) };
    Ok(Prepared { intro, back: spec.back.to_owned(), ..Prepared::default() })
}

fn under_way(call: &Call, spec: &'static ImportSpec, open: &[ImportRow]) -> Markup {
    let lang = call.lang;
    let columns = [
        Column::lead(words::FILE.of(lang)),
        Column::fit(words::STATE.of(lang)),
        Column::number(words::RECORDS.of(lang)),
        Column::number(words::ERRORS.of(lang)),
    ];
    let rows = open.iter().map(|import| Row {
        href: Some(call.href(&place::address(spec.paths.one, import))),
        cells: vec![
            html! { (import.file_name) },
            html! { (words::state(import.state).of(lang)) },
            html! { (num::count(import.rows_count)) },
            html! { (num::count(import.errors_count)) },
        ],
        ..Row::default()
    });
    let caption = words::OPEN.of(lang);
    let table = Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() };
    html! {
        h2 class="form-section" { (caption) }
        (table.render())
        p class="muted" { (words::EXPIRES.of(lang)) }
    }
}

async fn upload(call: Call, values: Values, spec: &'static ImportSpec) -> Result<Done> {
    let (city, account) = (call.city()?, call.actor()?.account);
    let staged = files::staged_files(call.db(), city, account, &values.ids("file")).await?;
    let Some(file) = staged.into_iter().next() else {
        return Err(Refusal::field("file", words::ONE_FILE).into());
    };
    if let Some(message) = not_taken(&file.name) {
        return Err(Refusal::field("file", message).into());
    }
    let owner = place::owner(&call, spec)?;
    let import = files::import::begin(call.db(), owner, &file.name).await?;
    let address = place::address(spec.paths.one, &import);
    work::begin(work::read(call, spec, import, file.hash)).await;
    Ok(Done::step(address))
}
