//! From what the journal knew at the cut-off to scores: the figures of every unit, the places
//! behind them, what objections changed, and the sheet that the rules make of it.
//!
//! The same review computed twice gives the same bytes: nothing here reads a clock or what came
//! after the cut-off, except what this review itself decided.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use journal::{Error, Result, Tx};
use kernel::{Day, Id, Jurisdiction, Message, Refusal, text};
use measures::{Call, ReviewMonth};
use rules::decimal;
use rules::engine::sheet::{Sheet, UnitScore};
use rules::facts::{Adjustment, Change, Facts, State};
use rules::frozen::evidence::Evidence;
use rules::frozen::{Frozen, FrozenPart, Root};
use rules::rule_set::RuleSet;
use rules::rule_set::input::Input;
use uuid::Uuid;

use crate::facts::{Member, Score};
use crate::library::Library;
use crate::supplied::{Depth, Supplied};
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

/// Everything that a month is scored by: read whole, so that scoring asks no database.
pub(crate) struct Ground {
    month: ReviewMonth,
    cut_seq: i64,
    parts: Vec<Part>,
    /// The root of the month before.
    previous: Option<Root>,
}

/// One rule set with what it scores.
struct Part {
    version: Uuid,
    rule: RuleSet,
    facts: Facts,
    evidence: Evidence,
    adjustments: Vec<Adjustment>,
}

impl Ground {
    /// Reads it; `told` hears how many of all statements are done.
    pub(crate) async fn read(
        tx: &mut Tx,
        (review, zone): (&ReviewRow, &TimeZone),
        (texts, library, objections): (&[Text], &Library, &[ObjectionRow]),
        previous: Option<Root>,
        told: impl Fn(usize, usize),
    ) -> Result<Self> {
        let call = question(tx, review, zone).await?;
        let peers = Peers::of_review(tx, review, &call).await?;
        let rules: Vec<RuleSet> =
            texts.iter().map(|text| read(&text.document)).collect::<Result<_>>()?;
        let asked = (library, &*rules, Depth::Places);
        let supplied = Supplied::read(tx, &call, asked, told).await?;
        let mut parts = Vec::new();
        for (text, rule) in texts.iter().zip(rules) {
            let (mut facts, evidence) = supplied.of(&call, &rule, &peers);
            dispute(review, objections, &mut facts);
            let adjustments = adjustments(review, objections, (&rule, &facts))?;
            parts.push(Part { version: text.version, rule, facts, evidence, adjustments });
        }
        Ok(Self { month: review.month, cut_seq: review.cut_seq, parts, previous })
    }

    /// Scores it.
    pub(crate) fn score(self) -> Result<Computed> {
        let (mut parts, mut scores) = (Vec::new(), Vec::new());
        for Part { version, rule, facts, evidence, adjustments } in &self.parts {
            let (sheet, part) = FrozenPart::score(rule, facts, adjustments, evidence)
                .map_err(|told| unfit(told, rule))?;
            scores.extend(sheet.units.iter().filter_map(|unit| score(unit, &sheet, *version)));
            parts.push(part);
        }
        demand_once(&scores)?;
        let month = self.month.to_string();
        let frozen = Frozen::new(month, self.cut_seq, parts, self.previous);
        Ok(Computed { frozen: frozen.map_err(Refusal::Rule)?, scores })
    }
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
    let call = asked(tx, review.jurisdiction_id, (period, review.cut_seq), zone).await?;
    Ok(call.called(review.month))
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
    /// Those that were settled when a review was opened; reviews of before that was kept go by what
    /// the city says now.
    pub(crate) async fn of_review(tx: &mut Tx, review: &ReviewRow, call: &Call) -> Result<Self> {
        let members = crate::store::review::members(tx, review).await?;
        if members.is_empty() {
            return Self::read(tx, call).await;
        }
        let mut by_group: BTreeMap<String, Vec<(Uuid, String)>> = BTreeMap::new();
        for (unit, name, group) in members {
            by_group.entry(group).or_default().push((unit, name));
        }
        Ok(Self { by_group })
    }

    /// The units that rule sets score, to be settled: those of their groups, each once.
    pub(crate) fn members(&self, rules: &[RuleSet]) -> Vec<Member> {
        let named: BTreeSet<&str> =
            rules.iter().flat_map(|r| r.groups.iter().map(|g| g.name.0.as_str())).collect();
        let of_group = |(group, units): (&String, &Vec<(Uuid, String)>)| {
            let member = |(unit, _): &(Uuid, String)| Member { unit: *unit, group: group.clone() };
            units.iter().map(member).collect::<Vec<_>>()
        };
        let named = self.by_group.iter().filter(|(group, _)| named.contains(group.as_str()));
        named.flat_map(of_group).collect()
    }

    /// What the city says on the last day of a period.
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
    pub(crate) fn of<'a>(
        &'a self,
        rule: &'a RuleSet,
    ) -> impl Iterator<Item = (Uuid, &'a str, &'a str)> {
        rule.groups.iter().flat_map(|group| {
            let members = self.by_group.get(&group.name.0).map(Vec::as_slice).unwrap_or_default();
            members.iter().map(|(id, name)| (*id, name.as_str(), group.code.0.as_str()))
        })
    }
}

/// What is contested counts until it is decided, and is marked.
fn dispute(review: &ReviewRow, objections: &[ObjectionRow], facts: &mut Facts) {
    for objection in objections.iter().filter(|o| o.is_open()) {
        let unit = objection.unit_id.to_string();
        let Some(of) = facts.units.iter_mut().find(|u| u.unit == unit) else { continue };
        let Some(fact) = of.facts.get_mut(&objection.measure) else { continue };
        if let State::Known(value) = fact.state {
            fact.state = State::Disputed(value, objection.label(review).zh);
        }
    }
}

/// What upheld objections change in this review, for the units of these facts and the figures that
/// these rules read. Of several about one
/// figure the last decides: the one before it was open no more when it was filed.
pub(crate) fn adjustments(
    review: &ReviewRow,
    objections: &[ObjectionRow],
    (rule, facts): (&RuleSet, &Facts),
) -> Result<Vec<Adjustment>> {
    let calls: BTreeSet<String> = rule.calls().into_iter().map(Input::call).collect();
    let of_these = |o: &&ObjectionRow| {
        o.state == ObjectionState::Upheld
            && calls.contains(&o.measure)
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
    let upheld = objections.iter().filter(of_these);
    let last: BTreeMap<(Uuid, &str), &ObjectionRow> =
        upheld.map(|o| ((o.unit_id, o.measure.as_str()), o)).collect();
    let mut counting: Vec<&ObjectionRow> = last.into_values().collect();
    counting.sort_by_key(|o| o.number);
    counting.into_iter().map(adjust).collect()
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
        total: unit.total.map(decimal::canonical),
        rank: rank.copied().map(decimal::canonical),
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
