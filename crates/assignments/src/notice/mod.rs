//! Whom the facts of this room concern, and what they are told: who has to act, and who has to
//! know. What a notice says follows from the fact, from what is fixed at issue and from what was so
//! at that place of the journal, never from what changed later.

mod batch;
mod item;

use journal::{Boxed, Entry, Error, Fact as _, Result, Tx};
use kernel::{Message, Refusal};
use people::notice::{Need, Notice, Seat, Told};

use crate::facts::{BatchFact, Fact, WeeklyFact};

/// Says whom a fact of this room concerns.
pub fn tell<'a>(entry: &'a Entry, tx: &'a mut Tx) -> Boxed<'a, Result<Told>> {
    Box::pin(async move {
        let kind = entry.kind.as_str();
        if Fact::KINDS.contains(&kind) {
            let fact = Fact::join(kind, &entry.payload)?;
            return item::tell(entry, fact, tx).await;
        }
        if BatchFact::KINDS.contains(&kind) {
            let fact = BatchFact::join(kind, &entry.payload)?;
            return batch::tell(entry, fact, tx).await;
        }
        if WeeklyFact::KINDS.contains(&kind) {
            let fact = WeeklyFact::join(kind, &entry.payload)?;
            return batch::tell_weekly(entry, fact, tx).await;
        }
        Ok(Told::default())
    })
}

/// A notice about the fact's own subject.
pub(crate) fn notice(entry: &Entry, seat: Seat, words: impl Into<Message>) -> Notice {
    Notice {
        seat,
        need: Need::Know,
        urgent: false,
        words: words.into(),
        about: Notice::called(""),
        subject: entry.subject,
        unit: None,
        line: None,
    }
}

/// A record, or nothing when there is none: who only tells of facts does not stop at a gap.
pub(crate) fn found<T>(read: Result<T>) -> Result<Option<T>> {
    match read {
        Ok(row) => Ok(Some(row)),
        Err(Error::Refused(Refusal::Missing)) => Ok(None),
        Err(e) => Err(e),
    }
}
