//! The messages of questions.

use kernel::{Text, text};

use super::rows::DoubtKind;

pub(crate) const DOUBTS: Text = text!("存疑核查", "Questions about records");
pub(crate) const KIND: Text = text!("类型", "Kind");
pub(crate) const QUESTION: Text = text!("问题", "Question");
pub(crate) const OUTCOME: Text = text!("核查情况", "What came of it");
pub(crate) const ASKED: Text = text!("已请单位说明", "unit asked");

/// How a kind of question is called.
pub(crate) const fn kind(kind: DoubtKind) -> Text {
    match kind {
        DoubtKind::Surge => text!("突击办结", "Last-day surge"),
        DoubtKind::Rework => text!("反复退办", "Back and forth"),
        DoubtKind::Alike => text!("报告雷同", "Reports alike"),
        DoubtKind::Reused => text!("材料重复使用", "File used again"),
        DoubtKind::Threshold => text!("恰好达线", "Exactly on the line"),
        DoubtKind::ShortDays => text!("时限过短", "Too few days"),
        DoubtKind::Ahead => text!("进度超前", "Far ahead of time"),
    }
}
