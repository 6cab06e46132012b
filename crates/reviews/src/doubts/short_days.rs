//! 时限过短: items that came to a unit with hardly a working day left, and were not 特急. It is asked
//! of who issued them: a unit should not lose points by it.

use kernel::msg;

use super::rows::DoubtKind;
use super::{Doubt, Material, WHOLE, seen};
use crate::store::doubts::Item;

/// Working days between issue and the due day at most.
const DAYS_MAX: i64 = 2;
/// Items of a unit at least, unless one was late.
const ITEMS_MIN: usize = 3;
/// 特急 is meant to be short.
const EXPRESS: &str = "express";

pub(super) fn ask(material: &Material) -> Vec<Doubt> {
    let calendar = &material.call.calendar;
    // The calendar is that of the period and after; before it every weekday counts.
    let is_short = |item: &Item| {
        item.urgency != EXPRESS
            && item.issued_on >= material.call.from
            && calendar.between(item.issued_on, item.due_on) <= DAYS_MAX
    };
    let late = |item: &Item| item.submitted_on.is_none_or(|on| on > item.due_on);
    let mut doubts = Vec::new();
    for (unit, items) in material.by_unit(is_short) {
        let late_count = items.iter().filter(|item| late(item)).count();
        if items.len() < ITEMS_MIN && late_count == 0 {
            continue;
        }
        let all = items.len();
        let said = msg!(
            "{all}件事项交办时离期限不超过{DAYS_MAX}个工作日（不含特急），其中{late_count}件未按期办结",
            "{all} items were issued within {DAYS_MAX} working days of their due day; {late_count} were late"
        );
        let records = seen(items);
        doubts.push(Doubt::new((DoubtKind::ShortDays, unit), WHOLE, said, records));
    }
    doubts
}
