//! The program's own TLS: which certificate it shows, and how it takes a new one while it serves.
//!
//! TLS 1.2 and 1.3 by rustls; HTTP/2 and HTTP/1.1. A new certificate is taken on SIGHUP and when
//! the files change; one that cannot be used leaves the former in place.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use journal::{Error, Result};
use tokio::signal::unix::{SignalKind, signal};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

/// How often the files are looked at.
const EVERY: Duration = Duration::from_secs(60);

/// The certificate that is shown, and where it came from.
#[derive(Debug)]
pub(crate) struct Tls {
    cert: PathBuf,
    key: PathBuf,
    provider: CryptoProvider,
    shown: RwLock<Arc<CertifiedKey>>,
}

impl Tls {
    /// Reads certificate chain and key, both PEM.
    pub(crate) fn read(cert: &Path, key: &Path) -> Result<Arc<Self>> {
        let provider = ring::default_provider();
        let shown = RwLock::new(Arc::new(certified(cert, key, &provider)?));
        Ok(Arc::new(Self { cert: cert.to_owned(), key: key.to_owned(), provider, shown }))
    }

    /// What greets connections.
    pub(crate) fn acceptor(self: &Arc<Self>) -> Result<TlsAcceptor> {
        let shown = Arc::new(Shown(Arc::clone(self)));
        let mut config = ServerConfig::builder_with_provider(Arc::new(self.provider.clone()))
            .with_safe_default_protocol_versions()
            .map_err(Error::fault)?
            .with_no_client_auth()
            .with_cert_resolver(shown);
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    /// Takes what is in the files now; the former certificate stays when that is of no use.
    pub(crate) fn renew(&self) -> Result<()> {
        let new = Arc::new(certified(&self.cert, &self.key, &self.provider)?);
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }

    /// Takes a new certificate whenever there is one, for as long as the program serves.
    pub(crate) async fn watch(self: Arc<Self>) -> Result<()> {
        let mut hangup = signal(SignalKind::hangup())?;
        let mut seen = self.changed_at();
        loop {
            let told = tokio::select! {
                _ = hangup.recv() => true,
                () = tokio::time::sleep(EVERY) => false,
            };
            let now = self.changed_at();
            if !told && now == seen {
                continue;
            }
            match self.renew() {
                Ok(()) => {
                    seen = now;
                    tracing::info!(cert = %self.cert.display(), "certificate renewed");
                }
                // Both files are seldom written at once, so it is tried again.
                Err(e) => tracing::warn!(error = %e, "certificate not renewed"),
            }
        }
    }

    fn changed_at(&self) -> [Option<SystemTime>; 2] {
        let changed = |path: &Path| std::fs::metadata(path).and_then(|m| m.modified()).ok();
        [changed(&self.cert), changed(&self.key)]
    }
}

#[derive(Debug)]
struct Shown(Arc<Tls>);

impl ResolvesServerCert for Shown {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0.shown.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

/// Certificate chain and key, when they belong together.
fn certified(cert: &Path, key: &Path, provider: &CryptoProvider) -> Result<CertifiedKey> {
    let told =
        |path: &Path, e: &dyn std::fmt::Display| Error::fault(format!("{}: {e}", path.display()));
    let chain: std::result::Result<Vec<_>, _> =
        CertificateDer::pem_file_iter(cert).map_err(|e| told(cert, &e))?.collect();
    let chain = chain.map_err(|e| told(cert, &e))?;
    if chain.is_empty() {
        return Err(told(cert, &"there is no certificate in it"));
    }
    let private = PrivateKeyDer::from_pem_file(key).map_err(|e| told(key, &e))?;
    CertifiedKey::from_der(chain, private, provider).map_err(|e| told(key, &e))
}
