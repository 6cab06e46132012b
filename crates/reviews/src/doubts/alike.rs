//! 报告雷同: reports on different items, or of different units, that are nearly the same once forms
//! and phrases are taken out.

use std::collections::{BTreeMap, BTreeSet};

use kernel::msg;
use uuid::Uuid;

use super::min_hash::alike;
use super::rows::DoubtKind;
use super::stripped::{Written, stripped};
use super::{Doubt, Material, Seen};
use crate::store::doubts::Report;

pub(super) fn ask(material: &Material) -> Vec<Doubt> {
    let texts: Vec<String> =
        material.reports.iter().map(|r| format!("{}\n{}", r.done, r.next_step)).collect();
    let written: Vec<Written<'_>> = material
        .reports
        .iter()
        .zip(&texts)
        .map(|(report, text)| Written {
            unit: report.unit,
            line: report.line,
            text,
            given: [&report.demand, &report.standard],
        })
        .collect();
    let mut doubts = Vec::new();
    for group in alike(&stripped(&written)) {
        let reports: Vec<&Report> =
            group.iter().filter_map(|place| material.reports.get(*place)).collect();
        doubts.extend(of_group(&reports, material));
    }
    doubts
}

/// A question to each unit of a group of reports, if they are about different matters and one of
/// them was due in the period.
fn of_group(reports: &[&Report], material: &Material) -> Vec<Doubt> {
    // What a breakdown repeats of the whole is the same matter; a unit may repeat itself on an item.
    let matters: BTreeSet<(Uuid, Uuid)> = reports.iter().map(|r| (r.family, r.unit)).collect();
    let is_new = reports.iter().any(|report| report.due_on >= material.call.from);
    if matters.len() < 2 || !is_new {
        return Vec::new();
    }
    let Some(first) = reports.iter().map(|report| report.id).min() else { return Vec::new() };
    let mut by_unit: BTreeMap<Uuid, usize> = BTreeMap::new();
    for report in reports {
        *by_unit.entry(report.unit).or_default() += 1;
    }
    let (all, units) = (reports.len(), by_unit.len());
    let doubt = |(unit, own): (&Uuid, &usize)| {
        let said = if units > 1 {
            msg!(
                "去除套话后，{units}个单位的{all}份报告内容基本相同，其中本单位{own}份",
                "without phrases, {all} reports of {units} units say nearly the same, {own} of them this unit's"
            )
        } else {
            msg!(
                "去除套话后，不同事项的{all}份报告内容基本相同",
                "without phrases, {all} reports on different items say nearly the same"
            )
        };
        let mut records: Vec<Seen> =
            reports.iter().map(|r| Seen { unit: r.unit, item: r.item }).collect();
        records.sort_by_key(|seen| (seen.unit != *unit, *seen));
        records.dedup();
        Doubt::new((DoubtKind::Alike, *unit), first.to_string(), said, records)
    };
    by_unit.iter().map(doubt).collect()
}
