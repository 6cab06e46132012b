//! The top bar: banner place, tools, language, theme, who is signed in.

use kernel::text;
use maud::{Markup, html};

use super::Shell;
use crate::icon;

/// Who is signed in and what they may switch to.
#[derive(Debug)]
pub struct UserBox<'a> {
    /// The person's name.
    pub name: &'a str,
    /// The post they act in.
    pub post: &'a str,
    /// Posts to switch to, own pages, signing out: made with the menu parts of [`crate::flow`].
    pub menu: Markup,
}

pub(super) fn topbar(shell: &Shell<'_>) -> Markup {
    html! {
        div class="topbar" {
            div class="topbar-lead" {}
            @if let Some(tools) = &shell.tools { (tools) }
            @if let Some(language) = &shell.language { (language) }
            (theme_switch(shell))
            @if let Some(user) = &shell.user { (user_menu(user)) }
        }
    }
}

pub(super) fn theme_switch(shell: &Shell<'_>) -> Markup {
    let label = text!("切换深浅色", "Light or dark").of(shell.lang);
    html! {
        button class="topbar-action js-only" type="button" data-theme-switch title=(label)
            aria-label=(label) {
            span class="icon-light" { (icon("moon")) }
            span class="icon-dark" { (icon("sun")) }
        }
    }
}

fn user_menu(user: &UserBox<'_>) -> Markup {
    let initial: String = user.name.chars().take(1).collect();
    html! {
        details class="dropdown" data-menu {
            summary class="topbar-action" {
                span class="avatar" aria-hidden="true" { (initial) }
                span class="user-text" {
                    span class="user-name" { (user.name) }
                    span class="user-post" { (user.post) }
                }
            }
            div class="dropdown-panel" {
                p class="dropdown-title" { (user.name) " · " (user.post) }
                (user.menu)
            }
        }
    }
}

/// A link in the top bar; on a small screen only its sign is seen.
pub fn bar_link(href: &str, sign: &str, label: &str) -> Markup {
    html! {
        a class="topbar-action" href=(href) title=(label) aria-label=(label) {
            (icon(sign)) span class="topbar-text" { (label) }
        }
    }
}

/// The bell in the top bar: what came in, and how much of it is new. `count` is empty when nothing
/// is; `label` says both in words.
pub fn bar_bell(href: &str, count: &str, label: &str) -> Markup {
    html! {
        a class="topbar-action topbar-bell" href=(href) title=(label) aria-label=(label) {
            (icon("bell"))
            @if !count.is_empty() { span class="bell-count" aria-hidden="true" { (count) } }
        }
    }
}

/// The submit button of a form in the top bar.
pub fn bar_button(sign: &str, label: &str) -> Markup {
    html! {
        button class="topbar-action" type="submit" title=(label) aria-label=(label) {
            (icon(sign)) span class="topbar-text" { (label) }
        }
    }
}
