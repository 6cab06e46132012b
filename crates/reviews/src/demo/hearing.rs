//! What units of the demo city contest, and what an officer who did not compute it decides.

use journal::{Act, Error, Result};
use kernel::{Actor, Role};
use rules::facts::{Change, Fact, State, Value};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Hour, Mornings};
use crate::computed::{Part, Parts};
use crate::tables::{ObjectionRow, ReviewRow};
use crate::{acts, computed, store};

/// The figure that is contested.
const RATE: &str = "A1|按期办结率(权重=是)";
/// Whose group of a rule set contests what, and what is decided: whether it is upheld, in words.
const OBJECTIONS: [(&str, &str, bool, &str); 3] = [
    ("XQ", "有1件事项在时限内报结、核实在后，应计入按期办结。", true, UPHELD),
    ("ZH", "有1件事项因防汛顺延，已在顺延后的时限内办结。", true, UPHELD),
    (
        "JJ",
        "有1件事项客商推迟来访，请不计入。",
        false,
        "推迟后没有在时限前申请延期，按办法第三条应计入。",
    ),
];
const UPHELD: &str = "经调阅报结记录，属实，予以更正。";

impl Mornings<'_> {
    /// Units file what they contest on the day after they saw their drafts.
    pub(super) async fn contest(&self, review: &ReviewRow, hour: &mut Hour<'_>) -> Result<()> {
        let month = review.month;
        let mut tx = self.db.read().await?;
        let there = store::objection::of_review(&mut tx, review).await?;
        drop(tx);
        if !there.is_empty() {
            return Ok(());
        }
        let parts = self.computed(review).await?;
        for (code, said, ..) in OBJECTIONS {
            let Some(unit) = parts.iter().find(|p| p.rule.code.0 == code).and_then(behind) else {
                continue;
            };
            let head = self.city.post(self.city.unit_name(unit)?, Role::Head)?;
            let what = (RATE.to_owned(), said.to_owned(), Vec::new());
            let run = async |act: &mut Act, actor: &Actor| {
                acts::object::run(act, actor, month, what).await
            };
            self.act((head, "reviews.object"), hour, run).await?;
        }
        Ok(())
    }

    /// Another officer than who computed decides each.
    pub(super) async fn decide(&self, review: &ReviewRow, hour: &mut Hour<'_>) -> Result<()> {
        let mut tx = self.db.read().await?;
        let open = store::objection::of_review(&mut tx, review).await?;
        drop(tx);
        for objection in open.iter().filter(|o| o.is_open()) {
            let found = OBJECTIONS.iter().find(|(_, said, ..)| *said == objection.said);
            let Some((.., is_upheld, words)) = found else { continue };
            let change = if *is_upheld { self.one_more(review, objection).await? } else { None };
            let answer = acts::decide_objection::Answer {
                change,
                words: (*words).to_owned(),
                places: acts::decide_objection::places(self.db, review, objection).await?,
            };
            self.answer(objection, &answer, hour).await?;
        }
        Ok(())
    }

    /// By the first officer who did not verify what the figure rests on.
    async fn answer(
        &self,
        objection: &ObjectionRow,
        answer: &acts::decide_objection::Answer,
        hour: &mut Hour<'_>,
    ) -> Result<()> {
        for n in [2, 3, 0] {
            let run = async |act: &mut Act, actor: &Actor| {
                acts::decide_objection::run(act, actor, objection.id, answer.clone()).await
            };
            let done = self.act((self.officer(n)?, "reviews.decide_objection"), hour, run).await;
            if !matches!(done, Err(Error::Refused(_))) {
                return done;
            }
        }
        Err(Error::fault("every officer of the demo had a hand in a contested figure"))
    }

    async fn computed(&self, review: &ReviewRow) -> Result<Parts> {
        let mut tx = self.db.read().await?;
        let row = store::review::computation(&mut tx, review, review.computation).await?;
        drop(tx);
        computed::parts(self.db, &row.ok_or_else(Error::missing)?).await
    }

    /// One record more counts as done in time; nothing changes where all were.
    async fn one_more(
        &self,
        review: &ReviewRow,
        objection: &ObjectionRow,
    ) -> Result<Option<Change>> {
        let parts = self.computed(review).await?;
        let unit = objection.unit_id.to_string();
        let of = computed::of_unit(&parts, &unit).and_then(|part| part.unit(&unit));
        let Some(fact) = of.and_then(|u| u.facts.get(&objection.measure)) else { return Ok(None) };
        let State::Known(Value::Ratio { numerator, denominator }) = fact.state else {
            return Ok(None);
        };
        let more = numerator + Decimal::ONE;
        let value = Value::Ratio { numerator: more, denominator };
        let fact = Fact { state: State::Known(value), n: fact.n };
        Ok((more <= denominator).then(|| Change::Cell { call: objection.measure.clone(), fact }))
    }
}

/// The first unit of a rule set whose rate lacks at least one record.
fn behind(part: &Part) -> Option<Uuid> {
    let (_, call) = RATE.split_once('|')?;
    let lacks = |fact: &Fact| match fact.state {
        State::Known(Value::Ratio { numerator, denominator }) => {
            numerator + Decimal::ONE <= denominator
        }
        State::Known(Value::Number(_))
        | State::NotApplicable(_)
        | State::Missing(_)
        | State::Disputed(..) => false,
    };
    let unit = part.facts.units.iter().find(|u| u.facts.get(call).is_some_and(lacks))?;
    unit.unit.parse().ok()
}
