//! 导入, one import: how far it is, and what to do next.

use files::import::{ImportRow, Level, State};
use journal::Result;
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::{Tone, figure, layout, num, part};
use uuid::Uuid;

use super::sheet::Sheet;
use super::spec::ImportSpec;
use super::{commit, place, sheet, words};
use crate::answer::Answer;
use crate::call::Call;
use crate::route::{Route, View};

pub(crate) fn route(spec: &'static ImportSpec) -> Route {
    Route::page(spec.paths.one, spec.permission, spec.title, move |call| show(call, spec))
}

#[derive(Serialize)]
struct OverviewView {
    id: Uuid,
    file: String,
    state: State,
    per_mille: i64,
    sheet: String,
    header: (u32, u32),
    mapped: usize,
    records: i64,
    errors: i64,
    warnings: i64,
    aside: i64,
    told: Option<String>,
    notes: Vec<String>,
    busy: bool,
    #[serde(skip)]
    import: ImportRow,
    #[serde(skip)]
    spec: &'static ImportSpec,
}

async fn show(call: Call, spec: &'static ImportSpec) -> Result<Answer> {
    let mut tx = call.read().await?;
    let import = place::import(&call, &mut tx, spec).await?;
    let choice = import.choice()?;
    let Sheet { note, .. } = sheet::chosen(&mut tx, &import, &choice).await?;
    drop(tx);
    let busy = import.is_busy(call.db().clock().now());
    let per_mille = match import.state {
        State::Committing => commit::per_mille(&import),
        State::Reading
        | State::Failed
        | State::Read
        | State::Checking
        | State::Checked
        | State::Done => import.per_mille,
    };
    let told = import.message().map(|m| m.of(call.lang).to_owned());
    let notes = choice.notes.iter().filter(|note| note.level >= Level::Warning);
    let view = OverviewView {
        id: import.id,
        file: import.file_name.clone(),
        state: import.state,
        per_mille,
        sheet: note.name,
        header: (choice.first, choice.last),
        mapped: choice.columns.len(),
        records: import.rows_count,
        errors: import.errors_count,
        warnings: import.warnings_count,
        aside: import.aside_count,
        told,
        notes: notes.map(|note| super::rows::told(note, call.lang).to_owned()).collect(),
        busy,
        import,
        spec,
    };
    let answer = call.page(&view)?;
    Ok(if busy { answer.again_soon() } else { answer })
}

impl OverviewView {
    fn link(
        &self,
        call: &Call,
        (pattern, label): (&str, kernel::Text),
        tone: ButtonTone,
    ) -> Markup {
        let href = call.href(&place::address(pattern, &self.import));
        part::link_button(tone, &href, label.of(call.lang), "")
    }

    /// The next step first.
    fn ways(&self, call: &Call) -> Markup {
        let paths = &self.spec.paths;
        let (next, plain) = (ButtonTone::Primary, ButtonTone::Plain);
        let columns = (paths.columns, words::COLUMNS);
        layout::cluster(html! {
            @match self.state {
                State::Read => {
                    (self.link(call, columns, next))
                    (self.link(call, (paths.head, words::HEAD), plain))
                }
                State::Checked => {
                    @if self.errors > 0 {
                        (self.link(call, (paths.rows, words::ROWS), next))
                    } @else if self.records > 0 {
                        (self.link(call, (paths.commit, self.spec.title), next))
                        (self.link(call, (paths.rows, words::ROWS), plain))
                    } @else {
                        (self.link(call, (paths.rows, words::ROWS), next))
                    }
                    (self.link(call, columns, plain))
                    (self.link(call, (paths.head, words::HEAD), plain))
                    (self.link(call, (paths.file, words::GIVE_BACK), plain))
                }
                State::Done => {
                    (part::link_button(next, &call.href(self.spec.back), words::TO_RESULT.of(call.lang), ""))
                }
                State::Reading | State::Checking | State::Committing | State::Failed => {}
            }
            @if self.state != State::Done && self.state != State::Committing {
                (self.link(call, (paths.discard, words::DISCARD), plain))
            }
        })
    }

    fn progress(&self, call: &Call) -> Markup {
        let label = words::state(self.state).of(call.lang);
        if !self.busy {
            return part::alert(Tone::Yellow, html! { (words::INTERRUPTED.of(call.lang)) });
        }
        let value = u64::try_from(self.per_mille).unwrap_or_default();
        html! { p { (label) "…" } (figure::progress(value, 1_000, label)) }
    }
}

impl View for OverviewView {
    fn title(&self, call: &Call) -> String {
        format!("{} · {}", self.spec.title.of(call.lang), self.file)
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href(self.spec.paths.base), self.spec.title.of(call.lang).to_owned())]
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let under_way = matches!(self.state, State::Reading | State::Checking | State::Committing);
        let header = match self.header {
            (0, _) => words::NO_HEAD.of(lang).to_owned(),
            (first, last) => format!("{first}–{last}"),
        };
        let facts = [
            (words::STATE.of(lang), html! { (words::state(self.state).of(lang)) }),
            (words::SHEET.of(lang), html! { (self.sheet) }),
            (words::HEADER.of(lang), html! { (header) }),
            (words::RECORDS.of(lang), html! { (num::count(self.records)) }),
            (words::ERRORS.of(lang), html! { (num::count(self.errors)) }),
            (words::WARNINGS.of(lang), html! { (num::count(self.warnings)) }),
            (words::ASIDE.of(lang), html! { (num::count(self.aside)) }),
        ];
        let shown = match self.state {
            State::Checked | State::Done | State::Committing => facts.len(),
            State::Read | State::Checking => 3,
            State::Reading | State::Failed => 1,
        };
        part::card(
            None,
            None,
            layout::stack(html! {
                @if let Some(told) = &self.told { (part::alert(Tone::Red, html! { (told) })) }
                @for note in &self.notes { (part::alert(Tone::Yellow, html! { (note) })) }
                @if under_way { (self.progress(call)) }
                (part::details(facts.get(..shown).unwrap_or_default()))
                (self.ways(call))
                @if self.state != State::Done { p class="muted" { (words::EXPIRES.of(lang)) } }
            }),
        )
    }
}
