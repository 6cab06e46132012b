//! 各月对照: the places of a group's units, month by month. For the bureau and leaders.

use std::collections::BTreeMap;

use journal::{Result, Tx, history as journal_history};
use kernel::{Lang, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use rust_decimal::Decimal;
use serde::Serialize;
use ui::form::{self, Choice, Field};
use ui::table::{Column, Row, Shape, Table};
use ui::{layout, part, table};
use uuid::Uuid;
use web::{Answer, Call, Param, ParamKind, View};

use crate::store::history;
use crate::tables::ReviewRow;
use crate::{acts, scoring, store, words};

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[
    Param::new("group", ParamKind::Text(60), text!("组别代码", "Code of the group")),
    Param::AFTER,
];

/// Months beside each other.
const MONTHS: i64 = 12;

#[derive(Serialize)]
struct Page {
    /// What may be chosen: groups of the newest of these months.
    groups: Vec<Group>,
    group: Option<String>,
    /// The oldest in front.
    months: Vec<ReviewMonth>,
    units: Vec<Line>,
    /// Months before these.
    next: Option<ReviewMonth>,
    head: String,
}

/// A group of a rule set, `XQ-GN`.
#[derive(Serialize)]
struct Group {
    code: String,
    name: String,
    #[serde(skip)]
    of: (String, String),
    /// Decimals of its totals.
    #[serde(skip)]
    places: u32,
}

/// A unit with what it came to in each of the months.
#[derive(Serialize)]
struct Line {
    unit_id: Uuid,
    unit: String,
    months: Vec<Option<Cell>>,
}

#[derive(Serialize)]
struct Cell {
    rank: Option<String>,
    total: Option<String>,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city) = (call.read().await?, call.city()?);
    let before = call.query.get("after").and_then(|m| m.parse().ok());
    let mut reviews = history::published(&mut tx, city, (before, MONTHS + 1)).await?;
    let shown = usize::try_from(MONTHS).unwrap_or(usize::MAX);
    let more = reviews.len() > shown;
    reviews.truncate(shown);
    let next = reviews.last().filter(|_| more).map(|r| r.month);
    let groups = match reviews.first() {
        Some(newest) => groups(&mut tx, newest, call.lang).await?,
        None => Vec::new(),
    };
    let asked = call.query.get("group");
    let group = groups.iter().find(|g| Some(g.code.as_str()) == asked).or_else(|| groups.first());
    reviews.reverse();
    let units = match group {
        Some(group) => lines(&mut tx, &reviews, group).await?,
        None => Vec::new(),
    };
    let head = journal_history::head(&mut tx, city).await?.to_string();
    call.page(&Page {
        group: group.map(|g| g.code.clone()),
        months: reviews.iter().map(|r| r.month).collect(),
        groups,
        units,
        next,
        head,
    })
}

async fn groups(tx: &mut Tx, review: &ReviewRow, lang: Lang) -> Result<Vec<Group>> {
    let mut found = Vec::new();
    for text in store::review::texts(tx, review).await? {
        let rule = scoring::read(&text.document)?;
        for group in &rule.groups {
            let name = match (&group.english, lang) {
                (Some(english), Lang::En) => english.0.clone(),
                _ => group.name.0.clone(),
            };
            let of = (rule.code.0.clone(), group.code.0.clone());
            let (code, places) = (format!("{}-{}", of.0, of.1), rule.precision.places);
            found.push(Group { code, name, of, places });
        }
    }
    Ok(found)
}

/// The units by their newest place, those without one last.
async fn lines(tx: &mut Tx, reviews: &[ReviewRow], group: &Group) -> Result<Vec<Line>> {
    let mut by_unit: BTreeMap<Uuid, Vec<Option<Cell>>> = BTreeMap::new();
    for (n, review) in reviews.iter().enumerate() {
        for placed in history::of_group(tx, review, (&group.of.0, &group.of.1)).await? {
            let months = by_unit.entry(placed.unit).or_default();
            months.resize_with(n, || None);
            let total = placed.total.map(|total| {
                let number = total.parse();
                number.map_or(total, |number| rules::decimal::shown(number, group.places))
            });
            months.push(Some(Cell { rank: placed.rank, total }));
        }
    }
    let Some(last) = reviews.last() else { return Ok(Vec::new()) };
    let names = people::store::units(tx, last.jurisdiction_id, last.last_on).await?;
    let mut lines: Vec<Line> = Vec::new();
    for (unit_id, mut months) in by_unit {
        months.resize_with(reviews.len(), || None);
        let name = names.iter().find(|u| u.id == unit_id).map(|u| u.short_name.clone());
        let unit = match name {
            Some(name) => name,
            // A unit that ended since is named as it was.
            None => people::store::unit(tx, last.jurisdiction_id, unit_id)
                .await?
                .map_or_else(|| unit_id.to_string(), |u| u.short_name),
        };
        lines.push(Line { unit_id, unit, months });
    }
    lines.sort_by_key(|line| {
        let newest = line.months.last().and_then(Option::as_ref);
        let rank = newest.and_then(|cell| cell.rank.as_ref()?.parse::<Decimal>().ok());
        rank.unwrap_or(Decimal::MAX)
    });
    Ok(lines)
}

impl View for Page {
    fn title(&self, call: &Call) -> String {
        words::statement::COMPARE.of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/reviews"), words::REVIEWS.of(call.lang).to_owned())]
    }

    fn body(&self, call: &Call) -> Markup {
        layout::stack_printed_lying(html! {
            (part::card_flush(None, None, html! {
                @if self.groups.len() > 1 { (self.chooser(call)) }
                (self.matrix(call))
            }))
            (web::seal(&self.head, call))
        })
    }
}

impl Page {
    fn chooser(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let value = self.group.as_deref().unwrap_or_default();
        let label = text!("组别", "Group").of(lang);
        let field = Field { name: "group", label, value, ..Field::default() };
        let choices: Vec<_> = self.groups.iter().map(|g| Choice::new(&g.code, &g.name)).collect();
        form::filter_form(lang, &call.href("/reviews/compare"), form::select(&field, &choices))
    }

    fn matrix(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.units.is_empty() {
            return table::list(part::empty_state(
                "chart",
                text!("还没有可以对照的月份", "Nothing to compare yet").of(lang),
                text!(
                    "讲评通报以后，各单位每月的名次列在这里。",
                    "Once reviews are published, the units' places stand here month by month."
                )
                .of(lang),
                None,
            ));
        }
        let labels: Vec<String> = self.months.iter().map(ToString::to_string).collect();
        let mut columns = vec![Column::lead(words::UNIT.of(lang))];
        columns.extend(labels.iter().map(|label| Column::number(label)));
        let table = Table {
            caption: words::statement::COMPARE.of(lang),
            columns: &columns,
            rows: self.units.iter().map(|line| self.row(line, call)).collect(),
            shape: Shape::Scroll,
            ..Table::default()
        };
        let group = self.group.as_deref().unwrap_or_default();
        let at = |after: Option<ReviewMonth>| {
            let mut pairs = vec![("group".to_owned(), group.to_owned())];
            pairs.extend(after.map(|m| ("after".to_owned(), m.to_string())));
            call.href(&format!("/reviews/compare?{}", web::encode_query(&pairs)))
        };
        let first = call.query.get("after").map(|_| at(None));
        let next = self.next.map(|m| at(Some(m)));
        table::list(html! {
            (table.render())
            (table::pager(lang, first.as_deref(), next.as_deref(), ""))
        })
    }

    fn row(&self, line: &Line, call: &Call) -> Row {
        let mut cells = vec![html! { (line.unit) }];
        cells.extend(self.months.iter().zip(&line.months).map(|(month, cell)| {
            let Some(cell) = cell else { return html! { span class="muted" { "—" } } };
            let at = format!("{}/units/{}", acts::card(*month), line.unit_id);
            html! {
                a href=(call.href(&at)) { (cell.rank.as_deref().unwrap_or("—")) }
                @if let Some(total) = &cell.total { br; span class="muted" { (total) } }
            }
        }));
        let href = call.href(&format!("/reviews/units/{}", line.unit_id));
        Row { href: Some(href), tone: None, cells }
    }
}
