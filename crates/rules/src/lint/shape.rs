//! The shape of an item's curve: cliffs, marks out of reach, no bound, up and down.

use kernel::{Message, Text, msg, text};

use super::{Finding, Severity};
use crate::fraction::Fraction;
use crate::methods::case::{Case, Figure, Given, Terms};
use crate::methods::steps::Steps;
use crate::rule_set::RuleSet;
use crate::rule_set::item::Item;
use crate::saying::{number, same, say};

const CLIFF: Text = text!(
    "断崖：界限两边差之毫厘、得分悬殊，会诱使临界做数",
    "a cliff: a hair's breadth decides much, which invites bending figures at the limit"
);
const UNREACHABLE: Text = text!(
    "满分拿不到，各项权重与公布的不符",
    "full marks are out of reach, so weights are not what was published"
);
const UNBOUNDED: Text = text!(
    "加分不封顶，一项就能盖过其余各项",
    "without a limit one bonus can outweigh everything else"
);
const BENT: Text = text!(
    "得分随数据先升后降（或先降后升），做得更好反而少得分",
    "points rise and fall with the figure: doing better can bring less"
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

/// Looks at the curve over the one input: left of, at and right of each corner, and between them.
fn curve(item: &Item, terms: &Terms<'_>) -> Found {
    let [only] = item.inputs.0.as_slice() else { return Vec::new() };
    let Some(full) = terms.full.filter(|full| full.is_positive()) else { return Vec::new() };
    let Some(samples) = samples(item, terms) else { return Vec::new() };
    let mut found = Found::new();
    let (mut rises, mut falls) = (false, false);
    for pair in samples.windows(2) {
        let [(at, is_near, before), (_, _, after)] = pair else { continue };
        rises |= after > before;
        falls |= after < before;
        let jump = after.minus(*before).and_then(Fraction::distance).unwrap_or(Fraction::ZERO);
        let is_large = jump.times(Fraction::whole(4)).is_ok_and(|jump| jump > full);
        if *is_near && is_large && found.is_empty() {
            let place = crate::methods::case::amount(only.unit(), rounded(*at));
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

/// Points along the curve: value, whether the next one lies close by, points.
fn samples(item: &Item, terms: &Terms<'_>) -> Option<Vec<(Fraction, bool, Fraction)>> {
    let mut corners = item.method.scoring().corners(terms)?;
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
        if let Some(points) = points(item, terms, value) {
            samples.push((value, is_near, points));
        }
    }
    Some(samples)
}

fn points(item: &Item, terms: &Terms<'_>, value: Fraction) -> Option<Fraction> {
    let input = item.inputs.0.first()?;
    let given = [Given { input, figure: Ok(Figure { value, parts: None }), peers: None }];
    let case = Case { terms: *terms, given: &given };
    item.method.scoring().points(&case, &mut Steps::silent()).ok()
}

fn rounded(at: Fraction) -> Fraction {
    at.round(6, crate::rounding::Rounding::HalfUp).map_or(at, Fraction::from)
}
