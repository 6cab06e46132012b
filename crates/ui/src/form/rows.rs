//! A small table inside a form: each row has the same fields. On a phone each row is a card.

use kernel::{Lang, text};
use maud::{Markup, html};

use super::Field;
use crate::icon;

/// A row: what it is about, when its table has given rows, and its fields.
#[derive(Clone, Debug)]
pub struct RowCells {
    /// What it is about.
    pub lead: Option<Markup>,
    /// Its fields, each with its own label.
    pub cells: Vec<Markup>,
}

/// The place of a cell that does not apply to its row.
pub fn no_cell() -> Markup {
    html! { div class="rows-none" {} }
}

/// Rows of fields under their column heads. Each cell is a whole field with its own label, which
/// wide screens show once, in the head. A script adds rows up to the most; without it the blank
/// rows at the end and a second saving do the same. Rows that are led are just those given.
pub fn rows(
    lang: Lang,
    field: &Field<'_>,
    (heads, max): (&[&str], usize),
    rows: Vec<RowCells>,
) -> Markup {
    let is_led = rows.iter().any(|row| row.lead.is_some());
    let shape = match (is_led, heads.len()) {
        (true, n @ 1..=3) => format!("led rows-led-{n}"),
        (true, _) => "led".to_owned(),
        (false, n) => n.to_string(),
    };
    html! {
        fieldset class="rows" id=(field.id()) data-rows=(field.name) data-rows-max=(max) {
            legend class="form-label" { (field.label) (field.mark()) }
            (field.remarks())
            div class={ "rows-head rows-" (shape) } aria-hidden="true" {
                @if is_led { span {} }
                @for head in heads { span { (head) } }
            }
            @for row in &rows {
                div class={ "rows-row rows-" (shape) } data-row {
                    @if let Some(lead) = &row.lead { div class="rows-lead" { (lead) } }
                    @for cell in &row.cells { (cell) }
                }
            }
            @if !is_led {
                button class="btn btn-ghost rows-more" type="button" data-rows-more {
                    (icon("plus")) (text!("添加一行", "Add a row").of(lang))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Lang;
    use maud::html;

    use super::{Field, RowCells, rows};

    #[test]
    fn every_row_stands_under_the_same_heads() {
        let field = Field { name: "stages", label: "节点", ..Field::default() };
        let cell = || html! { i {} };
        let row = |lead| RowCells { lead, cells: vec![cell(), cell()] };
        let shown = rows(Lang::En, &field, (&["日期", "内容"], 5), vec![row(None); 3]).0;
        assert_eq!(shown.matches("data-row>").count(), 3);
        assert_eq!(shown.matches("<i>").count(), 6);
        assert!(shown.contains(r#"data-rows-max="5""#) && shown.contains("Add a row"));
    }

    #[test]
    fn given_rows_say_what_they_are_about_and_take_no_more() {
        let field = Field { name: "items", label: "事项", ..Field::default() };
        let led = RowCells { lead: Some(html! { "14-3" }), cells: vec![html! { i {} }] };
        let shown = rows(Lang::Zh, &field, (&["进展"], 1), vec![led]).0;
        assert!(shown.contains(r#"<div class="rows-lead">14-3</div>"#));
        assert!(!shown.contains("data-rows-more"));
    }
}
