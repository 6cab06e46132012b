//! The tables of a form: rows of fields that were typed, those it begins with, and blank ones.

use std::collections::BTreeMap;

use kernel::Lang;
use maud::Markup;
use serde_json::json;
use ui::form::{self, Field};

use crate::fields::{FieldKind, FieldSpec};
use crate::form_view::FormView;
use crate::values::{cell_name, row_places};

/// Blank rows that a table of a form ends with.
const BLANK_ROWS: usize = 2;

/// A row of a form's table: its place, and what each cell says.
type RowTyped = (usize, Vec<String>);

impl FormView<'_> {
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

    pub(crate) fn rows_json(&self, field: &FieldSpec) -> Option<serde_json::Value> {
        let FieldKind::Rows { columns, .. } = field.kind else { return None };
        let row = |(_, cells): RowTyped| {
            let cells = columns.iter().zip(cells).map(|(c, v)| (c.name.to_owned(), json!(v)));
            serde_json::Value::Object(cells.collect())
        };
        Some(self.rows(field, columns).into_iter().map(row).collect())
    }

    /// The rows of a table. One whose rows are given, each led by what it is about, has just
    /// those; any other ends with blank ones, and a script adds more.
    pub(crate) fn table(
        &self,
        field: &FieldSpec,
        (columns, max): (&'static [FieldSpec], usize),
        lang: Lang,
    ) -> Markup {
        let leads = self.prepared.leads.get(field.name).map(Vec::as_slice).unwrap_or_default();
        let mut rows = self.rows(field, columns);
        if leads.is_empty() {
            let next = rows.last().map_or(0, |(place, _)| place + 1);
            let blank = max.saturating_sub(rows.len()).min(BLANK_ROWS);
            let empty = vec![String::new(); columns.len()];
            rows.extend((next..next + blank).map(|place| (place, empty.clone())));
        }
        let shown = Field {
            name: field.name,
            label: field.label.of(lang),
            error: self.error(field.name, lang),
            hint: field.hint.map(|h| h.of(lang)),
            required: field.required,
            ..Field::default()
        };
        let heads: Vec<_> = columns
            .iter()
            .filter(|c| !matches!(c.kind, FieldKind::Hidden))
            .map(|c| c.label.of(lang))
            .collect();
        let rows = rows.iter().map(|(place, values)| form::RowCells {
            lead: leads.get(*place).cloned(),
            cells: self.cells(field, (*place, columns, values), lang),
        });
        form::wide(form::rows(lang, &shown, (&heads, max), rows.collect()))
    }

    fn cells(
        &self,
        field: &FieldSpec,
        (place, columns, values): (usize, &'static [FieldSpec], &[String]),
        lang: Lang,
    ) -> Vec<Markup> {
        let cell = |(column, value): (&FieldSpec, &String)| {
            let name = cell_name(field.name, place, column.name);
            if self.prepared.without_cells.contains(&name) {
                return form::no_cell();
            }
            let cell = Field {
                name: &name,
                label: column.label.of(lang),
                value,
                error: self.error(&name, lang),
                hint: column.hint.map(|h| h.of(lang)),
                ..Field::default()
            };
            self.control(column, &cell, lang)
        };
        columns.iter().zip(values).map(cell).collect()
    }
}
