//! Bearer tokens from the command line, for programs on the same machine.

use journal::{Db, Error, Result};
use uuid::Uuid;

use crate::access::{self, Access, Event};
use crate::found::{self, NewToken};
use crate::store;

/// Where the access log says that the command line was used.
const HERE: &str = "command line";

/// Makes a token for an account by its sign-in name, in the post used last; shown once.
pub async fn make(db: &Db, account: &str, name: &str, days: i64) -> Result<String> {
    let now = db.clock().now();
    let mut tx = db.read().await?;
    let found = store::account_by_name(&mut tx, account).await?;
    let absent = || Error::fault(format!("there is no account {account}"));
    let (row, credential) = found.filter(|(a, _)| !a.disabled).ok_or_else(absent)?;
    let city = row.jurisdiction_id;
    let today = access::today(&mut tx, city, now).await?;
    let posts = store::posts_of(&mut tx, city, row.person_id, today).await?;
    drop(tx);
    let last = posts.iter().find(|p| Some(p.id) == credential.last_post_id);
    let post = last.or_else(|| posts.first()).map(|p| p.id);
    let post = post.ok_or_else(|| Error::fault(format!("{account} holds no post")))?;
    let token = NewToken { account: row.id, post, name, days };
    db.operate(city, async |tx| {
        let made = found::make_token(tx, city, &token, now).await?;
        access::note(tx, city, line(now, Event::TokenMade, row.id, name)).await?;
        Ok(made)
    })
    .await
}

const fn line(at: kernel::Moment, event: Event, account: Uuid, detail: &str) -> Access<'_> {
    Access { at, event, account: Some(account), remote: HERE, detail }
}

/// All tokens, one line each: identifier, account, what it is for, until when.
pub async fn list(db: &Db) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for city in db.jurisdictions().await? {
        let tokens = store::all_tokens(&mut db.read().await?, city.jurisdiction_id).await?;
        lines.extend(
            tokens
                .into_iter()
                .map(|t| format!("{} {} {} until {}", t.id, t.account_name, t.name, t.expires_at)),
        );
    }
    Ok(lines)
}

/// Revokes a token; false when there is none.
pub async fn revoke(db: &Db, id: Uuid) -> Result<bool> {
    let now = db.clock().now();
    for city in db.jurisdictions().await? {
        let city = city.jurisdiction_id;
        let tokens = store::all_tokens(&mut db.read().await?, city).await?;
        let Some(token) = tokens.into_iter().find(|t| t.id == id) else { continue };
        return db
            .operate(city, async |tx| {
                let line = line(now, Event::TokenRevoked, token.account, &token.name);
                access::note(tx, city, line).await?;
                store::revoke_token(tx, city, token.account, id).await
            })
            .await;
    }
    Ok(false)
}
