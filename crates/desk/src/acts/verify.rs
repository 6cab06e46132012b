//! Verifying the whole journal now, with a head that was noted earlier if there is one.

use journal::{Head, Result};
use kernel::Refusal;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::{grants, verification, words};

const FIELDS: &[FieldSpec] =
    &[FieldSpec::line("expect", words::EXPECT, 100).hint(words::EXPECT_HINT)];

pub(crate) fn route() -> Route {
    Route::act("/verification/runs", grants::VERIFY, words::VERIFY)
        .help(words::VERIFY_HELP)
        .fields(FIELDS)
        .prepare(|_| {
            Box::pin(async {
                Ok(Prepared { back: "/verification".to_owned(), ..Prepared::default() })
            })
        })
        .decide(verify)
}

async fn verify(call: Call, values: Values) -> Result<Done> {
    let expect = match values.opt("expect") {
        Some(text) => {
            let head = text.parse::<Head>();
            Some(head.map_err(|_not_a_head| Refusal::field("expect", words::NOT_A_HEAD))?)
        }
        None => None,
    };
    let by = (Some(call.actor()?.account), expect.as_ref());
    verification::verify(call.db(), call.city()?, by).await?;
    Ok(Done::go("/verification".to_owned()))
}
