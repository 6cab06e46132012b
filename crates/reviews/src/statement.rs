//! 表态发言: who has to say what, how often it came to that, and what becomes of the measures. Pure:
//! no SQL, no HTTP, no clock.

use assignments::tables::Verdict;
use kernel::{Actor, Day, FieldError, Message, Refusal, msg, text};
use measures::ReviewMonth;
use serde::Serialize;
use uuid::Uuid;

use crate::facts::statement::{Promised, Stated, StatementFact};
use crate::review::{person, wrong_state};
use crate::tables::statement::{StatementRow, StatementState};
use crate::tables::{ReviewRow, ReviewState};

/// Measures of a statement at most.
pub(crate) const MEASURES_MAX: usize = 20;
/// Days ahead at most.
const DAYS_MAX: i64 = 730;

/// How often it came to the same consequence for a unit, with this month counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Times {
    /// 累计第几次.
    pub(crate) nth: usize,
    /// 连续几个月.
    pub(crate) months: usize,
}

impl Times {
    /// In this month, after the earlier ones in which it was decided and published.
    pub(crate) fn of(month: ReviewMonth, earlier: &[ReviewMonth]) -> Self {
        let (mut months, mut before) = (1, month.before());
        while earlier.contains(&before) {
            months += 1;
            before = before.before();
        }
        Self { nth: earlier.len() + 1, months }
    }

    /// 累计第2次，连续2个月.
    pub(crate) fn message(self) -> Message {
        let Self { nth, months } = self;
        match (nth, months) {
            (1, _) => text!("首次", "the first time").into(),
            (_, 1) => msg!("累计第{nth}次", "time {nth} in all"),
            _ => msg!(
                "累计第{nth}次，连续{months}个月",
                "time {nth} in all, {months} months running"
            ),
        }
    }
}

impl ReviewRow {
    /// A unit that has to make a statement writes it, or rewrites what was returned.
    pub(crate) fn write_statement(
        &self,
        actor: &Actor,
        (is_called, former): (bool, Option<(&StatementRow, usize)>),
        (gap, measures, goal): (String, Vec<Promised>, String),
        today: Day,
    ) -> Result<StatementFact, Refusal> {
        if !is_called {
            return Err(Refusal::Missing);
        }
        if !self.is_out() && self.state != ReviewState::Approved {
            return Err(wrong_state());
        }
        if former.is_some_and(|(row, _)| !row.is_with_the_unit()) {
            return Err(Refusal::rule(text!(
                "表态发言已经提交，不能再改；需要修改的请督查局退回。",
                "It is submitted and cannot be changed; ask the bureau to return it."
            )));
        }
        demand_measures(&measures, today)?;
        let stated = Stated {
            review: self.id,
            unit: actor.unit,
            gap,
            measures,
            goal,
            former: former.map_or(0, |(_, n)| i64::try_from(n).unwrap_or(i64::MAX)),
            person: person(actor),
            on: today,
        };
        Ok(StatementFact::Written { stated })
    }
}

fn demand_measures(measures: &[Promised], today: Day) -> Result<(), Refusal> {
    if measures.is_empty() {
        let told = text!("至少写一条整改措施。", "Write one measure at least.");
        return Err(Refusal::field("measures", told));
    }
    let last = today.plus(DAYS_MAX);
    let mut wrong = Vec::new();
    for (n, promised) in measures.iter().enumerate() {
        if promised.due < today || promised.due > last {
            let message = msg!(
                "完成时限须在今天（{today}）到 {last} 之间。",
                "It is done between today ({today}) and {last}."
            );
            wrong.push(FieldError { field: web::cell_name("measures", n, "due"), message });
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::Fields(wrong)) }
}

impl StatementRow {
    /// Whether the unit may still write.
    pub(crate) const fn is_with_the_unit(&self) -> bool {
        match self.state {
            StatementState::Draft | StatementState::Returned => true,
            StatementState::Submitted | StatementState::Accepted => false,
        }
    }

    /// The unit's head submits it.
    pub(crate) fn submit(&self, actor: &Actor, today: Day) -> Result<StatementFact, Refusal> {
        if actor.unit != self.unit_id {
            return Err(Refusal::Missing);
        }
        match self.state {
            StatementState::Draft => {
                Ok(StatementFact::Submitted { person: person(actor), on: today })
            }
            StatementState::Returned => Err(Refusal::rule(text!(
                "已被退回，请先按意见修改再提交。",
                "It was returned; rewrite it as the remark says, then submit it."
            ))),
            StatementState::Submitted | StatementState::Accepted => Err(wrong_state()),
        }
    }

    /// The bureau accepts it or returns it with a remark.
    pub(crate) fn judge(
        &self,
        actor: &Actor,
        (verdict, remark): (Verdict, String),
        today: Day,
    ) -> Result<StatementFact, Refusal> {
        if self.state != StatementState::Submitted {
            return Err(wrong_state());
        }
        if verdict == Verdict::Returned && remark.is_empty() {
            let told = text!("退回须写明意见。", "Say why it is returned.");
            return Err(Refusal::field("remark", told));
        }
        Ok(StatementFact::Judged { verdict, remark, person: person(actor), on: today })
    }

    /// The measures of an accepted statement may go into the draft of a batch, once.
    pub(crate) fn demand_takeable(&self) -> Result<(), Refusal> {
        if self.state != StatementState::Accepted {
            return Err(Refusal::rule(text!(
                "认可以后才能把整改措施列入交办。",
                "Accept the statement first; then its measures become assignments."
            )));
        }
        if self.taken_over_on.is_some() {
            return Err(Refusal::rule(text!(
                "整改措施已经列入交办。",
                "Its measures were taken into a batch already."
            )));
        }
        Ok(())
    }

    /// They went into a batch.
    pub(crate) fn take_over(
        &self,
        (batch, lines): (Uuid, Vec<Uuid>),
        today: Day,
    ) -> Result<StatementFact, Refusal> {
        self.demand_takeable()?;
        Ok(StatementFact::TakenOver { batch, lines, on: today })
    }
}

#[cfg(test)]
mod tests {
    use measures::ReviewMonth;

    use super::Times;

    fn months(all: &[&str]) -> Vec<ReviewMonth> {
        all.iter().map(|month| month.parse().unwrap()).collect()
    }

    #[test]
    fn times_are_counted_in_all_and_without_a_gap() {
        let now = "2022-01".parse().unwrap();
        for (earlier, nth, running, zh) in [
            (&[][..], 1, 1, "首次"),
            (&["2021-10"][..], 2, 1, "累计第2次"),
            (&["2021-12"][..], 2, 2, "累计第2次，连续2个月"),
            (&["2021-08", "2021-11", "2021-12"][..], 4, 3, "累计第4次，连续3个月"),
        ] {
            let times = Times::of(now, &months(earlier));
            assert_eq!((times.nth, times.months), (nth, running), "{earlier:?}");
            assert_eq!(times.message().zh, zh);
        }
    }
}
