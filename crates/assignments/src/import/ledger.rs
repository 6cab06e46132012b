//! 期初接续: the running 周交办台账 comes in with its numbers, days, extensions and states, so that a
//! city can begin in the middle of a year. Nothing of it was done in the program: it is marked 接续
//! and figures leave it out. Persons and their telephones are not taken over; they have a register
//! of their own, where they are sealed.

use kernel::text;
use web::import::{ImportSpec, Question};
use web::import_paths;

use super::{columns, known};
use crate::{grants, words};

/// What is taken.
pub(crate) const SPEC: ImportSpec = ImportSpec {
    word: "ledger",
    paths: import_paths!("/assignments/import"),
    permission: grants::IMPORT_LEDGER,
    title: words::IMPORT_LEDGER,
    help: text!(
        "一行一个事项，按原编号、交办日期、时限、延期和状态接续；以后的例会接着最大次别编号。接续的事项到处带“接续”标记，不计入按期办结率。责任人姓名和电话不导入，请在“人员”中登记。",
        "One item in each row, with its number, days, extension and state; the next sitting counts on from the last. Items are marked as taken over and stay out of the rates. Names and telephones of persons are not taken; enter them under Persons."
    ),
    back: "/assignments?taken=1",
    columns: columns::COLUMNS,
    question: Some(Question {
        label: text!("接续到哪个例会", "Which series goes on"),
        hint: text!(
            "台账中的次别属于这个例会，下一次会议从最大次别之后编号。",
            "The numbers of the ledger are this series'; its next sitting counts on from the last."
        ),
        offer: known::series,
    }),
    open: known::open,
};
