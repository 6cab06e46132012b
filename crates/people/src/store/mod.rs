//! All SQL of this room: reading people, posts, sittings and the calendar.

mod calendar;
mod carried;
mod digests;
mod door;
pub mod leading;
mod log;
mod posts;
mod recipients;
mod units;
mod uses;

use journal::{JurisdictionRow, Result, Row as _, Tx, args};
use kernel::{Id, Jurisdiction};

pub use calendar::{
    SeriesSitting, calendar, calendar_days, calendar_years, next_number, series, setting, sitting,
    sitting_roles, sittings,
};
pub(crate) use carried::*;
pub(crate) use digests::*;
pub(crate) use door::*;
pub use log::{AccessFilter, AccessLine, access_lines};
pub(crate) use log::{
    AccountLine, account_line, account_lines, accounts_for_codes, city_of_name, name_taken,
};
pub(crate) use posts::watching;
pub(crate) use posts::{
    PersonLine, PostFilter, PostLine, all_posts_of, erased_of, person, persons,
    persons_without_post, post_history, post_register, posts_after, sealed_of,
};
pub use posts::{
    PostTitle, actor_of, held_by, holders, post, post_title, post_titles, posts_of, watches,
};
pub use recipients::{Recipient, recipient, recipients};
pub(crate) use recipients::{is_quiet, want_digest, want_no_digest};
pub(crate) use units::{group, line, members, memberships, short_name_taken, titles, units_below};
pub use units::{grouping, groups, lines, subtree, unit, units};
pub(crate) use uses::*;

/// The city itself.
pub async fn jurisdiction(tx: &mut Tx, city: Id<Jurisdiction>) -> Result<JurisdictionRow> {
    let columns = &JurisdictionRow::sql().columns;
    tx.one(&format!("SELECT {columns} FROM jurisdictions WHERE jurisdiction_id = $1"), args![city])
        .await
}

/// Makes a row of an operational table.
pub(crate) async fn put<R: journal::Row>(tx: &mut Tx, row: &R) -> Result<()> {
    journal::Tables::operational(tx).put(row).await
}
