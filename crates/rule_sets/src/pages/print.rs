//! The text of the rules as a sheet that prints.

use journal::Result;
use kernel::{Refusal, msg, text};
use maud::Markup;
use serde::Serialize;
use ui::form::ButtonTone;
use web::{Answer, Call, Sheet, View};

use crate::tables::VersionRow;
use crate::{grants, regions};

#[derive(Serialize)]
struct Printed {
    lines: Vec<String>,
    head: String,
    #[serde(skip)]
    row: VersionRow,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let (_, row) = super::reach(&call, &mut tx).await?;
    let rule = super::rule_of(&row)?.ok_or_else(not_right)?;
    let lines = rules::print::lines(&rule, call.lang);
    let head = journal::history::head(&mut tx, call.city()?).await?.to_string();
    call.page(&Printed { lines, head, row })
}

/// There is no text while something in the draft is wrong.
pub(crate) fn not_right() -> Refusal {
    Refusal::rule(text!(
        "稿件还有错误，改好后才有全文。",
        "The draft still has mistakes; there is a text once they are mended."
    ))
}

impl View for Printed {
    fn title(&self, call: &Call) -> String {
        let name = &self.row.name;
        msg!("{name}", "{name}").of(call.lang).to_owned()
    }

    fn sheet(&self, call: &Call) -> Option<Sheet> {
        let at = super::address(&self.row);
        let label = text!("下载 Word", "Download for Word").of(call.lang);
        let word = (ButtonTone::Plain, label, "download");
        Some(Sheet {
            paper: ui::shell::Paper::Upright,
            back: call.href(&at),
            tools: web::button(call, grants::DOCUMENT, &format!("{at}/document"), word),
            seal: format!("{} · {}", self.head, call.now().local(&call.zone())),
        })
    }

    fn body(&self, _call: &Call) -> Markup {
        // The sheet has its title already.
        let lines = self.lines.split_first().map(|(_, rest)| rest).unwrap_or_default();
        regions::content::articles(lines)
    }
}
