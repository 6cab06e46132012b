//! One value: what it says, from which document, entered and checked by whom, and its vintages.

use journal::{Result, Tx, history};
use kernel::{Actor, Text, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{part, table};
use uuid::Uuid;
use web::{Answer, Call, View, button};

use super::Value;
use crate::store::sheet::{self, Sourced};
use crate::tables::{IndicatorRow, Kind, State};
use crate::{acts, grants, words};

#[derive(Serialize)]
struct Observation {
    indicator_id: Uuid,
    indicator: String,
    unit_id: Uuid,
    unit: String,
    value: Value,
    reason: String,
    remark: String,
    withdrawal: String,
    entered_by: Option<String>,
    checked_by: Option<String>,
    withdrawn_by: Option<String>,
    source: Source,
    vintages: Vec<Value>,
    head: String,
    #[serde(skip)]
    row: IndicatorRow,
    #[serde(skip)]
    one: Sourced,
    #[serde(skip)]
    all: Vec<Sourced>,
    #[serde(skip)]
    actor: Actor,
}

#[derive(Serialize)]
struct Source {
    title: String,
    reference: String,
    on: kernel::Day,
    files: Vec<File>,
}

#[derive(Serialize)]
struct File {
    id: Uuid,
    name: String,
    size: i64,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city, actor) = (call.read().await?, call.city()?, *call.actor()?);
    let one = sheet::reach(&mut tx, &actor, call.id("id")?).await?;
    let row = acts::known(&mut tx, city, one.row.indicator_id).await?;
    let unit = people::store::unit(&mut tx, city, one.row.unit_id).await?;
    let all = sheet::vintages(&mut tx, &actor, one.row.first_id).await?;
    let (from, until) = one.row.month.days();
    let calendar = people::store::calendar(&mut tx, city, from.plus(-60), until.plus(400)).await?;
    let value = |one: &Sourced| Value::of(&one.row, one.row.late(call.today(), &calendar));
    let page = Observation {
        indicator_id: row.id,
        indicator: row.called(call.lang).to_owned(),
        unit_id: one.row.unit_id,
        unit: unit.map_or(String::new(), |unit| unit.short_name),
        value: value(&one),
        reason: one.row.reason.clone(),
        remark: one.row.remark.clone(),
        withdrawal: one.row.withdrawal.clone(),
        entered_by: super::post(&mut tx, city, Some(one.row.entered_by)).await?,
        checked_by: super::post(&mut tx, city, one.row.checked_by).await?,
        withdrawn_by: super::post(&mut tx, city, one.row.withdrawn_by).await?,
        source: source(&mut tx, &one).await?,
        vintages: all.iter().map(value).collect(),
        head: history::head(&mut tx, city).await?.to_string(),
        row,
        one,
        all,
        actor,
    };
    call.page(&page)
}

async fn source(tx: &mut Tx, one: &Sourced) -> Result<Source> {
    let files = sheet::files(tx, one.source.jurisdiction_id, one.source.id).await?;
    let file =
        |file: crate::tables::SourceFileRow| File { id: file.id, name: file.name, size: file.size };
    Ok(Source {
        title: one.source.title.clone(),
        reference: one.source.reference.clone(),
        on: one.source.issued_on,
        files: files.into_iter().map(file).collect(),
    })
}

impl View for Observation {
    fn title(&self, call: &Call) -> String {
        let month = self.one.row.month.name(call.lang);
        format!("{} · {} · {month}", self.indicator, self.unit)
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        let month = self.one.row.month;
        vec![
            (call.href("/indicators"), words::INDICATORS.of(call.lang).to_owned()),
            (call.href(&acts::card(self.indicator_id)), self.indicator.clone()),
            (call.href(&acts::sheet_card(self.indicator_id, month)), month.name(call.lang)),
        ]
    }

    fn actions(&self, call: &Call) -> Markup {
        let (lang, row, actor) = (call.lang, &self.one.row, &self.actor);
        let at = |path: &str| format!("{}/{path}", acts::observation_card(row.id));
        let check = format!("{}/check", acts::sheet_card(row.indicator_id, row.month));
        let is_newest = self.all.iter().all(|other| other.row.n <= row.n);
        let is_entered = self.row.is_entered_by(actor);
        let corrects = is_entered && is_newest && row.state != State::Withdrawn;
        let withdraws = row.withdraw(&self.row, actor, (String::new(), call.today())).is_ok();
        let plain = |label: Text, sign| (ButtonTone::Plain, label.of(lang), sign);
        html! {
            @if row.may_check(&self.row, actor).is_ok() {
                (button(call, grants::CHECK, &check, (ButtonTone::Primary, words::CHECK.of(lang), "check")))
            }
            @if corrects && self.row.kind == Kind::Event {
                (button(call, grants::CORRECT_EVENT, &at("correction"), plain(text!("更正", "Correct"), "edit")))
            }
            @if corrects && self.row.kind != Kind::Event {
                (button(call, grants::ENTER, &format!("{}/values", acts::sheet_card(row.indicator_id, row.month)), plain(text!("更正", "Correct"), "edit")))
            }
            @if withdraws {
                (button(call, grants::WITHDRAW, &at("withdrawal"), plain(text!("撤销", "Withdraw"), "x")))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let main = html! {
            (part::card(None, None, self.summary(call)))
            @if self.all.len() > 1 {
                (part::card_flush(Some(text!("各版次", "Vintages").of(lang)), None, self.list(call)))
            }
        };
        let side = part::card(Some(words::SOURCE_DOCUMENT.of(lang)), None, self.document(call));
        ui::layout::stack(html! { (ui::layout::split(main, side)) (web::seal(&self.head, call)) })
    }
}

impl Observation {
    fn summary(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let row = &self.one.row;
        let said = super::value(row, &self.row, lang);
        let status = html! {
            (super::state(row.state, lang)) " " (super::vintage(row.n).of(lang))
            (super::late(&self.value.late, lang))
        };
        let mut facts = vec![
            (words::VALUE.of(lang), html! { strong { (said) } }),
            (words::STATE.of(lang), status),
            (words::UNIT.of(lang), html! { (self.unit) }),
            (words::MONTH.of(lang), html! { (row.month.name(lang)) }),
            (
                words::ENTERED_BY.of(lang),
                super::by(self.entered_by.as_deref(), Some(row.entered_on)),
            ),
            (words::CHECKED_BY.of(lang), super::by(self.checked_by.as_deref(), row.checked_on)),
        ];
        if let Some(on) = row.happened_on {
            facts.push((words::HAPPENED_ON.of(lang), html! { time datetime=(on) { (on) } }));
        }
        if !row.reported.is_empty() {
            facts.push((words::REPORTED.of(lang), html! { (row.reported) }));
        }
        let mut wide = vec![(words::DEFINITION.of(lang), html! { (self.row.definition) })];
        let withdrawal = html! {
            (self.withdrawal) " " span class="muted" { (super::by(self.withdrawn_by.as_deref(), row.withdrawn_on)) }
        };
        for (label, text, shown) in [
            (words::REASON, &self.reason, html! { (self.reason) }),
            (words::REMARK, &self.remark, html! { (self.remark) }),
            (text!("撤销理由", "Why it was withdrawn"), &self.withdrawal, withdrawal),
        ] {
            if !text.is_empty() {
                wide.push((label.of(lang), shown));
            }
        }
        html! {
            @for late in &self.value.late {
                (part::remark(ui::Tone::Yellow, words::late_why(*late).of(lang)))
            }
            (part::details(&facts)) (part::details_wide(&wide))
        }
    }

    fn document(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let at = acts::observation_card(self.one.row.id);
        html! {
            p { strong { (self.source.title) } }
            p class="muted" { (self.source.reference) " " time datetime=(self.source.on) { (self.source.on) } }
            @if self.source.files.is_empty() {
                p class="muted" { (text!("没有上传文件。", "No file was attached.").of(lang)) }
            }
            ul class="plain" {
                @for file in &self.source.files {
                    li { a href=(call.href(&format!("{at}/files/{}", file.id))) download { (ui::icon("paperclip")) " " (file.name) } }
                }
            }
        }
    }

    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let columns = [
            Column::lead(words::VINTAGE.of(lang)),
            Column::number(words::VALUE.of(lang)),
            Column::fit(words::STATE.of(lang)),
            Column::fit(words::ENTERED_ON.of(lang)),
            Column::fit(words::CHECKED_ON.of(lang)),
            Column { class: "col-wide", ..Column::text(words::REASON.of(lang)) },
        ];
        let row = |one: &Sourced| Row {
            href: Some(call.href(&acts::observation_card(one.row.id))),
            tone: None,
            cells: vec![
                html! { (super::vintage(one.row.n).of(lang)) },
                html! { (super::value(&one.row, &self.row, lang)) },
                super::state(one.row.state, lang),
                html! { (one.row.entered_on) },
                html! { @if let Some(on) = one.row.checked_on { (on) } @else { "—" } },
                html! { (one.row.reason) },
            ],
        };
        let rows = self.all.iter().map(row).collect();
        let caption = &self.indicator;
        table::list(Table { caption, columns: &columns, rows, ..Table::default() }.render())
    }
}
