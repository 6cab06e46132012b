//! 改数字: the weights, goals, limits and points of a draft on one page, for who leaves the rest as it
//! is.

use journal::{Act, Error, Result};
use kernel::{Actor, FieldError, Lang, Refusal, text};
use maud::html;
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::draft::Draft;
use crate::numbers::{self, Number};
use crate::{grants, version};

/// Numbers on the page at most.
const NUMBERS_MAX: usize = 1_000;

const NUMBER: &[FieldSpec] = &[FieldSpec::line("value", text!("数值", "Number"), 30).required()];

const FIELDS: &[FieldSpec] = &[
    FieldSpec::rows("numbers", text!("数字", "Numbers"), NUMBER, NUMBERS_MAX),
    FieldSpec::hidden("seen"),
];

pub(crate) fn route() -> Route {
    let title = text!("改数字", "Change the numbers");
    Route::act("/rule-sets/{id}/numbers", grants::WRITE_NUMBERS, title)
        .help(text!(
            "比率写小数：95%写0.95。督查局负责人改动过的稿件，由另一名负责人审核。",
            "Write rates as decimals: 95 % is 0.95. What a chief has changed is checked by another chief."
        ))
        .submit(text!("保存", "Save"))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(write_numbers)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, reached) = super::about(call).await?;
    let version = reached.open()?;
    version.may_be_written()?;
    if !version.source.is_empty() {
        return Err(version::unread().into());
    }
    let numbers = numbers::of(&Draft::stored(&version.document)?.tree);
    if numbers.len() > NUMBERS_MAX {
        let told =
            text!("数字太多，请逐部分修改。", "There are too many numbers; write part by part.");
        return Err(Refusal::rule(told).into());
    }
    let back = format!("{}/versions/{}", super::card(reached.set.id), version.n);
    let mut prepared = Prepared { back, ..prepared }.fill("seen", seen(&version.document));
    for number in numbers {
        prepared = prepared.row("numbers", [("value", number.value.clone())]);
        let lead = lead(&number, call.lang);
        prepared.leads.entry("numbers").or_default().push(lead);
    }
    Ok(prepared)
}

/// Of what a number is, and which.
fn lead(number: &Number, lang: Lang) -> maud::Markup {
    html! {
        p {
            @if !number.of.of(lang).is_empty() { strong { (number.of.of(lang)) } " " }
            (number.label.of(lang))
        }
    }
}

/// The draft as the form was drawn from, so that nobody writes over another's words unseen.
fn seen(document: &str) -> String {
    journal::hex(&journal::sm3(&[document.as_bytes()]))
}

async fn write_numbers(call: Call, values: Values) -> Result<Done> {
    let (mut typed, mut wrong) = (Vec::new(), Vec::new());
    for (n, row) in values.rows("numbers") {
        // A row that was emptied is not sent.
        typed.resize(typed.len().max(*n), String::new());
        let value = row.text("value");
        if let Err(message) = rules::decimal::parse(&value) {
            wrong.push(FieldError { field: web::cell_name("numbers", *n, "value"), message });
        }
        typed.push(value);
    }
    let emptied = typed.iter().enumerate().filter(|(_, value)| value.is_empty());
    wrong.extend(emptied.map(|(n, _)| FieldError {
        field: web::cell_name("numbers", n, "value"),
        message: text!("请填写数字。", "Write a number.").into(),
    }));
    if !wrong.is_empty() {
        return Err(Refusal::Fields(wrong).into());
    }
    let (id, actor, seen) = (call.id("id")?, *call.actor()?, values.text("seen"));
    let mut n = None;
    let receipt = call
        .act(async |act| {
            n = Some(run(act, &actor, id, (&typed, &seen)).await?);
            Ok(())
        })
        .await?;
    let at = super::card(id);
    let to = n.map_or_else(|| at.clone(), |n| format!("{at}/versions/{n}"));
    Ok(Done::to(to, receipt))
}

async fn run(
    act: &mut Act,
    actor: &Actor,
    id: Uuid,
    (typed, known): (&[String], &str),
) -> Result<i64> {
    let reached = super::reach(act, actor, id).await?;
    let version = reached.open()?;
    version.may_be_written()?;
    if !version.source.is_empty() {
        return Err(version::unread().into());
    }
    let mut draft = Draft::stored(&version.document)?;
    let numbers = numbers::of(&draft.tree);
    if seen(&version.document) == known && typed.len() < numbers.len() {
        let field = web::cell_name("numbers", typed.len(), "value");
        return Err(Refusal::field(&field, text!("请填写数字。", "Write a number.")).into());
    }
    if seen(&version.document) != known || numbers.len() != typed.len() {
        return Err(Refusal::rule(text!(
            "稿件刚被他人改过，没有保存；请返回稿件核对后再改。",
            "Somebody else has just changed the draft; nothing was saved. Go back to the draft and look at it first."
        ))
        .into());
    }
    if numbers.iter().zip(typed).all(|(number, value)| number.value == *value) {
        let told = text!("没有改动任何数字。", "No number was changed.");
        return Err(Error::from(Refusal::rule(told)));
    }
    numbers::put(&mut draft.tree, &numbers, typed);
    let draft = draft.named((&reached.set.code, version.n), act.today());
    let fact = version.write("numbers", draft.written(String::new(), actor.person)?)?;
    act.record(super::rule_set(id), &fact).await?;
    Ok(version.n)
}
