//! 导入: bringing a spreadsheet into a room, step by step: file, sheet and header, which column
//! holds what, every row's verdict, correcting in place, and taking all of it over in one act or
//! nothing. A room says what its rows are by an [`ImportSpec`]; this module knows no domain word.
//!
//! Every step is an ordinary route behind the specification's permission and works without a
//! script. What was read waits in `files::import`, so that leaving the page loses nothing.

mod columns;
mod commit;
mod correct;
mod discard;
mod give_back;
mod head;
mod judge;
mod overview;
mod place;
mod rows;
mod said;
mod sheet;
mod spec;
mod upload;
mod words;
mod work;

pub use said::{Findings, Said};
pub use spec::{
    ColumnKind, Ground, ImportColumn, ImportPaths, ImportSpec, Importer, Question, Word,
};

use crate::route::Route;

/// The routes of an import; the act that takes over comes first, because it gives the permission
/// its title.
pub fn routes(spec: &'static ImportSpec) -> Vec<Route> {
    vec![
        commit::route(spec),
        upload::route(spec),
        overview::route(spec),
        head::route(spec),
        columns::route(spec),
        rows::route(spec),
        correct::route(spec),
        give_back::route(spec),
        discard::route(spec),
    ]
}
