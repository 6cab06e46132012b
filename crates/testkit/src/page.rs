//! An answer, and what a test asks of it.

use http::{HeaderMap, StatusCode};
use scraper::{Html, Selector};
use serde_json::Value;

/// An answer over HTTP.
#[derive(Clone, Debug)]
pub struct Page {
    pub(crate) asked: String,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Page {
    /// The status, 200 or 404.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The same page, once it is sure that this is its status; else the test fails with the text.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        let text = self.text();
        assert_eq!(self.status(), status, "{}\n{text}", self.asked);
        self
    }

    /// The body as it was sent.
    pub fn source(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The bytes of the body, for what is no text.
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// What a reader of the page sees, with single blanks; the whole body when it is not HTML.
    pub fn text(&self) -> String {
        if !self.header("content-type").is_some_and(|media| media.starts_with("text/html")) {
            return self.source();
        }
        let document = Html::parse_document(&self.source());
        let text: Vec<_> = document.root_element().text().collect();
        squeeze(&text.join(" "))
    }

    /// The texts of the elements that a CSS selector finds.
    pub fn select(&self, css: &str) -> Vec<String> {
        let document = Html::parse_document(&self.source());
        let selector = selector(css);
        let found = document.select(&selector).map(|e| squeeze(&e.text().collect::<String>()));
        found.collect()
    }

    /// The values of an attribute of the elements that a CSS selector finds.
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let document = Html::parse_document(&self.source());
        let selector = selector(css);
        let found = document.select(&selector).filter_map(|e| e.attr(name));
        found.map(str::to_owned).collect()
    }

    /// Whether a CSS selector finds something.
    pub fn has(&self, css: &str) -> bool {
        Html::parse_document(&self.source()).select(&selector(css)).next().is_some()
    }

    /// Where the answer leads; empty when nowhere.
    pub fn location(&self) -> String {
        self.header("location").unwrap_or_default().to_owned()
    }

    /// The part of [`Page::location`] before the query.
    pub fn goes_to(&self) -> String {
        let location = self.location();
        location.split(['?', '#']).next().unwrap_or_default().to_owned()
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The JSON of the answer.
    #[track_caller]
    pub fn json(&self) -> Value {
        let read = serde_json::from_slice(&self.body);
        read.unwrap_or_else(|e| panic!("{}: not JSON ({e}): {}", self.asked, self.source()))
    }

    /// The messages of a refused form: of its summary, or of the page that tells of the error.
    pub fn errors(&self) -> Vec<String> {
        self.select(".error-summary li, .alert-red .alert-body")
    }
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|e| panic!("not a CSS selector: {css}: {e}"))
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
