//! The desk: where each role begins, and what auditors read. Reads many rooms, changes none of
//! their tables.

mod grants;
mod home;
mod pages;

use journal::{Boxed, Entry, Result, Room, Tables};
use kernel::text;
use web::{Nav, Plan, Route};

/// The room as the journal sees it: it has no facts of its own.
pub const ROOM: Room = Room { name: "desk", migrations: &[], tables: &[], kinds: &[], apply };

/// What this room hands to the building.
pub fn plan() -> Plan {
    Plan {
        room: ROOM,
        routes: vec![Route::page("/", grants::HOME, text!("工作台", "Desk"), pages::home::show)],
        grants: grants::GRANTS,
        nav: &[Nav {
            order: 0,
            label: text!("工作台", "Desk"),
            href: "/",
            icon: "home",
            permission: grants::HOME,
        }],
        followers: Vec::new(),
        titles: None,
    }
}

fn apply<'a>(entry: &'a Entry, _tables: &'a mut Tables<'_>) -> Boxed<'a, Result<()>> {
    Box::pin(
        async move { Err(journal::Error::fault(format!("the desk applies no {}", entry.kind))) },
    )
}
