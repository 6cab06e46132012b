//! Random sheets on both engines: every figure is what the records behind it add up to and what a
//! model says; what happens later changes nothing; equal facts give equal figures.

use std::collections::BTreeMap;
use std::sync::Mutex;

use assignments::demo::chance::Chance;
use kernel::Role;
use measures::{Asked, Call, Figure, store};
use serde_json::Value;
use testkit::{City, each_engine};

use crate::common::{
    COUNTIES, SOURCE, added, asked, check, early, enterer, everything, items, plans, post, question,
};

const NAMES: [(&str, &str); 3] =
    [("全省位次", "number"), ("解决率", "rate"), ("抽查不实", "event")];
const MONTHS: [&str; 2] = ["2021-09", "2021-10"];
const STEPS: u32 = 120;

/// What a value says: numerator and denominator in ten-thousandths; none when it is missing.
type Said = Option<(i64, i64)>;

/// A value: what waits, and what counts.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    waiting: Option<Said>,
    counting: Option<Said>,
}

/// By indicator, month, unit and, for events, what happened.
type Model = BTreeMap<(usize, usize, usize, String), Held>;

/// Numerator, denominator and records of the units, by measure as asked.
type Figures = BTreeMap<(String, usize), (i64, i64, i64)>;

struct Life<'c> {
    city: &'c City,
    cards: Vec<String>,
    chance: Chance,
    model: Model,
    step: u32,
}

impl Life<'_> {
    fn pick(&mut self, n: usize) -> usize {
        usize::try_from(self.chance.below(u32::try_from(n).unwrap())).unwrap()
    }

    async fn live(&mut self) {
        self.chance = Chance::of(&["填报", &self.step.to_string()]);
        let (indicator, month, unit) = (self.pick(3), self.pick(2), self.pick(3));
        match self.pick(7) {
            0..3 if indicator < 2 => self.enter((indicator, month, unit)).await,
            0..3 => self.happen((month, unit)).await,
            3 | 4 => self.check((indicator, month)).await,
            5 => self.send_back((indicator, month)).await,
            _ => self.withdraw((indicator, month)).await,
        }
    }

    fn at(&self, indicator: usize, month: usize, path: &str) -> String {
        format!("{}/{}/{path}", self.cards[indicator], MONTHS[month])
    }

    async fn enter(&mut self, (indicator, month, unit): (usize, usize, usize)) {
        // No two are alike, so that each is another vintage.
        let n = i64::from(self.step) + 1;
        let said = (!self.chance.percent(25)).then_some((n * 10_000 + 5_000, n * 20_000));
        let table = if indicator == 0 { "numbers" } else { "rates" };
        let mut fields: Vec<(String, String)> =
            SOURCE.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let mut cell = |column: &str, value: String| {
            fields.push((format!("{table}.0.{column}"), value));
        };
        cell("unit", self.city.unit(COUNTIES[unit]).to_string());
        match said {
            Some(_) => cell("numerator", format!("{n}.5")),
            None => cell("missing", format!("原因{n}")),
        }
        if said.is_some() && indicator == 1 {
            cell("denominator", (n * 2).to_string());
        }
        fields.push(("reason".into(), "更正".into()));
        let path = self.at(indicator, month, "values");
        post(&enterer(self.city), &path, &fields).await.is(303);
        let held = self.model.entry((indicator, month, unit, String::new())).or_default();
        held.waiting = Some(said);
    }

    async fn happen(&mut self, (month, unit): (usize, usize)) {
        let (id, what) = (self.city.unit(COUNTIES[unit]).to_string(), format!("事件{}", self.step));
        let mut fields =
            vec![("unit", id.as_str()), ("happened_on", "2021-09-10"), ("happening", &what)];
        fields.extend(SOURCE);
        let path = self.at(2, month, "events");
        enterer(self.city).post(&path, &fields).await.is(303);
        self.model.entry((2, month, unit, what)).or_default().waiting = Some(Some((1, 0)));
    }

    fn of(&mut self, (indicator, month): (usize, usize)) -> Vec<&mut Held> {
        let is_it = |key: &&(usize, usize, usize, String)| (key.0, key.1) == (indicator, month);
        let held = self.model.iter_mut().filter(|(key, _)| is_it(key)).map(|(_, held)| held);
        held.filter(|held| held.waiting.is_some()).collect()
    }

    async fn check(&mut self, of: (usize, usize)) {
        if self.of(of).is_empty() {
            return;
        }
        check(self.city, &self.cards[of.0], MONTHS[of.1]).await;
        for held in self.of(of) {
            held.counting = held.waiting.take();
        }
    }

    async fn send_back(&mut self, of: (usize, usize)) {
        let officer = self.city.as_(Role::Officer);
        let items = items(&officer, &self.cards[of.0], MONTHS[of.1]).await;
        let waiting = items.iter().filter(|item| item["value"]["state"] == "entered");
        let mut fields = vec![("whole".to_owned(), "each".to_owned())];
        for (place, item) in waiting.enumerate() {
            let cells = [
                ("observation", item["value"]["id"].as_str().unwrap()),
                ("verdict", "returned"),
                ("remark", "再核"),
            ];
            let cell =
                |(column, value): (&str, &str)| (format!("values.{place}.{column}"), value.into());
            fields.extend(cells.map(cell));
        }
        if fields.len() > 1 {
            post(&officer, &self.at(of.0, of.1, "check"), &fields).await.is(303);
        }
        for held in self.of(of) {
            held.waiting = None;
        }
    }

    /// What counts and is the newest is taken back.
    async fn withdraw(&mut self, (indicator, month): (usize, usize)) {
        let officer = self.city.as_(Role::Officer);
        let items = items(&officer, &self.cards[indicator], MONTHS[month]).await;
        let checked = items.iter().find(|item| item["value"]["state"] == "checked");
        let Some(item) = checked else { return };
        let id = item["value"]["id"].as_str().unwrap();
        let path = format!("/observations/{id}/withdrawal");
        officer.post(&path, &[("reason", "撤回")]).await.is(303);
        let unit = COUNTIES.iter().position(|unit| item["unit"] == *unit).unwrap();
        let what = if indicator == 2 { text(&item["value"]["happening"]) } else { String::new() };
        self.model.get_mut(&(indicator, month, unit, what)).unwrap().counting = None;
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Events of the year before the period, after the indicators in [`NAMES`].
const EARLIER: usize = NAMES.len();

/// What the model says of a period that begins in one month and ends in another.
fn expected(
    model: &Model,
    (from, to): (usize, usize),
) -> BTreeMap<(usize, usize), (i64, i64, i64)> {
    let mut sums = BTreeMap::new();
    let earlier = model.iter().filter(|((indicator, month, ..), held)| {
        *indicator == 2 && *month < from && matches!(held.counting, Some(Some(_)))
    });
    for ((_, _, unit, _), _) in earlier {
        let sum: &mut (i64, i64, i64) = sums.entry((EARLIER, *unit)).or_default();
        *sum = (sum.0 + 1, 0, sum.2 + 1);
    }
    for ((indicator, month, unit, _), held) in model {
        let within = if *indicator == 2 { from <= *month && *month <= to } else { *month == to };
        let Some(Some((numerator, denominator))) = held.counting.filter(|_| within) else {
            continue;
        };
        let denominator = if *indicator == 1 { denominator } else { 0 };
        let sum: &mut (i64, i64, i64) = sums.entry((*indicator, *unit)).or_default();
        *sum = (sum.0 + numerator, sum.1 + denominator, sum.2 + 1);
    }
    sums
}

/// All figures; each is held against the records behind it.
async fn figures(city: &City, call: &Call, asked: &[Asked<'static>]) -> Figures {
    let mut tx = city.read().await;
    let found = store::figures(&mut tx, call, asked, everything).await.unwrap();
    let traced = store::traced(&mut tx, call, asked).await.unwrap();
    let mut figures = Figures::new();
    for ((asked, found), traced) in asked.iter().zip(found).zip(traced) {
        assert_eq!(traced.figures, found, "{} without and with its places", asked.call());
        for (n, name) in COUNTIES.iter().enumerate() {
            let unit = city.unit(name);
            let figure = found.iter().find(|figure| figure.unit == unit).copied();
            let records = store::records(&mut tx, call, (asked, unit), (None, 1_000), everything);
            let records = records.await.unwrap();
            let is_rate = asked.measure.code == "entered_rate";
            let denominator: i64 = records.iter().filter_map(|record| record.denominator).sum();
            let added = Figure {
                unit,
                numerator: records.iter().map(|record| record.numerator).sum(),
                denominator: is_rate.then_some(denominator),
                n: i64::try_from(records.len()).unwrap(),
            };
            assert_eq!(figure.unwrap_or(added), added, "{} of {name}", asked.call());
            assert!(figure.is_some() || added.n == 0, "{} of {name} is left out", asked.call());
            if added.n > 0 {
                let key = (asked.call(), n);
                figures.insert(key, (added.numerator, denominator, added.n));
            }
        }
    }
    figures
}

/// The same indicator, asked of the year before the period.
async fn earlier(city: &City, name: &str) -> Asked<'static> {
    let all = indicators::store::by_name(&mut city.read().await, city.id()).await.unwrap();
    let row = all.iter().find(|row| row.name == name).unwrap();
    let when = |param: &str| (param == "时段").then_some("年内本期以前");
    indicators::measures::asked_for(row, when).unwrap()
}

#[test]
fn figures_are_their_records_and_the_models_and_never_change_afterwards() {
    let by_engine: Mutex<Vec<Vec<Figures>>> = Mutex::default();
    each_engine(plans, async |city| {
        let city = early(&city).await;
        let mut cards = Vec::new();
        for of in NAMES {
            cards.push(added(&city, of).await);
        }
        let mut all = Vec::new();
        for (name, _) in NAMES {
            all.push(asked(&city, name).await);
        }
        all.push(earlier(&city, NAMES[2].0).await);
        let chance = Chance::of(&["填报"]);
        let mut life = Life { city: &city, cards, chance, model: Model::new(), step: 0 };
        let mut kept = Vec::new();
        let periods =
            [(("2021-09-26", "2021-10-25"), (1, 1)), (("2021-08-26", "2021-10-25"), (0, 1))];
        for step in 0..STEPS {
            life.step = step;
            life.live().await;
            if step % 6 != 5 {
                continue;
            }
            let seq = city.seq().await;
            for (period, months) in periods {
                let call = question(&city, period, seq).await;
                let figures = figures(&city, &call, &all).await;
                let expected = expected(&life.model, months);
                for (i, asked) in all.iter().enumerate() {
                    for (unit, name) in COUNTIES.iter().enumerate() {
                        let model = expected.get(&(i, unit)).copied().unwrap_or_default();
                        let found = figures.get(&(asked.call(), unit)).copied().unwrap_or_default();
                        assert_eq!(found, model, "{} of {name} in {step}", asked.call());
                    }
                }
                kept.push((call, figures));
            }
        }
        for (call, then) in &kept {
            assert_eq!(&figures(&city, call, &all).await, then, "later facts changed it");
        }
        for asked in &all {
            let is_there =
                kept.iter().any(|(_, f)| f.keys().any(|(call, _)| *call == asked.call()));
            assert!(is_there, "{} never counted anything", asked.call());
        }
        city.verify().await;
        by_engine.lock().unwrap().push(kept.into_iter().map(|(_, figures)| figures).collect());
    });
    let by_engine = by_engine.into_inner().unwrap();
    assert_eq!(by_engine[0], by_engine[1], "both engines say the same");
}
