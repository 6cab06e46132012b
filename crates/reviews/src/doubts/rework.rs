//! 反复退办: a unit's items are sent back or opened again far more often than those of its peers; one of
//! them goes back and forth, or is opened again after it was closed.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Message, msg};
use uuid::Uuid;

use super::chance::{Share, unusual};
use super::rows::DoubtKind;
use super::{Doubt, Material, Seen, WHOLE, percent};

/// Turns of a unit at least.
const TURNS_MIN: i64 = 6;
/// How often one item is sent back before it is asked about.
const TIMES_MIN: i64 = 2;

pub(super) fn ask(material: &Material) -> Vec<Doubt> {
    let mut shares: BTreeMap<Uuid, Share> = BTreeMap::new();
    let mut times: BTreeMap<Seen, (i64, i64)> = BTreeMap::new();
    for turn in &material.turns {
        let back = turn.rework + turn.reopening;
        let share = shares.entry(turn.unit).or_default();
        *share = Share { hits: share.hits + back, all: share.all + back + turn.closing };
        if back > 0 {
            let of = times.entry(Seen { unit: turn.unit, item: turn.item }).or_default();
            *of = (of.0 + turn.rework, of.1 + turn.reopening);
        }
    }
    let found = unusual(&shares, &material.groups, TURNS_MIN);
    let asked: BTreeSet<Uuid> = found.iter().map(|u| u.unit).collect();
    let of_units = found.into_iter().map(|u| {
        let (all, hits, own, others) = (u.own.all, u.own.hits, percent(u.own), percent(u.others));
        let said = msg!(
            "核实办结与退回共{all}次，其中退办、重开{hits}次（{own}%），同组其他单位为{others}%",
            "{hits} of {all} verifications ({own}%) sent an item back or opened it again, {others}% among its peers"
        );
        let records = times.keys().filter(|seen| seen.unit == u.unit).copied().collect();
        Doubt::new((DoubtKind::Rework, u.unit), WHOLE, said, records)
    });
    let mut doubts: Vec<Doubt> = of_units.collect();
    // One item is asked about by itself unless its unit is asked as a whole.
    let is_asked = |(rework, reopening): (i64, i64)| rework >= TIMES_MIN || reopening > 0;
    for (seen, of) in times.iter().filter(|(s, of)| is_asked(**of) && !asked.contains(&s.unit)) {
        let said = one(*of);
        let of = (DoubtKind::Rework, seen.unit);
        doubts.push(Doubt::new(of, seen.item.to_string(), said, vec![*seen]));
    }
    doubts
}

/// What happened to one item.
fn one((rework, reopening): (i64, i64)) -> Message {
    match (rework, reopening) {
        (_, 0) => msg!("同一事项退办{rework}次", "one item was sent back {rework} times"),
        (0, _) => msg!(
            "同一事项办结后重开{reopening}次",
            "one item was opened again after it was closed ({reopening})"
        ),
        _ => msg!(
            "同一事项退办{rework}次、办结后重开{reopening}次",
            "one item was sent back ({rework}) and opened again after it was closed ({reopening})"
        ),
    }
}
