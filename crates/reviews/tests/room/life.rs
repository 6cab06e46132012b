//! A random city: facts as the rooms would leave them, and the model beside them.

use std::collections::BTreeMap;

use journal::{Act, Fact};
use kernel::{Day, Subject, SubjectKind};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use testkit::City;
use uuid::Uuid;

use crate::model::{Item, Model, Part, Slip, State, Turn};

pub(crate) const UNITS: [&str; 5] = ["临颍县", "舞阳县", "源汇区", "经开区", "市发展改革委"];
const COLOURS: [&str; 4] = ["blue", "yellow", "orange", "red"];

/// A fact by its word.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Raw(BTreeMap<String, Value>);

impl Fact for Raw {
    const KINDS: &'static [&'static str] = &[];
}

/// The same numbers for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % n
    }

    fn days(&mut self, n: u64) -> i64 {
        i64::try_from(self.below(n)).unwrap()
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn unit(&mut self) -> usize {
        usize::try_from(self.below(5)).unwrap()
    }
}

/// What has happened up to the end of a day.
pub(crate) struct Evening {
    pub(crate) day: Day,
    pub(crate) seq: i64,
    pub(crate) model: Model,
}

pub(crate) struct Life<'c> {
    city: &'c City,
    chance: Chance,
    model: Model,
    next: u128,
    /// Where its identifiers begin.
    base: u128,
}

impl<'c> Life<'c> {
    pub(crate) fn new(city: &'c City, seed: u64) -> Self {
        let (chance, model) = (Chance(seed * 2 + 1), Model::default());
        Self { city, chance, model, next: 1_000_000, base: 100_000 }
    }

    /// A life beside another in the same city.
    pub(crate) fn beside(city: &'c City, seed: u64) -> Self {
        let own = u128::from(seed) * 10_000_000;
        Self { next: own + 3_000_000, base: own + 2_000_000, ..Self::new(city, seed) }
    }

    fn item_id(&self, n: usize) -> Uuid {
        Uuid::from_u128(self.base + n as u128)
    }

    fn slip_id(&self, n: usize) -> Uuid {
        Uuid::from_u128(self.base + 500_000 + n as u128)
    }

    /// Lives from one day to another, and keeps every evening.
    pub(crate) async fn live(&mut self, from: Day, to: Day) -> Vec<Evening> {
        let mut evenings = Vec::new();
        let mut day = from;
        while day <= to {
            self.city.set_clock(day, "10:00");
            let city = self.city;
            city.program(async |act| self.day(act, day).await).await.unwrap();
            evenings.push(Evening { day, seq: city.seq().await, model: self.model.clone() });
            day = day.plus(1);
        }
        evenings
    }

    fn unit(&self, unit: usize) -> Uuid {
        self.city.unit(UNITS[unit])
    }

    /// The first unit's items belong to a line of work.
    fn line(&self, unit: usize) -> Option<Uuid> {
        (unit == 0).then(|| self.city.line("项目建设"))
    }

    fn id(&mut self) -> Uuid {
        self.next += 1;
        Uuid::from_u128(self.next)
    }

    async fn day(&mut self, act: &mut Act, day: Day) -> journal::Result<()> {
        // Each day leaves a fact, whatever else happens.
        let city = Subject::new(SubjectKind::Jurisdiction, self.city.id().uuid());
        let digest = json!({ "day": day, "lines": 0, "digest": "00".repeat(32) });
        act.record(city, &Raw(BTreeMap::from([("access_digested".to_owned(), digest)]))).await?;
        if self.chance.percent(40) {
            self.issue(act, day).await?;
        }
        for n in 0..self.model.items.len() {
            if self.chance.percent(25) {
                self.turn(act, n, day).await?;
            }
        }
        for n in 0..self.model.slips.len() {
            if self.chance.percent(2) && !self.model.slips[n].withdrawn {
                self.model.slips[n].withdrawn = true;
                self.slip(act, n, "slip_withdrawn", json!({ "on": day })).await?;
            }
        }
        Ok(())
    }

    async fn fact(&self, act: &mut Act, n: usize, kind: &str, said: Value) -> journal::Result<()> {
        let item = Subject::new(SubjectKind::Assignment, self.item_id(n));
        act.record(item, &Raw(BTreeMap::from([(kind.to_owned(), said)]))).await
    }

    async fn slip(&self, act: &mut Act, n: usize, kind: &str, said: Value) -> journal::Result<()> {
        let slip = Subject::new(SubjectKind::Slip, self.slip_id(n));
        act.record(slip, &Raw(BTreeMap::from([(kind.to_owned(), said)]))).await
    }

    async fn issue(&mut self, act: &mut Act, day: Day) -> journal::Result<()> {
        for _ in 0..1 + self.chance.below(4) {
            let unit = self.chance.unit();
            let other = self.chance.unit();
            // Some are issued after their day.
            let due = day.plus(self.chance.days(26) - 2);
            let own = self.chance.percent(50).then(|| due.plus(-self.chance.days(4)));
            let co = (other != unit && self.chance.percent(50)).then_some(Part {
                unit: other,
                due: own,
                done: None,
            });
            let (importance, weight) = [("normal", 1), ("key", 2), ("major", 3)]
                [usize::try_from(self.chance.below(3)).unwrap()];
            let goal = self.chance.percent(40).then(|| 1 + self.chance.days(300));
            let n = self.model.items.len();
            let part = |unit: Uuid, role: &str, due: Option<Day>| json!({ "unit": unit, "role": role, "part": "", "due": due, "goal": null });
            let mut parts = vec![part(self.unit(unit), "lead", None)];
            parts.extend(co.map(|co| part(self.unit(co.unit), "co", co.due)));
            let batch = Subject::new(SubjectKind::Batch, Uuid::from_u128(5));
            let said = json!({
                "batch": batch.id, "line": Uuid::from_u128(6), "parent": null, "label": format!("1-{n}"),
                "unit": self.unit(unit), "brief": brief(importance, self.line(unit)), "goal": goal, "parts": parts,
                "milestones": [], "source": batch, "on": day, "due": due,
            });
            self.fact(act, n, "assignment_issued", said).await?;
            self.model.items.push(Item {
                unit,
                co,
                weight,
                issued: day,
                due,
                state: State::Issued,
                stopped: false,
                asked: None,
                accepted: None,
                submitted: None,
                goal,
                reached: 0,
                extended: false,
                was_handed_back: false,
                closed_on: None,
                stop: 0,
            });
        }
        Ok(())
    }

    /// Something that may happen to an item in its state.
    async fn turn(&mut self, act: &mut Act, n: usize, day: Day) -> journal::Result<()> {
        let what = self.chance.below(10);
        let item = self.model.items[n].clone();
        match item.state {
            _ if item.stopped => self.resume(act, n, day).await,
            State::Issued => self.turn_issued(act, n, (day, what)).await,
            State::Handling => self.turn_handled(act, n, (day, what)).await,
            State::HandedBack => self.decide(act, n, day).await,
            State::Submitted if what < 7 => self.verify(act, n, (day, what < 2)).await,
            State::Closed if what < 2 => self.reopen(act, n, day).await,
            State::Submitted | State::Closed | State::Withdrawn => Ok(()),
        }
    }

    async fn turn_issued(
        &mut self,
        act: &mut Act,
        n: usize,
        (day, what): (Day, u64),
    ) -> journal::Result<()> {
        match what {
            0..=5 => self.accept(act, n, day).await,
            6 => self.hand_back(act, n, day).await,
            7 => self.extend(act, n, day).await,
            8 => self.draw_slip(act, n, day).await,
            _ => Ok(()),
        }
    }

    async fn turn_handled(
        &mut self,
        act: &mut Act,
        n: usize,
        (day, what): (Day, u64),
    ) -> journal::Result<()> {
        match what {
            0..=3 => self.submit(act, n, day).await,
            4 => self.extend(act, n, day).await,
            5 if self.model.items[n].asked.is_none() => self.stop(act, n, day).await,
            6 => self.report(act, n, day).await,
            7 => self.finish_part(act, n, day).await,
            8 => self.draw_slip(act, n, day).await,
            _ if day.day() % 9 == 0 => self.withdraw(act, n, day).await,
            _ => Ok(()),
        }
    }

    async fn accept(&mut self, act: &mut Act, n: usize, day: Day) -> journal::Result<()> {
        self.fact(act, n, "assignment_accepted", json!({ "on": day })).await?;
        let item = &mut self.model.items[n];
        (item.state, item.accepted) = (State::Handling, Some(day));
        Ok(())
    }

    async fn hand_back(&mut self, act: &mut Act, n: usize, day: Day) -> journal::Result<()> {
        self.lapse(act, n, day).await?;
        let id = self.id();
        self.fact(act, n, "hand_back_asked", json!({ "id": id, "on": day })).await?;
        let item = &mut self.model.items[n];
        (item.state, item.was_handed_back, item.stop) = (State::HandedBack, true, id.as_u128());
        Ok(())
    }

    async fn decide(&mut self, act: &mut Act, n: usize, day: Day) -> journal::Result<()> {
        let other = self.chance.unit();
        let item = &self.model.items[n];
        let to = (other != item.unit).then_some(other);
        let (id, due) = (Uuid::from_u128(item.stop), item.due.plus(2));
        let named = to.map(|to| self.unit(to));
        let said = json!({ "id": id, "on": day, "to": named, "due": due, "answer": "" });
        self.fact(act, n, "hand_back_decided", said).await?;
        let item = &mut self.model.items[n];
        (item.state, item.due) = (State::Issued, due);
        if let Some(to) = to {
            item.unit = to;
            // Who answers for the whole has no part any more.
            item.co = item.co.filter(|co| co.unit != to);
        }
        Ok(())
    }

    /// More time is asked for; what waits for an answer gets it.
    async fn extend(&mut self, act: &mut Act, n: usize, day: Day) -> journal::Result<()> {
        let former = self.model.items[n].due;
        let id = match self.model.items[n].asked {
            Some(asked) => Uuid::from_u128(asked),
            None => {
                let id = self.id();
                let asked = json!({
                    "id": id, "person": id, "on": day, "former_due": former,
                    "new_due": former.plus(9), "progress": "", "endorsed": true,
                    "awaits_answer": true,
                });
                self.fact(act, n, "extension_asked", asked).await?;
                self.model.items[n].asked = Some(id.as_u128());
                if self.chance.percent(60) {
                    return Ok(());
                }
                id
            }
        };
        let granted = self.chance.percent(70);
        let due = former.plus(if granted { 1 + self.chance.days(9) } else { 0 });
        let said = json!({ "id": id, "on": day, "granted": granted, "due": due, "answer": "" });
        self.fact(act, n, "extension_decided", said).await?;
        let item = &mut self.model.items[n];
        (item.due, item.extended, item.asked) = (due, item.extended || granted, None);
        Ok(())
    }

    /// A request that nobody answered is void with what ends the item.
    async fn lapse(&mut self, act: &mut Act, n: usize, day: Day) -> journal::Result<()> {
        let Some(asked) = self.model.items[n].asked.take() else { return Ok(()) };
        let said = json!({ "id": Uuid::from_u128(asked), "on": day });
        self.fact(act, n, "extension_lapsed", said).await
    }

    async fn stop(&mut self, act: &mut Act, n: usize, day: Day) -> journal::Result<()> {
        let id = self.id();
        let said = json!({ "id": id, "on": day, "review": day.plus(9) });
        self.fact(act, n, "clock_stopped", said).await?;
        let item = &mut self.model.items[n];
        (item.stopped, item.stop) = (true, id.as_u128());
        Ok(())
    }

    async fn resume(&mut self, act: &mut Act, n: usize, day: Day) -> journal::Result<()> {
        let item = &self.model.items[n];
        let (id, due) = (Uuid::from_u128(item.stop), item.due.plus(3));
        self.fact(act, n, "clock_resumed", json!({ "id": id, "on": day, "due": due })).await?;
        let item = &mut self.model.items[n];
        (item.stopped, item.due) = (false, due);
        Ok(())
    }

    async fn report(&mut self, act: &mut Act, n: usize, day: Day) -> journal::Result<()> {
        let (id, reached) = (self.id(), self.chance.days(350));
        let unit = self.unit(self.model.items[n].unit);
        let said = json!({
            "id": id, "unit": unit, "on": day, "done": "", "quantity": reached, "next_step": "",
            "blocker": "", "files": [],
        });
        self.fact(act, n, "assignment_reported", said).await?;
        self.model.items[n].reached = reached;
        Ok(())
    }

    async fn finish_part(&mut self, act: &mut Act, n: usize, day: Day) -> journal::Result<()> {
        let Some(part) = self.model.items[n].co.filter(|part| part.done.is_none()) else {
            return Ok(());
        };
        let id = self.id();
        let said = json!({ "unit": self.unit(part.unit), "on": day, "report": id, "done": "" });
        self.fact(act, n, "part_done", said).await?;
        self.model.items[n].co = Some(Part { done: Some(day), ..part });
        Ok(())
    }

    async fn submit(&mut self, act: &mut Act, n: usize, day: Day) -> journal::Result<()> {
        let unit = self.unit(self.model.items[n].unit);
        let said = json!({
            "report": null, "unit": unit, "on": day, "done": "", "quantity": null,
            "person": unit, "files": [],
        });
        self.fact(act, n, "submission_made", said).await?;
        let item = &mut self.model.items[n];
        (item.state, item.submitted) = (State::Submitted, Some(day));
        Ok(())
    }

    async fn verify(
        &mut self,
        act: &mut Act,
        n: usize,
        (day, rework): (Day, bool),
    ) -> journal::Result<()> {
        if !rework {
            self.lapse(act, n, day).await?;
        }
        let id = self.id();
        let item = &self.model.items[n];
        let on_time = (!rework).then(|| item.submitted.is_some_and(|on| on <= item.due));
        let result = if rework { "rework" } else { "confirmed" };
        let said = json!({
            "id": id, "method": "documents", "result": result, "finding": "", "first": false,
            "closes": !rework, "on": day, "on_time": on_time,
        });
        self.fact(act, n, "submission_verified", said).await?;
        let item = &mut self.model.items[n];
        let turn = if rework { Turn::Rework } else { Turn::Closing };
        item.state = if rework { State::Handling } else { State::Closed };
        item.closed_on = (!rework).then_some(day);
        self.model.turns.push((day, item.unit, turn));
        Ok(())
    }

    async fn reopen(&mut self, act: &mut Act, n: usize, day: Day) -> journal::Result<()> {
        let due = day.plus(self.chance.days(15));
        self.fact(act, n, "assignment_reopened", json!({ "on": day, "due": due })).await?;
        let item = &mut self.model.items[n];
        let days = item.closed_on.map_or(0, |on| on.days_until(day));
        (item.state, item.due, item.submitted) = (State::Handling, due, None);
        self.model.turns.push((day, item.unit, Turn::Reopening(days)));
        Ok(())
    }

    async fn withdraw(&mut self, act: &mut Act, n: usize, day: Day) -> journal::Result<()> {
        self.lapse(act, n, day).await?;
        self.fact(act, n, "assignment_withdrawn", json!({ "on": day })).await?;
        self.model.items[n].state = State::Withdrawn;
        Ok(())
    }

    async fn draw_slip(&mut self, act: &mut Act, n: usize, day: Day) -> journal::Result<()> {
        let item = self.model.items[n].clone();
        let colour = COLOURS[usize::try_from(self.chance.below(4)).unwrap()];
        let s = self.model.slips.len();
        let place =
            json!({ "n": 1, "ladder": 1, "colour": colour, "answer_days": 3, "signer": "chief" });
        let wording = json!({ "finding": "", "demand": "", "consequence": "", "copies": "" });
        let draft = json!({
            "assignment": self.item_id(n), "unit": self.unit(item.unit), "place": place,
            "by_hand": true, "item_due": item.due, "on": day, "wording": wording,
        });
        self.slip(act, s, "slip_drafted", draft).await?;
        let said = json!({ "year": 2021, "number": self.base + s as u128 + 1, "time": 1, "on": day, "answer_by": day.plus(3) });
        self.slip(act, s, "slip_issued", said).await?;
        self.model.slips.push(Slip { unit: item.unit, colour, issued: day, withdrawn: false });
        Ok(())
    }
}

fn brief(importance: &str, line: Option<Uuid>) -> Value {
    json!({
        "title": "用地报批", "demand": "", "standard": "", "work_line": line, "basis": "",
        "urgency": "plain", "importance": importance, "leader": null, "raised_by": null,
        "rhythm": "once", "verifier": "bureau", "quantity_unit": "亩", "evidence": "",
        "contact": "", "restricted": false,
    })
}
