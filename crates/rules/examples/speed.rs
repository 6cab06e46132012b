//! Measures the engine: 3,000 units in 60 groups, 40 items of all common methods.
//!
//! `cargo run --release -p rules --example speed`
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::time::{Duration, Instant};

use rules::engine::Scoring;
use rules::facts::{Fact, Facts, UnitFacts};
use rules::frozen::evidence::{CellPlaces, Evidence};
use rules::frozen::{Frozen, FrozenPart, Piece, bundle};
use rules::noise::noise;
use rules::rule_set::RuleSet;
use rules::split_mix::SplitMix;
use rules::stability::{Draws, stability};
use rust_decimal::Decimal;

const UNITS: u32 = 3_000;
const GROUPS: u32 = 60;
const ITEMS: u32 = 40;
const DRAWS: Draws = Draws { seed: 20_211_101, draw_count: 1_000, place_count: 3 };
const METHODS: [&str; 10] = [
    "{比率: {目标: \"0.95\"}}",
    "{逐点加减: {基准: \"0.95\", 每: \"0.01\", 减: \"0.3\"}}",
    "{分档: {方向: 越大越好, 档: [{界: \"0.95\", 得分: \"10\"}, {界: \"0.8\", 得分: \"7\"}], 其余: \"3\"}}",
    "{功效系数: {满意值: \"0.98\", 不允许值: \"0.6\", 基础分比例: \"0.6\"}}",
    "{名次: {方向: 越大越好, 递减: {首末: {第一名: \"1\", 末名: \"0.4\"}}}}",
    "{极差: {方向: 越大越好, 保底: \"0.5\"}}",
    "{标准分: {方向: 越大越好, 均值得分: \"0.8\", 每标准差: \"0.1\"}}",
    "{累进: {段: [{至: \"0.5\", 每: \"0.1\", 加: \"1\"}, {每: \"0.1\", 加: \"0.8\"}]}}",
    "{公式: {式: \"满分 * 限(0.6 + 0.4 * (实际 - 0.065) / 0.9, 0, 1)\"}}",
    "{逐件: {从满分起: 是, 事项: [{每件: \"-0.5\"}]}}",
];

fn main() {
    let rule = match RuleSet::parse(&document()) {
        Ok(rule) => rule,
        Err(problems) => return println!("{}", problems.len()),
    };
    let facts = facts();
    let Ok(scoring) = Scoring::new(&rule, &facts, &[]) else { return };
    println!("units {UNITS}, groups {GROUPS}, items {ITEMS}; the best of 5 runs");
    tell("plain: facts in place, all scored and ranked", || {
        Scoring::new(&rule, &facts, &[]).map_or(0, |scoring| scoring.sheet().units.len())
    });
    let sheet = scoring.sheet();
    let ranked = sheet.units.iter().filter(|unit| unit.rank().is_some()).count();
    println!("ranked {ranked}; sheet {} bytes", sheet.canonical().len());
    tell("explained: the same and every sentence in two languages", || {
        let Ok(scoring) = Scoring::new(&rule, &facts, &[]) else { return 0 };
        let sheet = scoring.sheet();
        sheet
            .units
            .iter()
            .filter_map(|unit| scoring.explain(unit))
            .map(|one| one.dimensions.len())
            .sum()
    });
    tell("one explanation", || {
        sheet.units.first().and_then(|unit| scoring.explain(unit)).map_or(0, |_| 1)
    });
    tell("one explanation, every unit put in place for it", || {
        let Ok(scoring) = Scoring::new(&rule, &facts, &[]) else { return 0 };
        sheet.units.first().and_then(|unit| scoring.explain(unit)).map_or(0, |_| 1)
    });
    tell("one explanation, its group put in place for it", || {
        let Some(unit) = sheet.units.first() else { return 0 };
        let (own, _) = facts.of_group(&[], &unit.group);
        let Ok(scoring) = Scoring::new(&rule, &own, &[]) else { return 0 };
        scoring.explain(unit).map_or(0, |_| 1)
    });
    tell("canonical bytes of the sheet", || sheet.canonical().len());
    tell("stability: 1,000 draws of weights", || stability(&sheet, DRAWS).len());
    let mut one_group = scoring.sheet();
    one_group.units.iter_mut().for_each(|unit| "G0".clone_into(&mut unit.group));
    tell("stability: the same with all units in one group", || stability(&one_group, DRAWS).len());
    let few = Draws { draw_count: 200, ..DRAWS };
    tell("noise: 200 draws of one group of 50 units", || {
        noise(&rule, &facts, &[], "G0", few).map_or(0, |found| found.len())
    });
    tell("rule set read from YAML", || RuleSet::parse(&document()).map_or(0, |_| 1));
    let keys: String = (0..15_000).map(|n| format!("k{n}: 1, ")).collect();
    let hostile =
        [format!("{{{keys}}}"), format!("a: [{}]", "1,".repeat(120_000)), "[".repeat(200_000)];
    for source in &hostile {
        tell("hostile document refused", || {
            RuleSet::parse(source).err().map_or(0, |all| all.len())
        });
    }
    frozen(&rule, &facts);
}

/// The frozen month with 800,000 records behind it, in a journal of ten million entries.
fn frozen(rule: &RuleSet, facts: &Facts) {
    let evidence = Evidence::new(&cells());
    println!("evidence: {} places, {} bytes", evidence.place_count(), evidence.encode().len());
    let Ok((_, part)) = FrozenPart::score(rule, facts, &[], &evidence) else { return };
    for piece in Piece::ALL {
        println!("{}: {} bytes", piece.file(), part.bytes(piece).len());
    }
    let Ok(month) = Frozen::new(facts.period.clone(), 10_000_000, vec![part], None) else { return };
    let Ok(packed) = bundle::write(&month) else { return };
    println!("frozen month packed: {} bytes (the aim is 5,000,000 at most)", packed.len());
    tell("frozen month: its root", || usize::from(month.root().0[0]));
    tell("frozen month: packed", || bundle::write(&month).map_or(0, |packed| packed.len()));
    tell("frozen month: unpacked", || bundle::read(&packed).map_or(0, |_| 1));
    let manifest = month.manifest();
    tell("frozen month: checked and scored again", || month.check(&manifest).len());
}

/// Between 1 and 12 places for each cell, all over the journal.
fn cells() -> Vec<CellPlaces> {
    const ENTRIES: u32 = 10_000_000;
    let mut random = SplitMix::new(2);
    let mut cells = Vec::new();
    for unit in 0..UNITS {
        for item in 0..ITEMS {
            let count = 1 + random.below(13);
            let places = (0..count).map(|_| i64::from(random.below(ENTRIES)));
            let places = places.collect();
            cells.push(CellPlaces {
                unit: format!("u{unit:04}"),
                call: format!("数{item}"),
                places,
            });
        }
    }
    cells
}

fn tell(what: &str, run: impl Fn() -> usize) {
    let times = (0..5).map(|_| {
        let (started, before) = (Instant::now(), on_processor());
        std::hint::black_box(run());
        let spent = on_processor().zip(before).map(|(after, before)| after.saturating_sub(before));
        (spent.unwrap_or_default(), started.elapsed())
    });
    let (spent, elapsed) = times.min().unwrap_or_default();
    println!("{what}: {spent:.1?} on the processor, {elapsed:.1?} by the clock");
}

/// How long this thread was on a processor, on Linux: a busy machine does not spoil it.
fn on_processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn document() -> String {
    let groups: Vec<String> = (0..GROUPS).map(|n| format!("{{代码: G{n}, 名称: 组{n}}}")).collect();
    let methods = METHODS.iter().cycle().take(ITEMS as usize).enumerate();
    let items: Vec<String> = methods
        .map(|(n, method)| {
            format!("  - {{代码: I{n}, 名称: 项目{n}, 满分: \"10\", 依据: 第{n}条, 取数: {{取数: 数{n}, 单位: \"%\"}}, 计分: {method}}}\n")
        })
        .collect();
    format!(
        "办法: 测速\n编号: S\n版本: 1\n生效: 2021-10\n计分精度: {{小数位: 2, 舍入: 四舍五入}}\n\
         缺项: 按比例折算\n并列: {{方式: 同分同名次}}\n满分: \"400\"\n组别: [{}]\n维度:\n- 名称: 全部\n  项目:\n{}",
        groups.join(", "),
        items.concat()
    )
}

fn facts() -> Facts {
    let mut random = SplitMix::new(1);
    let units = (0..UNITS).map(|n| {
        let cells = (0..ITEMS).map(|item| {
            let due = 20 + random.below(200);
            let done = due - random.below(due / 4);
            let fact = Fact::ratio(Decimal::from(done), Decimal::from(due), due);
            (format!("数{item}"), fact)
        });
        UnitFacts {
            unit: format!("u{n:04}"),
            name: format!("单位{n}"),
            group: format!("G{}", n % GROUPS),
            facts: cells.collect(),
        }
    });
    Facts { period: "2021-10".to_owned(), units: units.collect() }
}
