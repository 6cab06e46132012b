//! The messages of this room.

use kernel::{Message, Text, msg, text, working_days};

use crate::stage::AFTER;
use crate::tables::{Colour, Signer, SlipRow, SlipState};

pub(crate) const SLIPS: Text = text!("督办单", "Slips");
pub(crate) const SLIP: Text = text!("督办单", "Supervision slip");
pub(crate) const ON_PAPER: Text = text!("（纸质签发）", " (on paper)");
pub(crate) const LADDER: Text = text!("督办阶梯", "Ladder of slips");
pub(crate) const MISSED: Text = text!("未按时反馈", "Missed reports");
pub(crate) const REMINDED: Text = text!("督办与催办", "Slips and reminders");
pub(crate) const CHOOSE_ONE: Text = text!("请选择一项。", "Choose one.");
pub(crate) const AGREE: Text = text!("同意", "Agree");
pub(crate) const SEND_BACK: Text = text!("退回修改", "Send back");
pub(crate) const ACCEPT: Text = text!("通过，销号", "Accept and close");
pub(crate) const FINDING: Text = text!("核实的现状", "How it stands");
pub(crate) const DEMAND: Text = text!("督办要求", "What is demanded");
pub(crate) const CONSEQUENCE: Text = text!("逾期后果", "What follows if it is not met");
pub(crate) const COPIES: Text = text!("抄送", "Copies to");
pub(crate) const DONE: Text = text!("整改情况", "What was put right");
pub(crate) const RESPONSIBLE: Text = text!("责任岗位", "Who is responsible");
pub(crate) const UNIT: Text = text!("被督办单位", "Unit");
pub(crate) const ANSWER_BY: Text = text!("反馈期限", "Answer by");
pub(crate) const NUMBER: Text = text!("编号", "No.");
pub(crate) const ITEM: Text = text!("原事项", "Item");
pub(crate) const STATE: Text = text!("状态", "State");
pub(crate) const COLOUR: Text = text!("颜色", "Colour");
pub(crate) const ISSUED_ON: Text = text!("印发日期", "Issued on");
pub(crate) const TO_EXCEL: Text = text!("导出 Excel", "To Excel");
pub(crate) const FORMS: Text = text!("公文模板", "Own forms");
pub(crate) const REGISTER: Text = text!("督办单台账", "Register of slips");
pub(crate) const TIME: Text = text!("第几次", "Time");
pub(crate) const ITEM_NUMBER: Text = text!("原事项编号", "Item no.");
pub(crate) const ITEM_DUE: Text = text!("原时限", "The item's due day");
pub(crate) const DRAFTED_BY: Text = text!("来源", "Drafted by");
pub(crate) const ASSIGNMENT: Text = text!("事项", "Assignment");
pub(crate) const RESPONSIBLE_UNIT: Text = text!("责任单位", "Unit");
pub(crate) const CLOSED_ON: Text = text!("反馈截止", "Closed on");
pub(crate) const LAST_REPORT: Text = text!("最近反馈", "Last report");
pub(crate) const NOW: Text = text!("现在", "Now");
pub(crate) const LATE: Text = text!("已超期", "late");

macro_rules! names {
    ($($(#[$doc:meta])* $vis:vis $fn:ident($ty:ident) { $($variant:ident => $zh:literal, $en:literal;)+ })+) => {
        $($(#[$doc])* $vis const fn $fn(value: $ty) -> Text {
            match value { $($ty::$variant => text!($zh, $en)),+ }
        })+
    };
}

names! {
    /// How a colour is called.
    pub colour(Colour) {
        Blue => "蓝色", "Blue";
        Yellow => "黄色", "Yellow";
        Orange => "橙色", "Orange";
        Red => "红色", "Red";
    }
    /// How a state of a slip is called.
    pub state(SlipState) {
        Draft => "拟稿", "Draft";
        InReview => "审签中", "In review";
        Approved => "已审定，待印发", "To be issued";
        Issued => "待回执", "Awaits the answer";
        Prepared => "回执待单位审签", "Awaits the head";
        Answered => "回执待核", "Answer to be judged";
        Closed => "已销号", "Closed";
        Superseded => "已升级", "Superseded";
        Withdrawn => "已撤销", "Withdrawn";
    }
    pub(crate) signer(Signer) {
        Chief => "督查局负责人", "The chief of the bureau";
        Leader => "分管市领导", "The leader in charge";
    }
}

/// Who drafted a slip: an officer by hand, or the program.
pub(crate) const fn drafted_by(slip: &SlipRow) -> Text {
    if slip.by_hand {
        text!("督查局草拟", "An officer")
    } else {
        text!("程序按阶梯提出", "The program, by the ladder")
    }
}

/// How a stage of reminders is called.
pub(crate) fn stage(days: i64) -> Message {
    match days {
        AFTER => text!("已超过时限", "the due day has passed").into(),
        0 => text!("今天到期", "due today").into(),
        1 => text!("还剩 1 个工作日以内", "one working day or less left").into(),
        n => msg!("还剩 {n} 个工作日以内", "{n} working days or fewer left"),
    }
}

/// How a fact of this room is called in a history.
pub(crate) fn fact(kind: &str) -> Option<Text> {
    let text = match kind {
        "ladder_set" => text!("设置督办阶梯", "Ladder set"),
        "slip_drafted" => text!("拟督办单", "Slip drafted"),
        "slip_written" => text!("修改督办单", "Slip rewritten"),
        "slip_signed" => text!("审签督办单", "Slip signed"),
        "slip_issued" => text!("印发督办单", "Slip issued"),
        "slip_answered" => text!("填写回执", "Answer written"),
        "slip_answer_signed" => text!("签发回执", "Answer signed"),
        "slip_answer_returned" => text!("单位退回回执", "Answer sent back by the head"),
        "slip_answer_judged" => text!("核实回执", "Answer judged"),
        "slip_superseded" => text!("升级，由下一级督办单替代", "Superseded by the next colour"),
        "slip_withdrawn" => text!("撤销督办单", "Slip withdrawn"),
        "subjects_linked" => text!("关联原事项", "Tied to its item"),
        "assignment_reminded" => text!("催办提醒", "Reminded"),
        "report_missed" => text!("未按时反馈", "Report missed"),
        "stop_review_due" => text!("暂缓到期待研判", "Review of the stopped clock due"),
        _ => return None,
    };
    Some(text)
}

/// By when an answer is due before the slip is issued.
pub(crate) fn after_issue(days: i64) -> Message {
    let Message { zh, en } = working_days(days);
    msg!("印发后 {zh}", "{en} after its issue")
}
