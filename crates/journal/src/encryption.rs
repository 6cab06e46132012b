//! The way to PostgreSQL: whether it is encrypted, and whose certificate the server must show.
//!
//! `sslmode` and `sslrootcert` stand in the database's address and mean what they mean to libpq:
//!
//! | `sslmode` | encrypted | certificate |
//! | --- | --- | --- |
//! | `disable` | no | – |
//! | `prefer`, also when absent | when the server can | not looked at |
//! | `require` | always | not looked at, unless `sslrootcert` is given: then as `verify-ca` |
//! | `verify-ca` | always | of a known authority |
//! | `verify-full` | always | of a known authority, and for this host |

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, RootCertStore,
    SignatureScheme,
};

use crate::{Error, Result};

/// Where systems keep the authorities they trust: Debian, Red Hat, openEuler, SUSE.
const SYSTEM_ROOTS: [&str; 3] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
];

/// What an address demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Encryption {
    pub(crate) mode: SslMode,
    check: Check,
    roots: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Check {
    Nothing,
    Authority,
    AuthorityAndHost,
}

/// Takes `sslmode` and `sslrootcert` out of an address; answers the rest for the driver, which
/// knows fewer modes.
pub(crate) fn taken_out(address: &str) -> Result<(String, Encryption)> {
    let (mut mode, mut roots) = (None, None);
    let mut keep = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match name.trim() {
            "sslmode" => mode = Some(value.trim_matches('\'').to_owned()),
            "sslrootcert" => roots = Some(value.trim_matches('\'').to_owned()),
            _ => return true,
        }
        false
    };
    let rest = if address.contains("://") {
        let (base, query) = address.split_once('?').unwrap_or((address, ""));
        let kept: Vec<_> = query.split('&').filter(|p| !p.is_empty() && keep(p)).collect();
        let mark = if kept.is_empty() { "" } else { "?" };
        format!("{base}{mark}{}", kept.join("&"))
    } else {
        let kept: Vec<_> = address.split_whitespace().filter(|p| keep(p)).collect();
        kept.join(" ")
    };
    let roots = roots.map(|path| PathBuf::from(unescaped(&path)));
    Ok((rest, Encryption::of(mode.as_deref(), roots)?))
}

impl Encryption {
    fn of(mode: Option<&str>, roots: Option<PathBuf>) -> Result<Self> {
        let (mode, check) = match mode {
            Some("disable") => (SslMode::Disable, Check::Nothing),
            None | Some("prefer") => (SslMode::Prefer, Check::Nothing),
            Some("require") if roots.is_none() => (SslMode::Require, Check::Nothing),
            Some("require" | "verify-ca") => (SslMode::Require, Check::Authority),
            Some("verify-full") => (SslMode::Require, Check::AuthorityAndHost),
            Some(other) => {
                return Err(Error::fault(format!(
                    "sslmode={other}: disable, prefer, require, verify-ca or verify-full"
                )));
            }
        };
        Ok(Self { mode, check, roots })
    }

    /// What connects.
    pub(crate) fn connector(&self) -> Result<MakeRustlsConnect> {
        let provider = Arc::new(ring::default_provider());
        let verifier: Arc<dyn ServerCertVerifier> = match self.check {
            Check::Nothing => Arc::new(AnyHost { provider: Arc::clone(&provider), inner: None }),
            Check::Authority => {
                let inner = Some(self.verifier(&provider)?);
                Arc::new(AnyHost { provider: Arc::clone(&provider), inner })
            }
            Check::AuthorityAndHost => self.verifier(&provider)?,
        };
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(Error::fault)?
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth();
        Ok(MakeRustlsConnect::new(config))
    }

    fn verifier(&self, provider: &Arc<CryptoProvider>) -> Result<Arc<WebPkiServerVerifier>> {
        let roots = Arc::new(authorities(self.roots.as_deref())?);
        WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(provider))
            .build()
            .map_err(Error::fault)
    }
}

/// The authorities in a file (PEM), or those that the system trusts.
pub fn authorities(file: Option<&Path>) -> Result<RootCertStore> {
    let system = || SYSTEM_ROOTS.iter().map(Path::new).find(|path| path.exists());
    let path = file.or_else(system).ok_or_else(|| {
        Error::fault("this system lists no authorities that it trusts; name a file of them (--database-ca, --send-ca, --syslog-ca)")
    })?;
    let told = |e: &dyn std::fmt::Display| Error::fault(format!("{}: {e}", path.display()));
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(|e| told(&e))? {
        // A system's list may hold some that cannot be used; one that was named must be good.
        let added = roots.add(certificate.map_err(|e| told(&e))?);
        if file.is_some() {
            added.map_err(|e| told(&e))?;
        }
    }
    if roots.is_empty() {
        return Err(told(&"there is no certificate in it"));
    }
    Ok(roots)
}

/// `%2F` and the like in an address.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
        let pair = (byte == b'%').then(|| digit(ahead.next()).zip(digit(ahead.next()))).flatten();
        match pair.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = ahead;
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Takes a certificate for any host, of a known authority when there is a list. The handshake is
/// checked in each case: whoever shows a certificate must hold its key.
#[derive(Debug)]
struct AnyHost {
    provider: Arc<CryptoProvider>,
    inner: Option<Arc<WebPkiServerVerifier>>,
}

impl ServerCertVerifier for AnyHost {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, TlsError> {
        let Some(inner) = &self.inner else { return Ok(ServerCertVerified::assertion()) };
        let checked =
            inner.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        match checked {
            Err(TlsError::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.provider.signature_verification_algorithms;
        tokio_rustls::rustls::crypto::verify_tls12_signature(message, cert, dss, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.provider.signature_verification_algorithms;
        tokio_rustls::rustls::crypto::verify_tls13_signature(message, cert, dss, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::{Check, taken_out};
    use tokio_postgres::config::SslMode;

    #[test]
    fn an_address_says_how_the_way_is_protected() {
        let (rest, how) =
            taken_out("postgres://u:p@h/d?sslmode=verify-full&connect_timeout=2&sslrootcert=%2Fca")
                .unwrap();
        assert_eq!(rest, "postgres://u:p@h/d?connect_timeout=2");
        assert_eq!((how.mode, how.check), (SslMode::Require, Check::AuthorityAndHost));
        assert_eq!(how.roots.unwrap().to_str(), Some("/ca"));
        let (rest, how) = taken_out("host=h user=u sslmode=require").unwrap();
        assert_eq!(rest, "host=h user=u");
        assert_eq!((how.mode, how.check), (SslMode::Require, Check::Nothing));
        let (rest, how) = taken_out("postgres://h/d").unwrap();
        assert_eq!((rest.as_str(), how.mode), ("postgres://h/d", SslMode::Prefer));
        let (_, how) = taken_out("postgres://h/d?sslmode=require&sslrootcert=ca.pem").unwrap();
        assert_eq!(how.check, Check::Authority, "as libpq does");
        assert!(taken_out("postgres://h/d?sslmode=verify").is_err());
    }
}
