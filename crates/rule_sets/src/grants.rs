//! The permissions of this room and who holds them.

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

permissions! {
    /// The list of rule sets.
    LIST = "rule_sets.list": READERS;
    /// One rule set with its versions.
    CARD = "rule_sets.card": READERS;
    /// One version.
    VERSION = "rule_sets.version": READERS;
    /// What changed between two versions.
    DIFFERENCE = "rule_sets.difference": READERS;
    /// The text of the rules as a sheet that prints.
    PRINT = "rule_sets.print": READERS;
    /// The text of the rules for Word.
    DOCUMENT = "rule_sets.document": READERS;
    /// The document as YAML, to be downloaded.
    YAML = "rule_sets.yaml": READERS;
    /// The issued document, to be downloaded.
    PAPER = "rule_sets.paper": READERS;
    /// 起草: a rule set is begun.
    BEGIN = "rule_sets.begin": BUREAU;
    /// 起草下一版.
    BEGIN_VERSION = "rule_sets.begin_version": BUREAU;
    /// Writing a part of a draft.
    WRITE = "rule_sets.write": BUREAU;
    /// Writing a draft as YAML.
    WRITE_YAML = "rule_sets.write_yaml": BUREAU;
    /// Changing the numbers of a draft.
    WRITE_NUMBERS = "rule_sets.write_numbers": BUREAU;
    /// Giving up a draft.
    DISCARD = "rule_sets.discard": BUREAU;
    /// 送审.
    SEND = "rule_sets.send": &[Role::Officer];
    /// 审核.
    CHECK = "rule_sets.check": &[Role::Chief];
    /// 登记印发: it is adopted by its issued document.
    ADOPT = "rule_sets.adopt": BUREAU;
    /// 废止: it no longer holds from a period on.
    END = "rule_sets.end": &[Role::Chief];
}
