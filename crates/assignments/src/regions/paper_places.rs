//! What an own form may name, with what stands there.

use kernel::{Lang, text};
use maud::{Markup, html};
use ui::part;
use ui::table::{Column, Row, Table};
use web::PaperSpec;

use crate::paper;

pub(crate) fn known(spec: &PaperSpec, lang: Lang) -> Markup {
    let row = |name: String, meaning: &str| Row {
        href: None,
        tone: None,
        cells: vec![html! { code { (name) } }, html! { (meaning) }],
    };
    let place = |name: &str| format!("{{{{{name}}}}}");
    let texts: Vec<_> =
        paper::places(spec).map(|(name, meaning)| row(place(name), meaning.of(lang))).collect();
    let columns = [
        Column::lead(text!("占位符", "Place").of(lang)),
        Column::text(text!("填入的内容", "What stands there").of(lang)),
    ];
    let table = |caption: &str, rows| {
        Table { caption, columns: &columns, rows, ..Table::default() }.render()
    };
    part::disclosure(
        text!("可用的占位符", "Places that are known").of(lang),
        html! {
            (table(text!("可用的占位符", "Places").of(lang), texts))
            @for list in spec.lists {
                @let rows = list.columns.iter().map(|(name, meaning)| row(place(name), meaning.of(lang)));
                p { (text!("重复的行：", "Rows that repeat: ").of(lang)) code { (place(&format!("#{}", list.name))) }
                    " " (list.meaning.of(lang)) }
                (table(list.meaning.of(lang), rows.collect()))
            }
        },
    )
}
