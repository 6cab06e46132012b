//! What leaves the program: how the operator sets up mail and the webhook, and the rounds in which
//! messages are sent.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use journal::{Db, Error, Result};
use messages::channel::Channels;
use messages::mail::{Mail, MailSettings, Protection};
use messages::webhook::{Webhook, WebhookSettings};
use uuid::Uuid;

/// How often what waits is looked for.
const EVERY: Duration = Duration::from_secs(30);
/// Bytes of a file with a password or secret at most.
const SECRET_BYTES_MAX: u64 = 4_096;

/// How messages leave the program. In the TOML file under the same names.
#[derive(Args, Clone, Default)]
pub(crate) struct OutwardArgs {
    /// Where people reach the program, `https://duban.example.gov.cn`, for links in messages.
    #[arg(long, env = "DUBAN_SITE", value_name = "URL")]
    pub(crate) site: Option<String>,
    /// The mail server; without one no mail is sent.
    #[arg(long, env = "DUBAN_MAIL_HOST", value_name = "HOST")]
    pub(crate) mail_host: Option<String>,
    /// Its port; else 587, 465 or 25 as --mail-tls says.
    #[arg(long, env = "DUBAN_MAIL_PORT", value_name = "PORT")]
    pub(crate) mail_port: Option<u16>,
    /// How the way to it is encrypted: starttls (unless told), tls, or none for this machine only.
    #[arg(long, env = "DUBAN_MAIL_TLS", value_name = "HOW")]
    pub(crate) mail_tls: Option<String>,
    /// The user by which the program signs in there.
    #[arg(long, env = "DUBAN_MAIL_USER", value_name = "NAME")]
    pub(crate) mail_user: Option<String>,
    /// A file whose first line is that user's password.
    #[arg(long, env = "DUBAN_MAIL_PASSWORD_FILE", value_name = "FILE")]
    pub(crate) mail_password_file: Option<PathBuf>,
    /// From whom mail is, `督办系统 <duban@example.gov.cn>`.
    #[arg(long, env = "DUBAN_MAIL_FROM", value_name = "ADDRESS")]
    pub(crate) mail_from: Option<String>,
    /// The office's gateway to SMS, 政务微信, 钉钉 or 飞书; without one nothing is pushed.
    #[arg(long, env = "DUBAN_WEBHOOK_URL", value_name = "URL")]
    pub(crate) webhook_url: Option<String>,
    /// A file whose first line is the secret for signatures, `whsec_` and base64.
    #[arg(long, env = "DUBAN_WEBHOOK_SECRET_FILE", value_name = "FILE")]
    pub(crate) webhook_secret_file: Option<PathBuf>,
    /// A host that the webhook may reach, or a private address; may be repeated.
    #[arg(long, env = "DUBAN_WEBHOOK_ALLOW", value_name = "HOST", value_delimiter = ',')]
    pub(crate) webhook_allow: Vec<String>,
    /// The authorities (PEM) that may certify mail server and gateway; else the system's list.
    #[arg(long, env = "DUBAN_SEND_CA", value_name = "FILE")]
    pub(crate) send_ca: Option<PathBuf>,
}

impl OutwardArgs {
    /// What was given, and of the other where nothing was.
    pub(crate) fn or(self, other: Self) -> Self {
        let webhook_allow =
            if self.webhook_allow.is_empty() { other.webhook_allow } else { self.webhook_allow };
        Self {
            site: self.site.or(other.site),
            mail_host: self.mail_host.or(other.mail_host),
            mail_port: self.mail_port.or(other.mail_port),
            mail_tls: self.mail_tls.or(other.mail_tls),
            mail_user: self.mail_user.or(other.mail_user),
            mail_password_file: self.mail_password_file.or(other.mail_password_file),
            mail_from: self.mail_from.or(other.mail_from),
            webhook_url: self.webhook_url.or(other.webhook_url),
            webhook_secret_file: self.webhook_secret_file.or(other.webhook_secret_file),
            webhook_allow,
            send_ca: self.send_ca.or(other.send_ca),
        }
    }

    /// The channels that are set up; what cannot work is said before anything is served.
    pub(crate) fn channels(&self) -> Result<Channels> {
        if let Some(site) = &self.site
            && !(site.starts_with("https://") || site.starts_with("http://"))
        {
            return Err(Error::fault(format!("--site {site}: write https://duban.example.gov.cn")));
        }
        Ok(Channels { mail: self.mail()?, webhook: self.webhook()?, site: self.site.clone() })
    }

    fn mail(&self) -> Result<Option<Mail>> {
        let Some(host) = &self.mail_host else { return Ok(None) };
        let word = self.mail_tls.as_deref().unwrap_or("starttls");
        let protection = Protection::of(word)
            .ok_or_else(|| Error::fault(format!("--mail-tls {word}: starttls, tls or none")))?;
        let from = self.mail_from.as_deref();
        let from = from.ok_or_else(|| Error::fault("--mail-host needs --mail-from"))?;
        let credentials = match (&self.mail_user, &self.mail_password_file) {
            (Some(user), Some(file)) => Some((user.clone(), first_line(file)?)),
            (None, None) => None,
            _ => return Err(Error::fault("--mail-user and --mail-password-file belong together")),
        };
        let authorities = self.send_ca.as_deref();
        let port = self.mail_port;
        Mail::new(&MailSettings { host, port, protection, credentials, from, authorities })
            .map(Some)
    }

    fn webhook(&self) -> Result<Option<Webhook>> {
        let Some(url) = &self.webhook_url else { return Ok(None) };
        let file = self.webhook_secret_file.as_deref();
        let file = file.ok_or_else(|| Error::fault("--webhook-url needs --webhook-secret-file"))?;
        let secret = first_line(file)?;
        let settings = WebhookSettings {
            url,
            secret: &secret,
            allowed: &self.webhook_allow,
            authorities: self.send_ca.as_deref(),
        };
        Webhook::new(&settings).map(Some)
    }
}

fn first_line(file: &Path) -> Result<String> {
    let told = |e: &dyn std::fmt::Display| Error::fault(format!("{}: {e}", file.display()));
    if std::fs::metadata(file).map_err(|e| told(&e))?.len() > SECRET_BYTES_MAX {
        return Err(told(&"too large for one line"));
    }
    let text = std::fs::read_to_string(file).map_err(|e| told(&e))?;
    let line = text.lines().next().unwrap_or_default().trim().to_owned();
    if line.is_empty() { Err(told(&"the first line is empty")) } else { Ok(line) }
}

/// Sends as long as the program serves.
#[expect(clippy::infinite_loop, reason = "messages are sent as long as the program serves")]
pub(crate) async fn go(db: Db, channels: Channels) {
    let node = Uuid::now_v7();
    loop {
        tokio::time::sleep(EVERY).await;
        if let Err(e) = round(&db, &channels, node).await {
            tracing::warn!(error = %e, "sending failed");
        }
    }
}

async fn round(db: &Db, channels: &Channels, node: Uuid) -> Result<()> {
    for city in db.jurisdictions().await? {
        let made = messages::sending::round(db, city.jurisdiction_id, channels, node).await;
        match made {
            Ok(round) if round.sent + round.failed > 0 => {
                tracing::info!(
                    city = city.name,
                    sent = round.sent,
                    failed = round.failed,
                    "messages"
                );
            }
            Ok(_) => {}
            Err(e) => tracing::warn!(error = %e, city = city.name, "sending failed"),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::OutwardArgs;

    fn told(args: &OutwardArgs) -> String {
        args.channels().err().map(|e| e.to_string()).unwrap_or_default()
    }

    #[test]
    fn what_is_missing_is_said_before_anything_is_served() {
        let none = OutwardArgs::default();
        assert!(none.channels().is_ok_and(|c| c.mail.is_none() && c.webhook.is_none()));
        let mail = OutwardArgs { mail_host: Some("127.0.0.1".into()), ..none.clone() };
        assert!(told(&mail).contains("--mail-from"));
        let mail = OutwardArgs { mail_from: Some("duban@example.cn".into()), ..mail };
        assert!(
            told(&OutwardArgs { mail_tls: Some("ssl".into()), ..mail.clone() })
                .contains("starttls")
        );
        let user = OutwardArgs { mail_user: Some("duban".into()), ..mail.clone() };
        assert!(told(&user).contains("--mail-password-file"));
        let nowhere = PathBuf::from("/nowhere/secret");
        let user = OutwardArgs { mail_password_file: Some(nowhere), ..user };
        assert!(told(&user).contains("/nowhere/secret"));
        let here = OutwardArgs { mail_tls: Some("none".into()), ..mail };
        assert!(here.channels().is_ok_and(|c| c.mail.is_some()));
        let hook = OutwardArgs { webhook_url: Some("https://gateway.cn/".into()), ..none.clone() };
        assert!(told(&hook).contains("--webhook-secret-file"));
        assert!(told(&OutwardArgs { site: Some("duban.cn".into()), ..none }).contains("https://"));
    }

    #[test]
    fn a_secret_is_the_first_line_of_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        std::fs::write(&file, "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3\n# rotated\n").unwrap();
        let hook = OutwardArgs {
            webhook_url: Some("http://127.0.0.1:9/".into()),
            webhook_secret_file: Some(file.clone()),
            webhook_allow: vec!["127.0.0.1".into()],
            ..OutwardArgs::default()
        };
        assert!(hook.channels().is_ok_and(|c| c.webhook.is_some()));
        std::fs::write(&file, "\n").unwrap();
        assert!(told(&hook).contains("first line"));
    }
}
