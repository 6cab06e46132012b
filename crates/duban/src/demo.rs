//! `duban demo`: a whole city in one command. Its own clock starts on Monday 2021-11-01 at 08:00
//! and runs on.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use journal::{By, CityFact, Db, Error, Place, Result};
use kernel::{Clock, Moment, Subject, SubjectKind, Text, text};
use messages::channel::Channels;

use crate::cli::DemoArgs;
use crate::log::say;
use crate::serve;

/// Shown on every page of the demo city.
const LABEL: Text = text!(
    "演示数据（虚构），已按设置关闭双因素认证。",
    "Demo data (invented); the second factor is switched off by a setting."
);

/// When the demo city's clock starts: 2021-11-01 08:00 in Shanghai.
const START: &str = "2021-11-01T00:00:00Z";

pub(crate) async fn run(args: &DemoArgs) -> Result<()> {
    if args.fresh && args.data.exists() {
        refuse_foreign(&args.data)?;
        std::fs::remove_dir_all(&args.data)?;
    }
    let place = Place::Folder(args.data.clone());
    let accounts = args.data.join("accounts.txt");
    if !accounts.exists() {
        if args.data.join("duban.sqlite").exists() {
            return Err(Error::fault(format!(
                "{} holds an unfinished or another city; use --fresh or another --data",
                args.data.display()
            )));
        }
        create(&place, args, &accounts).await?;
    }
    let db = building::open(&place).await?;
    for city in db.jurisdictions().await? {
        people::unused::begin_anew(&db, city.jurisdiction_id).await?;
    }
    let listener = serve::listen(&args.reach).await?;
    let tls = serve::tls_of(&args.reach)?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    say(&format!("{scheme}://{}", listener.local_addr()?));
    say("account  password  token");
    say(std::fs::read_to_string(&accounts)?.trim_end());
    // Nobody in a demo city is written to.
    let channels = Channels::default();
    serve::serve(db, (listener, tls), serve::settings(&args.reach, Some(LABEL)), channels).await
}

/// `--fresh` empties only what an earlier demo made.
fn refuse_foreign(folder: &Path) -> Result<()> {
    let ours =
        |name: &str| name.starts_with("duban.sqlite") || name == "accounts.txt" || name == "files";
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name();
        if !name.to_str().is_some_and(ours) {
            return Err(Error::fault(format!(
                "{} holds {}, which no demo made; choose another --data",
                folder.display(),
                name.display()
            )));
        }
    }
    Ok(())
}

/// Day of adoption and first month of the rules by which a load is scored.
const LOAD_RULES: (&str, &str) = ("2020-01-02", "2020-02");
/// What came to the trays before these last days was read.
const READ_SECS: i64 = 4 * 86_400;

/// A past of very many assignments, for benches, with rules in force by which it is scored.
async fn load(db: &Db, clock: &Clock, city: &people::demo::City, args: &DemoArgs) -> Result<()> {
    // Rules name indicators, so those are there before.
    indicators::demo::Mornings::begin(db, clock, city).await?;
    reviews::demo::adopt((db, clock, city), &building::supplies(), LOAD_RULES).await?;
    assignments::demo::load(db, clock, city, args.assignments, args.reports).await
}

async fn create(place: &Place, args: &DemoArgs, accounts: &Path) -> Result<()> {
    let start: jiff::Timestamp = START.parse().map_err(Error::fault)?;
    let start = Moment::new(start);
    let clock = Clock::manual(start);
    let db = Db::open(place.clone(), building::rooms(), clock.clone()).await?;
    say("creating the demo city …");
    let city = people::demo::found(&db, &clock).await?;
    if args.assignments > 0 {
        load(&db, &clock, &city, args).await?;
    }
    let mornings = slips::demo::Mornings::begin(&db, &clock, &city).await?;
    if args.assignments > 0 {
        // A city for benches: its load is no past that anybody was reminded of.
        assignments::demo::play(&db, &clock, &city).await?;
    } else {
        let figures = indicators::demo::Mornings::begin(&db, &clock, &city).await?;
        let of = (&db, &clock, &city);
        let reviews = reviews::demo::Mornings::begin(of, building::supplies()).await?;
        let morning = async |at| {
            figures.pass(at).await?;
            mornings.pass(at).await?;
            reviews.pass(at).await
        };
        assignments::demo::play_beside(&db, &clock, &city, morning).await?;
    }
    clock.set(start);
    let offset_us = start.micros() - Clock::machine().now().micros();
    let subject = Subject::new(SubjectKind::Jurisdiction, city.jurisdiction.uuid());
    db.act(By::program(city.jurisdiction, "demo.clock"), async |act| {
        act.record(subject, &CityFact::ClockSet { offset_us }).await
    })
    .await?;
    drop(db);
    // Sessions and tokens follow the machine's clock, so accounts are opened under it.
    let db = building::open(place).await?;
    let opened = people::demo::open_accounts(&db, &city).await?;
    for follower in building::house().followers() {
        follower.catch_up(&db, city.jurisdiction).await?;
    }
    messages::demo::read_before(&db, city.jurisdiction, start.plus_secs(-READ_SECS)).await?;
    db.analyze().await?;
    let mut lines = String::new();
    for account in opened {
        // Writing to a String cannot fail.
        writeln!(lines, "{} {} {}", account.name, account.password, account.token)
            .unwrap_or_default();
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(accounts)?;
    file.write_all(lines.as_bytes())?;
    file.sync_all()?;
    Ok(())
}
