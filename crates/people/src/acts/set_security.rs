//! Changing the rules of passwords and of the second factor (等保: by the security administrator only).

use journal::Result;
use kernel::Refusal;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::setting::{self, Setting};
use crate::{choices, found, grants, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("second_factor", words::SECOND_FACTOR).required(),
    FieldSpec::choice("password_profile", words::PASSWORD_PROFILE).required(),
    FieldSpec::number("unused_days", words::UNUSED_DAYS, 30, 365),
    FieldSpec::area("reason", words::REASON, 300).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/settings/security", grants::SET_SECURITY, words::SET_SECURITY)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(set_security)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (city, lang) = (call.city()?, call.lang);
    let mut tx = call.read().await?;
    let mut prepared = super::back("/settings")
        .offer("second_factor", choices::words_of(words::FACTOR_RULES, lang))
        .offer("password_profile", choices::words_of(words::PROFILES, lang));
    for setting in SETTINGS {
        prepared = prepared.fill(setting.name, setting.of(&mut tx, city).await?);
    }
    Ok(prepared)
}

const SETTINGS: [Setting; 3] =
    [setting::SECOND_FACTOR, setting::PASSWORD_PROFILE, setting::UNUSED_DAYS];

/// The fields whose values are words.
const OFFERED: [(&str, &[(&str, kernel::Text)]); 2] =
    [("second_factor", words::FACTOR_RULES), ("password_profile", words::PROFILES)];

async fn set_security(call: Call, values: Values) -> Result<Done> {
    let city = call.city()?;
    for (field, offered) in OFFERED {
        let chosen = values.text(field);
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
