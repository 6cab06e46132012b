//! Random cities on both engines: every figure is what the records behind it add up to and what a
//! model says; what happens later changes nothing; equal facts give equal figures.

use std::collections::BTreeMap;
use std::sync::Mutex;

use kernel::Day;
use measures::{Args, Asked, Call, Figure, Measure, ParamKind, store};
use testkit::{City, each_engine};

use crate::life::{Evening, Life, UNITS};
use crate::measured as plans;
use crate::model::Slip;

/// Figures by measure as asked and unit.
type Figures = BTreeMap<(String, usize), (i64, Option<i64>, i64)>;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// What former reviews and statements say is told of in their own stories.
const OF_REVIEWS: [&str; 2] = ["review_places", "promises"];

/// What rooms supply besides.
fn all() -> Vec<&'static Measure> {
    let supplies = plans().into_iter().filter_map(|plan| plan.measures);
    supplies.flat_map(|s| s.measures).filter(|m| !OF_REVIEWS.contains(&m.population.code)).collect()
}

/// Every measure in its usual form, and with each other word of each parameter.
fn asked() -> Vec<Asked<'static>> {
    let mut asked = Vec::new();
    for measure in all() {
        let usual = Args::read(measure.params, |_| None).unwrap();
        asked.push(Asked { measure, args: usual });
        for param in measure.params {
            let ParamKind::Choice(words) = param.kind else { continue };
            // The first word is the usual one.
            for word in &words[1..] {
                let given = |code: &str| Some(word.code).filter(|_| code == param.code);
                let args = Args::read(measure.params, given).unwrap();
                asked.push(Asked { measure, args });
            }
        }
    }
    asked
}

/// The question of a period, on an evening.
async fn question(city: &City, period: (Day, Day), seq: i64, evening: Day) -> Call {
    let mut tx = city.read().await;
    let calendar =
        people::store::calendar(&mut tx, city.id(), period.0, period.1.plus(30)).await.unwrap();
    Call::new(city.id(), period, (seq, evening.plus(1)), (&City::zone(), calendar))
}

fn everything(_: &mut Vec<journal::Value>) -> String {
    String::new()
}

/// All figures; each is held against the records behind it.
async fn figures(city: &City, call: &Call) -> Figures {
    let mut tx = city.read().await;
    let asked = asked();
    let found = store::figures(&mut tx, call, &asked, everything).await.unwrap();
    let traced = store::traced(&mut tx, call, &asked).await.unwrap();
    let mut figures = Figures::new();
    for ((asked, found), traced) in asked.iter().zip(found).zip(traced) {
        assert_eq!(traced.figures, found, "{} without and with its places", asked.call());
        for (n, name) in UNITS.iter().enumerate() {
            let unit = city.unit(name);
            let figure = found.iter().find(|figure| figure.unit == unit);
            let records = store::records(&mut tx, call, (asked, unit), (None, 10_000), everything);
            let records = records.await.unwrap();
            let added = Figure {
                unit,
                numerator: records.iter().map(|r| r.numerator).sum(),
                denominator: figure.and_then(|f| f.denominator.map(|_| 0)).map(|_| {
                    records.iter().map(|r| r.denominator.expect("a rate has weights")).sum()
                }),
                n: i64::try_from(records.len()).unwrap(),
            };
            assert_eq!(figure.copied().unwrap_or(added), added, "{} of {name}", asked.call());
            let mut places: Vec<_> = records.iter().map(|record| (unit, record.seq)).collect();
            places.sort_unstable();
            let of_unit = traced.places.iter().copied().filter(|(of, _)| *of == unit);
            assert_eq!(of_unit.collect::<Vec<_>>(), places, "{} of {name}", asked.call());
            assert!(figure.is_some() || added.n == 0, "{} of {name} is left out", asked.call());
            if added.n > 0 {
                let key = (asked.call(), n);
                figures.insert(key, (added.numerator, added.denominator, added.n));
            }
        }
    }
    figures
}

/// What the model says of an evening, for measures in their usual form.
fn hold_against_the_model(figures: &Figures, evening: &Evening, (from, to): (Day, Day)) {
    let edge = to.plus(1).min(evening.day.plus(1));
    for measure in all() {
        let args = Args::read(measure.params, |_| None).unwrap();
        let name = Asked { measure, args }.call();
        let expected = evening.model.sums(measure.code, (from, to, edge));
        for (unit, of_unit) in UNITS.iter().enumerate() {
            let (numerator, denominator) = expected.get(&unit).copied().unwrap_or_default();
            let found = figures.get(&(name.clone(), unit)).copied();
            let (n, d) = found.map_or((0, 0), |(n, d, _)| (n, d.unwrap_or_default()));
            let what = format!("{name} of {of_unit}, {from} to {to} on {}", evening.day);
            assert_eq!((n, d), (numerator, denominator), "{what}");
        }
    }
    let of = |unit: usize, is_it: &dyn Fn(&Slip) -> bool| {
        let slips = evening.model.slips.iter();
        let counts = slips.filter(|slip| !slip.withdrawn && slip.unit == unit && is_it(slip));
        i64::try_from(counts.count()).unwrap()
    };
    let slips_found = |word: &str, unit: usize| {
        figures.get(&(format!("督办单件数({word})"), unit)).map_or(0, |found| found.2)
    };
    for unit in 0..UNITS.len() {
        for (colour, word) in [("blue", "蓝"), ("yellow", "黄"), ("orange", "橙"), ("red", "红")]
        {
            let is_it = |s: &Slip| from <= s.issued && s.issued <= to && s.colour == colour;
            assert_eq!(
                slips_found(&format!("颜色={word},时段=本期"), unit),
                of(unit, &is_it),
                "{colour}"
            );
        }
        // No life begins before January's period.
        let earlier = of(unit, &|slip| slip.issued < from);
        assert_eq!(slips_found("颜色=全部,时段=年内本期以前", unit), earlier, "before {from}");
    }
}

const SEEDS: [u64; 3] = [7, 1_949, 20_211_101];

#[test]
fn figures_are_their_records_and_the_models_and_never_change_afterwards() {
    let by_engine: Mutex<Vec<Vec<Figures>>> = Mutex::default();
    each_engine(plans, async |city| {
        let mut all_figures = Vec::new();
        for seed in SEEDS {
            // Each seed lives in a city of its own, founded before what happens in it.
            city.set_clock("2021-08-30", "08:00");
            let city = city.twin().await;
            let mut life = Life::new(&city, seed);
            let evenings = life.live(day("2021-08-30"), day("2021-10-28")).await;
            let period = (day("2021-09-26"), day("2021-10-25"));
            let before = (day("2021-08-30"), day("2021-09-25"));
            let mut kept = Vec::new();
            for evening in evenings.iter().filter(|e| e.day >= day("2021-09-24")).step_by(5) {
                for period in [period, before] {
                    let call = question(&city, period, evening.seq, evening.day).await;
                    let figures = figures(&city, &call).await;
                    hold_against_the_model(&figures, evening, period);
                    kept.push((call, figures));
                }
            }
            // Extensions, reopenings, withdrawals, corrections: all later.
            life.live(day("2021-10-29"), day("2021-11-20")).await;
            for (call, figures_then) in &kept {
                assert_eq!(&figures(&city, call).await, figures_then, "later facts changed it");
            }
            let is_there = |name: &str| {
                kept.iter().any(|(_, f)| f.keys().any(|(call, _)| call.starts_with(name)))
            };
            for measure in all() {
                assert!(is_there(measure.name.zh), "{} never counted anything", measure.name.zh);
            }
            city.verify().await;
            all_figures.extend(kept.into_iter().map(|(_, figures)| figures));
        }
        by_engine.lock().unwrap().push(all_figures);
    });
    let by_engine = by_engine.into_inner().unwrap();
    assert_eq!(by_engine[0], by_engine[1], "both engines say the same");
}
