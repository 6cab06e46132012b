//! A one-time code, shown before the form is sent and never kept in clear.

use journal::Result;
use kernel::Refusal;
use maud::html;
use ui::part;
use web::{Call, Prepared, Values};

use crate::{password, words};

/// A form that shows a new code; the code stays the same when the form comes back.
pub(crate) fn prepared(call: &Call, back: &str) -> Result<Prepared> {
    let typed = call.body.get("code").filter(|code| password::is_one_time_code(code));
    let code = match typed {
        Some(code) => code.to_owned(),
        None => password::one_time_code()?,
    };
    let shown = html! { code id="one-time-code" { (code) } };
    let intro = part::details_wide(&[(words::ONE_TIME_CODE.of(call.lang), shown)]);
    let prepared = Prepared { intro, back: back.to_owned(), ..Prepared::default() };
    Ok(prepared.fill("code", code))
}

/// The hash of the code that came with the form.
pub(crate) async fn hash(values: &Values) -> Result<String> {
    let code = values.opt("code").filter(|code| password::is_one_time_code(code));
    let Some(code) = code else {
        return Err(Refusal::field("code", words::CODE_LOST).into());
    };
    password::hash(code).await
}
