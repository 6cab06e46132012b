//! The papers that can be made of what a page shows, under one button.

use kernel::{Permission, Text, text};
use maud::{Markup, html};
use ui::flow;
use uuid::Uuid;
use web::Call;

use crate::acts::{batch_page, card};
use crate::grants;
use crate::pages::card::Card;
use crate::pages::papers::{closing, list, reminder, sheet};
use crate::tables::State;

/// One paper: its permission, address and name.
type Offered = (Permission, String, Text);

/// Of an assignment: for those who may read its reports also what tells of them.
pub(crate) fn of_card(call: &Call, c: &Card) -> Markup {
    let at = |path: &str| format!("{}/{path}", card(c.item.id));
    let mut papers = vec![(grants::SHEET, at("sheet"), sheet::SPEC.title)];
    if c.inside && matches!(c.item.state, State::Closed | State::Archived) {
        let title = closing::SPEC.title;
        papers.push((grants::CLOSING_REPORT, at("closing-report"), title));
    }
    if c.inside {
        papers.push((grants::CASE_FILE, at("case-file"), text!("卷宗（ZIP）", "Case file, ZIP")));
    }
    menu(call, &papers)
}

/// Of a batch.
pub(crate) fn of_batch(call: &Call, id: Uuid) -> Markup {
    let at = |path: &str| format!("{}/{path}", batch_page(id));
    menu(
        call,
        &[
            (grants::LIST, at("list"), list::SPEC.title),
            (grants::MEETING, at("meeting"), text!("会议材料（打印）", "Meeting pack, to print")),
            (
                grants::MEETING_DOCUMENT,
                at("meeting/document"),
                text!("会议材料（Word）", "Meeting pack, for Word"),
            ),
        ],
    )
}

/// Of a unit: the reminder, when something is overdue.
pub(crate) fn of_unit(call: &Call, id: Uuid, overdue: i64) -> Markup {
    if overdue == 0 {
        return Markup::default();
    }
    menu(call, &[(grants::REMINDER, format!("/units/{id}/reminder"), reminder::SPEC.title)])
}

fn menu(call: &Call, papers: &[Offered]) -> Markup {
    let allowed: Vec<_> = papers.iter().filter(|(may, ..)| call.may(*may)).collect();
    if allowed.is_empty() {
        return Markup::default();
    }
    let panel = html! {
        @for (_, href, title) in allowed {
            (flow::menu_link(&call.href(href), "file", title.of(call.lang)))
        }
    };
    flow::dropdown(text!("文书", "Papers").of(call.lang), "file", panel)
}
