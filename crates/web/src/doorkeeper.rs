//! Who is calling. The room of people implements it; `web` only asks.

use jiff::tz::TimeZone;
use journal::{Boxed, Db, Result};
use kernel::{Actor, Id, Jurisdiction};
use uuid::Uuid;

use crate::carry::CarriedForm;

/// What a request carried to say who sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// Nothing.
    None,
    /// A session cookie's value.
    Cookie(String),
    /// A bearer token.
    Bearer(String),
}

/// A post that the caller may switch to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostChoice {
    /// The post.
    pub post: Uuid,
    /// How it is shown, `漯河市发展改革委 · 联络员`.
    pub title: String,
}

/// The signed-in person in one post.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who acts, in which post, for whom.
    pub actor: Actor,
    /// The person's name.
    pub name: String,
    /// The post as it is shown, with 代… when it is held for somebody.
    pub post_title: String,
    /// Every post of the person, the present one included.
    pub posts: Vec<PostChoice>,
    /// The token that every form of this session carries, under a mask of this answer; none for a
    /// bearer token.
    pub form_token: Option<String>,
    /// The city's name.
    pub city: String,
    /// The city's zone.
    pub zone: TimeZone,
    /// How far the city's clock is from the machine's, in microseconds.
    pub clock_offset_us: i64,
}

/// Whose form it was that came when nobody was signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The city.
    pub city: Id<Jurisdiction>,
    /// The account.
    pub account: Uuid,
}

/// Says who is calling, and keeps what a form said until its owner has signed in again.
pub trait Doorkeeper: Send + Sync {
    /// The caller, or nobody when the credentials are absent, unknown, expired or disabled.
    fn admit<'a>(
        &'a self,
        db: &'a Db,
        credentials: &'a Credentials,
    ) -> Boxed<'a, Result<Option<Caller>>>;

    /// Whose form carries this token, also after its session is over; nobody when the account
    /// is closed or its sessions were ended.
    fn owner<'a>(&'a self, db: &'a Db, token: &'a str) -> Boxed<'a, Result<Option<Owner>>>;

    /// Keeps a form for its owner; answers the ticket by which it is found again.
    fn keep<'a>(
        &'a self,
        db: &'a Db,
        owner: Owner,
        form: &'a CarriedForm,
    ) -> Boxed<'a, Result<String>>;

    /// The form of a ticket, if it was kept for this owner.
    fn kept<'a>(
        &'a self,
        db: &'a Db,
        owner: Owner,
        ticket: &'a str,
    ) -> Boxed<'a, Result<Option<CarriedForm>>>;

    /// Throws a kept form away, once it was sent.
    fn forget<'a>(&'a self, db: &'a Db, owner: Owner, ticket: &'a str) -> Boxed<'a, Result<()>>;
}
