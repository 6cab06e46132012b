//! 上传填好的周反馈表: its rows become drafts of the weekly form; nothing is handed in by it.

use journal::{Result, Tx};
use kernel::{Refusal, text};
use maud::html;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::store::weekly as store;
use crate::tables::weekly::WeeklyDraftRow;
use crate::weekly_filled::{self, Filled};
use crate::{grants, weekly, words};

/// Rows of the sheet at most: the items, and what stands above and below.
const ROWS_MAX: usize = weekly::ITEMS_MAX + 100;

const FIELDS: &[FieldSpec] =
    &[FieldSpec::files("file", text!("填好的表（.xlsx）", "The filled sheet (.xlsx)"), 1)
        .required()];

pub(crate) fn route() -> Route {
    Route::act("/weekly/filling", grants::FILL_WEEKLY, words::FILL_WEEKLY)
        .submit(text!("上传到草稿", "Upload as drafts"))
        .help(text!(
            "表中填写的各项进入周反馈草稿，核对后再上报；上传本身不上报。",
            "What is filled in becomes drafts of the weekly answer; look at them, then hand them in. Nothing is handed in by the upload."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(std::future::ready(Ok(prepare(call)))))
        .decide(fill)
}

fn prepare(call: &Call) -> Prepared {
    let href = call.href("/weekly/sheet");
    let label = words::WEEKLY_SHEET.of(call.lang);
    let intro = html! {
        p { (text!("还没有表？先下载：", "No sheet yet? Take it out first: ").of(call.lang))
            a href=(href) { (label) } }
    };
    Prepared { back: "/weekly".to_owned(), intro, ..Prepared::default() }
}

async fn fill(call: Call, values: Values) -> Result<Done> {
    let (city, actor) = (call.city()?, *call.actor()?);
    let files = files::staged_files(call.db(), city, actor.account, &values.ids("file")).await?;
    let Some(file) = files.into_iter().next() else {
        let gone = text!("请选择填好的表。", "Choose the filled sheet.");
        return Err(Refusal::field("file", gone).into());
    };
    let content = files::import::file_of(call.db(), city, &file.hash).await?;
    let rows = files::import::first_sheet(call.sheet_reader(), content, ROWS_MAX).await?;
    let rows = rows.map_err(|message| Refusal::field("file", message))?;
    let mut tx = call.read().await?;
    let open = store::to_answer(&mut tx, &actor).await?;
    let filled = weekly_filled::read(&rows, &open);
    let filled = filled.map_err(|message| Refusal::field("file", message))?;
    let former = store::drafts(&mut tx, &actor).await?;
    drop(tx);
    let drafts = merged(former, filled, &call)?;
    let keep = async |tx: &mut Tx| store::keep_drafts(tx, &actor, &drafts).await;
    call.db().operate(city, keep).await?;
    Ok(Done::go("/weekly".to_owned()))
}

/// The drafts as the sheet changes them; items that it leaves blank keep theirs.
fn merged(
    former: Vec<WeeklyDraftRow>,
    filled: Vec<Filled>,
    call: &Call,
) -> Result<Vec<WeeklyDraftRow>> {
    let (actor, at) = (*call.actor()?, call.now());
    let mut drafts = former;
    drafts.retain(|d| !filled.iter().any(|f| f.assignment == d.assignment_id));
    drafts.extend(filled.into_iter().map(|f| WeeklyDraftRow {
        jurisdiction_id: actor.jurisdiction,
        unit_id: actor.unit,
        assignment_id: f.assignment,
        how: f.how.word().to_owned(),
        done: f.done,
        quantity: f.quantity,
        blocker: f.blocker,
        at,
    }));
    Ok(drafts)
}
