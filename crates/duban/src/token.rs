//! `duban token`: bearer tokens for programs.

use journal::{Error, Result};

use crate::cli::TokenCommand;
use crate::log::say;

pub(crate) async fn run(command: TokenCommand) -> Result<()> {
    match command {
        TokenCommand::Make { data, account, name, days } => {
            if !(1..=3_650).contains(&days) {
                return Err(Error::fault("--days takes 1 to 3650"));
            }
            let db = building::open(&data.place()?).await?;
            let token = people::token::make(&db, &account, &name, days).await?;
            say(&token);
        }
        TokenCommand::List { data } => {
            let db = building::open(&data.place()?).await?;
            for token in people::token::list(&db).await? {
                say(&token);
            }
        }
        TokenCommand::Revoke { data, id } => {
            let db = building::open(&data.place()?).await?;
            if !people::token::revoke(&db, id).await? {
                return Err(Error::fault(format!("there is no token {id}")));
            }
            say("revoked");
        }
    }
    Ok(())
}
