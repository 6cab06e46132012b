//! Documents without sidebar: sign-in and error card, wall, printed form.

use kernel::{Lang, text};
use maud::{Markup, html};

use super::{Head, Shell, bar, document, notice, side};
use crate::icon;

/// A centred card: signing in, errors, first steps. Title, language, notice, banner and footer
/// of the shell are shown.
pub fn bare(shell: &Shell<'_>, content: Markup) -> Markup {
    document(
        &Head::of(shell),
        html! {
            div class="bare" {
                main class="bare-box" id="main" {
                    p class="bare-brand" { (side::mark()) span { (shell.product) } }
                    div class="bare-card" {
                        h1 class="bare-title" { (shell.title) }
                        (notice(shell))
                        (content)
                    }
                }
                footer class="bare-foot" {
                    @if let Some(banner) = shell.banner { span { (banner) } }
                    @if let Some(footer) = &shell.footer { (footer) }
                    @if let Some(language) = &shell.language { (language) }
                    (bar::theme_switch(shell))
                }
            }
        },
    )
}

/// The wall: a dark full screen that renews itself, with or without script.
#[derive(Clone, Copy, Debug)]
pub struct Wall<'a> {
    /// The language.
    pub lang: Lang,
    /// The title over the screen.
    pub title: &'a str,
    /// The name of the product.
    pub product: &'a str,
    /// The way back.
    pub back: (&'a str, &'a str),
    /// The time of the figures, as written.
    pub as_of: &'a str,
    /// After how many seconds the screen is fetched anew.
    pub refresh_seconds: u32,
}

/// A wall of cards; give it [`crate::figure::stat`] cards and `wall-grid` columns.
pub fn wall(wall: &Wall<'_>, content: Markup) -> Markup {
    let head = Head {
        lang: wall.lang,
        title: wall.title,
        product: wall.product,
        fixed: Some("wall"),
        refresh: Some(wall.refresh_seconds),
    };
    document(
        &head,
        html! {
            div class="wall" {
                header class="wall-head" {
                    a class="wall-side" href=(wall.back.0) { (icon("arrow-left")) " " (wall.back.1) }
                    h1 class="wall-title" { (wall.title) }
                    span class="wall-side" { (wall.as_of) }
                }
                main class="wall-main" id="main" { (content) }
            }
        },
    )
}

/// The sheet a form is printed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// A4 upright.
    #[default]
    Upright,
    /// A4 lying.
    Lying,
}

/// A printed form.
#[derive(Debug, Default)]
pub struct Print<'a> {
    /// The language.
    pub lang: Lang,
    /// The heading of the form.
    pub title: &'a str,
    /// The line under it: number, day, unit.
    pub subtitle: Option<&'a str>,
    /// The name of the product.
    pub product: &'a str,
    /// The page it belongs to.
    pub back: &'a str,
    /// More beside the button that prints.
    pub tools: Option<Markup>,
    /// The sheet.
    pub paper: Paper,
    /// The last line: signatures, when it was printed.
    pub foot: Option<Markup>,
    /// The head of the journal, `seq:hash`, by which the paper can be checked.
    pub seal: Option<&'a str>,
}

/// A form on its sheet, as it will come out of the printer.
pub fn print(form: &Print<'_>, content: Markup) -> Markup {
    let Print { lang, title, product, .. } = *form;
    let sheet = match form.paper {
        Paper::Upright => "paper",
        Paper::Lying => "paper paper-wide",
    };
    document(
        &Head { lang, title, product, fixed: Some("light"), refresh: None },
        html! {
            div class="paper-page" {
                div class="paper-tools" {
                    a class="btn" href=(form.back) {
                        (icon("arrow-left")) (text!("返回", "Back").of(lang))
                    }
                    @if let Some(tools) = &form.tools { (tools) }
                    button class="btn btn-primary js-only" type="button" data-print {
                        (icon("printer")) (text!("打印", "Print").of(lang))
                    }
                }
                main class=(sheet) id="main" {
                    h1 class="paper-title" { (title) }
                    @if let Some(subtitle) = form.subtitle { p class="paper-sub" { (subtitle) } }
                    (content)
                    @if let Some(foot) = &form.foot { div class="paper-foot" { (foot) } }
                    @if let Some(seal) = form.seal { p class="paper-seal" { (seal) } }
                }
            }
        },
    )
}
