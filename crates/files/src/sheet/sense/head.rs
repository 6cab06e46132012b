//! Where the header is: offices put titles above it, write it in several rows, and merge its cells.

use crate::sheet::read::{Merge, Row, Value};

use super::plain::plain;

/// Rows from the top among which a header is looked for.
const LOOK: usize = 30;
/// Rows of a header at most.
const ROWS_MAX: u32 = 4;

/// The rows of a header, by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its first row.
    pub first: u32,
    /// Its last row; data begin below.
    pub last: u32,
}

/// What a column is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The column.
    pub column: u32,
    /// Its words from the top down, 责任分工 and 牵头单位.
    pub path: Vec<String>,
}

impl Title {
    /// As one text.
    pub fn text(&self) -> String {
        self.path.join(" / ")
    }
}

/// Guesses the header of a sheet from its first rows. `knows` says whether a text is a title that
/// somebody waits for.
pub fn guess(rows: &[Row], merges: &[Merge], knows: &dyn Fn(&str) -> bool) -> Option<Head> {
    let best = rows
        .iter()
        .take(LOOK)
        .filter(|row| row.number <= 200)
        .map(|row| (score(row, knows), row))
        .filter(|(score, _)| *score > 0)
        // Of equals the upper one: data below may repeat a title.
        .max_by_key(|(score, row)| (*score, std::cmp::Reverse(row.number)))?;
    let row = best.1.number;
    let (mut first, mut last) = (row, row);
    while last - first + 1 < ROWS_MAX && goes_on_below(last, rows, merges) {
        last += 1;
    }
    while first > 1 && last - first + 1 < ROWS_MAX && goes_on_above(first, rows, merges) {
        first -= 1;
    }
    Some(Head { first, last })
}

/// How much a row looks like a header: known titles count most, then different short texts;
/// numbers and days speak against it.
fn score(row: &Row, knows: &dyn Fn(&str) -> bool) -> i32 {
    let (mut known, mut words, mut others) = (0, 0, 0);
    let mut seen = Vec::new();
    for cell in &row.cells {
        match &cell.value {
            Some(Value::Text(text)) => {
                let text = plain(text);
                if knows(&text) {
                    known += 1;
                }
                if text.chars().count() <= 20 && !seen.contains(&text) {
                    words += 1;
                    seen.push(text);
                }
            }
            Some(_) => others += 1,
            None => {}
        }
    }
    if words < 2 || others > words {
        return 0;
    }
    known * 10 + words - others * 3
}

const fn spans(merge: &Merge) -> bool {
    merge.right > merge.left
}

/// A cell reaches down, or a cell that spans columns has words for each of them below.
fn goes_on_below(row: u32, rows: &[Row], merges: &[Merge]) -> bool {
    let reaches = merges.iter().any(|m| m.top <= row && m.bottom > row && m.bottom - m.top < 4);
    reaches || merges.iter().any(|m| m.bottom == row && m.top <= row && parts(m, row + 1, rows))
}

/// The row above has a cell that spans some columns of this one, or reaches into it.
fn goes_on_above(row: u32, rows: &[Row], merges: &[Merge]) -> bool {
    let width = rows.iter().find(|r| r.number == row).map_or(0, |r| r.cells.len());
    let is_title = |m: &Merge| (m.right - m.left + 1) as usize * 10 >= width * 8;
    merges.iter().any(|m| {
        let reaches = m.top < row && m.bottom >= row;
        let spans = m.bottom + 1 == row && spans(m) && parts(m, row, rows);
        (reaches || spans) && !is_title(m)
    })
}

/// Whether a row has different words below a cell that spans columns.
fn parts(merge: &Merge, row: u32, rows: &[Row]) -> bool {
    let Some(row) = rows.iter().find(|r| r.number == row) else { return false };
    let words = (merge.left..=merge.right)
        .filter(|column| matches!(row.value(*column), Some(Value::Text(_))))
        .count();
    spans(merge) && words >= 2
}

/// The titles of a header's columns; merged cells speak for all their columns.
pub fn titles(rows: &[Row], merges: &[Merge], head: Head) -> Vec<Title> {
    let header: Vec<_> =
        rows.iter().filter(|r| (head.first..=head.last).contains(&r.number)).collect();
    let right = header.iter().flat_map(|r| &r.cells).filter(|c| c.value.is_some());
    let below = rows.iter().filter(|r| r.number > head.last).take(LOOK);
    let below = below.flat_map(|r| &r.cells).filter(|c| c.value.is_some());
    let Some(right) = right.chain(below).map(|c| c.column).max() else { return Vec::new() };
    let text_at = |row: u32, column: u32| {
        let (row, column) = merges
            .iter()
            .find(|m| (m.top..=m.bottom).contains(&row) && (m.left..=m.right).contains(&column))
            .map_or((row, column), |m| (m.top, m.left));
        let row = header.iter().find(|r| r.number == row)?;
        Some(row.text(column).split_whitespace().collect::<String>())
    };
    (0..=right)
        .map(|column| {
            let mut path: Vec<String> = Vec::new();
            for row in head.first..=head.last {
                let Some(text) = text_at(row, column).filter(|text| !text.is_empty()) else {
                    continue;
                };
                if path.last() != Some(&text) {
                    path.push(text);
                }
            }
            Title { column, path }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Head, guess, titles};
    use crate::sheet::read::{Cell, Merge, Row, Value};

    pub(crate) fn row(number: u32, cells: &[&str]) -> Row {
        let cell = |(column, text): (u32, &&str)| Cell {
            column,
            value: match text.parse::<i64>() {
                Ok(_) => Some(Value::Number((*text).to_owned())),
                Err(_) => Some(Value::Text((*text).to_owned())),
            },
            fill: None,
            struck: false,
        };
        let cells = (0..).zip(cells).filter(|(_, text)| !text.is_empty()).map(cell).collect();
        Row { number, hidden: false, cells }
    }

    const fn merge(top: u32, left: u32, bottom: u32, right: u32) -> Merge {
        Merge { top, left, bottom, right }
    }

    fn knows(text: &str) -> bool {
        ["事项", "牵头单位", "配合单位", "完成时限"].contains(&text)
    }

    #[test]
    fn a_title_above_and_a_header_in_two_rows() {
        let rows = [
            row(1, &["2021年周交办台账"]),
            row(2, &["截至2021年11月1日"]),
            row(3, &["序号", "事项", "责任分工", "", "时限"]),
            row(4, &["", "", "牵头单位", "配合 单位", "完成时限"]),
            row(5, &["1", "产业园用地报批", "市发展改革委", "临颍县", "2021.11.12"]),
            row(6, &["2", "高速连接线拆迁", "舞阳县", "", "2021.11.19"]),
        ];
        let merges = [
            merge(1, 0, 1, 4),
            merge(2, 0, 2, 4),
            merge(3, 0, 4, 0),
            merge(3, 1, 4, 1),
            merge(3, 2, 3, 3),
        ];
        let head = guess(&rows, &merges, &knows).unwrap();
        assert_eq!(head, Head { first: 3, last: 4 });
        let titles: Vec<_> = titles(&rows, &merges, head).iter().map(super::Title::text).collect();
        let expected =
            ["序号", "事项", "责任分工 / 牵头单位", "责任分工 / 配合单位", "时限 / 完成时限"];
        assert_eq!(titles, expected);
    }

    #[test]
    fn a_header_in_the_first_row_without_any_merge() {
        let rows = [
            row(1, &["姓名", "单位", "职务"]),
            row(2, &["督查局长", "市督查局", "局长"]),
            row(3, &["联络员", "临颍县", "联络员"]),
        ];
        assert_eq!(guess(&rows, &[], &|_| false), Some(Head { first: 1, last: 1 }));
    }

    #[test]
    fn numbers_and_long_texts_are_no_header() {
        let rows = [row(1, &["1", "2", "3"]), row(2, &["说明"]), row(4, &["单位", "金额"])];
        assert_eq!(guess(&rows, &[], &|_| false), Some(Head { first: 4, last: 4 }));
        assert_eq!(guess(&rows[..2], &[], &|_| false), None);
    }

    /// Data merged down must not pull rows of data into the header.
    #[test]
    fn a_merge_in_the_data_is_no_header() {
        let rows = [row(1, &["单位", "事项"]), row(2, &["临颍县", "甲"]), row(3, &["", "乙"])];
        let head = guess(&rows, &[merge(2, 0, 3, 0)], &|_| false).unwrap();
        assert_eq!(head, Head { first: 1, last: 1 });
    }

    #[test]
    fn three_rows_of_header_are_found_from_the_middle() {
        let rows = [
            row(1, &["序号", "时限", "", ""]),
            row(2, &["", "计划", "", "延期至"]),
            row(3, &["", "交办日期", "完成时限", ""]),
            row(4, &["1", "2021.7.12", "2021.11.12", ""]),
        ];
        let merges = [merge(1, 0, 3, 0), merge(1, 1, 1, 3), merge(2, 1, 2, 2), merge(2, 3, 3, 3)];
        let head = guess(&rows, &merges, &knows).unwrap();
        assert_eq!(head, Head { first: 1, last: 3 });
        let titles: Vec<_> = titles(&rows, &merges, head).iter().map(super::Title::text).collect();
        let expected =
            ["序号", "时限 / 计划 / 交办日期", "时限 / 计划 / 完成时限", "时限 / 延期至"];
        assert_eq!(titles, expected);
    }
}
