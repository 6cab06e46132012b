//! 排名稳健性: for each group of a month where each unit's place lies under other weights and under
//! the chance in small counts, and whom it cannot be told from. For bureau and leaders.

use journal::{Error, Result, history};
use kernel::{Lang, msg, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use serde::Serialize;
use ui::table::{Column, Row, Table};
use ui::{Tone, layout, part};
use web::{Answer, Call, View};

use crate::robustness::{self, Firm, Group, Robustness, Unit};
use crate::{acts, store, words};

#[derive(Serialize)]
struct Page {
    month: ReviewMonth,
    computation: i64,
    root: String,
    #[serde(flatten)]
    robustness: Robustness,
    head: String,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let review = acts::reached(&call).await?;
    let mut tx = call.read().await?;
    let row = store::review::computation(&mut tx, &review, review.shown).await?;
    let row = row.ok_or_else(Error::missing)?;
    let head = history::head(&mut tx, review.jurisdiction_id).await?.to_string();
    drop(tx);
    let robustness = robustness::of(call.db(), &review, &row).await?;
    let (month, root) = (review.month, row.root);
    call.page(&Page { month, computation: row.n, root, robustness, head })
}

/// An interval of places.
pub(crate) fn interval(from: usize, to: usize) -> kernel::Message {
    if from == to {
        return msg!("第{from}名", "{from}");
    }
    msg!("第{from}至{to}名", "{from} to {to}")
}

/// A share of draws in percent.
fn share(permille: i64) -> String {
    format!("{}%", ui::num::decimal(i128::from(permille), 1))
}

impl View for Page {
    fn title(&self, call: &Call) -> String {
        let month = words::review(self.month);
        let title = text!("排名稳健性", "How firm the ranking is").of(call.lang);
        format!("{} · {title}", month.of(call.lang))
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![
            (call.href("/reviews"), words::REVIEWS.of(call.lang).to_owned()),
            (
                call.href(&acts::card(self.month)),
                words::review(self.month).of(call.lang).to_owned(),
            ),
        ]
    }

    fn body(&self, call: &Call) -> Markup {
        layout::stack_printed_lying(html! {
            (self.told(call))
            @if self.robustness.groups.is_empty() {
                (part::card(None, None, part::empty_state(
                    "chart",
                    text!("没有参与排名的单位", "No unit is ranked").of(call.lang),
                    text!("有单位参与排名后，这里显示名次区间。", "Intervals stand here once units are ranked.").of(call.lang),
                    None,
                )))
            }
            @for group in &self.robustness.groups { (self.group(group, call)) }
            (web::seal(&self.head, call))
        })
    }
}

impl Page {
    /// How it was drawn, and what it is for.
    fn told(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let (draws, seed) = (self.robustness.weight_draws, &self.robustness.seed);
        let how = msg!(
            "各项权重在±25%内随机变动{draws}次，另按各单位件数的随机性重抽，看名次落在哪里。区间为90%的抽样所在；种子 {seed} 取自本次算分的校验值，任何人可以重做。",
            "Weights were moved at random by up to a quarter {draws} times, and counts were drawn anew by chance. Nine in ten draws lie in the interval. The seed {seed} is the beginning of this computing's root: anybody can draw the same."
        );
        let why = text!(
            "只供督查局和领导掌握，不改分、不进通报。",
            "For bureau and leaders only: it changes no score and stands in no circular."
        );
        part::card(None, None, html! { p { (how.of(lang)) } p class="muted" { (why.of(lang)) } })
    }

    fn group(&self, group: &Group, call: &Call) -> Markup {
        let lang = call.lang;
        let (k, of) = (group.places, group.units.len());
        let first = msg!("前{k}名概率（权重 · 小样本）", "Among first {k} (weights · counts)");
        let last = msg!("后{k}名概率（权重 · 小样本）", "Among last {k} (weights · counts)");
        let columns = [
            Column::number(words::RANK.of(lang)),
            Column::lead(words::UNIT.of(lang)),
            Column::fit(text!("权重变动", "Other weights").of(lang)),
            Column::fit(text!("小样本", "Chance in counts").of(lang)),
            Column::number(first.of(lang)),
            Column::number(last.of(lang)),
            Column::text(text!("不能区分的相邻单位", "Cannot be told from").of(lang)),
        ];
        let name = if lang == Lang::Zh { &group.zh } else { &group.en };
        let table = Table {
            caption: name,
            columns: &columns,
            rows: group.units.iter().map(|unit| self.row(group, unit, call)).collect(),
            ..Table::default()
        };
        let draws = group.noise_draws;
        let note = msg!(
            "{of}个单位参与排名；小样本重抽{draws}次。概率按权重变动计。",
            "{of} units are ranked; counts were drawn {draws} times. Shares are those of the weights."
        );
        part::card_flush(
            Some(name),
            None,
            html! { (table.render()) p class="muted card-body" { (note.of(lang)) } },
        )
    }

    fn row(&self, group: &Group, unit: &Unit, call: &Call) -> Row {
        let lang = call.lang;
        let of = group.units.len();
        let alike = unit.alike();
        let names: Vec<&str> = group
            .units
            .iter()
            .filter(|other| alike.contains(other.unit_id.as_str()))
            .map(|other| other.unit.as_str())
            .collect();
        let sheet = format!("{}/units/{}", acts::card(self.month), unit.unit_id);
        Row {
            href: Some(call.href(&sheet)),
            tone: None,
            cells: vec![
                html! { (unit.rank) },
                html! { (unit.unit) },
                lying(&unit.weights, of, &unit.rank, lang),
                lying(&unit.noise, of, &unit.rank, lang),
                html! { (share(unit.weights.first_permille)) " · " (share(unit.noise.first_permille)) },
                html! { (share(unit.weights.last_permille)) " · " (share(unit.noise.last_permille)) },
                html! {
                    @if names.is_empty() { "—" }
                    @for name in names { (part::badge(Tone::Yellow, name)) " " }
                },
            ],
        }
    }
}

/// An interval drawn over all places of the group, the published one as a dot, and in words.
fn lying(firm: &Firm, of: usize, rank: &str, lang: Lang) -> Markup {
    let said = interval(firm.from, firm.to);
    // In half places, for a mean rank may lie between two; the line runs from 6 to 90.
    let halves = of.saturating_sub(1) * 2;
    let at = |half: usize| 6 + (half.min(halves) * 84).checked_div(halves).unwrap_or(0);
    let whole = |place: usize| at(place.saturating_sub(1) * 2);
    let said_rank = rank.strip_suffix(".5");
    let first = said_rank.unwrap_or(rank).parse::<usize>().unwrap_or(1).saturating_sub(1);
    let dot = at(first * 2 + usize::from(said_rank.is_some()));
    html! {
        @if of <= PLACES_DRAWN {
            svg class="sparkline" viewBox="0 0 96 28" aria-hidden="true" {
                line x1="6" y1="14" x2="90" y2="14" stroke-opacity="0.2" {}
                line x1=(whole(firm.from)) y1="14" x2=(whole(firm.to)) y2="14" stroke-width="5" {}
                circle cx=(dot) cy="14" r="4" {}
            }
            " "
        }
        span class="nowrap" { (said.of(lang)) }
    }
}

/// With more places than this an interval is said only.
const PLACES_DRAWN: usize = 60;
