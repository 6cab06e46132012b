//! 导入, fourth step: every row with its verdict, a page at a time.

use std::collections::BTreeMap;

use files::import::{ImportRow, Level, Note, Verdict};
use files::sheet::read::Row as SheetRow;
use journal::{Result, Tx};
use kernel::{Lang, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::{self, Bounds, ButtonTone, Field};
use ui::table::{Column, Row, Shape, Table, pager};
use ui::{Tone, flow, layout, part};
use uuid::Uuid;

use super::judge::Reading;
use super::spec::ImportSpec;
use super::{place, sheet, words};
use crate::answer::Answer;
use crate::body::encode_query;
use crate::call::Call;
use crate::param::{Param, ParamKind};
use crate::route::{Route, View};

/// Rows of one page.
const SHOWN: usize = 50;
/// Pages that are looked through for one view; what is further is behind "next".
const LOOKED_MAX: usize = 400;

pub(crate) fn route(spec: &'static ImportSpec) -> Route {
    Route::page(spec.paths.rows, spec.permission, words::ROWS, move |call| show(call, spec))
        .query(QUERY)
}

/// What the page reads of its address.
const QUERY: &[Param] = &[
    Param::new(
        "show",
        ParamKind::Words(|| Show::ALL.map(|(_, word)| word).to_vec()),
        text!("看哪些行", "Which rows"),
    ),
    Param::new("from", ParamKind::Number(1, 1_048_576), text!("从第几行起", "From which row on")),
];

/// Which rows are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Show {
    All,
    Errors,
    Warnings,
    Aside,
}

impl Show {
    const ALL: [(Self, &'static str); 4] = [
        (Self::All, "all"),
        (Self::Errors, "errors"),
        (Self::Warnings, "warnings"),
        (Self::Aside, "aside"),
    ];

    const fn fits(self, level: Level) -> bool {
        match self {
            Self::All => true,
            Self::Errors => matches!(level, Level::Error),
            Self::Warnings => matches!(level, Level::Warning),
            Self::Aside => matches!(level, Level::Aside),
        }
    }

    const fn any_in(self, page: &files::import::PageRow) -> bool {
        match self {
            Self::All => true,
            Self::Errors => page.errors_count > 0,
            Self::Warnings => page.warnings_count > 0,
            Self::Aside => page.aside_count > 0,
        }
    }
}

#[derive(Serialize)]
struct RowsView {
    id: Uuid,
    show: Show,
    from: u32,
    next: Option<u32>,
    rows: Vec<Line>,
    #[serde(skip)]
    columns: Vec<(&'static str, kernel::Text)>,
    #[serde(skip)]
    import: ImportRow,
    #[serde(skip)]
    spec: &'static ImportSpec,
}

#[derive(Serialize)]
struct Line {
    row: u32,
    level: Level,
    cells: BTreeMap<&'static str, CellLine>,
    notes: Vec<Note>,
}

#[derive(Serialize)]
struct CellLine {
    text: String,
    level: Option<Level>,
    notes: Vec<Note>,
}

/// A note in a language.
pub(crate) fn told(note: &Note, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &note.zh,
        Lang::En => &note.en,
    }
}

async fn show(call: Call, spec: &'static ImportSpec) -> Result<Answer> {
    let mut tx = call.read().await?;
    let import = place::import(&call, &mut tx, spec).await?;
    if import.state != files::import::State::Checked {
        return Ok(Answer::see_other(&call.href(&place::address(spec.paths.one, &import))));
    }
    let asked = call.query.get("show");
    let show = Show::ALL.iter().find(|(_, word)| asked == Some(*word)).map(|(show, _)| *show);
    let show = show.unwrap_or(if import.errors_count > 0 { Show::Errors } else { Show::All });
    let from = call.query.get("from").and_then(|n| n.trim().parse().ok()).unwrap_or(1);
    let choice = import.choice()?;
    let titles = sheet::chosen(&mut tx, &import, &choice).await?.titles;
    let reading = Reading::new(spec, choice, titles);
    let found = found(&mut tx, (&import, &reading), show, from).await?;
    drop(tx);
    let next = found.get(SHOWN).map(|line| line.row);
    let mut rows = found;
    rows.truncate(SHOWN);
    let columns = spec.columns.iter().filter(|c| reading.columns.contains_key(c.name));
    let columns = columns.map(|c| (c.name, c.label)).collect();
    call.page(&RowsView { id: import.id, show, from, next, rows, columns, import, spec })
}

/// The rows that fit, one more than are shown.
async fn found(
    tx: &mut Tx,
    (import, reading): (&ImportRow, &Reading),
    show: Show,
    from: u32,
) -> Result<Vec<Line>> {
    let sheet = sheet::place(&reading.choice);
    let at = files::import::page_of(tx, import, sheet, from).await;
    let mut n = at.map_or(0, |page| page.n);
    let (mut lines, mut looked) = (Vec::new(), 0);
    while lines.len() <= SHOWN && looked < LOOKED_MAX {
        let pages = files::import::pages(tx, import, sheet, n).await?;
        let Some(last) = pages.last() else { break };
        n = last.n + 1;
        looked += pages.len();
        for page in pages.iter().filter(|page| show.any_in(page)) {
            let verdicts: Vec<Verdict> = serde_json::from_slice(&page.verdicts)?;
            let rows = sheet::rows_of(page)?;
            for verdict in verdicts {
                if verdict.row < from || !show.fits(verdict.level) {
                    continue;
                }
                let row = rows.iter().find(|row| row.number == verdict.row);
                lines.extend(row.map(|row| line(row, verdict, reading)));
            }
        }
    }
    lines.truncate(SHOWN + 1);
    Ok(lines)
}

fn line(row: &SheetRow, verdict: Verdict, reading: &Reading) -> Line {
    let (of_cells, notes): (Vec<_>, Vec<_>) =
        verdict.notes.into_iter().partition(|note| note.column.is_some());
    let cell = |(name, at): (&&'static str, &u32)| {
        let notes: Vec<_> =
            of_cells.iter().filter(|note| note.column == Some(*at)).cloned().collect();
        let level = notes.first().map(|note| note.level);
        (*name, CellLine { text: row.text(*at), level, notes })
    };
    let cells = reading.columns.iter().map(cell).collect();
    Line { row: row.number, level: verdict.level, cells, notes }
}

const fn level(level: Level) -> (Tone, kernel::Text) {
    match level {
        Level::Aside => (Tone::Grey, words::ASIDE),
        Level::Fine => (Tone::Green, words::FINE),
        Level::Warning => (Tone::Yellow, words::WARNINGS),
        Level::Error => (Tone::Red, words::ERRORS),
    }
}

pub(crate) fn notes<'a>(notes: impl IntoIterator<Item = &'a Note>, lang: Lang) -> Markup {
    html! {
        @for note in notes {
            (part::remark(level(note.level).0, told(note, lang)))
        }
    }
}

impl RowsView {
    fn href(&self, call: &Call, show: &str, from: Option<u32>) -> String {
        let mut query = vec![("show".to_owned(), show.to_owned())];
        query.extend(from.map(|n| ("from".to_owned(), n.to_string())));
        let address = place::address(self.spec.paths.rows, &self.import);
        call.href(&format!("{address}?{}", encode_query(&query)))
    }

    fn word(&self) -> &'static str {
        Show::ALL.iter().find(|(show, _)| *show == self.show).map_or("all", |(_, word)| word)
    }

    fn tabs(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let all = self.import.rows_count + self.import.errors_count + self.import.aside_count;
        let counts = [
            (words::ALL, all),
            (words::ERRORS, self.import.errors_count),
            (words::WARNINGS, self.import.warnings_count),
            (words::ASIDE, self.import.aside_count),
        ];
        let items: Vec<_> = Show::ALL
            .iter()
            .zip(counts)
            .map(|((show, word), (label, count))| {
                (
                    self.href(call, word, None),
                    format!("{} {count}", label.of(lang)),
                    *show == self.show,
                )
            })
            .collect();
        let items: Vec<_> = items
            .iter()
            .map(|(href, label, active)| flow::Tab { href, label, active: *active, count: None })
            .collect();
        flow::tabs(words::VERDICT.of(lang), &items)
    }

    fn jump(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let value = if self.from > 1 { self.from.to_string() } else { String::new() };
        let field = Field {
            name: "from",
            label: words::FROM_ROW.of(lang),
            value: &value,
            ..Field::default()
        };
        let bounds = Bounds { min: Some("1"), ..Bounds::default() };
        let address = call.href(&place::address(self.spec.paths.rows, &self.import));
        form::filter_form(
            lang,
            &address,
            html! { (form::hidden("show", self.word())) (form::number(&field, &bounds)) },
        )
    }

    fn table(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let mut columns = vec![Column::lead(words::ROW_NUMBER.of(lang))];
        columns.extend(self.columns.iter().map(|(_, label)| Column::text(label.of(lang))));
        let rows = self.rows.iter().map(|line| {
            let (tone, label) = level(line.level);
            let address = place::address(self.spec.paths.row, &self.import);
            let mut cells = vec![html! {
                (line.row) " " (part::badge(tone, label.of(lang))) (notes(&line.notes, lang))
            }];
            cells.extend(self.columns.iter().map(|(name, _)| match line.cells.get(name) {
                Some(cell) => {
                    let short: String = cell.text.chars().take(80).collect();
                    html! { (short) (notes(&cell.notes, lang)) }
                }
                None => Markup::default(),
            }));
            Row {
                href: Some(call.href(&address.replace("{row}", &line.row.to_string()))),
                tone: matches!(line.level, Level::Error).then_some(Tone::Red),
                cells,
            }
        });
        let caption = words::ROWS.of(lang);
        Table {
            caption,
            columns: &columns,
            rows: rows.collect(),
            shape: Shape::Cards,
            ..Table::default()
        }
        .render()
    }
}

impl View for RowsView {
    fn title(&self, call: &Call) -> String {
        format!("{} · {}", words::ROWS.of(call.lang), self.import.file_name)
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        let one = place::address(self.spec.paths.one, &self.import);
        vec![
            (call.href(self.spec.paths.base), self.spec.title.of(call.lang).to_owned()),
            (call.href(&one), self.import.file_name.clone()),
        ]
    }

    fn actions(&self, call: &Call) -> Markup {
        let link = |pattern: &str, label: kernel::Text, tone: ButtonTone| {
            let href = call.href(&place::address(pattern, &self.import));
            part::link_button(tone, &href, label.of(call.lang), "")
        };
        html! {
            (link(self.spec.paths.file, words::GIVE_BACK, ButtonTone::Plain))
            @if self.import.errors_count == 0 && self.import.rows_count > 0 {
                (link(self.spec.paths.commit, self.spec.title, ButtonTone::Primary))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let next = self.next.map(|row| self.href(call, self.word(), Some(row)));
        let first = (self.from > 1).then(|| self.href(call, self.word(), None));
        let shown = words::shown(self.rows.len());
        let list = if self.rows.is_empty() {
            let (title, hint) = (words::NOTHING.of(lang), words::NOTHING_HINT.of(lang));
            part::empty_state("inbox", title, hint, None)
        } else {
            self.table(call)
        };
        layout::stack(html! {
            (self.tabs(call))
            (self.jump(call))
            (part::card_flush(None, None, html! {
                (list)
                (pager(lang, first.as_deref(), next.as_deref(), shown.of(lang)))
            }))
        })
    }
}
