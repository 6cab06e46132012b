//! What people see in this room, one file each.

pub(crate) mod account;
pub(crate) mod account_card;
pub(crate) mod accounts;
pub(crate) mod calendar;
pub(crate) mod exports;
pub(crate) mod group;
pub(crate) mod groups;
pub(crate) mod language;
pub(crate) mod line;
pub(crate) mod lines;
pub(crate) mod permissions;
pub(crate) mod person;
pub(crate) mod persons;
pub(crate) mod series;
pub(crate) mod series_card;
pub(crate) mod settings;
pub(crate) mod sitting;
pub(crate) mod unit;
pub(crate) mod units;

use web::Route;

/// All pages of this room.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        account::route(),
        account_card::route(),
        accounts::route(),
        calendar::route(),
        exports::persons_route(),
        exports::units_route(),
        group::route(),
        groups::route(),
        language::route(),
        line::route(),
        lines::route(),
        permissions::route(),
        person::route(),
        persons::route(),
        series::route(),
        series_card::route(),
        settings::route(),
        sitting::route(),
        unit::route(),
        units::route(),
    ]
}
