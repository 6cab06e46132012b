//! What was corrected after publication: when, why, and whose score or place differs.

use journal::{Result, Tx};
use kernel::{Day, msg, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::{Tone, part};
use web::Call;

use super::asides::move_table;
use super::{Moved, between};
use crate::store;
use crate::tables::ReviewRow;

/// A correction that was published.
#[derive(Serialize)]
pub(crate) struct Erratum {
    pub(crate) n: i64,
    pub(crate) on: Day,
    pub(crate) by: String,
    /// Why it was frozen again.
    pub(crate) why: String,
    /// The root that holds since.
    pub(crate) root: String,
    pub(crate) moves: Vec<Moved>,
}

pub(super) async fn read(call: &Call, tx: &mut Tx, row: &ReviewRow) -> Result<Vec<Erratum>> {
    let freezes = store::review::freezes(tx, row).await?;
    let mut found = Vec::new();
    for erratum in store::review::errata(tx, row).await? {
        let freeze = freezes.iter().find(|f| f.n == erratum.freeze_n);
        found.push(Erratum {
            n: erratum.n,
            on: erratum.corrected_on,
            by: super::post(call, tx, erratum.post_id).await?,
            why: freeze.map_or_else(String::new, |f| f.why.clone()),
            root: freeze.map_or_else(String::new, |f| f.root.clone()),
            moves: between(call, tx, row, (erratum.before_n, erratum.after_n)).await?,
        });
    }
    Ok(found)
}

impl Erratum {
    pub(super) fn show(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let (n, on, by) = (self.n, self.on, &self.by);
        let title = msg!("第{n}次更正（{on}）", "Erratum {n} ({on})");
        let told = html! {
            p class="card-body" { (by) @if !self.why.is_empty() { "：" (self.why) } " " code class="hash" { (self.root) } }
            @if self.moves.is_empty() {
                p class="card-body muted" { (text!("得分和名次没有变化。", "No score and no place changed.").of(lang)) }
            } @else { (move_table(title.of(lang), &self.moves, call)) }
        };
        part::card_flush(Some(title.of(lang)), None, told)
    }
}

/// What holds while an erratum waits, for who sees that it does.
pub(super) fn under_way(call: &Call) -> Markup {
    let told = text!(
        "正在办理更正：领导批准并发布以前，各单位看到的仍是已通报的结果；变动列在“更正带来的变化”。",
        "An erratum is under way: until the leader approves it and it is published, units see what was published; what would change is listed below."
    );
    part::alert(Tone::Yellow, html! { (told.of(call.lang)) })
}
