//! A small HTTP client that sends many requests and keeps how long each took.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use journal::{Error, Result};
use tokio::net::TcpStream;

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
}

impl Ask {
    /// A page.
    pub(crate) fn get(path: &str, headers: &[(&'static str, String)]) -> Self {
        let (method, headers) = (Method::GET, headers.to_vec());
        Self { method, path: path.to_owned(), headers, body: Bytes::new() }
    }

    /// A form.
    pub(crate) fn post(path: &str, headers: &[(&'static str, String)], body: String) -> Self {
        let mut ask = Self::get(path, headers);
        ask.method = Method::POST;
        ask.body = Bytes::from(body);
        ask
    }
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Bytes of the head, as HTTP/1.1 writes it.
    pub(crate) head_bytes: usize,
}

impl Reply {
    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Result<serde_json::Value> {
        Ok(serde_json::from_slice(&self.body)?)
    }

    /// Whether the body holds these bytes.
    pub(crate) fn holds(&self, wanted: &str) -> bool {
        let wanted = wanted.as_bytes();
        self.body.windows(wanted.len().max(1)).any(|window| window == wanted)
    }

    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// Stops the run when the status is another one.
    pub(crate) fn must_be(&self, status: u16, what: &str) -> Result<()> {
        if self.status.as_u16() == status {
            return Ok(());
        }
        let text: String = self.text().chars().take(600).collect();
        Err(Error::fault(format!("{what}: {} instead of {status}: {text}", self.status)))
    }
}

/// A connection that is kept.
pub(crate) struct Line(SendRequest<Full<Bytes>>);

impl Line {
    pub(crate) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(Error::fault)?;
        tokio::spawn(async move { drop(connection.await) });
        Ok(Self(sender))
    }

    pub(crate) async fn send(&mut self, ask: &Ask) -> Result<Reply> {
        let mut request = Request::builder().method(&ask.method).uri(&ask.path);
        request = request.header("host", "bench.local");
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Full::new(ask.body.clone())).map_err(Error::fault)?;
        let response = self.0.send_request(request).await.map_err(Error::fault)?;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.map_err(Error::fault)?.to_bytes();
        let lines = parts.headers.iter().map(|(n, v)| n.as_str().len() + v.len() + 4);
        let head_bytes = 19 + lines.sum::<usize>();
        Ok(Reply { status: parts.status, headers: parts.headers, body, head_bytes })
    }
}

/// One request on a connection of its own.
pub(crate) async fn once(address: SocketAddr, ask: &Ask) -> Result<Reply> {
    Line::open(address).await?.send(ask).await
}

/// How long the requests of a volley took.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    /// Of each, sorted.
    pub(crate) each: Vec<Duration>,
    /// From the first to the last.
    pub(crate) wall: Duration,
}

impl Taken {
    /// What so many of a hundred do not exceed.
    pub(crate) fn percentile(&self, of_hundred: usize) -> Duration {
        let at = (self.each.len() * of_hundred / 100).min(self.each.len().saturating_sub(1));
        self.each.get(at).copied().unwrap_or_default()
    }

    /// How many were answered in a second.
    pub(crate) fn per_second(&self) -> f64 {
        f64::from(u32::try_from(self.each.len()).unwrap_or(u32::MAX))
            / self.wall.as_secs_f64().max(1e-9)
    }
}

/// Sends `total` requests over some connections, each checked; the first that is not as it should
/// be ends the run.
pub(crate) async fn volley(
    address: SocketAddr,
    (connections, total): (usize, usize),
    make: impl Fn(usize) -> Ask + Send + Sync + 'static,
    check: impl Fn(usize, &Reply) -> Result<()> + Send + Sync + 'static,
) -> Result<Taken> {
    let (make, check) = (Arc::new(make), Arc::new(check));
    let next = Arc::new(AtomicUsize::new(0));
    let mut lines = Vec::new();
    for _ in 0..connections {
        lines.push(Line::open(address).await?);
    }
    let began = Instant::now();
    let tasks = lines.into_iter().map(|mut line| {
        let (make, check, next) = (Arc::clone(&make), Arc::clone(&check), Arc::clone(&next));
        tokio::spawn(async move {
            let mut each = Vec::new();
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= total {
                    return Ok::<_, Error>(each);
                }
                let ask = make(n);
                let began = Instant::now();
                let reply = line.send(&ask).await?;
                each.push(began.elapsed());
                check(n, &reply)?;
            }
        })
    });
    let done = futures_util::future::join_all(tasks).await;
    let wall = began.elapsed();
    let mut each = Vec::with_capacity(total);
    for some in done {
        each.extend(some.map_err(Error::fault)??);
    }
    each.sort_unstable();
    Ok(Taken { each, wall })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_and_rates_are_of_all_requests() {
        let each = (1..=200).map(Duration::from_millis).collect();
        let taken = Taken { each, wall: Duration::from_secs(2) };
        assert_eq!(taken.percentile(50), Duration::from_millis(101));
        assert_eq!(taken.percentile(99), Duration::from_millis(199));
        assert_eq!(taken.percentile(100), Duration::from_millis(200));
        assert!((taken.per_second() - 100.0).abs() < 1e-9);
    }
}
