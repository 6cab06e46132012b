//! One measure with the figures of every unit for a period, in its peer groups; numerator and
//! denominator stand beside each rate, and each figure opens its records.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use ::measures::{Absent, Best, Call as Question, Fact, Figure, Kind, Measure, State, store};
use journal::{Error, Result, Tx, history};
use kernel::{Day, FieldError, Refusal, Role, Text, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::table::{Column, Order, Row, Table};
use ui::{Tone, form, part, table};
use uuid::Uuid;
use web::{Answer, Call, Param, ParamKind, View};

use super::measures::{Item, purpose};
use super::{Wanted, chooser, counted, limited, shown, unit, within};
use crate::words;

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[
    Wanted::FROM,
    Wanted::TO,
    Wanted::CUT,
    Param::new("order", ParamKind::Words(|| vec!["up", "down"]), text!("排序", "Order")),
    Wanted::MONTH,
    Wanted::PARAMS,
];

#[derive(Serialize)]
struct MeasurePage {
    measure: Item,
    /// What rule sets call it with these parameters.
    call: Option<String>,
    from: Option<Day>,
    to: Option<Day>,
    /// The last place of the journal that counts.
    cut: i64,
    groups: Vec<Group>,
    head: String,
    #[serde(skip)]
    shown: Shown,
}

/// What only the page needs.
struct Shown {
    measure: &'static Measure,
    room: Text,
    wrong: Vec<FieldError>,
    order: Order,
}

/// Units that are compared with each other.
#[derive(Serialize)]
struct Group {
    id: Option<Uuid>,
    name: Option<String>,
    units: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    unit_id: Uuid,
    unit: String,
    #[serde(flatten)]
    fact: Fact,
    /// Where the records behind it are.
    records: String,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (measure, room) = super::found(&call)?;
    let within = within(call.actor()?)?;
    let mut tx = call.read().await?;
    let head = history::head(&mut tx, call.city()?).await?.to_string();
    let order = match (call.query.get("order"), measure.best) {
        (Some("up"), _) => Order::Ascending,
        (Some("down"), _) | (_, Best::High | Best::Neither) => Order::Descending,
        (_, Best::Low) => Order::Ascending,
    };
    let item = Item::of(measure, room);
    let wanted = match Wanted::read(&call, measure) {
        Ok(wanted) => wanted,
        Err(Refusal::Fields(wrong)) if !call.json => {
            let shown = Shown { measure, room, wrong, order };
            let (from, to, groups) = (None, None, Vec::new());
            let page =
                MeasurePage { measure: item, call: None, from, to, cut: 0, groups, head, shown };
            return call.page(&page);
        }
        Err(refusal) => return Err(Error::from(refusal)),
    };
    let question = wanted.question(&call, &mut tx).await?;
    let asked = std::slice::from_ref(&wanted.asked);
    let figures =
        store::figures(&mut tx, &question, asked, within).await?.pop().unwrap_or_default();
    let groups = grouped(&call, &mut tx, (&wanted, &question), (figures, order)).await?;
    call.page(&MeasurePage {
        measure: item,
        call: Some(wanted.asked.call()),
        from: Some(question.from),
        to: Some(question.to),
        cut: question.cut_seq,
        groups,
        head,
        shown: Shown { measure, room, wrong: Vec::new(), order },
    })
}

/// The units with their figures, in the groups of the period's last day. A unit outside of all
/// groups is listed when it has a figure; who sees one unit only, or an inspection, is shown no more.
async fn grouped(
    call: &Call,
    tx: &mut Tx,
    (wanted, question): (&Wanted, &Question),
    (figures, order): (Vec<Figure>, Order),
) -> Result<Vec<Group>> {
    let (city, actor) = (question.city, *call.actor()?);
    let figures: BTreeMap<Uuid, Figure> = figures.into_iter().map(|f| (f.unit, f)).collect();
    let of: BTreeMap<Uuid, Uuid> =
        people::store::grouping(tx, city, question.to).await?.into_iter().collect();
    let listed = |unit: Uuid| match actor.role {
        Role::Head | Role::Liaison => unit == actor.unit,
        Role::Inspector => figures.contains_key(&unit),
        Role::Leader
        | Role::Secretary
        | Role::Chief
        | Role::Officer
        | Role::Department
        | Role::Cadre
        | Role::Enterprise
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::AuditAdmin => figures.contains_key(&unit) || of.contains_key(&unit),
    };
    let mut by: BTreeMap<Option<Uuid>, Vec<Cell>> = BTreeMap::new();
    for unit in people::store::units(tx, city, question.to).await? {
        if !listed(unit.id) {
            continue;
        }
        let records = wanted.href(call, "/records", &[("unit", unit.id.to_string())]);
        let fact = wanted.asked.measure.fact(figures.get(&unit.id));
        let cell = Cell { unit_id: unit.id, unit: unit.short_name, fact, records };
        by.entry(of.get(&unit.id).copied()).or_default().push(cell);
    }
    let mut groups = Vec::new();
    for group in people::store::groups(tx, city).await? {
        if let Some(units) = by.remove(&Some(group.id)) {
            groups.push(Group { id: Some(group.id), name: Some(group.name), units });
        }
    }
    let rest: Vec<Cell> = by.into_values().flatten().collect();
    if !rest.is_empty() {
        groups.push(Group { id: None, name: None, units: rest });
    }
    // What people enter is entered for some groups; of the others nothing is missing.
    if matches!(wanted.asked.measure.absent, Absent::Missing(_)) {
        groups.retain(|group| group.units.iter().any(|cell| cell.fact.n > 0));
    }
    for group in &mut groups {
        group.units.sort_by(|a, b| compare(&a.fact, &b.fact, order));
    }
    Ok(groups)
}

/// By the figure; what is missing comes after it, what does not apply last, and equals stay in the
/// order of the units.
fn compare(a: &Fact, b: &Fact, order: Order) -> Ordering {
    if let (State::Known(a), State::Known(b)) = (a.state, b.state) {
        return match order {
            Order::Ascending => a.compare(&b),
            Order::Descending => b.compare(&a),
        };
    }
    let place = |fact: &Fact| match fact.state {
        State::Known(_) => 0,
        State::Missing(_) => 1,
        State::NotApplicable(_) => 2,
    };
    place(a).cmp(&place(b))
}

impl View for MeasurePage {
    fn title(&self, call: &Call) -> String {
        self.shown.measure.name.of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/measures"), words::MEASURES.of(call.lang).to_owned())]
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let said = |name| call.query.get(name).unwrap_or_default().to_owned();
        let day = |day: Option<Day>, name| day.map_or_else(|| said(name), |day| day.to_string());
        let (from, to) = (day(self.from, "from"), day(self.to, "to"));
        let fields = chooser(call, self.shown.measure, (&from, &to), self.shown.order);
        let filter = form::filter_form(lang, &call.href(&call.path), fields);
        ui::layout::stack(html! {
            (definition(call, self.shown.measure, self.shown.room))
            (part::card_flush(None, None, html! { (filter) (table::list(self.list(call))) }))
            (web::seal(&self.head, call))
        })
    }
}

/// What a measure means, above its figures.
fn definition(call: &Call, measure: &Measure, room: Text) -> Markup {
    let lang = call.lang;
    let (whole, part_of) = match measure.kind {
        Kind::Ratio => (words::WHOLE, words::PART),
        Kind::Count | Kind::Sum => (words::LOOKED_AT, words::COUNTED),
    };
    let absent = match measure.absent {
        Absent::Nought => text!("记为0", "It is 0").of(lang).to_owned(),
        Absent::NotApplicable(why) => because(words::NOT_APPLICABLE, why, lang),
        Absent::Missing(why) => because(words::MISSING, why, lang),
    };
    part::card(
        None,
        None,
        html! {
            (part::details_wide(&[
                (words::DEFINITION.of(lang), html! { (measure.definition.of(lang)) }),
                (whole.of(lang), html! { (measure.whole.of(lang)) }),
                (part_of.of(lang), html! { (measure.part.of(lang)) }),
            ]))
            (part::details(&[
                (words::COUNTED_IN.of(lang), html! { (unit(measure.unit).of(lang)) }),
                (words::ABSENT.of(lang), html! { (absent) }),
                (words::SUPPLIER.of(lang), html! { (room.of(lang)) }),
                (words::VERSION.of(lang), html! { (measure.version) }),
                (words::PURPOSE.of(lang), purpose(measure.purpose, lang)),
            ]))
        },
    )
}

/// What is said of a unit that has nothing to count, and why.
fn because(what: Text, why: Text, lang: kernel::Lang) -> String {
    let gap = if lang == kernel::Lang::En { ": " } else { "：" };
    format!("{}{gap}{}", what.of(lang), why.of(lang))
}

impl MeasurePage {
    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let (Some(from), Some(to)) = (self.from, self.to) else {
            return part::alert(
                Tone::Red,
                html! {
                    @for wrong in &self.shown.wrong { p { (wrong.message.of(lang)) } }
                },
            );
        };
        let known = kernel::msg!(
            "{from} 至 {to}，以日志第 {cut} 条为止所知计算。",
            "{from} to {to}, as known up to entry {cut} of the journal.",
            cut = self.cut
        );
        html! {
            p class="card-body muted" {
                (known.of(lang)) (limited(call))
                @if matches!(self.shown.measure.absent, Absent::Missing(_)) {
                    " " (text!("没有任何数值的组别不列出。", "Groups without any figure are not listed.").of(lang))
                }
            }
            @if self.groups.is_empty() {
                (part::empty_state(
                    "chart",
                    text!("没有可以显示的单位", "No unit to show").of(lang),
                    text!("请换一个期间，或先把单位编入考评组别。", "Choose another period, or put units into peer groups first.").of(lang),
                    None,
                ))
            }
            @for group in &self.groups { (self.group(call, group)) }
        }
    }

    fn group(&self, call: &Call, group: &Group) -> Markup {
        let lang = call.lang;
        let measure = self.shown.measure;
        let is_rate = measure.kind == Kind::Ratio;
        let mut columns =
            vec![Column::lead(words::UNIT.of(lang)), Column::number(words::VALUE.of(lang))];
        if is_rate {
            columns.push(Column::number(words::PART.of(lang)));
            columns.push(Column::number(words::WHOLE.of(lang)));
        }
        columns.push(Column::number(words::N.of(lang)));
        let name = group.name.as_deref().unwrap_or_else(|| words::NO_GROUP.of(lang));
        let table = Table {
            caption: name,
            columns: &columns,
            rows: group.units.iter().map(|cell| row(call, measure, cell)).collect(),
            ..Table::default()
        };
        html! { h2 class="card-body card-title" { (name) } (table.render()) }
    }
}

fn row(call: &Call, measure: &Measure, cell: &Cell) -> Row {
    use ::measures::Value;
    let lang = call.lang;
    let mut cells = vec![html! { (cell.unit) }];
    match cell.fact.state {
        State::NotApplicable(why) => cells.push(html! {
            span class="muted" { (words::NOT_APPLICABLE.of(lang)) }
            span class="sr-only" { " " (why.of(lang)) }
        }),
        State::Missing(why) => cells.push(html! {
            (part::badge(Tone::Yellow, words::MISSING.of(lang)))
            span class="sr-only" { " " (why.of(lang)) }
        }),
        State::Known(_) => cells.push(html! { (shown(&cell.fact, measure, lang)) }),
    }
    if measure.kind == Kind::Ratio {
        let counts = match cell.fact.state {
            State::Known(Value::Ratio { numerator, denominator }) => Some([numerator, denominator]),
            State::Known(Value::Number(_)) | State::NotApplicable(_) | State::Missing(_) => None,
        };
        for i in 0..2 {
            let count = counts.and_then(|c| c.get(i).copied());
            cells.push(
                html! { (count.map_or_else(|| "—".to_owned(), |count| counted(count, measure))) },
            );
        }
    }
    cells.push(html! { (ui::num::count(cell.fact.n)) });
    Row { href: (cell.fact.n > 0).then(|| cell.records.clone()), tone: None, cells }
}
