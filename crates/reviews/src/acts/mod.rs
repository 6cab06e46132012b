//! What people do in this room, one file each. Every act has `run`, the step inside an open
//! transaction that HTTP and the demo city share.

pub(crate) mod compute;
pub(crate) mod decide_consequence;
pub(crate) mod decide_objection;
pub(crate) mod draft;
pub(crate) mod freeze;
pub(crate) mod judge;
pub(crate) mod judge_statement;
pub(crate) mod look_at_doubt;
pub(crate) mod object;
pub(crate) mod open;
pub(crate) mod paper_consequence;
pub(crate) mod paper_judge;
pub(crate) mod pay;
pub(crate) mod publish;
pub(crate) mod statement;
pub(crate) mod submit;
pub(crate) mod submit_statement;
pub(crate) mod take_over;
pub(crate) mod withdraw_objection;
pub(crate) mod write_circular;
pub(crate) mod write_statement;

use jiff::tz::TimeZone;
use journal::{Act, Db, Error, Receipt, Result};
use kernel::{Actor, Subject, SubjectKind, Text, WorkCalendar};
use measures::{ReviewMonth, Supply};
use uuid::Uuid;
use web::{Call, Done, Prepared, UnderWay};

use crate::store;
use crate::tables::ReviewRow;

/// Where figures come from: the database, what rooms supply, and the city's zone.
pub(crate) struct Sources<'a> {
    pub(crate) db: &'a Db,
    pub(crate) supplies: &'a [Supply],
    pub(crate) zone: TimeZone,
    /// Who hears how far it has come.
    pub(crate) heard: Option<&'a UnderWay>,
}

impl<'a> Sources<'a> {
    pub(crate) fn of(call: &'a Call) -> Self {
        Self { db: call.db(), supplies: call.measures(), zone: call.zone(), heard: None }
    }

    /// With somebody who hears how far it has come.
    pub(crate) fn heard_by(self, work: &'a UnderWay) -> Self {
        Self { heard: Some(work), ..self }
    }

    pub(crate) fn went_on(&self, per_mille: u64, step: Text) {
        if let Some(work) = self.heard {
            work.went_on(per_mille, step);
        }
    }
}

/// The review of a fact.
pub(crate) const fn review(id: Uuid) -> Subject {
    Subject::new(SubjectKind::Review, id)
}

/// The objection of a fact.
pub(crate) const fn objection(id: Uuid) -> Subject {
    Subject::new(SubjectKind::Objection, id)
}

/// The statement of a fact.
pub(crate) const fn statement_subject(id: Uuid) -> Subject {
    Subject::new(SubjectKind::Statement, id)
}

/// The address of a month.
pub(crate) fn card(month: ReviewMonth) -> String {
    format!("/reviews/{month}")
}

/// The month in the path.
pub(crate) fn month(call: &Call) -> Result<ReviewMonth> {
    call.param("month")?.parse().map_err(|_| Error::missing())
}

/// The review in the path as far as the caller may see it.
pub(crate) async fn reached(call: &Call) -> Result<ReviewRow> {
    store::review::reach(&mut call.read().await?, call.actor()?, month(call)?).await
}

/// A form about the review in the path, back to its page.
pub(crate) async fn about(call: &Call) -> Result<(Prepared, ReviewRow)> {
    let row = reached(call).await?;
    let about = Some(crate::words::review(row.month).of(call.lang).to_owned());
    Ok((Prepared { about, back: card(row.month), ..Prepared::default() }, row))
}

/// Does an act to the review in the path and goes back to its page.
pub(crate) async fn on_review(
    call: &Call,
    run: impl AsyncFnOnce(&mut Act, &Actor, ReviewMonth) -> Result<()>,
) -> Result<Done> {
    let receipt = to_review(call, run).await?;
    Ok(Done::to(card(month(call)?), receipt))
}

/// Does an act to the review in the path.
pub(crate) async fn to_review(
    call: &Call,
    run: impl AsyncFnOnce(&mut Act, &Actor, ReviewMonth) -> Result<()>,
) -> Result<Receipt> {
    let (month, actor) = (month(call)?, *call.actor()?);
    call.act(async |act| run(act, &actor, month).await).await
}

/// The work calendar around today.
pub(crate) async fn calendar(act: &mut Act) -> Result<WorkCalendar> {
    let (city, today) = (act.jurisdiction(), act.today());
    people::store::calendar(act, city, today.plus(-60), today.plus(120)).await
}
