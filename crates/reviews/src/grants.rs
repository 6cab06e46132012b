//! The permissions of this room and who holds them.

use kernel::{Grant, Permission, Role};

const READERS: &[Role] = &[
    Role::Leader,
    Role::Secretary,
    Role::Chief,
    Role::Officer,
    Role::Head,
    Role::Liaison,
    Role::Inspector,
];

/// 指标库: what is measured and how.
pub(crate) const MEASURES: Permission = Permission("reviews.measures");
/// One measure with the figures of the units.
pub(crate) const MEASURE: Permission = Permission("reviews.measure");
/// The records behind a figure.
pub(crate) const RECORDS: Permission = Permission("reviews.records");

pub(crate) const GRANTS: &[Grant] = &[
    Grant { permission: MEASURES, roles: READERS },
    Grant { permission: MEASURE, roles: READERS },
    Grant { permission: RECORDS, roles: READERS },
];
