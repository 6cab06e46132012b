//! The explanation of a score 得分说明: a tree of sentences that a person can read aloud.
//!
//! It is made again from rule and facts whenever it is asked for; the same code that scores names
//! its steps, so the two cannot part.

mod others;
mod proposals;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use kernel::{Message, msg, text};

use crate::decimal;
use crate::engine::Scoring;
use crate::engine::sheet::{Outcome, Part, PartKind, Said, Standing, UnitScore};
use crate::fraction::Fraction;
use crate::methods::joined;
use crate::methods::steps::Steps;
use crate::rule_set::item::Item;
use crate::rule_set::outcome::Precision;
use crate::saying::{number, same, say};

/// Items named as those that cost most.
const COSTLY_MAX: usize = 3;

/// Why a unit has its score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The unit's identifier.
    pub unit: String,
    /// Name, total and place in a sentence.
    pub headline: Said,
    /// The dimensions with their items.
    pub dimensions: Vec<DimensionExplained>,
    /// Marks that do not apply, bonuses, vetoes, adjustments.
    pub others: Vec<ItemExplained>,
    /// Amounts of money.
    pub amounts: Vec<ItemExplained>,
    /// Vetoes that took the eligibility for awards, each with its figures in a sentence.
    pub barred: Vec<Said>,
    /// How the parts add up.
    pub sum: Said,
    /// The items that cost most, the dearest first.
    pub costly: Vec<Costly>,
}

/// One dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DimensionExplained {
    /// Its name.
    pub title: Said,
    /// Full marks of its items for the unit's group; none where a group lacks the number.
    #[serde(with = "decimal::optional_text")]
    pub full: Option<Decimal>,
    /// What its items bring together; none while one cannot be scored.
    #[serde(with = "decimal::optional_text")]
    pub points: Option<Decimal>,
    /// The items.
    pub items: Vec<ItemExplained>,
}

/// One item or other part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemExplained {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: Said,
    /// The article of the rules.
    pub article: Option<String>,
    /// What it comes to.
    pub outcome: Outcome,
    /// Whether a figure behind it is contested.
    pub is_disputed: bool,
    /// The steps one by one.
    pub steps: Vec<Said>,
    /// Everything in one sentence.
    pub sentence: Said,
}

/// An item that cost points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Costly {
    /// Its code.
    pub code: String,
    /// Points below full marks.
    #[serde(with = "decimal::text")]
    pub lost: Decimal,
    /// The same in a sentence.
    pub sentence: Said,
}

impl Scoring<'_> {
    /// Why a unit of the sheet has its score; none when the unit is not in it.
    pub fn explain(&self, score: &UnitScore) -> Option<Explanation> {
        let mut parts = score.parts.iter();
        let dimensions: Vec<DimensionExplained> = self
            .rule()
            .dimensions
            .iter()
            .map(|dimension| {
                let of_dimension: Vec<&Part> = parts.by_ref().take(dimension.items.len()).collect();
                let items = dimension.items.iter().zip(&of_dimension);
                DimensionExplained {
                    title: dimension.title().into(),
                    full: self.marks(&score.unit, &dimension.items),
                    points: sum(&of_dimension),
                    items: items.map(|(item, part)| self.item(score, item, part)).collect(),
                }
            })
            .collect();
        let others = parts.map(|part| self.other(score, part)).collect();
        let amounts = score.amounts.iter().map(|part| self.other(score, part)).collect();
        let name = self.name(&score.unit)?;
        Some(Explanation {
            unit: score.unit.clone(),
            headline: headline(name, score, self.rule().precision.places).into(),
            dimensions,
            others,
            amounts,
            barred: self.barred(score),
            sum: added(score, self.rule().precision.places).into(),
            costly: self.costly(score),
        })
    }

    /// Why a unit has its points in one item or bonus.
    pub fn explain_item(&self, score: &UnitScore, item: &Item) -> Option<ItemExplained> {
        Some(self.item(score, item, score.part(&item.code.0)?))
    }

    fn item(&self, score: &UnitScore, item: &Item, part: &Part) -> ItemExplained {
        let steps = self.steps(&score.unit, item, part);
        let full = self.full(&score.unit, item);
        let head = head(item, full);
        let sentence = sentence(&head, part, &steps, &self.rule().precision);
        ItemExplained {
            code: item.code.0.clone(),
            title: item.title().into(),
            article: item.article.as_ref().map(|article| article.0.clone()),
            outcome: part.outcome.clone(),
            is_disputed: part.is_disputed,
            steps: steps.into_iter().map(Said::from).collect(),
            sentence: sentence.into(),
        }
    }

    /// Full marks of items for a unit's group, as they are published.
    fn marks(&self, unit: &str, items: &[Item]) -> Option<Decimal> {
        let mut full = items.iter().filter_map(|item| self.full(unit, item));
        let sum = full.try_fold(Fraction::ZERO, Fraction::plus).ok()?;
        sum.round(self.rule().precision.places, self.rule().precision.rounding).ok()
    }

    fn steps(&self, unit: &str, item: &Item, part: &Part) -> Vec<Message> {
        let mut steps = Steps::spoken();
        let alone = self.again(unit, item, &mut steps);
        let mut steps = steps.into_messages();
        // Only a pool is evened out after its units have their shares.
        let alone = match alone {
            Some(Outcome::Points(points)) => Some(points),
            Some(Outcome::NotApplicable(_) | Outcome::Unscorable(_)) | None => None,
        };
        let rest = part.points().zip(alone).and_then(|(all, alone)| all.checked_sub(alone));
        if let Some(rest) = rest.filter(|rest| !rest.is_zero()) {
            let rest = same(&decimal::canonical(rest));
            steps.push(say!(
                "另计尾差{a}，使合计等于总额",
                "{a} left by rounding, so that the pool is given out whole",
                a = rest
            ));
        }
        steps
    }

    /// The items that lie furthest below their full marks.
    fn costly(&self, score: &UnitScore) -> Vec<Costly> {
        let of_items = self.rule().items().zip(&score.parts);
        let mut costly: Vec<Costly> = of_items
            .filter_map(|(item, part)| {
                let full = self.full(&score.unit, item)?;
                let full = full.round(self.rule().precision.places, self.rule().precision.rounding);
                let lost = full.ok()?.checked_sub(part.points()?)?;
                if lost <= Decimal::ZERO {
                    return None;
                }
                let (title, shown) = (item.title(), same(&decimal::canonical(lost)));
                let sentence = say!("{a}少得{b}分", "{a} cost {b} points", a = title, b = shown);
                Some(Costly { code: item.code.0.clone(), lost, sentence: sentence.into() })
            })
            .collect();
        costly.sort_by_key(|one| std::cmp::Reverse(one.lost));
        costly.truncate(COSTLY_MAX);
        costly
    }
}

/// A place, or why there is none.
fn place(standing: &Standing) -> Message {
    match standing {
        Standing::Ranked { rank, of, shared_by } => {
            let rank = decimal::canonical(*rank);
            if *shared_by > 1 {
                msg!(
                    "组内第{rank}名（{shared_by}个单位并列，共{of}个单位）",
                    "rank {rank} in the group (shared by {shared_by}, of {of})"
                )
            } else {
                msg!("组内第{rank}名（共{of}个单位）", "rank {rank} in the group (of {of})")
            }
        }
        Standing::TooFewTasks => text!("任务不足，不参与排名", "too few tasks, not ranked").into(),
        Standing::Unscorable => text!("无法计分", "cannot be scored").into(),
        Standing::NothingApplies => {
            text!("没有适用的项目，不参与排名", "no item applies, not ranked").into()
        }
    }
}

fn headline(name: &str, score: &UnitScore, places: u32) -> Message {
    let place = place(&score.standing);
    let name = same(name);
    match score.total {
        Some(total) => {
            let total = same(&decimal::shown(total, places));
            say!("{a}总分{b}，{c}", "{a}: total {b}, {c}", a = name, b = total, c = place)
        }
        None => say!("{a}{b}", "{a}: {b}", a = name, b = place),
    }
}

/// B1 新签约亿元以上项目（满分8分，第九条第一款）.
fn head(item: &Item, full: Option<Fraction>) -> Message {
    let mut brackets: Vec<Message> = Vec::new();
    if let Some(full) = full {
        let full = number(full);
        brackets.push(say!("满分{a}分", "full marks {a}", a = full));
    }
    brackets.extend(item.article.as_ref().map(|article| same(&article.0)));
    let (code, title) = (same(&item.code.0), item.title());
    if brackets.is_empty() {
        return say!("{a} {b}", "{a} {b}", a = code, b = title);
    }
    let brackets = joined(&brackets, "，", ", ");
    say!("{a} {b}（{c}）", "{a} {b} ({c})", a = code, b = title, c = brackets)
}

fn sentence(head: &Message, part: &Part, steps: &[Message], precision: &Precision) -> Message {
    let result = match &part.outcome {
        Outcome::Points(points) => {
            let places = match part.kind {
                PartKind::Amount => precision.money_places(),
                PartKind::Item
                | PartKind::Absent
                | PartKind::Bonus
                | PartKind::BonusLimit
                | PartKind::Veto
                | PartKind::Adjustment
                | PartKind::TaskCount => precision.places,
            };
            let points = same(&decimal::shown(*points, places));
            match part.kind {
                PartKind::Amount => points,
                PartKind::Item
                | PartKind::Absent
                | PartKind::Bonus
                | PartKind::BonusLimit
                | PartKind::Veto
                | PartKind::Adjustment
                | PartKind::TaskCount => say!("{a}分", "{a} points", a = points),
            }
        }
        Outcome::NotApplicable(why) => {
            let why = why.message();
            say!("不适用：{a}", "not applicable: {a}", a = why)
        }
        Outcome::Unscorable(why) => {
            let why = why.message();
            say!("无法计分：{a}", "cannot be scored: {a}", a = why)
        }
    };
    if steps.is_empty() {
        return say!("{a}：{b}", "{a}: {b}", a = head, b = result);
    }
    let steps = joined(steps, "，", ", ");
    say!("{a}：{b}；{c}", "{a}: {b}; {c}", a = head, b = result, c = steps)
}

/// 9.97 + 7 + 1 = 17.97.
fn added(score: &UnitScore, places: u32) -> Message {
    let points: Vec<Decimal> = score.parts.iter().filter_map(Part::points).collect();
    let mut sum = String::new();
    for (index, points) in points.iter().enumerate() {
        let sign = match (index, points.is_sign_negative() && !points.is_zero()) {
            (0, false) => "",
            (0, true) => "-",
            (_, false) => " + ",
            (_, true) => " - ",
        };
        sum.push_str(sign);
        sum.push_str(&decimal::shown(points.abs(), places));
    }
    match score.total {
        Some(total) => {
            let total = decimal::shown(total, places);
            msg!("合计 {sum} = {total}", "sum {sum} = {total}")
        }
        None => {
            text!("有项目无法计分，没有合计", "a part cannot be scored, so there is no sum").into()
        }
    }
}

fn sum(parts: &[&Part]) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::ZERO, |sum, part| match &part.outcome {
        Outcome::Points(points) => sum.checked_add(*points),
        Outcome::NotApplicable(_) => Some(sum),
        Outcome::Unscorable(_) => None,
    })
}
