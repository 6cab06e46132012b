//! The demo city's part of this room: what was assigned from 12 July 2021 on and what became of
//! it until the morning of 1 November, entered through the same acts as in the office.
//!
//! Plans are threads of events (`scene::Thread`); [`play`] does them in the order of time. What
//! can be planned only when its identifiers are known (an assignment's life, the next batch) is
//! planned when the act before it was done. The same words give the same past on every machine.

/// Declares lines so that they read like entries of a list.
macro_rules! lines {
    ($name:ident: $($how:ident($batch:expr, $work:expr, $units:expr, $days:expr)
        $title:literal $demand:literal $standard:literal { $($more:tt)* })*) => {
        pub(super) const $name: &[Line] = &[$(
            $how($batch, $work, $units, $days, [$title, $demand, $standard]) $($more)*
        ),*];
    };
}

mod answers;
mod batches;
pub mod chance;
mod deed;
mod drafting;
pub mod evidence;
mod happenings;
mod life;
mod line;
mod load;
mod phrases;
mod scene;
mod signing;
mod speech;
mod times;
mod titles_august;
mod titles_july;
mod titles_november;
mod titles_october;
mod titles_september;
mod turns;

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::task::Poll;

use journal::{Act, Boxed, By, Db, Entry, Error, Fact as _, Receipt, Result, history};
use kernel::{Clock, Moment};
use people::demo::City;

use crate::facts::Fact;
use crate::tables::UnitRole;
use deed::{After, Event};
use life::{Issued, Life};
use line::Line;
use scene::{Known, Scene};
use times::Times;

pub use load::{load, report_once};

/// Acts handed to the writer at once.
const AT_ONCE: usize = 60;

/// Plays the demo city's past; leaves its manual clock at the morning of 1 November 2021.
pub async fn play(db: &Db, clock: &Clock, city: &City) -> Result<()> {
    play_beside(db, clock, city, async |_| Ok(())).await
}

/// The same; early on each day a room further right does its part.
pub async fn play_beside(
    db: &Db,
    clock: &Clock,
    city: &City,
    mut morning: impl AsyncFnMut(Moment) -> Result<()>,
) -> Result<()> {
    let times = Times::of(db, city).await?;
    let start = times.start;
    let by = By::program(city.jurisdiction, "demo.profiles");
    db.act(by, async |act| crate::profile::propose(act).await).await?;
    let files = evidence::store(db, city.jurisdiction).await?;
    let (known, agenda) = (Known::new(), BTreeMap::new());
    let mut play = Play { db, clock, city, times, known, files, agenda, added: 0 };
    let scene = play.scene();
    let signing = signing::set(scene, batches::monday(1)?)?;
    let skipped = batches::skipped(scene)?;
    let first = batches::weekly(scene, 1)?;
    let answers = answers::weekly(scene)?;
    play.add(signing);
    play.add(skipped);
    play.add(first);
    play.add(answers);
    let mut last = None;
    while let Some((events, after)) = play.next() {
        if let Some(first) = events.first() {
            play.rest(last, first.at, &mut morning).await?;
        }
        last = events.last().map(|event| event.at);
        let receipts = play.run(events).await?;
        if let (Some(after), Some(receipt)) = (after, receipts.last()) {
            play.follow(after, receipt).await?;
        }
    }
    play.rest(last, start, &mut morning).await?;
    clock.set(start);
    Ok(())
}

struct Play<'p> {
    db: &'p Db,
    clock: &'p Clock,
    city: &'p City,
    times: Times,
    known: Known,
    files: evidence::Files,
    /// What is still to be done, in the order of time, then of planning.
    agenda: BTreeMap<(Moment, u64), Event>,
    added: u64,
}

impl Play<'_> {
    const fn scene(&self) -> Scene<'_> {
        Scene { city: self.city, times: &self.times, known: &self.known, files: &self.files }
    }

    fn add(&mut self, events: Vec<Event>) {
        for event in events {
            self.agenda.insert((event.at, self.added), event);
            self.added += 1;
        }
    }

    /// The mornings between what was last and what is next.
    async fn rest(
        &self,
        last: Option<Moment>,
        next: Moment,
        morning: &mut impl AsyncFnMut(Moment) -> Result<()>,
    ) -> Result<()> {
        let Some(last) = last else { return Ok(()) };
        let mut day = last.day(&self.times.zone).plus(1);
        while day <= next.day(&self.times.zone) {
            let at = self.times.at(day, 7, 40);
            self.clock.set(at);
            morning(at).await?;
            day = day.plus(1);
        }
        Ok(())
    }

    /// The next events of a day, up to one from which others follow.
    fn next(&mut self) -> Option<(Vec<Event>, Option<After>)> {
        let mut events = Vec::new();
        let mut after = None;
        let mut today = None;
        while events.len() < AT_ONCE && after.is_none() {
            let Some(entry) = self.agenda.first_entry() else { break };
            let day = entry.key().0.day(&self.times.zone);
            if *today.get_or_insert(day) != day {
                break;
            }
            let mut event = entry.remove();
            after = event.after.take();
            events.push(event);
        }
        (!events.is_empty()).then_some((events, after))
    }

    /// Hands events to the writer at once, so that they share a commit. Each sets the clock for
    /// the one behind it: the writer reads it when it lends the transaction.
    async fn run(&self, events: Vec<Event>) -> Result<Vec<Receipt>> {
        let moments: Vec<_> = events.iter().skip(1).map(|e| e.at).map(Some).collect();
        if let Some(first) = events.first() {
            self.clock.set(first.at);
        }
        let nexts = moments.into_iter().chain([None]);
        let acts = events.into_iter().zip(nexts).map(|(event, next)| self.act(event, next));
        together(acts.collect()).await.into_iter().collect()
    }

    fn act(&self, event: Event, next: Option<Moment>) -> Boxed<'_, Result<Receipt>> {
        let (db, clock) = (self.db, self.clock);
        Box::pin(async move {
            let Event { at, actor, deed, .. } = event;
            let by = By::actor(&actor, deed.name).because(deed.reason);
            let decide = async |act: &mut Act| {
                let done = (deed.run)(act, &actor).await;
                if let Some(next) = next {
                    clock.set(next);
                }
                done
            };
            let done = db.act(by, decide).await;
            done.map_err(|e| Error::fault(format!("demo: {} at {at}: {e:?}", deed.name)))
        })
    }

    /// Plans what can be planned now.
    async fn follow(&mut self, after: After, receipt: &Receipt) -> Result<()> {
        let facts = facts_of(self.db, self.city, receipt).await?;
        let mut issued = Vec::new();
        for entry in facts.iter().filter(|entry| drafting::is_assignment(entry)) {
            let (line, parent) = match &after {
                After::Issued(batch) => (line_of(entry, *batch)?, None),
                After::BrokenDown(line, unit) => (*line, Some(*unit)),
            };
            issued.push(self.issued(entry, line, parent)?);
        }
        for a in issued.iter().filter(|a| a.parent.is_none()) {
            self.known.insert((a.line.title, a.unit), a.id);
        }
        let mut events = Vec::new();
        for a in issued {
            events.extend(Life::new(self.scene(), a).plan()?);
        }
        if let After::Issued(batch @ ..14) = after {
            events.extend(batches::weekly(self.scene(), batch + 1)?);
            if let Some(special) = batches::follower(batch) {
                events.extend(batches::special(self.scene(), special)?);
            }
        }
        self.add(events);
        Ok(())
    }

    fn issued(
        &self,
        entry: &Entry,
        line: &'static Line,
        parent: Option<&'static str>,
    ) -> Result<Issued> {
        let Fact::Issued { unit, parts, goal, on, due, .. } = read(entry)? else {
            return Err(Error::fault("not an issue"));
        };
        let co = parts.iter().filter(|part| part.role == UnitRole::Co);
        let co = co.map(|part| self.city.unit_name(part.unit)).collect::<Result<Vec<_>>>()?;
        let unit = self.city.unit_name(unit)?;
        Ok(Issued { id: entry.subject.id, line, unit, co, at: entry.at, on, due, goal, parent })
    }
}

fn read(entry: &Entry) -> Result<Fact> {
    Fact::join(&entry.kind, &entry.payload)
}

/// The line of the tables from which an assignment came.
fn line_of(entry: &Entry, batch: u8) -> Result<&'static Line> {
    let Fact::Issued { brief, .. } = read(entry)? else {
        return Err(Error::fault("not an issue"));
    };
    let found = batches::lines(batch).find(|line| line.title == brief.title);
    found.ok_or_else(|| Error::fault(format!("the demo has no line {}", brief.title)))
}

/// The facts that an act left.
async fn facts_of(db: &Db, city: &City, receipt: &Receipt) -> Result<Vec<Entry>> {
    let mut tx = db.read().await?;
    let count = receipt.last_seq - receipt.first_seq + 1;
    history::after(&mut tx, city.jurisdiction, receipt.first_seq - 1, count).await
}

/// Awaits all futures side by side, polled in their order.
async fn together<T>(mut futures: Vec<Boxed<'_, T>>) -> Vec<T> {
    let mut values: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    poll_fn(|context| {
        for (future, value) in futures.iter_mut().zip(&mut values) {
            if value.is_some() {
                continue;
            }
            if let Poll::Ready(done) = future.as_mut().poll(context) {
                *value = Some(done);
            }
        }
        if values.iter().all(Option::is_some) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    values.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests;
