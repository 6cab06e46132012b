//! What a form said, as a part of the tree: by the shape of the document, whatever was typed.

use rules::document::node::Node;
use rules::document::{Field, Shape};
use web::Raw;

/// Characters of one value at most; what is longer is cut, as the form itself allows no more.
const CHARS_MAX: usize = 1_000;

/// What a choice posts which part of several was taken.
pub(crate) const TAKEN: &str = "~";
/// Which part was taken when the form was drawn.
pub(crate) const WAS: &str = "~was";
/// That a row is there, also when nothing is in it.
pub(crate) const ROW: &str = "~row";
/// Before the name of a group's parameter in the place of a number.
pub(crate) const OF_GROUP: &str = "本组";

/// What becomes of rows in which nothing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blank {
    /// They are shown again.
    Kept,
    /// They are left out.
    Dropped,
}

/// The name of a field below another.
pub(crate) fn below(name: &str, key: &str) -> String {
    format!("{name}.{key}")
}

/// The fields of a map.
pub(crate) fn fields(fields: &[Field], name: &str, (raw, blank): (&Raw, Blank)) -> Node {
    let said = fields.iter().filter_map(|field| {
        let name = below(name, field.key);
        let optional = (field.may_be_absent)();
        let node = one(&(field.shape)(), &name, (raw, blank))?;
        // What may be left out is left out when nothing is said of it.
        if optional && blank == Blank::Dropped && is_blank(&node) && !is_choice(&(field.shape)()) {
            return None;
        }
        Some((field.key.to_owned(), node))
    });
    Node::map(said.collect())
}

const fn is_choice(shape: &Shape) -> bool {
    matches!(shape, Shape::Choice(_))
}

/// One value of a shape; nothing when nothing was said.
pub(crate) fn one(shape: &Shape, name: &str, how: (&Raw, Blank)) -> Option<Node> {
    let (raw, _) = how;
    match shape {
        Shape::Code | Shape::Text | Shape::Number | Shape::Count | Shape::Formula => {
            text(raw, name).map(Node::text)
        }
        Shape::Word(_) => text(raw, name).map(Node::text),
        Shape::YesNo => raw.get(name).map(|_| Node::text("是")),
        Shape::Param | Shape::Limit => {
            let said = text(raw, name)?;
            let of_group = said.strip_prefix(OF_GROUP).map(str::trim).filter(|n| !n.is_empty());
            Some(match of_group {
                Some(of_group) => Node::map(vec![("组参数".to_owned(), Node::text(of_group))]),
                None => Node::text(said),
            })
        }
        Shape::List(inner) => list(&inner(), name, how),
        Shape::Named(_) => named(name, how),
        Shape::Fields(inner) => Some(fields(inner, name, how)),
        Shape::Choice(choices) => {
            let word = text(raw, &below(name, TAKEN))?;
            let taken = choices.iter().find(|field| field.key == word);
            let inner = taken.and_then(|f| one(&(f.shape)(), &below(name, f.key), how));
            Some(Node::map(vec![(word, inner.unwrap_or_else(|| Node::map(Vec::new())))]))
        }
    }
}

/// A list: several values in one line, or rows.
fn list(inner: &Shape, name: &str, (raw, blank): (&Raw, Blank)) -> Option<Node> {
    if is_line(inner) {
        let all: Vec<Node> = raw
            .all(name)
            .flat_map(|value| value.split(['、', '，', ',', '；', ';', ' ', '\n']))
            .map(str::trim)
            .filter(|one| !one.is_empty())
            .map(|one| Node::text(cut(one)))
            .collect();
        return (!all.is_empty()).then(|| Node::list(all));
    }
    let rows = rows(name, raw).into_iter().filter_map(|n| {
        let node = one(inner, &below(name, &n.to_string()), (raw, blank));
        let node = node.unwrap_or_else(|| Node::map(Vec::new()));
        (blank == Blank::Kept || !is_blank(&node)).then_some(node)
    });
    let rows: Vec<Node> = rows.collect();
    (!rows.is_empty()).then(|| Node::list(rows))
}

/// Whether the entries of a list are written in one line.
pub(crate) const fn is_line(inner: &Shape) -> bool {
    matches!(inner, Shape::Code | Shape::Text | Shape::Number | Shape::Count)
}

/// Whether nothing was said: only parts in which nothing stands.
fn is_blank(node: &Node) -> bool {
    use rules::document::node::Content;
    match &node.content {
        Content::Text(text) => text.trim().is_empty(),
        Content::List(nodes) => nodes.iter().all(is_blank),
        Content::Map(fields) => {
            fields.iter().all(|(key, node)| key == super::part::ORIGIN || is_blank(node))
        }
    }
}

/// Names with their values.
fn named(name: &str, (raw, blank): (&Raw, Blank)) -> Option<Node> {
    let mut pairs: Vec<(String, Node)> = Vec::new();
    for n in rows(name, raw) {
        let at = |key: &str| below(&below(name, &n.to_string()), key);
        let (key, value) = (text(raw, &at("k")), text(raw, &at("v")));
        // What may be left out is, when nothing is said of it.
        let optional = key.is_none() || raw.get(&at("o")).is_some();
        if value.is_none() && optional && (blank == Blank::Dropped || key.is_some()) {
            continue;
        }
        let (key, value) = (key.unwrap_or_default(), Node::text(value.unwrap_or_default()));
        // A name stands once: of two, the first is kept as it is and the other marked.
        let is_taken = pairs.iter().any(|(other, _)| *other == key);
        pairs.push((if is_taken { format!("{key}_{n}") } else { key }, value));
    }
    (!pairs.is_empty()).then(|| Node::map(pairs))
}

/// The places at which rows were sent.
pub(crate) fn rows(name: &str, raw: &Raw) -> std::collections::BTreeSet<usize> {
    let place = |sent: &str| {
        let rest = sent.strip_prefix(name)?.strip_prefix('.')?;
        rest.split('.').next()?.parse().ok().filter(|n| *n < ROWS_MAX)
    };
    raw.pairs().iter().filter_map(|(sent, _)| place(sent)).collect()
}

/// Rows of one list at most, as the document allows.
const ROWS_MAX: usize = 500;

fn text(raw: &Raw, name: &str) -> Option<String> {
    raw.get(name).map(cut)
}

fn cut(text: &str) -> String {
    text.trim().chars().take(CHARS_MAX).collect()
}
