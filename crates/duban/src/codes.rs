//! `duban codes`: new one-time codes, printed once.

use journal::{Error, Result};
use people::codes::{self, Factor, Given, Whose};

use crate::cli::CodesArgs;
use crate::log::say;

pub(crate) async fn run(args: &CodesArgs) -> Result<()> {
    let whose = match &args.account {
        Some(name) => Whose::One(name),
        None if args.all => Whose::All,
        None => Whose::Without,
    };
    let factor = if args.remove_factor { Factor::Remove } else { Factor::Keep };
    let db = building::open(&args.data.place()?).await?;
    let mut given = 0;
    for city in db.jurisdictions().await? {
        say(&city.name);
        given += codes::give(&db, city.jurisdiction_id, (whose, factor), tell).await?;
    }
    match (given, &args.account) {
        (0, Some(name)) => {
            Err(Error::fault(format!("no code was given: is there an account {name}?")))
        }
        (0, None) => {
            say("every account has its password; name one with --account, or give --all");
            Ok(())
        }
        _ => {
            say("These codes are shown only now. Each is changed at the first sign-in.");
            Ok(())
        }
    }
}

fn tell(given: &Given) {
    match &given.code {
        Some(code) => say(&format!("  {}  {code}", given.name)),
        None => say(&format!("  {}  no code: another city here has this name", given.name)),
    }
}
