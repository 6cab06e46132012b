//! 督办单 as a sheet that prints.

use assignments::tables::Verdict;
use journal::Result;
use kernel::{Text, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::{layout, part};
use web::{Answer, Call, Sheet, View};

use super::paper;
use super::slip::{Card, paragraphs};
use crate::{grants, words};

/// The printed slip: the card's values on a sheet.
#[derive(Serialize)]
#[serde(transparent)]
struct Printed(Card);

pub(crate) async fn show(call: Call) -> Result<Answer> {
    call.page(&Printed(paper::read(&call).await?))
}

impl View for Printed {
    fn title(&self, call: &Call) -> String {
        words::SLIP.of(call.lang).to_owned()
    }

    fn sheet(&self, call: &Call) -> Option<Sheet> {
        let at = crate::acts::card(self.0.row.id);
        let label = text!("下载 Word", "Download for Word").of(call.lang);
        let word = (ButtonTone::Plain, label, "download");
        Some(Sheet {
            paper: ui::shell::Paper::Upright,
            back: call.href(&at),
            tools: web::button(call, grants::DOCUMENT, &format!("{at}/document"), word),
            seal: format!("{} · {}", self.0.head, call.now().local(&call.zone())),
        })
    }

    fn body(&self, call: &Call) -> Markup {
        let (lang, c) = (call.lang, &self.0);
        let s = &c.slip;
        let day = |day: Option<kernel::Day>| html! { (paper::or_dash(day)) };
        let fact = |t: Text, m: Markup| (t.of(lang), m);
        layout::stack(html! {
            (part::details(&[
                fact(words::NUMBER, html! { (s.label) }),
                fact(text!("颜色及第几次", "Colour and time"), html! { (paper::colour_and_time(c)) }),
                fact(words::UNIT, html! { (c.unit_full) }),
                fact(words::ISSUED_ON, day(s.issued_on)),
                fact(text!("原时限及已延期", "The item's due day"), html! { (paper::due(c)) }),
                fact(words::ANSWER_BY, day(s.answer_by)),
                fact(text!("签发人", "Signed by"), html! { (paper::signed(c)) }),
                fact(words::COPIES, html! { @if c.copies.is_empty() { "—" } @else { (c.copies) } }),
            ]))
            (part::details_wide(&[
                fact(words::ITEM, html! { p { (s.item) " " (s.title) } }),
                fact(words::FINDING, paragraphs(&c.finding)),
                fact(words::DEMAND, paragraphs(&c.demand)),
                fact(words::CONSEQUENCE, paragraphs(&c.consequence)),
            ]))
            h2 { (text!("回执", "Answer").of(lang)) }
            (receipt(c, call))
        })
    }
}

fn receipt(c: &Card, call: &Call) -> Markup {
    let lang = call.lang;
    let Some(a) = paper::replied(c) else {
        let blank = || html! { p { "　" } p { "　" } };
        return part::details_wide(&[
            (words::DONE.of(lang), blank()),
            (words::RESPONSIBLE.of(lang), html! { p { "　" } }),
            (text!("单位负责人签发（章）", "Signed by the head").of(lang), blank()),
        ]);
    };
    let judged = match a.verdict {
        Some(Verdict::Agreed) => words::ACCEPT.of(lang),
        Some(Verdict::Returned) => words::SEND_BACK.of(lang),
        None => "—",
    };
    part::details_wide(&[
        (words::DONE.of(lang), paragraphs(&a.done)),
        (words::RESPONSIBLE.of(lang), html! { p { (a.responsible) } }),
        (
            text!("单位负责人签发", "Signed by the head").of(lang),
            html! { p { (paper::answer_signed(a)) } },
        ),
        (text!("督查局核实意见", "Judged").of(lang), html! { p { (judged) " " (a.words) } }),
    ])
}
