//! The desk: where each role begins, and what auditors read. Reads many rooms, changes none of
//! their tables.

mod acts;
mod grants;
mod home;
mod pages;
mod store;
pub mod verification;
mod words;

use journal::{Boxed, Entry, Migration, Result, Room, Row as _, Tables};
use kernel::{Permission, Text, text};
use web::{Nav, Plan, Route};

/// The room as the journal sees it: it has no facts of its own.
pub const ROOM: Room = Room {
    name: "desk",
    migrations: &[
        Migration { name: "0001_desk", sql: include_str!("../migrations/0001_desk.sql") },
        Migration {
            name: "0002_files_checked",
            sql: include_str!("../migrations/0002_files_checked.sql"),
        },
    ],
    tables: &[store::VerificationRow::SPEC],
    blobs: &[],
    kinds: &[],
    apply,
};

/// What this room hands to the building.
pub fn plan() -> Plan {
    Plan {
        room: ROOM,
        routes: vec![
            Route::page("/", grants::HOME, text!("工作台", "Desk"), pages::home::show)
                .query(pages::home::QUERY),
            Route::page("/journal", grants::JOURNAL, words::JOURNAL, pages::journal::show)
                .query(pages::journal::QUERY),
            Route::page("/access", grants::ACCESS, words::ACCESS, pages::access::show)
                .query(pages::access::QUERY),
            Route::page(
                "/verification",
                grants::VERIFY,
                words::VERIFICATION,
                pages::verification::show,
            ),
            acts::verify::route(),
        ],
        grants: grants::GRANTS,
        nav: NAV,
        followers: Vec::new(),
        titles: None,
        beside: None,
        papers: &[],
        measures: None,
    }
}

const NAV: &[Nav] = &[
    way(0, text!("工作台", "Desk"), "/", "home", grants::HOME),
    way(200, words::JOURNAL, "/journal", "history", grants::JOURNAL),
    way(210, words::ACCESS, "/access", "eye", grants::ACCESS),
    way(220, words::VERIFICATION, "/verification", "shield", grants::VERIFY),
];

const fn way(
    order: u16,
    label: Text,
    href: &'static str,
    icon: &'static str,
    permission: Permission,
) -> Nav {
    Nav { order, label, href, icon, permission }
}

fn apply<'a>(entry: &'a Entry, _tables: &'a mut Tables<'_>) -> Boxed<'a, Result<()>> {
    Box::pin(
        async move { Err(journal::Error::fault(format!("the desk applies no {}", entry.kind))) },
    )
}
