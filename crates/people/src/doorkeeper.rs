//! Who is calling: sessions and tokens; and the way of a session to the open door.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::tz::TimeZone;
use journal::{Boxed, Db, Error, Result, Tx};
use kernel::{Actor, Id, Jurisdiction, Moment, OnBehalf, Refusal};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;
use web::{Call, Caller, CarriedForm, Credentials, Done, Doorkeeper, Owner, PostChoice, Values};

use crate::access::Event;
use crate::session::{
    ABSOLUTE_SECS, FORMER_SECS, IDLE_SECS, OPENING_SECS, Passed, SESSIONS_MAX, Standing, address,
    is_inside, needs_factor, stage_after,
};
use crate::store::{self, Admitted};
use crate::tables::{AccountRow, CredentialRow, SessionRow, Stage};
use crate::{access, carried, password, setting, words};

/// How old the mark "seen" may become before it is written again.
const TOUCH_SECS: i64 = 60;
/// The same for the use of an account by its token: whole days matter there.
const TOKEN_TOUCH_SECS: i64 = 86_400;

/// What stands in a cookie or token: the city, so that the look-up stays inside it, and a secret.
pub(crate) fn ticket(city: Id<Jurisdiction>, secret: &str) -> String {
    format!("{}.{secret}", URL_SAFE_NO_PAD.encode(city.uuid().as_bytes()))
}

/// The city and the hash of the secret of a ticket.
pub(crate) fn read_ticket(ticket: &str) -> Option<(Id<Jurisdiction>, Vec<u8>)> {
    let (city, secret) = ticket.split_once('.')?;
    let city = Uuid::from_slice(&URL_SAFE_NO_PAD.decode(city).ok()?).ok()?;
    Some((city.into(), secret_hash(secret)))
}

pub(crate) fn secret_hash(secret: &str) -> Vec<u8> {
    journal::sm3(&[b"duban-ticket", secret.as_bytes()]).to_vec()
}

/// The doorkeeper of the building.
pub struct Door;

impl Doorkeeper for Door {
    fn admit<'a>(
        &'a self,
        db: &'a Db,
        credentials: &'a Credentials,
    ) -> Boxed<'a, Result<Option<Caller>>> {
        Box::pin(admit(db, credentials))
    }

    fn owner<'a>(&'a self, db: &'a Db, token: &'a str) -> Boxed<'a, Result<Option<Owner>>> {
        Box::pin(carried::owner(db, token))
    }

    fn keep<'a>(
        &'a self,
        db: &'a Db,
        owner: Owner,
        form: &'a CarriedForm,
    ) -> Boxed<'a, Result<String>> {
        Box::pin(carried::keep(db, owner, form))
    }

    fn kept<'a>(
        &'a self,
        db: &'a Db,
        owner: Owner,
        ticket: &'a str,
    ) -> Boxed<'a, Result<Option<CarriedForm>>> {
        Box::pin(carried::kept(db, owner, ticket))
    }

    fn forget<'a>(&'a self, db: &'a Db, owner: Owner, ticket: &'a str) -> Boxed<'a, Result<()>> {
        Box::pin(carried::forget(db, owner, ticket))
    }
}

async fn admit(db: &Db, credentials: &Credentials) -> Result<Option<Caller>> {
    let now = db.clock().now();
    let (ticket, by_cookie) = match credentials {
        Credentials::None => return Ok(None),
        Credentials::Cookie(ticket) => (ticket, true),
        Credentials::Bearer(ticket) => (ticket, false),
    };
    let Some((city, hash)) = read_ticket(ticket) else { return Ok(None) };
    let mut tx = db.read().await?;
    let admitted = if by_cookie {
        store::admitted_by_session(&mut tx, city, hash.clone()).await?
    } else {
        store::admitted_by_token(&mut tx, city, hash.clone(), now).await?
    };
    let Some(admitted) = admitted.filter(|a| a.stage == Stage::Open) else { return Ok(None) };
    if by_cookie && is_over(&admitted, now) {
        return Ok(None);
    }
    let zone = TimeZone::get(&admitted.zone).map_err(Error::fault)?;
    let today = now.plus_micros(admitted.clock_offset_us).day(&zone);
    // A transfer ends rights at once.
    if today < admitted.valid_from || admitted.valid_to.is_some_and(|to| today > to) {
        return Ok(None);
    }
    let posts = store::posts_of(&mut tx, city, admitted.person, today).await?;
    drop(tx);
    let unseen_us = now.micros() - admitted.seen_at.micros();
    if by_cookie && unseen_us > TOUCH_SECS * 1_000_000 {
        db.operate(city, async |tx| store::touch(tx, city, hash, now).await).await?;
    }
    if !by_cookie && unseen_us > TOKEN_TOUCH_SECS * 1_000_000 {
        let account = admitted.account;
        db.operate(city, async |tx| store::used(tx, city, account, now).await).await?;
    }
    let posts = posts.iter().map(|p| PostChoice { post: p.id, title: p.text() }).collect();
    Ok(Some(caller(city, admitted, posts, zone)))
}

fn is_over(admitted: &Admitted, now: Moment) -> bool {
    let idle = now.micros() - admitted.seen_at.micros();
    let age = now.micros() - admitted.created_at.micros();
    idle > IDLE_SECS * 1_000_000 || age > ABSOLUTE_SECS * 1_000_000
}

fn caller(city: Id<Jurisdiction>, a: Admitted, posts: Vec<PostChoice>, zone: TimeZone) -> Caller {
    let on_behalf =
        a.represents.zip(a.represented_person).map(|(post, person)| OnBehalf { person, post });
    let post_title = match &a.represented_title {
        Some(title) => format!("{}{}{}", a.unit_name, a.title, words::on_behalf(a.role, title)),
        None => format!("{}{}", a.unit_name, a.title),
    };
    Caller {
        actor: Actor {
            jurisdiction: city,
            account: a.account,
            person: a.person,
            post: a.post,
            unit: a.unit,
            role: a.role,
            on_behalf,
        },
        name: a.name.unwrap_or_else(|| a.title.clone()),
        post_title,
        posts,
        form_token: a.form_token,
        city: a.city,
        zone,
        clock_offset_us: a.clock_offset_us,
    }
}

/// A session that is not yet open, with its account.
pub(crate) struct Pending {
    pub(crate) session: SessionRow,
    pub(crate) account: AccountRow,
    pub(crate) credential: CredentialRow,
}

impl Pending {
    /// The form must carry the token of this session.
    pub(crate) fn check(&self, values: &Values) -> Result<()> {
        let sent = values.text("token");
        let same: bool = self.session.form_token.as_bytes().ct_eq(sent.as_bytes()).into();
        if same { Ok(()) } else { Err(Refusal::rule(words::OPENING_OVER).into()) }
    }
}

/// The session of the cookie, when it waits in this stage; else the person begins anew.
pub(crate) async fn pending(call: &Call, stage: Stage) -> Result<Pending> {
    let over = || Error::from(Refusal::rule(words::OPENING_OVER));
    let (city, hash) = call.session().and_then(read_ticket).ok_or_else(over)?;
    let mut tx = call.read().await?;
    let now = call.db().clock().now();
    let session = store::session(&mut tx, city, hash).await?;
    let fits = |s: &SessionRow| {
        s.stage == stage && now.micros() - s.created_at.micros() < OPENING_SECS * 1_000_000
    };
    let session = session.filter(fits).ok_or_else(over)?;
    let account = store::account(&mut tx, city, session.account_id).await?;
    let credential = store::credential(&mut tx, city, session.account_id).await?;
    let (account, credential) = account.zip(credential).ok_or_else(over)?;
    let is_locked = credential.locked_until.is_some_and(|until| until > now);
    if account.disabled || credential.epoch != session.epoch {
        return Err(over());
    }
    if is_locked {
        return Err(Refusal::rule(words::LOCKED).into());
    }
    Ok(Pending { session, account, credential })
}

/// Takes a session to its next stage under a new token; the former token is void.
pub(crate) async fn advance(
    call: &Call,
    account: &AccountRow,
    passed: Passed,
    next: Option<String>,
) -> Result<Done> {
    let db = call.db();
    let (city, now) = (account.jurisdiction_id, db.clock().now());
    let Some(post) = post_to_open(db, account, now).await? else {
        return Err(Refusal::rule(words::NO_POST).into());
    };
    let secret = password::secret(32)?;
    let mut row = SessionRow {
        jurisdiction_id: city,
        token_hash: secret_hash(&secret),
        id: Uuid::now_v7(),
        account_id: account.id,
        post_id: Some(post),
        stage: Stage::Open,
        form_token: ticket(city, &password::secret(24)?),
        created_at: now,
        seen_at: now,
        epoch: 0,
        remote: call.remote.to_string(),
        agent: call.agent().chars().take(200).collect(),
    };
    let former = call.session().and_then(read_ticket).filter(|(of, _)| *of == city);
    db.operate(city, async |tx| {
        let credential = store::credential(tx, city, account.id).await?;
        let credential = credential.ok_or_else(Error::missing)?;
        row.stage = stage_after(passed, standing(tx, account, &credential, now).await?);
        row.epoch = credential.epoch;
        if let Some((_, hash)) = former {
            store::end_session(tx, city, hash).await?;
        }
        store::forget_sessions(tx, city, account.id, now.plus_secs(-FORMER_SECS)).await?;
        store::put(tx, &row).await?;
        store::end_oldest_sessions(tx, city, account.id, SESSIONS_MAX).await?;
        if row.stage != Stage::Open {
            return Ok(());
        }
        store::clear_failures(tx, city, account.id).await?;
        store::used(tx, city, account.id, now).await?;
        access::note_own(tx, call, account, Event::SignedIn).await
    })
    .await?;
    let next = next.filter(|n| is_inside(n)).unwrap_or_else(|| "/".to_owned());
    let location = match address(row.stage) {
        Some(at) => with_next(at, &next),
        None => carried::way_on(db, Owner { city, account: account.id }, next).await?,
    };
    Ok(Done { session: Some(Some(ticket(city, &secret))), ..Done::go(location) })
}

fn with_next(at: &str, next: &str) -> String {
    let encoded: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!("{at}?next={encoded}")
}

/// What is asked of an account before its session is open.
async fn standing(
    tx: &mut Tx,
    account: &AccountRow,
    credential: &CredentialRow,
    now: Moment,
) -> Result<Standing> {
    let city = account.jurisdiction_id;
    let age_secs = (now.micros() - credential.changed_at.micros()) / 1_000_000;
    let days_max = setting::profile(tx, city).await?.days_max();
    let is_old = days_max.is_some_and(|days| age_secs > days * 86_400);
    Ok(Standing {
        has_factor: credential.totp_secret.is_some(),
        must_change: credential.must_change || is_old,
        must_have_factor: must_have_factor(tx, account, now).await?,
    })
}

/// Whether one of the person's posts demands a second factor.
pub(crate) async fn must_have_factor(
    tx: &mut Tx,
    account: &AccountRow,
    now: Moment,
) -> Result<bool> {
    let city = account.jurisdiction_id;
    match setting::SECOND_FACTOR.of(tx, city).await?.as_str() {
        "off" => return Ok(false),
        "everyone" => return Ok(true),
        _ => {}
    }
    let today = access::today(tx, city, now).await?;
    let posts = store::posts_of(tx, city, account.person_id, today).await?;
    Ok(posts.iter().any(|p| needs_factor(p.role)))
}

/// The post that opens: the one used last, else the first.
async fn post_to_open(db: &Db, account: &AccountRow, now: Moment) -> Result<Option<Uuid>> {
    let city = account.jurisdiction_id;
    let mut tx = db.read().await?;
    let today = access::today(&mut tx, city, now).await?;
    let credential = store::credential(&mut tx, city, account.id).await?;
    let last = credential.and_then(|c| c.last_post_id);
    let posts = store::posts_of(&mut tx, city, account.person_id, today).await?;
    let found = posts.iter().find(|p| Some(p.id) == last).or_else(|| posts.first());
    Ok(found.map(|p| p.id))
}
