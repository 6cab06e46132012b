//! What may be done with a slip now, as buttons; the acts themselves decide again.

use kernel::{Permission, Role, Text, text};
use maud::{Markup, html};
use ui::flow;
use ui::form::ButtonTone;
use web::{Call, button};

use crate::grants;
use crate::pages::slip::{Card, is_of_unit};
use crate::tables::SlipState;

/// One way on: its permission, address, word, sign and weight.
type Way = (Permission, &'static str, Text, &'static str, ButtonTone);

const PAPER: Text = text!("登记纸质签发", "Enter paper signature");

pub(crate) fn possible(call: &Call, c: &Card) -> Markup {
    let at = |path: &str| format!("{}/{path}", crate::acts::card(c.row.id));
    let lang = call.lang;
    html! {
        @for (permission, path, label, sign, tone) in ways(call, c) {
            (button(call, permission, &at(path), (tone, label.of(lang), sign)))
        }
        (papers(call, c))
    }
}

fn ways(call: &Call, c: &Card) -> Vec<Way> {
    let s = &c.row;
    let primary = ButtonTone::Primary;
    let mut ways: Vec<Way> = Vec::new();
    match s.state {
        SlipState::Draft => {
            ways.push((grants::SEND, "review", text!("送审", "Send"), "send", primary));
            ways.push((grants::WRITE, "text", text!("修改", "Change"), "edit", ButtonTone::Plain));
        }
        SlipState::InReview => {
            if call.visitor().is_some_and(|v| s.is_signed_by(&v.actor)) {
                ways.push((grants::SIGN, "signature", text!("审签", "Sign"), "stamp", primary));
            }
            ways.push((grants::PAPER_SIGN, "paper-signature", PAPER, "file", ButtonTone::Plain));
        }
        SlipState::Approved => {
            ways.push((grants::ISSUE, "issue", text!("印发", "Issue"), "send", primary));
        }
        SlipState::Issued => {
            if is_of_unit(call, s, None) {
                let label = text!("填写回执", "Answer");
                ways.push((grants::ANSWER, "answers", label, "message", primary));
            }
        }
        SlipState::Prepared => {
            if is_of_unit(call, s, Some(Role::Head)) {
                let label = text!("审签回执", "Sign the answer");
                ways.push((grants::SIGN_ANSWER, "answers/signature", label, "stamp", primary));
            }
            if is_of_unit(call, s, None) {
                let at = "answers/paper-signature";
                ways.push((grants::PAPER_ANSWER, at, PAPER, "file", ButtonTone::Plain));
            }
        }
        SlipState::Answered => {
            let label = text!("核实回执", "Judge the answer");
            ways.push((grants::JUDGE, "answers/verdict", label, "check", primary));
        }
        SlipState::Closed | SlipState::Superseded | SlipState::Withdrawn => return ways,
    }
    let is_chief = call.visitor().is_some_and(|v| v.actor.role == Role::Chief);
    if c.slip.issued_on.is_none() || is_chief {
        let label = text!("撤销", "Withdraw");
        ways.push((grants::WITHDRAW, "withdrawal", label, "x", ButtonTone::Plain));
    }
    ways
}

/// The paper, once it is issued.
fn papers(call: &Call, c: &Card) -> Markup {
    if c.slip.issued_on.is_none() {
        return Markup::default();
    }
    let at = |path: &str| call.href(&format!("{}/{path}", crate::acts::card(c.row.id)));
    let panel = html! {
        (flow::menu_link(&at("print"), "printer", text!("督办单（打印）", "The slip, to print").of(call.lang)))
        (flow::menu_link(&at("document"), "file", text!("督办单（Word）", "The slip, for Word").of(call.lang)))
    };
    flow::dropdown(text!("文书", "Papers").of(call.lang), "file", panel)
}
