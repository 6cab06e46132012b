//! What is wrong with a document: where, what, and what would be right.

use kernel::{Lang, Message, msg};

/// A place in the source, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field, as words from the root: `维度/重点任务落实/项目/A1/计分/比率/目标`.
    pub path: Vec<String>,
    /// The place in the source, when there is one.
    pub at: Option<Position>,
    /// The line of the source with a caret below the place.
    pub snippet: Option<String>,
    /// What is wrong and what would be right.
    pub message: Message,
}

impl Problem {
    /// Something wrong with a field.
    pub(crate) fn new(path: Vec<String>, message: Message) -> Self {
        Self { path, at: None, snippet: None, message }
    }

    /// Something wrong at a place of the source.
    pub(crate) fn at(position: Position, source: &str, message: Message) -> Self {
        Self::new(Vec::new(), message).located(Some(position), source)
    }

    /// The same with its place in the source.
    pub(crate) fn located(mut self, at: Option<Position>, source: &str) -> Self {
        self.snippet = at.and_then(|at| snippet(source, at));
        self.at = at;
        self
    }

    /// The whole as one text: place, field, what is wrong, the line with its caret.
    pub fn text(&self, lang: Lang) -> String {
        let place = self.at.map(|Position { line, column }| {
            msg!("第{line}行第{column}列", "line {line}, column {column}")
        });
        let path = self.path.join("/");
        let mut parts: Vec<&str> = place.iter().map(|place| place.of(lang)).collect();
        if !path.is_empty() {
            parts.push(&path);
        }
        let head = parts.join(" ");
        let mark = match (head.is_empty(), lang) {
            (true, _) => "",
            (false, Lang::Zh) => "：",
            (false, Lang::En) => ": ",
        };
        let mut text = format!("{head}{mark}{}", self.message.of(lang));
        if let Some(snippet) = &self.snippet {
            text.push('\n');
            text.push_str(snippet);
        }
        text
    }
}

/// At most 80 characters of the line around the place, and a caret below it.
fn snippet(source: &str, at: Position) -> Option<String> {
    let line = source.lines().nth(at.line.checked_sub(1)?)?;
    let before = at.column.saturating_sub(1);
    let skipped = before.saturating_sub(40);
    let shown: String = line.chars().skip(skipped).take(80).collect();
    // A Chinese character is two columns wide on a screen, so its place is filled by a wide space.
    let indent = line.chars().skip(skipped).take(before - skipped);
    let indent: String = indent.map(|c| if c.is_ascii() { ' ' } else { '\u{3000}' }).collect();
    Some(format!("    {shown}\n    {indent}^"))
}
