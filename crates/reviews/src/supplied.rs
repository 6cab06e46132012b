//! What the measures supply to a month: the figures of every unit and the places of the journal
//! behind them, read once for all rule sets together.

use std::collections::{BTreeMap, BTreeSet};

use journal::{Result, Tx, Value as SqlValue};
use kernel::msg;
use measures::store::Traced;
use measures::{Asked, Call, Figure};
use rules::facts::{Fact, Facts, State, UnitFacts, Value};
use rules::frozen::evidence::{CellPlaces, Evidence};
use rules::rule_set::RuleSet;
use rules::rule_set::input::Input;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::library::Library;
use crate::scoring::Peers;

/// Figures and places, by the inputs as rules write them.
pub(crate) struct Supplied {
    by_call: BTreeMap<String, One>,
}

/// What one input came to.
struct One {
    asked: Asked<'static>,
    figures: BTreeMap<Uuid, Figure>,
    places: Vec<(Uuid, i64)>,
}

/// How much is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Figures only.
    Figures,
    /// The places behind them as well, to be kept as evidence.
    Places,
}

impl Supplied {
    /// Reads what the inputs of rule sets call, one population after the other. `told` hears how
    /// many of all statements are done.
    pub(crate) async fn read(
        tx: &mut Tx,
        call: &Call,
        (library, rules, depth): (&Library, &[RuleSet], Depth),
        told: impl Fn(usize, usize),
    ) -> Result<Self> {
        let inputs: BTreeSet<String> =
            rules.iter().flat_map(RuleSet::calls).map(Input::call).collect();
        let mut populations: BTreeMap<&str, Vec<(String, Asked<'static>)>> = BTreeMap::new();
        for input in inputs {
            let Some(asked) = library.asked(&input).cloned() else { continue };
            populations.entry(asked.measure.population.code).or_default().push((input, asked));
        }
        let all = populations.len();
        let mut by_call = BTreeMap::new();
        for (before, inputs) in populations.into_values().enumerate() {
            let (names, asked): (Vec<String>, Vec<Asked<'static>>) = inputs.into_iter().unzip();
            let found = match depth {
                Depth::Figures => figures(tx, call, &asked).await?,
                Depth::Places => measures::store::traced(tx, call, &asked).await?,
            };
            by_call.extend(names.into_iter().zip(asked.into_iter().zip(found)).map(
                |(name, (asked, Traced { figures, places }))| {
                    let figures = figures.into_iter().map(|figure| (figure.unit, figure)).collect();
                    (name, One { asked, figures, places })
                },
            ));
            told(before + 1, all);
        }
        Ok(Self { by_call })
    }

    /// The figures of a rule set's units and the places behind them.
    pub(crate) fn of(&self, call: &Call, rule: &RuleSet, peers: &Peers) -> (Facts, Evidence) {
        let inputs: Vec<String> = rule.calls().iter().map(|input| input.call()).collect();
        let units = peers.of(rule).map(|(id, name, group)| UnitFacts {
            unit: id.to_string(),
            name: name.to_owned(),
            group: group.to_owned(),
            facts: inputs.iter().map(|input| (input.clone(), self.fact(input, id))).collect(),
        });
        let facts = Facts { period: call.month().to_string(), units: units.collect() };
        let scored: BTreeSet<Uuid> = peers.of(rule).map(|(id, ..)| id).collect();
        let evidence = self.evidence(&inputs, &scored);
        (facts, evidence)
    }

    fn fact(&self, input: &str, unit: Uuid) -> Fact {
        match self.by_call.get(input) {
            Some(one) => converted(&one.asked, one.figures.get(&unit)),
            None => unsupplied(input),
        }
    }

    /// The places behind each figure of the units that are scored.
    fn evidence(&self, inputs: &[String], scored: &BTreeSet<Uuid>) -> Evidence {
        let mut cells: BTreeMap<(Uuid, &str), Vec<i64>> = BTreeMap::new();
        for (input, one) in inputs.iter().filter_map(|i| Some((i.as_str(), self.by_call.get(i)?))) {
            for (unit, seq) in one.places.iter().filter(|(unit, _)| scored.contains(unit)) {
                cells.entry((*unit, input)).or_default().push(*seq);
            }
        }
        let cell = |((unit, input), places): ((Uuid, &str), Vec<i64>)| CellPlaces {
            unit: unit.to_string(),
            call: input.to_owned(),
            places,
        };
        Evidence::new(&cells.into_iter().map(cell).collect::<Vec<_>>())
    }
}

/// Figures whose places nobody asks for.
async fn figures(tx: &mut Tx, call: &Call, asked: &[Asked<'_>]) -> Result<Vec<Traced>> {
    let everybody = |_: &mut Vec<SqlValue>| String::new();
    let found = measures::store::figures(tx, call, asked, everybody).await?;
    Ok(found.into_iter().map(|figures| Traced { figures, places: Vec::new() }).collect())
}

/// A figure of the measures as the engine takes it.
fn converted(asked: &Asked<'_>, figure: Option<&Figure>) -> Fact {
    let fact = asked.measure.fact(figure);
    let n = u32::try_from(fact.n).unwrap_or(u32::MAX);
    let decimals = asked.measure.decimals;
    let state = match fact.state {
        measures::State::Known(measures::Value::Number(number)) => {
            State::Known(Value::Number(Decimal::new(number, decimals).normalize()))
        }
        measures::State::Known(measures::Value::Ratio { numerator, denominator }) => {
            State::Known(Value::Ratio {
                numerator: Decimal::new(numerator, decimals).normalize(),
                denominator: Decimal::new(denominator, decimals).normalize(),
            })
        }
        measures::State::NotApplicable(why) => State::NotApplicable(why.into()),
        measures::State::Missing(why) => State::Missing(why.into()),
    };
    Fact { state, n }
}

/// Nothing in this city supplies such a figure.
fn unsupplied(call: &str) -> Fact {
    let why = msg!("指标库中没有“{call}”", "the library has no “{call}”");
    Fact { state: State::Missing(why.into()), n: 0 }
}
