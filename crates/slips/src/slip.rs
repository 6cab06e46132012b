//! What may be done with a slip. Pure: no SQL, no HTTP, no clock.
//!
//! A slip's deadline never moves the item's due day; nobody signs two steps; the number is given
//! at issue; waiting for the bureau to judge an answer is never the unit's delay.

use assignments::facts::Paper;
use assignments::sign_off::{self, Signing};
use assignments::tables::{AssignmentRow, Verdict};
use kernel::{Actor, Day, Refusal, Role, WorkCalendar, msg, text};
use uuid::Uuid;

use crate::facts::{Fact, Place, Wording};
use crate::ladder::{self, Drafter, Former, Ladder};
use crate::tables::{AnswerRow, Signer, SlipRow, SlipSignRow, SlipState};

/// The sign-off chain of slips: 拟稿 by an officer, then the chief, then the leader where the
/// colour asks for one.
const CHAIN: [Role; 3] = [Role::Officer, Role::Chief, Role::Leader];

/// A day as papers write it: 2021年11月1日.
pub(crate) fn written(day: Day) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// 督办〔2021〕3号.
pub(crate) fn label(year: i64, number: i64) -> String {
    format!("督办〔{year}〕{number}号")
}

/// What a slip says unless somebody changes it: what the records know of the item.
pub(crate) fn wording(
    a: &AssignmentRow,
    (ladder, n): (&Ladder, i64),
    (today, calendar): (Day, &WorkCalendar),
) -> Wording {
    let (answer_days, consequence) =
        ladder.step(n).map_or((0, ""), |s| (s.answer_days, s.consequence.as_str()));
    let late = calendar.between(a.due_on, today);
    let last = a.last_report_on.map_or_else(
        || "交办以来未反馈进展".to_owned(),
        |on| format!("最近一次反馈为{}", written(on)),
    );
    let state = assignments::words::state(a.state).zh;
    Wording {
        finding: format!(
            "截至{}，该事项超过完成时限{late}个工作日，{last}，目前状态为“{state}”。",
            written(today)
        ),
        demand: format!(
            "请对照交办要求查明原因、落实责任，尽快办结；不能立即办结的，写明存在问题、下步措施和完成日期。\
             收到本单后{answer_days}个工作日内反馈整改情况和责任岗位，由单位负责人签发。"
        ),
        consequence: consequence.to_owned(),
        copies: String::new(),
    }
}

/// Drafts the next slip of an item.
pub(crate) fn draft(
    a: &AssignmentRow,
    (ladder, former): (&Ladder, Option<Former>),
    (today, calendar): (Day, &WorkCalendar),
    by: Drafter,
    words: Option<Wording>,
) -> Result<Fact, Refusal> {
    let n = ladder.next(a, former, (today, calendar), by)?;
    let step = ladder.step(n).ok_or(Refusal::Missing)?;
    Ok(Fact::Drafted {
        assignment: a.id,
        unit: a.unit_id,
        place: Place {
            n,
            ladder: ladder.version,
            colour: step.colour,
            answer_days: step.answer_days,
            signer: step.signer,
        },
        by_hand: by == Drafter::Officer,
        item_due: a.due_on,
        on: today,
        wording: words.unwrap_or_else(|| wording(a, (ladder, n), (today, calendar))),
    })
}

pub(crate) fn wrong_state() -> Refusal {
    Refusal::rule(text!(
        "督办单状态已经变化，现在不能这样办理；请按页面最新状态操作。",
        "The slip has moved on; act on its present state."
    ))
}

impl SlipRow {
    fn demand_state(&self, allowed: &[SlipState]) -> Result<(), Refusal> {
        if allowed.contains(&self.state) { Ok(()) } else { Err(wrong_state()) }
    }

    fn demand_unit(&self, actor: &Actor) -> Result<(), Refusal> {
        let is_mine = actor.role.is_unit() && actor.unit == self.unit_id;
        if is_mine { Ok(()) } else { Err(Refusal::Missing) }
    }

    /// The last step of its chain.
    pub(crate) const fn last_step(&self) -> i64 {
        match self.signer {
            Signer::Chief => 1,
            Signer::Leader => 2,
        }
    }

    /// The role whose signature it waits for.
    pub(crate) fn awaits(&self) -> Option<Role> {
        let step = usize::try_from(self.step).ok()?;
        CHAIN.get(step).copied().filter(|_| self.state == SlipState::InReview)
    }

    /// Whether the actor may sign the step it waits for; whether the slip is the actor's at all
    /// was asked when it was reached.
    pub(crate) fn is_signed_by(&self, actor: &Actor) -> bool {
        self.awaits().is_some_and(|wanted| sign_off::signs(actor, wanted))
    }

    /// Its words are changed while it is a draft.
    pub(crate) fn write(&self, wording: Wording) -> Result<Fact, Refusal> {
        self.demand_state(&[SlipState::Draft])?;
        Ok(Fact::Written { wording })
    }

    /// An officer sends it into the chain.
    pub(crate) fn send(
        &self,
        actor: &Actor,
        a: &AssignmentRow,
        today: Day,
    ) -> Result<Fact, Refusal> {
        self.demand_state(&[SlipState::Draft])?;
        self.demand_due(a, today)?;
        Ok(Fact::Signed {
            id: Uuid::now_v7(),
            step: 0,
            next: 1,
            last: self.last_step(),
            verdict: Verdict::Agreed,
            person: actor.person,
            paper: None,
            note: String::new(),
        })
    }

    /// The former colour may be superseded by it: its deadline passed and no answer came since.
    pub(crate) fn supersedes(
        &self,
        former: Option<&Self>,
        today: Day,
    ) -> Result<Option<Uuid>, Refusal> {
        let Some(former) = former.filter(|former| former.n < self.n) else { return Ok(None) };
        match former.state {
            SlipState::Issued | SlipState::Prepared
                if former.answer_by.is_some_and(|by| by < today) =>
            {
                Ok(Some(former.id))
            }
            SlipState::Superseded | SlipState::Withdrawn => Ok(None),
            SlipState::Answered => Err(Refusal::rule(text!(
                "上一张督办单已交回执，请先核实回执。",
                "The former slip was answered meanwhile; judge that answer first."
            ))),
            SlipState::Draft
            | SlipState::InReview
            | SlipState::Approved
            | SlipState::Issued
            | SlipState::Prepared
            | SlipState::Closed => Err(Refusal::rule(text!(
                "上一张督办单的回执已通过，或者反馈期限未过，不再升级，请撤销这一张。",
                "The former slip's answer was accepted, or its deadline has not passed; withdraw this one."
            ))),
        }
    }

    /// What it is about is still late, by the same due day and the same unit.
    fn demand_due(&self, a: &AssignmentRow, today: Day) -> Result<(), Refusal> {
        if a.due_on != self.item_due_on || a.unit_id != self.unit_id {
            return Err(Refusal::rule(text!(
                "该事项已延期或改派，这张督办单不再适用，请撤销。",
                "The item was extended or given to another unit; withdraw this slip."
            )));
        }
        ladder::demand_late(a, today)
    }

    /// A step of the chain is signed, or entered by the bureau from paper. Nobody signs two steps.
    pub(crate) fn sign(
        &self,
        actor: &Actor,
        former: &[SlipSignRow],
        signing: Signing,
    ) -> Result<Fact, Refusal> {
        self.demand_state(&[SlipState::InReview])?;
        let wanted = self.awaits().ok_or(Refusal::Missing)?;
        let former: Vec<_> = former.iter().map(|s| (s.step, s.person_id)).collect();
        let person = signing.person(actor, wanted, &former)?;
        let (step, last, next) = (self.step, self.last_step(), signing.next(self.step));
        let Signing { verdict, paper, note, .. } = signing;
        Ok(Fact::Signed { id: Uuid::now_v7(), step, next, last, verdict, person, paper, note })
    }

    /// It is issued: number and deadline are fixed now.
    pub(crate) fn issue(
        &self,
        a: &AssignmentRow,
        (number, time): (i64, i64),
        (today, calendar): (Day, &WorkCalendar),
    ) -> Result<Fact, Refusal> {
        self.demand_state(&[SlipState::Approved])?;
        self.demand_due(a, today)?;
        let days = u32::try_from(self.answer_days).unwrap_or_default();
        let (year, answer_by) = (i64::from(today.year()), calendar.plus(today, days));
        Ok(Fact::Issued { year, number, time, on: today, answer_by })
    }

    /// The unit writes what was put right; a head's own answer is signed with it.
    pub(crate) fn answer(
        &self,
        actor: &Actor,
        (done, responsible): (String, Uuid),
        today: Day,
    ) -> Result<Vec<Fact>, Refusal> {
        self.demand_unit(actor)?;
        self.demand_state(&[SlipState::Issued])?;
        let id = Uuid::now_v7();
        let mut facts = vec![Fact::Answered { id, done, responsible }];
        if actor.role == Role::Head {
            facts.push(signed(id, actor, today));
        }
        Ok(facts)
    }

    /// The head signs what the liaison wrote, or sends it back.
    pub(crate) fn sign_answer(
        &self,
        actor: &Actor,
        answer: &AnswerRow,
        (verdict, words): (Verdict, String),
        today: Day,
    ) -> Result<Fact, Refusal> {
        self.demand_unit(actor)?;
        self.demand_state(&[SlipState::Prepared])?;
        if actor.role != Role::Head {
            return Err(Refusal::Missing);
        }
        match verdict {
            Verdict::Agreed => Ok(signed(answer.id, actor, today)),
            Verdict::Returned if words.is_empty() => Err(no_reason("words")),
            Verdict::Returned => Ok(Fact::AnswerReturned { id: answer.id, words }),
        }
    }

    /// The unit enters that its head signed on paper.
    pub(crate) fn paper_answer(
        &self,
        actor: &Actor,
        answer: &AnswerRow,
        (person, paper): (Uuid, Paper),
        today: Day,
    ) -> Result<Fact, Refusal> {
        self.demand_unit(actor)?;
        self.demand_state(&[SlipState::Prepared])?;
        Ok(Fact::AnswerSigned { id: answer.id, person, on: today, paper: Some(paper) })
    }

    /// The bureau accepts the answer or returns it with another day; never who wrote or signed it.
    pub(crate) fn judge(
        &self,
        actor: &Actor,
        answer: &AnswerRow,
        (verdict, words): (Verdict, String),
        (today, answer_by): (Day, Option<Day>),
    ) -> Result<Fact, Refusal> {
        self.demand_state(&[SlipState::Answered])?;
        let is_own = actor.unit == self.unit_id || answer.signed_person_id == Some(actor.person);
        if !actor.role.is_bureau() || is_own {
            return Err(Refusal::Missing);
        }
        let until = self.answer_by.unwrap_or(today);
        let answer_by = match (verdict, answer_by) {
            (Verdict::Agreed, _) => until,
            (Verdict::Returned, _) if words.is_empty() => return Err(no_reason("words")),
            (Verdict::Returned, Some(day)) if day > today => day,
            (Verdict::Returned, _) => {
                return Err(Refusal::field(
                    "answer_by",
                    text!(
                        "退回须给出今天以后的重新反馈期限。",
                        "Name a day after today by which it is answered again."
                    ),
                ));
            }
        };
        Ok(Fact::AnswerJudged { id: answer.id, verdict, words, on: today, answer_by })
    }

    /// It is withdrawn; once issued, by the chief only.
    pub(crate) fn withdraw(&self, actor: &Actor, today: Day) -> Result<Fact, Refusal> {
        match self.state {
            SlipState::Draft | SlipState::InReview | SlipState::Approved => {}
            SlipState::Issued | SlipState::Prepared | SlipState::Answered => {
                if actor.role != Role::Chief {
                    return Err(Refusal::rule(text!(
                        "督办单已印发，只能由督查局负责人撤销。",
                        "It was issued; only the chief of the bureau withdraws it."
                    )));
                }
            }
            SlipState::Closed | SlipState::Superseded | SlipState::Withdrawn => {
                return Err(wrong_state());
            }
        }
        Ok(Fact::Withdrawn { on: today })
    }

    /// How it is called: by its number or, before its issue, by its colour.
    pub(crate) fn label(&self) -> String {
        match (self.year, self.number) {
            (Some(year), Some(number)) => label(year, number),
            _ => format!("{}督办单（未编号）", crate::words::colour(self.colour).zh),
        }
    }

    /// Whether its own deadline has passed while the unit owes the answer, or passed before it
    /// was given.
    pub(crate) fn is_late(&self, today: Day) -> bool {
        let Some(by) = self.answer_by else { return false };
        match self.state {
            SlipState::Issued | SlipState::Prepared => by < today,
            SlipState::Answered | SlipState::Closed => self.answered_on.is_some_and(|on| by < on),
            SlipState::Draft
            | SlipState::InReview
            | SlipState::Approved
            | SlipState::Superseded
            | SlipState::Withdrawn => false,
        }
    }
}

fn signed(id: Uuid, actor: &Actor, on: Day) -> Fact {
    let person = actor.on_behalf.map_or(actor.person, |o| o.person);
    Fact::AnswerSigned { id, person, on, paper: None }
}

fn no_reason(field: &str) -> Refusal {
    Refusal::field(
        field,
        msg!("退回须写明意见和要求。", "Say why it is returned and what is missing."),
    )
}
