//! The ranking of each peer group, beside the month before; a long one in parts.

use std::collections::BTreeMap;

use journal::{Result, Tx};
use kernel::{Lang, msg, text};
use maud::{Markup, html};
use rust_decimal::Decimal;
use serde::Serialize;
use ui::table::{Column, Row, Table};
use ui::{Tone, part, table};
use uuid::Uuid;
use web::{Call, Param, ParamKind};

use crate::tables::{ReviewRow, ScoreRow, Standing};
use crate::{acts, scoring, store, words};

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[
    Param::new("group", ParamKind::Number(1, 1_000), text!("第几组", "Which group")),
    Param::new("from", ParamKind::Number(1, 100_000), text!("从第几名起", "From which place on")),
    Param::new("limit", ParamKind::Number(1, 500), text!("行数", "Rows")),
];

/// Units of one group on a page, when nobody asks for another number.
const UNITS: usize = 100;
/// Units of one group on a page at most.
const UNITS_MAX: usize = 500;

/// The units of a group, the first in front.
#[derive(Serialize)]
pub(crate) struct Group {
    pub(crate) rule: String,
    pub(crate) code: String,
    pub(crate) name: String,
    /// How many units it has.
    pub(crate) count: usize,
    /// Of which the page shows some, from this one on, counted from 1.
    pub(crate) from: usize,
    pub(crate) units: Vec<Placed>,
}

/// Which part of which group is asked for: `?group=2&from=101`. The other groups begin in front.
pub(in crate::pages) struct Asked {
    group: usize,
    from: usize,
    pub(in crate::pages) limit: usize,
}

impl Asked {
    pub(in crate::pages) fn of(call: &Call) -> Self {
        let number = |name: &str| call.query.get(name).and_then(|n| n.parse().ok());
        Self {
            group: number("group").unwrap_or(1),
            from: number("from").unwrap_or(1).max(1),
            limit: number("limit").unwrap_or(UNITS).clamp(1, UNITS_MAX),
        }
    }

    /// The first unit that is shown of the n-th group, which has so many; counted from 1, groups
    /// from 0.
    pub(in crate::pages) fn from(&self, n: usize, count: usize) -> usize {
        if n + 1 == self.group { self.from.min(count.max(1)) } else { 1 }
    }

    /// The part of a group that is shown.
    fn cut(&self, (n, mut group): (usize, Group)) -> Group {
        group.count = group.units.len();
        group.from = self.from(n, group.count);
        group.units = group.units.into_iter().skip(group.from - 1).take(self.limit).collect();
        group
    }

    /// The ways to the parts before and after of the n-th group from 1, of which some units are
    /// shown: the first of them, how many, and of how many; nothing when all are.
    pub(in crate::pages) fn pager(
        &self,
        call: &Call,
        at: &str,
        n: usize,
        (from, shown, count): (usize, usize, usize),
    ) -> Markup {
        if shown == count {
            return Markup::default();
        }
        let (limit, last) = (self.limit, from + shown - 1);
        let to = |from: usize| {
            let limit = if limit == UNITS { String::new() } else { format!("&limit={limit}") };
            call.href(&format!("{at}?group={n}&from={from}{limit}#group-{n}"))
        };
        let before = (from > 1).then(|| to(from.saturating_sub(limit).max(1)));
        let after = (last < count).then(|| to(last + 1));
        let shown =
            msg!("第 {from} 至 {last} 家，共 {count} 家", "Units {from} to {last} of {count}");
        let (before, after) = (before.as_deref(), after.as_deref());
        table::part_pager(call.lang, before, after, shown.of(call.lang))
    }
}

/// A unit with its place.
#[derive(Serialize)]
pub(crate) struct Placed {
    pub(crate) unit_id: Uuid,
    pub(crate) unit: String,
    pub(crate) standing: Standing,
    pub(crate) total: Option<String>,
    pub(crate) rank: Option<String>,
    pub(crate) ranked: i64,
    /// Its place in the month published before.
    pub(crate) rank_before: Option<String>,
}

pub(super) async fn read(call: &Call, tx: &mut Tx, review: &ReviewRow) -> Result<Vec<Group>> {
    let scores = store::review::scores(tx, review, review.shown).await?;
    let before = former(tx, review).await?;
    let names: BTreeMap<Uuid, String> =
        super::short_names(call, tx, review).await?.into_iter().collect();
    let sorts = people::store::groups(tx, review.jurisdiction_id).await?;
    let mut groups = Vec::new();
    for text in store::review::texts(tx, review).await? {
        let rule = scoring::read(&text.document)?;
        for group in &rule.groups {
            let of_group =
                |s: &&ScoreRow| s.version_id == text.version && s.group_code == group.code.0;
            let mut units: Vec<Placed> = scores
                .iter()
                .filter(of_group)
                .map(|s| Placed {
                    unit_id: s.unit_id,
                    unit: names.get(&s.unit_id).map_or_else(|| s.unit_id.to_string(), Clone::clone),
                    standing: s.standing,
                    total: s.total.as_deref().map(|t| shown(t, rule.precision.places)),
                    rank: s.rank.clone(),
                    ranked: s.ranked,
                    rank_before: before.get(&s.unit_id).cloned().flatten(),
                })
                .collect();
            units.sort_by_key(|u| {
                (place(u.rank.as_deref()), std::cmp::Reverse(place(u.total.as_deref())), u.unit_id)
            });
            if !units.is_empty() {
                let english = group.english.as_ref().filter(|_| call.lang == Lang::En);
                let name = english.map_or(&group.name.0, |e| &e.0).clone();
                let sort = sorts.iter().position(|g| g.name == group.name.0);
                let (rule, code) = (rule.name.0.clone(), group.code.0.clone());
                groups.push((sort, Group { rule, code, name, count: 0, from: 1, units }));
            }
        }
    }
    // As the city lists its groups, whatever order its rule sets stand in.
    groups.sort_by_key(|(sort, _)| *sort);
    let (asked, groups) = (Asked::of(call), groups.into_iter().map(|(_, group)| group));
    Ok(groups.enumerate().map(|group| asked.cut(group)).collect())
}

/// A total with the decimals that the rules publish.
fn shown(total: &str, places: u32) -> String {
    total.parse().map_or_else(|_| total.to_owned(), |total| rules::decimal::shown(total, places))
}

/// The places in the month published before.
async fn former(tx: &mut Tx, review: &ReviewRow) -> Result<BTreeMap<Uuid, Option<String>>> {
    let city = review.jurisdiction_id;
    let Some(before) = store::review::published_before(tx, city, review.month).await? else {
        return Ok(BTreeMap::new());
    };
    let scores = store::review::scores(tx, &before, before.shown).await?;
    Ok(scores.into_iter().map(|s| (s.unit_id, s.rank)).collect())
}

/// A rank or total as a number; those without one stand last.
fn place(said: Option<&str>) -> Decimal {
    said.and_then(|said| said.parse().ok()).unwrap_or(Decimal::MAX)
}

/// By how many places a unit rose or fell.
fn change(unit: &Placed) -> Option<Decimal> {
    let (now, before) = (unit.rank.as_deref()?, unit.rank_before.as_deref()?);
    Some(before.parse::<Decimal>().ok()? - now.parse::<Decimal>().ok()?)
}

impl Group {
    /// The group, the n-th of the page from 1.
    pub(super) fn show(&self, call: &Call, review: &ReviewRow, n: usize) -> Markup {
        let lang = call.lang;
        let columns = [
            Column::fit(words::RANK.of(lang)),
            Column::lead(words::UNIT.of(lang)),
            Column::number(words::TOTAL.of(lang)),
            Column::fit(text!("较上期", "Against last month").of(lang)),
        ];
        let at = acts::card(review.month);
        let table = Table {
            caption: &self.name,
            columns: &columns,
            rows: self
                .units
                .iter()
                .map(|u| Row {
                    href: super::opens_sheet(call, u.unit_id)
                        .then(|| call.href(&format!("{at}/units/{}", u.unit_id))),
                    tone: None,
                    cells: vec![
                        html! { @match &u.rank { Some(rank) => (rank), None => "—" } },
                        html! { (u.unit) },
                        total(u, lang),
                        moved(u, lang),
                    ],
                })
                .collect(),
            ..Table::default()
        };
        part::card_flush(
            Some(&self.name),
            None,
            html! {
                div id={ "group-" (n) } {
                    (table.render())
                    (Asked::of(call).pager(call, &at, n, (self.from, self.units.len(), self.count)))
                }
            },
        )
    }
}

fn total(unit: &Placed, lang: Lang) -> Markup {
    match (&unit.total, unit.standing) {
        (Some(total), Standing::Ranked) => html! { (total) },
        (_, standing) => part::badge(Tone::Grey, words::standing(standing).of(lang)),
    }
}

fn moved(unit: &Placed, lang: Lang) -> Markup {
    let Some(change) = change(unit) else { return html! { span class="muted" { "—" } } };
    if change.is_zero() {
        return html! { (text!("持平", "same").of(lang)) };
    }
    let (sign, tone) =
        if change > Decimal::ZERO { ("↑", Tone::Green) } else { ("↓", Tone::Red) };
    part::badge(tone, &format!("{sign} {}", change.abs().normalize()))
}
