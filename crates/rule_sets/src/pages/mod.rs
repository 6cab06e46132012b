//! What people see in this room, one file each.

pub(crate) mod card;
pub(crate) mod difference;
pub(crate) mod paper;
pub(crate) mod print;
pub(crate) mod rule_sets;
pub(crate) mod scan;
pub(crate) mod version;
pub(crate) mod yaml;

use journal::{Boxed, Error, Result, Tx};
use kernel::{Id, Jurisdiction, Lang, Subject, SubjectKind};
use rules::rule_set::RuleSet;
use web::Call;

use crate::draft::Draft;
use crate::store;
use crate::tables::{RuleSetRow, VersionRow, VersionState};

/// The version in the path, as far as the caller may see it.
pub(crate) async fn reach(call: &Call, tx: &mut Tx) -> Result<(RuleSetRow, VersionRow)> {
    let set = store::reach(tx, call.actor()?, call.id("id")?).await?;
    let n = call.param("n")?.parse().map_err(|_not_a_number| Error::missing())?;
    let version = store::version(tx, call.actor()?, (set.id, n)).await?;
    Ok((set, version))
}

/// The rule set of a version; nothing while something in its draft is wrong.
pub(crate) fn rule_of(version: &VersionRow) -> Result<Option<RuleSet>> {
    if version.state == VersionState::Adopted {
        let read = RuleSet::stored(&version.document);
        return read.map(Some).map_err(|p| Error::fault(format!("what was adopted: {p:?}")));
    }
    Ok(Draft::stored(&version.document)?.rule_set().ok())
}

/// The address of a version.
pub(crate) fn address(version: &VersionRow) -> String {
    format!("{}/versions/{}", crate::acts::card(version.rule_set_id), version.n)
}

/// Titles and addresses of rule sets.
pub(crate) fn titles<'a>(
    tx: &'a mut Tx,
    city: Id<Jurisdiction>,
    subjects: &'a [Subject],
    _lang: Lang,
) -> Boxed<'a, Result<Vec<(Subject, String, String)>>> {
    Box::pin(async move {
        let mut found = Vec::new();
        for subject in subjects.iter().filter(|s| s.kind == SubjectKind::RuleSet) {
            if let Some(set) = store::rule_set(tx, city, subject.id).await? {
                found.push((
                    *subject,
                    format!("{} {}", set.code, set.name),
                    crate::acts::card(set.id),
                ));
            }
        }
        Ok(found)
    })
}
