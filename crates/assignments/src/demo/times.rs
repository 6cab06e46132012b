//! Days and moments of the demo's past.

use jiff::tz::TimeZone;
use journal::{Db, Result};
use kernel::{Day, Moment, WorkCalendar};
use people::demo::City;

use super::chance::Chance;

/// Minutes after midnight at which offices open in the morning and after lunch, and how many
/// minutes they work until the next break.
const MORNING: (u32, u32) = (8 * 60 + 35, 200);
const AFTERNOON: (u32, u32) = (14 * 60 + 35, 195);

/// Half a working day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Morning,
    Afternoon,
}

/// The city's calendar and clock.
#[derive(Clone, Debug)]
pub(super) struct Times {
    pub(super) zone: TimeZone,
    pub(super) calendar: WorkCalendar,
    /// When the demo begins: nothing is played from then on.
    pub(super) start: Moment,
}

impl Times {
    pub(super) async fn of(db: &Db, city: &City) -> Result<Self> {
        let zone = people::demo::zone()?;
        let from = people::demo::day(2020, 1, 1)?;
        let mut tx = db.read().await?;
        let calendar =
            people::store::calendar(&mut tx, city.jurisdiction, from, from.plus(2_500)).await?;
        Ok(Self { start: people::demo::start(&zone)?, zone, calendar })
    }

    /// The `n`-th working day after a day.
    pub(super) fn after(&self, day: Day, n: u32) -> Day {
        self.calendar.plus(day, n)
    }

    /// The `n`-th working day before a day.
    pub(super) fn before(&self, day: Day, n: u32) -> Day {
        let (mut at, mut left) = (day, n);
        while left > 0 {
            at = at.plus(-1);
            if self.calendar.is_working(at) {
                left -= 1;
            }
        }
        at
    }

    /// Working days from one day to another, none when it lies before.
    pub(super) fn between(&self, from: Day, to: Day) -> u32 {
        u32::try_from(self.calendar.between(from, to)).unwrap_or_default()
    }

    /// A day at so many hours and minutes.
    pub(super) fn at(&self, day: Day, hour: u32, minute: u32) -> Moment {
        people::demo::moment(&self.zone, day, i64::from(hour * 3_600 + minute * 60))
    }

    /// Some moment of half a day.
    pub(super) fn some(&self, day: Day, half: Half, chance: &mut Chance) -> Moment {
        let (from, minutes) = match half {
            Half::Morning => MORNING,
            Half::Afternoon => AFTERNOON,
        };
        let secs = from * 60 + chance.below(minutes * 60);
        people::demo::moment(&self.zone, day, i64::from(secs))
    }
}
