//! The permissions of this room and who holds them.

use kernel::{Grant, Permission, Role};

/// One's own desk: everybody who is signed in.
pub(crate) const HOME: Permission = Permission("desk.home");

pub(crate) const GRANTS: &[Grant] = &[Grant { permission: HOME, roles: &Role::ALL }];
