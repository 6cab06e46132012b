//! Signing in with name and password. Equal answers and equal time for unknown names; counters
//! per name and per address live in the database.

use journal::{Db, Result};
use kernel::{Id, Jurisdiction, Moment, Refusal, text};
use maud::html;
use ui::{Tone, part};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::access::{Access, Event};
use crate::session::Passed;
use crate::tables::{AccountRow, CredentialRow, SignInFailureRow};
use crate::{access, carried, doorkeeper, password, store, words};

/// Errors in a row that lock an account.
pub(crate) const FAILURES_MAX: i64 = 5;
/// How long it stays locked.
pub(crate) const LOCK_SECS: i64 = 15 * 60;
/// Errors from one address in the same time, over all names.
const ADDRESS_MAX: i64 = 30;

const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("name", words::NAME, 64).required(),
    FieldSpec::secret("password", words::PASSWORD).required(),
    FieldSpec::hidden("next"),
];

pub(crate) fn route() -> Route {
    Route::public_act("/sign-in", text!("登录", "Sign in"))
        .fields(FIELDS)
        .prepare(|call| Box::pin(std::future::ready(Ok(prepare(call)))))
        .decide(sign_in)
}

/// Says what became of a form that was sent when the session had ended.
fn prepare(call: &Call) -> Prepared {
    let next = call.query.get("next").or_else(|| call.body.get("next")).unwrap_or_default();
    let (tone, told) = if carried::ticket_of(next).is_some() {
        (Tone::Blue, words::FORM_KEPT)
    } else if call.query.get("lost").is_some() {
        (Tone::Yellow, words::FORM_LOST)
    } else {
        return Prepared::default();
    };
    let intro = part::alert(tone, html! { (told.of(call.lang)) });
    Prepared { intro, ..Prepared::default() }
}

async fn sign_in(call: Call, values: Values) -> Result<Done> {
    let (name, password) = (values.text("name"), values.text("password"));
    let db = call.db();
    let now = db.clock().now();
    let found = store::account_by_name(&mut db.read().await?, &name).await?;
    let counters = Counters::of(&call, found.is_none().then_some(&name));
    if counters.are_full(db, now).await? || is_locked(found.as_ref(), now) {
        return Err(Refusal::rule(words::LOCKED).into());
    }
    let stored = found.as_ref().map(|(_, c)| c.password_hash.clone());
    let fits = password::fits(password, stored).await?;
    let known = found.as_ref().map(|(a, _)| (a.jurisdiction_id, a.id));
    // Told only to who knows the password.
    if fits && found.as_ref().is_some_and(|(a, _)| a.disabled) {
        counters.count(db, now).await?;
        return Err(Refusal::rule(words::ACCOUNT_DISABLED).into());
    }
    let Some((account, _)) = found.filter(|_| fits) else {
        counters.count(db, now).await?;
        if let Some((city, account)) = known {
            count_failure(db, city, account, &call).await?;
        }
        return Err(Refusal::field("password", words::WRONG).into());
    };
    doorkeeper::advance(&call, &account, Passed::Password, values.opt("next")).await
}

fn is_locked(found: Option<&(AccountRow, CredentialRow)>, now: Moment) -> bool {
    found.and_then(|(_, c)| c.locked_until).is_some_and(|until| until > now)
}

/// Counts a wrong password or code of a known account, and notes it.
pub(crate) async fn count_failure(
    db: &Db,
    city: Id<Jurisdiction>,
    account: Uuid,
    call: &Call,
) -> Result<()> {
    let at = db.clock().now();
    let remote = call.remote.to_string();
    db.operate(city, async |tx| {
        let bound = (FAILURES_MAX, at.plus_secs(LOCK_SECS));
        store::count_failure(tx, city, account, bound).await?;
        let account = Some(account);
        let line = Access { at, event: Event::Failed, account, remote: &remote, detail: "" };
        access::note(tx, city, line).await
    })
    .await
}

/// Counters that belong to no account: of the address, and of a name that nobody has, so that it
/// is locked like any other.
struct Counters(Vec<(String, i64)>);

impl Counters {
    fn of(call: &Call, unknown: Option<&String>) -> Self {
        let mut keys = vec![(call.remote.to_string(), ADDRESS_MAX)];
        if let Some(name) = unknown {
            let hash = journal::hex(&journal::sm3(&[name.as_bytes()]));
            keys.push((format!("name {hash}"), FAILURES_MAX));
        }
        Self(keys)
    }

    async fn are_full(&self, db: &Db, now: Moment) -> Result<bool> {
        let mut tx = db.read().await?;
        for (key, max) in &self.0 {
            let row = store::failures(&mut tx, nowhere(), key).await?;
            if row.is_some_and(|r| r.failures >= *max && is_recent(r.since, now)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn count(&self, db: &Db, now: Moment) -> Result<()> {
        db.operate(nowhere(), async |tx| {
            store::forget_failures(tx, nowhere(), now.plus_secs(-LOCK_SECS)).await?;
            for (key, _) in &self.0 {
                let before = store::failures(tx, nowhere(), key).await?;
                let row = SignInFailureRow {
                    jurisdiction_id: nowhere(),
                    remote: key.clone(),
                    failures: before.as_ref().map_or(0, |r| r.failures) + 1,
                    since: before.map_or(now, |r| r.since),
                };
                store::put(tx, &row).await?;
            }
            Ok(())
        })
        .await
    }
}

/// An address belongs to no city.
fn nowhere() -> Id<Jurisdiction> {
    Uuid::nil().into()
}

fn is_recent(since: Moment, now: Moment) -> bool {
    now.micros() - since.micros() < LOCK_SECS * 1_000_000
}
