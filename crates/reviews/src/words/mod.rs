//! The messages of this room.

pub(crate) mod statement;

use kernel::{Message, Text, msg, text};
use measures::ReviewMonth;

use crate::tables::{Decision, ObjectionState, ReviewState, Standing};

pub(crate) const MEASURES: Text = text!("指标库", "Measures");
pub(crate) const MEASURE: Text = text!("取数口径", "One measure");
pub(crate) const RECORDS: Text = text!("取数明细", "Records behind a figure");
pub(crate) const UNIT: Text = text!("单位", "Unit");
pub(crate) const NAME: Text = text!("名称", "Name");
pub(crate) const DEFINITION: Text = text!("含义", "Definition");
pub(crate) const COUNTED_IN: Text = text!("计量单位", "Counted in");
pub(crate) const VERSION: Text = text!("版本", "Version");
pub(crate) const SUPPLIER: Text = text!("数据来源", "Supplied by");
pub(crate) const PURPOSE: Text = text!("用途", "Use");
pub(crate) const SCORED: Text = text!("可以计分", "May be scored");
pub(crate) const DESK: Text = text!("只供掌握", "For the desk only");
pub(crate) const WHOLE: Text = text!("分母", "Denominator");
pub(crate) const PART: Text = text!("分子", "Numerator");
pub(crate) const LOOKED_AT: Text = text!("取数范围", "What is looked at");
pub(crate) const COUNTED: Text = text!("计入", "What counts");
pub(crate) const ABSENT: Text = text!("没有时", "When there is none");
pub(crate) const VALUE: Text = text!("数值", "Figure");
pub(crate) const N: Text = text!("件数", "Records");
pub(crate) const FROM: Text = text!("期间起", "From");
pub(crate) const TO: Text = text!("期间止", "To");
pub(crate) const NOT_APPLICABLE: Text = text!("不适用", "Not applicable");
pub(crate) const MISSING: Text = text!("缺数", "Missing");
pub(crate) const CALLED_BY: Text = text!("月讲评月份", "The month it is called by");
pub(crate) const BY_PARAMETER: Text = text!("随所选指标", "Depends on the indicator");
pub(crate) const LIMITED: Text = text!(
    "只计检查范围内的事项，与单位的全部数值不同。",
    "Only what the inspection is limited to is counted: not a unit's whole figure."
);
pub(crate) const NO_GROUP: Text = text!("未分组单位", "Units of no peer group");
pub(crate) const REVIEWS: Text = text!("月讲评", "Monthly review");
pub(crate) const MONTH: Text = text!("考评期", "Month");
pub(crate) const STATE: Text = text!("状态", "State");
pub(crate) const CHOOSE_ONE: Text = text!("请选择一项。", "Choose one.");
pub(crate) const FILL_IN: Text = text!("请填写。", "Fill it in.");
pub(crate) const UPHOLD: Text = text!("采纳", "Uphold");
pub(crate) const DROP: Text =
    text!("采纳：这个数据对该单位不适用", "Uphold: the figure does not apply to the unit");
pub(crate) const REFUSE: Text = text!("不采纳", "Refuse");
pub(crate) const APPROVE: Text = text!("批准", "Approve");
pub(crate) const SEND_BACK: Text = text!("退回", "Return");
pub(crate) const TAKEN: Text = text!("同意", "It follows");
pub(crate) const EXEMPT: Text = text!("不予", "Exempt");
pub(crate) const TOTAL: Text = text!("得分", "Score");
pub(crate) const RANK: Text = text!("名次", "Place");
/// What was decided and no longer follows.
pub(crate) const FALLEN: Text =
    text!("更正后不再成立", "No longer follows from the corrected places");
pub(crate) const OPEN: Text = text!("尚不能确定", "Not certain yet");
pub(crate) const MOVED: Text =
    text!("名次已变或曾退回，须重新决定", "Another place, or returned since: to be decided anew");
pub(crate) const OBJECTIONS: Text = text!("异议与复核", "Objections");

/// A month's review as people call it.
pub(crate) fn review(month: ReviewMonth) -> Message {
    let name = month.named();
    Message { zh: format!("{}讲评", name.zh), en: format!("Review of {}", name.en) }
}

/// An award: a unit and its amount.
pub(crate) fn award(unit: &str, fen: i64) -> Message {
    let yuan = ui::num::count(fen / 100);
    msg!("{unit}（{yuan}元）", "{unit} ({yuan} yuan)")
}

macro_rules! names {
    ($($(#[$doc:meta])* $fn:ident($ty:ident) { $($variant:ident => $zh:literal, $en:literal;)+ })+) => {
        $($(#[$doc])* pub(crate) const fn $fn(value: $ty) -> Text {
            match value { $($ty::$variant => text!($zh, $en)),+ }
        })+
    };
}

names! {
    /// How a state is called.
    state(ReviewState) {
        Open => "取数中", "Being computed";
        Draft => "公示中", "Draft shown";
        Frozen => "已封存", "Frozen";
        Submitted => "呈批中", "With the leader";
        Approved => "已批准", "Approved";
        Published => "已通报", "Published";
    }
    /// Why a unit has no place.
    standing(Standing) {
        Ranked => "参与排名", "Ranked";
        TooFewTasks => "任务不足，不参与排名", "Too few tasks to be ranked";
        Unscorable => "无法计分", "Cannot be scored";
        NothingApplies => "无适用项目", "No item applies";
    }
    /// What became of an objection.
    objection_state(ObjectionState) {
        Open => "待处理", "Open";
        Upheld => "已采纳", "Upheld";
        Refused => "未采纳", "Refused";
        Withdrawn => "已撤回", "Withdrawn";
    }
    /// What was decided on a consequence.
    decision(Decision) {
        Taken => "同意", "It follows";
        Exempt => "不予", "Exempt";
    }
}

/// How a fact of this room is called in a history.
pub(crate) fn fact(kind: &str) -> Option<Text> {
    Some(match kind {
        "review_opened" => text!("开启讲评", "Opened"),
        "review_computed" => text!("算分", "Computed"),
        "review_drafted" => text!("公示", "Drafts shown"),
        "review_frozen" => text!("封存", "Frozen"),
        "review_submitted" => text!("呈批", "Submitted"),
        "review_judged" => text!("审批", "Judged by the leader"),
        "consequence_decided" => text!("决定结果运用", "Consequence decided"),
        "review_published" => text!("通报", "Published"),
        "review_corrected" => text!("发布更正", "Corrected"),
        "award_paid" => text!("登记拨付", "Award paid"),
        "doubt_looked_at" => text!("核查存疑事项", "Question looked at"),
        "objection_filed" => text!("提出异议", "Objection filed"),
        "objection_withdrawn" => text!("撤回异议", "Objection taken back"),
        "objection_decided" => text!("处理异议", "Objection decided"),
        "objection_answer_due" => text!("答复临期", "Answer due soon"),
        "objection_answer_late" => text!("答复逾期", "Answer late"),
        _ => return statement::fact(kind),
    })
}

/// A circular's number as papers write it.
pub(crate) fn circular(year: i64, number: i64) -> String {
    format!("督查通报{year}年第{number}期")
}
