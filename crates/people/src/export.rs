//! 导出: what registers that are taken out as spreadsheets share: how many at once, what stands above
//! the rows, and the line in the access log.

use std::io::Cursor;

use files::sheet::write::{Column, Form, Head, MEDIA, Sheet};
use journal::Result;
use kernel::{Lang, Refusal, Text, msg, text};
use tokio::sync::{Semaphore, SemaphorePermit};
use web::{Answer, Call};

use crate::access::{self, Access, Event};

/// Rows of one file at most: what is more is narrowed by the filter first.
pub const ROWS_MAX: u32 = 20_000;
/// Files written at once; one takes a second of a core.
static DESKS: Semaphore = Semaphore::const_new(2);

/// The right to write a file now; refused while others are being written.
pub fn desk() -> Result<SemaphorePermit<'static>> {
    let busy = text!(
        "正在生成其他导出文件，请稍候再点一次。",
        "Other files are being written; try again in a moment."
    );
    DESKS.try_acquire().map_err(|_taken| Refusal::rule(busy).into())
}

/// Begins a register's sheet: its title, when it was taken out, the journal's head.
pub async fn begin(call: &Call, title: Text, columns: Vec<Column>) -> Result<Sheet> {
    let journal = call.db().head(call.city()?).await?;
    let now = call.now().local(&call.zone());
    let below = msg!(
        "导出时间 {now} · 日志封印 {journal} · 仅供查阅，修改请在系统中办理",
        "taken out {now} · journal head {journal} · to be read; changes are made in the program"
    );
    let (title, below) = (title.of(call.lang).to_owned(), below.of(call.lang).to_owned());
    Sheet::begin(&Head { title, below, columns })
}

/// A column with its title in the reader's language.
pub fn column(lang: Lang, title: Text, (width, form): (u16, Form)) -> Column {
    Column::new(title.of(lang), width, form)
}

/// Refuses one row more than a file may have.
pub fn within(rows: u32) -> Result<()> {
    if rows <= ROWS_MAX {
        return Ok(());
    }
    let many = msg!(
        "符合条件的超过 {max} 行，一个文件放不下；请先缩小筛选范围再导出。",
        "More than {max} rows match, too many for one file; narrow the filter and take it out again.",
        max = ROWS_MAX
    );
    Err(Refusal::Rule(many).into())
}

/// Writes the file, notes in the access log who took out how many rows, and hands it over.
pub async fn hand_over(call: &Call, (title, rows): (Text, u32), sheet: Sheet) -> Result<Answer> {
    let mut file = Cursor::new(Vec::new());
    tokio::task::block_in_place(|| sheet.finish(&mut file))?;
    let name = format!("{}-{}.xlsx", title.of(call.lang), call.today());
    let (city, account) = (call.city()?, Some(call.actor()?.account));
    let (at, remote) = (call.db().clock().now(), call.remote.to_string());
    let detail = format!("{name}, {rows}");
    let line = Access { at, event: Event::TakenOut, account, remote: &remote, detail: &detail };
    call.db().operate(city, async |tx| access::note(tx, city, line).await).await?;
    Ok(Answer::download(&name, MEDIA, file.into_inner()))
}
