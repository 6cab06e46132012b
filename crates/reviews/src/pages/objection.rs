//! One objection: what is contested and why, and what was decided.

use journal::Result;
use kernel::{Day, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::{Tone, layout, part};
use uuid::Uuid;
use web::{Answer, Call, View, button};

use crate::tables::{ObjectionRow, ObjectionState, Stage};
use crate::{acts, grants, store, words};

#[derive(Serialize)]
struct Card {
    label: String,
    kind: Stage,
    state: ObjectionState,
    unit_id: Uuid,
    unit: String,
    item: String,
    measure: String,
    said: String,
    filed_by: String,
    filed_on: Day,
    decide_by: Day,
    decision: String,
    decided_by: Option<String>,
    decided_on: Option<Day>,
    files: Vec<File>,
    history: Vec<people::history::Event>,
    head: String,
    #[serde(skip)]
    row: ObjectionRow,
    #[serde(skip)]
    back: String,
    #[serde(skip)]
    month: String,
}

#[derive(Serialize)]
struct File {
    id: Uuid,
    name: String,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city) = (call.read().await?, call.city()?);
    let row = store::objection::reach(&mut tx, call.actor()?, call.id("id")?).await?;
    let review = store::review::review(&mut tx, city, row.review_id).await?;
    let unit = people::store::unit(&mut tx, city, row.unit_id).await?;
    let post = people::store::post_title(&mut tx, city, row.post_id).await?;
    let decider = match row.decided_by {
        Some(id) => people::store::post_title(&mut tx, city, id).await?.map(|p| p.text()),
        None => None,
    };
    let files = store::objection::files(&mut tx, city, row.id).await?;
    let card = Card {
        label: row.label(&review).of(call.lang).to_owned(),
        kind: row.kind,
        state: row.state,
        unit_id: row.unit_id,
        unit: unit.map_or_else(String::new, |u| u.short_name),
        item: row.item.clone(),
        measure: row.measure.clone(),
        said: row.said.clone(),
        filed_by: post.map_or_else(String::new, |p| p.text()),
        filed_on: row.filed_on,
        decide_by: row.decide_by,
        decision: row.words.clone(),
        decided_by: decider,
        decided_on: row.decided_on,
        files: files.into_iter().map(|f| File { id: f.id, name: f.name }).collect(),
        history: people::history::read(&call, &mut tx, row.id).await?,
        head: journal::history::head(&mut tx, city).await?.to_string(),
        back: acts::card(review.month),
        month: review.month.name(call.lang),
        row,
    };
    call.page(&card)
}

/// A state as a badge.
pub(crate) fn state(state: ObjectionState, call: &Call) -> Markup {
    let tone = match state {
        ObjectionState::Open => Tone::Yellow,
        ObjectionState::Upheld => Tone::Green,
        ObjectionState::Refused => Tone::Red,
        ObjectionState::Withdrawn => Tone::Grey,
    };
    part::badge(tone, words::objection_state(state).of(call.lang))
}

impl View for Card {
    fn title(&self, _call: &Call) -> String {
        self.label.clone()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![
            (call.href("/reviews"), words::REVIEWS.of(call.lang).to_owned()),
            (call.href(&self.back), self.month.clone()),
        ]
    }

    fn actions(&self, call: &Call) -> Markup {
        if !self.row.is_open() {
            return Markup::default();
        }
        let at = |path: &str| format!("/objections/{}/{path}", self.row.id);
        let is_own = call.actor().is_ok_and(|a| a.unit == self.unit_id);
        let decide = (ButtonTone::Primary, text!("处理", "Decide").of(call.lang), "check");
        let withdraw = (ButtonTone::Plain, text!("撤回", "Take back").of(call.lang), "x");
        html! {
            (button(call, grants::DECIDE_OBJECTION, &at("decision"), decide))
            @if is_own { (button(call, grants::WITHDRAW_OBJECTION, &at("withdrawal"), withdraw)) }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let sheet = call.href(&format!("{}/units/{}", self.back, self.unit_id));
        let mut facts = vec![
            (words::STATE.of(lang), state(self.state, call)),
            (words::UNIT.of(lang), html! { a href=(sheet) { (self.unit) } }),
            (text!("项目", "Item").of(lang), html! { (self.item) }),
            (text!("数据", "Figure").of(lang), html! { (self.measure) }),
            (text!("提出", "Filed").of(lang), html! { (self.filed_by) " " (self.filed_on) }),
            (text!("答复期限", "To be decided by").of(lang), html! { (self.decide_by) }),
        ];
        if let (Some(by), Some(on)) = (&self.decided_by, self.decided_on) {
            facts.push((text!("处理", "Decided").of(lang), html! { (by) " " (on) }));
        }
        let lines = |text: &str| html! { @for line in text.lines() { p { (line) } } };
        let mut wide = vec![(text!("理由", "Reason").of(lang), lines(&self.said))];
        if !self.files.is_empty() {
            let links = html! {
                @for f in &self.files {
                    a href=(call.href(&format!("/objections/{}/files/{}", self.row.id, f.id))) download {
                        (ui::icon("paperclip")) " " (f.name)
                    } " "
                }
            };
            wide.push((text!("证明材料", "What supports it").of(lang), links));
        }
        if !self.decision.is_empty() {
            wide.push((text!("处理意见", "Decision").of(lang), lines(&self.decision)));
        }
        let main = html! {
            (part::card(None, None, html! { (part::details(&facts)) (part::details_wide(&wide)) }))
        };
        layout::stack(html! {
            (layout::split(main, super::timeline(&self.history, call)))
            (web::seal(&self.head, call))
        })
    }
}
