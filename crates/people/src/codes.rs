//! One-time codes from the command line: for a city that was imported without credentials, and for
//! an administrator who has lost everything. Each leaves the fact that a reset by the security
//! administrator leaves.

use journal::{Act, By, Db, Error, Result};
use kernel::{Id, Jurisdiction, Moment, Subject, SubjectKind};

use crate::facts::Fact;
use crate::store::{self, NewPassword};
use crate::tables::{AccountRow, CredentialRow, SignInNameRow};
use crate::{found, password};

/// Tables with what an account signs in by; an export carries them only locked.
pub const CREDENTIAL_TABLES: [&str; 2] = ["credentials", "former_passwords"];

/// Accounts that get their codes in one act: hashing comes before it.
const AT_ONCE: usize = 50;
/// Accounts of a city at most.
const ACCOUNTS_MAX: i64 = 100_000;

/// Who gets a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose<'a> {
    /// Those that cannot sign in, because they have no credentials.
    Without,
    /// Every open account.
    All,
    /// One, by its sign-in name.
    One(&'a str),
}

/// What becomes of the second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// It stays.
    Keep,
    /// It is taken away: the device is lost.
    Remove,
}

/// A code that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The account's sign-in name.
    pub name: String,
    /// The code; none when another city in this database has the name.
    pub code: Option<String>,
}

/// Gives codes to accounts of a city; `told` hears of each once it holds.
pub async fn give(
    db: &Db,
    city: Id<Jurisdiction>,
    (whose, factor): (Whose<'_>, Factor),
    told: impl Fn(&Given),
) -> Result<usize> {
    let mut tx = db.read().await?;
    let accounts = store::accounts_for_codes(&mut tx, city, ACCOUNTS_MAX).await?;
    let mut chosen = Vec::new();
    for (account, has_credential) in accounts {
        let fits = match whose {
            Whose::Without => !has_credential && !account.disabled,
            Whose::All => !account.disabled,
            Whose::One(name) => account.name == name,
        };
        if !fits {
            continue;
        }
        if account.disabled {
            let name = account.name;
            return Err(Error::fault(format!(
                "{name} is disabled; the security administrator enables it"
            )));
        }
        if store::city_of_name(&mut tx, &account.name).await?.is_some_and(|of| of != city) {
            told(&Given { name: account.name, code: None });
            continue;
        }
        chosen.push(account);
    }
    drop(tx);
    for accounts in chosen.chunks(AT_ONCE) {
        give_some(db, city, (accounts, factor), &told).await?;
    }
    Ok(chosen.len())
}

async fn give_some(
    db: &Db,
    city: Id<Jurisdiction>,
    (accounts, factor): (&[AccountRow], Factor),
    told: &impl Fn(&Given),
) -> Result<()> {
    let mut codes = Vec::new();
    for account in accounts {
        let code = password::one_time_code()?;
        codes.push((account, code.clone(), password::hash(code).await?));
    }
    let at = db.clock().now();
    let by = By::program(city, "codes.give").because(Some("duban codes".to_owned()));
    db.act(by, async |act| {
        for (account, _, hash) in &codes {
            reset(act, account, hash.clone(), (factor, at)).await?;
        }
        Ok(())
    })
    .await?;
    for (account, code, _) in codes {
        told(&Given { name: account.name.clone(), code: Some(code) });
    }
    Ok(())
}

async fn reset(
    act: &mut Act,
    account: &AccountRow,
    hash: String,
    (factor, at): (Factor, Moment),
) -> Result<()> {
    let (city, id) = (account.jurisdiction_id, account.id);
    let subject = Subject::new(SubjectKind::Account, id);
    act.record(subject, &Fact::PasswordReset {}).await?;
    store::revoke_tokens(act, city, id).await?;
    store::used(act, city, id, at).await?;
    let Some(credential) = store::credential(act, city, id).await? else {
        return begin(act, account, hash, at).await;
    };
    store::set_password(act, city, id, &NewPassword { hash, must_change: true, at }).await?;
    if factor == Factor::Remove && credential.totp_secret.is_some() {
        act.record(subject, &Fact::SecondFactorRemoved {}).await?;
        store::set_factor(act, city, id, (None, 0)).await?;
    }
    Ok(())
}

/// The first credentials of an account that came without any.
async fn begin(act: &mut Act, account: &AccountRow, hash: String, at: Moment) -> Result<()> {
    store::put(act, &name_row(account)).await?;
    let id = (account.jurisdiction_id, account.id);
    let credential: CredentialRow = found::first_credential(id, hash, at);
    store::put(act, &credential).await
}

fn name_row(account: &AccountRow) -> SignInNameRow {
    SignInNameRow {
        name: account.name.clone(),
        jurisdiction_id: account.jurisdiction_id,
        account_id: account.id,
    }
}

/// Lets the accounts of a city that came with its credentials sign in; answers the names that
/// another city in this database has already.
pub async fn name_all(db: &Db, city: Id<Jurisdiction>) -> Result<Vec<String>> {
    let mut tx = db.read().await?;
    let accounts = store::accounts_for_codes(&mut tx, city, ACCOUNTS_MAX).await?;
    let (mut names, mut taken) = (Vec::new(), Vec::new());
    for (account, _) in accounts.into_iter().filter(|(_, has_credential)| *has_credential) {
        match store::city_of_name(&mut tx, &account.name).await? {
            Some(of) if of != city => taken.push(account.name),
            Some(_) => {}
            None => names.push(name_row(&account)),
        }
    }
    drop(tx);
    db.operate(city, async |tx| {
        for name in &names {
            store::put(tx, name).await?;
        }
        Ok(())
    })
    .await?;
    Ok(taken)
}
