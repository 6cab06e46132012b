//! 导入, last step: all records are taken over in one act, or none.

use std::time::Duration;

use files::import::{ImportRow, Level, State};
use journal::{Act, Error, Receipt, Result};
use kernel::Refusal;
use maud::html;
use ui::{num, part};

use super::spec::ImportSpec;
use super::work::{self, Walk};
use super::{place, sheet, words};
use crate::call::Call;
use crate::route::{Done, Prepared, Route};
use crate::under_way::{Seen, UnderWay};
use crate::values::Values;

/// How long the answer waits; what takes longer is seen on the import's page.
const PATIENCE: Duration = Duration::from_secs(6);

/// How far taking over is: nobody else can see into an act.
pub(crate) fn per_mille(import: &ImportRow) -> i64 {
    match Seen::of(import.id) {
        Some(Seen::Going { per_mille, .. }) => i64::try_from(per_mille).unwrap_or_default(),
        Some(Seen::Failed { .. }) | None => 0,
    }
}

pub(crate) fn route(spec: &'static ImportSpec) -> Route {
    Route::act(spec.paths.commit, spec.permission, spec.title)
        .help(spec.help)
        .prepare(move |call| Box::pin(prepare(call, spec)))
        .decide(move |call, _: Values| decide(call, spec))
}

async fn prepare(call: &Call, spec: &'static ImportSpec) -> Result<Prepared> {
    let import = place::idle(call, &mut call.read().await?, spec).await?;
    demand(&import)?;
    let lang = call.lang;
    let facts = [
        (words::RECORDS.of(lang), html! { (num::count(import.rows_count)) }),
        (words::WARNINGS.of(lang), html! { (num::count(import.warnings_count)) }),
        (words::ASIDE.of(lang), html! { (num::count(import.aside_count)) }),
    ];
    Ok(Prepared {
        about: Some(import.file_name.clone()),
        intro: part::details(&facts),
        back: place::address(spec.paths.one, &import),
        ..Prepared::default()
    })
}

/// Only what was checked and has nothing to be mended.
fn demand(import: &ImportRow) -> std::result::Result<(), Refusal> {
    match import.state {
        State::Checked if import.errors_count > 0 => {
            Err(Refusal::Rule(words::with_errors(import.errors_count)))
        }
        State::Checked if import.rows_count == 0 => Err(Refusal::rule(words::NO_RECORDS)),
        State::Checked => Ok(()),
        State::Done => Err(Refusal::rule(words::DONE_ALREADY)),
        // One whose program was stopped on the way was not taken over.
        State::Committing if import.errors_count == 0 && import.rows_count > 0 => Ok(()),
        State::Reading | State::Failed | State::Read | State::Checking | State::Committing => {
            Err(Refusal::rule(words::NOT_CHECKED))
        }
    }
}

async fn decide(call: Call, spec: &'static ImportSpec) -> Result<Done> {
    let import = place::import(&call, &mut call.read().await?, spec).await?;
    let address = place::address(spec.paths.one, &import);
    if import.state == State::Done {
        // The same form once more is answered as before; another one is told.
        let told = Refusal::rule(words::DONE_ALREADY);
        let receipt = call.act(async |_| Err(told.clone().into())).await?;
        return Ok(Done::to(address, receipt));
    }
    if import.is_busy(call.db().clock().now()) {
        return Err(place::rule(words::BUSY));
    }
    demand(&import)?;
    let busy = ImportRow { state: State::Committing, told: String::new(), ..import.clone() };
    files::import::keep(call.db(), &busy).await?;
    let task = tokio::spawn(take_over(call.clone(), spec, import));
    match tokio::time::timeout(PATIENCE, task).await {
        Ok(done) => Ok(Done::to(address, done.map_err(Error::fault)??)),
        Err(_goes_on) => Ok(Done::step(address)),
    }
}

async fn take_over(call: Call, spec: &'static ImportSpec, import: ImportRow) -> Result<Receipt> {
    let work = UnderWay::begin(import.id)?;
    let taking = async |act: &mut Act| rows(act, (&call, &work), spec, &import).await;
    let outcome = call.long_act(taking).await;
    drop(work);
    match outcome {
        Ok(receipt) => Ok(receipt),
        Err(Error::Refused(refusal)) => {
            let kept = Err(refusal.clone().into());
            work::told(&call, import, State::Checked, kept).await;
            Err(refusal.into())
        }
        Err(e) => {
            let back = ImportRow { state: State::Checked, ..import };
            files::import::keep(call.db(), &back).await?;
            Err(e)
        }
    }
}

/// Judges every row once more and takes it over: what was true when it was checked may be so no
/// longer.
async fn rows(
    act: &mut Act,
    (call, work): (&Call, &UnderWay),
    spec: &'static ImportSpec,
    import: &ImportRow,
) -> Result<()> {
    let ground = place::ground(call, import)?;
    let mut walk = Walk::begin(act, (spec, import), &ground).await?;
    let (mut from, all) = (0, walk.sheet.note.pages.max(1));
    loop {
        let pages = files::import::pages(act, import, walk.place(), from).await?;
        let Some(last) = pages.last() else { break };
        from = last.n + 1;
        for page in &pages {
            for mut row in sheet::rows_of(page)? {
                let Some((verdict, Some(said))) = walk.judge(&mut row) else { continue };
                if verdict.level == Level::Error {
                    return Err(Refusal::rule(words::CHANGED).into());
                }
                walk.importer.take(act, &said).await?;
            }
            // Others want to be served as well.
            tokio::task::yield_now().await;
        }
        let per_mille = u64::try_from(from * 1_000 / all).unwrap_or_default();
        work.went_on(per_mille, words::state(State::Committing));
    }
    walk.importer.finish(act).await?;
    files::import::end(act, import).await
}
