//! One month: how far it has come, the ranking of each group, what is contested, what was frozen,
//! what follows. A unit sees the ranking once it is published, before that only itself.

mod actions;
mod asides;
mod errata;
mod ranking;

use std::collections::BTreeSet;

use journal::{Result, Tx, history};
use kernel::{Day, Role};
use maud::{Markup, html};
use rules::engine::sheet::Proposal;
use rules::rule_set::outcome::Places;
use serde::Serialize;
use ui::{layout, part};
use uuid::Uuid;
use web::{Answer, Call, Seen, View};

use super::reviews::Item;
use crate::proposals::{self, Proposals};
use crate::robustness::{self, Robustness};
use crate::statement::Times;
use crate::store::statement::{Earlier, demand_seen};
use crate::tables::statement::StatementState;
use crate::tables::{
    ComputationRow, ConsequenceRow, Decision, ObjectionRow, ObjectionState, ReviewRow, ReviewState,
    Stage,
};
use crate::{acts, grants, store, words};
use errata::Erratum;
use ranking::Group;

/// What stands on the page.
#[derive(Serialize)]
pub(crate) struct Page {
    #[serde(flatten)]
    pub(crate) item: Item,
    pub(crate) cut_seq: i64,
    pub(crate) rules: Vec<Rules>,
    pub(crate) computation: Option<Computing>,
    /// The computing or freezing that goes on now, for who may begin one.
    pub(crate) under_way: Option<Going>,
    /// Why the last one failed after it was no longer waited for.
    pub(crate) failed: Option<Failed>,
    pub(crate) groups: Vec<Group>,
    pub(crate) moves: Vec<Moved>,
    pub(crate) errata: Vec<Erratum>,
    pub(crate) objections: Vec<Contested>,
    pub(crate) freezes: Vec<Freeze>,
    pub(crate) signs: Vec<Sign>,
    pub(crate) consequences: Vec<Consequence>,
    pub(crate) questions: Vec<Question>,
    pub(crate) history: Vec<people::history::Event>,
    pub(crate) head: String,
    #[serde(skip)]
    pub(crate) seen: Option<Seen>,
    #[serde(skip)]
    pub(crate) row: ReviewRow,
}

/// Work that goes on.
#[derive(Serialize)]
pub(crate) struct Going {
    pub(crate) per_mille: u64,
    pub(crate) zh: String,
    pub(crate) en: String,
}

impl Going {
    fn of(seen: &Seen) -> Option<Self> {
        match seen.clone() {
            Seen::Going { per_mille, step } => Some(Self { per_mille, zh: step.zh, en: step.en }),
            Seen::Failed { .. } => None,
        }
    }
}

/// Why a work failed.
#[derive(Serialize)]
pub(crate) struct Failed {
    pub(crate) zh: String,
    pub(crate) en: String,
}

impl Failed {
    fn of(seen: &Seen) -> Option<Self> {
        match seen.clone() {
            Seen::Failed { why } => Some(Self { zh: why.zh, en: why.en }),
            Seen::Going { .. } => None,
        }
    }
}

/// A rule set of the review.
#[derive(Serialize)]
pub(crate) struct Rules {
    pub(crate) rule_set: Uuid,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) hash: String,
}

/// The newest computing.
#[derive(Serialize)]
pub(crate) struct Computing {
    pub(crate) n: i64,
    pub(crate) at: String,
    pub(crate) by: String,
    pub(crate) root: String,
}

/// A unit whose place is another one than in the draft.
#[derive(Serialize)]
pub(crate) struct Moved {
    pub(crate) unit: String,
    pub(crate) rank_before: Option<String>,
    pub(crate) rank_after: Option<String>,
    pub(crate) total_before: Option<String>,
    pub(crate) total_after: Option<String>,
}

/// An objection as the page lists it.
#[derive(Serialize)]
pub(crate) struct Contested {
    pub(crate) id: Uuid,
    pub(crate) label: String,
    pub(crate) kind: Stage,
    pub(crate) state: ObjectionState,
    pub(crate) unit: String,
    pub(crate) measure: String,
    pub(crate) filed_on: Day,
    pub(crate) decide_by: Day,
}

/// A freeze.
#[derive(Serialize)]
pub(crate) struct Freeze {
    pub(crate) n: i64,
    pub(crate) root: String,
    pub(crate) previous: Option<String>,
    pub(crate) head: String,
    pub(crate) frozen_on: Day,
    pub(crate) by: String,
    pub(crate) why: String,
}

/// A step of the approval.
#[derive(Serialize)]
pub(crate) struct Sign {
    pub(crate) step: i64,
    pub(crate) who: String,
    pub(crate) at: String,
    pub(crate) is_agreed: bool,
    pub(crate) note: String,
    pub(crate) is_on_paper: bool,
    pub(crate) scans: Vec<(Uuid, String)>,
}

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
    pub(crate) on: Day,
    pub(crate) voucher: String,
    pub(crate) paid_on: Option<Day>,
}

impl Decided {
    fn of(d: &ConsequenceRow) -> Self {
        Self {
            verdict: d.verdict,
            amount_fen: d.amount_fen,
            reason: d.reason.clone(),
            on: d.decided_on,
            voucher: d.voucher.clone(),
            paid_on: d.paid_on,
        }
    }
}

/// A figure that a person should look at.
#[derive(Serialize)]
pub(crate) struct Question {
    pub(crate) unit_id: String,
    pub(crate) unit: String,
    pub(crate) measure: String,
    pub(crate) zh: String,
    pub(crate) en: String,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let row = as_seen(&call, acts::reached(&call).await?);
    let page = read(&call, row).await?;
    let answer = call.page(&page)?;
    Ok(if page.under_way.is_some() { answer.again_soon() } else { answer })
}

/// Whether the caller sees every unit: bureau and leaders always, others what is published.
pub(crate) fn sees_all(call: &Call, review: &ReviewRow) -> bool {
    let is_internal = call.actor().is_ok_and(|actor| is_internal(actor.role));
    is_internal || review.is_out()
}

/// Whether the caller sees an erratum before it is published.
fn sees_erratum(call: &Call) -> bool {
    call.actor().is_ok_and(|actor| is_internal(actor.role))
}

/// A review as the caller sees it: for units it stays as it was published until its erratum is.
pub(crate) fn as_seen(call: &Call, row: ReviewRow) -> ReviewRow {
    if row.is_being_corrected() && !sees_erratum(call) {
        return ReviewRow { state: ReviewState::Published, ..row };
    }
    row
}

/// Whether the caller opens the sheet of a unit: bureau and leaders each, a unit its own.
pub(super) fn opens_sheet(call: &Call, unit: Uuid) -> bool {
    call.actor().is_ok_and(|a| is_internal(a.role) || (a.role.is_unit() && a.unit == unit))
}

/// Bureau and leaders.
pub(crate) fn is_internal(role: Role) -> bool {
    role.is_bureau() || matches!(role, Role::Leader | Role::Secretary)
}

async fn read(call: &Call, row: ReviewRow) -> Result<Page> {
    let mut tx = call.read().await?;
    let city = call.city()?;
    let is_internal = is_internal(call.actor()?.role);
    let rules = store::review::rules(&mut tx, &row).await?;
    let groups =
        if sees_all(call, &row) { ranking::read(call, &mut tx, &row).await? } else { Vec::new() };
    let moves = if is_internal { moves(call, &mut tx, &row).await? } else { Vec::new() };
    let objections = contested(call, &mut tx, &row).await?;
    let (consequences, questions) = if row.computation > 0 && (is_internal || row.is_out()) {
        called(call, &mut tx, &row).await?
    } else {
        Default::default()
    };
    let errata = if row.is_out() { errata::read(call, &mut tx, &row).await? } else { Vec::new() };
    let seen = if call.may(grants::COMPUTE) { Seen::of(row.id) } else { None };
    Ok(Page {
        item: Item::of(&row),
        cut_seq: row.cut_seq,
        rules: rules
            .into_iter()
            .map(|r| Rules { rule_set: r.rule_set_id, code: r.code, name: r.name, hash: r.digest })
            .collect(),
        computation: computing(call, &mut tx, &row).await?,
        under_way: seen.as_ref().and_then(Going::of),
        failed: seen.as_ref().and_then(Failed::of),
        groups,
        moves,
        errata,
        objections,
        freezes: freezes(call, &mut tx, &row).await?,
        signs: if is_internal { signs(call, &mut tx, &row).await? } else { Vec::new() },
        consequences,
        questions,
        history: events(call, &mut tx, &row).await?,
        head: history::head(&mut tx, city).await?.to_string(),
        seen,
        row,
    })
}

/// What happened to the review; whoever looked at a question did so for the bureau.
async fn events(call: &Call, tx: &mut Tx, row: &ReviewRow) -> Result<Vec<people::history::Event>> {
    let mut events = people::history::read(call, tx, row.id).await?;
    if !is_internal(call.actor()?.role) {
        events.retain(|event| event.kind != "doubt_looked_at");
    }
    Ok(events)
}

async fn post(call: &Call, tx: &mut Tx, id: Uuid) -> Result<String> {
    let title = people::store::post_title(tx, call.city()?, id).await?;
    Ok(title.map_or_else(String::new, |p| p.text()))
}

async fn computing(call: &Call, tx: &mut Tx, row: &ReviewRow) -> Result<Option<Computing>> {
    let found: Option<ComputationRow> =
        store::review::computation(tx, row, row.computation).await?;
    let Some(c) = found else { return Ok(None) };
    let by = post(call, tx, c.post_id).await?;
    Ok(Some(Computing { n: c.n, at: c.at.local(&call.zone()), by, root: c.root }))
}

async fn short_names(call: &Call, tx: &mut Tx, row: &ReviewRow) -> Result<Vec<(Uuid, String)>> {
    let units = people::store::units(tx, call.city()?, row.last_on).await?;
    Ok(units.into_iter().map(|u| (u.id, u.short_name)).collect())
}

fn name_of(names: &[(Uuid, String)], unit: Uuid) -> String {
    names.iter().find(|(id, _)| *id == unit).map_or_else(|| unit.to_string(), |(_, n)| n.clone())
}

/// Whose place the objections moved: since the draft, and once it is out since what was published.
async fn moves(call: &Call, tx: &mut Tx, row: &ReviewRow) -> Result<Vec<Moved>> {
    let before = if row.is_out() { row.shown } else { row.draft };
    if before == 0 || before == row.computation {
        return Ok(Vec::new());
    }
    between(call, tx, row, (before, row.computation)).await
}

/// Whose score or place differs between two computings of a review.
async fn between(
    call: &Call,
    tx: &mut Tx,
    row: &ReviewRow,
    (before, after): (i64, i64),
) -> Result<Vec<Moved>> {
    let before = store::review::scores(tx, row, before).await?;
    let after = store::review::scores(tx, row, after).await?;
    let names = short_names(call, tx, row).await?;
    let moved = after.into_iter().filter_map(|a| {
        let b = before.iter().find(|b| b.unit_id == a.unit_id)?;
        (b.rank != a.rank || b.total != a.total).then(|| Moved {
            unit: name_of(&names, a.unit_id),
            rank_before: b.rank.clone(),
            rank_after: a.rank,
            total_before: b.total.clone(),
            total_after: a.total,
        })
    });
    Ok(moved.collect())
}

async fn contested(call: &Call, tx: &mut Tx, row: &ReviewRow) -> Result<Vec<Contested>> {
    let rows: Vec<ObjectionRow> = store::objection::seen(tx, call.actor()?, row).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let names = short_names(call, tx, row).await?;
    let contested = rows.into_iter().map(|o| Contested {
        id: o.id,
        label: o.label(row).of(call.lang).to_owned(),
        kind: o.kind,
        state: o.state,
        unit: name_of(&names, o.unit_id),
        measure: o.measure,
        filed_on: o.filed_on,
        decide_by: o.decide_by,
    });
    Ok(contested.collect())
}

async fn freezes(call: &Call, tx: &mut Tx, row: &ReviewRow) -> Result<Vec<Freeze>> {
    let mut all = store::review::freezes(tx, row).await?;
    if row.is_out() && !sees_erratum(call) {
        let last = all.iter().rposition(|f| f.computation == row.shown);
        all.truncate(last.map_or(0, |last| last + 1));
    }
    let mut found = Vec::new();
    for f in all {
        let by = post(call, tx, f.post_id).await?;
        let (n, root, previous, head) = (f.n, f.root, f.previous, f.head);
        found.push(Freeze { n, root, previous, head, frozen_on: f.frozen_on, by, why: f.why });
    }
    Ok(found)
}

async fn signs(call: &Call, tx: &mut Tx, row: &ReviewRow) -> Result<Vec<Sign>> {
    let scans = store::review::scans(tx, row).await?;
    let (mut found, zone) = (Vec::new(), call.zone());
    for s in store::review::signs(tx, row).await? {
        let who = post(call, tx, s.paper_signer_post_id.unwrap_or(s.post_id)).await?;
        let own = scans.iter().filter(|scan| scan.sign_id == s.id);
        found.push(Sign {
            step: s.step,
            who,
            at: s.paper_signed_on.map_or_else(|| s.at.local(&zone), |on| on.to_string()),
            is_agreed: s.verdict == assignments::tables::Verdict::Agreed,
            note: s.note,
            is_on_paper: s.paper_signer_post_id.is_some(),
            scans: own.map(|scan| (scan.id, scan.name.clone())).collect(),
        });
    }
    Ok(found)
}

/// What the rules call for, and what is to be asked about the figures.
async fn called(
    call: &Call,
    tx: &mut Tx,
    row: &ReviewRow,
) -> Result<(Vec<Consequence>, Vec<Question>)> {
    let is_internal = is_internal(call.actor()?.role);
    let rows = store::review::consequences(tx, row).await?;
    let called = if is_internal {
        Proposals::read(call.db(), tx, row).await?
    } else {
        Proposals::shown(call.db(), tx, row).await?
    };
    let firmness = if is_internal { firmness(call, tx, row, &called).await? } else { None };
    let counted = called.all().filter(|(_, rule, _)| !rule.is_award);
    let counted: BTreeSet<Uuid> = counted.filter_map(|(p, ..)| p.unit.parse().ok()).collect();
    let earlier = Earlier::read(tx, row.jurisdiction_id, (row.month, &counted)).await?;
    let stated = store::statement::of_review(tx, row).await?;
    let actor = *call.actor()?;
    let all = called.all().map(|(proposal, rule, unit)| {
        let unit_id: Option<Uuid> = proposal.unit.parse().ok();
        let counted = unit_id.filter(|id| !rule.is_award && demand_seen(&actor, *id).is_ok());
        let is_it = |d: &&ConsequenceRow| {
            d.code == proposal.consequence && d.unit_id.to_string() == proposal.unit
        };
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
            decided: rows.iter().find(is_it).map(Decided::of),
            has_fallen: false,
        }
    });
    let all = all.chain(called.fallen(&rows).into_iter().filter_map(|row| {
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
            has_fallen: true,
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
const fn is_of_last(rule: &rules::rule_set::outcome::Consequence) -> bool {
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
    let computation = store::review::computation(tx, row, row.shown).await?;
    let computation = computation.ok_or_else(journal::Error::missing)?;
    robustness::of(call.db(), row, &computation).await.map(Some)
}

/// Whom a last unit cannot be told from, without those of whom the same is asked.
fn alike(
    firmness: &Robustness,
    called: &Proposals,
    (proposal, rule): (&Proposal, &rules::rule_set::outcome::Consequence),
) -> Vec<String> {
    if !is_of_last(rule) {
        return Vec::new();
    }
    let same = called.all().map(|(other, ..)| other);
    let same = same.filter(|other| other.consequence == proposal.consequence);
    let taken: Vec<&str> = same.map(|other| other.unit.as_str()).collect();
    firmness.spared_alike(&proposal.unit, &taken)
}

impl View for Page {
    fn title(&self, call: &Call) -> String {
        words::review(self.row.month).of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/reviews"), words::REVIEWS.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        actions::possible(call, self)
    }

    fn body(&self, call: &Call) -> Markup {
        let main = html! {
            @if let Some(seen) = &self.seen { (part::card(None, None, seen.show(call))) }
            (self.progress(call))
            (self.correcting(call))
            (self.own(call))
            @for (n, group) in (1..).zip(&self.groups) { (group.show(call, &self.row, n)) }
            (self.consequence_list(call))
            @for erratum in &self.errata { (erratum.show(call)) }
            (self.move_list(call))
            (self.objection_list(call))
            (self.question_list(call))
        };
        let side = html! {
            (self.summary(call))
            (self.approval(call))
            (super::timeline(&self.history, call))
        };
        layout::stack(html! { (layout::split(main, side)) (web::seal(&self.head, call)) })
    }
}
