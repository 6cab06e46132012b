//! `duban verify`: what was checked, the head, and every difference by table, row and column.

use std::collections::BTreeSet;
use std::process::ExitCode;

use files::Shelf;
use journal::{Error, Head, Result};

use crate::cli::VerifyArgs;
use crate::log::say;

pub(crate) async fn run(args: &VerifyArgs) -> Result<ExitCode> {
    let expect = args.expect.as_deref().map(str::parse::<Head>).transpose()?;
    let db = building::open(&args.data.place()?).await?;
    let mut whole = true;
    // One that somebody took off the list has its journal still.
    let mut cities: BTreeSet<_> = db.journals().await?.into_iter().collect();
    let listed = db.jurisdictions().await?;
    cities.extend(listed.iter().map(|city| city.jurisdiction_id));
    if expect.is_some() && cities.len() > 1 {
        return Err(Error::fault("--expect belongs to one city; this database holds several"));
    }
    for city in cities {
        let shelf = Shelf::of(&db);
        let report = journal::verify(&db, city, &shelf, expect.as_ref()).await?;
        let name = listed.iter().find(|row| row.jurisdiction_id == city).map(|row| &row.name);
        say(&name.map_or_else(|| city.to_string(), Clone::clone));
        say(&format!("  facts checked    {}", report.facts));
        say(&format!("  head             {}", report.head));
        say(&format!("  tables compared  {} ({} rows)", report.tables, report.rows));
        say(&format!("  files checked    {}", report.files));
        say(&format!("  erased values    {}", report.erased));
        for difference in &report.differences {
            say(&format!("  DIFFERS  {difference}"));
        }
        say(if report.is_whole() { "  whole" } else { "  NOT WHOLE" });
        whole &= report.is_whole();
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
