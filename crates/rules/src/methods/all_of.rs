//! 联合分档: rows that demand several figures at once, as "whole task and a fifth paid in".

use kernel::{Message, Text, text};

use super::case::{Case, Terms};
use super::steps::Steps;
use super::{Points, Reach, Scoring, Wording, at, joined};
use crate::document::document;
use crate::fraction::Fraction;
use crate::rule_set::condition::Condition;
use crate::rule_set::param::Param;
use crate::saying::{number, say};
use crate::unscorable::Unscorable;

document! {
    /// One row.
    pub struct JointRow {
        /// All of these must hold.
        "条件" => conditions: Vec<Condition>,
        /// Points of the row.
        "得分" => points: Param,
    }
}

document! {
    /// The first row whose conditions all hold gives its points.
    pub struct AllOf {
        /// The rows from the best on.
        "档" => rows: Vec<JointRow>,
        /// Points of everything else.
        "其余" => otherwise: Param,
    }
}

impl Scoring for AllOf {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        for given in case.given {
            steps.say(|| {
                let name = crate::document::Code(given.input.name().to_owned());
                case.shown(Some(&name))
            });
        }
        for (index, row) in self.rows.iter().enumerate() {
            if case.holds(&row.conditions)? {
                let points = case.terms.param(&row.points)?;
                steps.say(|| {
                    let place = crate::saying::same(&(index + 1).to_string());
                    say!(
                        "符合第{a}档全部条件，计{b}分",
                        "meets all conditions of row {a}: {b} points",
                        a = place,
                        b = number(points)
                    )
                });
                return Ok(points);
            }
        }
        let points = case.terms.param(&self.otherwise)?;
        steps.say(|| {
            say!(
                "不符合任何一档的全部条件，计{a}分",
                "meets the conditions of no row: {a} points",
                a = number(points)
            )
        });
        Ok(points)
    }

    fn rungs(&self, terms: &Terms<'_>) -> Vec<Fraction> {
        let rows = self.rows.iter().map(|row| &row.points).chain([&self.otherwise]);
        rows.filter_map(|points| terms.param(points).ok()).collect()
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let rows: Vec<Message> = self
            .rows
            .iter()
            .map(|row| {
                let all: Vec<Message> =
                    row.conditions.iter().map(|one| one.said(wording)).collect();
                let all = joined(&all, "且", " and ");
                say!("{a}的得{b}分", "{a}: {b} points", a = all, b = row.points.said())
            })
            .collect();
        say!(
            "{a}，其余得{b}分",
            "{a}, otherwise {b} points",
            a = joined(&rows, "，", ", "),
            b = self.otherwise.said()
        )
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let mut all = vec![terms.param(&self.otherwise)?];
        for row in &self.rows {
            all.push(terms.param(&row.points)?);
        }
        Ok(Reach { least: all.iter().min().copied(), most: all.iter().max().copied() })
    }

    fn check(&self, _terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        let mut wrong = Vec::new();
        if self.rows.is_empty() {
            wrong.push(at("档", NONE));
        }
        for (index, row) in self.rows.iter().enumerate() {
            let is_bound =
                !row.conditions.is_empty() && row.conditions.iter().all(Condition::has_bound);
            if !is_bound {
                let path = vec!["档".to_owned(), (index + 1).to_string(), "条件".to_owned()];
                wrong.push((path, BOUND.into()));
            }
        }
        wrong
    }
}

const NONE: Text = text!("至少要有一档", "at least one row is needed");
const BOUND: Text = text!(
    "每个条件至少写一个界限：不低于、高于、不高于、低于",
    "each condition needs a bound: 不低于, 高于, 不高于 or 低于"
);
