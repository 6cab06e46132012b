//! The messages of this room.

use kernel::{Text, text};

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
pub(crate) const BY_PARAMETER: Text = text!("随所选指标", "Depends on the indicator");
pub(crate) const LIMITED: Text = text!(
    "只计检查范围内的事项，与单位的全部数值不同。",
    "Only what the inspection is limited to is counted: not a unit's whole figure."
);
pub(crate) const NO_GROUP: Text = text!("未分组单位", "Units of no peer group");
