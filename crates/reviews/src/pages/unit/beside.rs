//! What stands beside a unit's score on its sheet: how firm its place is, the smallest change that
//! would have gained one, and what the bureau asks it about its records.

use journal::Result;
use kernel::{Lang, msg, text};
use maud::{Markup, html};
use rules::engine::sheet::Said;
use serde::Serialize;
use ui::{layout, part};
use uuid::Uuid;
use web::Call;

use super::super::doubts::{Titled, links, of_subjects, titles};
use super::super::robustness::interval;
use crate::acts::Sources;
use crate::doubts::{self, words as said};
use crate::gain::{self, Tried};
use crate::tables::{ComputationRow, ReviewRow};
use crate::{robustness, store};

/// Records of a question that the sheet names.
const RECORDS_SHOWN: usize = 10;

/// What stands beside the score.
#[derive(Default, Serialize)]
pub(super) struct Beside {
    /// How firm the place is.
    firm: Option<Said>,
    /// The smallest change.
    gain: Option<Tried>,
    #[serde(skip)]
    gain_titles: Vec<Titled>,
    /// What the unit is asked.
    questions: Vec<Question>,
}

/// What a unit is asked.
#[derive(Serialize)]
struct Question {
    kind: doubts::rows::DoubtKind,
    said: Said,
    outcome: String,
    titles: Vec<Titled>,
}

/// Reads it for who may see it: the unit itself all, the bureau not what would have gained the unit a
/// place, a leader how firm the place is.
pub(super) async fn read(
    call: &Call,
    (review, computation): (&ReviewRow, &ComputationRow),
    unit: Uuid,
) -> Result<Beside> {
    let robustness = robustness::of(call.db(), review, computation).await?;
    let firm = robustness.unit(&unit.to_string()).map(|(group, own)| firm(&robustness, group, own));
    let role = call.actor()?.role;
    if !role.is_unit() && !role.is_bureau() {
        let (gain, gain_titles, questions) = (None, Vec::new(), Vec::new());
        return Ok(Beside { firm, gain, gain_titles, questions });
    }
    let of_unit = (computation, unit);
    let gain =
        if role.is_unit() { gain::of(&Sources::of(call), review, of_unit).await? } else { None };
    let mut tx = call.read().await?;
    let records = gain.iter().filter_map(|tried| tried.gain.as_ref()).flat_map(|g| &g.records);
    let records: Vec<_> = records.copied().collect();
    let gain_titles = of_subjects(call, &mut tx, &records).await?;
    drop(tx);
    let questions = questions(call, review, unit).await?;
    Ok(Beside { firm, gain, gain_titles, questions })
}

/// The sentence of a unit's own interval; neighbours are not named.
fn firm(all: &robustness::Robustness, group: &robustness::Group, own: &robustness::Unit) -> Said {
    let weights = interval(own.weights.from, own.weights.to);
    let noise = interval(own.noise.from, own.noise.to);
    let (draws, chance) = (all.weight_draws, group.noise_draws);
    let alike = if own.alike().is_empty() {
        ("与相邻单位的名次能够区分", "it can be told from its neighbours")
    } else {
        ("与相邻单位的名次不易区分", "it can hardly be told from its neighbours")
    };
    Said {
        zh: format!(
            "各项权重在±25%内变动{draws}次，十次有九次位于{}；按件数的随机性重抽{chance}次，位于{}；{}。",
            weights.zh, noise.zh, alike.0
        ),
        en: format!(
            "With weights moved by up to a quarter in {draws} draws its place lies at {} in nine of ten; \
             with counts drawn anew {chance} times, at {}; {}.",
            weights.en, noise.en, alike.1
        ),
    }
}

/// What the unit is asked, with its own records only.
async fn questions(call: &Call, review: &ReviewRow, unit: Uuid) -> Result<Vec<Question>> {
    let mut tx = call.read().await?;
    let rows = store::doubts::looked_at(&mut tx, call.actor()?, review).await?;
    drop(tx);
    let rows: Vec<_> =
        rows.into_iter().filter(|row| row.unit_id == unit && row.asked_on.is_some()).collect();
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let found = doubts::kept::of(call.db(), review, &call.zone()).await?;
    let found = found.map(|found| found.doubts).unwrap_or_default();
    let mut tx = call.read().await?;
    let mut questions = Vec::new();
    for row in rows {
        let named = doubts::named(row.kind, row.unit_id, &row.evidence);
        let doubt = found.iter().find(|doubt| doubt.named() == named);
        let own = doubt.into_iter().flat_map(|d| &d.records).filter(|seen| seen.unit == unit);
        let own = own.take(RECORDS_SHOWN).map(|seen| seen.item);
        let titles = titles(call, &mut tx, own).await?;
        let (kind, outcome) = (row.kind, row.outcome);
        questions.push(Question { kind, said: Said { zh: row.zh, en: row.en }, outcome, titles });
    }
    Ok(questions)
}

impl Beside {
    pub(super) fn show(&self, lang: Lang) -> Markup {
        // The sheet that a unit signs on paper is its score and nothing beside it.
        let cards = html! {
            (self.firmness(lang))
            (self.smallest_gain(lang))
            (self.asked(lang))
        };
        html! { div class="no-print" { (layout::stack(cards)) } }
    }

    fn firmness(&self, lang: Lang) -> Markup {
        let Some(firm) = &self.firm else { return Markup::default() };
        let title = text!("名次稳健性", "How firm the place is");
        let note = text!("只供本单位掌握，不改分。", "For the unit itself; it changes no score.");
        let body = html! { p { (firm.of(lang)) } p class="muted" { (note.of(lang)) } };
        part::card(Some(title.of(lang)), None, body)
    }

    fn smallest_gain(&self, lang: Lang) -> Markup {
        let Some(Tried { tried, of, gain }) = &self.gain else { return Markup::default() };
        let title = text!("差在哪里", "What would have gained a place");
        let body = match gain {
            Some(gain) => {
                let n = gain.records.len();
                let (total, before, after) = (&gain.total, &gain.rank_before, &gain.rank);
                let told = msg!(
                    "下列{n}件如果按时办好，得分为{total}，名次由第{before}名升到第{after}名：",
                    "Had these {n} records turned out well, the score would be {total} and the place {after} instead of {before}:"
                );
                html! { p { (told.of(lang)) } (links(&self.gain_titles)) }
            }
            None if *of == 0 => {
                let told = text!(
                    "本单位没有办得不好的记录，名次的差距不在单件事项上。",
                    "No record of this unit turned out badly: the distance does not lie in single records."
                );
                html! { p { (told.of(lang)) } }
            }
            None => {
                let told = msg!(
                    "试算了{of}件中的{tried}件，改变其中任何一些，名次都不会上升。",
                    "{tried} of {of} records were tried: no change of theirs gains a place."
                );
                html! { p { (told.of(lang)) } }
            }
        };
        part::card(Some(title.of(lang)), None, body)
    }

    fn asked(&self, lang: Lang) -> Markup {
        if self.questions.is_empty() {
            return Markup::default();
        }
        let title = text!("请单位说明", "The bureau asks");
        let list = html! {
            @for q in &self.questions {
                p { strong { (said::kind(q.kind).of(lang)) } " " (q.said.of(lang)) }
                (links(&q.titles))
                p class="muted" { (q.outcome) }
            }
        };
        part::card(Some(title.of(lang)), None, list)
    }
}
