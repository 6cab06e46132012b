//! The body of a document: paragraphs, tables, sections.

use super::markup::text_of_run;
use super::{
    Align, Block, Cell, Document, Merge, Section, Sheet, Span, Style, Table, Weight, picture,
};

/// The whole part.
pub(crate) fn document(document: &Document) -> String {
    let mut xml = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#,
    );
    let (mut pictures, last) = (0, document.sections.len().saturating_sub(1));
    for (n, section) in document.sections.iter().enumerate() {
        blocks(&mut xml, section, &mut pictures);
        let properties = section_properties(section.sheet);
        if n == last {
            xml.push_str(&properties);
        } else {
            // A section ends in the properties of its last paragraph.
            xml.push_str(&format!("<w:p><w:pPr>{TINY}{properties}</w:pPr></w:p>"));
        }
    }
    if document.sections.is_empty() {
        xml.push_str(&section_properties(Sheet::Upright));
    }
    xml.push_str("</w:body></w:document>");
    xml
}

/// A paragraph that takes no room.
const TINY: &str = r#"<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>"#;

fn section_properties(sheet: Sheet) -> String {
    let page = match sheet {
        // 天头 37 mm, 订口 28 mm; the grid is of lines only.
        Sheet::Upright => {
            r#"<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1200" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/>"#
        }
        Sheet::Form => {
            r#"<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1247" w:left="1247" w:header="567" w:footer="567" w:gutter="0"/>"#
        }
        Sheet::Lying => {
            r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1247" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>"#
        }
    };
    format!(
        r#"<w:sectPr><w:footerReference w:type="default" r:id="rIdOdd"/><w:footerReference w:type="even" r:id="rIdEven"/>{page}</w:sectPr>"#
    )
}

fn blocks(xml: &mut String, section: &Section, pictures: &mut usize) {
    let mut after_table = false;
    for block in &section.blocks {
        match block {
            Block::Text(style, spans) => {
                xml.push_str(&paragraph(*style, spans));
                after_table = false;
            }
            Block::Table(table) => {
                if after_table {
                    // Two tables that touch become one.
                    xml.push_str(&format!("<w:p><w:pPr>{TINY}</w:pPr></w:p>"));
                }
                push_table(xml, table, section.sheet.width());
                after_table = true;
            }
            Block::Picture(one) => {
                *pictures += 1;
                xml.push_str(&picture::paragraph(one, *pictures));
                after_table = false;
            }
        }
    }
    if after_table {
        // A table must not be the last thing of a body.
        xml.push_str(&format!("<w:p><w:pPr>{TINY}</w:pPr></w:p>"));
    }
}

fn paragraph(style: Style, spans: &[Span]) -> String {
    let runs: String = spans.iter().map(|span| run(&span.text, span.weight)).collect();
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr>{runs}</w:p>"#, style.id())
}

/// With the hint, curly quotes and dashes are taken from the Chinese font.
fn run(text: &str, weight: Weight) -> String {
    if text.is_empty() {
        return String::new();
    }
    let properties = match weight {
        Weight::Plain => r#"<w:rFonts w:hint="eastAsia"/>"#,
        Weight::Strong => {
            r#"<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体" w:hint="eastAsia"/>"#
        }
        Weight::Red => {
            r#"<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体" w:hint="eastAsia"/><w:color w:val="C00000"/>"#
        }
    };
    format!("<w:r><w:rPr>{properties}</w:rPr>{}</w:r>", text_of_run(text))
}

fn push_table(xml: &mut String, table: &Table, width: u32) {
    let widths = widths(&table.columns, width);
    xml.push_str(&format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#
    ));
    for width in &widths {
        xml.push_str(&format!(r#"<w:gridCol w:w="{width}"/>"#));
    }
    xml.push_str("</w:tblGrid>");
    for row in &table.head {
        push_row(xml, row, &widths, r"<w:cantSplit/><w:tblHeader/>");
    }
    for row in &table.rows {
        // A row that is higher than a page has to be split all the same.
        let long = row.iter().any(|cell| cell.text.chars().count() > 900);
        push_row(xml, row, &widths, if long { "" } else { r"<w:cantSplit/>" });
    }
    xml.push_str("</w:tbl>");
}

const BORDERS: &str = r#"<w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/><w:left w:val="single" w:sz="6" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/><w:right w:val="single" w:sz="6" w:space="0" w:color="000000"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#;

/// The widths of columns by their shares; the last takes what rounding leaves.
fn widths(shares: &[u32], width: u32) -> Vec<u32> {
    let sum = shares.iter().sum::<u32>().max(1);
    let mut widths: Vec<u32> = shares.iter().map(|share| width * share / sum).collect();
    let left = width.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += left;
    }
    widths
}

fn push_row(xml: &mut String, row: &[Cell], widths: &[u32], properties: &str) {
    let height = row.iter().map(|cell| cell.height).max().unwrap_or_default();
    let height = if height == 0 {
        String::new()
    } else {
        // A millimetre is 56.7 twentieths of a point.
        format!(r#"<w:trHeight w:val="{}" w:hRule="atLeast"/>"#, height * 567 / 10)
    };
    xml.push_str(&format!("<w:tr><w:trPr>{height}{properties}</w:trPr>"));
    let mut widths = widths.iter();
    for cell in row {
        let span = cell.span.max(1);
        let width: u32 = (0..span).filter_map(|_| widths.next()).sum();
        push_cell(xml, cell, (width, span));
    }
    xml.push_str("</w:tr>");
}

fn push_cell(xml: &mut String, cell: &Cell, (width, span): (u32, u32)) {
    xml.push_str(&format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>"#));
    if span > 1 {
        xml.push_str(&format!(r#"<w:gridSpan w:val="{span}"/>"#));
    }
    xml.push_str(match cell.merge {
        Merge::None => "",
        Merge::Begins => r#"<w:vMerge w:val="restart"/>"#,
        Merge::GoesOn => "<w:vMerge/>",
    });
    xml.push_str(r#"<w:tcMar><w:top w:w="40" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/></w:tcMar><w:vAlign w:val="center"/></w:tcPr>"#);
    let align = match cell.align {
        Align::Left => "left",
        Align::Middle => "center",
        Align::Right => "right",
    };
    let mut lines: Vec<_> = cell.text.lines().collect();
    if lines.is_empty() {
        lines.push("");
    }
    for line in lines {
        xml.push_str(&format!(
            r#"<w:p><w:pPr><w:pStyle w:val="DubanCell"/><w:jc w:val="{align}"/></w:pPr>{}</w:p>"#,
            run(line, cell.weight)
        ));
    }
    xml.push_str("</w:tc>");
}

#[cfg(test)]
mod tests {
    use super::{document, widths};
    use crate::docx::{Block, Cell, Document, Merge, Section, Sheet, Span, Style, Table};

    fn sample() -> Document {
        let table = Table {
            columns: vec![1, 3, 2],
            head: vec![vec![Cell::head("编号"), Cell::head("事项").over(2)]],
            rows: vec![
                vec![
                    Cell { merge: Merge::Begins, ..Cell::middle("14-1") },
                    Cell::text("一\n二"),
                    Cell::figure(7),
                ],
                vec![Cell { merge: Merge::GoesOn, ..Cell::default() }, Cell::text("<三>")],
            ],
        };
        let upright = Section {
            sheet: Sheet::Upright,
            blocks: vec![
                Block::text(Style::Title, "通知"),
                Block::Text(
                    Style::Body,
                    vec![Span::plain("A&B\u{1}"), Span::red("逾期"), Span::strong("重")],
                ),
            ],
        };
        let lying = Section {
            sheet: Sheet::Lying,
            blocks: vec![Block::Table(table.clone()), Block::Table(table)],
        };
        Document { title: "t".into(), seal: "7:ab".into(), sections: vec![upright, lying] }
    }

    #[test]
    fn a_table_repeats_its_head_and_keeps_its_merges() {
        let xml = document(&sample());
        assert_eq!(xml.matches("<w:tblHeader/>").count(), 2);
        assert_eq!(xml.matches(r#"<w:gridSpan w:val="2"/>"#).count(), 2);
        assert_eq!(xml.matches(r#"<w:vMerge w:val="restart"/>"#).count(), 2);
        assert_eq!(xml.matches("<w:vMerge/>").count(), 2);
        // Two tables do not touch and none is the last thing of the body.
        assert!(!xml.contains("</w:tbl><w:tbl>") && !xml.contains("</w:tbl><w:sectPr>"));
        assert!(xml.contains("&lt;三&gt;") && xml.contains("A&amp;B<"));
    }

    #[test]
    fn sheets_differ_and_the_grid_is_of_lines_only() {
        let xml = document(&sample());
        assert_eq!(xml.matches("<w:sectPr>").count(), 2);
        assert_eq!(xml.matches(r#"w:orient="landscape""#).count(), 1);
        assert!(xml.contains(r#"<w:docGrid w:type="lines" w:linePitch="579"/>"#));
        assert!(!xml.contains("linesAndChars"));
    }

    #[test]
    fn the_columns_fill_the_width() {
        assert_eq!(widths(&[1, 1, 1], 100), [33, 33, 34]);
        assert_eq!(widths(&[1, 3], 8_844).iter().sum::<u32>(), 8_844);
        assert!(widths(&[], 5).is_empty());
    }
}
