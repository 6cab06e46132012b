//! Changing the settings of the business; each change is a fact.

use journal::Result;
use kernel::Refusal;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::setting::{self, Setting};
use crate::{choices, found, grants, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::number("yellow_days", words::YELLOW_DAYS, 0, 30).required(),
    FieldSpec::choice("account_level", words::ACCOUNT_LEVEL).required(),
    FieldSpec::choice("digest_at", words::DIGEST_AT),
    FieldSpec::area("reason", words::REASON, 300).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/settings/thresholds", grants::SET_THRESHOLDS, words::SET_THRESHOLDS)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(set_thresholds)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (city, lang) = (call.city()?, call.lang);
    let mut tx = call.read().await?;
    let mut prepared = super::back("/settings")
        .offer("account_level", choices::words_of(words::LEVELS, lang))
        .offer("digest_at", choices::words_of(words::DIGEST_TIMES, lang));
    for setting in SETTINGS {
        prepared = prepared.fill(setting.name, setting.of(&mut tx, city).await?);
    }
    Ok(prepared)
}

const SETTINGS: [Setting; 3] = [setting::YELLOW_DAYS, setting::ACCOUNT_LEVEL, setting::DIGEST_AT];

/// The fields whose values are words.
const OFFERED: [(&str, &[(&str, kernel::Text)]); 2] =
    [("account_level", words::LEVELS), ("digest_at", words::DIGEST_TIMES)];

async fn set_thresholds(call: Call, values: Values) -> Result<Done> {
    let city = call.city()?;
    for (field, offered) in OFFERED {
        let Some(chosen) = values.opt(field) else { continue };
        if offered.iter().all(|(word, _)| *word != chosen) {
            return Err(choices::not_offered(field).into());
        }
    }
    let receipt = call
        .act(async |act| {
            let mut changed = false;
            for setting in SETTINGS {
                // What is left empty stays as it is.
                let Some(value) = values.opt(setting.name) else { continue };
                if setting.of(act, city).await? != value {
                    found::set(act, setting.name, &value).await?;
                    changed = true;
                }
            }
            if changed { Ok(()) } else { Err(Refusal::rule(words::NO_CHANGE).into()) }
        })
        .await?;
    Ok(Done::to("/settings".to_owned(), receipt))
}
