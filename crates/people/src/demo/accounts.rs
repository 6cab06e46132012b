//! The accounts through which newcomers look at the demo city: one per role,
//! and a second leader, whose own line of work comes first.

use journal::{By, Db, Result};
use kernel::Role;
use uuid::Uuid;

use super::City;
use super::units::{BUREAU, CITY};
use crate::found::{self, NewAccount, NewToken};
use crate::password::{self, Profile};
use crate::tables::AccountClass;

/// How long the tokens are valid.
const TOKEN_DAYS: i64 = 365;

/// Sign-in name, unit, title of the post.
const ACCOUNTS: [(&str, &str, &str); 12] = [
    ("leader", CITY, "市长"),
    ("vice", CITY, "副市长（分管招商引资）"),
    ("secretary", CITY, "市长秘书"),
    ("chief", BUREAU, "局长"),
    ("bureau", BUREAU, "督查一科科长"),
    ("head", "临颍县", "县长"),
    ("liaison", "临颍县", "联络员"),
    ("department", "市投资促进局", "项目促进科科长"),
    ("inspector", CITY, "审计组检查员"),
    ("auditor", "市政府办公室", "审计管理员"),
    ("sysadmin", "市行政审批和政务信息管理局", "系统管理员"),
    ("secadmin", "市政府办公室", "安全管理员"),
];

/// An account that was opened; password and token are shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The sign-in name.
    pub name: &'static str,
    /// What it is for.
    pub role: Role,
    /// The password.
    pub password: String,
    /// A bearer token for the same post.
    pub token: String,
}

/// Opens the accounts of the demo city. Sessions, tokens and passwords follow the machine's
/// clock, so the database must be open under that one.
pub async fn open_accounts(db: &Db, city: &City) -> Result<Vec<Account>> {
    let mut accounts = Vec::new();
    for (name, unit, title) in ACCOUNTS {
        let held = *city.titled(unit, title)?;
        let password = password_for(name)?;
        let password_hash = password::hash(password.clone()).await?;
        let account = NewAccount {
            person: held.person,
            name,
            class: AccountClass::of_role(held.role),
            password_hash,
            must_change: false,
        };
        let mut id = Uuid::nil();
        db.act(By::program(city.jurisdiction, "demo.open_account"), async |act| {
            id = found::open_account(act, account).await?;
            Ok(())
        })
        .await?;
        let now = db.clock().now();
        let token = NewToken { account: id, post: held.post, name: "演示", days: TOKEN_DAYS };
        let token = db
            .operate(city.jurisdiction, async |tx| {
                found::make_token(tx, city.jurisdiction, &token, now).await
            })
            .await?;
        accounts.push(Account { name, role: held.role, password, token });
    }
    Ok(accounts)
}

/// A random password that both profiles accept.
fn password_for(name: &str) -> Result<String> {
    loop {
        let password = format!("Zj7-{}", password::secret(9)?);
        let accepted = [Profile::Dengbao3, Profile::Asvs]
            .iter()
            .all(|profile| profile.objection(&password, name).is_none());
        if accepted {
            return Ok(password);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use journal::transfer::NoBlobs;
    use journal::{By, CityFact, Db, Place, Rooms};
    use kernel::{Clock, Subject, SubjectKind};
    use uuid::Uuid;
    use web::{Credentials, Doorkeeper as _};

    use super::{ACCOUNTS, open_accounts, password_for};
    use crate::demo::{found, start, zone};
    use crate::{Door, password, store};

    #[test]
    fn every_password_is_its_own_and_acceptable() {
        let passwords: Vec<_> = ACCOUNTS.iter().map(|a| password_for(a.0).unwrap()).collect();
        for (n, password) in passwords.iter().enumerate() {
            assert_eq!(password.len(), 16);
            assert!(!passwords.iter().skip(n + 1).any(|other| other == password));
        }
    }

    async fn opened(folder: &Path, clock: Clock) -> Db {
        let place = Place::Folder(folder.to_owned());
        Db::open(place, Rooms::new([crate::ROOM]), clock).await.unwrap()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn every_account_lets_its_post_in() {
        let folder = std::env::temp_dir().join(format!("duban-accounts-{}", Uuid::now_v7()));
        let start = start(&zone().unwrap()).unwrap();
        let clock = Clock::manual(start);
        let db = opened(&folder, clock.clone()).await;
        let city = found(&db, &clock).await.unwrap();
        clock.set(start);
        let offset_us = start.micros() - Clock::machine().now().micros();
        let subject = Subject::new(SubjectKind::Jurisdiction, city.jurisdiction.uuid());
        let by = By::program(city.jurisdiction, "demo.clock");
        let set = CityFact::ClockSet { offset_us };
        db.act(by, async |act| act.record(subject, &set).await).await.unwrap();
        drop(db);

        let db = opened(&folder, Clock::machine()).await;
        let accounts = open_accounts(&db, &city).await.unwrap();
        assert_eq!(accounts.len(), ACCOUNTS.len());
        for account in accounts {
            let bearer = Credentials::Bearer(account.token);
            let caller = Door.admit(&db, &bearer).await.unwrap().expect(account.name);
            assert_eq!(caller.actor.role, account.role, "{}", account.name);
            let mut tx = db.read().await.unwrap();
            let known = store::account_by_name(&mut tx, account.name).await.unwrap();
            let (_, credential) = known.expect(account.name);
            let age_us = db.clock().now().micros() - credential.changed_at.micros();
            assert!(!credential.must_change && age_us < 86_400_000_000, "{}", account.name);
            let stored = Some(credential.password_hash);
            assert!(password::fits(account.password, stored).await.unwrap(), "{}", account.name);
        }
        let report = journal::verify(&db, city.jurisdiction, &NoBlobs, None).await.unwrap();
        assert!(report.is_whole(), "{report:?}");
        drop(std::fs::remove_dir_all(&folder));
    }
}
