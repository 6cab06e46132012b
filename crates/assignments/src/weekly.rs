//! 周反馈: what a unit reports on all its open items in one go, signed once by its head. Pure: no
//! SQL, no HTTP, no clock.

use kernel::{Actor, Day, Refusal, Role, text};
use uuid::Uuid;

use crate::facts::{Paper, WeeklyFact, WeeklyItem};
use crate::tables::weekly::{WeeklyAnswerRow, WeeklyState};

/// Items of one weekly answer at most; who has more reports the rest on their cards.
pub(crate) const ITEMS_MAX: usize = 100;

/// How a row is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// In one's own words.
    Own,
    /// 按计划推进.
    Plan,
    /// 与上次相同.
    Same,
}

impl How {
    pub(crate) const ALL: [Self; 3] = [Self::Plan, Self::Same, Self::Own];

    /// The word in forms and drafts.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Plan => "plan",
            Self::Same => "same",
        }
    }

    /// The way of a word; nothing for a row that is left out.
    pub(crate) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.word() == word)
    }
}

/// What a row says, with what was said last time; an error belongs to the named cell.
pub(crate) fn said(
    how: How,
    done: &str,
    last: Option<&str>,
) -> Result<String, (&'static str, kernel::Text)> {
    match (how, last) {
        (How::Own, _) if done.is_empty() => {
            Err(("done", text!("请填写本周进展。", "Write what was done this week.")))
        }
        (How::Own, _) => Ok(done.to_owned()),
        (How::Plan, _) if done.is_empty() => Ok("按计划推进。".to_owned()),
        (How::Plan, _) => Ok(format!("按计划推进。{done}")),
        (How::Same, None) => Err((
            "how",
            text!(
                "还没有反馈过，不能选“与上次相同”。",
                "Nothing was reported before; choose another."
            ),
        )),
        (How::Same, Some(last)) if done.is_empty() => Ok(last.to_owned()),
        (How::Same, Some(last)) => Ok(format!("{last}\n{done}")),
    }
}

/// The Monday of a day's week.
pub(crate) fn monday(day: Day) -> Day {
    day.plus(-i64::from(day.weekday().to_monday_zero_offset()))
}

/// A unit hands in the answers of its week, while no other waits for the head.
pub(crate) fn prepare(
    actor: &Actor,
    today: Day,
    (items, waiting): (Vec<WeeklyItem>, bool),
) -> Result<WeeklyFact, Refusal> {
    if waiting {
        return Err(Refusal::rule(text!(
            "本单位已有一份周反馈待负责人签发，签发或退回后才能再报。",
            "One weekly answer of this unit waits for its head; it is signed or sent back first."
        )));
    }
    if items.is_empty() {
        return Err(Refusal::rule(text!(
            "还没有填写任何一项，请至少反馈一项。",
            "Nothing is answered yet; answer at least one item."
        )));
    }
    Ok(WeeklyFact::Prepared { unit: actor.unit, monday: monday(today), items })
}

impl WeeklyAnswerRow {
    fn demand_waiting(&self) -> Result<(), Refusal> {
        if self.state == WeeklyState::Prepared {
            return Ok(());
        }
        Err(Refusal::rule(text!(
            "这份周反馈已经签发或退回，请看最新状态。",
            "This weekly answer was signed or sent back; look at its present state."
        )))
    }

    /// The head sends it back to the liaison.
    pub(crate) fn send_back(&self, actor: &Actor, words: String) -> Result<WeeklyFact, Refusal> {
        self.demand_head(actor)?;
        self.demand_waiting()?;
        if words.is_empty() {
            return Err(Refusal::field(
                "words",
                text!("退回须写明意见。", "Say why it is sent back."),
            ));
        }
        Ok(WeeklyFact::Returned { words })
    }

    fn demand_head(&self, actor: &Actor) -> Result<(), Refusal> {
        let is_head = actor.role == Role::Head && actor.unit == self.unit_id;
        if is_head { Ok(()) } else { Err(Refusal::Missing) }
    }

    /// The head signs it, or the unit enters that the head signed on paper; the rows that could
    /// be reported are named.
    pub(crate) fn sign(
        &self,
        actor: &Actor,
        today: Day,
        (paper, reported): (Option<Paper>, Vec<Uuid>),
    ) -> Result<WeeklyFact, Refusal> {
        if paper.is_none() {
            self.demand_head(actor)?;
        } else if !actor.role.is_unit() || actor.unit != self.unit_id {
            return Err(Refusal::Missing);
        }
        self.demand_waiting()?;
        let on = paper.as_ref().map_or(today, |p| p.on);
        Ok(WeeklyFact::Signed { on, paper, reported })
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Actor, Day, Id, Refusal, Role};
    use uuid::Uuid;

    use super::{How, monday, prepare, said};
    use crate::facts::{Paper, WeeklyFact, WeeklyItem};
    use crate::tables::weekly::{WeeklyAnswerRow, WeeklyState};

    const UNIT: Uuid = Uuid::from_u128(10);

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn actor(role: Role) -> Actor {
        Actor {
            jurisdiction: Id::from(Uuid::from_u128(1)),
            account: Uuid::nil(),
            person: Uuid::from_u128(5),
            post: Uuid::from_u128(6),
            unit: UNIT,
            role,
            on_behalf: None,
        }
    }

    fn answer(state: WeeklyState) -> WeeklyAnswerRow {
        WeeklyAnswerRow {
            jurisdiction_id: Id::from(Uuid::from_u128(1)),
            id: Uuid::from_u128(2),
            unit_id: UNIT,
            monday: day("2021-11-01"),
            state,
            prepared_by: Uuid::from_u128(7),
            prepared_at: kernel::Moment::from_micros(0),
            signed_by: None,
            signed_on: None,
            paper_signer_post_id: None,
            words: String::new(),
        }
    }

    #[test]
    fn one_click_says_as_planned_or_as_last_time() {
        assert_eq!(said(How::Plan, "", None).unwrap(), "按计划推进。");
        assert_eq!(said(How::Plan, "已过半", None).unwrap(), "按计划推进。已过半");
        assert_eq!(said(How::Same, "", Some("已报省厅")).unwrap(), "已报省厅");
        assert_eq!(said(How::Same, "", None).unwrap_err().0, "how");
        assert_eq!(said(How::Own, "", Some("x")).unwrap_err().0, "done");
    }

    #[test]
    fn one_answer_waits_at_a_time_and_says_something() {
        let item = WeeklyItem {
            assignment: Uuid::from_u128(3),
            done: "已过半".into(),
            quantity: None,
            blocker: String::new(),
            files: Vec::new(),
        };
        let liaison = actor(Role::Liaison);
        let today = day("2021-11-03");
        assert!(prepare(&liaison, today, (vec![item.clone()], true)).is_err());
        assert!(prepare(&liaison, today, (Vec::new(), false)).is_err());
        let fact = prepare(&liaison, today, (vec![item], false)).unwrap();
        assert!(matches!(fact, WeeklyFact::Prepared { monday, .. } if monday == day("2021-11-01")));
        assert_eq!(monday(day("2021-11-07")), day("2021-11-01"));
    }

    #[test]
    fn the_head_signs_once_in_the_program_or_on_paper() {
        let waiting = answer(WeeklyState::Prepared);
        let (head, liaison) = (actor(Role::Head), actor(Role::Liaison));
        let today = day("2021-11-05");
        assert_eq!(waiting.sign(&liaison, today, (None, Vec::new())), Err(Refusal::Missing));
        assert!(waiting.sign(&head, today, (None, Vec::new())).is_ok());
        let paper = || Some(Paper { signer: head.post, on: today, scans: Vec::new() });
        assert!(waiting.sign(&liaison, today, (paper(), Vec::new())).is_ok());
        let other = Actor { unit: Uuid::from_u128(11), ..liaison };
        assert_eq!(waiting.sign(&other, today, (paper(), Vec::new())), Err(Refusal::Missing));
        let signed = answer(WeeklyState::Signed);
        assert!(signed.sign(&head, today, (None, Vec::new())).is_err());
        assert!(waiting.send_back(&head, String::new()).is_err());
        assert!(waiting.send_back(&head, "补充数字".into()).is_ok());
    }
}
