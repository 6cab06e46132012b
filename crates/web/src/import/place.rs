//! The import that a call is about.

use files::import::{ImportRow, Owner};
use journal::{Result, Tx};
use kernel::{Refusal, Text};

use super::spec::{Ground, ImportSpec};
use super::words;
use crate::call::Call;

/// Whose imports the caller may see: their own.
pub(crate) fn owner(call: &Call, spec: &'static ImportSpec) -> Result<Owner<'static>> {
    Ok(Owner { city: call.city()?, account: call.actor()?.account, spec: spec.word })
}

/// The import in the address.
pub(crate) async fn import(
    call: &Call,
    tx: &mut Tx,
    spec: &'static ImportSpec,
) -> Result<ImportRow> {
    files::import::find(tx, owner(call, spec)?, call.id("id")?).await
}

/// The import in the address, when nothing goes on in it.
pub(crate) async fn idle(call: &Call, tx: &mut Tx, spec: &'static ImportSpec) -> Result<ImportRow> {
    let import = import(call, tx, spec).await?;
    if import.is_busy(call.db().clock().now()) {
        return Err(rule(words::BUSY));
    }
    Ok(import)
}

pub(crate) fn rule(text: Text) -> journal::Error {
    Refusal::rule(text).into()
}

/// The address of a step of one import.
pub(crate) fn address(pattern: &str, import: &ImportRow) -> String {
    pattern.replace("{id}", &import.id.to_string())
}

/// In which city, for whom and when rows are judged.
pub(crate) fn ground(call: &Call, import: &ImportRow) -> Result<Ground> {
    Ok(Ground {
        city: call.city()?,
        actor: *call.actor()?,
        today: call.today(),
        lang: call.lang,
        answer: import.choice()?.answer,
    })
}
