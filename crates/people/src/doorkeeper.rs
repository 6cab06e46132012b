//! Who is calling: sessions and tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::tz::TimeZone;
use journal::{Boxed, Db, Error, Result};
use kernel::{Actor, Id, Jurisdiction, Moment, OnBehalf};
use uuid::Uuid;
use web::{Caller, Credentials, Doorkeeper, PostChoice};

use crate::store::{self, Admitted};
use crate::tables::Stage;

/// A session that does nothing for so long ends.
pub(crate) const IDLE_SECS: i64 = 30 * 60;
/// A session ends after so long whatever happens.
pub(crate) const ABSOLUTE_SECS: i64 = 12 * 60 * 60;
/// How old the mark "seen" may become before it is written again.
const TOUCH_SECS: i64 = 60;

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
    if by_cookie && now.micros() - admitted.seen_at.micros() > TOUCH_SECS * 1_000_000 {
        db.operate(city, async |tx| store::touch(tx, city, hash, now).await).await?;
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
        Some(title) => format!("{}{}（代{title}）", a.unit_name, a.title),
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
