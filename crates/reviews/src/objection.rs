//! 异议 and 复核: what a unit contests, and who may decide it. Pure: no SQL, no HTTP, no clock.

use std::collections::BTreeMap;

use kernel::{Actor, Day, Message, Refusal, WorkCalendar, msg, text};
use measures::ReviewMonth;
use rules::facts::Change;
use uuid::Uuid;

use assignments::facts::Attached;

use crate::facts::{Contest, Fact};
use crate::review::{is_among, person, wrong_state};
use crate::tables::{
    ComputationRow, FreezeRow, ObjectionRow, ObjectionState, ReviewRow, ReviewSignRow, ReviewState,
    Stage,
};

/// Working days in which an objection is decided.
const DECIDE_DAYS: u32 = 3;
/// Days after publication in which a unit may ask for a 复核.
pub(crate) const RECHECK_DAYS: i64 = 30;
/// Days in which it is decided.
const RECHECK_DECIDE_DAYS: i64 = 30;
/// Objections of one unit to one review at most.
pub(crate) const OF_UNIT_MAX: usize = 50;

/// Which figure of which item.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) item: String,
    pub(crate) measure: String,
}

impl ReviewRow {
    /// Whether a unit may contest its figures on a day, and how.
    pub(crate) fn contestable(&self, today: Day) -> Option<Stage> {
        match (self.state, self.objections_until, self.published_on) {
            (ReviewState::Draft, Some(until), _) if today <= until => Some(Stage::Objection),
            (_, _, Some(on)) if today <= on.plus(RECHECK_DAYS) => Some(Stage::Recheck),
            _ => None,
        }
    }

    /// A unit contests a figure of its own sheet. `own` are its objections so far.
    pub(crate) fn contest(
        &self,
        actor: &Actor,
        own: &[ObjectionRow],
        (cell, said, files): (Cell, String, Vec<Attached>),
        (today, calendar): (Day, &WorkCalendar),
    ) -> Result<Fact, Refusal> {
        let Some(kind) = self.contestable(today) else {
            let told = match (self.state, self.objections_until) {
                (ReviewState::Draft, Some(until)) => msg!(
                    "异议期已于 {until} 截止；通报后30日内可以申请复核。",
                    "Objections closed on {until}; a re-examination can be asked for within 30 days of publication."
                ),
                _ => msg!(
                    "现在不是异议期，也不在通报后30日的复核期内。",
                    "It is neither the time for objections nor within 30 days of publication."
                ),
            };
            return Err(Refusal::Rule(told));
        };
        let is_same = |o: &&ObjectionRow| o.is_open() && o.measure == cell.measure;
        if let Some(open) = own.iter().find(is_same) {
            return Err(Refusal::field(
                "cell",
                msg!(
                    "对这个数据已提出异议（第{n}号），正在处理。",
                    "Objection {n} about this figure is being decided.",
                    n = open.number
                ),
            ));
        }
        if own.len() >= OF_UNIT_MAX {
            return Err(Refusal::Rule(msg!(
                "一个单位对一期讲评最多提{OF_UNIT_MAX}件异议。",
                "A unit files {OF_UNIT_MAX} objections to one review at most."
            )));
        }
        let decide_by = match kind {
            Stage::Objection => calendar.plus(today, DECIDE_DAYS),
            Stage::Recheck => today.plus(RECHECK_DECIDE_DAYS),
        };
        Ok(Fact::Filed {
            contest: Contest {
                review: self.id,
                number: self.objections + 1,
                kind,
                unit: actor.unit,
                item: cell.item,
                measure: cell.measure,
                said,
                person: person(actor),
                on: today,
                decide_by,
                files,
            },
        })
    }
}

/// An objection's month and number, or a re-examination's.
pub(crate) fn label(kind: Stage, month: ReviewMonth, number: i64) -> Message {
    match kind {
        Stage::Objection => msg!("{month} 异议第{number}号", "{month} objection no. {number}"),
        Stage::Recheck => msg!("{month} 复核第{number}号", "{month} re-examination no. {number}"),
    }
}

impl ObjectionRow {
    /// Whether it waits to be decided.
    pub(crate) const fn is_open(&self) -> bool {
        match self.state {
            ObjectionState::Open => true,
            ObjectionState::Upheld | ObjectionState::Refused | ObjectionState::Withdrawn => false,
        }
    }

    /// Its number, in Chinese as papers write it: 2021-10 异议第3号.
    pub(crate) fn label(&self, review: &ReviewRow) -> Message {
        label(self.kind, review.month, self.number)
    }

    /// What it is called by where bytes count: adjustments of the sheet carry it.
    pub(crate) fn reference(&self, review: &ReviewRow) -> String {
        format!("{}/{:03}", review.month, self.number)
    }

    /// The unit takes it back.
    pub(crate) fn withdraw(&self, actor: &Actor, today: Day) -> Result<Fact, Refusal> {
        if actor.unit != self.unit_id {
            return Err(Refusal::Missing);
        }
        self.demand_open()?;
        Ok(Fact::Withdrawn { on: today })
    }

    fn demand_open(&self) -> Result<(), Refusal> {
        if self.is_open() { Ok(()) } else { Err(wrong_state()) }
    }

    /// It is decided by somebody who did not record the figure: neither who computed it nor, after
    /// publication, who froze it or decided before.
    pub(crate) fn decide(
        &self,
        actor: &Actor,
        took_part: &[Uuid],
        (change, words): (Option<Change>, String),
        today: Day,
    ) -> Result<Fact, Refusal> {
        self.demand_open()?;
        let person = person(actor);
        if is_among(actor, took_part) || actor.unit == self.unit_id {
            return Err(Refusal::rule(match self.kind {
                Stage::Objection => text!(
                    "算分的人，录入、核对这个数据的人，以及登记或核实所依据记录的人（含代理），不能处理对它的异议；请由另一名同志处理。",
                    "Who computed it, entered or checked the figure, or recorded or verified what it rests on does not decide the objection, nor through a stand-in; another person does."
                ),
                Stage::Recheck => text!(
                    "参与过本期算分、封存、呈批、异议处理，或者录入、核对这个数据，登记、核实所依据记录的人（含代理），不能复核；请由另一名同志处理。",
                    "Who computed, froze, submitted or decided before, entered or checked the figure, or recorded or verified what it rests on takes no part in a re-examination, nor through a stand-in; another person decides."
                ),
            }));
        }
        Ok(Fact::Decided { upheld: change.is_some(), words, change, person, on: today })
    }

    /// Whether another objection was decided before the publication, or is about the same figure.
    fn follows(&self, other: &Self) -> bool {
        let is_same = other.unit_id == self.unit_id && other.measure == self.measure;
        other.kind == Stage::Objection || is_same
    }

    /// Who may not decide it: who recorded the figure or computed it and, once it is published, who
    /// had any part in the month. `hands` says who sat in a post.
    pub(crate) fn took_part(
        &self,
        (computations, freezes, signs): (&[ComputationRow], &[FreezeRow], &[ReviewSignRow]),
        others: &[Self],
        (recorded, hands): (&[Uuid], &BTreeMap<Uuid, Uuid>),
    ) -> Vec<Uuid> {
        let both = |person: Uuid, post: Option<Uuid>| {
            [Some(person), post.and_then(|post| hands.get(&post).copied())]
        };
        let computed = computations.iter().flat_map(|c| both(c.person_id, Some(c.post_id)));
        let recorded = recorded.iter().copied();
        let mut all: Vec<Uuid> = computed.flatten().chain(recorded).collect();
        if self.kind == Stage::Recheck {
            let decided = others.iter().filter(|o| self.follows(o));
            let decided =
                decided.filter_map(|o| o.decided_person_id.map(|person| (person, o.decided_by)));
            let froze = freezes.iter().map(|f| (f.person_id, Some(f.post_id)));
            let signed = signs.iter().map(|s| (s.person_id, Some(s.post_id)));
            let persons = decided.chain(froze).chain(signed);
            all.extend(persons.flat_map(|(person, post)| both(person, post)).flatten());
        }
        all
    }
}
