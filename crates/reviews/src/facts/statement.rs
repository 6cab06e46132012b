//! The facts of a circular's text and of statements, and how they become rows.

use assignments::tables::Verdict;
use journal::{Entry, Result, Tables, args, facts};
use kernel::Day;
use uuid::Uuid;

use crate::tables::statement::{CircularRow, StatementMeasureRow, StatementRow, StatementState};

/// What the bureau writes in a circular.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Wording {
    /// 主送.
    pub(crate) addressees: String,
    /// 下步要求.
    pub(crate) demands: String,
    /// 抄送.
    pub(crate) copies: String,
    /// 印发范围.
    pub(crate) printed: String,
}

/// A measure that a unit takes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Promised {
    /// What it does.
    pub(crate) measure: String,
    /// The post that answers for it.
    pub(crate) responsible: Uuid,
    /// By when.
    pub(crate) due: Day,
}

/// A statement as its unit wrote it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Stated {
    /// The review.
    pub(crate) review: Uuid,
    /// The unit.
    pub(crate) unit: Uuid,
    /// 差距原因.
    pub(crate) gap: String,
    /// 整改措施.
    pub(crate) measures: Vec<Promised>,
    /// 完成目标.
    pub(crate) goal: String,
    /// How many measures it had before.
    pub(crate) former: i64,
    /// The person.
    pub(crate) person: Uuid,
    /// When.
    pub(crate) on: Day,
}

facts! {
    /// Facts about a circular's text and about statements.
    pub(crate) enum StatementFact {
        /// The bureau wrote the text of the circular.
        "circular_written" CircularWritten { wording: Wording, person: Uuid, on: Day },
        /// The unit wrote or rewrote its statement.
        "statement_written" Written { stated: Stated },
        /// The unit's head submitted it.
        "statement_submitted" Submitted { person: Uuid, on: Day },
        /// The bureau accepted it or returned it with a remark.
        "statement_judged" Judged { verdict: Verdict, remark: String, person: Uuid, on: Day },
        /// Its measures went into the draft of a batch, each as a line, in their order.
        "statement_taken_over" TakenOver { batch: Uuid, lines: Vec<Uuid>, on: Day },
    }
}

pub(super) async fn apply(
    entry: &Entry,
    fact: StatementFact,
    tables: &mut Tables<'_>,
) -> Result<()> {
    match fact {
        StatementFact::CircularWritten { wording, person, on } => {
            let Wording { addressees, demands, copies, printed } = wording;
            let row = CircularRow {
                jurisdiction_id: entry.jurisdiction,
                review_id: entry.subject.id,
                addressees,
                demands,
                copies,
                printed,
                written_on: on,
                post_id: entry.actor,
                person_id: person,
            };
            tables.put(&row).await
        }
        StatementFact::Written { stated } => write(entry, stated, tables).await,
        StatementFact::Submitted { on, .. } => {
            change(entry, tables, |s| StatementRow {
                state: StatementState::Submitted,
                submitted_on: Some(on),
                submitted_by: Some(entry.actor),
                ..s
            })
            .await
        }
        StatementFact::Judged { verdict, remark, on, .. } => {
            let state = match verdict {
                Verdict::Agreed => StatementState::Accepted,
                Verdict::Returned => StatementState::Returned,
            };
            change(entry, tables, |s| StatementRow {
                state,
                remark,
                judged_on: Some(on),
                judged_by: Some(entry.actor),
                ..s
            })
            .await
        }
        StatementFact::TakenOver { batch, lines, on } => {
            for (n, line) in (1_i64..).zip(lines) {
                let key = args![entry.jurisdiction, entry.subject.id, n];
                let former: StatementMeasureRow = tables.get(key).await?;
                let taken = StatementMeasureRow { line_id: Some(line), ..former.clone() };
                tables.change(&former, &taken).await?;
            }
            change(entry, tables, |s| StatementRow {
                batch_id: Some(batch),
                taken_over_on: Some(on),
                ..s
            })
            .await
        }
    }
}

async fn write(entry: &Entry, s: Stated, tables: &mut Tables<'_>) -> Result<()> {
    let (jurisdiction_id, statement_id) = (entry.jurisdiction, entry.subject.id);
    for n in 1..=s.former {
        tables.remove::<StatementMeasureRow>(args![jurisdiction_id, statement_id, n]).await?;
    }
    for (n, promised) in (1..).zip(s.measures) {
        let row = StatementMeasureRow {
            jurisdiction_id,
            statement_id,
            n,
            measure: promised.measure,
            responsible_post_id: promised.responsible,
            due_on: promised.due,
            line_id: None,
        };
        tables.insert(&row).await?;
    }
    let row = StatementRow {
        jurisdiction_id,
        id: statement_id,
        review_id: s.review,
        unit_id: s.unit,
        state: StatementState::Draft,
        gap: s.gap,
        goal: s.goal,
        written_on: s.on,
        post_id: entry.actor,
        person_id: s.person,
        submitted_on: None,
        submitted_by: None,
        remark: String::new(),
        judged_on: None,
        judged_by: None,
        batch_id: None,
        taken_over_on: None,
    };
    if s.former == 0 {
        return tables.insert(&row).await;
    }
    change(entry, tables, |former| StatementRow {
        remark: former.remark,
        judged_on: former.judged_on,
        judged_by: former.judged_by,
        ..row
    })
    .await
}

async fn change(
    entry: &Entry,
    tables: &mut Tables<'_>,
    change: impl FnOnce(StatementRow) -> StatementRow,
) -> Result<()> {
    let former: StatementRow = tables.get(args![entry.jurisdiction, entry.subject.id]).await?;
    tables.change(&former, &change(former.clone())).await
}
