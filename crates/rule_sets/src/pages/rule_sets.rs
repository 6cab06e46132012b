//! The list of rule sets.

use journal::Result;
use kernel::{Text, msg, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{Tone, layout, part, table};
use uuid::Uuid;
use web::{Answer, Call, View, button};

use crate::regions::standing;
use crate::tables::{RuleSetRow, VersionRow};
use crate::{grants, store, words};

#[derive(Serialize)]
struct RuleSets {
    items: Vec<Item>,
    head: String,
}

#[derive(Serialize)]
struct Item {
    id: Uuid,
    code: String,
    name: String,
    versions: usize,
    /// The version in force now, or else the newest.
    n: Option<i64>,
    from: Option<String>,
    ended_from: Option<String>,
    issued_number: Option<String>,
    groups: Vec<String>,
    /// The version on its way.
    open: Option<i64>,
    #[serde(skip)]
    standing: Option<(Tone, Text)>,
    #[serde(skip)]
    on_its_way: Option<Text>,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let period = ReviewMonth::of(call.today()).to_string();
    let mut items = Vec::new();
    for set in store::rule_sets(&mut tx, call.actor()?).await? {
        let versions = store::versions(&mut tx, call.actor()?, set.id).await?;
        items.push(item(set, &versions, &period)?);
    }
    let head = journal::history::head(&mut tx, call.city()?).await?.to_string();
    call.page(&RuleSets { items, head })
}

fn item(set: RuleSetRow, versions: &[VersionRow], period: &str) -> Result<Item> {
    let held = store::holding(&set, versions, period).or_else(|| store::adopted_last(versions));
    let shown = held.or_else(|| versions.first());
    let rule = shown.map(super::rule_of).transpose()?.flatten();
    let groups = rule.map(|rule| rule.groups.into_iter().map(|g| g.name.0).collect());
    let open = store::open(versions);
    Ok(Item {
        id: set.id,
        versions: versions.len(),
        n: shown.map(|v| v.n),
        from: shown.and_then(|v| v.from_period.clone()),
        issued_number: shown.and_then(|v| v.issued_number.clone()),
        groups: groups.unwrap_or_default(),
        open: open.map(|v| v.n),
        standing: shown.map(|v| standing::of(&set, versions, v, period)),
        on_its_way: open
            .filter(|v| shown.is_some_and(|s| s.id != v.id))
            .map(|v| words::state(v.state)),
        code: set.code,
        name: set.name,
        ended_from: set.ended_from,
    })
}

impl View for RuleSets {
    fn title(&self, call: &Call) -> String {
        words::RULE_SETS.of(call.lang).to_owned()
    }

    fn actions(&self, call: &Call) -> Markup {
        let label = text!("起草考评办法", "Begin a rule set").of(call.lang);
        button(call, grants::BEGIN, "/rule-sets/new", (ButtonTone::Primary, label, "plus"))
    }

    fn body(&self, call: &Call) -> Markup {
        layout::stack_printed_lying(html! {
            (part::card_flush(None, None, self.list(call)))
            (web::seal(&self.head, call))
        })
    }
}

impl RuleSets {
    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.items.is_empty() {
            return table::list(part::empty_state(
                "stamp",
                text!("还没有考评办法", "There is no rule set yet").of(lang),
                text!(
                    "督查局从现成办法起草，审核、印发后列在这里。",
                    "The bureau begins one from those that come with the program; adopted ones are listed here."
                )
                .of(lang),
                None,
            ));
        }
        let columns = [
            Column::fit(words::CODE.of(lang)),
            Column::lead(words::NAME.of(lang)),
            Column::fit(words::STATE.of(lang)),
            Column::fit(words::VERSION.of(lang)),
            Column::fit(words::FROM.of(lang)),
            Column::text(words::ISSUED_BY.of(lang)),
            Column::text(words::GROUPS.of(lang)),
        ];
        let rows = self.items.iter().map(|item| row(call, item)).collect();
        let caption = words::RULE_SETS.of(lang);
        let list = Table { caption, columns: &columns, rows, ..Table::default() };
        table::list(list.render())
    }
}

fn row(call: &Call, item: &Item) -> Row {
    let lang = call.lang;
    let dash = |text: Option<&str>| html! { (text.unwrap_or("—")) };
    let (n, count) = (item.n.unwrap_or_default(), item.versions);
    let version = msg!("第 {n} 版（共 {count} 版）", "{n} of {count}");
    Row {
        href: Some(call.href(&crate::acts::card(item.id))),
        tone: None,
        cells: vec![
            html! { (item.code) },
            html! { (item.name) },
            html! {
                @if let Some(standing) = item.standing { (standing::badge(standing, lang)) }
                @if let (Some(n), Some(state)) = (item.open, item.on_its_way) {
                    @let (zh, en) = (state.zh, state.en);
                    " " (part::badge(Tone::Blue, msg!("第 {n} 版{zh}", "version {n}: {en}").of(lang)))
                }
            },
            html! { (version.of(lang)) },
            html! {
                (dash(item.from.as_deref()))
                @if let Some(ended) = &item.ended_from {
                    " " span class="muted" { (msg!("至 {ended} 止", "until {ended}").of(lang)) }
                }
            },
            dash(item.issued_number.as_deref()),
            html! { (item.groups.join("、")) },
        ],
    }
}
