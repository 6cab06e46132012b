//! How a route answers: a page, an act's form, an act's outcome, or the form once more.

use std::sync::Arc;

use http::{StatusCode, header};
use journal::{Error, Result};
use kernel::{FieldError, Refusal};
use serde_json::json;

use crate::answer::Answer;
use crate::body::Raw;
use crate::call::Call;
use crate::form_view::{self, FormView, From, Typed};
use crate::house::Built;
use crate::route::{Act, Done, Route};
use crate::values::Values;
use crate::{carry, words};

/// Answers a call whose permission was checked.
pub(crate) async fn answer(built: &Arc<Built>, route: usize, mut call: Call) -> Answer {
    if !call.post {
        call.hear_bell().await;
    }
    let outcome = match built.routes.get(route) {
        Some(Route::Page(page)) => (page.handle)(call.clone()).await,
        Some(Route::Act(act)) if call.post => return decide(act, call).await,
        Some(Route::Act(act)) => begin(act, &call).await,
        None => Err(Error::missing()),
    };
    outcome.unwrap_or_else(|e| call.error(e))
}

/// An act's form: with what the address says, or with what was typed before the sign-in.
async fn begin(act: &Act, call: &Call) -> Result<Answer> {
    match carry::kept(call).await? {
        Some(form) => {
            let typed: Raw = form.fields.iter().cloned().collect();
            let ticket = call.query.get(carry::TICKET);
            let typed = Typed { raw: &typed, from: From::Carried, key: form.key, ticket };
            show(act, call, typed, (StatusCode::OK, &form.errors())).await
        }
        None => {
            let typed =
                Typed { raw: &call.query, from: From::Address, key: call.key(), ticket: None };
            show(act, call, typed, (StatusCode::OK, &[])).await
        }
    }
}

/// Parses, decides and answers; on a refusal the form comes back with everything typed.
async fn decide(act: &Act, mut call: Call) -> Answer {
    if call.stale {
        call.hear_bell().await;
        // Decision 0010: sent from a window whose session is over, by the same account.
        let typed = Typed { from: From::Former, ..sent(&call) };
        let shown = show(act, &call, typed, (StatusCode::CONFLICT, &call.upload_errors)).await;
        return shown.unwrap_or_else(|e| call.error(e));
    }
    let decided = match parse(act, &call) {
        Ok(values) => (act.decide)(call.clone(), values).await,
        Err(refusal) => Err(refusal.into()),
    };
    match decided {
        Ok(done) if done.again => {
            call.hear_bell().await;
            let shown = show(act, &call, sent(&call), (StatusCode::OK, &[])).await;
            shown.unwrap_or_else(|e| call.error(e))
        }
        Ok(done) => {
            carry::sent(&call).await;
            answer_done(act, &call, &done)
        }
        Err(e) => {
            call.hear_bell().await;
            again(act, &call, e).await
        }
    }
}

/// The checked values; files that were not taken are told beside the other mistakes.
fn parse(act: &Act, call: &Call) -> std::result::Result<Values, Refusal> {
    let unknown = if call.json { Values::unknown(act.fields, &call.body) } else { Vec::new() };
    if !unknown.is_empty() {
        return Err(Refusal::Fields(unknown));
    }
    match Values::parse(act.fields, &call.body) {
        Ok(values) if call.upload_errors.is_empty() => Ok(values),
        Ok(_) => Err(Refusal::Fields(call.upload_errors.clone())),
        Err(Refusal::Fields(mut errors)) => {
            // A file that is not taken was chosen all the same.
            errors.retain(|e| call.upload_errors.iter().all(|u| u.field != e.field));
            errors.extend(call.upload_errors.clone());
            Err(Refusal::Fields(errors))
        }
        Err(other) => Err(other),
    }
}

fn answer_done(act: &Act, call: &Call, done: &Done) -> Answer {
    let cookie = done.session.as_ref().map(|value| session_cookie(call, value.as_deref()));
    let answer = if call.json {
        let receipt = done.receipt.as_ref();
        let value = json!({
            "act": call.name(),
            "act_id": receipt.map(|r| r.act_id),
            "first_seq": receipt.map(|r| r.first_seq),
            "last_seq": receipt.map(|r| r.last_seq),
            "subject": receipt.map(|r| r.subject.to_string()),
            "location": done.location,
        });
        Answer::json(StatusCode::OK, &value)
    } else {
        if done.silent {
            return with_cookie(Answer::see_other(&call.href(&done.location)), cookie);
        }
        let mark = if done.location.contains('?') { '&' } else { '?' };
        let told = act.permission.filter(|_| !act.quiet);
        let notice = told.map_or(String::new(), |p| format!("{mark}done={}", p.0));
        let (path, fragment) = done.location.split_once('#').unwrap_or((&done.location, ""));
        let hash = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
        Answer::see_other(&call.href(&format!("{path}{notice}{hash}")))
    };
    with_cookie(answer, cookie)
}

fn with_cookie(answer: Answer, cookie: Option<String>) -> Answer {
    match cookie {
        Some(cookie) => answer.with(header::SET_COOKIE, &cookie),
        None => answer,
    }
}

fn session_cookie(call: &Call, value: Option<&str>) -> String {
    let settings = &call.house.settings;
    let name = settings.session_cookie();
    let secure = if settings.secure { "; Secure" } else { "" };
    let path = if settings.base.is_empty() { "/" } else { &settings.base };
    let age = if value.is_some() { "" } else { "; Max-Age=0" };
    let value = value.unwrap_or_default();
    format!("{name}={value}; Path={path}; HttpOnly; SameSite=Lax{secure}{age}")
}

/// The form once more, with the reason beside the fields or above them.
async fn again(act: &Act, call: &Call, e: Error) -> Answer {
    let (status, errors) = match &e {
        Error::Refused(Refusal::Fields(fields)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, fields.clone())
        }
        Error::Refused(Refusal::Rule(message)) => {
            let above = FieldError { field: String::new(), message: message.clone() };
            (StatusCode::CONFLICT, vec![above])
        }
        Error::Full => {
            let status = StatusCode::INSUFFICIENT_STORAGE;
            (status, told(words::error(status)))
        }
        Error::Unavailable(why) => {
            tracing::warn!(why, act = call.name(), "unavailable");
            (StatusCode::SERVICE_UNAVAILABLE, told(words::error(StatusCode::SERVICE_UNAVAILABLE)))
        }
        Error::Refused(Refusal::Missing) | Error::Fault(_) => return call.error(e),
    };
    if call.json {
        return call.error(e);
    }
    // When even the form cannot be prepared, the bare message must do.
    let shown = show(act, call, sent(call), (status, &errors)).await;
    shown.unwrap_or_else(|_| call.error(e))
}

fn sent(call: &Call) -> Typed<'_> {
    let ticket = call.body.get(carry::TICKET);
    Typed { raw: &call.body, from: From::Sent, key: call.key(), ticket }
}

fn told((title, hint): (kernel::Text, kernel::Text)) -> Vec<FieldError> {
    let message = kernel::Message {
        zh: format!("{}：{}", title.zh, hint.zh),
        en: format!("{}: {}", title.en, hint.en),
    };
    vec![FieldError { field: String::new(), message }]
}

async fn show(
    act: &Act,
    call: &Call,
    typed: Typed<'_>,
    (status, errors): (StatusCode, &[FieldError]),
) -> Result<Answer> {
    let prepared = (act.prepare)(call).await?;
    let kept = form_view::kept(act, call, typed.raw).await?;
    call.page_as(status, &FormView { act, prepared, typed, errors, kept })
}
