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

/// Who sees how the government is built.
const INSIDE: &[Role] = &[
    Role::Leader,
    Role::Secretary,
    Role::Chief,
    Role::Officer,
    Role::Head,
    Role::Liaison,
    Role::Department,
    Role::Cadre,
    Role::Inspector,
    Role::SystemAdmin,
    Role::SecurityAdmin,
    Role::AuditAdmin,
];
const SYSTEM: &[Role] = &[Role::SystemAdmin];
const SECURITY: &[Role] = &[Role::SecurityAdmin];
const BUREAU: &[Role] = &[Role::Chief, Role::Officer];
const ADMINS: &[Role] = &[Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin];

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
    pub(crate) CHOOSE_DIGEST = "people.choose_digest" for EVERYBODY;
    pub(crate) REVOKE_TOKEN = "people.revoke_token" for EVERYBODY;

    /// Seeing the tree of units and a unit's card.
    pub UNITS = "people.units" for INSIDE;
    /// 导出单位: the units as a spreadsheet.
    pub EXPORT_UNITS = "people.export_units" for INSIDE;
    /// 导出任职: who holds which post, as a spreadsheet, without numbers.
    pub EXPORT_PERSONS = "people.export_persons" for &[
        Role::Chief, Role::Officer, Role::SecurityAdmin, Role::AuditAdmin,
    ];
    /// Seeing the peer groups.
    pub GROUPS = "people.groups" for INSIDE;
    /// Seeing the lines of work.
    pub LINES = "people.lines" for INSIDE;
    /// Seeing who holds which post.
    pub PERSONS = "people.persons" for &[
        Role::Chief, Role::Officer, Role::SecurityAdmin, Role::AuditAdmin,
    ];
    /// Seeing the register of accounts.
    pub ACCOUNTS = "people.accounts" for &[Role::SecurityAdmin, Role::AuditAdmin];
    /// Seeing series and sittings.
    pub SERIES = "people.series" for INSIDE;
    /// Seeing the work calendar.
    pub CALENDAR = "people.calendar" for INSIDE;
    /// Seeing the settings.
    pub SETTINGS = "people.settings" for ADMINS;
    /// Seeing the table role × permission.
    pub PERMISSIONS = "people.permissions" for &[
        Role::Chief, Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin,
    ];

    /// 导入单位: units from a spreadsheet.
    pub(crate) IMPORT_UNITS = "people.import_units" for SYSTEM;
    /// 导入人员: persons and posts from a spreadsheet.
    pub(crate) IMPORT_PERSONS = "people.import_persons" for SECURITY;
    pub(crate) ADD_UNIT = "people.add_unit" for SYSTEM;
    pub(crate) RENAME_UNIT = "people.rename_unit" for SYSTEM;
    pub(crate) END_UNIT = "people.end_unit" for SYSTEM;
    pub(crate) JOIN_GROUP = "people.join_group" for SYSTEM;
    pub(crate) LEAVE_GROUP = "people.leave_group" for SYSTEM;
    pub(crate) ADD_GROUP = "people.add_group" for SYSTEM;
    pub(crate) CHANGE_GROUP = "people.change_group" for SYSTEM;
    pub(crate) ADD_LINE = "people.add_line" for SYSTEM;
    pub(crate) CHANGE_LINE = "people.change_line" for SYSTEM;
    pub(crate) ADD_SERIES = "people.add_series" for SYSTEM;
    pub(crate) CONFIRM_YEAR = "people.confirm_year" for SYSTEM;
    pub(crate) SET_THRESHOLDS = "people.set_thresholds" for SYSTEM;

    pub(crate) ADD_PERSON = "people.add_person" for SECURITY;
    pub(crate) RENAME_PERSON = "people.rename_person" for SECURITY;
    pub(crate) ERASE_PERSONAL = "people.erase_personal" for SECURITY;
    pub(crate) TAKE_POST = "people.take_post" for SECURITY;
    pub(crate) STAND_IN = "people.stand_in" for SECURITY;
    pub(crate) LEAVE_POST = "people.leave_post" for SECURITY;
    pub(crate) SET_WATCHES = "people.set_watches" for &[Role::Chief, Role::SecurityAdmin];
    pub(crate) OPEN_ACCOUNT = "people.open_account" for SECURITY;
    pub(crate) RESET_PASSWORD = "people.reset_password" for SECURITY;
    pub(crate) DISABLE_ACCOUNT = "people.disable_account" for SECURITY;
    pub(crate) ENABLE_ACCOUNT = "people.enable_account" for SECURITY;
    pub(crate) REMOVE_FACTOR = "people.remove_factor" for SECURITY;
    pub(crate) SET_SECURITY = "people.set_security" for SECURITY;

    pub(crate) PLAN_SITTING = "people.plan_sitting" for BUREAU;
    pub(crate) HOLD_SITTING = "people.hold_sitting" for BUREAU;
    pub(crate) SKIP_SITTING = "people.skip_sitting" for BUREAU;
}
