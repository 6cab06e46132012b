//! The founded city: its posts, units, lines and series by name, its clock, its journal.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use jiff::tz::TimeZone;
use journal::{Act, By, Db, Engine, Entry, Receipt, Tx, history};
use kernel::{Day, Id, Jurisdiction, Moment, Role};
use people::found::{self, NewToken, OpenedSession};
use tokio::sync::Mutex;
use uuid::Uuid;
use web::{House, Plan, Settings};

use crate::Caller;
use crate::database::{Elsewhere, Opened};
use crate::founding::{Founded, found_city};

/// Answers wait for whatever an act begins: a slow machine changes nothing.
fn patient() -> Settings {
    Settings { patience: Some(std::time::Duration::from_secs(600)), ..Settings::default() }
}

/// The password of every account of a test city.
pub const PASSWORD: &str = "Cloud-2021-river";

/// The hash of [`PASSWORD`], made once because hashing is slow on purpose.
pub const PASSWORD_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$zuS2DXlPIQXN41J5ESL/lA$\
    mUewj7x+LsQbSSZnEc5qj14vK2X33PM3CBS0MYDDyc0";

/// A session is opened anew when the clock has moved on by so much: tests may jump by months.
const RENEW_SECS: i64 = 20 * 60;

/// A post of the founded city with its person and account.
#[derive(Clone, Debug)]
pub struct Held {
    /// The post.
    pub post: Uuid,
    /// Who holds it.
    pub person: Uuid,
    /// The person's account.
    pub account: Uuid,
    /// The account's sign-in name.
    pub account_name: String,
    /// The unit of the post.
    pub unit: Uuid,
    /// The unit's short name.
    pub unit_name: String,
    /// The role.
    pub role: Role,
    /// The title.
    pub title: String,
}

/// A city founded for one test. Cheap to clone.
#[derive(Clone)]
pub struct City(Arc<Inner>);

struct Inner {
    db: Db,
    router: Router,
    cookie: &'static str,
    plans: fn() -> Vec<Plan>,
    id: Id<Jurisdiction>,
    founded: Founded,
    sessions: Mutex<BTreeMap<Uuid, (OpenedSession, Moment)>>,
    tokens: Mutex<BTreeMap<Uuid, String>>,
    // Last, so that the database is taken away after its handles.
    opened: Arc<Opened>,
}

impl City {
    pub(crate) async fn found(db: Db, plans: fn() -> Vec<Plan>, opened: &Arc<Opened>) -> Self {
        let id = Id::new();
        let founded = found_city(&db, id).await;
        let house = House::new(plans(), Box::new(people::Door));
        let router = house.open(db.clone(), patient());
        Self(Arc::new(Inner {
            db,
            router,
            cookie: Settings::default().session_cookie(),
            plans,
            id,
            founded,
            sessions: Mutex::default(),
            tokens: Mutex::default(),
            opened: Arc::clone(opened),
        }))
    }

    /// Another city, founded alike in the same database; it shares the clock.
    pub async fn twin(&self) -> Self {
        Self::found(self.0.db.clone(), self.0.plans, &self.0.opened).await
    }

    /// The same city as it was brought into another database.
    pub fn moved(&self, elsewhere: &Elsewhere) -> Self {
        let house = House::new((self.0.plans)(), Box::new(people::Door));
        let router = house.open(elsewhere.db.clone(), patient());
        Self(Arc::new(Inner {
            db: elsewhere.db.clone(),
            router,
            cookie: self.0.cookie,
            plans: self.0.plans,
            id: self.0.id,
            founded: self.0.founded.clone(),
            sessions: Mutex::default(),
            tokens: Mutex::default(),
            opened: Arc::clone(&elsewhere.opened),
        }))
    }

    /// The same city, reached in another way.
    #[must_use]
    pub fn reached(&self, settings: Settings) -> Self {
        let cookie = settings.session_cookie();
        let house = House::new((self.0.plans)(), Box::new(people::Door));
        Self(Arc::new(Inner {
            db: self.0.db.clone(),
            router: house.open(self.0.db.clone(), settings),
            cookie,
            plans: self.0.plans,
            id: self.0.id,
            founded: self.0.founded.clone(),
            sessions: Mutex::default(),
            tokens: Mutex::default(),
            opened: Arc::clone(&self.0.opened),
        }))
    }

    /// The name of the session cookie.
    pub(crate) fn cookie(&self) -> &'static str {
        self.0.cookie
    }

    /// A database without a city, on an engine, under this city's clock.
    pub async fn elsewhere(&self, engine: Engine) -> Elsewhere {
        Elsewhere::open(engine, self.0.plans, self.0.db.clock().clone()).await
    }

    /// The city's identifier.
    pub fn id(&self) -> Id<Jurisdiction> {
        self.0.id
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// A connection for reading.
    pub async fn read(&self) -> Tx {
        self.0.db.read().await.expect("a connection for reading")
    }

    pub(crate) fn router(&self) -> Router {
        self.0.router.clone()
    }

    /// Nobody: not signed in, keeps the cookie it gets by signing in.
    pub fn anonymous(&self) -> Caller {
        Caller::new(self.clone(), None)
    }

    /// The first post with this role.
    #[track_caller]
    pub fn as_(&self, role: Role) -> Caller {
        let found = self.0.founded.posts.iter().find(|held| held.role == role);
        let held = found.unwrap_or_else(|| panic!("the test city has no {}", role.word()));
        Caller::new(self.clone(), Some(Arc::clone(held)))
    }

    /// A post by role and unit, `liaison of 临颍县`; a number counts the holders from 1,
    /// `officer of 督查局 2`.
    #[track_caller]
    pub fn post(&self, name: &str) -> Caller {
        let (role, rest) = name.split_once(" of ").unwrap_or((name, ""));
        let (unit, number) = match rest.split_once(' ') {
            Some((unit, number)) => (unit, number.parse().expect("a number after the unit")),
            None => (rest, 1_usize),
        };
        let fits = |held: &&Arc<Held>| held.role.word() == role && held.unit_name == unit;
        let found = self.0.founded.posts.iter().filter(fits).nth(number - 1);
        let held = found.unwrap_or_else(|| panic!("the test city has no {name}"));
        Caller::new(self.clone(), Some(Arc::clone(held)))
    }

    /// A caller for a post that a test made: its person must have an account of the test city.
    pub fn caller(&self, held: Held) -> Caller {
        Caller::new(self.clone(), Some(Arc::new(held)))
    }

    /// All posts of the founded city.
    pub fn posts(&self) -> impl Iterator<Item = Caller> + '_ {
        self.0.founded.posts.iter().map(|held| Caller::new(self.clone(), Some(Arc::clone(held))))
    }

    /// A unit by its short name, `临颍县`.
    #[track_caller]
    pub fn unit(&self, name: &str) -> Uuid {
        named(&self.0.founded.units, name)
    }

    /// A line of work by its name, `项目建设`.
    #[track_caller]
    pub fn line(&self, name: &str) -> Uuid {
        named(&self.0.founded.lines, name)
    }

    /// A peer group by its name, `县区组`.
    #[track_caller]
    pub fn group(&self, name: &str) -> Uuid {
        named(&self.0.founded.groups, name)
    }

    /// A series of sittings by its name, `周交办会`.
    #[track_caller]
    pub fn series(&self, name: &str) -> Uuid {
        named(&self.0.founded.series, name)
    }

    /// A sitting of 周交办会, planned for a day.
    pub async fn sitting(&self, day: Day) -> Uuid {
        let (series, mut planned) = (self.series("周交办会"), None);
        let done = self.program(async |act| {
            planned = Some(people::sitting::plan(act, day, vec![series]).await?);
            Ok(())
        });
        done.await.expect("a sitting is planned");
        planned.expect("it was planned")
    }

    /// The zone of every test city.
    pub fn zone() -> TimeZone {
        TimeZone::get("Asia/Shanghai").expect("a zone")
    }

    /// A moment in the city's zone, `("2021-11-03", "09:30")`.
    pub fn moment(day: impl std::fmt::Display, time: &str) -> Moment {
        let text = format!("{day}T{time}:00");
        let local: jiff::civil::DateTime = text.parse().expect("a day and HH:MM");
        Moment::new(local.to_zoned(Self::zone()).expect("a time of the day").timestamp())
    }

    /// Sets the clock of this test, `("2021-11-03", "09:30")`; it stands until it is set again.
    pub fn set_clock(&self, day: impl std::fmt::Display, time: &str) {
        self.0.db.clock().set(Self::moment(day, time));
    }

    /// Moves the clock of this test on.
    pub fn pass_minutes(&self, minutes: i64) {
        let clock = self.0.db.clock();
        clock.set(clock.now().plus_secs(minutes * 60));
    }

    /// Today in the city.
    pub fn today(&self) -> Day {
        self.0.db.clock().now().day(&Self::zone())
    }

    /// Runs an act of a caller below HTTP and answers what it answered.
    pub async fn act<T>(
        &self,
        caller: &Caller,
        decide: impl AsyncFnOnce(&mut Act) -> journal::Result<T>,
    ) -> journal::Result<T> {
        let actor = caller.actor().await;
        let mut answer = None;
        self.0
            .db
            .act(By::actor(&actor, "test.act"), async |act| {
                answer = Some(decide(act).await?);
                Ok(())
            })
            .await?;
        Ok(answer.expect("an act that was done has answered"))
    }

    /// Runs an act of the program itself: reconcilers, the demo's founding.
    pub async fn program(
        &self,
        decide: impl AsyncFnOnce(&mut Act) -> journal::Result<()>,
    ) -> journal::Result<Receipt> {
        self.0.db.act(By::program(self.0.id, "test.program"), decide).await
    }

    /// The newest facts, newest first.
    pub async fn facts(&self, limit: i64) -> Vec<Entry> {
        let mut tx = self.read().await;
        let filter = history::Filter::default();
        history::newest(&mut tx, self.0.id, &filter, limit).await.expect("the newest facts")
    }

    /// The kinds of the newest facts, newest first.
    pub async fn kinds(&self, limit: i64) -> Vec<String> {
        self.facts(limit).await.into_iter().map(|entry| entry.kind).collect()
    }

    /// How many facts there are: to show that a refused act left none.
    pub async fn seq(&self) -> i64 {
        self.0.db.head(self.0.id).await.expect("a head").seq
    }

    /// Fails the test unless chain, rebuild and comparison find everything whole.
    pub async fn verify(&self) {
        let shelf = files::Shelf::of(&self.0.db);
        let report = journal::verify(&self.0.db, self.0.id, &shelf, None).await;
        let report = report.expect("a report");
        let differences: Vec<_> = report.differences.iter().map(ToString::to_string).collect();
        assert!(report.is_whole(), "not as the journal says:\n{}", differences.join("\n"));
        assert_eq!(report.facts, self.seq().await, "every fact was checked");
    }

    /// Lets all followers read the journal to its end: inbox, search.
    pub async fn catch_up(&self) {
        for follower in (self.0.plans)().into_iter().flat_map(|plan| plan.followers) {
            follower.catch_up(&self.0.db, self.0.id).await.expect("a follower catches up");
        }
    }

    /// The session of a post; a new one when the clock has moved on far.
    pub(crate) async fn session(&self, held: &Held) -> OpenedSession {
        let now = self.0.db.clock().now();
        let mut sessions = self.0.sessions.lock().await;
        let is_fresh = |at: &Moment| (now.micros() - at.micros()).abs() < RENEW_SECS * 1_000_000;
        if let Some((session, _)) = sessions.get(&held.post).filter(|(_, at)| is_fresh(at)) {
            return session.clone();
        }
        let whose = (held.account, held.post);
        let open = async |tx: &mut Tx| found::open_session(tx, self.0.id, whose, now).await;
        let session = self.0.db.operate(self.0.id, open).await.expect("a session");
        sessions.insert(held.post, (session.clone(), now));
        session
    }

    /// A bearer token of a post, valid for years.
    pub(crate) async fn token(&self, held: &Held) -> String {
        let now = self.0.db.clock().now();
        let mut tokens = self.0.tokens.lock().await;
        if let Some(token) = tokens.get(&held.post) {
            return token.clone();
        }
        let (account, post) = (held.account, held.post);
        let new = NewToken { account, post, name: "test", days: 3_650 };
        let make = async |tx: &mut Tx| found::make_token(tx, self.0.id, &new, now).await;
        let token = self.0.db.operate(self.0.id, make).await.expect("a token");
        tokens.insert(held.post, token.clone());
        token
    }
}

#[track_caller]
fn named(all: &BTreeMap<&'static str, Uuid>, name: &str) -> Uuid {
    let found = all.get(name);
    *found.unwrap_or_else(|| panic!("{name} is not one of {:?}", all.keys().collect::<Vec<_>>()))
}
