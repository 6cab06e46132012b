//! The sidebar; on a small screen the menu of the one bar.

use kernel::text;
use maud::{Markup, html};

use super::Shell;
use crate::assets::asset_url;
use crate::{icon, num};

/// A way in the sidebar.
#[derive(Clone, Copy, Debug, Default)]
pub struct NavItem<'a> {
    /// Where it leads.
    pub href: &'a str,
    /// Its name.
    pub label: &'a str,
    /// Its sign.
    pub icon: &'a str,
    /// Whether the page belongs to it.
    pub active: bool,
    /// How many things wait there.
    pub badge: Option<u32>,
    /// A heading that starts a group with this way.
    pub heading: Option<&'a str>,
}

/// Opens without script: a checkbox that shows the list.
pub(super) fn sidebar(shell: &Shell<'_>) -> Markup {
    let menu = text!("主菜单", "Main menu").of(shell.lang);
    html! {
        header class="sidebar" {
            input class="menu-toggle" type="checkbox" id="menu-toggle" autocomplete="off"
                aria-label=(menu);
            span class="menu-button" aria-hidden="true" { (icon("menu")) }
            a class="brand" href={ (shell.base) "/" } {
                (mark())
                span class="brand-name" { (shell.product) }
            }
            nav class="nav" aria-label=(menu) {
                @for item in shell.nav { (way(item)) }
            }
        }
    }
}

/// The product's sign.
pub(super) fn mark() -> Markup {
    html! { img class="brand-mark" src=(asset_url("favicon.svg")) alt="" width="30" height="30"; }
}

fn way(item: &NavItem<'_>) -> Markup {
    html! {
        @if let Some(heading) = item.heading { p class="nav-group" { (heading) } }
        a class="nav-link" href=(item.href) aria-current=[item.active.then_some("page")] {
            (icon(item.icon)) span { (item.label) }
            @if let Some(badge) = item.badge.filter(|n| *n > 0) {
                span class="nav-count" { (num::count(i64::from(badge))) }
            }
        }
    }
}
