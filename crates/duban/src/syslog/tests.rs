//! Lines on each way: whole, once, and counted where they are not sent.

use std::io::{Read, Write as _};
use std::net::{TcpListener, UdpSocket};
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::sync::Arc;

use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};
use tracing_subscriber::layer::SubscriberExt as _;

use super::{Sending, Server, Syslog, start};

/// Notes lines as the access log does, beside others, while a server is named.
fn noted(address: &str, lines: &[&str]) -> Sending {
    let (syslog, sending) = start(address, None).unwrap();
    note(syslog, lines);
    sending
}

fn note(syslog: Syslog, lines: &[&str]) {
    let subscriber = tracing_subscriber::registry().with(syslog);
    tracing::subscriber::with_default(subscriber, || {
        tracing::info!("something else");
        for line in lines {
            tracing::info!(target: "access", "{line}");
        }
    });
}

/// The same sender once more, as another line of the log has it.
fn again(syslog: &Syslog) -> Syslog {
    Syslog { lines: syslog.lines.clone(), counts: Arc::clone(&syslog.counts) }
}

fn read(stream: &mut impl Read, bytes: usize) -> String {
    let mut text = vec![0; bytes];
    stream.read_exact(&mut text).unwrap();
    String::from_utf8(text).unwrap()
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

#[test]
fn a_connection_that_is_cut_costs_no_line() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("tcp://{}", listener.local_addr().unwrap());
    let (syslog, sending) = start(&address, None).unwrap();
    for line in ["<110>1 a", "<110>1 b", "<110>1 c"] {
        note(again(&syslog), &[line]);
        let (mut stream, _) = listener.accept().unwrap();
        assert_eq!(read(&mut stream, 10), format!("8 {line}"));
        // The server leaves; the next line is the first thing that could notice.
        drop(stream);
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(sending.left(), 0);
}

#[test]
fn what_was_not_sent_is_counted_at_the_end() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let sending = noted(&format!("tcp://{address}"), &["<110>1 a", "<110>1 b"]);
    assert_eq!(sending.left(), 2);
    // A thread that is told to end gives up neither the line in its hand nor its count.
    let counts = Arc::clone(&sending.counts);
    drop(sending);
    assert_eq!(counts.waiting.load(std::sync::atomic::Ordering::Relaxed), 2);
}

#[test]
fn lines_go_encrypted_to_a_server_that_is_known_and_to_no_other() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let ca = folder.path().join("ca.pem");
    std::fs::write(&ca, made.cert.pem()).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (syslog, sending) = start(&format!("tls://localhost:{port}"), Some(&ca)).unwrap();
    let accept = || {
        let (stream, _) = listener.accept().unwrap();
        StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream)
    };
    for line in ["<110>1 a", "<110>1 b"] {
        note(again(&syslog), &[line]);
        let mut server = accept();
        assert_eq!(read(&mut server, 10), format!("8 {line}"));
        server.conn.send_close_notify();
        server.flush().unwrap();
        drop(server);
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(sending.left(), 0);
    // A certificate that nobody vouches for: not a byte of a line.
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(&ca, other.cert.pem()).unwrap();
    let (syslog, sending) =
        start(&format!("tls://localhost:{port}"), Some(Path::new(&ca))).unwrap();
    note(syslog, &["<110>1 c"]);
    let told = accept().read(&mut [0; 10]);
    assert!(told.is_err(), "{told:?}");
    assert_eq!(sending.left(), 1);
}
