//! The permissions of this room and who holds them.

use kernel::{Grant, Permission, Role};

/// Own account, sessions and password: everybody who is signed in.
pub const OWN_ACCOUNT: Permission = Permission("people.account");
/// Ending one's session.
pub const SIGN_OUT: Permission = Permission("people.sign_out");
/// Acting in another of one's posts.
pub const SWITCH_POST: Permission = Permission("people.switch_post");

pub(crate) const GRANTS: &[Grant] = &[
    Grant { permission: OWN_ACCOUNT, roles: &Role::ALL },
    Grant { permission: SIGN_OUT, roles: &Role::ALL },
    Grant { permission: SWITCH_POST, roles: &Role::ALL },
];
