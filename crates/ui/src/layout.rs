//! Arrangement of blocks on a page; all of it folds to one column on a small screen.

use maud::{Markup, html};

/// Equal columns on a wide screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    /// Two columns.
    Two,
    /// Three columns.
    Three,
    /// Four columns, two on a small screen: stat cards.
    Four,
    /// Five columns, two on a small screen.
    Five,
}

/// Blocks side by side in equal columns.
pub fn grid(columns: Columns, content: Markup) -> Markup {
    let class = match columns {
        Columns::Two => "grid grid-2",
        Columns::Three => "grid grid-3",
        Columns::Four => "grid grid-4",
        Columns::Five => "grid grid-5",
    };
    html! { div class=(class) { (content) } }
}

/// The main matter, two thirds, with a narrower column beside it.
pub fn split(main: Markup, side: Markup) -> Markup {
    html! {
        div class="split" {
            div class="stack" { (main) }
            div class="stack" { (side) }
        }
    }
}

/// Blocks below each other with the page's distance.
pub fn stack(content: Markup) -> Markup {
    html! { div class="stack" { (content) } }
}

/// The same for a list: printed on sheets that lie.
pub fn stack_printed_lying(content: Markup) -> Markup {
    html! { div class="stack print-wide" { (content) } }
}

/// Small things in a row that wraps.
pub fn cluster(content: Markup) -> Markup {
    html! { div class="cluster" { (content) } }
}
