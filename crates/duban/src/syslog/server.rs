//! The log server: where it is, and the ways on which a line is told to it.

use std::io::{self, Read, Write};
use std::net::{TcpStream, UdpSocket};
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use journal::{Error, Result};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, StreamOwned};

/// How long one attempt to reach or to tell the server may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the lines go.
#[derive(Clone, Debug)]
pub(super) enum Server {
    Udp(String),
    Tcp(String),
    Tls(String, Arc<ClientConfig>),
    Socket(PathBuf),
}

impl Server {
    /// `udp://host:514`, `tcp://host:601`, `tls://host:6514` or `unix:///dev/log`.
    pub(super) fn of(address: &str, ca: Option<&Path>) -> Result<Self> {
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

    pub(super) fn connect(&self) -> io::Result<Box<dyn Tell>> {
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
            Self::Tcp(place) => {
                let stream = stream(place)?;
                Ok(Box::new(Counted { socket: stream.try_clone()?, stream }))
            }
            Self::Tls(place, config) => {
                let host = place.rsplit_once(':').map_or(place.as_str(), |(host, _)| host);
                let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())
                    .map_err(io::Error::other)?;
                let client =
                    ClientConnection::new(Arc::clone(config), name).map_err(io::Error::other)?;
                let mut stream = StreamOwned::new(client, stream(place)?);
                // The handshake is done before it is asked whether the server is still there.
                stream.conn.complete_io(&mut stream.sock)?;
                Ok(Box::new(Counted { socket: stream.sock.try_clone()?, stream }))
            }
        }
    }
}

fn stream(place: &str) -> io::Result<TcpStream> {
    use std::net::ToSocketAddrs as _;
    let mut last = io::Error::other("the name has no address");
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
pub(super) trait Tell {
    fn tell(&mut self, line: &str) -> io::Result<()>;
}

impl Tell for UdpSocket {
    fn tell(&mut self, line: &str) -> io::Result<()> {
        self.send(line.as_bytes()).map(drop)
    }
}

impl Tell for UnixDatagram {
    fn tell(&mut self, line: &str) -> io::Result<()> {
        self.send(line.as_bytes()).map(drop)
    }
}

/// A stream on which each line comes with its length before it.
struct Counted<W> {
    stream: W,
    /// The stream's connection.
    socket: TcpStream,
}

impl<W: Read + Write> Counted<W> {
    /// A server that has left is noticed before it is told: what is written then is lost without
    /// an error. What it says otherwise is nothing to us.
    fn demand_open(&mut self) -> io::Result<()> {
        self.socket.set_nonblocking(true)?;
        let said = self.stream.read(&mut [0; 512]);
        self.socket.set_nonblocking(false)?;
        match said {
            Ok(0) => Err(io::ErrorKind::ConnectionAborted.into()),
            Ok(_) => Ok(()),
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => Ok(()),
            Err(e) => Err(e),
        }
    }
}

impl<W: Read + Write> Tell for Counted<W> {
    fn tell(&mut self, line: &str) -> io::Result<()> {
        self.demand_open()?;
        self.stream.write_all(format!("{} {line}", line.len()).as_bytes())?;
        self.stream.flush()
    }
}
