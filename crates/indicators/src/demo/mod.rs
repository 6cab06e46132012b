//! The demo city's part of this room: eight indicators, their values for the months of review from
//! July to October 2021 and the events between, entered by departments and checked by others
//! through the same acts. The same words give the same past on every machine.

mod events;
mod figures;

use assignments::demo::evidence;
use assignments::facts::Attached;
use jiff::tz::TimeZone;
use journal::{Act, By, Db, Error, Result, hex};
use kernel::{Actor, Clock, Day, Moment, Role, WorkCalendar};
use measures::ReviewMonth;
use people::demo::{City, Held};
use uuid::Uuid;

use crate::acts::check::Verdict;
use crate::acts::enter::Entry;
use crate::acts::{self, Cited};
use crate::facts::Definition;
use crate::store::{self, sheet};
use crate::tables::{IndicatorRow, Kind, ObservationRow, State};
use events::{EVENTS, Happened};
use figures::{INDICATORS, Line};

/// The supervision bureau.
const BUREAU: &str = "督查局";
/// From this day of a month on its values are entered: early enough to be seen before the cut.
const ENTERED_FROM: i8 = 16;
/// Working days from entering to checking, and where somebody took their time.
const CHECK_DAYS: i64 = 1;
const LATE_DAYS: i64 = 5;
/// Whose September was checked late.
const LATE: (&str, &str) = ("企业问题按期解决率", "2021-09");
/// What was put right in October: the indicator, two working days after it was entered.
const CORRECTED: (&str, &str) = ("新落地亿元以上项目数", "2021-10");
/// Between two acts of a morning.
const STEP_SECS: i64 = 20;

/// The demo city and its clock, morning by morning.
pub struct Mornings<'c> {
    db: &'c Db,
    clock: &'c Clock,
    city: &'c City,
    zone: TimeZone,
    calendar: WorkCalendar,
    indicators: Vec<IndicatorRow>,
}

impl<'c> Mornings<'c> {
    /// Adds the indicators.
    pub async fn begin(db: &'c Db, clock: &'c Clock, city: &'c City) -> Result<Self> {
        let chief = city.actor(city.post(BUREAU, Role::Chief)?);
        let by = By::actor(&chief, "indicators.add");
        db.act(by, async |act| add_all(act, city).await).await?;
        let zone = people::demo::zone()?;
        let start = people::demo::start(&zone)?.day(&zone);
        let mut tx = db.read().await?;
        let (from, to) = (start.plus(-700), start.plus(90));
        let calendar = people::store::calendar(&mut tx, city.jurisdiction, from, to).await?;
        let indicators = store::indicators(&mut tx, city.jurisdiction).await?;
        Ok(Self { db, clock, city, zone, calendar, indicators })
    }

    /// One morning: what was entered is checked, then what is due is entered.
    pub async fn pass(&self, at: Moment) -> Result<()> {
        let today = at.day(&self.zone);
        if !self.calendar.is_working(today) {
            return Ok(());
        }
        let mut now = at.plus_secs(60);
        for row in &self.indicators {
            now = now.plus_secs(STEP_SECS);
            self.clock.set(now);
            self.check(row, today).await?;
        }
        for line in INDICATORS {
            now = now.plus_secs(STEP_SECS);
            self.clock.set(now);
            self.enter(line, today).await?;
        }
        for event in EVENTS {
            if self.calendar.plus(day(event.on)?, 1) == today {
                now = now.plus_secs(STEP_SECS);
                self.clock.set(now);
                self.enter_event(event, today).await?;
            }
        }
        Ok(())
    }

    fn row(&self, name: &str) -> Result<&IndicatorRow> {
        let found = self.indicators.iter().find(|row| row.name == name);
        found.ok_or_else(|| Error::fault(format!("the demo has no indicator {name}")))
    }

    async fn act(
        &self,
        by: &Held,
        (name, reason): (&'static str, &str),
        run: impl AsyncFnOnce(&mut Act, &Actor) -> Result<()>,
    ) -> Result<()> {
        let actor = self.city.actor(by);
        let reason = (!reason.is_empty()).then(|| reason.to_owned());
        let by = By::actor(&actor, name).because(reason);
        self.db.act(by, async |act| run(act, &actor).await).await?;
        Ok(())
    }

    /// Who enters an indicator: an officer, or somebody of the department.
    fn enterer(&self, row: &IndicatorRow) -> Result<&Held> {
        let Some(department) = row.department_id else {
            return self.city.post(BUREAU, Role::Officer);
        };
        let unit = self.city.unit_name(department)?;
        let section = self.city.post(unit, Role::Department);
        section.or_else(|_| self.city.post(unit, Role::Liaison))
    }

    /// Who checks it: the chief what the bureau enters, else the officer who computes the reviews, so
    /// that others may decide what a unit says against both.
    fn checker(&self, row: &IndicatorRow) -> Result<&Held> {
        if row.department_id.is_none() {
            return self.city.post(BUREAU, Role::Chief);
        }
        let of_bureau = |p: &&Held| p.unit_name == BUREAU && p.role == Role::Officer;
        let second = self.city.posts.iter().filter(of_bureau).nth(1);
        second.ok_or_else(|| Error::fault("the demo has too few officers"))
    }

    /// What waited its time is looked at and agreed to.
    async fn check(&self, row: &IndicatorRow, today: Day) -> Result<()> {
        let chief = self.city.actor(self.city.post(BUREAU, Role::Chief)?);
        let mut tx = self.db.read().await?;
        let waiting = sheet::waiting(&mut tx, &chief).await?;
        let mut due = Vec::new();
        for (_, month, _) in waiting.into_iter().filter(|(id, ..)| *id == row.id) {
            let there = sheet::of_month(&mut tx, &chief, (row.id, month)).await?;
            let is_due =
                |one: &ObservationRow| one.state == State::Entered && self.is_due(row, one, today);
            let rows = there.iter().map(|one| &one.row).filter(|one| is_due(one));
            due.push((month, rows.map(|one| Verdict::agreed(one.id)).collect::<Vec<_>>()));
        }
        drop(tx);
        let checker = self.checker(row)?;
        for (month, verdicts) in due.into_iter().filter(|(_, verdicts)| !verdicts.is_empty()) {
            self.act(checker, ("indicators.check", ""), async |act, actor| {
                acts::check::run(act, actor, (row.id, month), &verdicts).await
            })
            .await?;
        }
        Ok(())
    }

    fn is_due(&self, row: &IndicatorRow, one: &ObservationRow, today: Day) -> bool {
        let is_late = row.name == LATE.0 && one.month.to_string() == LATE.1;
        let days = if is_late { LATE_DAYS } else { CHECK_DAYS };
        // What was entered last is left for the morning on which the demo begins.
        let is_last = EVENTS.last().is_some_and(|event| event.what == one.happening);
        !is_last && self.calendar.between(one.entered_on, today) >= days
    }

    /// The values of the running month, on their day; a correction two working days later.
    async fn enter(&self, line: &Line, today: Day) -> Result<()> {
        let month = ReviewMonth::of(today);
        let first = month.days().1.plus(i64::from(ENTERED_FROM) - 25);
        let on = self.calendar.plus(first, 0);
        let is_corrected = line.name == CORRECTED.0 && month.to_string() == CORRECTED.1;
        let (values, reason) = if today == on && line.kind != Kind::Event {
            (self.values(line, month)?, "")
        } else if is_corrected && today == self.calendar.plus(on, 2) {
            let mut values = self.values(line, month)?;
            values.truncate(1);
            for value in &mut values {
                value.numerator = figures::one_more(&value.numerator);
            }
            (values, "补报1个当月签约即开工的项目，已补附开工证明。")
        } else {
            return Ok(());
        };
        let row = self.row(line.name)?;
        let entry = Entry {
            month,
            reported: if line.is_behind { month.before().to_string() } else { String::new() },
            cited: self.cited((line.document, line.reference), month, today).await?,
            reason: reason.to_owned(),
        };
        let by = self.enterer(row)?;
        self.act(by, ("indicators.enter", reason), async |act, actor| {
            acts::enter::run(act, actor, row.id, (entry, &values)).await
        })
        .await
    }

    fn values(&self, line: &Line, month: ReviewMonth) -> Result<Vec<acts::enter::RowTyped>> {
        let mut values = Vec::new();
        for (name, group) in figures::units(line) {
            let said = figures::said(line, (name, group), month);
            values.push(acts::enter::RowTyped {
                place: values.len(),
                unit: self.city.unit(name)?,
                numerator: said.numerator,
                denominator: said.denominator,
                missing: said.missing.to_owned(),
            });
        }
        Ok(values)
    }

    async fn enter_event(&self, event: &Happened, today: Day) -> Result<()> {
        let row = self.row(event.indicator)?;
        let unit = self.city.unit(event.unit)?;
        let month = ReviewMonth::of(day(event.on)?);
        let cited = self.cited((event.document, event.reference), month, today).await?;
        let entry = Entry { month, reported: String::new(), cited, reason: String::new() };
        let what = (day(event.on)?, event.what.to_owned());
        let by = self.enterer(row)?;
        self.act(by, ("indicators.enter_event", ""), async |act, actor| {
            acts::enter_event::run(act, actor, (row.id, unit), (entry, what)).await
        })
        .await
    }

    /// The document of a month, one page that says it is invented.
    async fn cited(
        &self,
        (document, reference): (&str, &str),
        month: ReviewMonth,
        today: Day,
    ) -> Result<Cited> {
        let title =
            document.replace('{', &month.named().zh).replace('}', &month.before().named().zh);
        let page = evidence::page(&title);
        let size = i64::try_from(page.len()).map_err(Error::fault)?;
        let hash = hex(&files::write(self.db, self.city.jurisdiction, page).await?);
        let media = files::Kind::Pdf.word().to_owned();
        let name = format!("{title}（演示）.pdf");
        let file = Attached { id: Uuid::now_v7(), name, media, size, hash };
        let number = i64::from(month.month()) + 20;
        let reference = reference.replace('#', &number.to_string());
        Ok(Cited { title, reference, on: today.plus(-1), staged: Vec::new(), files: vec![file] })
    }
}

/// A day that must exist.
fn day(text: &str) -> Result<Day> {
    text.parse().map_err(Error::fault)
}

async fn add_all(act: &mut Act, city: &City) -> Result<()> {
    for (sort, line) in (1..).zip(INDICATORS) {
        let department = match line.department {
            "" => None,
            name => Some(city.unit(name)?),
        };
        let groups = line.groups.iter().filter_map(|name| city.groups.get(name).copied());
        let definition = Definition {
            code: line.code.to_owned(),
            name: line.name.to_owned(),
            name_en: line.name_en.to_owned(),
            definition: line.definition.to_owned(),
            measured_in: line.measured_in.to_owned(),
            kind: line.kind,
            department,
            source: line.source.to_owned(),
            better: line.better,
            sort: sort * 10,
        };
        let from = figures::FROM.parse().map_err(Error::fault)?;
        let joined = (groups.collect(), from);
        acts::add::run(act, Uuid::now_v7(), definition, (joined, &[])).await?;
    }
    Ok(())
}
