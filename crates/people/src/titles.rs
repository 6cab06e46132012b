//! How this room's subjects are titled and where they are found.

use std::collections::BTreeMap;

use journal::{Boxed, Result, Tx};
use kernel::{Id, Jurisdiction, Lang, Subject, SubjectKind};
use uuid::Uuid;

use crate::{store, words};

/// Titles and addresses of units, groups, lines, persons, accounts, series, sittings and the city itself.
pub(crate) fn titles<'a>(
    tx: &'a mut Tx,
    city: Id<Jurisdiction>,
    subjects: &'a [Subject],
    lang: Lang,
) -> Boxed<'a, Result<Vec<(Subject, String, String)>>> {
    Box::pin(async move {
        let mut by_kind: BTreeMap<SubjectKind, Vec<Uuid>> = BTreeMap::new();
        for subject in subjects {
            by_kind.entry(subject.kind).or_default().push(subject.id);
        }
        let mut found = Vec::new();
        for (kind, mut ids) in by_kind {
            let Some((place, word)) = place(kind) else { continue };
            ids.sort_unstable();
            ids.dedup();
            for (id, title) in store::titles(tx, city, kind, &ids).await? {
                let is_city = kind == SubjectKind::Jurisdiction;
                let href = if is_city { place.to_owned() } else { format!("{place}/{id}") };
                let title = format!("{} {title}", word.of(lang));
                found.push((Subject::new(kind, id), title, href));
            }
        }
        Ok(found)
    })
}

const fn place(kind: SubjectKind) -> Option<(&'static str, kernel::Text)> {
    match kind {
        SubjectKind::Jurisdiction => Some(("/settings", words::CITY)),
        SubjectKind::Unit => Some(("/units", words::UNIT)),
        SubjectKind::PeerGroup => Some(("/groups", words::GROUP)),
        SubjectKind::Line => Some(("/lines", words::LINE)),
        SubjectKind::Person => Some(("/persons", words::PERSONNEL)),
        SubjectKind::Account => Some(("/accounts", words::NAME)),
        SubjectKind::Series => Some(("/series", words::SERIES)),
        SubjectKind::Sitting => Some(("/sittings", words::SITTING)),
        SubjectKind::Batch
        | SubjectKind::Assignment
        | SubjectKind::Proposal
        | SubjectKind::WeeklyAnswer
        | SubjectKind::Slip
        | SubjectKind::Indicator
        | SubjectKind::IndicatorSheet
        | SubjectKind::Observation
        | SubjectKind::RuleSet
        | SubjectKind::Review
        | SubjectKind::Objection
        | SubjectKind::Statement => None,
    }
}
