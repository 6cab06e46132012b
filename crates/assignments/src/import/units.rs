//! Which units a row of a ledger means.

use std::collections::BTreeMap;

use files::sheet::sense::{Everybody, plain};
use kernel::{msg, text};
use people::tables::{UnitKind, UnitRow};
use uuid::Uuid;
use web::import::{Findings, Said};

use crate::facts::Part;
use crate::tables::UnitRole;

/// Units of one row at most, as of a line.
const UNITS_MAX: usize = 60;

/// The units of a city by their names.
pub(crate) struct Units {
    by_name: BTreeMap<String, Vec<Uuid>>,
    short: BTreeMap<Uuid, String>,
    counties: Vec<Uuid>,
    departments: Vec<Uuid>,
}

/// Who answers for a row, and who takes part.
pub(crate) struct Answering {
    /// One unit, or several that each answer for themselves.
    pub(crate) units: Vec<Uuid>,
    /// 配合单位.
    pub(crate) co: Vec<Uuid>,
}

impl Answering {
    /// The parts of one of the assignments.
    pub(crate) fn parts(&self, unit: Uuid, goal: Option<i64>) -> Vec<Part> {
        let role = if self.units.len() > 1 { UnitRole::Each } else { UnitRole::Lead };
        let part = |unit, role, goal| Part { goal, ..Part::of(unit, role) };
        let co = self.co.iter().map(|unit| part(*unit, UnitRole::Co, None));
        std::iter::once(part(unit, role, goal)).chain(co).collect()
    }
}

impl Units {
    pub(crate) fn of(rows: Vec<UnitRow>) -> Self {
        let mut units = Self {
            by_name: BTreeMap::new(),
            short: BTreeMap::new(),
            counties: Vec::new(),
            departments: Vec::new(),
        };
        for row in rows {
            match row.kind {
                UnitKind::County | UnitKind::District | UnitKind::Zone => {
                    units.counties.push(row.id);
                }
                UnitKind::Department => units.departments.push(row.id),
                UnitKind::City | UnitKind::CountyDepartment | UnitKind::Township => {}
            }
            for name in [plain(&row.name), plain(&row.short_name)] {
                let known = units.by_name.entry(name).or_default();
                if !known.contains(&row.id) {
                    known.push(row.id);
                }
            }
            units.short.insert(row.id, row.short_name);
        }
        units
    }

    /// The short name of a unit.
    pub(crate) fn short(&self, unit: Uuid) -> &str {
        self.short.get(&unit).map_or("", String::as_str)
    }

    fn one(&self, column: &str, name: &str, found: &mut Findings<'_>) -> Option<Uuid> {
        match self.by_name.get(&plain(name)).map(Vec::as_slice) {
            Some([one]) => return Some(*one),
            Some(_) => found.error(
                column,
                msg!(
                    "有几个单位都叫“{name}”，请写全称。",
                    "Several units are called “{name}”; write the full name."
                ),
            ),
            None => found.error(
                column,
                msg!(
                    "系统中没有单位“{name}”，请改用系统中的简称或全称，或先导入单位。",
                    "There is no unit “{name}”; use its name in the program, or bring the units in first."
                ),
            ),
        }
        None
    }

    /// The units that a cell names; words for many mean the city's counties or departments.
    fn cell(&self, column: &'static str, row: &Said, found: &mut Findings<'_>) -> Vec<Uuid> {
        let names = row.names(column);
        let mut units: Vec<Uuid> = Vec::new();
        for name in &names.names {
            units.extend(self.one(column, name, found));
        }
        for many in &names.everybody {
            if matches!(many, Everybody::Counties | Everybody::All) {
                units.extend(&self.counties);
            }
            if matches!(many, Everybody::Departments | Everybody::All) {
                units.extend(&self.departments);
            }
        }
        let mut once = Vec::new();
        for unit in units {
            if !once.contains(&unit) {
                once.push(unit);
            }
        }
        once
    }

    /// Who answers for a row: a lead unit with the others beside it, or each responsible unit for
    /// itself.
    pub(crate) fn answering(&self, row: &Said, found: &mut Findings<'_>) -> Option<Answering> {
        let lead = self.cell("lead", row, found);
        let mut units = self.cell("units", row, found);
        let mut co = self.cell("co", row, found);
        if lead.len() > 1 {
            found.error(
                "lead",
                text!(
                    "只能有一个牵头单位；各自负责的，请写在“责任单位”并空出“牵头单位”。",
                    "One unit leads; where each answers for itself, write them as responsible units and leave this empty."
                ),
            );
            return None;
        }
        if let Some(lead) = lead.first() {
            co.splice(0..0, std::mem::take(&mut units));
            units.push(*lead);
        }
        if units.is_empty() {
            if row.opt("units").is_none() && row.opt("lead").is_none() {
                found.error(
                    "units",
                    text!(
                        "请填写牵头单位或责任单位。",
                        "Name the lead unit or the responsible ones."
                    ),
                );
            }
            return None;
        }
        let mut once: Vec<Uuid> = Vec::new();
        for unit in co {
            if !once.contains(&unit) && !units.contains(&unit) {
                once.push(unit);
            }
        }
        if units.len() + once.len() > UNITS_MAX {
            let max = UNITS_MAX;
            found.error("units", msg!("一个事项最多 {max} 个单位。", "{max} units at most."));
            return None;
        }
        Some(Answering { units, co: once })
    }
}
