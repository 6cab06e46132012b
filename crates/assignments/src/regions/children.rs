//! The parts that an assignment was broken down into.

use kernel::text;
use maud::Markup;
use ui::part;
use ui::table::{Column, Table};
use web::Call;

use crate::pages::card::Card;
use crate::pages::register;

pub(crate) fn card(card: &Card, call: &Call) -> Markup {
    let lang = call.lang;
    let columns = [
        Column::fit(text!("编号", "No.").of(lang)),
        Column::lead(text!("事项", "Assignment").of(lang)),
        Column::text(text!("责任单位", "Unit").of(lang)),
        Column::fit(text!("状态", "State").of(lang)),
        Column::fit(text!("完成时限", "Due").of(lang)),
        Column::fit(text!("亮灯", "Light").of(lang)),
    ];
    let rows = card.children.iter().map(|c| register::row(call, c)).collect();
    let title = text!("分解", "Parts").of(lang);
    let table = Table { caption: title, columns: &columns, rows, ..Table::default() };
    part::card_flush(Some(title), None, table.render())
}
