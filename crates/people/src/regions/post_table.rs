//! Posts as a table: the register and a unit's card show the same.

use maud::{Markup, html};
use ui::table::{Column, Row, Table};
use web::Call;

use crate::store::PostLine;
use crate::words;

/// The posts, each leading to its holder.
pub(crate) fn shown(call: &Call, posts: &[PostLine]) -> Markup {
    let lang = call.lang;
    let columns = [
        Column::lead(words::HOLDER.of(lang)),
        Column::text(words::UNIT.of(lang)),
        Column::text(words::TITLE.of(lang)),
        Column::text(words::ROLE.of(lang)),
        Column::text(words::LINE.of(lang)),
        Column::fit(words::PERIOD.of(lang)),
    ];
    let rows = posts.iter().map(|p| Row {
        href: Some(call.href(&format!("/persons/{}", p.person))),
        cells: vec![
            html! { (p.name.as_deref().unwrap_or(words::ERASED.of(lang))) },
            html! { (p.unit_name) },
            html! { (p.title) @if let Some(title) = &p.represents { (words::on_behalf(p.role, title)) } },
            html! { (words::role(p.role, lang)) },
            html! { (p.line.as_deref().unwrap_or("—")) },
            words::period(p.from, p.to, lang),
        ],
        ..Row::default()
    });
    let caption = words::PERSONS.of(lang);
    Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
}
