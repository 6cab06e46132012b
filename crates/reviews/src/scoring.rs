//! From what the journal knew at the cut-off to scores: the figures of every unit, the places
//! behind them, what objections changed, and the sheet that the rules make of it.
//!
//! The same review computed twice gives the same bytes: nothing here reads a clock or what came
//! after the cut-off, except what this review itself decided.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use journal::{Error, Result, Tx};
use kernel::{Day, Id, Jurisdiction, Message, Refusal, msg, text};
use measures::{Asked, Call};
use rules::engine::sheet::{Sheet, UnitScore};
use rules::facts::{Adjustment, Change, Fact, Facts, State, UnitFacts, Value};
use rules::frozen::evidence::{CellPlaces, Evidence};
use rules::frozen::{Frozen, FrozenPart, Root};
use rules::rule_set::RuleSet;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::facts::Score;
use crate::library::Library;
use crate::tables::{ObjectionRow, ObjectionState, ReviewRow, Standing};

/// What a review scores by: the text of a version of a rule set.
pub(crate) struct Text {
    /// The version.
    pub(crate) version: Uuid,
    /// Its canonical text.
    pub(crate) document: String,
}

/// A review as computed.
pub(crate) struct Computed {
    /// Everything that is frozen with it.
    pub(crate) frozen: Frozen,
    /// What each unit came to.
    pub(crate) scores: Vec<Score>,
}

/// Computes a review. `previous` is the root of the month before.
pub(crate) async fn compute(
    tx: &mut Tx,
    review: &ReviewRow,
    (texts, library, objections): (&[Text], &Library, &[ObjectionRow]),
    zone: &TimeZone,
    previous: Option<Root>,
) -> Result<Computed> {
    let call = question(tx, review, zone).await?;
    let peers = Peers::read(tx, &call).await?;
    let (mut parts, mut scores) = (Vec::new(), Vec::new());
    for text in texts {
        let rule = read(&text.document)?;
        let (mut facts, evidence) = figures(tx, &call, &rule, (library, &peers)).await?;
        dispute(review, objections, &mut facts);
        let adjustments = adjustments(review, objections, &facts)?;
        let part = FrozenPart::score(&rule, &facts, &adjustments, &evidence)
            .map_err(|told| unfit(told, &rule))?;
        let sheet: Sheet = serde_json::from_str(&part.sheet)?;
        scores.extend(sheet.units.iter().filter_map(|unit| score(unit, &sheet, text.version)));
        parts.push(part);
    }
    demand_once(&scores)?;
    let frozen = Frozen::new(review.month.to_string(), review.cut_seq, parts, previous)
        .map_err(Refusal::Rule)?;
    Ok(Computed { frozen, scores })
}

/// The rule set of a stored text.
pub(crate) fn read(document: &str) -> Result<RuleSet> {
    RuleSet::stored(document)
        .map_err(|problems| Error::fault(format!("a stored rule set cannot be read: {problems:?}")))
}

pub(crate) fn unfit(told: Vec<Message>, rule: &RuleSet) -> Error {
    let name = rule.name.0.as_str();
    let join =
        |of: fn(&Message) -> &str| told.iter().take(5).map(of).collect::<Vec<_>>().join("；");
    let (zh, en) = (join(|m| m.zh.as_str()), join(|m| m.en.as_str()));
    Refusal::Rule(Message {
        zh: format!("不能按“{name}”算分：{zh}"),
        en: format!("“{name}” cannot be scored: {en}"),
    })
    .into()
}

/// A unit is scored by one rule set.
fn demand_once(scores: &[Score]) -> Result<()> {
    let mut seen = BTreeSet::new();
    if scores.iter().all(|score| seen.insert(score.unit)) {
        return Ok(());
    }
    Err(Refusal::rule(text!(
        "有单位同时被两个考评办法考评：两个办法写了同一个组别，请修改后重新印发。",
        "A unit is scored by two rule sets: both name its peer group; change one of them."
    ))
    .into())
}

/// The question to the measures: the period, as known at the cut-off.
pub(crate) async fn question(tx: &mut Tx, review: &ReviewRow, zone: &TimeZone) -> Result<Call> {
    let period = (review.first_on, review.last_on);
    asked(tx, review.jurisdiction_id, (period, review.cut_seq), zone).await
}

/// The same of a month that may have no review.
pub(crate) async fn asked(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    ((from, to), cut_seq): ((Day, Day), i64),
    zone: &TimeZone,
) -> Result<Call> {
    let calendar = people::store::calendar(tx, city, from, to.plus(30)).await?;
    Ok(Call::new(city, (from, to), (cut_seq, to.plus(1)), (zone, calendar)))
}

/// The units of each peer group on the last day of the period, by the group's name.
pub(crate) struct Peers {
    by_group: BTreeMap<String, Vec<(Uuid, String)>>,
}

impl Peers {
    pub(crate) async fn read(tx: &mut Tx, call: &Call) -> Result<Self> {
        let (city, on) = (call.city, call.to);
        let groups = people::store::groups(tx, city).await?;
        let units = people::store::units(tx, city, on).await?;
        let grouping: BTreeMap<Uuid, Uuid> =
            people::store::grouping(tx, city, on).await?.into_iter().collect();
        let mut by_group: BTreeMap<String, Vec<(Uuid, String)>> = BTreeMap::new();
        for unit in units {
            let group = grouping.get(&unit.id).and_then(|id| groups.iter().find(|g| g.id == *id));
            if let Some(group) = group {
                by_group.entry(group.name.clone()).or_default().push((unit.id, unit.short_name));
            }
        }
        Ok(Self { by_group })
    }

    /// The units of a rule set's groups: identifier, name, the group's code.
    fn of<'a>(&'a self, rule: &'a RuleSet) -> impl Iterator<Item = (Uuid, &'a str, &'a str)> {
        rule.groups.iter().flat_map(|group| {
            let members = self.by_group.get(&group.name.0).map(Vec::as_slice).unwrap_or_default();
            members.iter().map(|(id, name)| (*id, name.as_str(), group.code.0.as_str()))
        })
    }
}

/// The figures of a rule set's units and the places behind them.
pub(crate) async fn figures(
    tx: &mut Tx,
    call: &Call,
    rule: &RuleSet,
    (library, peers): (&Library, &Peers),
) -> Result<(Facts, Evidence)> {
    let calls: Vec<String> = rule.calls().iter().map(|input| input.call()).collect();
    let resolved: Vec<Option<Asked<'static>>> =
        calls.iter().map(|call| library.asked(call).cloned()).collect();
    let asked: Vec<Asked<'static>> = resolved.iter().flatten().cloned().collect();
    let everybody = |_: &mut Vec<journal::Value>| String::new();
    let figures = measures::store::figures(tx, call, &asked, everybody).await?;
    let places = measures::store::places(tx, call, &asked).await?;
    let known: Vec<BTreeMap<Uuid, &measures::Figure>> =
        figures.iter().map(|all| all.iter().map(|f| (f.unit, f)).collect()).collect();
    let mut units = Vec::new();
    for (id, name, group) in peers.of(rule) {
        let mut facts = BTreeMap::new();
        let mut supplied = asked.iter().zip(&known);
        for (call, asked) in calls.iter().zip(&resolved) {
            let fact = match asked.as_ref().and_then(|_| supplied.next()) {
                Some((asked, of)) => converted(asked, of.get(&id).copied()),
                None => unsupplied(call),
            };
            facts.insert(call.clone(), fact);
        }
        units.push(UnitFacts {
            unit: id.to_string(),
            name: name.to_owned(),
            group: group.to_owned(),
            facts,
        });
    }
    let facts = Facts { period: call.month().to_string(), units };
    let names = calls.iter().zip(&resolved).filter(|(_, asked)| asked.is_some());
    let evidence = evidence(names.map(|(call, _)| call.as_str()), &places, &facts);
    Ok((facts, evidence))
}

/// The places behind each figure of the units that are scored.
fn evidence<'a>(
    names: impl Iterator<Item = &'a str>,
    places: &[Vec<(Uuid, i64)>],
    facts: &Facts,
) -> Evidence {
    let scored: BTreeSet<&str> = facts.units.iter().map(|unit| unit.unit.as_str()).collect();
    let mut cells: BTreeMap<(String, &str), Vec<i64>> = BTreeMap::new();
    for (name, found) in names.zip(places) {
        for (unit, seq) in found {
            cells.entry((unit.to_string(), name)).or_default().push(*seq);
        }
    }
    let cells: Vec<CellPlaces> = cells
        .into_iter()
        .filter(|((unit, _), _)| scored.contains(unit.as_str()))
        .map(|((unit, call), places)| CellPlaces { unit, call: call.to_owned(), places })
        .collect();
    Evidence::new(&cells)
}

/// A figure of the measures as the engine takes it.
fn converted(asked: &Asked<'_>, figure: Option<&measures::Figure>) -> Fact {
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

/// What is contested counts until it is decided, and is marked.
fn dispute(review: &ReviewRow, objections: &[ObjectionRow], facts: &mut Facts) {
    for objection in objections.iter().filter(|o| o.is_open()) {
        let unit = objection.unit_id.to_string();
        let Some(of) = facts.units.iter_mut().find(|u| u.unit == unit) else { continue };
        let Some(fact) = of.facts.get_mut(&objection.measure) else { continue };
        if let State::Known(value) = fact.state {
            fact.state = State::Disputed(value, objection.label(review));
        }
    }
}

/// What upheld objections change in this review, for the units of these facts.
fn adjustments(
    review: &ReviewRow,
    objections: &[ObjectionRow],
    facts: &Facts,
) -> Result<Vec<Adjustment>> {
    let of_these = |o: &&ObjectionRow| {
        o.state == ObjectionState::Upheld
            && facts.units.iter().any(|u| u.unit == o.unit_id.to_string())
    };
    let adjust = |o: &ObjectionRow| -> Result<Adjustment> {
        let change: Change = serde_json::from_str(&o.change)?;
        Ok(Adjustment {
            unit: o.unit_id.to_string(),
            reference: o.reference(review),
            reason: o.words.clone(),
            change,
        })
    };
    objections.iter().filter(of_these).map(adjust).collect()
}

/// What a unit came to, as the journal and lists hold it.
fn score(unit: &UnitScore, sheet: &Sheet, version: Uuid) -> Option<Score> {
    use rules::engine::sheet::Standing as Place;
    let (standing, rank, ranked) = match &unit.standing {
        Place::Ranked { rank, of, .. } => (Standing::Ranked, Some(rank), *of),
        Place::TooFewTasks => (Standing::TooFewTasks, None, 0),
        Place::Unscorable => (Standing::Unscorable, None, 0),
        Place::NothingApplies => (Standing::NothingApplies, None, 0),
    };
    Some(Score {
        unit: unit.unit.parse().ok()?,
        version,
        group: unit.group.clone(),
        standing,
        total: unit.total.map(|total| total.to_string()),
        rank: rank.map(|rank| rank.normalize().to_string()),
        ranked: i64::try_from(ranked).unwrap_or(i64::MAX),
        last: is_last(unit, sheet),
    })
}

/// Whether somebody stands before a unit in its group and nobody behind it.
fn is_last(unit: &UnitScore, sheet: &Sheet) -> bool {
    let Some(rank) = unit.rank() else { return false };
    let others = sheet.units.iter().filter(|other| other.group == unit.group);
    let ranks: Vec<_> = others.filter_map(UnitScore::rank).collect();
    ranks.iter().all(|other| *other <= rank) && ranks.iter().any(|other| *other < rank)
}
