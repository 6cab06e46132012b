//! Sending: what the program does by itself so that messages reach people outside it.
//!
//! Exactly one node of several has a city's turn. A digest is marked by post and day in the
//! transaction that puts it into the outbox, so there is one even if two nodes believe to have the
//! turn; and it is made for today only, so after a standstill there is one and not one per day.
//! What is in the outbox leaves at least once, always under the same identifier.

use std::collections::BTreeMap;

use assignments::light::Edges;
use jiff::tz::TimeZone;
use journal::{Db, JurisdictionRow, Result, Tx};
use kernel::{Actor, Id, Jurisdiction, Moment, WorkCalendar};
use people::setting::DIGEST_AT;
use people::store::Recipient;
use uuid::Uuid;

use crate::channel::{Addressee, Channels, Failure};
use crate::letter::{Letter, Section};
use crate::outbox;
use crate::store::{self, Which};
use crate::tables::{Channel, Delivery, OutboxRow, Parcel, PostDigestRow};
use crate::{digest, grants};

/// For how long a node that says nothing keeps the turn, or a letter.
const LEASE_SECS: i64 = 180;
/// Letters of one round at most.
const AT_ONCE: i64 = 200;
/// Failures in a row after which a channel is left alone until the next round.
const FAILURES_MAX: u32 = 3;
/// Days looked back at to see when a post was last told.
const DIGEST_DAYS: i64 = 400;

/// What one round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Letters put into the outbox.
    pub written: u64,
    /// Letters that left.
    pub sent: u64,
    /// Tries that failed.
    pub failed: u64,
}

/// How one try ended.
enum Tried {
    Sent,
    /// It is tried again.
    Later,
    GivenUp,
    /// Another node has it.
    ByAnother,
}

/// A city at a moment, as one round sees it.
struct City {
    id: Id<Jurisdiction>,
    name: String,
    zone: TimeZone,
    now: Moment,
    calendar: WorkCalendar,
}

/// Makes one round for a city; `node` is the same for all rounds of one process.
pub async fn round(
    db: &Db,
    city: Id<Jurisdiction>,
    channels: &Channels,
    node: Uuid,
) -> Result<Round> {
    let city = City::read(db, city).await?;
    if !city.take_turn(db, node).await? {
        return Ok(Round::default());
    }
    let made = city.make(db, channels, node).await;
    db.operate(city.id, async |tx| store::end_turn(tx, city.id, node).await).await?;
    made
}

impl City {
    async fn read(db: &Db, id: Id<Jurisdiction>) -> Result<Self> {
        let mut tx = db.read().await?;
        let JurisdictionRow { name, zone, clock_offset_us, .. } =
            people::store::jurisdiction(&mut tx, id).await?;
        let zone = TimeZone::get(&zone).map_err(journal::Error::fault)?;
        let now = db.clock().now().plus_micros(clock_offset_us);
        let today = now.day(&zone);
        let calendar =
            people::store::calendar(&mut tx, id, today.plus(-15), today.plus(60)).await?;
        Ok(Self { id, name, zone, now, calendar })
    }

    async fn take_turn(&self, db: &Db, node: Uuid) -> Result<bool> {
        // By the machine's clock, which nobody sets forward.
        let now = db.clock().now();
        let until = now.plus_secs(LEASE_SECS);
        db.operate(self.id, async |tx| store::take_turn(tx, self.id, (node, now, until)).await)
            .await
    }

    async fn make(&self, db: &Db, channels: &Channels, node: Uuid) -> Result<Round> {
        let mut round = Round::default();
        let may_leave = outbox::may_leave(self.now, &self.zone, &self.calendar);
        if may_leave && (channels.mail.is_some() || channels.webhook.is_some()) {
            round.written += self.write_digests(db, channels, node).await?;
            round.written += self.write_urgent(db, channels, node).await?;
        }
        let which = if may_leave { Which::All } else { Which::Tests };
        let due = store::due(&mut db.read().await?, self.id, (self.now, which), AT_ONCE).await?;
        // A channel that does not answer must not hold up the other one.
        let mut failures: BTreeMap<Channel, u32> = BTreeMap::new();
        for row in due {
            let in_a_row = failures.entry(row.channel).or_default();
            if *in_a_row >= FAILURES_MAX {
                continue;
            }
            if !self.take_turn(db, node).await? {
                break;
            }
            match self.send(db, channels, row).await? {
                Tried::Sent => (round.sent, *in_a_row) = (round.sent + 1, 0),
                Tried::Later => (round.failed, *in_a_row) = (round.failed + 1, *in_a_row + 1),
                Tried::GivenUp => round.failed += 1,
                Tried::ByAnother => {}
            }
        }
        self.forget(db).await?;
        Ok(round)
    }

    /// Digests of today for posts that have none yet.
    async fn write_digests(&self, db: &Db, channels: &Channels, node: Uuid) -> Result<u64> {
        let today = self.now.day(&self.zone);
        let mut tx = db.read().await?;
        let digest_at = DIGEST_AT.of(&mut tx, self.id).await?;
        if !outbox::is_digest_time(self.now, &self.zone, &digest_at) {
            return Ok(0);
        }
        let done = store::digested(&mut tx, self.id, today).await?;
        let mut wanted = self.reached(&mut tx, channels).await?;
        wanted.retain(|r| !r.is_quiet && !done.contains(&(r.post,)));
        let yellow = people::setting::yellow_days(&mut tx, self.id).await?;
        drop(tx);
        let edges = Edges::of(today, yellow, &self.calendar);
        let mut written = 0;
        for recipient in wanted {
            if !self.take_turn(db, node).await? {
                break;
            }
            let mut tx = db.read().await?;
            let actor = people::store::actor_of(&mut tx, self.id, recipient.post).await?;
            let seq = store::last_place(&mut tx, self.id).await?;
            let sections = digest::sections(&mut tx, &actor, (self.now, &edges)).await?;
            drop(tx);
            let post_id = recipient.post;
            let mark = PostDigestRow { jurisdiction_id: self.id, post_id, day: today, seq };
            let rows =
                self.rows(channels, &recipient, (Parcel::Digest, &today.to_string()), sections)?;
            written += db
                .operate(self.id, async |tx| {
                    if !store::mark_digest(tx, &mark).await? {
                        return Ok(0);
                    }
                    put_all(tx, &rows).await
                })
                .await?;
        }
        Ok(written)
    }

    /// One letter for each post with urgent messages since the last round.
    async fn write_urgent(&self, db: &Db, channels: &Channels, node: Uuid) -> Result<u64> {
        let mut tx = db.read().await?;
        let turn = store::turn(&mut tx, self.id).await?;
        let after = turn.map_or(0, |turn| turn.urgent_seq);
        let Some(up_to) = store::last_urgent(&mut tx, self.id, after).await? else { return Ok(0) };
        let reached = self.reached(&mut tx, channels).await?;
        drop(tx);
        let mut written = 0;
        for recipient in reached {
            let mut tx = db.read().await?;
            let actor = people::store::actor_of(&mut tx, self.id, recipient.post).await?;
            let found = digest::urgent(&mut tx, &actor, self.now, (after, up_to)).await?;
            drop(tx);
            let Some((section, last)) = found else { continue };
            if !self.take_turn(db, node).await? {
                return Ok(written);
            }
            let which = (Parcel::Urgent, last.to_string());
            let rows = self.rows(channels, &recipient, (which.0, &which.1), vec![section])?;
            written += db.operate(self.id, async |tx| put_all(tx, &rows).await).await?;
        }
        db.operate(self.id, async |tx| store::urgent_put_out(tx, self.id, up_to).await).await?;
        Ok(written)
    }

    /// The posts with a tray that a channel reaches.
    async fn reached(&self, tx: &mut Tx, channels: &Channels) -> Result<Vec<Recipient>> {
        let today = self.now.day(&self.zone);
        let mut all = people::store::recipients(tx, self.id, today).await?;
        let by_mail = channels.mail.is_some();
        all.retain(|r| {
            grants::TOLD.contains(&r.role)
                && (channels.webhook.is_some() || (by_mail && r.mail.is_some()))
        });
        Ok(all)
    }

    /// The outbox rows of a letter, one for each channel that reaches the post; none for an empty
    /// letter.
    fn rows(
        &self,
        channels: &Channels,
        to: &Recipient,
        (kind, which): (Parcel, &str),
        sections: Vec<Section>,
    ) -> Result<Vec<OutboxRow>> {
        if sections.is_empty() {
            return Ok(Vec::new());
        }
        let letter = self.letter(kind, &format!("{}{}", to.unit, to.title), sections);
        let reached = Channel::ALL.iter().copied().filter(|channel| {
            channels.has(*channel) && (*channel != Channel::Mail || to.mail.is_some())
        });
        let mark =
            |channel: Channel| format!("{}/{}/{}/{which}", kind.word(), channel.word(), to.post);
        reached
            .map(|channel| row(self.id, (channel, mark(channel)), to.post, (&letter, self.now)))
            .collect()
    }

    fn letter(&self, kind: Parcel, post: &str, sections: Vec<Section>) -> Letter {
        let day = self.now.day(&self.zone);
        Letter { kind, city: self.name.clone(), post: post.to_owned(), day, sections }
    }

    /// Sends one, unless another node does.
    async fn send(&self, db: &Db, channels: &Channels, row: OutboxRow) -> Result<Tried> {
        let until = self.now.plus_secs(LEASE_SECS);
        let taken = db.operate(self.id, async |tx| store::take(tx, &row, (self.now, until)).await);
        if !taken.await? {
            return Ok(Tried::ByAnother);
        }
        let row = OutboxRow { tries: row.tries + 1, ..row };
        let outcome = self.hand_over(db, channels, &row).await?;
        let row = ended(row, self.now, outcome);
        if row.state == Delivery::Failed {
            tracing::warn!(id = %row.id, channel = row.channel.word(), "a message was given up");
        }
        db.operate(self.id, async |tx| store::enter(tx, &row).await).await?;
        Ok(match row.state {
            Delivery::Sent => Tried::Sent,
            Delivery::Waiting => Tried::Later,
            Delivery::Failed => Tried::GivenUp,
        })
    }

    async fn hand_over(
        &self,
        db: &Db,
        channels: &Channels,
        row: &OutboxRow,
    ) -> Result<std::result::Result<(), Failure>> {
        let letter: Letter = serde_json::from_str(&row.content)?;
        let today = self.now.day(&self.zone);
        let mut tx = db.read().await?;
        let found = people::store::recipient(&mut tx, self.id, row.post_id, today).await?;
        drop(tx);
        let Some(to) = found else { return Ok(Err(Failure::lasting(crate::words::GONE.into()))) };
        let to = Addressee { post: to.post, person: to.person, account: to.account, mail: to.mail };
        let stamp = (row.id, db.clock().now());
        Ok(channels.send(row.channel, &to, &letter, stamp).await)
    }

    async fn forget(&self, db: &Db) -> Result<()> {
        let before = |days: i64| self.now.plus_secs(-days * 86_400);
        let moments = (before(outbox::SENT_DAYS), before(outbox::FAILED_DAYS));
        let day = self.now.day(&self.zone).plus(-DIGEST_DAYS);
        db.operate(self.id, async |tx| {
            store::forget(tx, self.id, moments).await?;
            store::forget_digests(tx, self.id, day).await
        })
        .await
    }
}

async fn put_all(tx: &mut Tx, rows: &[OutboxRow]) -> Result<u64> {
    let mut put = 0;
    for row in rows {
        put += store::put_out(tx, row).await?;
    }
    Ok(put)
}

fn row(
    city: Id<Jurisdiction>,
    (channel, mark): (Channel, String),
    post_id: Uuid,
    (letter, now): (&Letter, Moment),
) -> Result<OutboxRow> {
    Ok(OutboxRow {
        jurisdiction_id: city,
        id: Uuid::now_v7(),
        channel,
        kind: letter.kind,
        mark,
        post_id,
        content: serde_json::to_string(letter)?,
        state: Delivery::Waiting,
        tries: 0,
        created_at: now,
        next_at: now,
        leased_until: None,
        sent_at: None,
        error_zh: String::new(),
        error_en: String::new(),
    })
}

/// The row after a try.
fn ended(row: OutboxRow, now: Moment, outcome: std::result::Result<(), Failure>) -> OutboxRow {
    let row = OutboxRow { leased_until: None, ..row };
    let failure = match outcome {
        Ok(()) => return OutboxRow { state: Delivery::Sent, sent_at: Some(now), ..row },
        Err(failure) => failure,
    };
    let next = outbox::next_try(now, row.tries).filter(|_| !failure.is_final);
    let state = if next.is_some() { Delivery::Waiting } else { Delivery::Failed };
    let (error_zh, error_en) = (failure.reason.zh, failure.reason.en);
    OutboxRow { state, next_at: next.unwrap_or(now), error_zh, error_en, ..row }
}

/// Puts a test message for a post into the outbox.
pub(crate) async fn put_test(
    tx: &mut Tx,
    actor: &Actor,
    channel: Channel,
    (now, post): (Moment, &str),
) -> Result<()> {
    let JurisdictionRow { name, zone, .. } =
        people::store::jurisdiction(tx, actor.jurisdiction).await?;
    let zone = TimeZone::get(&zone).map_err(journal::Error::fault)?;
    let day = now.day(&zone);
    let letter =
        Letter { kind: Parcel::Test, city: name, post: post.to_owned(), day, sections: Vec::new() };
    let mark = format!("test/{}/{}", channel.word(), Uuid::now_v7());
    let row = row(actor.jurisdiction, (channel, mark), actor.post, (&letter, now))?;
    store::put_out(tx, &row).await?;
    Ok(())
}
