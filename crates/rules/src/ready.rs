//! Two rule sets to begin with: counties and departments, at most eight items each.
//!
//! A chief changes numbers and names, has it linted and tried out, and issues it. They measure
//! results only, and every measure comes from the records of the weekly assignments that the program
//! holds anyway: a city can use them before anybody has entered a figure.

use crate::document::Problem;
use crate::rule_set::RuleSet;

/// A rule set that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ready {
    /// 县区: counties, districts and zones.
    Counties,
    /// 市直部门: departments of the city, economic and general ones in groups of their own.
    Departments,
}

impl Ready {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Counties, Self::Departments];

    /// Its source, as people edit it.
    pub const fn yaml(self) -> &'static str {
        match self {
            Self::Counties => include_str!("ready/counties.yaml"),
            Self::Departments => include_str!("ready/departments.yaml"),
        }
    }

    /// The rule set.
    pub fn rule_set(self) -> Result<RuleSet, Vec<Problem>> {
        RuleSet::parse(self.yaml())
    }
}
