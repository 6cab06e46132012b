//! The room of people: units and peer groups, lines of work, persons and the posts they hold,
//! accounts and sign-in, series of sittings, settings and the work calendar.
//!
//! Invariants: rights belong to a post, not to a person; a transfer ends them at once and history
//! keeps the post then held; names and numbers are sealed values; system, security and audit
//! administrator exclude each other and all business (one account per person, one class per
//! account, checked by [`found::take_post`] and by triggers); numbers of sittings follow sittings held.
//!
//! Tables: `units`, `peer_groups`, `group_members`, `lines`, `persons`, `posts`, `watches`,
//! `accounts`, `settings`, `calendar_years`, `calendar_days`, `series`, `sittings`,
//! `sitting_roles`, `access_digests` (records); `sign_in_names`, `credentials`, `former_passwords`, `sessions`,
//! `carried_forms`, `account_uses`, `tokens`, `access_log`, `sign_in_failures`,
//! `quiet_persons` (operational).

pub mod access;
mod acts;
pub mod calendar;
pub mod carried;
mod choices;
pub mod codes;
pub mod demo;
pub mod digest;
mod doorkeeper;
pub mod export;
pub mod factor;
mod facts;
pub mod found;
pub mod grants;
mod import;
mod mail;
pub mod notice;
pub mod now;
mod own;
mod pages;
pub mod password;
mod post;
mod regions;
mod session;
pub mod setting;
pub mod sitting;
pub mod store;
pub mod tables;
mod titles;
pub mod token;
pub mod unused;
pub mod words;

use journal::{Fact as _, Migration, Room, Row as _, TableSpec};
use kernel::{Permission, Text};
use web::{Nav, Plan, Route};

pub use doorkeeper::Door;
pub use grants::{OWN_ACCOUNT, SIGN_OUT, SWITCH_POST};
pub use regions::history;

/// The room as the journal sees it.
pub const ROOM: Room = Room {
    name: "people",
    migrations: &[
        Migration { name: "0001_people", sql: include_str!("../migrations/0001_people.sql") },
        Migration { name: "0002_exclusive", sql: include_str!("../migrations/0002_exclusive.sql") },
        Migration { name: "0003_carried", sql: include_str!("../migrations/0003_carried.sql") },
        Migration { name: "0004_uses", sql: include_str!("../migrations/0004_uses.sql") },
        Migration { name: "0005_digests", sql: include_str!("../migrations/0005_digests.sql") },
        Migration { name: "0006_last_seen", sql: include_str!("../migrations/0006_last_seen.sql") },
        Migration { name: "0007_quiet", sql: include_str!("../migrations/0007_quiet.sql") },
        Migration {
            name: "0009_series_continued",
            sql: include_str!("../migrations/0009_series_continued.sql"),
        },
    ],
    tables: TABLES,
    blobs: &[],
    kinds: facts::Fact::KINDS,
    apply: facts::apply,
};

const TABLES: &[TableSpec] = &[
    tables::UnitRow::SPEC,
    tables::PeerGroupRow::SPEC,
    tables::GroupMemberRow::SPEC,
    tables::LineRow::SPEC,
    tables::PersonRow::SPEC,
    tables::PostRow::SPEC,
    tables::WatchRow::SPEC,
    tables::AccountRow::SPEC,
    tables::SettingRow::SPEC,
    tables::CalendarYearRow::SPEC,
    tables::CalendarDayRow::SPEC,
    tables::SeriesRow::SPEC,
    tables::SittingRow::SPEC,
    tables::SittingRoleRow::SPEC,
    tables::SignInNameRow::SPEC,
    tables::CredentialRow::SPEC,
    tables::AccountUseRow::SPEC,
    tables::FormerPasswordRow::SPEC,
    tables::SessionRow::SPEC,
    tables::CarriedFormRow::SPEC,
    tables::TokenRow::SPEC,
    tables::AccessRow::SPEC,
    tables::AccessDigestRow::SPEC,
    tables::SignInFailureRow::SPEC,
    tables::QuietPersonRow::SPEC,
];

/// What this room hands to the building.
pub fn plan() -> Plan {
    Plan {
        room: ROOM,
        routes: routes(),
        grants: grants::GRANTS,
        nav: NAV,
        followers: Vec::new(),
        titles: Some(titles::titles),
        beside: None,
        papers: &[],
        measures: None,
    }
}

fn routes() -> Vec<Route> {
    let mut routes = pages::routes();
    routes.extend(acts::own_routes());
    routes.extend(acts::register_routes());
    routes.extend(web::import::routes(&import::units::SPEC));
    routes.extend(web::import::routes(&import::persons::SPEC));
    routes
}

const NAV: &[Nav] = &[
    way(100, words::UNITS, "/units", "building", grants::UNITS),
    way(110, words::PERSONS, "/persons", "users", grants::PERSONS),
    way(120, words::ACCOUNTS, "/accounts", "key", grants::ACCOUNTS),
    way(130, words::SERIES, "/series", "gavel", grants::SERIES),
    way(140, words::CALENDAR, "/calendar", "calendar", grants::CALENDAR),
    way(150, words::SETTINGS, "/settings", "settings", grants::SETTINGS),
    way(160, words::PERMISSIONS, "/permissions", "shield", grants::PERMISSIONS),
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
