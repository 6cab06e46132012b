//! What holds for every city: order changes nothing, better is never worse, parts make the total.
#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use kernel::Lang;
use proptest::prelude::*;
use rules::decimal;
use rules::engine::Scoring;
use rules::engine::sheet::{Outcome, Part, Sheet};
use rules::facts::{Fact, Facts, State, UnitFacts};
use rules::rule_set::RuleSet;
use rules::unscorable::Unscorable;
use rust_decimal::Decimal;

/// Ways to score one rate of counts; each is an item of ten points.
const METHODS: [&str; 15] = [
    "{比率: {目标: \"0.95\"}}",
    "{逐点加减: {基准: \"0.9\", 起分: \"8\", 每: \"0.01\", 加: \"0.2\", 减: \"0.5\"}}",
    "{逐点加减: {基准: \"0.9\", 每: \"0.03\", 减: \"1\", 方式: 逐档}}",
    "{累进: {起点: \"0.5\", 段: [{至: \"0.8\", 每: \"0.1\", 加: \"2\"}, {每: \"0.1\", 加: \"1\"}]}}",
    "{参照递减: {参照: 组内均值, 起分: \"6\", 带: [{宽: \"0.1\", 每: \"0.01\", 加: \"0.3\", 减: \"0.3\"}, {每: \"0.01\", 加: \"0.1\", 减: \"0.5\"}]}}",
    "{分档: {方向: 越大越好, 档: [{界: \"0.9\", 得分: \"10\"}, {界: \"0.5\", 得分: \"6\"}], 其余: \"1\"}}",
    "{名次: {方向: 越大越好, 递减: {逐名: {每名递减: \"0.05\"}}}}",
    "{名次: {方向: 越大越好, 并列: 平均名次, 递减: {首末: {第一名: \"1\", 末名: \"0.4\"}}}}",
    "{名次分档: {方向: 越大越好, 档: [{至: \"2\", 得分: \"10\"}, {至: \"4\", 得分: \"7\"}], 其余: \"4\"}}",
    "{极差: {方向: 越大越好, 保底: \"0.5\"}}",
    "{功效系数: {满意值: 组内最优, 不允许值: \"0\", 基础分比例: \"0.6\"}}",
    "{标准分: {方向: 越大越好, 均值得分: \"0.8\", 每标准差: \"0.1\"}}",
    "{公式: {式: \"满分 * 限(0.6 + 实际 - 组内均值, 0, 1)\"}}",
    "{联合分档: {档: [{条件: [{不低于: \"0.9\"}], 得分: \"10\"}, {条件: [{不低于: \"0.5\"}], 得分: \"6\"}], 其余: \"1\"}}",
    "{合成: {部分: [{名称: 静, 比重: \"0.4\", 计分: {比率: {目标: \"1\"}}}, {名称: 动, 比重: \"0.6\", 计分: {插值: {点: [{值: \"0\", 比例: \"0\"}, {值: \"1\", 比例: \"1\"}]}}}]}}",
];

fn rule() -> RuleSet {
    let items: String = METHODS
        .iter()
        .enumerate()
        .map(|(index, method)| {
            format!("  - {{代码: A{index}, 名称: 项目{index}, 满分: \"10\", 取数: 率{index}, 计分: {method}}}\n")
        })
        .collect();
    let yaml = format!(
        "办法: 考评办法\n编号: KP\n版本: 1\n生效: 2021-10\n计分精度: {{小数位: 2, 舍入: 四舍五入}}\n\
         缺项: 按比例折算\n并列: {{方式: 同分同名次, 依次比较: [A0]}}\n满分: \"150\"\n\
         组别: [{{代码: X, 名称: 甲组}}, {{代码: Y, 名称: 乙组}}]\n维度:\n- 名称: 工作\n  项目:\n{items}"
    );
    RuleSet::parse(&yaml).unwrap()
}

/// A cell: counted of due, nothing due, or missing.
#[derive(Clone, Debug)]
enum Drawn {
    Rate(u32, u32),
    Nothing,
    Missing,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    prop_oneof![
        20 => (1u32..40).prop_flat_map(|due| (0..=due, Just(due))).prop_map(|(k, n)| Drawn::Rate(k, n)),
        1 => Just(Drawn::Nothing),
        1 => Just(Drawn::Missing),
    ]
}

fn fact(drawn: &Drawn) -> Fact {
    match drawn {
        Drawn::Rate(counted, due) => {
            Fact::ratio(Decimal::from(*counted), Decimal::from(*due), *due)
        }
        Drawn::Nothing => {
            Fact { state: State::NotApplicable("没有任务".to_owned().into()), n: 0 }
        }
        Drawn::Missing => Fact { state: State::Missing("未报送".to_owned().into()), n: 0 },
    }
}

fn city() -> impl Strategy<Value = Vec<Vec<Drawn>>> {
    prop::collection::vec(prop::collection::vec(drawn(), METHODS.len()), 1..9)
}

fn facts(city: &[Vec<Drawn>]) -> Facts {
    let units = city.iter().enumerate().map(|(place, cells)| UnitFacts {
        unit: format!("u{place}"),
        name: format!("单位{place}"),
        group: if place % 3 == 2 { "Y" } else { "X" }.to_owned(),
        facts: cells
            .iter()
            .enumerate()
            .map(|(item, cell)| (format!("率{item}"), fact(cell)))
            .collect(),
    });
    Facts { period: "2021-10".to_owned(), units: units.collect() }
}

fn sheet(rule: &RuleSet, facts: &Facts) -> Sheet {
    Scoring::new(rule, facts, &[]).unwrap().sheet()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_units_changes_nothing(city in city(), turn in 0usize..9) {
        let rule = rule();
        let straight = facts(&city);
        let mut turned = straight.clone();
        let places = turned.units.len();
        turned.units.rotate_left(turn % places);
        turned.units.reverse();
        prop_assert_eq!(sheet(&rule, &straight).canonical(), sheet(&rule, &turned).canonical());
        prop_assert_eq!(straight.canonical(), turned.canonical());
    }

    #[test]
    fn one_more_on_time_never_lowers_the_item(city in city(), unit in 0usize..9, item in 0..METHODS.len()) {
        let rule = rule();
        let unit = unit % city.len();
        let mut better = city.clone();
        let Drawn::Rate(counted, due) = city[unit][item].clone() else { return Ok(()) };
        if counted == due {
            return Ok(());
        }
        better[unit][item] = Drawn::Rate(counted + 1, due);
        let (before, after) = (sheet(&rule, &facts(&city)), sheet(&rule, &facts(&better)));
        let id = format!("u{unit}");
        let points = |sheet: &Sheet| {
            sheet.unit(&id).unwrap().part(&format!("A{item}")).unwrap().points().unwrap()
        };
        prop_assert!(points(&after) >= points(&before), "{}: {} after {}", METHODS[item], points(&after), points(&before));
    }

    #[test]
    fn parts_make_the_total_and_every_part_is_explained(city in city()) {
        let rule = rule();
        let facts = facts(&city);
        let scoring = Scoring::new(&rule, &facts, &[]).unwrap();
        let sheet = scoring.sheet();
        for unit in &sheet.units {
            let is_open = unit.parts.iter().any(|part| matches!(part.outcome, Outcome::Unscorable(_)));
            let sum: Decimal = unit.parts.iter().filter_map(Part::points).sum();
            prop_assert_eq!(unit.total, (!is_open).then_some(sum));
            for part in &unit.parts {
                // As shown: with the published decimals and not one more.
                prop_assert!(part.points().is_none_or(|points| points.scale() <= 2));
            }
            let explained = scoring.explain(unit).unwrap();
            // Its group alone explains it the same.
            let (own, _) = facts.of_group(&[], &unit.group);
            let alone = Scoring::new(&rule, &own, &[]).unwrap();
            prop_assert_eq!(alone.explain(unit).unwrap(), explained.clone());
            let items = explained.dimensions.iter().map(|one| one.items.len()).sum::<usize>();
            prop_assert_eq!(items + explained.others.len(), unit.parts.len());
        }
    }

    #[test]
    fn any_figure_gives_points_within_full_marks_or_its_reason(mantissa in any::<i128>(), scale in 0u32..28, is_rate in any::<bool>()) {
        let number = figure(mantissa, scale);
        let rule = rule();
        let mut facts = facts(&[vec![Drawn::Rate(1, 2); METHODS.len()], vec![Drawn::Rate(1, 3); METHODS.len()]]);
        for item in 0..METHODS.len() {
            let fact = if is_rate { Fact::ratio(number, Decimal::from(7), 1) } else { Fact::number(number, 1) };
            facts.units[0].facts.insert(format!("率{item}"), fact);
        }
        let shown = sheet(&rule, &facts);
        let is_bounded = decimal::is_bounded(number);
        for unit in &shown.units {
            for (part, method) in unit.parts.iter().zip(METHODS) {
                match &part.outcome {
                    Outcome::Points(points) => {
                        prop_assert!(*points >= Decimal::ZERO && *points <= Decimal::TEN, "{method}: {points} of {number}");
                    }
                    // What is longer than figures may be is told as such, and only of its own unit.
                    Outcome::Unscorable(why) => {
                        prop_assert!(unit.unit == "u0" && !is_bounded, "{method}: {why:?} of {number}");
                        prop_assert!(matches!(why, Unscorable::OutOfBounds { .. }), "{method}: {why:?}");
                    }
                    Outcome::NotApplicable(why) => prop_assert!(false, "{method}: {why:?}"),
                }
            }
            prop_assert_eq!(unit.total.is_some(), is_bounded || unit.unit != "u0");
        }
        prop_assert_eq!(sheet(&rule, &facts).canonical(), shown.canonical());
    }

    #[test]
    fn a_spoilt_document_is_refused_with_places_or_works_like_any_other(
        at in any::<prop::sample::Index>(), length in 0usize..12,
        word in prop_oneof!["[ -~]{0,6}", "[0-9.\\-]{1,20}", "[项目计分满分组别输入：，{}\\[\\]\"\n]{1,5}"],
    ) {
        let source = rule().yaml();
        let chars: Vec<char> = source.chars().collect();
        let from = at.index(chars.len());
        let upto = (from + length).min(chars.len());
        let spoilt: String =
            chars[..from].iter().chain(&word.chars().collect::<Vec<_>>()).chain(&chars[upto..]).collect();
        match RuleSet::parse(&spoilt) {
            Err(problems) => {
                prop_assert!(!problems.is_empty() && problems.len() <= 50);
                let lines = spoilt.lines().count();
                for problem in &problems {
                    prop_assert!(!problem.message.zh.is_empty() && !problem.message.en.is_empty());
                    prop_assert!(problem.at.is_none_or(|at| (1..=lines + 1).contains(&at.line)), "{problem:?}");
                    prop_assert!(problem.at.is_some() || !problem.path.is_empty(), "{problem:?}");
                }
            }
            Ok(rule) => {
                prop_assert_eq!(&RuleSet::parse(&rule.canonical()).unwrap(), &rule);
                prop_assert_eq!(&RuleSet::parse(&rule.yaml()).unwrap(), &rule);
                prop_assert_eq!(&RuleSet::stored(&rule.canonical()).unwrap(), &rule);
                let print = |lang| rules::print::lines(&rule, lang).len();
                prop_assert_eq!(print(Lang::Zh), print(Lang::En));
                let facts = facts(&[vec![Drawn::Rate(1, 2); METHODS.len()]]);
                // A group may have lost its code; then the facts are refused, and that is all.
                if let Ok(scoring) = Scoring::new(&rule, &facts, &[]) {
                    let sheet = scoring.sheet();
                    let explained = sheet.units.iter().filter_map(|unit| scoring.explain(unit)).count();
                    prop_assert_eq!(explained, sheet.units.len());
                }
            }
        }
    }

    #[test]
    fn no_text_at_all_makes_the_reader_panic(text in "[ -~维度项目计分{}\\[\\]:,\"0-9\n]{0,200}") {
        let problems = RuleSet::parse(&text).unwrap_err();
        prop_assert!(problems.iter().all(|one| !one.text(Lang::Zh).is_empty() && !one.text(Lang::En).is_empty()));
    }
}

/// Any number that a decimal can hold.
fn figure(mantissa: i128, scale: u32) -> Decimal {
    let mantissa = mantissa % 70_000_000_000_000_000_000_000_000_000;
    // Half of them within the bounds of figures.
    let mantissa = if mantissa % 2 == 0 { mantissa % 1_000_000_000_000_000 } else { mantissa };
    Decimal::try_from_i128_with_scale(mantissa, if mantissa % 2 == 0 { scale % 13 } else { scale })
        .unwrap()
}
