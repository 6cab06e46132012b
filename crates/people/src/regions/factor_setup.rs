//! The key of a new second factor, as the form shows it and as it comes back.

use journal::Result;
use kernel::{Moment, Refusal};
use maud::html;
use ui::part;
use web::{Call, Prepared, Values};

use crate::tables::AccountRow;
use crate::{factor, store, words};

/// A form that shows a new key; the key stays the same when the form comes back.
pub(crate) async fn prepared(call: &Call, account: &AccountRow) -> Result<Prepared> {
    let typed = call.body.get("secret").and_then(factor::read);
    let secret = match typed {
        Some(secret) => secret,
        None => factor::new_secret()?,
    };
    let city = store::jurisdiction(&mut call.read().await?, account.jurisdiction_id).await?;
    let uri = factor::uri(&secret, &format!("{}督办", city.name), &account.name)?;
    let written = factor::written(&secret);
    let grouped: Vec<_> = written.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    let lang = call.lang;
    let intro = part::details_wide(&[
        (words::FACTOR_KEY.of(lang), html! { code id="factor-key" { (grouped.join(" ")) } }),
        (words::FACTOR_URI.of(lang), html! { a href=(uri) { code { (uri) } } }),
    ]);
    let prepared = Prepared { intro, back: "/account".to_owned(), ..Prepared::default() };
    Ok(prepared.fill("secret", written))
}

/// The secret and the step of the code that proves the device has it.
pub(crate) fn confirmed(values: &Values, now: Moment) -> Result<(Vec<u8>, i64)> {
    let secret = values.opt("secret").and_then(|s| factor::read(&s));
    let Some(secret) = secret else {
        return Err(Refusal::field("code", words::FACTOR_AGAIN).into());
    };
    match factor::step(&secret, &values.text("code"), now)? {
        Some(step) => Ok((secret, step)),
        None => Err(Refusal::field("code", words::WRONG_CODE).into()),
    }
}
