//! Answers: a page, a file, a redirect; and how errors are told.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use http_body_util::channel::{Channel, Sender};
use journal::{Boxed, Error, Result};
use kernel::{FieldError, Refusal};
use serde_json::json;

use crate::call::Call;
use crate::route::View;
use crate::{shell, words};

/// What goes back.
pub struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// What follows the headers.
pub(crate) enum Body {
    /// All of it.
    Whole(Vec<u8>),
    /// What is made while it is sent.
    Flowing(axum::body::Body),
}

/// Where the pieces of an answer go that is made while it is sent.
pub struct Outflow(Sender<Bytes, Cut>);

/// The answer ends early; the connection is cut, so that nobody takes a part for the whole.
#[derive(Debug, thiserror::Error)]
#[error("the answer could not be made to its end")]
struct Cut;

impl Outflow {
    /// Sends a piece; waits while the other side takes its time.
    pub async fn send(&mut self, bytes: Vec<u8>) -> Result<()> {
        let sent = self.0.send_data(Bytes::from(bytes)).await;
        sent.map_err(|_gone| Error::Unavailable("the client left".into()))
    }
}

impl Answer {
    /// An HTML document.
    pub(crate) fn html(status: StatusCode, text: String) -> Self {
        Self::new(status, "text/html; charset=utf-8", text.into_bytes())
    }

    /// A JSON value.
    pub(crate) fn json(status: StatusCode, value: &serde_json::Value) -> Self {
        Self::new(status, "application/json", value.to_string().into_bytes())
    }

    /// A file to download; never shown inside the product's own pages.
    pub fn download(name: &str, media: &'static str, body: Vec<u8>) -> Self {
        let encoded =
            percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
        let disposition = format!("attachment; filename*=UTF-8''{encoded}");
        Self::new(StatusCode::OK, media, body).with(header::CONTENT_DISPOSITION, &disposition)
    }

    /// A file to download that is made while it is sent, so that it may be larger than memory.
    pub fn flowing<F>(name: &str, media: &'static str, make: F) -> Self
    where
        F: for<'a> FnOnce(&'a mut Outflow) -> Boxed<'a, Result<()>> + Send + 'static,
    {
        /// Pieces that wait at most.
        const PIECES: usize = 2;
        let (sender, body) = Channel::new(PIECES);
        tokio::spawn(async move {
            let mut out = Outflow(sender);
            match make(&mut out).await {
                Ok(()) => {}
                Err(Error::Unavailable(_)) => out.0.abort(Cut),
                Err(e) => {
                    tracing::error!(what = %e, "an answer was cut");
                    out.0.abort(Cut);
                }
            }
        });
        let mut answer = Self::download(name, media, Vec::new());
        answer.body = Body::Flowing(axum::body::Body::new(body));
        answer
    }

    /// On to another address, by GET.
    pub fn see_other(location: &str) -> Self {
        Self::new(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", Vec::new())
            .with(header::LOCATION, location)
    }

    /// A plain text, for machines that watch the program.
    pub fn text(status: StatusCode, text: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
    }

    /// The page is asked for again after two seconds: it shows something that goes on.
    #[must_use]
    pub fn again_soon(self) -> Self {
        self.with(header::REFRESH, "2")
    }

    /// Remembers the language for a year.
    #[must_use]
    pub fn with_language(self, call: &Call, word: &str) -> Self {
        let settings = &call.house.settings;
        let path = if settings.base.is_empty() { "/" } else { &settings.base };
        let secure = if settings.secure { "; Secure" } else { "" };
        let cookie = format!(
            "duban_lang={word}; Path={path}; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}"
        );
        self.with(header::SET_COOKIE, &cookie)
    }

    pub(crate) fn new(status: StatusCode, media: &'static str, body: Vec<u8>) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
        Self { status, headers, body: Body::Whole(body) }
    }

    /// With a header; a value that cannot be one is left out.
    #[must_use]
    pub(crate) fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.append(name, value);
        }
        self
    }

    pub(crate) fn into_response(self) -> Response<axum::body::Body> {
        let body = match self.body {
            Body::Whole(bytes) => axum::body::Body::from(bytes),
            Body::Flowing(body) => body,
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

impl Call {
    /// A page in the representation that was asked for.
    pub fn page<V: View>(&self, view: &V) -> Result<Answer> {
        self.page_as(StatusCode::OK, view)
    }

    pub(crate) fn page_as<V: View>(&self, status: StatusCode, view: &V) -> Result<Answer> {
        if self.json {
            return Ok(Answer::new(status, "application/json", serde_json::to_vec(view)?));
        }
        Ok(Answer::html(status, shell::page(self, view).into_string()))
    }

    /// What a person or a program is told of an error.
    pub(crate) fn error(&self, e: Error) -> Answer {
        match e {
            Error::Refused(Refusal::Missing) => self.told(StatusCode::NOT_FOUND, "missing", &[]),
            Error::Refused(Refusal::Fields(fields)) => {
                self.told(StatusCode::UNPROCESSABLE_ENTITY, "fields", &fields)
            }
            Error::Refused(Refusal::Rule(message)) => {
                let field = FieldError { field: String::new(), message };
                self.told(StatusCode::CONFLICT, "rule", &[field])
            }
            Error::Full => self.told(StatusCode::INSUFFICIENT_STORAGE, "full", &[]),
            Error::Unavailable(why) => {
                tracing::warn!(why, act = self.name, "unavailable");
                self.told(StatusCode::SERVICE_UNAVAILABLE, "unavailable", &[])
                    .with(header::RETRY_AFTER, "2")
            }
            Error::Fault(what) => {
                let number = self.key.simple().to_string();
                tracing::error!(fault = number, act = self.name, path = self.path, what, "fault");
                self.told(StatusCode::INTERNAL_SERVER_ERROR, "fault", &[])
            }
        }
    }

    pub(crate) fn told(&self, status: StatusCode, kind: &str, fields: &[FieldError]) -> Answer {
        let (title, hint) = words::error(status);
        if self.json {
            let fields: Vec<_> = fields
                .iter()
                .map(|f| json!({"field": f.field, "zh": f.message.zh, "en": f.message.en}))
                .collect();
            let error = json!({
                "kind": kind, "zh": title.zh, "en": title.en,
                "fault": (status == StatusCode::INTERNAL_SERVER_ERROR).then(|| self.key.simple().to_string()),
                "fields": fields,
            });
            return Answer::json(status, &json!({ "error": error }));
        }
        let fault =
            (status == StatusCode::INTERNAL_SERVER_ERROR).then(|| self.key.simple().to_string());
        let lines: Vec<_> = fields.iter().map(|f| f.message.of(self.lang).to_owned()).collect();
        let told = shell::Told { title, hint, lines, fault };
        Answer::html(status, shell::error(self, &told).into_string())
    }
}
