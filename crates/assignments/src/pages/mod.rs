//! What people see in this room, one file each.

pub(crate) mod batch;
pub(crate) mod batches;
pub(crate) mod card;
pub(crate) mod case_file;
pub mod due_changes;
pub(crate) mod export;
pub mod file;
pub(crate) mod issued_copy;
pub(crate) mod paper_templates;
pub mod papers;
pub(crate) mod profiles;
pub mod register;
pub(crate) mod unit;
pub(crate) mod weekly;
pub(crate) mod weekly_sheet;

use journal::{Boxed, Result, Tx};
use kernel::{Id, Jurisdiction, Lang, Subject, SubjectKind};
use maud::{Markup, html};
use serde::Serialize;
use ui::{Tone, part};
use web::Call;

use crate::light::{Edges, Light, YELLOW_DAYS};
use crate::store::{self, register::Listed};
use crate::tables::{AssignmentRow, State};
use crate::words;

/// The two days between which lights change, by the city's calendar and threshold.
pub async fn edges(call: &Call, tx: &mut Tx) -> Result<Edges> {
    let (city, today) = (call.city()?, call.today());
    let calendar = people::store::calendar(tx, city, today.plus(-15), today.plus(60)).await?;
    let days = people::store::setting(tx, city, "yellow_days", "").await?;
    Ok(Edges::of(today, days.parse().unwrap_or(YELLOW_DAYS), &calendar))
}

/// An assignment as lists and JSON show it.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// The assignment.
    pub id: uuid::Uuid,
    /// Its number.
    pub label: String,
    /// 事项.
    pub title: String,
    /// The unit that answers for it.
    pub unit_id: uuid::Uuid,
    /// The unit's short name.
    pub unit: String,
    /// How far it has come.
    pub state: State,
    /// Its light now.
    pub light: Light,
    /// 交办日期.
    pub issued_on: kernel::Day,
    /// 完成时限 as extended.
    pub due_on: kernel::Day,
    /// Whether the working days up to it are not confirmed yet: Monday to Friday were counted.
    pub is_unconfirmed: bool,
    /// 完成时限 as issued.
    pub first_due_on: kernel::Day,
    /// 办结日期.
    pub closed_on: Option<kernel::Day>,
    /// Whether the accepted submission was in time.
    pub on_time: Option<bool>,
    /// 目标量.
    pub goal: Option<i64>,
    /// 完成量.
    pub reached: i64,
    /// The unit of both.
    pub quantity_unit: String,
    /// When it was last reported on.
    pub last_report_on: Option<kernel::Day>,
    /// 接续: whether it ran before the program.
    pub taken_over: bool,
}

impl Item {
    /// From a row of the register.
    pub fn of(listed: Listed, edges: &Edges) -> Self {
        Self::of_row(listed.row, listed.unit, edges)
    }

    /// 完成时限, with what must be known of it.
    pub(crate) fn due(&self, lang: Lang) -> Markup {
        html! {
            time datetime=(self.due_on) { (self.due_on) }
            @if self.is_unconfirmed { " " (part::badge(Tone::Yellow, words::UNCONFIRMED.of(lang))) }
        }
    }

    /// Its number as papers show it: one that was taken over says so.
    pub(crate) fn marked(&self) -> String {
        if self.taken_over { words::marked(&self.label) } else { self.label.clone() }
    }

    pub(crate) fn of_row(a: AssignmentRow, unit: String, edges: &Edges) -> Self {
        Self {
            light: edges.light(&a),
            id: a.id,
            label: a.label,
            title: a.title,
            unit_id: a.unit_id,
            unit,
            state: a.state,
            issued_on: a.issued_on,
            due_on: a.due_on,
            is_unconfirmed: a.is_open && a.due_on > edges.confirmed_until,
            first_due_on: a.first_due_on,
            closed_on: a.closed_on,
            on_time: a.on_time,
            goal: a.goal,
            reached: a.reached,
            quantity_unit: a.quantity_unit,
            last_report_on: a.last_report_on,
            taken_over: a.taken_over,
        }
    }
}

/// The mark of what ran before the program.
pub(crate) fn taken_over(lang: Lang) -> Markup {
    part::badge(Tone::Blue, words::TAKEN_OVER.of(lang))
}

/// A light as a dot with its word.
pub fn light(light: Light, lang: Lang) -> Markup {
    let kind = match light {
        Light::Green => ui::Light::Green,
        Light::Yellow => ui::Light::Yellow,
        Light::Red => ui::Light::Red,
        Light::Stopped | Light::Void => ui::Light::Grey,
        Light::Waiting => ui::Light::Blue,
        Light::Done => ui::Light::Done,
    };
    part::light(kind, words::light(light).of(lang))
}

/// A history as a timeline.
pub(crate) fn timeline(events: &[people::history::Event], call: &Call) -> Markup {
    let entries: Vec<_> = events
        .iter()
        .map(|e| ui::flow::TimelineEntry {
            when: &e.at,
            who: e.who.as_deref().unwrap_or_else(|| words::PROGRAM.of(call.lang)),
            title: call.fact_title(&e.kind).unwrap_or_else(|| words::fact(&e.kind)).of(call.lang),
            body: e.reason.as_ref().map(|r| html! { (r) }),
            tone: Tone::Grey,
        })
        .collect();
    ui::flow::timeline(&entries)
}

/// Titles and addresses of batches and assignments.
pub(crate) fn titles<'a>(
    tx: &'a mut Tx,
    city: Id<Jurisdiction>,
    subjects: &'a [Subject],
    _lang: Lang,
) -> Boxed<'a, Result<Vec<(Subject, String, String)>>> {
    Box::pin(async move {
        let mut found = Vec::new();
        for subject in subjects {
            let titled = match subject.kind {
                SubjectKind::Batch => {
                    let batch = store::batch::batch(tx, city, subject.id).await.ok();
                    batch.map(|b| (b.title, crate::acts::batch_page(subject.id)))
                }
                SubjectKind::Assignment => {
                    let a = store::assignment(tx, city, subject.id).await.ok();
                    let titled = a.map(|a| format!("{} {}", a.label, a.title));
                    titled.map(|title| (title, crate::acts::card(subject.id)))
                }
                SubjectKind::Proposal => {
                    let proposal = store::batch::proposal(tx, city, subject.id).await.ok();
                    proposal.map(|p| (p.title, "/batches".to_owned()))
                }
                SubjectKind::Jurisdiction
                | SubjectKind::Unit
                | SubjectKind::PeerGroup
                | SubjectKind::Line
                | SubjectKind::Person
                | SubjectKind::Account
                | SubjectKind::Series
                | SubjectKind::Sitting
                | SubjectKind::Slip
                | SubjectKind::Indicator
                | SubjectKind::IndicatorSheet
                | SubjectKind::Observation
                | SubjectKind::RuleSet
                | SubjectKind::Review
                | SubjectKind::Objection
                | SubjectKind::Statement => None,
                SubjectKind::WeeklyAnswer => {
                    let title = weekly_title(tx, city, subject.id).await?;
                    title.map(|title| (title, format!("/weekly/{}", subject.id)))
                }
            };
            found.extend(titled.map(|(title, href)| (*subject, title, href)));
        }
        Ok(found)
    })
}

async fn weekly_title(
    tx: &mut Tx,
    city: Id<Jurisdiction>,
    id: uuid::Uuid,
) -> Result<Option<String>> {
    let Some(answer) = store::weekly::answer(tx, city, id).await? else { return Ok(None) };
    let unit = people::store::unit(tx, city, answer.unit_id).await?;
    Ok(unit.map(|u| format!("{}周反馈 {}", u.short_name, answer.monday)))
}
