//! The demo city's indicators and how their values are drawn: by the words of indicator, unit and
//! month, so that nobody chose who is first.

use assignments::demo::chance::Chance;
use measures::ReviewMonth;

use crate::tables::{Better, Kind};
use crate::value;

/// The first month with values.
pub(super) const FROM: &str = "2021-07";

/// An indicator.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) name_en: &'static str,
    pub(super) definition: &'static str,
    pub(super) measured_in: &'static str,
    pub(super) kind: Kind,
    pub(super) better: Better,
    /// Who enters it; the bureau when empty.
    pub(super) department: &'static str,
    pub(super) source: &'static str,
    pub(super) groups: &'static [&'static str],
    /// The title of a month's document: `{` is the month, `}` the one before it.
    pub(super) document: &'static str,
    pub(super) reference: &'static str,
    /// Whether a month's figures are those of the month before.
    pub(super) is_behind: bool,
    draw: Draw,
}

/// How values are drawn.
#[derive(Clone, Copy, Debug)]
enum Draw {
    /// A place among so many, near the unit's own.
    Place(u32),
    /// A small number.
    Few(u32),
    /// Spent of planned, in hundredths.
    Spent,
    /// Settled in time of what fell due.
    Settled,
    /// Nothing: events are told one by one.
    Events,
}

const COUNTIES: &[(&str, &str)] = &[
    ("临颍县", "县区组"),
    ("舞阳县", "县区组"),
    ("源汇区", "县区组"),
    ("郾城区", "县区组"),
    ("召陵区", "县区组"),
    ("经开区", "功能区组"),
    ("西城区", "功能区组"),
    ("示范区", "功能区组"),
];
const ECONOMY: &[(&str, &str)] = &[
    ("市发展改革委", "经济管理部门组"),
    ("市工业和信息化局", "经济管理部门组"),
    ("市商务局", "经济管理部门组"),
    ("市投资促进局", "经济管理部门组"),
    ("市金融工作局", "经济管理部门组"),
    ("市财政局", "经济管理部门组"),
    ("市科技局", "经济管理部门组"),
    ("市统计局", "经济管理部门组"),
    ("市税务局", "经济管理部门组"),
    ("市国资委", "经济管理部门组"),
];
const PLACES: &[&str] = &["县区组", "功能区组"];
const ALL: &[&str] = &[
    "县区组",
    "功能区组",
    "经济管理部门组",
    "城建资源部门组",
    "社会民生部门组",
    "执法监管部门组",
    "综合服务部门组",
];

/// The indicators, in the order of their numbers.
pub(super) const INDICATORS: &[Line] = &[
    Line {
        code: "P01",
        name: "三个一批全省位次",
        name_en: "Provincial rank, three batches of projects",
        definition: "“三个一批”（签约一批、开工一批、投产一批）活动综合评价在全省同类县区、开发区中的位次，数字越小越好。",
        measured_in: "位",
        kind: Kind::Number,
        better: Better::Low,
        department: "市发展改革委",
        source: "省“三个一批”活动评价通报",
        groups: PLACES,
        document: "全省“三个一批”活动评价通报（}）",
        reference: "豫项目办〔2021〕#号",
        is_behind: true,
        draw: Draw::Place(103),
    },
    Line {
        code: "P02",
        name: "主要指标全省位次",
        name_en: "Provincial rank, main indicator",
        definition: "各经济管理部门牵头的主要经济指标增速在全省18个省辖市（含济源示范区）中的位次，牵头多项的取平均后四舍五入，数字越小越好。",
        measured_in: "位",
        kind: Kind::Number,
        better: Better::Low,
        department: "市统计局",
        source: "省统计局月度主要经济指标",
        groups: &["经济管理部门组"],
        document: "全省主要经济指标（}）",
        reference: "豫统月报〔2021〕#号",
        is_behind: true,
        draw: Draw::Place(18),
    },
    Line {
        code: "E01",
        name: "抽查不实件数",
        name_en: "Reports found untrue",
        definition: "督查局现场核查或电话回访中，发现反馈、报结与事实不符的件数。",
        measured_in: "件",
        kind: Kind::Event,
        better: Better::Low,
        department: "",
        source: "督查局现场核查记录",
        groups: ALL,
        document: "",
        reference: "",
        is_behind: false,
        draw: Draw::Events,
    },
    Line {
        code: "E02",
        name: "较大以上安全事故数",
        name_en: "Major accidents",
        definition: "辖区内发生的较大及以上生产安全责任事故起数，以应急管理部门认定为准。",
        measured_in: "起",
        kind: Kind::Event,
        better: Better::Low,
        department: "市应急管理局",
        source: "生产安全事故快报",
        groups: PLACES,
        document: "",
        reference: "",
        is_behind: false,
        draw: Draw::Events,
    },
    Line {
        code: "E03",
        name: "通报批评次数",
        name_en: "Public criticism",
        definition: "因重点工作被省级以上通报批评的次数，一份通报计一次。",
        measured_in: "次",
        kind: Kind::Event,
        better: Better::Low,
        department: "",
        source: "省级以上通报文件",
        groups: ALL,
        document: "",
        reference: "",
        is_behind: false,
        draw: Draw::Events,
    },
    Line {
        code: "N01",
        name: "新落地亿元以上项目数",
        name_en: "New projects above CNY 100 million",
        definition: "当月新签约并完成立项、用地落实的总投资亿元以上项目个数。",
        measured_in: "个",
        kind: Kind::Number,
        better: Better::High,
        department: "市投资促进局",
        source: "招商引资项目台账",
        groups: PLACES,
        document: "招商引资项目落地情况表（{）",
        reference: "漯投促〔2021〕#号",
        is_behind: false,
        draw: Draw::Few(6),
    },
    Line {
        code: "R01",
        name: "重点项目投资序时完成率",
        name_en: "Investment against the schedule",
        definition: "省市重点项目年内累计完成投资（亿元）与按月份折算的序时计划投资（亿元）之比，可以超过100%。",
        measured_in: "%",
        kind: Kind::Rate,
        better: Better::High,
        department: "市发展改革委",
        source: "重点项目月报",
        groups: PLACES,
        document: "省市重点项目进展月报（}）",
        reference: "漯发改重点〔2021〕#号",
        is_behind: true,
        draw: Draw::Spent,
    },
    Line {
        code: "R02",
        name: "企业问题按期解决率",
        name_en: "Enterprises' problems settled in time",
        definition: "期内到期的企业问题中，按期解决并经企业确认的件数所占比重。",
        measured_in: "%",
        kind: Kind::Rate,
        better: Better::High,
        department: "市工业和信息化局",
        source: "企业服务平台办结台账",
        groups: PLACES,
        document: "企业反映问题办理情况（{）",
        reference: "漯企服办〔2021〕#号",
        is_behind: false,
        draw: Draw::Settled,
    },
];

/// The units that have values of an indicator, each with its group.
pub(super) const fn units(line: &Line) -> &'static [(&'static str, &'static str)] {
    match line.draw {
        Draw::Place(18) => ECONOMY,
        Draw::Place(_) | Draw::Few(_) | Draw::Spent | Draw::Settled => COUNTIES,
        Draw::Events => &[],
    }
}

/// What is typed of a unit.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) numerator: String,
    pub(super) denominator: String,
    pub(super) missing: &'static str,
}

/// What is said of a unit in a month.
pub(super) fn said(line: &Line, (unit, group): (&str, &str), month: ReviewMonth) -> Said {
    let label = month.to_string();
    let mut own = Chance::of(&[line.name, unit]);
    let mut now = Chance::of(&[line.name, unit, &label]);
    let number = |n: i64| Said { numerator: n.to_string(), ..Said::default() };
    match line.draw {
        Draw::Place(of) => {
            let among = if group == "功能区组" { of / 2 } else { of };
            let usual = i64::from(own.below(among * 3 / 5)) + i64::from(among / 5);
            let moved = usual + i64::from(now.below(among / 6 + 2)) - i64::from(among / 12);
            number(moved.clamp(1, i64::from(among)))
        }
        Draw::Few(most) => number(i64::from(now.below(most))),
        Draw::Spent => {
            let months = i64::from(month.month()) - 1;
            let planned = months * (60 + i64::from(own.below(90)));
            let percent = 84 + i64::from(now.below(29));
            let (spent, planned) = (planned * percent / 100, planned);
            let hundredths = |n: i64| value::typed(n * 100);
            Said { numerator: hundredths(spent), denominator: hundredths(planned), missing: "" }
        }
        Draw::Settled if unit == "示范区" && label == "2021-08" => {
            Said { missing: "当月没有到期的企业问题", ..Said::default() }
        }
        Draw::Settled => {
            let due = 9 + i64::from(now.below(18));
            let open = i64::from(now.below(4));
            Said { denominator: due.to_string(), ..number(due - open) }
        }
        Draw::Events => Said::default(),
    }
}

/// One more than was said.
pub(super) fn one_more(said: &str) -> String {
    let number: i64 = said.parse().unwrap_or_default();
    (number + 1).to_string()
}
