//! The measures of this room, as rule sets call them. What counts is in `store/measures.rs`.
//!
//! On time is what was submitted by its day and not returned since: waiting for the bureau is never
//! the unit's delay. What is stopped, in dispute, withdrawn or merged is not due.

use kernel::{SubjectKind, Text, text};
use measures::{Absent, Best, Kind, Measure, Param, ParamKind, Population, Purpose, Supply, Word};

use crate::store::measures as read;

/// What this room supplies.
pub(crate) const SUPPLY: Supply = Supply {
    room: text!("周交办", "Weekly assignments"),
    measures: &[
        ON_TIME,
        DUE_COUNT,
        LATE_COUNT,
        LATE_DAYS,
        REWORK,
        ATTAINMENT,
        REOPENED,
        ACCEPTED_LATE,
        EXTENDED,
        ISSUED_COUNT,
    ],
};

static DUE: Population = Population {
    code: "assignments_due",
    subject: SubjectKind::Assignment,
    days: (text!("完成时限", "Due"), text!("报结或完成", "Submitted or done")),
    rows: read::due,
};
static TURNS: Population = Population {
    code: "assignments_turns",
    subject: SubjectKind::Assignment,
    days: (text!("完成时限", "Due"), text!("办结日期", "Closed on")),
    rows: read::turns,
};
static ISSUED: Population = Population {
    code: "assignments_issued",
    subject: SubjectKind::Assignment,
    days: (text!("交办日期", "Issued on"), text!("签收日期", "Accepted on")),
    rows: read::issued,
};

const PERCENT: Text = text!("%", "%");
const ITEMS: Text = text!("件", "items");
const DUE_WHOLE: Text = text!(
    "期内到期（以批准的延期为准）的事项，加上期前到期、期末仍在本单位手中的逾期事项。牵头单位和各自负责的单位按整件计，配合单位按自己的任务和时限计。不计：时限之后才交办的、期初接续的、暂缓的、延期申请待督查局审批的、退回待定的、已撤销或并入的、分解给下级的。",
    "Items due in the period, as extended, and those due before it that are still in the unit's hands. Leads and each unit count with the whole, co-units with their own part and day. Left out: issued after the due day, taken over, stopped, waiting for the bureau to decide on more time, in dispute, withdrawn or merged, parts of a breakdown."
);
const NOTHING_DUE: Absent =
    Absent::NotApplicable(text!("期内没有应办结的事项", "Nothing was due in the period"));

const ON_TIME: Measure = Measure {
    code: "on_time_rate",
    version: 1,
    name: text!("按期办结率", "On-time closure rate"),
    definition: text!(
        "应办结事项中按期报结且没有再被退办的比重。等待核实的时间不算单位的；按权重计时一般为1、重点为2、重大为3。",
        "The share of items due that were submitted in time and not returned since. Waiting for verification is not the unit's delay. Weighted, a normal item counts 1, a key item 2, a major item 3."
    ),
    whole: DUE_WHOLE,
    part: text!(
        "其中报结日（配合单位为完成日）不晚于时限的；被退办的以再次报结为准。配合单位没有单独登记完成的，以整件报结日为准。",
        "Those submitted, or as a co-unit done, by the due day; after rework the new submission's day counts. A part that was never reported is done with the whole."
    ),
    kind: Kind::Ratio,
    unit: PERCENT,
    decimals: 0,
    params: &[Param {
        code: "weighted",
        name: text!("权重", "weighted"),
        kind: ParamKind::Choice(&[
            Word { code: "yes", label: text!("是", "yes") },
            Word { code: "no", label: text!("否", "no") },
        ]),
    }],
    absent: NOTHING_DUE,
    purpose: Purpose::Scored,
    best: Best::High,
    population: &DUE,
    reading: read::on_time,
};

const DUE_COUNT: Measure = Measure {
    code: "due_count",
    version: 1,
    name: text!("应办结件数", "Items due"),
    definition: text!(
        "期内应办结事项的件数，与按期办结率的分母相同（不计权重）。件数太少的单位不参加排名，由考评办法规定。",
        "How many items were due: the denominator of the on-time rate, unweighted. Rule sets say below which number a unit is not ranked."
    ),
    whole: DUE_WHOLE,
    part: text!("全部", "All of them"),
    kind: Kind::Count,
    unit: ITEMS,
    decimals: 0,
    params: &[],
    absent: Absent::Nought,
    purpose: Purpose::Scored,
    best: Best::Neither,
    population: &DUE,
    reading: read::due_count,
};

const LATE_WHOLE: Text = text!(
    "期末在本单位手中、时限已过而未报结的事项，和未完成的配合任务。暂缓、延期申请待督查局审批、退回待定、报结后待核实的不计（配合单位自有时限的任务，不因牵头单位申请延期而不计）；时限之后才交办的、接续前已逾期的不计。",
    "Items in the unit's hands at the end whose day has passed without a submission, and parts not done. Stopped ones, those waiting for the bureau to decide on more time, in dispute or waiting for verification do not count (a part with a day of its own counts whatever the lead asks for), nor what was issued after its day or was late before it was taken over."
);

const LATE_COUNT: Measure = Measure {
    code: "late_count",
    version: 1,
    name: text!("逾期未办结件数", "Overdue open items"),
    definition: text!(
        "期末逾期仍未办结的件数，按期末次日零时计算。",
        "How many items are overdue and open at the end of the period, at midnight after its last day."
    ),
    whole: LATE_WHOLE,
    part: text!("全部", "All of them"),
    kind: Kind::Count,
    unit: ITEMS,
    decimals: 0,
    params: &[],
    absent: Absent::Nought,
    purpose: Purpose::Scored,
    best: Best::Low,
    population: &DUE,
    reading: read::late_count,
};

const LATE_DAYS: Measure = Measure {
    code: "late_days",
    version: 1,
    name: text!("逾期未办结天数", "Days overdue"),
    definition: text!(
        "期末逾期未办结事项的逾期天数（自然日）之和，计算到期末次日零时。",
        "The days, counted by the calendar, that open items are overdue, added up to midnight after the period's last day."
    ),
    whole: LATE_WHOLE,
    part: text!("各件的逾期天数", "The days of each"),
    kind: Kind::Sum,
    unit: text!("天", "days"),
    decimals: 0,
    params: &[],
    absent: Absent::Nought,
    purpose: Purpose::Scored,
    best: Best::Low,
    population: &DUE,
    reading: read::late_days,
};

const REWORK: Measure = Measure {
    code: "rework_rate",
    version: 1,
    name: text!("退办率", "Rework rate"),
    definition: text!(
        "期内核实结论中退办的比重：一件退办两次计两次。",
        "The share of verifications in the period that returned the item; returned twice counts twice."
    ),
    whole: text!(
        "期内作出的核实结论：退办和同意办结。接续的和分解给下级的不计。",
        "Verifications of the period that returned or closed an item. Those taken over and parts of a breakdown are left out."
    ),
    part: text!("其中退办的", "Those that returned it"),
    kind: Kind::Ratio,
    unit: PERCENT,
    decimals: 0,
    params: &[],
    absent: Absent::NotApplicable(text!("期内没有核实结论", "Nothing was verified in the period")),
    purpose: Purpose::Scored,
    best: Best::Low,
    population: &TURNS,
    reading: read::rework,
};

const ATTAINMENT: Measure = Measure {
    code: "attainment",
    version: 1,
    name: text!("目标完成率", "Goal attainment"),
    definition: text!(
        "期内到期、有量化目标的事项，各件完成比例的平均。每件按万分之一取整，超额的按100%计，不以一件的超额补另一件。",
        "The mean of what was reached of each goal due in the period, each cut to a ten-thousandth and counted as 100% at most: one surplus does not make up for another shortfall."
    ),
    whole: text!(
        "期内应办结、有目标量的事项；牵头单位和各自负责的单位。每件计1。",
        "Items due in the period that have a goal, of leads and each unit. Each counts 1."
    ),
    part: text!("各件完成量与目标量之比", "What was reached of each goal"),
    kind: Kind::Ratio,
    unit: PERCENT,
    decimals: 4,
    params: &[],
    absent: Absent::NotApplicable(text!("期内没有到期的量化目标", "No goal was due in the period")),
    purpose: Purpose::Scored,
    best: Best::High,
    population: &DUE,
    reading: read::attainment,
};

const REOPENED: Measure = Measure {
    code: "reopened_count",
    version: 1,
    name: text!("办结后重开件数", "Reopened after closure"),
    definition: text!(
        "期内重新办理的事项中，距办结不满规定天数的次数。",
        "How often in the period an item was reopened within so many days after its closure."
    ),
    whole: text!(
        "期内重新办理。接续的和分解给下级的不计。",
        "Reopenings in the period. Those taken over and parts of a breakdown are left out."
    ),
    part: text!("其中距办结不满规定天数的", "Those within the days given after the closure"),
    kind: Kind::Count,
    unit: ITEMS,
    decimals: 0,
    params: &[Param {
        code: "days",
        name: text!("天数", "days"),
        kind: ParamKind::Number { min: 1, max: 366, usual: 30 },
    }],
    absent: Absent::Nought,
    purpose: Purpose::Scored,
    best: Best::Low,
    population: &TURNS,
    reading: read::reopened,
};

const ACCEPTED_LATE: Measure = Measure {
    code: "late_acceptance_rate",
    version: 1,
    name: text!("签收超时率", "Late acceptance rate"),
    definition: text!(
        "期内交办的事项中，次一工作日结束后才签收或仍未签收的比重。只供督查局掌握，不宜计分。",
        "The share of items issued in the period that were accepted after the next working day, or not yet. For the bureau's desk; it should not be scored."
    ),
    whole: text!(
        "期内交办给本单位、已签收或已过签收时间的事项。退回过的、接续的和分解给下级的不计。",
        "Items issued to the unit in the period that were accepted, or whose time has passed. What was handed back, taken over or broken down is left out."
    ),
    part: text!("其中超时的", "Those accepted late"),
    kind: Kind::Ratio,
    unit: PERCENT,
    decimals: 0,
    params: &[],
    absent: Absent::NotApplicable(text!(
        "期内没有应签收的事项",
        "Nothing was to be accepted in the period"
    )),
    purpose: Purpose::Desk,
    best: Best::Low,
    population: &ISSUED,
    reading: read::accepted_late,
};

const EXTENDED: Measure = Measure {
    code: "extension_rate",
    version: 1,
    name: text!("延期率", "Extension rate"),
    definition: text!(
        "应办结事项中批准过延期（含督查局迟复顺延）的比重；暂缓、退回和重新办理引起的顺延不算延期。只供督查局掌握，不宜计分：申请延期是正当的。",
        "The share of items due that were ever granted more time, or got days back for the bureau's late answer; days moved by a stopped clock, a hand-back or a reopening are no extension. For the bureau's desk; asking in time is right and should not be scored."
    ),
    whole: DUE_WHOLE,
    part: text!(
        "其中批准过延期的（配合任务不计）",
        "Those that were granted more time (parts of co-units are left out)"
    ),
    kind: Kind::Ratio,
    unit: PERCENT,
    decimals: 0,
    params: &[],
    absent: NOTHING_DUE,
    purpose: Purpose::Desk,
    best: Best::Neither,
    population: &DUE,
    reading: read::extended,
};

const ISSUED_COUNT: Measure = Measure {
    code: "issued_count",
    version: 1,
    name: text!("交办件数", "Items issued"),
    definition: text!(
        "期内交办给本单位的事项件数。交办多少由市里决定，不反映单位的工作好坏，只供掌握和通报总体情况。",
        "How many items were issued to the unit in the period. The city decides that, so it says nothing of the unit's work: for the desk and the circular's overview only."
    ),
    whole: text!(
        "期内交办的事项，按主办单位计。单位提出退回的、接续的和分解给下级的不计。",
        "Items issued in the period, of the unit that answers for them. Left out: those handed back, those taken over and parts of a breakdown."
    ),
    part: text!("全部", "All of them"),
    kind: Kind::Count,
    unit: ITEMS,
    decimals: 0,
    params: &[],
    absent: Absent::Nought,
    purpose: Purpose::Desk,
    best: Best::Neither,
    population: &ISSUED,
    reading: read::issued_count,
};
