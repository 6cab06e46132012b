//! An XML part as a tree that writes the same XML back, but for what was changed.

use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::markup::escape;

/// Levels at most; Word's own documents have some twenty.
const DEPTH_MAX: usize = 120;

/// A piece of a part.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// Something that is kept as it was written.
    Raw(String),
    /// A text, unescaped.
    Text(String),
    /// An element.
    Element(Element),
}

/// An element as it was written, and what is in it.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    /// Its name with its prefix.
    pub(crate) name: String,
    /// Its opening tag as written.
    pub(crate) open: String,
    /// What is in it.
    pub(crate) children: Vec<Node>,
    /// Its closing tag; empty when it has none.
    pub(crate) close: String,
}

/// Why a part could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable;

/// Reads a part. A document type is refused, because entities could be declared in it.
pub(crate) fn parse(xml: &str) -> Result<Vec<Node>, Unreadable> {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<Element> = Vec::new();
    let mut top: Vec<Node> = Vec::new();
    let mut from = 0;
    loop {
        let event = reader.read_event().map_err(|_malformed| Unreadable)?;
        let to = usize::try_from(reader.buffer_position()).map_err(|_large| Unreadable)?;
        let raw = xml.get(from..to).ok_or(Unreadable)?.to_owned();
        from = to;
        let siblings = open.last_mut().map_or(&mut top, |element| &mut element.children);
        match event {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                open.push(Element { name, open: raw, children: Vec::new(), close: String::new() });
                if open.len() > DEPTH_MAX {
                    return Err(Unreadable);
                }
            }
            Event::Empty(empty) => {
                let name = empty.name().as_ref().to_owned();
                siblings.push(Node::Element(Element {
                    name,
                    open: raw,
                    children: Vec::new(),
                    close: String::new(),
                }));
            }
            Event::End(_) => {
                let mut element = open.pop().ok_or(Unreadable)?;
                element.close = raw;
                let siblings = open.last_mut().map_or(&mut top, |parent| &mut parent.children);
                siblings.push(Node::Element(element));
            }
            // An entity comes as an event of its own; both are one text.
            Event::Text(_) | Event::GeneralRef(_) => {
                let text = quick_xml::escape::unescape(&raw).map_err(|_unknown| Unreadable)?;
                match siblings.last_mut() {
                    Some(Node::Text(before)) => before.push_str(&text),
                    _ => siblings.push(Node::Text(text.into_owned())),
                }
            }
            Event::CData(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {
                siblings.push(Node::Raw(raw));
            }
            Event::DocType(_) => return Err(Unreadable),
            Event::Eof if open.is_empty() => return Ok(top),
            Event::Eof => return Err(Unreadable),
        }
    }
}

/// Writes pieces back.
pub(crate) fn write(nodes: &[Node]) -> String {
    let mut xml = String::new();
    push(&mut xml, nodes);
    xml
}

fn push(xml: &mut String, nodes: &[Node]) {
    for node in nodes {
        match node {
            Node::Raw(raw) => xml.push_str(raw),
            Node::Text(text) => xml.push_str(&escape(text)),
            Node::Element(element) => {
                xml.push_str(&element.open);
                push(xml, &element.children);
                xml.push_str(&element.close);
            }
        }
    }
}

impl Element {
    /// An element made here.
    pub(crate) fn made(name: &str, attributes: &str, children: Vec<Node>) -> Self {
        let mut open = format!("<{name}");
        if !attributes.is_empty() {
            // Writing to a string cannot fail.
            write!(open, " {attributes}").unwrap_or_default();
        }
        let close = if children.is_empty() { String::new() } else { format!("</{name}>") };
        open.push_str(if children.is_empty() { "/>" } else { ">" });
        Self { name: name.to_owned(), open, children, close }
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, Unreadable, parse, write};

    #[test]
    fn a_part_is_written_back_as_it_was() {
        let xml = "<?xml version=\"1.0\"?>\n<w:document a='1'  b=\"&lt;2\"><!-- c --><w:p ><w:t\
            xml:space=\"preserve\"> 甲 &amp; 乙 &#x4E59;</w:t><w:br/><w:br /></w:p></w:document>";
        let xml = xml.replace("<w:txml", "<w:t xml");
        let nodes = parse(&xml).unwrap();
        assert_eq!(write(&nodes), xml.replace("&#x4E59;", "乙"));
    }

    #[test]
    fn what_is_not_whole_or_declares_entities_is_refused() {
        for bad in
            ["<a>", "<a></b>", "</a>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "<a>&x;</a>"]
        {
            assert_eq!(parse(bad).err(), Some(Unreadable), "{bad}");
        }
        let deep = format!("{}{}", "<a>".repeat(500), "</a>".repeat(500));
        assert_eq!(parse(&deep).err(), Some(Unreadable));
    }

    #[test]
    fn a_text_and_its_entities_are_one() {
        let nodes = parse("<a>x&lt;y</a>").unwrap();
        let Some(Node::Element(a)) = nodes.first() else { unreachable!() };
        assert!(matches!(a.children.as_slice(), [Node::Text(text)] if text == "x<y"));
    }
}
