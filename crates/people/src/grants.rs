//! The permissions of this room and who holds them.

use kernel::{Grant, Permission, Role};

macro_rules! permissions {
    ($($(#[$meta:meta])* $vis:vis $name:ident = $word:literal for $roles:expr;)+) => {
        $($(#[$meta])* $vis const $name: Permission = Permission($word);)+

        pub(crate) const GRANTS: &[Grant] = &[
            $(Grant { permission: $name, roles: $roles },)+
        ];
    };
}

const EVERYBODY: &[Role] = &Role::ALL;

permissions! {
    /// Own account, sessions and password: everybody who is signed in.
    pub OWN_ACCOUNT = "people.account" for EVERYBODY;
    /// Ending one's session.
    pub SIGN_OUT = "people.sign_out" for EVERYBODY;
    /// Acting in another of one's posts.
    pub SWITCH_POST = "people.switch_post" for EVERYBODY;
    pub(crate) CHANGE_PASSWORD = "people.change_password" for EVERYBODY;
    pub(crate) ENROL_FACTOR = "people.enrol_factor" for EVERYBODY;
    pub(crate) DROP_FACTOR = "people.drop_factor" for EVERYBODY;
    pub(crate) END_SESSION = "people.end_session" for EVERYBODY;
    pub(crate) END_OTHER_SESSIONS = "people.end_other_sessions" for EVERYBODY;
    pub(crate) MAKE_TOKEN = "people.make_token" for EVERYBODY;
    pub(crate) REVOKE_TOKEN = "people.revoke_token" for EVERYBODY;
}
