//! One assignment with everything on one page: what is asked, where it stands, what may be done
//! now, reports, requests, and its whole history from the journal.

use std::collections::BTreeMap;

use journal::{Result, Tx};
use kernel::{Day, Id, Jurisdiction, Lang, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::{layout, part};
use uuid::Uuid;
use web::{Answer, Aside, Call, View};

use super::Item;
use crate::light::{Edges, Light};
use crate::regions;
use crate::store::{self, Scope, card};
use crate::tables::{
    Asked, AssignmentRow, AssignmentUnitRow, Finding, Importance, Method, NoteKind, ReportKind,
    State, UnitRole, Urgency,
};
use crate::words;

/// What stands on the card; parts that the caller may not see are empty.
#[derive(Serialize)]
pub(crate) struct Card {
    pub(crate) item: Item,
    pub(crate) batch_id: Uuid,
    pub(crate) batch: String,
    pub(crate) parent: Option<Item>,
    pub(crate) demand: String,
    pub(crate) standard: String,
    pub(crate) work_line: Option<String>,
    pub(crate) basis: String,
    pub(crate) urgency: Urgency,
    pub(crate) importance: Importance,
    pub(crate) leader: Option<String>,
    pub(crate) raised_by: Option<String>,
    pub(crate) evidence: String,
    pub(crate) contact: String,
    pub(crate) accepted_on: Option<Day>,
    pub(crate) submitted_on: Option<Day>,
    pub(crate) reworks: i64,
    pub(crate) clocks: regions::clocks::Clocks,
    pub(crate) units: Vec<Unit>,
    pub(crate) milestones: Vec<Milestone>,
    pub(crate) inside: bool,
    pub(crate) reports: Vec<Report>,
    pub(crate) verifications: Vec<Verification>,
    pub(crate) changes: Vec<Change>,
    pub(crate) notes: Vec<Note>,
    pub(crate) children: Vec<Item>,
    /// What rooms further right say of it.
    pub(crate) beside: Vec<Aside>,
    pub(crate) history: Vec<people::history::Event>,
    pub(crate) head: String,
    #[serde(skip)]
    pub(crate) row: AssignmentRow,
    /// Whether the caller's unit answers for it or for a part of it.
    #[serde(skip)]
    pub(crate) takes_part: bool,
    /// Whether the caller has to sign what was prepared.
    #[serde(skip)]
    pub(crate) signs: bool,
    /// Who has to, where it is one post of the unit.
    pub(crate) signer: Option<String>,
    #[serde(skip)]
    pub(crate) pending: Pending,
}

/// Requests that wait for somebody.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pending {
    pub(crate) extension: Option<Asked>,
    pub(crate) notes: bool,
    pub(crate) milestones: bool,
    pub(crate) own_part: bool,
}

#[derive(Serialize)]
pub(crate) struct Unit {
    pub(crate) name: String,
    pub(crate) role: UnitRole,
    pub(crate) part: String,
    pub(crate) due_on: Option<Day>,
    pub(crate) done_on: Option<Day>,
    /// Which of its posts sees to it, and how to reach it.
    pub(crate) responsible: String,
}

#[derive(Serialize)]
pub(crate) struct Milestone {
    pub(crate) title: String,
    pub(crate) due_on: Day,
    pub(crate) reached_on: Option<Day>,
}

#[derive(Serialize)]
pub(crate) struct Report {
    pub(crate) at: String,
    pub(crate) who: String,
    pub(crate) kind: ReportKind,
    pub(crate) done: String,
    pub(crate) quantity: Option<i64>,
    pub(crate) next_step: String,
    pub(crate) blocker: String,
    pub(crate) files: Vec<File>,
}

#[derive(Serialize)]
pub(crate) struct File {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) size: i64,
    pub(crate) hash: String,
}

#[derive(Serialize)]
pub(crate) struct Verification {
    pub(crate) at: String,
    pub(crate) who: String,
    pub(crate) method: Method,
    pub(crate) result: Finding,
    pub(crate) finding: String,
}

/// A change of the due day or the unit, or a request for one. Shown first.
#[derive(Serialize)]
pub(crate) struct Change {
    pub(crate) what: &'static str,
    pub(crate) on: Day,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) state: Option<Asked>,
    pub(crate) reason: String,
    pub(crate) answer: String,
}

#[derive(Serialize)]
pub(crate) struct Note {
    pub(crate) at: String,
    pub(crate) who: String,
    pub(crate) kind: NoteKind,
    pub(crate) words: String,
    pub(crate) settled_on: Option<Day>,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let row = store::reach(&mut tx, call.actor()?, call.id("id")?).await?;
    let card = read(&call, &mut tx, row).await?;
    call.page(&card)
}

/// The card of an assignment that was reached, as far as the caller may see it.
pub(crate) async fn read(call: &Call, tx: &mut Tx, row: AssignmentRow) -> Result<Card> {
    let actor = *call.actor()?;
    let scope = Scope::of(tx, &actor).await?;
    let inside = scope.sees_inside(tx, &row).await?;
    let parts = store::parts(tx, call.city()?, row.id).await?;
    let edges = super::edges(call, tx).await?;
    let mut card = outside((call, &edges), tx, row, &parts).await?;
    card.inside = inside;
    let own = parts.iter().find(|p| p.unit_id == actor.unit && actor.role.is_unit());
    card.takes_part = own.is_some();
    card.pending.own_part = own.is_some_and(|p| p.role == UnitRole::Co && p.done_on.is_none());
    if inside && card.row.state == State::Prepared {
        let signing =
            store::signing_posts(tx, call.city()?, card.row.unit_id, call.today()).await?;
        card.signs = card.row.is_of(&actor) && card.row.is_signed_by(&actor, &signing);
        card.signer = post(tx, call, card.row.signer(&signing)).await?;
    }
    if inside {
        fill((call, &edges), tx, &mut card).await?;
    }
    Ok(card)
}

/// What everybody sees who sees the list.
async fn outside(
    (call, edges): (&Call, &Edges),
    tx: &mut Tx,
    row: AssignmentRow,
    parts: &[AssignmentUnitRow],
) -> Result<Card> {
    let city = call.city()?;
    let units = units(tx, city, parts).await?;
    let parent = match row.parent_id {
        Some(parent) => {
            let row = store::assignment(tx, city, parent).await?;
            let unit = unit_name(tx, city, row.unit_id).await?;
            Some(Item::of_row(row, unit, edges))
        }
        None => None,
    };
    let lines = people::store::lines(tx, city).await?;
    let batch = store::batch::batch(tx, city, row.batch_id).await?;
    let milestones = card::milestones(tx, city, row.id).await?;
    let unit = unit_name(tx, city, row.unit_id).await?;
    Ok(Card {
        item: Item::of_row(row.clone(), unit, edges),
        batch_id: batch.id,
        batch: batch.title,
        parent,
        demand: row.demand.clone(),
        standard: row.standard.clone(),
        work_line: lines.into_iter().find(|l| Some(l.id) == row.work_line_id).map(|l| l.name),
        basis: row.basis.clone(),
        urgency: row.urgency,
        importance: row.importance,
        leader: post(tx, call, row.leader_post_id).await?,
        raised_by: post(tx, call, row.raised_by_post_id).await?,
        evidence: row.evidence.clone(),
        contact: row.contact.clone(),
        accepted_on: row.accepted_on,
        submitted_on: row.submitted_on,
        reworks: row.reworks,
        clocks: regions::clocks::read(call, tx, &row).await?,
        units,
        pending: Pending {
            milestones: milestones.iter().any(|m| m.reached_on.is_none()),
            ..Pending::default()
        },
        milestones: milestones
            .into_iter()
            .map(|m| Milestone { title: m.title, due_on: m.due_on, reached_on: m.reached_on })
            .collect(),
        inside: false,
        takes_part: false,
        signs: false,
        signer: None,
        reports: Vec::new(),
        verifications: Vec::new(),
        changes: Vec::new(),
        notes: Vec::new(),
        children: Vec::new(),
        beside: Vec::new(),
        history: Vec::new(),
        head: journal::history::head(tx, city).await?.to_string(),
        row,
    })
}

async fn units(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    parts: &[AssignmentUnitRow],
) -> Result<Vec<Unit>> {
    let mut units = Vec::new();
    for p in parts {
        units.push(Unit {
            name: unit_name(tx, city, p.unit_id).await?,
            role: p.role,
            part: p.part.clone(),
            due_on: p.due_on,
            done_on: p.done_on,
            responsible: p.responsible.clone(),
        });
    }
    Ok(units)
}

async fn unit_name(tx: &mut Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<String> {
    let unit = people::store::unit(tx, city, id).await?;
    Ok(unit.map_or(String::new(), |u| u.short_name))
}

async fn post(tx: &mut Tx, call: &Call, id: Option<Uuid>) -> Result<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    let found = people::store::post_title(tx, call.city()?, id).await?;
    Ok(found.map(|p| p.text()))
}

/// Who wrote, by post; the same few write again and again.
type Names = BTreeMap<Uuid, String>;

async fn who(tx: &mut Tx, call: &Call, names: &mut Names, id: Uuid) -> Result<String> {
    if let Some(name) = names.get(&id) {
        return Ok(name.clone());
    }
    let name = post(tx, call, Some(id)).await?.unwrap_or_default();
    names.insert(id, name.clone());
    Ok(name)
}

/// What only the units concerned, the bureau, leaders and inspectors see.
async fn fill((call, edges): (&Call, &Edges), tx: &mut Tx, c: &mut Card) -> Result<()> {
    let (city, id) = (call.city()?, c.row.id);
    let zone = call.zone();
    let mut names = Names::new();
    let attachments = card::attachments(tx, city, id).await?;
    for r in card::reports(tx, city, id).await? {
        let files = attachments.iter().filter(|f| f.report_id == r.id).map(|f| File {
            id: f.id,
            name: f.name.clone(),
            size: f.size,
            hash: f.hash.clone(),
        });
        c.reports.push(Report {
            at: r.at.local(&zone),
            who: who(tx, call, &mut names, r.post_id).await?,
            kind: r.kind,
            done: r.done,
            quantity: r.quantity,
            next_step: r.next_step,
            blocker: r.blocker,
            files: files.collect(),
        });
    }
    for v in card::verifications(tx, city, id).await? {
        c.verifications.push(Verification {
            at: v.at.local(&zone),
            who: who(tx, call, &mut names, v.post_id).await?,
            method: v.method,
            result: v.result,
            finding: v.finding,
        });
    }
    for n in card::notes(tx, city, id).await? {
        c.pending.notes |= n.kind != NoteKind::Presented && n.settled_on.is_none();
        c.notes.push(Note {
            at: n.at.local(&zone),
            who: who(tx, call, &mut names, n.post_id).await?,
            kind: n.kind,
            words: n.words,
            settled_on: n.settled_on,
        });
    }
    for child in card::children(tx, city, id).await? {
        let unit = people::store::unit(tx, city, child.unit_id).await?;
        let name = unit.map_or(String::new(), |u| u.short_name);
        c.children.push(Item::of_row(child, name, edges));
    }
    regions::changes::read(call, tx, c).await?;
    c.beside = call.beside(tx, crate::acts::assignment(id)).await?;
    c.history = people::history::read(call, tx, id).await?;
    Ok(())
}

impl View for Card {
    fn title(&self, _call: &Call) -> String {
        format!("{} {}", self.item.label, self.item.title)
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![
            (call.href("/assignments"), words::REGISTER.of(call.lang).to_owned()),
            (call.href(&crate::acts::batch_page(self.batch_id)), self.batch.clone()),
        ]
    }

    fn actions(&self, call: &Call) -> Markup {
        html! { (regions::acts::possible(call, self)) (regions::papers::of_card(call, self)) }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let main = html! {
            (part::card(None, None, self.summary(call)))
            @if !self.changes.is_empty() { (regions::changes::table(self, lang)) }
            @if !self.children.is_empty() { (regions::children::card(self, call)) }
            @if self.inside {
                (regions::reports::card(self, call))
            } @else {
                (part::card(None, None, html! { p class="muted" {
                    (text!("反馈和材料只对相关单位、督查局和领导可见。", "Reports are seen by the units concerned, the bureau and leaders.").of(lang))
                } }))
            }
        };
        let side = html! {
            (part::card(Some(text!("责任分工", "Units").of(lang)), None, regions::side::units(self, lang)))
            @if !self.milestones.is_empty() {
                (part::card(Some(text!("节点", "Milestones").of(lang)), None, regions::side::milestones(self, lang)))
            }
            @if !self.notes.is_empty() {
                (part::card(Some(text!("批注与呈报", "Notes").of(lang)), None, regions::side::notes(self, lang)))
            }
            @for aside in &self.beside { (regions::beside::card(aside, call)) }
            @if self.inside {
                (part::card(Some(text!("办理过程", "History").of(lang)), None, super::timeline(&self.history, call)))
            }
        };
        layout::stack(html! { (layout::split(main, side)) (web::seal(&self.head, call)) })
    }
}

impl Card {
    fn summary(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let i = &self.item;
        let shown = |t: kernel::Text, m: Markup| (t.of(lang), m);
        let mut facts = vec![
            shown(
                text!("亮灯", "Light"),
                html! {
                    (super::light(i.light, lang)) " "
                    (part::badge(ui::Tone::Grey, words::state(i.state).of(lang)))
                    @if i.taken_over { " " (super::taken_over(lang)) }
                    @if self.row.stopped && i.light != Light::Stopped { " " (part::badge(ui::Tone::Yellow, words::light(Light::Stopped).of(lang))) }
                },
            ),
            shown(text!("完成时限", "Due"), self.due(lang)),
            shown(
                text!("责任单位", "Unit"),
                html! { a href=(call.href(&format!("/units/{}/assignments", i.unit_id))) { (i.unit) } },
            ),
            shown(text!("交办日期", "Issued on"), html! { (i.issued_on) }),
            shown(text!("紧急程度", "Urgency"), html! { (words::urgency(self.urgency).of(lang)) }),
            shown(
                text!("重要程度", "Importance"),
                html! { (words::importance(self.importance).of(lang)) },
            ),
        ];
        let optional = [
            (text!("条线", "Line of work"), self.work_line.clone()),
            (text!("市级责任领导", "Leader in charge"), self.leader.clone()),
            (text!("交办领导", "Raised by"), self.raised_by.clone()),
            (text!("交办依据", "Basis"), Some(self.basis.clone())),
            (text!("要求提供的材料", "Files demanded"), Some(self.evidence.clone())),
            (text!("督查联系人", "Contact at the bureau"), Some(self.contact.clone())),
            (text!("签收", "Accepted"), self.accepted_on.map(|d| d.to_string())),
            (text!("待审签", "Awaits the signature of"), self.signer.clone()),
            (text!("报结", "Submitted"), self.submitted_on.map(|d| d.to_string())),
            (words::LEDGER, Some(self.row.ledger.clone())),
            (text!("退办次数", "Reworks"), (self.reworks > 0).then(|| self.reworks.to_string())),
        ];
        facts.extend(self.clocks.facts(call).into_iter().map(|(label, value)| shown(label, value)));
        for (label, value) in optional {
            if let Some(value) = value.filter(|v| !v.is_empty()) {
                facts.push(shown(label, html! { (value) }));
            }
        }
        html! {
            (part::details(&facts))
            (part::details_wide(&[
                (text!("工作要求", "Demand").of(lang), paragraphs(&self.demand)),
                (text!("完成标准", "Standard").of(lang), paragraphs(&self.standard)),
            ]))
            @if let Some(goal) = i.goal {
                (ui::figure::progress(u64::try_from(i.reached).unwrap_or_default(), u64::try_from(goal).unwrap_or(1),
                    &format!("{} / {goal} {}", i.reached, i.quantity_unit)))
            }
            @if let Some(parent) = &self.parent {
                p { (text!("分解自", "Part of").of(lang)) " "
                    a href=(call.href(&crate::acts::card(parent.id))) { (parent.label) " " (parent.title) } }
            }
        }
    }

    fn due(&self, lang: Lang) -> Markup {
        let i = &self.item;
        html! {
            (i.due(lang))
            @if i.due_on != i.first_due_on {
                " " span class="muted" { (text!("原时限 ", "first ").of(lang)) (i.first_due_on) }
            }
            @if let Some(on_time) = i.on_time {
                " " @if on_time { (part::badge(ui::Tone::Green, text!("按期", "in time").of(lang))) }
                @else { (part::badge(ui::Tone::Red, text!("逾期办结", "late").of(lang))) }
            }
        }
    }
}

/// A text of several lines.
pub(crate) fn paragraphs(text: &str) -> Markup {
    html! { @for line in text.lines() { p { (line) } } }
}
