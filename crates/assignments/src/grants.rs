//! The permissions of this room and who holds them.

use kernel::{Grant, Permission, Role};

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $word:literal: $roles:expr;)+) => {
        $($(#[$doc])* pub(crate) const $name: Permission = Permission($word);)+

        pub(crate) const GRANTS: &[Grant] = &[$(Grant { permission: $name, roles: $roles }),+];
    };
}

const BUREAU: &[Role] = &[Role::Chief, Role::Officer];
const CHIEF: &[Role] = &[Role::Chief];
const UNIT: &[Role] = &[Role::Head, Role::Liaison];
const HEAD: &[Role] = &[Role::Head];
const LEADERS: &[Role] = &[Role::Leader, Role::Secretary];
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
const SIGNERS: &[Role] = &[Role::Leader, Role::Secretary, Role::Chief, Role::Officer];
const PROPOSERS: &[Role] = &[Role::Head, Role::Liaison, Role::Department];
const VERIFIERS: &[Role] =
    &[Role::Chief, Role::Officer, Role::Department, Role::Leader, Role::Secretary, Role::Head];

permissions! {
    /// The register and its prints.
    REGISTER = "assignments.register": READERS;
    /// 导出台账: the register as a spreadsheet.
    EXPORT = "assignments.export": READERS;
    /// 时限变更: every change of a due day.
    DUE_CHANGES = "assignments.due_changes": &[
        Role::Leader, Role::Secretary, Role::Chief, Role::Officer, Role::Inspector,
    ];
    /// 期初接续: bringing a running ledger in.
    IMPORT_LEDGER = "assignments.import_ledger": BUREAU;
    /// One assignment with everything on one page.
    CARD = "assignments.card": READERS;
    /// A file handed in with a report, to be downloaded.
    FILE = "assignments.file": READERS;
    /// One unit with its assignments.
    UNIT_PAGE = "assignments.unit": READERS;
    /// How assignments are handled and batches signed.
    PROFILES = "assignments.profiles": &[
        Role::Leader, Role::Secretary, Role::Chief, Role::Officer,
    ];
    /// Writing a handling profile.
    WRITE_PROFILE = "assignments.write_profile": CHIEF;
    /// Changing a handling profile.
    REWRITE_PROFILE = "assignments.rewrite_profile": CHIEF;
    /// Setting the sign-off chain.
    SET_CHAIN = "assignments.set_chain": CHIEF;
    /// The batches.
    BATCHES = "assignments.batches": READERS;
    /// One batch.
    BATCH = "assignments.batch": READERS;
    /// 交办单.
    SHEET = "assignments.sheet": READERS;
    /// 办结报告.
    CLOSING_REPORT = "assignments.closing_report": READERS;
    /// 事项清单 as a paper.
    LIST = "assignments.list": READERS;
    /// 催办通知.
    REMINDER = "assignments.reminder": BUREAU;
    /// 会议材料.
    MEETING = "assignments.meeting": SIGNERS;
    /// 会议材料 as a file.
    MEETING_DOCUMENT = "assignments.meeting_document": SIGNERS;
    /// 卷宗.
    CASE_FILE = "assignments.case_file": READERS;
    /// 印发件, to be downloaded.
    ISSUED_COPY = "assignments.issued_copy": READERS;
    /// Keeping the sealed scan of what was issued.
    KEEP_ISSUED_COPY = "assignments.keep_issued_copy": BUREAU;
    /// The office's own forms.
    PAPER_TEMPLATES = "assignments.paper_templates": BUREAU;
    /// One of them, to be worked on.
    PAPER_TEMPLATE = "assignments.paper_template": BUREAU;
    /// A paper as it would be handed out now.
    PREVIEW_PAPER = "assignments.preview_paper": BUREAU;
    /// Uploading an own form.
    SET_PAPER_TEMPLATE = "assignments.set_paper_template": CHIEF;
    /// Going back to our layout.
    REMOVE_PAPER_TEMPLATE = "assignments.remove_paper_template": CHIEF;
    /// Beginning to draft a batch.
    OPEN_BATCH = "assignments.open_batch": BUREAU;
    /// Writing a line of a draft.
    WRITE_LINE = "assignments.write_line": BUREAU;
    /// Rewriting a line of a draft.
    REWRITE_LINE = "assignments.rewrite_line": BUREAU;
    /// Taking a line out of a draft.
    REMOVE_LINE = "assignments.remove_line": BUREAU;
    /// Putting the lines of a draft into another order.
    ORDER_LINES = "assignments.order_lines": BUREAU;
    /// Listing open assignments again.
    CARRY = "assignments.carry": BUREAU;
    /// Sending a draft into the sign-off chain.
    SEND_BATCH = "assignments.send_batch": BUREAU;
    /// Signing a step of the chain.
    SIGN_BATCH = "assignments.sign_batch": SIGNERS;
    /// Entering a step that was signed on paper.
    PAPER_SIGN = "assignments.paper_sign": BUREAU;
    /// The scan of a paper that was signed, to be downloaded.
    SCAN = "assignments.scan": SIGNERS;
    /// Issuing a batch.
    ISSUE_BATCH = "assignments.issue_batch": BUREAU;
    /// Proposing something for a batch.
    PROPOSE = "assignments.propose": PROPOSERS;
    /// Taking or declining a proposal.
    ANSWER_PROPOSAL = "assignments.answer_proposal": BUREAU;
    /// One weekly answer.
    WEEKLY = "assignments.weekly": &[Role::Head, Role::Liaison, Role::Chief, Role::Officer];
    /// The scan of the paper on which a weekly answer was signed, to be downloaded.
    WEEKLY_SCAN = "assignments.weekly_scan": &[Role::Head, Role::Liaison, Role::Chief, Role::Officer];
    /// Answering for a week on one page.
    ANSWER_WEEKLY = "assignments.answer_weekly": UNIT;
    /// Keeping the draft of it.
    DRAFT_WEEKLY = "assignments.draft_weekly": UNIT;
    /// The open items of a unit as a spreadsheet to be filled in.
    WEEKLY_SHEET = "assignments.weekly_sheet": UNIT;
    /// Uploading the filled spreadsheet as drafts.
    FILL_WEEKLY = "assignments.fill_weekly": UNIT;
    /// Signing it once.
    SIGN_WEEKLY = "assignments.sign_weekly": HEAD;
    /// Entering that it was signed on paper.
    PAPER_WEEKLY = "assignments.paper_weekly": UNIT;
    /// 签收.
    ACCEPT = "assignments.accept": UNIT;
    /// 退回.
    HAND_BACK = "assignments.hand_back": UNIT;
    /// Deciding a hand-back, finally.
    DECIDE_HAND_BACK = "assignments.decide_hand_back": BUREAU;
    /// 分解.
    BREAK_DOWN = "assignments.break_down": UNIT;
    /// 反馈.
    REPORT = "assignments.report": UNIT;
    /// 报结.
    SUBMIT = "assignments.submit": UNIT;
    /// Signing what the liaison prepared.
    SIGN_SUBMISSION = "assignments.sign_submission": UNIT;
    /// 报结审签流程: through which posts of a unit its submissions go.
    SET_SIGNING_POSTS = "assignments.set_signing_posts": &[Role::Chief, Role::Head];
    /// A co-unit's own part.
    FINISH_PART = "assignments.finish_part": UNIT;
    /// A milestone reached.
    REACH_MILESTONE = "assignments.reach_milestone": UNIT;
    /// 责任岗位: which post of the unit sees to it.
    NAME_RESPONSIBLE = "assignments.name_responsible": UNIT;
    /// 核实.
    VERIFY = "assignments.verify": VERIFIERS;
    /// 呈报.
    PRESENT = "assignments.present": BUREAU;
    /// 申请延期.
    ASK_EXTENSION = "assignments.ask_extension": UNIT;
    /// The head endorses a request for more time.
    ENDORSE_EXTENSION = "assignments.endorse_extension": HEAD;
    /// The bureau decides a request for more time.
    DECIDE_EXTENSION = "assignments.decide_extension": BUREAU;
    /// 暂缓.
    STOP = "assignments.stop": BUREAU;
    /// 恢复.
    RESUME = "assignments.resume": BUREAU;
    /// 撤销.
    WITHDRAW = "assignments.withdraw": CHIEF;
    /// 并入.
    MERGE = "assignments.merge": BUREAU;
    /// 重新办理.
    REOPEN = "assignments.reopen": BUREAU;
    /// 归档.
    ARCHIVE = "assignments.archive": BUREAU;
    /// A leader's note.
    NOTE = "assignments.note": LEADERS;
    /// Following a note up.
    SETTLE_NOTE = "assignments.settle_note": BUREAU;
}
