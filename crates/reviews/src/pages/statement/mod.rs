//! 表态发言 of a unit: what called for it and how often it came to that, what the unit says, what the
//! bureau thinks of it, and what became of its measures.

pub(crate) mod print;

use std::collections::BTreeSet;

use assignments::light::Edges;
use assignments::pages::{edges, light};
use journal::{Error, Result, Tx, history};
use kernel::{Day, Message, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use rules::engine::sheet::Said;
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{Tone, layout, part};
use uuid::Uuid;
use web::{Answer, Call, View, button};

use crate::acts::statement::At;
use crate::statement::Times;
use crate::store::statement::Earlier;
use crate::tables::ReviewRow;
use crate::tables::statement::{StatementMeasureRow, StatementRow, StatementState};
use crate::{acts, grants, store, words};

/// What stands on the page.
#[derive(Serialize)]
pub(crate) struct Card {
    pub(crate) month: ReviewMonth,
    pub(crate) unit_id: Uuid,
    pub(crate) unit: String,
    pub(crate) called: Vec<Called>,
    /// None before it is written.
    pub(crate) state: Option<StatementState>,
    pub(crate) gap: String,
    pub(crate) measures: Vec<Measure>,
    pub(crate) goal: String,
    pub(crate) written_by: String,
    pub(crate) submitted_by: String,
    pub(crate) submitted_on: Option<Day>,
    pub(crate) remark: String,
    pub(crate) judged_by: String,
    pub(crate) judged_on: Option<Day>,
    pub(crate) batch: Option<Batch>,
    pub(crate) history: Vec<people::history::Event>,
    pub(crate) head: String,
    #[serde(skip)]
    is_own: bool,
}

/// A consequence that calls for the statement.
#[derive(Serialize)]
pub(crate) struct Called {
    pub(crate) title: Said,
    pub(crate) article: Option<String>,
    #[serde(flatten)]
    pub(crate) times: Times,
}

/// A measure with what became of it.
#[derive(Serialize)]
pub(crate) struct Measure {
    pub(crate) measure: String,
    pub(crate) responsible: String,
    pub(crate) due_on: Day,
    pub(crate) is_in_a_batch: bool,
    pub(crate) assignments: Vec<Made>,
}

/// An assignment that a measure became.
#[derive(Serialize)]
pub(crate) struct Made {
    pub(crate) id: Uuid,
    pub(crate) label: String,
    pub(crate) light: &'static str,
    pub(crate) due_on: Day,
    pub(crate) closed_on: Option<Day>,
    #[serde(skip)]
    shown: assignments::light::Light,
}

/// The batch into whose draft the measures went.
#[derive(Serialize)]
pub(crate) struct Batch {
    pub(crate) id: Uuid,
    pub(crate) title: String,
    pub(crate) on: Option<Day>,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    call.page(&reached(&call).await?)
}

/// The statement of the path, written or still to be written.
pub(crate) async fn reached(call: &Call) -> Result<Card> {
    let at = At::of(call)?;
    let review = super::review::as_seen(call, acts::reached(call).await?);
    store::statement::demand_seen(call.actor()?, at.unit)?;
    let mut tx = call.read().await?;
    let row = store::statement::of_unit(&mut tx, &review, at.unit).await?;
    let calling = acts::statement::called(&mut tx, call.db(), &review, at.unit).await?;
    if row.is_none() && calling.is_empty() {
        return Err(Error::missing());
    }
    let of = (review.month, &BTreeSet::from([at.unit]));
    let earlier = Earlier::read(&mut tx, review.jurisdiction_id, of).await?;
    let called = calling.into_iter().map(|c| Called {
        times: earlier.times(review.month, at.unit, &c.name),
        title: Said { zh: c.name, en: c.english },
        article: c.article,
    });
    let called = called.collect();
    read(call, &mut tx, (&review, at), (row, called)).await
}

async fn read(
    call: &Call,
    tx: &mut Tx,
    (review, at): (&ReviewRow, At),
    (row, called): (Option<StatementRow>, Vec<Called>),
) -> Result<Card> {
    let city = review.jurisdiction_id;
    let unit = people::store::unit(tx, city, at.unit).await?.ok_or_else(Error::missing)?;
    let mut card = Card {
        month: at.month,
        unit_id: at.unit,
        unit: unit.short_name,
        called,
        state: None,
        gap: String::new(),
        measures: Vec::new(),
        goal: String::new(),
        written_by: String::new(),
        submitted_by: String::new(),
        submitted_on: None,
        remark: String::new(),
        judged_by: String::new(),
        judged_on: None,
        batch: None,
        history: Vec::new(),
        head: history::head(tx, city).await?.to_string(),
        is_own: call.actor()?.role.is_unit(),
    };
    let Some(row) = row else { return Ok(card) };
    let edges = edges(call, tx).await?;
    card.measures = measures((tx, &edges), &row).await?;
    card.written_by = post(tx, &row, Some(row.post_id)).await?;
    card.submitted_by = post(tx, &row, row.submitted_by).await?;
    card.judged_by = post(tx, &row, row.judged_by).await?;
    card.batch = batch(call, tx, &row).await?;
    card.history = people::history::read(call, tx, row.id).await?;
    Ok(Card {
        state: Some(row.state),
        gap: row.gap,
        goal: row.goal,
        submitted_on: row.submitted_on,
        remark: row.remark,
        judged_on: row.judged_on,
        ..card
    })
}

async fn post(tx: &mut Tx, row: &StatementRow, id: Option<Uuid>) -> Result<String> {
    let Some(id) = id else { return Ok(String::new()) };
    let title = people::store::post_title(tx, row.jurisdiction_id, id).await?;
    Ok(title.map_or_else(String::new, |post| post.text()))
}

pub(crate) async fn measures(
    (tx, edges): (&mut Tx, &Edges),
    row: &StatementRow,
) -> Result<Vec<Measure>> {
    let city = row.jurisdiction_id;
    let mut found = Vec::new();
    for m in store::statement::measures(tx, city, row.id).await? {
        let StatementMeasureRow { measure, due_on, line_id, .. } = m;
        let responsible = post(tx, row, Some(m.responsible_post_id)).await?;
        let made = match line_id {
            Some(line) => assignments::store::of_line(tx, city, line).await?,
            None => Vec::new(),
        };
        let made = made.into_iter().map(|a| Made {
            id: a.id,
            light: edges.light(&a).word(),
            shown: edges.light(&a),
            due_on: a.due_on,
            closed_on: a.closed_on,
            label: a.label,
        });
        let assignments = made.collect();
        let is_in_a_batch = line_id.is_some();
        found.push(Measure { measure, responsible, due_on, is_in_a_batch, assignments });
    }
    Ok(found)
}

async fn batch(call: &Call, tx: &mut Tx, row: &StatementRow) -> Result<Option<Batch>> {
    let Some(id) = row.batch_id else { return Ok(None) };
    let subject = kernel::Subject::new(kernel::SubjectKind::Batch, id);
    let mut titles = call.titles(tx, &[subject]).await?;
    let (title, _) = titles.remove(&subject).unwrap_or_default();
    Ok(Some(Batch { id, title, on: row.taken_over_on }))
}

impl Card {
    fn at(&self) -> String {
        At { month: self.month, unit: self.unit_id }.card()
    }

    fn name(&self) -> Message {
        words::statement::of(&self.unit, self.month)
    }
}

impl View for Card {
    fn title(&self, call: &Call) -> String {
        self.name().of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        let review = words::review(self.month).of(call.lang).to_owned();
        vec![
            (call.href("/reviews"), words::REVIEWS.of(call.lang).to_owned()),
            (call.href(&acts::card(self.month)), review),
        ]
    }

    fn actions(&self, call: &Call) -> Markup {
        let (lang, at) = (call.lang, |path: &str| format!("{}/{path}", self.at()));
        let (primary, plain) = (ButtonTone::Primary, ButtonTone::Plain);
        let write = |tone| (tone, text!("撰写", "Write").of(lang), "edit");
        let submit = (primary, text!("提交", "Submit").of(lang), "send");
        let judge = (primary, text!("审阅", "Judge").of(lang), "check");
        let take = (primary, text!("列入交办", "Take into a batch").of(lang), "plus");
        let print = (plain, text!("打印", "Print").of(lang), "printer");
        html! {
            @match self.state {
                None | Some(StatementState::Returned) => {
                    @if self.is_own { (button(call, grants::WRITE_STATEMENT, &at("text"), write(primary))) }
                }
                Some(StatementState::Draft) => {
                    @if self.is_own {
                        (button(call, grants::SUBMIT_STATEMENT, &at("submission"), submit))
                        (button(call, grants::WRITE_STATEMENT, &at("text"), write(plain)))
                    }
                }
                Some(StatementState::Submitted) => (button(call, grants::JUDGE_STATEMENT, &at("verdict"), judge)),
                Some(StatementState::Accepted) => {
                    @if self.batch.is_none() { (button(call, grants::TAKE_OVER, &at("assignments"), take)) }
                }
            }
            @if self.state.is_some() { (button(call, grants::PRINT_STATEMENT, &at("print"), print)) }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let main = html! { (self.said(call)) (self.measure_list(call)) };
        let side = html! {
            (self.summary(call))
            @if self.state.is_some() { (super::timeline(&self.history, call)) }
        };
        layout::stack(html! { (layout::split(main, side)) (web::seal(&self.head, call)) })
    }
}

/// How far it has come, as a badge.
pub(crate) fn state(state: Option<StatementState>, call: &Call) -> Markup {
    let tone = match state {
        None => Tone::Yellow,
        Some(StatementState::Draft) => Tone::Blue,
        Some(StatementState::Submitted) => Tone::Blue,
        Some(StatementState::Returned) => Tone::Yellow,
        Some(StatementState::Accepted) => Tone::Green,
    };
    let word = state.map_or(words::statement::TO_WRITE, words::statement::state);
    part::badge(tone, word.of(call.lang))
}

/// A text as paragraphs.
fn paragraphs(text: &str) -> Markup {
    html! { @for line in text.lines() { p { (line) } } }
}

impl Card {
    fn said(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.state.is_none() {
            let (title, hint) = (
                text!("还没有撰写", "Not written yet"),
                text!(
                    "由本单位写明差距原因、整改措施（责任岗位和时限）和完成目标，单位负责人提交。",
                    "The unit writes where it fell short and why, what it does about it with posts and days, and its goal; its head submits it."
                ),
            );
            return part::card(
                None,
                None,
                part::empty_state("message", title.of(lang), hint.of(lang), None),
            );
        }
        let wide = [
            (words::statement::GAP.of(lang), paragraphs(&self.gap)),
            (words::statement::GOAL.of(lang), paragraphs(&self.goal)),
        ];
        part::card(
            None,
            None,
            html! {
                @if self.state == Some(StatementState::Returned) {
                    (part::alert(Tone::Yellow, html! { (self.remark) }))
                }
                (part::details_wide(&wide))
            },
        )
    }

    fn measure_list(&self, call: &Call) -> Markup {
        if self.measures.is_empty() {
            return Markup::default();
        }
        let lang = call.lang;
        let columns = [
            Column::lead(words::statement::MEASURES.of(lang)),
            Column::text(words::statement::RESPONSIBLE.of(lang)),
            Column::fit(words::statement::DUE.of(lang)),
            Column::text(text!("交办与进展", "What became of it").of(lang)),
        ];
        let row = |m: &Measure| Row {
            href: None,
            tone: None,
            cells: vec![
                html! { (m.measure) },
                html! { (m.responsible) },
                html! { time datetime=(m.due_on) { (m.due_on) } },
                became(m, call),
            ],
        };
        let title = words::statement::MEASURES.of(lang);
        let table = Table {
            caption: title,
            columns: &columns,
            rows: self.measures.iter().map(row).collect(),
            ..Table::default()
        };
        part::card_flush(Some(title), None, table.render())
    }

    fn summary(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let called = html! {
            @for c in &self.called {
                p {
                    (c.title.of(lang)) " " (part::badge(Tone::Grey, c.times.message().of(lang)))
                    @if let Some(article) = &c.article { " " span class="muted" { (article) } }
                }
            }
        };
        let signed = |who: &str, on: Option<Day>| html! { @if let Some(on) = on { (who) " " time datetime=(on) { (on) } } @else { "—" } };
        let mut facts = vec![
            (words::STATE.of(lang), state(self.state, call)),
            (words::UNIT.of(lang), html! { (self.unit) }),
            (text!("事由", "Called for by").of(lang), called),
            (text!("提交", "Submitted").of(lang), signed(&self.submitted_by, self.submitted_on)),
            (text!("审阅", "Judged").of(lang), signed(&self.judged_by, self.judged_on)),
        ];
        if !self.remark.is_empty() {
            facts.push((text!("审阅意见", "Remark").of(lang), html! { (self.remark) }));
        }
        if let Some(b) = &self.batch {
            let href = call.href(&format!("/batches/{}", b.id));
            facts
                .push((text!("列入批次", "Batch").of(lang), html! { a href=(href) { (b.title) } }));
        }
        part::card(None, None, part::details(&facts))
    }
}

pub(crate) fn became(m: &Measure, call: &Call) -> Markup {
    let lang = call.lang;
    if m.assignments.is_empty() {
        let told = if m.is_in_a_batch {
            text!("已列入批次，待印发", "in a batch that is not issued yet")
        } else {
            text!("未列入交办", "in no batch yet")
        };
        return html! { span class="muted" { (told.of(lang)) } };
    }
    html! {
        @for a in &m.assignments {
            p {
                a href=(call.href(&format!("/assignments/{}", a.id))) { (a.label) } " "
                (light(a.shown, lang))
                @if let Some(on) = a.closed_on { " " span class="muted" { (text!("办结", "closed").of(lang)) " " (on) } }
            }
        }
    }
}
