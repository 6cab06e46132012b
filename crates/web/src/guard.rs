//! What stands before every handler: headers, origin, form token, who is calling from where.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use http::{HeaderMap, HeaderValue, header, request::Parts};
use kernel::Lang;
use subtle::ConstantTimeEq as _;

use crate::doorkeeper::Credentials;
use crate::house::Settings;

/// Headers of every answer. Nothing inline, nothing framed, nothing kept.
const HEADERS: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("vary", "Accept, Accept-Encoding, Accept-Language, Cookie, HX-Request, Sec-Fetch-Site"),
];

pub(crate) fn add_headers(headers: &mut HeaderMap, settings: &Settings) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if settings.secure {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
}

/// Whether the browser says that the form came from elsewhere. Old browsers say nothing; the
/// form token stands behind this.
pub(crate) fn is_foreign(headers: &HeaderMap) -> bool {
    if let Some(site) = text(headers, "sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let (Some(origin), Some(host)) = (text(headers, "origin"), text(headers, "host")) else {
        return false;
    };
    origin.split_once("://").is_none_or(|(_, from)| from != host)
}

/// Compares a form token without telling by time where it differs.
pub(crate) fn same_token(expected: &str, sent: &str) -> bool {
    expected.as_bytes().ct_eq(sent.as_bytes()).into()
}

/// What the request carried; `Err` when it carried both a cookie and a bearer token.
pub(crate) fn credentials(headers: &HeaderMap, settings: &Settings) -> Result<Credentials, ()> {
    let cookie = cookie(headers, settings.session_cookie());
    let bearer = text(headers, "authorization").and_then(|v| v.strip_prefix("Bearer "));
    match (cookie, bearer) {
        (Some(_), Some(_)) => Err(()),
        (Some(value), None) => Ok(Credentials::Cookie(value.to_owned())),
        (None, Some(value)) => Ok(Credentials::Bearer(value.trim().to_owned())),
        (None, None) => Ok(Credentials::None),
    }
}

/// A cookie's value.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, v)| v)
}

/// The language: chosen by cookie, else what the browser prefers, else Chinese.
pub(crate) fn language(headers: &HeaderMap) -> Lang {
    match cookie(headers, "duban_lang") {
        Some("en") => return Lang::En,
        Some("zh") => return Lang::Zh,
        _ => {}
    }
    let accepted = text(headers, "accept-language").unwrap_or_default().to_ascii_lowercase();
    let first = accepted.split(',').next().unwrap_or_default();
    if first.starts_with("en") { Lang::En } else { Lang::Zh }
}

pub(crate) fn wants_json(headers: &HeaderMap) -> bool {
    text(headers, "accept").is_some_and(|v| v.contains("application/json"))
}

/// Where the request came from: the peer, or what a listed proxy says, read from the right.
pub(crate) fn remote(parts: &Parts, settings: &Settings) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |c| c.0.ip());
    if !settings.proxies.contains(&peer) {
        return peer;
    }
    let forwarded = text(&parts.headers, "x-forwarded-for").unwrap_or_default();
    let hops = forwarded.rsplit(',').filter_map(|hop| hop.trim().parse::<IpAddr>().ok());
    hops.into_iter().find(|hop| !settings.proxies.contains(hop)).unwrap_or(peer)
}

pub(crate) fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|v| v.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::{cookie, is_foreign, language};
    use http::HeaderMap;
    use kernel::Lang;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect()
    }

    #[test]
    fn a_form_from_another_site_is_foreign() {
        assert!(is_foreign(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!is_foreign(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(is_foreign(&headers(&[("origin", "http://evil"), ("host", "duban")])));
        assert!(!is_foreign(&headers(&[("origin", "http://duban"), ("host", "duban")])));
        assert!(!is_foreign(&headers(&[])));
    }

    #[test]
    fn the_chosen_language_beats_the_browsers() {
        let both = [("cookie", "a=1; duban_lang=zh"), ("accept-language", "en")];
        assert_eq!(language(&headers(&both)), Lang::Zh);
        assert_eq!(language(&headers(&[("accept-language", "en-US,zh")])), Lang::En);
        assert_eq!(language(&headers(&[])), Lang::Zh);
        assert_eq!(cookie(&headers(&both), "a"), Some("1"));
    }
}
