//! 通报文稿: what the bureau writes beside the figures, before the circular goes out. Figures, places,
//! amounts and overdue items are never written: they are read from the records.

use journal::{Act, Result};
use kernel::{Actor, text};
use measures::ReviewMonth;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::statement::Wording;
use crate::{circular, grants, store};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("addressees", text!("主送", "To"), 200).required(),
    FieldSpec::area("demands", text!("下步要求", "What is asked next"), 3_000)
        .required()
        .hint(text!("一段一行。", "A paragraph per line.")),
    FieldSpec::line("copies", text!("抄送", "Copies to"), 200),
    FieldSpec::line("printed", text!("印发范围", "Distribution"), 200).required(),
];

pub(crate) fn route() -> Route {
    let title = text!("拟写通报文稿", "Write the circular's text");
    Route::act("/reviews/{month}/circular/text", grants::WRITE_CIRCULAR, title)
        .help(text!(
            "只写主送、下步要求、抄送和印发范围；件数、名次、金额和逾期事项由程序从记录中取。",
            "Only addressees, demands, copies and distribution are written; counts, places, amounts and overdue items come from the records."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(write)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, review) = super::about(call).await?;
    let written = store::statement::circular(&mut call.read().await?, &review).await?;
    let wording = written.map_or_else(circular::usual, |row| Wording {
        addressees: row.addressees,
        demands: row.demands,
        copies: row.copies,
        printed: row.printed,
    });
    let at = super::card(review.month);
    let back = if review.has_circular() { format!("{at}/circular") } else { at };
    Ok(Prepared { back, ..prepared }
        .fill("addressees", wording.addressees)
        .fill("demands", wording.demands)
        .fill("copies", wording.copies)
        .fill("printed", wording.printed))
}

async fn write(call: Call, values: Values) -> Result<Done> {
    let wording = Wording {
        addressees: values.text("addressees"),
        demands: values.text("demands"),
        copies: values.text("copies"),
        printed: values.text("printed"),
    };
    let has_circular = super::reached(&call).await?.has_circular();
    let done =
        super::on_review(&call, async |act, actor, month| run(act, actor, month, wording).await)
            .await?;
    if !has_circular {
        return Ok(done);
    }
    Ok(Done { location: format!("{}/circular", super::card(super::month(&call)?)), ..done })
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    month: ReviewMonth,
    wording: Wording,
) -> Result<()> {
    let review = store::review::reach(act, actor, month).await?;
    let fact = review.write_circular(actor, wording, act.today())?;
    act.record(super::review(review.id), &fact).await
}
