//! How a batch comes about: opened, proposed to, written, signed and issued.

use journal::{Error, Result};
use kernel::{Day, Refusal, SubjectKind};
use people::demo::{City, Held};
use people::tables::SittingState;
use uuid::Uuid;

use super::deed::{Deed, deed};
use super::line::Line;
use super::scene::Scene;
use crate::acts::open_batch::Opening;
use crate::acts::order_lines::Order;
use crate::acts::write_line::Written;
use crate::facts::{Attached, Brief, Milestone, Paper, Part};
use crate::sign_off::Signing;
use crate::tables::{ProposalState, UnitRole, Verdict};
use crate::{acts, grants, store};

/// Plans the sitting of a day.
pub(super) fn plan_sitting(day: Day, series: Vec<Uuid>) -> Deed {
    Deed {
        name: "people.plan_sitting",
        reason: None,
        run: Box::new(move |act, _actor| {
            Box::pin(async move {
                people::sitting::plan(act, day, series).await?;
                Ok(())
            })
        }),
    }
}

/// Skips the sitting of a day.
pub(super) fn skip_sitting(day: Day, series: Uuid, reason: &'static str) -> Deed {
    let skip = Deed {
        name: "people.skip_sitting",
        reason: None,
        run: Box::new(move |act, _actor| {
            Box::pin(async move {
                let sitting = sitting_of(act, series, day).await?;
                people::sitting::skip(act, sitting, reason).await
            })
        }),
    };
    skip.because(reason)
}

/// The sitting of a series on a day that was not skipped.
async fn sitting_of(act: &mut journal::Act, series: Uuid, day: Day) -> Result<Uuid> {
    let city = act.jurisdiction();
    let sittings = people::store::sittings(act, city, series).await?;
    let found = sittings.iter().find(|s| s.day == day && s.state != SittingState::Skipped);
    found.map(|s| s.id).ok_or_else(|| Error::fault(format!("no sitting on {day}")))
}

/// Begins to draft; a weekly batch and a supplement belong to the sitting of a day.
pub(super) fn open(id: Uuid, opening: Opening, sitting: Option<(Uuid, Day)>) -> Deed {
    deed(grants::OPEN_BATCH, move |act, _actor| {
        Box::pin(async move {
            let sitting = match sitting {
                Some((series, day)) => Some(sitting_of(act, series, day).await?),
                None => None,
            };
            acts::open_batch::run(act, id, Opening { sitting, ..opening }).await
        })
    })
}

pub(super) fn propose(batch: Uuid, title: &'static str, demand: &'static str) -> Deed {
    deed(grants::PROPOSE, move |act, actor| {
        let words = (title.to_owned(), demand.to_owned());
        Box::pin(acts::propose::run(act, actor, batch, words))
    })
}

/// Takes the open proposal with a title, or declines it with an answer.
pub(super) fn answer_proposal(batch: Uuid, title: &'static str, answer: &'static str) -> Deed {
    deed(grants::ANSWER_PROPOSAL, move |act, _actor| {
        Box::pin(async move {
            let city = act.jurisdiction();
            let proposals = store::batch::proposals(act, city, batch).await?;
            let is_open = |state| state == ProposalState::Open;
            let found = proposals.iter().find(|p| p.title == title && is_open(p.state));
            let id = found.ok_or_else(Error::missing)?.id;
            let declined = (!answer.is_empty()).then(|| answer.to_owned());
            acts::answer_proposal::run(act, id, declined).await
        })
    })
}

pub(super) fn write(batch: Uuid, written: Written) -> Deed {
    deed(grants::WRITE_LINE, move |act, _actor| {
        Box::pin(acts::write_line::run(act, batch, None, written))
    })
}

/// Writes the line with the same title anew.
pub(super) fn rewrite(batch: Uuid, written: Written) -> Deed {
    deed(grants::REWRITE_LINE, move |act, _actor| {
        Box::pin(async move {
            let line = line(act, batch, &written.brief.title).await?;
            acts::write_line::run(act, batch, Some(line), written).await
        })
    })
}

pub(super) fn remove(batch: Uuid, title: &'static str) -> Deed {
    deed(grants::REMOVE_LINE, move |act, _actor| {
        Box::pin(async move {
            let line = line(act, batch, title).await?;
            acts::remove_line::run(act, batch, line).await
        })
    })
}

async fn line(act: &mut journal::Act, batch: Uuid, title: &str) -> Result<Uuid> {
    let city = act.jurisdiction();
    let lines = store::batch::lines(act, city, batch).await?;
    let found = lines.iter().find(|l| l.title == title);
    found.map(|l| l.id).ok_or_else(|| Error::from(Refusal::Missing))
}

/// Moves the last line one place up.
pub(super) fn reorder(batch: Uuid) -> Deed {
    deed(grants::ORDER_LINES, move |act, _actor| {
        Box::pin(async move {
            let city = act.jurisdiction();
            let up = store::batch::lines(act, city, batch).await?.last().map(|l| l.id);
            let order = Order { lines: Vec::new(), up, down: None };
            acts::order_lines::run(act, batch, order).await
        })
    })
}

pub(super) fn carry(batch: Uuid, assignments: Vec<Uuid>) -> Deed {
    deed(grants::CARRY, move |act, actor| {
        Box::pin(acts::carry::run(act, actor, batch, assignments))
    })
}

pub(super) fn send(batch: Uuid) -> Deed {
    deed(grants::SEND_BATCH, move |act, actor| Box::pin(acts::send_batch::run(act, actor, batch)))
}

/// Signs in the program; with words it is returned.
pub(super) fn sign(batch: Uuid, returned: &'static str) -> Deed {
    let verdict = if returned.is_empty() { Verdict::Agreed } else { Verdict::Returned };
    let note = returned.to_owned();
    let signing = Signing::here(verdict, note);
    deed(grants::SIGN_BATCH, move |act, actor| {
        Box::pin(acts::sign_batch::run(act, actor, batch, signing))
    })
}

/// Enters what a leader signed on paper on a day.
pub(super) fn paper_sign(batch: Uuid, signer: &Held, on: Day, scans: Vec<Attached>) -> Deed {
    let signing = Signing {
        verdict: Verdict::Agreed,
        paper: Some(Paper { signer: signer.post, on, scans }),
        paper_signer: Some((signer.role, signer.person)),
        note: String::new(),
    };
    deed(grants::PAPER_SIGN, move |act, actor| {
        Box::pin(acts::sign_batch::run(act, actor, batch, signing))
    })
}

pub(super) fn issue(batch: Uuid) -> Deed {
    deed(grants::ISSUE_BATCH, move |act, actor| Box::pin(acts::issue_batch::run(act, actor, batch)))
}

/// A line of the tables as the form would give it, for issue on a day.
pub(super) fn written(scene: &Scene<'_>, line: &Line, on: Day) -> Result<Written> {
    let city = scene.city;
    let lead = line.units.split(' ').next().unwrap_or_default();
    let leader = scene.in_charge(line.work)?.post;
    let raised_by = match line.raised {
        "" => None,
        title => Some(scene.leader(title)?.post),
    };
    let due = match line.due {
        Some((month, day)) => Some(people::demo::day(2021, month, day)?),
        None => None,
    };
    let brief = Brief {
        title: line.title.to_owned(),
        demand: line.demand.to_owned(),
        standard: line.standard.to_owned(),
        work_line: city.lines.get(line.work).copied(),
        basis: if line.basis.is_empty() { "市委、市政府周交办会议" } else { line.basis }.to_owned(),
        urgency: line.urgency,
        importance: line.importance,
        leader: Some(leader),
        raised_by,
        rhythm: line.rhythm,
        verifier: line.verifier,
        quantity_unit: line.goal.map_or("", |(_, unit)| unit).to_owned(),
        evidence: line.evidence.to_owned(),
        contact: scene.officer(lead, line.work)?.title.to_owned(),
        restricted: line.restricted,
        profile: line.verifier.word().to_owned(),
        report_day: if line.rhythm == crate::tables::Rhythm::Monthly { 25 } else { 5 },
        report_hour: 17,
    };
    let milestones = line.nodes.iter().map(|(days, title)| Milestone {
        title: (*title).to_owned(),
        due: scene.times.after(on, *days),
    });
    Ok(Written {
        brief,
        parts: parts(city, line)?,
        due,
        due_days: due.is_none().then_some(i64::from(line.days)),
        milestones: milestones.collect(),
    })
}

fn parts(city: &City, line: &Line) -> Result<Vec<Part>> {
    let goal = line.goal.map(|(goal, _)| goal);
    let part = |(place, name): (usize, &str)| {
        let role = match (line.each, place) {
            (true, _) => UnitRole::Each,
            (false, 0) => UnitRole::Lead,
            (false, _) => UnitRole::Co,
        };
        let is_co = role == UnitRole::Co;
        let own = super::happenings::CO_PARTS.iter().find(|(unit, _)| *unit == name);
        let plain = own.map_or("做好配合工作，提供所需资料。", |(_, part)| *part);
        Ok(Part {
            part: if is_co { plain.to_owned() } else { String::new() },
            goal: goal.filter(|_| !is_co).map(|goal| own_goal(line, place, goal)),
            ..Part::of(city.unit(name)?, role)
        })
    };
    line.units.split(' ').enumerate().map(part).collect()
}

/// Counties have more to do than zones.
fn own_goal(line: &Line, place: usize, goal: i64) -> i64 {
    match (line.each, place) {
        (true, 0) => goal + 1,
        (true, 6..) if goal > 1 => goal - 1,
        _ => goal,
    }
}

/// Whether a fact is about an assignment.
pub(super) fn is_assignment(entry: &journal::Entry) -> bool {
    entry.subject.kind == SubjectKind::Assignment && entry.kind == "assignment_issued"
}
