//! Export, import, backup, restore.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;

use files::Shelf;
use journal::backup;
use journal::transfer;
use journal::{Db, Error, Result};

use crate::building;
use crate::cli::FileArgs;
use crate::log::say;

pub(crate) async fn export(args: &FileArgs) -> Result<()> {
    let db = building::open(&args.data.place()?).await?;
    let city = only_city(&db).await?;
    // Personal data: for the owner only.
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&args.file)
        .map_err(|e| at(args, &e))?;
    let head = transfer::export(&db, city, &Shelf::of(&db), file).await?;
    say(&format!("exported {head} to {}", args.file.display()));
    Ok(())
}

pub(crate) async fn import(args: &FileArgs) -> Result<()> {
    let db = building::open(&args.data.place()?).await?;
    let file = File::open(&args.file).map_err(|e| at(args, &e))?;
    let city = transfer::import(&db, &Shelf::of(&db), file).await?;
    say(&format!("imported {} facts, head {}", city.facts, city.head));
    for difference in &city.differences {
        say(&format!("  DIFFERS  {difference}"));
    }
    Ok(())
}

pub(crate) async fn backup(args: &FileArgs) -> Result<()> {
    let db = building::open(&args.data.place()?).await?;
    backup::backup(&db, &Shelf::of(&db), &args.file).await?;
    say(&format!("backup written to {}", args.file.display()));
    Ok(())
}

pub(crate) async fn restore(args: &FileArgs) -> Result<()> {
    let db = building::open(&args.data.place()?).await?;
    let file = File::open(&args.file).map_err(|e| at(args, &e))?;
    // A session that was ended after the backup must not live again.
    backup::restore(&db, &Shelf::of(&db), file, &["sessions", "carried_forms"]).await?;
    say(&format!("restored from {}", args.file.display()));
    Ok(())
}

async fn only_city(db: &Db) -> Result<kernel::Id<kernel::Jurisdiction>> {
    let cities = db.jurisdictions().await?;
    match cities.as_slice() {
        [city] => Ok(city.jurisdiction_id),
        [] => Err(Error::fault("there is no city in this database; begin with `duban setup`")),
        _ => Err(Error::fault("there are several cities in this database; use `duban backup`")),
    }
}

fn at(args: &FileArgs, e: &std::io::Error) -> Error {
    Error::fault(format!("{}: {e}", args.file.display()))
}
