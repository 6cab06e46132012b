//! What our layouts have in common.

use files::docx::{Block, Cell, Section, Sheet, Style, Table, Values, Weight};

/// A section on one sheet.
pub(super) const fn section(sheet: Sheet, blocks: Vec<Block>) -> Section {
    Section { sheet, blocks }
}

/// A paragraph of 正文 per line.
pub(super) fn body(blocks: &mut Vec<Block>, text: &str) {
    blocks.extend(text.lines().map(|line| Block::text(Style::Body, line)));
}

/// The bureau and the day at the end of a notice. The seal stands over them on paper.
pub(super) fn signed(blocks: &mut Vec<Block>, values: &Values) {
    blocks.push(Block::text(Style::Signature, values.get("督查机关")));
    blocks.push(Block::text(Style::Dated, values.get("制作日期")));
}

/// A table of a list: heads with their shares, and which column of the list each shows.
pub(super) fn listed(values: &Values, list: &str, columns: &[(&str, u32, Vec<usize>)]) -> Block {
    let head = columns.iter().map(|(label, ..)| Cell::head(*label)).collect();
    let rows = values.rows(list).iter().map(|row| {
        let cells = columns.iter().map(|(label, _, from)| {
            let parts = from.iter().filter_map(|i| row.get(*i)).filter(|part| !part.is_empty());
            let text = parts.cloned().collect::<Vec<_>>().join("\n");
            cell(label, text)
        });
        cells.collect()
    });
    Block::Table(Table {
        columns: columns.iter().map(|(_, share, _)| *share).collect(),
        head: vec![head],
        rows: rows.collect(),
    })
}

/// A cell as its column wants it: figures, days and numbers in the middle, red in red.
fn cell(label: &str, text: String) -> Cell {
    const WORDS: [&str; 8] = [
        "事项",
        "工作要求",
        "完成标准",
        "工作要求及完成标准",
        "责任单位",
        "配合单位",
        "备注",
        "核实意见",
    ];
    if WORDS.contains(&label) {
        return Cell::text(text);
    }
    let overdue = matches!(label, "逾期" | "亮灯" | "逾期工作日");
    let weight = match text.as_str() {
        "" | "0" => Weight::Plain,
        "逾期" => Weight::Red,
        _ if overdue && text.parse::<i64>().is_ok() => Weight::Red,
        _ => Weight::Plain,
    };
    Cell::middle(text).in_weight(weight)
}
