//! The settings of a city: what they are called and what holds until one is recorded.

use journal::history::{self, Filter};
use journal::{Fact as _, Result, Tx};
use kernel::{Id, Jurisdiction};

use crate::facts::Fact;
use crate::password::Profile;
use crate::store;
use crate::tables::UnitKind;

/// Changes of settings looked back at: a city makes some in a year.
const CHANGES_MAX: i64 = 1_000;

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name in facts.
    pub name: &'static str,
    /// Its value until another is recorded.
    pub proposed: &'static str,
}

/// From how many working days before its deadline an item is yellow.
pub const YELLOW_DAYS: Setting = Setting { name: "yellow_days", proposed: "3" };
/// Who must show a second factor: `required` (administrators and the bureau), `everyone` or `off`.
pub const SECOND_FACTOR: Setting = Setting { name: "second_factor", proposed: "required" };
/// The rules of passwords: `dengbao3` or `asvs`.
pub const PASSWORD_PROFILE: Setting = Setting { name: "password_profile", proposed: "dengbao3" };
/// After how many days without use an account is disabled.
pub const UNUSED_DAYS: Setting = Setting { name: "unused_days", proposed: "90" };
/// Down to which units accounts are opened: `unit` (counties and departments of the city),
/// `county_department` or `township`.
pub const ACCOUNT_LEVEL: Setting = Setting { name: "account_level", proposed: "county_department" };
/// At which time of a working day the daily digest leaves.
pub const DIGEST_AT: Setting = Setting { name: "digest_at", proposed: "08:30" };

impl Setting {
    /// The value that holds now.
    pub async fn of(self, tx: &mut Tx, city: Id<Jurisdiction>) -> Result<String> {
        store::setting(tx, city, self.name, self.proposed).await
    }
}

/// What a setting was before a place of the journal, for what must not change with it.
pub async fn known_before(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    (name, proposed): (&str, &str),
    seq: i64,
) -> Result<String> {
    let kind = Some("setting_changed".to_owned());
    let filter = Filter { kind, before: Some(seq), ..Filter::default() };
    for entry in history::newest(tx, city, &filter, CHANGES_MAX).await? {
        if let Fact::SettingChanged { name: changed, value } =
            Fact::join(&entry.kind, &entry.payload)?
            && changed == name
        {
            return Ok(value);
        }
    }
    Ok(proposed.to_owned())
}

/// From how many working days before its deadline an item is yellow.
pub async fn yellow_days(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<u32> {
    let value = YELLOW_DAYS.of(tx, city).await?;
    value.parse().map_err(|e| journal::Error::fault(format!("yellow_days {value:?}: {e}")))
}

/// After how many days without use an account is disabled.
pub(crate) async fn unused_days(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<i64> {
    let value = UNUSED_DAYS.of(tx, city).await?;
    value.parse().map_err(|e| journal::Error::fault(format!("unused_days {value:?}: {e}")))
}

/// Whether posts of a unit of this level may have accounts, as `account_level` says.
pub(crate) fn reaches(level: &str, kind: UnitKind) -> bool {
    match kind {
        UnitKind::City
        | UnitKind::County
        | UnitKind::District
        | UnitKind::Zone
        | UnitKind::Department => true,
        UnitKind::CountyDepartment => matches!(level, "county_department" | "township"),
        UnitKind::Township => level == "township",
    }
}

/// The rules that passwords follow now.
pub(crate) async fn profile(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Profile> {
    Ok(Profile::of(&PASSWORD_PROFILE.of(tx, city).await?))
}
