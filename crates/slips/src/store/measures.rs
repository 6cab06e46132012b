//! What measures read of slips. Unit, colour and days of a slip are fixed before it is issued.

use journal::{Engine, args};
use kernel::Day;
use measures::{Args, Call, Reading, ReviewMonth, Rows};

use crate::tables::Colour;

/// The slips issued in the period or before it in the year, and not withdrawn, as known at place `$4`.
pub(crate) fn issued(_: Engine, call: &Call) -> Rows {
    let sql = "SELECT s.unit_id, s.id AS record_id, s.issued_seq AS seq, a.work_line_id, \
        s.issued_on AS first_on, s.item_due_on AS last_on, s.colour, \
        CASE WHEN s.issued_on < $2 THEN 1 ELSE 0 END AS is_earlier FROM slips s \
        JOIN assignments a ON a.jurisdiction_id = s.jurisdiction_id AND a.id = s.assignment_id \
        WHERE s.jurisdiction_id = $1 AND s.issued_on >= $5 AND s.issued_on <= $3 \
        AND s.issued_seq <= $4 AND (s.withdrawn_seq IS NULL OR s.withdrawn_seq > $4)";
    let (_, last) = call.months();
    // A year begins with January's period: on 26 December where periods do, else on 1 January.
    let begins = ReviewMonth::of(call.from).days().0 == call.from;
    let january = last.january().days().0;
    let january = if begins { january } else { Day::new(last.year(), 1, 1).unwrap_or(january) };
    let earliest = january.min(call.from);
    let values = args![call.city, call.from, call.to, call.cut_seq, earliest].to_vec();
    Rows { sql: sql.to_owned(), values }
}

pub(crate) fn of_colour(args: &Args) -> Reading {
    // Words of our own, so that nothing foreign comes into the statement.
    let is_earlier = i64::from(args.word("when") == "earlier");
    let colour = Colour::of(args.word("colour"));
    let is_it = colour.map(|colour| format!(" AND r.colour = '{}'", colour.word()));
    let counts = format!("r.is_earlier = {is_earlier}{}", is_it.unwrap_or_default());
    Reading { counts, numerator: "1".to_owned(), denominator: None }
}
