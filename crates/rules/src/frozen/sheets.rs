//! Two sheets of one month side by side: the first thing that differs, in words.

use kernel::{Message, msg, text};

use super::broken::What;
use crate::decimal;
use crate::engine::sheet::{Outcome, Part, Proposal, Sheet, Standing, UnitScore};
use crate::facts::Facts;
use crate::methods::joined;
use crate::saying::same;

/// What differs first, what scoring again gives, and what is stored.
pub(super) type Difference = (What, Message, Message);

/// The first difference of the sheet that is stored from the one that was scored again.
pub(super) fn first(again: &Sheet, stored: &Sheet, facts: &Facts) -> Option<Difference> {
    let heads = [again, stored]
        .map(|sheet| same(&format!("{} {} {}", sheet.engine, sheet.period, sheet.rule)));
    let [right, wrong] = heads;
    if right != wrong {
        return Some((What::Head, right, wrong));
    }
    if let Some((a, b)) = pair(&again.units, &stored.units) {
        return match (a, b) {
            (Some(a), Some(b)) if a.unit == b.unit => Some(of_unit(a, b, &name(facts, &a.unit))),
            (a, b) => Some((What::Units, named(a, facts), named(b, facts))),
        };
    }
    let (a, b) = pair(&again.proposals, &stored.proposals)?;
    Some((What::Proposals, proposed(a, facts), proposed(b, facts)))
}

/// The first place at which two lists differ.
fn pair<'l, T: PartialEq>(a: &'l [T], b: &'l [T]) -> Option<(Option<&'l T>, Option<&'l T>)> {
    let most = a.len().max(b.len());
    (0..most).map(|place| (a.get(place), b.get(place))).find(|(a, b)| a != b)
}

fn name(facts: &Facts, unit: &str) -> String {
    let found = facts.units.iter().find(|known| known.unit == unit);
    found.map_or_else(|| unit.to_owned(), |known| known.name.clone())
}

fn nothing() -> Message {
    text!("没有", "nothing").into()
}

fn named(unit: Option<&UnitScore>, facts: &Facts) -> Message {
    unit.map_or_else(nothing, |unit| same(&name(facts, &unit.unit)))
}

fn proposed(one: Option<&Proposal>, facts: &Facts) -> Message {
    one.map_or_else(nothing, |one| {
        let mut said = vec![same(&format!("{} {}", one.consequence, name(facts, &one.unit)))];
        said.extend(one.lowered.iter().map(|lowered| {
            let (from, by) = (&lowered.from, &lowered.by);
            msg!("由{from}按{by}降档", "lowered from {from} by {by}")
        }));
        said.extend(one.open.as_ref().map(crate::unscorable::Unscorable::message));
        joined(&said, "，", ", ")
    })
}

fn of_unit(again: &UnitScore, stored: &UnitScore, name: &str) -> Difference {
    let unit = || name.to_owned();
    let parts = pair(&again.parts, &stored.parts).or_else(|| pair(&again.amounts, &stored.amounts));
    if let Some((a, b)) = parts {
        let code = a.or(b).map(|part| part.code.clone()).unwrap_or_default();
        return (What::Score { unit: unit(), code }, worth(a), worth(b));
    }
    if again.total != stored.total {
        return (What::Total { unit: unit() }, total(again), total(stored));
    }
    (What::Place { unit: unit() }, place(again), place(stored))
}

fn worth(part: Option<&Part>) -> Message {
    let Some(part) = part else { return nothing() };
    let outcome = match &part.outcome {
        Outcome::Points(points) => same(&decimal::canonical(*points)),
        Outcome::NotApplicable(why) => why.message(),
        Outcome::Unscorable(why) => why.message(),
    };
    if part.is_disputed {
        let Message { zh, en } = outcome;
        return msg!("{zh}（有争议）", "{en} (disputed)");
    }
    outcome
}

fn total(unit: &UnitScore) -> Message {
    unit.total.map_or_else(nothing, |total| same(&decimal::canonical(total)))
}

fn place(unit: &UnitScore) -> Message {
    let place: Message = match &unit.standing {
        Standing::Ranked { rank, of, shared_by } => {
            let rank = decimal::canonical(*rank);
            msg!(
                "第{rank}名（共{of}个，{shared_by}个同名次）",
                "rank {rank} (of {of}, {shared_by} on it)"
            )
        }
        Standing::TooFewTasks => text!("任务不足", "too few tasks").into(),
        Standing::Unscorable => text!("无法计分", "cannot be scored").into(),
        Standing::NothingApplies => text!("没有适用的项目", "no item applies").into(),
    };
    let net = unit.net_amount.map(decimal::canonical);
    let rest = net.iter().chain([&unit.group]).chain(&unit.barred_by).chain(&unit.adjusted_by);
    let rest: Vec<&str> = rest.map(String::as_str).collect();
    let (zh, en) = (rest.join("、"), rest.join(", "));
    let Message { zh: place_zh, en: place_en } = place;
    msg!("{place_zh}，{zh}", "{place_en}, {en}")
}
