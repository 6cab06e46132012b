//! Cells merged over several rows speak for each of them.

use crate::sheet::read::{Cell, Merge, Row};

/// Fills merged cells down while rows go by from top to bottom.
pub struct Filler {
    /// Areas over several rows, the lowest top last.
    waiting: Vec<Merge>,
    open: Vec<(Merge, Option<Cell>)>,
}

impl Filler {
    /// For the merged areas of a sheet.
    pub fn new(merges: &[Merge]) -> Self {
        let mut waiting: Vec<_> = merges.iter().filter(|m| m.bottom > m.top).copied().collect();
        waiting.sort_by_key(|m| std::cmp::Reverse((m.top, m.left)));
        Self { waiting, open: Vec::new() }
    }

    /// The row with what is merged down into it; rows come in order.
    pub fn fill(&mut self, row: &mut Row) {
        while let Some(merge) = self.waiting.pop_if(|m| m.top <= row.number) {
            // When the top row was never told, nothing stands in it.
            let cell = (merge.top == row.number).then(|| row.cell(merge.left)).flatten();
            self.open.push((merge, cell.filter(|c| c.value.is_some()).cloned()));
        }
        self.open.retain(|(merge, _)| merge.bottom >= row.number);
        for (merge, cell) in &self.open {
            let Some(cell) = cell.as_ref().filter(|_| merge.top < row.number) else { continue };
            if row.value(merge.left).is_some() {
                continue;
            }
            row.cells.retain(|c| c.column != merge.left);
            row.cells.push(cell.clone());
            row.cells.sort_by_key(|c| c.column);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Filler;
    use crate::sheet::read::{Cell, Merge, Row, Value};

    fn row(number: u32, cells: &[(u32, &str)]) -> Row {
        let cell = |(column, text): &(u32, &str)| Cell {
            column: *column,
            value: Some(Value::Text((*text).to_owned())),
            fill: None,
            struck: false,
        };
        Row { number, hidden: false, cells: cells.iter().map(cell).collect() }
    }

    #[test]
    fn a_unit_merged_over_three_rows_stands_in_each() {
        let merges = [
            Merge { top: 2, left: 1, bottom: 4, right: 1 },
            Merge { top: 4, left: 0, bottom: 5, right: 0 },
            Merge { top: 7, left: 0, bottom: 8, right: 1 },
        ];
        let mut filler = Filler::new(&merges);
        let mut filled = |mut row: Row| {
            filler.fill(&mut row);
            (row.text(0), row.text(1))
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(filled(row(2, &[(0, "甲"), (1, "临颍县")])), pair("甲", "临颍县"));
        assert_eq!(filled(row(3, &[(0, "乙")])), pair("乙", "临颍县"));
        assert_eq!(filled(row(4, &[(0, "丙")])), pair("丙", "临颍县"));
        assert_eq!(filled(row(5, &[(1, "舞阳县")])), pair("丙", "舞阳县"));
        assert_eq!(filled(row(6, &[(0, "丁")])), pair("丁", ""));
        // The area's top row was blank and never told.
        assert_eq!(filled(row(8, &[(1, "x")])), pair("", "x"));
    }
}
