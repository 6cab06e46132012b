//! 保存草稿: what was typed into a sheet; it is no record and leaves no fact.

use journal::{Result, Tx};
use kernel::text;
use web::{Call, Done, FieldSpec, Route, Values};

use super::enter::{self, NUMBERS_TABLE, RATES_TABLE, RowTyped};
use crate::store::draft;
use crate::tables::DraftRow;
use crate::{grants, observation};

const FIELDS: &[FieldSpec] = &[NUMBERS_TABLE, RATES_TABLE];

pub(crate) fn route() -> Route {
    let title = text!("保存填报草稿", "Keep the draft of a sheet");
    Route::act("/indicators/{id}/{month}/draft", grants::KEEP, title)
        .fields(FIELDS)
        .prepare(|call| Box::pin(enter::prepare(call)))
        .decide(keep)
}

async fn keep(call: Call, values: Values) -> Result<Done> {
    let (actor, month, at) = (*call.actor()?, super::month(&call)?, call.now());
    let mut tx = call.read().await?;
    let row = super::entered_as(&mut tx, &actor, (call.id("id")?, false)).await?;
    drop(tx);
    observation::may_enter(&row, month, call.today())?;
    let draft = |typed: RowTyped| DraftRow {
        jurisdiction_id: actor.jurisdiction,
        owner_id: actor.unit,
        indicator_id: row.id,
        month,
        unit_id: typed.unit,
        numerator: typed.numerator,
        denominator: typed.denominator,
        missing: typed.missing,
        at,
    };
    let typed = enter::rows(&values, enter::table_of(row.kind));
    let mut rows: Vec<_> = typed.into_iter().map(draft).collect();
    rows.sort_by_key(|row| row.unit_id);
    rows.dedup_by_key(|row| row.unit_id);
    let keep = async |tx: &mut Tx| draft::keep(tx, &actor, (row.id, month), &rows).await;
    call.db().operate(actor.jurisdiction, keep).await?;
    Ok(Done::go(format!("{}/values", super::sheet_card(row.id, month))))
}
