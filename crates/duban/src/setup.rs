//! `duban setup`: founds a city with its calendar and the three exclusive administrators. Their
//! one-time codes are shown once; there is no default password.

use journal::{Act, By, CityFact, Result};
use kernel::{Id, Jurisdiction, Role, Subject, SubjectKind};
use people::found::{self, NewAccount, NewPost, NewUnit};
use people::tables::{AccountClass, UnitKind};
use uuid::Uuid;

use crate::cli::SetupArgs;
use crate::log::say;

/// The three administrators: sign-in name, class, role, title.
const ADMINISTRATORS: [(&str, AccountClass, Role, &str); 3] = [
    ("sysadmin", AccountClass::System, Role::SystemAdmin, "系统管理员"),
    ("secadmin", AccountClass::Security, Role::SecurityAdmin, "安全管理员"),
    ("auditor", AccountClass::Audit, Role::AuditAdmin, "审计管理员"),
];

pub(crate) async fn run(args: &SetupArgs) -> Result<()> {
    jiff::tz::TimeZone::get(&args.zone).map_err(journal::Error::fault)?;
    let db = building::open(&args.data.place()?).await?;
    if let Some(city) = db.jurisdictions().await?.first() {
        let name = &city.name;
        return Err(journal::Error::fault(format!("{name} is here already; nothing was changed")));
    }
    let city: Id<Jurisdiction> = Id::new();
    let subject = Subject::new(SubjectKind::Jurisdiction, city.uuid());
    let founded = CityFact::Founded { name: args.name.clone(), zone: args.zone.clone() };
    db.act(By::program(city, "setup.found"), async |act| act.record(subject, &founded).await)
        .await?;
    let mut codes = Vec::new();
    for (name, ..) in ADMINISTRATORS {
        let code = format!("{}-{}", people::password::secret(9)?, 7);
        codes.push((name, code.clone(), people::password::hash(code).await?));
    }
    let hashes: Vec<_> = codes.iter().map(|c| c.2.clone()).collect();
    db.act(By::program(city, "setup.open"), async |act| open(act, &args.name, hashes).await)
        .await?;
    say(&format!("{} is founded. One-time codes, shown only now:", args.name));
    for (name, code, _) in codes {
        say(&format!("  {name}  {code}"));
    }
    say(
        "Next: `duban serve`; sysadmin adds units and series, secadmin adds persons, posts and accounts.",
    );
    Ok(())
}

async fn open(act: &mut Act, name: &str, hashes: Vec<String>) -> Result<()> {
    let from = act.today();
    for year in people::calendar::proposed_years() {
        found::confirm_year(act, year).await?;
    }
    assignments::profile::propose(act).await?;
    slips::ladder::propose(act).await?;
    let unit =
        NewUnit { parent: None, kind: UnitKind::City, name, short_name: name, sort: 1, from };
    let unit = found::add_unit(act, &unit).await?;
    for ((name, class, role, title), password_hash) in ADMINISTRATORS.into_iter().zip(hashes) {
        let person = found::add_person(act, title, None).await?;
        let post = post(person, unit, (role, title, from));
        found::take_post(act, &post).await?;
        let account = NewAccount { person, name, class, password_hash, must_change: true };
        found::open_account(act, account).await?;
    }
    Ok(())
}

fn post<'a>(
    person: Uuid,
    unit: Uuid,
    (role, title, from): (Role, &'a str, kernel::Day),
) -> NewPost<'a> {
    NewPost { person, unit, role, title, represents: None, line: None, from, to: None }
}
