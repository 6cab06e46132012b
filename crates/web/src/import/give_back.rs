//! 导入: the sheet comes back with a reason beside each row, for who corrects it at home.

use std::collections::BTreeMap;
use std::io::Cursor;

use files::import::{ImportRow, Level, Verdict};
use files::sheet::write::MEDIA;
use files::sheet::{GivenBack, Mark};
use journal::Result;
use kernel::Lang;

use super::spec::ImportSpec;
use super::{place, sheet, words};
use crate::answer::Answer;
use crate::call::Call;
use crate::route::Route;

pub(crate) fn route(spec: &'static ImportSpec) -> Route {
    Route::page(spec.paths.file, spec.permission, words::GIVE_BACK, move |call| give(call, spec))
}

async fn give(call: Call, spec: &'static ImportSpec) -> Result<Answer> {
    let mut tx = call.read().await?;
    let import = place::import(&call, &mut tx, spec).await?;
    if import.state != files::import::State::Checked {
        return Err(place::rule(words::NOT_CHECKED));
    }
    let choice = import.choice()?;
    let chosen = sheet::chosen(&mut tx, &import, &choice).await?;
    let width = chosen.titles.iter().map(|title| title.column + 1).max().unwrap_or(1);
    let mut book = GivenBack::begin(&chosen.note.name, width)?;
    let mut from = 0;
    loop {
        let pages = files::import::pages(&mut tx, &import, sheet::place(&choice), from).await?;
        let Some(last) = pages.last() else { break };
        from = last.n + 1;
        for page in &pages {
            let verdicts: Vec<Verdict> = serde_json::from_slice(&page.verdicts)?;
            let mut verdicts: BTreeMap<u32, Verdict> =
                verdicts.into_iter().map(|v| (v.row, v)).collect();
            for row in sheet::rows_of(page)? {
                if row.number == choice.last {
                    book.row(&row, words::REASON.of(call.lang), &[])?;
                    continue;
                }
                let (reason, marks) = match verdicts.remove(&row.number) {
                    Some(verdict) => said(&verdict, call.lang),
                    None => (String::new(), Vec::new()),
                };
                book.row(&row, &reason, &marks)?;
            }
        }
    }
    drop(tx);
    let mut file = Cursor::new(Vec::new());
    tokio::task::block_in_place(|| book.finish(&mut file))?;
    let name = name(&import, call.lang);
    Ok(Answer::download(&name, MEDIA, file.into_inner()))
}

fn said(verdict: &Verdict, lang: Lang) -> (String, Vec<(u32, Mark)>) {
    let notes: Vec<&str> = verdict.notes.iter().map(|n| super::rows::told(n, lang)).collect();
    let marks = verdict.notes.iter().rev().filter_map(|note| {
        let mark = match note.level {
            Level::Error => Mark::Wrong,
            Level::Warning => Mark::Doubtful,
            Level::Aside | Level::Fine => return None,
        };
        Some((note.column?, mark))
    });
    (notes.join("\n"), marks.collect())
}

fn name(import: &ImportRow, lang: Lang) -> String {
    let (stem, _) = import.file_name.rsplit_once('.').unwrap_or((&import.file_name, ""));
    format!("{stem}-{}.xlsx", words::REASON.of(lang))
}
