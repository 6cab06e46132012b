//! The shape of an item's curve: cliffs, marks out of reach, no bound, up and down.

use kernel::{Message, Text, msg, text};

use super::{Finding, Severity};
use crate::fraction::Fraction;
use crate::methods::case::{Case, Figure, Given, Terms};
use crate::methods::steps::Steps;
use crate::rule_set::RuleSet;
use crate::rule_set::condition::{Condition, Gate, Shut};
use crate::rule_set::input::Input;
use crate::rule_set::item::Item;
use crate::saying::{number, same, say};
use crate::unscorable::Unscorable;

const CLIFF: Text = text!(
    "断崖：界限两边差之毫厘、得分悬殊，会诱使临界做数；可增加档次，或改用按比例计分的方法",
    "a cliff: a hair's breadth decides much, which invites bending figures at the limit; use more steps, or a method in proportion"
);
const UNREACHABLE: Text = text!(
    "满分拿不到，各项权重与公布的不符；请改满分或提高上限",
    "full marks are out of reach, so weights are not what was published; lower them or raise the limit"
);
const UNBOUNDED: Text = text!(
    "加分不封顶，一项就能盖过其余各项；请写“满分”或“上限”",
    "without a limit one bonus can outweigh everything else; write 满分 or 上限"
);
const BENT: Text = text!(
    "得分随数据先升后降（或先降后升），做得更好反而少得分；请核对各段的加减",
    "points rise and fall with the figure: doing better can bring less; check the sign of each section"
);

/// What the method alone shows, with the numbers of each group, each kind told once.
pub(super) fn look(rule: &RuleSet, path: &[String], item: &Item, findings: &mut Vec<Finding>) {
    let mut told: Vec<&str> = Vec::new();
    for group in rule.groups.iter().filter(|group| item.applies_to(&group.code.0)) {
        let bare = Terms { full: None, parameters: &group.parameters };
        let Ok(full) = bare.optional(item.full.as_ref()) else { continue };
        let terms = Terms { full, ..bare };
        let mut found = reach(item, &terms);
        found.extend(curve(item, &terms));
        found.extend(steep(item, &terms));
        for (severity, kind, message, because) in found {
            if !told.contains(&kind) {
                told.push(kind);
                findings.push(Finding { severity, kind, path: path.to_vec(), message, because });
            }
        }
    }
}

type Found = Vec<(Severity, &'static str, Message, Text)>;

fn reach(item: &Item, terms: &Terms<'_>) -> Found {
    let Ok(reach) = item.method.scoring().reach(terms) else { return Vec::new() };
    let code = same(&item.code.0);
    match (reach.most, terms.full) {
        (None, _) => {
            let message = say!("项目{a}没有上限", "item {a} has no limit", a = code);
            vec![(Severity::Warning, "unbounded", message, UNBOUNDED)]
        }
        (Some(most), Some(full)) if most < full => {
            let message = say!(
                "项目{a}最多得{b}分，满分是{c}分",
                "item {a} brings {b} points at most, full marks are {c}",
                a = code,
                b = number(most),
                c = number(full)
            );
            vec![(Severity::Warning, "unreachable", message, UNREACHABLE)]
        }
        (Some(_), _) => Vec::new(),
    }
}

/// Looks at the curve over each input that the method can be drawn over by itself, with the gate
/// before it: left of, at and right of each corner, and between them.
fn curve(item: &Item, terms: &Terms<'_>) -> Found {
    let Some(full) = terms.full.filter(|full| full.is_positive()) else { return Vec::new() };
    let mut found = Found::new();
    for input in &item.inputs.0 {
        let samples = samples(item, terms, input).filter(|samples| !samples.is_empty());
        let more = match samples {
            Some(samples) => drawn(item, input, full, &samples),
            None => gated(item, terms, input, full),
        };
        // One of a kind is told.
        let told: Vec<&str> = found.iter().map(|(_, kind, ..)| *kind).collect();
        found.extend(more.into_iter().filter(|(_, kind, ..)| !told.contains(kind)));
    }
    found
}

/// Rows of which one that is missed by a hair costs much.
fn steep(item: &Item, terms: &Terms<'_>) -> Found {
    let Some(full) = terms.full.filter(|full| full.is_positive()) else { return Vec::new() };
    let mut rungs = item.method.scoring().rungs(terms);
    rungs.sort();
    let jumps = rungs.windows(2).filter_map(|pair| match pair {
        [low, high] => high.minus(*low).ok().filter(|jump| is_large(*jump, full)),
        _ => None,
    });
    let told = jumps.max().map(|jump| {
        let message = say!(
            "项目{a}相邻两档一下相差{b}分（满分{c}分）",
            "neighbouring rows of item {a} differ by {b} points (full marks {c})",
            a = same(&item.code.0),
            b = number(jump),
            c = number(full)
        );
        (Severity::Warning, "cliff", message, CLIFF)
    });
    told.into_iter().collect()
}

/// What the samples of a curve show.
fn drawn(item: &Item, input: &Input, full: Fraction, samples: &[Sample]) -> Found {
    let mut found = Found::new();
    let (mut rises, mut falls) = (false, false);
    for pair in samples.windows(2) {
        let [(at, is_near, before), (_, _, after)] = pair else { continue };
        rises |= after > before;
        falls |= after < before;
        let jump = after.minus(*before).and_then(Fraction::distance).unwrap_or(Fraction::ZERO);
        if *is_near && is_large(jump, full) && found.is_empty() {
            let place = crate::methods::case::amount(input.unit(), rounded(*at));
            let message = say!(
                "项目{a}在{b}处一下相差{c}分（满分{d}分）",
                "item {a} jumps by {c} points at {b} (full marks {d})",
                a = same(&item.code.0),
                b = place,
                c = number(jump),
                d = number(full)
            );
            found.push((Severity::Warning, "cliff", message, CLIFF));
        }
    }
    if rises && falls {
        let code = &item.code.0;
        let message = msg!("项目{code}的得分不单调", "the points of item {code} rise and fall");
        found.push((Severity::Warning, "not_monotone", message, BENT));
    }
    found
}

/// A gate on a figure that the points do not follow: at its bound everything is won or lost.
///
/// Only where the figure can be bent by a hair: a rate, money, a bound between whole numbers. That
/// an accident happened or not is no hair's breadth.
fn gated(item: &Item, terms: &Terms<'_>, input: &Input, full: Fraction) -> Found {
    let bounds = item.gate.iter().filter(|gate| gives_nothing(gate)).flat_map(|gate| {
        gate.conditions.iter().filter(|one| reads(item, one, input)).flat_map(Condition::bounds)
    });
    let most = item.method.scoring().reach(terms).ok().and_then(|reach| reach.most);
    let Some(most) = most.filter(|most| is_large(*most, full)) else { return Vec::new() };
    let unit = input.unit();
    let is_bent = |limit: &Fraction| {
        unit == "%" || unit.ends_with('元') || limit.floor().is_ok_and(|whole| whole != *limit)
    };
    let limit = bounds.filter_map(|(_, param)| terms.param(param).ok()).find(is_bent);
    let told = limit.map(|limit| {
        let message = say!(
            "项目{a}的前提在{b}处一下相差最多{c}分（满分{d}分）",
            "the gate of item {a} decides up to {c} points at {b} (full marks {d})",
            a = same(&item.code.0),
            b = crate::methods::case::amount(unit, limit),
            c = number(most),
            d = number(full)
        );
        (Severity::Warning, "cliff", message, CLIFF)
    });
    told.into_iter().collect()
}

/// More than a quarter of the full marks.
fn is_large(jump: Fraction, full: Fraction) -> bool {
    jump.times(Fraction::whole(4)).is_ok_and(|jump| jump > full)
}

fn gives_nothing(gate: &Gate) -> bool {
    gate.otherwise.unwrap_or(Shut::Nothing) == Shut::Nothing
}

/// Whether a condition of the gate looks at this input.
fn reads(item: &Item, condition: &Condition, input: &Input) -> bool {
    let first = item.inputs.0.first().map(Input::name);
    condition.input.as_ref().map(|name| name.0.as_str()).or(first) == Some(input.name())
}

/// Value, whether the next one lies close by, points.
type Sample = (Fraction, bool, Fraction);

/// Points along the curve over one input; no other is known.
fn samples(item: &Item, terms: &Terms<'_>, input: &Input) -> Option<Vec<Sample>> {
    let mut corners = item.method.scoring().corners(terms)?;
    for condition in item.gate.iter().flat_map(|gate| &gate.conditions) {
        if reads(item, condition, input) {
            corners.extend(condition.bounds().filter_map(|(_, param)| terms.param(param).ok()));
        }
    }
    corners.sort();
    corners.dedup();
    let (first, last) = (*corners.first()?, *corners.last()?);
    let near = Fraction::new(1, 1_000_000_000).ok()?;
    let span = last.minus(first).ok()?.plus(Fraction::ONE).ok()?;
    let mut values = vec![(first.minus(span).ok()?, false)];
    for corner in corners {
        values.push((corner.minus(near).ok()?, true));
        values.push((corner, true));
        values.push((corner.plus(near).ok()?, false));
    }
    values.push((last.plus(span).ok()?, false));
    let mut samples = Vec::new();
    for (value, is_near) in values {
        // A measure counts or divides; a value below zero may have no points, which is no shape.
        if let Some(points) = points(item, terms, (input, value)) {
            samples.push((value, is_near, points));
        }
    }
    Some(samples)
}

fn points(item: &Item, terms: &Terms<'_>, (input, value): (&Input, Fraction)) -> Option<Fraction> {
    let given = item.inputs.0.iter().map(|other| {
        let figure = if other.name() == input.name() {
            Ok(Figure { value, parts: None })
        } else {
            Err(Unscorable::NoFact { input: other.name().to_owned() })
        };
        Given { input: other, figure, peers: None }
    });
    let given: Vec<Given<'_>> = given.collect();
    let case = Case { terms: *terms, given: &given };
    let points = item.method.scoring().points(&case, &mut Steps::silent()).ok()?;
    let Some(gate) = &item.gate else { return Some(points) };
    // What the gate reads besides is taken to be as it should.
    let own = gate.conditions.iter().filter(|one| reads(item, one, input)).cloned();
    match case.holds(&own.collect::<Vec<_>>()) {
        Ok(true) => Some(points),
        Ok(false) => gives_nothing(gate).then_some(Fraction::ZERO),
        Err(_) => None,
    }
}

fn rounded(at: Fraction) -> Fraction {
    at.round(6, crate::rounding::Rounding::HalfUp).map_or(at, Fraction::from)
}
