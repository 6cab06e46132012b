//! The room of messages 消息: what happened and concerns somebody comes to their tray.
//!
//! Invariants: a message is addressed to a seat 席位, so that the next holder and a stand-in find
//! it; who did something is not told of it; messages follow from the journal and can be dropped and
//! filled again; what is kept beside them says only what was read in a tray, never by whom or when;
//! a digest or an urgent message leaves on working days only, in the hours of the office, once.
//!
//! Tables: `messages` (derived); `read_marks`, `read_messages`, `outbox`, `post_digests`,
//! `sending_turns` (operational). No facts.

mod acts;
pub mod channel;
pub mod demo;
mod digest;
mod follower;
mod grants;
pub mod inbox;
mod letter;
pub mod mail;
mod outbox;
mod pages;
pub mod sending;
mod store;
mod tables;
pub mod webhook;
mod words;

use journal::{Boxed, Entry, Migration, Result, Room, Row as _, Tables};
use web::{Nav, Plan, Route};

/// The room as the journal sees it: it has no facts of its own.
pub const ROOM: Room = Room {
    name: "messages",
    migrations: &[
        Migration { name: "0001_inbox", sql: include_str!("../migrations/0001_inbox.sql") },
        Migration { name: "0002_outbox", sql: include_str!("../migrations/0002_outbox.sql") },
        Migration { name: "0003_waiting", sql: include_str!("../migrations/0003_waiting.sql") },
    ],
    tables: &[
        tables::MessageRow::SPEC,
        tables::ReadMarkRow::SPEC,
        tables::ReadMessageRow::SPEC,
        tables::OutboxRow::SPEC,
        tables::PostDigestRow::SPEC,
        tables::SendingTurnRow::SPEC,
    ],
    blobs: &[],
    kinds: &[],
    apply,
};

/// What this room hands to the building.
pub fn plan() -> Plan {
    Plan {
        room: ROOM,
        routes: vec![
            Route::page("/inbox", grants::INBOX, words::INBOX, pages::inbox::show)
                .query(pages::inbox::QUERY)
                .bell(pages::inbox::bell),
            acts::read_message::open_route(),
            acts::read_message::route(),
            acts::read_all::route(),
            Route::page(
                "/deliveries",
                grants::DELIVERIES,
                words::DELIVERIES,
                pages::deliveries::show,
            )
            .query(pages::deliveries::QUERY),
            acts::try_again::route(),
            acts::try_again::all_route(),
            acts::send_test::route(),
        ],
        grants: grants::GRANTS,
        nav: NAV,
        followers: vec![follower::FOLLOWER],
        titles: None,
        beside: None,
        papers: &[],
        measures: None,
    }
}

const NAV: &[Nav] = &[
    Nav { order: 5, label: words::INBOX, href: "/inbox", icon: "inbox", permission: grants::INBOX },
    Nav {
        order: 155,
        label: words::DELIVERIES,
        href: "/deliveries",
        icon: "send",
        permission: grants::DELIVERIES,
    },
];

fn apply<'a>(entry: &'a Entry, _tables: &'a mut Tables<'_>) -> Boxed<'a, Result<()>> {
    Box::pin(async move { Err(journal::Error::fault(format!("messages apply no {}", entry.kind))) })
}
