//! 登记纸质决定: what the leader decided on consequences on the paper on which the review was approved,
//! entered by the bureau.

use kernel::text;
use web::Route;

use super::decide_consequence::{FIELDS, decide, prepare};
use crate::grants;

pub(crate) fn route() -> Route {
    let title = text!("登记纸质决定", "Enter a decision on paper");
    Route::act("/reviews/{month}/paper-consequences", grants::PAPER_CONSEQUENCE, title)
        .help(text!(
            "本次封存在纸上审批的，领导在签批件上写明的奖励、表态发言决定由督查局逐项登记，页面注明“纸质签发”。",
            "Where this freeze was approved on paper, the bureau enters what the leader decided there on awards and statements, one by one; the page says so."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(decide)
}
