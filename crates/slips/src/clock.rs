//! A jump of the machine's clock: found by a second clock that only ever runs on. After one,
//! nothing is recorded by the clock until it has run steadily for half an hour; a clock that is
//! set right within that time jumps again, which begins the half hour anew. Nobody needs to
//! confirm anything, and nothing is recorded of a day that a wrong clock showed for less.

use std::time::Duration;

use journal::{Db, Result};
use kernel::{Id, Jurisdiction, Moment};

use crate::store;
use crate::tables::ClockJumpRow;

/// Both clocks may drift apart by so much between two looks.
const JUMP_SECS: i64 = 5 * 60;
/// So long the clock has to run steadily after a jump.
const PAUSE_SECS: i64 = 30 * 60;

/// Both clocks as they were at the last look.
#[derive(Clone, Copy, Debug)]
pub struct Watch {
    wall: Moment,
    running: Duration,
    paused_until: Option<Duration>,
}

/// What a look at the clocks found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// They run alike.
    Steady,
    /// The machine's clock jumped by so many seconds, backwards below zero.
    Jumped(i64),
    /// They run alike, but not for long enough since a jump.
    Paused,
}

impl Watch {
    /// Begins with the machine's clock and a clock that only runs on.
    pub const fn new(wall: Moment, running: Duration) -> Self {
        Self { wall, running, paused_until: None }
    }

    /// Looks at both clocks.
    pub fn look(&mut self, wall: Moment, running: Duration) -> Look {
        let passed = running.saturating_sub(self.running).as_secs();
        let passed = i64::try_from(passed).unwrap_or(i64::MAX);
        let jump = (wall.micros() - self.wall.micros()) / 1_000_000 - passed;
        (self.wall, self.running) = (wall, running);
        if jump.abs() > JUMP_SECS {
            self.paused_until = Some(running + Duration::from_secs(PAUSE_SECS.unsigned_abs()));
            return Look::Jumped(jump);
        }
        if self.paused_until.is_some_and(|until| running < until) {
            return Look::Paused;
        }
        self.paused_until = None;
        Look::Steady
    }
}

/// Keeps a jump for the pages of a city.
pub async fn keep(db: &Db, city: Id<Jurisdiction>, jump_secs: i64) -> Result<()> {
    let seen_at = db.clock().now();
    let row = ClockJumpRow {
        jurisdiction_id: city,
        seen_at,
        jump_secs,
        paused_until: seen_at.plus_secs(PAUSE_SECS),
    };
    db.operate(city, async |tx| store::keep_jump(tx, &row).await).await
}

#[cfg(test)]
mod tests {
    use super::{Look, Watch};
    use kernel::Moment;
    use std::time::Duration;

    /// A look after so many minutes by each clock.
    fn look(watch: &mut Watch, wall: i64, running: u64) -> Look {
        let wall = Moment::from_micros(wall * 60_000_000);
        watch.look(wall, Duration::from_secs(running * 60))
    }

    fn begun() -> Watch {
        Watch::new(Moment::from_micros(0), Duration::ZERO)
    }

    #[test]
    fn clocks_that_run_alike_or_drift_a_little_are_steady() {
        let mut watch = begun();
        assert_eq!(look(&mut watch, 5, 5), Look::Steady);
        assert_eq!(look(&mut watch, 15, 10), Look::Steady);
        assert_eq!(look(&mut watch, 15, 15), Look::Steady);
    }

    #[test]
    fn a_jump_pauses_until_the_clock_was_steady_for_half_an_hour() {
        let mut watch = begun();
        assert_eq!(look(&mut watch, 5 + 1_440, 5), Look::Jumped(86_400));
        assert_eq!(look(&mut watch, 25 + 1_440, 25), Look::Paused);
        // Set right again: the half hour begins anew.
        assert_eq!(look(&mut watch, 30, 30), Look::Jumped(-86_400));
        assert_eq!(look(&mut watch, 55, 55), Look::Paused);
        assert_eq!(look(&mut watch, 60, 60), Look::Steady);
        assert_eq!(look(&mut watch, 65, 65), Look::Steady);
    }
}
