//! The access log: who came in, who failed, what was taken out. Apart from the journal, kept for
//! at least 180 days; its daily digest is one fact.

use journal::{Result, Tx};
use kernel::{Id, Jurisdiction, Moment};
use uuid::Uuid;

use crate::store;
use crate::tables::AccessRow;

/// What the access log notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody signed in.
    SignedIn,
    /// Somebody signed out.
    SignedOut,
    /// A sign-in failed.
    Failed,
    /// A password was changed.
    PasswordChanged,
    /// Something was exported or downloaded.
    TakenOut,
    /// Personal data was seen.
    PersonalSeen,
}

impl Event {
    /// The word in the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignedOut => "signed_out",
            Self::Failed => "failed",
            Self::PasswordChanged => "password_changed",
            Self::TakenOut => "taken_out",
            Self::PersonalSeen => "personal_seen",
        }
    }
}

/// One line of the access log.
#[derive(Clone, Copy, Debug)]
pub struct Access<'a> {
    /// When, by the machine's clock.
    pub at: Moment,
    /// What.
    pub event: Event,
    /// Whose account.
    pub account: Option<Uuid>,
    /// From where.
    pub remote: &'a str,
    /// More about it.
    pub detail: &'a str,
}

/// Notes an event, in the transaction of what it is about.
pub async fn note(tx: &mut Tx, city: Id<Jurisdiction>, access: Access<'_>) -> Result<()> {
    let row = AccessRow {
        jurisdiction_id: city,
        id: Uuid::now_v7(),
        at: access.at,
        event: access.event.word().to_owned(),
        account_id: access.account,
        remote: access.remote.to_owned(),
        detail: access.detail.to_owned(),
    };
    store::put(tx, &row).await
}
