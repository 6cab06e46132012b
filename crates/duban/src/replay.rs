//! `duban replay`, `bundle` and `check`: a frozen month made again, carried away, and checked where
//! there is nothing else.

use std::process::ExitCode;

use journal::{Db, Error, JurisdictionRow, Result};
use kernel::Message;
use measures::{ReviewMonth, Supply};

use crate::cli::{BundleArgs, CheckArgs, ReplayArgs};
use crate::log::say;

fn month(said: &str) -> Result<ReviewMonth> {
    said.parse().map_err(|_| Error::fault(format!("{said} is no month; write it like 2021-10")))
}

/// The only city of a database.
async fn only(db: &Db) -> Result<JurisdictionRow> {
    let mut cities = db.jurisdictions().await?.into_iter();
    match (cities.next(), cities.next()) {
        (Some(city), None) => Ok(city),
        (None, _) => Err(Error::fault("there is no city in this database")),
        (Some(_), Some(_)) => Err(Error::fault("this database holds several cities")),
    }
}

pub(crate) async fn replay(args: &ReplayArgs) -> Result<ExitCode> {
    let db = building::open(&args.data.place()?).await?;
    let city = only(&db).await?;
    let zone = jiff::tz::TimeZone::get(&city.zone).map_err(Error::fault)?;
    let supplies: Vec<Supply> = building::supplies();
    let of = (city.jurisdiction_id, &zone);
    let report =
        reviews::replay::replay(&db, of, (month(&args.month)?, args.freeze), &supplies).await?;
    say(&format!("{} {}", city.name, report.month));
    let (n, all) = report.freeze;
    say(&format!("  root      {} (freeze {n} of {all})", report.root));
    say(&format!("  engine    {} units scored again", report.units));
    told(&report.engine);
    say(&format!("  measures  {} figures made again from the journal", report.figures));
    told(&report.measures);
    Ok(verdict(&[&report.engine, &report.measures]))
}

fn told(messages: &[Message]) {
    for message in messages {
        say(&format!("  DIFFERS  {} / {}", message.zh, message.en));
    }
}

/// The last line and the exit code: the same when nothing was told.
fn verdict(told: &[&[Message]]) -> ExitCode {
    let is_same = told.iter().all(|messages| messages.is_empty());
    say(if is_same { "  the same" } else { "  NOT THE SAME" });
    if is_same { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

pub(crate) async fn bundle(args: &BundleArgs) -> Result<()> {
    let db = building::open(&args.file.data.place()?).await?;
    let city = only(&db).await?.jurisdiction_id;
    let bytes = reviews::replay::file(&db, city, (month(&args.month)?, args.freeze)).await?;
    std::fs::write(&args.file.file, &bytes)?;
    say(&format!("{} ({} bytes)", args.file.file.display(), bytes.len()));
    Ok(())
}

pub(crate) fn check(args: &CheckArgs) -> Result<ExitCode> {
    let bytes = std::fs::read(&args.file)?;
    let (bundle, mut broken) = reviews::replay::check(&bytes)?;
    let root = bundle.frozen.root().to_string();
    if let Some(printed) =
        args.root.as_ref().filter(|printed| !printed.trim().eq_ignore_ascii_case(&root))
    {
        broken.push(kernel::msg!(
            "校验值是 {root}，印的是 {printed}",
            "the root is {root}, {printed} was printed"
        ));
    }
    say(&format!("{} {}", args.file.display(), bundle.frozen.period));
    say(&format!("  root      {root}"));
    say(&format!("  parts     {}", bundle.frozen.parts.len()));
    told(&broken);
    Ok(verdict(&[&broken]))
}
