//! The TOML file: the same names as the flags; a flag or environment variable wins.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use journal::{Error, Result};
use serde::Deserialize;

use crate::cli::{DataArgs, LoggingArgs, ReachArgs};
use crate::outward::OutwardArgs;

/// What the file may hold.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    log: Option<String>,
    syslog: Option<String>,
    syslog_ca: Option<PathBuf>,
    data: Option<PathBuf>,
    database: Option<String>,
    database_ca: Option<PathBuf>,
    listen: Option<IpAddr>,
    port: Option<u16>,
    #[serde(default)]
    behind_proxy: Vec<IpAddr>,
    base: Option<String>,
    tls_cert: Option<PathBuf>,
    tls_key: Option<PathBuf>,
    site: Option<String>,
    mail_host: Option<String>,
    mail_port: Option<u16>,
    mail_tls: Option<String>,
    mail_user: Option<String>,
    mail_password_file: Option<PathBuf>,
    mail_from: Option<String>,
    webhook_url: Option<String>,
    webhook_secret_file: Option<PathBuf>,
    #[serde(default)]
    webhook_allow: Vec<String>,
    send_ca: Option<PathBuf>,
}

/// Reads the file, if one is named.
pub(crate) fn read(path: Option<&Path>) -> Result<Config> {
    let Some(path) = path else { return Ok(Config::default()) };
    let text = std::fs::read_to_string(path)
        .map_err(|e| Error::fault(format!("{}: {e}", path.display())))?;
    toml::from_str(&text).map_err(|e| Error::fault(format!("{}: {e}", path.display())))
}

impl Config {
    /// What is said of the program, with what the flags leave open.
    pub(crate) fn logging(&self, flags: &LoggingArgs) -> LoggingArgs {
        let flags = flags.clone();
        LoggingArgs {
            log: flags.log.or_else(|| self.log.clone()),
            syslog: flags.syslog.or_else(|| self.syslog.clone()),
            syslog_ca: flags.syslog_ca.or_else(|| self.syslog_ca.clone()),
        }
    }

    /// Fills in where the data is, when the flags leave that open; every command reads it here.
    pub(crate) fn fill(&self, data: &mut DataArgs) {
        if data.data.is_none() && data.database.is_none() {
            data.data.clone_from(&self.data);
            data.database.clone_from(&self.database);
        }
        if data.database_ca.is_none() {
            data.database_ca.clone_from(&self.database_ca);
        }
    }

    /// Fills in what the flags of a server leave open.
    pub(crate) fn over(self, reach: ReachArgs, outward: OutwardArgs) -> (ReachArgs, OutwardArgs) {
        let behind_proxy =
            if reach.behind_proxy.is_empty() { self.behind_proxy } else { reach.behind_proxy };
        let reach = ReachArgs {
            listen: reach.listen.or(self.listen),
            port: reach.port.or(self.port),
            behind_proxy,
            base: reach.base.or(self.base),
            tls_cert: reach.tls_cert.or(self.tls_cert),
            tls_key: reach.tls_key.or(self.tls_key),
        };
        let outward = outward.or(OutwardArgs {
            site: self.site,
            mail_host: self.mail_host,
            mail_port: self.mail_port,
            mail_tls: self.mail_tls,
            mail_user: self.mail_user,
            mail_password_file: self.mail_password_file,
            mail_from: self.mail_from,
            webhook_url: self.webhook_url,
            webhook_secret_file: self.webhook_secret_file,
            webhook_allow: self.webhook_allow,
            send_ca: self.send_ca,
        });
        (reach, outward)
    }
}
