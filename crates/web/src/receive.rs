//! Receiving the body of a POST: a form, JSON, or a form with files, which are staged first.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest as _, Multipart, Request};
use http::StatusCode;
use http::request::Parts;
use http_body_util::{BodyExt as _, Limited};
use journal::Error;
use kernel::{FieldError, Refusal, msg};

use crate::answer::Answer;
use crate::body::Raw;
use crate::call::Call;
use crate::doorkeeper::Owner;
use crate::fields::{ENDINGS, FieldKind, FieldSpec};
use crate::{carry, guard, mask};

/// A form without files at most.
const FORM_MAX: usize = 1 << 20;
/// A form with all its files at most.
pub(crate) const UPLOAD_MAX: usize = 64 << 20;

/// A body that comes drop by drop is not waited for longer, unless told otherwise.
const BODY_TIME_MAX: Duration = Duration::from_secs(600);

/// A file as it was sent.
pub(crate) struct Upload {
    pub(crate) field: String,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// A body as it was sent.
#[derive(Default)]
pub(crate) struct Received {
    pub(crate) raw: Raw,
    pub(crate) uploads: Vec<Upload>,
    /// There were files that were not read.
    pub(crate) left_files: bool,
}

/// Which files are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Files {
    /// All of a caller who is signed in.
    OfCaller,
    /// Only those of a form whose token says whose it is: the world may not fill the memory.
    OfKnownOwner,
}

/// Reads the body into the call. The form token is checked before any file is kept.
pub(crate) async fn body(call: &mut Call, parts: &Parts, body: Body) -> Result<(), Answer> {
    let Received { mut raw, uploads, .. } = read(call, parts, body, Files::OfCaller).await?;
    call.stale = check_token(call, parts, &raw).await? == Token::Former;
    let header = guard::text(&parts.headers, "idempotency-key");
    if let Some(key) = header.or_else(|| raw.get("act_key")).and_then(|k| k.parse().ok()) {
        call.key = key;
    }
    call.body_hash = hash(call, &raw, &uploads);
    stage(call, &mut raw, uploads).await?;
    call.body = raw;
    Ok(())
}

/// Reads a body of any form, within its limits.
pub(crate) async fn read(
    call: &Call,
    parts: &Parts,
    body: Body,
    files: Files,
) -> Result<Received, Answer> {
    let media = guard::text(&parts.headers, "content-type").unwrap_or_default();
    let reading = async {
        if media.starts_with("multipart/form-data") {
            return multipart(call, parts, body, files).await;
        }
        Ok(Received { raw: plain(call, media, body).await?, ..Received::default() })
    };
    let late = |_| call.told(StatusCode::REQUEST_TIMEOUT, "late", &[]);
    let limit = call.house.settings.body_time_max.unwrap_or(BODY_TIME_MAX);
    tokio::time::timeout(limit, reading).await.map_err(late)?
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

async fn multipart(
    call: &Call,
    parts: &Parts,
    body: Body,
    files: Files,
) -> Result<Received, Answer> {
    let too_large = || call.told(StatusCode::PAYLOAD_TOO_LARGE, "large", &[]);
    let request = Request::from_parts(parts.clone(), body);
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_unreadable| call.told(StatusCode::BAD_REQUEST, "form", &[]))?;
    let mut received = Received::default();
    let (mut known, mut text) = (files == Files::OfCaller, 0);
    while let Some(field) = form.next_field().await.map_err(|_| too_large())? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        // A file field that was left empty comes without a name.
        if file.as_ref().is_some_and(|file| !file.is_empty()) && !known {
            let owner = carry::owner(call, &received.raw).await.map_err(|e| call.error(e))?;
            if owner.is_none() {
                received.left_files = true;
                return Ok(received);
            }
            known = true;
        }
        let bytes = field.bytes().await.map_err(|_| too_large())?;
        match file {
            Some(file) if file.is_empty() || bytes.is_empty() => {}
            Some(file) => {
                received.uploads.push(Upload { field: name, name: file, bytes: bytes.to_vec() });
            }
            None => {
                text += bytes.len();
                if text > FORM_MAX {
                    return Err(too_large());
                }
                received.raw.push(name, String::from_utf8_lossy(&bytes));
            }
        }
    }
    Ok(received)
}

/// Which session's token a form carried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    /// The present one's, or none is needed.
    Present,
    /// A former session of the same account: another window has signed in anew.
    Former,
}

/// The form token protects the cookie's session; the sign-in form has none to protect.
async fn check_token(call: &Call, parts: &Parts, raw: &Raw) -> Result<Token, Answer> {
    if call.json {
        return Ok(Token::Present);
    }
    let wrong = || call.told(StatusCode::FORBIDDEN, "form", &[]);
    if guard::is_foreign(&parts.headers) {
        return Err(wrong());
    }
    let Some(caller) = call.visitor() else { return Ok(Token::Present) };
    let Some(expected) = call.form_token.as_deref() else { return Ok(Token::Present) };
    let sent = raw.get("csrf").and_then(mask::unmasked).unwrap_or_default();
    if guard::same_token(expected, &sent) {
        return Ok(Token::Present);
    }
    let owner = carry::owner(call, raw).await.map_err(|e| call.error(e))?;
    let (city, account) = (caller.actor.jurisdiction, caller.actor.account);
    if owner == Some(Owner { city, account }) { Ok(Token::Former) } else { Err(wrong()) }
}

/// What a form carries for the door and not for the act.
const UNHASHED: [&str; 3] = ["csrf", "act_key", carry::TICKET];

/// What the act's key stands for: every value, and every file by its content.
fn hash(call: &Call, raw: &Raw, uploads: &[Upload]) -> journal::Hash {
    let mut hashed = Vec::new();
    for (name, value) in raw.pairs().iter().filter(|(n, _)| !UNHASHED.contains(&n.as_str())) {
        let pair = format!("{}:{name}={}:{value};", name.len(), value.len());
        hashed.extend_from_slice(pair.as_bytes());
    }
    for upload in uploads {
        hashed.extend_from_slice(upload.field.as_bytes());
        hashed.extend_from_slice(&journal::sm3(&[&upload.bytes]));
    }
    journal::sm3(&[call.path.as_bytes(), &hashed])
}

/// The endings that one of an act's fields takes; none where it has no such field for files.
pub(crate) fn endings(fields: &[FieldSpec], field: &str) -> Option<&'static str> {
    let spec = fields.iter().find(|spec| spec.name == field)?;
    matches!(spec.kind, FieldKind::Files { .. }).then(|| spec.accept.unwrap_or(ENDINGS))
}

/// A file that is of a kind which this field does not take.
pub(crate) fn not_taken(upload: &Upload, endings: &str) -> Option<FieldError> {
    let name = &upload.name;
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if endings.split(',').any(|one| one.trim_start_matches('.') == ending) {
        return None;
    }
    let message = msg!(
        "“{name}”的类型不支持，这里只收 {endings}。",
        "“{name}” is not taken; here come {endings}."
    );
    Some(FieldError { field: upload.field.clone(), message })
}

/// Stages the files, so that a refused form comes back with them.
async fn stage(call: &mut Call, raw: &mut Raw, uploads: Vec<Upload>) -> Result<(), Answer> {
    for upload in uploads {
        // What no field asks for is not kept.
        let Some(endings) = endings(call.fields, &upload.field) else { continue };
        if let Some(error) = not_taken(&upload, endings) {
            call.upload_errors.push(error);
            continue;
        }
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
