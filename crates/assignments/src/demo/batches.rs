//! The week of a batch: what the bureau does from planning the sitting to issuing the list.

use journal::Result;
use kernel::{Day, Role};
use people::demo::Held;
use uuid::Uuid;

use super::chance::Chance;
use super::deed::{After, Event};
use super::drafting;
use super::happenings::{
    CARRIED, DROPPED, JOINT, MONDAYS, PROPOSALS, Proposed, REORDERED, RETURNED,
};
use super::line::{INTERIM, Line, SUPPLEMENT};
use super::scene::{BUREAU, CITY, Scene, Thread};
use super::times::Half::{Afternoon, Morning};
use super::{titles_august, titles_july, titles_november, titles_october, titles_september};
use crate::acts::open_batch::Opening;
use crate::tables::BatchKind;

/// All lines of a batch.
pub(super) fn lines(batch: u8) -> impl Iterator<Item = &'static Line> {
    [
        titles_july::JULY,
        titles_august::AUGUST,
        titles_september::SEPTEMBER,
        titles_october::OCTOBER,
        titles_november::NOVEMBER,
    ]
    .into_iter()
    .flatten()
    .filter(move |line| line.batch == batch)
}

/// The Monday of a weekly batch.
pub(super) fn monday(batch: u8) -> Result<Day> {
    let held = MONDAYS.iter().filter(|(_, _, skipped)| skipped.is_empty());
    let (month, day, _) = held.skip(usize::from(batch) - 1).copied().next().unwrap_or_default();
    people::demo::day(2021, month, day)
}

fn series(scene: &Scene<'_>, name: &str) -> Vec<Uuid> {
    scene.city.series.get(name).copied().into_iter().collect()
}

/// The sittings that were planned and then skipped.
pub(super) fn skipped(scene: Scene<'_>) -> Result<Vec<Event>> {
    let mut events = Vec::new();
    let assign = series(&scene, "周交办会");
    for (month, day, reason) in MONDAYS.iter().filter(|(_, _, reason)| !reason.is_empty()) {
        let day = people::demo::day(2021, *month, *day)?;
        let (planned, skipped) = (scene.times.before(day, 4), scene.times.before(day, 1));
        let first = scene.times.at(planned, 9, 5);
        let mut thread = Thread::new(scene, Chance::of(&[reason]), first);
        let by = scene.officer("", "")?;
        thread.at(first, by, drafting::plan_sitting(day, assign.clone()), None);
        for series in &assign {
            let deed = drafting::skip_sitting(day, *series, reason);
            thread.some((skipped, Afternoon), scene.chief()?, deed);
        }
        events.append(&mut thread.events);
    }
    Ok(events)
}

/// One batch in the making.
struct Drafting<'p> {
    thread: Thread<'p>,
    batch: u8,
    id: Uuid,
    /// The day of issue.
    on: Day,
    drafter: &'p Held,
}

/// Everything until a weekly batch is issued.
pub(super) fn weekly(scene: Scene<'_>, batch: u8) -> Result<Vec<Event>> {
    let on = monday(batch)?;
    let back = |n| scene.times.before(on, n);
    let (open, proposed) = (back(4), back(3));
    let mut d = Drafting::new(scene, batch, on)?;
    let mut sitting = series(&scene, "周交办会");
    if JOINT.contains(&(on.month(), on.day())) {
        sitting.extend(series(&scene, "月讲评会"));
    }
    let planning = drafting::plan_sitting(on, sitting.clone());
    d.thread.at(scene.times.at(back(5), 16, 30), d.drafter, planning, None);
    let opening = opening(BatchKind::Weekly, "", Some((proposed, 18)));
    let of = sitting.first().map(|series| (*series, on));
    d.thread.some((open, Morning), d.drafter, drafting::open(d.id, opening, of));
    d.proposals(open, back(2))?;
    d.write(back(2))?;
    d.carry(back(2))?;
    d.revise(back(1))?;
    d.send(back(1))?;
    // The last one waits for the leader's signature when the demo begins.
    if batch < 14 {
        d.approve(back(1))?;
        d.issue((9, 10 + u32::from(batch) * 7 % 40));
    }
    Ok(d.thread.events)
}

/// Everything until the interim batch of 29 October or the supplement of 13 September is issued.
pub(super) fn special(scene: Scene<'_>, batch: u8) -> Result<Vec<Event>> {
    let is_interim = batch == INTERIM;
    let (kind, title, open) = if is_interim {
        (BatchKind::Interim, "寒潮应对和疫情防控临时交办", (10, 29))
    } else {
        (BatchKind::Supplement, "第9次周交办会议现场交办事项", (9, 13))
    };
    let open = people::demo::day(2021, open.0, open.1)?;
    let on = if is_interim { open } else { scene.times.after(open, 1) };
    let mut d = Drafting::new(scene, batch, on)?;
    let hour = if is_interim { 9 } else { 14 };
    let at = |minute: u32| scene.times.at(open, hour + minute / 60, minute % 60);
    // A supplement belongs to the sitting at which it was spoken, held that morning.
    let spoken = series(&scene, "周交办会").first().map(|series| (*series, open));
    let of = spoken.filter(|_| !is_interim);
    let opened = drafting::open(d.id, opening(kind, title, None), of);
    d.thread.at(at(40), d.drafter, opened, None);
    for (n, line) in (1..).zip(lines(batch)) {
        let deed = drafting::write(d.id, drafting::written(&scene, line, on)?);
        d.thread.at(at(40 + n * 8), d.drafter, deed, None);
    }
    d.thread.at(at(85), d.drafter, drafting::send(d.id), None);
    d.thread.at(at(100), scene.chief()?, drafting::sign(d.id, ""), None);
    let leader = scene.leader(if is_interim { "市长" } else { "常务副市长" })?;
    d.thread.at(at(130), leader, drafting::sign(d.id, ""), None);
    d.issue(if is_interim { (15, 20) } else { (9, 5) });
    Ok(d.thread.events)
}

fn opening(kind: BatchKind, title: &str, proposals_until: Option<(Day, i64)>) -> Opening {
    Opening { kind, sitting: None, title: title.to_owned(), proposals_until }
}

impl<'p> Drafting<'p> {
    fn new(scene: Scene<'p>, batch: u8, on: Day) -> Result<Self> {
        let officers = ["督查一科科长", "督查二科科长", "督查三科科长", "督查四科科长"];
        let title = officers.get(usize::from(batch % 4)).copied().unwrap_or_default();
        let drafter = scene.city.titled(BUREAU, title)?;
        let begins = scene.times.at(scene.times.before(on, 5), 8, 30);
        let thread = Thread::new(scene, Chance::of(&["batch", &batch.to_string()]), begins);
        Ok(Self { thread, batch, id: Uuid::now_v7(), on, drafter })
    }

    fn proposed(&self) -> impl Iterator<Item = &'static Proposed> + use<> {
        let batch = self.batch;
        PROPOSALS.iter().filter(move |p| p.0 == batch)
    }

    fn proposals(&mut self, day: Day, answered: Day) -> Result<()> {
        for (_, unit, title, demand, _) in self.proposed() {
            let by = self.thread.scene.city.post(unit, Role::Liaison)?;
            let deed = drafting::propose(self.id, title, demand);
            self.thread.some((day, Afternoon), by, deed);
        }
        for (minute, (_, _, title, _, answer)) in (36..).zip(self.proposed()) {
            let deed = drafting::answer_proposal(self.id, title, answer);
            let at = self.thread.scene.times.at(answered, 8, minute);
            self.thread.at(at, self.drafter, deed, None);
        }
        Ok(())
    }

    /// Some lines in the morning, the others after lunch.
    fn write(&mut self, day: Day) -> Result<()> {
        let dropped = DROPPED.iter().filter(|line| line.batch == self.batch);
        let all: Vec<_> = lines(self.batch).chain(dropped).collect();
        for (n, line) in (0_u32..).zip(&all) {
            let mut written = drafting::written(&self.thread.scene, line, self.on)?;
            if RETURNED.iter().any(|(_, _, title)| *title == line.title) {
                // Too short at first; mended when the chief returns it.
                written.due_days = Some(5);
            }
            let minutes = if n < 10 { 45 + n * 12 } else { 335 + (n - 10) * 7 };
            let at = self.thread.scene.times.at(day, 9, minutes);
            self.thread.at(at, self.drafter, drafting::write(self.id, written), None);
        }
        Ok(())
    }

    fn carry(&mut self, day: Day) -> Result<()> {
        let scene = self.thread.scene;
        let due = CARRIED.iter().filter(|(batch, _, _)| *batch == self.batch);
        let ids: Vec<_> =
            due.map(|(_, title, unit)| scene.find(title, unit)).collect::<Result<_>>()?;
        if !ids.is_empty() {
            self.thread.some((day, Afternoon), self.drafter, drafting::carry(self.id, ids));
        }
        Ok(())
    }

    fn revise(&mut self, day: Day) -> Result<()> {
        for line in DROPPED.iter().filter(|line| line.batch == self.batch) {
            let deed = drafting::remove(self.id, line.title);
            self.thread.some((day, Morning), self.drafter, deed);
        }
        if REORDERED.contains(&self.batch) {
            self.thread.some((day, Morning), self.drafter, drafting::reorder(self.id));
        }
        Ok(())
    }

    /// Sent and signed by the chief, sometimes only the second time.
    fn send(&mut self, day: Day) -> Result<()> {
        let scene = self.thread.scene;
        let (chief, at) = (scene.chief()?, |minute| scene.times.at(day, 15, minute));
        self.thread.at(at(5), self.drafter, drafting::send(self.id), None);
        for (_, note, title) in RETURNED.iter().filter(|(batch, _, _)| *batch == self.batch) {
            self.thread.at(at(25), chief, drafting::sign(self.id, note), None);
            for line in lines(self.batch).filter(|line| line.title == *title) {
                let written = drafting::written(&scene, line, self.on)?;
                self.thread.at(at(40), self.drafter, drafting::rewrite(self.id, written), None);
            }
            self.thread.at(at(45), self.drafter, drafting::send(self.id), None);
        }
        self.thread.at(at(58), chief, drafting::sign(self.id, ""), None);
        Ok(())
    }

    /// By the mayor, the mayor's secretary, a vice mayor, or on paper.
    fn approve(&mut self, day: Day) -> Result<()> {
        let scene = self.thread.scene;
        let at = scene.times.at(self.on, 8, 20);
        let (by, deed) = match self.batch % 4 {
            0 => {
                let signer = scene.leader("市长")?;
                (self.drafter, drafting::paper_sign(self.id, signer, day, scene.scans()))
            }
            1 => (scene.leader("市长")?, drafting::sign(self.id, "")),
            2 => (scene.city.post(CITY, Role::Secretary)?, drafting::sign(self.id, "")),
            _ => (scene.leader("常务副市长")?, drafting::sign(self.id, "")),
        };
        self.thread.at(at, by, deed, None);
        Ok(())
    }

    fn issue(&mut self, (hour, minute): (u32, u32)) {
        let at = self.thread.scene.times.at(self.on, hour, minute);
        let after = After::Issued(self.batch);
        self.thread.at(at, self.drafter, drafting::issue(self.id), Some(after));
    }
}

/// The special batch that follows a weekly one, if there is one.
pub(super) const fn follower(batch: u8) -> Option<u8> {
    match batch {
        9 => Some(SUPPLEMENT),
        13 => Some(INTERIM),
        _ => None,
    }
}
