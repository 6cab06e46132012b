//! The wall and the printed form of the gallery.

use kernel::{Lang, text};
use maud::{Markup, html};
use ui::layout::{Columns, grid};
use ui::part::card_flush;
use ui::table::{Column, Row, Shape, Table};

use crate::pages::{TITLES, figures, ranking, register_table, states, trend};

/// The wall.
pub(crate) fn wall(lang: Lang) -> Markup {
    let wall = ui::shell::Wall {
        lang,
        title: text!("重点工作督办", "Key work").of(lang),
        product: text!("重点工作督办", "Duban").of(lang),
        back: ("index.html", text!("工作台", "Desk").of(lang)),
        as_of: "2026-11-23 07:33",
        refresh_seconds: 300,
    };
    let late = TITLES.map(|title| Row {
        cells: vec![html! { (title) }, html! { span class="text-red" { "2026-06-18" } }],
        ..Row::default()
    });
    let columns =
        [Column::lead(text!("事项", "Item").of(lang)), Column::fit(text!("期限", "Due").of(lang))];
    let late = Table {
        caption: "late",
        columns: &columns,
        rows: late.to_vec(),
        shape: Shape::Cards,
        ..Table::default()
    };
    ui::shell::wall(
        &wall,
        html! {
            (grid(Columns::Four, figures(lang)))
            div class="wall-grid" {
                div class="wall-column" { (ranking(lang)) }
                div class="wall-column" {
                    (ui::part::card(Some(text!("交办与办结趋势", "Assigned and done").of(lang)), None, trend(lang)))
                    (ui::part::card(Some(text!("各区县事项状态", "Items by district").of(lang)), None, states(lang)))
                }
                div class="wall-column" { (card_flush(Some(text!("逾期事项", "Late").of(lang)), None, late.render())) }
            }
        },
    )
}

/// A printed form.
pub(crate) fn print(lang: Lang) -> Markup {
    let form = ui::shell::Print {
        lang,
        title: text!("督 办 单", "Order of supervision").of(lang),
        subtitle: Some("江政督〔2026〕43 号"),
        product: "督办",
        back: "list.html",
        tools: None,
        paper: ui::shell::Paper::Lying,
        foot: Some(html! { span { (text!("签发：", "Signed: ").of(lang)) } span { "2026-11-23" } }),
        seal: Some("48211:9f3ac2d0a1b2c3d4e5f60718293a4b5c6d7e8f90"),
    };
    ui::shell::print(&form, register_table(lang))
}
