//! 别处公布的得分表: a table that somebody else published, read from a spreadsheet as offices lay it
//! out, and whether each total is the sum of the parts that it shows. Pure.

use files::sheet::read::{Merge, Row, Value};
use files::sheet::sense::{self, Title};
use rules::decimal;
use rules::published::{Gap, PublishedRow, gaps};
use rust_decimal::Decimal;

/// Titles of the column of totals.
const TOTALS: [&str; 6] = ["合计", "总分", "总得分", "总计", "得分", "total"];

/// Titles of the column of units.
const UNITS: [&str; 5] = ["单位", "考评单位", "责任单位", "县区", "unit"];
/// Titles of columns that are no parts of a total.
const PLACES: [&str; 6] = ["名次", "排名", "位次", "序号", "rank", "no."];
/// What a published table was found to be.
pub struct Looked {
    /// Rows whose parts and total were read.
    pub rows: usize,
    /// Rows with a total whose parts cannot all be read as numbers.
    pub unread: Vec<String>,
    /// Rows whose total is not the sum of the parts shown.
    pub gaps: Vec<Gap>,
}

fn is_one_of(title: &Title, names: &[&str]) -> bool {
    title.path.last().is_some_and(|text| names.iter().any(|one| text.eq_ignore_ascii_case(one)))
}

/// The columns of a table.
struct Columns {
    unit: u32,
    parts: Vec<u32>,
    total: u32,
}

/// The rows of a table: the parts are the columns between the unit's and the last that is called a
/// total, places left out. A blank part is none.
pub fn look(rows: &[Row], merges: &[Merge]) -> Option<Looked> {
    let all = [&TOTALS[..], &UNITS[..], &PLACES[..]].concat();
    let knows = |text: &str| {
        let text = text.split_whitespace().collect::<String>();
        all.iter().any(|one| text.eq_ignore_ascii_case(one))
    };
    let head = sense::guess(rows, merges, &knows)?;
    let titles = sense::titles(rows, merges, head);
    // Of several totals the last: that of a part stands before that of the whole.
    let total = titles.iter().rfind(|title| is_one_of(title, &TOTALS))?.column;
    let unit = titles.iter().find(|title| is_one_of(title, &UNITS))?.column;
    let between = titles.iter().filter(|title| unit < title.column && title.column < total);
    let parts = between.filter(|title| !is_one_of(title, &PLACES)).map(|title| title.column);
    let columns = Columns { unit, parts: parts.collect(), total };
    if columns.parts.len() < 2 {
        return None;
    }
    let (mut table, mut unread) = (Vec::new(), Vec::new());
    for row in rows.iter().filter(|row| row.number > head.last && row.value(total).is_some()) {
        match published(row, &columns) {
            Some(read) => table.push(read),
            None => unread.push(row.text(unit)),
        }
    }
    Some(Looked { rows: table.len(), gaps: gaps(&table), unread })
}

/// A row; nothing when a part that stands there, or the total, is no number.
fn published(row: &Row, columns: &Columns) -> Option<PublishedRow> {
    let stated = columns.parts.iter().filter_map(|column| row.value(*column));
    let parts = stated.filter(|value| !is_placeholder(value)).map(number);
    let parts = parts.collect::<Option<Vec<Decimal>>>()?;
    let total = number(row.value(columns.total)?)?;
    Some(PublishedRow { unit: row.text(columns.unit), parts, total })
}

/// A sign for "nothing here".
fn is_placeholder(value: &Value) -> bool {
    matches!(value, Value::Text(text) if matches!(text.trim(), "" | "-" | "—" | "——" | "/" | "／"))
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(said) => decimal::parse(said).ok(),
        Value::Text(_) | Value::Percent(_) | Value::Day(_) | Value::Error(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use files::sheet::read::{Cell, Row, Value};

    use super::look;

    fn row(number: u32, cells: &[&str]) -> Row {
        let cell = |(column, said): (u32, &&str)| Cell {
            column,
            value: Some(match said.parse::<f64>() {
                Ok(_) => Value::Number((*said).to_owned()),
                Err(_) => Value::Text((*said).to_owned()),
            }),
            fill: None,
            struck: false,
        };
        Row { number, hidden: false, cells: (0..).zip(cells).map(cell).collect() }
    }

    #[test]
    fn a_total_that_is_not_the_sum_of_the_parts_shown_is_found() {
        // The published figures of case R04: 29.68 stands over parts of 29.67.
        let rows = [
            row(1, &["2021年10月考评结果"]),
            row(2, &["序号", "单位", "项目", "投资", "开工", "形象", "得分", "排名"]),
            row(3, &["1", "甲区", "9.48", "9.99", "4.98", "5", "29.45", "2"]),
            row(4, &["2", "乙区", "9.69", "9.99", "4.99", "5", "29.68", "1"]),
            row(5, &["3", "丙区", "9.5", "9.93", "5", "5", "29.48", "3"]),
            row(6, &["注：按办法第三条计算"]),
        ];
        let found = look(&rows, &[]).unwrap();
        assert_eq!(found.rows, 3);
        let gaps: Vec<_> = found
            .gaps
            .iter()
            .map(|gap| (gap.unit.as_str(), gap.gap.to_string(), gap.may_be_rounding))
            .collect();
        assert_eq!(gaps, [("乙区", "0.01".to_owned(), true), ("丙区", "0.05".to_owned(), false)]);
    }

    #[test]
    fn places_and_blanks_are_no_parts_and_what_cannot_be_read_is_named() {
        let rows = [
            row(1, &["单位", "项目", "名次", "投资", "名次", "总分"]),
            row(2, &["甲区", "9.5", "1", "—", "2", "9.5"]),
            row(3, &["乙区", "9.1", "2", "不适用", "1", "9.1"]),
            row(4, &["丙区", "9.1", "2", "8.2", "1", "未评"]),
        ];
        let found = look(&rows, &[]).unwrap();
        assert_eq!((found.rows, found.gaps.len()), (1, 0));
        assert_eq!(found.unread, ["乙区", "丙区"]);
    }

    #[test]
    fn what_has_no_parts_or_no_total_is_no_such_table() {
        let contacts = [row(1, &["单位", "电话"]), row(2, &["甲区", "6001"])];
        assert!(look(&contacts, &[]).is_none());
        let totals = [row(1, &["单位", "总分"]), row(2, &["甲区", "98.5"])];
        assert!(look(&totals, &[]).is_none());
    }
}
