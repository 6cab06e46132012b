//! A small table inside a form: each row has the same fields. On a phone each row is a card.

use kernel::{Lang, text};
use maud::{Markup, html};

use super::Field;
use crate::icon;

/// Rows of fields under their column heads. Each cell is a whole field with its own label, which
/// wide screens show once, in the head. A script adds rows up to the most; without it the blank
/// rows at the end and a second saving do the same.
pub fn rows(
    lang: Lang,
    field: &Field<'_>,
    (heads, max): (&[&str], usize),
    rows: Vec<Vec<Markup>>,
) -> Markup {
    html! {
        fieldset class="rows" id=(field.id()) data-rows=(field.name) data-rows-max=(max) {
            legend class="form-label" { (field.label) (field.mark()) }
            (field.remarks())
            div class={ "rows-head rows-" (heads.len()) } aria-hidden="true" {
                @for head in heads { span { (head) } }
            }
            @for cells in &rows {
                div class={ "rows-row rows-" (heads.len()) } data-row {
                    @for cell in cells { (cell) }
                }
            }
            button class="btn btn-ghost rows-more" type="button" data-rows-more {
                (icon("plus")) (text!("添加一行", "Add a row").of(lang))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Lang;
    use maud::html;

    use super::{Field, rows};

    #[test]
    fn every_row_stands_under_the_same_heads() {
        let field = Field { name: "stages", label: "节点", ..Field::default() };
        let cell = || html! { i {} };
        let shown = rows(Lang::En, &field, (&["日期", "内容"], 5), vec![vec![cell(), cell()]; 3]).0;
        assert_eq!(shown.matches("data-row>").count(), 3);
        assert_eq!(shown.matches("<i>").count(), 6);
        assert!(shown.contains(r#"data-rows-max="5""#) && shown.contains("Add a row"));
    }
}
