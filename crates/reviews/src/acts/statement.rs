//! What the acts on a statement share: its address, and the consequences that call for it.

use journal::{Act, Db, Error, Result, Tx};
use kernel::Actor;
use measures::ReviewMonth;
use uuid::Uuid;
use web::{Call, Done, Prepared};

use crate::proposals::Proposals;
use crate::tables::statement::StatementRow;
use crate::tables::{Decision, ReviewRow};
use crate::{store, words};

/// Of which month and unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At {
    pub(crate) month: ReviewMonth,
    pub(crate) unit: Uuid,
}

impl At {
    /// In the path.
    pub(crate) fn of(call: &Call) -> Result<Self> {
        Ok(Self { month: super::month(call)?, unit: call.id("unit")? })
    }

    /// Its address.
    pub(crate) fn card(self) -> String {
        format!("{}/statements/{}", super::card(self.month), self.unit)
    }
}

/// A form about the statement in the path, back to its page.
pub(super) async fn about(call: &Call) -> Result<(Prepared, ReviewRow, Uuid)> {
    let at = At::of(call)?;
    let review = super::reached(call).await?;
    store::statement::demand_seen(call.actor()?, at.unit)?;
    let unit = people::store::unit(&mut call.read().await?, call.city()?, at.unit).await?;
    let unit = unit.ok_or_else(Error::missing)?;
    let about = words::statement::of(&unit.short_name, at.month).of(call.lang).to_owned();
    let prepared = Prepared { about: Some(about), back: at.card(), ..Prepared::default() };
    Ok((prepared, review, at.unit))
}

/// Does an act to the statement in the path and goes back to its page.
pub(super) async fn on(
    call: &Call,
    run: impl AsyncFnOnce(&mut Act, &Actor, At) -> Result<()>,
) -> Result<Done> {
    let (at, actor) = (At::of(call)?, *call.actor()?);
    let receipt = call.act(async |act| run(act, &actor, at).await).await?;
    Ok(Done::to(at.card(), receipt))
}

/// The statement of a unit as far as the actor may see it.
pub(super) async fn reach(
    act: &mut Tx,
    actor: &Actor,
    at: At,
) -> Result<(ReviewRow, StatementRow)> {
    let review = store::review::reach(act, actor, at.month).await?;
    store::statement::demand_seen(actor, at.unit)?;
    let row = store::statement::of_unit(act, &review, at.unit).await?;
    Ok((review, row.ok_or_else(Error::missing)?))
}

/// A consequence that calls for a statement.
pub(crate) struct Calling {
    /// What it is called.
    pub(crate) name: String,
    /// On English pages.
    pub(crate) english: String,
    /// The article.
    pub(crate) article: Option<String>,
}

/// The consequences, awards aside, that the leader decided for a unit.
pub(crate) async fn called(
    tx: &mut Tx,
    db: &Db,
    review: &ReviewRow,
    unit: Uuid,
) -> Result<Vec<Calling>> {
    // A statement answers what is out; before that what the leader decided.
    let decided = if review.is_out() {
        store::review::decided_as_out(tx, review).await?
    } else {
        store::review::consequences(tx, review).await?
    };
    let taken = |code: &str| {
        let is_it = |d: &&crate::tables::ConsequenceRow| d.code == code && d.unit_id == unit;
        decided.iter().find(is_it).is_some_and(|d| d.verdict == Decision::Taken)
    };
    if !decided.iter().any(|d| d.unit_id == unit && d.verdict == Decision::Taken) {
        return Ok(Vec::new());
    }
    let called = Proposals::shown(db, tx, review).await?;
    let of_unit = called.all().filter(|(proposal, rule, _)| {
        proposal.unit == unit.to_string() && !rule.is_award && taken(&proposal.consequence)
    });
    let calling = of_unit.map(|(_, rule, _)| Calling {
        name: rule.name.0.clone(),
        english: rule.english.as_ref().unwrap_or(&rule.name).0.clone(),
        article: rule.article.as_ref().map(|a| a.0.clone()),
    });
    Ok(calling.collect())
}
