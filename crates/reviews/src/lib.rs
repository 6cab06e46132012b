//! The room of reviews 月讲评. For now it holds the library of measures 取数口径: what each says,
//! the figures of every unit for a period, and the records behind each figure.
//!
//! Invariants: a figure and its records come from one reading of one query; what was learned after
//! the cut changes neither; units are shown in their peer groups, never unlike ones in one list, and
//! persons nowhere; a unit sees itself, an inspector what the inspection is limited to.
//!
//! No tables and no facts yet.

mod grants;
mod pages;
mod period;
mod store;
mod words;

use journal::{Boxed, Entry, Error, Result, Room, Tables};
use web::{Nav, Plan, Route};

/// The room as the journal sees it: it has no facts of its own yet.
pub const ROOM: Room =
    Room { name: "reviews", migrations: &[], tables: &[], blobs: &[], kinds: &[], apply };

/// What this room hands to the building.
pub fn plan() -> Plan {
    Plan {
        room: ROOM,
        routes: vec![
            Route::page("/measures", grants::MEASURES, words::MEASURES, pages::measures::show),
            Route::page("/measures/{code}", grants::MEASURE, words::MEASURE, pages::measure::show),
            Route::page(
                "/measures/{code}/records",
                grants::RECORDS,
                words::RECORDS,
                pages::records::show,
            ),
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

const NAV: &[Nav] = &[Nav {
    order: 60,
    label: words::MEASURES,
    href: "/measures",
    icon: "chart",
    permission: grants::MEASURES,
}];

fn apply<'a>(entry: &'a Entry, _tables: &'a mut Tables<'_>) -> Boxed<'a, Result<()>> {
    Box::pin(async move { Err(Error::fault(format!("reviews apply no {}", entry.kind))) })
}
