//! The facts of this room and how they become rows.

mod adoption;

use assignments::facts::Attached;
use assignments::tables::Verdict;
use journal::{Boxed, Entry, Fact as _, Result, Tables, args, facts};
use kernel::Day;
use uuid::Uuid;

use crate::tables::{CheckRow, RuleSetRow, VersionRow, VersionState, WriterRow};

/// What a draft says, and who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Written {
    /// The name in the document.
    pub(crate) name: String,
    /// The document as JSON.
    pub(crate) document: String,
    /// YAML that cannot be read yet; empty when there is none.
    pub(crate) source: String,
    /// The person; nobody when the program began it.
    pub(crate) person: Option<Uuid>,
}

/// The document by which a version is issued.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Issue {
    /// 文号.
    pub(crate) number: String,
    /// 印发机关.
    pub(crate) office: String,
    /// 印发日期.
    pub(crate) on: Day,
    /// The first period it is in force for.
    pub(crate) from: String,
}

/// A finding that was answered with a reason.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Answered {
    /// Its kind.
    pub(crate) kind: String,
    /// The field of the document.
    pub(crate) place: String,
    /// What was found, in Chinese.
    pub(crate) finding: String,
    /// The same in English.
    pub(crate) finding_en: String,
    /// Why it was adopted all the same.
    pub(crate) reason: String,
    /// The article of law or the ground on which it was found, in Chinese; empty in older facts.
    #[serde(default)]
    pub(crate) because: String,
    /// The same in English.
    #[serde(default)]
    pub(crate) because_en: String,
}

facts! {
    /// Facts about rule sets.
    pub(crate) enum Fact {
        /// A rule set was begun.
        "rule_set_begun" Begun { code: String, name: String, on: Day },
        /// A version of it was begun.
        "rule_set_version_begun" VersionBegun { version: Uuid, n: i64, on: Day, written: Written },
        /// The draft of a version was written; which part of it.
        "rule_set_written" DraftWritten { version: Uuid, part: String, written: Written },
        /// The draft was sent to the chief.
        "rule_set_sent" Sent { version: Uuid, id: Uuid, person: Uuid, note: String },
        /// The chief agreed or returned it.
        "rule_set_checked" Checked { version: Uuid, id: Uuid, person: Uuid, verdict: Verdict, note: String },
        /// It was adopted by its issued document.
        "rule_set_adopted" Adopted { version: Uuid, name: String, document: String, hash: String, issue: Issue, on: Day, findings: Vec<Answered>, papers: Vec<Attached> },
        /// The draft was given up.
        "rule_set_discarded" Discarded { version: Uuid },
        /// It no longer holds from a period on.
        "rule_set_ended" Ended { from: String },
    }
}

/// Applies a fact of this room.
pub(crate) fn apply<'a>(entry: &'a Entry, tables: &'a mut Tables<'_>) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        let fact = Fact::join(&entry.kind, &entry.payload)?;
        match fact {
            Fact::Begun { code, name, on } => begin(entry, tables, (code, name, on)).await,
            Fact::VersionBegun { version, n, on, written } => {
                begin_version(entry, tables, (version, n, on), written).await
            }
            Fact::DraftWritten { version, written, part: _ } => {
                write(entry, tables, version, written).await
            }
            Fact::Sent { version, id, person, note } => {
                let step = CheckRow { step: 0, note, ..check(entry, (id, version, person)) };
                tables.insert(&step).await?;
                let state = VersionState::InCheck;
                change(entry, tables, version, |v| VersionRow { state, ..v }).await
            }
            Fact::Checked { version, id, person, verdict, note } => {
                let step = CheckRow { verdict, note, ..check(entry, (id, version, person)) };
                tables.insert(&step).await?;
                let state = match verdict {
                    Verdict::Agreed => VersionState::Agreed,
                    Verdict::Returned => VersionState::Draft,
                };
                change(entry, tables, version, |v| VersionRow { state, ..v }).await
            }
            Fact::Adopted { .. } => adoption::apply(entry, fact, tables).await,
            Fact::Discarded { version } => {
                let state = VersionState::Discarded;
                change(entry, tables, version, |v| VersionRow { state, ..v }).await
            }
            Fact::Ended { from } => {
                let ended_from = Some(from);
                change_set(entry, tables, |r| RuleSetRow { ended_from, ..r }).await
            }
        }
    })
}

async fn begin(
    entry: &Entry,
    tables: &mut Tables<'_>,
    (code, name, begun_on): (String, String, Day),
) -> Result<()> {
    let (jurisdiction_id, id) = (entry.jurisdiction, entry.subject.id);
    let row = RuleSetRow { jurisdiction_id, id, code, name, begun_on, ended_from: None };
    tables.insert(&row).await
}

async fn begin_version(
    entry: &Entry,
    tables: &mut Tables<'_>,
    (id, n, begun_on): (Uuid, i64, Day),
    written: Written,
) -> Result<()> {
    let row = VersionRow {
        jurisdiction_id: entry.jurisdiction,
        id,
        rule_set_id: entry.subject.id,
        n,
        name: written.name,
        state: VersionState::Draft,
        document: written.document,
        source: written.source,
        sha256: String::new(),
        begun_on,
        from_period: None,
        issued_number: None,
        issued_office: None,
        issued_on: None,
        adopted_on: None,
        adopted_seq: None,
    };
    tables.insert(&row).await?;
    wrote(entry, tables, id, written.person).await
}

async fn write(
    entry: &Entry,
    tables: &mut Tables<'_>,
    version: Uuid,
    written: Written,
) -> Result<()> {
    let Written { name, document, source, person } = written;
    let former: VersionRow = tables.get(args![entry.jurisdiction, version]).await?;
    let row = VersionRow { name: name.clone(), document, source, ..former.clone() };
    tables.change(&former, &row).await?;
    wrote(entry, tables, version, person).await?;
    // What is in force keeps its name while the next version is written.
    if former.n > 1 {
        return Ok(());
    }
    change_set(entry, tables, |r| RuleSetRow { name, ..r }).await
}

async fn wrote(
    entry: &Entry,
    tables: &mut Tables<'_>,
    version_id: Uuid,
    person: Option<Uuid>,
) -> Result<()> {
    let Some(person_id) = person else { return Ok(()) };
    let jurisdiction_id = entry.jurisdiction;
    let known = tables.find::<WriterRow>(args![jurisdiction_id, version_id, person_id]).await?;
    if known.is_some() {
        return Ok(());
    }
    tables.insert(&WriterRow { jurisdiction_id, version_id, person_id }).await
}

fn check(entry: &Entry, (id, version_id, person_id): (Uuid, Uuid, Uuid)) -> CheckRow {
    CheckRow {
        jurisdiction_id: entry.jurisdiction,
        id,
        version_id,
        step: 1,
        post_id: entry.actor,
        person_id,
        at: entry.at,
        verdict: Verdict::Agreed,
        note: String::new(),
    }
}

async fn change(
    entry: &Entry,
    tables: &mut Tables<'_>,
    version: Uuid,
    change: impl FnOnce(VersionRow) -> VersionRow,
) -> Result<()> {
    let former: VersionRow = tables.get(args![entry.jurisdiction, version]).await?;
    tables.change(&former, &change(former.clone())).await
}

async fn change_set(
    entry: &Entry,
    tables: &mut Tables<'_>,
    change: impl FnOnce(RuleSetRow) -> RuleSetRow,
) -> Result<()> {
    let former: RuleSetRow = tables.get(args![entry.jurisdiction, entry.subject.id]).await?;
    tables.change(&former, &change(former.clone())).await
}
