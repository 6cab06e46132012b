//! 突击办结: a unit reports much of its work done on the due day or the day before, far more than
//! its peers do.

use std::collections::BTreeMap;

use kernel::msg;

use super::chance::{Share, unusual};
use super::rows::DoubtKind;
use super::{Doubt, Material, WHOLE, percent, seen};
use crate::store::doubts::Item;

/// Submitted items of a unit at least.
const ITEMS_MIN: i64 = 5;
/// Days from issue to the due day at least: what is due at once is done at once.
const DAYS_MIN: i64 = 5;

pub(super) fn ask(material: &Material) -> Vec<Doubt> {
    let submitted = material.by_unit(|item| {
        item.submitted_on.is_some() && item.issued_on.days_until(item.due_on) >= DAYS_MIN
    });
    let share = |items: &Vec<&Item>| Share {
        hits: items.iter().filter(|item| is_last_moment(item)).map(|_| 1).sum(),
        all: items.iter().map(|_| 1).sum(),
    };
    let shares: BTreeMap<_, _> = submitted.iter().map(|(u, items)| (*u, share(items))).collect();
    let found = unusual(&shares, &material.groups, ITEMS_MIN);
    let doubt = |u: super::chance::Unusual| {
        let (all, hits, own, others) = (u.own.all, u.own.hits, percent(u.own), percent(u.others));
        let said = msg!(
            "到期的{all}件中有{hits}件（{own}%）在期限最后两天才报结，同组其他单位为{others}%",
            "{hits} of {all} items ({own}%) were reported done in the last two days, {others}% among its peers"
        );
        let items = submitted.get(&u.unit).into_iter().flatten().copied();
        let records = seen(items.filter(|item| is_last_moment(item)));
        Doubt::new((DoubtKind::Surge, u.unit), WHOLE, said, records)
    };
    found.into_iter().map(doubt).collect()
}

/// Submitted on the due day or the day before.
fn is_last_moment(item: &Item) -> bool {
    item.submitted_on.is_some_and(|on| (0..=1).contains(&on.days_until(item.due_on)))
}
