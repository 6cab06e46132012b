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
mod findings;
mod grants;
mod known;
pub mod notice;
mod numbers;
mod pages;
mod problems;
mod regions;
pub mod store;
pub mod tables;
mod tree;
mod version;
pub mod words;
mod yaml;

use journal::{BlobColumn, Fact as _, Migration, Room, Row as _};
use kernel::text;
use web::{Nav, Plan, Route};

/// The room as the journal sees it.
pub const ROOM: Room = Room {
    name: "rule_sets",
    migrations: &[
        Migration { name: "0001_rule_sets", sql: include_str!("../migrations/0001_rule_sets.sql") },
        Migration { name: "0002_grounds", sql: include_str!("../migrations/0002_grounds.sql") },
    ],
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
        nav: NAV,
        followers: Vec::new(),
        titles: Some(pages::titles),
        beside: None,
        papers: pages::paper::SPECS,
        measures: None,
    }
}

const NAV: &[Nav] = &[Nav {
    order: 55,
    label: words::RULE_SETS,
    href: "/rule-sets",
    icon: "file",
    permission: grants::LIST,
}];

fn routes() -> Vec<Route> {
    vec![
        Route::page("/rule-sets", grants::LIST, words::RULE_SETS, pages::rule_sets::show),
        Route::page("/rule-sets/{id}", grants::CARD, words::RULE_SET, pages::card::show),
        Route::page(
            "/rule-sets/{id}/versions/{n}",
            grants::VERSION,
            text!("一版考评办法", "One version of a rule set"),
            pages::version::show,
        ),
        Route::page(
            "/rule-sets/{id}/versions/{n}/difference",
            grants::DIFFERENCE,
            text!("两版比较", "Difference between two versions"),
            pages::difference::show,
        )
        .query(pages::difference::QUERY),
        Route::page(
            "/rule-sets/{id}/versions/{n}/print",
            grants::PRINT,
            text!("办法全文（打印）", "The text of the rules, to print"),
            pages::print::show,
        ),
        Route::page(
            "/rule-sets/{id}/versions/{n}/document",
            grants::DOCUMENT,
            text!("办法全文（Word）", "The text of the rules for Word"),
            pages::paper::show,
        ),
        Route::page(
            "/rule-sets/{id}/versions/{n}/yaml",
            grants::YAML,
            text!("下载 YAML", "The document as YAML"),
            pages::yaml::show,
        ),
        Route::page(
            "/rule-sets/{id}/versions/{n}/papers/{file}",
            grants::PAPER,
            text!("下载印发件", "The issued document"),
            pages::scan::show,
        ),
        acts::begin::route(),
        acts::begin_version::route(),
        acts::send::route(),
        acts::check::route(),
        acts::adopt::route(),
        acts::discard::route(),
        acts::end::route(),
        acts::write::route(),
        acts::write_numbers::route(),
        acts::write_yaml::route(),
    ]
}
