//! Signing in with name and password. Equal answers and equal time for unknown names; counters
//! per account and per address live in the database.

use journal::{Db, Error, Result, Tx};
use kernel::{Day, Id, Jurisdiction, Moment, Refusal, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::access::{Access, Event};
use crate::doorkeeper::{secret_hash, ticket};
use crate::tables::{AccountRow, CredentialRow, SessionRow, SignInFailureRow, Stage};
use crate::{access, password, store, words};

/// Errors in a row that lock an account.
const FAILURES_MAX: i64 = 5;
/// How long it stays locked.
const LOCK_SECS: i64 = 15 * 60;
/// Errors from one address in the same time, over all names.
const ADDRESS_MAX: i64 = 30;

const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("name", words::NAME, 64).required(),
    FieldSpec::secret("password", words::PASSWORD).required(),
    FieldSpec::hidden("next"),
];

pub(crate) fn route() -> Route {
    Route::public_act("/sign-in", text!("登录", "Sign in")).fields(FIELDS).decide(sign_in)
}

async fn sign_in(call: Call, values: Values) -> Result<Done> {
    let (name, password) = (values.text("name"), values.text("password"));
    let db = call.db();
    let now = db.clock().now();
    let remote = call.remote.to_string();
    let found = store::account_by_name(&mut db.read().await?, &name).await?;
    let city = match &found {
        Some((account, _)) => account.jurisdiction_id,
        None => Uuid::nil().into(),
    };
    if is_blocked(db, city, &remote, now).await? || is_locked(found.as_ref(), now) {
        return Err(Refusal::rule(words::LOCKED).into());
    }
    let stored = found.as_ref().map(|(_, c)| c.password_hash.clone());
    let fits = password::fits(password, stored).await?;
    let Some((account, credential)) = found.filter(|(a, _)| fits && !a.disabled) else {
        count_failure(db, city, &name, &remote).await?;
        return Err(Refusal::field("password", words::WRONG).into());
    };
    let post = post_to_open(db, city, &account, &credential, now).await?;
    let Some(post) = post else { return Err(Refusal::rule(words::NO_POST).into()) };
    let session = open_session(db, city, &credential, post, &call).await?;
    let next = values.opt("next").filter(|n| n.starts_with('/') && !n.starts_with("//"));
    Ok(Done { session: Some(Some(session)), ..Done::go(next.unwrap_or_else(|| "/".to_owned())) })
}

fn is_locked(found: Option<&(AccountRow, CredentialRow)>, now: Moment) -> bool {
    found.and_then(|(_, c)| c.locked_until).is_some_and(|until| until > now)
}

async fn is_blocked(db: &Db, city: Id<Jurisdiction>, remote: &str, now: Moment) -> Result<bool> {
    let row = store::failures(&mut db.read().await?, city, remote).await?;
    Ok(row.is_some_and(|r| r.failures >= ADDRESS_MAX && is_recent(r.since, now)))
}

fn is_recent(since: Moment, now: Moment) -> bool {
    now.micros() - since.micros() < LOCK_SECS * 1_000_000
}

async fn count_failure(db: &Db, city: Id<Jurisdiction>, name: &str, remote: &str) -> Result<()> {
    let now = db.clock().now();
    db.operate(city, async |tx| {
        let address = store::failures(tx, city, remote).await?;
        let address = address.filter(|r| is_recent(r.since, now));
        let row = SignInFailureRow {
            jurisdiction_id: city,
            remote: remote.to_owned(),
            failures: address.as_ref().map_or(0, |r| r.failures) + 1,
            since: address.map_or(now, |r| r.since),
        };
        store::put(tx, &row).await?;
        if let Some((account, credential)) = store::account_by_name(tx, name).await? {
            let failures = credential.failures + 1;
            let locked_until = (failures >= FAILURES_MAX).then(|| now.plus_secs(LOCK_SECS));
            let failures = if locked_until.is_some() { 0 } else { failures };
            let id = account.id;
            store::put(tx, &CredentialRow { failures, locked_until, ..credential }).await?;
            let line =
                Access { at: now, event: Event::Failed, account: Some(id), remote, detail: "" };
            access::note(tx, city, line).await?;
        }
        Ok(())
    })
    .await
}

/// The post that opens: the one used last, else the first.
async fn post_to_open(
    db: &Db,
    city: Id<Jurisdiction>,
    account: &AccountRow,
    credential: &CredentialRow,
    now: Moment,
) -> Result<Option<Uuid>> {
    let mut tx = db.read().await?;
    let today = today(&mut tx, city, now).await?;
    let posts = store::posts_of(&mut tx, city, account.person_id, today).await?;
    let last = posts.iter().find(|p| Some(p.id) == credential.last_post_id);
    Ok(last.or_else(|| posts.first()).map(|p| p.id))
}

async fn today(tx: &mut Tx, city: Id<Jurisdiction>, now: Moment) -> Result<Day> {
    let row = store::jurisdiction(tx, city).await?;
    let zone = jiff::tz::TimeZone::get(&row.zone).map_err(Error::fault)?;
    Ok(now.plus_micros(row.clock_offset_us).day(&zone))
}

async fn open_session(
    db: &Db,
    city: Id<Jurisdiction>,
    credential: &CredentialRow,
    post: Uuid,
    call: &Call,
) -> Result<String> {
    let secret = password::secret(32)?;
    let now = db.clock().now();
    let account = credential.account_id;
    let row = SessionRow {
        jurisdiction_id: city,
        token_hash: secret_hash(&secret),
        id: Uuid::now_v7(),
        account_id: account,
        post_id: Some(post),
        stage: Stage::Open,
        form_token: password::secret(24)?,
        created_at: now,
        seen_at: now,
        epoch: credential.epoch,
        remote: call.remote.to_string(),
        agent: call.agent().chars().take(200).collect(),
    };
    let fresh = CredentialRow { failures: 0, locked_until: None, ..credential.clone() };
    db.operate(city, async |tx| {
        store::put(tx, &row).await?;
        store::put(tx, &fresh).await?;
        let remote = row.remote.as_str();
        let account = Some(account);
        let line = Access { at: now, event: Event::SignedIn, account, remote, detail: "" };
        access::note(tx, city, line).await
    })
    .await?;
    Ok(ticket(city, &secret))
}
