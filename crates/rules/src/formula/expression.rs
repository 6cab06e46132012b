//! The tree of a formula and how it is computed.

use std::cmp::Ordering;

use kernel::Message;

use super::Names;
use super::token::Sign;
use crate::fraction::Fraction;
use crate::methods::steps::Steps;
use crate::rounding::Rounding;
use crate::saying::{number, same, say};
use crate::unscorable::Unscorable;

/// A name with the place of its first character, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) at: usize,
}

/// One node; its text is what it stands as in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expression {
    pub(super) text: String,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number(Fraction),
    Name(Name),
    Negated(Box<Expression>),
    Pair(Sign, Box<[Expression; 2]>),
    Call(Function, Vec<Expression>),
}

/// The functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Within,
    Largest,
    Smallest,
    If,
    Floor,
    Round,
    Distance,
    All,
    Any,
}

impl Function {
    pub(super) const ALL: [(&'static str, Self); 9] = [
        ("限", Self::Within),
        ("大", Self::Largest),
        ("小", Self::Smallest),
        ("若", Self::If),
        ("取整", Self::Floor),
        ("四舍五入", Self::Round),
        ("绝对值", Self::Distance),
        ("且", Self::All),
        ("或", Self::Any),
    ];

    /// How many arguments it takes, from and to.
    pub(super) const fn arguments(self) -> (usize, usize) {
        match self {
            Self::Within | Self::If => (3, 3),
            Self::Largest | Self::Smallest | Self::All | Self::Any => (2, 10),
            Self::Floor | Self::Distance => (1, 1),
            Self::Round => (2, 2),
        }
    }
}

type Value = Result<Fraction, Unscorable>;

impl Expression {
    /// The number it comes to; names and the larger parts are told as steps.
    pub(crate) fn value(&self, names: &dyn Names, steps: &mut Steps) -> Value {
        for name in self.distinct_names() {
            // A name in a branch that is not taken may have no figure; then nothing is told of it.
            if let Ok(value) = names.value(&name) {
                steps.say(|| say!("{a}={b}", "{a}={b}", a = same(&name), b = number(value)));
            }
        }
        if let Kind::Pair(_, sides) = &self.kind {
            for side in sides.iter().filter(|side| side.is_compound()) {
                let value = side.compute(names)?;
                steps.say(|| side.told(value));
            }
        }
        let value = self.compute(names)?;
        steps.say(|| self.told(value));
        Ok(value)
    }

    /// Every name with its place, in order.
    pub(crate) fn names(&self) -> Vec<Name> {
        let mut found = Vec::new();
        self.walk(&mut |node| {
            if let Kind::Name(name) = &node.kind {
                found.push(name.clone());
            }
        });
        found
    }

    /// Every number in it.
    pub(crate) fn numbers(&self) -> Vec<Fraction> {
        let mut found = Vec::new();
        self.walk(&mut |node| {
            if let Kind::Number(number) = &node.kind {
                found.push(*number);
            }
        });
        found
    }

    fn told(&self, value: Fraction) -> Message {
        say!("{a}={b}", "{a}={b}", a = same(&self.text), b = number(value))
    }

    fn distinct_names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in self.names() {
            if !names.contains(&name.text) {
                names.push(name.text);
            }
        }
        names
    }

    const fn is_compound(&self) -> bool {
        matches!(self.kind, Kind::Pair(..) | Kind::Call(..))
    }

    fn walk(&self, visit: &mut dyn FnMut(&Self)) {
        visit(self);
        match &self.kind {
            Kind::Number(_) | Kind::Name(_) => {}
            Kind::Negated(inner) => inner.walk(visit),
            Kind::Pair(_, sides) => sides.iter().for_each(|side| side.walk(visit)),
            Kind::Call(_, arguments) => arguments.iter().for_each(|one| one.walk(visit)),
        }
    }

    fn compute(&self, names: &dyn Names) -> Value {
        match &self.kind {
            Kind::Number(number) => Ok(*number),
            Kind::Name(name) => names.value(&name.text),
            Kind::Negated(inner) => inner.compute(names)?.negated(),
            Kind::Pair(sign, sides) => {
                let [left, right] = sides.as_ref();
                pair(*sign, left.compute(names)?, right.compute(names)?)
            }
            Kind::Call(function, arguments) => call(*function, arguments, names),
        }
    }
}

fn pair(sign: Sign, left: Fraction, right: Fraction) -> Value {
    match sign {
        Sign::Plus => left.plus(right),
        Sign::Minus => left.minus(right),
        Sign::Times => left.times(right),
        Sign::Over => left.over(right),
        Sign::Above => Ok(truth(&left, &right, Ordering::is_gt)),
        Sign::AtLeast => Ok(truth(&left, &right, Ordering::is_ge)),
        Sign::Below => Ok(truth(&left, &right, Ordering::is_lt)),
        Sign::AtMost => Ok(truth(&left, &right, Ordering::is_le)),
        Sign::Unequal => Ok(truth(&left, &right, Ordering::is_ne)),
        // The parser pairs by no other sign.
        Sign::Equal | Sign::Open | Sign::Close | Sign::Comma => {
            Ok(truth(&left, &right, Ordering::is_eq))
        }
    }
}

fn call(function: Function, arguments: &[Expression], names: &dyn Names) -> Value {
    let all = || arguments.iter().map(|one| one.compute(names)).collect::<Result<Vec<_>, _>>();
    match (function, arguments) {
        (Function::If, [condition, then, otherwise]) => {
            let holds = !condition.compute(names)?.is_zero();
            if holds { then.compute(names) } else { otherwise.compute(names) }
        }
        (Function::Within, [value, least, most]) => {
            let (least, most) = (least.compute(names)?, most.compute(names)?);
            Ok(value.compute(names)?.within(Some(least), Some(most)))
        }
        (Function::Floor, [value]) => value.compute(names)?.floor(),
        (Function::Distance, [value]) => value.compute(names)?.distance(),
        (Function::Round, [value, places]) => {
            let places = places.compute(names)?.as_count().filter(|places| *places <= 12);
            let places = places.and_then(|places| u32::try_from(places).ok());
            let places =
                places.ok_or_else(|| Unscorable::NotACount { input: "四舍五入".to_owned() })?;
            Ok(value.compute(names)?.round(places, Rounding::HalfUp)?.into())
        }
        (Function::All, _) => all()?.into_iter().map(yes).min().ok_or(Unscorable::Overflow),
        (Function::Any, _) => all()?.into_iter().map(yes).max().ok_or(Unscorable::Overflow),
        (Function::Smallest, _) => all()?.into_iter().min().ok_or(Unscorable::Overflow),
        // The parser has checked how many arguments there are.
        (Function::Largest | Function::If | Function::Within | Function::Floor, _)
        | (Function::Distance | Function::Round, _) => {
            all()?.into_iter().max().ok_or(Unscorable::Overflow)
        }
    }
}

/// Comparisons give one or nought.
fn truth(left: &Fraction, right: &Fraction, holds: fn(Ordering) -> bool) -> Fraction {
    if holds(left.cmp(right)) { Fraction::ONE } else { Fraction::ZERO }
}

/// Anything but nought means yes.
fn yes(number: Fraction) -> Fraction {
    truth(&number, &Fraction::ZERO, Ordering::is_ne)
}
