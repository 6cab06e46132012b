//! The access log: who came in, who failed, what was taken out. Apart from the journal, kept for
//! at least 180 days (网络安全法 第二十一条: six months); [`forget`] never takes a younger line.
//!
//! Each line also goes to the tracing target `access` in the form of RFC 5424, so that a syslog
//! collector outside the machine can keep it where nobody here can reach it.

use jiff::tz::TimeZone;
use journal::{Error, Result, Tx};
use kernel::{Day, Id, Jurisdiction, Moment};
use uuid::Uuid;
use web::Call;

use crate::store;
use crate::tables::{AccessRow, AccountRow};

/// Days for which a line is kept at least.
pub const KEEP_DAYS: i64 = 180;
/// Days for which the program keeps a line.
pub const KEPT_DAYS: i64 = 190;

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
    /// A second factor was set up.
    FactorSet,
    /// A second factor was taken away.
    FactorRemoved,
    /// A bearer token was made.
    TokenMade,
    /// A bearer token was revoked.
    TokenRevoked,
    /// A session was ended by its owner from elsewhere.
    SessionEnded,
}

impl Event {
    /// All events, in the order of the filter.
    pub const ALL: [Self; 11] = [
        Self::SignedIn,
        Self::SignedOut,
        Self::Failed,
        Self::PasswordChanged,
        Self::FactorSet,
        Self::FactorRemoved,
        Self::TokenMade,
        Self::TokenRevoked,
        Self::SessionEnded,
        Self::TakenOut,
        Self::PersonalSeen,
    ];

    /// The word in the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignedOut => "signed_out",
            Self::Failed => "failed",
            Self::PasswordChanged => "password_changed",
            Self::TakenOut => "taken_out",
            Self::PersonalSeen => "personal_seen",
            Self::FactorSet => "factor_set",
            Self::FactorRemoved => "factor_removed",
            Self::TokenMade => "token_made",
            Self::TokenRevoked => "token_revoked",
            Self::SessionEnded => "session_ended",
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
    store::put(tx, &row).await?;
    tracing::info!(target: "access", "{}", syslog(&row));
    Ok(())
}

/// Notes what a person did with the own account.
pub(crate) async fn note_own(
    tx: &mut Tx,
    call: &Call,
    account: &AccountRow,
    event: Event,
) -> Result<()> {
    let at = call.db().clock().now();
    let remote = call.remote.to_string();
    let line = Access { at, event, account: Some(account.id), remote: &remote, detail: "" };
    note(tx, account.jurisdiction_id, line).await
}

/// Takes lines away that are older than so many days, never younger ones than [`KEEP_DAYS`].
pub async fn forget(tx: &mut Tx, city: Id<Jurisdiction>, now: Moment, days: i64) -> Result<u64> {
    store::forget_access(tx, city, now.plus_secs(-days.max(KEEP_DAYS) * 86_400)).await
}

/// Today in a city.
pub(crate) async fn today(tx: &mut Tx, city: Id<Jurisdiction>, now: Moment) -> Result<Day> {
    let row = store::jurisdiction(tx, city).await?;
    let zone = TimeZone::get(&row.zone).map_err(Error::fault)?;
    Ok(now.plus_micros(row.clock_offset_us).day(&zone))
}

/// One line of RFC 5424: facility 13 (log audit), warning for failures, else information.
fn syslog(row: &AccessRow) -> String {
    let severity = if row.event == Event::Failed.word() { 4 } else { 6 };
    let account = row.account_id.map_or_else(|| "-".to_owned(), |id| id.to_string());
    format!(
        "<{}>1 {} - duban - {} [access@32473 city=\"{}\" account=\"{account}\" remote=\"{}\"] {}",
        13 * 8 + severity,
        row.at,
        row.event,
        row.jurisdiction_id,
        quoted(&row.remote),
        quoted(&row.detail),
    )
}

/// A value that ends neither its quotes nor its line.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' | '\\' | ']' => out.extend(['\\', letter]),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::syslog;
    use crate::tables::AccessRow;
    use kernel::Moment;
    use uuid::Uuid;

    #[test]
    fn a_line_can_be_neither_ended_nor_forged() {
        let row = AccessRow {
            jurisdiction_id: Uuid::from_u128(1).into(),
            id: Uuid::nil(),
            at: Moment::from_micros(0),
            event: "failed".to_owned(),
            account_id: None,
            remote: "10.0.0.1\"] x".to_owned(),
            detail: "a\nb".to_owned(),
        };
        let line = syslog(&row);
        assert!(line.starts_with("<108>1 1970-01-01T00:00:00.000000Z - duban - failed [access@"));
        assert!(line.contains("remote=\"10.0.0.1\\\"\\] x\"] a b"), "{line}");
        assert!(!line.contains('\n'));
    }
}
