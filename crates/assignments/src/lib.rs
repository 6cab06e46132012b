//! The room of assignments 交办事项: the numbered Monday batch from draft to issue, and each
//! assignment from acceptance to closure.
//!
//! Invariants: an issued batch is never edited; numbers are given at issue without gap; a unit
//! never closes its own assignment and who asks is not who decides, stand-ins resolved; on time
//! means that the submission finally accepted was made by the due day; waiting for the bureau is
//! never the unit's delay; lights are derived at reading; 续办 lists the same assignment again.
//!
//! Tables: `profiles`, `sign_off_scans`, `batches`, `batch_lines`, `line_units`, `line_milestones`, `sign_offs`, `proposals`,
//! `assignments`, `assignment_versions`, `assignment_units`, `assignment_part_versions`, `signing_posts`, `milestones`, `reports`,
//! `attachments`, `verifications`, `extensions`, `hand_backs`, `stops`, `notes`, `paper_templates`,
//! `issued_copies`, `weekly_answers`, `weekly_answer_rows`, `weekly_answer_files`, `weekly_answer_scans` (records);
//! `weekly_drafts` (operational); `assignment_docs`
//! and `assignment_fts` (derived, text search).

mod acts;
mod assignment;
#[cfg(test)]
mod assignment_tests;
mod batch;
pub mod begun;
pub mod demo;
pub mod facts;
mod grants;
mod import;
pub mod light;
mod measures;
mod more_time;
pub mod notice;
pub mod pages;
mod paper;
pub mod paper_signature;
pub mod profile;
pub mod regions;
pub mod rhythm;
#[cfg(any(test, feature = "sample"))]
pub mod sample;
mod search;
pub mod sign_off;
pub mod states;
pub mod store;
mod submission;
pub mod tables;
mod verification;
mod weekly;
mod weekly_filled;
pub mod words;

use journal::{BlobColumn, Migration, Room, Row as _, TableSpec};
use kernel::text;
use web::{Nav, Plan, Route};

/// The room as the journal sees it.
pub const ROOM: Room = Room {
    name: "assignments",
    migrations: &[
        Migration {
            name: "0001_assignments",
            sql: include_str!("../migrations/0001_assignments.sql"),
        },
        Migration { name: "0002_handling", sql: include_str!("../migrations/0002_handling.sql") },
        Migration { name: "0003_papers", sql: include_str!("../migrations/0003_papers.sql") },
        Migration { name: "0005_weekly", sql: include_str!("../migrations/0005_weekly.sql") },
        Migration { name: "0006_counted", sql: include_str!("../migrations/0006_counted.sql") },
        Migration { name: "0007_search", sql: include_str!("../migrations/0007_search.sql") },
        Migration {
            name: "0008_weekly_scans",
            sql: include_str!("../migrations/0008_weekly_scans.sql"),
        },
        Migration {
            name: "0009_taken_over",
            sql: include_str!("../migrations/0009_taken_over.sql"),
        },
        Migration {
            name: "0010_taken_over_on",
            sql: include_str!("../migrations/0010_taken_over_on.sql"),
        },
        Migration { name: "0011_measured", sql: include_str!("../migrations/0011_measured.sql") },
        Migration {
            name: "0012_responsible",
            sql: include_str!("../migrations/0012_responsible.sql"),
        },
        Migration {
            name: "0013_signing_posts",
            sql: include_str!("../migrations/0013_signing_posts.sql"),
        },
        Migration {
            name: "0014_awaits_answer",
            sql: include_str!("../migrations/0014_awaits_answer.sql"),
        },
    ],
    tables: TABLES,
    blobs: &[
        BlobColumn { table: &tables::AttachmentRow::SPEC, column: "hash" },
        BlobColumn { table: &tables::ScanRow::SPEC, column: "hash" },
        BlobColumn { table: &tables::paper::PaperTemplateRow::SPEC, column: "hash" },
        BlobColumn { table: &tables::paper::IssuedCopyRow::SPEC, column: "hash" },
        BlobColumn { table: &tables::weekly::WeeklyFileRow::SPEC, column: "hash" },
        BlobColumn { table: &tables::weekly::WeeklyScanRow::SPEC, column: "hash" },
    ],
    kinds: facts::KINDS,
    apply: facts::apply,
};

const TABLES: &[TableSpec] = &[
    tables::BatchRow::SPEC,
    tables::LineRow::SPEC,
    tables::LineUnitRow::SPEC,
    tables::LineMilestoneRow::SPEC,
    tables::SignOffRow::SPEC,
    tables::ScanRow::SPEC,
    tables::ProposalRow::SPEC,
    tables::ProfileRow::SPEC,
    tables::AssignmentRow::SPEC,
    tables::VersionRow::SPEC,
    tables::AssignmentUnitRow::SPEC,
    tables::PartVersionRow::SPEC,
    tables::SigningPostRow::SPEC,
    tables::MilestoneRow::SPEC,
    tables::ReportRow::SPEC,
    tables::AttachmentRow::SPEC,
    tables::VerificationRow::SPEC,
    tables::ExtensionRow::SPEC,
    tables::HandBackRow::SPEC,
    tables::StopRow::SPEC,
    tables::NoteRow::SPEC,
    tables::weekly::WeeklyAnswerRow::SPEC,
    tables::weekly::WeeklyItemRow::SPEC,
    tables::weekly::WeeklyFileRow::SPEC,
    tables::weekly::WeeklyScanRow::SPEC,
    tables::weekly::WeeklyDraftRow::SPEC,
    tables::paper::PaperTemplateRow::SPEC,
    tables::paper::IssuedCopyRow::SPEC,
    tables::DocRow::SPEC,
];

/// What this room hands to the building.
pub fn plan() -> Plan {
    Plan {
        room: ROOM,
        routes: [
            pages(),
            batch_acts(),
            acts(),
            paper_routes(),
            form_routes(),
            register_routes(),
            web::import::routes(&import::ledger::SPEC),
        ]
        .into_iter()
        .flatten()
        .collect(),
        grants: grants::GRANTS,
        nav: NAV,
        followers: vec![search::FOLLOWER],
        titles: Some(pages::titles),
        beside: None,
        papers: pages::papers::SPECS,
        measures: Some(measures::SUPPLY),
    }
}

const NAV: &[Nav] = &[
    Nav {
        order: 10,
        label: words::BATCHES,
        href: "/batches",
        icon: "calendar",
        permission: grants::BATCHES,
    },
    Nav {
        order: 15,
        label: words::WEEKLY,
        href: "/weekly",
        icon: "message",
        permission: grants::ANSWER_WEEKLY,
    },
    Nav {
        order: 20,
        label: words::REGISTER,
        href: "/assignments?open=1",
        icon: "list-check",
        permission: grants::REGISTER,
    },
];

fn pages() -> Vec<Route> {
    vec![
        Route::page("/batches", grants::BATCHES, text!("批次", "Batches"), pages::batches::show),
        Route::page(
            "/batches/{id}/scans/{file}",
            grants::SCAN,
            text!("下载签发件", "A signed paper"),
            pages::file::scan,
        ),
        Route::page(
            "/weekly/{id}/scans/{file}",
            grants::WEEKLY_SCAN,
            text!("下载签发件", "A signed paper"),
            pages::file::weekly_scan,
        ),
        Route::page(
            "/weekly/sheet",
            grants::WEEKLY_SHEET,
            words::WEEKLY_SHEET,
            pages::weekly_sheet::show,
        ),
        Route::page(
            "/weekly/{id}",
            grants::WEEKLY,
            text!("一份周反馈", "One weekly answer"),
            pages::weekly::show,
        ),
        Route::page("/profiles", grants::PROFILES, words::PROFILES, pages::profiles::show),
        Route::page(
            "/batches/{id}",
            grants::BATCH,
            text!("批次清单", "One batch"),
            pages::batch::show,
        ),
        Route::page(
            "/assignments",
            grants::REGISTER,
            text!("事项台账", "The register"),
            pages::register::show,
        )
        .query(pages::register::QUERY),
        Route::page(
            "/assignments/{id}",
            grants::CARD,
            text!("事项", "One assignment"),
            pages::card::show,
        ),
        Route::page(
            "/units/{id}/assignments",
            grants::UNIT_PAGE,
            text!("单位事项", "One unit"),
            pages::unit::show,
        ),
        Route::page(
            "/assignments/{id}/files/{file}",
            grants::FILE,
            text!("下载材料", "A file"),
            pages::file::show,
        ),
    ]
}

fn batch_acts() -> Vec<Route> {
    vec![
        acts::write_profile::route(),
        acts::write_profile::rewrite_route(),
        acts::set_chain::route(),
        acts::open_batch::route(),
        acts::write_line::route(),
        acts::write_line::rewrite_route(),
        acts::remove_line::route(),
        acts::order_lines::route(),
        acts::carry::route(),
        acts::send_batch::route(),
        acts::sign_batch::route(),
        acts::paper_sign::route(),
        acts::issue_batch::route(),
        acts::propose::route(),
        acts::answer_proposal::route(),
    ]
}

fn acts() -> Vec<Route> {
    vec![
        acts::answer_weekly::route(),
        acts::answer_weekly::draft_route(),
        acts::fill_weekly::route(),
        acts::sign_weekly::route(),
        acts::paper_weekly::route(),
        acts::accept::route(),
        acts::name_responsible::route(),
        acts::hand_back::route(),
        acts::decide_hand_back::route(),
        acts::break_down::route(),
        acts::report::route(),
        acts::submit::route(),
        acts::sign_submission::route(),
        acts::set_signing_posts::route(),
        acts::finish_part::route(),
        acts::reach_milestone::route(),
        acts::verify::route(),
        acts::present::route(),
        acts::ask_extension::route(),
        acts::endorse_extension::route(),
        acts::decide_extension::route(),
        acts::stop::route(),
        acts::resume::route(),
        acts::withdraw::route(),
        acts::merge::route(),
        acts::reopen::route(),
        acts::archive::route(),
        acts::note::route(),
        acts::settle_note::route(),
    ]
}

/// The register in other shapes.
fn register_routes() -> Vec<Route> {
    vec![
        Route::page(
            "/assignments/due-changes",
            grants::DUE_CHANGES,
            words::DUE_CHANGES,
            pages::due_changes::show,
        )
        .query(pages::due_changes::QUERY),
        Route::page(
            "/assignments/export",
            grants::EXPORT,
            text!("导出台账", "The register as a spreadsheet"),
            pages::export::show,
        )
        .query(pages::register::QUERY),
    ]
}

/// What is handed on: papers, case files, sealed scans.
fn paper_routes() -> Vec<Route> {
    vec![
        Route::page(
            "/assignments/{id}/sheet",
            grants::SHEET,
            text!("交办单", "An assignment's sheet"),
            pages::papers::sheet::show,
        ),
        Route::page(
            "/assignments/{id}/closing-report",
            grants::CLOSING_REPORT,
            text!("办结报告", "A closing report"),
            pages::papers::closing::show,
        ),
        Route::page(
            "/batches/{id}/list",
            grants::LIST,
            text!("事项清单", "A batch as a list"),
            pages::papers::list::show,
        ),
        Route::page(
            "/units/{id}/reminder",
            grants::REMINDER,
            text!("催办通知", "A reminder to a unit"),
            pages::papers::reminder::show,
        ),
        Route::page(
            "/batches/{id}/meeting",
            grants::MEETING,
            text!("会议材料", "The meeting pack of a batch"),
            pages::papers::meeting::show,
        ),
        Route::page(
            "/batches/{id}/meeting/document",
            grants::MEETING_DOCUMENT,
            text!("会议材料（Word）", "The meeting pack for Word"),
            pages::papers::meeting::document,
        ),
        Route::page(
            "/assignments/{id}/case-file",
            grants::CASE_FILE,
            text!("卷宗", "A case file"),
            pages::case_file::show,
        ),
        Route::page(
            "/batches/{id}/issued-copies/{file}",
            grants::ISSUED_COPY,
            text!("印发件", "A sealed scan"),
            pages::issued_copy::show,
        ),
        acts::keep_issued_copy::route(),
    ]
}

/// An office's own forms.
fn form_routes() -> Vec<Route> {
    vec![
        Route::page(
            "/paper-templates",
            grants::PAPER_TEMPLATES,
            text!("公文模板", "Own forms"),
            pages::paper_templates::show,
        ),
        Route::page(
            "/paper-templates/{kind}/file",
            grants::PAPER_TEMPLATE,
            text!("下载模板", "An own form"),
            pages::paper_templates::file,
        ),
        Route::page(
            "/paper-templates/{kind}/preview",
            grants::PREVIEW_PAPER,
            text!("预览公文", "A preview"),
            pages::paper_templates::preview,
        ),
        acts::set_paper_template::route(),
        acts::remove_paper_template::route(),
    ]
}
