//! 名次分档: bands of ranks, as "1 to 3: seven points, 4 to 6: five".

use kernel::{Message, Text, text};

use super::case::{Case, Terms};
use super::peers::count;
use super::steps::Steps;
use super::{Direction, Points, Reach, Scoring, Wording, at, equals, first_rise, joined};
use crate::document::{Code, document};
use crate::rule_set::outcome::TieMode;
use crate::rule_set::param::Param;
use crate::saying::{number, same, say};
use crate::unscorable::Unscorable;

document! {
    /// One band of ranks.
    pub struct RankBand {
        /// Its last rank.
        "至" => upto: u32,
        /// Points of the band.
        "得分" => points: Param,
    }
}

document! {
    /// Points by the band in which the rank among the units of the group lies.
    pub struct RankBands {
        /// The input; the first when absent.
        "输入" => input: Option<Code>,
        /// Which way is better.
        "方向" => direction: Direction,
        /// How equal figures are ranked; shared ranks when absent.
        "并列" => ties: Option<TieMode>,
        /// The bands from the first rank on.
        "档" => bands: Vec<RankBand>,
        /// Points of all further ranks.
        "其余" => otherwise: Param,
    }
}

impl Scoring for RankBands {
    fn points(&self, case: &Case<'_>, steps: &mut Steps) -> Points {
        let input = self.input.as_ref();
        let (value, peers) = (case.value(input)?, case.peers(input)?);
        let rank = peers.rank(value, self.direction, self.ties.unwrap_or(TieMode::Skip));
        let band = self.bands.iter().find(|band| rank <= count(band.upto as usize));
        let points = case.terms.param(band.map_or(&self.otherwise, |band| &band.points))?;
        steps.say(|| {
            say!(
                "{a}，组内第{b}名，该档计{c}分",
                "{a}, rank {b} in the group, whose band earns {c} points",
                a = case.shown(input),
                b = number(rank),
                c = number(points)
            )
        });
        Ok(points)
    }

    fn said(&self, wording: &Wording<'_>) -> Message {
        let mut from = 1;
        let bands: Vec<Message> = self
            .bands
            .iter()
            .map(|band| {
                let (first, last) = (same(&from.to_string()), same(&band.upto.to_string()));
                let is_one = from == band.upto;
                from = band.upto.saturating_add(1);
                let points = band.points.said();
                if is_one {
                    say!("第{a}名得{b}分", "rank {a}: {b} points", a = last, b = points)
                } else {
                    say!(
                        "第{a}至{b}名得{c}分",
                        "ranks {a} to {b}: {c} points",
                        a = first,
                        b = last,
                        c = points
                    )
                }
            })
            .collect();
        let said = say!(
            "按{a}在组内的名次分档（{b}）：{c}，其余得{d}分",
            "by bands of the rank of {a} in the group ({b}): {c}, otherwise {d} points",
            a = wording.name(self.input.as_ref()),
            b = Message::from(self.direction.text()),
            c = joined(&bands, "，", ", "),
            d = self.otherwise.said()
        );
        let parts: Vec<Message> = [said].into_iter().chain(equals(self.ties)).collect();
        joined(&parts, "；", "; ")
    }

    fn reach(&self, terms: &Terms<'_>) -> Result<Reach, Unscorable> {
        let mut all = vec![terms.param(&self.otherwise)?];
        for band in &self.bands {
            all.push(terms.param(&band.points)?);
        }
        Ok(Reach { least: all.iter().min().copied(), most: all.iter().max().copied() })
    }

    fn check(&self, terms: &Terms<'_>) -> Vec<(Vec<String>, Message)> {
        if self.bands.is_empty() {
            return vec![at("档", NONE)];
        }
        let field = |place: usize, name: &str| {
            vec!["档".to_owned(), (place + 1).to_string(), name.to_owned()]
        };
        let pairs = self.bands.windows(2).enumerate();
        let late = pairs.filter(|(_, pair)| matches!(pair, [a, b] if a.upto >= b.upto));
        let mut wrong: Vec<(Vec<String>, Message)> =
            late.map(|(index, _)| (field(index + 1, "至"), ORDER.into())).collect();
        let points = self.bands.iter().map(|band| &band.points);
        if let Some(place) = first_rise(terms, points.chain([&self.otherwise])) {
            let is_band = place < self.bands.len();
            let path = if is_band { field(place, "得分") } else { vec!["其余".to_owned()] };
            wrong.push((path, RISE.into()));
        }
        wrong
    }

    fn is_relative(&self) -> bool {
        true
    }
}

const NONE: Text = text!("至少要有一档", "at least one band is needed");
const ORDER: Text = text!("各档的“至”应从小到大", "the bands must rise from one to the next");
const RISE: Text = text!("得分不应高于前一档", "a band may not earn more than the band before it");
