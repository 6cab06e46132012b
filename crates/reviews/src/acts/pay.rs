//! 登记拨付: an award was paid to the unit: by which document, from which budget, with which voucher.

use journal::{Act, Result};
use kernel::{Actor, Day, Refusal, text};
use measures::ReviewMonth;

use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Payment;
use crate::proposals::named_row;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("award", text!("奖励", "Award")).required(),
    FieldSpec::line("document", text!("批准文件", "Approving document"), 100).required(),
    FieldSpec::line("budget", text!("资金来源", "Budget"), 100).required(),
    FieldSpec::line("voucher", text!("凭证号", "Voucher"), 60).required(),
    FieldSpec::day("on", text!("拨付日期", "Paid on")).required(),
];

pub(crate) fn route() -> Route {
    let title = text!("登记奖励拨付", "Enter a payment");
    Route::act("/reviews/{month}/payments", grants::PAY, title)
        .help(text!(
            "奖励拨给单位作工作经费，不发给个人。",
            "Awards are paid to units for their work, not to persons."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(pay)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, review) = super::about(call).await?;
    let (mut tx, city) = (call.read().await?, call.city()?);
    let mut choices = Vec::new();
    for row in store::review::decided_as_out(&mut tx, &review).await? {
        let fen = row.unpaid_fen();
        if fen <= 0 {
            continue;
        }
        let unit = people::store::unit(&mut tx, city, row.unit_id).await?;
        let name = unit.map_or_else(String::new, |u| u.short_name);
        choices.push(Choice::new(named_row(&row), words::award(&name, fen).of(call.lang)));
    }
    let asked = call.query.get("award").unwrap_or_default();
    Ok(prepared.offer("award", choices).fill("award", asked).fill("on", call.today()))
}

async fn pay(call: Call, values: Values) -> Result<Done> {
    let payment = Payment {
        document: values.text("document"),
        budget: values.text("budget"),
        voucher: values.text("voucher"),
        on: values.day("on").unwrap_or_else(|| call.today()),
        amount_fen: None,
    };
    let award = values.text("award");
    super::on_review(&call, async |act, actor, month| {
        run(act, actor, month, (award, payment)).await
    })
    .await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    month: ReviewMonth,
    (award, payment): (String, Payment),
) -> Result<()> {
    let review = store::review::reach(act, actor, month).await?;
    let rows = store::review::decided_as_out(act, &review).await?;
    let Some(row) = rows.iter().find(|row| named_row(row) == award) else {
        return Err(Refusal::field("award", words::CHOOSE_ONE).into());
    };
    demand_past(payment.on, act.today())?;
    let fact = review.pay(row, payment)?;
    act.record(super::review(review.id), &fact).await
}

fn demand_past(on: Day, today: Day) -> std::result::Result<(), Refusal> {
    if on <= today {
        return Ok(());
    }
    Err(Refusal::field("on", text!("拨付日期不能晚于今天。", "It cannot be later than today.")))
}
