//! Receiving the body of a POST: a form, JSON, or a form with files, which are staged first.

use axum::body::Body;
use axum::extract::{FromRequest as _, Multipart, Request};
use http::StatusCode;
use http::request::Parts;
use http_body_util::{BodyExt as _, Limited};
use journal::Error;
use kernel::Refusal;

use crate::answer::Answer;
use crate::body::Raw;
use crate::call::Call;
use crate::guard;

/// A form without files at most.
const FORM_MAX: usize = 1 << 20;
/// A form with all its files at most.
pub(crate) const UPLOAD_MAX: usize = 64 << 20;

/// A file as it was sent.
struct Upload {
    field: String,
    name: String,
    bytes: Vec<u8>,
}

/// Reads the body into the call. The form token is checked before any file is kept.
pub(crate) async fn body(call: &mut Call, parts: &Parts, body: Body) -> Result<(), Answer> {
    let media = guard::text(&parts.headers, "content-type").unwrap_or_default();
    let (mut raw, uploads) = if media.starts_with("multipart/form-data") {
        multipart(call, parts, body).await?
    } else {
        (plain(call, media, body).await?, Vec::new())
    };
    check_token(call, parts, &raw)?;
    let header = guard::text(&parts.headers, "idempotency-key");
    if let Some(key) = header.or_else(|| raw.get("act_key")).and_then(|k| k.parse().ok()) {
        call.key = key;
    }
    call.body_hash = hash(call, &raw, &uploads);
    stage(call, &mut raw, uploads).await?;
    call.body = raw;
    Ok(())
}

async fn plain(call: &Call, media: &str, body: Body) -> Result<Raw, Answer> {
    let bytes = Limited::new(body, FORM_MAX)
        .collect()
        .await
        .map_err(|_too_large| call.told(StatusCode::PAYLOAD_TOO_LARGE, "large", &[]))?
        .to_bytes();
    if media.starts_with("application/json") {
        return Raw::json(&bytes)
            .map_err(|_unreadable| call.told(StatusCode::BAD_REQUEST, "json", &[]));
    }
    Ok(Raw::urlencoded(&bytes))
}

async fn multipart(call: &Call, parts: &Parts, body: Body) -> Result<(Raw, Vec<Upload>), Answer> {
    let too_large = || call.told(StatusCode::PAYLOAD_TOO_LARGE, "large", &[]);
    let request = Request::from_parts(parts.clone(), body);
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_unreadable| call.told(StatusCode::BAD_REQUEST, "form", &[]))?;
    let (mut raw, mut uploads) = (Raw::default(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(|_| too_large())? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|_| too_large())?;
        match file {
            // A file field that was left empty comes without a name.
            Some(file) if file.is_empty() || bytes.is_empty() => {}
            Some(file) => uploads.push(Upload { field: name, name: file, bytes: bytes.to_vec() }),
            None => raw.push(name, String::from_utf8_lossy(&bytes)),
        }
    }
    Ok((raw, uploads))
}

/// The form token protects the cookie's session; the sign-in form has none to protect.
fn check_token(call: &Call, parts: &Parts, raw: &Raw) -> Result<(), Answer> {
    if call.json {
        return Ok(());
    }
    let expected = call.caller.as_ref().and_then(|c| c.form_token.as_deref());
    let sent = raw.get("csrf").unwrap_or_default();
    let wrong = expected.is_some_and(|expected| !guard::same_token(expected, sent));
    if wrong || guard::is_foreign(&parts.headers) {
        return Err(call.told(StatusCode::FORBIDDEN, "form", &[]));
    }
    Ok(())
}

/// What the act's key stands for: every value, and every file by its content.
fn hash(call: &Call, raw: &Raw, uploads: &[Upload]) -> journal::Hash {
    let mut hashed = Vec::new();
    for (name, value) in raw.pairs().iter().filter(|(n, _)| n != "csrf" && n != "act_key") {
        let pair = format!("{}:{name}={}:{value};", name.len(), value.len());
        hashed.extend_from_slice(pair.as_bytes());
    }
    for upload in uploads {
        hashed.extend_from_slice(upload.field.as_bytes());
        hashed.extend_from_slice(&journal::sm3(&[&upload.bytes]));
    }
    journal::sm3(&[call.path.as_bytes(), &hashed])
}

/// Stages the files, so that a refused form comes back with them.
async fn stage(call: &mut Call, raw: &mut Raw, uploads: Vec<Upload>) -> Result<(), Answer> {
    for upload in uploads {
        let Some(actor) = call.caller.as_ref().map(|c| c.actor) else {
            return Err(call.error(Error::missing()));
        };
        let file = (upload.name.as_str(), upload.bytes);
        let staged = files::stage(call.db(), actor.jurisdiction, actor.account, file).await;
        match staged {
            Ok(id) => raw.push(upload.field, id.to_string()),
            Err(Error::Refused(Refusal::Fields(errors))) => {
                call.upload_errors.extend(errors.into_iter().map(|mut e| {
                    e.field.clone_from(&upload.field);
                    e
                }));
            }
            Err(e) => return Err(call.error(e)),
        }
    }
    Ok(())
}
