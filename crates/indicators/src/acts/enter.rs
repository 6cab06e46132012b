//! 填报: the values of all units of an indicator for one month, on one sheet, from one document.
//! Rows that say nothing, or what they said before, are left out.

use journal::{Act, Result};
use kernel::{Actor, FieldError, Refusal, msg, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values, cell_name};

use super::{Cited, Concerned, FILES, ON, REFERENCE, TITLE};
use crate::facts::{Entered, Fact, Said};
use crate::observation::{self, Typed};
use crate::store::{draft, sheet};
use crate::tables::{DraftRow, IndicatorRow, Kind, ObservationRow, State};
use crate::{grants, value, words};

/// Rows of a sheet at most.
pub(super) const ROWS_MAX: usize = 1_000;
/// Characters of a number.
const NUMBER: usize = 24;

const NUMBERS: &[FieldSpec] = &[
    FieldSpec::hidden("unit"),
    FieldSpec::line("numerator", words::VALUE, NUMBER),
    FieldSpec::line("missing", words::MISSING_WHY, 120),
];
const RATES: &[FieldSpec] = &[
    FieldSpec::hidden("unit"),
    FieldSpec::line("numerator", words::NUMERATOR, NUMBER),
    FieldSpec::line("denominator", words::DENOMINATOR, NUMBER),
    FieldSpec::line("missing", words::MISSING_WHY, 120),
];
const PASTE: kernel::Text = text!(
    "可以从表格中复制一列或几列，粘贴到第一格。空着的行不填报；暂缺的写明原因。",
    "A column copied from a spreadsheet may be pasted into the first cell. Blank rows are left out; say why a value is missing."
);
pub(super) const NUMBERS_TABLE: FieldSpec =
    FieldSpec::rows("numbers", words::SHEET, NUMBERS, ROWS_MAX).hint(PASTE);
pub(super) const RATES_TABLE: FieldSpec =
    FieldSpec::rows("rates", words::SHEET, RATES, ROWS_MAX).hint(PASTE);

const FIELDS: &[FieldSpec] = &[
    TITLE,
    REFERENCE,
    ON,
    FieldSpec::line("reported", words::REPORTED, 7).hint(text!(
        "与月讲评月份不同时填，如9月的数据计入10月：2021-09。",
        "Where it differs: figures of September that count in October are of 2021-09."
    )),
    FILES,
    NUMBERS_TABLE,
    RATES_TABLE,
    FieldSpec::line("reason", words::REASON, 200)
        .hint(text!("更正已核对的值时必填。", "Needed to correct what was checked.")),
];

pub(crate) fn route() -> Route {
    Route::act("/indicators/{id}/{month}/values", grants::ENTER, words::ENTER)
        .submit(text!("提交核对", "Send to be checked"))
        .help(text!(
            "提交后由另一岗位核对，核对后单位即可查看。更正是新的一版，原值保留。",
            "Another post checks it, and the unit sees it from then on. A correction is another vintage; the former one stays."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(enter)
}

/// The name of the table in which an indicator's values stand.
pub(super) const fn table_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Number | Kind::Event => "numbers",
        Kind::Rate => "rates",
    }
}

pub(super) async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, actor, month) = (call.read().await?, *call.actor()?, super::month(call)?);
    let row = super::entered_as(&mut tx, &actor, (call.id("id")?, false)).await?;
    observation::may_enter(&row, month, call.today())?;
    let units = super::concerned(&mut tx, &row, month).await?;
    let there = sheet::of_month(&mut tx, &actor, (row.id, month)).await?;
    let drafts = draft::drafts(&mut tx, &actor, (row.id, month)).await?;
    let table = table_of(row.kind);
    let named = month.named();
    let path = format!("{}/draft", super::sheet_card(row.id, month));
    let mut prepared = Prepared {
        about: Some(format!("{} · {}", row.called(call.lang), named.of(call.lang))),
        back: super::sheet_card(row.id, month),
        intro: intro(call, (&row, units.len())),
        draft: Some((text!("保存草稿", "Keep as a draft"), path)),
        without: vec![if table == "numbers" { "rates" } else { "numbers" }],
        ..Prepared::default()
    };
    let mut leads = Vec::new();
    for one in &units {
        let vintages = super::of_unit(&there, one.unit.id);
        let last = vintages.iter().max_by_key(|row| row.n).copied();
        let draft = drafts.iter().find(|draft| draft.unit_id == one.unit.id);
        prepared = prepared.row(table, cells(one.unit.id, last, draft));
        leads.push(lead(call, one, last));
    }
    prepared.leads.insert(table, leads);
    let is_corrected = there.iter().any(|one| one.row.state == State::Checked);
    if !is_corrected {
        prepared.without.push("reason");
    }
    Ok(prepared)
}

fn intro(call: &Call, (row, count): (&IndicatorRow, usize)) -> Markup {
    let lang = call.lang;
    let counted = msg!("共 {count} 个单位。", "{count} units.");
    html! {
        p { (row.definition) }
        p class="muted" {
            (words::MEASURED_IN.of(lang)) (text!("：", ": ").of(lang)) (row.measured_in) " · "
            (words::SOURCE.of(lang)) (text!("：", ": ").of(lang)) (row.source) " · " (counted.of(lang))
        }
    }
}

fn cells(
    unit: Uuid,
    last: Option<&ObservationRow>,
    draft: Option<&DraftRow>,
) -> [(&'static str, String); 4] {
    let number = |units: Option<i64>| units.map_or(String::new(), value::typed);
    let last = last.filter(|row| row.state != State::Withdrawn);
    let said =
        last.map(|row| (number(row.numerator), number(row.denominator), row.missing.clone()));
    let draft = draft.map(|d| (d.numerator.clone(), d.denominator.clone(), d.missing.clone()));
    let (numerator, denominator, missing) = draft.or(said).unwrap_or_default();
    [
        ("unit", unit.to_string()),
        ("numerator", numerator),
        ("denominator", denominator),
        ("missing", missing),
    ]
}

/// What a row is about: the unit, its group, and how far its value has come.
fn lead(call: &Call, one: &Concerned, last: Option<&ObservationRow>) -> Markup {
    let lang = call.lang;
    html! {
        strong { (one.unit.short_name) } " " (one.group)
        @if let Some(row) = last {
            span class="muted" {
                (words::state(row.state).of(lang))
                @if row.n > 1 { " · " (msg!("第 {n} 版", "vintage {n}", n = row.n).of(lang)) }
            }
        }
        @if let Some(row) = last.filter(|row| row.state == State::Returned) {
            span class="form-error" { (words::REMARK.of(lang)) (text!("：", ": ").of(lang)) (row.remark) }
        }
    }
}

/// A row of a sheet with its place in the form.
#[derive(Clone, Debug)]
pub(crate) struct RowTyped {
    pub(crate) place: usize,
    pub(crate) unit: Uuid,
    pub(crate) numerator: String,
    pub(crate) denominator: String,
    pub(crate) missing: String,
}

/// The rows that say something.
pub(super) fn rows(values: &Values, table: &str) -> Vec<RowTyped> {
    let row = |(place, row): &(usize, Values)| {
        let typed = RowTyped {
            place: *place,
            unit: row.id("unit")?,
            numerator: row.text("numerator"),
            denominator: row.text("denominator"),
            missing: row.text("missing"),
        };
        let is_blank = [&typed.numerator, &typed.denominator, &typed.missing]
            .iter()
            .all(|said| said.is_empty());
        (!is_blank).then_some(typed)
    };
    values.rows(table).iter().filter_map(row).collect()
}

/// What is entered at once: for which month, from which source, and why.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) month: ReviewMonth,
    pub(crate) reported: String,
    pub(crate) cited: Cited,
    pub(crate) reason: String,
}

async fn enter(call: Call, values: Values) -> Result<Done> {
    let (id, actor, month) = (call.id("id")?, *call.actor()?, super::month(&call)?);
    let entry = Entry {
        month,
        reported: values.text("reported"),
        cited: super::cited(&values, call.today())?,
        reason: values.text("reason"),
    };
    let mut typed = rows(&values, "numbers");
    typed.extend(rows(&values, "rates"));
    let receipt = call.act(async |act| run(act, &actor, id, (entry, &typed)).await).await?;
    Ok(Done::to(super::sheet_card(id, month), receipt))
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    (entry, typed): (Entry, &[RowTyped]),
) -> Result<()> {
    let (month, on) = (entry.month, act.today());
    let row = super::entered_as(act, actor, (id, false)).await?;
    observation::may_enter(&row, month, on)?;
    let reported = observation::reported(&entry.reported, month)?;
    let units = super::concerned(act, &row, month).await?;
    let there = sheet::of_month(act, actor, (id, month)).await?;
    let (values, corrects) = changed(&row, typed, (&units, &there))?;
    if corrects {
        demand_reason(&entry.reason)?;
    }
    let subject = super::sheet(super::sheet_id(act, actor.jurisdiction, (id, month)).await?);
    let source = super::source(act, actor.account, entry.cited).await?;
    let (hand, reason) = (observation::hand(actor), entry.reason);
    let fact = Fact::Entered { indicator: id, month, reported, source, values, reason, hand, on };
    act.record(subject, &fact).await?;
    draft::forget(act, actor, (id, month)).await
}

/// Whether a correction says why.
pub(super) fn demand_reason(reason: &str) -> Result<()> {
    if reason.is_empty() {
        let told = text!("更正已核对的值，请写明理由。", "Say why what was checked is corrected.");
        return Err(Refusal::field("reason", told).into());
    }
    Ok(())
}

/// The values that say something new, and whether one of them corrects what counts.
fn changed(
    row: &IndicatorRow,
    typed: &[RowTyped],
    (units, there): (&[Concerned], &[sheet::Sourced]),
) -> Result<(Vec<Entered>, bool)> {
    let table = table_of(row.kind);
    let (mut values, mut errors, mut corrects) = (Vec::new(), Vec::new(), false);
    for one in typed {
        let said = match read(row.kind, one, units) {
            Ok(Some(said)) => said,
            Ok(None) => continue,
            Err((column, message)) => {
                errors.push(FieldError { field: cell_name(table, one.place, column), message });
                continue;
            }
        };
        if values.iter().any(|other: &Entered| other.unit == one.unit) {
            let message = text!("该单位填了两行。", "The unit has two rows.").into();
            errors.push(FieldError { field: cell_name(table, one.place, "numerator"), message });
            continue;
        }
        let vintages = super::of_unit(there, one.unit);
        let next = observation::next(Uuid::now_v7(), one.unit, &vintages, said);
        corrects |= next.is_some() && observation::counting(&vintages).is_some();
        values.extend(next);
    }
    if !errors.is_empty() {
        return Err(Refusal::Fields(errors).into());
    }
    if values.is_empty() {
        let told = text!(
            "没有新的值：请至少填一行，或者改动已填的值。",
            "There is nothing new: fill in a row, or change one."
        );
        return Err(Refusal::field(table, told).into());
    }
    Ok((values, corrects))
}

fn read(
    kind: Kind,
    one: &RowTyped,
    units: &[Concerned],
) -> std::result::Result<Option<Said>, (&'static str, kernel::Message)> {
    if units.iter().all(|concerned| concerned.unit.id != one.unit) {
        let told =
            text!("该单位不在涉及组别中，请刷新页面。", "The unit has left the groups; reload.");
        return Err(("numerator", told.into()));
    }
    let typed =
        Typed { numerator: &one.numerator, denominator: &one.denominator, missing: &one.missing };
    observation::said(kind, typed)
}
