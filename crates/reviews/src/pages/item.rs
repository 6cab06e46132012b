//! An item of the rules: where every unit stands in it and why, group by group.

use journal::{Error, Result, history};
use kernel::{Lang, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use rules::decimal;
use rules::engine::sheet::Said;
use rules::rule_set::item::Item;
use rust_decimal::Decimal;
use serde::Serialize;
use ui::table::{Column, Row, Table};
use ui::{layout, part};
use web::{Answer, Call, View};

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
}

#[derive(Serialize)]
struct Group {
    name: String,
    units: Vec<Standing>,
}

/// A unit in an item.
#[derive(Serialize)]
struct Standing {
    unit_id: String,
    unit: String,
    points: Option<String>,
    sentence: Said,
    #[serde(skip)]
    sort: Option<Decimal>,
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
    call.page(&Page {
        month: review.month,
        rule: part.rule.name.0.clone(),
        code: code.to_owned(),
        name: name(item, call.lang).to_owned(),
        article: item.article.as_ref().map(|a| a.0.clone()),
        groups: groups(part, item, call.lang)?,
        head,
    })
}

fn name(item: &Item, lang: Lang) -> &str {
    match (&item.english, lang) {
        (Some(english), Lang::En) => &english.0,
        _ => &item.name.0,
    }
}

/// The units of each group, who has most points in front.
fn groups(part: &Part, item: &Item, lang: Lang) -> Result<Vec<Group>> {
    let places = part.rule.precision.places;
    let mut found = Vec::new();
    for group in &part.rule.groups {
        let mut units = Vec::new();
        for score in part.sheet.units.iter().filter(|u| u.group == group.code.0) {
            let Some(explained) = part.explain_item(&score.unit, &item.code.0)? else { continue };
            let sort = score.part(&item.code.0).and_then(rules::engine::sheet::Part::points);
            units.push(Standing {
                unit_id: score.unit.clone(),
                unit: part.name(&score.unit).to_owned(),
                points: sort.map(|points| decimal::shown(points, places)),
                sentence: explained.sentence,
                sort,
            });
        }
        units.sort_by(|a, b| b.sort.cmp(&a.sort).then_with(|| a.unit_id.cmp(&b.unit_id)));
        if !units.is_empty() {
            let english = group.english.as_ref().filter(|_| lang == Lang::En);
            let name = english.map_or(&group.name.0, |e| &e.0).clone();
            found.push(Group { name, units });
        }
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
            @for group in &self.groups { (self.group(group, call)) }
            (web::seal(&self.head, call))
        })
    }
}

impl Page {
    fn group(&self, group: &Group, call: &Call) -> Markup {
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
        part::card_flush(Some(&group.name), None, table.render())
    }
}
