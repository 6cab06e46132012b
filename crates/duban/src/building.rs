//! The building: which rooms there are, from left to right.

use journal::{Db, Place, Result, Rooms};
use kernel::Clock;
use web::House;

/// All rooms, and who keeps the door.
pub(crate) fn house() -> House {
    let plans = vec![
        people::plan(),
        assignments::plan(),
        slips::plan(),
        reviews::plan(),
        messages::plan(),
        desk::plan(),
    ];
    House::new(plans, Box::new(people::Door))
}

/// The rooms as the journal sees them.
pub(crate) fn rooms() -> Rooms {
    house().rooms()
}

/// Opens a database with the machine's clock.
pub(crate) async fn open(place: &Place) -> Result<Db> {
    Db::open(place.clone(), rooms(), Clock::machine()).await
}
