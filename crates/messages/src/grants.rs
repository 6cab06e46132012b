//! The permissions of this room and who holds them.

use kernel::{Grant, Permission, Role};

/// One's own tray.
pub(crate) const INBOX: Permission = Permission("messages.inbox");
/// Opening what a message is about; it is read then.
pub(crate) const OPEN: Permission = Permission("messages.open");
/// Marking one message as read.
pub(crate) const READ: Permission = Permission("messages.read");
/// Marking everything as read.
pub(crate) const READ_ALL: Permission = Permission("messages.read_all");

/// Who is told of business.
const TOLD: &[Role] = &[
    Role::Leader,
    Role::Secretary,
    Role::Chief,
    Role::Officer,
    Role::Head,
    Role::Liaison,
    Role::Department,
];

pub(crate) const GRANTS: &[Grant] = &[
    Grant { permission: INBOX, roles: TOLD },
    Grant { permission: OPEN, roles: TOLD },
    Grant { permission: READ, roles: TOLD },
    Grant { permission: READ_ALL, roles: TOLD },
];
