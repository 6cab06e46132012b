//! A form that came when nobody was signed in any more: what it said waits for its owner.
//!
//! The form's own token tells whose it is, also after the session has ended or its cookie is gone.
//! So what one person typed is never shown to another, and a page of another site, which does not
//! know the token, leaves nothing here. Passwords and unseen values are not kept; files only when
//! the owner is known.

use axum::body::Body;
use http::request::Parts;
use journal::{Error, Result};
use kernel::{FieldError, Refusal, msg};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::answer::Answer;
use crate::body::{Raw, encode_query};
use crate::call::Call;
use crate::doorkeeper::Owner;
use crate::fields::{FieldKind, FieldSpec};
use crate::receive::{self, Files, Received};
use crate::route::Act;
use crate::{guard, mask};

/// The name by which an address and a form carry the ticket.
pub const TICKET: &str = "carried";
/// Bytes of text that are kept of one form.
const TEXT_MAX: usize = 1 << 20;
/// Bytes of files that may wait for one account before a form at the door adds some.
const WAITING_MAX: i64 = 128 << 20;

/// A form that waits for its owner to sign in again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarriedForm {
    /// The act's address.
    pub path: String,
    /// The key under which it will be sent.
    pub key: Uuid,
    /// What was typed, and the identifiers of files that were uploaded.
    pub fields: Vec<(String, String)>,
    /// Files that were not kept: field and name.
    pub missing: Vec<(String, String)>,
}

impl CarriedForm {
    /// The files that must be chosen again, told at their fields.
    pub(crate) fn errors(&self) -> Vec<FieldError> {
        let told = self.missing.iter().map(|(field, name)| FieldError {
            field: field.clone(),
            message: msg!(
                "“{name}”没有保存，请重新选择。",
                "“{name}” was not kept; choose it again."
            ),
        });
        told.collect()
    }
}

/// Sends the person to sign in, and on to the form with everything that was typed.
pub(crate) async fn at_the_door(call: &Call, act: &Act, parts: &Parts, body: Body) -> Answer {
    let is_form = act.fields.iter().any(is_shown);
    if call.json || !is_form || guard::is_foreign(&parts.headers) {
        return sign_in(call, "/", &[]);
    }
    let received = match receive::read(call, parts, body, Files::OfKnownOwner).await {
        Ok(received) => received,
        Err(answer) => return answer,
    };
    match keep(call, act, received).await {
        Ok(Kept::Nothing) => sign_in(call, &call.path, &[]),
        Ok(Kept::Lost) => sign_in(call, &call.path, &[("lost".to_owned(), "1".to_owned())]),
        Ok(Kept::Under(ticket)) => {
            let query = encode_query(&[(TICKET.to_owned(), ticket)]);
            sign_in(call, &format!("{}?{query}", call.path), &[])
        }
        Err(e) => call.error(e),
    }
}

/// To the sign-in, and from there to an address inside.
pub(crate) fn sign_in(call: &Call, next: &str, more: &[(String, String)]) -> Answer {
    let mut query = vec![("next".to_owned(), next.to_owned())];
    query.extend_from_slice(more);
    Answer::see_other(&call.href(&format!("/sign-in?{}", encode_query(&query))))
}

enum Kept {
    Nothing,
    Lost,
    Under(String),
}

async fn keep(call: &Call, act: &Act, received: Received) -> Result<Kept> {
    let (raw, uploads) = (received.raw, received.uploads);
    let shown: Vec<_> = act.fields.iter().filter(|f| is_shown(f)).collect();
    let is_typed = |name: &str| shown.iter().any(|f| belongs(name, f));
    let mut fields: Vec<_> =
        raw.pairs().iter().filter(|(name, _)| is_typed(name)).cloned().collect();
    let has_files = !uploads.is_empty() || received.left_files;
    if fields.iter().all(|(_, value)| value.trim().is_empty()) && !has_files {
        return Ok(Kept::Nothing);
    }
    let size: usize = fields.iter().map(|(n, v)| n.len() + v.len()).sum();
    let owner = owner(call, &raw).await?;
    let Some(owner) = owner.filter(|_| size <= TEXT_MAX) else { return Ok(Kept::Lost) };
    let mut missing = Vec::new();
    let mut waiting = files::waiting(call.db(), owner.city, owner.account).await?;
    for upload in uploads {
        let Some(endings) = receive::endings(act.fields, &upload.field) else { continue };
        let is_taken = receive::not_taken(&upload, endings).is_none();
        let named = (upload.field, upload.name);
        waiting = waiting.saturating_add(i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX));
        if waiting > WAITING_MAX || !is_taken {
            missing.push(named);
            continue;
        }
        let file = (named.1.as_str(), upload.bytes);
        match files::stage(call.db(), owner.city, owner.account, file).await {
            Ok(id) => fields.push((named.0, id.to_string())),
            Err(Error::Refused(Refusal::Fields(_))) => missing.push(named),
            Err(e) => return Err(e),
        }
    }
    let key = raw.get("act_key").and_then(|k| k.parse().ok()).unwrap_or_else(|| call.key());
    let form = CarriedForm { path: call.path.clone(), key, fields, missing };
    Ok(Kept::Under(call.house.doorkeeper.keep(call.db(), owner, &form).await?))
}

/// Whose form this is.
pub(crate) async fn owner(call: &Call, raw: &Raw) -> Result<Option<Owner>> {
    match raw.get("csrf").and_then(mask::unmasked) {
        Some(token) => call.house.doorkeeper.owner(call.db(), &token).await,
        None => Ok(None),
    }
}

/// The form that the address asks for, when it was kept for this caller and belongs here.
pub(crate) async fn kept(call: &Call) -> Result<Option<CarriedForm>> {
    let (Some(ticket), Some(caller)) = (call.query.get(TICKET), call.visitor()) else {
        return Ok(None);
    };
    let owner = Owner { city: caller.actor.jurisdiction, account: caller.actor.account };
    let form = call.house.doorkeeper.kept(call.db(), owner, ticket).await?;
    Ok(form.filter(|form| form.path == call.path))
}

/// Throws away what was kept of a form that has now been sent. It would go by itself in a day,
/// so a failure is only noted.
pub(crate) async fn sent(call: &Call) {
    let (Some(ticket), Some(caller)) = (call.body.get(TICKET), call.visitor()) else { return };
    let owner = Owner { city: caller.actor.jurisdiction, account: caller.actor.account };
    if let Err(e) = call.house.doorkeeper.forget(call.db(), owner, ticket).await {
        tracing::warn!(error = %e, "a carried form stays until tomorrow");
    }
}

/// Whether a person types or chooses something here that may be kept.
pub(crate) const fn is_shown(field: &FieldSpec) -> bool {
    !matches!(field.kind, FieldKind::Hidden | FieldKind::Secret)
}

/// Whether a value is the field's, or of a cell of its rows.
fn belongs(name: &str, field: &FieldSpec) -> bool {
    name == field.name
        || (matches!(field.kind, FieldKind::Rows { .. } | FieldKind::Part)
            && name.strip_prefix(field.name).is_some_and(|rest| rest.starts_with('.')))
}
