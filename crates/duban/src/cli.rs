//! The commands and their flags.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use journal::{Place, Result};

use crate::config::Config;
use crate::outward::OutwardArgs;
use crate::{codes, demo, prove, replay, serve, setup, sums, token, transfer};

/// Duban 督办: assign every week, review every month, and be able to prove it.
#[derive(Parser)]
#[command(
    version,
    about,
    after_help = "Flags may also be given as environment variables (DUBAN_DATA, DUBAN_DATABASE, \
    DUBAN_LISTEN, …) or in a TOML file named by --config.\nNewcomers: `duban demo` shows a whole city."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) logging: LoggingArgs,
    /// A TOML file with the same names as the flags.
    #[arg(long, global = true, env = "DUBAN_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

/// What the program says of itself, and to whom.
#[derive(Args, Clone, Default)]
pub(crate) struct LoggingArgs {
    /// How the log is written: text or json.
    #[arg(long, global = true, env = "DUBAN_LOG_FORMAT")]
    pub(crate) log: Option<String>,
    /// A log server for the access log (RFC 5424): `udp://host:514`, `tcp://host:601`,
    /// `tls://host:6514` or `unix:///dev/log`.
    #[arg(long, global = true, env = "DUBAN_SYSLOG", value_name = "ADDRESS")]
    pub(crate) syslog: Option<String>,
    /// The authorities (PEM) that may certify the log server; else the system's list.
    #[arg(long, global = true, env = "DUBAN_SYSLOG_CA", value_name = "FILE")]
    pub(crate) syslog_ca: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Creates the demo city if needed and serves it: the quickest look at everything.
    Demo(DemoArgs),
    /// Serves a city.
    Serve(Box<ServeArgs>),
    /// Founds a new city: its calendar and the three administrators with one-time codes.
    Setup(SetupArgs),
    /// Checks the chain, rebuilds every table from the journal and compares. Exits 1 when
    /// anything differs.
    Verify(VerifyArgs),
    /// Makes a frozen month of review again from the journal and from its own figures. Exits 1 when
    /// anything comes out otherwise.
    Replay(ReplayArgs),
    /// Writes what a month of review was frozen as into one file, to be checked elsewhere.
    Bundle(BundleArgs),
    /// Checks such a file, with nothing else: hashes, root, and every score made again. Exits 1
    /// when anything differs.
    Check(CheckArgs),
    /// Says of a published table (.xlsx, .xls, .et) whether each total is the sum of the parts that
    /// are shown. Exits 1 when one is not or cannot be read.
    Sums(SumsArgs),
    /// Writes the whole city into one file: journal, sealed values, files; credentials only with
    /// --credentials, locked by a passphrase.
    Export(ExportArgs),
    /// Reads such a file into a database, on either engine.
    Import(ImportArgs),
    /// Gives one-time codes: after an import, or to an administrator who has lost everything.
    Codes(CodesArgs),
    /// Writes a consistent backup while the program serves.
    Backup(FileArgs),
    /// Reads a backup into an empty database and leaves a fact that says so.
    Restore(FileArgs),
    /// Makes, lists and revokes tokens for programs.
    Token(TokenArgs),
    /// Reads the spreadsheet on standard input: the program calls itself so, within limits.
    #[command(hide = true, name = READ_SHEET)]
    ReadSheet,
}

/// The word by which the program calls itself to read a spreadsheet.
pub(crate) const READ_SHEET: &str = "read-sheet";

impl Cli {
    /// Whether this process is only to read a spreadsheet.
    pub(crate) const fn reads_a_sheet(&self) -> bool {
        matches!(self.command, Command::ReadSheet)
    }

    /// Whether many are to be answered at once; other commands do one thing after the other.
    pub(crate) const fn serves(&self) -> bool {
        matches!(self.command, Command::Serve(_) | Command::Demo(_))
    }
}

impl Command {
    /// Where the command finds its data; the demo has a folder of its own, a bundle needs none.
    const fn data(&mut self) -> Option<&mut DataArgs> {
        match self {
            Self::Serve(args) => Some(&mut args.data),
            Self::Setup(args) => Some(&mut args.data),
            Self::Verify(args) => Some(&mut args.data),
            Self::Replay(args) => Some(&mut args.data),
            Self::Codes(args) => Some(&mut args.data),
            Self::Bundle(BundleArgs { file, .. })
            | Self::Export(ExportArgs { file, .. })
            | Self::Import(ImportArgs { file, .. })
            | Self::Backup(file)
            | Self::Restore(file) => Some(&mut file.data),
            Self::Token(TokenArgs { command }) => match command {
                TokenCommand::Make { data, .. }
                | TokenCommand::List { data }
                | TokenCommand::Revoke { data, .. } => Some(data),
            },
            Self::Demo(_) | Self::Check(_) | Self::Sums(_) | Self::ReadSheet => None,
        }
    }
}

/// Where the data is.
#[derive(Args, Clone)]
pub(crate) struct DataArgs {
    /// The folder of an embedded SQLite database.
    #[arg(long, env = "DUBAN_DATA", conflicts_with = "database")]
    pub(crate) data: Option<PathBuf>,
    /// The address of a PostgreSQL database, `postgres://user@host/name?sslmode=verify-full`.
    #[arg(long, env = "DUBAN_DATABASE")]
    pub(crate) database: Option<String>,
    /// The authorities (PEM) that may certify the PostgreSQL server; else the system's list.
    #[arg(long, env = "DUBAN_DATABASE_CA", value_name = "FILE")]
    pub(crate) database_ca: Option<PathBuf>,
}

impl DataArgs {
    /// The place, or a message that says which flag is missing.
    pub(crate) fn place(&self) -> Result<Place> {
        match (&self.data, &self.database) {
            (Some(folder), None) => Ok(Place::Folder(folder.clone())),
            (None, Some(url)) => match &self.database_ca {
                Some(file) => Ok(Place::Postgres(with_ca(url, file)?)),
                None => Ok(Place::Postgres(url.clone())),
            },
            _ => Err(journal::Error::fault("give --data DIR or --database postgres://…")),
        }
    }
}

/// The address with the file of authorities, as libpq writes it.
fn with_ca(url: &str, file: &Path) -> Result<String> {
    let path = file.to_str().filter(|path| !path.contains(['&', '?', '#', ' ', '%', '\'']));
    let path = path.ok_or_else(|| {
        journal::Error::fault("--database-ca takes a path without blanks and signs of addresses")
    })?;
    let mark = match (url.contains("://"), url.contains('?')) {
        (true, false) => "?",
        (true, true) => "&",
        (false, _) => " ",
    };
    Ok(format!("{url}{mark}sslrootcert={path}"))
}

/// How the program is reached.
#[derive(Args, Clone, Default)]
pub(crate) struct ReachArgs {
    /// The address to listen on. Without TLS it is loopback, or behind a proxy.
    #[arg(long, env = "DUBAN_LISTEN")]
    pub(crate) listen: Option<IpAddr>,
    /// The port; 0 takes a free one.
    #[arg(long, env = "DUBAN_PORT")]
    pub(crate) port: Option<u16>,
    /// The certificate chain (PEM) by which the program itself speaks TLS; taken anew on SIGHUP and
    /// when the file changes.
    #[arg(long, env = "DUBAN_TLS_CERT", requires = "tls_key", value_name = "FILE")]
    pub(crate) tls_cert: Option<PathBuf>,
    /// Its private key (PEM).
    #[arg(long, env = "DUBAN_TLS_KEY", requires = "tls_cert", value_name = "FILE")]
    pub(crate) tls_key: Option<PathBuf>,
    /// A proxy that speaks TLS for the program and whose X-Forwarded-For is believed.
    #[arg(long, env = "DUBAN_BEHIND_PROXY")]
    pub(crate) behind_proxy: Vec<IpAddr>,
    /// The sub-path under which the proxy serves the program, `/duban`.
    #[arg(long, env = "DUBAN_BASE")]
    pub(crate) base: Option<String>,
}

#[derive(Args)]
pub(crate) struct DemoArgs {
    /// The folder of the demo city.
    #[arg(long, default_value = "data/demo")]
    pub(crate) data: PathBuf,
    /// Begin again: the folder of an earlier demo city is emptied.
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Additional assignments, generated deterministically, for load tests.
    #[arg(long, default_value_t = 0)]
    pub(crate) assignments: u32,
    /// Additional reports on them.
    #[arg(long, default_value_t = 0)]
    pub(crate) reports: u32,
    #[command(flatten)]
    pub(crate) reach: ReachArgs,
}

#[derive(Args)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    #[command(flatten)]
    pub(crate) reach: ReachArgs,
    #[command(flatten)]
    pub(crate) outward: OutwardArgs,
}

#[derive(Args)]
pub(crate) struct SetupArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    /// The city's name, 漯河市.
    #[arg(long)]
    pub(crate) name: String,
    /// Its time zone.
    #[arg(long, default_value = "Asia/Shanghai")]
    pub(crate) zone: String,
}

#[derive(Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    /// A head that was printed earlier, `SEQ:HASH`: finds a database rolled back since.
    #[arg(long, value_name = "SEQ:HASH")]
    pub(crate) expect: Option<String>,
}

#[derive(Args)]
pub(crate) struct ReplayArgs {
    /// The month, `2021-10`.
    pub(crate) month: String,
    /// Which freeze of the month, from 1; the newest unless one is named.
    #[arg(long, value_name = "N")]
    pub(crate) freeze: Option<i64>,
    #[command(flatten)]
    pub(crate) data: DataArgs,
}

#[derive(Args)]
pub(crate) struct BundleArgs {
    /// The month, `2021-10`.
    pub(crate) month: String,
    /// Which freeze of the month, from 1; the newest unless one is named.
    #[arg(long, value_name = "N")]
    pub(crate) freeze: Option<i64>,
    #[command(flatten)]
    pub(crate) file: FileArgs,
}

#[derive(Args)]
pub(crate) struct CheckArgs {
    /// The file.
    pub(crate) file: PathBuf,
    /// The root that was printed: finds a file that was made anew as a whole.
    #[arg(long, value_name = "HASH")]
    pub(crate) root: Option<String>,
}

#[derive(Args)]
pub(crate) struct SumsArgs {
    /// The spreadsheet.
    pub(crate) file: PathBuf,
}

#[derive(Args)]
pub(crate) struct FileArgs {
    /// The file.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) data: DataArgs,
}

#[derive(Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) file: FileArgs,
    /// Carries passwords and second factors too, so that everybody can sign in afterwards.
    #[arg(long, requires = "passphrase_file")]
    pub(crate) credentials: bool,
    /// The file whose first line is the passphrase; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct ImportArgs {
    #[command(flatten)]
    pub(crate) file: FileArgs,
    /// The file whose first line is the passphrase of the credentials; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct CodesArgs {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    /// Only this account, by its sign-in name, whatever it has. Without this and without --all:
    /// every account that has no credentials.
    #[arg(long, conflicts_with = "all")]
    pub(crate) account: Option<String>,
    /// Every open account: all passwords, sessions and tokens become void.
    #[arg(long)]
    pub(crate) all: bool,
    /// Takes the second factor away as well: the device is lost.
    #[arg(long)]
    pub(crate) remove_factor: bool,
}

#[derive(Args)]
pub(crate) struct TokenArgs {
    #[command(subcommand)]
    pub(crate) command: TokenCommand,
}

#[derive(Subcommand)]
pub(crate) enum TokenCommand {
    /// Makes a token; it is shown once.
    Make {
        #[command(flatten)]
        data: DataArgs,
        /// The account's sign-in name.
        account: String,
        /// What the token is for.
        #[arg(long, default_value = "api")]
        name: String,
        /// How many days it is valid.
        #[arg(long, default_value_t = 90)]
        days: i64,
    },
    /// Lists the tokens, without their secrets.
    List {
        #[command(flatten)]
        data: DataArgs,
    },
    /// Revokes a token by its identifier.
    Revoke {
        #[command(flatten)]
        data: DataArgs,
        /// The identifier that `list` shows.
        id: uuid::Uuid,
    },
}

/// Runs a command.
pub(crate) async fn run(mut cli: Cli, config: Config) -> Result<ExitCode> {
    if let Some(data) = cli.command.data() {
        config.fill(data);
    }
    match cli.command {
        Command::Demo(args) => demo::run(&args).await.map(|()| ExitCode::SUCCESS),
        Command::Serve(args) => {
            let ServeArgs { data, reach, outward } = *args;
            let (reach, outward) = config.over(reach, outward);
            let channels = outward.channels()?;
            serve::run(&data.place()?, &reach, channels).await.map(|()| ExitCode::SUCCESS)
        }
        Command::Setup(args) => setup::run(&args).await.map(|()| ExitCode::SUCCESS),
        Command::Verify(args) => prove::run(&args).await,
        Command::Replay(args) => replay::replay(&args).await,
        Command::Bundle(args) => replay::bundle(&args).await.map(|()| ExitCode::SUCCESS),
        Command::Check(args) => replay::check(&args),
        Command::Sums(args) => sums::sums(&args).await,
        Command::Export(args) => transfer::export(&args).await.map(|()| ExitCode::SUCCESS),
        Command::Import(args) => transfer::import(&args).await.map(|()| ExitCode::SUCCESS),
        Command::Codes(args) => codes::run(&args).await.map(|()| ExitCode::SUCCESS),
        Command::Backup(args) => transfer::backup(&args).await.map(|()| ExitCode::SUCCESS),
        Command::Restore(args) => transfer::restore(&args).await.map(|()| ExitCode::SUCCESS),
        Command::Token(args) => token::run(args.command).await.map(|()| ExitCode::SUCCESS),
        // Done before anything else was begun.
        Command::ReadSheet => Ok(ExitCode::FAILURE),
    }
}
