//! The permissions of this room and who holds them.

use kernel::{Grant, Permission, Role};

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $word:literal: $roles:expr;)+) => {
        $($(#[$doc])* pub(crate) const $name: Permission = Permission($word);)+

        pub(crate) const GRANTS: &[Grant] = &[$(Grant { permission: $name, roles: $roles }),+];
    };
}

const READERS: &[Role] = &[
    Role::Leader,
    Role::Secretary,
    Role::Chief,
    Role::Officer,
    Role::Head,
    Role::Liaison,
    Role::Inspector,
];
const BUREAU: &[Role] = &[Role::Chief, Role::Officer];
const LEADERS_AND_BUREAU: &[Role] = &[Role::Leader, Role::Secretary, Role::Chief, Role::Officer];
const PARTIES: &[Role] =
    &[Role::Leader, Role::Secretary, Role::Chief, Role::Officer, Role::Head, Role::Liaison];

permissions! {
    /// 指标库: what is measured and how.
    MEASURES = "reviews.measures": READERS;
    /// One measure with the figures of the units.
    MEASURE = "reviews.measure": READERS;
    /// The records behind a figure.
    RECORDS = "reviews.records": READERS;
    /// 试算: a rule set on past months.
    TRIAL = "reviews.trial": BUREAU;
    /// 月讲评: the months.
    LIST = "reviews.list": READERS;
    /// One month.
    REVIEW = "reviews.review": READERS;
    /// The sheet of a unit, explained.
    UNIT = "reviews.unit": READERS;
    /// An item: who stands where and why.
    ITEM = "reviews.item": LEADERS_AND_BUREAU;
    /// One objection.
    OBJECTION = "reviews.objection": PARTIES;
    /// A file of an objection, to be downloaded.
    OBJECTION_FILE = "reviews.objection_file": PARTIES;
    /// The scan of a paper on which a review was approved.
    SCAN = "reviews.scan": LEADERS_AND_BUREAU;
    /// 封存包: everything that was frozen, as a file that can be checked elsewhere.
    BUNDLE = "reviews.bundle": LEADERS_AND_BUREAU;
    /// Opening a month.
    OPEN = "reviews.open": BUREAU;
    /// 算分.
    COMPUTE = "reviews.compute": BUREAU;
    /// 公示.
    DRAFT = "reviews.draft": BUREAU;
    /// 异议.
    OBJECT = "reviews.object": &[Role::Head, Role::Liaison];
    /// Taking an objection back.
    WITHDRAW_OBJECTION = "reviews.withdraw_objection": &[Role::Head, Role::Liaison];
    /// 处理异议.
    DECIDE_OBJECTION = "reviews.decide_objection": BUREAU;
    /// 封存.
    FREEZE = "reviews.freeze": &[Role::Chief];
    /// 呈批.
    SUBMIT = "reviews.submit": &[Role::Chief];
    /// 审批.
    JUDGE = "reviews.judge": &[Role::Leader, Role::Secretary];
    /// Entering an approval on paper.
    PAPER_JUDGE = "reviews.paper_judge": BUREAU;
    /// 结果运用.
    DECIDE_CONSEQUENCE = "reviews.decide_consequence": &[Role::Leader, Role::Secretary];
    /// Entering what the leader decided on the paper of the approval.
    PAPER_CONSEQUENCE = "reviews.paper_consequence": BUREAU;
    /// 通报.
    PUBLISH = "reviews.publish": &[Role::Chief];
    /// 排名稳健性: how firm the places of a month are.
    ROBUSTNESS = "reviews.robustness": LEADERS_AND_BUREAU;
    /// 存疑核查: what a month's records make one ask.
    DOUBTS = "reviews.doubts": LEADERS_AND_BUREAU;
    /// Saying what came of looking at a question.
    LOOK_AT_DOUBT = "reviews.look_at_doubt": BUREAU;
    /// Entering that an award was paid.
    PAY = "reviews.pay": BUREAU;
    /// 通报: as a draft for bureau and leaders, for everybody once it is out.
    CIRCULAR = "reviews.circular": READERS;
    /// 通报 for Word.
    CIRCULAR_DOCUMENT = "reviews.circular_document": READERS;
    /// Writing the circular's text.
    WRITE_CIRCULAR = "reviews.write_circular": BUREAU;
    /// 单位得分表, to be printed.
    PRINT_UNIT = "reviews.print_unit": PARTIES;
    /// 单位得分表 for Word.
    UNIT_DOCUMENT = "reviews.unit_document": PARTIES;
    /// The months of a unit.
    HISTORY = "reviews.history": PARTIES;
    /// Places of a group, month by month.
    COMPARE = "reviews.compare": LEADERS_AND_BUREAU;
    /// 表态发言.
    STATEMENT = "reviews.statement": PARTIES;
    /// 表态发言, to be printed.
    PRINT_STATEMENT = "reviews.print_statement": PARTIES;
    /// Writing a statement.
    WRITE_STATEMENT = "reviews.write_statement": &[Role::Head, Role::Liaison];
    /// Submitting it.
    SUBMIT_STATEMENT = "reviews.submit_statement": &[Role::Head];
    /// Accepting or returning it.
    JUDGE_STATEMENT = "reviews.judge_statement": BUREAU;
    /// Taking its measures into the draft of a batch.
    TAKE_OVER = "reviews.take_over": BUREAU;
}
