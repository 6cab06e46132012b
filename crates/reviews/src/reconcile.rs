//! What the program records by the clock: objections and re-examinations whose answer is due soon,
//! and those whose answer is late. Each once, asked again inside the writer's transaction and held
//! by the objection's own row; after a standstill only what applies now is recorded.

use journal::{Act, Db, Result};
use kernel::{Day, Id, Jurisdiction, Subject, SubjectKind};
use people::now::Now;

use crate::facts::Fact;
use crate::store::objection::{self, Due};

/// Objections looked at in one act.
const PAGE: i64 = 100;
/// Pages in one run.
const PAGES_MAX: usize = 20;
/// An objection is spoken of so many working days before its answer is due.
const SOON_DAYS: u32 = 1;
/// A re-examination so many days before.
const RECHECK_SOON_DAYS: i64 = 7;

/// Records which answers are due soon or late and no fact says yet; answers how many.
pub async fn record(db: &Db, city: Id<Jurisdiction>) -> Result<usize> {
    let now = Now::of(db, city).await?;
    if !now.calendar.is_working(now.today) {
        return Ok(0);
    }
    let due = Due {
        today: now.today,
        soon: now.calendar.plus(now.today, SOON_DAYS),
        recheck_soon: now.today.plus(RECHECK_SOON_DAYS),
    };
    let mut left = 0;
    for _ in 0..PAGES_MAX {
        if objection::due(&mut db.read().await?, city, &due, PAGE).await?.is_empty() {
            break;
        }
        left += now.act(db, "reviews.find_due", async |act| tell(act, city, &due).await).await?;
    }
    Ok(left)
}

async fn tell(act: &mut Act, city: Id<Jurisdiction>, due: &Due) -> Result<usize> {
    let rows = objection::due(act, city, due, PAGE).await?;
    for (id, decide_by) in &rows {
        let fact = said(*decide_by, due.today);
        act.record(Subject::new(SubjectKind::Objection, *id), &fact).await?;
    }
    Ok(rows.len())
}

fn said(decide_by: Day, today: Day) -> Fact {
    if decide_by < today {
        Fact::AnswerLate { by: decide_by, on: today }
    } else {
        Fact::AnswerDue { by: decide_by, on: today }
    }
}
