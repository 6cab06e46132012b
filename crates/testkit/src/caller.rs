//! Somebody who speaks HTTP to the city: a post with its session, or nobody.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use http::{Method, Request, header};
use http_body_util::BodyExt as _;
use kernel::Actor;
use people::store;
use serde_json::Value;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::{City, Held, Page};

/// Somebody who speaks HTTP to the city. Cheap to clone; a clone of nobody shares its cookies.
#[derive(Clone)]
pub struct Caller {
    city: City,
    held: Option<Arc<Held>>,
    cookie: Arc<Mutex<Option<String>>>,
    headers: Vec<(String, String)>,
}

impl Caller {
    pub(crate) fn new(city: City, held: Option<Arc<Held>>) -> Self {
        Self { city, held, cookie: Arc::default(), headers: Vec::new() }
    }

    /// What this caller holds; nobody holds nothing, which fails the test.
    #[track_caller]
    pub fn held(&self) -> &Held {
        self.held.as_deref().expect("a caller with a post")
    }

    /// The actor of the caller's post, for acts below HTTP.
    pub async fn actor(&self) -> Actor {
        let mut tx = self.city.read().await;
        let actor = store::actor_of(&mut tx, self.city.id(), self.held().post).await;
        Actor { account: self.held().account, ..actor.expect("the post is there") }
    }

    /// The same caller, sending a header with each request: `accept-language`, `origin`.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.push((name.to_owned(), value.to_owned()));
        other
    }

    /// The cookie that nobody was given by signing in, or the present one of a post.
    pub async fn cookie(&self) -> Option<String> {
        match &self.held {
            Some(held) => Some(self.city.session(held).await.cookie),
            None => self.cookie.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }

    /// Nobody with this cookie: what a thief would be.
    pub fn with_cookie(&self, cookie: &str) -> Self {
        let thief = Self::new(self.city.clone(), None);
        thief.keep(Some(cookie.to_owned()));
        thief
    }

    /// A page as HTML; redirects are not followed.
    pub async fn get(&self, path: &str) -> Page {
        let mut request = self.request(Method::GET, path, "text/html");
        if let Some(cookie) = self.cookie().await {
            request = request.header(header::COOKIE, format!("{}={cookie}", self.city.cookie()));
        }
        self.send(path, request.body(Body::empty()).expect("a request")).await
    }

    /// Whether an answer breaks off before its end, as one does that cannot be made whole.
    pub async fn is_cut(&self, path: &str) -> bool {
        let mut request = self.request(Method::GET, path, "text/html");
        if let Some(cookie) = self.cookie().await {
            request = request.header(header::COOKIE, format!("{}={cookie}", self.city.cookie()));
        }
        let request = request.body(Body::empty()).expect("a request");
        let response = self.city.router().oneshot(request).await.expect("an answer");
        response.into_body().collect().await.is_err()
    }

    /// A form, with form token and act key filled in unless they are given; redirects are not
    /// followed.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        let given = |name: &str| fields.iter().any(|(n, _)| *n == name);
        if !given("csrf") {
            form.append_pair("csrf", &self.form_token(path).await);
        }
        if !given("act_key") {
            form.append_pair("act_key", &Uuid::now_v7().to_string());
        }
        form.extend_pairs(fields);
        let mut request = self.request(Method::POST, path, "text/html");
        if let Some(cookie) = self.cookie().await {
            request = request.header(header::COOKIE, format!("{}={cookie}", self.city.cookie()));
        }
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(path, request.body(form.finish().into()).expect("a request")).await
    }

    /// A form whose body never comes.
    pub async fn post_nothing(&self, path: &str) -> Page {
        let mut request = self.request(Method::POST, path, "text/html");
        if let Some(cookie) = self.cookie().await {
            request = request.header(header::COOKIE, format!("{}={cookie}", self.city.cookie()));
        }
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let (_sender, body) = http_body_util::channel::Channel::<bytes::Bytes>::new(1);
        self.send(path, request.body(Body::new(body)).expect("a request")).await
    }

    /// A page as JSON, with a bearer token.
    pub async fn json_get(&self, path: &str) -> Page {
        let request = self.bearer(Method::GET, path).await;
        self.send(path, request.body(Body::empty()).expect("a request")).await
    }

    /// An act as JSON, with a bearer token.
    pub async fn json_post(&self, path: &str, json: &Value) -> Page {
        let request = self.bearer(Method::POST, path).await;
        let request = request.header(header::CONTENT_TYPE, "application/json");
        self.send(path, request.body(json.to_string().into()).expect("a request")).await
    }

    /// Any request; nothing is filled in but this caller's headers.
    pub async fn raw(&self, method: &str, path: &str, body: &str) -> Page {
        self.raw_bytes(method, path, body.as_bytes().to_vec()).await
    }

    /// The same with any bytes.
    pub async fn raw_bytes(&self, method: &str, path: &str, body: Vec<u8>) -> Page {
        let method: Method = method.parse().expect("a method");
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        self.send(path, request.body(body.into()).expect("a request")).await
    }

    /// A bearer token of the caller's post.
    pub async fn token(&self) -> String {
        self.city.token(self.held()).await
    }

    async fn bearer(&self, method: Method, path: &str) -> http::request::Builder {
        let request = self.request(method, path, "application/json");
        if self.held.is_none() {
            return request;
        }
        request.header(header::AUTHORIZATION, format!("Bearer {}", self.token().await))
    }

    fn request(&self, method: Method, path: &str, accept: &str) -> http::request::Builder {
        let mut request = Request::builder().method(method).uri(encoded(path));
        request = request.header(header::ACCEPT, accept);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request
    }

    /// The form token: of the post's session, or what the form itself shows.
    async fn form_token(&self, path: &str) -> String {
        if let Some(held) = &self.held {
            let token = self.city.session(held).await.form_token;
            return web::masked(&token).expect("a mask");
        }
        let form = self.get(path).await;
        form.attributes("input[name=csrf]", "value").into_iter().next().unwrap_or_default()
    }

    async fn send(&self, path: &str, request: Request<Body>) -> Page {
        let asked = format!("{} {path}", request.method());
        let response = self.city.router().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes().to_vec();
        let page = Page { asked, status: parts.status, headers: parts.headers, body };
        if self.held.is_none() {
            self.remember(&page);
        }
        page
    }

    /// Keeps or forgets the session cookie as the answer says.
    fn remember(&self, page: &Page) {
        let all = page.headers.get_all(header::SET_COOKIE);
        for cookie in all.iter().filter_map(|value| value.to_str().ok()) {
            let Some(value) = cookie.strip_prefix(&format!("{}=", self.city.cookie())) else {
                continue;
            };
            let value = value.split(';').next().unwrap_or_default();
            self.keep((!value.is_empty()).then(|| value.to_owned()));
        }
    }

    fn keep(&self, cookie: Option<String>) {
        *self.cookie.lock().unwrap_or_else(PoisonError::into_inner) = cookie;
    }
}

/// A path as it stands in a request: letters beyond ASCII are encoded.
fn encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_graphic() {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}
