//! What a method sees: the terms of the rule for a group, and the figures of one unit.

use std::collections::BTreeMap;

use kernel::{Message, msg};
use rust_decimal::Decimal;

use super::peers::Peers;
use crate::document::Code;
use crate::fraction::Fraction;
use crate::rule_set::condition::Condition;
use crate::rule_set::input::Input;
use crate::rule_set::param::Param;
use crate::unscorable::Unscorable;

type Result<T> = std::result::Result<T, Unscorable>;

/// The numbers of a rule as they are for one group.
#[derive(Clone, Copy)]
pub(crate) struct Terms<'a> {
    /// Full marks in points, if the item has them.
    pub(crate) full: Option<Fraction>,
    /// The group's parameters.
    pub(crate) parameters: &'a BTreeMap<String, Decimal>,
}

impl<'a> Terms<'a> {
    /// The number of a parameter.
    pub(crate) fn param(&self, param: &Param) -> Result<Fraction> {
        match param {
            Param::Fixed(number) => Ok((*number).into()),
            Param::OfGroup(name) => self
                .parameters
                .get(name)
                .map(|number| (*number).into())
                .ok_or_else(|| Unscorable::NoParameter { name: name.clone() }),
        }
    }

    /// The number of a parameter that may be absent.
    pub(crate) fn optional(&self, param: Option<&Param>) -> Result<Option<Fraction>> {
        param.map(|param| self.param(param)).transpose()
    }

    /// The number of a parameter, or what its absence means.
    pub(crate) fn param_or(&self, param: Option<&Param>, absent: Fraction) -> Result<Fraction> {
        param.map_or(Ok(absent), |param| self.param(param))
    }

    /// Full marks; nothing where the item declares none.
    pub(crate) fn marks(&self) -> Fraction {
        self.full.unwrap_or(Fraction::ZERO)
    }

    /// A share of the full marks in points.
    pub(crate) fn share(&self, share: Fraction) -> Result<Fraction> {
        self.marks().times(share)
    }

    /// The same terms with other full marks.
    pub(crate) const fn with_full(self, full: Fraction) -> Self {
        Self { full: Some(full), ..self }
    }
}

/// A figure that is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Figure {
    /// Its value; the exact fraction where it comes of counts.
    pub(crate) value: Fraction,
    /// Numerator and denominator, to be shown beside the rate.
    pub(crate) parts: Option<(Decimal, Decimal)>,
}

/// One input with what is known of it.
pub(crate) struct Given<'a> {
    /// How the rule declares it.
    pub(crate) input: &'a Input,
    /// The unit's figure, or why there is none.
    pub(crate) figure: Result<Figure>,
    /// The figures of the unit's group.
    pub(crate) peers: Option<&'a Peers>,
}

/// One unit before one item.
pub(crate) struct Case<'a> {
    /// The rule's numbers for the unit's group.
    pub(crate) terms: Terms<'a>,
    /// The item's inputs.
    pub(crate) given: &'a [Given<'a>],
}

impl Case<'_> {
    /// An input by its name; the first when no name is said.
    pub(crate) fn given(&self, name: Option<&Code>) -> Result<&Given<'_>> {
        let found = match name {
            None => self.given.first(),
            Some(name) => self.given.iter().find(|given| given.input.name() == name.0),
        };
        found.ok_or_else(|| Unscorable::NoFact {
            input: name.map_or_else(|| "—".to_owned(), |name| name.0.clone()),
        })
    }

    /// The value of an input.
    pub(crate) fn value(&self, name: Option<&Code>) -> Result<Fraction> {
        self.given(name)?.figure.as_ref().map(|figure| figure.value).map_err(Clone::clone)
    }

    /// The value of an input that counts something: from zero on.
    pub(crate) fn count(&self, name: Option<&Code>) -> Result<Fraction> {
        let value = self.value(name)?;
        if value.as_count().is_none() {
            let input = self.given(name)?.input.name().to_owned();
            return Err(Unscorable::NotACount { input });
        }
        Ok(value)
    }

    /// The value of an input that is at least zero, as numbers of events are.
    pub(crate) fn at_least_zero(&self, name: Option<&Code>) -> Result<Fraction> {
        let value = self.value(name)?;
        if value.is_negative() {
            let input = self.given(name)?.input.name().to_owned();
            return Err(Unscorable::Negative { input });
        }
        Ok(value)
    }

    /// The figures of the group for an input, at least one.
    pub(crate) fn peers(&self, name: Option<&Code>) -> Result<&Peers> {
        let given = self.given(name)?;
        let input = || given.input.name().to_owned();
        let peers = given.peers.ok_or_else(|| Unscorable::NoFact { input: input() })?;
        if peers.count() == 0 { Err(Unscorable::NoPeers) } else { Ok(peers) }
    }

    /// Whether all conditions hold.
    pub(crate) fn holds(&self, conditions: &[Condition]) -> Result<bool> {
        for condition in conditions {
            let value = self.value(condition.input.as_ref())?;
            for (bound, param) in condition.bounds() {
                if !bound.holds(&value, &self.terms.param(param)?) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// The input with its value and, for a rate, the counts: 按期办结率78.9%（30/38）.
    pub(crate) fn shown(&self, name: Option<&Code>) -> Message {
        let Ok(given) = self.given(name) else {
            return Message { zh: String::new(), en: String::new() };
        };
        let Ok(figure) = &given.figure else {
            return Message {
                zh: given.input.name().to_owned(),
                en: given.input.english().to_owned(),
            };
        };
        let (zh, en) = (given.input.name(), given.input.english());
        let amount = amount(given.input.unit(), figure.value);
        let counts = figure.parts.map_or_else(String::new, |(num, den)| {
            format!("{}/{}", num.normalize(), den.normalize())
        });
        if counts.is_empty() {
            return Message { zh: format!("{zh}{}", amount.zh), en: format!("{en} {}", amount.en) };
        }
        Message {
            zh: format!("{zh}{}（{counts}）", amount.zh),
            en: format!("{en} {} ({counts})", amount.en),
        }
    }

    /// A value of an input with its unit.
    pub(crate) fn amount(&self, name: Option<&Code>, value: Fraction) -> Message {
        amount(self.given(name).map_or("", |given| given.input.unit()), value)
    }

    /// A distance between two values of an input with its unit: percentage points for rates.
    pub(crate) fn distance(&self, name: Option<&Code>, value: Fraction) -> Message {
        distance(self.given(name).map_or("", |given| given.input.unit()), value)
    }
}

/// The unit of figures that are ranks: a 4 is the fourth, not four.
const RANK: &str = "名次";

/// A value with its unit.
pub(crate) fn amount(unit: &str, value: Fraction) -> Message {
    if unit == "%" {
        let percent = hundredfold(value);
        return msg!("{percent}%", "{percent}%");
    }
    if unit == RANK {
        let rank = value.shown();
        return msg!("第{rank}名", "rank {rank}");
    }
    let (shown, english) = (value.shown(), english_unit(unit));
    let english = if shown == "1" { english.strip_suffix('s').unwrap_or(english) } else { english };
    let en = if english.is_empty() { shown.clone() } else { format!("{shown} {english}") };
    Message { zh: format!("{shown}{unit}"), en }
}

/// A number of the facts with its unit, as sentences write it: 8.5%, 第4名, 2件.
pub fn figure(number: Decimal, unit: &str) -> Message {
    amount(unit, Fraction::from(number))
}

/// A distance with its unit.
pub(crate) fn distance(unit: &str, value: Fraction) -> Message {
    if unit == "%" {
        let points = hundredfold(value);
        let plural = if points == "1" { "" } else { "s" };
        return Message {
            zh: format!("{points}个百分点"),
            en: format!("{points} percentage point{plural}"),
        };
    }
    if unit == RANK {
        let ranks = value.shown();
        let plural = if ranks == "1" { "" } else { "s" };
        return msg!("{ranks}名", "{ranks} rank{plural}");
    }
    amount(unit, value)
}

fn hundredfold(value: Fraction) -> String {
    let percent = value
        .times(Fraction::whole(100))
        .and_then(|percent| percent.round(2, crate::rounding::Rounding::HalfUp));
    percent.map_or_else(|_| "…".to_owned(), |percent| percent.normalize().to_string())
}

/// The units that Chinese offices count in, in English; others stand as they are.
pub(crate) fn english_unit(unit: &str) -> &str {
    match unit {
        "亿元" => "hundred million yuan",
        "万元" => "ten thousand yuan",
        "元" => "yuan",
        "件" | "项" => "items",
        "次" => "times",
        "天" => "days",
        "分" => "points",
        "票" => "votes",
        "户" | "家" => "firms",
        RANK => "ranks",
        "个" | "名" => "",
        other => other,
    }
}
