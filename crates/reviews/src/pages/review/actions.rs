//! What may be done with a review now, as buttons; the acts themselves decide again.

use kernel::{Permission, Text, text};
use maud::{Markup, html};
use ui::flow;
use ui::form::ButtonTone;
use web::{Call, button};

use super::Page;
use crate::tables::ReviewState;
use crate::{acts, grants, words};

/// One way on: its permission, address, word, sign and weight.
type Way = (Permission, &'static str, Text, &'static str, ButtonTone);

pub(super) fn possible(call: &Call, page: &Page) -> Markup {
    let at = |path: &str| format!("{}/{path}", acts::card(page.row.month));
    let lang = call.lang;
    html! {
        @for (permission, path, label, sign, tone) in ways(page, call) {
            (button(call, permission, &at(path), (tone, label.of(lang), sign)))
        }
        (looks(call, page))
        (papers(call, page))
    }
}

/// What bureau and leaders look at beside the ranking.
fn looks(call: &Call, page: &Page) -> Markup {
    if page.row.computation == 0 {
        return Markup::default();
    }
    let at = |path: &str| format!("{}/{path}", acts::card(page.row.month));
    let plain = |label: Text, sign| (ButtonTone::Plain, label.of(call.lang), sign);
    html! {
        (button(call, grants::ROBUSTNESS, &at("robustness"), plain(text!("稳健性", "Robustness"), "chart")))
        (button(call, grants::DOUBTS, &at("doubts"), plain(text!("存疑", "Questions"), "search")))
    }
}

fn ways(page: &Page, call: &Call) -> Vec<Way> {
    let (plain, primary) = (ButtonTone::Plain, ButtonTone::Primary);
    let compute =
        |tone| (grants::COMPUTE, "computations", text!("算分", "Compute"), "refresh", tone);
    let object =
        (grants::OBJECT, "objections", text!("提出异议", "Contest a figure"), "message", plain);
    let freeze = |tone| (grants::FREEZE, "freeze", text!("封存", "Freeze"), "lock", tone);
    let mut ways: Vec<Way> = Vec::new();
    match page.row.state {
        ReviewState::Open if page.row.computation == 0 => ways.push(compute(primary)),
        ReviewState::Open => {
            let label = text!("公示", "Show drafts");
            ways.push((grants::DRAFT, "draft", label, "send", primary));
            ways.push(compute(plain));
        }
        ReviewState::Draft => {
            ways.push(freeze(primary));
            ways.push(compute(plain));
            if page.row.may_be_shown_again(call.today()) {
                let label = text!("再次公示", "Show drafts again");
                ways.push((grants::DRAFT, "draft", label, "send", plain));
            }
        }
        ReviewState::Frozen => {
            let label = text!("呈批", "Submit");
            ways.push((grants::SUBMIT, "submission", label, "send", primary));
        }
        ReviewState::Submitted => {
            let label = text!("审批", "Approve");
            ways.push((grants::JUDGE, "approval", label, "stamp", primary));
            let label = text!("登记纸质审批", "Enter paper approval");
            ways.push((grants::PAPER_JUDGE, "paper-approval", label, "file", plain));
        }
        ReviewState::Approved => {
            let label = if page.row.is_out() {
                text!("发布更正", "Publish the erratum")
            } else {
                text!("通报", "Publish")
            };
            ways.push((grants::PUBLISH, "publication", label, "send", primary));
        }
        ReviewState::Published => {
            let has_award =
                |c: &super::Consequence| c.decided.as_ref().is_some_and(|d| d.unpaid_fen > 0);
            if page.consequences.iter().any(has_award) {
                let label = text!("登记拨付", "Enter payment");
                ways.push((grants::PAY, "payments", label, "check", plain));
            }
            ways.push(compute(plain));
            if page.is_granted {
                ways.push(freeze(plain));
            }
        }
    }
    if page.row.contestable(call.today()).is_some() {
        ways.push(object);
    }
    ways
}

/// What is read, printed and taken away.
fn papers(call: &Call, page: &Page) -> Markup {
    let (lang, at) = (call.lang, acts::card(page.row.month));
    let may_read = page.row.has_circular() && super::sees_all(call, &page.row);
    let may_take = !page.freezes.is_empty() && call.may(grants::BUNDLE);
    let is_draft = page.row.state == ReviewState::Draft;
    let may_write =
        (is_draft || may_read) && !page.row.is_out() && call.may(grants::WRITE_CIRCULAR);
    if !may_read && !may_take && !may_write {
        return Markup::default();
    }
    let href = |path: &str| call.href(&format!("{at}/{path}"));
    let panel = html! {
        @if may_read && call.may(grants::CIRCULAR) {
            (flow::menu_link(&href("circular"), "file", words::statement::CIRCULAR.of(lang)))
            (flow::menu_link(&href("circular/document"), "download", text!("通报（Word）", "Circular (Word)").of(lang)))
        }
        @if may_write {
            (flow::menu_link(&href("circular/text"), "edit", text!("拟写通报文稿", "Write the circular's text").of(lang)))
        }
        @if may_take {
            (flow::menu_link(&href("bundle"), "download", text!("封存包（可离线核验）", "What was frozen (can be checked elsewhere)").of(lang)))
        }
    };
    flow::dropdown(text!("文书", "Papers").of(lang), "file", panel)
}
