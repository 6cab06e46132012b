//! The permissions of this room and who holds them.

use kernel::{Grant, Permission, Role};

/// One's own desk: everybody who is signed in.
pub(crate) const HOME: Permission = Permission("desk.home");
/// Reading the journal.
pub(crate) const JOURNAL: Permission = Permission("desk.journal");
/// Reading the access log.
pub(crate) const ACCESS: Permission = Permission("desk.access");
/// Verifying the journal and seeing what was found.
pub(crate) const VERIFY: Permission = Permission("desk.verify");

pub(crate) const GRANTS: &[Grant] = &[
    Grant { permission: HOME, roles: &Role::ALL },
    Grant { permission: JOURNAL, roles: &[Role::AuditAdmin, Role::Inspector] },
    Grant { permission: ACCESS, roles: &[Role::AuditAdmin] },
    Grant { permission: VERIFY, roles: &[Role::AuditAdmin] },
];
