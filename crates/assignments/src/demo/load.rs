//! Load for benches: as many assignments and reports as wanted, entered in the year and a half
//! before the demo's own past. Week by week batches are issued, accepted, reported on, submitted
//! and verified, many facts to an act.

use journal::{Boxed, By, Db, Result};
use kernel::{Actor, Clock, Day, Permission, Role};
use people::demo::{City, Held};
use people::tables::{UnitKind, UnitRow};
use uuid::Uuid;

use super::deed::{Deed, deed};
use super::scene::{BUREAU, CITY, Known, Scene};
use super::times::Times;
use super::{batches, drafting, evidence, facts_of, together};
use crate::acts::open_batch::Opening;
use crate::acts::write_line::Written;
use crate::facts::{BatchFact, Part};
use crate::submission::Said;
use crate::tables::{BatchKind, Finding, Method, Rhythm, UnitRole, Verifier};
use crate::verification::Found;
use crate::{acts, grants};

/// Lines of one batch, and units of one line.
const LINES: usize = 100;
const UNITS: usize = 8;
/// Mondays from 6 January 2020 that end before the demo's own past begins.
const WEEKS: usize = 77;
/// One of so many is never submitted.
const LEFT_OPEN: usize = 50;

/// Enters so many assignments and, submissions included, about so many reports; call it before
/// [`super::play`].
pub async fn load(
    db: &Db,
    clock: &Clock,
    city: &City,
    assignments: u32,
    reports: u32,
) -> Result<()> {
    let count = usize::try_from(assignments).unwrap_or(usize::MAX);
    let reports = usize::try_from(reports).unwrap_or(usize::MAX);
    let submitted = (count - count / LEFT_OPEN).min(reports);
    let rounds = (reports - submitted).div_ceil(count.max(1));
    let mut load = Load {
        db,
        clock,
        city,
        times: Times::of(db, city).await?,
        units: assessed(db, city).await?,
        running: Vec::new(),
        left: count,
        reports_left: reports - submitted,
        submissions_left: submitted,
        rounds,
    };
    let issuing = WEEKS.saturating_sub(rounds + 2).max(1);
    let per_week = count.div_ceil(LINES * UNITS).div_ceil(issuing);
    let first = people::demo::day(2020, 1, 6)?;
    for week in 0..WEEKS {
        let monday = first.plus(i64::try_from(week).unwrap_or_default() * 7);
        load.week(monday, per_week).await?;
    }
    Ok(())
}

/// The units that answer for assignments, in their order.
async fn assessed(db: &Db, city: &City) -> Result<Vec<&'static str>> {
    let mut tx = db.read().await?;
    let on = people::demo::day(2020, 1, 2)?;
    let rows = people::store::units(&mut tx, city.jurisdiction, on).await?;
    let is_assessed = |row: &&UnitRow| {
        let below = matches!(row.kind, UnitKind::CountyDepartment | UnitKind::Township);
        !below && row.kind != UnitKind::City && row.short_name != BUREAU
    };
    rows.iter().filter(is_assessed).map(|row| city.unit_name(row.id)).collect()
}

/// A batch under way: its assignments by unit.
struct Running {
    /// How many rounds of reports are behind it.
    age: usize,
    of: Vec<(&'static str, Vec<Uuid>)>,
}

struct Load<'p> {
    db: &'p Db,
    clock: &'p Clock,
    city: &'p City,
    times: Times,
    units: Vec<&'static str>,
    running: Vec<Running>,
    left: usize,
    reports_left: usize,
    submissions_left: usize,
    rounds: usize,
}

impl Load<'_> {
    async fn week(&mut self, monday: Day, batches: usize) -> Result<()> {
        for n in 0..batches {
            if self.left > 0 {
                let minute = u32::try_from(n).unwrap_or_default();
                self.clock.set(self.times.at(monday, 9, minute));
                self.issue(monday).await?;
            }
        }
        for (hour, age) in (10..).zip(0..=self.rounds + 1) {
            self.clock.set(self.times.at(monday.plus(2), hour, 0));
            self.round(age).await?;
        }
        self.running.retain(|batch| batch.age <= self.rounds + 1);
        for batch in &mut self.running {
            batch.age += 1;
        }
        Ok(())
    }

    /// Drafts, signs and issues one batch.
    async fn issue(&mut self, on: Day) -> Result<()> {
        let known = Known::new();
        let files = evidence::Files::new();
        let scene = Scene { city: self.city, times: &self.times, known: &known, files: &files };
        let id = Uuid::now_v7();
        let drafter = self.city.post(BUREAU, Role::Officer)?;
        let lines = self.lines(&scene, on)?;
        let deeds = vec![
            (drafter, draft(id, lines)),
            (scene.chief()?, drafting::sign(id, "")),
            (self.city.post(CITY, Role::Leader)?, drafting::sign(id, "")),
            (drafter, drafting::issue(id)),
        ];
        let receipts = self.together(deeds).await?;
        let Some(receipt) = receipts.last() else { return Ok(()) };
        let mut of: Vec<(&'static str, Vec<Uuid>)> =
            self.units.iter().map(|unit| (*unit, Vec::new())).collect();
        for entry in facts_of(self.db, self.city, receipt).await? {
            if !drafting::is_assignment(&entry) {
                continue;
            }
            let crate::facts::Fact::Issued { unit, .. } = super::read(&entry)? else { continue };
            let unit = self.city.unit_name(unit)?;
            if let Some((_, ids)) = of.iter_mut().find(|(name, _)| *name == unit) {
                ids.push(entry.subject.id);
            }
        }
        let issued: usize = of.iter().map(|(_, ids)| ids.len()).sum();
        self.left = self.left.saturating_sub(issued);
        self.running.push(Running { age: 0, of });
        Ok(())
    }

    /// The lines of a batch: texts from the tables, units in turn.
    fn lines(&self, scene: &Scene<'_>, on: Day) -> Result<Vec<Written>> {
        let texts = (1..=14).flat_map(batches::lines);
        let mut left = self.left;
        let mut units = self.units.iter().copied().cycle().skip(self.left / UNITS);
        let mut lines = Vec::new();
        for line in texts.take(LINES) {
            let count = left.min(UNITS);
            if count == 0 {
                break;
            }
            left -= count;
            let mut written = drafting::written(scene, line, on)?;
            written.brief.verifier = Verifier::Bureau;
            written.brief.profile = Verifier::Bureau.word().to_owned();
            written.brief.raised_by = None;
            written.brief.rhythm = Rhythm::Weekly;
            written.brief.quantity_unit = String::new();
            written.milestones = Vec::new();
            (written.due, written.due_days) = (None, Some(30));
            let part = |unit| {
                let unit = self.city.unit(unit)?;
                let (role, part) = (UnitRole::Each, String::new());
                Ok(Part { part, ..Part::of(unit, role) })
            };
            written.parts = units.by_ref().take(count).map(part).collect::<Result<_>>()?;
            lines.push(written);
        }
        Ok(lines)
    }

    /// What is done with the batches of an age: acceptance first, then reports, then the end.
    async fn round(&mut self, age: usize) -> Result<()> {
        let of: Vec<_> = self
            .running
            .iter()
            .filter(|batch| batch.age == age)
            .flat_map(|batch| batch.of.iter().filter(|(_, ids)| !ids.is_empty()).cloned())
            .collect();
        if age == 0 {
            return self.by_units(&of, Role::Liaison, accept).await;
        }
        if age <= self.rounds {
            let wanted = take(&of, &mut self.reports_left, 1);
            return self.by_units(&wanted, Role::Liaison, report).await;
        }
        let wanted = take(&of, &mut self.submissions_left, LEFT_OPEN);
        self.by_units(&wanted, Role::Head, submit).await?;
        let officer = self.city.post(BUREAU, Role::Officer)?;
        let deeds = wanted.into_iter().map(|(_, ids)| (officer, verify(ids)));
        self.together(deeds.collect()).await.map(drop)
    }

    async fn by_units(
        &self,
        of: &[(&'static str, Vec<Uuid>)],
        role: Role,
        deed: fn(Vec<Uuid>) -> Deed,
    ) -> Result<()> {
        let mut deeds = Vec::new();
        for (unit, ids) in of {
            deeds.push((self.city.post(unit, role)?, deed(ids.clone())));
        }
        self.together(deeds).await.map(drop)
    }

    /// Hands deeds to the writer at once; they run in their order.
    async fn together(&self, deeds: Vec<(&Held, Deed)>) -> Result<Vec<journal::Receipt>> {
        let acts = deeds.into_iter().map(|(held, deed)| self.act(self.city.actor(held), deed));
        together(acts.collect()).await.into_iter().collect()
    }

    fn act(&self, actor: Actor, deed: Deed) -> Boxed<'_, Result<journal::Receipt>> {
        let db = self.db;
        Box::pin(async move {
            let by = By::actor(&actor, deed.name);
            db.act(by, async |act| (deed.run)(act, &actor).await).await
        })
    }
}

/// As many as are left of a number, leaving out one of each so many (none when that is one).
fn take(
    of: &[(&'static str, Vec<Uuid>)],
    left: &mut usize,
    out_of: usize,
) -> Vec<(&'static str, Vec<Uuid>)> {
    let mut n = 0_usize;
    let mut taken = Vec::new();
    for (unit, ids) in of {
        let mut own = Vec::new();
        for id in ids {
            n += 1;
            if *left > 0 && (out_of == 1 || !n.is_multiple_of(out_of)) {
                *left -= 1;
                own.push(*id);
            }
        }
        if !own.is_empty() {
            taken.push((*unit, own));
        }
    }
    taken
}

/// Opens a batch, writes its lines and sends it. The form's act counts the lines again for each
/// of them, so the facts are recorded here.
fn draft(id: Uuid, lines: Vec<Written>) -> Deed {
    deed(grants::OPEN_BATCH, move |act, actor| {
        Box::pin(async move {
            let (kind, title) = (BatchKind::Interim, String::new());
            let opening = Opening { kind, sitting: None, title, proposals_until: None };
            acts::open_batch::run(act, id, opening).await?;
            for (sort, written) in (1..).zip(lines) {
                let fact = BatchFact::LineWritten {
                    line: Uuid::now_v7(),
                    sort,
                    brief: written.brief,
                    parts: written.parts,
                    due: written.due,
                    due_days: written.due_days,
                    milestones: written.milestones,
                    former_units: Vec::new(),
                    former_milestones: 0,
                };
                act.record(acts::batch(id), &fact).await?;
            }
            acts::send_batch::run(act, actor, id).await
        })
    })
}

fn for_each(
    permission: Permission,
    ids: Vec<Uuid>,
    step: impl for<'a> Fn(&'a mut journal::Act, &'a Actor, Uuid) -> Boxed<'a, Result<()>>
    + Send
    + 'static,
) -> Deed {
    deed(permission, move |act, actor| {
        Box::pin(async move {
            for id in ids {
                step(act, actor, id).await?;
            }
            Ok(())
        })
    })
}

fn accept(ids: Vec<Uuid>) -> Deed {
    for_each(grants::ACCEPT, ids, |act, actor, id| {
        Box::pin(acts::accept::run(act, actor, id, None))
    })
}

fn report(ids: Vec<Uuid>) -> Deed {
    for_each(grants::REPORT, ids, |act, actor, id| {
        Box::pin(acts::report::run(act, actor, id, progress()))
    })
}

/// What a liaison writes week by week.
fn progress() -> Said {
    Said {
        done: "按计划推进，已完成任务过半，发现的问题边查边改。".to_owned(),
        quantity: None,
        next_step: "继续实行周调度，对照完成标准逐项推进。".to_owned(),
        blocker: String::new(),
        files: Vec::new(),
    }
}

/// One report on an assignment of the actor's unit: the act without the web around it.
pub async fn report_once(db: &Db, actor: &Actor, id: Uuid) -> Result<()> {
    let by = By::actor(actor, grants::REPORT.0);
    db.act(by, async |act| acts::report::run(act, actor, id, progress()).await).await.map(drop)
}

fn submit(ids: Vec<Uuid>) -> Deed {
    for_each(grants::SUBMIT, ids, |act, actor, id| {
        let done = "已按交办要求完成，相关台账齐全。".to_owned();
        Box::pin(acts::submit::run(act, actor, id, Said { done, ..Said::default() }))
    })
}

fn verify(ids: Vec<Uuid>) -> Deed {
    for_each(grants::VERIFY, ids, |act, actor, id| {
        let found = Found {
            method: Method::Documents,
            result: Finding::Confirmed,
            finding: "查阅台账和佐证资料，与报结内容一致，同意办结。".to_owned(),
            work_line: None,
            parent_unit: None,
        };
        Box::pin(acts::verify::run(act, actor, id, found))
    })
}
