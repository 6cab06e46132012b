//! 进度超前: an item is reported as good as done when hardly any of its time has passed. It may be
//! diligence, or a goal set too low, or a figure that was not earned.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Day, msg};
use uuid::Uuid;

use super::rows::DoubtKind;
use super::{Doubt, Material, WHOLE, seen};
use crate::store::doubts::Item;

/// Days from issue to the due day at least.
const DAYS_MIN: i64 = 20;
/// Of its time, how much has passed at most, in percent.
const PASSED_PERCENT: i64 = 20;
/// Of its goal, how much was reported at least, in percent.
const REACHED_PERCENT: i64 = 90;

pub(super) fn ask(material: &Material) -> Vec<Doubt> {
    let items: BTreeMap<Uuid, &Item> = material.items.iter().map(|i| (i.id, i)).collect();
    let mut ahead: BTreeSet<Uuid> = BTreeSet::new();
    for said in &material.quantities {
        let Some(item) = items.get(&said.item) else { continue };
        let is_far = item.goal.is_some_and(|goal| {
            i128::from(said.quantity) * 100 >= i128::from(goal) * i128::from(REACHED_PERCENT)
        });
        if is_far && is_early(item, said.at.day(&material.zone)) {
            ahead.insert(item.id);
        }
    }
    let done = material.items.iter().filter(|i| i.submitted_on.is_some_and(|on| is_early(i, on)));
    ahead.extend(done.map(|item| item.id));
    let by_unit = material.by_unit(|item| ahead.contains(&item.id));
    let doubt = |(unit, items): (Uuid, Vec<&Item>)| {
        let all = items.len();
        let said = msg!(
            "{all}件事项在时限过去不到{PASSED_PERCENT}%时即报完成{REACHED_PERCENT}%以上或报结",
            "{all} items were reported done, or {REACHED_PERCENT}% of their goal reached, before {PASSED_PERCENT}% of their time had passed"
        );
        Doubt::new((DoubtKind::Ahead, unit), WHOLE, said, seen(items))
    };
    by_unit.into_iter().map(doubt).collect()
}

/// Whether hardly any of the item's time has passed on a day.
fn is_early(item: &Item, on: Day) -> bool {
    let all = item.issued_on.days_until(item.due_on);
    all >= DAYS_MIN && item.issued_on.days_until(on) * 100 <= all * PASSED_PERCENT
}
