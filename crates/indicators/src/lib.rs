//! The room of indicators 填报指标: values that no record of the program yields, such as ranks in
//! the province, growth, public criticism. Each has a source, is entered by one and checked by
//! another, and is then shown to its unit, not first in the draft of a review.
//!
//! Invariants: nobody checks what they entered, nor through a stand-in, and no unit what is said of
//! itself; what a vintage says never changes, a correction is another vintage and counts from its
//! check on; a value that is missing says why and is no nought; an indicator's name, kind and unit
//! of measure stay once it has values; indicators end, they are never deleted.
//!
//! Period, cut-off and month of the figure are three things: a value names the month of review in
//! which it counts and, where it differs, the calendar month of the figure itself; what counts at a
//! cut is what was checked by then.
//!
//! Tables: `indicators`, `indicator_groups`, `indicator_sheets`, `source_documents`,
//! `source_files`, `observations` (records); `indicator_drafts` (operational).

mod acts;
pub mod demo;
mod facts;
mod grants;
mod indicator;
pub mod measures;
pub mod notice;
mod observation;
#[cfg(test)]
mod observation_tests;
mod pages;
pub mod store;
pub mod tables;
mod value;
mod words;

use journal::{BlobColumn, Fact as _, Migration, Room, Row as _};
use web::{Nav, Plan, Route};

/// The room as the journal sees it.
pub const ROOM: Room = Room {
    name: "indicators",
    migrations: &[Migration {
        name: "0001_indicators",
        sql: include_str!("../migrations/0001_indicators.sql"),
    }],
    tables: &[
        tables::IndicatorRow::SPEC,
        tables::IndicatorGroupRow::SPEC,
        tables::SheetRow::SPEC,
        tables::SourceRow::SPEC,
        tables::SourceFileRow::SPEC,
        tables::ObservationRow::SPEC,
        tables::DraftRow::SPEC,
    ],
    blobs: &[BlobColumn { table: &tables::SourceFileRow::SPEC, column: "hash" }],
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
        papers: &[],
        measures: Some(measures::SUPPLY),
    }
}

const NAV: &[Nav] = &[Nav {
    order: 55,
    label: words::INDICATORS,
    href: "/indicators",
    icon: "trend",
    permission: grants::LIST,
}];

fn routes() -> Vec<Route> {
    vec![
        Route::page("/indicators", grants::LIST, words::INDICATORS, pages::list::show)
            .query(pages::QUERY),
        Route::page("/indicators/units/{id}", grants::UNIT, words::OF_UNIT, pages::unit::show)
            .query(pages::QUERY),
        Route::page("/indicators/{id}", grants::CARD, words::INDICATOR, pages::card::show)
            .query(pages::QUERY),
        Route::page("/indicators/{id}/{month}", grants::SHEET, words::SHEET, pages::sheet::show),
        Route::page(
            "/observations/{id}",
            grants::OBSERVATION,
            words::OBSERVATION,
            pages::observation::show,
        ),
        Route::page(
            "/observations/{id}/files/{file}",
            grants::FILE,
            words::SOURCE_DOCUMENT,
            pages::file::show,
        ),
        acts::add::route(),
        acts::change::route(),
        acts::end::route(),
        acts::enter::route(),
        acts::keep::route(),
        acts::enter_event::route(),
        acts::correct_event::route(),
        acts::check::route(),
        acts::withdraw::route(),
    ]
}
