//! Sittings: planned, held, skipped. Numbers follow sittings held, not weeks.

use journal::{Act, Result};
use kernel::{Day, Refusal, Subject, SubjectKind, text};
use uuid::Uuid;

use crate::facts::{Fact, SittingNumber};
use crate::store;
use crate::tables::{SittingRow, SittingState};

/// Plans a sitting for one or more series.
pub async fn plan(act: &mut Act, day: Day, series: Vec<Uuid>) -> Result<Uuid> {
    let id = Uuid::now_v7();
    act.record(subject(id), &Fact::SittingPlanned { day, series }).await?;
    Ok(id)
}

/// Marks a planned sitting as held; each of its series gets its next number.
pub async fn hold(act: &mut Act, id: Uuid) -> Result<()> {
    planned(act, id).await?;
    let city = act.jurisdiction();
    let mut numbers = Vec::new();
    for role in store::sitting_roles(act, city, id).await? {
        let number = store::next_number(act, city, role.series_id).await?;
        numbers.push(SittingNumber { series: role.series_id, number });
    }
    act.record(subject(id), &Fact::SittingHeld { numbers }).await
}

/// 期初接续: a series that ran elsewhere goes on here after a number; one that is beyond it stays.
pub async fn go_on_after(act: &mut Act, series: Uuid, number: i64) -> Result<()> {
    let city = act.jurisdiction();
    if store::next_number(act, city, series).await? > number {
        return Ok(());
    }
    let subject = Subject::new(SubjectKind::Series, series);
    act.record(subject, &Fact::SeriesContinued { number }).await
}

/// Skips a planned sitting for a reason: a holiday or a decision.
pub async fn skip(act: &mut Act, id: Uuid, reason: &str) -> Result<()> {
    planned(act, id).await?;
    act.record(subject(id), &Fact::SittingSkipped { reason: reason.to_owned() }).await
}

async fn planned(act: &mut Act, id: Uuid) -> Result<SittingRow> {
    let city = act.jurisdiction();
    let row = store::sitting(act, city, id).await?;
    let row = row.ok_or_else(journal::Error::missing)?;
    if row.state != SittingState::Planned {
        return Err(Refusal::rule(text!(
            "这次会议已经召开或取消，不能再改。",
            "This sitting was held or skipped already and cannot be changed."
        ))
        .into());
    }
    Ok(row)
}

fn subject(id: Uuid) -> Subject {
    Subject::new(SubjectKind::Sitting, id)
}
