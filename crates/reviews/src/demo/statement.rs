//! What units of the demo city state after a circular named them, and that the bureau accepts it. The
//! statement of the last month is left to be written by who opens the demo.

use assignments::tables::Verdict;
use journal::{Act, Result};
use kernel::{Actor, Day, Role};
use people::demo::Held;

use super::{Hour, Mornings};
use crate::acts::statement::At;
use crate::acts::{judge_statement, statement, submit_statement, write_statement};
use crate::facts::statement::Promised;
use crate::store;
use crate::tables::{Decision, ReviewRow};

/// Working days after the circular on which a unit states, and on which the bureau accepts.
const STATED: i64 = 1;
const ACCEPTED: i64 = 2;
const GAP: &str = "\
本月考评列本组末位。主要差距：一是按期办结率偏低，几件事项到时限前几天才调度，报结材料不齐被退办；二是逾期未办结的事项没有及时申请延期。
原因：牵头科室之间衔接不够，联络员没有每周核对时限，单位负责人调度间隔过长。";
const GOAL: &str =
    "下期逾期未办结事项清零，按期办结率不低于本组平均水平，同一事项不因材料不齐被退办两次。";
/// What is done about it, and in how many working days.
const MEASURES: [(&str, Role, u32); 3] = [
    ("逐件清理逾期事项，办结一件、报结一件", Role::Liaison, 14),
    ("每周一核对本周到期事项并提醒责任科室", Role::Liaison, 18),
    ("单位负责人每半月调度一次交办事项", Role::Head, 28),
];

impl Mornings<'_> {
    /// On the days after a circular.
    pub(super) async fn state(
        &self,
        review: &ReviewRow,
        today: Day,
        hour: &mut Hour<'_>,
    ) -> Result<()> {
        let Some(on) = review.published_on else { return Ok(()) };
        let since = self.calendar.between(on, today);
        if since != STATED && since != ACCEPTED {
            return Ok(());
        }
        let mut tx = self.db.read().await?;
        let decided = store::review::consequences(&mut tx, review).await?;
        let mut units = Vec::new();
        for row in decided.iter().filter(|row| row.verdict == Decision::Taken) {
            let called = statement::called(&mut tx, self.db, review, row.unit_id).await?;
            if !called.is_empty() && !units.contains(&row.unit_id) {
                units.push(row.unit_id);
            }
        }
        drop(tx);
        for unit in units {
            let (at, name) = (At { month: review.month, unit }, self.city.unit_name(unit)?);
            if since == STATED {
                self.write(at, name, today, hour).await?;
            } else {
                self.accept(at, hour).await?;
            }
        }
        Ok(())
    }

    async fn write(&self, at: At, name: &str, today: Day, hour: &mut Hour<'_>) -> Result<()> {
        let head: &Held = self.city.post(name, Role::Head)?;
        let liaison = self.city.post(name, Role::Liaison).unwrap_or(head);
        let promised = MEASURES.map(|(measure, role, days)| Promised {
            measure: measure.to_owned(),
            responsible: if role == Role::Head { head.post } else { liaison.post },
            due: self.calendar.plus(today, days),
        });
        let said = write_statement::Said {
            gap: GAP.to_owned(),
            measures: promised.to_vec(),
            goal: GOAL.to_owned(),
        };
        let db = self.db;
        let run = async |act: &mut Act, actor: &Actor| {
            write_statement::run(act, actor, (db, at), said).await
        };
        self.act((liaison, "reviews.write_statement"), hour, run).await?;
        let run = async |act: &mut Act, actor: &Actor| submit_statement::run(act, actor, at).await;
        self.act((head, "reviews.submit_statement"), hour, run).await
    }

    async fn accept(&self, at: At, hour: &mut Hour<'_>) -> Result<()> {
        let said = (Verdict::Agreed, "措施具体，按时限抓好落实。".to_owned());
        let run =
            async |act: &mut Act, actor: &Actor| judge_statement::run(act, actor, at, said).await;
        self.act((self.officer(0)?, "reviews.judge_statement"), hour, run).await
    }
}
