//! Reading trays: which seats somebody sits in is part of the query, so that nothing of another
//! tray is ever read.

use journal::{Result, Tx, Value, args, query_row};
use kernel::{Actor, Id, Jurisdiction, Moment, Role, SubjectKind};
use people::notice::Seat;
use uuid::Uuid;

use crate::tables::Needed;

/// Messages older than this are no longer new, whatever was read of them.
pub(crate) const NEW_SECS: i64 = 30 * 86_400;
/// The bell counts no further.
const COUNTED: i64 = 100;

/// Which messages are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Show {
    /// What was not read.
    Unread,
    /// What still asks for something.
    Waiting,
    /// Everything.
    All,
}

/// What a list is narrowed to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Filter {
    /// Which messages.
    pub(crate) show: Show,
    /// Only those of facts before this place.
    pub(crate) before: Option<i64>,
    /// The present moment.
    pub(crate) now: Moment,
}

query_row! {
    /// A message as it is listed.
    pub(crate) struct Listed {
        /// The place of its fact.
        pub(crate) seq: i64,
        /// The kind of the fact.
        pub(crate) kind: String,
        /// Whether something has to be done.
        pub(crate) need: Needed,
        /// Whether it is urgent.
        pub(crate) urgent: bool,
        /// When it happened.
        pub(crate) at: Moment,
        /// What opens.
        pub(crate) subject_kind: SubjectKind,
        /// Which one.
        pub(crate) subject_id: Uuid,
        /// What it is about.
        pub(crate) about_zh: String,
        /// The same in English.
        pub(crate) about_en: String,
        /// What happened.
        pub(crate) zh: String,
        /// The same in English.
        pub(crate) en: String,
        /// Whether nothing is asked any more.
        pub(crate) settled: bool,
        /// The short name of the unit concerned.
        pub(crate) unit: Option<String>,
        /// Whether it is new.
        pub(crate) unread: bool,
    }
}

/// A tray as statements name it, or the trays of several owners: expressions for its seat and
/// owner, and the condition on `messages m`.
pub(super) struct Tray {
    seat: String,
    owner: String,
    condition: String,
}

impl Tray {
    /// The tray of one owner, narrowed further.
    fn of(seat: String, owner: String, area: &str) -> Self {
        let condition = format!("m.seat = {seat} AND m.owner_id = {owner}{area}");
        Self { seat, owner, condition }
    }

    /// The trays of all owners of a list.
    fn of_each(seat: String, owners: &str) -> Self {
        let condition = format!("m.seat = {seat} AND m.owner_id IN ({owners})");
        Self { seat, owner: "m.owner_id".to_owned(), condition }
    }

    /// The condition that a message of this tray is new; `since` is the place of the moment from
    /// which messages can be. Where the tray was read to and where that moment lies is one bound
    /// of its key, so that nothing older is looked at (decision 0031).
    fn unread(&self, since: usize) -> String {
        let Self { seat, owner, .. } = self;
        format!(
            "m.settled_by IS NULL AND m.seq > COALESCE((SELECT max(b.seq) FROM \
             (SELECT k.read_to AS seq FROM read_marks k WHERE k.jurisdiction_id = $1 \
             AND k.seat = {seat} AND k.owner_id = {owner} UNION ALL SELECT o.seq FROM \
             (SELECT f.seq FROM messages f WHERE f.jurisdiction_id = $1 AND f.seat = {seat} \
             AND f.owner_id = {owner} AND f.at < ${since} ORDER BY f.at DESC, f.seq DESC LIMIT 1) o) b), 0) \
             AND NOT EXISTS (SELECT 1 FROM read_messages r WHERE r.jurisdiction_id = $1 \
             AND r.seat = {seat} AND r.owner_id = {owner} AND r.seq = m.seq)"
        )
    }
}

/// The trays of an actor, on the city at `$1`.
pub(super) fn trays(actor: &Actor, values: &mut Vec<Value>) -> Vec<Tray> {
    let mut place = |value: Value| {
        values.push(value);
        values.len()
    };
    let mut trays: Vec<_> = Seat::of(actor, None)
        .into_iter()
        .map(|seat| {
            let owner = format!("${}", place(Value::Uuid(seat.owner(actor.jurisdiction))));
            let area = match seat {
                Seat::Officer => area(place(Value::Uuid(actor.post))),
                Seat::Chief
                | Seat::Leaders
                | Seat::LeaderOf(_)
                | Seat::Head(_)
                | Seat::Liaison(_)
                | Seat::Line(_)
                | Seat::Post(_) => String::new(),
            };
            Tray::of(format!("'{}'", seat.word()), owner, &area)
        })
        .collect();
    if matches!(actor.role, Role::Leader | Role::Secretary) {
        let post = place(Value::Uuid(actor.on_behalf.map_or(actor.post, |o| o.post)));
        let led = people::store::leading::led(post);
        trays.push(Tray::of_each("'leader_of'".to_owned(), &led));
    }
    if actor.role == Role::Department {
        let post = place(Value::Uuid(actor.post));
        let owner = format!(
            "(SELECT p.line_id FROM posts p WHERE p.jurisdiction_id = $1 AND p.id = ${post})"
        );
        trays.push(Tray::of("'line'".to_owned(), owner, ""));
    }
    trays
}

/// 联系片区: an officer who looks after units and lines sees theirs, and what nobody looks after.
/// Each list of what is looked after is read once, not for each message.
fn area(post: usize) -> String {
    let mine = format!(
        "(SELECT w.target_id FROM watches w WHERE w.jurisdiction_id = $1 AND w.post_id = ${post})"
    );
    let anybodys = "(SELECT w.target_id FROM posts o JOIN watches w \
        ON w.jurisdiction_id = o.jurisdiction_id AND w.post_id = o.id \
        WHERE o.jurisdiction_id = $1 AND o.role = 'officer')";
    format!(
        " AND (m.unit_id IS NULL OR NOT EXISTS {mine} OR m.unit_id IN {mine} \
         OR COALESCE(m.line_id IN {mine}, FALSE) OR NOT (m.unit_id IN {anybodys} \
         OR COALESCE(m.line_id IN {anybodys}, FALSE)))"
    )
}

/// The newest messages of an actor's trays that pass a filter, at most `limit`.
pub(crate) async fn list(
    tx: &mut Tx,
    actor: &Actor,
    filter: Filter,
    limit: i64,
) -> Result<Vec<Listed>> {
    let since = filter.now.plus_secs(-NEW_SECS);
    let mut values = args![actor.jurisdiction, since].to_vec();
    let before = filter.before.map_or(String::new(), |seq| {
        values.push(Value::Int(seq));
        format!(" AND m.seq < ${}", values.len())
    });
    values.push(Value::Int(limit));
    let limit_place = values.len();
    let each: Vec<_> = trays(actor, &mut values)
        .into_iter()
        .enumerate()
        .map(|(n, tray)| {
            let (unread, condition) = (tray.unread(2), tray.condition);
            let narrowed = match filter.show {
                Show::Unread => format!(" AND {unread}"),
                Show::Waiting => " AND m.need = 'act' AND m.settled_by IS NULL".to_owned(),
                Show::All => String::new(),
            };
            format!(
                "SELECT * FROM (SELECT m.seq, m.kind, m.need, m.urgent, m.at, m.subject_kind, \
                 m.subject_id, m.about_zh, m.about_en, m.zh, m.en, \
                 (m.settled_by IS NOT NULL) AS settled, u.short_name, ({unread}) AS unread \
                 FROM messages m LEFT JOIN units u ON u.jurisdiction_id = m.jurisdiction_id \
                 AND u.id = m.unit_id WHERE m.jurisdiction_id = $1 AND {condition}{narrowed}{before} \
                 ORDER BY m.seq DESC LIMIT ${limit_place}) t{n}"
            )
        })
        .collect();
    let sql = format!("{} ORDER BY seq DESC LIMIT ${limit_place}", each.join(" UNION ALL "));
    let mut listed: Vec<Listed> = tx.all(&sql, &values).await?;
    // Who sits in two seats is told once.
    listed.dedup_by_key(|m| m.seq);
    Ok(listed)
}

/// How many messages are new for an actor, up to a hundred.
pub(crate) async fn unread_count(tx: &mut Tx, actor: &Actor, now: Moment) -> Result<i64> {
    let mut values = args![actor.jurisdiction, now.plus_secs(-NEW_SECS)].to_vec();
    let each: Vec<_> = trays(actor, &mut values)
        .into_iter()
        .enumerate()
        .map(|(n, tray)| {
            format!(
                "SELECT * FROM (SELECT m.seq FROM messages m WHERE m.jurisdiction_id = $1 \
                 AND {} AND {} ORDER BY m.seq DESC LIMIT {COUNTED}) t{n}",
                tray.condition,
                tray.unread(2)
            )
        })
        .collect();
    let sql = format!("SELECT count(DISTINCT seq) FROM ({}) t", each.join(" UNION ALL "));
    let (count,): (i64,) = tx.one(&sql, &values).await?;
    Ok(count)
}

query_row! {
    /// A message in one tray.
    pub(super) struct Place {
        pub(super) seat: String,
        pub(super) owner_id: Uuid,
        pub(super) seq: i64,
    }
}

/// Where the new messages of an actor lie: one of a place of the journal, or all.
pub(super) async fn unread_places(
    tx: &mut Tx,
    actor: &Actor,
    (seq, now): (Option<i64>, Moment),
    limit: i64,
) -> Result<Vec<Place>> {
    let mut values = args![actor.jurisdiction, now.plus_secs(-NEW_SECS)].to_vec();
    let one = seq.map_or(String::new(), |seq| {
        values.push(Value::Int(seq));
        format!(" AND m.seq = ${}", values.len())
    });
    let each: Vec<_> = trays(actor, &mut values)
        .into_iter()
        .map(|tray| {
            format!(
                "SELECT m.seat, m.owner_id, m.seq FROM messages m \
                 WHERE m.jurisdiction_id = $1 AND {} AND {}{one}",
                tray.condition,
                tray.unread(2)
            )
        })
        .collect();
    let sql = format!("{} LIMIT {limit}", each.join(" UNION ALL "));
    tx.all(&sql, &values).await
}

/// The message of a place in an actor's trays, read or not.
pub(crate) async fn message(
    tx: &mut Tx,
    actor: &Actor,
    seq: i64,
    now: Moment,
) -> Result<Option<Listed>> {
    let filter = Filter { show: Show::All, before: Some(seq + 1), now };
    Ok(list(tx, actor, filter, 1).await?.into_iter().find(|m| m.seq == seq))
}

/// The smallest new place of a tray and its largest place.
pub(super) async fn edges(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (seat, owner): (&str, Uuid),
    now: Moment,
) -> Result<(Option<i64>, Option<i64>)> {
    let values = args![city, now.plus_secs(-NEW_SECS), seat.to_owned(), owner];
    let tray = Tray::of("$3".to_owned(), "$4".to_owned(), "");
    let (condition, unread) = (&tray.condition, tray.unread(2));
    let sql = format!(
        "SELECT (SELECT min(m.seq) FROM messages m WHERE m.jurisdiction_id = $1 AND {condition} \
         AND {unread}), (SELECT max(m.seq) FROM messages m WHERE m.jurisdiction_id = $1 \
         AND {condition})"
    );
    tx.one(&sql, values).await
}
