//! The room of rule sets 考评办法: from a draft to what is in force for a period, and no further;
//! the engine that scores by them is the crate `rules`, the months they score are in `reviews`.
//!
//! A rule set is begun from one that comes with the program or from YAML, written by a form or as
//! text, sent by an officer, checked by the chief and adopted by its issued document from a period
//! that has not begun.
//!
//! Invariants: one version is on its way at a time; who drafted or sent it does not check it; what
//! is adopted never changes, is named by the SHA-256 of its canonical bytes, and says itself by which
//! document and from which period it is in force; nothing that a regulation forbids is adopted, and
//! nothing else that the linter finds without a reason; rules never reach back; units see what was
//! adopted and no draft.
//!
//! Tables: `rule_sets`, `rule_set_versions`, `rule_set_writers`, `rule_set_checks`,
//! `rule_set_findings`, `rule_set_papers` (records).

mod acts;
pub mod demo;
mod draft;
mod facts;
mod grants;
mod known;
mod problems;
mod regions;
pub mod store;
pub mod tables;
mod tree;
mod version;
pub mod words;
mod yaml;

use journal::{BlobColumn, Fact as _, Migration, Room, Row as _};
use web::{Plan, Route};

/// The room as the journal sees it.
pub const ROOM: Room = Room {
    name: "rule_sets",
    migrations: &[Migration {
        name: "0001_rule_sets",
        sql: include_str!("../migrations/0001_rule_sets.sql"),
    }],
    tables: &[
        tables::RuleSetRow::SPEC,
        tables::VersionRow::SPEC,
        tables::WriterRow::SPEC,
        tables::CheckRow::SPEC,
        tables::FindingRow::SPEC,
        tables::PaperRow::SPEC,
    ],
    blobs: &[BlobColumn { table: &tables::PaperRow::SPEC, column: "hash" }],
    kinds: facts::Fact::KINDS,
    apply: facts::apply,
};

/// What this room hands to the building.
pub fn plan() -> Plan {
    Plan {
        room: ROOM,
        routes: routes(),
        grants: grants::GRANTS,
        nav: &[],
        followers: Vec::new(),
        titles: None,
        beside: None,
        papers: &[],
        measures: None,
    }
}

fn routes() -> Vec<Route> {
    vec![
        acts::begin::route(),
        acts::begin_version::route(),
        acts::send::route(),
        acts::check::route(),
        acts::adopt::route(),
        acts::discard::route(),
        acts::end::route(),
    ]
}
