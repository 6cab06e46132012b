//! Dense tables that become cards on a small screen, and the pages of a register.

use kernel::{Lang, text};
use maud::{Markup, html};

use crate::{Tone, icon};

/// The direction of a sorted column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A column head that sorts: where a click leads, and the order shown now if it is this column's.
#[derive(Clone, Debug)]
pub struct SortLink {
    /// The register sorted by this column (or the other way round).
    pub href: String,
    /// The present order by this column.
    pub order: Option<Order>,
}

/// How a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words from the left.
    #[default]
    Start,
    /// What the row is called: its cell carries the row's link and heads the card.
    Lead,
    /// Figures from the right, in columns.
    Number,
    /// In the middle.
    Center,
    /// As narrow as its content: days, lights, numbers of documents.
    Fit,
    /// Buttons at the end.
    Actions,
}

/// A column of a table.
#[derive(Clone, Debug, Default)]
pub struct Column<'a> {
    /// Its head; on a small screen the label of each cell.
    pub label: &'a str,
    /// The link that sorts by it.
    pub sort: Option<SortLink>,
    /// How it stands.
    pub align: Align,
    /// A further class; `col-wide` takes a card's whole width.
    pub class: &'a str,
}

impl<'a> Column<'a> {
    /// A column of words.
    pub fn text(label: &'a str) -> Self {
        Self { label, ..Self::default() }
    }

    /// The column that names the row.
    pub fn lead(label: &'a str) -> Self {
        Self { label, align: Align::Lead, ..Self::default() }
    }

    /// A column of figures.
    pub fn number(label: &'a str) -> Self {
        Self { label, align: Align::Number, ..Self::default() }
    }

    /// A column as narrow as its content.
    pub fn fit(label: &'a str) -> Self {
        Self { label, align: Align::Fit, ..Self::default() }
    }

    /// The column of buttons.
    pub fn actions(label: &'a str) -> Self {
        Self { label, align: Align::Actions, ..Self::default() }
    }

    /// The same column with a head that sorts.
    #[must_use]
    pub fn sorted(mut self, href: String, order: Option<Order>) -> Self {
        self.sort = Some(SortLink { href, order });
        self
    }

    const fn class(&self) -> &'static str {
        match self.align {
            Align::Start => "",
            Align::Lead => "col-lead",
            Align::Number => "col-number",
            Align::Center => "col-center",
            Align::Fit => "col-fit",
            Align::Actions => "col-actions",
        }
    }
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Where the row leads; its lead cell becomes the link, so that cell holds no other link.
    pub href: Option<String>,
    /// A stripe at its edge.
    pub tone: Option<Tone>,
    /// Its cells, as many as columns.
    pub cells: Vec<Markup>,
}

/// How a table meets a narrow screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Rows become cards.
    #[default]
    Cards,
    /// A small table that stays one and is pushed sideways.
    Plain,
    /// A wide table in its own window: pushed both ways, its head stays.
    Scroll,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table<'a> {
    /// What the table holds, for screen readers.
    pub caption: &'a str,
    /// Its columns.
    pub columns: &'a [Column<'a>],
    /// Its rows.
    pub rows: Vec<Row>,
    /// The cells of a closing row of sums.
    pub foot: Option<Vec<Markup>>,
    /// How it meets a narrow screen.
    pub shape: Shape,
    /// The form that keeps the order of rows which may be dragged.
    pub sortable: Option<&'a str>,
}

impl Table<'_> {
    /// The table. Roles are written out because cards lose them with their display.
    pub fn render(&self) -> Markup {
        let (wrap, class) = match self.shape {
            Shape::Cards => ("table-wrap", "table table-cards"),
            Shape::Plain => ("table-wrap", "table table-plain"),
            Shape::Scroll => ("table-wrap table-scroll", "table table-plain"),
        };
        // A region that is pushed must be reachable by the keyboard.
        let pushed = self.shape != Shape::Cards;
        html! {
            div class=(wrap) tabindex=[pushed.then_some("0")] role=[pushed.then_some("region")]
                aria-label=[pushed.then_some(self.caption)] {
                table class=(class) role="table" {
                    caption class="sr-only" { (self.caption) }
                    thead role="rowgroup" {
                        tr role="row" {
                            @for (index, column) in self.columns.iter().enumerate() {
                                (head(index, column))
                            }
                        }
                    }
                    tbody role="rowgroup" data-sortable=[self.sortable] {
                        @for row in &self.rows { (self.row(row)) }
                    }
                    @if let Some(foot) = &self.foot {
                        tfoot role="rowgroup" {
                            tr role="row" {
                                @for (column, cell) in self.columns.iter().zip(foot) {
                                    (body_cell(column, cell, None))
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn row(&self, row: &Row) -> Markup {
        debug_assert_eq!(row.cells.len(), self.columns.len(), "a row has a cell for each column");
        let tone = row.tone.map(|tone| format!("row-{}", tone.name()));
        html! {
            tr role="row" class=[tone] data-href=[row.href.as_deref()] {
                @for (column, cell) in self.columns.iter().zip(&row.cells) {
                    (body_cell(column, cell, row.href.as_deref()))
                }
            }
        }
    }
}

fn head(index: usize, column: &Column<'_>) -> Markup {
    let order = column.sort.as_ref().and_then(|sort| sort.order).map(|order| match order {
        Order::Ascending => "ascending",
        Order::Descending => "descending",
    });
    html! {
        th scope="col" role="columnheader" class=[classes(column)] aria-sort=[order] {
            @if let Some(sort) = &column.sort {
                a class="sort-link" id={ "sort-" (index) } href=(sort.href) data-list-link {
                    (column.label)
                }
            } @else { (column.label) }
        }
    }
}

fn body_cell(column: &Column<'_>, cell: &Markup, href: Option<&str>) -> Markup {
    let inside = match href {
        Some(href) if column.align == Align::Lead => {
            html! { a class="row-link" href=(href) { (cell) } }
        }
        Some(_) | None => cell.clone(),
    };
    html! {
        @if column.align == Align::Lead {
            th scope="row" role="rowheader" class=[classes(column)] { (inside) }
        } @else {
            td role="cell" class=[classes(column)] data-label=(column.label) { (inside) }
        }
    }
}

fn classes(column: &Column<'_>) -> Option<String> {
    let both = [column.class(), column.class];
    let named: Vec<&str> = both.into_iter().filter(|class| !class.is_empty()).collect();
    (!named.is_empty()).then(|| named.join(" "))
}

/// The part of a register that a filter, a column head or the pager renews.
pub fn list(content: Markup) -> Markup {
    html! { div id="list" { (content) } }
}

/// The foot of a register: how many there are, and the pages before and after.
pub fn pager(lang: Lang, prev: Option<&str>, next: Option<&str>, total_label: &str) -> Markup {
    let way = |id: &'static str, href| Way { id: Some(id), href };
    let (prev, next) =
        (prev.map(|href| way("page-prev", href)), next.map(|href| way("page-next", href)));
    foot(lang, (prev, next), total_label)
}

/// The foot of one of several lists on a page, each of which is turned by itself.
pub fn part_pager(lang: Lang, prev: Option<&str>, next: Option<&str>, shown: &str) -> Markup {
    let way = |href| Way { id: None, href };
    foot(lang, (prev.map(way), next.map(way)), shown)
}

/// Where the page before or after is; with an identifier where the register is renewed in place.
struct Way<'a> {
    id: Option<&'static str>,
    href: &'a str,
}

fn foot(lang: Lang, (prev, next): (Option<Way<'_>>, Option<Way<'_>>), shown: &str) -> Markup {
    html! {
        nav class="pager" aria-label=(text!("分页", "Pages").of(lang)) {
            span class="pager-total" { (shown) }
            @if let Some(Way { id, href }) = prev {
                a class="btn btn-small" id=[id] rel="prev" href=(href) data-list-link[id.is_some()] {
                    (icon("chevron-left")) (text!("上一页", "Previous").of(lang))
                }
            }
            @if let Some(Way { id, href }) = next {
                a class="btn btn-small" id=[id] rel="next" href=(href) data-list-link[id.is_some()] {
                    (text!("下一页", "Next").of(lang)) (icon("chevron-right"))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Lang;
    use maud::html;

    use super::{Column, Order, Row, Table, pager};

    fn shown() -> String {
        let columns = [
            Column::lead("事项"),
            Column::number("进度").sorted("/r?sort=done".to_owned(), Some(Order::Descending)),
        ];
        let row = Row {
            href: Some("/r/1?a=1&b=2".to_owned()),
            cells: vec![html! { "修路" }, html! { "60" }],
            ..Row::default()
        };
        Table { caption: "交办", columns: &columns, rows: vec![row], ..Table::default() }.render().0
    }

    #[test]
    fn the_lead_cell_carries_the_rows_link() {
        assert!(shown().contains(r#"<a class="row-link" href="/r/1?a=1&amp;b=2">修路</a>"#));
    }

    #[test]
    fn each_cell_knows_its_label_for_the_card() {
        assert!(shown().contains(r#"class="col-number" data-label="进度">60"#));
    }

    #[test]
    fn the_sorted_column_says_its_order() {
        assert!(shown().contains(r#"aria-sort="descending""#));
    }

    #[test]
    fn the_pager_offers_only_pages_that_exist() {
        let shown = pager(Lang::En, None, Some("/r?after=9"), "20 of 64").0;
        assert!(shown.contains("Next") && !shown.contains("Previous"));
    }
}
