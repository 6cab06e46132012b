//! The people of the demo city at their browsers: signed in, with what they look at.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;

use journal::{Error, Result};
use serde_json::Value;
use uuid::Uuid;

use crate::http::{Ask, once};

/// What a browser says with each request of a page.
pub(crate) type Headers = Vec<(&'static str, String)>;

/// An account of the demo city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    password: String,
    pub(crate) token: String,
}

/// Reads `accounts.txt`: name, password, token.
pub(crate) fn accounts(folder: &Path) -> Result<BTreeMap<String, Account>> {
    let text = std::fs::read_to_string(folder.join("accounts.txt"))?;
    let account = |line: &str| {
        let mut words = line.split_whitespace().map(str::to_owned);
        Some((words.next()?, Account { password: words.next()?, token: words.next()? }))
    };
    Ok(text.lines().filter_map(account).collect())
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    address: SocketAddr,
    pub(crate) token: String,
    cookie: String,
}

impl Person {
    /// Signs in by the form, as a browser does.
    pub(crate) async fn sign_in(
        address: SocketAddr,
        (name, account): (&str, &Account),
    ) -> Result<Self> {
        let mut person = Self { address, token: account.token.clone(), cookie: String::new() };
        let form = once(address, &Ask::get("/sign-in", &person.html())).await?;
        form.must_be(200, "the form to sign in")?;
        let mut fields = hidden(&form.text());
        fields.retain(|(field, _)| field != "name" && field != "password");
        fields.push(("name".to_owned(), name.to_owned()));
        fields.push(("password".to_owned(), account.password.clone()));
        let body =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut headers = person.html();
        headers.push(("content-type", "application/x-www-form-urlencoded".to_owned()));
        if let Some(cookie) = cookie(form.header("set-cookie")) {
            headers.push(("cookie", cookie));
        }
        let reply = once(address, &Ask::post("/sign-in", &headers, body)).await?;
        reply.must_be(303, "signing in")?;
        person.cookie = cookie(reply.header("set-cookie"))
            .ok_or_else(|| Error::fault("signing in gave no cookie"))?;
        Ok(person)
    }

    /// The headers of a page for reading.
    pub(crate) fn html(&self) -> Headers {
        let mut headers = vec![
            ("accept", "text/html".to_owned()),
            ("accept-language", "zh-CN,zh;q=0.9,en;q=0.8".to_owned()),
            ("user-agent", "Mozilla/5.0 (Windows NT 6.1) Chrome/109.0.0.0".to_owned()),
            ("sec-fetch-site", "same-origin".to_owned()),
        ];
        if !self.cookie.is_empty() {
            headers.push(("cookie", self.cookie.clone()));
        }
        headers
    }

    /// The headers of a program.
    pub(crate) fn json(&self) -> Headers {
        let bearer = format!("Bearer {}", self.token);
        vec![("accept", "application/json".to_owned()), ("authorization", bearer)]
    }

    /// A page as a program reads it.
    pub(crate) async fn read(&self, path: &str) -> Result<Value> {
        let reply = once(self.address, &Ask::get(path, &self.json())).await?;
        reply.must_be(200, path)?;
        reply.json()
    }

    /// The form token of the session.
    pub(crate) async fn form_token(&self) -> Result<String> {
        let reply = once(self.address, &Ask::get("/account", &self.html())).await?;
        reply.must_be(200, "/account")?;
        let token = hidden(&reply.text()).into_iter().find(|(name, _)| name == "csrf");
        token.map(|(_, value)| value).ok_or_else(|| Error::fault("no form token on /account"))
    }
}

/// Name and value of the first cookie that is set.
fn cookie(set: &str) -> Option<String> {
    let pair = set.split(';').next()?.trim();
    (!pair.is_empty()).then(|| pair.to_owned())
}

/// Names and values of the hidden fields of a page.
pub(crate) fn hidden(html: &str) -> Vec<(String, String)> {
    let inputs = html.split("<input ").skip(1).filter_map(|rest| rest.split('>').next());
    let is_hidden = |input: &&str| input.contains("type=\"hidden\"");
    let field = |input: &str| Some((attribute(input, "name")?, attribute(input, "value")?));
    inputs.filter(is_hidden).filter_map(field).collect()
}

/// The value of an attribute of a tag.
pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    rest.split('"').next().map(str::to_owned)
}

/// The identifiers of a page's items.
pub(crate) fn ids(page: &Value) -> Vec<Uuid> {
    let items = page["items"].as_array().into_iter().flatten();
    items.filter_map(|i| i["id"].as_str()?.parse().ok()).collect()
}

/// A field of each item of a page.
pub(crate) fn texts(page: &Value, field: &str) -> Vec<String> {
    let items = page["items"].as_array().into_iter().flatten();
    items.filter_map(|i| i[field].as_str().map(str::to_owned)).collect()
}

/// The place of the journal's head that a page carries.
pub(crate) fn head(page: &Value) -> Result<i64> {
    let text = page["head"].as_str().and_then(|h| h.split_once(':'));
    let seq = text.and_then(|(seq, _)| seq.parse().ok());
    seq.ok_or_else(|| Error::fault("the page carries no head of the journal"))
}

/// The pairs of neighbouring Chinese characters of a text.
pub(crate) fn pairs(text: &str) -> Vec<String> {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let chars: Vec<char> = text.chars().collect();
    let both = chars.windows(2).filter(|pair| pair.iter().all(|c| is_han(*c)));
    both.map(|pair| pair.iter().collect()).collect()
}

/// A form as a browser sends one that may carry files.
pub(crate) fn multipart(boundary: &str, fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
    };
    let parts: String = fields.iter().map(part).collect();
    format!("{parts}--{boundary}--\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_fields_are_found_whatever_their_order() {
        let html = r#"<form><input type="hidden" name="csrf" value="a-b"><input name="name">
            <input value="7" type="hidden" name="act_key"></form>"#;
        let found = hidden(html);
        let wanted = [("csrf", "a-b"), ("act_key", "7")];
        assert_eq!(found, wanted.map(|(n, v)| (n.to_owned(), v.to_owned())));
    }

    #[test]
    fn a_page_gives_its_items_and_its_head() {
        let id = Uuid::now_v7();
        let page = serde_json::json!({"items": [{"id": id, "title": "甲"}], "head": "12:ab"});
        assert_eq!(ids(&page), [id]);
        assert_eq!(texts(&page, "title"), ["甲"]);
        assert_eq!(head(&page).unwrap(), 12);
        assert!(head(&Value::Null).is_err());
    }

    #[test]
    fn pairs_are_of_chinese_characters_only() {
        assert_eq!(pairs("推进A区建设"), ["推进", "区建", "建设"]);
        assert!(pairs("产").is_empty());
    }

    #[test]
    fn a_form_ends_with_its_boundary() {
        let text = multipart("x", &[("a", "1")]);
        assert_eq!(text, "--x\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n");
    }
}
