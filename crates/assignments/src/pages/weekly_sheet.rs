//! 周反馈填报表: a unit's open items as a spreadsheet to be filled in and uploaded back.

use files::sheet::write::{Cell, Column, Head, Sheet};
use journal::Result;
use kernel::{Lang, text};
use people::export;
use web::{Answer, Call};

use crate::store::weekly::{self, ToAnswer};
use crate::weekly_filled::{Holds, column};
use crate::words;

/// Characters of the last report that a row shows.
const LAST_MAX: usize = 300;

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let _desk = export::desk()?;
    let mut tx = call.read().await?;
    let edges = super::edges(&call, &mut tx).await?;
    let (actor, lang) = (*call.actor()?, call.lang);
    let items = weekly::to_answer(&mut tx, &actor).await?;
    let drafts = weekly::drafts(&mut tx, &actor).await?;
    drop(tx);
    let below = text!(
        "填写“本周情况”等列后，在系统“周反馈—上传填好的表”中上传；不选的事项本次不反馈。请不要改动隐藏列。",
        "Fill in, then upload it under Weekly answer; items left blank are not answered. Leave the hidden column as it is."
    );
    let head = Head {
        title: words::WEEKLY_SHEET.of(lang).to_owned(),
        below: below.of(lang).to_owned(),
        columns: columns(lang),
    };
    let mut sheet = Sheet::begin(&head)?;
    for item in &items {
        let draft = drafts.iter().find(|d| d.assignment_id == item.row.id);
        sheet.row(&cells(item, draft, (edges.light(&item.row), lang)))?;
    }
    let rows = u32::try_from(items.len()).map_err(journal::Error::fault)?;
    export::hand_over(&call, (words::WEEKLY_SHEET, rows), sheet).await
}

fn columns(lang: Lang) -> Vec<Column> {
    Holds::ALL.iter().map(|holds| column(*holds, lang)).collect()
}

fn cells(
    item: &ToAnswer,
    draft: Option<&crate::tables::weekly::WeeklyDraftRow>,
    (light, lang): (crate::light::Light, Lang),
) -> Vec<Cell> {
    let a = &item.row;
    let last: String = item.last.iter().flat_map(|l| l.chars()).take(LAST_MAX).collect();
    let how = draft.and_then(|d| crate::weekly::How::of(&d.how));
    let said = |text: fn(&crate::tables::weekly::WeeklyDraftRow) -> &String| {
        draft.map(text).filter(|t| !t.is_empty()).map_or(Cell::Empty, Cell::text)
    };
    let cell = |holds: &Holds| match holds {
        Holds::Label => Cell::text(&a.label),
        Holds::Title => Cell::text(&a.title),
        Holds::Due => Cell::Day(a.due_on),
        Holds::Light => Cell::text(words::light(light).of(lang)),
        Holds::Last => Cell::text(&last),
        Holds::How => how.map_or(Cell::Empty, |how| Cell::text(words::how(how).of(lang))),
        Holds::Done => said(|d| &d.done),
        Holds::Quantity => Cell::number(draft.and_then(|d| d.quantity)),
        Holds::Unit => Cell::text(&a.quantity_unit),
        Holds::Blocker => said(|d| &d.blocker),
        Holds::Key => Cell::text(a.id.to_string()),
    };
    Holds::ALL.iter().map(cell).collect()
}
