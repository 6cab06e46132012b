//! The permissions of this room and who holds them. Which indicators a department enters and a
//! head checks is asked of the indicator.

use kernel::{Grant, Permission, Role};

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $word:literal: $roles:expr;)+) => {
        $($(#[$doc])* pub(crate) const $name: Permission = Permission($word);)+

        pub(crate) const GRANTS: &[Grant] = &[$(Grant { permission: $name, roles: $roles }),+];
    };
}

const BUREAU: &[Role] = &[Role::Chief, Role::Officer];
const READERS: &[Role] = &[
    Role::Leader,
    Role::Secretary,
    Role::Chief,
    Role::Officer,
    Role::Head,
    Role::Liaison,
    Role::Department,
    Role::Inspector,
];
const ENTERERS: &[Role] =
    &[Role::Chief, Role::Officer, Role::Head, Role::Liaison, Role::Department];
const CHECKERS: &[Role] = &[Role::Chief, Role::Officer, Role::Head];

permissions! {
    /// The list of indicators.
    LIST = "indicators.list": READERS;
    /// One indicator and its months.
    CARD = "indicators.card": READERS;
    /// The values of one indicator in one month.
    SHEET = "indicators.sheet": READERS;
    /// The values of one unit in one month.
    UNIT = "indicators.unit": READERS;
    /// One value with its vintages and its source.
    OBSERVATION = "indicators.observation": READERS;
    /// A file of a source document, to be downloaded.
    FILE = "indicators.file": READERS;
    /// Adding an indicator.
    ADD = "indicators.add": BUREAU;
    /// Changing what an indicator says of itself.
    CHANGE = "indicators.change": BUREAU;
    /// Ending an indicator.
    END = "indicators.end": &[Role::Chief];
    /// Entering the values of a sheet.
    ENTER = "indicators.enter": ENTERERS;
    /// Keeping what was typed into a sheet.
    KEEP = "indicators.keep": ENTERERS;
    /// Entering an event.
    ENTER_EVENT = "indicators.enter_event": ENTERERS;
    /// Entering an event once more, put right.
    CORRECT_EVENT = "indicators.correct_event": ENTERERS;
    /// Checking what another post entered.
    CHECK = "indicators.check": CHECKERS;
    /// Taking a value back.
    WITHDRAW = "indicators.withdraw": ENTERERS;
}
