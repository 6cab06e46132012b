//! The TOML file: the same names as the flags; a flag or environment variable wins.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use journal::{Error, Result};
use serde::Deserialize;

use crate::cli::{DataArgs, ReachArgs};
use crate::outward::OutwardArgs;

/// What the file may hold.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
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
    /// Fills in what the flags leave open.
    pub(crate) fn over(
        self,
        data: DataArgs,
        reach: ReachArgs,
        outward: OutwardArgs,
    ) -> (DataArgs, ReachArgs, OutwardArgs) {
        let data = if data.data.is_some() || data.database.is_some() {
            data
        } else {
            DataArgs { data: self.data, database: self.database, ..data }
        };
        let data = DataArgs { database_ca: data.database_ca.or(self.database_ca), ..data };
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
        (data, reach, outward)
    }
}
