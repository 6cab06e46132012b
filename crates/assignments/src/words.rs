//! The messages of this room.

use kernel::{Message, Text, msg, text, working_days};

/// 接续: what ran before the program.
pub const TAKEN_OVER: Text = text!("接续", "Taken over");
/// Beside a day that was counted without the year's notice.
pub const UNCONFIRMED: Text = text!("工作日历未确认", "calendar not confirmed");
/// What a ledger said besides.
pub(crate) const LEDGER: Text = text!("台账记载", "The ledger says");
/// A unit's open items to be filled in.
pub(crate) const WEEKLY_SHEET: Text = text!("周反馈填报表", "Sheet for the weekly answer");
/// Uploading it.
pub(crate) const FILL_WEEKLY: Text = text!("上传填好的表", "Upload the filled sheet");
/// Bringing a running ledger in.
pub(crate) const IMPORT_LEDGER: Text = text!("导入台账（期初接续）", "Bring a running ledger in");

/// The number of what was taken over, as papers show it.
pub(crate) fn marked(label: &str) -> String {
    format!("{label}（{}）", TAKEN_OVER.zh)
}
use people::tables::UnitKind;

use crate::light::Light;
use crate::tables::weekly::WeeklyState;
use crate::tables::{
    Asked, BatchKind, BatchState, Importance, Method, NoteKind, ProposalState, ReportKind, Rhythm,
    State, UnitRole, Urgency, Verifier,
};
use crate::weekly::How;

pub(crate) const CHOOSE_ONE: Text = text!("请选择一项。", "Choose one.");
pub(crate) const CHOOSE_SITTING: Text =
    text!("请选择一次计划召开的周交办会。", "Choose a planned Monday sitting.");
pub(crate) const CHOOSE_HELD: Text = text!(
    "请选择提出这些事项的那次会议（已召开）。",
    "Choose the sitting, already held, at which this was spoken."
);
pub(crate) const AGREE: Text = text!("同意", "Agree");
pub(crate) const REFUSE: Text = text!("不同意", "Refuse");
pub(crate) const SEND_BACK: Text = text!("退回修改", "Send back");
pub(crate) const CONFIRMED: Text = text!("属实，通过", "Confirmed");
pub(crate) const REWORK: Text = text!("退办", "Return for rework");
pub(crate) const TAKE: Text = text!("采纳", "Take");
pub(crate) const DECLINE: Text = text!("不采纳", "Decline");
pub(crate) const ASKED_UNTIL: Text = text!("申请延期至", "Asked until");
pub(crate) const REASON: Text = text!("理由", "Reason");
pub(crate) const PROGRESS: Text = text!("目前进展", "Progress");

pub(crate) const PROGRAM: Text = text!("程序", "The program");
pub(crate) const BATCHES: Text = text!("周交办", "Batches");
pub(crate) const WEEKLY: Text = text!("周反馈", "Weekly answer");
pub(crate) const PROFILES: Text = text!("办理规程", "Handling profiles");
pub(crate) const REGISTER: Text = text!("事项台账", "Register");

macro_rules! names {
    ($($(#[$doc:meta])* $vis:vis $fn:ident($ty:ident) { $($variant:ident => $zh:literal, $en:literal;)+ })+) => {
        $($(#[$doc])* $vis const fn $fn(value: $ty) -> Text {
            match value { $($ty::$variant => text!($zh, $en)),+ }
        })+
    };
}

names! {
    /// How a state is called.
    pub state(State) {
        Issued => "待签收", "To be accepted";
        HandedBack => "退回待定", "Handed back";
        Handling => "办理中", "In hand";
        Prepared => "待单位审签", "Awaits the head";
        Submitted => "待核实", "To be verified";
        Closed => "已办结", "Closed";
        Withdrawn => "已撤销", "Withdrawn";
        Merged => "已并入", "Merged";
        Archived => "已归档", "Archived";
    }
    /// How a light is called.
    pub light(Light) {
        Green => "正常", "In time";
        Yellow => "临期", "Due soon";
        Red => "逾期", "Overdue";
        Stopped => "暂缓", "Stopped";
        Waiting => "待督查局", "Awaits the bureau";
        Done => "办结", "Done";
        Void => "作废", "Void";
    }
    pub(crate) batch_kind(BatchKind) {
        Weekly => "周交办", "Weekly";
        Interim => "临时交办", "Interim";
        Supplement => "补充交办", "Supplement";
    }
    pub(crate) batch_state(BatchState) {
        Draft => "拟稿", "Draft";
        InReview => "审签中", "In review";
        Approved => "已审定", "Approved";
        Issued => "已印发", "Issued";
    }
    pub(crate) urgency(Urgency) {
        Express => "特急", "Express";
        Urgent => "急", "Urgent";
        Plain => "平", "Plain";
    }
    pub(crate) importance(Importance) {
        Normal => "一般", "Normal";
        Key => "重点", "Key";
        Major => "重大", "Major";
    }
    pub(crate) rhythm(Rhythm) {
        Once => "到期反馈", "Once, at the due day";
        Weekly => "每周反馈", "Weekly";
        Monthly => "每月反馈", "Monthly";
    }
    pub(crate) verifier(Verifier) {
        Bureau => "督查局核实", "The bureau";
        Department => "条线主管部门初核，督查局核实", "Line department first, then the bureau";
        Raiser => "呈报后由交办领导确认", "Who raised it, after the bureau put the result before them";
        Both => "督查局核实、呈报后由交办领导确认", "The bureau, then who raised it";
    }
    pub(crate) unit_role(UnitRole) {
        Lead => "牵头单位", "Lead";
        Co => "配合单位", "Co-unit";
        Each => "责任单位", "Responsible";
    }
    pub(crate) method(Method) {
        Documents => "查阅资料", "Documents";
        OnSite => "现场核实", "On site";
        CallBack => "电话回访", "Call-back";
        Sample => "抽查", "Sample";
    }
    pub(crate) asked(Asked) {
        Asked => "待单位审签", "Awaits the head";
        Endorsed => "待督查局审批", "Awaits the bureau";
        Granted => "同意", "Granted";
        Refused => "不同意", "Refused";
        Lapsed => "已失效", "Lapsed";
    }
    /// How a note is called.
    pub note(NoteKind) {
        Remark => "批注", "Remark";
        AskReport => "要求反馈", "Asks for a report";
        Presented => "呈报", "Presented";
    }
    pub(crate) how(How) {
        Plan => "按计划推进", "As planned";
        Same => "与上次相同", "As last time";
        Own => "自行填写", "Own words";
    }
    /// How the state of a weekly answer is called.
    pub weekly_state(WeeklyState) {
        Prepared => "待负责人签发", "Awaits the head";
        Returned => "已退回", "Sent back";
        Signed => "已签发", "Signed";
    }
    pub(crate) proposal(ProposalState) {
        Open => "待答复", "Open";
        Taken => "已采纳", "Taken";
        Declined => "未采纳", "Declined";
    }
    pub(crate) report_kind(ReportKind) {
        Progress => "反馈", "Report";
        Done => "报结", "Submission";
    }
    pub(crate) unit_kind(UnitKind) {
        City => "市", "City";
        County => "县", "Counties";
        District => "区", "Districts";
        Zone => "功能区", "Zones";
        Department => "市直部门", "City departments";
        CountyDepartment => "县直部门", "County departments";
        Township => "乡镇街道", "Townships";
    }
}

/// When reports close, in words: 每周五17时前.
pub(crate) fn closing(rhythm: Rhythm, (day, hour): (i64, i64)) -> Message {
    const ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    const EN: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let place = usize::try_from(day - 1).unwrap_or_default();
    let (zh, en) = (ZH.get(place).unwrap_or(&""), EN.get(place).unwrap_or(&""));
    match rhythm {
        Rhythm::Once => self::rhythm(rhythm).into(),
        Rhythm::Weekly => msg!("每周{zh} {hour}时前", "Each {en} by {hour}:00"),
        Rhythm::Monthly => {
            msg!("每月{day}日 {hour}时前", "On day {day} of each month by {hour}:00")
        }
    }
}

/// How a fact about an assignment or batch is called in its history.
pub(crate) fn fact(kind: &str) -> Text {
    match kind {
        "weekly_answer_prepared" => text!("上报周反馈", "Weekly answer handed in"),
        "weekly_answer_returned" => text!("退回周反馈", "Weekly answer sent back"),
        "weekly_answer_signed" => text!("签发周反馈", "Weekly answer signed"),
        "profile_written" => text!("办理规程", "Handling profile"),
        "batch_opened" => text!("开始拟稿", "Drafting began"),
        "line_written" => text!("编写事项", "Item written"),
        "line_carried" => text!("列入续办", "Carried over"),
        "lines_ordered" => text!("调整顺序", "Order changed"),
        "line_removed" => text!("删除事项", "Item removed"),
        "batch_signed" => text!("审签", "Signed"),
        "issued_copy_kept" => text!("归存印发件", "Sealed scan kept"),
        "paper_template_set" => text!("上传公文模板", "Own form uploaded"),
        "paper_template_removed" => text!("停用公文模板", "Own form no longer used"),
        "batch_taken_over" => text!("期初接续批次", "Taken over as a batch"),
        "assignment_taken_over" => text!("期初接续", "Taken over from a ledger"),
        "batch_issued" => text!("印发", "Issued"),
        "assignment_issued" => text!("交办", "Issued"),
        "assignment_accepted" => text!("签收", "Accepted"),
        "responsible_named" => text!("明确责任岗位", "Responsible post named"),
        "hand_back_asked" => text!("申请退回", "Handed back"),
        "hand_back_decided" => text!("裁定退回", "Hand-back decided"),
        "assignment_reported" => text!("反馈进展", "Reported"),
        "submission_prepared" => text!("填写报结，待审签", "Submission prepared"),
        "submission_countersigned" => text!("审签报结，待下一环节", "Submission countersigned"),
        "signing_posts_set" => text!("设置报结审签流程", "Signing posts set"),
        "submission_returned" => text!("审签退回修改", "Sent back at signing"),
        "submission_made" => text!("报结", "Submitted as done"),
        "part_done" => text!("完成配合任务", "Part done"),
        "milestone_reached" => text!("节点完成", "Milestone reached"),
        "submission_verified" => text!("核实", "Verified"),
        "extension_asked" => text!("申请延期", "Extension asked"),
        "extension_endorsed" => text!("审签延期", "Extension endorsed"),
        "extension_decided" => text!("审批延期", "Extension decided"),
        "extension_lapsed" => text!("延期申请失效", "Extension request lapsed"),
        "clock_stopped" => text!("暂缓", "Clock stopped"),
        "clock_resumed" => text!("恢复计时", "Clock resumed"),
        "assignment_withdrawn" => text!("撤销", "Withdrawn"),
        "assignment_merged" => text!("并入", "Merged"),
        "assignment_reopened" => text!("重新办理", "Reopened"),
        "assignment_archived" => text!("归档", "Archived"),
        "note_left" => text!("领导批注", "Leader's note"),
        "note_settled" => text!("批注已落实", "Note followed up"),
        "result_presented" => text!("呈报结果", "Result presented"),
        _ => text!("其他", "Other"),
    }
}

/// Which post of a unit sees to a matter, and how to reach it.
pub(crate) const RESPONSIBLE: Text = text!("责任岗位及电话", "Responsible post and contact");

/// Changes of due days.
pub const DUE_CHANGES: Text = text!("时限变更", "Changes of due days");

/// A due day that is counted from the issue.
pub(crate) fn after_issue(days: i64) -> Message {
    let Message { zh, en } = working_days(days);
    msg!("交办后 {zh}", "{en} after issue")
}
