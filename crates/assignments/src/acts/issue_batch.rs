//! 印发: issues the whole batch as one act. Numbers are given now, without gap; a line for several
//! units becomes one assignment per unit; the sitting is held by it.

use journal::{Act, Result};
use kernel::{Actor, Day, Refusal, WorkCalendar, text};
use people::tables::SittingState;
use uuid::Uuid;
use web::{Call, Done, Route, Values};

use crate::batch::due_of;
use crate::facts::{BatchFact, Brief, Clocks, Fact, LineNumber, Milestone, Part};
use crate::tables::{BatchKind, BatchRow, BatchState, LineRow, LineUnitRow, ProfileRow, UnitRole};
use crate::{grants, store};

pub(crate) fn route() -> Route {
    Route::act("/batches/{id}/issue", grants::ISSUE_BATCH, text!("印发", "Issue"))
        .help(text!(
            "印发后清单不能修改；各单位立即收到事项，时限开始计算。",
            "It can never be edited afterwards; the units have it at once and the clocks start."
        ))
        .prepare(|call| Box::pin(super::send_batch::about(call)))
        .decide(issue_batch)
}

async fn issue_batch(call: Call, _values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let receipt = call.act(async |act| run(act, &actor, id).await).await?;
    Ok(Done::to(super::batch_page(id), receipt))
}

pub(crate) async fn run(act: &mut Act, _actor: &Actor, id: Uuid) -> Result<()> {
    let (city, on) = (act.jurisdiction(), act.today());
    let batch = store::batch::batch(act, city, id).await?;
    if batch.state != BatchState::Approved {
        return Err(Refusal::rule(text!(
            "审定后才能印发；如已印发，请看最新状态。",
            "It is issued after the last signature; look at its present state."
        ))
        .into());
    }
    let number = number(act, &batch).await?;
    let lines = store::batch::lines(act, city, id).await?;
    let fresh: Vec<_> = lines.into_iter().filter(|l| l.carried_id.is_none()).collect();
    let numbers = (1..).zip(&fresh).map(|(n, l)| LineNumber { line: l.id, number: n }).collect();
    let title = batch.issued_title(number);
    act.record(super::batch(id), &BatchFact::BatchIssued { number, title, on, lines: numbers })
        .await?;
    let calendar = super::calendar(act).await?;
    for (n, line) in (1..).zip(&fresh) {
        issue_line(act, &batch, line, (&batch.label(number, n), on, &calendar)).await?;
    }
    Ok(())
}

/// The number of a batch: its sitting's, which is held by this act, or the next of its series.
async fn number(act: &mut Act, batch: &BatchRow) -> Result<i64> {
    let city = act.jurisdiction();
    let Some(sitting) = batch.sitting_id.filter(|_| batch.kind == BatchKind::Weekly) else {
        return store::batch::next_number(act, city, batch.kind, batch.year).await;
    };
    let row = people::store::sitting(act, city, sitting).await?.ok_or(Refusal::Missing)?;
    if row.state == SittingState::Planned {
        people::sitting::hold(act, sitting).await?;
    }
    let roles = people::store::sitting_roles(act, city, sitting).await?;
    let series = people::store::series(act, city).await?;
    let assign = roles.iter().find(|r| {
        series.iter().any(|s| s.id == r.series_id && s.kind == people::tables::SeriesKind::Assign)
    });
    let number = assign.and_then(|r| r.number);
    number.ok_or_else(|| {
        Refusal::rule(text!(
            "会议没有召开（已取消），不能印发本次清单。",
            "The sitting was skipped; its batch cannot be issued."
        ))
        .into()
    })
}

async fn issue_line(
    act: &mut Act,
    batch: &BatchRow,
    line: &LineRow,
    (label, on, calendar): (&str, Day, &WorkCalendar),
) -> Result<()> {
    let city = act.jurisdiction();
    let due = due_of(line, on, calendar)?;
    let units = store::batch::units(act, city, line.id).await?;
    let milestones = milestones(act, line.id).await?;
    let clocks = clocks(act, &line.profile).await?;
    for unit in units.iter().filter(|u| u.role != UnitRole::Co) {
        let label = if line.each_unit {
            let row =
                people::store::unit(act, city, unit.unit_id).await?.ok_or(Refusal::Missing)?;
            format!("{label}-{}", row.short_name)
        } else {
            label.to_owned()
        };
        let fact = Fact::Issued {
            batch: batch.id,
            line: line.id,
            parent: None,
            label,
            unit: unit.unit_id,
            brief: brief(line),
            goal: unit.goal,
            parts: parts(unit, &units),
            milestones: milestones.clone(),
            source: super::batch(batch.id),
            on,
            due,
            clocks,
        };
        act.record(super::assignment(Uuid::now_v7()), &fact).await?;
    }
    Ok(())
}

async fn milestones(act: &mut Act, line: Uuid) -> Result<Vec<Milestone>> {
    let city = act.jurisdiction();
    let rows = store::batch::milestones(act, city, line).await?;
    Ok(rows.into_iter().map(|m| Milestone { title: m.title, due: m.due_on }).collect())
}

/// The clocks of a line's profile as they are today; the customary ones when it names none.
async fn clocks(act: &mut Act, profile: &str) -> Result<Clocks> {
    let city = act.jurisdiction();
    let profiles = store::profile::profiles(act, city).await?;
    Ok(profiles.iter().find(|p| p.code == profile).map_or_else(Clocks::default, ProfileRow::clocks))
}

/// The unit that answers, and the co-units of the line.
fn parts(unit: &LineUnitRow, units: &[LineUnitRow]) -> Vec<Part> {
    let co = units.iter().filter(|u| u.role == UnitRole::Co);
    std::iter::once(unit)
        .chain(co)
        .map(|u| Part {
            unit: u.unit_id,
            role: u.role,
            part: u.part.clone(),
            due: u.due_on,
            goal: u.goal,
            responsible: u.responsible.clone(),
        })
        .collect()
}

fn brief(line: &LineRow) -> Brief {
    Brief {
        title: line.title.clone(),
        demand: line.demand.clone(),
        standard: line.standard.clone(),
        work_line: line.work_line_id,
        basis: line.basis.clone(),
        urgency: line.urgency,
        importance: line.importance,
        leader: line.leader_post_id,
        raised_by: line.raised_by_post_id,
        rhythm: line.rhythm,
        verifier: line.verifier,
        quantity_unit: line.quantity_unit.clone(),
        evidence: line.evidence.clone(),
        contact: line.contact.clone(),
        restricted: line.restricted,
        profile: line.profile.clone(),
        report_day: line.report_day,
        report_hour: line.report_hour,
    }
}
