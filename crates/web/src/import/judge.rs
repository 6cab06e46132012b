//! One row's verdict: what every import looks at, and then the room.

use std::collections::BTreeMap;

use files::import::{Choice, Level, Note, Treat, Verdict};
use files::sheet::read::{Cell, Row, Value};
use files::sheet::sense::{self, Title, Unit};
use kernel::msg;

use super::said::{Findings, Said};
use super::spec::{ColumnKind, ImportColumn, ImportSpec, Importer};
use super::words;

/// Which column of the sheet holds what, ready to be used for many rows.
pub(crate) struct Reading {
    pub(crate) spec: &'static ImportSpec,
    pub(crate) choice: Choice,
    pub(crate) titles: Vec<Title>,
    /// The sheet's column of each of the specification's.
    pub(crate) columns: BTreeMap<&'static str, u32>,
}

impl Reading {
    pub(crate) fn new(spec: &'static ImportSpec, choice: Choice, titles: Vec<Title>) -> Self {
        let columns = choice
            .columns
            .iter()
            .filter_map(|(column, name)| Some((spec.column(name)?.name, *column)))
            .collect();
        Self { spec, choice, titles, columns }
    }

    /// Whether a row below the header is a record, else why not.
    fn aside(&self, row: &Row) -> Option<Note> {
        let told = |text: kernel::Text| Note::new(None, Level::Aside, text.into());
        match self.choice.rows.get(&row.number) {
            Some(Treat::LeaveOut) => return Some(told(words::LEFT_OUT)),
            Some(Treat::Take) => return None,
            None => {}
        }
        sense::aside(row, &self.titles).map(|aside| told(aside.text()))
    }

    /// What a row says and what is found of it; nothing is said by one that is passed over.
    pub(crate) fn judge(&self, row: &Row, importer: &mut dyn Importer) -> (Verdict, Option<Said>) {
        if let Some(note) = self.aside(row) {
            let verdict = Verdict { row: row.number, level: Level::Aside, notes: vec![note] };
            return (verdict, None);
        }
        let mut found = Findings { columns: &self.columns, notes: Vec::new() };
        let mut said = Said { row: row.number, ..Said::default() };
        for column in self.spec.columns {
            self.read(column, row, &mut said, &mut found);
        }
        if row.hidden {
            found.notes.push(Note::new(None, Level::Warning, words::HIDDEN_ROW.into()));
        }
        importer.judge(&said, &mut found);
        let mut notes = found.notes;
        if let Some(passed) = notes.iter().find(|note| note.level == Level::Aside) {
            let notes = vec![passed.clone()];
            return (Verdict { row: row.number, level: Level::Aside, notes }, None);
        }
        // Worst first, each said once.
        notes.sort_by_key(|note| std::cmp::Reverse(note.level));
        notes.dedup();
        let level = notes.first().map_or(Level::Fine, |note| note.level);
        (Verdict { row: row.number, level, notes }, Some(said))
    }

    fn read(
        &self,
        column: &'static ImportColumn,
        row: &Row,
        said: &mut Said,
        found: &mut Findings<'_>,
    ) {
        let (name, zh, en) = (column.name, column.label.zh, column.label.en);
        let cell = self.columns.get(name).and_then(|at| row.cell(*at));
        if let Some(cell) = cell.filter(|_| !self.choice.seen.contains(&row.number)) {
            look(name, cell, found);
        }
        let Some(value) = cell.and_then(|cell| cell.value.as_ref()) else {
            if column.required {
                found.error(name, msg!("请填写“{zh}”。", "Fill in “{en}”."));
            }
            return;
        };
        let text = value.text().trim().to_owned();
        if is_nothing(&text) {
            if column.required {
                found.error(name, msg!("请填写“{zh}”。", "Fill in “{en}”."));
            }
            return;
        }
        said.texts.insert(name, text);
        if matches!(value, Value::Error(_)) {
            found.error(name, words::no_result(zh, en));
            return;
        }
        self.read_kind(column, value, (said, found));
    }

    fn read_kind(
        &self,
        column: &'static ImportColumn,
        value: &Value,
        (said, found): (&mut Said, &mut Findings<'_>),
    ) {
        let (name, text) = (column.name, said.text(column.name).to_owned());
        match column.kind {
            ColumnKind::Text(max) => {
                let n = text.chars().count();
                if n > max {
                    found.error(name, words::too_long(column.label, max, n));
                }
            }
            ColumnKind::Day => match sense::day_of(value).decided(&text, self.choice.year) {
                Ok(day) => {
                    said.days.insert(name, day);
                }
                Err(message) => found.error(name, message),
            },
            ColumnKind::Number(min, max) => {
                let number = sense::amount(&text).and_then(|amount| amount.whole());
                match number.filter(|n| (min..=max).contains(n)) {
                    Some(number) => {
                        said.numbers.insert(name, number);
                    }
                    None => found.error(name, words::no_number(&text, min, max)),
                }
            }
            ColumnKind::Amount(usual) => {
                let unit = self.unit(name).unwrap_or(usual);
                let amount = sense::amount(&text);
                match amount.filter(|a| a.fen(unit).is_some()) {
                    Some(amount) => {
                        if amount.about {
                            found.warn(name, words::about(&text));
                        }
                        said.amounts.insert(name, (amount, unit));
                    }
                    None => found.error(name, words::no_amount(&text)),
                }
            }
            ColumnKind::Quantity => self.read_quantity((name, &text), said, found),
            ColumnKind::Names => {
                let names = sense::names(&text);
                if names.and_more {
                    found.error(name, words::and_more(&text));
                }
                said.names.insert(name, names);
            }
            ColumnKind::Words(list) => {
                let plain = sense::plain(&text);
                let fits = |word: &str| sense::plain(word) == plain;
                let word = list.iter().find(|w| {
                    fits(w.label.zh) || fits(w.label.en) || w.also.iter().any(|also| fits(also))
                });
                match word {
                    Some(word) => {
                        said.words.insert(name, word.word);
                    }
                    None => found.error(name, words::no_word(&text, list)),
                }
            }
        }
    }

    fn read_quantity(
        &self,
        (name, text): (&'static str, &str),
        said: &mut Said,
        found: &mut Findings<'_>,
    ) {
        match quantity(text, self.unit(name)) {
            Some(Quantity::Money(amount, unit)) => {
                said.amounts.insert(name, (amount, unit));
            }
            Some(Quantity::Of(number, what)) => {
                said.quantities.insert(name, (number, what));
            }
            None => {}
        }
        if said.quantity(name).is_none() {
            found.error(name, words::no_quantity(text));
        }
    }

    /// The unit that the title of a column names.
    fn unit(&self, name: &str) -> Option<Unit> {
        let at = self.columns.get(name)?;
        let title = self.titles.iter().find(|title| title.column == *at)?;
        sense::unit_of(&title.text()).filter(|unit| *unit != Unit::Percent)
    }

    /// Columns whose numbers contradict their unit.
    pub(crate) fn doubts(
        &self,
        amounts: &BTreeMap<&'static str, Vec<(sense::Amount, Unit)>>,
    ) -> Vec<Note> {
        let doubt = |(name, list): (&&'static str, &Vec<(sense::Amount, Unit)>)| {
            let unit = list.first()?.1;
            let amounts: Vec<_> = list.iter().map(|(amount, _)| *amount).collect();
            let at = *self.columns.get(*name)?;
            let title = self.titles.iter().find(|title| title.column == at)?.text();
            let message = sense::doubt(unit, &amounts)?.message(&title);
            Some(Note::new(Some(at), Level::Warning, message))
        };
        amounts.iter().filter_map(doubt).collect()
    }
}

/// How much some text says.
enum Quantity {
    Money(sense::Amount, Unit),
    Of(i64, String),
}

/// A whole number with what it counts, or money; `title` is the unit that the title names.
fn quantity(text: &str, title: Option<Unit>) -> Option<Quantity> {
    let text = sense::plain(text);
    if let Some(amount) = sense::amount(&text) {
        let unit = amount.unit.or(title);
        return match unit {
            Some(unit @ (Unit::Yuan | Unit::Wan | Unit::Yi)) => Some(Quantity::Money(amount, unit)),
            Some(Unit::Percent) => Some(Quantity::Of(amount.whole()?, "%".to_owned())),
            None => Some(Quantity::Of(amount.whole()?, String::new())),
        };
    }
    let end = text.find(|c: char| !(c.is_ascii_digit() || ".,".contains(c)))?;
    let (number, what) = text.split_at_checked(end)?;
    let fits = what.chars().count() <= 10 && !what.contains(|c: char| c.is_ascii_digit());
    if !fits {
        return None;
    }
    Some(Quantity::Of(sense::amount(number)?.whole()?, what.to_owned()))
}

/// A dash where there is nothing to say.
fn is_nothing(text: &str) -> bool {
    text.is_empty() || matches!(text, "-" | "—" | "——" | "/" | "／" | "--" | "\\")
}

fn look(name: &str, cell: &Cell, found: &mut Findings<'_>) {
    let Some(hint) = sense::hint(cell) else { return };
    // A whole row in one colour says it once.
    if !found.notes.iter().any(|note| note.zh == hint.zh) {
        found.warn(name, hint);
    }
}
