//! 通报: the approved review is published with the next number of the year.

use journal::{Act, Db, Result};
use kernel::{Actor, text};
use measures::ReviewMonth;
use web::{Call, Done, Route, Values};

use crate::proposals::{self, Proposals};
use crate::{grants, store};

pub(crate) fn route() -> Route {
    Route::act("/reviews/{month}/publication", grants::PUBLISH, text!("通报", "Publish"))
        .help(text!(
            "通报后全体单位能看到各组名次；30日内单位可以申请复核。已经通报的，发布更正，文号不变。",
            "Every unit then sees the ranking of the groups; within 30 days a unit may ask for a re-examination. What is out already is corrected and keeps its number."
        ))
        .prepare(|call| Box::pin(async { Ok(super::about(call).await?.0) }))
        .decide(publish)
}

async fn publish(call: Call, _values: Values) -> Result<Done> {
    let db = call.db();
    super::on_review(&call, async |act, actor, month| run(act, actor, (db, month)).await).await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    (db, month): (&Db, ReviewMonth),
) -> Result<()> {
    let review = store::review::reach(act, actor, month).await?;
    let today = act.today();
    let year = i64::from(today.year());
    let number = store::review::next_circular(act, actor.jurisdiction, year).await?;
    let decided = store::review::consequences(act, &review).await?;
    let called = Proposals::read(db, act, &review).await?;
    let errata = store::review::errata(act, &review).await?.last().map_or(0, |e| e.n);
    let moved = proposals::moved(act, &review, &decided).await?;
    let open = (called.undecided(&decided, &moved), called.fallen(&decided).len(), errata);
    let fact = review.publish((year, number), open, today)?;
    act.record(super::review(review.id), &fact).await
}
