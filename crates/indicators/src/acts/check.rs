//! 核对: another post looks at what was entered, row by row or all at once; what it agrees to
//! counts from now on and is shown to its unit.

use std::collections::BTreeMap;

use journal::{Act, Error, Result, Tx};
use kernel::{Actor, FieldError, Lang, Refusal, msg, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values, cell_name};

use crate::facts::{Checked, Fact, Returned};
use crate::observation;
use crate::store::sheet::{self, Sourced};
use crate::tables::{IndicatorRow, ObservationRow, State};
use crate::{grants, pages, words};

const AGREED: &str = "agreed";
const RETURNED: &str = "returned";
const EACH: &str = "each";

const ROWS: &[FieldSpec] = &[
    FieldSpec::hidden("observation"),
    FieldSpec::choice("verdict", text!("核对意见", "Verdict")),
    FieldSpec::line("remark", words::REMARK, 200),
];

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("whole", text!("核对方式", "How")).required(),
    FieldSpec::rows("values", text!("待核对的值", "Values to be checked"), ROWS, 5_000).hint(text!(
        "对照来源文件逐行核对；退回的写明要改什么；不选的继续待核对。",
        "Hold each row against its source; say what is to be mended in what is returned; what is left open still waits."
    )),
];

pub(crate) fn route() -> Route {
    let title = text!("核对填报值", "Check the values");
    Route::act("/indicators/{id}/{month}/check", grants::CHECK, title)
        .submit(text!("确认", "Confirm"))
        .help(text!(
            "核对通过的即计入这个月，并告知单位。填报人不能核对自己填的值。",
            "What is agreed to counts in this month, and its unit is told. Nobody checks what they entered."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(check)
}

/// The indicator that the actor checks; anything else is missing.
async fn checked_by(tx: &mut Tx, actor: &Actor, id: Uuid) -> Result<IndicatorRow> {
    let row = super::known(tx, actor.jurisdiction, id).await?;
    if row.is_checked_by(actor) { Ok(row) } else { Err(Error::missing()) }
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, actor, month) = (call.read().await?, *call.actor()?, super::month(call)?);
    let row = checked_by(&mut tx, &actor, call.id("id")?).await?;
    let there = sheet::of_month(&mut tx, &actor, (row.id, month)).await?;
    let waiting: Vec<_> = there.iter().filter(|one| one.row.state == State::Entered).collect();
    let mine: Vec<_> =
        waiting.iter().filter(|one| one.row.may_check(&row, &actor).is_ok()).collect();
    let names = names(&mut tx, &actor, month).await?;
    let others = waiting.len() - mine.len();
    let mut prepared = Prepared {
        about: Some(format!("{} · {}", row.called(call.lang), month.named().of(call.lang))),
        back: super::sheet_card(row.id, month),
        intro: intro(call, (mine.len(), others)),
        ..Prepared::default()
    };
    prepared = offered(prepared, call.lang);
    let mut leads = Vec::new();
    for one in mine {
        let cells = [
            ("observation", one.row.id.to_string()),
            ("verdict", String::new()),
            ("remark", String::new()),
        ];
        prepared = prepared.row("values", cells);
        let former = super::of_unit(&there, one.row.unit_id)
            .into_iter()
            .find(|other| other.first_id == one.row.first_id && other.state == State::Checked);
        leads.push(lead(call, &row, (one, former), &names));
    }
    prepared.leads.insert("values", leads);
    Ok(prepared)
}

/// What may be said of all rows and of each.
fn offered(prepared: Prepared, lang: Lang) -> Prepared {
    let choice = |value: &str, label: kernel::Text| Choice::new(value, label.of(lang));
    let whole = vec![
        choice(EACH, text!("逐行核对", "Row by row")),
        choice(AGREED, text!("全部通过（已退回的行除外）", "Agree to all but what is returned")),
    ];
    let verdict =
        vec![choice(AGREED, text!("通过", "Agree")), choice(RETURNED, text!("退回", "Return"))];
    prepared.offer("whole", whole).offer("verdict", verdict).fill("whole", EACH)
}

/// The units by their short names.
async fn names(tx: &mut Tx, actor: &Actor, month: ReviewMonth) -> Result<BTreeMap<Uuid, String>> {
    let units = people::store::units(tx, actor.jurisdiction, month.days().1).await?;
    Ok(units.into_iter().map(|unit| (unit.id, unit.short_name)).collect())
}

fn intro(call: &Call, (mine, others): (usize, usize)) -> Markup {
    let lang = call.lang;
    let counted = msg!("待您核对 {mine} 个。", "{mine} for you to check.");
    let rest = msg!(
        "另有 {others} 个须由他人核对（您本人填报，或是本单位自己的值）。",
        "{others} more are for somebody else: you entered them, or they are of your own unit."
    );
    html! { p { (counted.of(lang)) @if others > 0 { " " (rest.of(lang)) } } }
}

/// What a row is about: unit, value, what it says instead of what, and its source.
fn lead(
    call: &Call,
    indicator: &IndicatorRow,
    (one, former): (&Sourced, Option<&ObservationRow>),
    names: &BTreeMap<Uuid, String>,
) -> Markup {
    let lang = call.lang;
    let unit = names.get(&one.row.unit_id).map_or("—", String::as_str);
    html! {
        div { a href=(call.href(&super::observation_card(one.row.id))) { (unit) } }
        div {
            strong { (pages::value(&one.row, indicator, lang)) }
            @if let Some(on) = one.row.happened_on { " " (on) }
        }
        @if let Some(former) = former {
            span class="muted" {
                (text!("原值 ", "before: ").of(lang)) (pages::value(former, indicator, lang))
                " · " (one.row.reason)
            }
        }
        span class="muted" { (one.source.title) " " (one.source.reference) }
    }
}

/// What was said of a waiting value.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    place: usize,
    id: Uuid,
    /// What is to be mended, when it is returned.
    returned: Option<String>,
}

impl Verdict {
    /// It is right.
    pub(crate) const fn agreed(id: Uuid) -> Self {
        Self { place: 0, id, returned: None }
    }
}

fn verdicts(values: &Values) -> Vec<Verdict> {
    let is_whole = values.text("whole") == AGREED;
    let verdict = |(place, row): &(usize, Values)| {
        let said = row.text("verdict");
        let returned = (said == RETURNED).then(|| row.text("remark"));
        let is_said = returned.is_some() || said == AGREED || is_whole;
        is_said.then_some(Verdict { place: *place, id: row.id("observation")?, returned })
    };
    values.rows("values").iter().filter_map(verdict).collect()
}

async fn check(call: Call, values: Values) -> Result<Done> {
    let (id, actor, month) = (call.id("id")?, *call.actor()?, super::month(&call)?);
    let verdicts = verdicts(&values);
    let receipt = call.act(async |act| run(act, &actor, (id, month), &verdicts).await).await?;
    Ok(Done::to(super::sheet_card(id, month), receipt))
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    (id, month): (Uuid, ReviewMonth),
    verdicts: &[Verdict],
) -> Result<()> {
    let indicator = checked_by(act, actor, id).await?;
    let there = sheet::of_month(act, actor, (id, month)).await?;
    if verdicts.is_empty() {
        let told = text!("请至少对一行给出意见。", "Say something of one row at least.");
        return Err(Refusal::field("values", told).into());
    }
    let (checked, returned) = judged(&indicator, actor, (verdicts, &there))?;
    let all = sheet::waiting_in(act, actor.jurisdiction, (id, month)).await?;
    let done = i64::try_from(checked.len() + returned.len()).map_err(Error::fault)?;
    let (waiting, hand, on) = (all - done, observation::hand(actor), act.today());
    let subject = super::sheet(super::sheet_id(act, actor.jurisdiction, (id, month)).await?);
    let fact = Fact::Checked { indicator: id, month, checked, returned, waiting, hand, on };
    act.record(subject, &fact).await
}

fn judged(
    indicator: &IndicatorRow,
    actor: &Actor,
    (verdicts, there): (&[Verdict], &[Sourced]),
) -> Result<(Vec<Checked>, Vec<Returned>)> {
    let (mut checked, mut returned, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for verdict in verdicts {
        let field = |column| cell_name("values", verdict.place, column);
        let row = there.iter().map(|one| &one.row).find(|row| row.id == verdict.id);
        let row = row.ok_or_else(Error::missing)?;
        let is_again = checked.iter().any(|one: &Checked| one.id == row.id)
            || returned.iter().any(|one: &Returned| one.id == row.id);
        if is_again {
            continue;
        }
        match row.may_check(indicator, actor) {
            Ok(()) => {}
            Err(Refusal::Rule(message)) => {
                errors.push(FieldError { field: field("verdict"), message });
                continue;
            }
            Err(other) => return Err(other.into()),
        }
        match &verdict.returned {
            None => checked.push(row.check(counting(row, there))),
            Some(remark) if remark.is_empty() => {
                let told = text!("退回请写明要改什么。", "Say what is to be mended.");
                errors.push(FieldError { field: field("remark"), message: told.into() });
            }
            Some(remark) => returned.push(Returned { id: row.id, remark: remark.clone() }),
        }
    }
    if errors.is_empty() { Ok((checked, returned)) } else { Err(Refusal::Fields(errors).into()) }
}

/// The vintage of the same value that counts until now.
fn counting(row: &ObservationRow, there: &[Sourced]) -> Option<Uuid> {
    let same = |other: &&ObservationRow| other.first_id == row.first_id;
    let vintages: Vec<_> = there.iter().map(|one| &one.row).filter(same).collect();
    observation::counting(&vintages)
}
