//! 周反馈: all open items of one's unit on one page. Rows that say nothing are left out; a head's
//! own answer is signed at once, a liaison's waits for the head.

use journal::{Act, Result};
use kernel::{Actor, FieldError, Refusal, Role, Subject, SubjectKind, msg, text};
use maud::{Markup, html};
use ui::form::ButtonTone;
use ui::part;
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values, cell_name};

use crate::facts::WeeklyItem;
use crate::light::Edges;
use crate::store::weekly::{self as store, ToAnswer};
use crate::tables::weekly::{WeeklyDraftRow, WeeklyState};
use crate::weekly::{self, How};
use crate::{grants, words};

/// Characters of the last report that a row shows.
const LAST_MAX: usize = 90;

const ITEMS: &[FieldSpec] = &[
    FieldSpec::hidden("assignment"),
    FieldSpec::choice("how", text!("本周情况", "This week")),
    FieldSpec::area("done", text!("进展（可不填）", "Words, if needed"), 1_000),
    FieldSpec::number("quantity", text!("累计完成量", "Quantity so far"), 0, 1_000_000_000_000),
    FieldSpec::line("blocker", text!("问题及需协调", "Blocker"), 300),
    FieldSpec::files("files", text!("佐证材料", "Files"), 10),
];

const FIELDS: &[FieldSpec] =
    &[FieldSpec::rows("items", text!("在办事项", "Open items"), ITEMS, weekly::ITEMS_MAX)];

pub(crate) fn route() -> Route {
    Route::act("/weekly", grants::ANSWER_WEEKLY, words::WEEKLY)
        .submit(text!("上报", "Hand in"))
        .help(text!(
            "逐项选择“按计划推进”“与上次相同”或自行填写；不选的事项本次不反馈。草稿自动保存，负责人一次签发。",
            "Choose for each item: as planned, as last time, or own words; what is left open is not answered. Drafts are kept; the head signs once."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(hand_in)
}

pub(crate) fn draft_route() -> Route {
    let title = text!("保存周反馈草稿", "Keep the weekly draft");
    Route::act("/weekly/draft", grants::DRAFT_WEEKLY, title)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(keep)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, actor) = (call.read().await?, *call.actor()?);
    let edges = crate::pages::edges(call, &mut tx).await?;
    let items = store::to_answer(&mut tx, &actor).await?;
    let drafts = store::drafts(&mut tx, &actor).await?;
    let unaccepted = store::unaccepted(&mut tx, &actor).await?;
    let hows = How::ALL.iter().map(|h| Choice::new(h.word(), words::how(*h).of(call.lang)));
    let mut prepared = Prepared {
        back: "/".to_owned(),
        intro: intro(call, (items.len(), unaccepted)),
        draft: Some((text!("保存草稿", "Keep as a draft"), "/weekly/draft".to_owned())),
        ..Prepared::default()
    };
    prepared.choices.insert("how", hows.collect());
    let mut leads = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let draft = drafts.iter().find(|d| d.assignment_id == item.row.id);
        prepared = prepared.row("items", cells(item, draft));
        for (column, wanted) in
            [("quantity", &item.row.quantity_unit), ("files", &item.row.evidence)]
        {
            if wanted.is_empty() {
                prepared.without_cells.insert(cell_name("items", place, column));
            }
        }
        leads.push(lead(call, item, &edges));
    }
    prepared.leads.insert("items", leads);
    Ok(prepared)
}

fn intro(call: &Call, (items, unaccepted): (usize, i64)) -> Markup {
    let lang = call.lang;
    let counted = msg!("共 {items} 项在办。", "{items} open items.");
    let waiting = msg!(
        "另有 {unaccepted} 项待签收，签收后再反馈。",
        "{unaccepted} more wait to be accepted first."
    );
    html! {
        p { (counted.of(lang))
            @if unaccepted > 0 {
                " " a href=(call.href("/assignments?state=issued")) { (waiting.of(lang)) }
            }
        }
        @if items > 0 {
            (ui::layout::cluster(html! {
                (part::link_button(ButtonTone::Plain, &call.href("/weekly/sheet"), words::WEEKLY_SHEET.of(lang), "download"))
                (part::link_button(ButtonTone::Plain, &call.href("/weekly/filling"), words::FILL_WEEKLY.of(lang), "upload"))
            }))
        }
    }
}

fn cells(item: &ToAnswer, draft: Option<&WeeklyDraftRow>) -> [(&'static str, String); 5] {
    let quantity = draft.and_then(|d| d.quantity).map_or(String::new(), |q| q.to_string());
    [
        ("assignment", item.row.id.to_string()),
        ("how", draft.map_or(String::new(), |d| d.how.clone())),
        ("done", draft.map_or(String::new(), |d| d.done.clone())),
        ("quantity", quantity),
        ("blocker", draft.map_or(String::new(), |d| d.blocker.clone())),
    ]
}

/// What a row is about: the item, its day and light, and what was said last.
fn lead(call: &Call, item: &ToAnswer, edges: &Edges) -> Markup {
    let (lang, a) = (call.lang, &item.row);
    let last = item.last.as_ref().map(|l| l.chars().take(LAST_MAX).collect::<String>());
    html! {
        a href=(call.href(&super::card(a.id))) { (a.label) " " (a.title) }
        span class="muted" {
            (text!("时限 ", "due ").of(lang)) (a.due_on) " " (crate::pages::light(edges.light(a), lang))
            @if let Some(goal) = a.goal { " " (a.reached) "/" (goal) (a.quantity_unit) }
        }
        @if let Some(last) = last {
            span class="muted" { (text!("上次：", "last: ").of(lang)) (last) }
        }
    }
}

/// A row that says something, with its place in the form.
struct Typed {
    place: usize,
    assignment: Uuid,
    how: How,
    done: String,
    quantity: Option<i64>,
    blocker: String,
    files: Vec<Uuid>,
}

fn typed(values: &Values) -> Vec<Typed> {
    let row = |(place, row): &(usize, Values)| {
        let done = row.text("done");
        // Who writes words without choosing means them.
        let how = How::of(&row.text("how")).or((!done.is_empty()).then_some(How::Own))?;
        Some(Typed {
            place: *place,
            assignment: row.id("assignment")?,
            how,
            done,
            quantity: row.number("quantity"),
            blocker: row.text("blocker"),
            files: row.ids("files"),
        })
    };
    values.rows("items").iter().filter_map(row).collect()
}

async fn hand_in(call: Call, values: Values) -> Result<Done> {
    let actor = *call.actor()?;
    let rows = typed(&values);
    let id = Uuid::now_v7();
    let receipt = call.act(async |act| run(act, &actor, id, &rows).await).await?;
    let id = receipt.subject.id;
    Ok(Done::to(format!("/weekly/{id}"), receipt))
}

/// 按计划推进 for every open item: what a unit says when nothing stands in its way.
pub(crate) async fn as_planned(act: &mut Act, actor: &Actor, id: Uuid) -> Result<()> {
    let open = store::to_answer(act, actor).await?;
    let planned = open.iter().enumerate().map(|(place, item)| Typed {
        place,
        assignment: item.row.id,
        how: How::Plan,
        done: String::new(),
        quantity: None,
        blocker: String::new(),
        files: Vec::new(),
    });
    run(act, actor, id, &planned.collect::<Vec<_>>()).await
}

async fn run(act: &mut Act, actor: &Actor, id: Uuid, rows: &[Typed]) -> Result<()> {
    let (city, today) = (act.jurisdiction(), act.today());
    let open = store::to_answer(act, actor).await?;
    let (mut items, mut errors) = (Vec::new(), Vec::new());
    for row in rows {
        match item(row, open.iter().find(|o| o.row.id == row.assignment)) {
            Ok(item) => items.push(item),
            Err((column, message)) => {
                let field = cell_name("items", row.place, column);
                errors.push(FieldError { field, message: message.into() });
            }
        }
    }
    if !errors.is_empty() {
        return Err(Refusal::Fields(errors).into());
    }
    for (item, row) in items.iter_mut().zip(rows) {
        item.files = super::attached(act, actor.account, &row.files).await?;
    }
    let former = store::answers(act, city, actor.unit).await?;
    let waiting = former.iter().any(|a| a.state == WeeklyState::Prepared);
    let fact = weekly::prepare(actor, today, (items, waiting))?;
    act.record(Subject::new(SubjectKind::WeeklyAnswer, id), &fact).await?;
    store::forget_drafts(act, actor).await?;
    if actor.role == Role::Head {
        super::sign_weekly::sign(act, actor, id, None).await?;
    }
    Ok(())
}

/// A row against the item it is about; an error belongs to a cell.
fn item(
    row: &Typed,
    open: Option<&ToAnswer>,
) -> std::result::Result<WeeklyItem, (&'static str, kernel::Text)> {
    let Some(open) = open else {
        return Err((
            "done",
            text!("这一项已办结或转出，请刷新页面。", "This item has moved on; reload the page."),
        ));
    };
    let done = weekly::said(row.how, &row.done, open.last.as_deref())?;
    if !row.files.is_empty() && open.row.evidence.is_empty() {
        return Err(("files", text!("这一项不需要上传材料。", "No files are wanted here.")));
    }
    if row.quantity.is_some() && open.row.quantity_unit.is_empty() {
        return Err(("quantity", text!("这一项没有量化目标。", "This item has no quantity.")));
    }
    Ok(WeeklyItem {
        assignment: row.assignment,
        done,
        quantity: row.quantity,
        blocker: row.blocker.clone(),
        files: Vec::new(),
    })
}

/// Keeps what was written; a draft is no record and leaves no fact.
async fn keep(call: Call, values: Values) -> Result<Done> {
    let (actor, now) = (*call.actor()?, call.now());
    let row = |(_, row): &(usize, Values)| {
        Some(WeeklyDraftRow {
            jurisdiction_id: actor.jurisdiction,
            unit_id: actor.unit,
            assignment_id: row.id("assignment")?,
            how: row.text("how"),
            done: row.text("done"),
            quantity: row.number("quantity"),
            blocker: row.text("blocker"),
            at: now,
        })
    };
    let mut rows: Vec<_> = values.rows("items").iter().filter_map(row).collect();
    rows.retain(|r| !(r.how.is_empty() && r.done.is_empty() && r.blocker.is_empty()));
    rows.sort_by_key(|r| r.assignment_id);
    rows.dedup_by_key(|r| r.assignment_id);
    let keep = async |tx: &mut journal::Tx| store::keep_drafts(tx, &actor, &rows).await;
    call.db().operate(actor.jurisdiction, keep).await?;
    Ok(Done::go("/weekly".to_owned()))
}
