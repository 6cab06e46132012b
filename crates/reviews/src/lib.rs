//! The room of reviews 月讲评: every month units are scored and ranked by the city's published
//! rules, and every point is explained down to its records. It holds the library of measures 指标库
//! as well.
//!
//! A review is opened when its month is over, computed, shown to each unit as its draft, contested,
//! computed again, frozen, approved by the leader, published, and re-examined where a unit asks for
//! it. What a computing rests on (rules, figures, evidence, scores) is a file named by its hash in
//! the journal; freezes are chained from month to month by their roots.
//!
//! Invariants: a figure and its records come from one reading of one query; what was recorded after
//! the cut-off changes no review; nobody changes a score, an upheld objection changes a figure of
//! its review and stands on the sheet; who computed, or recorded the figure, does not decide; before
//! publication a unit sees only itself; units are shown in their peer groups and persons nowhere.
//!
//! Tables: `reviews`, `review_rules`, `review_measures`, `review_members`, `review_computations`, `review_scores`, `objections`,
//! `circulars`, `statements`, `statement_measures`, `objection_files`, `review_freezes`, `review_signs`,
//! `review_sign_scans`, `review_consequences`, `review_former_decisions`, `review_doubts`; `review_analyses` (operational).

mod acts;
mod circular;
mod computed;
pub mod demo;
mod doubts;
mod facts;
mod gain;
mod grants;
mod library;
mod measures;
pub mod notice;
mod objection;
mod pages;
mod period;
mod proposals;
pub mod published;
pub mod reconcile;
pub mod replay;
mod review;
mod robustness;
mod scoring;
mod statement;
mod store;
mod supplied;
mod tables;
mod trial;
pub mod waiting;
mod words;

use journal::{BlobColumn, Migration, Room, Row as _};
use kernel::{Text, text};
use web::{Nav, Plan, Route};

/// The room as the journal sees it.
pub const ROOM: Room = Room {
    name: "reviews",
    migrations: &[
        Migration { name: "0001_reviews", sql: include_str!("../migrations/0001_reviews.sql") },
        Migration { name: "0002_doubts", sql: include_str!("../migrations/0002_doubts.sql") },
        Migration {
            name: "0003_statements",
            sql: include_str!("../migrations/0003_statements.sql"),
        },
        Migration { name: "0004_errata", sql: include_str!("../migrations/0004_errata.sql") },
        Migration { name: "0005_cut_on", sql: include_str!("../migrations/0005_cut_on.sql") },
        Migration {
            name: "0006_answers_due",
            sql: include_str!("../migrations/0006_answers_due.sql"),
        },
        Migration { name: "0007_settled", sql: include_str!("../migrations/0007_settled.sql") },
    ],
    tables: &[
        tables::ReviewRow::SPEC,
        tables::ReviewRuleRow::SPEC,
        tables::ReviewMeasureRow::SPEC,
        tables::ComputationRow::SPEC,
        tables::ScoreRow::SPEC,
        tables::ObjectionRow::SPEC,
        tables::ObjectionFileRow::SPEC,
        tables::FreezeRow::SPEC,
        tables::ErratumRow::SPEC,
        tables::ReviewSignRow::SPEC,
        tables::ReviewScanRow::SPEC,
        tables::ConsequenceRow::SPEC,
        tables::FormerDecisionRow::SPEC,
        tables::MemberRow::SPEC,
        doubts::rows::DoubtRow::SPEC,
        doubts::rows::AnalysisRow::SPEC,
        tables::statement::CircularRow::SPEC,
        tables::statement::StatementRow::SPEC,
        tables::statement::StatementMeasureRow::SPEC,
    ],
    blobs: &[
        BlobColumn { table: &tables::ComputationRow::SPEC, column: "hash" },
        BlobColumn { table: &tables::ObjectionFileRow::SPEC, column: "hash" },
        BlobColumn { table: &tables::ReviewScanRow::SPEC, column: "hash" },
    ],
    kinds: facts::KINDS,
    apply: facts::apply,
};

/// What this room hands to the building.
pub fn plan() -> Plan {
    Plan {
        room: ROOM,
        routes: [measured(), routes(), asides(), papers(), statements()]
            .into_iter()
            .flatten()
            .collect(),
        grants: grants::GRANTS,
        nav: NAV,
        followers: Vec::new(),
        titles: Some(pages::titles),
        beside: None,
        papers: pages::SPECS,
        measures: Some(measures::SUPPLY),
    }
}

const NAV: &[Nav] = &[
    Nav {
        order: 55,
        label: words::REVIEWS,
        href: "/reviews",
        icon: "award",
        permission: grants::LIST,
    },
    Nav {
        order: 60,
        label: words::MEASURES,
        href: "/measures",
        icon: "chart",
        permission: grants::MEASURES,
    },
];

const UNIT: Text = text!("单位得分表", "A unit's sheet");

fn routes() -> Vec<Route> {
    vec![
        Route::page("/reviews", grants::LIST, words::REVIEWS, pages::reviews::show)
            .query(pages::reviews::QUERY),
        Route::page("/reviews/{month}", grants::REVIEW, words::MONTH, pages::review::show)
            .query(pages::review::QUERY),
        Route::page("/reviews/{month}/units/{unit}", grants::UNIT, UNIT, pages::unit::show),
        Route::page(
            "/reviews/{month}/rule-sets/{rule}/items/{item}",
            grants::ITEM,
            text!("项目得分", "An item of the rules"),
            pages::item::show,
        )
        .query(pages::review::QUERY),
        Route::page(
            "/reviews/{month}/scans/{file}",
            grants::SCAN,
            text!("下载签发件", "A signed paper"),
            pages::download::scan,
        ),
        Route::page(
            "/reviews/{month}/bundle",
            grants::BUNDLE,
            text!("下载封存包", "What was frozen, as a file"),
            pages::download::bundle,
        ),
        Route::page(
            "/objections/{id}",
            grants::OBJECTION,
            text!("异议", "An objection"),
            pages::objection::show,
        ),
        Route::page(
            "/objections/{id}/files/{file}",
            grants::OBJECTION_FILE,
            text!("下载证明材料", "What supports an objection"),
            pages::download::objection,
        ),
        acts::open::route(),
        acts::compute::route(),
        acts::draft::route(),
        acts::object::route(),
        acts::withdraw_objection::route(),
        acts::decide_objection::route(),
        acts::freeze::route(),
        acts::submit::route(),
        acts::judge::route(),
        acts::paper_judge::route(),
        acts::decide_consequence::route(),
        acts::paper_consequence::route(),
        acts::publish::route(),
        acts::pay::route(),
    ]
}

/// 指标库, and rules tried on what it holds.
fn measured() -> Vec<Route> {
    vec![
        Route::page("/measures", grants::MEASURES, words::MEASURES, pages::measures::show),
        Route::page("/measures/{code}", grants::MEASURE, words::MEASURE, pages::measure::show)
            .query(pages::measure::QUERY),
        Route::page(
            "/measures/{code}/records",
            grants::RECORDS,
            words::RECORDS,
            pages::records::show,
        )
        .query(pages::records::QUERY),
        Route::page(
            "/rule-sets/{id}/versions/{n}/trial",
            grants::TRIAL,
            text!("试算", "Trial of a rule set"),
            pages::trial::show,
        )
        .query(pages::trial::QUERY),
    ]
}

/// What stands beside a ranking and is no part of it.
fn asides() -> Vec<Route> {
    vec![
        Route::page(
            "/reviews/{month}/robustness",
            grants::ROBUSTNESS,
            text!("排名稳健性", "How firm the ranking is"),
            pages::robustness::show,
        ),
        Route::page(
            "/reviews/{month}/doubts",
            grants::DOUBTS,
            doubts::words::DOUBTS,
            pages::doubts::show,
        )
        .query(pages::doubts::QUERY),
        acts::look_at_doubt::route(),
    ]
}

/// Circulars, sheets of units and former months.
fn papers() -> Vec<Route> {
    vec![
        Route::page(
            "/reviews/compare",
            grants::COMPARE,
            words::statement::COMPARE,
            pages::compare::show,
        )
        .query(pages::compare::QUERY),
        Route::page(
            "/reviews/units/{unit}",
            grants::HISTORY,
            words::statement::HISTORY,
            pages::history::show,
        )
        .query(pages::history::QUERY),
        Route::page(
            "/reviews/{month}/units/{unit}/print",
            grants::PRINT_UNIT,
            text!("打印单位得分表", "A unit's sheet, to be printed"),
            pages::unit::print::show,
        ),
        Route::page(
            "/reviews/{month}/units/{unit}/document",
            grants::UNIT_DOCUMENT,
            text!("下载单位得分表", "A unit's sheet for Word"),
            pages::unit::paper::show,
        ),
        Route::page(
            "/reviews/{month}/circular",
            grants::CIRCULAR,
            words::statement::CIRCULAR,
            pages::circular::show,
        ),
        Route::page(
            "/reviews/{month}/circular/document",
            grants::CIRCULAR_DOCUMENT,
            text!("下载通报", "The circular for Word"),
            pages::circular::paper::show,
        ),
        acts::write_circular::route(),
    ]
}

/// What units state after a consequence called for it.
fn statements() -> Vec<Route> {
    vec![
        Route::page(
            "/reviews/{month}/statements/{unit}",
            grants::STATEMENT,
            words::statement::STATEMENT,
            pages::statement::show,
        ),
        Route::page(
            "/reviews/{month}/statements/{unit}/print",
            grants::PRINT_STATEMENT,
            text!("打印表态发言", "A statement, to be printed"),
            pages::statement::print::show,
        ),
        acts::write_statement::route(),
        acts::submit_statement::route(),
        acts::judge_statement::route(),
        acts::take_over::route(),
    ]
}
