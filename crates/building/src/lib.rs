//! The building: which rooms there are, from left to right, for the program, the sweep and the benchmarks (decision 0036).

use journal::{Db, Place, Result, Rooms};
use kernel::Clock;
use measures::Supply;
use web::{House, Plan};

/// What programs may ask and are given, written by `cargo xtask api` and held by the sweep.
const DESCRIPTION: &str = include_str!("../../../docs/openapi.json");

/// All rooms, from left to right.
pub fn plans() -> Vec<Plan> {
    vec![
        people::plan(),
        assignments::plan(),
        slips::plan(),
        indicators::plan(),
        rule_sets::plan(),
        reviews::plan(),
        messages::plan(),
        desk::plan(),
    ]
}

/// All rooms, and who keeps the door.
pub fn house() -> House {
    House::new(plans(), Box::new(people::Door)).described(DESCRIPTION)
}

/// What rooms supply to be judged by.
pub fn supplies() -> Vec<Supply> {
    plans().into_iter().filter_map(|plan| plan.measures).collect()
}

/// The rooms as the journal sees them.
pub fn rooms() -> Rooms {
    house().rooms()
}

/// Opens a database of the building with the machine's clock.
///
/// # Errors
///
/// Those of [`Db::open`].
pub async fn open(place: &Place) -> Result<Db> {
    Db::open(place.clone(), rooms(), Clock::machine()).await
}
