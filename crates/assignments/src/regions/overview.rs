//! Before issue: how the batch before went, and what this one and its week ask of every unit.

use journal::{Result, Tx};
use kernel::{Day, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::table::{Column, Row, Shape, Table};
use ui::{Tone, layout, num, part};
use uuid::Uuid;
use web::Call;

use crate::light::Edges;
use crate::store::overview::{self, Outcome, UnitWeek};
use crate::tables::{BatchKind, BatchRow};

/// The overview of a batch.
#[derive(Serialize)]
pub(crate) struct Overview {
    /// The batch of the same kind before this one.
    pub(crate) former: Option<FormerResult>,
    /// The seven days from the batch's issue or sitting on.
    pub(crate) week: (Day, Day),
    /// What they ask of every unit, the most asked first.
    pub(crate) units: Vec<UnitWeek>,
}

/// How a former batch stands.
#[derive(Serialize)]
pub(crate) struct FormerResult {
    pub(crate) id: Uuid,
    pub(crate) title: String,
    pub(crate) outcome: Outcome,
}

/// Reads the overview for the bureau and who signs.
pub(crate) async fn read(
    call: &Call,
    tx: &mut Tx,
    batch: &BatchRow,
    edges: &Edges,
) -> Result<Overview> {
    let (city, actor) = (call.city()?, call.actor()?);
    let former = match overview::former(tx, city, batch, edges.today).await? {
        Some(former) => Some(FormerResult {
            outcome: overview::outcome(tx, actor, edges, former.id).await?,
            id: former.id,
            title: former.title,
        }),
        None => None,
    };
    let sitting = match batch.sitting_id.filter(|_| batch.kind == BatchKind::Weekly) {
        Some(id) => people::store::sitting(tx, city, id).await?.map(|s| s.day),
        None => None,
    };
    let from = batch.issued_on.or(sitting).unwrap_or(edges.today);
    let week = (from, from.plus(6));
    let units = overview::asked(tx, actor, batch.id, (edges, week)).await?;
    Ok(Overview { former, week, units })
}

/// The overview as two cards.
pub(crate) fn show(overview: &Overview, call: &Call) -> Markup {
    let lang = call.lang;
    let (from, to) = overview.week;
    let heading = kernel::msg!(
        "各单位本周任务（{from} 至 {to}）",
        "What the week asks of every unit ({from} to {to})"
    );
    html! {
        @if let Some(former) = &overview.former { (result(former, call)) }
        @if !overview.units.is_empty() {
            (part::card_flush(Some(heading.of(lang)), None, units(&overview.units, call)))
        }
    }
}

fn result(former: &FormerResult, call: &Call) -> Markup {
    let (lang, o) = (call.lang, former.outcome.clone());
    let open = o.items - o.closed;
    let rate = if o.closed > 0 { num::percent(o.on_time, o.closed) } else { "—".to_owned() };
    let at = |rest: &str| call.href(&format!("/assignments?session={}{rest}", former.id));
    let title = text!("上次清单办理结果", "How the list before went").of(lang);
    let facts = [
        (
            text!("清单", "List"),
            html! { a href=(call.href(&crate::acts::batch_page(former.id))) { (former.title) } },
        ),
        (text!("事项", "Items"), html! { a href=(at("")) { (o.items) } }),
        (text!("已办结", "Closed"), html! { a href=(at("&light=done")) { (o.closed) } }),
        (
            text!("按期/办结", "In time / closed"),
            html! { (o.on_time) " / " (o.closed) " · " (rate) },
        ),
        (text!("未办结", "Open"), html! { a href=(at("&open=1")) { (open) } }),
        (
            text!("逾期", "Overdue"),
            html! {
                @if o.red > 0 { a href=(at("&light=red")) { (part::badge(Tone::Red, &o.red.to_string())) } }
                @else { "0" }
            },
        ),
        (text!("待督查局", "Awaits the bureau"), html! { (o.waiting) }),
    ];
    let facts: Vec<_> = facts.into_iter().map(|(label, value)| (label.of(lang), value)).collect();
    part::card(Some(title), None, layout::stack(part::details(&facts)))
}

fn units(units: &[UnitWeek], call: &Call) -> Markup {
    let lang = call.lang;
    let columns = [
        Column::lead(text!("单位", "Unit").of(lang)),
        Column::number(text!("本次新增", "New").of(lang)),
        Column::number(text!("本周到期", "Due this week").of(lang)),
        Column::number(text!("本周反馈", "Reports this week").of(lang)),
        Column::number(text!("在办", "Open").of(lang)),
        Column::number(text!("逾期", "Overdue").of(lang)),
    ];
    let cell = |unit: &UnitWeek, n: i64, rest: &str| {
        let href = call.href(&format!("/assignments?unit={}&{rest}", unit.unit_id));
        html! { @if n == 0 { span class="muted" { "0" } } @else { a href=(href) { (n) } } }
    };
    let rows = units.iter().map(|u| Row {
        href: None,
        tone: (u.red > 0).then_some(Tone::Red),
        cells: vec![
            html! { (u.unit) },
            html! { (u.fresh) },
            html! { (u.due) },
            html! { (u.reports) },
            cell(u, u.open, "open=1"),
            cell(u, u.red, "light=red"),
        ],
    });
    let sum = |of: fn(&UnitWeek) -> i64| html! { (units.iter().map(of).sum::<i64>()) };
    let foot = vec![
        html! { (text!("合计", "All").of(lang)) },
        sum(|u| u.fresh),
        sum(|u| u.due),
        sum(|u| u.reports),
        sum(|u| u.open),
        sum(|u| u.red),
    ];
    let caption = text!("各单位本周任务", "The week of every unit").of(lang);
    Table {
        caption,
        columns: &columns,
        rows: rows.collect(),
        foot: Some(foot),
        shape: Shape::Plain,
        ..Table::default()
    }
    .render()
}
