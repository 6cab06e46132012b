//! The building: rooms' plans become one router, each route behind its permission.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, RawPathParams, Request, State};
use axum::routing::{MethodRouter, get};
use http::{HeaderValue, Method, Response, StatusCode, header};
use journal::{Boxed, Db, Error, Follower, Tx};
use kernel::{Grant, Id, Jurisdiction, Lang, Permission, Role, Subject, Text};
use measures::Supply;
use uuid::Uuid;

use crate::answer::Answer;
use crate::beside::Beside;
use crate::body::Raw;
use crate::call::Call;
use crate::compress::May;
use crate::doorkeeper::{Caller, Credentials, Doorkeeper};
use crate::fields::FieldSpec;
use crate::paper::PaperSpec;
use crate::route::{Count, Route};
use crate::{act_page, carry, compress, guard, mask, openapi, param, receive};

/// One entry of the navigation, shown to roles that hold its permission.
#[derive(Clone, Copy, Debug)]
pub struct Nav {
    /// Its place; lower stands higher.
    pub order: u16,
    /// Its label.
    pub label: Text,
    /// Its address.
    pub href: &'static str,
    /// Its icon's name.
    pub icon: &'static str,
    /// What it demands.
    pub permission: Permission,
}

/// How a room's subjects are titled and where they are found.
pub type Titles = for<'a> fn(
    &'a mut Tx,
    Id<Jurisdiction>,
    &'a [Subject],
    Lang,
) -> Boxed<'a, journal::Result<Vec<(Subject, String, String)>>>;

/// What a room hands to the building.
pub struct Plan {
    /// The room as the journal sees it.
    pub room: journal::Room,
    /// Its pages and acts.
    pub routes: Vec<Route>,
    /// Who may do what.
    pub grants: &'static [Grant],
    /// Its entries in the navigation.
    pub nav: &'static [Nav],
    /// Its followers.
    pub followers: Vec<Follower>,
    /// How its subjects are titled.
    pub titles: Option<Titles>,
    /// What it adds to the cards of rooms on its left.
    pub beside: Option<Beside>,
    /// The papers that it hands out.
    pub papers: &'static [&'static PaperSpec],
    /// The measures that it supplies.
    pub measures: Option<Supply>,
}

/// How the program is reached.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The proxy's sub-path, `/duban`, or empty.
    pub base: String,
    /// Whether browsers reach it by TLS.
    pub secure: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
    /// How long a body may take; ten minutes unless told otherwise, for 64 MiB at 1 Mbit/s.
    pub body_time_max: Option<Duration>,
    /// How long an answer waits for a work that then goes on by itself; a second unless told
    /// otherwise.
    pub patience: Option<Duration>,
    /// A label shown on every page of a city that is not real.
    pub label: Option<Text>,
    /// Who reads spreadsheets: a process of its own; within this one in tests.
    pub reader: files::sheet::read::Reader,
}

impl Settings {
    /// The name of the session cookie; with TLS the browser itself keeps it to this host.
    pub const fn session_cookie(&self) -> &'static str {
        if self.secure && self.base.is_empty() { "__Host-duban" } else { "duban" }
    }
}

/// One address of the building.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// Its path, with `{names}` for what varies.
    pub path: &'static str,
    /// What it demands; nothing for the few public ones.
    pub permission: Option<Permission>,
    /// Whether it is an act.
    pub is_act: bool,
}

/// All rooms, before the doors open.
pub struct House {
    plans: Vec<Plan>,
    doorkeeper: Box<dyn Doorkeeper>,
    description: Option<&'static str>,
}

/// What every request shares.
pub(crate) struct Built {
    pub(crate) db: Db,
    pub(crate) settings: Settings,
    pub(crate) doorkeeper: Box<dyn Doorkeeper>,
    pub(crate) routes: Vec<Route>,
    pub(crate) grants: BTreeMap<Permission, &'static [Role]>,
    pub(crate) nav: Vec<Nav>,
    pub(crate) titles: Vec<Titles>,
    pub(crate) beside: Vec<Beside>,
    pub(crate) papers: Vec<&'static PaperSpec>,
    pub(crate) measures: Vec<Supply>,
    pub(crate) bell: Option<Bell>,
    pub(crate) openapi: Cow<'static, str>,
}

/// The page that the bell opens, whom it is shown to, and what counts its news.
#[derive(Clone, Copy)]
pub(crate) struct Bell {
    pub(crate) path: &'static str,
    pub(crate) permission: Permission,
    pub(crate) label: Text,
    pub(crate) count: Count,
}

impl Bell {
    fn of(route: &Route) -> Option<Self> {
        match route {
            Route::Page(page) => page.permission.zip(page.bell).map(|(permission, count)| Self {
                path: page.path,
                permission,
                label: page.summary,
                count,
            }),
            Route::Act(_) => None,
        }
    }
}

impl Built {
    pub(crate) fn may(&self, role: Role, permission: Permission) -> bool {
        self.grants.get(&permission).is_some_and(|roles| roles.contains(&role))
    }
}

impl House {
    /// The rooms, from left to right, and who keeps the door.
    pub fn new(plans: Vec<Plan>, doorkeeper: Box<dyn Doorkeeper>) -> Self {
        Self { plans, doorkeeper, description: None }
    }

    /// The description served at `/api/openapi.json`, written down with what every page gives;
    /// without one it is made of what the routes declare.
    #[must_use]
    pub const fn described(mut self, description: &'static str) -> Self {
        self.description = Some(description);
        self
    }

    /// The rooms as the journal sees them.
    pub fn rooms(&self) -> journal::Rooms {
        journal::Rooms::new(std::iter::once(files::ROOM).chain(self.plans.iter().map(|p| p.room)))
    }

    /// All followers.
    pub fn followers(&self) -> Vec<Follower> {
        self.plans.iter().flat_map(|p| p.followers.iter().copied()).collect()
    }

    /// The table role × permission.
    pub fn grants(&self) -> BTreeMap<Permission, &'static [Role]> {
        self.plans.iter().flat_map(|p| p.grants).map(|g| (g.permission, g.roles)).collect()
    }

    /// Every address with the permission it demands; acts have a form (GET) and an answer (POST).
    pub fn addresses(&self) -> Vec<Address> {
        let routes = self.plans.iter().flat_map(|p| &p.routes);
        let address = |route: &Route| match route {
            Route::Page(page) => {
                Address { path: page.path, permission: page.permission, is_act: false }
            }
            Route::Act(act) => Address { path: act.path, permission: act.permission, is_act: true },
        };
        routes.map(address).collect()
    }

    /// Opens the doors on a database.
    pub fn open(self, db: Db, settings: Settings) -> Router {
        let grants = self.grants();
        let mut nav: Vec<_> = self.plans.iter().flat_map(|p| p.nav.iter().copied()).collect();
        nav.sort_by_key(|n| n.order);
        let titles = self.plans.iter().filter_map(|p| p.titles).collect();
        let beside = self.plans.iter().filter_map(|p| p.beside).collect();
        let papers = self.plans.iter().flat_map(|p| p.papers.iter().copied()).collect();
        let measures = self.plans.iter().filter_map(|p| p.measures).collect();
        let routes: Vec<_> = self.plans.into_iter().flat_map(|p| p.routes).collect();
        let bell = routes.iter().find_map(Bell::of);
        let openapi = match self.description {
            Some(written) => Cow::Borrowed(written),
            None => Cow::Owned(openapi::describe(&routes).to_string()),
        };
        let doorkeeper = self.doorkeeper;
        let built = Arc::new(Built {
            db,
            settings,
            doorkeeper,
            routes,
            grants,
            nav,
            titles,
            beside,
            papers,
            measures,
            bell,
            openapi,
        });
        let mut methods: BTreeMap<&'static str, MethodRouter<Arc<Built>>> = BTreeMap::new();
        for (i, route) in built.routes.iter().enumerate() {
            let (path, post) = match route {
                Route::Page(page) => (page.path, false),
                Route::Act(act) => (act.path, true),
            };
            let serve =
                move |State(built): State<Arc<Built>>, params: RawPathParams, request: Request| {
                    serve(built, i, params, request)
                };
            let here = methods.remove(path).unwrap_or_default();
            let here = if post { here.get(serve).post(serve) } else { here.get(serve) };
            methods.insert(path, here);
        }
        let mut router = Router::new();
        for (path, method) in methods {
            router = router.route(path, method);
        }
        router
            .route("/assets/{*path}", get(asset))
            .route("/healthz", get(healthz))
            .route("/api/openapi.json", get(api))
            .fallback(nowhere)
            .layer(DefaultBodyLimit::max(receive::UPLOAD_MAX))
            .with_state(built)
    }
}

async fn healthz(State(built): State<Arc<Built>>) -> Response<Body> {
    let answer = match built.db.jurisdictions().await {
        Ok(_) => Answer::text(StatusCode::OK, "ok\n"),
        Err(e) => {
            tracing::warn!(error = %e, "not healthy");
            Answer::text(StatusCode::SERVICE_UNAVAILABLE, "the database cannot be reached\n")
        }
    };
    finish(&built, answer)
}

async fn api(State(built): State<Arc<Built>>, request: Request) -> Response<Body> {
    let may = May::of(request.headers());
    let body = built.openapi.as_bytes().to_vec();
    let answer = Answer::new(StatusCode::OK, "application/json", body);
    finish(&built, compress::compressed(answer, may))
}

async fn asset(State(built): State<Arc<Built>>, request: Request) -> Response<Body> {
    let Some(asset) = ui::assets::asset(request.uri().path()) else {
        return finish(&built, Answer::text(StatusCode::NOT_FOUND, "not found\n"));
    };
    let accepted = guard::text(request.headers(), "accept-encoding").unwrap_or_default();
    let (body, encoding) = if accepted.contains("br") && !asset.brotli.is_empty() {
        (asset.brotli, Some("br"))
    } else if accepted.contains("gzip") && !asset.gzip.is_empty() {
        (asset.gzip, Some("gzip"))
    } else {
        (asset.body, None)
    };
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.mime));
    let year = HeaderValue::from_static("public, max-age=31536000, immutable");
    headers.insert(header::CACHE_CONTROL, year);
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    guard::add_headers(headers, &built.settings);
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    response
}

async fn nowhere(State(built): State<Arc<Built>>, request: Request) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let answer = match admit(&built, &parts, None).await {
        Ok(call) => call.error(Error::missing()),
        Err(answer) => answer,
    };
    finish(&built, answer)
}

fn finish(built: &Built, answer: Answer) -> Response<Body> {
    let mut response = answer.into_response();
    guard::add_headers(response.headers_mut(), &built.settings);
    response
}

async fn serve(
    built: Arc<Built>,
    route: usize,
    params: RawPathParams,
    request: Request,
) -> Response<Body> {
    let may = May::of(request.headers());
    let answer = match through(&built, route, &params, request).await {
        Ok(answer) | Err(answer) => answer,
    };
    finish(&built, compress::compressed(answer, may))
}

/// The one way through. `Err` is an answer too, given early.
async fn through(
    built: &Arc<Built>,
    route: usize,
    params: &RawPathParams,
    request: Request,
) -> Result<Answer, Answer> {
    let (parts, body) = request.into_parts();
    let found = built.routes.get(route);
    let mut call = admit(built, &parts, found).await?;
    call.params = params.iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    if let Some(Route::Page(page)) = found {
        call.query = param::declared(page.query, std::mem::take(&mut call.query));
    }
    permit(&call, found)?;
    if call.caller.is_none() && needs_caller(found) {
        return Err(turn_away(&call, found, &parts, body).await);
    }
    if parts.method == Method::POST {
        receive::body(&mut call, &parts, body).await?;
    }
    let lang = call.lang;
    let built = Arc::clone(built);
    // An act that has begun goes on when the client leaves.
    let done = tokio::spawn(async move { act_page::answer(&built, route, call).await }).await;
    let answer = done.map_err(|e| {
        tracing::error!(error = %e, "a handler ended");
        Answer::text(StatusCode::INTERNAL_SERVER_ERROR, "500\n")
    })?;
    Ok(answer.with(header::CONTENT_LANGUAGE, lang.tag()))
}

/// Who is calling, and for what.
async fn admit(
    built: &Arc<Built>,
    parts: &http::request::Parts,
    route: Option<&Route>,
) -> Result<Call, Answer> {
    let headers = &parts.headers;
    let json = guard::wants_json(headers);
    let mut call = Call {
        house: Arc::clone(built),
        caller: None,
        post: parts.method == Method::POST,
        name: route.map_or("", route_name),
        fields: route.map_or(&[], route_fields),
        key: Uuid::now_v7(),
        body_hash: [0; 32],
        session: None,
        form_token: None,
        stale: false,
        news: None,
        agent: guard::text(headers, "user-agent").unwrap_or_default().to_owned(),
        upload_errors: Vec::new(),
        params: Vec::new(),
        path: parts.uri.path().to_owned(),
        query: Raw::urlencoded(parts.uri.query().unwrap_or_default().as_bytes()),
        body: Raw::default(),
        lang: guard::language(headers),
        json,
        remote: guard::remote(parts, &built.settings),
    };
    let credentials = guard::credentials(headers, &built.settings)
        .map_err(|()| call.told(StatusCode::BAD_REQUEST, "both", &[]))?;
    // A cookie never authenticates JSON: a page of another site could send it along.
    let wrong = match &credentials {
        Credentials::Cookie(_) => json,
        Credentials::Bearer(_) => !json,
        Credentials::None => false,
    };
    let credentials = if wrong { Credentials::None } else { credentials };
    if let Credentials::Cookie(value) = &credentials {
        call.session = Some(value.clone());
    }
    match built.doorkeeper.admit(&built.db, &credentials).await {
        Ok(None) => {}
        Ok(Some(caller)) => match hide_token(&mut call, caller) {
            Ok(caller) => call.caller = Some(Arc::new(caller)),
            Err(e) => return Err(call.error(e)),
        },
        Err(e) => return Err(call.error(e)),
    }
    Ok(call)
}

/// Keeps the form token for comparison and shows it under a mask of this answer only.
fn hide_token(call: &mut Call, mut caller: Caller) -> journal::Result<Caller> {
    call.form_token = caller.form_token.take();
    caller.form_token = call.form_token.as_deref().map(mask::masked).transpose()?;
    Ok(caller)
}

const fn route_fields(route: &Route) -> &'static [FieldSpec] {
    match route {
        Route::Page(_) => &[],
        Route::Act(act) => act.fields,
    }
}

fn route_name(route: &Route) -> &'static str {
    route.permission().map_or("public", |p| p.0)
}

fn needs_caller(route: Option<&Route>) -> bool {
    route.is_some_and(|route| route.permission().is_some())
}

/// Nobody is sent to sign in, and from there to where they wanted to go; a form is kept for its
/// owner meanwhile.
async fn turn_away(
    call: &Call,
    route: Option<&Route>,
    parts: &http::request::Parts,
    body: Body,
) -> Answer {
    if call.json {
        return call.told(StatusCode::UNAUTHORIZED, "credentials", &[]);
    }
    match route {
        Some(Route::Act(act)) if call.post => carry::at_the_door(call, act, parts, body).await,
        Some(Route::Act(_) | Route::Page(_)) | None => {
            carry::sign_in(call, &call.address(&[]), &[])
        }
    }
}

/// Somebody without the permission finds nothing.
fn permit(call: &Call, route: Option<&Route>) -> Result<(), Answer> {
    let Some(route) = route else { return Err(call.error(Error::missing())) };
    let Some(permission) = route.permission() else { return Ok(()) };
    let closed = call.caller.is_some() && !call.may(permission);
    if closed { Err(call.error(Error::missing())) } else { Ok(()) }
}
