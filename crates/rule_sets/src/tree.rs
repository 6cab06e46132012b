//! The tree of a document that may not be finished: read from the JSON it is stored as, looked into
//! and changed part by part. Everything in it is text, so whatever was typed can be kept.

use std::fmt;

use journal::{Error, Result};
use rules::document::node::{Content, Node};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A node as JSON writes it.
struct Read(Node);

impl<'de> Deserialize<'de> for Read {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        from.deserialize_any(Reading).map(Self)
    }
}

struct Reading;

impl<'de> Visitor<'de> for Reading {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a list or a map")
    }

    fn visit_str<E>(self, text: &str) -> std::result::Result<Node, E> {
        Ok(Node::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Node, A::Error> {
        let mut nodes = Vec::new();
        while let Some(Read(node)) = seq.next_element()? {
            nodes.push(node);
        }
        Ok(Node::list(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Node, A::Error> {
        let mut fields = Vec::new();
        while let Some((key, Read(node))) = map.next_entry::<String, Read>()? {
            fields.push((key, node));
        }
        Ok(Node::map(fields))
    }
}

/// The tree of stored JSON.
pub(crate) fn read(json: &str) -> Result<Node> {
    serde_json::from_str::<Read>(json).map(|read| read.0).map_err(Error::fault)
}

/// The field of a map.
pub(crate) fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.content {
        Content::Map(fields) => fields.iter().find(|(name, _)| name == key).map(|(_, n)| n),
        Content::Text(_) | Content::List(_) => None,
    }
}

/// The text of a scalar; empty for anything else.
pub(crate) fn text(node: Option<&Node>) -> &str {
    match node.map(|node| &node.content) {
        Some(Content::Text(text)) => text,
        Some(Content::List(_) | Content::Map(_)) | None => "",
    }
}

/// The entries of a list; a single entry may stand without one.
pub(crate) fn entries(node: Option<&Node>) -> &[Node] {
    match node {
        None => &[],
        Some(node) => match &node.content {
            Content::List(nodes) => nodes,
            Content::Text(_) | Content::Map(_) => std::slice::from_ref(node),
        },
    }
}

/// The fields of a map.
pub(crate) fn fields(node: Option<&Node>) -> &[(String, Node)] {
    match node.map(|node| &node.content) {
        Some(Content::Map(fields)) => fields,
        Some(Content::Text(_) | Content::List(_)) | None => &[],
    }
}

/// Sets or takes out a field of a map, in the order in which the document writes its fields.
pub(crate) fn set(node: &mut Node, order: &[&str], key: &str, value: Option<Node>) {
    let place = |key: &str| order.iter().position(|known| *known == key).unwrap_or(order.len());
    if !matches!(node.content, Content::Map(_)) {
        node.content = Content::Map(Vec::new());
    }
    let Content::Map(fields) = &mut node.content else { return };
    fields.retain(|(name, _)| name != key);
    let Some(value) = value else { return };
    let at = fields.iter().position(|(name, _)| place(name) > place(key)).unwrap_or(fields.len());
    fields.insert(at, (key.to_owned(), value));
}

/// The entries of a list in a map, to be changed.
pub(crate) fn list<'n>(node: &'n mut Node, order: &[&str], key: &str) -> Option<&'n mut Vec<Node>> {
    let is_list = get(node, key).is_some_and(|n| matches!(n.content, Content::List(_)));
    if !is_list {
        let former = get(node, key).cloned();
        set(node, order, key, Some(Node::list(former.into_iter().collect())));
    }
    let Content::Map(fields) = &mut node.content else { return None };
    let (_, found) = fields.iter_mut().find(|(name, _)| name == key)?;
    match &mut found.content {
        Content::List(nodes) => Some(nodes),
        Content::Text(_) | Content::Map(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{get, list, read, set, text};
    use rules::document::node::Node;

    #[test]
    fn what_is_stored_is_read_back_in_its_order() {
        let json = r#"{"乙":"1","甲":["x",{"键":"值\n"}],"空":{}}"#;
        assert_eq!(read(json).unwrap().json(), json);
        assert!(read("{").is_err() && read("1").is_err());
    }

    #[test]
    fn fields_are_set_in_the_order_of_the_document() {
        let mut node = read(r#"{"甲":"1","丙":"3"}"#).unwrap();
        set(&mut node, &["甲", "乙", "丙"], "乙", Some(Node::text("2")));
        set(&mut node, &["甲", "乙", "丙"], "甲", None);
        assert_eq!(node.json(), r#"{"乙":"2","丙":"3"}"#);
        list(&mut node, &[], "乙").unwrap().push(Node::text("4"));
        assert_eq!(node.json(), r#"{"丙":"3","乙":["2","4"]}"#);
        assert_eq!(text(get(&node, "丙")), "3");
    }
}
