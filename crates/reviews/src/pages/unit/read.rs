//! What the sheet of a unit says, from what its computing kept.

use std::collections::BTreeMap;

use journal::{Error, Result};
use kernel::Message;
use rules::decimal;
use rules::document::Name;
use rules::engine::sheet::{Said, Sheet, Standing, UnitScore};
use rules::explain::ItemExplained;
use rules::facts::{Change, Fact, State, UnitFacts, Value};
use rules::rule_set::input::Input;
use rules::rule_set::{MINIMUM, RuleSet};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Adjusted, Compared, Dimension, Figure, Item, Page, outcome};
use crate::computed::{self, Part};
use crate::library::Library;
use crate::tables::ReviewRow;

/// Decimals of a percentage that is shown.
const PERCENT_PLACES: u32 = 2;

/// Whose sheet, and who asks.
pub(super) struct Asked<'a> {
    pub(super) library: &'a Library,
    pub(super) review: &'a ReviewRow,
    pub(super) unit: Uuid,
    pub(super) is_own: bool,
}

/// In a smaller group a median tells what another unit has.
const MEDIAN_OF: usize = 5;

impl Asked<'_> {
    /// Whether medians may be told: before a month is out a unit sees nothing of another one.
    fn tells_median(&self, part: &Part, group: &str) -> bool {
        let of_group = part.sheet.units.iter().filter(|unit| unit.group == group);
        !self.is_own || self.review.is_out() || of_group.count() >= MEDIAN_OF
    }
}

/// What an item is compared with.
struct Beside<'a> {
    part: &'a Part,
    facts: &'a UnitFacts,
    before: Option<&'a UnitScore>,
    medians: BTreeMap<String, Decimal>,
}

pub(super) fn page(
    asked: Asked<'_>,
    (parts, before): (&[Part], &[Part]),
    (root, aside, head): (String, super::beside::Beside, String),
) -> Result<Page> {
    let unit = asked.unit.to_string();
    let part = computed::of_unit(parts, &unit).ok_or_else(Error::missing)?;
    let (facts, score) = part.unit(&unit).zip(part.score(&unit)).ok_or_else(Error::missing)?;
    let explanation = part.explain(&unit)?.ok_or_else(Error::missing)?;
    let former = before.iter().find(|b| b.rule.code == part.rule.code);
    let tells_median = asked.tells_median(part, &score.group);
    let beside = Beside {
        part,
        facts,
        before: former.and_then(|b| b.score(&unit)),
        medians: if tells_median {
            rules::moves::medians(&part.sheet, &score.group)
        } else {
            BTreeMap::new()
        },
    };
    let places = part.rule.precision.places;
    let group = part.rule.group(&score.group);
    let (rank, ranked) = placed(score);
    let dimensions = explanation.dimensions.into_iter().map(|d| Dimension {
        title: d.title,
        points: d.points.map(|p| decimal::shown(p, places)),
        items: d.items.into_iter().map(|i| beside.item(i, &asked)).collect(),
    });
    let of_unit = part.adjustments.iter().filter(|a| a.unit == unit);
    Ok(Page {
        month: asked.review.month,
        state: asked.review.state,
        unit_id: asked.unit,
        unit: facts.name.clone(),
        rule: both(&part.rule.name, part.rule.english.as_ref()),
        rule_code: part.rule.code.0.clone(),
        group: group.map_or_else(
            || both(&Name(String::new()), None),
            |g| both(&g.name, g.english.as_ref()),
        ),
        headline: explanation.headline,
        total: score.total.map(|t| decimal::shown(t, places)),
        rank,
        ranked,
        dimensions: dimensions.collect(),
        others: explanation.others.into_iter().map(|i| beside.item(i, &asked)).collect(),
        amounts: explanation.amounts.into_iter().map(|i| beside.item(i, &asked)).collect(),
        barred: explanation.barred,
        before: compared(before, &unit),
        median: median(&part.sheet, &score.group)
            .filter(|_| tells_median)
            .map(|m| decimal::shown(m, places)),
        sum: explanation.sum,
        costly: explanation.costly.into_iter().map(|c| c.sentence).collect(),
        adjusted: of_unit
            .map(|a| Adjusted { reference: a.reference.clone(), reason: a.reason.clone() })
            .collect(),
        computation: asked.review.shown,
        root,
        beside: aside,
        head,
        row: asked.review.clone(),
        is_own: asked.is_own,
    })
}

/// Its place, and how many are ranked.
fn placed(score: &UnitScore) -> (Option<String>, usize) {
    match &score.standing {
        Standing::Ranked { rank, of, .. } => (Some(rank.normalize().to_string()), *of),
        Standing::TooFewTasks | Standing::Unscorable | Standing::NothingApplies => (None, 0),
    }
}

/// What the unit came to in the month before, by whichever rule set it was scored then.
fn compared(before: &[Part], unit: &str) -> Option<Compared> {
    let last = computed::of_unit(before, unit)?;
    let (score, places) = (last.score(unit)?, last.rule.precision.places);
    Some(Compared {
        total: score.total.map(|t| decimal::shown(t, places)),
        rank: score.rank().map(|rank| rank.normalize().to_string()),
    })
}

impl Beside<'_> {
    fn item(&self, item: ItemExplained, asked: &Asked<'_>) -> Item {
        let places = self.part.rule.precision.places;
        let (points, why) = outcome(&item.outcome, places);
        let code = item.code;
        let before =
            self.before.and_then(|b| b.part(&code)).and_then(rules::engine::sheet::Part::points);
        let figures = inputs(&self.part.rule, &code);
        Item {
            before: before.map(|p| decimal::shown(p, places)),
            median: self.medians.get(&code).map(|m| decimal::shown(*m, places)),
            figures: figures.iter().filter_map(|i| self.figure(i, &code, asked)).collect(),
            title: item.title,
            article: item.article,
            points,
            why,
            is_disputed: item.is_disputed,
            is_compared: is_compared(&self.part.rule, &code),
            sentence: item.sentence,
            steps: item.steps,
            code,
        }
    }

    fn figure(&self, input: &Input, item: &str, asked: &Asked<'_>) -> Option<Figure> {
        let call = input.call();
        let fact = self.facts.facts.get(&call)?;
        let adjusted = self.adjusted(&call).map(|(fact, by)| (shown(fact, input.unit()), by));
        let was = shown(fact, input.unit());
        Some(Figure {
            shown: match adjusted {
                Some((is, by)) => Said {
                    zh: format!("{} → {}（{by}）", was.zh, is.zh),
                    en: format!("{} → {} ({by})", was.en, is.en),
                },
                None => was,
            },
            n: fact.n,
            href: records(input, asked).filter(|_| fact.n > 0),
            cell: format!("{item}|{call}"),
            english: english(input, &call),
            measure: call,
        })
    }

    /// The figure that an upheld objection put in place of one, and which objection.
    fn adjusted(&self, call: &str) -> Option<(&Fact, &str)> {
        self.part.adjustments.iter().find_map(|a| match &a.change {
            Change::Cell { call: of, fact } if a.unit == self.facts.unit && of == call => {
                Some((fact, a.reference.as_str()))
            }
            Change::Cell { .. } | Change::Points(_) => None,
        })
    }
}

/// The median of the totals of a group; none without a total.
fn median(sheet: &Sheet, group: &str) -> Option<Decimal> {
    let of_group = sheet.units.iter().filter(|unit| unit.group == group);
    let mut totals: Vec<Decimal> = of_group.filter_map(|unit| unit.total).collect();
    totals.sort_unstable();
    let (low, high) =
        (totals.get(totals.len().checked_sub(1)? / 2)?, totals.get(totals.len() / 2)?);
    low.checked_add(*high)?.checked_div(Decimal::TWO)
}

/// What English pages call a figure: as the rules say, else as they write it.
fn english(input: &Input, call: &str) -> String {
    let said = input.fields.english.as_ref().map(|name| name.0.as_str());
    said.unwrap_or(call).to_owned()
}

/// The address of the records behind a figure, as known at the cut-off.
fn records(input: &Input, asked: &Asked<'_>) -> Option<String> {
    let measure = asked.library.asked(&input.call())?;
    let review = asked.review;
    let mut pairs = vec![
        ("unit".to_owned(), asked.unit.to_string()),
        ("from".to_owned(), review.first_on.to_string()),
        ("to".to_owned(), review.last_on.to_string()),
        ("cut".to_owned(), review.cut_seq.to_string()),
    ];
    pairs.extend(review.other_month());
    pairs.extend(measure.args.pairs());
    Some(format!("/measures/{}/records?{}", measure.measure.code, web::encode_query(&pairs)))
}

/// A name of the rules in both languages; the Chinese one where they have no other.
fn both(name: &Name, english: Option<&Name>) -> Said {
    Said { zh: name.0.clone(), en: english.unwrap_or(name).0.clone() }
}

/// What an item, bonus, amount, veto or the least number of tasks reads.
fn inputs<'a>(rule: &'a RuleSet, code: &str) -> &'a [Input] {
    if code == MINIMUM {
        return rule.minimum.as_ref().map_or(&[], |minimum| std::slice::from_ref(&minimum.input));
    }
    let mut items = rule.items().chain(&rule.bonuses).chain(&rule.amounts);
    if let Some(item) = items.find(|i| i.code.0 == code) {
        return &item.inputs.0;
    }
    rule.vetoes.iter().find(|v| v.code.0 == code).map_or(&[], |v| &v.inputs.0)
}

/// Whether there is a page of where every unit stands in it: of items and bonuses.
fn is_compared(rule: &RuleSet, code: &str) -> bool {
    rule.items().chain(&rule.bonuses).any(|item| item.code.0 == code)
}

/// A figure as it is written: a rate with its counts, absence with its reason.
fn shown(fact: &Fact, unit: &str) -> Said {
    let (zh, en) = match &fact.state {
        State::Known(value) => both_ways(value_shown(*value, unit)),
        State::Disputed(value, by) => {
            let Message { zh, en } = value_shown(*value, unit);
            (format!("{zh}（{by}待处理）"), format!("{en} (contested: {by})"))
        }
        State::NotApplicable(why) => {
            (format!("不适用：{}", why.zh), format!("not applicable: {}", why.en))
        }
        State::Missing(why) => (format!("缺数：{}", why.zh), format!("missing: {}", why.en)),
    };
    Said { zh, en }
}

fn both_ways(message: Message) -> (String, String) {
    (message.zh, message.en)
}

fn value_shown(value: Value, unit: &str) -> Message {
    match value {
        Value::Number(number) => rules::methods::figure(number, unit),
        Value::Ratio { numerator, denominator } => {
            let percent = (numerator * Decimal::ONE_HUNDRED)
                .checked_div(denominator)
                .map_or_else(String::new, |p| format!(" = {}%", decimal::shown(p, PERCENT_PLACES)));
            let (numerator, denominator) =
                (decimal::canonical(numerator), decimal::canonical(denominator));
            let shown = format!("{numerator}/{denominator}{percent}");
            Message { zh: shown.clone(), en: shown }
        }
    }
}
