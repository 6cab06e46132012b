//! All SQL of this room, reading only; `apply` writes.

pub(crate) mod card;
mod in_force;

use journal::{Error, Result, Row as _, Tx, args};
use kernel::{Actor, Id, Jurisdiction};
use uuid::Uuid;

use crate::tables::{RuleSetRow, VersionRow, VersionState};

pub(crate) use in_force::others_from;
pub use in_force::{InForce, in_force};

/// Rule sets of a city at most.
pub(crate) const SETS_MAX: i64 = 200;
/// Versions of a rule set at most.
pub(crate) const VERSIONS_MAX: i64 = 500;

/// The condition on a rule set `r` under which an actor sees it: the bureau all, everybody else
/// those of which a version was adopted.
fn scope(actor: &Actor) -> &'static str {
    if actor.role.is_bureau() {
        return "";
    }
    " AND EXISTS (SELECT 1 FROM rule_set_versions s WHERE s.jurisdiction_id = r.jurisdiction_id \
     AND s.rule_set_id = r.id AND s.state = 'adopted')"
}

/// The rule sets that an actor sees, by code.
pub(crate) async fn rule_sets(tx: &mut Tx, actor: &Actor) -> Result<Vec<RuleSetRow>> {
    let sql = format!(
        "SELECT {} FROM rule_sets r WHERE r.jurisdiction_id = $1{} ORDER BY r.code LIMIT {SETS_MAX}",
        RuleSetRow::columns_of("r"),
        scope(actor)
    );
    tx.all(&sql, args![actor.jurisdiction]).await
}

/// How many rule sets a city has.
pub(crate) async fn count(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM rule_sets WHERE jurisdiction_id = $1";
    Ok(tx.one::<(i64,)>(sql, args![city]).await?.0)
}

/// The rule set of a code.
pub(crate) async fn of_code(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    code: &str,
) -> Result<Option<RuleSetRow>> {
    let columns = &RuleSetRow::sql().columns;
    let sql = format!("SELECT {columns} FROM rule_sets WHERE jurisdiction_id = $1 AND code = $2");
    tx.opt(&sql, args![city, code.to_owned()]).await
}

/// One rule set as far as the actor may see it; anything else is missing.
pub async fn reach(tx: &mut Tx, actor: &Actor, id: Uuid) -> Result<RuleSetRow> {
    let sql = format!(
        "SELECT {} FROM rule_sets r WHERE r.jurisdiction_id = $1 AND r.id = $2{}",
        RuleSetRow::columns_of("r"),
        scope(actor)
    );
    tx.opt(&sql, args![actor.jurisdiction, id]).await?.ok_or_else(Error::missing)
}

/// One rule set without a scope, for its title.
pub(crate) async fn rule_set(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: Uuid,
) -> Result<Option<RuleSetRow>> {
    let columns = &RuleSetRow::sql().columns;
    let sql = format!("SELECT {columns} FROM rule_sets WHERE jurisdiction_id = $1 AND id = $2");
    tx.opt(&sql, args![city, id]).await
}

/// The versions of a rule set that the actor sees, newest first.
pub(crate) async fn versions(tx: &mut Tx, actor: &Actor, set: Uuid) -> Result<Vec<VersionRow>> {
    let visible = if actor.role.is_bureau() { "" } else { " AND state = 'adopted'" };
    let sql = format!(
        "SELECT {} FROM rule_set_versions WHERE jurisdiction_id = $1 AND rule_set_id = $2{visible} \
         ORDER BY n DESC LIMIT {VERSIONS_MAX}",
        VersionRow::sql().columns
    );
    tx.all(&sql, args![actor.jurisdiction, set]).await
}

/// One version by its number, as far as the actor may see it.
pub async fn version(tx: &mut Tx, actor: &Actor, (set, n): (Uuid, i64)) -> Result<VersionRow> {
    let visible = if actor.role.is_bureau() { "" } else { " AND state = 'adopted'" };
    let sql = format!(
        "SELECT {} FROM rule_set_versions WHERE jurisdiction_id = $1 AND rule_set_id = $2 \
         AND n = $3{visible} LIMIT 1",
        VersionRow::sql().columns
    );
    tx.opt(&sql, args![actor.jurisdiction, set, n]).await?.ok_or_else(Error::missing)
}

/// The version that is on its way: drafted, in check or agreed.
pub(crate) fn open(versions: &[VersionRow]) -> Option<&VersionRow> {
    versions.iter().find(|v| {
        matches!(v.state, VersionState::Draft | VersionState::InCheck | VersionState::Agreed)
    })
}

/// The version that was adopted last.
pub(crate) fn adopted_last(versions: &[VersionRow]) -> Option<&VersionRow> {
    versions.iter().find(|v| v.state == VersionState::Adopted)
}

/// The version that holds in a period.
pub(crate) fn holding<'a>(
    set: &RuleSetRow,
    versions: &'a [VersionRow],
    period: &str,
) -> Option<&'a VersionRow> {
    if set.ended_from.as_deref().is_some_and(|from| from <= period) {
        return None;
    }
    let begun = versions.iter().filter(|v| v.state == VersionState::Adopted);
    let begun = begun.filter(|v| v.from_period.as_deref().is_some_and(|from| from <= period));
    begun.max_by(|a, b| (&a.from_period, a.n).cmp(&(&b.from_period, b.n)))
}
