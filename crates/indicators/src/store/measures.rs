//! What measures read of values. What a vintage says never changes; from which place of the
//! journal it counts, and to which, stands beside it.

use journal::{Engine, args};
use measures::{Args, Call, Reading, Rows};

/// The values of the period's months and, before them, of the months from January on that counted
/// at place `$4`; `$3` is the month by which the period is called, `$5` the first month of all.
pub(crate) fn checked(_: Engine, call: &Call) -> Rows {
    let sql = "SELECT o.unit_id, o.id AS record_id, o.from_seq AS seq, \
        CAST(NULL AS UUID) AS work_line_id, COALESCE(o.happened_on, s.issued_on) AS first_on, \
        o.checked_on AS last_on, i.number, i.kind, o.month, o.numerator, o.denominator, \
        CASE WHEN o.month < $2 THEN 1 ELSE 0 END AS is_earlier FROM observations o \
        JOIN indicators i ON i.jurisdiction_id = o.jurisdiction_id AND i.id = o.indicator_id \
        JOIN source_documents s ON s.jurisdiction_id = o.jurisdiction_id AND s.id = o.source_id \
        WHERE o.jurisdiction_id = $1 AND o.month >= $5 AND o.month <= $3 AND o.missing = '' \
        AND o.from_seq <= $4 AND (o.to_seq IS NULL OR o.to_seq > $4)";
    let (first, last) = call.months();
    let earliest = last.january().min(first);
    let values = args![call.city, first, last, call.cut_seq, earliest].to_vec();
    Rows { sql: sql.to_owned(), values }
}

/// Rows of an indicator by its number, which is ours and so comes into the statement.
fn of(args: &Args, kind: &str) -> String {
    format!("r.number = {} AND r.kind = '{kind}'", args.number("indicator"))
}

pub(crate) fn number(args: &Args) -> Reading {
    let counts = format!("{} AND r.month = $3", of(args, "number"));
    Reading { counts, numerator: "r.numerator".to_owned(), denominator: None }
}

pub(crate) fn rate(args: &Args) -> Reading {
    let counts = format!("{} AND r.month = $3", of(args, "rate"));
    let denominator = Some("r.denominator".to_owned());
    Reading { counts, numerator: "r.numerator".to_owned(), denominator }
}

pub(crate) fn events(args: &Args) -> Reading {
    let is_earlier = i64::from(args.word("when") == "earlier");
    let counts = format!("{} AND r.is_earlier = {is_earlier}", of(args, "event"));
    Reading { counts, numerator: "1".to_owned(), denominator: None }
}
