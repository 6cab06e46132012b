//! One weekly answer: what a unit reported on all its items, and who signed.

use journal::Result;
use kernel::{Day, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{Tone, layout, part};
use uuid::Uuid;
use web::{Answer, Call, View};

use crate::tables::weekly::{WeeklyFileRow, WeeklyState};
use crate::{grants, store, words};

#[derive(Serialize)]
struct Page {
    id: Uuid,
    unit: String,
    monday: Day,
    state: WeeklyState,
    prepared_by: String,
    prepared_at: String,
    signed_by: Option<String>,
    signed_on: Option<Day>,
    on_paper: bool,
    scans: Vec<(Uuid, String)>,
    words: String,
    items: Vec<ItemLine>,
    head: String,
}

#[derive(Serialize)]
struct ItemLine {
    assignment: Uuid,
    label: String,
    title: String,
    done: String,
    quantity: Option<i64>,
    quantity_unit: String,
    blocker: String,
    files: Vec<String>,
    reported: bool,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city, id) = (call.read().await?, call.city()?, call.id("id")?);
    let answer = store::weekly::reach(&mut tx, call.actor()?, id).await?;
    let files = store::weekly::files(&mut tx, city, id).await?;
    let mut items = Vec::new();
    for item in store::weekly::items(&mut tx, city, id).await? {
        let a = store::assignment(&mut tx, city, item.assignment_id).await?;
        let own = |f: &&WeeklyFileRow| f.assignment_id == a.id;
        items.push(ItemLine {
            files: files.iter().filter(own).map(|f| f.name.clone()).collect(),
            assignment: a.id,
            label: a.label,
            title: a.title,
            done: item.done,
            quantity: item.quantity,
            quantity_unit: a.quantity_unit,
            blocker: item.blocker,
            reported: item.reported,
        });
    }
    let scans = store::weekly::scans(&mut tx, city, id).await?;
    let unit = people::store::unit(&mut tx, city, answer.unit_id).await?;
    let prepared_by = people::store::post_title(&mut tx, city, answer.prepared_by).await?;
    let signer = answer.paper_signer_post_id.or(answer.signed_by);
    let signed_by = match signer {
        Some(post) => people::store::post_title(&mut tx, city, post).await?.map(|p| p.text()),
        None => None,
    };
    call.page(&Page {
        id,
        unit: unit.map_or(String::new(), |u| u.short_name),
        monday: answer.monday,
        state: answer.state,
        prepared_by: prepared_by.map_or(String::new(), |p| p.text()),
        prepared_at: answer.prepared_at.local(&call.zone()),
        signed_by,
        signed_on: answer.signed_on,
        on_paper: answer.paper_signer_post_id.is_some(),
        scans: scans.into_iter().map(|s| (s.id, s.name)).collect(),
        words: answer.words,
        items,
        head: journal::history::head(&mut tx, city).await?.to_string(),
    })
}

impl View for Page {
    fn title(&self, call: &Call) -> String {
        let (unit, monday) = (&self.unit, self.monday);
        kernel::msg!("{unit}周反馈（{monday} 当周）", "{unit}: week of {monday}")
            .of(call.lang)
            .to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        if !call.may(grants::ANSWER_WEEKLY) {
            return vec![(call.href("/"), text!("工作台", "Desk").of(call.lang).to_owned())];
        }
        vec![(call.href("/weekly"), words::WEEKLY.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        if self.state != WeeklyState::Prepared {
            return Markup::default();
        }
        let at = |path: &str| format!("/weekly/{}/{path}", self.id);
        let paper = text!("登记纸质签发", "Signed on paper").of(call.lang);
        let sign = text!("签发", "Sign").of(call.lang);
        html! {
            (web::button(call, grants::PAPER_WEEKLY, &at("paper-signature"), (ButtonTone::Plain, paper, "stamp")))
            (web::button(call, grants::SIGN_WEEKLY, &at("signature"), (ButtonTone::Primary, sign, "check")))
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let mut facts = vec![
            (
                text!("状态", "State"),
                html! { (part::badge(tone(self.state), words::weekly_state(self.state).of(lang))) },
            ),
            (text!("填报", "Written by"), html! { (self.prepared_by) " " (self.prepared_at) }),
        ];
        if let (Some(by), Some(on)) = (&self.signed_by, self.signed_on) {
            let paper = html! { @if self.on_paper { " " (part::badge(Tone::Grey, text!("纸质签发", "on paper").of(lang))) } };
            let scans = html! {
                @for (id, name) in &self.scans {
                    " " a href=(call.href(&format!("/weekly/{}/scans/{id}", self.id))) { (name) }
                }
            };
            facts.push((text!("签发", "Signed by"), html! { (by) " " (on) (paper) (scans) }));
        }
        if !self.words.is_empty() {
            facts.push((text!("退回意见", "Sent back because"), html! { (self.words) }));
        }
        let facts: Vec<_> =
            facts.into_iter().map(|(label, value)| (label.of(lang), value)).collect();
        layout::stack(html! {
            (part::card(None, None, part::details(&facts)))
            (part::card_flush(Some(text!("各项进展", "Items").of(lang)), None, self.table(call)))
            (web::seal(&self.head, call))
        })
    }
}

const fn tone(state: WeeklyState) -> Tone {
    match state {
        WeeklyState::Prepared => Tone::Yellow,
        WeeklyState::Returned => Tone::Red,
        WeeklyState::Signed => Tone::Green,
    }
}

impl Page {
    fn table(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let signed = self.state == WeeklyState::Signed;
        let rows = self.items.iter().map(|i| Row {
            href: Some(call.href(&crate::acts::card(i.assignment))),
            tone: None,
            cells: vec![
                html! { (i.label) },
                html! { (i.title) },
                html! {
                    span class="pre-line" { (i.done) }
                    @if signed && !i.reported {
                        " " (part::badge(Tone::Red, text!("签发前已办结或转出，未反馈", "had moved on, not reported").of(lang)))
                    }
                },
                html! { @if let Some(q) = i.quantity { (q) " " (i.quantity_unit) } },
                html! { (i.blocker) },
                html! { (i.files.join("、")) },
            ],
        });
        let columns = [
            Column::fit(text!("编号", "No.").of(lang)),
            Column::lead(text!("事项", "Item").of(lang)),
            Column::text(text!("进展", "Done").of(lang)),
            Column::fit(text!("完成量", "Quantity").of(lang)),
            Column::text(text!("问题及需协调", "Blocker").of(lang)),
            Column::text(text!("材料", "Files").of(lang)),
        ];
        let caption = text!("各项进展", "Items").of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }
}
