//! What was read. Kept by tray and place only, so that nothing says who read it or when.

use journal::{Result, Tables, Tx, args};
use kernel::{Actor, Id, Jurisdiction, Moment};
use uuid::Uuid;

use super::trays::{edges, unread_places};
use crate::tables::ReadMarkRow;

/// Messages marked at once at most; more are new only after a long absence, and are marked by the
/// next click.
const MARKED: i64 = 2_000;

/// Marks one message of an actor's trays as read.
pub(crate) async fn read_one(tx: &mut Tx, actor: &Actor, seq: i64, now: Moment) -> Result<()> {
    read(tx, actor, (Some(seq), now)).await
}

/// Marks everything in an actor's trays as read.
pub(crate) async fn read_all(tx: &mut Tx, actor: &Actor, now: Moment) -> Result<()> {
    read(tx, actor, (None, now)).await
}

/// Marks everything before a moment as read in all trays of a city, none of which has a mark yet.
pub(crate) async fn read_before(tx: &mut Tx, city: Id<Jurisdiction>, before: Moment) -> Result<()> {
    let sql = "INSERT INTO read_marks (jurisdiction_id, seat, owner_id, read_to) \
        SELECT jurisdiction_id, seat, owner_id, max(seq) FROM messages \
        WHERE jurisdiction_id = $1 AND at < $2 GROUP BY jurisdiction_id, seat, owner_id";
    tx.run(sql, args![city, before]).await?;
    Ok(())
}

async fn read(tx: &mut Tx, actor: &Actor, (seq, now): (Option<i64>, Moment)) -> Result<()> {
    let city = actor.jurisdiction;
    let places = unread_places(tx, actor, (seq, now), MARKED).await?;
    let mut trays: Vec<(String, Uuid)> = Vec::new();
    for place in places {
        // Another node may have marked it meanwhile.
        let sql = "INSERT INTO read_messages (jurisdiction_id, seat, owner_id, seq) \
            VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        tx.run(sql, args![city, place.seat.clone(), place.owner_id, place.seq]).await?;
        let tray = (place.seat, place.owner_id);
        if !trays.contains(&tray) {
            trays.push(tray);
        }
    }
    for (seat, owner) in trays {
        draw_together(tx, city, (&seat, owner), now).await?;
    }
    Ok(())
}

/// Everything before the first new message becomes one mark.
async fn draw_together(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (seat, owner_id): (&str, Uuid),
    now: Moment,
) -> Result<()> {
    let (first_new, last) = edges(tx, city, (seat, owner_id), now).await?;
    let Some(read_to) = first_new.map(|seq| seq - 1).or(last) else { return Ok(()) };
    let key = args![city, seat.to_owned(), owner_id].to_vec();
    let mark: Option<ReadMarkRow> = Tables::operational(tx).find(&key).await?;
    // While a tray is filled again, its last message lies before what was read of it.
    let read_to = mark.map_or(read_to, |mark| mark.read_to.max(read_to));
    let row = ReadMarkRow { jurisdiction_id: city, seat: seat.to_owned(), owner_id, read_to };
    Tables::operational(tx).put(&row).await?;
    let sql = "DELETE FROM read_messages WHERE jurisdiction_id = $1 AND seat = $2 \
        AND owner_id = $3 AND seq <= $4";
    tx.run(sql, args![city, seat.to_owned(), owner_id, read_to]).await?;
    Ok(())
}
