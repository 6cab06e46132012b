//! What goes on in an import while its person waits or looks elsewhere: reading and judging.

use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;

use files::import::{Choice, ImportRow, Level, Note, PageRow, State, Verdict};
use files::sheet::read::{Row, letters};
use files::sheet::sense::{Amount, Filler, Unit};
use journal::{Error, Result, Tx};
use kernel::{Refusal, text};

use super::judge::Reading;
use super::sheet::{self, Sheet};
use super::spec::{Ground, ImportSpec, Importer};
use super::{place, words};
use crate::call::Call;

/// How long an answer waits for what mostly ends at once.
const PATIENCE: Duration = Duration::from_secs(4);
/// Amounts of a column that are looked at for its unit.
const AMOUNTS_MAX: usize = 500;

/// Lets some work go on by itself; waits a little, because most files are small.
pub(crate) async fn begin(work: impl Future<Output = ()> + Send + 'static) {
    let task = tokio::spawn(work);
    // What takes longer is seen on the import's page.
    drop(tokio::time::timeout(PATIENCE, task).await);
}

/// Reads the file and proposes sheet, header and columns.
pub(crate) async fn read(call: Call, spec: &'static ImportSpec, import: ImportRow, hash: String) {
    let outcome = read_file(&call, spec, (&import, &hash)).await;
    told(&call, import, State::Failed, outcome).await;
}

async fn read_file(
    call: &Call,
    spec: &'static ImportSpec,
    (import, hash): (&ImportRow, &str),
) -> Result<()> {
    let db = call.db();
    let file = files::import::file_of(db, import.jurisdiction_id, hash).await?;
    let reader = &call.house.settings.reader;
    let read = files::import::read_in(db, import, reader, file).await?;
    if read.state != State::Read {
        return Ok(());
    }
    let choice = sheet::propose(&mut call.read().await?, &read, spec).await?;
    files::import::keep(db, &read.choosing(&choice)?).await
}

/// Judges every row of the chosen sheet.
pub(crate) async fn check(call: Call, spec: &'static ImportSpec, import: ImportRow) {
    let outcome = check_rows(&call, spec, import.clone()).await;
    told(&call, import, State::Read, outcome).await;
}

/// An error on the way is kept where its person will look.
pub(crate) async fn told(call: &Call, import: ImportRow, state: State, outcome: Result<()>) {
    let Err(e) = outcome else { return };
    let message = match e {
        Error::Refused(Refusal::Rule(message)) => message,
        // It was discarded meanwhile.
        Error::Refused(Refusal::Missing) => return,
        other @ (Error::Refused(_) | Error::Full | Error::Unavailable(_) | Error::Fault(_)) => {
            tracing::error!(what = %other, import = %import.id, "an import stopped");
            text!("系统出错，没有完成。请重试。", "Something went wrong; try again.").into()
        }
    };
    let stopped = ImportRow { state, ..import }.telling(&message);
    if let Err(e) = files::import::keep(call.db(), &stopped).await {
        tracing::warn!(error = %e, "an import's end was not kept");
    }
}

/// What is counted while rows go by.
#[derive(Default)]
struct Counts {
    records: i64,
    errors: i64,
    warnings: i64,
    aside: i64,
    amounts: BTreeMap<&'static str, Vec<(Amount, Unit)>>,
}

async fn check_rows(call: &Call, spec: &'static ImportSpec, import: ImportRow) -> Result<()> {
    let (db, ground) = (call.db(), place::ground(call, &import)?);
    let mut walk = Walk::begin(&mut call.read().await?, (spec, &import), &ground).await?;
    let mut counts = Counts::default();
    let (mut from, all) = (0, walk.sheet.note.pages.max(1));
    loop {
        let tx = &mut call.read().await?;
        let mut pages = files::import::pages(tx, &import, walk.place(), from).await?;
        if pages.is_empty() {
            break;
        }
        for page in &mut pages {
            judge_page(&mut walk, page, &mut counts)?;
            from = page.n + 1;
        }
        files::import::keep_pages(db, &import, &pages).await?;
        let busy = ImportRow { per_mille: from * 1_000 / all, ..import.clone() };
        files::import::keep(db, &busy).await?;
    }
    let notes = walk.notes(&counts);
    let choice = Choice { notes, ..import.choice()? };
    let checked = ImportRow {
        state: State::Checked,
        told: String::new(),
        per_mille: 1_000,
        rows_count: counts.records,
        errors_count: counts.errors,
        warnings_count: counts.warnings,
        aside_count: counts.aside,
        ..import
    };
    files::import::keep(db, &checked.choosing(&choice)?).await
}

fn judge_page(walk: &mut Walk, page: &mut PageRow, counts: &mut Counts) -> Result<()> {
    let (errors, warnings, aside) = (counts.errors, counts.warnings, counts.aside);
    let mut verdicts: Vec<Verdict> = Vec::new();
    for mut row in sheet::rows_of(page)? {
        let Some((verdict, said)) = walk.judge(&mut row) else { continue };
        match verdict.level {
            Level::Aside => counts.aside += 1,
            Level::Fine => counts.records += 1,
            Level::Warning => {
                counts.records += 1;
                counts.warnings += 1;
            }
            Level::Error => counts.errors += 1,
        }
        for (name, amount) in said.iter().flat_map(|said| &said.amounts) {
            let list = counts.amounts.entry(name).or_default();
            if list.len() < AMOUNTS_MAX {
                list.push(*amount);
            }
        }
        verdicts.push(verdict);
    }
    page.verdicts = serde_json::to_vec(&verdicts)?;
    page.errors_count = counts.errors - errors;
    page.warnings_count = counts.warnings - warnings;
    page.aside_count = counts.aside - aside;
    Ok(())
}

/// The rows of a sheet from top to bottom, filled, read and judged.
pub(crate) struct Walk {
    pub(crate) sheet: Sheet,
    reading: Reading,
    filler: Filler,
    pub(crate) importer: Box<dyn Importer>,
}

impl Walk {
    pub(crate) async fn begin(
        tx: &mut Tx,
        (spec, import): (&'static ImportSpec, &ImportRow),
        ground: &Ground,
    ) -> Result<Self> {
        let choice = import.choice()?;
        let sheet = sheet::chosen(tx, import, &choice).await?;
        let filler = Filler::new(&sheet.note.merges);
        let importer = (spec.open)(tx, ground).await?;
        let reading = Reading::new(spec, choice, sheet.titles.clone());
        Ok(Self { sheet, reading, filler, importer })
    }

    pub(crate) fn place(&self) -> i64 {
        sheet::place(&self.reading.choice)
    }

    /// The verdict of a row and what it says; nothing for rows of the header and above.
    pub(crate) fn judge(&mut self, row: &mut Row) -> Option<(Verdict, Option<super::Said>)> {
        self.filler.fill(row);
        if row.number <= self.reading.choice.last {
            return None;
        }
        Some(self.reading.judge(row, self.importer.as_mut()))
    }

    /// What was found of the sheet as a whole.
    fn notes(&self, counts: &Counts) -> Vec<Note> {
        let mut notes = self.reading.doubts(&counts.amounts);
        let note = &self.sheet.note;
        let hidden = self.reading.columns.values().filter(|c| note.hidden_columns.contains(c));
        let names: Vec<String> = hidden.map(|c| letters(*c)).collect();
        if !names.is_empty() {
            let message = words::hidden_columns(&names.join("、"));
            notes.push(Note::new(None, Level::Warning, message));
        }
        if note.hidden_rows > 0 {
            notes.push(Note::new(None, Level::Warning, words::hidden_rows(note.hidden_rows)));
        }
        notes
    }
}
