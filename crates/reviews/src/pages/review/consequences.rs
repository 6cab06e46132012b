//! What the rules call for in a month and what was decided; figures that a person should look at.

use std::collections::{BTreeMap, BTreeSet};

use journal::{Error, Result, Tx};
use kernel::Day;
use rules::engine::sheet::{Proposal, Said};
use rules::rule_set::outcome::{Consequence as Rule, Places};
use serde::Serialize;
use uuid::Uuid;
use web::{Call, Seen};

use super::Question;
use crate::proposals::{self, Proposals};
use crate::robustness::{self, Robustness};
use crate::statement::Times;
use crate::store;
use crate::store::statement::{Earlier, demand_seen};
use crate::tables::statement::StatementState;
use crate::tables::{ConsequenceRow, Decision, ReviewRow, ReviewState};

/// A consequence that the rules call for, and what was decided.
#[derive(Serialize)]
pub(crate) struct Consequence {
    pub(crate) named: String,
    pub(crate) title: String,
    pub(crate) article: Option<String>,
    pub(crate) unit: String,
    pub(crate) is_award: bool,
    /// Whom a last unit cannot be told from, although nothing is asked of them.
    pub(crate) alike: Vec<String>,
    /// How often it came to this for the unit; awards are not counted.
    pub(crate) times: Option<Times>,
    /// The unit's statement, for who may read it.
    pub(crate) statement: Option<Statement>,
    pub(crate) decided: Option<Decided>,
    /// Whether it was decided and no longer follows, since the places were corrected.
    pub(crate) has_fallen: bool,
    /// Whether it was decided when the unit had another place: it is decided anew.
    pub(crate) has_moved: bool,
    /// What a figure is wanting to decide, or how the award was lowered; for who decides.
    pub(crate) because: Option<Said>,
    /// Whether it is not certain yet, for want of a figure.
    pub(crate) is_open: bool,
}

/// What a unit says to a consequence.
#[derive(Serialize)]
pub(crate) struct Statement {
    pub(crate) unit_id: Uuid,
    pub(crate) state: Option<StatementState>,
}

/// A decision.
#[derive(Serialize)]
pub(crate) struct Decided {
    pub(crate) verdict: Decision,
    pub(crate) amount_fen: Option<i64>,
    pub(crate) reason: String,
    pub(crate) is_on_paper: bool,
    pub(crate) on: Day,
    pub(crate) document: String,
    pub(crate) budget: String,
    pub(crate) voucher: String,
    pub(crate) paid_on: Option<Day>,
    pub(crate) paid_fen: i64,
    /// What is still to be paid; below zero what was paid too much.
    pub(crate) unpaid_fen: i64,
}

impl Decided {
    fn of(d: &ConsequenceRow) -> Self {
        Self {
            verdict: d.verdict,
            amount_fen: d.amount_fen,
            reason: d.reason.clone(),
            is_on_paper: d.paper_signer_post_id.is_some(),
            on: d.decided_on,
            document: d.document.clone(),
            budget: d.budget.clone(),
            voucher: d.voucher.clone(),
            paid_on: d.paid_on,
            paid_fen: d.paid_fen,
            unpaid_fen: d.unpaid_fen(),
        }
    }
}

/// What was decided, on what the rules call for, and which decisions were made for another place:
/// as it stands for who decides, and for units as it is out.
async fn decisions(
    call: &Call,
    tx: &mut Tx,
    row: &ReviewRow,
) -> Result<(Vec<ConsequenceRow>, Proposals, BTreeSet<String>)> {
    // What was decided on an erratum that the leader then returned does not hold.
    let is_settled = row.state == ReviewState::Published;
    if super::is_internal(call.actor()?.role) && !is_settled {
        let rows = store::review::consequences(tx, row).await?;
        let moved = proposals::moved(tx, row, &rows).await?;
        return Ok((rows, Proposals::read(call.db(), tx, row).await?, moved));
    }
    let rows = store::review::decided_as_out(tx, row).await?;
    Ok((rows, Proposals::shown(call.db(), tx, row).await?, BTreeSet::new()))
}

/// What the rules call for, and what is to be asked about the figures.
pub(super) async fn called(
    call: &Call,
    tx: &mut Tx,
    row: &ReviewRow,
) -> Result<(Vec<Consequence>, Vec<Question>)> {
    let is_internal = super::is_internal(call.actor()?.role);
    let (rows, called, moved) = decisions(call, tx, row).await?;
    let firmness = if is_internal { firmness(call, tx, row, &called).await? } else { None };
    let counted = called.all().filter(|(_, rule, _)| !rule.is_award);
    let counted: BTreeSet<Uuid> = counted.filter_map(|(p, ..)| p.unit.parse().ok()).collect();
    let earlier = Earlier::read(tx, row.jurisdiction_id, (row.month, &counted)).await?;
    let stated = store::statement::of_review(tx, row).await?;
    let because = if is_internal { called.because()? } else { BTreeMap::new() };
    let actor = *call.actor()?;
    let all = called.all().map(|(proposal, rule, unit)| {
        let unit_id: Option<Uuid> = proposal.unit.parse().ok();
        let counted = unit_id.filter(|id| !rule.is_award && demand_seen(&actor, *id).is_ok());
        let decided = rows.iter().find(|row| proposals::is_about(row, proposal));
        Consequence {
            named: proposals::named(proposal),
            title: proposals::title(rule, call.lang).to_owned(),
            article: rule.article.as_ref().map(|a| a.0.clone()),
            unit: unit.to_owned(),
            is_award: rule.is_award,
            alike: firmness.as_ref().map_or_else(Vec::new, |f| alike(f, &called, (proposal, rule))),
            times: counted.map(|id| earlier.times(row.month, id, &rule.name.0)),
            statement: counted.map(|unit_id| Statement {
                unit_id,
                state: stated.iter().find(|s| s.unit_id == unit_id).map(|s| s.state),
            }),
            has_moved: decided.is_some_and(|d| moved.contains(&proposals::named_row(d))),
            decided: decided.map(Decided::of),
            because: because.get(&proposals::named(proposal)).cloned(),
            is_open: is_internal && proposal.open.is_some(),
            has_fallen: false,
        }
    });
    let all = all.chain(called.uncalled(&rows).into_iter().filter_map(|row| {
        let (rule, unit) = called.rule(row)?;
        Some(Consequence {
            named: proposals::named_row(row),
            title: proposals::title(rule, call.lang).to_owned(),
            article: rule.article.as_ref().map(|a| a.0.clone()),
            unit,
            is_award: rule.is_award,
            alike: Vec::new(),
            times: None,
            statement: None,
            decided: Some(Decided::of(row)),
            has_fallen: row.verdict == Decision::Taken,
            has_moved: false,
            because: None,
            is_open: false,
        })
    }));
    let consequences = all.filter(|c| is_internal || c.decided.is_some()).collect();
    let mut questions = Vec::new();
    for part in called.parts.iter().filter(|_| is_internal) {
        for q in rules::quality::questions(&part.rule, &part.facts) {
            let unit = part.name(&q.unit).to_owned();
            let (zh, en) = (q.message.zh, q.message.en);
            questions.push(Question { unit_id: q.unit, unit, measure: q.call, zh, en });
        }
    }
    Ok((consequences, questions))
}

/// Whether the rules ask something of who is last.
const fn is_of_last(rule: &Rule) -> bool {
    !rule.is_award && matches!(rule.places, Some(Places::Last(_)))
}

/// How firm the places are, when something is asked of a last one.
async fn firmness(
    call: &Call,
    tx: &mut Tx,
    row: &ReviewRow,
    called: &Proposals,
) -> Result<Option<Robustness>> {
    // What is being worked out is not worked out twice.
    let is_going = Seen::of(row.id).is_some_and(|seen| seen.is_going());
    if is_going || !called.all().any(|(_, rule, _)| is_of_last(rule)) {
        return Ok(None);
    }
    let computation = store::review::computation(tx, row, row.in_question()).await?;
    let computation = computation.ok_or_else(Error::missing)?;
    robustness::of(call.db(), row, &computation).await.map(Some)
}

/// Whom a last unit cannot be told from, without those of whom the same is asked.
fn alike(
    firmness: &Robustness,
    called: &Proposals,
    (proposal, rule): (&Proposal, &Rule),
) -> Vec<String> {
    if !is_of_last(rule) {
        return Vec::new();
    }
    let same = called.all().map(|(other, ..)| other);
    let same = same.filter(|other| other.consequence == proposal.consequence);
    let taken: Vec<&str> = same.map(|other| other.unit.as_str()).collect();
    firmness.spared_alike(&proposal.unit, &taken)
}
