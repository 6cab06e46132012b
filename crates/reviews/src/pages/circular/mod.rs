//! 通报: what goes out to everybody. Each figure is read from the records as known at the cut-off, or
//! from what was frozen, and leads back to them; the bureau writes what it asks and nothing else.
//! Bureau and leaders see it from the freeze on, everybody once it is published.
//!
//! Absent on purpose: how firm a place is, questions about figures, and persons.

mod body;
mod figures;
pub(crate) mod paper;
mod read;

use journal::{Error, Result};
use kernel::{Day, Lang, Message, Text, text};
use maud::Markup;
use measures::ReviewMonth;
use rules::engine::sheet::Said;
use serde::Serialize;
use ui::form::ButtonTone;
use uuid::Uuid;
use web::{Answer, Call, View, button};

use crate::facts::statement::Wording;
use crate::tables::{ObjectionState, ReviewRow, ReviewState};
use crate::{acts, grants, store, words};
use figures::Overview;

/// What stands in a circular.
#[derive(Serialize)]
pub(crate) struct Circular {
    pub(crate) month: ReviewMonth,
    pub(crate) state: ReviewState,
    /// 督查通报2021年第4期; none before it is published.
    pub(crate) number: Option<String>,
    pub(crate) title: Said,
    pub(crate) intro: Said,
    pub(crate) overview: Overview,
    pub(crate) groups: Vec<Group>,
    pub(crate) awards: Vec<Award>,
    pub(crate) statements: Vec<Called>,
    /// What is overdue at the cut-off, the longest first.
    pub(crate) late: Vec<Late>,
    /// How many more there are than are listed.
    pub(crate) late_left: i64,
    pub(crate) objections: Vec<Contested>,
    /// Where the decisions on awards stand, and where the objections do.
    pub(crate) decided_at: usize,
    pub(crate) heard_at: usize,
    #[serde(flatten)]
    pub(crate) wording: Wording,
    pub(crate) bureau: String,
    pub(crate) dated: Option<Day>,
    /// A later freeze that corrected what went out.
    pub(crate) corrected: Option<i64>,
    pub(crate) sources: Vec<Source>,
    pub(crate) root: String,
    /// The head of the journal at the freeze.
    pub(crate) frozen_head: String,
    pub(crate) head: String,
}

/// A group of units, the first in front.
#[derive(Serialize)]
pub(crate) struct Group {
    pub(crate) name: Said,
    pub(crate) units: Vec<Placed>,
    /// Its source.
    pub(crate) source: usize,
}

/// A unit with its place.
#[derive(Serialize)]
pub(crate) struct Placed {
    pub(crate) unit_id: Uuid,
    pub(crate) unit: String,
    pub(crate) rank: Option<String>,
    pub(crate) total: Option<String>,
    /// Why it has no place.
    pub(crate) why: Option<Said>,
    /// Its items with their points.
    pub(crate) items: Vec<(Said, Option<String>)>,
}

/// What a unit is awarded.
#[derive(Serialize)]
pub(crate) struct Award {
    pub(crate) unit_id: Uuid,
    pub(crate) unit: String,
    pub(crate) title: Said,
    pub(crate) amount_fen: Option<i64>,
}

/// A unit that makes a statement.
#[derive(Serialize)]
pub(crate) struct Called {
    pub(crate) unit_id: Uuid,
    pub(crate) unit: String,
    pub(crate) title: Said,
    pub(crate) article: Option<String>,
}

/// An overdue item.
#[derive(Serialize)]
pub(crate) struct Late {
    pub(crate) id: Uuid,
    pub(crate) label: String,
    /// None when only the units concerned may see it.
    pub(crate) title: Option<String>,
    pub(crate) href: Option<String>,
    pub(crate) unit: String,
    pub(crate) due_on: Option<Day>,
    pub(crate) days: i64,
}

/// What was contested, and what became of it.
#[derive(Serialize)]
pub(crate) struct Contested {
    pub(crate) label: String,
    pub(crate) unit: String,
    pub(crate) item: String,
    pub(crate) state: ObjectionState,
}

/// Where a figure comes from: its number on paper, what it is, its address.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Source {
    pub(crate) n: usize,
    pub(crate) what: Said,
    pub(crate) href: String,
}

/// Numbered as they are cited.
#[derive(Default)]
struct Sources(Vec<Source>);

impl Sources {
    fn cite(&mut self, what: Message, href: String) -> usize {
        let n = self.0.len() + 1;
        self.0.push(Source { n, what: what.into(), href });
        n
    }
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let review = reached(&call).await?;
    let circular = read::circular(&call, &review).await?;
    call.page(&circular)
}

/// The review of the path, once it has a circular that the caller may see.
pub(crate) async fn reached(call: &Call) -> Result<ReviewRow> {
    let review = super::review::as_seen(call, acts::reached(call).await?);
    let may_see = review.has_circular() && super::review::sees_all(call, &review);
    if may_see { Ok(review) } else { Err(Error::missing()) }
}

/// The newest review with a circular that the caller may see.
async fn newest(call: &Call, tx: &mut journal::Tx) -> Result<Option<ReviewRow>> {
    let found = store::review::list(tx, call.actor()?, None, 24).await?;
    Ok(found.into_iter().find(|r| r.has_circular() && super::review::sees_all(call, r)))
}

impl View for Circular {
    fn title(&self, call: &Call) -> String {
        self.title.of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        let review = words::review(self.month).of(call.lang).to_owned();
        vec![
            (call.href("/reviews"), words::REVIEWS.of(call.lang).to_owned()),
            (call.href(&acts::card(self.month)), review),
        ]
    }

    fn actions(&self, call: &Call) -> Markup {
        let at = format!("{}/circular", acts::card(self.month));
        let edit = (ButtonTone::Plain, text!("改文稿", "Edit the text").of(call.lang), "edit");
        let word = (ButtonTone::Plain, words::statement::WORD.of(call.lang), "download");
        maud::html! {
            @if self.dated.is_none() {
                (button(call, grants::WRITE_CIRCULAR, &format!("{at}/text"), edit))
            }
            (button(call, grants::CIRCULAR_DOCUMENT, &format!("{at}/document"), word))
        }
    }

    fn body(&self, call: &Call) -> Markup {
        self.show(call)
    }
}

impl Circular {
    /// What an award is to its unit: money, praise, or both.
    fn award_intro(&self) -> Option<Text> {
        let paid = self.awards.iter().filter(|a| a.amount_fen.is_some()).count();
        match (paid, self.awards.len()) {
            (_, 0) => None,
            (0, _) => Some(text!("对下列单位予以表扬：", "These units are praised:")),
            (paid, all) if paid == all => Some(text!(
                "下列单位的奖励作为单位工作经费：",
                "What these units are awarded is for their work:"
            )),
            (..) => Some(text!(
                "对下列单位予以表扬，其中有奖励金额的，作为单位工作经费：",
                "These units are praised; what is awarded in money is for their work:"
            )),
        }
    }

    /// That figures of the journal and figures that count may differ, where objections were upheld.
    fn corrected_figures(&self) -> Option<Text> {
        let upheld = |o: &Contested| o.state == ObjectionState::Upheld;
        self.objections.iter().any(upheld).then_some(text!(
            "以上为截止时的记录；经异议核实更正的数据，得分按更正后的计算，见异议处理情况。",
            "This is what was recorded at the cut-off; figures that were corrected on objection count as corrected, see the objections."
        ))
    }
}

/// An award in words: 30万元 is written in yuan, as the accounts have it.
fn amount(fen: i64, lang: Lang) -> String {
    format!("{}{}", ui::num::count(fen / 100), text!("元", " yuan").of(lang))
}
