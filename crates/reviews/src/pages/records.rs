//! The records behind one figure: which count, with what weight, and what they add up to.

use ::measures::{Call as Question, Fact, Kind, Measure, Record, store};
use journal::{Error, Result, Tx, history};
use kernel::{Day, Subject, msg, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::table::{Column, Row, Table};
use ui::{Tone, num, part, table};
use uuid::Uuid;
use web::{Answer, Call, Param, ParamKind, View};

use super::{Wanted, counted, limited, shown, within};
use crate::words;

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[
    Param::new("unit", ParamKind::Id, text!("单位（必填）", "The unit; required")),
    Wanted::FROM,
    Wanted::TO,
    Wanted::CUT,
    Param::AFTER,
    Wanted::MONTH,
    Wanted::PARAMS,
];

/// Records of one page.
const ROWS: i64 = 100;

#[derive(Serialize)]
struct Records {
    measure: &'static str,
    version: u16,
    /// What rule sets call it with these parameters.
    call: String,
    unit_id: Uuid,
    unit: String,
    from: Day,
    to: Day,
    cut: i64,
    /// The figure that all these records come to.
    #[serde(flatten)]
    fact: Fact,
    items: Vec<Item>,
    /// What follows on the next page.
    next: Option<String>,
    head: String,
    #[serde(skip)]
    shown: Shown,
}

struct Shown {
    measure: &'static Measure,
    wanted: Wanted,
}

#[derive(Serialize)]
struct Item {
    id: Uuid,
    title: String,
    href: Option<String>,
    /// The place of its version in the journal.
    seq: i64,
    first_on: Option<Day>,
    last_on: Option<Day>,
    numerator: i64,
    denominator: Option<i64>,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (measure, _) = super::found(&call)?;
    let within = within(call.actor()?)?;
    let wanted = Wanted::read(&call, measure)?;
    let mut tx = call.read().await?;
    let city = call.city()?;
    let unit = call.query.get("unit").and_then(|id| id.parse().ok()).ok_or_else(Error::missing)?;
    let unit = people::store::unit(&mut tx, city, unit).await?.ok_or_else(Error::missing)?;
    let question = wanted.question(&call, &mut tx).await?;
    let after = call.query.get("after").and_then(after);
    let cell = (&wanted.asked, unit.id);
    let mut records = store::records(&mut tx, &question, cell, (after, ROWS + 1), &within).await?;
    let more = i64::try_from(records.len()).is_ok_and(|n| n > ROWS);
    if more {
        records.pop();
    }
    let asked = std::slice::from_ref(&wanted.asked);
    let figures = store::figures(&mut tx, &question, asked, &within).await?;
    let figure = figures.iter().flatten().find(|figure| figure.unit == unit.id);
    // A unit that has nothing, or is out of reach, has no records to show.
    let Some(figure) = figure else { return Err(Error::missing()) };
    let fact = measure.fact(Some(figure));
    let next = records.last().filter(|_| more).map(|last| format!("{}:{}", last.id, last.seq));
    let items = titled(&call, &mut tx, measure, records).await?;
    let head = history::head(&mut tx, city).await?.to_string();
    let Question { from, to, cut_seq: cut, .. } = question;
    call.page(&Records {
        measure: measure.code,
        version: measure.version,
        call: wanted.asked.call(),
        unit_id: unit.id,
        unit: unit.short_name,
        from,
        to,
        cut,
        fact,
        items,
        next,
        head,
        shown: Shown { measure, wanted },
    })
}

/// After which record the page goes on, `id:seq`.
fn after(said: &str) -> Option<(Uuid, i64)> {
    let (id, seq) = said.split_once(':')?;
    Some((id.parse().ok()?, seq.parse().ok()?))
}

async fn titled(
    call: &Call,
    tx: &mut Tx,
    measure: &Measure,
    records: Vec<Record>,
) -> Result<Vec<Item>> {
    let subject = |id| Subject::new(measure.population.subject, id);
    let subjects: Vec<_> = records.iter().map(|record| subject(record.id)).collect();
    let mut titles = call.titles(tx, &subjects).await?;
    let item = |record: Record| {
        let (title, href) = titles.remove(&subject(record.id)).unwrap_or_default();
        Item {
            id: record.id,
            title,
            href: href.map(|href| call.href(&href)),
            seq: record.seq,
            first_on: record.first_on,
            last_on: record.last_on,
            numerator: record.numerator,
            denominator: record.denominator,
        }
    };
    Ok(records.into_iter().map(item).collect())
}

impl View for Records {
    fn title(&self, call: &Call) -> String {
        let name = self.shown.measure.name.of(call.lang);
        format!("{} · {name}", self.unit)
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        let lang = call.lang;
        vec![
            (call.href("/measures"), words::MEASURES.of(lang).to_owned()),
            (self.shown.wanted.href(call, "", &[]), self.shown.measure.name.of(lang).to_owned()),
        ]
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let measure = self.shown.measure;
        let figure = shown(&self.fact, measure, lang);
        let n = num::count(self.fact.n);
        let (from, to, cut) = (self.from, self.to, self.cut);
        let told = msg!(
            "{from} 至 {to}，以日志第 {cut} 条为止所知，共 {n} 条。“计入”各数相加就是上面的分子，“权重”相加就是分母。",
            "{from} to {to}, as known up to entry {cut} of the journal: {n} records. What counts adds up to the numerator above, the weights to the denominator."
        );
        ui::layout::stack(html! {
            (part::card(None, None, html! {
                (part::details(&self.sums(call, &figure)))
                p class="muted" { (told.of(lang)) (limited(call)) }
                p class="muted" { (measure.definition.of(lang)) }
            }))
            (part::card_flush(None, None, table::list(self.list(call))))
            (web::seal(&self.head, call))
        })
    }
}

impl Records {
    fn sums<'a>(&self, call: &'a Call, figure: &str) -> Vec<(&'a str, Markup)> {
        use ::measures::{State, Value};
        let lang = call.lang;
        let mut sums = vec![(words::VALUE.of(lang), html! { strong { (figure) } })];
        if let State::Known(Value::Ratio { numerator, denominator }) = self.fact.state {
            sums.push((words::PART.of(lang), html! { (counted(numerator, self.shown.measure)) }));
            sums.push((
                words::WHOLE.of(lang),
                html! { (counted(denominator, self.shown.measure)) },
            ));
        }
        sums.push((words::N.of(lang), html! { (num::count(self.fact.n)) }));
        sums
    }

    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let measure = self.shown.measure;
        let is_rate = measure.kind == Kind::Ratio;
        let (first, last) = measure.population.days;
        let mut columns = vec![
            Column::lead(text!("记录", "Record").of(lang)),
            Column::fit(first.of(lang)),
            Column::fit(last.of(lang)),
            Column::number(text!("计入", "Counts").of(lang)),
        ];
        if is_rate {
            columns.push(Column::number(text!("权重", "Weight").of(lang)));
        }
        columns.push(Column::number(text!("日志序号", "Entry").of(lang)));
        let rows = self.items.iter().map(|item| row(call, measure, item)).collect();
        let table =
            Table { caption: words::RECORDS.of(lang), columns: &columns, rows, ..Table::default() };
        let more = [("unit", self.unit_id.to_string())];
        let to = |after: &str| {
            let after = ("after", after.to_owned());
            self.shown.wanted.href(call, "/records", &[more[0].clone(), after])
        };
        let next = self.next.as_deref().map(to);
        let first = call.query.get("after").filter(|a| !a.is_empty());
        let first = first.map(|_| self.shown.wanted.href(call, "/records", &more));
        let n = num::count(self.fact.n);
        let label = msg!("共 {n} 条", "{n} in all");
        html! {
            (table.render())
            (table::pager(lang, first.as_deref(), next.as_deref(), label.of(lang)))
        }
    }
}

fn row(call: &Call, measure: &Measure, item: &Item) -> Row {
    let is_rate = measure.kind == Kind::Ratio;
    let day = |day: Option<Day>| match day {
        Some(day) => html! { time datetime=(day) { (day) } },
        None => html! { "—" },
    };
    let title = if item.title.is_empty() { "—" } else { &item.title };
    let mut cells = vec![
        html! { (title) },
        day(item.first_on),
        day(item.last_on),
        html! {
            (counted(item.numerator, measure))
            @if is_rate && item.numerator == 0 {
                " " (part::badge(Tone::Grey, text!("未计入", "not counted").of(call.lang)))
            }
        },
    ];
    if is_rate {
        cells.push(html! { (counted(item.denominator.unwrap_or_default(), measure)) });
    }
    cells.push(html! { (item.seq) });
    Row { href: item.href.clone(), tone: None, cells }
}
