//! The table: what is measured, what it must be, what it was.

use std::fmt::Write as _;
use std::time::Duration;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) what: String,
    pub(crate) must: String,
    pub(crate) measured: String,
    /// The same SQL without the web around it.
    pub(crate) raw: String,
    pub(crate) is_met: bool,
}

/// CPU time of one request: of the program and, on PostgreSQL, of the server's processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cpu {
    pub(crate) program: Duration,
    pub(crate) database: Option<Duration>,
}

impl Cpu {
    pub(crate) fn text(self) -> String {
        match self.database {
            Some(database) => format!("{} + {} ms", ms(self.program), ms(database)),
            None => format!("{} ms", ms(self.program)),
        }
    }
}

/// Milliseconds with two digits behind the point.
pub(crate) fn ms(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1_000.0)
}

/// Millions of bytes.
pub(crate) fn mb(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
}

/// A number with separators.
pub(crate) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The rows as Markdown.
pub(crate) fn markdown(rows: &[Row]) -> String {
    let mut text = "| what | must | measured | raw SQL | ok |\n|---|---|---|---|---|\n".to_owned();
    for row in rows {
        let Row { what, must, measured, raw, is_met } = row;
        let ok = if *is_met { "yes" } else { "**no**" };
        // Writing to a String cannot fail.
        writeln!(text, "| {what} | {must} | {measured} | {raw} | {ok} |").unwrap_or_default();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_is_not_met_stands_out() {
        let row = |is_met| Row {
            what: "card".to_owned(),
            must: "≤ 2 ms".to_owned(),
            measured: "1.50 ms".to_owned(),
            raw: "–".to_owned(),
            is_met,
        };
        let text = markdown(&[row(true), row(false)]);
        assert!(text.ends_with(
            "| card | ≤ 2 ms | 1.50 ms | – | yes |\n| card | ≤ 2 ms | 1.50 ms | – | **no** |\n"
        ));
    }

    #[test]
    fn figures_are_written_as_people_read_them() {
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!((count(12), count(100)), ("12".to_owned(), "100".to_owned()));
        assert_eq!(mb(81_999_999), "81.9 MB");
        let cpu = Cpu { program: Duration::from_micros(1_234), database: None };
        assert_eq!(cpu.text(), "1.23 ms");
        let cpu = Cpu { database: Some(Duration::from_micros(500)), ..cpu };
        assert_eq!(cpu.text(), "1.23 + 0.50 ms");
    }
}
