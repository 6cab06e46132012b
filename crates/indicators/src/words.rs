//! The messages of this room.

use kernel::{Text, text};

use crate::observation::Late;
use crate::tables::{Better, Kind, State};

pub(crate) const INDICATORS: Text = text!("填报指标", "Indicators");
pub(crate) const INDICATOR: Text = text!("指标", "Indicator");
pub(crate) const SHEET: Text = text!("填报表", "Values of a month");
pub(crate) const OBSERVATION: Text = text!("填报值", "A value");
pub(crate) const OF_UNIT: Text = text!("单位填报值", "Values of a unit");
pub(crate) const NUMBER: Text = text!("编号", "No.");
pub(crate) const CODE: Text = text!("代码", "Code");
pub(crate) const NAME: Text = text!("名称", "Name");
pub(crate) const NAME_EN: Text = text!("英文名称", "English name");
pub(crate) const DEFINITION: Text = text!("含义", "Definition");
pub(crate) const MEASURED_IN: Text = text!("计量单位", "Unit of measure");
pub(crate) const KIND: Text = text!("类型", "Kind");
pub(crate) const DEPARTMENT: Text = text!("填报单位", "Entered by");
pub(crate) const BUREAU: Text = text!("督查局", "The bureau");
pub(crate) const SOURCE: Text = text!("数据来源", "Source");
pub(crate) const BETTER: Text = text!("优劣方向", "Better is");
pub(crate) const GROUPS: Text = text!("涉及组别", "Peer groups");
pub(crate) const SORT: Text = text!("排序", "Order");
pub(crate) const FROM: Text = text!("启用月份", "First month");
pub(crate) const TO: Text = text!("结束月份", "Last month");
pub(crate) const MONTH: Text = text!("月讲评月份", "Month of review");
pub(crate) const REPORTED: Text = text!("数据所属月份", "Month of the figures");
pub(crate) const UNIT: Text = text!("单位", "Unit");
pub(crate) const VALUE: Text = text!("数值", "Value");
pub(crate) const NUMERATOR: Text = text!("分子", "Numerator");
pub(crate) const DENOMINATOR: Text = text!("分母", "Denominator");
pub(crate) const MISSING: Text = text!("暂缺", "Missing");
pub(crate) const MISSING_WHY: Text = text!("暂缺原因", "Why it is missing");
pub(crate) const NOT_ENTERED: Text = text!("未填报", "Not entered");
pub(crate) const SOURCE_TITLE: Text = text!("来源文件名称", "Title of the source");
pub(crate) const REFERENCE: Text = text!("文号", "Reference");
pub(crate) const SOURCE_ON: Text = text!("文件日期", "Day of the source");
pub(crate) const SOURCE_DOCUMENT: Text = text!("来源文件", "Source document");
pub(crate) const FILES: Text = text!("文件", "Files");
pub(crate) const VINTAGE: Text = text!("版次", "Vintage");
pub(crate) const STATE: Text = text!("状态", "State");
pub(crate) const ENTERED_BY: Text = text!("填报人", "Entered by");
pub(crate) const ENTERED_ON: Text = text!("填报日期", "Entered on");
pub(crate) const CHECKED_BY: Text = text!("核对人", "Checked by");
pub(crate) const CHECKED_ON: Text = text!("核对日期", "Checked on");
pub(crate) const REMARK: Text = text!("退回意见", "Remark");
pub(crate) const REASON: Text = text!("更正理由", "Reason for the correction");
pub(crate) const HAPPENED_ON: Text = text!("事件日期", "Day of the event");
pub(crate) const HAPPENING: Text = text!("事件内容", "What happened");
pub(crate) const CHOOSE_ONE: Text = text!("请选择一项。", "Choose one.");
pub(crate) const ENTER: Text = text!("填报", "Enter values");
pub(crate) const ENTER_EVENT: Text = text!("填报事件", "Enter an event");
pub(crate) const CHECK: Text = text!("核对", "Check");
pub(crate) const ENDED: Text = text!("已结束", "Ended");
pub(crate) const WITHDRAW: Text = text!("撤销填报值", "Withdraw the value");

macro_rules! names {
    ($($(#[$doc:meta])* $fn:ident($ty:ident) { $($variant:ident => $zh:literal, $en:literal;)+ })+) => {
        $($(#[$doc])* pub(crate) const fn $fn(value: $ty) -> Text {
            match value { $($ty::$variant => text!($zh, $en)),+ }
        })+
    };
}

names! {
    /// How a kind of indicator is called.
    kind(Kind) {
        Number => "数值", "Number";
        Rate => "比率", "Rate";
        Event => "事件", "Events";
    }
    /// Which values are better.
    better(Better) {
        High => "越高越好", "Higher";
        Low => "越低越好", "Lower";
        Neither => "不分高低", "Neither";
    }
    /// How a state of a value is called.
    state(State) {
        Entered => "待核对", "To be checked";
        Checked => "已核对", "Checked";
        Returned => "已退回", "Returned";
        Superseded => "已更正", "Superseded";
        Withdrawn => "已撤销", "Withdrawn";
    }
    /// What a value came late for, in short.
    late(Late) {
        Waits => "超期未核对", "check overdue";
        Checked => "核对超期", "checked late";
        Shown => "告知晚", "shown late";
    }
    /// What a value came late for.
    late_why(Late) {
        Waits => "填报后超过2个工作日还没有核对。", "It waits for its check for more than 2 working days.";
        Checked => "填报后超过2个工作日才核对、告知单位。", "It was checked and shown more than 2 working days after it was entered.";
        Shown => "截止前不足2个工作日才告知单位。", "Its unit saw it less than 2 working days before the cut.";
    }
}
