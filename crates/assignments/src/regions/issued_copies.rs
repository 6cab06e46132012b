//! The sealed scans kept beside an issued batch.

use journal::{Result, Tx};
use kernel::text;
use maud::{Markup, html};
use serde::Serialize;
use ui::part;
use uuid::Uuid;
use web::Call;

use crate::store;
use crate::store::Scope;
use crate::tables::{BatchRow, BatchState};

/// A scan as the batch page shows it.
#[derive(Serialize)]
pub(crate) struct IssuedCopy {
    id: Uuid,
    name: String,
    size: i64,
    hash: String,
    note: String,
    who: String,
    at: String,
}

/// The scans of a batch, as far as the caller may see all that stands on them.
pub(crate) async fn read(call: &Call, tx: &mut Tx, batch: &BatchRow) -> Result<Vec<IssuedCopy>> {
    let city = call.city()?;
    if batch.state != BatchState::Issued || !may_see(call, tx, batch.id).await? {
        return Ok(Vec::new());
    }
    let mut copies = Vec::new();
    for row in store::papers::issued_copies(tx, city, batch.id).await? {
        let who = people::store::post_title(tx, city, row.post_id).await?;
        copies.push(IssuedCopy {
            id: row.id,
            name: row.name,
            size: row.size,
            hash: row.hash,
            note: row.note,
            who: who.map_or_else(String::new, |p| p.text()),
            at: row.at.local(&call.zone()),
        });
    }
    Ok(copies)
}

/// A scan shows the whole batch, so it is not for those who see a part of it only.
pub(crate) async fn may_see(call: &Call, tx: &mut Tx, batch: Uuid) -> Result<bool> {
    let scope = Scope::of(tx, call.actor()?).await?;
    if scope.is_whole() {
        return Ok(true);
    }
    Ok(scope.is_of_units() && !store::papers::is_restricted(tx, call.city()?, batch).await?)
}

/// The card on the batch page; nothing without a scan.
pub(crate) fn card(call: &Call, batch: Uuid, copies: &[IssuedCopy]) -> Markup {
    if copies.is_empty() {
        return Markup::default();
    }
    let body = html! {
        @for copy in copies {
            @let href = format!("{}/issued-copies/{}", crate::acts::batch_page(batch), copy.id);
            p {
                a href=(call.href(&href)) download { (ui::icon("paperclip")) " " (copy.name) }
                " " span class="muted" {
                    (copy.size / 1024 + 1) " KB · SM3 " (copy.hash.get(..12).unwrap_or_default())
                    " · " (copy.who) " " (copy.at)
                }
                @if !copy.note.is_empty() { " " (copy.note) }
            }
        }
    };
    part::card(Some(text!("印发件", "Sealed scans").of(call.lang)), None, body)
}
