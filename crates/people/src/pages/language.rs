//! Choosing the language: a cookie, then back to where one was.

use journal::Result;
use kernel::text;
use web::{Answer, Call, Route};

pub(crate) fn route() -> Route {
    Route::public_page("/language", text!("切换语言", "Choose the language"), language)
}

async fn language(call: Call) -> Result<Answer> {
    let to = if call.query.get("to") == Some("en") { "en" } else { "zh" };
    let back = call.query.get("back").filter(|b| crate::session::is_inside(b));
    let back = call.href(back.unwrap_or("/"));
    Ok(Answer::see_other(&back).with_language(&call, to))
}
