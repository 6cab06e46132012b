//! Founding a city and filling it: what `setup`, import wizards and the demo city call. Each
//! function is one step inside an open act.

use journal::{Act, Result};
use kernel::{Day, Role, Subject, SubjectKind};
use uuid::Uuid;

use crate::calendar::notice;
use crate::facts::Fact;
use crate::post::{Wanted, may_take};
use crate::store;
use crate::tables::{
    AccountClass, CredentialRow, SeriesKind, SessionRow, SignInNameRow, Stage, TokenRow, UnitKind,
    WatchTarget,
};

/// A unit to be added.
#[derive(Clone, Debug)]
pub struct NewUnit<'a> {
    /// The unit above.
    pub parent: Option<Uuid>,
    /// Its level.
    pub kind: UnitKind,
    /// Its full name.
    pub name: &'a str,
    /// Its short name.
    pub short_name: &'a str,
    /// Its place among its neighbours.
    pub sort: i64,
    /// From which day it exists.
    pub from: Day,
}

/// Adds a unit.
pub async fn add_unit(act: &mut Act, unit: &NewUnit<'_>) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let fact = Fact::UnitAdded {
        parent: unit.parent,
        kind: unit.kind,
        name: unit.name.to_owned(),
        short_name: unit.short_name.to_owned(),
        sort: unit.sort,
        from: unit.from,
    };
    act.record(Subject::new(SubjectKind::Unit, id), &fact).await?;
    Ok(id)
}

/// Adds a peer group.
pub async fn add_group(act: &mut Act, name: &str, sort: i64) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let fact = Fact::GroupAdded { id, name: name.to_owned(), sort };
    act.record(Subject::new(SubjectKind::PeerGroup, id), &fact).await?;
    Ok(id)
}

/// Puts a unit into its first group.
pub async fn join_group(act: &mut Act, unit: Uuid, group: Uuid, from: Day) -> Result<()> {
    let fact = Fact::UnitGrouped { group, from, former_from: None, former_to: None };
    act.record(Subject::new(SubjectKind::Unit, unit), &fact).await
}

/// A line of work to be set.
#[derive(Clone, Debug)]
pub struct NewLine<'a> {
    /// Its name.
    pub name: &'a str,
    /// The post that leads it.
    pub leader: Option<Uuid>,
    /// The department that verifies first.
    pub department: Option<Uuid>,
    /// Its place.
    pub sort: i64,
}

/// Adds a line of work.
pub async fn add_line(act: &mut Act, line: &NewLine<'_>) -> Result<Uuid> {
    let id = Uuid::now_v7();
    set_line(act, id, line).await?;
    Ok(id)
}

/// Gives a line of work another name, leader, department or place.
pub async fn set_line(act: &mut Act, id: Uuid, line: &NewLine<'_>) -> Result<()> {
    let fact = Fact::LineSet {
        id,
        name: line.name.to_owned(),
        leader: line.leader,
        department: line.department,
        sort: line.sort,
    };
    act.record(Subject::new(SubjectKind::Line, id), &fact).await
}

/// Adds a person with a sealed name and, if known, a sealed telephone number.
pub async fn add_person(act: &mut Act, name: &str, phone: Option<&str>) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let subject = Subject::new(SubjectKind::Person, id);
    let on = act.today();
    act.record(subject, &Fact::PersonAdded { on }).await?;
    act.seal(subject, "name", name).await?;
    if let Some(phone) = phone {
        act.seal(subject, "phone", phone).await?;
    }
    Ok(id)
}

/// A post to be taken.
#[derive(Clone, Debug)]
pub struct NewPost<'a> {
    /// By whom.
    pub person: Uuid,
    /// In which unit.
    pub unit: Uuid,
    /// With which role.
    pub role: Role,
    /// The title.
    pub title: &'a str,
    /// The post for which it acts.
    pub represents: Option<Uuid>,
    /// The line of work.
    pub line: Option<Uuid>,
    /// From which day.
    pub from: Day,
    /// The last day, for stand-ins and inspectors.
    pub to: Option<Day>,
}

/// Gives a person a post. The three administrators hold no other post and nobody else holds
/// theirs; the database refuses it as well.
pub async fn take_post(act: &mut Act, post: &NewPost<'_>) -> Result<Uuid> {
    let city_id = act.jurisdiction();
    let held = store::all_posts_of(act, city_id, post.person).await?;
    let account = store::class_of(act, city_id, post.person).await?;
    // A secretary acts for a leader as long as the post is held; a stand-in only for a time.
    let is_stand_in = post.represents.is_some() && post.role != Role::Secretary;
    let (role, from, to) = (post.role, post.from, post.to);
    may_take(Wanted { role, from, to, is_stand_in }, &held, account)?;
    let id = Uuid::now_v7();
    let fact = Fact::PostTaken {
        id,
        unit: post.unit,
        role: post.role,
        title: post.title.to_owned(),
        represents: post.represents,
        line: post.line,
        from: post.from,
        to: post.to,
    };
    act.record(Subject::new(SubjectKind::Person, post.person), &fact).await?;
    Ok(id)
}

/// Ends a post after a day; its rights end with it, and so do the person's sessions.
pub async fn leave_post(act: &mut Act, post: Uuid, to: Day) -> Result<()> {
    let city = act.jurisdiction();
    let row = store::post(act, city, post).await?.ok_or_else(journal::Error::missing)?;
    let subject = Subject::new(SubjectKind::Person, row.person_id);
    act.record(subject, &Fact::PostLeft { id: post, to }).await?;
    end_sessions_of(act, row.person_id).await
}

/// Ends the sessions of a person whose rights have changed.
pub(crate) async fn end_sessions_of(act: &mut Act, person: Uuid) -> Result<()> {
    let city = act.jurisdiction();
    let row = store::person(act, city, person).await?;
    match row.and_then(|p| p.account) {
        Some(account) => store::end_sessions(act, city, account).await,
        None => Ok(()),
    }
}

/// Lets a post look after a unit or line, or limits it to them.
pub async fn watch(act: &mut Act, post: Uuid, target: WatchTarget, id: Uuid) -> Result<()> {
    let city = act.jurisdiction();
    let person = store::post(act, city, post).await?;
    let person = person.ok_or_else(journal::Error::missing)?.person_id;
    let subject = Subject::new(SubjectKind::Person, person);
    act.record(subject, &Fact::WatchSet { post, target, id }).await
}

/// An account to be opened.
#[derive(Clone, Debug)]
pub struct NewAccount<'a> {
    /// Whose.
    pub person: Uuid,
    /// The sign-in name.
    pub name: &'a str,
    /// What it is for.
    pub class: AccountClass,
    /// The hash of the first password.
    pub password_hash: String,
    /// Whether the first password is a one-time code.
    pub must_change: bool,
}

/// Opens an account.
pub async fn open_account(act: &mut Act, account: NewAccount<'_>) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let fact = Fact::AccountOpened { id, name: account.name.to_owned(), class: account.class };
    act.record(Subject::new(SubjectKind::Person, account.person), &fact).await?;
    let city = act.jurisdiction();
    // Ages of passwords are counted by the machine's clock, not by the city's.
    let offset_us = store::jurisdiction(act, city).await?.clock_offset_us;
    let changed_at = act.now().plus_micros(-offset_us);
    let name =
        SignInNameRow { name: account.name.to_owned(), jurisdiction_id: city, account_id: id };
    store::put(act, &name).await?;
    let credential = first_credential((city, id), account.password_hash, changed_at);
    store::put(act, &CredentialRow { must_change: account.must_change, ..credential }).await?;
    store::used(act, city, id, changed_at).await?;
    Ok(id)
}

/// What an account signs in by at first: a one-time code, to be changed at once.
pub(crate) const fn first_credential(
    (jurisdiction_id, account_id): (kernel::Id<kernel::Jurisdiction>, Uuid),
    password_hash: String,
    changed_at: kernel::Moment,
) -> CredentialRow {
    CredentialRow {
        jurisdiction_id,
        account_id,
        password_hash,
        must_change: true,
        changed_at,
        totp_secret: None,
        totp_step: 0,
        failures: 0,
        locked_until: None,
        epoch: 1,
        last_post_id: None,
    }
}

/// A bearer token for an account in one of its posts.
#[derive(Clone, Debug)]
pub struct NewToken<'a> {
    /// Whose.
    pub account: Uuid,
    /// In which post.
    pub post: Uuid,
    /// What it is for.
    pub name: &'a str,
    /// How long it is valid.
    pub days: i64,
}

/// Makes a bearer token; it is shown once and only its hash is kept.
pub async fn make_token(
    tx: &mut journal::Tx,
    city: kernel::Id<kernel::Jurisdiction>,
    token: &NewToken<'_>,
    now: kernel::Moment,
) -> Result<String> {
    let secret = crate::password::secret(32)?;
    let row = TokenRow {
        jurisdiction_id: city,
        token_hash: crate::doorkeeper::secret_hash(&secret),
        id: Uuid::now_v7(),
        account_id: token.account,
        post_id: token.post,
        name: token.name.to_owned(),
        created_at: now,
        expires_at: now.plus_secs(token.days * 86_400),
    };
    store::put(tx, &row).await?;
    Ok(crate::doorkeeper::ticket(city, &secret))
}

/// A session that was opened: the cookie's value and the token of its forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedSession {
    /// The value of the session cookie.
    pub cookie: String,
    /// What every form of this session carries.
    pub form_token: String,
}

/// Opens a session without asking for a password: the entrance for tests and screenshots.
pub async fn open_session(
    tx: &mut journal::Tx,
    city: kernel::Id<kernel::Jurisdiction>,
    (account, post): (Uuid, Uuid),
    now: kernel::Moment,
) -> Result<OpenedSession> {
    let credential = store::credential(tx, city, account).await?;
    let epoch = credential.ok_or_else(journal::Error::missing)?.epoch;
    let secret = crate::password::secret(32)?;
    let form_token = crate::doorkeeper::ticket(city, &crate::password::secret(24)?);
    let row = SessionRow {
        jurisdiction_id: city,
        token_hash: crate::doorkeeper::secret_hash(&secret),
        id: Uuid::now_v7(),
        account_id: account,
        post_id: Some(post),
        stage: Stage::Open,
        form_token: form_token.clone(),
        created_at: now,
        seen_at: now,
        epoch,
        remote: "127.0.0.1".to_owned(),
        agent: String::new(),
    };
    store::put(tx, &row).await?;
    Ok(OpenedSession { cookie: crate::doorkeeper::ticket(city, &secret), form_token })
}

/// Records a setting.
pub async fn set(act: &mut Act, name: &str, value: &str) -> Result<()> {
    let fact = Fact::SettingChanged { name: name.to_owned(), value: value.to_owned() };
    act.record(city(act), &fact).await
}

/// Enters the State Council's notice of a year, as the program proposes it; false when the
/// program knows none.
pub async fn confirm_year(act: &mut Act, year: i16) -> Result<bool> {
    let Some((source, days)) = notice(year) else { return Ok(false) };
    let fact = Fact::YearConfirmed { year: i64::from(year), notice: source.to_owned(), days };
    act.record(city(act), &fact).await?;
    Ok(true)
}

/// Adds a series of sittings.
pub async fn add_series(
    act: &mut Act,
    kind: SeriesKind,
    name: &str,
    leader: Option<Uuid>,
    sort: i64,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let fact = Fact::SeriesAdded { kind, name: name.to_owned(), leader, sort };
    act.record(Subject::new(SubjectKind::Series, id), &fact).await?;
    Ok(id)
}

fn city(act: &Act) -> Subject {
    Subject::new(SubjectKind::Jurisdiction, act.jurisdiction().uuid())
}
