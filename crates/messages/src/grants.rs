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

/// What left the program, and what did not.
pub(crate) const DELIVERIES: Permission = Permission("messages.deliveries");
/// Having one message tried again.
pub(crate) const TRY_AGAIN: Permission = Permission("messages.try_again");
/// Having everything tried again that was given up.
pub(crate) const TRY_ALL: Permission = Permission("messages.try_all");
/// Sending a test message to oneself.
pub(crate) const SEND_TEST: Permission = Permission("messages.send_test");

/// Who sees to it that messages arrive.
const KEEPERS: &[Role] = &[Role::Chief, Role::SystemAdmin];

/// Who is told of business.
pub(crate) const TOLD: &[Role] = &[
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
    Grant { permission: DELIVERIES, roles: KEEPERS },
    Grant { permission: TRY_AGAIN, roles: KEEPERS },
    Grant { permission: TRY_ALL, roles: KEEPERS },
    Grant { permission: SEND_TEST, roles: KEEPERS },
];
