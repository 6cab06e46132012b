//! All SQL of this room.

mod marks;
mod outbox;
mod trays;

use journal::{Entry, Result, Tables, Tx, Value, args};
use people::notice::Settled;

pub(crate) use marks::{read_all, read_before, read_one};
pub(crate) use outbox::{
    DeliveryLine, Which, deliveries, delivery, delivery_count, digested, due, end_turn, enter,
    forget, forget_digests, last_place, last_urgent, mark_digest, put_out, restricted, take,
    take_turn, tests_since, told_up_to, try_again, turn, urgent_put_out,
};
pub(crate) use trays::{Filter, Listed, Show};
pub(crate) use trays::{list, message, unread_count};

use crate::tables::MessageRow;

/// Puts a message into its tray; one that is there already is asked anew.
pub(crate) async fn put(tx: &mut Tx, row: &MessageRow) -> Result<()> {
    Tables::operational(tx).put(row).await
}

/// Says of earlier messages that nothing is asked any more.
pub(crate) async fn settle(tx: &mut Tx, entry: &Entry, settled: &Settled) -> Result<()> {
    let mut values = args![entry.jurisdiction, settled.cause, entry.seq].to_vec();
    let mut sql = "UPDATE messages SET settled_by = $3 WHERE jurisdiction_id = $1 \
        AND cause_id = $2 AND seq < $3 AND need = 'act' AND settled_by IS NULL"
        .to_owned();
    let mut place = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    if !settled.kinds.is_empty() {
        let kinds: Vec<_> =
            settled.kinds.iter().map(|kind| place(Value::Text((*kind).to_owned()))).collect();
        sql.push_str(&format!(" AND kind IN ({})", kinds.join(", ")));
    }
    if !settled.seats.is_empty() {
        let seats: Vec<_> = settled
            .seats
            .iter()
            .map(|seat| {
                let word = place(Value::Text(seat.word().to_owned()));
                let owner = place(Value::Uuid(seat.owner(entry.jurisdiction)));
                format!("(seat = {word} AND owner_id = {owner})")
            })
            .collect();
        sql.push_str(&format!(" AND ({})", seats.join(" OR ")));
    }
    tx.run(&sql, &values).await?;
    Ok(())
}
