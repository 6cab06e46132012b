//! How an adoption becomes rows: the version is fixed, with its findings and its issued document.

use journal::{Entry, Error, Result, Tables};

use super::{Fact, change, change_set};
use crate::tables::{FindingRow, PaperRow, RuleSetRow, VersionRow, VersionState};

pub(super) async fn apply(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let Fact::Adopted { version, name, document, hash, issue, on, findings, papers } = fact else {
        return Err(Error::fault(format!("fact applied in the wrong place: {fact:?}")));
    };
    let called = name.clone();
    change(entry, tables, version, |v| VersionRow {
        name: called,
        state: VersionState::Adopted,
        document,
        sha256: hash,
        from_period: Some(issue.from),
        issued_number: Some(issue.number),
        issued_office: Some(issue.office),
        issued_on: Some(issue.on),
        adopted_on: Some(on),
        adopted_seq: Some(entry.seq),
        ..v
    })
    .await?;
    let jurisdiction_id = entry.jurisdiction;
    for (n, f) in (1..).zip(findings) {
        let row = FindingRow {
            jurisdiction_id,
            version_id: version,
            n,
            kind: f.kind,
            place: f.place,
            finding: f.finding,
            finding_en: f.finding_en,
            reason: f.reason,
            because: f.because,
            because_en: f.because_en,
        };
        tables.insert(&row).await?;
    }
    for paper in papers {
        let row = PaperRow {
            jurisdiction_id,
            version_id: version,
            id: paper.id,
            name: paper.name,
            media: paper.media,
            size: paper.size,
            hash: paper.hash,
        };
        tables.insert(&row).await?;
    }
    change_set(entry, tables, |r| RuleSetRow { name, ..r }).await
}
