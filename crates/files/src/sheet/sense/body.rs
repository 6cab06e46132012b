//! Rows of a ledger that are no records: sums, headings of sections, the header once more, notes.

use kernel::{Text, text};

use crate::sheet::read::{Row, Value};

use super::head::Title;
use super::plain::plain;

/// Why a row is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// 小计, 合计.
    Sum,
    /// A heading of a section, 一、招商引资.
    Section,
    /// The header once more, as on each printed page.
    Header,
    /// 注, 填表人 and the like.
    Note,
    /// Nothing stands in it.
    Blank,
}

impl Aside {
    /// What the person is told.
    pub const fn text(self) -> Text {
        match self {
            Self::Sum => text!("小计、合计行，已跳过", "A sum, passed over"),
            Self::Section => text!("分类标题行，已跳过", "A heading, passed over"),
            Self::Header => text!("重复的表头，已跳过", "The header once more, passed over"),
            Self::Note => text!("表注，已跳过", "A note, passed over"),
            Self::Blank => text!("空行，已跳过", "Blank, passed over"),
        }
    }
}

const SUMS: [&str; 8] = ["小计", "合计", "总计", "共计", "累计", "本页小计", "总合计", "全市合计"];
const NOTES: [&str; 10] = [
    "注:",
    "备注:",
    "说明:",
    "填表人",
    "填报人",
    "制表人",
    "审核人",
    "联系电话:",
    "填报单位:",
    "填报日期",
];

/// Why a row below the header is no record; none when it is one.
pub fn aside(row: &Row, titles: &[Title]) -> Option<Aside> {
    let texts: Vec<(u32, String)> = row
        .cells
        .iter()
        .filter(|cell| cell.value.is_some())
        .map(|cell| (cell.column, plain(&row.text(cell.column))))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let Some((_, first)) = texts.first() else { return Some(Aside::Blank) };
    if is_sum(row, &texts) {
        return Some(Aside::Sum);
    }
    if NOTES.iter().any(|word| first.starts_with(word)) && texts.len() <= 6 {
        return Some(Aside::Note);
    }
    let repeats = texts.iter().filter(|(column, text)| {
        let title = titles.iter().find(|t| t.column == *column);
        title.is_some_and(|t| t.path.iter().any(|word| plain(word) == *text))
    });
    if texts.len() >= 2 && repeats.count() * 2 > texts.len() {
        return Some(Aside::Header);
    }
    let is_wide = titles.iter().filter(|t| !t.path.is_empty()).count() >= 3;
    (is_wide && texts.len() == 1 && is_heading(first)).then_some(Aside::Section)
}

/// A sum has its word among its first texts, and beside it mostly numbers.
fn is_sum(row: &Row, texts: &[(u32, String)]) -> bool {
    let says = |text: &str| {
        let text = text.trim_matches([':', '(', ')']);
        SUMS.contains(&text)
            || SUMS.iter().any(|word| {
                text.ends_with(word) && text.chars().count() <= word.chars().count() + 8
            })
    };
    let word = texts.iter().take(3).any(|(_, text)| says(text));
    let longer = texts
        .iter()
        .filter(|(column, text)| {
            matches!(row.value(*column), Some(Value::Text(_))) && text.chars().count() > 8
        })
        .count();
    word && longer <= 1
}

/// 一、… （二）… 第三类.
fn is_heading(text: &str) -> bool {
    const NUMERALS: &str = "一二三四五六七八九十";
    let inner = text.trim_start_matches(['(', '第']);
    let rest = inner.trim_start_matches(|c| NUMERALS.contains(c));
    let numbered = rest.len() < inner.len();
    numbered && rest.starts_with(['、', ')', '.', '类', '部', '批', ',', ':'])
}

#[cfg(test)]
mod tests {
    use super::{Aside, aside};
    use crate::sheet::read::{Cell, Row, Value};
    use crate::sheet::sense::Title;

    fn row(cells: &[&str]) -> Row {
        let cell = |(column, text): (u32, &&str)| Cell {
            column,
            value: match text.parse::<f64>() {
                Ok(_) => Some(Value::Number((*text).to_owned())),
                Err(_) => Some(Value::Text((*text).to_owned())),
            },
            fill: None,
            struck: false,
        };
        let cells = (0..).zip(cells).filter(|(_, text)| !text.is_empty()).map(cell).collect();
        Row { number: 9, hidden: false, cells }
    }

    fn told(cells: &[&str]) -> Option<Aside> {
        let title = |(column, text): (u32, &str)| Title { column, path: vec![text.to_owned()] };
        let titles: Vec<_> =
            (0..).zip(["序号", "项目名称", "责任单位", "总投资"]).map(title).collect();
        aside(&row(cells), &titles)
    }

    #[test]
    fn sums_are_passed_over() {
        for cells in [
            &["", "合计", "", "769.9"][..],
            &["小 计", "", "", "12"],
            &["合计：", "3个", "", "5"],
            &["", "", "临颍县小计", "12"],
            &["全市合计", "165", "", "769.9"],
        ] {
            assert_eq!(told(cells), Some(Aside::Sum), "{cells:?}");
        }
    }

    #[test]
    fn a_record_that_speaks_of_sums_is_one() {
        for cells in [
            &["1", "推进累计欠费清缴专项工作", "市水利局", "2"][..],
            &["2", "统计口径中合计数据核对与归集工作", "市统计局", ""],
            &["3", "双汇肉鸡项目", "临颍县", "11"],
        ] {
            assert_eq!(told(cells), None, "{cells:?}");
        }
    }

    #[test]
    fn headings_notes_and_a_second_header_are_passed_over() {
        assert_eq!(told(&["一、招商引资类"]), Some(Aside::Section));
        assert_eq!(told(&["（二）项目建设"]), Some(Aside::Section));
        assert_eq!(told(&["注：以上数据截至10月底"]), Some(Aside::Note));
        assert_eq!(told(&["填表人：", "联络员"]), Some(Aside::Note));
        assert_eq!(told(&["序号", "项目名称", "责任单位", "总投资"]), Some(Aside::Header));
        assert_eq!(told(&["", " ", ""]), Some(Aside::Blank));
        assert_eq!(told(&["产业园"]), None, "a record with one cell is for its judge");
    }
}
