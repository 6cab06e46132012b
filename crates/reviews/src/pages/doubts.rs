//! 存疑核查: what a month's records make one ask, each with its evidence, who looked at it and what
//! came of it. For bureau and leaders; never a deduction, never in the circular.

use std::collections::BTreeMap;

use journal::{Result, Tx, history};
use kernel::{Day, Lang, Subject, SubjectKind, Text, msg, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use serde::Serialize;
use ui::form::{self, ButtonTone, Field};
use ui::table::{Column, Row, Table};
use ui::{Tone, layout, part, table};
use uuid::Uuid;
use web::{Answer, Call, Param, ParamKind, View, button};

use crate::doubts::rows::{DoubtKind, DoubtRow};
use crate::doubts::words as said;
use crate::doubts::{self, Doubt, Found};
use crate::{acts, grants, store, words};

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[
    Param::new(
        "kind",
        ParamKind::Words(|| DoubtKind::ALL.iter().map(|v| v.word()).collect()),
        text!("疑点类别", "Kind of question"),
    ),
    Param::new("unit", ParamKind::Id, text!("单位", "Unit")),
    Param::new("open", ParamKind::Flag, text!("待看或已看", "Not looked at yet, or looked at")),
    Param::AFTER,
];

/// Questions of one page.
const ROWS: usize = 25;
/// Records of a question that the list names.
const RECORDS_SHOWN: usize = 5;

#[derive(Serialize)]
struct Page {
    month: ReviewMonth,
    items: Vec<Item>,
    /// How many pass the filter, and how many of all nobody has looked at.
    count: usize,
    open_count: usize,
    next: Option<usize>,
    /// What was looked at.
    looked: Option<Looked>,
    head: String,
    #[serde(skip)]
    units: Vec<(Uuid, String)>,
}

/// How much was looked at.
#[derive(Serialize)]
struct Looked {
    items: usize,
    reports: usize,
    files: usize,
    is_cut: bool,
}

/// A question with what came of it.
#[derive(Serialize)]
struct Item {
    #[serde(flatten)]
    doubt: Doubt,
    unit_name: String,
    titles: Vec<Titled>,
    outcome: Option<Outcome>,
}

/// A record behind a question.
#[derive(Serialize)]
pub(crate) struct Titled {
    pub(crate) title: String,
    pub(crate) href: Option<String>,
}

/// What came of it.
#[derive(Serialize)]
struct Outcome {
    words: String,
    by: String,
    on: Day,
    asked_on: Option<Day>,
}

/// What the list is asked for.
struct Filter {
    kind: Option<DoubtKind>,
    unit: Option<Uuid>,
    is_open: Option<bool>,
    after: usize,
}

impl Filter {
    fn read(call: &Call) -> Self {
        let said = |name: &str| call.query.get(name).filter(|value| !value.is_empty());
        Self {
            kind: said("kind").and_then(DoubtKind::of),
            unit: said("unit").and_then(|unit| unit.parse().ok()),
            is_open: said("open").map(|open| open == "1"),
            after: said("after").and_then(|after| after.parse().ok()).unwrap_or_default(),
        }
    }

    fn passes(&self, doubt: &Doubt, row: Option<&DoubtRow>) -> bool {
        self.kind.is_none_or(|kind| kind == doubt.kind)
            && self.unit.is_none_or(|unit| unit == doubt.unit)
            && self.is_open.is_none_or(|open| open == row.is_none())
    }
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let review = acts::reached(&call).await?;
    let found = doubts::kept::of(call.db(), &review, &call.zone()).await?;
    let mut tx = call.read().await?;
    let rows = store::doubts::looked_at(&mut tx, call.actor()?, &review).await?;
    let units = people::store::units(&mut tx, call.city()?, review.last_on).await?;
    let units: Vec<(Uuid, String)> = units.into_iter().map(|u| (u.id, u.short_name)).collect();
    let looked = found.as_ref().map(|f| Looked {
        items: f.items,
        reports: f.reports,
        files: f.files,
        is_cut: f.is_cut,
    });
    let all = together(found, rows);
    let open_count = all.iter().filter(|(_, row)| row.is_none()).count();
    let filter = Filter::read(&call);
    let passing: Vec<_> =
        all.into_iter().filter(|(doubt, row)| filter.passes(doubt, row.as_ref())).collect();
    let count = passing.len();
    let next = (filter.after + ROWS < count).then_some(filter.after + ROWS);
    let shown: Vec<_> = passing.into_iter().skip(filter.after).take(ROWS).collect();
    let items = items(&call, &mut tx, shown, &units).await?;
    let head = history::head(&mut tx, review.jurisdiction_id).await?.to_string();
    let month = review.month;
    call.page(&Page { month, items, count, open_count, next, looked, head, units })
}

/// Each question with what came of it; what was looked at and is asked no more stays.
fn together(found: Option<Found>, rows: Vec<DoubtRow>) -> Vec<(Doubt, Option<DoubtRow>)> {
    let mut rows: BTreeMap<String, DoubtRow> = rows
        .into_iter()
        .map(|row| (doubts::named(row.kind, row.unit_id, &row.evidence), row))
        .collect();
    let found = found.map(|found| found.doubts).unwrap_or_default();
    let mut all: Vec<(Doubt, Option<DoubtRow>)> = found
        .into_iter()
        .map(|doubt| {
            let row = rows.remove(&doubt.named());
            (doubt, row)
        })
        .collect();
    all.extend(rows.into_values().map(|row| {
        let doubt = Doubt {
            kind: row.kind,
            unit: row.unit_id,
            evidence: row.evidence.clone(),
            zh: row.zh.clone(),
            en: row.en.clone(),
            records: Vec::new(),
            record_count: 0,
            figure: None,
        };
        (doubt, Some(row))
    }));
    all
}

async fn items(
    call: &Call,
    tx: &mut Tx,
    shown: Vec<(Doubt, Option<DoubtRow>)>,
    units: &[(Uuid, String)],
) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    for (doubt, row) in shown {
        let records = doubt.records.iter().take(RECORDS_SHOWN).map(|seen| seen.item);
        let titles = titles(call, tx, records).await?;
        let outcome = match row {
            Some(row) => {
                let by = people::store::post_title(tx, call.city()?, row.post_id).await?;
                let by = by.map_or_else(String::new, |post| post.text());
                let (words, on, asked_on) = (row.outcome, row.looked_on, row.asked_on);
                Some(Outcome { words, by, on, asked_on })
            }
            None => None,
        };
        let unit = units.iter().find(|(id, _)| *id == doubt.unit);
        let unit_name = unit.map_or_else(String::new, |(_, name)| name.clone());
        items.push(Item { doubt, unit_name, titles, outcome });
    }
    Ok(items)
}

/// Items of the register by their titles.
pub(crate) async fn titles(
    call: &Call,
    tx: &mut Tx,
    items: impl Iterator<Item = Uuid>,
) -> Result<Vec<Titled>> {
    let subjects: Vec<Subject> =
        items.map(|item| Subject::new(SubjectKind::Assignment, item)).collect();
    of_subjects(call, tx, &subjects).await
}

/// Records by their titles, each once.
pub(crate) async fn of_subjects(
    call: &Call,
    tx: &mut Tx,
    subjects: &[Subject],
) -> Result<Vec<Titled>> {
    let mut found = call.titles(tx, subjects).await?;
    let titled = |subject: &Subject| {
        let (title, href) = found.remove(subject)?;
        Some(Titled { title, href: href.map(|href| call.href(&href)) })
    };
    Ok(subjects.iter().filter_map(titled).collect())
}

/// Records in a row, each opened by its title.
pub(crate) fn links(titles: &[Titled]) -> Markup {
    html! {
        ul class="plain" {
            @for t in titles {
                li {
                    @match &t.href {
                        Some(href) => a href=(href) { (t.title) },
                        None => (t.title),
                    }
                }
            }
        }
    }
}

/// The address of this list with another value of one thing it is asked for.
fn with(call: &Call, name: &str, value: &str) -> String {
    let others = ["kind", "unit", "open"].into_iter().filter(|other| *other != name);
    let mut pairs: Vec<(String, String)> = others
        .filter_map(|other| Some((other.to_owned(), call.query.get(other)?.to_owned())))
        .filter(|(_, said)| !said.is_empty())
        .collect();
    if !value.is_empty() {
        pairs.push((name.to_owned(), value.to_owned()));
    }
    call.href(&format!("{}?{}", call.path, web::encode_query(&pairs)))
}

impl View for Page {
    fn title(&self, call: &Call) -> String {
        let month = words::review(self.month);
        format!("{} · {}", month.of(call.lang), said::DOUBTS.of(call.lang))
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
        let filter = form::filter_form(call.lang, &call.href(&call.path), self.filters(call));
        layout::stack_printed_lying(html! {
            (self.told(call))
            (self.tabs(call))
            (part::card_flush(None, None, html! { (filter) (self.list(call)) }))
            (web::seal(&self.head, call))
        })
    }
}

impl Page {
    fn told(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let what = text!(
            "以下是截止时的记录中值得问一问的情况，不是结论：不扣分、不进通报，由人核查后写明情况。",
            "What the records known at the cut-off make one ask. These are no findings: no deduction, not in the circular; a person looks and says what came of it."
        );
        let looked = self.looked.as_ref().map(|l| {
            let (items, reports, files) = (l.items, l.reports, l.files);
            msg!(
                "共看了{items}件事项、{reports}份报告、{files}份材料。",
                "{items} items, {reports} reports and {files} files were looked at."
            )
        });
        let cut = text!(
            "数量超过上限，只看了期限最近的一部分。",
            "There were more than the limit: only those due last were looked at."
        );
        let body = html! {
            p { (what.of(lang)) }
            @if let Some(looked) = looked {
                p class="muted" {
                    (looked.of(lang))
                    @if self.looked.as_ref().is_some_and(|l| l.is_cut) { " " (cut.of(lang)) }
                }
            }
        };
        part::card(None, None, body)
    }

    fn tabs(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let open = call.query.get("open").filter(|value| !value.is_empty());
        let tabs = [
            (text!("全部", "All"), "", open.is_none(), None),
            (text!("未核查", "Open"), "1", open == Some("1"), Some(self.open_count)),
            (text!("已核查", "Looked at"), "0", open == Some("0"), None),
        ];
        let hrefs = tabs.map(|(_, value, ..)| with(call, "open", value));
        let tabs: Vec<_> = tabs
            .iter()
            .zip(&hrefs)
            .map(|((label, _, active, count), href)| ui::flow::Tab {
                href,
                label: label.of(lang),
                count: count.and_then(|n| u64::try_from(n).ok()),
                active: *active,
            })
            .collect();
        ui::flow::tabs(said::DOUBTS.of(lang), &tabs)
    }

    fn filters(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let any = text!("全部", "All").of(lang);
        let select = |name: &str, label: Text, options: Vec<(String, String)>| {
            let value = call.query.get(name).unwrap_or_default();
            let field = Field { name, label: label.of(lang), value, ..Field::default() };
            let mut choices = vec![form::Choice::new("", any)];
            choices.extend(options.iter().map(|(v, l)| form::Choice::new(v, l)));
            form::select(&field, &choices)
        };
        let kinds = DoubtKind::ALL
            .iter()
            .map(|kind| (kind.word().to_owned(), said::kind(*kind).of(lang).to_owned()));
        let units = self.units.iter().map(|(id, name)| (id.to_string(), name.clone()));
        html! {
            (select("kind", said::KIND, kinds.collect()))
            (select("unit", words::UNIT, units.collect()))
            @if let Some(open) = call.query.get("open") { (form::hidden("open", open)) }
        }
    }

    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.items.is_empty() {
            return table::list(part::empty_state(
                "check",
                text!("没有存疑事项", "Nothing to ask").of(lang),
                text!(
                    "算分以后，程序按截止时的记录列出存疑事项。",
                    "Once scores are computed, questions about the records known at the cut-off stand here."
                )
                .of(lang),
                None,
            ));
        }
        let columns = [
            Column::fit(said::KIND.of(lang)),
            Column::fit(words::UNIT.of(lang)),
            Column { class: "col-wide", ..Column::lead(said::QUESTION.of(lang)) },
            Column::text(said::OUTCOME.of(lang)),
        ];
        let table = Table {
            caption: said::DOUBTS.of(lang),
            columns: &columns,
            rows: self.items.iter().map(|item| self.row(item, call)).collect(),
            ..Table::default()
        };
        let next = self.next.map(|after| with(call, "after", &after.to_string()));
        let first = call.query.get("after").map(|_| with(call, "after", ""));
        let count = self.count;
        let label = msg!("共 {count} 条", "{count} in all");
        table::list(html! {
            (table.render())
            (table::pager(lang, first.as_deref(), next.as_deref(), label.of(lang)))
        })
    }

    fn row(&self, item: &Item, call: &Call) -> Row {
        let lang = call.lang;
        let doubt = &item.doubt;
        let sheet = call.href(&format!("{}/units/{}", acts::card(self.month), doubt.unit));
        let question = if lang == Lang::Zh { &doubt.zh } else { &doubt.en };
        let more = doubt.record_count.saturating_sub(item.titles.len());
        Row {
            href: None,
            tone: None,
            cells: vec![
                html! { (said::kind(doubt.kind).of(lang)) },
                html! { a href=(sheet) { (item.unit_name) } },
                html! {
                    p { (question) }
                    @if !item.titles.is_empty() { (links(&item.titles)) }
                    @if more > 0 { p class="muted" { (msg!("另有{more}件", "and {more} more").of(lang)) } }
                },
                self.outcome(item, call),
            ],
        }
    }

    fn outcome(&self, item: &Item, call: &Call) -> Markup {
        let lang = call.lang;
        let pairs = [("doubt".to_owned(), item.doubt.named())];
        let at =
            format!("{}/doubts/outcomes?{}", acts::card(self.month), web::encode_query(&pairs));
        let label = if item.outcome.is_some() {
            text!("再次核查", "Look again")
        } else {
            text!("核查", "Look at it")
        };
        html! {
            @if let Some(o) = &item.outcome {
                p { (o.words) }
                p class="muted" {
                    (o.by) " " time datetime=(o.on) { (o.on) }
                    @if o.asked_on.is_some() { " " (part::badge(Tone::Blue, said::ASKED.of(lang))) }
                }
            }
            (button(call, grants::LOOK_AT_DOUBT, &at, (ButtonTone::Plain, label.of(lang), "search")))
        }
    }
}
