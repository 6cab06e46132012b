//! What a form said, checked against its fields. Every message says how to mend it.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Day, FieldError, Message, Refusal, msg};
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

use crate::body::Raw;
use crate::fields::{FieldKind, FieldSpec};

/// Choices taken at once at most.
const MANY_MAX: usize = 500;

/// The checked values of a form, by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    fields: BTreeMap<&'static str, Vec<String>>,
    rows: BTreeMap<&'static str, Vec<(usize, Self)>>,
}

impl Values {
    /// Checks what was sent against the fields; a name that no field has is ignored.
    pub fn parse(fields: &'static [FieldSpec], raw: &Raw) -> Result<Self, Refusal> {
        let mut values = Self::default();
        let mut errors = Vec::new();
        for field in fields {
            // The room reads it by its shape, and tells what is wrong at its fields.
            if matches!(field.kind, FieldKind::Part) {
                continue;
            }
            if let FieldKind::Rows { columns, max } = field.kind {
                match parse_rows((field, columns, max), raw) {
                    Ok(rows) => {
                        values.rows.insert(field.name, rows);
                    }
                    Err(mistakes) => errors.extend(mistakes),
                }
                continue;
            }
            match check(field, raw.all(field.name)) {
                Ok(list) => {
                    values.fields.insert(field.name, list);
                }
                Err(message) => {
                    errors.push(FieldError { field: field.name.to_owned(), message });
                }
            }
        }
        if errors.is_empty() { Ok(values) } else { Err(Refusal::Fields(errors)) }
    }

    /// Names that no field has, told where they stand: a program that misspells what it sends
    /// would otherwise be told that all is done. `reason` may come with every act.
    pub(crate) fn unknown(fields: &'static [FieldSpec], raw: &Raw) -> Vec<FieldError> {
        // The room reads it by its own shape.
        if fields.iter().any(|f| matches!(f.kind, FieldKind::Part)) {
            return Vec::new();
        }
        let names: BTreeSet<_> = raw.pairs().iter().map(|(name, _)| name.as_str()).collect();
        let unknown = names.into_iter().filter(|name| !is_known(fields, name));
        let known = fields.iter().map(|f| f.name).collect::<Vec<_>>().join(", ");
        let told = |name: &str| FieldError {
            field: name.to_owned(),
            message: msg!(
                "没有“{name}”这个字段；可用：{known}",
                "There is no field “{name}”; there are: {known}"
            ),
        };
        unknown.map(told).collect()
    }

    /// The rows of a field with the places at which they were sent, for messages at
    /// [`cell_name`]; blank ones are left out.
    pub fn rows(&self, name: &str) -> &[(usize, Self)] {
        self.rows.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The text of a field; empty when nothing was written.
    pub fn text(&self, name: &str) -> String {
        self.opt(name).unwrap_or_default()
    }

    /// The text of a field, if something was written.
    pub fn opt(&self, name: &str) -> Option<String> {
        self.fields.get(name).and_then(|list| list.first()).cloned()
    }

    /// The day of a field.
    pub fn day(&self, name: &str) -> Option<Day> {
        self.opt(name).and_then(|text| text.parse().ok())
    }

    /// The number of a field.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.opt(name).and_then(|text| text.parse().ok())
    }

    /// The identifier of a field.
    pub fn id(&self, name: &str) -> Option<Uuid> {
        self.opt(name).and_then(|text| text.parse().ok())
    }

    /// All identifiers of a field.
    pub fn ids(&self, name: &str) -> Vec<Uuid> {
        let list = self.fields.get(name).map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(|text| text.parse().ok()).collect()
    }

    /// All texts of a field.
    pub fn list(&self, name: &str) -> Vec<String> {
        self.fields.get(name).cloned().unwrap_or_default()
    }

    /// Whether a box was ticked.
    pub fn checked(&self, name: &str) -> bool {
        self.opt(name).is_some()
    }
}

/// The name under which a cell of a row is posted and told of.
pub fn cell_name(field: &str, row: usize, column: &str) -> String {
    format!("{field}.{row}.{column}")
}

fn is_known(fields: &'static [FieldSpec], name: &str) -> bool {
    let mut parts = name.split('.');
    let (field, row, column) = (parts.next(), parts.next(), parts.next());
    let spec = fields.iter().find(|f| Some(f.name) == field);
    match (spec.map(|f| f.kind), row, column) {
        (Some(FieldKind::Rows { columns, .. }), Some(_), Some(column)) => {
            columns.iter().any(|c| c.name == column)
        }
        (Some(_), None, None) => true,
        _ => name == "reason",
    }
}

/// Places of rows that are looked at; no form has as many, and what is kept by place stays small.
const PLACES_MAX: usize = 100_000;

/// The places at which rows of a field were sent.
pub(crate) fn row_places(field: &str, raw: &Raw) -> BTreeSet<usize> {
    let place = |name: &str| {
        let (row, _) = name.strip_prefix(field)?.strip_prefix('.')?.split_once('.')?;
        row.parse().ok().filter(|place| *place < PLACES_MAX)
    };
    raw.pairs().iter().filter_map(|(name, _)| place(name)).collect()
}

type RowsSpec = (&'static FieldSpec, &'static [FieldSpec], usize);

fn parse_rows(
    (field, columns, max): RowsSpec,
    raw: &Raw,
) -> Result<Vec<(usize, Values)>, Vec<FieldError>> {
    let mut rows = Vec::new();
    let mut errors = Vec::new();
    for place in row_places(field.name, raw) {
        let cell = |column: &FieldSpec| cell_name(field.name, place, column.name);
        let is_blank = columns.iter().all(|c| raw.get(&cell(c)).is_none());
        if is_blank {
            continue;
        }
        let mut row = Values::default();
        for column in columns {
            let name = cell(column);
            match check(column, raw.all(&name)) {
                Ok(list) => {
                    row.fields.insert(column.name, list);
                }
                Err(message) => errors.push(FieldError { field: name, message }),
            }
        }
        rows.push((place, row));
    }
    let (zh, en) = (field.label.zh, field.label.en);
    let told = if rows.len() > max {
        Some(msg!("“{zh}”最多 {max} 行。", "“{en}” takes at most {max} rows."))
    } else if field.required && rows.is_empty() {
        Some(msg!("请填写“{zh}”。", "Fill in “{en}”."))
    } else {
        None
    };
    errors.extend(told.map(|message| FieldError { field: field.name.to_owned(), message }));
    if errors.is_empty() { Ok(rows) } else { Err(errors) }
}

fn check<'a>(
    field: &FieldSpec,
    sent: impl Iterator<Item = &'a str>,
) -> Result<Vec<String>, Message> {
    let multiple = matches!(field.kind, FieldKind::Many | FieldKind::Files { .. });
    let is_secret = matches!(field.kind, FieldKind::Secret);
    let mut list: Vec<String> = sent
        .map(|v| if is_secret { v.to_owned() } else { clean(v) })
        .filter(|v| !v.is_empty())
        .collect();
    if !multiple {
        list.truncate(1);
    }
    let (zh, en) = (field.label.zh, field.label.en);
    if list.is_empty() {
        return if field.required {
            Err(msg!("请填写“{zh}”。", "Fill in “{en}”."))
        } else {
            Ok(list)
        };
    }
    for value in &list {
        check_one(field, value)?;
    }
    let max = if let FieldKind::Files { max } = field.kind { max } else { MANY_MAX };
    if list.len() > max {
        return Err(msg!("“{zh}”最多 {max} 项。", "“{en}” takes at most {max}."));
    }
    Ok(list)
}

fn check_one(field: &FieldSpec, value: &str) -> Result<(), Message> {
    let (zh, en) = (field.label.zh, field.label.en);
    match field.kind {
        FieldKind::Line { max } => length(field, value, max).and_then(|()| printable(field, value)),
        FieldKind::Area { max } => {
            length(field, value, max)?;
            printable(field, &value.replace(['\n', '\t'], ""))
        }
        FieldKind::Secret => length(field, value, 256),
        FieldKind::Day => value.parse::<Day>().map(|_| ()).map_err(|_not_a_day| {
            msg!("“{zh}”请按 2021-11-01 的格式填写日期。", "Write “{en}” as a day like 2021-11-01.")
        }),
        FieldKind::Number { min, max } => match value.parse::<i64>() {
            Ok(n) if (min..=max).contains(&n) => Ok(()),
            _ => Err(msg!(
                "“{zh}”请填 {min} 到 {max} 之间的整数。",
                "Write “{en}” as a whole number from {min} to {max}."
            )),
        },
        FieldKind::Choice | FieldKind::Many | FieldKind::Hidden => length(field, value, 200),
        FieldKind::Files { .. } => value.parse::<Uuid>().map(|_| ()).map_err(|_not_staged| {
            msg!(
                "“{zh}”没有上传成功，请重新选择文件。",
                "“{en}” was not uploaded; choose the file again."
            )
        }),
        FieldKind::Check | FieldKind::Rows { .. } | FieldKind::Part => Ok(()),
    }
}

fn length(field: &FieldSpec, value: &str, max: usize) -> Result<(), Message> {
    let n = value.chars().count();
    if n <= max {
        return Ok(());
    }
    let (zh, en) = (field.label.zh, field.label.en);
    let over = n - max;
    Err(msg!(
        "“{zh}”最多 {max} 字，现有 {n} 字，请删去 {over} 字。",
        "“{en}” takes at most {max} characters and has {n}; remove {over}."
    ))
}

fn printable(field: &FieldSpec, value: &str) -> Result<(), Message> {
    if !value.chars().any(char::is_control) {
        return Ok(());
    }
    let (zh, en) = (field.label.zh, field.label.en);
    Err(msg!(
        "“{zh}”含有无法显示的字符，请删去。",
        "Remove the unprintable characters from “{en}”."
    ))
}

/// One writing of the same text: composed characters, one kind of line end, no blank ends.
fn clean(value: &str) -> String {
    let value: String = value.replace("\r\n", "\n").nfc().collect();
    value.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::Values;
    use crate::body::Raw;
    use crate::fields::FieldSpec;
    use kernel::{Refusal, text};

    const FIELDS: &[FieldSpec] = &[
        FieldSpec::line("title", text!("标题", "Title"), 5).required(),
        FieldSpec::day("due", text!("期限", "Due")),
        FieldSpec::number("days", text!("天数", "Days"), 1, 30),
        FieldSpec::many("units", text!("单位", "Units")),
    ];

    fn errors(body: &[u8]) -> Vec<String> {
        match Values::parse(FIELDS, &Raw::urlencoded(body)) {
            Err(Refusal::Fields(list)) => list.into_iter().map(|e| e.field).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn each_wrong_field_is_named() {
        assert_eq!(errors(b"title=&due=tomorrow&days=0"), ["title", "due", "days"]);
        assert_eq!(errors("title=一二三四五六".as_bytes()), ["title"]);
        assert_eq!(errors(b"title=a%00b"), ["title"]);
        assert!(errors("title=一二三四五".as_bytes()).is_empty());
    }

    #[test]
    fn values_are_trimmed_and_typed() {
        let body = "title=+周报+&due=2021-11-01&units=a&units=b";
        let values = Values::parse(FIELDS, &Raw::urlencoded(body.as_bytes())).unwrap();
        assert_eq!(values.text("title"), "周报");
        assert_eq!(values.day("due").unwrap().to_string(), "2021-11-01");
        assert_eq!(values.list("units"), ["a", "b"]);
        assert_eq!(values.number("days"), None);
    }
}
