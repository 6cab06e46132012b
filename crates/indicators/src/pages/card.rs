//! One indicator: what it means, who enters it, and its months.

use ::measures::ReviewMonth;
use journal::{Result, history};
use kernel::text;
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{Tone, num, part, table};
use uuid::Uuid;
use web::{Answer, Call, View, button};

use crate::store::{self, sheet};
use crate::tables::{Better, IndicatorRow, Kind};
use crate::{acts, grants, measures, words};

#[derive(Serialize)]
struct Card {
    id: Uuid,
    number: i64,
    code: String,
    name: String,
    name_en: String,
    definition: String,
    measured_in: String,
    kind: Kind,
    better: Better,
    source: String,
    department_id: Option<Uuid>,
    department: String,
    groups: Vec<String>,
    valid_from: ReviewMonth,
    valid_to: Option<ReviewMonth>,
    months: Vec<sheet::MonthLine>,
    /// The measure of the library that reads it.
    measure: String,
    history: Vec<people::history::Event>,
    head: String,
    #[serde(skip)]
    row: IndicatorRow,
    #[serde(skip)]
    is_entered: bool,
    #[serde(skip)]
    month: ReviewMonth,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city, actor) = (call.read().await?, call.city()?, *call.actor()?);
    let row = acts::known(&mut tx, city, call.id("id")?).await?;
    let wanted = store::groups(&mut tx, city, row.id).await?;
    let groups = people::store::groups(&mut tx, city).await?;
    let groups = groups.into_iter().filter(|g| wanted.contains(&g.id)).map(|g| g.name).collect();
    let measure = measures::asked(&row).measure.code;
    let card = Card {
        id: row.id,
        number: row.number,
        code: row.code.clone(),
        name: row.name.clone(),
        name_en: row.name_en.clone(),
        definition: row.definition.clone(),
        measured_in: row.measured_in.clone(),
        kind: row.kind,
        better: row.better,
        source: row.source.clone(),
        department_id: row.department_id,
        department: super::department(&mut tx, &row, call.lang).await?,
        groups,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        months: sheet::months(&mut tx, &actor, row.id).await?,
        measure: format!("/measures/{measure}?indicator={}", row.number),
        history: people::history::read(&call, &mut tx, row.id).await?,
        head: history::head(&mut tx, city).await?.to_string(),
        is_entered: row.is_entered_by(&actor),
        month: super::looked_at(call.today()),
        row,
    };
    call.page(&card)
}

impl View for Card {
    fn title(&self, call: &Call) -> String {
        self.row.called(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/indicators"), words::INDICATORS.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let at = |path: &str| format!("{}/{path}", acts::card(self.id));
        html! {
            @if self.is_entered && self.row.holds_in(self.month) {
                (super::sheet::enter_button(call, &self.row, self.month))
            }
            (button(call, grants::CHANGE, &at("definition"), (ButtonTone::Plain, text!("修改", "Change").of(lang), "edit")))
            @if self.valid_to.is_none() {
                (button(call, grants::END, &at("end"), (ButtonTone::Plain, text!("结束", "End").of(lang), "x")))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let main = html! {
            (part::card(None, None, self.meaning(call)))
            (part::card_flush(Some(text!("各月", "Months").of(call.lang)), None, self.list(call)))
        };
        let side = people::history::card(call, &self.history);
        ui::layout::stack(html! { (ui::layout::split(main, side)) (web::seal(&self.head, call)) })
    }
}

impl Card {
    fn meaning(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let dash = |said: &str| if said.is_empty() { "—".to_owned() } else { said.to_owned() };
        let validity = html! {
            (self.valid_from)
            @if let Some(to) = self.valid_to {
                (text!("至", " to ").of(lang)) (to) " " (part::badge(Tone::Grey, words::ENDED.of(lang)))
            }
        };
        let opens = call.opens(&self.measure);
        html! {
            (part::details_wide(&[
                (words::DEFINITION.of(lang), html! { (self.definition) }),
                (words::SOURCE.of(lang), html! { (self.source) }),
                (words::GROUPS.of(lang), html! { (self.groups.join(text!("、", ", ").of(lang))) }),
            ]))
            (part::details(&[
                (words::NUMBER.of(lang), html! { (self.number) }),
                (words::CODE.of(lang), html! { (dash(&self.code)) }),
                (words::KIND.of(lang), html! { (words::kind(self.kind).of(lang)) }),
                (words::MEASURED_IN.of(lang), html! { (self.measured_in) }),
                (words::BETTER.of(lang), html! { (words::better(self.better).of(lang)) }),
                (words::DEPARTMENT.of(lang), html! { (self.department) }),
                (words::FROM.of(lang), validity),
                (text!("考评取数", "In the library").of(lang), html! {
                    @let called = measures::asked(&self.row).call();
                    @if opens { a href=(call.href(&self.measure)) { (called) } } @else { (called) }
                }),
            ]))
        }
    }

    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.months.is_empty() {
            return table::list(part::empty_state(
                "calendar",
                text!("还没有可以查看的值", "No value to see yet").of(lang),
                text!("核对后在这里按月列出。", "What was checked is listed here by month.")
                    .of(lang),
                None,
            ));
        }
        let columns = [
            Column::lead(words::MONTH.of(lang)),
            Column::number(words::state(crate::tables::State::Checked).of(lang)),
            Column::number(words::MISSING.of(lang)),
            Column::number(words::state(crate::tables::State::Entered).of(lang)),
            Column::number(words::state(crate::tables::State::Returned).of(lang)),
        ];
        let row = |line: &sheet::MonthLine| Row {
            href: Some(call.href(&acts::sheet_card(self.id, line.month))),
            tone: None,
            cells: vec![
                html! { (line.month.name(lang)) },
                html! { (num::count(line.checked)) },
                html! { (num::count(line.missing)) },
                html! { (num::count(line.waiting)) },
                html! { (num::count(line.returned)) },
            ],
        };
        let rows = self.months.iter().map(row).collect();
        let caption = self.row.called(lang);
        table::list(Table { caption, columns: &columns, rows, ..Table::default() }.render())
    }
}
