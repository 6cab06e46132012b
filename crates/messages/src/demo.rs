//! Trays of the demo city: what is older than the last days was read.

use journal::{Db, Result};
use kernel::{Id, Jurisdiction, Moment};

use crate::store;

/// Marks as read what came before a moment; the trays are filled already.
pub async fn read_before(db: &Db, city: Id<Jurisdiction>, before: Moment) -> Result<()> {
    db.operate(city, async |tx| store::read_before(tx, city, before).await).await
}
