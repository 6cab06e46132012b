//! The room of slips 督办单: what the clock brings, and what follows when an item is late.
//!
//! Reminders 催办, missed reports 未按时反馈 and due reviews of stopped clocks are recorded by the
//! program, each once per item, kind and stage. A slip is proposed by the ladder or drafted by an
//! officer, signed by its chain, issued with a number of its year, answered by the unit with a
//! 回执, and closed when the bureau accepts the answer.
//!
//! Invariants: a step of the ladder is taken once per item, unit and due day; the next colour comes
//! only after the former slip's own deadline passed without an answer; numbers are given at issue
//! without gap; nobody signs two steps; a slip's deadline never moves the item's due day; a unit
//! sees only what was issued to it and never judges its own answer; waiting for the bureau is never
//! the unit's delay.
//!
//! Tables: `ladders`, `ladder_steps`, `slips`, `slip_stages`, `slip_signs`, `slip_sign_scans`,
//! `slip_answers`, `slip_answer_scans`, `reminders`, `missed_reports`, `due_reviews` (records); `clock_jumps` (operational).

mod acts;
pub mod clock;
pub mod demo;
mod facts;
mod grants;
pub mod ladder;
mod measures;
pub mod notice;
mod pages;
pub mod reconcile;
mod regions;
mod slip;
#[cfg(test)]
mod slip_tests;
mod stage;
pub mod store;
pub mod tables;
pub mod words;

use journal::{BlobColumn, Fact as _, Migration, Room, Row as _};
use kernel::text;
use web::{Nav, Plan, Route};

/// The room as the journal sees it.
pub const ROOM: Room = Room {
    name: "slips",
    migrations: &[
        Migration { name: "0001_slips", sql: include_str!("../migrations/0001_slips.sql") },
        Migration { name: "0002_on_paper", sql: include_str!("../migrations/0002_on_paper.sql") },
        Migration { name: "0003_measured", sql: include_str!("../migrations/0003_measured.sql") },
    ],
    tables: &[
        tables::LadderRow::SPEC,
        tables::LadderStepRow::SPEC,
        tables::SlipRow::SPEC,
        tables::StageRow::SPEC,
        tables::SlipSignRow::SPEC,
        tables::SignScanRow::SPEC,
        tables::AnswerRow::SPEC,
        tables::AnswerScanRow::SPEC,
        tables::ReminderRow::SPEC,
        tables::MissedRow::SPEC,
        tables::DueReviewRow::SPEC,
        tables::ClockJumpRow::SPEC,
    ],
    blobs: &[
        BlobColumn { table: &tables::SignScanRow::SPEC, column: "hash" },
        BlobColumn { table: &tables::AnswerScanRow::SPEC, column: "hash" },
    ],
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
        beside: Some(regions::beside::BESIDE),
        papers: pages::paper::SPECS,
        measures: Some(measures::SUPPLY),
    }
}

const NAV: &[Nav] = &[Nav {
    order: 25,
    label: words::SLIPS,
    href: "/slips?open=1",
    icon: "stamp",
    permission: grants::LIST,
}];

fn routes() -> Vec<Route> {
    vec![
        Route::page("/slips", grants::LIST, words::SLIPS, pages::slips::show)
            .query(pages::slips::QUERY),
        Route::page(
            "/slips/export",
            grants::EXPORT,
            text!("导出督办单", "The slips as a spreadsheet"),
            pages::export::slips,
        )
        .query(pages::slips::QUERY),
        Route::page(
            "/missed-reports/export",
            grants::EXPORT_MISSED,
            text!("导出未按时反馈", "Missed reports as a spreadsheet"),
            pages::export::missed_reports,
        )
        .query(pages::missed::QUERY),
        Route::page("/slips/ladder", grants::LADDER, words::LADDER, pages::ladder::show),
        Route::page("/missed-reports", grants::MISSED, words::MISSED, pages::missed::show)
            .query(pages::missed::QUERY),
        Route::page("/slips/{id}", grants::CARD, text!("督办单", "One slip"), pages::slip::show),
        Route::page(
            "/slips/{id}/print",
            grants::PRINT,
            text!("督办单（打印）", "A slip to print"),
            pages::print::show,
        ),
        Route::page(
            "/slips/{id}/document",
            grants::DOCUMENT,
            text!("督办单（Word）", "A slip for Word"),
            pages::paper::show,
        ),
        Route::page(
            "/slips/{id}/scans/{file}",
            grants::SCAN,
            text!("下载签发件", "A signed paper"),
            pages::scan::of_sign,
        ),
        Route::page(
            "/slips/{id}/answers/scans/{file}",
            grants::ANSWER_SCAN,
            text!("下载签发件", "A signed paper"),
            pages::scan::of_answer,
        ),
        acts::set_ladder::route(),
        acts::draft::route(),
        acts::write::route(),
        acts::send::route(),
        acts::sign::route(),
        acts::paper_sign::route(),
        acts::issue::route(),
        acts::answer::route(),
        acts::sign_answer::route(),
        acts::paper_answer::route(),
        acts::judge::route(),
        acts::withdraw::route(),
    ]
}
