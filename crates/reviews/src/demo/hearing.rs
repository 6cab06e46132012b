//! What units of the demo city contest, and what an officer who did not compute it decides.

use journal::{Act, Error, Result};
use kernel::{Actor, Role};
use rules::facts::{Change, Fact, State, Value};
use rust_decimal::Decimal;

use super::{Hour, Mornings};
use crate::tables::{ObjectionRow, ReviewRow};
use crate::{acts, computed, store};

/// Month, unit, item and figure, what the unit says, what is decided, and whether it is upheld.
const OBJECTIONS: [(&str, &str, &str, &str, &str, bool); 6] = [
    ("2021-08", "舞阳县", RATE, "有1件事项在时限内报结，核实在后，应计入按期办结。", UPHELD, true),
    ("2021-09", "市商务局", RATE, "有1件事项等待省厅批复，请不计入。", "该事项没有申请暂缓，按办法第三条应计入。", false),
    ("2021-09", "郾城区", RATE, "有1件事项在时限内报结，核实在后，应计入按期办结。", UPHELD, true),
    ("2021-10", "召陵区", RATE, "有1件事项10月22日已报结，应计入按期办结。", UPHELD, true),
    ("2021-10", "市水利局", RATE, "有1件事项因防汛顺延，应计入按期办结。", UPHELD, true),
    ("2021-10", "市投资促进局", RATE, "有1件事项客商推迟来访，请不计入。", "推迟没有在时限前申请延期，按办法第三条应计入。", false),
];
const RATE: &str = "A1|按期办结率(权重=是)";
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
        for (of, unit, cell, said, ..) in OBJECTIONS {
            if of != month.to_string() {
                continue;
            }
            let head = self.city.post(unit, Role::Head)?;
            let what = (cell.to_owned(), said.to_owned(), Vec::new());
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
            let unit = self.city.unit_name(objection.unit_id)?;
            let month = review.month.to_string();
            let found = OBJECTIONS.iter().find(|(of, who, ..)| *of == month && *who == unit);
            let Some((.., words, is_upheld)) = found else { continue };
            let change =
                if *is_upheld { self.one_more(review, objection).await? } else { None };
            let what = (change, (*words).to_owned());
            let run = async |act: &mut Act, actor: &Actor| {
                acts::decide_objection::run(act, actor, objection.id, what).await
            };
            self.act((self.officer(1)?, "reviews.decide_objection"), hour, run).await?;
        }
        Ok(())
    }

    /// One record more counts as done in time; nothing changes where all were.
    async fn one_more(
        &self,
        review: &ReviewRow,
        objection: &ObjectionRow,
    ) -> Result<Option<Change>> {
        let mut tx = self.db.read().await?;
        let row = store::review::computation(&mut tx, review, review.computation).await?;
        drop(tx);
        let parts = computed::parts(self.db, &row.ok_or_else(Error::missing)?).await?;
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
