//! A unit over the months: its place and score in each published review, what it was awarded, what
//! it stated. For the unit itself, the bureau and leaders.

use std::collections::BTreeMap;

use journal::{Error, Result, Tx, history as journal_history};
use kernel::{Lang, msg, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use rules::rule_set::RuleSet;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;
use ui::table::{Column, Row, Table};
use ui::{Tone, figure, layout, part, table};
use uuid::Uuid;
use web::{Answer, Call, Param, View};

use crate::store::history::{self, Month};
use crate::tables::statement::StatementState;
use crate::tables::{ConsequenceRow, Decision, Standing};
use crate::{acts, proposals, scoring, store, words};

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[Param::AFTER];

/// Months of one page.
const MONTHS: i64 = 24;

#[derive(Serialize)]
struct Page {
    unit_id: Uuid,
    unit: String,
    /// The newest in front.
    months: Vec<Entry>,
    next: Option<ReviewMonth>,
    head: String,
}

/// What a unit came to in a month.
#[derive(Serialize)]
struct Entry {
    month: ReviewMonth,
    group: String,
    standing: Standing,
    total: Option<String>,
    rank: Option<String>,
    ranked: i64,
    followed: Vec<Followed>,
    /// Its statement, if it wrote one.
    statement: Option<StatementState>,
}

/// What the leader decided.
#[derive(Serialize)]
struct Followed {
    title: String,
    is_award: bool,
    is_taken: bool,
    amount_fen: Option<i64>,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let id = call.id("unit")?;
    store::statement::demand_seen(call.actor()?, id)?;
    let (mut tx, city) = (call.read().await?, call.city()?);
    let unit = people::store::unit(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let before = call.query.get("after").and_then(|m| m.parse().ok());
    let mut found = history::of_unit(&mut tx, city, id, (before, MONTHS + 1)).await?;
    let shown = usize::try_from(MONTHS).unwrap_or(usize::MAX);
    let more = found.len() > shown;
    found.truncate(shown);
    let next = found.last().filter(|_| more).map(|m| m.month);
    let months = entries(&mut tx, &call, id, found).await?;
    let head = journal_history::head(&mut tx, city).await?.to_string();
    call.page(&Page { unit_id: id, unit: unit.short_name, months, next, head })
}

async fn entries(tx: &mut Tx, call: &Call, unit: Uuid, found: Vec<Month>) -> Result<Vec<Entry>> {
    let city = call.city()?;
    let rules = rules(tx, call, &found).await?;
    let decided = decided(tx, call, (unit, &found)).await?;
    let stated = history::statements(tx, city, unit).await?;
    let entries = found.into_iter().map(|m| {
        let rule = rules.get(&m.version);
        let group = rule.and_then(|r| r.group(&m.group)).map(|g| {
            let english = g.english.as_ref().filter(|_| call.lang == Lang::En);
            english.unwrap_or(&g.name).0.clone()
        });
        let places = rule.map_or(2, |r| r.precision.places);
        let total = m.total.map(|total| {
            total.parse().map_or(total, |t: Decimal| rules::decimal::shown(t, places))
        });
        let of_month = decided.iter().filter(|d| d.review_id == m.review);
        Entry {
            followed: of_month.filter_map(|d| followed(rule?, d, call)).collect(),
            statement: stated.iter().find(|s| s.review_id == m.review).map(|s| s.state),
            month: m.month,
            group: group.unwrap_or_default(),
            standing: m.standing,
            total,
            rank: m.rank,
            ranked: m.ranked,
        }
    });
    Ok(entries.collect())
}

/// What was decided for a unit, as it is out: what was decided on an erratum that is under way, or
/// that the leader returned, is not.
async fn decided(
    tx: &mut Tx,
    call: &Call,
    (unit, found): (Uuid, &[Month]),
) -> Result<Vec<ConsequenceRow>> {
    let mut rows = history::consequences(tx, call.city()?, unit).await?;
    for month in found {
        let review = store::review::review(tx, call.city()?, month.review).await?;
        if review.freezes < 2 {
            continue;
        }
        let out = store::review::decided_as_out(tx, &review).await?;
        rows.retain(|row| row.review_id != review.id);
        rows.extend(out.into_iter().filter(|row| row.unit_id == unit));
    }
    Ok(rows)
}

/// The rules of these months, each version once.
async fn rules(tx: &mut Tx, call: &Call, found: &[Month]) -> Result<BTreeMap<Uuid, RuleSet>> {
    let mut rules = BTreeMap::new();
    for month in found {
        if rules.contains_key(&month.version) {
            continue;
        }
        let document = store::review::document(tx, call.city()?, month.version).await?;
        if let Some(document) = document {
            rules.insert(month.version, scoring::read(&document)?);
        }
    }
    Ok(rules)
}

fn followed(rule: &RuleSet, d: &ConsequenceRow, call: &Call) -> Option<Followed> {
    let rule = rule.consequences.iter().find(|c| c.code.0 == d.code)?;
    Some(Followed {
        title: proposals::title(rule, call.lang).to_owned(),
        is_award: rule.is_award,
        is_taken: d.verdict == Decision::Taken,
        amount_fen: d.amount_fen,
    })
}

impl View for Page {
    fn title(&self, call: &Call) -> String {
        msg!("{unit} 历次考评", "{unit}, month by month", unit = self.unit).of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/reviews"), words::REVIEWS.of(call.lang).to_owned())]
    }

    fn body(&self, call: &Call) -> Markup {
        layout::stack(html! {
            @if self.months.len() > 1 { (self.lines(call)) }
            (part::card_flush(None, None, self.list(call)))
            (web::seal(&self.head, call))
        })
    }
}

impl Page {
    /// Places and scores as lines, the oldest on the left; the first place lies on top.
    fn lines(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let old_first = || self.months.iter().rev();
        let line = |of: fn(&Entry) -> Option<&String>, sign: Decimal| {
            let said: Vec<&str> = old_first().filter_map(of).map(String::as_str).collect();
            let hundredths = said.iter().filter_map(|said| {
                (said.parse::<Decimal>().ok()? * sign * Decimal::ONE_HUNDRED).to_i64()
            });
            figure::sparkline_said(&hundredths.collect::<Vec<_>>(), &said.join(", "))
        };
        let places = text!("名次走势（越高越靠前）", "Places (higher is better)");
        let facts = [
            (places.of(lang), line(|m| m.rank.as_ref(), Decimal::NEGATIVE_ONE)),
            (text!("得分走势", "Scores").of(lang), line(|m| m.total.as_ref(), Decimal::ONE)),
        ];
        part::card(None, None, part::details(&facts))
    }

    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.months.is_empty() {
            return table::list(part::empty_state(
                "chart",
                text!("还没有通报过的考评", "No published review yet").of(lang),
                text!(
                    "参加考评并通报以后，每月的名次、得分和结果运用列在这里。",
                    "Once it was reviewed and published, each month's place, score and what followed stand here."
                )
                .of(lang),
                None,
            ));
        }
        let columns = [
            Column::lead(words::MONTH.of(lang)),
            Column::text(text!("组别", "Group").of(lang)),
            Column::fit(words::RANK.of(lang)),
            Column::number(words::TOTAL.of(lang)),
            Column::text(text!("结果运用", "What follows").of(lang)),
        ];
        let table = Table {
            caption: words::statement::HISTORY.of(lang),
            columns: &columns,
            rows: self.months.iter().map(|m| self.row(m, call)).collect(),
            ..Table::default()
        };
        let at = format!("/reviews/units/{}", self.unit_id);
        let next = self.next.map(|m| call.href(&format!("{at}?after={m}")));
        let first = call.query.get("after").map(|_| call.href(&at));
        table::list(html! {
            (table.render())
            (table::pager(lang, first.as_deref(), next.as_deref(), ""))
        })
    }

    fn row(&self, m: &Entry, call: &Call) -> Row {
        let lang = call.lang;
        let unit = self.unit_id;
        let rank = html! {
            @match &m.rank {
                Some(rank) => (msg!("{rank}/{of}", "{rank} of {of}", of = m.ranked).of(lang)),
                None => (part::badge(Tone::Grey, words::standing(m.standing).of(lang))),
            }
        };
        Row {
            href: Some(call.href(&format!("{}/units/{unit}", acts::card(m.month)))),
            tone: None,
            cells: vec![
                html! { (m.month.name(lang)) },
                html! { (m.group) },
                rank,
                html! { (m.total.as_deref().unwrap_or("—")) },
                html! { @for f in &m.followed { p { (self.followed(f, m, call)) } } @if m.followed.is_empty() { "—" } },
            ],
        }
    }

    fn followed(&self, f: &Followed, m: &Entry, call: &Call) -> Markup {
        let lang = call.lang;
        if !f.is_taken {
            return html! { span class="muted" { (f.title) " " (words::EXEMPT.of(lang)) } };
        }
        if f.is_award {
            return html! {
                (part::badge(Tone::Green, &f.title))
                @if let Some(fen) = f.amount_fen { " " (ui::num::count(fen / 100)) (text!("元", " yuan").of(lang)) }
            };
        }
        let at = acts::statement::At { month: m.month, unit: self.unit_id };
        html! {
            a href=(call.href(&at.card())) { (f.title) } " "
            (super::statement::state(m.statement, call))
        }
    }
}
