//! What may turn an assignment from its usual way: disputes, more time, rework, stopped clocks.

use journal::Result;
use kernel::Day;
use uuid::Uuid;

use super::deed;
use super::life::Life;
use super::phrases;
use super::speech;
use super::times::Half::{Afternoon, Morning};
use crate::tables::{Finding, Method, Verifier};

impl Life<'_> {
    /// Handed back as wrongly addressed.
    pub(super) fn hand_back(&mut self) -> Result<()> {
        let reasons = phrases::UNIT_CANNOT.iter().find(|(unit, _)| *unit == self.a.unit);
        let reason = reasons.map_or(phrases::CANNOT, |(_, reason)| *reason);
        let asked = deed::hand_back(self.a.id).because(reason);
        self.thread.some((self.a.on, Afternoon), self.liaison()?, asked);
        Ok(())
    }

    /// Handed back and given to another unit on the next working day.
    pub(super) fn readdressed(&mut self, to: &'static str) -> Result<()> {
        self.hand_back()?;
        let unit = Some(self.thread.scene.city.unit(to)?);
        self.decided(unit, phrases::READDRESSED)?;
        self.a.unit = to;
        // Who was a co-unit leads now.
        self.a.co.retain(|co| *co != to);
        self.take_on()
    }

    /// Handed back in vain.
    pub(super) fn kept_here(&mut self) -> Result<()> {
        self.hand_back()?;
        self.decided(None, phrases::KEPT)?;
        self.take_on()
    }

    fn decided(&mut self, to: Option<Uuid>, answer: &'static str) -> Result<()> {
        self.taken = self.after(self.a.on, 1);
        // The day of the dispute does not count.
        self.due = self.after(self.due, 1);
        let deed = deed::decide_hand_back(self.a.id, to, answer);
        self.thread.some((self.taken, Morning), self.officer()?, deed);
        Ok(())
    }

    fn take_on(&mut self) -> Result<()> {
        self.accept()?;
        let day = self.before(self.due, 1);
        self.finish(day)
    }

    /// Reports go on, but it is not submitted.
    pub(super) fn overdue(&mut self) -> Result<()> {
        let later = self.after(self.thread.scene.eve(), 20);
        self.work(later)
    }

    /// Submitted on one of the last days.
    pub(super) fn waiting(&mut self) -> Result<()> {
        let early = self.thread.chance.below(2);
        let day = self.before(self.thread.scene.eve(), early).min(self.due);
        self.work(day)?;
        self.submit(day)
    }

    /// Verified by the bureau and put before who raised it.
    pub(super) fn presented(&mut self) -> Result<()> {
        let day = self.before(self.thread.scene.eve(), 3).min(self.due);
        self.work(day)?;
        self.submit(day)?;
        self.present(self.after(day, 1))
    }

    /// Written by the liaison on the last day.
    pub(super) fn prepared(&mut self) -> Result<()> {
        let eve = self.thread.scene.eve();
        self.work(eve)?;
        let said = speech::done(&self.a, &mut self.thread.chance);
        self.thread.some((eve, Afternoon), self.liaison()?, deed::submit(self.a.id, said));
        Ok(())
    }

    /// More time was asked for on the last day.
    pub(super) fn asked_more(&mut self, days: u32) -> Result<()> {
        self.ask(self.thread.scene.eve(), days)
    }

    /// More time was asked for, and the head endorsed it on the last day.
    pub(super) fn endorsed_more(&mut self, days: u32) -> Result<()> {
        let eve = self.thread.scene.eve();
        self.ask(self.before(eve, 1), days)?;
        self.thread.some((eve, Morning), self.head()?, deed::endorse_extension(self.a.id));
        Ok(())
    }

    /// Granted more time.
    pub(super) fn extended(&mut self, days: u32) -> Result<()> {
        let day = self.asked_early(days)?;
        let due = self.after(self.due, days);
        let answer = self.thread.chance.pick(&phrases::GRANTED);
        let deed = deed::decide_extension(self.a.id, (Finding::Confirmed, Some(due)), answer);
        self.thread.some((day, Afternoon), self.thread.scene.chief()?, deed);
        self.due = due;
        let day = self.before(due, 1);
        self.finish(day)
    }

    /// Asked for more time in vain.
    pub(super) fn refused(&mut self) -> Result<()> {
        let day = self.asked_early(5)?;
        let verdict = (Finding::Rework, None);
        let deed = deed::decide_extension(self.a.id, verdict, phrases::REFUSED);
        self.thread.some((day, Afternoon), self.thread.scene.chief()?, deed);
        self.finish(self.due)
    }

    /// Asked by the liaison some days before the due day and endorsed; the day to decide.
    fn asked_early(&mut self, days: u32) -> Result<Day> {
        let asked = self.before(self.due, 4);
        self.ask(asked, days)?;
        let endorsed = self.after(asked, 1);
        self.thread.some((endorsed, Morning), self.head()?, deed::endorse_extension(self.a.id));
        Ok(self.after(endorsed, 1))
    }

    fn ask(&mut self, day: Day, days: u32) -> Result<()> {
        let reason = self.thread.chance.pick(&phrases::MORE_REASONS);
        let progress = self.thread.chance.pick(&phrases::MORE_PROGRESS);
        let due = self.after(self.due, days);
        let asked = deed::ask_extension(self.a.id, due, progress).because(reason);
        self.thread.some((day, Afternoon), self.liaison()?, asked);
        Ok(())
    }

    /// Submitted early, returned for rework, submitted again.
    pub(super) fn rework(&mut self) -> Result<()> {
        let first = self.before(self.due, 5);
        self.work(first)?;
        self.submit(first)?;
        let returned = self.after(first, 1);
        let why = self.thread.chance.pick(&phrases::REWORK);
        let deed = deed::verify(self.a.id, (Method::Sample, Finding::Rework), why);
        let by = match self.a.line.verifier {
            Verifier::Department => self.thread.scene.department(self.a.line.work)?,
            Verifier::Bureau | Verifier::Raiser | Verifier::Both => self.officer()?,
        };
        self.thread.some((returned, Afternoon), by, deed);
        let wait = 2 + self.thread.chance.below(3);
        let again = self.after(returned, wait);
        self.submit(again)?;
        self.verify(again)?;
        Ok(())
    }

    /// The head sends back what the liaison prepared.
    pub(super) fn redraft(&mut self) -> Result<()> {
        let day = self.before(self.due, 3);
        self.work(day)?;
        let said = speech::done(&self.a, &mut self.thread.chance);
        self.thread.some((day, Morning), self.liaison()?, deed::submit(self.a.id, said));
        self.countersign(day)?;
        let back = deed::sign_submission(self.a.id, Finding::Rework).because(phrases::REDRAFT);
        self.thread.some((day, Afternoon), self.head()?, back);
        let day = self.after(day, 1);
        self.submit(day)?;
        self.verify(day)?;
        Ok(())
    }

    /// Closed, found relapsed, and closed again.
    pub(super) fn reopen(&mut self, days: u32) -> Result<()> {
        let day = self.before(self.due, 2);
        self.work(day)?;
        self.submit(day)?;
        let closed = self.verify(day)?;
        let again = self.after(closed, 4);
        let due = self.after(again, days);
        let reopened = deed::reopen(self.a.id, due).because(phrases::REOPENED);
        self.thread.some((again, Morning), self.officer()?, reopened);
        let day = self.before(due, 1);
        self.submit(day)?;
        self.verify(day)?;
        Ok(())
    }

    /// The clock stands from the fifth day on; the day to look at it again.
    pub(super) fn stop(&mut self, days: u32) -> Result<Day> {
        let day = self.after(self.a.on, 5);
        let review = self.after(day, days);
        let why = self.thread.chance.pick(&phrases::STOPS);
        let deed = deed::stop(self.a.id, review).because(why);
        self.thread.some((day, Morning), self.officer()?, deed);
        Ok(review)
    }

    /// The clock stood for a while.
    pub(super) fn stopped(&mut self, days: u32) -> Result<()> {
        let review = self.stop(days)?;
        let resumed = deed::resume(self.a.id).because(phrases::RESUMED);
        self.thread.some((review, Morning), self.officer()?, resumed);
        self.taken = review;
        self.due = self.after(self.due, days);
        let day = self.before(self.due, 1);
        self.finish(day)
    }

    /// Withdrawn by the chief, while the unit was asking for more time.
    pub(super) fn withdrawn(&mut self) -> Result<()> {
        let day = self.after(self.a.on, 3);
        self.ask(self.before(day, 1), 5)?;
        let deed = deed::withdraw(self.a.id).because(phrases::WITHDRAWN);
        self.thread.some((day, Morning), self.thread.scene.chief()?, deed);
        Ok(())
    }

    /// Merged into another assignment of the unit.
    pub(super) fn merged(&mut self, title: &'static str) -> Result<()> {
        let into = self.thread.scene.find(title, self.a.unit)?;
        let day = self.after(self.a.on, 3);
        let deed = deed::merge(self.a.id, into).because(phrases::MERGED);
        self.thread.some((day, Morning), self.officer()?, deed);
        Ok(())
    }

    /// Broken down to units below on the day after acceptance.
    pub(super) fn break_down(&mut self, units: &[&str]) -> Result<()> {
        let city = self.thread.scene.city;
        let units = units.iter().map(|unit| city.unit(unit)).collect::<Result<Vec<_>>>()?;
        let due = self.before(self.due, 3);
        let demand = format!("{}按分工抓好本辖区（本部门）落实。", self.a.line.demand);
        let deed = deed::break_down(self.a.id, units, demand, due);
        let day = self.after(self.taken, 1);
        self.thread.some((day, Afternoon), self.head()?, deed);
        self.then_parts();
        self.finish(self.due)
    }
}
