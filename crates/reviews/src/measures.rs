//! The measures of this room: what former reviews say of a unit, for rules that count how often it
//! was last. What counts is in `store/measures.rs`.

use kernel::{SubjectKind, text};
use measures::{Absent, Best, Kind, Measure, Population, Purpose, Supply};

use crate::store::measures as read;
use crate::words;

/// What this room supplies.
pub(crate) const SUPPLY: Supply =
    Supply { room: words::REVIEWS, measures: &[IN_A_ROW, THIS_YEAR, PROMISED] };

static PROMISES: Population = Population {
    code: "promises",
    subject: SubjectKind::Assignment,
    days: (text!("完成时限", "Due"), text!("报结日期", "Submitted on")),
    rows: read::promised,
};

const PROMISED: Measure = Measure {
    code: "promise_rate",
    version: 1,
    name: text!("整改措施按期完成率", "Promises kept in time"),
    definition: text!(
        "表态发言的整改措施转为交办后，期内到期的事项中按期报结且没有再被退办的比重；暂缓、退回和作废的不计。",
        "Of the measures that a unit promised in its statement and that became assignments due in the period, the share submitted in time and not returned since; what stands, is in dispute or void is left out."
    ),
    whole: text!("期内到期的整改措施事项", "Items from statements, due in the period"),
    part: text!("其中报结日不晚于时限的", "Those submitted by their day"),
    kind: Kind::Ratio,
    unit: text!("%", "%"),
    decimals: 0,
    params: &[],
    absent: Absent::NotApplicable(text!(
        "期内没有到期的整改措施",
        "No measure of a statement was due in the period"
    )),
    purpose: Purpose::Scored,
    best: Best::High,
    population: &PROMISES,
    reading: read::kept,
};

static PLACES: Population = Population {
    code: "review_places",
    subject: SubjectKind::Review,
    days: (
        text!("考评期起", "First day of its period"),
        text!("考评期止", "Last day of its period"),
    ),
    rows: read::published,
};

const IN_A_ROW: Measure = Measure {
    code: "last_in_a_row",
    version: 1,
    name: text!("连续末位次数", "Times last in a row"),
    definition: text!(
        "到上一期为止，本单位在所在组连续几期列末位；截止前已通报的讲评才计，中间有一期不是末位就重新计。",
        "How many reviews in a row, up to the last one, the unit was last of its group; only those published by the cut count, and one in which it was not last begins anew."
    ),
    whole: text!("截止前已通报的讲评", "Reviews published by the cut"),
    part: text!("其中最近连续列末位的", "The latest ones in a row in which it was last"),
    kind: Kind::Count,
    unit: text!("次", "times"),
    decimals: 0,
    params: &[],
    absent: Absent::Nought,
    purpose: Purpose::Scored,
    best: Best::Low,
    population: &PLACES,
    reading: read::in_a_row,
};

const THIS_YEAR: Measure = Measure {
    code: "last_this_year",
    version: 1,
    name: text!("年内末位次数", "Times last this year"),
    definition: text!(
        "期末所在年份内，本单位在所在组列末位的期数；截止前已通报的讲评才计。",
        "In how many reviews of the year in which the period ends the unit was last of its group; only those published by the cut count."
    ),
    whole: text!("本年截止前已通报的讲评", "Reviews of the year published by the cut"),
    part: text!("其中列末位的", "Those in which it was last"),
    kind: Kind::Count,
    unit: text!("次", "times"),
    decimals: 0,
    params: &[],
    absent: Absent::Nought,
    purpose: Purpose::Scored,
    best: Best::Low,
    population: &PLACES,
    reading: read::this_year,
};
