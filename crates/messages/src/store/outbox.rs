//! The outbox: what is put in, who sends it, and how it went.

use journal::{Result, Row as _, Tables, Tx, args, query_row};
use kernel::{Day, Id, Jurisdiction, Moment};
use uuid::Uuid;

use crate::tables::{Channel, Delivery, OutboxRow, Parcel, PostDigestRow, SendingTurnRow};

/// Marks a post's digest of a day; false when another node has.
pub(crate) async fn mark_digest(tx: &mut Tx, row: &PostDigestRow) -> Result<bool> {
    let sql = "INSERT INTO post_digests (jurisdiction_id, post_id, day, seq) \
        VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, &row.values()).await? == 1)
}

/// The posts that had their digest of a day.
pub(crate) async fn digested(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    day: Day,
) -> Result<Vec<(Uuid,)>> {
    let sql = "SELECT post_id FROM post_digests WHERE jurisdiction_id = $1 AND day = $2 LIMIT 5000";
    tx.all(sql, args![city, day]).await
}

/// Up to which place of the journal a post was told by its last digest.
pub(crate) async fn told_up_to(tx: &mut Tx, city: Id<Jurisdiction>, post: Uuid) -> Result<i64> {
    let sql = "SELECT seq FROM post_digests WHERE jurisdiction_id = $1 AND post_id = $2 \
        ORDER BY day DESC LIMIT 1";
    let last: Option<(i64,)> = tx.opt(sql, args![city, post]).await?;
    Ok(last.map_or(0, |(seq,)| seq))
}

/// The largest place of a message in any tray.
pub(crate) async fn last_place(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<i64> {
    let sql = "SELECT seq FROM followers WHERE jurisdiction_id = $1 AND name = $2";
    let name = crate::follower::FOLLOWER.name.to_owned();
    let read: Option<(i64,)> = tx.opt(sql, args![city, name]).await?;
    Ok(read.map_or(0, |(seq,)| seq))
}

/// The largest place of an urgent message that still asks for something, after a place.
pub(crate) async fn last_urgent(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    after: i64,
) -> Result<Option<i64>> {
    let sql = "SELECT seq FROM messages WHERE jurisdiction_id = $1 AND urgent = $2 AND seq > $3 \
        AND settled_by IS NULL ORDER BY seq DESC LIMIT 1";
    let last: Option<(i64,)> = tx.opt(sql, args![city, true, after]).await?;
    Ok(last.map(|(seq,)| seq))
}

/// Puts something into the outbox, and answers how many; what lies there under the same mark stays.
pub(crate) async fn put_out(tx: &mut Tx, row: &OutboxRow) -> Result<u64> {
    let values = row.values();
    let places: Vec<_> = (1..=values.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "INSERT INTO outbox ({}) VALUES ({}) ON CONFLICT DO NOTHING",
        OutboxRow::sql().columns,
        places.join(", ")
    );
    tx.run(&sql, &values).await
}

/// Takes or keeps a city's turn to send; false while another node has it.
pub(crate) async fn take_turn(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (node, now, until): (Uuid, Moment, Moment),
) -> Result<bool> {
    // A city that never sent does not begin with what is old.
    let begin = "INSERT INTO sending_turns (jurisdiction_id, urgent_seq) \
        SELECT $1, COALESCE((SELECT seq FROM followers WHERE jurisdiction_id = $1 AND name = $2), 0) \
        WHERE NOT EXISTS (SELECT 1 FROM sending_turns WHERE jurisdiction_id = $1) \
        ON CONFLICT DO NOTHING";
    tx.run(begin, args![city, crate::follower::FOLLOWER.name.to_owned()]).await?;
    let take = "UPDATE sending_turns SET holder = $2, leased_until = $4 WHERE jurisdiction_id = $1 \
        AND (holder IS NULL OR holder = $2 OR leased_until < $3)";
    Ok(tx.run(take, args![city, node, now, until]).await? == 1)
}

/// Gives the turn back, for the next node or round.
pub(crate) async fn end_turn(tx: &mut Tx, city: Id<Jurisdiction>, node: Uuid) -> Result<()> {
    let sql = "UPDATE sending_turns SET holder = NULL WHERE jurisdiction_id = $1 AND holder = $2";
    tx.run(sql, args![city, node]).await?;
    Ok(())
}

/// How a city's turn stands.
pub(crate) async fn turn(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Option<SendingTurnRow>> {
    Tables::operational(tx).find(args![city]).await
}

/// Up to which place urgent messages were put out.
pub(crate) async fn urgent_put_out(tx: &mut Tx, city: Id<Jurisdiction>, seq: i64) -> Result<()> {
    let sql =
        "UPDATE sending_turns SET urgent_seq = $2 WHERE jurisdiction_id = $1 AND urgent_seq < $2";
    tx.run(sql, args![city, seq]).await?;
    Ok(())
}

/// What waits and may be tried now, the oldest first; only tests when nothing else may leave.
pub(crate) async fn due(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (now, which): (Moment, Which),
    limit: i64,
) -> Result<Vec<OutboxRow>> {
    let only = match which {
        Which::Tests => " AND kind = 'test'",
        Which::All => "",
    };
    let sql = format!(
        "SELECT {} FROM outbox WHERE jurisdiction_id = $1 AND state = $2 AND next_at <= $3 \
         AND (leased_until IS NULL OR leased_until < $3){only} ORDER BY id LIMIT $4",
        OutboxRow::sql().columns
    );
    tx.all(&sql, args![city, Delivery::Waiting, now, limit]).await
}

/// Which of what waits may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// Tests that somebody asked for just now.
    Tests,
    /// Everything.
    All,
}

/// Takes one to send it; false when another node has it. A try counts even if its node dies.
pub(crate) async fn take(
    tx: &mut Tx,
    row: &OutboxRow,
    (now, until): (Moment, Moment),
) -> Result<bool> {
    let sql = "UPDATE outbox SET leased_until = $4, tries = tries + 1 WHERE jurisdiction_id = $1 \
        AND id = $2 AND state = 'waiting' AND next_at <= $3 \
        AND (leased_until IS NULL OR leased_until < $3)";
    Ok(tx.run(sql, args![row.jurisdiction_id, row.id, now, until]).await? == 1)
}

/// Enters how a try ended.
pub(crate) async fn enter(tx: &mut Tx, row: &OutboxRow) -> Result<()> {
    Tables::operational(tx).replace(row).await
}

/// Forgets what was sent, and what was given up, before these moments.
pub(crate) async fn forget(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (sent, failed): (Moment, Moment),
) -> Result<()> {
    let sql = "DELETE FROM outbox WHERE jurisdiction_id = $1 AND state = $2 AND created_at < $3";
    tx.run(sql, args![city, Delivery::Sent, sent]).await?;
    tx.run(sql, args![city, Delivery::Failed, failed]).await?;
    Ok(())
}

/// Forgets of which days posts had their digest, but for the last of each.
pub(crate) async fn forget_digests(tx: &mut Tx, city: Id<Jurisdiction>, before: Day) -> Result<()> {
    let sql = "DELETE FROM post_digests WHERE jurisdiction_id = $1 AND day < $2 AND EXISTS \
        (SELECT 1 FROM post_digests l WHERE l.jurisdiction_id = post_digests.jurisdiction_id \
         AND l.post_id = post_digests.post_id AND l.day > post_digests.day)";
    tx.run(sql, args![city, before]).await?;
    Ok(())
}

query_row! {
    /// One line of the page.
    pub(crate) struct DeliveryLine {
        pub(crate) id: Uuid,
        pub(crate) channel: Channel,
        pub(crate) kind: Parcel,
        pub(crate) unit: Option<String>,
        pub(crate) title: Option<String>,
        pub(crate) tries: i64,
        pub(crate) created_at: Moment,
        pub(crate) next_at: Moment,
        pub(crate) sent_at: Option<Moment>,
        pub(crate) error_zh: String,
        pub(crate) error_en: String,
    }
}

/// What stands in one state, the newest first.
pub(crate) async fn deliveries(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (state, before): (Delivery, Option<Uuid>),
    limit: i64,
) -> Result<Vec<DeliveryLine>> {
    let mut values = args![city, state, limit].to_vec();
    let before = before.map_or(String::new(), |id| {
        values.push(journal::Value::Uuid(id));
        format!(" AND o.id < ${}", values.len())
    });
    let sql = format!(
        "SELECT o.id, o.channel, o.kind, u.short_name, p.title, o.tries, o.created_at, o.next_at, \
         o.sent_at, o.error_zh, o.error_en FROM outbox o \
         LEFT JOIN posts p ON p.jurisdiction_id = o.jurisdiction_id AND p.id = o.post_id \
         LEFT JOIN units u ON u.jurisdiction_id = p.jurisdiction_id AND u.id = p.unit_id \
         WHERE o.jurisdiction_id = $1 AND o.state = $2{before} ORDER BY o.id DESC LIMIT $3"
    );
    tx.all(&sql, &values).await
}

/// How many stand in a state, up to a thousand.
pub(crate) async fn delivery_count(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    state: Delivery,
) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM (SELECT id FROM outbox WHERE jurisdiction_id = $1 \
        AND state = $2 LIMIT 1000) o";
    let (n,): (i64,) = tx.one(sql, args![city, state]).await?;
    Ok(n)
}

/// One of them.
pub(crate) async fn delivery(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<OutboxRow>> {
    Tables::operational(tx).find(args![city, id]).await
}

/// Has what was given up tried again from now: one, or all.
pub(crate) async fn try_again(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (id, now): (Option<Uuid>, Moment),
) -> Result<u64> {
    let mut values = args![city, now].to_vec();
    let one = id.map_or("", |id| {
        values.push(journal::Value::Uuid(id));
        " AND id = $3"
    });
    let sql = format!(
        "UPDATE outbox SET state = 'waiting', tries = 0, next_at = $2, leased_until = NULL \
         WHERE jurisdiction_id = $1 AND state = 'failed'{one}"
    );
    tx.run(&sql, &values).await
}

/// How many tests were asked for since a moment.
pub(crate) async fn tests_since(tx: &mut Tx, city: Id<Jurisdiction>, since: Moment) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM outbox WHERE jurisdiction_id = $1 AND kind = 'test' \
        AND created_at >= $2";
    let (n,): (i64,) = tx.one(sql, args![city, since]).await?;
    Ok(n)
}

/// Those of some subjects that are, or are about, an assignment that only the units concerned see.
pub(crate) async fn restricted(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    ids: &[Uuid],
) -> Result<Vec<(Uuid,)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = args![city, true].to_vec();
    let places: Vec<_> = ids
        .iter()
        .map(|id| {
            values.push(journal::Value::Uuid(*id));
            format!("${}", values.len())
        })
        .collect();
    let places = places.join(", ");
    let sql = format!(
        "SELECT a.id FROM assignments a WHERE a.jurisdiction_id = $1 AND a.restricted = $2 \
         AND a.id IN ({places}) UNION ALL SELECT s.id FROM slips s JOIN assignments a \
         ON a.jurisdiction_id = s.jurisdiction_id AND a.id = s.assignment_id \
         WHERE s.jurisdiction_id = $1 AND a.restricted = $2 AND s.id IN ({places})"
    );
    tx.all(&sql, &values).await
}
