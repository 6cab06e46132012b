//! The measure of this room. What counts is in `store/measures.rs`.

use kernel::{SubjectKind, text};
use measures::{Absent, Best, Kind, Measure, Param, ParamKind, Population, Purpose, Supply, Word};

use crate::store::measures as read;
use crate::words;

/// What this room supplies.
pub(crate) const SUPPLY: Supply = Supply { room: words::SLIPS, measures: &[ISSUED] };

static SLIPS: Population = Population {
    code: "slips_issued",
    subject: SubjectKind::Slip,
    days: (words::ISSUED_ON, text!("事项时限", "Due day of its item")),
    rows: read::issued,
};

const ISSUED: Measure = Measure {
    code: "slip_count",
    version: 1,
    name: text!("督办单件数", "Supervision slips"),
    definition: text!(
        "期内印发给本单位的督办单，可按颜色分别计；印发后又撤销的不计。时段选“年内本期以前”的，计本年1月考评期首日起、本期以前印发的，用作全年限额的已计数。",
        "Slips issued to the unit in the period, of all colours or of one; those withdrawn since do not count. Earlier in the year: those issued from the first day of January's period on before this one, which is what has counted before towards a yearly limit."
    ),
    whole: text!("期内印发、没有撤销的督办单", "Slips issued in the period and not withdrawn"),
    part: text!("其中所选颜色的", "Those of the colour chosen"),
    kind: Kind::Count,
    unit: text!("件", "slips"),
    decimals: 0,
    params: &[
        Param {
            code: "colour",
            name: text!("颜色", "colour"),
            kind: ParamKind::Choice(&[
                Word { code: "all", label: text!("全部", "all") },
                Word { code: "blue", label: text!("蓝", "blue") },
                Word { code: "yellow", label: text!("黄", "yellow") },
                Word { code: "orange", label: text!("橙", "orange") },
                Word { code: "red", label: text!("红", "red") },
            ]),
        },
        Param::WHEN,
    ],
    absent: Absent::Nought,
    purpose: Purpose::Scored,
    best: Best::Low,
    population: &SLIPS,
    reading: read::of_colour,
};
