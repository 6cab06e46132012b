//! The permissions of this room and who holds them.

use kernel::{Grant, Permission, Role};

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $word:literal: $roles:expr;)+) => {
        $($(#[$doc])* pub(crate) const $name: Permission = Permission($word);)+

        pub(crate) const GRANTS: &[Grant] = &[$(Grant { permission: $name, roles: $roles }),+];
    };
}

const BUREAU: &[Role] = &[Role::Chief, Role::Officer];
const UNIT: &[Role] = &[Role::Head, Role::Liaison];
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
const LEADERS_AND_BUREAU: &[Role] = &[Role::Leader, Role::Secretary, Role::Chief, Role::Officer];

permissions! {
    /// The list of slips.
    LIST = "slips.list": READERS;
    /// 导出督办单: the list as a spreadsheet.
    EXPORT = "slips.export": READERS;
    /// One slip.
    CARD = "slips.card": READERS;
    /// One slip as a sheet that prints.
    PRINT = "slips.print": READERS;
    /// One slip for Word.
    DOCUMENT = "slips.document": READERS;
    /// The ladder.
    LADDER = "slips.ladder": LEADERS_AND_BUREAU;
    /// Setting the ladder.
    SET_LADDER = "slips.set_ladder": &[Role::Chief];
    /// 未按时反馈.
    MISSED = "slips.missed": LEADERS_AND_BUREAU;
    /// The list of missed reports as a spreadsheet.
    EXPORT_MISSED = "slips.export_missed": LEADERS_AND_BUREAU;
    /// Drafting a slip by hand.
    DRAFT = "slips.draft": BUREAU;
    /// Changing the words of a draft.
    WRITE = "slips.write": BUREAU;
    /// Sending a draft into the chain.
    SEND = "slips.send": &[Role::Officer];
    /// Signing a step.
    SIGN = "slips.sign": &[Role::Chief, Role::Leader, Role::Secretary];
    /// Entering a step that was signed on paper.
    PAPER_SIGN = "slips.paper_sign": BUREAU;
    /// The scan of a paper on which a step was signed, to be downloaded.
    SCAN = "slips.scan": LEADERS_AND_BUREAU;
    /// Issuing.
    ISSUE = "slips.issue": BUREAU;
    /// 回执.
    ANSWER = "slips.answer": UNIT;
    /// Signing the answer.
    SIGN_ANSWER = "slips.sign_answer": &[Role::Head];
    /// Entering that the head signed the answer on paper.
    PAPER_ANSWER = "slips.paper_answer": UNIT;
    /// The scan of the paper on which an answer was signed, to be downloaded.
    ANSWER_SCAN = "slips.answer_scan": READERS;
    /// Accepting or returning the answer.
    JUDGE = "slips.judge": BUREAU;
    /// Withdrawing.
    WITHDRAW = "slips.withdraw": BUREAU;
}
