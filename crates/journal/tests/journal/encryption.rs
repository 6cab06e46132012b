//! PostgreSQL over TLS: a server that speaks it, one that does not, and certificates that are not
//! the right ones.

use std::path::PathBuf;
use std::sync::Arc;

use journal::{Db, Place};
use kernel::{Clock, Moment};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::common::{MONDAY, on_postgres, rooms};

/// What asks a server of PostgreSQL for TLS.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

/// An authority, its certificate in a file, and a way to the test server that speaks TLS.
struct Front {
    folder: TempDir,
    port: u16,
}

impl Front {
    /// Before the server of an address, with a certificate for a host.
    async fn before(address: &str, host: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &authority).unwrap();
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("ca.pem"), authority.pem()).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let target: tokio_postgres::Config = address.parse().unwrap();
        tokio::spawn(forward(listener, TlsAcceptor::from(Arc::new(config)), target));
        Self { folder, port }
    }

    fn ca(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }
}

async fn forward(listener: TcpListener, tls: TlsAcceptor, target: tokio_postgres::Config) {
    while let Ok((mut near, _)) = listener.accept().await {
        let (tls, target) = (tls.clone(), target.clone());
        tokio::spawn(async move {
            let mut asked = [0; 8];
            near.read_exact(&mut asked).await.unwrap();
            assert_eq!(asked, SSL_REQUEST, "nothing comes before TLS");
            near.write_all(b"S").await.unwrap();
            // A client that does not trust us ends here.
            let Ok(mut near) = tls.accept(near).await else { return };
            let port = target.get_ports().first().copied().unwrap_or(5432);
            match &target.get_hosts()[0] {
                tokio_postgres::config::Host::Tcp(host) => {
                    let mut far = TcpStream::connect((host.as_str(), port)).await.unwrap();
                    let _ended = tokio::io::copy_bidirectional(&mut near, &mut far).await;
                }
                tokio_postgres::config::Host::Unix(folder) => {
                    let path = folder.join(format!(".s.PGSQL.{port}"));
                    let mut far = tokio::net::UnixStream::connect(path).await.unwrap();
                    let _ended = tokio::io::copy_bidirectional(&mut near, &mut far).await;
                }
            }
        });
    }
}

/// The address, led through the front, with more in its query.
fn through(address: &str, front: &Front, more: &str) -> String {
    let config: tokio_postgres::Config = address.parse().unwrap();
    let user = config.get_user().unwrap_or("postgres");
    let password = config.get_password().map(|p| String::from_utf8_lossy(p).into_owned());
    let name = config.get_dbname().unwrap_or(user);
    let password = password.map_or_else(String::new, |p| format!(":{p}"));
    format!("postgres://{user}{password}@localhost:{}/{name}?{more}", front.port)
}

async fn opened(address: String) -> Result<Db, String> {
    let clock = Clock::manual(Moment::from_micros(MONDAY));
    Db::open(Place::Postgres(address), rooms(), clock).await.map_err(|e| e.to_string())
}

#[tokio::test]
async fn the_way_to_postgresql_is_as_safe_as_the_address_demands() {
    on_postgres(async |place| {
        let Place::Postgres(address) = place else { unreachable!("on_postgres gives an address") };
        let front = Front::before(&address, "localhost").await;
        let ca = format!("sslrootcert={}", front.ca().display());
        for safe in ["sslmode=verify-full", "sslmode=verify-ca", "sslmode=require"] {
            let db = opened(through(&address, &front, &format!("{safe}&{ca}"))).await.unwrap();
            let mut tx = db.read().await.unwrap();
            let seen: (i64,) = tx.one("SELECT CAST(1 AS BIGINT)", &[]).await.unwrap();
            assert_eq!(seen.0, 1, "{safe}");
        }
        opened(through(&address, &front, "sslmode=require")).await.unwrap();
        opened(through(&address, &front, "sslmode=prefer")).await.unwrap();

        // The certificate is of no known authority.
        let stranger = Front::before(&address, "localhost").await;
        for mode in ["verify-full", "verify-ca", "require"] {
            let more = format!("sslmode={mode}&{ca}");
            let refused = opened(through(&address, &stranger, &more)).await;
            assert!(refused.is_err(), "{mode} took a strange certificate");
        }
        // It is for another host.
        let other = Front::before(&address, "other.example").await;
        let ca = format!("sslrootcert={}", other.ca().display());
        let refused = opened(through(&address, &other, &format!("sslmode=verify-full&{ca}"))).await;
        assert!(refused.is_err(), "verify-full looks at the host");
        opened(through(&address, &other, &format!("sslmode=verify-ca&{ca}"))).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_server_without_tls_is_refused_when_it_is_required() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut asked = [0; 8];
        client.read_exact(&mut asked).await.unwrap();
        client.write_all(b"N").await.unwrap();
        let mut rest = Vec::new();
        client.read_to_end(&mut rest).await.unwrap();
        (asked, rest)
    });
    let address = format!("postgres://u:secret@127.0.0.1:{port}/d?sslmode=require");
    let refused = opened(address).await;
    assert!(refused.is_err());
    let (asked, rest) = server.await.unwrap();
    assert_eq!(asked, SSL_REQUEST);
    assert!(rest.is_empty(), "no name and no password was sent in clear: {rest:?}");
}
