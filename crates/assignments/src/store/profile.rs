//! 办理规程: the handling profiles of a city.

use journal::{Error, Result, Row as _, Tx, args};
use kernel::{Id, Jurisdiction};

use crate::profile::proposed;
use crate::tables::ProfileRow;

/// All profiles in their order, those no longer in use among them; the proposed ones while the
/// city has recorded none.
pub(crate) async fn profiles(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<ProfileRow>> {
    let columns = &ProfileRow::sql().columns;
    let sql = format!(
        "SELECT {columns} FROM profiles WHERE jurisdiction_id = $1 ORDER BY sort, code LIMIT 100"
    );
    let recorded: Vec<ProfileRow> = tx.all(&sql, args![city]).await?;
    Ok(if recorded.is_empty() { proposed(city) } else { recorded })
}

/// One profile.
pub(crate) async fn profile(tx: &mut Tx, city: Id<Jurisdiction>, code: &str) -> Result<ProfileRow> {
    let all = profiles(tx, city).await?;
    all.into_iter().find(|p| p.code == code).ok_or_else(Error::missing)
}

/// Whether the city has recorded profiles of its own.
pub(crate) async fn has_recorded(act: &mut journal::Act) -> Result<bool> {
    let sql = "SELECT sort FROM profiles WHERE jurisdiction_id = $1 LIMIT 1";
    let city = act.jurisdiction();
    Ok(act.opt::<(i64,)>(sql, args![city]).await?.is_some())
}
