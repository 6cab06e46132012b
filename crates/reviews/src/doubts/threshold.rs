//! 恰好达线: a figure lies exactly where the rules draw a line, or a unit's quantities are exactly
//! their goals far more often than those of its peers.

use std::collections::BTreeMap;

use kernel::msg;
use rules::thresholds::at_thresholds;
use uuid::Uuid;

use super::chance::{Share, unusual};
use super::rows::DoubtKind;
use super::{Doubt, Material, WHOLE, percent, seen};
use crate::computed::Part;
use crate::store::doubts::Item;

/// Items with a goal that was reached, of a unit, at least.
const ITEMS_MIN: i64 = 5;

pub(super) fn ask(material: &Material, parts: &[Part]) -> Vec<Doubt> {
    let mut doubts = goals(material);
    for part in parts {
        for at in at_thresholds(&part.rule, &part.facts) {
            let Ok(unit) = at.unit.parse::<Uuid>() else { continue };
            let (call, value) = (&at.call, &at.value);
            let (zh, en) = (&at.title.zh, &at.title.en);
            let said = kernel::Message {
                zh: format!("“{zh}”所取的“{call}”为{value}，恰好等于办法规定的界线"),
                en: format!("“{call}” of “{en}” is {value}, exactly where the rules draw a line"),
            };
            let evidence = format!("{}:{call}", at.item);
            let doubt = Doubt::new((DoubtKind::Threshold, unit), evidence, said, Vec::new());
            doubts.push(Doubt { figure: Some(call.clone()), ..doubt });
        }
    }
    doubts
}

/// Quantities that are exactly what was to be reached.
fn goals(material: &Material) -> Vec<Doubt> {
    let reached =
        material.by_unit(|item| item.goal.is_some_and(|goal| goal > 1 && item.reached >= goal));
    let share = |items: &Vec<&Item>| Share {
        hits: items.iter().filter(|item| is_exact(item)).map(|_| 1).sum(),
        all: items.iter().map(|_| 1).sum(),
    };
    let shares: BTreeMap<_, _> = reached.iter().map(|(u, items)| (*u, share(items))).collect();
    let doubt = |u: super::chance::Unusual| {
        let (all, hits, own, others) = (u.own.all, u.own.hits, percent(u.own), percent(u.others));
        let said = msg!(
            "完成量目标的{all}件中有{hits}件（{own}%）恰好等于目标，同组其他单位为{others}%",
            "{hits} of {all} goals ({own}%) were met to the last unit, {others}% among its peers"
        );
        let items = reached.get(&u.unit).into_iter().flatten().copied();
        let records = seen(items.filter(|item| is_exact(item)));
        Doubt::new((DoubtKind::Threshold, u.unit), WHOLE, said, records)
    };
    unusual(&shares, &material.groups, ITEMS_MIN).into_iter().map(doubt).collect()
}

fn is_exact(item: &Item) -> bool {
    item.goal == Some(item.reached)
}
