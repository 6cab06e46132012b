//! The webhook: one address of the office's own gateway, which passes messages on by SMS,
//! 政务微信, 钉钉 or 飞书. Signed as the Standard Webhooks specification says, so that receivers find
//! libraries for it.
//!
//! It goes only where the operator said: the host is on the list, a private address is listed by
//! itself, the address that was checked is the one that is connected to, and no redirect is
//! followed. What is answered is not shown to anybody.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{Method, Request, StatusCode, header};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use journal::{Error, Result};
use kernel::{Lang, Moment, msg};
use serde_json::json;
use sha2::Sha256;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use url::{Host, Url};
use uuid::Uuid;

use crate::channel::{Addressee, Failure};
use crate::letter::Letter;

/// How long a connection may take.
const CONNECT_TIME_MAX: Duration = Duration::from_secs(5);
/// How long the whole may take.
const TIME_MAX: Duration = Duration::from_secs(20);
/// Bytes of the answer's head at most; its body is not read.
const HEAD_BYTES_MAX: usize = 64 * 1024;
/// Bytes of a secret at least, as the specification says.
const SECRET_BYTES_MIN: usize = 24;

/// How the gateway is reached.
#[derive(Debug)]
pub struct WebhookSettings<'a> {
    /// Its address.
    pub url: &'a str,
    /// The secret with which what is sent is signed, `whsec_…` in base64.
    pub secret: &'a str,
    /// The hosts, and the private addresses, that may be reached.
    pub allowed: &'a [String],
    /// The authorities (PEM) that may certify it; else those of the system.
    pub authorities: Option<&'a Path>,
}

/// The gateway of the office.
pub struct Webhook {
    url: Url,
    host: String,
    port: u16,
    secret: Vec<u8>,
    allowed: Vec<String>,
    tls: Option<TlsConnector>,
}

impl Webhook {
    /// Checks the settings; nothing is sent yet.
    pub fn new(settings: &WebhookSettings<'_>) -> Result<Self> {
        let url: Url = settings
            .url
            .parse()
            .map_err(|e| Error::fault(format!("--webhook-url {:?}: {e}", settings.url)))?;
        let allowed: Vec<_> =
            settings.allowed.iter().map(|h| h.trim().to_ascii_lowercase()).collect();
        let host = host_of(&url, &allowed)?;
        let port = url.port_or_known_default().unwrap_or(443);
        let tls = match url.scheme() {
            "https" => Some(connector(settings.authorities)?),
            _ => None,
        };
        let secret = secret_of(settings.secret)?;
        Ok(Self { url, host, port, secret, allowed, tls })
    }

    pub(crate) async fn send(
        &self,
        to: &Addressee,
        letter: &Letter,
        link: Option<&str>,
        (id, at): (Uuid, Moment),
    ) -> std::result::Result<(), Failure> {
        let body = body(to, letter, link, (id, at)).to_string();
        let request = self.request(body, id, at)?;
        match tokio::time::timeout(TIME_MAX, self.exchange(request)).await {
            Ok(Ok(status)) => judged(status),
            Ok(Err(failure)) => Err(failure),
            Err(_elapsed) => Err(Failure::passing(msg!(
                "接口 20 秒内没有答复。",
                "No answer within 20 seconds."
            ))),
        }
    }

    fn request(
        &self,
        body: String,
        id: Uuid,
        at: Moment,
    ) -> std::result::Result<Request<Full<Bytes>>, Failure> {
        let seconds = at.timestamp().as_second();
        let signed = signature(&self.secret, &format!("{id}.{seconds}.{body}"));
        let target = match self.url.query() {
            Some(query) => format!("{}?{query}", self.url.path()),
            None => self.url.path().to_owned(),
        };
        let authority = match self.url.port() {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.clone(),
        };
        Request::builder()
            .method(Method::POST)
            .uri(target)
            .header(header::HOST, authority)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, concat!("duban/", env!("CARGO_PKG_VERSION")))
            .header("webhook-id", id.to_string())
            .header("webhook-timestamp", seconds.to_string())
            .header("webhook-signature", format!("v1,{signed}"))
            .body(Full::new(Bytes::from(body)))
            .map_err(|e| Failure::lasting(msg!("请求无法生成：{e}", "No request can be made: {e}")))
    }

    async fn exchange(
        &self,
        request: Request<Full<Bytes>>,
    ) -> std::result::Result<StatusCode, Failure> {
        let address = self.resolve().await?;
        let connect = tokio::time::timeout(CONNECT_TIME_MAX, TcpStream::connect(address)).await;
        let stream = match connect {
            Ok(Ok(stream)) => stream,
            Ok(Err(e)) => return Err(unreached(&e)),
            Err(elapsed) => return Err(unreached(&elapsed)),
        };
        let Some(tls) = &self.tls else { return answered(stream, request).await };
        let bare = self.host.trim_matches(['[', ']']).to_owned();
        let name = ServerName::try_from(bare).map_err(|e| unreached(&e))?;
        let stream = tls.connect(name, stream).await.map_err(|e| unreached(&e))?;
        answered(stream, request).await
    }

    /// The address that is connected to: looked up once, and one that may be reached.
    async fn resolve(&self) -> std::result::Result<SocketAddr, Failure> {
        let bare = self.host.trim_matches(['[', ']']);
        let found = tokio::net::lookup_host((bare, self.port)).await.map_err(|e| unreached(&e))?;
        let found: Vec<_> = found.take(32).collect();
        let may = found.iter().find(|a| may_reach(a.ip(), &self.allowed));
        may.copied().ok_or_else(|| match found.first() {
            Some(address) => {
                let ip = address.ip();
                Failure::lasting(msg!(
                    "接口地址解析为内部地址 {ip}，不在允许名单（--webhook-allow）中，没有发送。",
                    "The gateway's name leads to the private address {ip}, which --webhook-allow does not list; nothing was sent."
                ))
            }
            None => unreached(&"no address"),
        })
    }
}

async fn answered<S>(
    stream: S,
    request: Request<Full<Bytes>>,
) -> std::result::Result<StatusCode, Failure>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut builder = http1::Builder::new();
    builder.max_buf_size(HEAD_BYTES_MAX);
    let shaken = builder.handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = shaken.map_err(|e| unreached(&e))?;
    let driven = tokio::spawn(connection);
    let answer = sender.send_request(request).await;
    driven.abort();
    answer.map(|a| a.status()).map_err(|e| unreached(&e))
}

fn unreached(e: &dyn std::fmt::Display) -> Failure {
    Failure::passing(msg!("接口连接失败：{e}", "The gateway was not reached: {e}"))
}

fn judged(status: StatusCode) -> std::result::Result<(), Failure> {
    let code = status.as_u16();
    if status.is_success() {
        return Ok(());
    }
    if status.is_redirection() {
        return Err(Failure::lasting(msg!(
            "接口答复转向（{code}），程序不跟随转向。请把最终地址写入 --webhook-url。",
            "The gateway redirects ({code}), which is not followed. Give the final address as --webhook-url."
        )));
    }
    Err(Failure::passing(msg!("接口答复 {code}。", "The gateway answered {code}.")))
}

/// What the gateway is told: who it is for by post and sign-in name, never a telephone or address.
fn body(
    to: &Addressee,
    letter: &Letter,
    link: Option<&str>,
    (id, at): (Uuid, Moment),
) -> serde_json::Value {
    let title = letter.title();
    json!({
        "id": id,
        "type": letter.kind,
        "timestamp": at.to_string(),
        "city": letter.city,
        "to": {
            "account": to.account,
            "post": to.post,
            "person": to.person,
            "title": letter.post,
        },
        "title": { "zh": title.zh, "en": title.en },
        "text": { "zh": letter.plain(Lang::Zh, link), "en": letter.plain(Lang::En, link) },
        "sections": letter.sections,
        "link": link,
    })
}

fn signature(secret: &[u8], text: &str) -> String {
    // A key of any length is taken.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return String::new() };
    mac.update(text.as_bytes());
    BASE64.encode(mac.finalize().into_bytes())
}

fn secret_of(text: &str) -> Result<Vec<u8>> {
    let hint = "--webhook-secret-file holds one line, whsec_ and at least 24 random bytes in base64: \
        printf 'whsec_%s\\n' \"$(head -c 32 /dev/urandom | base64)\"";
    let encoded = text.trim().strip_prefix("whsec_").ok_or_else(|| Error::fault(hint))?;
    let secret =
        BASE64.decode(encoded).map_err(|_wrong: base64::DecodeError| Error::fault(hint))?;
    if secret.len() < SECRET_BYTES_MIN {
        return Err(Error::fault(hint));
    }
    Ok(secret)
}

/// The host of an address, when it may be reached.
fn host_of(url: &Url, allowed: &[String]) -> Result<String> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::fault("--webhook-url takes no user and no password"));
    }
    let host = url.host().ok_or_else(|| Error::fault("--webhook-url names no host"))?;
    let listed = |name: &str| allowed.iter().any(|a| a == name);
    let is_listed = match &host {
        Host::Domain(name) => listed(&name.to_ascii_lowercase()),
        Host::Ipv4(ip) => listed(&ip.to_string()),
        Host::Ipv6(ip) => listed(&ip.to_string()),
    };
    if !is_listed {
        return Err(Error::fault(format!("--webhook-allow does not list {host}")));
    }
    let is_address = !matches!(host, Host::Domain(_));
    match url.scheme() {
        "https" => Ok(host.to_string()),
        // In clear only inside the office's own net, to an address that was listed.
        "http" if is_address => Ok(host.to_string()),
        _ => Err(Error::fault("--webhook-url begins with https:// (http:// only for an address)")),
    }
}

/// A public address may be reached, any other one when it is listed.
fn may_reach(ip: IpAddr, allowed: &[String]) -> bool {
    let ip = ip.to_canonical();
    is_public(ip)
        || allowed.iter().any(|a| a.parse::<IpAddr>().is_ok_and(|a| a.to_canonical() == ip))
}

fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            let is_shared = a == 100 && (64..128).contains(&b);
            let is_benchmark = a == 198 && (18..20).contains(&b);
            !(ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_broadcast()
                || ip.is_documentation()
                || is_shared
                || is_benchmark
                || a == 0
                || a >= 224
                || ip.octets().starts_with(&[192, 0, 0]))
        }
        // What is given out for the public net begins with 2 or 3; translations and tunnels may
        // lead to a private address again.
        IpAddr::V6(ip) => {
            let [first, second, ..] = ip.segments();
            let is_documentation = first == 0x2001 && second == 0x0db8;
            let is_tunnel = first == 0x2002 || (first == 0x2001 && second == 0);
            first & 0xe000 == 0x2000 && !is_documentation && !is_tunnel
        }
    }
}

fn connector(authorities: Option<&Path>) -> Result<TlsConnector> {
    let roots = journal::authorities(authorities)?;
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(Error::fault)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::{BASE64, Webhook, WebhookSettings, is_public, may_reach, secret_of, signature};
    use base64::Engine as _;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    fn made(url: &str, allowed: &[&str]) -> Result<Webhook, String> {
        let allowed: Vec<_> = allowed.iter().map(|a| (*a).to_owned()).collect();
        let settings =
            WebhookSettings { url, secret: SECRET, allowed: &allowed, authorities: None };
        Webhook::new(&settings).map_err(|e| e.to_string())
    }

    #[test]
    fn a_host_that_is_not_listed_stops_the_start() {
        for (url, allowed) in [
            ("http://127.0.0.1:9/x", &["10.0.0.1"][..]),
            ("http://2130706433/x", &["gateway.cn"]),
            ("http://[::1]/x", &["127.0.0.1"]),
            ("https://evil.cn/x", &["gateway.cn"]),
            ("https://gateway.cn.evil.cn/x", &["gateway.cn"]),
        ] {
            let refused = made(url, allowed).err().unwrap();
            assert!(refused.contains("--webhook-allow"), "{url}: {refused}");
        }
        assert!(made("http://127.0.0.1:9/x", &["127.0.0.1"]).is_ok());
        // 127.1 and 2130706433 are other writings of the same address.
        assert!(made("http://127.1:9/x", &["127.0.0.1"]).is_ok());
    }

    #[test]
    fn a_name_is_reached_encrypted_only_and_without_a_password_in_the_address() {
        assert!(made("http://gateway.cn/x", &["gateway.cn"]).err().unwrap().contains("https://"));
        assert!(made("ftp://127.0.0.1/x", &["127.0.0.1"]).is_err());
        assert!(made("http://u:p@127.0.0.1/x", &["127.0.0.1"]).is_err());
    }

    #[test]
    fn private_addresses_are_reached_when_they_are_listed_only() {
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "fe80::1",
            "fd00::1",
            "::",
            "::ffff:10.1.2.3",
            "64:ff9b::a01:203",
            "2002:a01:203::1",
        ] {
            let parsed: IpAddr = ip.parse().unwrap();
            assert!(!may_reach(parsed, &["gateway.cn".to_owned()]), "{ip}");
            assert!(may_reach(parsed, &[ip.to_owned()]), "{ip}");
        }
        for ip in ["1.2.4.8", "223.5.5.5", "2400:3200::1"] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn the_signature_is_that_of_the_specification() {
        // The example of the Standard Webhooks libraries.
        let secret = secret_of(SECRET).unwrap();
        let text = "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}";
        assert_eq!(signature(&secret, text), "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_short_or_plain_secret_stops_the_start() {
        let short = format!("whsec_{}", BASE64.encode([7; 23]));
        for wrong in ["secret", "whsec_", "whsec_?", short.as_str()] {
            assert!(secret_of(wrong).unwrap_err().to_string().contains("urandom"), "{wrong}");
        }
    }
}
