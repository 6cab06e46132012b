//! The table role × permission with the number of posts that hold each role.

use std::collections::BTreeMap;

use journal::Result;
use kernel::Role;
use maud::{Markup, html};
use serde::Serialize;
use ui::table::{Column, Row, Shape, Table};
use ui::{layout, part};
use web::{Answer, Call, Route, View};

use crate::{grants, store, words};

pub(crate) fn route() -> Route {
    Route::page("/permissions", grants::PERMISSIONS, words::PERMISSIONS, permissions)
}

#[derive(Serialize)]
struct PermissionsView {
    permissions: Vec<PermissionLine>,
    holders: Vec<(Role, usize)>,
}

#[derive(Serialize)]
struct PermissionLine {
    permission: &'static str,
    roles: Vec<Role>,
}

async fn permissions(call: Call) -> Result<Answer> {
    let posts = store::post_titles(&mut call.read().await?, call.city()?, call.today()).await?;
    let mut counts: BTreeMap<Role, usize> = BTreeMap::new();
    for post in &posts {
        *counts.entry(post.role).or_default() += 1;
    }
    let holders = Role::ALL.into_iter().map(|r| (r, counts.get(&r).copied().unwrap_or_default()));
    let permissions = call.grants().into_iter().map(|(permission, roles)| PermissionLine {
        permission: permission.0,
        roles: Role::ALL.into_iter().filter(|role| roles.contains(role)).collect(),
    });
    call.page(&PermissionsView { permissions: permissions.collect(), holders: holders.collect() })
}

impl View for PermissionsView {
    fn title(&self, call: &Call) -> String {
        words::PERMISSIONS.of(call.lang).to_owned()
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let mut columns = vec![Column::lead(words::PERMISSION.of(lang))];
        columns.push(Column::number(words::COUNT.of(lang)));
        let role = |role| Column {
            align: ui::table::Align::Center,
            ..Column::text(words::role(role, lang))
        };
        columns.extend(self.holders.iter().map(|(r, _)| role(*r)));
        let rows = self.permissions.iter().map(|line| {
            let mut cells = vec![
                html! {
                    code { (line.permission) }
                    @if let Some(title) = call.act_title(line.permission) { " " (title.of(lang)) }
                },
                html! { (line.roles.len()) },
            ];
            cells.extend(self.holders.iter().map(|(role, _)| {
                html! { @if line.roles.contains(role) { "✓" } @else { "" } }
            }));
            Row { cells, ..Row::default() }
        });
        let mut foot = vec![html! { (words::HOLDERS.of(lang)) }, html! {}];
        foot.extend(self.holders.iter().map(|(_, n)| html! { (n) }));
        let table = Table {
            caption: words::PERMISSIONS.of(lang),
            columns: &columns,
            rows: rows.collect(),
            foot: Some(foot),
            shape: Shape::Scroll,
            ..Table::default()
        };
        layout::stack(html! {
            p class="muted" { (words::PERMISSIONS_NOTE.of(lang)) }
            (part::card_flush(None, None, table.render()))
        })
    }
}
