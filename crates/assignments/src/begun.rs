//! Lines that a room further right begins in a draft: the bureau completes them as any other, and
//! what they become is found again by the line.

use journal::{Act, Result, Tx};
use kernel::{Day, Id, Jurisdiction};
use uuid::Uuid;

use crate::acts::write_line::{self, Written};
use crate::facts::{Brief, Part};
use crate::store;
use crate::tables::{BatchRow, BatchState, Importance, Rhythm, UnitRole, Urgency, Verifier};

/// On which day of the week its reports would close, had it a rhythm.
const FRIDAY: i64 = 5;
/// And at which hour.
const CLOSING_HOUR: i64 = 17;

/// A line before it stands in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// 事项.
    pub title: String,
    /// 工作要求.
    pub demand: String,
    /// 完成标准.
    pub standard: String,
    /// 依据.
    pub basis: String,
    /// 牵头单位.
    pub unit: Uuid,
    /// 完成时限; none when the bureau has to set it.
    pub due: Option<Day>,
}

/// Batches that are still being drafted, newest first.
pub async fn drafts(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<Vec<BatchRow>> {
    let all = store::batch::batches(tx, city).await?;
    Ok(all.into_iter().filter(|batch| batch.state == BatchState::Draft).collect())
}

/// Writes the line into a draft, as part of the act of the room that begins it.
pub async fn begin(act: &mut Act, batch: Uuid, begun: Begun) -> Result<Uuid> {
    let brief = Brief {
        title: begun.title,
        demand: begun.demand,
        standard: begun.standard,
        basis: begun.basis,
        urgency: Urgency::Plain,
        importance: Importance::Normal,
        rhythm: Rhythm::Once,
        verifier: Verifier::Bureau,
        profile: Verifier::Bureau.word().to_owned(),
        work_line: None,
        leader: None,
        raised_by: None,
        quantity_unit: String::new(),
        evidence: String::new(),
        contact: String::new(),
        restricted: false,
        report_day: FRIDAY,
        report_hour: CLOSING_HOUR,
    };
    let part = Part::of(begun.unit, UnitRole::Lead);
    let written = Written {
        brief,
        parts: vec![part],
        due: begun.due,
        due_days: None,
        milestones: Vec::new(),
    };
    write_line::put(act, batch, None, written).await
}
