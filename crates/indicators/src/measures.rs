//! The measures of this room: one for each kind of indicator, which the parameter names. What
//! counts is in `store/measures.rs`.

use kernel::{Refusal, SubjectKind, Text, text};
use measures::{
    Absent, Args, Asked, Best, Kind, Measure, Param, ParamKind, Population, Purpose, Supply,
};

use crate::indicator::NUMBER_MAX;
use crate::store::measures as read;
use crate::tables::{self, IndicatorRow};
use crate::value::DECIMALS;
use crate::words;

/// What this room supplies.
pub(crate) const SUPPLY: Supply = Supply { room: words::INDICATORS, measures: &MEASURES };

static MEASURES: [Measure; 4] = [NUMBER, RATE, EVENT, PERCENT];

static OBSERVATIONS: Population = Population {
    code: "observations",
    subject: SubjectKind::Observation,
    days: (text!("文件或事件日期", "Day of the source or event"), words::CHECKED_ON),
    rows: read::checked,
};

const INDICATOR: &[Param] = &[Param {
    code: "indicator",
    name: text!("指标", "indicator"),
    kind: ParamKind::Number { min: 1, max: NUMBER_MAX, usual: 1 },
}];
/// The number of the indicator and, for events, of when they are.
const OF_EVENTS: &[Param] = &[INDICATOR[0], Param::WHEN];
const ABSENT: Absent = Absent::Missing(text!(
    "没有经核对的填报值，或者经核对为暂缺",
    "No value was entered and checked, or it was checked to be missing"
));
const IN_FORCE: Text =
    text!("本期月份经核对、现行的填报值", "Checked values of the month that are in force");
/// Each indicator has a unit of its own.
const AS_INDICATOR: Text = text!("", "");

const NUMBER: Measure = Measure {
    code: "entered_number",
    version: 1,
    name: text!("填报数值", "Entered number"),
    definition: text!(
        "所选指标在本期月讲评月份的数值（开启月讲评时没有另定的，为期末所在月份），由填报单位录入、另一人核对。更正的按截止时现行的一版。",
        "The number of the chosen indicator for the month that the review is called by, which is the one in which its period ends unless another was chosen; entered by one and checked by another; of corrected ones the vintage in force at the cut."
    ),
    whole: IN_FORCE,
    part: text!("所选指标的数值", "The number of the indicator chosen"),
    kind: Kind::Sum,
    unit: AS_INDICATOR,
    decimals: DECIMALS,
    params: INDICATOR,
    absent: ABSENT,
    purpose: Purpose::Scored,
    best: Best::Neither,
    population: &OBSERVATIONS,
    reading: read::number,
};

/// A number that is entered as percent, such as a growth: rules reckon with the part of one, of which
/// `%` shows a hundred times as much.
const PERCENT: Measure = Measure {
    code: "entered_percent",
    name: text!("填报百分数", "Entered percentage"),
    part: text!(
        "所选指标的数值，8.5%计为0.085",
        "The number of the indicator chosen; 8.5 % counts as 0.085"
    ),
    unit: text!("（1即100%）", "(1 is 100 %)"),
    decimals: DECIMALS + 2,
    ..NUMBER
};

const RATE: Measure = Measure {
    code: "entered_rate",
    version: 1,
    name: text!("填报比率", "Entered rate"),
    definition: text!(
        "所选指标在本期月讲评月份的比率（开启月讲评时没有另定的，为期末所在月份），分子、分母由填报单位录入、另一人核对。更正的按截止时现行的一版。",
        "The rate of the chosen indicator for the month that the review is called by, which is the one in which its period ends unless another was chosen; numerator and denominator are entered by one and checked by another. Of corrected ones the vintage in force at the cut."
    ),
    whole: text!("所选指标的分母", "The denominator that was entered"),
    part: text!("所选指标的分子", "The numerator that was entered"),
    kind: Kind::Ratio,
    unit: text!("%", "%"),
    decimals: DECIMALS,
    params: INDICATOR,
    absent: ABSENT,
    purpose: Purpose::Scored,
    best: Best::Neither,
    population: &OBSERVATIONS,
    reading: read::rate,
};

const EVENT: Measure = Measure {
    code: "entered_events",
    version: 1,
    name: text!("填报事件数", "Entered events"),
    definition: text!(
        "所选指标在期内各月讲评月份的事件数，如通报批评、抽查不实；逐件录入、另一人核对，没有的为0。时段选“年内本期以前”的，计本年1月起、本期以前各月的件数，用作全年限额的已计数。",
        "How many events of the chosen indicator the months of review in the period have, such as public criticism or reports found untrue; each is entered by one and checked by another, and none is 0. Earlier in the year: those of the months from January on before the period, which is what has counted before towards a yearly limit."
    ),
    whole: text!(
        "期内各月经核对、没有撤销的事件",
        "Checked events of the months in the period that were not withdrawn"
    ),
    part: text!("其中所选指标的", "Those of the indicator chosen"),
    kind: Kind::Count,
    unit: text!("件", "events"),
    decimals: 0,
    params: OF_EVENTS,
    absent: Absent::Nought,
    purpose: Purpose::Scored,
    best: Best::Low,
    population: &OBSERVATIONS,
    reading: read::events,
};

/// The room, as people know it.
pub const fn room() -> Text {
    SUPPLY.room
}

/// Whether a measure is one of these, which take an indicator's number: rule sets call indicators
/// by their names.
pub fn is_by_number(measure: &Measure) -> bool {
    MEASURES.iter().any(|one| one.code == measure.code)
}

/// What a rule set that calls an indicator of a kind by its name may choose.
pub fn params(indicator: &IndicatorRow) -> &'static [Param] {
    // The number is not chosen: it is what the name stands for.
    measure(indicator).params.get(1..).unwrap_or_default()
}

/// How percent is written as the unit of a number.
const PERCENT_SIGNS: [&str; 3] = ["%", "％", "百分比"];

fn measure(indicator: &IndicatorRow) -> &'static Measure {
    let [number, rate, event, percent] = &MEASURES;
    match indicator.kind {
        tables::Kind::Number if PERCENT_SIGNS.contains(&&*indicator.measured_in) => percent,
        tables::Kind::Number => number,
        tables::Kind::Rate => rate,
        tables::Kind::Event => event,
    }
}

/// How rule sets count an indicator: `%` for what is entered as percent, however it is spelt.
pub fn counted_in(indicator: &IndicatorRow) -> String {
    let (measure, said) = (measure(indicator), &indicator.measured_in);
    let is_rate = measure.code == RATE.code || measure.code == PERCENT.code;
    if is_rate { "%".to_owned() } else { said.clone() }
}

/// What has to be known of an indicator's figure besides its definition.
pub fn remark(indicator: &IndicatorRow) -> Option<Text> {
    (measure(indicator).code == PERCENT.code).then_some(PERCENT.part)
}

/// The measure that reads an indicator, with its number and nothing else chosen.
pub fn asked(indicator: &IndicatorRow) -> Asked<'static> {
    asked_for(indicator, |_| None)
        // The number is within the parameter's bounds; without it nothing would count.
        .unwrap_or_else(|_| Asked { measure: measure(indicator), args: Args::default() })
}

/// The measure that reads an indicator, with what is chosen: what a rule set that calls the
/// indicator by its name asks for.
pub fn asked_for<'a>(
    indicator: &'a IndicatorRow,
    given: impl Fn(&str) -> Option<&'a str>,
) -> Result<Asked<'static>, Refusal> {
    let (measure, number) = (measure(indicator), indicator.number.to_string());
    let args = Args::read(measure.params, |name| {
        let is_number = name == INDICATOR[0].code || name == INDICATOR[0].name.zh;
        if is_number { Some(number.as_str()) } else { given(name) }
    })?;
    Ok(Asked { measure, args })
}
