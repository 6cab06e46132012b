//! The messages of this room.

use kernel::{Text, text};

use crate::tables::VersionState;

pub(crate) const RULE_SETS: Text = text!("考评办法", "Rule sets");
pub(crate) const RULE_SET: Text = text!("考评办法", "Rule set");
pub(crate) const CODE: Text = text!("编号", "Code");
pub(crate) const NAME: Text = text!("办法名称", "Name");
pub(crate) const VERSION: Text = text!("版本", "Version");
pub(crate) const STATE: Text = text!("状态", "State");
pub(crate) const FROM: Text = text!("施行考评期", "In force from");
pub(crate) const GROUPS: Text = text!("考评组别", "Peer groups");
pub(crate) const ISSUED_BY: Text = text!("印发文件", "Issued by");
pub(crate) const ISSUED_NUMBER: Text = text!("文号", "Number of the document");
pub(crate) const ISSUED_OFFICE: Text = text!("印发机关", "Issuing office");
pub(crate) const ISSUED_ON: Text = text!("印发日期", "Issued on");
pub(crate) const YAML_TEXT: Text = text!("YAML 文本", "YAML text");
pub(crate) const CHOOSE_ONE: Text = text!("请选择一项。", "Choose one.");
pub(crate) const REASON: Text = text!("理由", "Reason");

/// How a state of a version is called.
pub(crate) const fn state(state: VersionState) -> Text {
    match state {
        VersionState::Draft => text!("起草中", "Draft"),
        VersionState::InCheck => text!("待审核", "To be checked"),
        VersionState::Agreed => text!("已审核，待印发", "Agreed, to be adopted"),
        VersionState::Adopted => text!("已印发", "Adopted"),
        VersionState::Discarded => text!("已作废", "Given up"),
    }
}
