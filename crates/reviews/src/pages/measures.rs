//! 指标库: every measure with what it means, its denominator, who supplies it and what it is for.

use std::collections::{BTreeMap, BTreeSet};

use ::measures::{Best, Kind, Measure, Param, ParamKind, Purpose, ReviewMonth};
use indicators::tables::IndicatorRow;
use journal::{Result, Tx, history};
use kernel::{Lang, Text, msg, text};
use maud::{Markup, html};
use rules::rule_set::RuleSet;
use serde::Serialize;
use ui::table::{Column, Row, Table};
use ui::{Tone, part, table};
use uuid::Uuid;
use web::{Answer, Call, View};

use crate::library;
use crate::words;

#[derive(Serialize)]
struct Library {
    items: Vec<Item>,
    /// The city's indicators, which rule sets call by their names.
    indicators: Vec<Entered>,
    head: String,
}

/// An indicator that people enter.
#[derive(Serialize)]
struct Entered {
    id: Uuid,
    name: String,
    name_en: String,
    /// The rule sets that call it, in force or adopted.
    used_by: Vec<String>,
}

/// A measure as the library and JSON show it, in both languages.
#[derive(Serialize)]
pub(crate) struct Item {
    code: &'static str,
    version: u16,
    name: Both,
    definition: Both,
    whole: Both,
    part: Both,
    is_rate: bool,
    unit: Both,
    /// Numerator and denominator are counted in parts of so many decimals.
    decimals: u32,
    params: Vec<Choosable>,
    room: Both,
    purpose: Purpose,
    best: Best,
    /// The rule sets that call it, in force or adopted for a later month.
    used_by: Vec<String>,
}

#[derive(Serialize)]
pub(crate) struct Both {
    zh: &'static str,
    en: &'static str,
}

impl Both {
    const fn of(text: Text) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}

/// A parameter: its values, or its bounds.
#[derive(Serialize)]
struct Choosable {
    code: &'static str,
    name: Both,
    words: Vec<(&'static str, Both)>,
    min: Option<i64>,
    max: Option<i64>,
    usual: Option<i64>,
}

impl Choosable {
    fn of(param: &Param) -> Self {
        let (code, name) = (param.code, Both::of(param.name));
        match param.kind {
            ParamKind::Choice(words) => {
                let words = words.iter().map(|word| (word.code, Both::of(word.label))).collect();
                Self { code, name, words, min: None, max: None, usual: None }
            }
            ParamKind::Number { min, max, usual } => Self {
                code,
                name,
                words: Vec::new(),
                min: Some(min),
                max: Some(max),
                usual: Some(usual),
            },
        }
    }
}

impl Item {
    pub(crate) fn of(measure: &Measure, room: Text) -> Self {
        Self {
            code: measure.code,
            version: measure.version,
            name: Both::of(measure.name),
            definition: Both::of(measure.definition),
            whole: Both::of(measure.whole),
            part: Both::of(measure.part),
            is_rate: measure.kind == Kind::Ratio,
            unit: Both::of(measure.unit),
            decimals: measure.decimals,
            params: measure.params.iter().map(Choosable::of).collect(),
            room: Both::of(room),
            purpose: measure.purpose,
            best: measure.best,
            used_by: Vec::new(),
        }
    }
}

/// Months ahead in which an adopted version may begin and is told of.
const AHEAD: usize = 6;

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let city = call.city()?;
    let indicators = indicators::store::by_name(&mut tx, city).await?;
    let rules = adopted(&call, &mut tx).await?;
    let used = used(&call, &indicators, &rules);
    let supplies = call.measures().iter();
    let all = supplies.flat_map(|s| s.measures.iter().map(|m| Item::of(m, s.room)));
    let with_use =
        |item: Item| Item { used_by: used.get(item.code).cloned().unwrap_or_default(), ..item };
    let items = all.map(with_use).collect();
    let calls = |rule: &RuleSet, name: &str| {
        rule.calls().iter().any(|input| input.fields.measure.0 == name)
    };
    let entered = indicators.into_iter().map(|i| Entered {
        id: i.id,
        used_by: rules
            .iter()
            .filter(|(_, rule)| calls(rule, &i.name))
            .map(|(name, _)| name.clone())
            .collect(),
        name: i.name,
        name_en: i.name_en,
    });
    let indicators = entered.collect();
    let head = history::head(&mut tx, city).await?.to_string();
    call.page(&Library { items, indicators, head })
}

/// The rule sets in force this month, and those that are adopted for a later one with that month.
async fn adopted(call: &Call, tx: &mut Tx) -> Result<Vec<(String, RuleSet)>> {
    let (city, now) = (call.city()?, ReviewMonth::of(call.today()));
    let months = std::iter::successors(Some(now), |month| Some(month.next())).take(AHEAD);
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    for month in months {
        for one in rule_sets::store::in_force(tx, city, &month.to_string()).await? {
            if !seen.insert(one.version) {
                continue;
            }
            let begins = msg!(
                "{name}（{from}起）",
                "{name} (from {from})",
                name = one.name,
                from = one.from
            );
            let name = if month == now { one.name } else { begins.of(call.lang).to_owned() };
            found.push((name, crate::scoring::read(&one.document)?));
        }
    }
    Ok(found)
}

/// The rule sets by the measures that they call.
fn used(
    call: &Call,
    indicators: &[IndicatorRow],
    rules: &[(String, RuleSet)],
) -> BTreeMap<&'static str, Vec<String>> {
    let mut used: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for (name, rule) in rules {
        let called = library::Library::now(call.measures(), indicators, std::slice::from_ref(rule));
        for code in called.codes() {
            used.entry(code).or_default().push(name.clone());
        }
    }
    used
}

/// What a measure may be used for, as a word on a ground.
pub(super) fn purpose(purpose: Purpose, lang: Lang) -> Markup {
    match purpose {
        Purpose::Scored => part::badge(Tone::Green, words::SCORED.of(lang)),
        Purpose::Desk => part::badge(Tone::Grey, words::DESK.of(lang)),
    }
}

fn said(both: &Both, lang: Lang) -> &'static str {
    Text { zh: both.zh, en: both.en }.of(lang)
}

impl View for Library {
    fn title(&self, call: &Call) -> String {
        words::MEASURES.of(call.lang).to_owned()
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let columns = [
            Column::lead(words::NAME.of(lang)),
            Column { class: "col-wide", ..Column::text(words::DEFINITION.of(lang)) },
            Column {
                class: "col-wide",
                ..Column::text(
                    text!("分母或取数范围", "Denominator, or what is looked at").of(lang),
                )
            },
            Column::fit(words::COUNTED_IN.of(lang)),
            Column::fit(words::SUPPLIER.of(lang)),
            Column::fit(words::VERSION.of(lang)),
            Column::fit(words::PURPOSE.of(lang)),
            Column::text(text!("用于", "Used by").of(lang)),
        ];
        let row = |item: &Item| Row {
            href: Some(call.href(&format!("/measures/{}", item.code))),
            tone: None,
            cells: vec![
                html! { (said(&item.name, lang)) },
                html! { (said(&item.definition, lang)) },
                html! { (said(&item.whole, lang)) },
                html! { (super::unit(Text { zh: item.unit.zh, en: item.unit.en }).of(lang)) },
                html! { (said(&item.room, lang)) },
                html! { (item.version) },
                purpose(item.purpose, lang),
                html! { @for name in &item.used_by { (name) br; } },
            ],
        };
        let table = Table {
            caption: words::MEASURES.of(lang),
            columns: &columns,
            rows: self.items.iter().map(row).collect(),
            ..Table::default()
        };
        let hint = text!(
            "考评办法按名称取用这里的数据。同一名称同一版本的含义不变；点开可看各单位的数值，再点开可看每一件。",
            "Rule sets call figures by these names. What a version means never changes. Open one for the figures of the units, and a figure for its records."
        );
        ui::layout::stack_printed_lying(html! {
            p class="muted" { (hint.of(lang)) }
            @if self.items.is_empty() {
                (part::empty_state(
                    "chart",
                    text!("还没有取数口径", "No measure yet").of(lang),
                    text!("各业务模块启用后在这里列出。", "Rooms that supply some are listed here.").of(lang),
                    None,
                ))
            } @else { (part::card_flush(None, None, table::list(table.render()))) }
            (self.entered(call))
            (web::seal(&self.head, call))
        })
    }
}

impl Library {
    /// What people enter, with the rule sets that call it by its name.
    fn entered(&self, call: &Call) -> Markup {
        if self.indicators.is_empty() {
            return Markup::default();
        }
        let lang = call.lang;
        let columns =
            [Column::lead(words::NAME.of(lang)), Column::text(text!("用于", "Used by").of(lang))];
        let row = |i: &Entered| Row {
            href: Some(call.href(&format!("/indicators/{}", i.id))),
            tone: None,
            cells: vec![
                html! { @if lang == Lang::En && !i.name_en.is_empty() { (i.name_en) } @else { (i.name) } },
                html! { @for name in &i.used_by { (name) br; } @if i.used_by.is_empty() { "—" } },
            ],
        };
        let title =
            text!("填报指标（办法按名称取用）", "Entered indicators, called by their names")
                .of(lang);
        let rows = self.indicators.iter().map(row).collect();
        let table = Table { caption: title, columns: &columns, rows, ..Table::default() };
        part::card_flush(Some(title), None, table.render())
    }
}
