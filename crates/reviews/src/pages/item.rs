//! An item of the rules: where every unit stands in it and why, group by group.

use journal::{Error, Result, history};
use kernel::{Lang, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use rules::decimal;
use rules::document::Name;
use rules::engine::sheet::{Said, UnitScore};
use rules::rule_set::item::Item;
use serde::Serialize;
use ui::table::{Column, Row, Table};
use ui::{layout, part};
use web::{Answer, Call, View};

use super::review::ranking::Asked;
use crate::computed::{self, Part};
use crate::{acts, store, words};

#[derive(Serialize)]
struct Page {
    month: ReviewMonth,
    rule: String,
    code: String,
    name: String,
    article: Option<String>,
    groups: Vec<Group>,
    head: String,
    #[serde(skip)]
    path: String,
}

/// The units of a group, of which the page shows some.
#[derive(Serialize)]
struct Group {
    name: String,
    count: usize,
    from: usize,
    units: Vec<Standing>,
}

/// A unit in an item.
#[derive(Serialize)]
struct Standing {
    unit_id: String,
    unit: String,
    points: Option<String>,
    sentence: Said,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let review = acts::reached(&call).await?;
    if !super::review::is_internal(call.actor()?.role) {
        return Err(Error::missing());
    }
    let mut tx = call.read().await?;
    let row = store::review::computation(&mut tx, &review, review.shown).await?;
    let row = row.ok_or_else(Error::missing)?;
    let head = history::head(&mut tx, review.jurisdiction_id).await?.to_string();
    drop(tx);
    let parts = computed::parts(call.db(), &row).await?;
    let (rule, code) = (call.param("rule")?, call.param("item")?);
    let part = parts.iter().find(|p| p.rule.code.0 == rule).ok_or_else(Error::missing)?;
    let mut items = part.rule.items().chain(&part.rule.bonuses);
    let item = items.find(|i| i.code.0 == code).ok_or_else(Error::missing)?;
    let groups = groups(part, item, &call)?;
    call.page(&Page {
        month: review.month,
        rule: named(&part.rule.name, part.rule.english.as_ref(), call.lang).to_owned(),
        code: code.to_owned(),
        name: named(&item.name, item.english.as_ref(), call.lang).to_owned(),
        article: item.article.as_ref().map(|a| a.0.clone()),
        groups,
        head,
        path: format!("{}/rule-sets/{rule}/items/{code}", acts::card(review.month)),
    })
}

fn named<'a>(name: &'a Name, english: Option<&'a Name>, lang: Lang) -> &'a str {
    match (english, lang) {
        (Some(english), Lang::En) => &english.0,
        _ => &name.0,
    }
}

/// The units of each group, who has most points in front; of a long one a part.
fn groups(part: &Part, item: &Item, call: &Call) -> Result<Vec<Group>> {
    let (places, scoring, asked) = (part.rule.precision.places, part.scoring()?, Asked::of(call));
    let mut found = Vec::new();
    for group in &part.rule.groups {
        let points = |score: &UnitScore| {
            score.part(&item.code.0).and_then(rules::engine::sheet::Part::points)
        };
        let of_group = |u: &&UnitScore| u.group == group.code.0 && u.part(&item.code.0).is_some();
        let mut scores: Vec<&UnitScore> = part.sheet.units.iter().filter(of_group).collect();
        scores.sort_by(|a, b| points(b).cmp(&points(a)).then_with(|| a.unit.cmp(&b.unit)));
        if scores.is_empty() {
            continue;
        }
        let (count, from) = (scores.len(), asked.from(found.len(), scores.len()));
        let shown = scores.into_iter().skip(from - 1).take(asked.limit);
        let units = shown.filter_map(|score| {
            Some(Standing {
                unit_id: score.unit.clone(),
                unit: part.name(&score.unit).to_owned(),
                points: points(score).map(|points| decimal::shown(points, places)),
                sentence: scoring.explain_item(score, item)?.sentence,
            })
        });
        let name = named(&group.name, group.english.as_ref(), call.lang).to_owned();
        found.push(Group { name, count, from, units: units.collect() });
    }
    Ok(found)
}

impl View for Page {
    fn title(&self, _call: &Call) -> String {
        format!("{} {}", self.code, self.name)
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
            p class="muted" {
                (self.rule) @if let Some(article) = &self.article { " · " (article) }
            }
            @for (n, group) in (1..).zip(&self.groups) { (self.group(group, n, call)) }
            (web::seal(&self.head, call))
        })
    }
}

impl Page {
    fn group(&self, group: &Group, n: usize, call: &Call) -> Markup {
        let lang = call.lang;
        let columns = [
            Column::lead(words::UNIT.of(lang)),
            Column::number(words::TOTAL.of(lang)),
            Column {
                class: "col-wide",
                ..Column::text(text!("怎样算的", "How it comes about").of(lang))
            },
        ];
        let at = acts::card(self.month);
        let row = |u: &Standing| Row {
            href: Some(call.href(&format!("{at}/units/{}", u.unit_id))),
            tone: None,
            cells: vec![
                html! { (u.unit) },
                html! { @match &u.points { Some(points) => (points), None => "—" } },
                html! { (u.sentence.of(lang)) },
            ],
        };
        let table = Table {
            caption: &group.name,
            columns: &columns,
            rows: group.units.iter().map(row).collect(),
            ..Table::default()
        };
        let shown = (group.from, group.units.len(), group.count);
        let body = html! {
            div id={ "group-" (n) } {
                (table.render())
                (Asked::of(call).pager(call, &self.path, n, shown))
            }
        };
        part::card_flush(Some(&group.name), None, body)
    }
}
