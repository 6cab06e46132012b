//! What a reconciler counts by: a city's day by its own clock, with its calendar.

use jiff::tz::TimeZone;
use journal::{Act, By, Db, Error, Result};
use kernel::{Day, Id, Jurisdiction, Moment, Refusal, WorkCalendar};

use crate::store;

/// The calendar reaches so many days back: no deadline that still waits is older.
const DAYS_BEFORE: i64 = 800;
/// And so many ahead.
const DAYS_AFTER: i64 = 90;

/// The day of a city, its calendar and its clock, the same for one run.
#[derive(Debug)]
pub struct Now {
    /// The city.
    pub city: Id<Jurisdiction>,
    /// The moment.
    pub at: Moment,
    /// The day of the moment in the city's zone.
    pub today: Day,
    /// The city's zone.
    pub zone: TimeZone,
    /// Its working days around today.
    pub calendar: WorkCalendar,
}

impl Now {
    /// Reads a city's clock and calendar.
    pub async fn of(db: &Db, city: Id<Jurisdiction>) -> Result<Self> {
        let mut tx = db.read().await?;
        let row = store::jurisdiction(&mut tx, city).await?;
        let zone = TimeZone::get(&row.zone).map_err(Error::fault)?;
        let at = db.clock().now().plus_micros(row.clock_offset_us);
        let today = at.day(&zone);
        let (from, to) = (today.plus(-DAYS_BEFORE), today.plus(DAYS_AFTER));
        let calendar = store::calendar(&mut tx, city, from, to).await?;
        Ok(Self { city, at, today, zone, calendar })
    }

    /// One act of the program that answers how many facts it left; none when another node was first.
    pub async fn act(
        &self,
        db: &Db,
        name: &'static str,
        decide: impl AsyncFnOnce(&mut Act) -> Result<usize>,
    ) -> Result<usize> {
        let mut left = 0;
        let done = db
            .act(By::program(self.city, name), async |act| {
                left = decide(act).await?;
                if left == 0 { Err(Refusal::Missing.into()) } else { Ok(()) }
            })
            .await;
        match done {
            Ok(_) => Ok(left),
            Err(Error::Refused(_)) => Ok(0),
            Err(e) => Err(e),
        }
    }
}
