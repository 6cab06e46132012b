//! Signing in after a city was taken to the other engine, and one-time codes from the command line.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails its test")]

use std::io::Cursor;

use journal::transfer::{self, Imported, Lock, NoBlobs, Unlocked};
use journal::{Engine, Place};
use kernel::Role;
use people::codes::{self, Factor, Given, Whose};
use testkit::{City, PASSWORD, Page};

fn plans() -> Vec<web::Plan> {
    vec![people::plan()]
}

/// Makes bytes unreadable by a number; the program uses a passphrase.
struct Turned(u8);

impl Lock for Turned {
    fn tables(&self) -> &[&str] {
        &codes::CREDENTIAL_TABLES
    }

    fn lock(&self, plain: Vec<u8>) -> journal::Result<Vec<u8>> {
        Ok(std::iter::once(self.0).chain(plain.into_iter().map(|b| b ^ self.0)).collect())
    }

    fn unlock(&self, locked: Vec<u8>) -> journal::Result<Vec<u8>> {
        match locked.split_first() {
            Some((key, rest)) if *key == self.0 => Ok(rest.iter().map(|b| b ^ key).collect()),
            _ => Err(journal::Error::fault("not the key")),
        }
    }
}

async fn exported(city: &City, lock: Option<&dyn Lock>) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    transfer::export_with(city.db(), city.id(), &NoBlobs, &mut file, lock).await.unwrap();
    file.into_inner()
}

/// The city in a new database of the other engine.
async fn moved(city: &City, file: Vec<u8>, lock: Option<&dyn Lock>) -> (City, Imported) {
    let engine = match city.db().place() {
        Place::Folder(_) => Engine::Postgres,
        Place::Postgres(_) => Engine::Sqlite,
    };
    let elsewhere = city.elsewhere(engine).await;
    let file = Cursor::new(file);
    let arrived = transfer::import_with(elsewhere.db(), &NoBlobs, file, lock).await.unwrap();
    assert!(arrived.differences.is_empty(), "{:?}", arrived.differences);
    (city.moved(&elsewhere), arrived)
}

async fn sign_in(city: &City, name: &str, password: &str) -> Page {
    city.anonymous().post("/sign-in", &[("name", name), ("password", password)]).await
}

async fn give(city: &City, whose: Whose<'_>, factor: Factor) -> Vec<Given> {
    let given = std::sync::Mutex::new(Vec::new());
    let told = |one: &Given| given.lock().unwrap().push(one.clone());
    codes::give(city.db(), city.id(), (whose, factor), told).await.unwrap();
    given.into_inner().unwrap()
}

#[test]
fn after_an_import_without_credentials_codes_open_the_door_again() {
    testkit::each_engine(plans, async |city| {
        let name = city.post("liaison of 临颍县").held().account_name.clone();
        let (there, arrived) = moved(&city, exported(&city, None).await, None).await;
        assert_eq!(arrived.unlocked, Unlocked::Absent);
        assert_eq!(sign_in(&there, &name, PASSWORD).await.status(), 422, "nobody can sign in");
        let given = give(&there, Whose::Without, Factor::Keep).await;
        assert_eq!(given.len(), city.posts().count(), "every account got one");
        let own = given.iter().find(|g| g.name == name).unwrap();
        let page = sign_in(&there, &name, own.code.as_deref().unwrap()).await.is(303);
        assert_eq!(page.goes_to(), "/sign-in/password", "the code is changed at once");
        assert!(give(&there, Whose::Without, Factor::Keep).await.is_empty());
        assert_eq!(there.kinds(1).await, ["password_reset"]);
        there.verify().await;
    });
}

#[test]
fn credentials_that_were_locked_arrive_and_everybody_signs_in_as_before() {
    testkit::each_engine(plans, async |city| {
        let liaison = city.post("liaison of 临颍县");
        let name = liaison.held().account_name.clone();
        let file = exported(&city, Some(&Turned(0x5a))).await;
        assert!(!file.windows(8).any(|w| w == b"argon2id"));

        let (there, arrived) = moved(&city, file.clone(), None).await;
        assert_eq!(arrived.unlocked, Unlocked::Left);
        assert_eq!(sign_in(&there, &name, PASSWORD).await.status(), 422);

        let (there, arrived) = moved(&city, file.clone(), Some(&Turned(0x5a))).await;
        assert!(
            matches!(arrived.unlocked, Unlocked::Taken(n) if n >= 30),
            "{:?}",
            arrived.unlocked
        );
        assert!(codes::name_all(there.db(), there.id()).await.unwrap().is_empty());
        assert_eq!(sign_in(&there, &name, PASSWORD).await.is(303).goes_to(), "/");
        assert!(give(&there, Whose::Without, Factor::Keep).await.is_empty());
        there.verify().await;

        let elsewhere = city.elsewhere(Engine::Sqlite).await;
        let file = Cursor::new(file);
        let wrong = transfer::import_with(elsewhere.db(), &NoBlobs, file, Some(&Turned(1))).await;
        assert!(wrong.unwrap_err().to_string().contains("not the key"));
        assert!(elsewhere.db().jurisdictions().await.unwrap().is_empty(), "nothing was brought in");
    });
}

#[test]
fn an_administrator_who_lost_everything_gets_a_code_and_gives_up_the_factor() {
    testkit::each_engine(plans, async |city| {
        let security = city.as_(Role::SecurityAdmin);
        let name = security.held().account_name.clone();
        let form = security.get("/account/second-factor").await.is(200);
        let secret = form.attributes("main input[name=secret]", "value").remove(0);
        let code = people::factor::code(&secret, city.db().clock().now()).unwrap();
        let fields = [("current", PASSWORD), ("secret", &secret), ("code", &code)];
        security.post("/account/second-factor", &fields).await.is(303);
        let page = sign_in(&city, &name, PASSWORD).await.is(303);
        assert_eq!(page.goes_to(), "/sign-in/code");

        let given = give(&city, Whose::One(&name), Factor::Keep).await;
        let page = sign_in(&city, &name, given[0].code.as_deref().unwrap()).await.is(303);
        assert_eq!(page.goes_to(), "/sign-in/code", "the factor stays");
        assert_eq!(sign_in(&city, &name, PASSWORD).await.status(), 422, "the old password is void");

        let given = give(&city, Whose::One(&name), Factor::Remove).await;
        let page = sign_in(&city, &name, given[0].code.as_deref().unwrap()).await.is(303);
        assert_eq!(page.goes_to(), "/sign-in/password");
        assert_eq!(city.kinds(2).await, ["second_factor_removed", "password_reset"]);
        assert!(give(&city, Whose::One("nobody"), Factor::Keep).await.is_empty());

        city.verify().await;
    });
}

#[test]
fn a_disabled_account_gets_no_code() {
    testkit::each_engine(plans, async |city| {
        let liaison = city.post("liaison of 舞阳县").held().clone();
        let security = city.as_(Role::SecurityAdmin);
        let reason = [("reason", "调离")];
        let path = format!("/accounts/{}/disabling", liaison.account);
        security.post(&path, &reason).await.is(303);
        let whose = (Whose::One(&liaison.account_name), Factor::Keep);
        let refused = codes::give(city.db(), city.id(), whose, |_| {}).await;
        assert!(refused.unwrap_err().to_string().contains("disabled"));
    });
}

#[test]
fn a_name_that_another_city_has_is_not_taken_from_it() {
    testkit::each_engine(plans, async |city| {
        let name = city.post("liaison of 临颍县").held().account_name.clone();
        let file = exported(&city, None).await;
        let (there, _) = moved(&city, file, None).await;
        let twin = uuid::Uuid::now_v7();
        let sql =
            "INSERT INTO sign_in_names (name, jurisdiction_id, account_id) VALUES ($1, $2, $3)";
        let values = journal::args![name.clone(), twin, twin].to_vec();
        there
            .db()
            .operate(there.id(), async |tx| tx.run(sql, &values).await.map(drop))
            .await
            .unwrap();
        let given = give(&there, Whose::One(&name), Factor::Keep).await;
        assert_eq!(given[0].code, None);
        assert_eq!(sign_in(&there, &name, "x").await.status(), 422);
    });
}
