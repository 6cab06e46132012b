//! What may be done with an assignment now, as buttons that lead to the acts' forms.

use kernel::{Actor, Permission, Role, Text, text};
use maud::{Markup, html};
use ui::form::ButtonTone;
use web::{Call, button};

use crate::grants;
use crate::pages::card::Card;
use crate::tables::{Asked, State};
use crate::verification::Awaited;

/// One possible act: its permission, path below the card, label and icon.
type Possible = (Permission, &'static str, Text, &'static str);

/// Acts that a page is never for, even when nothing else is possible.
const ASIDE: [Permission; 8] = [
    grants::NAME_RESPONSIBLE,
    grants::STOP,
    grants::MERGE,
    grants::WITHDRAW,
    grants::NOTE,
    grants::REOPEN,
    grants::ARCHIVE,
    grants::ASK_EXTENSION,
];

/// The buttons, the first one being what the page is for.
pub(crate) fn possible(call: &Call, card: &Card) -> Markup {
    let Ok(actor) = call.actor() else { return Markup::default() };
    let list = for_unit(actor, card).into_iter().chain(for_others(actor, card));
    let base = crate::acts::card(card.item.id);
    let allowed = list.filter(|(permission, ..)| call.may(*permission));
    html! {
        @for (n, (permission, path, label, sign)) in allowed.enumerate() {
            @let tone = if n == 0 && !ASIDE.contains(&permission) { ButtonTone::Primary } else { ButtonTone::Plain };
            (button(call, permission, &format!("{base}/{path}"), (tone, label.of(call.lang), sign)))
        }
    }
}

fn for_unit(actor: &Actor, card: &Card) -> Vec<Possible> {
    let a = &card.row;
    let mut list: Vec<Possible> = Vec::new();
    if a.is_of(actor) && !a.stopped {
        match a.state {
            State::Issued => {
                list.push((grants::ACCEPT, "acceptance", text!("签收", "Accept"), "check"));
                if !card
                    .changes
                    .iter()
                    .any(|c| c.what == "hand_back" && c.state.is_some_and(is_decided))
                {
                    let label = text!("退回", "Hand back");
                    list.push((grants::HAND_BACK, "hand-back", label, "return"));
                }
            }
            State::Handling => {
                list.push((grants::REPORT, "reports", text!("反馈进展", "Report"), "message"));
                list.push((grants::SUBMIT, "submission", text!("报结", "Submit as done"), "flag"));
                list.push((
                    grants::BREAK_DOWN,
                    "breakdown",
                    text!("分解", "Break down"),
                    "git-branch",
                ));
            }
            State::Prepared if card.signs => {
                let label = text!("审签报结", "Sign the submission");
                list.push((grants::SIGN_SUBMISSION, "signature", label, "stamp"));
            }
            State::Prepared
            | State::HandedBack
            | State::Submitted
            | State::Closed
            | State::Withdrawn
            | State::Merged
            | State::Archived => {}
        }
        if card.pending.extension == Some(Asked::Asked) && a.state.is_open() {
            let label = text!("审签延期申请", "Endorse the extension");
            list.push((grants::ENDORSE_EXTENSION, "extensions/endorsement", label, "stamp"));
        }
        if matches!(a.state, State::Issued | State::Handling) && card.pending.extension.is_none() {
            let label = text!("申请延期", "Ask for an extension");
            list.push((grants::ASK_EXTENSION, "extensions", label, "clock"));
        }
        if card.pending.milestones && a.state.is_open() {
            let label = text!("节点完成", "Milestone reached");
            list.push((grants::REACH_MILESTONE, "milestones", label, "flag"));
        }
    }
    if card.takes_part && matches!(a.state, State::Handling | State::Prepared | State::Submitted) {
        let label = text!("明确责任岗位", "Name the responsible post");
        list.push((grants::NAME_RESPONSIBLE, "responsible", label, "user"));
    }
    if card.pending.own_part && a.state.is_open() {
        let label = text!("完成配合任务", "Finish one's part");
        list.push((grants::FINISH_PART, "part", label, "check"));
    }
    list
}

fn for_others(actor: &Actor, card: &Card) -> Vec<Possible> {
    let a = &card.row;
    let mut list: Vec<Possible> = Vec::new();
    if a.state == State::Submitted && verifies(actor, card) {
        list.push((grants::VERIFY, "verifications", text!("核实", "Verify"), "shield"));
    }
    if a.state == State::Submitted && a.awaits() == Awaited::Raiser && !a.presented {
        list.push((grants::PRESENT, "presentation", text!("呈报", "Present"), "upload"));
    }
    if card.pending.extension == Some(Asked::Endorsed) && a.state.is_open() && !a.stopped {
        let label = text!("审批延期", "Decide the extension");
        list.push((grants::DECIDE_EXTENSION, "extensions/decision", label, "gavel"));
    }
    if a.state == State::HandedBack {
        let label = text!("裁定退回", "Decide the hand-back");
        list.push((grants::DECIDE_HAND_BACK, "hand-back/decision", label, "gavel"));
    }
    if card.pending.notes {
        let label = text!("落实批注", "Follow the note up");
        list.push((grants::SETTLE_NOTE, "notes/settlement", label, "check"));
    }
    if a.stopped {
        list.push((grants::RESUME, "resumption", text!("恢复计时", "Resume"), "refresh"));
    } else if matches!(a.state, State::Issued | State::Handling) && a.awaits_answer_since.is_none()
    {
        list.push((grants::STOP, "stop", text!("暂缓", "Stop the clock"), "player-pause"));
    }
    if a.state == State::Closed {
        list.push((grants::REOPEN, "reopening", text!("重新办理", "Reopen"), "refresh"));
        list.push((grants::ARCHIVE, "archiving", text!("归档", "Archive"), "inbox"));
    }
    if a.state.is_open() {
        list.push((grants::MERGE, "merger", text!("并入", "Merge"), "git-branch"));
        list.push((grants::WITHDRAW, "withdrawal", text!("撤销", "Withdraw"), "x"));
    }
    list.push((grants::NOTE, "notes", text!("批注", "Note"), "edit"));
    list
}

const fn is_decided(asked: Asked) -> bool {
    matches!(asked, Asked::Granted | Asked::Refused)
}

/// Whether it is the caller's turn to verify, as far as the card can tell.
fn verifies(actor: &Actor, card: &Card) -> bool {
    match card.row.awaits() {
        Awaited::Department => actor.role == Role::Department,
        Awaited::BureauCloses | Awaited::BureauFirst => actor.role.is_bureau(),
        Awaited::Raiser => card.row.is_raiser(actor) && card.row.presented,
        Awaited::Parent => {
            actor.role == Role::Head
                && card.parent.as_ref().is_some_and(|p| p.unit_id == actor.unit)
        }
    }
}
