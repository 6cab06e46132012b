//! One request, parsed: who calls, for what, in which language, and when.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use jiff::tz::TimeZone;
use journal::{By, Db, Error, Hash, Receipt, Result, Tx};
use kernel::{
    Actor, Day, FieldError, Id, Jurisdiction, Lang, Moment, Permission, Role, Subject, Text,
};
use measures::Supply;
use uuid::Uuid;

use crate::beside::Aside;
use crate::body::{Raw, encode_query};
use crate::doorkeeper::Caller;
use crate::fields::FieldSpec;
use crate::house::Built;
use crate::paper::PaperSpec;
use crate::route::Route;

/// The query of a request.
pub type Query = Raw;

/// One request. Cheap to clone.
#[derive(Clone)]
pub struct Call {
    pub(crate) house: Arc<Built>,
    pub(crate) caller: Option<Arc<Caller>>,
    pub(crate) post: bool,
    pub(crate) name: &'static str,
    /// The fields of the act; none of a page.
    pub(crate) fields: &'static [FieldSpec],
    pub(crate) key: Uuid,
    pub(crate) body_hash: Hash,
    pub(crate) session: Option<String>,
    /// The form token of the session; the caller's own is masked for this answer.
    pub(crate) form_token: Option<String>,
    pub(crate) stale: bool,
    /// How many new things the bell tells of.
    pub(crate) news: Option<i64>,
    pub(crate) agent: String,
    pub(crate) upload_errors: Vec<FieldError>,
    pub(crate) params: Vec<(String, String)>,
    /// The path, without the sub-path of a proxy.
    pub path: String,
    /// The query.
    pub query: Query,
    /// The body of a POST.
    pub body: Raw,
    /// The language of the answer.
    pub lang: Lang,
    /// Whether JSON is wanted.
    pub json: bool,
    /// Where the request came from.
    pub remote: IpAddr,
}

impl Call {
    /// Who reads spreadsheets.
    pub fn sheet_reader(&self) -> &files::sheet::read::Reader {
        &self.house.settings.reader
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.house.db
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<Tx> {
        self.db().read().await
    }

    /// The name of the route: permission, act and file.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The signed-in caller; a public route answers "missing" without one.
    pub fn caller(&self) -> Result<&Caller> {
        self.caller.as_deref().ok_or_else(Error::missing)
    }

    /// The signed-in caller, if there is one.
    pub fn visitor(&self) -> Option<&Caller> {
        self.caller.as_deref()
    }

    /// Who acts.
    pub fn actor(&self) -> Result<&Actor> {
        Ok(&self.caller()?.actor)
    }

    /// The caller's city.
    pub fn city(&self) -> Result<Id<Jurisdiction>> {
        Ok(self.actor()?.jurisdiction)
    }

    /// The value of the session cookie, for the room that keeps sessions.
    pub fn session(&self) -> Option<&str> {
        self.session.as_deref()
    }

    /// What the browser says of itself.
    pub fn agent(&self) -> &str {
        &self.agent
    }

    /// The idempotency key that the form carried, or a new one.
    pub const fn key(&self) -> Uuid {
        self.key
    }

    /// An identifier in the path; another text is "missing".
    pub fn id(&self, name: &str) -> Result<Uuid> {
        self.param(name)?.parse().map_err(|_not_an_id: uuid::Error| Error::missing())
    }

    /// A text in the path.
    pub fn param(&self, name: &str) -> Result<&str> {
        let found = self.params.iter().find(|(n, _)| n == name);
        found.map(|(_, v)| v.as_str()).ok_or_else(Error::missing)
    }

    /// Now, by the city's clock.
    pub fn now(&self) -> Moment {
        let offset = self.caller.as_ref().map_or(0, |c| c.clock_offset_us);
        self.db().clock().now().plus_micros(offset)
    }

    /// The city's zone.
    pub fn zone(&self) -> TimeZone {
        self.caller.as_ref().map_or(TimeZone::UTC, |c| c.zone.clone())
    }

    /// Today in the city.
    pub fn today(&self) -> Day {
        self.now().day(&self.zone())
    }

    /// Whether the caller's role holds a permission.
    pub fn may(&self, permission: Permission) -> bool {
        self.caller.as_ref().is_some_and(|c| self.house.may(c.actor.role, permission))
    }

    /// The table role × permission.
    pub fn grants(&self) -> BTreeMap<Permission, &'static [Role]> {
        self.house.grants.iter().map(|(p, r)| (*p, *r)).collect()
    }

    /// The title of the act with this name, as the journal keeps it.
    pub fn act_title(&self, name: &str) -> Option<Text> {
        self.house.routes.iter().find_map(|route| match route {
            Route::Act(act) if act.permission.is_some_and(|p| p.0 == name) => Some(act.title),
            Route::Act(_) | Route::Page(_) => None,
        })
    }

    /// Where the person is, with the query but for some names.
    pub(crate) fn address(&self, without: &[&str]) -> String {
        let pairs = self.query.pairs().iter().filter(|(n, _)| !without.contains(&n.as_str()));
        let pairs: Vec<_> = pairs.cloned().collect();
        let mark = if pairs.is_empty() { "" } else { "?" };
        format!("{}{mark}{}", self.path, encode_query(&pairs))
    }

    /// An address inside the product, below the proxy's sub-path.
    pub fn href(&self, path: &str) -> String {
        format!("{}{path}", self.house.settings.base)
    }

    /// Whether the caller's role may open the page at an address inside the product.
    pub fn opens(&self, href: &str) -> bool {
        let path = href.split(['?', '#']).next().unwrap_or_default();
        self.house.routes.iter().any(|route| match route {
            Route::Page(page) => {
                fits(page.path, path) && page.permission.is_none_or(|p| self.may(p))
            }
            Route::Act(_) => false,
        })
    }

    /// Asks what the bell tells the caller; a page is shown without it rather than not at all.
    pub(crate) async fn hear_bell(&mut self) {
        let bell = self.house.bell.filter(|bell| !self.json && self.may(bell.permission));
        let Some(bell) = bell else { return };
        match (bell.count)(self).await {
            Ok(count) => self.news = Some(count),
            Err(e) => tracing::warn!(error = %e, "the bell is not heard"),
        }
    }

    /// Titles of subjects, as their rooms say them, with the address where the caller may open one.
    pub async fn titles(
        &self,
        tx: &mut Tx,
        subjects: &[Subject],
    ) -> Result<BTreeMap<Subject, (String, Option<String>)>> {
        let mut found = BTreeMap::new();
        for titles in &self.house.titles {
            for (subject, title, href) in titles(tx, self.city()?, subjects, self.lang).await? {
                let href = Some(href).filter(|href| self.opens(href));
                found.insert(subject, (title, href));
            }
        }
        Ok(found)
    }

    /// What rooms further right say of a subject, as far as the caller may see it.
    pub async fn beside(&self, tx: &mut Tx, subject: Subject) -> Result<Vec<Aside>> {
        let mut found = Vec::new();
        for beside in &self.house.beside {
            found.extend((beside.read)(self, tx, subject).await?);
        }
        Ok(found)
    }

    /// How a room further right calls a kind of fact that stands in the history of a card.
    pub fn fact_title(&self, kind: &str) -> Option<Text> {
        self.house.beside.iter().find_map(|beside| (beside.fact)(kind))
    }

    /// The papers that the building hands out, from the left room to the right.
    pub fn papers(&self) -> &[&'static PaperSpec] {
        &self.house.papers
    }

    /// The measures that the building supplies, from the left room to the right.
    pub fn measures(&self) -> &[Supply] {
        &self.house.measures
    }

    /// Runs an act of the caller under this route's name, with the form's key and reason.
    pub async fn act(
        &self,
        decide: impl AsyncFnOnce(&mut journal::Act) -> Result<()>,
    ) -> Result<Receipt> {
        self.db().act(self.by()?, decide).await
    }

    /// Runs an act of very many facts, such as an import.
    pub(crate) async fn long_act(
        &self,
        decide: impl AsyncFnOnce(&mut journal::Act) -> Result<()>,
    ) -> Result<Receipt> {
        self.db().long_act(self.by()?, decide).await
    }

    fn by(&self) -> Result<By> {
        let reason = self.body.get("reason").map(|r| r.trim().to_owned());
        let by = By::actor(self.actor()?, self.name).keyed(self.key, self.body_hash);
        Ok(by.because(reason))
    }
}

/// Whether an address is one of a route's path, `/units/{id}`.
fn fits(pattern: &str, path: &str) -> bool {
    let (mut parts, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (parts.next(), given.next()) {
            (None, None) => return true,
            (Some(part), Some(given)) if part == given || part.starts_with('{') => {}
            _ => return false,
        }
    }
}
