//! The messages of statements and circulars.

use kernel::{Message, Text, text};
use measures::ReviewMonth;

use crate::tables::statement::StatementState;

pub(crate) const STATEMENT: Text = text!("表态发言", "Statement");
pub(crate) const CIRCULAR: Text = text!("通报", "Circular");
pub(crate) const SHEET: Text = text!("单位得分表", "A unit's sheet");
pub(crate) const HISTORY: Text = text!("单位历次考评", "A unit's months");
pub(crate) const COMPARE: Text = text!("各月对照", "Months compared");
pub(crate) const ACCEPT: Text = text!("认可", "Accept");
pub(crate) const GAP: Text = text!("差距和原因", "Where it fell short, and why");
pub(crate) const MEASURES: Text = text!("整改措施", "Measures");
pub(crate) const GOAL: Text = text!("完成目标", "Goal");
pub(crate) const RESPONSIBLE: Text = text!("责任岗位", "Responsible post");
pub(crate) const DUE: Text = text!("完成时限", "By");
pub(crate) const TO_WRITE: Text = text!("待撰写", "To be written");
pub(crate) const WORD: Text = text!("下载 Word", "Download for Word");

/// A unit's statement as people call it.
pub(crate) fn of(unit: &str, month: ReviewMonth) -> Message {
    let name = month.named();
    Message {
        zh: format!("{unit} {}讲评表态发言", name.zh),
        en: format!("{unit}, statement on {}", name.en),
    }
}

/// What an assignment made of a measure is based on, as papers write it.
pub(crate) fn basis(month: ReviewMonth) -> String {
    format!("{}讲评表态发言", month.named().zh)
}

/// 工作要求 of an assignment made of a measure, as papers write it.
pub(crate) fn demand(measure: &str, post: &str) -> String {
    if post.is_empty() {
        measure.to_owned()
    } else {
        format!("{measure}（责任岗位：{post}）")
    }
}

/// How far a statement has come.
pub(crate) const fn state(state: StatementState) -> Text {
    match state {
        StatementState::Draft => text!("拟写中", "Being written"),
        StatementState::Submitted => text!("待审阅", "With the bureau"),
        StatementState::Returned => text!("退回修改", "Returned"),
        StatementState::Accepted => text!("已认可", "Accepted"),
    }
}

/// How a fact of statements is called in a history.
pub(crate) fn fact(kind: &str) -> Option<Text> {
    Some(match kind {
        "circular_written" => text!("拟写通报文稿", "Circular's text written"),
        "statement_written" => text!("撰写表态发言", "Statement written"),
        "statement_submitted" => text!("提交表态发言", "Statement submitted"),
        "statement_judged" => text!("审阅表态发言", "Statement judged"),
        "statement_taken_over" => text!("整改措施列入交办", "Measures taken into a batch"),
        _ => return None,
    })
}

/// 关于2021年10月讲评情况的通报.
pub(crate) fn circular_title(month: ReviewMonth) -> Message {
    let name = month.named();
    Message {
        zh: format!("关于{}重点工作讲评情况的通报", name.zh),
        en: format!("Circular on the review of {}", name.en),
    }
}
