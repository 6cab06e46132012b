//! The life of one assignment, from acceptance to closure, as a thread of events.

use journal::Result;
use kernel::{Day, Moment, Role};
use people::demo::Held;
use uuid::Uuid;

use super::chance::Chance;
use super::deed::{self, After, Event};
use super::evidence;
use super::happenings::NOTES;
use super::line::{Fate, Line};
use super::phrases;
use super::scene::{CITY, Scene, Thread};
use super::signing;
use super::speech;
use super::times::Half::{Afternoon, Morning};
use crate::tables::{Finding, Method, Rhythm, Verifier};

/// An assignment that was issued.
#[derive(Clone, Debug)]
pub(super) struct Issued {
    pub(super) id: Uuid,
    pub(super) line: &'static Line,
    pub(super) unit: &'static str,
    pub(super) co: Vec<&'static str>,
    pub(super) at: Moment,
    pub(super) on: Day,
    pub(super) due: Day,
    pub(super) goal: Option<i64>,
    /// The unit that broke it down.
    pub(super) parent: Option<&'static str>,
}

/// How many of a unit's submissions of a hundred come late.
fn late_percent(unit: &str) -> u32 {
    match unit {
        "临颍县" | "市发展改革委" => 0,
        "市金融工作局" => 45,
        "西城区" | "市城市管理局" | "市国资委" => 25,
        _ => 6,
    }
}

pub(super) struct Life<'p> {
    pub(super) thread: Thread<'p>,
    pub(super) a: Issued,
    /// The due day as it has become.
    pub(super) due: Day,
    /// When it was accepted.
    pub(super) taken: Day,
    /// How many reports were written, so that none repeats the one before.
    told: usize,
}

impl<'p> Life<'p> {
    pub(super) fn new(scene: Scene<'p>, a: Issued) -> Self {
        let chance = Chance::of(&[a.line.title, a.unit]);
        let (due, taken, told) = (a.due, a.on, a.line.title.len() + a.unit.len());
        Self { thread: Thread::new(scene, chance, a.at), a, due, taken, told }
    }

    /// Everything that happens to it before the demo begins.
    pub(super) fn plan(mut self) -> Result<Vec<Event>> {
        let fate = self.a.line.fate(self.a.unit);
        if !fate.is_disputed() {
            self.accept()?;
        }
        self.go_on(fate)?;
        self.notes()?;
        Ok(self.thread.events)
    }

    fn go_on(&mut self, fate: Fate) -> Result<()> {
        match fate {
            Fate::Unaccepted => Ok(()),
            Fate::HandedBack => self.hand_back(),
            Fate::Readdressed(to) => self.readdressed(to),
            Fate::KeptHere => self.kept_here(),
            Fate::Usual => {
                let day = self.usual_day();
                self.finish(day)
            }
            Fate::Late(days) => {
                let day = self.after(self.due, days);
                self.finish(day)
            }
            Fate::Overdue => self.overdue(),
            Fate::Waiting => self.waiting(),
            Fate::Presented => self.presented(),
            Fate::Prepared => self.prepared(),
            Fate::AskedMore(days) => self.asked_more(days),
            Fate::EndorsedMore(days) => self.endorsed_more(days),
            Fate::Extended(days) => self.extended(days),
            Fate::Refused => self.refused(),
            Fate::Reworked => self.rework(),
            Fate::Redrafted => self.redraft(),
            Fate::Reopened(days) => self.reopen(days),
            Fate::Stopped(days) => self.stopped(days),
            Fate::StillStopped => self.stop(25).map(drop),
            Fate::Withdrawn => self.withdrawn(),
            Fate::Merged(title) => self.merged(title),
            Fate::BrokenDown(units) => self.break_down(units),
        }
    }

    pub(super) fn head(&self) -> Result<&'p Held> {
        self.thread.scene.city.post(self.a.unit, Role::Head)
    }

    pub(super) fn liaison(&self) -> Result<&'p Held> {
        self.thread.scene.city.post(self.a.unit, Role::Liaison)
    }

    pub(super) fn officer(&self) -> Result<&'p Held> {
        self.thread.scene.officer(self.a.unit, self.a.line.work)
    }

    pub(super) fn after(&self, day: Day, n: u32) -> Day {
        self.thread.scene.times.after(day, n)
    }

    pub(super) fn before(&self, day: Day, n: u32) -> Day {
        self.thread.scene.times.before(day, n).max(self.taken)
    }

    pub(super) fn accept(&mut self) -> Result<()> {
        let wait = u32::from(self.thread.chance.percent(20));
        self.taken = self.after(self.taken, wait);
        let by = if self.thread.chance.percent(85) { self.liaison()? } else { self.head()? };
        let responsible = self.responsible();
        self.thread.some((self.taken, Morning), by, deed::accept(self.a.id, responsible));
        Ok(())
    }

    /// Which post of the unit sees to it: the same one for all matters of a line of work.
    fn responsible(&self) -> String {
        let unit = self.a.unit.to_string();
        let mut chance = Chance::of(&["责任岗位", &unit, self.a.line.work]);
        let post =
            chance.pick(&["办公室主任", "督查室主任", "综合科科长", "业务科科长", "分管副职"]);
        format!("{post}，内线 {}", 6_001 + chance.below(900))
    }

    /// When a unit usually submits: some days before the due day, or late.
    fn usual_day(&mut self) -> Day {
        let days = 1 + self.thread.chance.below(5);
        let late = self.after(self.due, days);
        let is_late = self.thread.chance.percent(late_percent(self.a.unit));
        // Late ones are over before the demo begins: what is overdue then is chosen by hand.
        if is_late && self.after(late, 4) <= self.thread.scene.eve() {
            return late;
        }
        let term = self.thread.scene.times.between(self.a.on, self.due);
        let spare = if term > 15 { 8 } else { 4 };
        let early = self.thread.chance.below(spare);
        self.before(self.due, early)
    }

    /// Reports, milestones and the co-units' parts until a day, then submission and verification.
    pub(super) fn finish(&mut self, day: Day) -> Result<()> {
        self.work(day)?;
        self.submit(day)?;
        let closed = self.verify(day)?;
        let old = self.after(closed, 20);
        if self.thread.chance.percent(55) && self.a.parent.is_none() {
            let by = self.officer()?;
            self.thread.some((old, Morning), by, deed::archive(self.a.id));
        }
        Ok(())
    }

    /// What happens between acceptance and submission.
    pub(super) fn work(&mut self, until: Day) -> Result<()> {
        let mut days = self.report_days(until);
        let mut nodes: Vec<_> = (1_i64..)
            .zip(self.a.line.nodes)
            .filter(|_| self.a.parent.is_none())
            .map(|(n, (days, _))| (self.after(self.a.on, *days).min(until), n))
            .collect();
        // Both in the order of days.
        while let Some(day) = days.first().copied() {
            days.remove(0);
            self.reach(&mut nodes, day)?;
            self.report(day, until)?;
        }
        self.reach(&mut nodes, until)?;
        self.co_parts(until)
    }

    fn report_days(&mut self, until: Day) -> Vec<Day> {
        let times = self.thread.scene.times;
        let term = times.between(self.taken, until);
        let step = match self.a.line.rhythm {
            Rhythm::Weekly => 5,
            Rhythm::Monthly => 21,
            Rhythm::Once if term >= 6 && self.thread.chance.percent(65) => term / 2 + 1,
            Rhythm::Once => return Vec::new(),
        };
        (1..20).map(|n| times.after(self.taken, n * step - 1)).take_while(|d| *d < until).collect()
    }

    fn reach(&mut self, nodes: &mut Vec<(Day, i64)>, until: Day) -> Result<()> {
        let by = self.liaison()?;
        while let Some((day, n)) = nodes.first().copied().filter(|(day, _)| *day <= until) {
            nodes.remove(0);
            self.thread.some((day, Afternoon), by, deed::reach_milestone(self.a.id, n));
        }
        Ok(())
    }

    fn report(&mut self, day: Day, until: Day) -> Result<()> {
        let times = self.thread.scene.times;
        let (gone, term) = (times.between(self.a.on, day), times.between(self.a.on, until));
        let percent = (gone * 100 / term.max(1)).min(95);
        let is_late = day > self.due;
        self.told += 1;
        let at = speech::At { percent, is_late, told: self.told };
        let said = speech::progress(&self.a, at, &mut self.thread.chance);
        let by = self.liaison()?;
        self.thread.some((day, Afternoon), by, deed::report(self.a.id, said));
        Ok(())
    }

    fn co_parts(&mut self, until: Day) -> Result<()> {
        let day = self.before(until, 1);
        for co in self.a.co.clone() {
            if self.thread.chance.percent(75) {
                let by = self.thread.scene.city.post(co, Role::Liaison)?;
                let done = self.thread.chance.pick(&phrases::PARTS).to_owned();
                self.thread.some((day, Morning), by, deed::finish_part(self.a.id, done));
            }
        }
        Ok(())
    }

    /// The head submits, or signs what the liaison prepared.
    pub(super) fn submit(&mut self, day: Day) -> Result<()> {
        let mut said = speech::done(&self.a, &mut self.thread.chance);
        said.files = evidence::attached(self.thread.scene.files, self.a.line.evidence);
        let head = self.head()?;
        if self.thread.chance.percent(35) {
            self.thread.some((day, Afternoon), head, deed::submit(self.a.id, said));
            return Ok(());
        }
        let by = self.liaison()?;
        self.thread.some((day, Morning), by, deed::submit(self.a.id, said));
        self.countersign(day)?;
        let sign = deed::sign_submission(self.a.id, Finding::Confirmed);
        self.thread.some((day, Afternoon), head, sign);
        Ok(())
    }

    /// What the liaison prepared goes through the hands of who signs before the head.
    pub(super) fn countersign(&mut self, day: Day) -> Result<()> {
        if let Some(deputy) = signing::deputy(self.thread.scene, self.a.unit)? {
            let sign = deed::sign_submission(self.a.id, Finding::Confirmed);
            self.thread.some((day, Afternoon), deputy, sign);
        }
        Ok(())
    }

    /// All verifications that are needed; the day of the last.
    pub(super) fn verify(&mut self, submitted: Day) -> Result<Day> {
        let wait = 1 + self.thread.chance.below(3);
        let day = self.after(submitted, wait);
        if let Some(parent) = self.a.parent {
            let head = self.thread.scene.city.post(parent, Role::Head)?;
            self.confirm(day, head, &phrases::PARENT);
            return Ok(day);
        }
        let work = self.a.line.work;
        match self.a.line.verifier {
            Verifier::Bureau => {
                self.close(day)?;
                Ok(day)
            }
            Verifier::Department => {
                let by = self.thread.scene.department(work)?;
                self.confirm(day, by, &phrases::FIRST);
                let day = self.after(day, 1);
                self.close(day)?;
                Ok(day)
            }
            Verifier::Raiser | Verifier::Both => {
                self.present(day)?;
                let leader = self.thread.scene.leader(self.a.line.raised)?;
                let wait = 1 + self.thread.chance.below(2);
                let day = self.after(day, 1 + wait);
                self.confirm(day, leader, &phrases::LEADER);
                Ok(day)
            }
        }
    }

    /// The bureau's agreement closes.
    fn close(&mut self, day: Day) -> Result<()> {
        let by = self.officer()?;
        let (method, texts) = speech::method(self.a.line.work, &mut self.thread.chance);
        let finding = self.thread.chance.pick(texts);
        let deed = deed::verify(self.a.id, (method, Finding::Confirmed), finding);
        self.thread.some((day, Afternoon), by, deed);
        Ok(())
    }

    fn confirm(&mut self, day: Day, by: &Held, texts: &[&'static str]) {
        let finding = self.thread.chance.pick(texts);
        let deed = deed::verify(self.a.id, (Method::Documents, Finding::Confirmed), finding);
        self.thread.some((day, Afternoon), by, deed);
    }

    /// The bureau verifies, where it does, and puts the result before the leader on the next day.
    pub(super) fn present(&mut self, day: Day) -> Result<()> {
        let by = self.officer()?;
        if self.a.line.verifier == Verifier::Both {
            self.confirm(day, by, &phrases::BUREAU_FIRST);
        }
        let words = self.thread.chance.pick(&phrases::PRESENTED);
        self.thread.some((self.after(day, 1), Morning), by, deed::present(self.a.id, words));
        Ok(())
    }

    /// Leaders' notes, beside whatever else happens.
    fn notes(&mut self) -> Result<()> {
        for (title, unit, leader, kind, text, days, settled) in NOTES {
            if self.a.line.title != title || self.a.unit != unit {
                continue;
            }
            let scene = self.thread.scene;
            let leader = scene.city.titled(CITY, leader)?;
            let mut notes = Thread::new(scene, self.thread.chance.clone(), self.a.at);
            let day = self.after(self.a.on, days);
            notes.some((day, Morning), leader, deed::note(self.a.id, kind, text));
            if let Some(wait) = settled {
                let day = self.after(day, wait);
                notes.some((day, Afternoon), self.officer()?, deed::settle_note(self.a.id));
            }
            self.thread.events.append(&mut notes.events);
        }
        Ok(())
    }

    /// The parts of a breakdown live from then on.
    pub(super) fn then_parts(&mut self) {
        self.thread.then(After::BrokenDown(self.a.line, self.a.unit));
    }
}
