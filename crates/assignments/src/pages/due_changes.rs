//! 时限变更: every change of a due day that the caller may see, newest first; what an inspector
//! looks at before anything else.

use journal::Result;
use kernel::{Day, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::{self, Field};
use ui::{layout, part, table};
use uuid::Uuid;
use web::{Answer, Call, Param, ParamKind, View};

use crate::regions::due_changes::{self, Change};
use crate::store::due_changes::Asked;
use crate::words;

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[
    Param::new("from", ParamKind::Day, text!("自何日起", "From this day on")),
    Param::new("to", ParamKind::Day, text!("至何日止", "Until this day")),
    Param::new(
        "unit",
        ParamKind::Id,
        text!("只看某单位及其下属", "Only a unit and those below it"),
    ),
    Param::new("line", ParamKind::Id, text!("只看某条线", "Only a line of work")),
    Param::BEFORE,
];

/// Changes of one page.
const ROWS: usize = 25;
/// How many days back the page begins, unless another day is asked.
const DAYS: i64 = 92;

#[derive(Serialize)]
struct DueChanges {
    from: Day,
    to: Day,
    changes: Vec<Change>,
    next: Option<i64>,
    #[serde(skip)]
    units: Vec<(Uuid, String)>,
    #[serde(skip)]
    lines: Vec<(Uuid, String)>,
    head: String,
}

/// The last three months of everything that a call may see.
pub fn lately(call: &Call) -> Asked {
    of_days(call, (call.today().plus(-DAYS), call.today()))
}

fn of_days(call: &Call, (from, to): (Day, Day)) -> Asked {
    let zone = call.zone();
    let (from, until) = (from.plus(-1).end(&zone), to.end(&zone));
    Asked { from, until, unit: None, line: None, before: None }
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let day = |name: &str| call.query.get(name).and_then(|v| v.parse::<Day>().ok());
    let id = |name: &str| call.query.get(name).and_then(|v| v.parse().ok());
    let to = day("to").unwrap_or_else(|| call.today());
    let from = day("from").unwrap_or_else(|| to.plus(-DAYS));
    let before = call.query.get("before").and_then(|v| v.parse().ok());
    let asked = Asked { unit: id("unit"), line: id("line"), before, ..of_days(&call, (from, to)) };
    let mut tx = call.read().await?;
    let limit = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
    let mut changes = due_changes::read(&call, &mut tx, &asked, limit).await?;
    let more = changes.len() > ROWS;
    changes.truncate(ROWS);
    let next = changes.last().filter(|_| more).map(|c| c.seq);
    let city = call.city()?;
    let (mut units, mut lines) = (Vec::new(), Vec::new());
    if !call.json {
        let rows = people::store::units(&mut tx, city, call.today()).await?;
        units = rows.into_iter().map(|u| (u.id, u.short_name)).collect();
        let rows = people::store::lines(&mut tx, city).await?;
        lines = rows.into_iter().map(|l| (l.id, l.name)).collect();
    }
    let head = journal::history::head(&mut tx, city).await?.to_string();
    call.page(&DueChanges { from, to, changes, next, units, lines, head })
}

impl View for DueChanges {
    fn title(&self, call: &Call) -> String {
        words::DUE_CHANGES.of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/assignments"), words::REGISTER.of(call.lang).to_owned())]
    }

    fn body(&self, call: &Call) -> Markup {
        let filter = form::filter_form(call.lang, &call.href(&call.path), self.filters(call));
        layout::stack_printed_lying(html! {
            (part::card_flush(None, None, html! { (filter) (self.list(call)) }))
            (web::seal(&self.head, call))
        })
    }
}

impl DueChanges {
    fn filters(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let any = text!("全部", "All").of(lang);
        let (from, to) = (self.from.to_string(), self.to.to_string());
        let field = |name, label: kernel::Text, value| Field {
            name,
            label: label.of(lang),
            value,
            ..Field::default()
        };
        let select = |name: &'static str, label, list: &[(Uuid, String)]| {
            let list: Vec<_> = list.iter().map(|(id, name)| (id.to_string(), name)).collect();
            let mut choices = vec![form::Choice::new("", any)];
            choices.extend(list.iter().map(|(id, name)| form::Choice::new(id, name)));
            let value = call.query.get(name).unwrap_or_default();
            form::select(&field(name, label, value), &choices)
        };
        html! {
            (form::day(&field("from", text!("从", "From"), &from), None, None))
            (form::day(&field("to", text!("至", "To"), &to), None, None))
            (select("unit", text!("单位", "Unit"), &self.units))
            (select("line", text!("条线", "Line"), &self.lines))
        }
    }

    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.changes.is_empty() {
            return table::list(part::empty_state(
                "clock",
                text!("这段时间没有时限变更", "No due day changed in this time").of(lang),
                text!("请放宽日期、单位或条线。", "Widen the days, the unit or the line.").of(lang),
                None,
            ));
        }
        let other = |before: Option<i64>| {
            let mut pairs = call.query.pairs().to_vec();
            pairs.retain(|(name, value)| name != "before" && !value.is_empty());
            pairs.extend(before.map(|seq| ("before".to_owned(), seq.to_string())));
            call.href(&format!("{}?{}", call.path, web::encode_query(&pairs)))
        };
        let first = call.query.get("before").map(|_| other(None));
        let next = self.next.map(|seq| other(Some(seq)));
        let label = kernel::msg!("本页 {n} 条", "{n} on this page", n = self.changes.len());
        table::list(html! {
            (due_changes::table(&self.changes, call))
            (table::pager(lang, first.as_deref(), next.as_deref(), label.of(lang)))
        })
    }
}
