//! The access log on its way to a log server: each line of RFC 5424 as it is noted, by UDP
//! (RFC 5426), TCP (octet counting, RFC 6587), TLS (RFC 5425) or the machine's own socket.
//!
//! The lines stand in the database too; what cannot be sent holds nobody up. While the server is
//! known to be away lines are kept, up to [`KEPT`], and once it is back the log says how many found
//! no room. A line that was written to a connection which its server had just left is not known to
//! be lost.

use std::fmt::Debug;
use std::io::Write;
use std::net::{TcpStream, UdpSocket};
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use journal::{Error, Result};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, StreamOwned};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

/// What the lines of the access log are marked with.
const TARGET: &str = "access";
/// Lines kept while the server is away.
const KEPT: usize = 10_000;
/// How long one attempt to reach or to tell the server may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long is waited after a failure, at first and at most.
const PAUSE: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(30));
/// How long the end of the program waits for what is still to be sent.
const LAST: Duration = Duration::from_secs(2);

/// Where the lines go.
#[derive(Clone, Debug)]
enum Server {
    Udp(String),
    Tcp(String),
    Tls(String, Arc<ClientConfig>),
    Socket(PathBuf),
}

impl Server {
    /// `udp://host:514`, `tcp://host:601`, `tls://host:6514` or `unix:///dev/log`.
    fn of(address: &str, ca: Option<&Path>) -> Result<Self> {
        let wrong = || {
            Error::fault(format!(
                "--syslog takes udp://host:514, tcp://host:601, tls://host:6514 or unix:///dev/log, not {address}"
            ))
        };
        let (scheme, place) = address.split_once("://").ok_or_else(wrong)?;
        let has_port = place
            .rsplit_once(':')
            .is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
        match scheme {
            "unix" if place.starts_with('/') => Ok(Self::Socket(place.into())),
            "udp" if has_port => Ok(Self::Udp(place.to_owned())),
            "tcp" if has_port => Ok(Self::Tcp(place.to_owned())),
            "tls" if has_port => {
                let roots = journal::authorities(ca)?;
                let config =
                    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
                        .with_safe_default_protocol_versions()
                        .map_err(Error::fault)?
                        .with_root_certificates(roots)
                        .with_no_client_auth();
                Ok(Self::Tls(place.to_owned(), Arc::new(config)))
            }
            _ => Err(wrong()),
        }
    }

    fn connect(&self) -> std::io::Result<Box<dyn Tell>> {
        match self {
            Self::Udp(place) => {
                let any = if place.starts_with('[') { "[::]:0" } else { "0.0.0.0:0" };
                let socket = UdpSocket::bind(any)?;
                socket.connect(place)?;
                Ok(Box::new(socket))
            }
            Self::Socket(path) => {
                let socket = UnixDatagram::unbound()?;
                socket.connect(path)?;
                socket.set_write_timeout(Some(PATIENCE))?;
                Ok(Box::new(socket))
            }
            Self::Tcp(place) => Ok(Box::new(Counted(stream(place)?))),
            Self::Tls(place, config) => {
                let host = place.rsplit_once(':').map_or(place.as_str(), |(host, _)| host);
                let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())
                    .map_err(std::io::Error::other)?;
                let client = ClientConnection::new(Arc::clone(config), name)
                    .map_err(std::io::Error::other)?;
                Ok(Box::new(Counted(StreamOwned::new(client, stream(place)?))))
            }
        }
    }
}

fn stream(place: &str) -> std::io::Result<TcpStream> {
    use std::net::ToSocketAddrs as _;
    let mut last = std::io::Error::other("the name has no address");
    for address in place.to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(stream) => {
                stream.set_write_timeout(Some(PATIENCE))?;
                // A handshake reads; a server that says nothing is one that is away.
                stream.set_read_timeout(Some(PATIENCE))?;
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(e) => last = e,
        }
    }
    Err(last)
}

/// A way on which a line is told.
trait Tell {
    fn tell(&mut self, line: &str) -> std::io::Result<()>;
}

impl Tell for UdpSocket {
    fn tell(&mut self, line: &str) -> std::io::Result<()> {
        self.send(line.as_bytes()).map(drop)
    }
}

impl Tell for UnixDatagram {
    fn tell(&mut self, line: &str) -> std::io::Result<()> {
        self.send(line.as_bytes()).map(drop)
    }
}

/// A stream on which each line comes with its length before it.
struct Counted<W>(W);

impl<W: Write> Tell for Counted<W> {
    fn tell(&mut self, line: &str) -> std::io::Result<()> {
        self.0.write_all(format!("{} {line}", line.len()).as_bytes())?;
        self.0.flush()
    }
}

/// What the sender is told.
enum Said {
    Line(String),
    End,
}

/// Takes the lines of the access log out of the program's log.
pub(crate) struct Syslog {
    lines: SyncSender<Said>,
    lost: Arc<AtomicU64>,
}

/// Sends what is left when the program ends.
pub(crate) struct Sending {
    lines: SyncSender<Said>,
    thread: Option<JoinHandle<()>>,
}

/// Begins to send the access log to a server.
pub(crate) fn start(address: &str, ca: Option<&Path>) -> Result<(Syslog, Sending)> {
    let server = Server::of(address, ca)?;
    let (lines, waiting) = sync_channel(KEPT);
    let lost = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&lost);
    let thread = std::thread::Builder::new()
        .name("syslog".to_owned())
        .spawn(move || send(&server, &waiting, &counted))?;
    let sending = Sending { lines: lines.clone(), thread: Some(thread) };
    Ok((Syslog { lines, lost }, sending))
}

impl Drop for Sending {
    fn drop(&mut self) {
        // A full queue is one that a server does not take; then there is nothing to wait for.
        if self.lines.try_send(Said::End).is_err() {
            return;
        }
        let Some(thread) = self.thread.take() else { return };
        let end = Instant::now() + LAST;
        while !thread.is_finished() && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Sends line after line; one that could not be sent is sent again on the next connection.
fn send(server: &Server, waiting: &Receiver<Said>, lost: &AtomicU64) {
    let mut way: Option<Box<dyn Tell>> = None;
    while let Ok(Said::Line(line)) = waiting.recv() {
        let mut pause = PAUSE.0;
        loop {
            let told = match &mut way {
                Some(way) => way.tell(&line),
                None => server.connect().and_then(|mut fresh| {
                    let told = fresh.tell(&line);
                    way = Some(fresh);
                    told
                }),
            };
            let Err(error) = told else { break };
            way = None;
            if pause == PAUSE.0 {
                tracing::warn!(%error, "the log server cannot be reached; lines are kept");
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(PAUSE.1);
        }
        match lost.swap(0, Ordering::Relaxed) {
            0 => {}
            lines => tracing::warn!(lines, "lines of the access log were not sent"),
        }
    }
}

impl<S: Subscriber> Layer<S> for Syslog {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        if event.metadata().target() != TARGET {
            return;
        }
        let mut line = Line::default();
        event.record(&mut line);
        if self.lines.try_send(Said::Line(line.0)).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// The message of an event.
#[derive(Default)]
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;
    use std::net::{TcpListener, UdpSocket};
    use std::os::unix::net::UnixDatagram;

    use tracing_subscriber::layer::SubscriberExt as _;

    use super::{Server, start};

    /// Notes lines as the access log does, beside others, while a server is named.
    fn noted(address: &str, lines: &[&str]) -> super::Sending {
        let (syslog, sending) = start(address, None).unwrap();
        let subscriber = tracing_subscriber::registry().with(syslog);
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!("something else");
            for line in lines {
                tracing::info!(target: "access", "{line}");
            }
        });
        sending
    }

    #[test]
    fn a_datagram_holds_a_line_and_nothing_else_of_the_log() {
        let server = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = format!("udp://{}", server.local_addr().unwrap());
        let _sending = noted(&address, &["<110>1 first", "<108>1 second"]);
        let mut buffer = [0; 200];
        for wanted in ["<110>1 first", "<108>1 second"] {
            let n = server.recv(&mut buffer).unwrap();
            assert_eq!(std::str::from_utf8(&buffer[..n]), Ok(wanted));
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let server = UnixDatagram::bind(&path).unwrap();
        let _sending = noted(&format!("unix://{}", path.display()), &["<110>1 third"]);
        let n = server.recv(&mut buffer).unwrap();
        assert_eq!(std::str::from_utf8(&buffer[..n]), Ok("<110>1 third"));
    }

    #[test]
    fn lines_wait_for_a_server_that_is_away_and_come_with_their_length() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let sending = noted(&format!("tcp://{address}"), &["<110>1 已登录", "<110>1 b"]);
        // Nobody listens for a while.
        std::thread::sleep(std::time::Duration::from_millis(300));
        let listener = TcpListener::bind(address).unwrap();
        let (mut stream, _) = listener.accept().unwrap();
        drop(sending);
        let mut text = vec![0; 29];
        stream.read_exact(&mut text).unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), "16 <110>1 已登录8 <110>1 b");
    }

    #[test]
    fn an_address_says_how_and_where() {
        for right in
            ["udp://log.lan:514", "tcp://10.0.0.2:601", "tls://log.lan:6514", "unix:///dev/log"]
        {
            assert!(Server::of(right, None).is_ok(), "{right}");
        }
        for wrong in
            ["log.lan:514", "udp://log.lan", "http://log.lan:514", "unix://dev/log", "tcp://:601"]
        {
            let told = Server::of(wrong, None).unwrap_err().to_string();
            assert!(told.contains("udp://host:514"), "{told}");
        }
    }
}
