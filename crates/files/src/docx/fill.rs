//! Filling the places of a part.

use std::collections::BTreeSet;
use std::ops::Range;

use super::template::{List, Values};
use super::tree::{Element, Node};

/// Rows that one list may make.
const ROWS_MAX: usize = 5_000;

/// Fills places and remembers those it knows nothing for.
pub(crate) struct Filler<'v> {
    values: &'v Values,
    missing: BTreeSet<String>,
}

/// The row of a list that is being written.
#[derive(Clone, Copy)]
struct Scope<'v> {
    list: &'v List,
    /// None when the list is empty: all its places are blank then.
    row: Option<&'v [String]>,
}

impl Scope<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        let column = self.list.columns.iter().position(|column| column == name)?;
        Some(self.row.and_then(|row| row.get(column)).map_or("", String::as_str))
    }
}

impl<'v> Filler<'v> {
    pub(crate) const fn new(values: &'v Values) -> Self {
        Self { values, missing: BTreeSet::new() }
    }

    /// The names that nothing is known for.
    pub(crate) fn missing(self) -> BTreeSet<String> {
        self.missing
    }

    /// Fills every place.
    pub(crate) fn fill(&mut self, nodes: &mut Vec<Node>) {
        self.nodes(nodes, None);
    }

    fn nodes(&mut self, nodes: &mut Vec<Node>, scope: Option<Scope<'v>>) {
        for node in nodes.iter_mut() {
            let Node::Element(element) = node else { continue };
            if element.name == "w:tbl" {
                self.table(element, scope);
                continue;
            }
            if element.name == "w:p" {
                self.paragraph(element, scope);
            }
            self.nodes(&mut element.children, scope);
        }
        break_lines(nodes);
    }

    /// Fills a table; the rows that stand for a list are repeated. Each row is filled once, so that
    /// what stands in a record is never taken for a place.
    fn table(&mut self, table: &mut Element, scope: Option<Scope<'v>>) {
        let mut rows = std::mem::take(&mut table.children).into_iter().peekable();
        while let Some(node) = rows.next() {
            let listed = row_text(&node).and_then(|text| {
                let name = marker(&text, '#')?;
                let list = self.values.lists.get(&name)?;
                Some((name, list, text))
            });
            let Some((name, list, text)) = listed else {
                let mut one = vec![node];
                self.nodes(&mut one, scope);
                table.children.extend(one);
                continue;
            };
            let mut block = vec![node];
            let closed = |text: &str| marker(text, '/').is_some_and(|closed| closed == name);
            if !closed(&text) && rows.clone().any(|n| row_text(&n).is_some_and(|t| closed(&t))) {
                for next in rows.by_ref() {
                    let last = row_text(&next).is_some_and(|t| closed(&t));
                    block.push(next);
                    if last {
                        break;
                    }
                }
            }
            self.repeat(&mut table.children, &block, list);
        }
    }

    fn repeat(&mut self, into: &mut Vec<Node>, block: &[Node], list: &'v List) {
        let rows = list.rows.iter().take(ROWS_MAX).map(|row| Some(row.as_slice()));
        let rows: Vec<_> = if list.rows.is_empty() { vec![None] } else { rows.collect() };
        for row in rows {
            let mut copy = block.to_vec();
            self.nodes(&mut copy, Some(Scope { list, row }));
            into.extend(copy);
        }
    }

    /// Fills the places of a paragraph, however its runs split them.
    fn paragraph(&mut self, paragraph: &mut Element, scope: Option<Scope<'v>>) {
        let mut pieces = Vec::new();
        gather(&paragraph.children, &mut pieces);
        let whole = pieces.concat();
        if !whole.contains("{{") {
            return;
        }
        let places = self.places(&whole, scope);
        if places.is_empty() {
            return;
        }
        let mut filled = Vec::new();
        let mut from = 0;
        for piece in &pieces {
            filled.push(piece_of(&whole, from..from + piece.len(), &places));
            from += piece.len();
        }
        put_back(&mut paragraph.children, &mut filled.into_iter());
    }

    /// The places of a text and what stands there instead.
    fn places(&mut self, whole: &str, scope: Option<Scope<'v>>) -> Vec<(Range<usize>, String)> {
        let mut places = Vec::new();
        let mut at = 0;
        while let Some(open) = whole.get(at..).and_then(|rest| rest.find("{{")) {
            let open = at + open;
            let inside = whole.get(open + 2..).unwrap_or_default();
            let Some(length) = inside.find("}}") else {
                let shown: String = inside.chars().take(20).collect();
                self.missing.insert(format!("{{{{{shown}"));
                break;
            };
            let name = inside.get(..length).unwrap_or_default().trim();
            let range = open..open + 2 + length + 2;
            at = range.end;
            match self.value(name, scope) {
                Some(value) => places.push((range, value)),
                None => {
                    self.missing.insert(name.chars().take(40).collect());
                }
            }
        }
        places
    }

    fn value(&self, name: &str, scope: Option<Scope<'v>>) -> Option<String> {
        if name.starts_with(['#', '/']) {
            // Inside a repeated row its own marks have done their work.
            return scope.map(|_| String::new());
        }
        let in_row = scope.as_ref().and_then(|scope| scope.get(name)).map(str::to_owned);
        in_row.or_else(|| self.values.texts.get(name).cloned())
    }
}

/// The part of a text that belongs to one run; a value stands where its place begins.
fn piece_of(whole: &str, piece: Range<usize>, places: &[(Range<usize>, String)]) -> String {
    let mut out = String::new();
    let mut at = piece.start;
    for (range, value) in places {
        if range.end <= piece.start || range.start >= piece.end {
            continue;
        }
        if range.start >= piece.start {
            out.push_str(whole.get(at..range.start).unwrap_or_default());
            out.push_str(value);
        }
        at = range.end.min(piece.end);
    }
    out.push_str(whole.get(at..piece.end).unwrap_or_default());
    out
}

/// The texts of a paragraph in order; a text box inside it has paragraphs of its own.
fn gather(nodes: &[Node], pieces: &mut Vec<String>) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        match element.name.as_str() {
            "w:p" => {}
            "w:t" => pieces.push(text_of(element)),
            _ => gather(&element.children, pieces),
        }
    }
}

fn text_of(element: &Element) -> String {
    let texts = element.children.iter().map(|node| match node {
        Node::Text(text) => text.as_str(),
        Node::Raw(_) | Node::Element(_) => "",
    });
    texts.collect()
}

fn put_back(nodes: &mut [Node], filled: &mut impl Iterator<Item = String>) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        match element.name.as_str() {
            "w:p" => {}
            "w:t" => {
                let text = filled.next().unwrap_or_default();
                if text != text_of(element) {
                    *element =
                        Element::made("w:t", r#"xml:space="preserve""#, vec![Node::Text(text)]);
                }
            }
            _ => put_back(&mut element.children, filled),
        }
    }
}

/// Line breaks inside texts become breaks of the run.
fn break_lines(nodes: &mut Vec<Node>) {
    let is_long = |node: &Node| matches!(node, Node::Element(e) if e.name == "w:t" && text_of(e).contains('\n'));
    if !nodes.iter().any(is_long) {
        return;
    }
    let mut broken = Vec::new();
    for node in std::mem::take(nodes) {
        match node {
            Node::Element(element) if element.name == "w:t" => {
                for (n, line) in text_of(&element).lines().enumerate() {
                    if n > 0 {
                        broken.push(Node::Element(Element::made("w:br", "", Vec::new())));
                    }
                    let text = vec![Node::Text(line.to_owned())];
                    let attributes = r#"xml:space="preserve""#;
                    broken.push(Node::Element(Element::made("w:t", attributes, text)));
                }
            }
            kept @ (Node::Raw(_) | Node::Text(_) | Node::Element(_)) => broken.push(kept),
        }
    }
    *nodes = broken;
}

/// The text of a row of a table, tables inside it left out.
fn row_text(node: &Node) -> Option<String> {
    let Node::Element(row) = node else { return None };
    if row.name != "w:tr" {
        return None;
    }
    let mut text = String::new();
    gather_row(&row.children, &mut text);
    Some(text)
}

fn gather_row(nodes: &[Node], text: &mut String) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        match element.name.as_str() {
            "w:tbl" => {}
            "w:t" => text.push_str(&text_of(element)),
            _ => gather_row(&element.children, text),
        }
    }
}

/// The name behind the first mark of a kind, `{{#清单}}` or `{{/清单}}`.
fn marker(text: &str, mark: char) -> Option<String> {
    let open = format!("{{{{{mark}");
    let (_, rest) = text.split_once(&open)?;
    let (name, _) = rest.split_once("}}")?;
    Some(name.trim().to_owned())
}
