//! What the program records by the clock: reminders, missed reports, reviews of stopped clocks
//! that came due, and proposed slips.
//!
//! Each of them once per item, kind and stage: asked again inside the writer's transaction, and
//! held by the key of its record table, so that it is the same with several nodes and when a
//! round is made twice. After a standstill only the stage that applies now is recorded; those it
//! passed are not. A run is bounded: what is left over comes in the next one.

use assignments::tables::AssignmentRow;
use jiff::tz::TimeZone;
use journal::{Act, CityFact, Db, Error, Result, Tx};
use kernel::{Day, Id, Jurisdiction, Moment, Subject, SubjectKind};
use people::now::Now;
use uuid::Uuid;

use crate::facts::Fact;
use crate::ladder::{Drafter, Former, Ladder};
use crate::store::due::{self, Reaches, ToRemind};
use crate::{slip, stage, store};

/// Items looked at in one act.
const PAGE: i64 = 100;
/// Pages of one population in one run.
const PAGES_MAX: usize = 20;

/// How much a run recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Reminders.
    pub reminders: usize,
    /// Missed reports.
    pub missed: usize,
    /// Reviews of stopped clocks.
    pub reviews: usize,
    /// Proposed slips.
    pub slips: usize,
}

impl Recorded {
    /// All together.
    pub const fn sum(self) -> usize {
        self.reminders + self.missed + self.reviews + self.slips
    }
}

/// The last due days of the stages of a day.
fn reaches(now: &Now) -> Reaches {
    let reach = |days| stage::reach(now.today, days, &now.calendar);
    Reaches { today: now.today, same: reach(0), one: reach(1), three: reach(3), five: reach(5) }
}

/// Records what the clock has brought a city and no fact says yet.
pub async fn record(db: &Db, city: Id<Jurisdiction>) -> Result<Recorded> {
    let now = Now::of(db, city).await?;
    let mut done = Recorded {
        missed: missed(db, &now).await?,
        reviews: reviews(db, &now).await?,
        ..Recorded::default()
    };
    // What is counted in working days changes on none of the others.
    if now.calendar.is_working(now.today) {
        done.reminders = reminders(db, &now).await? + co_reminders(db, &now).await?;
        done.slips = first_slips(db, &now).await? + next_slips(db, &now).await?;
    }
    Ok(done)
}

const fn item(id: Uuid) -> Subject {
    Subject::new(SubjectKind::Assignment, id)
}

/// Before every key: no day of an item is earlier.
fn beginning() -> (Day, Uuid) {
    (
        Day::new(1900, 1, 1).unwrap_or_else(|| Moment::from_micros(0).day(&TimeZone::UTC)),
        Uuid::nil(),
    )
}

async fn reminders(db: &Db, now: &Now) -> Result<usize> {
    let (reaches, mut after, mut left) = (reaches(now), beginning(), 0);
    for _ in 0..PAGES_MAX {
        let read = async |tx: &mut Tx| due::to_remind(tx, now.city, &reaches, (after, PAGE)).await;
        let page = read(&mut db.read().await?).await?;
        let Some(last) = page.last().map(|r| (r.due_on, r.assignment_id)) else { break };
        if page.iter().any(|r| stage_of(now, r).is_some()) {
            left += now
                .act(db, "slips.remind", async |act| {
                    let rows = read(act).await?;
                    remind(act, now, (rows, false)).await
                })
                .await?;
        }
        after = last;
    }
    Ok(left)
}

async fn co_reminders(db: &Db, now: &Now) -> Result<usize> {
    let (reaches, mut after, mut left) = (reaches(now), (Uuid::nil(), Uuid::nil()), 0);
    for _ in 0..PAGES_MAX {
        let read = async |tx: &mut Tx| {
            due::co_units_to_remind(tx, now.city, &reaches, (after, PAGE)).await
        };
        let page = read(&mut db.read().await?).await?;
        let Some(last) = page.last().map(|r| (r.assignment_id, r.unit_id)) else { break };
        if page.iter().any(|r| stage_of(now, r).is_some()) {
            left += now
                .act(db, "slips.remind", async |act| {
                    let rows = read(act).await?;
                    remind(act, now, (rows, true)).await
                })
                .await?;
        }
        after = last;
    }
    Ok(left)
}

/// The stage to be recorded of a due day.
fn stage_of(now: &Now, r: &ToRemind) -> Option<i64> {
    let stage = stage::of(r.due_on, now.today, &now.calendar)?;
    let began = stage::began_after(r.asked_from, r.due_on, stage, &now.calendar);
    began.then_some(stage)
}

async fn remind(act: &mut Act, now: &Now, (rows, co): (Vec<ToRemind>, bool)) -> Result<usize> {
    let mut left = 0;
    for r in rows {
        let Some(days) = stage_of(now, &r) else { continue };
        let fact = Fact::Reminded { unit: r.unit_id, due: r.due_on, days, on: now.today, co };
        act.record(item(r.assignment_id), &fact).await?;
        left += 1;
    }
    Ok(left)
}

/// 未按时反馈: items whose last closing passed without a report.
async fn missed(db: &Db, now: &Now) -> Result<usize> {
    let closings = due::closings(&mut db.read().await?, now.city).await?;
    let mut left = 0;
    for closing in closings {
        let (Some(last), before) = closing.over((now.at, &now.zone), &now.calendar) else {
            continue;
        };
        let days = (&closing, last, before.unwrap_or(beginning().0));
        for _ in 0..PAGES_MAX {
            let read = async |tx: &mut Tx| due::missed(tx, now.city, days, PAGE).await;
            if read(&mut db.read().await?).await?.is_empty() {
                break;
            }
            left += now
                .act(db, "slips.find_missed", async |act| {
                    let rows = read(act).await?;
                    for (id, unit) in &rows {
                        let fact =
                            Fact::ReportMissed { unit: *unit, closed_on: last, on: now.today };
                        act.record(item(*id), &fact).await?;
                    }
                    Ok(rows.len())
                })
                .await?;
        }
    }
    Ok(left)
}

/// 暂缓到期: stopped clocks whose review is due.
async fn reviews(db: &Db, now: &Now) -> Result<usize> {
    let mut left = 0;
    for _ in 0..PAGES_MAX {
        let read = async |tx: &mut Tx| due::reviews(tx, now.city, now.today, PAGE).await;
        if read(&mut db.read().await?).await?.is_empty() {
            break;
        }
        left += now
            .act(db, "slips.find_reviews", async |act| {
                let rows = read(act).await?;
                for (stop, id, review_on) in &rows {
                    let fact =
                        Fact::ReviewDue { stop: *stop, review_on: *review_on, on: now.today };
                    act.record(item(*id), &fact).await?;
                }
                Ok(rows.len())
            })
            .await?;
    }
    Ok(left)
}

/// The first slip of items that have become late.
async fn first_slips(db: &Db, now: &Now) -> Result<usize> {
    let ladder = store::ladder::ladder(&mut db.read().await?, now.city).await?;
    let (mut after, mut left) = (beginning(), 0);
    for _ in 0..PAGES_MAX {
        let read =
            async |tx: &mut Tx| due::without_slip(tx, now.city, now.today, (after, PAGE)).await;
        let page = read(&mut db.read().await?).await?;
        let Some(last) = page.last().map(|a| (a.due_on, a.id)) else { break };
        let ripe = |a: &AssignmentRow| proposed(now, &ladder, a, None);
        if page.iter().any(|a| ripe(a).is_some()) {
            left += now
                .act(db, "slips.propose", async |act| {
                    let facts: Vec<_> = read(act).await?.iter().filter_map(ripe).collect();
                    propose(act, facts).await
                })
                .await?;
        }
        after = last;
    }
    Ok(left)
}

/// The next colour of items whose last slip was not answered by its own deadline.
async fn next_slips(db: &Db, now: &Now) -> Result<usize> {
    let ladder = store::ladder::ladder(&mut db.read().await?, now.city).await?;
    let (mut after, mut left) = (Uuid::nil(), 0);
    for _ in 0..PAGES_MAX {
        let read = async |tx: &mut Tx| {
            due::with_slip_unanswered(tx, now.city, now.today, (after, PAGE)).await
        };
        let page = read(&mut db.read().await?).await?;
        let Some(last) = page.last().map(|u| u.a.id) else { break };
        let ripe = |u: &due::Unanswered| proposed(now, &ladder, &u.a, Some(u.slip));
        if page.iter().any(|u| ripe(u).is_some()) {
            left += now
                .act(db, "slips.propose", async |act| {
                    let facts: Vec<_> = read(act).await?.iter().filter_map(ripe).collect();
                    propose(act, facts).await
                })
                .await?;
        }
        after = last;
    }
    Ok(left)
}

/// The slip that the ladder asks for now, if it does.
fn proposed(now: &Now, ladder: &Ladder, a: &AssignmentRow, former: Option<Former>) -> Option<Fact> {
    let when = (now.today, &now.calendar);
    slip::draft(a, (ladder, former), when, Drafter::Program, None).ok()
}

async fn propose(act: &mut Act, facts: Vec<Fact>) -> Result<usize> {
    let left = facts.len();
    for fact in facts {
        record_draft(act, &fact).await?;
    }
    Ok(left)
}

/// Records a draft and ties it to its item; answers the slip.
pub(crate) async fn record_draft(act: &mut Act, fact: &Fact) -> Result<Uuid> {
    let Fact::Drafted { assignment, .. } = fact else {
        return Err(Error::fault(format!("not a draft: {fact:?}")));
    };
    let id = Uuid::now_v7();
    let slip = Subject::new(SubjectKind::Slip, id);
    act.record(slip, fact).await?;
    let linked = CityFact::Linked { from: slip, to: item(*assignment), kind: "about".to_owned() };
    act.record(slip, &linked).await?;
    Ok(id)
}
