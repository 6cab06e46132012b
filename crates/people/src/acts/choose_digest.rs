//! Whether one gets the daily digest outside the program. Urgent messages come in any case. No fact:
//! it concerns nobody but oneself.

use journal::{Result, Tx};
use kernel::text;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::tables::QuietPersonRow;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[FieldSpec::check("digest", words::DIGEST_WANTED)];

pub(crate) fn route() -> Route {
    Route::act("/account/digest", grants::CHOOSE_DIGEST, text!("设置每日摘要", "Daily digest"))
        .help(text!(
            "每个工作日一封：待办、临期、新消息。急件提醒不受此设置影响。",
            "One each working day: what waits, what is due soon, what is new. Urgent messages come in any case."
        ))
        .submit(text!("保存", "Save"))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(choose_digest)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let actor = call.actor()?;
    let quiet = store::is_quiet(&mut call.read().await?, actor.jurisdiction, actor.person).await?;
    let prepared = super::back("/account");
    Ok(if quiet { prepared } else { prepared.fill("digest", "1") })
}

async fn choose_digest(call: Call, values: Values) -> Result<Done> {
    let actor = *call.actor()?;
    let row = QuietPersonRow { jurisdiction_id: actor.jurisdiction, person_id: actor.person };
    let choose = async |tx: &mut Tx| {
        if values.checked("digest") {
            store::want_digest(tx, &row).await
        } else {
            store::want_no_digest(tx, &row).await
        }
    };
    call.db().operate(actor.jurisdiction, choose).await?;
    Ok(Done::go("/account".to_owned()))
}
