//! Connections: accepted, greeted, served within limits, and finished when the program stops.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use journal::{Error, Result};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tower::Service;

/// Connections at once; more wait until one ends.
const CONNECTIONS_MAX: usize = 4_096;
/// A connection greets within this time.
const GREETING_MAX: Duration = Duration::from_secs(10);
/// The head of a request arrives within this time, also on a connection that is kept.
const HEAD_MAX: Duration = Duration::from_secs(20);
/// How often HTTP/2 asks whether the other side is still there.
const PING_EVERY: Duration = Duration::from_secs(20);
/// Requests of one HTTP/2 connection at once.
const STREAMS_MAX: u32 = 100;
/// How long requests under way may take when the program stops.
const FINISH_MAX: Duration = Duration::from_secs(30);

/// Serves until told to stop; requests under way are finished.
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    stop: impl Future<Output = ()>,
) -> Result<()> {
    let graceful = GracefulShutdown::new();
    let permits = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut stop = pin!(stop);
    loop {
        let permit = Arc::clone(&permits).acquire_owned().await.map_err(Error::fault)?;
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(e) => {
                // Out of descriptors or a client that left: neither is a reason to end.
                tracing::warn!(error = %e, "a connection was not accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let visit = Visit { peer, router: router.clone(), watcher: graceful.watcher(), permit };
        tokio::spawn(greet(stream, tls.clone(), visit));
    }
    drop(listener);
    if timeout(FINISH_MAX, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were not finished in time");
    }
    Ok(())
}

/// What a connection needs besides its stream.
struct Visit {
    peer: SocketAddr,
    router: Router,
    watcher: Watcher,
    permit: OwnedSemaphorePermit,
}

async fn greet(stream: TcpStream, tls: Option<TlsAcceptor>, visit: Visit) {
    if let Err(e) = stream.set_nodelay(true) {
        tracing::debug!(error = %e, "no delay was not set");
    }
    let Some(tls) = tls else { return attend(stream, visit).await };
    match timeout(GREETING_MAX, tls.accept(stream)).await {
        Ok(Ok(stream)) => attend(stream, visit).await,
        Ok(Err(e)) => tracing::debug!(error = %e, peer = %visit.peer, "no TLS"),
        Err(_late) => tracing::debug!(peer = %visit.peer, "TLS took too long"),
    }
}

async fn attend(stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static, visit: Visit) {
    let Visit { peer, router, watcher, permit } = visit;
    let service = TowerToHyperService::new(Visited { peer, router });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_MAX);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(PING_EVERY)
        .max_concurrent_streams(STREAMS_MAX);
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    if let Err(e) = watcher.watch(connection).await {
        tracing::debug!(error = %e, %peer, "a connection ended early");
    }
    drop(permit);
}

/// The router, told who is at the other end.
#[derive(Clone)]
struct Visited {
    peer: SocketAddr,
    router: Router,
}

impl<B> Service<Request<B>> for Visited
where
    Router: Service<Request<B>>,
{
    type Response = <Router as Service<Request<B>>>::Response;
    type Error = <Router as Service<Request<B>>>::Error;
    type Future = <Router as Service<Request<B>>>::Future;

    fn poll_ready(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<std::result::Result<(), <Router as Service<Request<B>>>::Error>> {
        Service::<Request<B>>::poll_ready(&mut self.router, cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        request.extensions_mut().insert(ConnectInfo(self.peer));
        self.router.call(request)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;
    use std::time::Duration;

    use axum::Router;
    use axum::extract::ConnectInfo;
    use axum::routing::get;
    use rcgen::{CertifiedKey, generate_simple_self_signed};
    use tempfile::TempDir;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::sync::oneshot;
    use tokio::task::JoinHandle;
    use tokio_rustls::TlsConnector;
    use tokio_rustls::client::TlsStream;
    use tokio_rustls::rustls::crypto::ring;
    use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
    use tokio_rustls::rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion, version};

    use crate::tls::Tls;

    /// A certificate and its key in files; answers the certificate.
    fn write_certificate(folder: &Path) -> CertificateDer<'static> {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        std::fs::write(folder.join("cert.pem"), cert.pem()).unwrap();
        std::fs::write(folder.join("key.pem"), signing_key.serialize_pem()).unwrap();
        cert.der().clone()
    }

    struct Running {
        address: std::net::SocketAddr,
        tls: Arc<Tls>,
        stop: oneshot::Sender<()>,
        done: JoinHandle<journal::Result<()>>,
    }

    async fn run(folder: &Path) -> Running {
        let tls = Tls::read(&folder.join("cert.pem"), &folder.join("key.pem")).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let peer = async |ConnectInfo(peer): ConnectInfo<std::net::SocketAddr>| peer.to_string();
        let slow = async || {
            tokio::time::sleep(Duration::from_millis(300)).await;
            "finished"
        };
        let router = Router::new().route("/peer", get(peer)).route("/slow", get(slow));
        let (stop, told) = oneshot::channel();
        let told = async move {
            told.await.unwrap();
        };
        let acceptor = Some(tls.acceptor().unwrap());
        let done = tokio::spawn(super::serve(listener, acceptor, router, told));
        Running { address, tls, stop, done }
    }

    async fn connect(
        running: &Running,
        trusted: CertificateDer<'static>,
        (versions, protocols): (&[&'static SupportedProtocolVersion], &[&str]),
    ) -> std::io::Result<TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        roots.add(trusted).unwrap();
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(versions)
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = protocols.iter().map(|p| p.as_bytes().to_vec()).collect();
        let stream = TcpStream::connect(running.address).await?;
        let name = ServerName::try_from("localhost").unwrap();
        TlsConnector::from(Arc::new(config)).connect(name, stream).await
    }

    const BOTH: &[&SupportedProtocolVersion] = &[&version::TLS13, &version::TLS12];

    async fn ask(stream: &mut TlsStream<TcpStream>, path: &str) -> String {
        let request =
            format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn both_versions_of_tls_and_of_http_are_spoken_and_nothing_in_clear() {
        let folder = TempDir::new().unwrap();
        let cert = write_certificate(folder.path());
        let running = run(folder.path()).await;
        for version in [&version::TLS12, &version::TLS13] {
            let mut stream =
                connect(&running, cert.clone(), (&[version], &["http/1.1"])).await.unwrap();
            let own = stream.get_ref().0.local_addr().unwrap().to_string();
            let answer = ask(&mut stream, "/peer").await;
            assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with(&own), "{answer}");
        }
        let mut stream =
            connect(&running, cert.clone(), (BOTH, &["h2", "http/1.1"])).await.unwrap();
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(b"h2".as_slice()));
        stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").await.unwrap();
        let mut frame = [0; 9];
        stream.read_exact(&mut frame).await.unwrap();
        assert_eq!(frame[3], 4, "HTTP/2 begins with its settings");

        let mut clear = TcpStream::connect(running.address).await.unwrap();
        clear.write_all(b"GET /peer HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        let mut answer = Vec::new();
        clear.read_to_end(&mut answer).await.unwrap();
        assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
    }

    #[tokio::test]
    async fn a_new_certificate_is_taken_and_a_broken_one_is_not() {
        let folder = TempDir::new().unwrap();
        let first = write_certificate(folder.path());
        let running = run(folder.path()).await;
        let second = write_certificate(folder.path());
        connect(&running, first.clone(), (BOTH, &[])).await.unwrap();
        running.tls.renew().unwrap();
        connect(&running, second.clone(), (BOTH, &[])).await.unwrap();
        assert!(connect(&running, first, (BOTH, &[])).await.is_err(), "the former is gone");

        std::fs::write(folder.path().join("cert.pem"), "no certificate").unwrap();
        assert!(running.tls.renew().unwrap_err().to_string().contains("cert.pem"));
        write_certificate(folder.path());
        let key = rcgen::KeyPair::generate().unwrap().serialize_pem();
        std::fs::write(folder.path().join("key.pem"), key).unwrap();
        assert!(running.tls.renew().is_err(), "a key of another certificate");
        connect(&running, second, (BOTH, &[])).await.unwrap();
    }

    #[tokio::test]
    async fn a_request_under_way_is_finished_and_then_nobody_is_let_in() {
        let folder = TempDir::new().unwrap();
        let cert = write_certificate(folder.path());
        let running = run(folder.path()).await;
        let mut stream = connect(&running, cert, (BOTH, &["http/1.1"])).await.unwrap();
        let asked = tokio::spawn(async move { ask(&mut stream, "/slow").await });
        tokio::time::sleep(Duration::from_millis(100)).await;
        running.stop.send(()).unwrap();
        assert!(asked.await.unwrap().ends_with("finished"));
        running.done.await.unwrap().unwrap();
        assert!(TcpStream::connect(running.address).await.is_err());
    }
}
