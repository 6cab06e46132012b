//! The open act: a lent transaction in which one person's act reaches, decides and records.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use jiff::tz::TimeZone;
use kernel::{Actor, Day, Id, Jurisdiction, Moment, Subject};
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::city::JurisdictionRow;
use crate::entry::{Entry, Hash, Head};
use crate::room::Rooms;
use crate::{Error, Fact, Result, Row as _, Tables, Tx, args};

/// Who acts, by which act and why.
#[derive(Clone, Debug)]
pub struct By {
    /// The city.
    pub jurisdiction: Id<Jurisdiction>,
    /// The post that acts; nil for the program itself.
    pub actor: Uuid,
    /// The post for which it acts.
    pub on_behalf_of: Option<Uuid>,
    /// The act's name, `assignments.report`.
    pub act: &'static str,
    /// The idempotency key that came with the form.
    pub act_id: Uuid,
    /// The hash of the form, so that the same key with another body is refused.
    pub body: Hash,
    /// Why, in the person's words.
    pub reason: Option<String>,
}

impl By {
    /// An act of a signed-in person.
    pub fn actor(actor: &Actor, act: &'static str) -> Self {
        Self {
            actor: actor.post,
            on_behalf_of: actor.on_behalf.map(|o| o.post),
            ..Self::program(actor.jurisdiction, act)
        }
    }

    /// An act of the program itself: setup, reconcilers, the demo's founding.
    pub fn program(jurisdiction: Id<Jurisdiction>, act: &'static str) -> Self {
        Self {
            jurisdiction,
            actor: Uuid::nil(),
            on_behalf_of: None,
            act,
            act_id: Uuid::now_v7(),
            body: [0; 32],
            reason: None,
        }
    }

    /// With the key and the hash of the form that was sent.
    #[must_use]
    pub const fn keyed(mut self, act_id: Uuid, body: Hash) -> Self {
        self.act_id = act_id;
        self.body = body;
        self
    }

    /// With a reason.
    #[must_use]
    pub fn because(mut self, reason: Option<String>) -> Self {
        self.reason = reason;
        self
    }
}

/// What an act left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The act's key.
    pub act_id: Uuid,
    /// The place of its first fact.
    pub first_seq: i64,
    /// The place of its last fact.
    pub last_seq: i64,
    /// What its first fact is about.
    pub subject: Subject,
    /// Whether it had been done before and was only answered again.
    pub repeated: bool,
}

/// The open transaction of one act. Reads through [`Tx`]; writes only through [`Act::record`].
pub struct Act {
    pub(crate) tx: Option<Tx>,
    pub(crate) head: Head,
    pub(crate) facts: Vec<Subject>,
    pub(crate) failed: bool,
    pub(crate) resettled: bool,
    pub(crate) by: By,
    pub(crate) now: Moment,
    pub(crate) zone: TimeZone,
    pub(crate) rooms: Arc<Rooms>,
    pub(crate) back: Option<oneshot::Sender<HandBack>>,
}

/// How a lent transaction comes back to the writer.
pub(crate) struct HandBack {
    pub(crate) tx: Tx,
    pub(crate) keep: Option<Kept>,
}

/// An act to be committed: its last head and who waits for the commit.
pub(crate) struct Kept {
    pub(crate) head: Head,
    /// Whether the city's zone or clock may have changed.
    pub(crate) resettled: bool,
    pub(crate) done: oneshot::Sender<Result<()>>,
}

impl Act {
    /// The city.
    pub const fn jurisdiction(&self) -> Id<Jurisdiction> {
        self.by.jurisdiction
    }

    /// The moment of this act by the city's clock; the same for all its facts.
    pub const fn now(&self) -> Moment {
        self.now
    }

    /// The day of this act in the city's zone.
    pub fn today(&self) -> Day {
        self.now.day(&self.zone)
    }

    /// The city's zone.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Who acts.
    pub const fn by(&self) -> &By {
        &self.by
    }

    /// The transaction.
    #[expect(clippy::expect_used, reason = "it is taken only when handed back")]
    pub const fn tx(&mut self) -> &mut Tx {
        self.tx.as_mut().expect("lent until handed back")
    }

    /// Appends a fact to the journal and applies it to the record tables. When that fails the act
    /// cannot be kept, even if the caller hides the failure.
    pub async fn record<F: Fact + Sync>(&mut self, subject: Subject, fact: &F) -> Result<()> {
        if self.failed {
            return Err(Error::fault("the act goes on after a fact could not be recorded"));
        }
        // Set until it is done, so that a call that is dropped half-way counts as well.
        self.failed = true;
        self.write(subject, fact).await?;
        self.failed = false;
        Ok(())
    }

    async fn write<F: Fact + Sync>(&mut self, subject: Subject, fact: &F) -> Result<()> {
        let (kind, payload) = fact.split()?;
        let mut entry = Entry {
            jurisdiction: self.by.jurisdiction,
            seq: self.head.seq + 1,
            at: self.now,
            act_id: self.by.act_id,
            act: self.by.act.to_owned(),
            actor: self.by.actor,
            on_behalf_of: self.by.on_behalf_of,
            kind,
            subject,
            reason: self.by.reason.clone(),
            payload,
            prev_hash: self.head.hash,
            hash: self.head.hash,
        };
        entry.hash = entry.digest();
        let rooms = Arc::clone(&self.rooms);
        let tx = self.tx();
        append(tx, &entry).await?;
        rooms.apply(&entry, &mut Tables::new(tx)).await?;
        self.resettled |= crate::city::resettles(&entry.kind);
        self.head = Head { seq: entry.seq, hash: entry.hash, at: entry.at };
        self.facts.push(subject);
        Ok(())
    }

    /// Goes on behind a journal that was brought in, by the clock of its city.
    pub(crate) async fn arrive(&mut self, head: Head) -> Result<()> {
        let city = self.jurisdiction();
        let row: Option<JurisdictionRow> =
            self.opt(&JurisdictionRow::sql().get, args![city]).await?;
        let row = row.ok_or_else(|| Error::fault("the journal founds no city"))?;
        self.zone = TimeZone::get(&row.zone).map_err(Error::fault)?;
        self.now = self.now.plus_micros(row.clock_offset_us).max(head.at);
        self.head = head;
        self.resettled = true;
        Ok(())
    }

    /// Hands the transaction back to be committed with the batch.
    pub(crate) fn keep(mut self) -> Result<oneshot::Receiver<Result<()>>> {
        if self.failed {
            return Err(Error::fault("a fact of the act could not be recorded"));
        }
        let (done, committed) = oneshot::channel();
        let (Some(tx), Some(back)) = (self.tx.take(), self.back.take()) else {
            return Err(Error::fault("the act was handed back before"));
        };
        let keep = Some(Kept { head: self.head, resettled: self.resettled, done });
        back.send(HandBack { tx, keep })
            .map_err(|_gone| Error::Unavailable("the writer has stopped".to_owned()))?;
        Ok(committed)
    }
}

impl Drop for Act {
    fn drop(&mut self) {
        if let (Some(tx), Some(back)) = (self.tx.take(), self.back.take()) {
            // A refusal, a fault, a time limit or a caller that left: nothing of it stays. When
            // the writer is gone as well, its connection goes with it.
            drop(back.send(HandBack { tx, keep: None }));
        }
    }
}

impl Deref for Act {
    type Target = Tx;

    #[expect(clippy::expect_used, reason = "it is taken only when handed back")]
    fn deref(&self) -> &Tx {
        self.tx.as_ref().expect("lent until handed back")
    }
}

impl DerefMut for Act {
    fn deref_mut(&mut self) -> &mut Tx {
        self.tx()
    }
}

pub(crate) async fn append(tx: &mut Tx, entry: &Entry) -> Result<()> {
    const SQL: &str = "INSERT INTO facts (jurisdiction_id, seq, at, act_id, act, actor, on_behalf_of, \
        kind, subject_kind, subject_id, reason, payload, prev_hash, hash) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    tx.run(SQL, &entry.values()).await?;
    Ok(())
}
