//! Choosing the language: a cookie, then back to where one was.

use journal::Result;
use kernel::text;
use web::{Answer, Call, Param, ParamKind, Route};

/// What the page reads of its address.
const QUERY: &[Param] = &[
    Param::new("to", ParamKind::Words(|| vec!["zh", "en"]), text!("语言", "Language")),
    Param::new("back", ParamKind::Text(2000), text!("回到哪一页", "The page to come back to")),
];

pub(crate) fn route() -> Route {
    Route::public_page("/language", text!("切换语言", "Choose the language"), language).query(QUERY)
}

async fn language(call: Call) -> Result<Answer> {
    let to = if call.query.get("to") == Some("en") { "en" } else { "zh" };
    let back = call.query.get("back").filter(|b| crate::session::is_inside(b));
    let back = call.href(back.unwrap_or("/"));
    Ok(Answer::see_other(&back).with_language(&call, to))
}
