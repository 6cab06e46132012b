//! Export, import, backup, restore.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;

use files::Shelf;
use journal::backup;
use journal::transfer::{self, Lock, Unlocked};
use journal::{Db, Error, Result};

use crate::cli::{ExportArgs, FileArgs, ImportArgs};
use crate::log::say;
use crate::passphrase;

pub(crate) async fn export(export: &ExportArgs) -> Result<()> {
    let args = &export.file;
    let lock = match &export.passphrase_file {
        Some(file) if export.credentials => Some(passphrase::read(file)?),
        _ => None,
    };
    let db = building::open(&args.data.place()?).await?;
    let city = only_city(&db).await?;
    // Personal data: for the owner only.
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&args.file)
        .map_err(|e| at(args, &e))?;
    let lock = lock.as_ref().map(|lock| lock as &dyn Lock);
    let head = transfer::export_with(&db, city, &Shelf::of(&db), file, lock).await?;
    say(&format!("exported {head} to {}", args.file.display()));
    if lock.is_none() {
        say("without credentials: after the import `duban codes` gives one-time codes");
    }
    Ok(())
}

pub(crate) async fn import(import: &ImportArgs) -> Result<()> {
    let args = &import.file;
    let lock = import.passphrase_file.as_deref().map(passphrase::read).transpose()?;
    let lock = lock.as_ref().map(|lock| lock as &dyn Lock);
    let db = building::open(&args.data.place()?).await?;
    let file = File::open(&args.file).map_err(|e| at(args, &e))?;
    let city = transfer::import_with(&db, &Shelf::of(&db), file, lock).await?;
    say(&format!("imported {} facts, head {}", city.facts, city.head));
    for difference in &city.differences {
        say(&format!("  DIFFERS  {difference}"));
    }
    if let Unlocked::Taken(_) = city.unlocked {
        for name in people::codes::name_all(&db, city.jurisdiction).await? {
            say(&format!("  {name} cannot sign in: another city here has this name"));
        }
        say("credentials restored: everybody signs in as before");
        return Ok(());
    }
    if city.unlocked == Unlocked::Left {
        say("credentials were left: begin again in an empty database with --passphrase-file, or");
    }
    say("nobody can sign in yet: `duban codes` gives one-time codes");
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
