//! 分档: a table of thresholds; a counter like “the n-th time last” enters as its figure.

use kernel::{Message, Text, text};

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{Direction, Points, Reach, Scoring, Wording, at, joined};
use crate::document::{Code, document};
use crate::fraction::Fraction;
use crate::rule_set::param::Param;
use crate::saying::{number, say};
use crate::unscorable::Unscorable;

document! {
    /// One row of the table.
    pub struct Row {
        /// The threshold; reaching it is enough.
        "界" => limit: Param,
        /// Points of the row.
        "得分" => points: Param,
    }
}

document! {
    /// The first row whose threshold is reached gives its points.
    pub struct StepTable {
        /// The input; the first when absent.
        "输入" => input: Option<Code>,
        /// Which way is better: thresholds then fall or rise.
        "方向" => direction: Direction,
        /// The rows from the best on.
        "档" => rows: Vec<Row>,
        /// Points of everything else.
        "其余" => otherwise: Param,
    }
}

impl Scoring for StepTable {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let (terms, input) = (&case.terms, self.input.as_ref());
        let value = case.value(input)?;
        steps.say(|| case.shown(input));
        for row in &self.rows {
            let limit = terms.param(&row.limit)?;
            let is_reached = match self.direction {
                Direction::Up => value >= limit,
                Direction::Down => value <= limit,
            };
            if is_reached {
                let points = terms.param(&row.points)?;
                steps.say(|| {
                    let (limit, points) = (case.amount(input, limit), number(points));
                    match self.direction {
                        Direction::Up => say!(
                            "达到{a}一档，计{b}分",
                            "reaches the row from {a}: {b} points",
                            a = limit,
                            b = points
                        ),
                        Direction::Down => say!(
                            "在{a}一档以内，计{b}分",
                            "within the row up to {a}: {b} points",
                            a = limit,
                            b = points
                        ),
                    }
                });
                return Ok(points);
            }
        }
        let points = terms.param(&self.otherwise)?;
        steps.say(|| {
            say!("不在各档之内，计{a}分", "in none of the rows: {a} points", a = number(points))
        });
        Ok(points)
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let input = self.input.as_ref();
        let rows: Vec<Message> = self
            .rows
            .iter()
            .map(|row| {
                let (limit, points) = (wording.amount(input, &row.limit), row.points.said());
                match self.direction {
                    Direction::Up => {
                        say!("{a}以上得{b}分", "{a} or more: {b} points", a = limit, b = points)
                    }
                    Direction::Down => {
                        say!("{a}以内得{b}分", "{a} or less: {b} points", a = limit, b = points)
                    }
                }
            })
            .collect();
        say!(
            "{a}{b}，其余得{c}分（界限含本数）",
            "{a}: {b}, otherwise {c} points (limits included)",
            a = wording.name(input),
            b = joined(&rows, "，", ", "),
            c = self.otherwise.said()
        )
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let mut all = vec![terms.param(&self.otherwise)?];
        for row in &self.rows {
            all.push(terms.param(&row.points)?);
        }
        Ok(Reach { least: all.iter().min().copied(), most: all.iter().max().copied() })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        if self.rows.is_empty() {
            return vec![at("档", NONE)];
        }
        let limits = self.rows.iter().map(|row| terms.param(&row.limit));
        let Ok(limits) = limits.collect::<Result<Vec<_>, _>>() else { return Vec::new() };
        let mut wrong = Vec::new();
        for (index, pair) in limits.windows(2).enumerate() {
            let [before, after] = pair else { continue };
            let is_right = match self.direction {
                Direction::Up => before > after,
                Direction::Down => before < after,
            };
            if !is_right {
                let (a, b) = (number(*before), number(*after));
                let order = match self.direction {
                    Direction::Up => text!("应从大到小", "they must fall"),
                    Direction::Down => text!("应从小到大", "they must rise"),
                };
                let message = say!(
                    "分档界限{a}与{b}次序不对，{c}",
                    "the limits {a} and {b} are in the wrong order: {c}",
                    a = a,
                    b = b,
                    c = Message::from(order)
                );
                wrong.push((
                    vec!["档".to_owned(), (index + 2).to_string(), "界".to_owned()],
                    message,
                ));
            }
        }
        wrong
    }

    fn corners(&self, terms: &Terms<'_>) -> Option<Vec<Fraction>> {
        self.rows.iter().map(|row| terms.param(&row.limit).ok()).collect()
    }
}

const NONE: Text = text!("至少要有一档", "at least one row is needed");
