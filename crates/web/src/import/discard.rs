//! 放弃导入: what was read is thrown away.

use journal::Result;

use super::spec::ImportSpec;
use super::{place, words};
use crate::call::Call;
use crate::route::{Done, Prepared, Route};
use crate::values::Values;

pub(crate) fn route(spec: &'static ImportSpec) -> Route {
    Route::act(spec.paths.discard, spec.permission, words::DISCARD)
        .help(words::DISCARD_HELP)
        .danger()
        .prepare(move |call| Box::pin(prepare(call, spec)))
        .decide(move |call, _: Values| discard(call, spec))
}

async fn prepare(call: &Call, spec: &'static ImportSpec) -> Result<Prepared> {
    let import = place::import(call, &mut call.read().await?, spec).await?;
    Ok(Prepared {
        about: Some(import.file_name.clone()),
        back: place::address(spec.paths.one, &import),
        ..Prepared::default()
    })
}

async fn discard(call: Call, spec: &'static ImportSpec) -> Result<Done> {
    let import = place::import(&call, &mut call.read().await?, spec).await?;
    let now = call.db().clock().now();
    // Reading and checking notice that their import is gone; taking over cannot be called back.
    if import.state == files::import::State::Committing && import.is_busy(now) {
        return Err(place::rule(words::BUSY));
    }
    files::import::discard(call.db(), &import).await?;
    Ok(Done::step(spec.paths.base.to_owned()))
}
