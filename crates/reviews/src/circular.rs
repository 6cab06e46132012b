//! 通报: when its text may be written, what stands in it when nobody wrote anything, and which freeze
//! it tells. Pure: no SQL, no HTTP, no clock.

use assignments::tables::Verdict;
use kernel::{Actor, Day, Refusal, text};

use crate::facts::statement::{StatementFact, Wording};
use crate::review::{newest, person, wrong_state};
use crate::tables::{ErratumRow, FreezeRow, ReviewRow, ReviewSignRow, ReviewState};

/// 主送 when the bureau writes nothing else.
const ADDRESSEES: &str = "各县区、功能区，市直各单位";
/// 下步要求, likewise.
const DEMANDS: &str = "\
一是抓紧清理逾期事项。有逾期事项的单位要对照附件逐项说明原因，明确责任岗位和完成时间，办结一项、报结一项；确有客观原因的，在时限前按程序申请延期。
二是把时限放在前面。各单位要对临近时限的事项提前调度，需要其他单位配合的及早提出，不把问题留到最后一天。
三是如实反馈。进展、数量和困难以事实为准，佐证材料与反馈内容一致，不重复报、不虚报。
督查局将跟踪逾期事项的整改，下期一并通报。";
/// 印发范围, likewise.
const PRINTED: &str = "市委、市政府领导，各县区、功能区，市直各单位";

/// What a circular says beside its figures when nobody wrote anything else.
pub(crate) fn usual() -> Wording {
    Wording {
        addressees: ADDRESSEES.to_owned(),
        demands: DEMANDS.to_owned(),
        copies: String::new(),
        printed: PRINTED.to_owned(),
    }
}

impl ReviewRow {
    /// Whether there is a circular: from the freeze on.
    pub(crate) const fn has_circular(&self) -> bool {
        match self.state {
            ReviewState::Open | ReviewState::Draft => false,
            ReviewState::Frozen
            | ReviewState::Submitted
            | ReviewState::Approved
            | ReviewState::Published => true,
        }
    }

    /// The bureau writes its text before it is published; after that it stands as it went out.
    pub(crate) fn write_circular(
        &self,
        actor: &Actor,
        wording: Wording,
        today: Day,
    ) -> Result<StatementFact, Refusal> {
        if self.is_out() {
            return Err(Refusal::rule(text!(
                "通报已经印发，文字不能再改。",
                "The circular is out; its text cannot be changed."
            )));
        }
        match self.state {
            ReviewState::Draft
            | ReviewState::Frozen
            | ReviewState::Submitted
            | ReviewState::Approved => {
                Ok(StatementFact::CircularWritten { wording, person: person(actor), on: today })
            }
            ReviewState::Open | ReviewState::Published => Err(wrong_state()),
        }
    }
}

/// The freeze that the circular tells: what went out first; before that what the leader approved, or
/// the newest. A later erratum does not rewrite a paper that went out.
pub(crate) fn told<'a>(
    review: &ReviewRow,
    freezes: &'a [FreezeRow],
    (signs, errata): (&[ReviewSignRow], &[ErratumRow]),
) -> Option<&'a FreezeRow> {
    if review.is_out() {
        let computation = errata.first().map_or(review.shown, |first| first.before_n);
        return freezes.iter().rev().find(|f| f.computation == computation);
    }
    let mut approved = signs.iter().filter(|s| s.step > 0 && s.verdict == Verdict::Agreed);
    let n = approved.next_back().map(|sign| sign.freeze_n);
    freezes.iter().find(|f| Some(f.n) == n).or_else(|| newest(freezes))
}
