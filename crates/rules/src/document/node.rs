//! The document's tree: text, lists and maps with the places they were read from.

use super::Position;

/// One node of the tree.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it was read from, if it was read.
    pub at: Option<Position>,
    /// What it holds.
    pub content: Content,
}

/// What a node holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// A scalar as it stands in the source, never interpreted.
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// A map; keys are unique and keep their order.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// A scalar.
    pub fn text(text: impl Into<String>) -> Self {
        Self { at: None, content: Content::Text(text.into()) }
    }

    /// A sequence.
    pub const fn list(nodes: Vec<Self>) -> Self {
        Self { at: None, content: Content::List(nodes) }
    }

    /// A map with its fields in their order.
    pub const fn map(fields: Vec<(String, Self)>) -> Self {
        Self { at: None, content: Content::Map(fields) }
    }

    /// The word by which a path names this node in its list: its code, its name, else its place.
    pub fn label(&self, index: usize) -> String {
        let Content::Map(fields) = &self.content else { return (index + 1).to_string() };
        let named = ["代码", "名称", "名"].iter().find_map(|key| {
            let (_, node) = fields.iter().find(|(name, _)| name == key)?;
            match &node.content {
                Content::Text(text) if !text.is_empty() => Some(text.chars().take(40).collect()),
                Content::Text(_) | Content::List(_) | Content::Map(_) => None,
            }
        });
        named.unwrap_or_else(|| (index + 1).to_string())
    }

    /// The canonical JSON: fields in their order, no whitespace.
    pub fn json(&self) -> String {
        let mut out = String::new();
        self.write_json(&mut out);
        out
    }

    /// The place of the deepest node along a path that exists.
    pub(crate) fn locate(&self, path: &[String]) -> Option<Position> {
        let Some((first, rest)) = path.split_first() else { return self.at };
        let next = match &self.content {
            Content::Text(_) => None,
            Content::Map(fields) => fields
                .iter()
                .find(|(key, _)| key == first || key.strip_suffix("@1") == Some(first))
                .map(|(_, node)| node),
            Content::List(nodes) => nodes
                .iter()
                .enumerate()
                .find(|(index, node)| node.label(*index) == *first)
                .map(|(_, node)| node),
        };
        next.and_then(|node| node.locate(rest)).or(self.at)
    }

    fn write_json(&self, out: &mut String) {
        match &self.content {
            Content::Text(text) => write_json_text(text, out),
            Content::List(nodes) => {
                out.push('[');
                for (index, node) in nodes.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    node.write_json(out);
                }
                out.push(']');
            }
            Content::Map(fields) => {
                out.push('{');
                for (index, (key, node)) in fields.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    write_json_text(key, out);
                    out.push(':');
                    node.write_json(out);
                }
                out.push('}');
            }
        }
    }
}

/// Text in quotes: only what JSON demands is escaped, so one text has one writing.
pub(super) fn write_json_text(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            control if control.is_control() => {
                out.push_str(&format!("\\u{:04x}", u32::from(control)));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}
