//! Two sheets side by side: who moves and why, for a trial run of other rules, for a recalculation
//! after an objection, and for month against month.

use std::collections::BTreeMap;

use kernel::Message;
use rust_decimal::Decimal;

use crate::decimal;
use crate::engine::sheet::{Sheet, UnitScore};
use crate::saying::{same, say};

/// Parts that are named as the reasons of a move.
const CAUSES_MAX: usize = 3;

/// One unit in both sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The unit.
    pub unit: String,
    /// Its group in the newer sheet.
    pub group: String,
    /// Rank before; none when it had none.
    pub rank_before: Option<Decimal>,
    /// Rank after.
    pub rank_after: Option<Decimal>,
    /// Total before.
    pub total_before: Option<Decimal>,
    /// Total after.
    pub total_after: Option<Decimal>,
    /// The parts that changed most, the largest first.
    pub causes: Vec<Cause>,
}

/// A part whose points changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The part's code.
    pub code: String,
    /// Points after less points before; a part that is absent brings nothing.
    pub change: Decimal,
}

impl Move {
    /// Whether the rank is another one.
    pub fn has_moved(&self) -> bool {
        self.rank_before != self.rank_after
    }

    /// Why, in a sentence: A1+2.5、B1-1.
    pub fn why(&self) -> Message {
        let causes: Vec<String> = self
            .causes
            .iter()
            .map(|cause| {
                let sign = if cause.change.is_sign_negative() { "" } else { "+" };
                format!("{}{sign}{}", cause.code, decimal::canonical(cause.change))
            })
            .collect();
        if causes.is_empty() {
            return kernel::text!("自身得分未变", "its own score did not change").into();
        }
        let causes = Message { zh: causes.join("、"), en: causes.join(", ") };
        say!("主要变化：{a}", "largest changes: {a}", a = causes)
    }

    /// Who moves from where to where.
    pub fn message(&self, name: &str) -> Message {
        let rank = |rank: Option<Decimal>| match rank {
            Some(rank) => {
                let rank = same(&decimal::canonical(rank));
                say!("第{a}名", "rank {a}", a = rank)
            }
            None => kernel::text!("不排名", "not ranked").into(),
        };
        say!(
            "{a}：{b}→{c}；{d}",
            "{a}: {b} → {c}; {d}",
            a = same(name),
            b = rank(self.rank_before),
            c = rank(self.rank_after),
            d = self.why()
        )
    }
}

/// Every unit that stands in either sheet, by identifier.
pub fn moves(before: &Sheet, after: &Sheet) -> Vec<Move> {
    let mut units: BTreeMap<&str, (Option<&UnitScore>, Option<&UnitScore>)> = BTreeMap::new();
    for unit in &before.units {
        units.entry(&unit.unit).or_default().0 = Some(unit);
    }
    for unit in &after.units {
        units.entry(&unit.unit).or_default().1 = Some(unit);
    }
    units.into_iter().map(|(unit, (before, after))| one(unit, before, after)).collect()
}

fn one(unit: &str, before: Option<&UnitScore>, after: Option<&UnitScore>) -> Move {
    let group = after.or(before).map(|score| score.group.clone()).unwrap_or_default();
    Move {
        unit: unit.to_owned(),
        group,
        rank_before: before.and_then(UnitScore::rank),
        rank_after: after.and_then(UnitScore::rank),
        total_before: before.and_then(|score| score.total),
        total_after: after.and_then(|score| score.total),
        causes: causes(before, after),
    }
}

fn causes(before: Option<&UnitScore>, after: Option<&UnitScore>) -> Vec<Cause> {
    let mut points: BTreeMap<&str, (Decimal, Decimal)> = BTreeMap::new();
    for part in before.iter().flat_map(|score| &score.parts) {
        points.entry(&part.code).or_default().0 = part.points().unwrap_or_default();
    }
    for part in after.iter().flat_map(|score| &score.parts) {
        points.entry(&part.code).or_default().1 = part.points().unwrap_or_default();
    }
    let changes = points.into_iter().filter_map(|(code, (before, after))| {
        let change = after.checked_sub(before).filter(|change| !change.is_zero())?;
        Some(Cause { code: code.to_owned(), change })
    });
    let mut causes: Vec<Cause> = changes.collect();
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.change.abs()));
    causes.truncate(CAUSES_MAX);
    causes
}

/// The median of each part within a group, by code: what an explanation is compared with.
pub fn medians(sheet: &Sheet, group: &str) -> BTreeMap<String, Decimal> {
    let mut points: BTreeMap<&str, Vec<Decimal>> = BTreeMap::new();
    for unit in sheet.units.iter().filter(|unit| unit.group == group) {
        for part in &unit.parts {
            points.entry(&part.code).or_default().extend(part.points());
        }
    }
    let found = points.into_iter().filter_map(|(code, mut points)| {
        points.sort_unstable();
        let upper = points.len() / 2;
        let lower = points.len().checked_sub(1)? / 2;
        let sum = points.get(lower)?.checked_add(*points.get(upper)?)?;
        Some((code.to_owned(), sum.checked_div(Decimal::TWO)?))
    });
    found.collect()
}
