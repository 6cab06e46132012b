//! How a route answers: a page, an act's form, an act's outcome, or the form once more.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::{StatusCode, header};
use journal::{Error, Result};
use kernel::{FieldError, Lang, Refusal};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::json;
use ui::form::{self, Bounds, ButtonTone, Field, FileRules, KeptFile};
use ui::{Tone, layout, part};
use uuid::Uuid;

use crate::answer::Answer;
use crate::body::Raw;
use crate::call::Call;
use crate::fields::{FieldKind, FieldSpec};
use crate::house::Built;
use crate::route::{Act, Choice, Done, Prepared, Route, View};
use crate::values::{Values, cell_name, row_places};
use crate::{carry, words};

/// Blank rows that a table of a form ends with.
const BLANK_ROWS: usize = 2;

/// A row of a form's table: its place, and what each cell says.
type RowTyped = (usize, Vec<String>);

/// Answers a call whose permission was checked.
pub(crate) async fn answer(built: &Arc<Built>, route: usize, call: Call) -> Answer {
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
async fn decide(act: &Act, call: Call) -> Answer {
    if call.stale {
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
        Ok(done) => {
            carry::sent(&call).await;
            answer_done(act, &call, &done)
        }
        Err(e) => again(act, &call, e).await,
    }
}

/// The checked values; files that were not taken are told beside the other mistakes.
fn parse(act: &Act, call: &Call) -> std::result::Result<Values, Refusal> {
    match Values::parse(act.fields, &call.body) {
        Ok(values) if call.upload_errors.is_empty() => Ok(values),
        Ok(_) => Err(Refusal::Fields(call.upload_errors.clone())),
        Err(Refusal::Fields(mut errors)) => {
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
        let mark = if done.location.contains('?') { '&' } else { '?' };
        let notice = act.permission.map_or(String::new(), |p| format!("{mark}done={}", p.0));
        let (path, fragment) = done.location.split_once('#').unwrap_or((&done.location, ""));
        let hash = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
        Answer::see_other(&call.href(&format!("{path}{notice}{hash}")))
    };
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

/// Where a form's values came from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    /// The address: a beginning that others linked to.
    Address,
    /// The form itself, refused.
    Sent,
    /// The form itself, from a window whose session is over.
    Former,
    /// A form that waited for its owner to sign in.
    Carried,
}

/// What stands in a form.
struct Typed<'a> {
    raw: &'a Raw,
    from: From,
    key: Uuid,
    ticket: Option<&'a str>,
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
    let kept = kept(act, call, typed.raw).await?;
    call.page_as(status, &FormView { act, prepared, typed, errors, kept })
}

/// The files that a refused form keeps: staged identifier and name.
async fn kept(act: &Act, call: &Call, typed: &Raw) -> Result<Vec<(String, String)>> {
    let fields = act.fields.iter().filter(|f| matches!(f.kind, FieldKind::Files { .. }));
    let ids: Vec<Uuid> =
        fields.flat_map(|f| typed.all(f.name)).filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let actor = call.actor()?;
    let staged = files::staged(call.db(), actor.jurisdiction, actor.account, &ids).await?;
    Ok(staged.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
}

/// An act's form as a page.
struct FormView<'a> {
    act: &'a Act,
    prepared: Prepared,
    typed: Typed<'a>,
    errors: &'a [FieldError],
    kept: Vec<(String, String)>,
}

impl Serialize for FormView<'_> {
    fn serialize<S: serde::Serializer>(
        &self,
        serializer: S,
    ) -> std::result::Result<S::Ok, S::Error> {
        let fields: Vec<_> = self
            .fields()
            .map(|f| {
                json!({
                    "name": f.name, "required": f.required,
                    "label": {"zh": f.label.zh, "en": f.label.en},
                    "values": self.values(f),
                    "rows": self.rows_json(f),
                    "choices": self.prepared.choices.get(f.name),
                })
            })
            .collect();
        json!({ "title": {"zh": self.act.title.zh, "en": self.act.title.en}, "fields": fields })
            .serialize(serializer)
    }
}

impl FormView<'_> {
    fn fields(&self) -> impl Iterator<Item = &'static FieldSpec> + '_ {
        self.act.fields.iter().filter(|f| !self.prepared.without.contains(&f.name))
    }

    /// What was typed, else what the field holds at first.
    fn values(&self, field: &FieldSpec) -> Vec<String> {
        let typed: Vec<_> = self.typed.raw.all(field.name).map(str::to_owned).collect();
        if !typed.is_empty() || self.was_sent(field) {
            return typed;
        }
        self.prepared.values.get(field.name).cloned().unwrap_or_default()
    }

    /// A form that was sent says by its absence that a box was not ticked.
    fn was_sent(&self, field: &FieldSpec) -> bool {
        match self.typed.from {
            From::Address => false,
            From::Sent | From::Former => true,
            // Unseen values were not carried.
            From::Carried => carry::is_shown(field),
        }
    }

    /// The rows that were typed, else those the field holds at first, with what each cell says.
    fn rows(&self, field: &FieldSpec, columns: &'static [FieldSpec]) -> Vec<RowTyped> {
        if self.was_sent(field) {
            return row_places(field.name, self.typed.raw)
                .into_iter()
                .map(|place| {
                    let cell = |c: &FieldSpec| {
                        self.typed
                            .raw
                            .get(&cell_name(field.name, place, c.name))
                            .unwrap_or_default()
                    };
                    (place, columns.iter().map(|c| cell(c).to_owned()).collect())
                })
                .collect();
        }
        let first = self.prepared.rows.get(field.name).map(Vec::as_slice).unwrap_or_default();
        let cells = |row: &BTreeMap<&'static str, String>| {
            columns.iter().map(|c| row.get(c.name).cloned().unwrap_or_default()).collect()
        };
        first.iter().map(cells).enumerate().collect()
    }

    fn rows_json(&self, field: &FieldSpec) -> Option<serde_json::Value> {
        let FieldKind::Rows { columns, .. } = field.kind else { return None };
        let row = |(_, cells): RowTyped| {
            let cells = columns.iter().zip(cells).map(|(c, v)| (c.name.to_owned(), json!(v)));
            serde_json::Value::Object(cells.collect())
        };
        Some(self.rows(field, columns).into_iter().map(row).collect())
    }

    fn error(&self, name: &str, lang: Lang) -> Option<&str> {
        self.errors.iter().find(|e| e.field == name).map(|e| e.message.of(lang))
    }

    fn field(&self, field: &FieldSpec, lang: Lang) -> Markup {
        if let FieldKind::Rows { columns, max } = field.kind {
            return self.table(field, (columns, max), lang);
        }
        let values = self.values(field);
        let value = values.first().map(String::as_str).unwrap_or_default();
        let shown = Field {
            name: field.name,
            label: field.label.of(lang),
            value,
            error: self.error(field.name, lang),
            hint: field.hint.map(|h| h.of(lang)),
            required: field.required,
            ..Field::default()
        };
        match field.kind {
            FieldKind::Area { .. } => form::wide(self.control(field, &shown, lang)),
            FieldKind::Files { .. } => self.files(&shown),
            FieldKind::Many => {
                let chosen: Vec<_> = values.iter().map(String::as_str).collect();
                let choices = self.choices(field);
                let filter = words::FILTER.of(lang);
                form::wide(form::checkbox_list(&shown, &choices, &chosen, filter))
            }
            FieldKind::Line { .. }
            | FieldKind::Day
            | FieldKind::Number { .. }
            | FieldKind::Choice
            | FieldKind::Check
            | FieldKind::Secret
            | FieldKind::Hidden
            | FieldKind::Rows { .. } => self.control(field, &shown, lang),
        }
    }

    /// A field of one value, alone or as a cell of a row.
    fn control(&self, field: &FieldSpec, shown: &Field<'_>, lang: Lang) -> Markup {
        match field.kind {
            FieldKind::Line { max } => form::text(shown, bound(max)),
            FieldKind::Area { max } => form::textarea(shown, 4, bound(max)),
            FieldKind::Day => form::day(shown, None, None),
            FieldKind::Number { min, max } => {
                let (min, max) = (min.to_string(), max.to_string());
                let bounds = Bounds { min: Some(&min), max: Some(&max), ..Bounds::default() };
                form::number(shown, &bounds)
            }
            FieldKind::Secret => form::password(shown),
            FieldKind::Check => form::checkbox(shown, "1"),
            FieldKind::Hidden => form::hidden(shown.name, shown.value),
            FieldKind::Choice => {
                let mut choices = vec![form::Choice::new("", words::CHOOSE.of(lang))];
                choices.extend(self.choices(field));
                form::select(shown, &choices)
            }
            FieldKind::Files { .. } | FieldKind::Many | FieldKind::Rows { .. } => Markup::default(),
        }
    }

    /// The rows with two blank ones to go on; a script adds more.
    fn table(
        &self,
        field: &FieldSpec,
        (columns, max): (&'static [FieldSpec], usize),
        lang: Lang,
    ) -> Markup {
        let mut rows = self.rows(field, columns);
        let next = rows.last().map_or(0, |(place, _)| place + 1);
        let blank = max.saturating_sub(rows.len()).min(BLANK_ROWS);
        rows.extend((next..next + blank).map(|place| (place, vec![String::new(); columns.len()])));
        let shown = Field {
            name: field.name,
            label: field.label.of(lang),
            error: self.error(field.name, lang),
            hint: field.hint.map(|h| h.of(lang)),
            required: field.required,
            ..Field::default()
        };
        let rows = rows.iter().map(|(place, values)| {
            let cells = columns.iter().zip(values).map(|(column, value)| {
                let name = cell_name(field.name, *place, column.name);
                let cell = Field {
                    name: &name,
                    label: column.label.of(lang),
                    value,
                    error: self.error(&name, lang),
                    ..Field::default()
                };
                self.control(column, &cell, lang)
            });
            cells.collect::<Vec<_>>()
        });
        let heads: Vec<_> = columns.iter().map(|c| c.label.of(lang)).collect();
        form::wide(form::rows(lang, &shown, (&heads, max), rows.collect()))
    }

    fn files(&self, field: &Field<'_>) -> Markup {
        let kept: Vec<_> = self.kept.iter().map(|(key, name)| KeptFile { key, name }).collect();
        let rules = FileRules {
            accept: ".pdf,.ofd,.docx,.xlsx,.doc,.xls,.wps,.et,.jpg,.jpeg,.png,.mp4",
            many: true,
            kept_name: field.name,
            kept: &kept,
        };
        form::wide(form::file(field, &rules))
    }

    fn choices(&self, field: &FieldSpec) -> Vec<form::Choice<'_>> {
        let choices: &[Choice] =
            self.prepared.choices.get(field.name).map(Vec::as_slice).unwrap_or_default();
        choices
            .iter()
            .map(|c| form::Choice {
                group: c.group.as_deref(),
                ..form::Choice::new(&c.value, &c.label)
            })
            .collect()
    }

    fn summary(&self, lang: Lang) -> Markup {
        let lines: Vec<_> = self
            .errors
            .iter()
            .map(|e| {
                // A cell of a row is told of under the name of its table.
                let name = e.field.split('.').next().unwrap_or_default();
                let field = self.act.fields.iter().find(|f| f.name == name);
                let label = field.map_or("", |f| f.label.of(lang));
                let id = field
                    .map_or(String::new(), |_| Field { name: &e.field, ..Field::default() }.id());
                (id, label.to_owned(), e.message.of(lang).to_owned())
            })
            .collect();
        if lines.is_empty() { Markup::default() } else { form::error_summary(lang, &lines) }
    }

    fn content(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let tone = if self.act.danger { ButtonTone::Danger } else { ButtonTone::Primary };
        let back = if self.prepared.back.is_empty() { "/" } else { self.prepared.back.as_str() };
        let help = self.act.help.of(lang);
        html! {
            @if matches!(self.typed.from, From::Carried | From::Former) {
                (part::alert(Tone::Yellow, html! { (words::NOT_YET_SENT.of(lang)) }))
            }
            (self.summary(lang))
            @if !help.is_empty() { p class="muted" { (help) } }
            (self.prepared.intro)
            @let fields = html! { @for field in self.fields() { (self.field(field, lang)) } };
            // The narrow card of the sign-in has one column.
            @if call.visitor().is_some() { (form::fields(fields)) } @else { (layout::stack(fields)) }
            (form::actions(html! {
                (form::submit(tone, self.act.submit.of(lang), ""))
                @if call.visitor().is_some() {
                    (form::cancel(&call.href(back), words::CANCEL.of(lang)))
                }
            }))
        }
    }
}

fn bound(max: usize) -> u32 {
    u32::try_from(max).unwrap_or(u32::MAX)
}

impl View for FormView<'_> {
    fn title(&self, call: &Call) -> String {
        let title = self.act.title.of(call.lang);
        match &self.prepared.about {
            Some(about) => format!("{title} · {about}"),
            None => title.to_owned(),
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let token = call.visitor().and_then(|c| c.form_token.as_deref()).unwrap_or_default();
        let (action, key) = (call.href(&call.path), self.typed.key.to_string());
        let content = html! {
            @if let Some(ticket) = self.typed.ticket { (form::hidden(carry::TICKET, ticket)) }
            (self.content(call))
        };
        let has_files = self.act.fields.iter().any(|f| matches!(f.kind, FieldKind::Files { .. }));
        let form = if has_files {
            form::form_upload(&action, token, &key, content)
        } else {
            form::form_post(&action, token, &key, content)
        };
        if call.visitor().is_some() { part::card(None, None, form) } else { form }
    }
}
