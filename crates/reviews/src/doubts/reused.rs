//! 材料重复使用: the very same file supports different items, or items of different units. What half of
//! the units hand in is a form or a notice that was sent around.

use std::collections::{BTreeMap, BTreeSet};

use kernel::msg;
use uuid::Uuid;

use super::rows::DoubtKind;
use super::{Doubt, Material, Seen};
use crate::store::doubts::Handed;

/// Units that hand a file in at least before it counts as a form.
const UNITS_MIN: usize = 6;

pub(super) fn ask(material: &Material) -> Vec<Doubt> {
    let mut by_hash: BTreeMap<&str, Vec<&Handed>> = BTreeMap::new();
    for file in &material.files {
        by_hash.entry(&file.hash).or_default().push(file);
    }
    let units: BTreeSet<Uuid> = material.files.iter().map(|file| file.unit).collect();
    let many = UNITS_MIN.max(units.len().div_ceil(2));
    let mut doubts = Vec::new();
    for (hash, files) in by_hash {
        let matters: BTreeSet<Uuid> = files.iter().map(|file| file.family).collect();
        let is_new = files.iter().any(|file| file.due_on >= material.call.from);
        let users: BTreeSet<Uuid> = files.iter().map(|file| file.unit).collect();
        if matters.len() > 1 && is_new && users.len() < many {
            doubts.extend(of_file(hash, &files, matters.len()));
        }
    }
    doubts
}

/// A question to each unit that handed the file in.
fn of_file(hash: &str, files: &[&Handed], items: usize) -> Vec<Doubt> {
    let units: BTreeSet<Uuid> = files.iter().map(|file| file.unit).collect();
    let count = units.len();
    let doubt = |unit: &Uuid| {
        let own = files.iter().find(|file| file.unit == *unit);
        let name = own.map_or("", |file| file.name.as_str());
        let said = if count > 1 {
            msg!(
                "佐证材料“{name}”与其他单位的完全相同，{count}个单位共用于{items}个事项",
                "“{name}” is the very same file that other units handed in: {items} items of {count} units"
            )
        } else {
            msg!(
                "同一份佐证材料“{name}”用于{items}个不同事项",
                "the same file “{name}” supports {items} different items"
            )
        };
        let mut records: Vec<Seen> =
            files.iter().map(|f| Seen { unit: f.unit, item: f.item }).collect();
        records.sort_by_key(|seen| (seen.unit != *unit, *seen));
        records.dedup();
        Doubt::new((DoubtKind::Reused, *unit), hash, said, records)
    };
    units.iter().map(doubt).collect()
}
