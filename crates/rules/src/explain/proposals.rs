//! Why a consequence is proposed for a unit: its place, and what lowered its award.

use kernel::{Message, msg};

use super::place;
use crate::engine::Scoring;
use crate::engine::sheet::{Lowered, Proposal, Said, UnitScore};
use crate::methods::{Wording, joined};
use crate::print::outcomes::ground;
use crate::rule_set::demotion::Ground;
use crate::rule_set::item::title;
use crate::saying::{same, say};

impl Scoring<'_> {
    /// K2 二等奖：组内第1名（共4个单位），原为K1 一等奖，因“A1合计得分低于25分”（A1得20分）降1档.
    pub fn explain_proposal(&self, score: &UnitScore, proposal: &Proposal) -> Said {
        let mut parts = vec![place(&score.standing)];
        parts.extend(proposal.lowered.iter().map(|one| self.lowered(score, one)));
        parts.extend(proposal.open.as_ref().map(|why| {
            let why = why.message();
            say!("尚不能确定：{a}", "not certain yet: {a}", a = why)
        }));
        let name = self.consequence(&proposal.consequence);
        say!("{a}：{b}", "{a}: {b}", a = name, b = joined(&parts, "，", ", ")).into()
    }

    fn lowered(&self, score: &UnitScore, lowered: &Lowered) -> Message {
        let demotion = self.rule().demotions.iter().find(|one| one.code.0 == lowered.by);
        let grounds: Vec<Message> = demotion.map_or_else(Vec::new, |demotion| {
            let wording = Wording { inputs: &demotion.inputs.0 };
            let all = demotion.grounds.iter().zip(1..);
            let held = all.filter(|(_, place)| lowered.grounds.contains(place));
            held.map(|(one, _)| {
                let because = self.because(score, demotion, one);
                say!("“{a}”（{b}）", "“{a}” ({b})", a = ground(one, &wording), b = because)
            })
            .collect()
        });
        let levels = same(&lowered.grounds.len().to_string());
        say!(
            "原为{a}，因{b}降{c}档",
            "{a} before, lowered by {c} for {b}",
            a = self.consequence(&lowered.from),
            b = joined(&grounds, "、", ", "),
            c = levels
        )
    }

    /// The figure or the points behind a ground.
    fn because(
        &self,
        score: &UnitScore,
        demotion: &crate::rule_set::demotion::Demotion,
        ground: &Ground,
    ) -> Message {
        match ground {
            Ground::Figure(condition) => {
                self.figure(&score.unit, demotion, condition.input.as_ref())
            }
            Ground::Points(short) => {
                let parts = short.items.iter().filter_map(|code| score.part(&code.0));
                let said = parts.filter_map(|part| {
                    let (code, points) = (&part.code, crate::decimal::canonical(part.points()?));
                    Some(msg!("{code}得{points}分", "{code}: {points} points"))
                });
                joined(&said.collect::<Vec<_>>(), "、", ", ")
            }
        }
    }

    fn consequence(&self, code: &str) -> Message {
        let found = self.rule().consequences.iter().find(|one| one.code.0 == code);
        let name = found.map_or_else(|| same(""), |one| title(&one.name, one.english.as_ref()));
        say!("{a} {b}", "{a} {b}", a = same(code), b = name)
    }
}
