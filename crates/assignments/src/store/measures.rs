//! What measures read of assignments: three queries, and which of their rows count.
//!
//! A version is what was known at a place of the journal when it began there or before and had not
//! ended. Parts of a breakdown are the business of the unit that broke it down.

use journal::{Engine, args};
use measures::{Args, Call, Reading, Rows, days_between};

/// That version `{v}` is the one known at place `$4`.
macro_rules! known {
    ($v:literal) => {
        concat!($v, ".from_seq <= $4 AND (", $v, ".to_seq IS NULL OR ", $v, ".to_seq > $4)")
    };
}

/// What a version says, from the three ways in: due in the period; due before it and in hand now;
/// due before it and in hand then.
const KNOWN: &str = concat!(
    "SELECT v.assignment_id, v.from_seq, v.unit_id, v.state, v.stopped, v.awaits_answer_since, v.due_on, v.submitted_on, \
     v.goal, v.reached FROM assignment_versions v WHERE v.jurisdiction_id = $1 \
     AND v.due_on >= $2 AND v.due_on <= $3 AND ",
    known!("v"),
    " UNION ALL SELECT v.assignment_id, v.from_seq, v.unit_id, v.state, v.stopped, v.awaits_answer_since, v.due_on, \
     v.submitted_on, v.goal, v.reached FROM assignment_versions v WHERE v.jurisdiction_id = $1 \
     AND v.state IN ('issued', 'handling', 'prepared') AND v.to_seq IS NULL AND v.due_on < $2 \
     AND v.from_seq <= $4 \
     UNION ALL SELECT v.assignment_id, v.from_seq, v.unit_id, v.state, v.stopped, v.awaits_answer_since, v.due_on, \
     v.submitted_on, v.goal, v.reached FROM assignment_versions v WHERE v.jurisdiction_id = $1 \
     AND v.state IN ('issued', 'handling', 'prepared') AND v.to_seq > $4 AND v.due_on < $2 \
     AND v.from_seq <= $4"
);

/// The same of co-units' parts that have a day of their own.
const PARTS: &str = concat!(
    "SELECT p.assignment_id, p.unit_id, p.from_seq, p.due_on, p.done_on \
     FROM assignment_part_versions p WHERE p.jurisdiction_id = $1 AND p.due_on >= $2 \
     AND p.due_on <= $3 AND ",
    known!("p"),
    " UNION ALL SELECT p.assignment_id, p.unit_id, p.from_seq, p.due_on, p.done_on \
     FROM assignment_part_versions p WHERE p.jurisdiction_id = $1 AND p.done_on IS NULL \
     AND p.to_seq IS NULL AND p.due_on < $2 AND p.from_seq <= $4 \
     UNION ALL SELECT p.assignment_id, p.unit_id, p.from_seq, p.due_on, p.done_on \
     FROM assignment_part_versions p WHERE p.jurisdiction_id = $1 AND p.done_on IS NULL \
     AND p.to_seq > $4 AND p.due_on < $2 AND p.from_seq <= $4"
);

/// The day on which version `{v}` of an item was done: a submission counts from its day on, whoever
/// still has to verify it; after rework it is in hand again.
pub fn done_on(v: &str) -> String {
    format!("CASE WHEN {v}.state IN ('submitted', 'closed', 'archived') THEN {v}.submitted_on END")
}

/// Whether version `{v}` of an item is with its unit and its clock runs.
fn with_unit(v: &str) -> String {
    format!("{v}.state IN ('issued', 'handling', 'prepared') AND NOT {v}.stopped")
}

/// Whether the unit has version `{v}` of an item in hand: no request for more time is with the
/// bureau.
pub fn in_hand(v: &str) -> String {
    format!("{} AND {v}.awaits_answer_since IS NULL", with_unit(v))
}

/// Items as each unit answers for them. A part that its unit never reported is done with the
/// whole. The lead's request for more time excuses the whole and what is due with it, not a part
/// with a day of its own.
fn items() -> String {
    let (whole, its_whole) = (done_on("k"), done_on("v"));
    let (in_hand, with_unit) = (in_hand("k"), with_unit("v"));
    let (v, p) = (known!("v"), known!("p"));
    let void = "('handed_back', 'withdrawn', 'merged')";
    format!(
        "SELECT k.assignment_id, k.unit_id, k.from_seq AS seq, k.due_on, {whole} AS done_on, \
         CASE WHEN {in_hand} THEN 1 ELSE 0 END AS in_hand, 0 AS co, k.goal, k.reached \
         FROM known k \
         UNION ALL SELECT p.assignment_id, p.unit_id, p.from_seq, p.due_on, \
         COALESCE(p.done_on, {its_whole}), CASE WHEN {with_unit} THEN 1 ELSE 0 END, \
         1, v.goal, v.reached FROM part p JOIN assignment_versions v ON v.jurisdiction_id = $1 \
         AND v.assignment_id = p.assignment_id AND {v} WHERE v.state NOT IN {void} \
         UNION ALL SELECT k.assignment_id, p.unit_id, p.from_seq, k.due_on, \
         COALESCE(p.done_on, {whole}), CASE WHEN {in_hand} THEN 1 ELSE 0 END, \
         1, k.goal, k.reached FROM known k JOIN assignment_part_versions p \
         ON p.jurisdiction_id = $1 AND p.assignment_id = k.assignment_id AND p.due_on IS NULL \
         AND {p} WHERE k.state NOT IN {void}"
    )
}

/// What was due: items of leads and of each unit, and co-units' own parts.
pub(crate) fn due(engine: Engine, call: &Call) -> Rows {
    let (late, items) = (days_between(engine, "i.due_on", "$5"), items());
    let sql = format!(
        "WITH known AS ({KNOWN}), part AS ({PARTS}), item AS ({items}) \
         SELECT i.unit_id, i.assignment_id AS record_id, i.seq, a.work_line_id, \
         i.due_on AS first_on, i.done_on AS last_on, i.co, i.goal, i.reached, \
         CASE a.importance WHEN 'major' THEN 3 WHEN 'key' THEN 2 ELSE 1 END AS weight, \
         CASE WHEN i.due_on >= $2 AND (i.done_on IS NOT NULL OR (i.in_hand = 1 AND i.due_on < $5)) \
         AND NOT a.taken_over AND a.issued_on <= i.due_on THEN 1 ELSE 0 END AS is_due, \
         CASE WHEN i.done_on IS NULL AND i.in_hand = 1 AND i.due_on < $5 \
         AND a.issued_on <= i.due_on \
         AND (a.taken_over_on IS NULL OR i.due_on >= a.taken_over_on) THEN 1 ELSE 0 END AS is_late, \
         CASE WHEN i.due_on < $2 AND i.done_on IS NULL AND i.in_hand = 1 AND NOT a.taken_over \
         AND a.issued_on <= i.due_on THEN 1 ELSE 0 END AS is_carried, \
         CASE WHEN i.done_on <= i.due_on THEN 1 ELSE 0 END AS is_kept, {late} AS late_days \
         FROM item i JOIN assignments a ON a.jurisdiction_id = $1 AND a.id = i.assignment_id \
         WHERE a.parent_id IS NULL"
    );
    Rows { sql, values: args![call.city, call.from, call.to, call.cut_seq, call.edge].to_vec() }
}

/// What happened to items: each version with the one before it.
pub(crate) fn turns(engine: Engine, call: &Call) -> Rows {
    let hours = match engine {
        Engine::Sqlite => "(w.since_at - f.since_at) / 3600000000",
        Engine::Postgres => {
            "CAST(FLOOR(EXTRACT(EPOCH FROM w.since_at - f.since_at)) AS BIGINT) / 3600"
        }
    };
    let sql = format!(
        "SELECT w.unit_id, w.assignment_id AS record_id, w.from_seq AS seq, a.work_line_id, \
         w.due_on AS first_on, COALESCE(w.closed_on, f.closed_on) AS last_on, \
         CASE WHEN w.reworks > f.reworks THEN 1 ELSE 0 END AS is_rework, \
         CASE WHEN w.state = 'closed' THEN 1 ELSE 0 END AS is_closing, \
         CASE WHEN f.state = 'closed' AND w.state = 'handling' THEN 1 ELSE 0 END AS is_reopening, \
         {hours} AS hours FROM assignment_versions w \
         JOIN assignment_versions f ON f.jurisdiction_id = w.jurisdiction_id \
         AND f.assignment_id = w.assignment_id AND f.to_seq = w.from_seq \
         JOIN assignments a ON a.jurisdiction_id = w.jurisdiction_id AND a.id = w.assignment_id \
         WHERE w.jurisdiction_id = $1 AND w.since_at >= $2 AND w.since_at < $3 \
         AND w.from_seq <= $4 AND a.parent_id IS NULL AND NOT a.taken_over"
    );
    Rows { sql, values: args![call.city, call.start, call.end, call.cut_seq].to_vec() }
}

/// What was issued in the period and is still with the unit that it was issued to, with the day by
/// which it was to be accepted: the next working day. The days of a period stand in one text.
pub(crate) fn issued(engine: Engine, call: &Call) -> Rows {
    let place = days_between(engine, "$2", "a.issued_on");
    let by = format!("SUBSTR(CAST($6 AS TEXT), CAST(1 + 10 * {place} AS INTEGER), 10)");
    let by = if engine == Engine::Postgres { format!("CAST({by} AS DATE)") } else { by };
    let sql = format!(
        "WITH sent AS (SELECT v.unit_id, a.id AS record_id, v.from_seq AS seq, a.work_line_id, \
         a.issued_on AS first_on, v.accepted_on AS last_on, v.state, {by} AS accept_by \
         FROM assignments a JOIN assignment_versions v ON v.jurisdiction_id = a.jurisdiction_id \
         AND v.assignment_id = a.id AND {} WHERE a.jurisdiction_id = $1 AND a.issued_on >= $2 \
         AND a.issued_on <= $3 AND a.parent_id IS NULL AND NOT a.taken_over \
         AND NOT EXISTS (SELECT 1 FROM assignment_versions h \
         WHERE h.jurisdiction_id = a.jurisdiction_id AND h.assignment_id = a.id \
         AND h.state = 'handed_back' AND h.from_seq <= $4)) \
         SELECT s.unit_id, s.record_id, s.seq, s.work_line_id, s.first_on, s.last_on, \
         CASE WHEN s.last_on IS NOT NULL OR (s.state = 'issued' AND s.accept_by < $5) \
         THEN 1 ELSE 0 END AS is_asked, \
         CASE WHEN s.last_on <= s.accept_by THEN 0 ELSE 1 END AS is_late FROM sent s",
        known!("v"),
    );
    let mut days = String::new();
    let mut day = call.from;
    while day <= call.to {
        days.push_str(&call.calendar.plus(day, 1).to_string());
        day = day.plus(1);
    }
    let values = args![call.city, call.from, call.to, call.cut_seq, call.edge, days].to_vec();
    Rows { sql, values }
}

fn ratio(counts: &str, numerator: &str, denominator: &str) -> Reading {
    let denominator = Some(denominator.to_owned());
    Reading { counts: counts.to_owned(), numerator: numerator.to_owned(), denominator }
}

fn sum(counts: &str, numerator: &str) -> Reading {
    Reading { counts: counts.to_owned(), numerator: numerator.to_owned(), denominator: None }
}

const DUE: &str = "(r.is_due = 1 OR r.is_carried = 1)";

pub(crate) fn due_count(_: &Args) -> Reading {
    sum(DUE, "1")
}

pub(crate) fn on_time(args: &Args) -> Reading {
    let weight = if args.word("weighted") == "yes" { "r.weight" } else { "1" };
    ratio(DUE, &format!("r.is_kept * {weight}"), weight)
}

pub(crate) fn late_count(_: &Args) -> Reading {
    sum("r.is_late = 1", "1")
}

pub(crate) fn late_days(_: &Args) -> Reading {
    sum("r.is_late = 1", "r.late_days")
}

pub(crate) fn rework(_: &Args) -> Reading {
    ratio("(r.is_rework = 1 OR r.is_closing = 1)", "r.is_rework", "1")
}

pub(crate) fn reopened(args: &Args) -> Reading {
    let hours = args.number("days") * 24;
    sum(&format!("r.is_reopening = 1 AND r.hours < {hours}"), "1")
}

/// Each goal counts alike, in parts of ten thousand; more than the goal is the goal.
pub(crate) fn attainment(_: &Args) -> Reading {
    // A goal that is larger still is divided first, so that nothing overflows.
    let reached = "CASE WHEN r.reached >= r.goal THEN 10000 WHEN r.reached <= 0 THEN 0 \
        WHEN r.goal > 900000000000 THEN r.reached / (r.goal / 10000) \
        ELSE r.reached * 10000 / r.goal END";
    ratio("r.is_due = 1 AND r.co = 0 AND r.goal > 0", reached, "10000")
}

/// An extension moves the day and nothing else; a stopped clock, a hand-back and a reopening change
/// more.
pub(crate) fn extended(_: &Args) -> Reading {
    let extended = "CASE WHEN EXISTS (SELECT 1 FROM assignment_versions w \
        JOIN assignment_versions f ON f.jurisdiction_id = w.jurisdiction_id \
        AND f.assignment_id = w.assignment_id AND f.to_seq = w.from_seq \
        WHERE w.jurisdiction_id = $1 AND w.assignment_id = r.record_id AND w.from_seq <= $4 \
        AND w.due_on > f.due_on AND w.state = f.state AND w.stopped = f.stopped) \
        THEN 1 ELSE 0 END";
    ratio(&format!("{DUE} AND r.co = 0"), extended, "1")
}

pub(crate) fn issued_count(_: &Args) -> Reading {
    sum("1 = 1", "1")
}

pub(crate) fn accepted_late(_: &Args) -> Reading {
    ratio("r.is_asked = 1", "r.is_late", "1")
}
