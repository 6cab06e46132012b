//! A mail server and a gateway on this machine, for tests of what leaves the program. Each takes so
//! many connections and ends with its test.

use std::path::Path;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use messages::mail::{Mail, MailSettings, Protection};
use messages::webhook::{Webhook, WebhookSettings};
use sha2::Sha256;
use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// Connections that a server of a test takes at most.
const CONNECTIONS_MAX: usize = 500;
/// Bytes of a mail at most.
const MAIL_BYTES_MAX: usize = 1024 * 1024;

const KEY: &[u8] = b"0123456789abcdef0123456789abcdef";

/// A mail as the server got it.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    pub(crate) to: String,
    pub(crate) data: String,
}

/// A mail server that takes every mail, or refuses the addressee while it is told so.
pub(crate) struct MailServer {
    pub(crate) port: u16,
    pub(crate) got: Arc<Mutex<Vec<Got>>>,
    /// What it says to an addressee instead of 250.
    pub(crate) refusal: Arc<Mutex<Option<String>>>,
}

/// A certificate for `localhost`, and the file by which it is known.
pub(crate) struct Certified {
    acceptor: TlsAcceptor,
    pub(crate) file: tempfile::NamedTempFile,
}

impl Certified {
    pub(crate) fn new() -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), made.cert.pem()).unwrap();
        Self { acceptor: TlsAcceptor::from(Arc::new(config)), file }
    }
}

impl MailServer {
    pub(crate) async fn start() -> Self {
        Self::start_with(None).await
    }

    /// The same, encrypted from the first byte when there is a certificate.
    pub(crate) async fn start_with(certified: Option<&Certified>) -> Self {
        let acceptor = certified.map(|c| c.acceptor.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Self { port, got: Arc::default(), refusal: Arc::default() };
        let (got, refusal) = (Arc::clone(&server.got), Arc::clone(&server.refusal));
        tokio::spawn(async move {
            for _ in 0..CONNECTIONS_MAX {
                let (stream, _) = listener.accept().await.unwrap();
                let (got, refusal) = (Arc::clone(&got), Arc::clone(&refusal));
                let Some(acceptor) = acceptor.clone() else {
                    tokio::spawn(talk(stream, got, refusal));
                    continue;
                };
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        talk(stream, got, refusal).await;
                    }
                });
            }
        });
        server
    }

    /// What sends to this server.
    pub(crate) fn mail(&self) -> Mail {
        self.mail_by("127.0.0.1", Protection::Nothing, None)
    }

    /// The same in another way.
    pub(crate) fn mail_by(
        &self,
        host: &str,
        protection: Protection,
        authorities: Option<&Path>,
    ) -> Mail {
        let settings = MailSettings {
            host,
            port: Some(self.port),
            protection,
            credentials: None,
            from: "督办系统 <duban@luohe.example>",
            authorities,
        };
        Mail::new(&settings).unwrap()
    }

    pub(crate) fn mails(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }

    pub(crate) fn refuse(&self, answer: Option<&str>) {
        *self.refusal.lock().unwrap() = answer.map(str::to_owned);
    }
}

async fn talk<S>(stream: S, got: Arc<Mutex<Vec<Got>>>, refusal: Arc<Mutex<Option<String>>>)
where
    S: AsyncRead + AsyncWrite,
{
    let (read, mut write) = tokio::io::split(stream);
    let mut lines = BufReader::new(read.take(MAIL_BYTES_MAX as u64)).lines();
    let mut to = String::new();
    write.write_all(b"220 test\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let word = line.split([' ', ':']).next().unwrap().to_ascii_uppercase();
        let answer = match word.as_str() {
            "EHLO" => "250-test\r\n250 8BITMIME\r\n".to_owned(),
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap().to_owned();
                let refused = refusal.lock().unwrap().clone();
                let refused = refused.map(|said| format!("{said} <{to}>\r\n"));
                refused.unwrap_or_else(|| "250 ok\r\n".to_owned())
            }
            "DATA" => {
                write.write_all(b"354 go\r\n").await.unwrap();
                let mut data = Vec::new();
                while let Ok(Some(line)) = lines.next_line().await {
                    if line == "." {
                        break;
                    }
                    data.push(line);
                }
                let data = data.join("\n");
                got.lock().unwrap().push(Got { to: to.clone(), data });
                "250 taken\r\n".to_owned()
            }
            "QUIT" => "221 bye\r\n".to_owned(),
            _ => "250 ok\r\n".to_owned(),
        };
        if write.write_all(answer.as_bytes()).await.is_err() || word == "QUIT" {
            return;
        }
    }
}

impl Got {
    /// The plain text of the mail.
    pub(crate) fn text(&self) -> String {
        self.part("text/plain")
    }

    /// The HTML of the mail.
    pub(crate) fn html(&self) -> String {
        self.part("text/html")
    }

    /// A header of the mail itself.
    pub(crate) fn header(&self, name: &str) -> String {
        let head = self.data.split("\n\n").next().unwrap().replace("\n ", " ");
        let line = head.lines().find(|l| l.to_lowercase().starts_with(&format!("{name}:")));
        line.unwrap_or_default().to_owned()
    }

    fn part(&self, media: &str) -> String {
        let after = self.data.split(&format!("Content-Type: {media}")).nth(1).unwrap();
        let (head, rest) = after.split_once("\n\n").unwrap();
        let body = rest.split("\n--").next().unwrap();
        if head.contains("base64") {
            let packed: String = body.split_whitespace().collect();
            return String::from_utf8(STANDARD.decode(packed).unwrap()).unwrap();
        }
        assert!(head.contains("8bit") || head.contains("7bit"), "{head}");
        body.to_owned()
    }
}

/// A request as the gateway got it.
#[derive(Clone, Debug)]
pub(crate) struct Pushed {
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Pushed {
    pub(crate) fn header(&self, name: &str) -> &str {
        let is_it = |line: &&str| line.to_lowercase().starts_with(&format!("{name}:"));
        let line = self.head.lines().find(is_it).unwrap_or_default();
        line.split_once(':').map(|(_, value)| value.trim()).unwrap_or_default()
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// As a receiver checks it, by the document.
    pub(crate) fn is_genuine(&self) -> bool {
        let (id, at) = (self.header("webhook-id"), self.header("webhook-timestamp"));
        let mut mac = Hmac::<Sha256>::new_from_slice(KEY).unwrap();
        mac.update(format!("{id}.{at}.{}", self.body).as_bytes());
        let signed = STANDARD.encode(mac.finalize().into_bytes());
        self.header("webhook-signature") == format!("v1,{signed}")
    }
}

/// A gateway that answers with a status and headers.
pub(crate) struct Gateway {
    pub(crate) port: u16,
    got: Arc<Mutex<Vec<Pushed>>>,
    answer: Arc<Mutex<String>>,
}

impl Gateway {
    pub(crate) async fn start() -> Self {
        Self::start_with(None).await
    }

    /// The same, encrypted when there is a certificate.
    pub(crate) async fn start_with(certified: Option<&Certified>) -> Self {
        let acceptor = certified.map(|c| c.acceptor.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let answer = Arc::new(Mutex::new("200 OK".to_owned()));
        let gateway = Self { port, got: Arc::default(), answer };
        let (got, answer) = (Arc::clone(&gateway.got), Arc::clone(&gateway.answer));
        tokio::spawn(async move {
            for _ in 0..CONNECTIONS_MAX {
                let (stream, _) = listener.accept().await.unwrap();
                let answer = answer.lock().unwrap().clone();
                let got = Arc::clone(&got);
                let Some(acceptor) = acceptor.clone() else {
                    tokio::spawn(serve(stream, got, answer));
                    continue;
                };
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        serve(stream, got, answer).await;
                    }
                });
            }
        });
        gateway
    }

    /// What it answers from now on, the status and, on more lines, headers.
    pub(crate) fn answer(&self, answer: &str) {
        *self.answer.lock().unwrap() = answer.to_owned();
    }

    pub(crate) fn pushed(&self) -> Vec<Pushed> {
        self.got.lock().unwrap().clone()
    }

    /// What sends to this gateway.
    pub(crate) fn webhook(&self) -> Webhook {
        webhook(&format!("http://127.0.0.1:{}/push?office=1", self.port), &["127.0.0.1"]).unwrap()
    }
}

pub(crate) fn webhook(url: &str, allowed: &[&str]) -> journal::Result<Webhook> {
    webhook_by(url, allowed, None)
}

/// The same with authorities of its own.
pub(crate) fn webhook_by(
    url: &str,
    allowed: &[&str],
    authorities: Option<&Path>,
) -> journal::Result<Webhook> {
    let secret = format!("whsec_{}", STANDARD.encode(KEY));
    let allowed: Vec<_> = allowed.iter().map(|a| (*a).to_owned()).collect();
    let settings = WebhookSettings { url, secret: &secret, allowed: &allowed, authorities };
    Webhook::new(&settings)
}

async fn serve<S>(mut stream: S, got: Arc<Mutex<Vec<Pushed>>>, answer: String)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut bytes = Vec::new();
    let (mut head_end, mut length) = (None, 0);
    loop {
        let mut chunk = [0; 4096];
        let n = stream.read(&mut chunk).await.unwrap_or(0);
        if n == 0 || bytes.len() > MAIL_BYTES_MAX {
            return;
        }
        bytes.extend_from_slice(&chunk[..n]);
        if head_end.is_none() {
            head_end = bytes.windows(4).position(|w| w == b"\r\n\r\n").map(|at| at + 4);
            let head = String::from_utf8_lossy(&bytes[..head_end.unwrap_or(0)]).to_lowercase();
            let said = head.lines().find_map(|l| l.strip_prefix("content-length:"));
            length = said.and_then(|l| l.trim().parse().ok()).unwrap_or(0);
        }
        if head_end.is_some_and(|end| bytes.len() >= end + length) {
            break;
        }
    }
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    got.lock().unwrap().push(Pushed { head: head.to_owned(), body: body.to_owned() });
    let answer = format!("HTTP/1.1 {answer}\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok");
    stream.write_all(answer.as_bytes()).await.unwrap();
}
