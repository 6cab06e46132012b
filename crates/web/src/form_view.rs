//! An act's form as a page: what was typed, the reasons beside it, and the files it keeps.

use std::collections::BTreeMap;

use journal::Result;
use kernel::{FieldError, Lang};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::json;
use ui::form::{self, Bounds, ButtonTone, Field, FileRules, KeptFile};
use ui::{Tone, layout, part};
use uuid::Uuid;

use crate::body::Raw;
use crate::call::Call;
use crate::fields::{ENDINGS, FieldKind, FieldSpec};
use crate::route::{Act, Choice, Prepared, View};
use crate::{carry, words};

/// Where a form's values came from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
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
pub(crate) struct Typed<'a> {
    pub(crate) raw: &'a Raw,
    pub(crate) from: From,
    pub(crate) key: Uuid,
    pub(crate) ticket: Option<&'a str>,
}

/// The files that a form keeps, by field or cell: staged identifier and name.
pub(crate) type Kept = BTreeMap<String, Vec<(String, String)>>;

/// The files that a refused form keeps.
pub(crate) async fn kept(act: &Act, call: &Call, typed: &Raw) -> Result<Kept> {
    let mut kept = Kept::new();
    for name in typed.pairs().iter().map(|(name, _)| name).filter(|n| takes_files(act, n)) {
        if kept.contains_key(name) {
            continue;
        }
        let ids: Vec<Uuid> = typed.all(name).filter_map(|id| id.parse().ok()).collect();
        let actor = call.actor()?;
        let staged = files::staged(call.db(), actor.jurisdiction, actor.account, &ids).await?;
        let named = staged.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
        kept.insert(name.clone(), named);
    }
    Ok(kept)
}

const fn is_files(field: &FieldSpec) -> bool {
    matches!(field.kind, FieldKind::Files { .. })
}

/// The fields of files of an act, or of the rows of its tables: field and column.
fn file_fields(act: &Act) -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    act.fields.iter().flat_map(|f| {
        let columns = if let FieldKind::Rows { columns, .. } = f.kind { columns } else { &[] };
        let cells = columns.iter().filter(|c| is_files(c)).map(|c| (f.name, Some(c.name)));
        is_files(f).then_some((f.name, None)).into_iter().chain(cells)
    })
}

/// Whether a name is a field of files, or a cell of files in a row.
fn takes_files(act: &Act, name: &str) -> bool {
    let mut parts = name.split('.');
    let (field, column) = (parts.next(), parts.nth(1));
    file_fields(act).any(|(f, c)| Some(f) == field && c == column)
}

/// An act's form as a page.
pub(crate) struct FormView<'a> {
    pub(crate) act: &'a Act,
    pub(crate) prepared: Prepared,
    pub(crate) typed: Typed<'a>,
    pub(crate) errors: &'a [FieldError],
    pub(crate) kept: Kept,
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
    pub(crate) fn was_sent(&self, field: &FieldSpec) -> bool {
        match self.typed.from {
            From::Address => false,
            From::Sent | From::Former => true,
            // Unseen values were not carried.
            From::Carried => carry::is_shown(field),
        }
    }

    pub(crate) fn error(&self, name: &str, lang: Lang) -> Option<&str> {
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
            FieldKind::Files { .. } => form::wide(self.files(field, &shown)),
            FieldKind::Many => {
                let chosen: Vec<_> = values.iter().map(String::as_str).collect();
                let choices = self.choices(field);
                let filter = words::FILTER.of(lang);
                form::wide(form::checkbox_list(&shown, &choices, &chosen, filter))
            }
            FieldKind::Part => form::wide(self.part(field, lang)),
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
    pub(crate) fn control(&self, field: &FieldSpec, shown: &Field<'_>, lang: Lang) -> Markup {
        match field.kind {
            FieldKind::Line { max } => form::text(shown, bound(max)),
            FieldKind::Area { max } => form::textarea(shown, area_rows(shown), bound(max)),
            FieldKind::Day => form::day(shown, None, None),
            FieldKind::Number { min, max } => {
                let (min, max) = (min.to_string(), max.to_string());
                let bounds = Bounds { min: Some(&min), max: Some(&max), ..Bounds::default() };
                form::number(shown, &bounds)
            }
            FieldKind::Secret => form::password(shown),
            FieldKind::Check => form::checkbox(shown, "1"),
            FieldKind::Hidden => form::hidden(shown.name, shown.value),
            // In a row that is only answered one click must do.
            FieldKind::Choice if self.is_led(shown) && self.choices(field).len() <= RADIOS_MAX => {
                let mut choices = self.choices(field);
                choices.push(form::Choice::new("", words::LEAVE_OUT.of(lang)));
                form::radio(shown, &choices)
            }
            FieldKind::Choice => {
                let mut choices = vec![form::Choice::new("", words::CHOOSE.of(lang))];
                choices.extend(self.choices(field));
                form::select(shown, &choices)
            }
            FieldKind::Files { .. } => self.files(field, shown),
            FieldKind::Many | FieldKind::Rows { .. } | FieldKind::Part => Markup::default(),
        }
    }

    /// A part of a document as its room draws it: from what was typed, or from what is kept.
    fn part(&self, field: &FieldSpec, lang: Lang) -> Markup {
        let typed = self.was_sent(field).then_some(self.typed.raw);
        let draw = self.prepared.draws.get(field.name);
        draw.map_or_else(Markup::default, |draw| draw(typed, lang))
    }

    /// Whether a cell stands in a row that is given, led by what it is about.
    fn is_led(&self, cell: &Field<'_>) -> bool {
        let table = cell.name.split_once('.').map(|(table, _)| table);
        table.is_some_and(|table| self.prepared.leads.contains_key(table))
    }

    fn files(&self, spec: &FieldSpec, field: &Field<'_>) -> Markup {
        let kept = self.kept.get(field.name).map(Vec::as_slice).unwrap_or_default();
        let kept: Vec<_> = kept.iter().map(|(key, name)| KeptFile { key, name }).collect();
        let rules = FileRules {
            accept: spec.accept.unwrap_or(ENDINGS),
            many: true,
            kept_name: field.name,
            kept: &kept,
        };
        form::file(field, &rules)
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
                @if let Some((label, path)) = &self.prepared.draft {
                    (form::keep_draft(&call.href(path), label.of(lang)))
                }
                @if call.visitor().is_some() {
                    (form::cancel(&call.href(back), words::CANCEL.of(lang)))
                }
            }))
        }
    }
}

/// Choices that a cell of a row shows at once.
const RADIOS_MAX: usize = 4;

/// Whether a field stands in a row of a table.
fn is_cell(field: &Field<'_>) -> bool {
    field.name.contains('.')
}

/// A cell of a row is lower than a field of its own.
fn area_rows(field: &Field<'_>) -> u32 {
    if is_cell(field) { 2 } else { 4 }
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
        let form = if file_fields(self.act).next().is_some() {
            form::form_upload(&action, token, &key, content)
        } else {
            form::form_post(&action, token, &key, content)
        };
        if call.visitor().is_some() { part::card(None, None, form) } else { form }
    }
}
