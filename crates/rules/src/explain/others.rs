//! What stands beside the items in a score: marks that do not apply, limits, vetoes, adjustments.
//!
//! Each says with its figures how it came about, as the items do.

use kernel::{Message, msg, text};
use rust_decimal::Decimal;

use super::{ItemExplained, sentence};
use crate::decimal;
use crate::engine::Scoring;
use crate::engine::sheet::{Outcome, Part, PartKind, Said, UnitScore};
use crate::facts::{Adjustment, Change};
use crate::fraction::Fraction;
use crate::methods::{Wording, joined};
use crate::rule_set::item::title;
use crate::rule_set::outcome::{AbsentItems, Veto, VetoEffect};
use crate::saying::{number, same, say};

/// Items that a sentence lists; more would not be read.
const ITEMS_MAX: usize = 12;

impl Scoring<'_> {
    /// A part that is no item of a dimension.
    pub(super) fn other(&self, score: &UnitScore, part: &Part) -> ItemExplained {
        let rule = self.rule();
        let mut items = rule.bonuses.iter().chain(&rule.amounts);
        if let Some(item) = items.find(|item| item.code.0 == part.code) {
            return self.item(score, item, part);
        }
        let veto = rule.vetoes.iter().find(|veto| veto.code.0 == part.code);
        let title = self.title(score, part, veto);
        let steps = match (part.kind, veto) {
            (PartKind::Absent, _) => self.absent(score, part),
            (PartKind::BonusLimit, _) => bonus_limit(score, part),
            (PartKind::Veto, Some(veto)) => self.veto(score, part, veto),
            (PartKind::Veto, None)
            | (
                PartKind::Item
                | PartKind::Bonus
                | PartKind::Adjustment
                | PartKind::Amount
                | PartKind::TaskCount,
                _,
            ) => Vec::new(),
        };
        let sentence = sentence(&title, part, &steps, &rule.precision);
        ItemExplained {
            code: part.code.clone(),
            title: title.into(),
            article: veto.and_then(|veto| veto.article.as_ref()).map(|article| article.0.clone()),
            outcome: part.outcome.clone(),
            is_disputed: part.is_disputed,
            steps: steps.into_iter().map(Said::from).collect(),
            sentence: sentence.into(),
        }
    }

    /// Why the unit is not eligible for awards.
    pub(super) fn barred(&self, score: &UnitScore) -> Vec<Said> {
        let struck =
            self.rule().vetoes.iter().filter(|veto| score.barred_by.contains(&veto.code.0));
        struck
            .map(|veto| {
                let because = joined(&self.struck(&score.unit, veto), "，", ", ");
                let name = headed(veto);
                Said::from(say!(
                    "{a}：{b}，取消评优资格",
                    "{a}: {b}, not eligible for awards",
                    a = name,
                    b = because
                ))
            })
            .collect()
    }

    fn title(&self, score: &UnitScore, part: &Part, veto: Option<&Veto>) -> Message {
        let is_it = |one: &&&Adjustment| {
            one.unit == score.unit
                && one.reference == part.code
                && matches!(one.change, Change::Points(_))
        };
        match (part.kind, veto, self.adjustments().iter().find(is_it)) {
            (PartKind::Veto, Some(veto), _) => headed(veto),
            (PartKind::Adjustment, _, Some(one)) => {
                let (reference, reason) = (same(&one.reference), same(&one.reason));
                say!("调整（{a}）：{b}", "adjustment ({a}): {b}", a = reference, b = reason)
            }
            (PartKind::Absent, ..) if matches!(part.outcome, Outcome::Unscorable(_)) => {
                text!("合计", "the total").into()
            }
            (PartKind::Absent, ..) => {
                text!("不适用项目的折算", "marks of items that do not apply").into()
            }
            (PartKind::BonusLimit, ..) => {
                text!("超过加分上限的部分", "what lies above the limit of bonuses").into()
            }
            (PartKind::TaskCount, ..) => text!("最少任务", "the least number of tasks").into(),
            (PartKind::Item | PartKind::Bonus | PartKind::Amount, ..)
            | (PartKind::Veto | PartKind::Adjustment, ..) => same(&part.code),
        }
    }

    /// 不适用的项目B1（8分）；适用项目满分92分，得80分；按比例折算为100分，增加6.96分.
    fn absent(&self, score: &UnitScore, part: &Part) -> Vec<Message> {
        let Some(worth) = part.points() else { return Vec::new() };
        let rule = self.rule();
        let (mut absent, mut applicable) = (Vec::new(), Fraction::ZERO);
        for (item, part) in rule.items().zip(&score.parts) {
            let marks = self.marks_of(&score.unit, item).unwrap_or(Fraction::ZERO);
            let is_absent = matches!(part.outcome, Outcome::NotApplicable(_));
            let is_of_group = self.full(&score.unit, item).is_some();
            if is_absent && (is_of_group || rule.absent_items == AbsentItems::Rescale) {
                let code = same(&item.code.0);
                absent.push(say!("{a}（{b}分）", "{a} ({b} points)", a = code, b = number(marks)));
            } else if !is_absent {
                applicable = applicable.plus(marks).unwrap_or(applicable);
            }
        }
        let more = absent.len() > ITEMS_MAX;
        absent.truncate(ITEMS_MAX);
        if more {
            absent.push(same("…"));
        }
        let absent = joined(&absent, "、", ", ");
        let worth = shown(worth);
        match rule.absent_items {
            AbsentItems::Nothing => Vec::new(),
            AbsentItems::Full => vec![say!(
                "不适用的{a}按满分计，加{b}分",
                "{a} do not apply and count as fully earned: {b} points added",
                a = absent,
                b = worth
            )],
            AbsentItems::Rescale => {
                let earned = shown(before(score, part));
                let full = self.number(&score.unit, &rule.full).map_or_else(|| same("—"), number);
                vec![
                    say!("不适用的项目：{a}", "items that do not apply: {a}", a = absent),
                    say!(
                        "适用项目满分{a}分，得{b}分",
                        "full marks of those that apply {a}, earned {b}",
                        a = number(applicable),
                        b = earned
                    ),
                    say!(
                        "按{b}÷{a}×{c}折算，增加{d}分",
                        "rescaled as {b} / {a} × {c}: {d} points added",
                        a = number(applicable),
                        b = earned,
                        c = full,
                        d = worth
                    ),
                ]
            }
        }
    }

    fn veto(&self, score: &UnitScore, part: &Part, veto: &Veto) -> Vec<Message> {
        let Some(points) = part.points() else { return Vec::new() };
        let mut steps = self.struck(&score.unit, veto);
        let taken = shown(points.abs());
        steps.push(match &veto.effect {
            VetoEffect::Cap(cap) => say!(
                "原为{a}分，总分不超过{b}分，减{c}分",
                "{a} points before, {b} at most: {c} points taken",
                a = shown(before(score, part)),
                b = shown(*cap),
                c = taken
            ),
            VetoEffect::Clear(codes) => {
                let codes: Vec<Message> = codes.iter().map(|code| same(&code.0)).collect();
                say!(
                    "{a}计零分，减{b}分",
                    "{a} bring nothing: {b} points taken",
                    a = joined(&codes, "、", ", "),
                    b = taken
                )
            }
            VetoEffect::Deduct(_) => say!("减{a}分", "{a} points taken", a = taken),
            VetoEffect::EligibilityOnly(_) => text!("得分保留", "the score stays").into(),
        });
        steps
    }

    /// The figures of a veto and the conditions that they meet.
    fn struck(&self, unit: &str, veto: &Veto) -> Vec<Message> {
        let mut said = self.figures(unit, veto);
        let wording = Wording { inputs: &veto.inputs.0 };
        let conditions: Vec<Message> =
            veto.conditions.iter().map(|one| one.said(&wording)).collect();
        let conditions = joined(&conditions, "且", " and ");
        said.push(say!("符合“{a}”", "which meets “{a}”", a = conditions));
        said
    }
}

/// 加分合计3.5分，最多2分，超出1.5分不计.
fn bonus_limit(score: &UnitScore, part: &Part) -> Vec<Message> {
    let Some(over) = part.points() else { return Vec::new() };
    let bonuses = score.parts.iter().filter(|one| one.kind == PartKind::Bonus);
    let together: Decimal = bonuses
        .filter_map(Part::points)
        .try_fold(Decimal::ZERO, Decimal::checked_add)
        .unwrap_or_default();
    let most = together.checked_add(over).unwrap_or_default();
    vec![say!(
        "加分合计{a}分，最多计{b}分，超出的{c}分不计",
        "bonuses of {a} points together, {b} at most, so {c} do not count",
        a = shown(together),
        b = shown(most),
        c = shown(over.abs())
    )]
}

fn headed(veto: &Veto) -> Message {
    let (code, name) = (&veto.code.0, title(&veto.name, veto.english.as_ref()));
    let Message { zh, en } = name;
    msg!("{code} {zh}", "{code} {en}")
}

/// What the parts before this one add up to.
fn before(score: &UnitScore, part: &Part) -> Decimal {
    let parts = score.parts.iter().take_while(|one| !std::ptr::eq(*one, part));
    parts.filter_map(Part::points).try_fold(Decimal::ZERO, Decimal::checked_add).unwrap_or_default()
}

fn shown(points: Decimal) -> Message {
    same(&decimal::canonical(points))
}
