//! 督办阶梯: as it holds now, and how it was before.

use journal::Result;
use kernel::{Lang, Message, msg, text, working_days};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{layout, part};
use web::{Answer, Call, View};

use crate::ladder::Ladder;
use crate::{grants, store, words};

#[derive(Serialize)]
struct Ladders {
    /// The one that holds.
    ladder: Ladder,
    /// Those before it, newest first.
    former: Vec<Ladder>,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut all = store::ladder::all(&mut call.read().await?, call.city()?).await?.into_iter();
    let ladder = all.next().unwrap_or_else(Ladder::proposed);
    call.page(&Ladders { ladder, former: all.collect() })
}

impl View for Ladders {
    fn title(&self, call: &Call) -> String {
        words::LADDER.of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/slips"), words::SLIPS.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        let label = text!("设置督办阶梯", "Set the ladder").of(call.lang);
        let shown = (ButtonTone::Primary, label, "settings");
        html! {
            @if call.opens("/paper-templates") {
                (part::link_button(ButtonTone::Plain, &call.href("/paper-templates"), words::FORMS.of(call.lang), "file"))
            }
            (web::button(call, grants::SET_LADDER, "/slips/ladder/new", shown))
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        layout::stack(html! {
            (part::card_flush(Some(&called(&self.ladder, lang)), None, table(&self.ladder, lang)))
            (part::card(None, None, starts(&self.ladder, lang)))
            @for former in &self.former {
                (part::disclosure(&called(former, lang), html! { (table(former, lang)) (starts(former, lang)) }))
            }
        })
    }
}

fn called(ladder: &Ladder, lang: Lang) -> String {
    let told = match ladder.set_on {
        Some(on) => msg!("第 {n} 版（{on}）", "Version {n}, set on {on}", n = ladder.version),
        None => {
            text!("建议的阶梯（本市尚未设置）", "The proposed ladder; the city has set none").into()
        }
    };
    told.of(lang).to_owned()
}

fn starts(ladder: &Ladder, lang: Lang) -> Markup {
    let step = |n: i64| {
        let colour = ladder.step(n).map_or("—", |s| words::colour(s.colour).of(lang));
        html! { (msg!("第 {n} 级", "step {n}").of(lang)) " · " (colour) }
    };
    part::details(&[
        (text!("“急”的事项起始", "Urgent items begin at").of(lang), step(ladder.urgent_from)),
        (text!("“特急”的事项起始", "Express items begin at").of(lang), step(ladder.express_from)),
        (
            text!("领导交办的事项起始", "Leaders' matters begin at").of(lang),
            step(ladder.raised_from),
        ),
    ])
}

fn table(ladder: &Ladder, lang: Lang) -> Markup {
    let days = |n: i64| working_days(n).of(lang).to_owned();
    let rows = (1..).zip(&ladder.steps).map(|(n, s): (i64, _)| {
        let Message { zh, en } = working_days(s.after_days);
        let after = if n == 1 {
            msg!("事项逾期 {zh}后", "{en} after the due day")
        } else {
            msg!("上一张反馈期限过后 {zh}", "{en} after the former slip's deadline")
        };
        Row {
            href: None,
            tone: None,
            cells: vec![
                html! { (n) },
                super::colour(s.colour, lang),
                html! { (after.of(lang)) },
                html! { (days(s.answer_days)) },
                html! { (words::signer(s.signer).of(lang)) },
                html! { (s.consequence) },
            ],
        }
    });
    let columns = [
        Column::fit(text!("级", "Step").of(lang)),
        Column::fit(words::COLOUR.of(lang)),
        Column::lead(text!("何时提出", "When it is proposed").of(lang)),
        Column::fit(text!("反馈", "To answer").of(lang)),
        Column::text(text!("签发人", "Signed by").of(lang)),
        Column::text(words::CONSEQUENCE.of(lang)),
    ];
    let caption = words::LADDER.of(lang);
    Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
}
