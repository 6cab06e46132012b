//! All SQL of this room.

mod marks;
mod outbox;
mod trays;

use journal::{Entry, Result, Tables, Tx, args, query_row};
use people::notice::{Seat, Settled};
use uuid::Uuid;

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

query_row! {
    /// A message that still asks for something.
    struct Waiting {
        seat: String,
        owner_id: Uuid,
        seq: i64,
        kind: String,
    }
}

/// Messages of one cause that are looked at together.
const PAGE: usize = 500;

/// Says of earlier messages that nothing is asked any more.
pub(crate) async fn settle(tx: &mut Tx, entry: &Entry, settled: &Settled) -> Result<()> {
    let mut last = None;
    loop {
        let page = waiting(tx, entry, (settled.cause, last.as_ref())).await?;
        for asked in page.iter().filter(|asked| is_settled(asked, entry, settled)) {
            done(tx, entry, asked).await?;
        }
        if page.len() < PAGE {
            return Ok(());
        }
        last = page.into_iter().next_back();
    }
}

/// What waits of a cause, behind the last one seen. Whose it is and of which kind is asked of the
/// few that are found: in the statement it would lead to the tray, which holds years (decision
/// 0031).
async fn waiting(
    tx: &mut Tx,
    entry: &Entry,
    (cause, last): (Uuid, Option<&Waiting>),
) -> Result<Vec<Waiting>> {
    let (seq, seat, owner) =
        last.map_or((0, String::new(), Uuid::nil()), |w| (w.seq, w.seat.clone(), w.owner_id));
    let sql = format!(
        "SELECT m.seat, m.owner_id, m.seq, m.kind FROM messages m \
         WHERE m.jurisdiction_id = $1 AND m.cause_id = $2 AND m.seq < $3 \
         AND (m.seq, m.seat, m.owner_id) > ($4, $5, $6) \
         AND m.need = 'act' AND m.settled_by IS NULL \
         ORDER BY m.seq, m.seat, m.owner_id LIMIT {PAGE}"
    );
    tx.all(&sql, args![entry.jurisdiction, cause, entry.seq, seq, seat, owner]).await
}

fn is_settled(asked: &Waiting, entry: &Entry, settled: &Settled) -> bool {
    let of_kind = settled.kinds.is_empty() || settled.kinds.contains(&asked.kind.as_str());
    let of =
        |seat: &Seat| seat.word() == asked.seat && seat.owner(entry.jurisdiction) == asked.owner_id;
    of_kind && (settled.seats.is_empty() || settled.seats.iter().any(of))
}

async fn done(tx: &mut Tx, entry: &Entry, asked: &Waiting) -> Result<()> {
    let sql = "UPDATE messages SET settled_by = $5 WHERE jurisdiction_id = $1 AND seat = $2 \
        AND owner_id = $3 AND seq = $4";
    let key = args![entry.jurisdiction, asked.seat.clone(), asked.owner_id, asked.seq, entry.seq];
    tx.run(sql, key).await?;
    Ok(())
}
