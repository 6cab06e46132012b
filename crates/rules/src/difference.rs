//! What changed between two versions of a rule set: field by field, and line by line.

use kernel::{Message, msg};

use crate::document::node::{Content, Node};
use crate::rule_set::RuleSet;

/// One field that is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The field, as words from the root.
    pub path: Vec<String>,
    /// What stood there; nothing when it is new.
    pub before: Option<String>,
    /// What stands there; nothing when it was taken out.
    pub after: Option<String>,
}

/// One line of two texts held side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// In both.
    Same(String),
    /// Only in the older.
    Removed(String),
    /// Only in the newer.
    Added(String),
}

impl Change {
    /// The change as a sentence.
    pub fn message(&self) -> Message {
        let path = self.path.join("/");
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => {
                msg!("{path}：由“{before}”改为“{after}”", "{path}: from “{before}” to “{after}”")
            }
            (None, Some(after)) => msg!("{path}：新增“{after}”", "{path}: added “{after}”"),
            (Some(before), None) => msg!("{path}：删去“{before}”", "{path}: removed “{before}”"),
            (None, None) => msg!("{path}：相同", "{path}: the same"),
        }
    }
}

/// The fields that changed, in the order of the newer document, then what was taken out.
pub fn changes(older: &RuleSet, newer: &RuleSet) -> Vec<Change> {
    let mut changes = Vec::new();
    compare(Some(&older.tree()), Some(&newer.tree()), &mut Vec::new(), &mut changes);
    changes
}

fn compare(
    older: Option<&Node>,
    newer: Option<&Node>,
    path: &mut Vec<String>,
    changes: &mut Vec<Change>,
) {
    let (before, after) = (parts(older), parts(newer));
    if before.is_empty() && after.is_empty() {
        let (before, after) = (older.and_then(leaf), newer.and_then(leaf));
        if before != after {
            changes.push(Change { path: path.clone(), before, after });
        }
        return;
    }
    // A field that was a single value and now has parts (or the other way) is told as both.
    for (node, is_before) in [(older, true), (newer, false)] {
        if let Some(text) = node.and_then(leaf) {
            let (before, after) = if is_before { (Some(text), None) } else { (None, Some(text)) };
            changes.push(Change { path: path.clone(), before, after });
        }
    }
    let find = |parts: &[(String, Node)], label: &str| {
        parts.iter().find(|(name, _)| name == label).map(|(_, node)| node.clone())
    };
    let gone = before.iter().filter(|(label, _)| find(&after, label).is_none());
    let labels: Vec<String> = after.iter().chain(gone).map(|(label, _)| label.clone()).collect();
    for label in labels {
        path.push(label.clone());
        let (older, newer) = (find(&before, &label), find(&after, &label));
        compare(older.as_ref(), newer.as_ref(), path, changes);
        path.pop();
    }
}

fn parts(node: Option<&Node>) -> Vec<(String, Node)> {
    match node.map(|node| &node.content) {
        Some(Content::Map(fields)) => fields.clone(),
        Some(Content::List(nodes)) => {
            let labelled = nodes.iter().enumerate();
            labelled.map(|(index, node)| (node.label(index), node.clone())).collect()
        }
        Some(Content::Text(_)) | None => Vec::new(),
    }
}

fn leaf(node: &Node) -> Option<String> {
    match &node.content {
        Content::Text(text) => Some(text.clone()),
        Content::List(_) | Content::Map(_) => None,
    }
}

/// Two texts side by side, as few lines changed as possible. Longer than 2,000 lines they are told
/// apart as a whole.
pub fn lines(older: &[String], newer: &[String]) -> Vec<Line> {
    const LINES_MAX: usize = 2_000;
    if older.len() > LINES_MAX || newer.len() > LINES_MAX {
        let removed = older.iter().cloned().map(Line::Removed);
        return removed.chain(newer.iter().cloned().map(Line::Added)).collect();
    }
    let common = common_lengths(older, newer);
    let length =
        |i: usize, j: usize| common.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0);
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    loop {
        match (older.get(i), newer.get(j)) {
            (Some(a), Some(b)) if a == b => {
                lines.push(Line::Same(a.clone()));
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), b) if b.is_none() || length(i + 1, j) >= length(i, j + 1) => {
                lines.push(Line::Removed(a.clone()));
                i += 1;
            }
            (_, Some(b)) => {
                lines.push(Line::Added(b.clone()));
                j += 1;
            }
            (_, None) => return lines,
        }
    }
}

/// How many lines are common to both texts from each pair of places on.
fn common_lengths(older: &[String], newer: &[String]) -> Vec<Vec<u16>> {
    let mut rows: Vec<Vec<u16>> = vec![vec![0; newer.len() + 1]];
    for a in older.iter().rev() {
        let below = rows.last().cloned().unwrap_or_default();
        let mut row = vec![0; newer.len() + 1];
        for (j, b) in newer.iter().enumerate().rev() {
            let at = |row: &[u16], j: usize| row.get(j).copied().unwrap_or(0);
            let longest = if a == b {
                at(&below, j + 1).saturating_add(1)
            } else {
                at(&below, j).max(at(&row, j + 1))
            };
            if let Some(slot) = row.get_mut(j) {
                *slot = longest;
            }
        }
        rows.push(row);
    }
    rows.reverse();
    rows
}

#[cfg(test)]
mod tests {
    use super::{Line, lines};

    #[test]
    fn lines_are_told_apart_with_as_few_changes_as_possible() {
        let text = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let found = lines(&text("a b c d"), &text("a c x d e"));
        let shown: Vec<String> = found
            .iter()
            .map(|line| match line {
                Line::Same(line) => format!(" {line}"),
                Line::Removed(line) => format!("-{line}"),
                Line::Added(line) => format!("+{line}"),
            })
            .collect();
        assert_eq!(shown, [" a", "-b", " c", "+x", " d", "+e"]);
    }
}
