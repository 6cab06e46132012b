//! One month: how far it has come, the ranking of each group, what is contested, what was frozen,
//! what follows. A unit sees the ranking once it is published, before that only itself.

mod actions;
mod asides;
mod consequences;
mod errata;
mod promised;
pub(super) mod ranking;

use std::collections::BTreeSet;

use journal::{Result, Tx, history};
use kernel::{Day, Role};
use maud::{Markup, html};
use serde::Serialize;
use ui::{layout, part};
use uuid::Uuid;
use web::{Answer, Call, Seen, View};

use super::reviews::Item;
use crate::tables::{ComputationRow, ObjectionRow, ObjectionState, ReviewRow, ReviewState, Stage};
use crate::{acts, grants, store, words};
use consequences::{Consequence, Statement};
use errata::Erratum;
use ranking::Group;
pub(crate) use ranking::QUERY;

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
    /// What was promised after the review before, for those who review.
    pub(crate) promised: Vec<promised::Promised>,
    pub(crate) errata: Vec<Erratum>,
    pub(crate) objections: Vec<Contested>,
    pub(crate) freezes: Vec<Freeze>,
    pub(crate) signs: Vec<Sign>,
    pub(crate) consequences: Vec<Consequence>,
    pub(crate) questions: Vec<Question>,
    pub(crate) history: Vec<people::history::Event>,
    pub(crate) head: String,
    /// Whether what is out can be corrected: a re-examination was upheld that it does not hold.
    #[serde(skip)]
    pub(crate) is_granted: bool,
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
    /// Whether that day has passed and nobody has decided.
    pub(crate) is_late: bool,
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
    if !row.is_out() || sees_erratum(call) {
        return row;
    }
    // Of days only that of the publication is certain to be one of what is out.
    let (frozen_on, approved_on) =
        if row.is_being_corrected() { (None, None) } else { (row.frozen_on, row.approved_on) };
    let (state, computation) = (ReviewState::Published, row.shown);
    ReviewRow { state, computation, frozen_on, approved_on, ..row }
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
        consequences::called(call, &mut tx, &row).await?
    } else {
        Default::default()
    };
    let promised = promised::read(call, &mut tx, &row).await?;
    let errata = if row.is_out() { errata::read(call, &mut tx, &row).await? } else { Vec::new() };
    let seen = if call.may(grants::COMPUTE) { Seen::of(row.id) } else { None };
    let is_granted = is_granted(call, &mut tx, &row).await?;
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
        promised,
        objections,
        freezes: freezes(call, &mut tx, &row).await?,
        signs: signs(call, &mut tx, &row).await?,
        consequences,
        questions,
        history: events(call, &mut tx, &row).await?,
        head: history::head(&mut tx, city).await?.to_string(),
        is_granted,
        seen,
        row,
    })
}

/// Whether what is out can be corrected, for who may.
async fn is_granted(call: &Call, tx: &mut Tx, row: &ReviewRow) -> Result<bool> {
    if !call.may(grants::FREEZE) {
        return Ok(false);
    }
    let all = store::objection::of_review(tx, row).await?;
    acts::freeze::is_granted(tx, row, &all).await
}

/// What happens between the freeze and the publication, and again before an erratum is out.
const BEFORE_IT_IS_OUT: &[&str] = &[
    "review_computed",
    "review_frozen",
    "review_submitted",
    "review_judged",
    "consequence_decided",
];

/// What happened to the review. Whoever looked at a question did so for the bureau; of what the
/// leader was asked units learn when it is out, and of the reasons with it.
async fn events(call: &Call, tx: &mut Tx, row: &ReviewRow) -> Result<Vec<people::history::Event>> {
    let mut events = people::history::read(call, tx, row.id).await?;
    if is_internal(call.actor()?.role) {
        return Ok(events);
    }
    let out = store::review::out_seq(tx, row).await?.unwrap_or_default();
    let waits = |kind: &str| {
        BEFORE_IT_IS_OUT.contains(&kind) && (row.is_out() || kind == "consequence_decided")
    };
    events.retain(|e| e.kind != "doubt_looked_at" && (e.seq <= out || !waits(&e.kind)));
    // Reasons that hold stand in the list of what follows; others never did.
    let is_withheld = |e: &people::history::Event| e.seq > out || e.kind == "consequence_decided";
    for event in events.iter_mut().filter(|event| is_withheld(event)) {
        event.reason = None;
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

/// The names of the units that a review scores, and of those that there are besides.
async fn short_names(call: &Call, tx: &mut Tx, row: &ReviewRow) -> Result<Vec<(Uuid, String)>> {
    let members = store::review::members(tx, row).await?.into_iter();
    let mut names: Vec<_> = members.map(|(unit, name, _)| (unit, name)).collect();
    let known: BTreeSet<Uuid> = names.iter().map(|(unit, _)| *unit).collect();
    let units = people::store::units(tx, call.city()?, row.last_on).await?.into_iter();
    names.extend(units.filter(|u| !known.contains(&u.id)).map(|u| (u.id, u.short_name)));
    Ok(names)
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
    let (names, today) = (short_names(call, tx, row).await?, call.today());
    let contested = rows.into_iter().map(|o| Contested {
        id: o.id,
        label: o.label(row).of(call.lang).to_owned(),
        kind: o.kind,
        state: o.state,
        unit: name_of(&names, o.unit_id),
        measure: o.measure,
        filed_on: o.filed_on,
        decide_by: o.decide_by,
        is_late: o.state == ObjectionState::Open && o.decide_by < today,
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
        // It may tell what the leader said of a month that is not out.
        let why = if sees_all(call, row) { f.why } else { String::new() };
        found.push(Freeze { n, root, previous, head, frozen_on: f.frozen_on, by, why });
    }
    Ok(found)
}

/// The steps of the approval, for bureau and leaders.
async fn signs(call: &Call, tx: &mut Tx, row: &ReviewRow) -> Result<Vec<Sign>> {
    if !is_internal(call.actor()?.role) {
        return Ok(Vec::new());
    }
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

impl View for Page {
    fn is_unfinished(&self, act: &str) -> bool {
        let is_long = act == grants::COMPUTE.0 || act == grants::FREEZE.0;
        is_long && (self.under_way.is_some() || self.failed.is_some())
    }

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
            @if self.row.is_being_corrected() { (errata::under_way(call)) (self.move_list(call)) }
            (self.own(call))
            @for (n, group) in (1..).zip(&self.groups) { (group.show(call, &self.row, n)) }
            (self.consequence_list(call))
            @for erratum in &self.errata { (erratum.show(call)) }
            @if !self.row.is_being_corrected() { (self.move_list(call)) }
            (self.objection_list(call))
            (promised::show(&self.promised, call))
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
