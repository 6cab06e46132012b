//! Whole documents: the page with its sidebar, the sign-in card, the wall, the printed form.

mod bar;
mod other;
mod side;

use kernel::{Lang, text};
use maud::{DOCTYPE, Markup, html};

pub use bar::{UserBox, bar_bell, bar_button, bar_link};
pub use other::{Paper, Print, Wall, bare, print, wall};
pub use side::NavItem;

use crate::assets::asset_url;
use crate::{Tone, icon};

/// What stands around a page's content.
#[derive(Debug, Default)]
pub struct Shell<'a> {
    /// The language of the page.
    pub lang: Lang,
    /// The page's title.
    pub title: &'a str,
    /// One sentence under the title.
    pub lead: Option<&'a str>,
    /// The name of the product.
    pub product: &'a str,
    /// The sub-path before every address, without a final slash; mostly empty.
    pub base: &'a str,
    /// The ways in the sidebar.
    pub nav: &'a [NavItem<'a>],
    /// Who is signed in.
    pub user: Option<UserBox<'a>>,
    /// The language switch: a form or link with [`bar_button`] or [`bar_link`].
    pub language: Option<Markup>,
    /// More for the top bar, left of the language: search, inbox.
    pub tools: Option<Markup>,
    /// A line over everything: demo data, a coming stop.
    pub banner: Option<&'a str>,
    /// What the last act did.
    pub notice: Option<Notice<'a>>,
    /// The pages above this one, from the top: `(href, label)`.
    pub crumbs: &'a [(&'a str, &'a str)],
    /// The buttons beside the title.
    pub actions: Option<Markup>,
    /// The line at the very end.
    pub footer: Option<Markup>,
}

/// What the last act did, said once.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    /// How it reads.
    pub tone: Tone,
    /// The words.
    pub text: &'a str,
}

/// A page with sidebar, top bar, title and content.
pub fn page(shell: &Shell<'_>, content: Markup) -> Markup {
    let lang = shell.lang;
    document(
        &Head::of(shell),
        html! {
            a class="skip-link" href="#main" { (text!("跳到正文", "Skip to content").of(lang)) }
            div class="page" {
                (side::sidebar(shell))
                (bar::topbar(shell))
                div class="main" {
                    @if let Some(banner) = shell.banner {
                        div class="banner" role="note" { (icon("info")) span { (banner) } }
                    }
                    main class="content" id="main" tabindex="-1" {
                        (head_of_page(shell))
                        (notice(shell))
                        (content)
                    }
                    @if let Some(footer) = &shell.footer { footer class="footer" { (footer) } }
                }
            }
        },
    )
}

fn head_of_page(shell: &Shell<'_>) -> Markup {
    html! {
        @if !shell.crumbs.is_empty() {
            nav aria-label=(text!("当前位置", "Breadcrumb").of(shell.lang)) {
                ol class="crumbs" {
                    @for (href, label) in shell.crumbs { li { a href=(href) { (label) } } }
                }
            }
        }
        div class="page-head" {
            div class="page-heading" {
                h1 class="page-title" { (shell.title) }
                @if let Some(lead) = shell.lead { p class="page-lead" { (lead) } }
            }
            @if let Some(actions) = &shell.actions { div class="page-actions" { (actions) } }
        }
    }
}

fn notice(shell: &Shell<'_>) -> Markup {
    html! {
        @if let Some(notice) = shell.notice {
            div class="notice" { (crate::part::alert(notice.tone, html! { (notice.text) })) }
        }
    }
}

struct Head<'a> {
    lang: Lang,
    title: &'a str,
    product: &'a str,
    /// A look that the theme switch leaves alone.
    fixed: Option<&'static str>,
    refresh: Option<u32>,
}

impl<'a> Head<'a> {
    fn of(shell: &Shell<'a>) -> Self {
        let Shell { lang, title, product, .. } = *shell;
        Self { lang, title, product, fixed: None, refresh: None }
    }
}

/// The document around a body. The theme script stands before the style so that no page flashes
/// in the other theme.
fn document(head: &Head<'_>, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(head.lang.tag()) data-theme=(head.fixed.unwrap_or("light"))
            data-fixed=[head.fixed] data-refresh=[head.refresh] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                @if let Some(seconds) = head.refresh {
                    noscript { meta http-equiv="refresh" content=(seconds); }
                }
                title {
                    (head.title)
                    @if head.title != head.product { " · " (head.product) }
                }
                script src=(asset_url("theme.js")) {}
                link rel="stylesheet" href=(asset_url("app.css"));
                link rel="icon" type="image/svg+xml" href=(asset_url("favicon.svg"));
                script type="module" src=(asset_url("app.js")) {}
            }
            body { (body) }
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Lang;
    use maud::html;

    use super::{NavItem, Notice, Shell, UserBox, page};
    use crate::Tone;

    fn shown(lang: Lang) -> String {
        let nav = [NavItem {
            href: "/a",
            label: "周交办",
            icon: "list-check",
            active: true,
            badge: Some(3),
            heading: None,
        }];
        let shell = Shell {
            lang,
            title: "登记簿 & 单",
            product: "督办",
            nav: &nav,
            user: Some(UserBox {
                name: "李晓梅", post: "市委督查室", menu: html! { "menu" }
            }),
            notice: Some(Notice { tone: Tone::Green, text: "已保存" }),
            ..Shell::default()
        };
        page(&shell, html! { p { "content" } }).0
    }

    #[test]
    fn a_page_says_its_language_and_title() {
        let zh = shown(Lang::Zh);
        assert!(zh.starts_with("<!DOCTYPE html><html lang=\"zh-CN\""));
        assert!(zh.contains("<title>登记簿 &amp; 单 · 督办</title>"));
        assert!(shown(Lang::En).contains("Skip to content"));
    }

    #[test]
    fn nothing_is_inline() {
        let zh = shown(Lang::Zh);
        assert!(!zh.contains(" style=") && !zh.contains("onclick") && !zh.contains("<style"));
    }

    #[test]
    fn the_present_way_is_marked() {
        assert!(shown(Lang::Zh).contains(r#"href="/a" aria-current="page""#));
    }
}
