//! A throw-away PostgreSQL cluster for one test run.
//!
//! It lives in a temporary folder, listens on a free port of 127.0.0.1 only, trusts every local
//! connection and does not care for a power cut. A watcher process holds the reading end of a
//! pipe to us: when we end, however that happens, the pipe closes and the watcher stops the server
//! and removes the folder. So no signal handler is needed, and even a killed run leaves nothing.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::shell;

/// The oldest major version the product supports.
const OLDEST_VERSION: u32 = 15;
/// Another program may take the free port between our look and the server's start.
const START_ATTEMPTS: u32 = 3;
const WATCHER: &str = "trap '' INT TERM HUP; cat >/dev/null; \
    \"$1/pg_ctl\" stop -D \"$2/data\" -m immediate >/dev/null 2>&1; rm -rf \"$2\"";

/// What a power cut may do to the cluster.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Anything: it is thrown away, and not syncing is many times faster.
    Careless,
    /// Nothing: for tests of faults.
    Synced,
}

/// A running server of our own; dropping it stops it.
pub(crate) struct Cluster {
    watcher: Child,
    port: u16,
}

impl Cluster {
    /// Create and start a cluster.
    pub(crate) fn start(durability: Durability) -> Result<Self, String> {
        let binaries = binaries().ok_or("no PostgreSQL server binaries, version 15 or newer")?;
        let user = if is_root() { Some(Account::unprivileged()?) } else { None };
        let folder = make_folder(user.as_ref())?;
        let mut cluster = Self { watcher: watch(&binaries, &folder, user.as_ref())?, port: 0 };
        let data = folder.join("data");
        let in_folder = |program: &str| {
            let mut command = as_account(user.as_ref(), &binaries.join(program));
            command.current_dir(&folder).arg("-D").arg(&data);
            command
        };
        let create = ["-U", "duban", "--auth=trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync"];
        shell::output(in_folder("initdb").args(create))?;
        let mut failure = String::new();
        for _ in 0..START_ATTEMPTS {
            cluster.port = free_port()?;
            append(&data.join("postgresql.conf"), &settings(cluster.port, durability))?;
            let log = folder.join("log");
            let mut start = in_folder("pg_ctl");
            start.args(["start", "-w", "-t", "60", "-s", "-l"]).arg(&log);
            // The server inherits these; a pipe would never see its end.
            start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            match start.status() {
                Ok(status) if status.success() => return Ok(cluster),
                Ok(_) => failure = fs::read_to_string(&log).unwrap_or_default(),
                Err(error) => failure = error.to_string(),
            }
        }
        Err(format!("PostgreSQL does not start:\n{failure}"))
    }

    /// Where tests connect to create their own databases.
    pub(crate) fn url(&self) -> String {
        format!("postgres://duban@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.watcher.stdin.take());
        if let Err(error) = self.watcher.wait() {
            eprintln!("xtask: the test cluster may still run: {error}");
        }
    }
}

/// Who runs the server when we are root, because PostgreSQL refuses to be root.
struct Account {
    name: String,
    uid: u32,
    gid: u32,
}

impl Account {
    fn unprivileged() -> Result<Self, String> {
        for name in ["postgres", "nobody"] {
            if let (Some(uid), Some(gid)) = (id(&["-u", name]), id(&["-g", name])) {
                return Ok(Self { name: name.to_owned(), uid, gid });
            }
        }
        Err("there is no user `postgres` or `nobody` to run PostgreSQL as".to_owned())
    }
}

fn id(arguments: &[&str]) -> Option<u32> {
    shell::output(Command::new("id").args(arguments)).ok()?.trim().parse().ok()
}

/// Whether we may do anything here.
pub(crate) fn is_root() -> bool {
    id(&["-u"]) == Some(0)
}

fn as_account(account: Option<&Account>, program: &Path) -> Command {
    let Some(account) = account else { return Command::new(program) };
    if shell::which("setpriv").is_some() {
        let mut command = Command::new("setpriv");
        let ids = [format!("--reuid={}", account.uid), format!("--regid={}", account.gid)];
        command.args(ids).arg("--init-groups").arg(program);
        return command;
    }
    let mut command = Command::new("runuser");
    command.args(["-u", &account.name, "--"]).arg(program);
    command
}

/// The folder of the newest server binaries that are new enough.
pub(crate) fn binaries() -> Option<PathBuf> {
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = installed.map(|entry| entry.path().join("bin")).collect();
    let on_path = shell::which("initdb").and_then(|initdb| initdb.canonicalize().ok());
    folders.extend(on_path.and_then(|initdb| initdb.parent().map(Path::to_owned)));
    let versions = folders.into_iter().filter_map(|folder| Some((version(&folder)?, folder)));
    versions.filter(|(major, _)| *major >= OLDEST_VERSION).max().map(|(_, folder)| folder)
}

fn version(folder: &Path) -> Option<u32> {
    let are_there = ["initdb", "pg_ctl"].iter().all(|program| folder.join(program).is_file());
    let said = shell::output(Command::new(folder.join("postgres")).arg("--version")).ok()?;
    if are_there { major(&said) } else { None }
}

/// 15 of `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`.
fn major(said: &str) -> Option<u32> {
    let number = said.split_once("(PostgreSQL) ")?.1;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn make_folder(account: Option<&Account>) -> Result<PathBuf, String> {
    // Root's own temporary folder may be closed to the account that runs the server.
    let parent = if account.is_some() { PathBuf::from("/tmp") } else { std::env::temp_dir() };
    let folder = parent.join(format!("duban-test-postgres-{}", std::process::id()));
    let fail = |e: std::io::Error| format!("cannot prepare {}: {e}", folder.display());
    fs::create_dir(&folder).map_err(fail)?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).map_err(fail)?;
    if let Some(account) = account {
        std::os::unix::fs::chown(&folder, Some(account.uid), Some(account.gid)).map_err(fail)?;
    }
    Ok(folder)
}

fn watch(binaries: &Path, folder: &Path, account: Option<&Account>) -> Result<Child, String> {
    let mut command = as_account(account, Path::new("/bin/sh"));
    command.args(["-c", WATCHER, "watcher"]).arg(binaries).arg(folder).current_dir("/");
    // Its own process group: a Ctrl-C that ends us must not end it.
    command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map_err(|e| format!("cannot start the watcher of the test cluster: {e}"))
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let address = listener.and_then(|listener| listener.local_addr());
    address.map(|address| address.port()).map_err(|e| format!("no free port: {e}"))
}

fn settings(port: u16, durability: Durability) -> String {
    let mut text = format!(
        "\nlisten_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\n\
         max_connections = 200\nshared_buffers = '64MB'\n"
    );
    if durability == Durability::Careless {
        text.push_str("fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n");
    }
    text
}

fn append(path: &Path, more: &str) -> Result<(), String> {
    let before = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    fs::write(path, before + more).map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 17devel\n"), Some(17));
        assert_eq!(major("something else"), None);
    }

    #[test]
    fn only_a_cluster_for_faults_syncs() {
        assert!(settings(1, Durability::Careless).contains("fsync = off"));
        assert!(!settings(1, Durability::Synced).contains("fsync"));
        assert!(settings(5433, Durability::Synced).contains("port = 5433\n"));
    }
}
