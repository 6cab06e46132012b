//! The look at figures before a draft goes out: what is missing, contested, thin or far from the rest.
//!
//! Each is a question for a person, never a deduction.

use kernel::{Message, msg};
use rust_decimal::Decimal;

use crate::facts::{Facts, State, UnitFacts, Value};
use crate::fraction::Fraction;
use crate::rule_set::RuleSet;
use crate::rule_set::input::Input;

/// A rate of fewer counts than this is thin: one more or less moves it by a fifth and more.
const THIN_BELOW: i64 = 5;
/// Units that a group must have before one of them can be far from the rest.
const PEERS_MIN: usize = 5;

/// What kind of question it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// There is no figure, so something cannot be scored.
    Missing,
    /// The figure is contested.
    Disputed,
    /// A rate of very few counts.
    Thin,
    /// Far outside of what the group has.
    Outlier,
}

/// One cell to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What kind of question it is.
    pub doubt: Doubt,
    /// The unit.
    pub unit: String,
    /// The call of the measure.
    pub call: String,
    /// The question as a sentence.
    pub message: Message,
}

/// Every cell that a person should look at, missing ones first.
pub fn questions(rule: &RuleSet, facts: &Facts) -> Vec<Question> {
    let mut questions = Vec::new();
    for input in rule.calls() {
        let call = input.call();
        for group in &rule.groups {
            let reads = reads(rule, &call, &group.code.0);
            let mut units: Vec<&UnitFacts> =
                facts.units.iter().filter(|unit| reads && unit.group == group.code.0).collect();
            units.sort_by(|a, b| a.unit.cmp(&b.unit));
            let fences = fences(&units, &call);
            for unit in units {
                let found = look(unit, input, &call, fences);
                questions.extend(found.into_iter().map(|(doubt, message)| Question {
                    doubt,
                    unit: unit.unit.clone(),
                    call: call.clone(),
                    message,
                }));
            }
        }
    }
    questions.sort_by_key(|question| question.doubt);
    questions
}

/// Whether anything reads the call for units of the group.
fn reads(rule: &RuleSet, call: &str, group: &str) -> bool {
    let has = |inputs: &[Input]| inputs.iter().any(|input| input.call() == call);
    let all = rule.items().chain(&rule.bonuses).chain(&rule.amounts);
    let mut of_group = all.filter(|item| item.applies_to(group));
    let is_item = of_group.any(|item| has(&item.inputs.0));
    let of_veto = |groups: &[crate::document::Code]| {
        groups.is_empty() || groups.iter().any(|code| code.0 == group)
    };
    is_item
        || rule.minimum.as_ref().is_some_and(|minimum| minimum.input.call() == call)
        || rule.vetoes.iter().any(|one| of_veto(&one.groups) && has(&one.inputs.0))
        || rule.consequences.iter().any(|one| of_veto(&one.groups) && has(&one.inputs.0))
        || rule.demotions.iter().any(|one| of_veto(&one.groups) && has(&one.inputs.0))
}

fn look(
    unit: &UnitFacts,
    input: &Input,
    call: &str,
    fences: Option<(Fraction, Fraction)>,
) -> Vec<(Doubt, Message)> {
    let (name, measure) = (&unit.name, input.name());
    let Some(fact) = unit.facts.get(call) else {
        return vec![(Doubt::Missing, msg!("{name}没有“{measure}”", "{name} has no “{measure}”"))];
    };
    let mut found = Vec::new();
    let value = match &fact.state {
        State::NotApplicable(_) => return found,
        State::Missing(why) => {
            let (zh, en) = (&why.zh, &why.en);
            let message = Message {
                zh: format!("{name}的“{measure}”缺数据：{zh}"),
                en: format!("“{measure}” of {name} is missing: {en}"),
            };
            return vec![(Doubt::Missing, message)];
        }
        State::Disputed(value, by) => {
            let message =
                msg!("{name}的“{measure}”有异议：{by}", "“{measure}” of {name} is contested: {by}");
            found.push((Doubt::Disputed, message));
            value
        }
        State::Known(value) => value,
    };
    // Weights make counts of few records large: three records are few, whatever they weigh.
    let is_few = |all: Decimal| {
        let records = if fact.n > 1 { all.min(Decimal::from(fact.n)) } else { all };
        Fraction::from(records) < Fraction::whole(THIN_BELOW)
    };
    if let Value::Ratio { numerator, denominator } = value
        && is_few(*denominator)
    {
        let (a, b) = (numerator.normalize(), denominator.normalize());
        let message = msg!(
            "{name}的“{measure}”只有{a}/{b}，一件之差变动很大",
            "“{measure}” of {name} is {a}/{b} only: a single record moves it far"
        );
        found.push((Doubt::Thin, message));
    }
    let value = number(value);
    if let Some((value, (low, high))) = value.zip(fences)
        && (value < low || value > high)
    {
        let shown = crate::methods::case::amount(input.unit(), value).zh;
        let message = msg!(
            "{name}的“{measure}”为{shown}，远离同组各单位",
            "“{measure}” of {name} is {shown}, far from the rest of its group"
        );
        found.push((Doubt::Outlier, message));
    }
    found
}

fn number(value: &Value) -> Option<Fraction> {
    match value {
        Value::Number(number) => Some((*number).into()),
        Value::Ratio { numerator, denominator } => {
            Fraction::from(*numerator).over((*denominator).into()).ok()
        }
    }
}

/// Three times the middle half's width beyond it on either side (Tukey's outer fences).
fn fences(units: &[&UnitFacts], call: &str) -> Option<(Fraction, Fraction)> {
    let known = units.iter().filter_map(|unit| match &unit.facts.get(call)?.state {
        State::Known(value) | State::Disputed(value, _) => number(value),
        State::NotApplicable(_) | State::Missing(_) => None,
    });
    let mut values: Vec<Fraction> = known.collect();
    if values.len() < PEERS_MIN {
        return None;
    }
    values.sort();
    let last = values.len() - 1;
    let (lower, upper) = (*values.get(last / 4)?, *values.get(last - last / 4)?);
    let reach = upper.minus(lower).ok()?.times(Fraction::whole(3)).ok()?;
    // Where the middle half is equal, every other value would be far; that says nothing.
    let fences = (lower.minus(reach).ok()?, upper.plus(reach).ok()?);
    reach.is_positive().then_some(fences)
}
