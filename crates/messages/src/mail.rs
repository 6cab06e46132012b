//! Mail by SMTP. Encrypted but on the machine itself; the server's certificate is checked.

use std::path::Path;
use std::time::Duration;

use journal::{Error, Result};
use kernel::msg;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use uuid::Uuid;

use crate::channel::Failure;
use crate::letter::Letter;

/// How long one word with the server may take.
const WORD_TIME_MAX: Duration = Duration::from_secs(15);
/// How long the whole may take.
const TIME_MAX: Duration = Duration::from_secs(60);
/// Characters of a server's answer that are kept.
const ANSWER_MAX: usize = 300;

/// How the way to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// It begins in clear and must be encrypted before anything is said.
    StartTls,
    /// It is encrypted from the first byte.
    Tls,
    /// It is not; only for a server on this machine.
    Nothing,
}

impl Protection {
    /// Of a word in the configuration.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "starttls" => Some(Self::StartTls),
            "tls" => Some(Self::Tls),
            "none" => Some(Self::Nothing),
            _ => None,
        }
    }

    /// The port that is not asked for.
    pub const fn port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Tls => 465,
            Self::Nothing => 25,
        }
    }
}

/// How mail is sent.
#[derive(Debug)]
pub struct MailSettings<'a> {
    /// The server.
    pub host: &'a str,
    /// Its port.
    pub port: Option<u16>,
    /// How the way is protected.
    pub protection: Protection,
    /// User and password.
    pub credentials: Option<(String, String)>,
    /// From whom, `督办系统 <duban@example.gov.cn>`.
    pub from: &'a str,
    /// The authorities (PEM) that may certify the server; else those of the system.
    pub authorities: Option<&'a Path>,
}

/// A mail server that takes our letters.
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mail {
    /// Checks the settings; nothing is sent yet.
    pub fn new(settings: &MailSettings<'_>) -> Result<Self> {
        let from: Mailbox = settings.from.parse().map_err(|e| {
            Error::fault(format!("--mail-from {:?}: {e}; write name@example.cn", settings.from))
        })?;
        let is_here = ["localhost", "127.0.0.1", "::1"].contains(&settings.host);
        let tls = match settings.protection {
            Protection::StartTls => Tls::Required(parameters(settings)?),
            Protection::Tls => Tls::Wrapper(parameters(settings)?),
            Protection::Nothing if is_here => Tls::None,
            Protection::Nothing => {
                return Err(Error::fault(format!(
                    "--mail-tls none is for a server on this machine; {} needs starttls or tls",
                    settings.host
                )));
            }
        };
        let name = ClientId::Domain(from.email.domain().to_owned());
        let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(settings.host)
            .port(settings.port.unwrap_or_else(|| settings.protection.port()))
            .tls(tls)
            .hello_name(name)
            .timeout(Some(WORD_TIME_MAX));
        let builder = match settings.credentials.clone() {
            Some((user, password)) => builder.credentials(Credentials::new(user, password)),
            None => builder,
        };
        Ok(Self { transport: builder.build(), from })
    }

    pub(crate) async fn send(
        &self,
        address: &str,
        letter: &Letter,
        link: Option<&str>,
        id: Uuid,
    ) -> std::result::Result<(), Failure> {
        let message = self.message(address, letter, link, id)?;
        match tokio::time::timeout(TIME_MAX, self.transport.send(message)).await {
            Ok(Ok(_taken)) => Ok(()),
            Ok(Err(e)) => {
                // A server repeats the address, which is personal and not for this list.
                let said = told(&e).replace(address, "***");
                let said: String = said.chars().take(ANSWER_MAX).collect();
                let reason = msg!("邮件服务器：{said}", "The mail server: {said}");
                // 55x is about this addressee; other answers are about how sending is set up.
                let is_final = e.status().is_some_and(|code| code.to_string().starts_with("55"));
                Err(Failure { reason, is_final })
            }
            Err(_elapsed) => Err(Failure::passing(msg!(
                "邮件服务器一分钟内没有办完。",
                "The mail server took more than a minute."
            ))),
        }
    }

    fn message(
        &self,
        address: &str,
        letter: &Letter,
        link: Option<&str>,
        id: Uuid,
    ) -> std::result::Result<Message, Failure> {
        let unusable = |e: &dyn std::fmt::Display| {
            Failure::lasting(msg!(
                "邮件无法生成：{e}。请核对该人员登记的邮箱。",
                "The mail cannot be made: {e}. Check the person's address."
            ))
        };
        let to: Address =
            address.parse().map_err(|e: lettre::address::AddressError| unusable(&e))?;
        let body = MultiPart::alternative_plain_html(letter.text(link), letter.html(link));
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.title().zh)
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .multipart(body)
            .map_err(|e| unusable(&e))?;
        // RFC 3834: nobody's absence note answers it.
        let name = HeaderName::new_from_ascii_str("Auto-Submitted");
        message.headers_mut().insert_raw(HeaderValue::new(name, "auto-generated".to_owned()));
        Ok(message)
    }
}

/// An error with what caused it.
fn told(e: &dyn std::error::Error) -> String {
    let mut said = e.to_string();
    let mut source = e.source();
    while let Some(cause) = source {
        let cause_said = cause.to_string();
        if !said.contains(&cause_said) {
            said = format!("{said}: {cause_said}");
        }
        source = cause.source();
    }
    said
}

fn parameters(settings: &MailSettings<'_>) -> Result<TlsParameters> {
    let mut builder = TlsParameters::builder(settings.host.to_owned());
    if let Some(file) = settings.authorities {
        let pem =
            std::fs::read(file).map_err(|e| Error::fault(format!("{}: {e}", file.display())))?;
        builder = builder
            .certificate_store(CertificateStore::None)
            .add_root_certificate(Certificate::from_pem(&pem).map_err(Error::fault)?);
    }
    builder.build_rustls().map_err(Error::fault)
}

#[cfg(test)]
mod tests {
    use super::{Mail, MailSettings, Protection};

    fn settings(host: &str, protection: Protection) -> MailSettings<'_> {
        let from = "督办系统 <duban@luohe.gov.cn>";
        MailSettings { host, port: None, protection, credentials: None, from, authorities: None }
    }

    #[test]
    fn mail_leaves_this_machine_encrypted_only() {
        assert!(Mail::new(&settings("127.0.0.1", Protection::Nothing)).is_ok());
        let refused = Mail::new(&settings("mail.example.cn", Protection::Nothing)).err().unwrap();
        assert!(refused.to_string().contains("starttls"), "{refused}");
    }

    #[test]
    fn a_sender_that_is_no_address_stops_the_start() {
        let wrong =
            MailSettings { from: "督办系统", ..settings("127.0.0.1", Protection::Nothing) };
        assert!(Mail::new(&wrong).err().unwrap().to_string().contains("--mail-from"));
    }
}
