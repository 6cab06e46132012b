//! What measures read of former reviews.

use assignments::store::measures::{done_on, in_hand};
use journal::{Engine, args};
use measures::{Args, Call, Reading, Rows};

/// The places of units in reviews published by place `$4` of months before the one asked about: one
/// row for each unit and review, with whether it was last then and in every later one.
pub(crate) fn published(_: Engine, call: &Call) -> Rows {
    let sql = "WITH out AS (SELECT r.id, r.month, r.published_seq, r.first_on, r.last_on, \
        COALESCE((SELECT e.after_n FROM review_errata e WHERE e.jurisdiction_id = $1 \
        AND e.review_id = r.id AND e.seq <= $4 ORDER BY e.n DESC LIMIT 1), \
        (SELECT f.computation FROM review_freezes f WHERE f.jurisdiction_id = $1 \
        AND f.review_id = r.id AND f.seq <= r.published_seq ORDER BY f.n DESC LIMIT 1)) AS computation \
        FROM reviews r WHERE r.jurisdiction_id = $1 AND r.month < $2 \
        AND r.published_seq <= $4) \
        SELECT s.unit_id, o.id AS record_id, o.published_seq AS seq, CAST(NULL AS UUID) AS work_line_id, \
        o.first_on, o.last_on, CASE WHEN s.is_last THEN 1 ELSE 0 END AS was_last, \
        CASE WHEN o.month >= $3 THEN 1 ELSE 0 END AS is_of_year, \
        CASE WHEN EXISTS (SELECT 1 FROM out l JOIN review_scores t ON t.jurisdiction_id = $1 \
        AND t.review_id = l.id AND t.n = l.computation AND t.unit_id = s.unit_id \
        WHERE l.month > o.month AND NOT t.is_last) THEN 1 ELSE 0 END AS was_better_since \
        FROM out o JOIN review_scores s ON s.jurisdiction_id = $1 AND s.review_id = o.id \
        AND s.n = o.computation";
    let month = call.month();
    let of_year = format!("{}-01", month.year());
    let values = args![call.city, month, of_year, call.cut_seq].to_vec();
    Rows { sql: sql.to_owned(), values }
}

/// What units promised in statements and is due in the period: each item that a measure became, as
/// known at place `$4`. All measures are looked at: a city has a statement or two a month.
pub(crate) fn promised(_: Engine, call: &Call) -> Rows {
    let (done, in_hand) = (done_on("v"), in_hand("v"));
    let sql = format!(
        "SELECT v.unit_id, a.id AS record_id, v.from_seq AS seq, a.work_line_id, \
         v.due_on AS first_on, {done} AS last_on, \
         CASE WHEN {done} IS NOT NULL OR (v.due_on < $5 AND {in_hand}) THEN 1 ELSE 0 END AS is_due, \
         CASE WHEN {done} <= v.due_on THEN 1 ELSE 0 END AS is_kept \
         FROM statement_measures m JOIN assignments a ON a.jurisdiction_id = m.jurisdiction_id \
         AND a.line_id = m.line_id JOIN assignment_versions v \
         ON v.jurisdiction_id = a.jurisdiction_id AND v.assignment_id = a.id \
         AND v.from_seq <= $4 AND (v.to_seq IS NULL OR v.to_seq > $4) \
         WHERE m.jurisdiction_id = $1 AND v.due_on >= $2 AND v.due_on <= $3 \
         AND a.parent_id IS NULL"
    );
    let values = args![call.city, call.from, call.to, call.cut_seq, call.edge].to_vec();
    Rows { sql, values }
}

/// Those done by their day.
pub(crate) fn kept(_: &Args) -> Reading {
    Reading {
        counts: "r.is_due = 1".to_owned(),
        numerator: "r.is_kept".to_owned(),
        denominator: Some("1".to_owned()),
    }
}

/// Those that reach back from the last one without a break.
pub(crate) fn in_a_row(_: &Args) -> Reading {
    counted("r.was_last = 1 AND r.was_better_since = 0")
}

/// Those of the year.
pub(crate) fn this_year(_: &Args) -> Reading {
    counted("r.was_last = 1 AND r.is_of_year = 1")
}

fn counted(counts: &str) -> Reading {
    Reading { counts: counts.to_owned(), numerator: "1".to_owned(), denominator: None }
}
