//! How plain values stand in the document.

use std::collections::BTreeMap;

use kernel::msg;
use rust_decimal::Decimal;

use super::node::{Content, Node};
use super::{Entry, Reader, Shape};
use crate::decimal;

/// A short code: letters, digits, `-`, `_` or Chinese characters, at most 20.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(pub String);

/// A name or a sentence of at most 200 characters without control characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(pub String);

const CODE_CHARS_MAX: usize = 20;
const NAME_CHARS_MAX: usize = 200;
const YES: &str = "是";

impl Entry for Code {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.text(node)?;
        let is_code = !text.is_empty()
            && text.chars().count() <= CODE_CHARS_MAX
            && text.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        if !is_code {
            reader.wrong(msg!(
                "代码应是1到{CODE_CHARS_MAX}个字母、数字、汉字、-或_",
                "a code is 1 to {CODE_CHARS_MAX} letters, digits, - or _"
            ));
            return None;
        }
        Some(Self(text.to_owned()))
    }

    fn shape() -> Shape {
        Shape::Code
    }

    fn write(&self) -> Option<Node> {
        Some(Node::text(&self.0))
    }
}

impl Entry for Name {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.text(node)?;
        let count = text.chars().count();
        if text.trim().is_empty() || count > NAME_CHARS_MAX || text.chars().any(char::is_control) {
            reader.wrong(msg!(
                "这里应有1到{NAME_CHARS_MAX}字的文字",
                "a text of 1 to {NAME_CHARS_MAX} characters belongs here"
            ));
            return None;
        }
        Some(Self(text.to_owned()))
    }

    fn shape() -> Shape {
        Shape::Text
    }

    fn write(&self) -> Option<Node> {
        Some(Node::text(&self.0))
    }
}

impl Entry for Decimal {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.text(node)?;
        decimal::parse(text).map_err(|message| reader.wrong(message)).ok()
    }

    fn shape() -> Shape {
        Shape::Number
    }

    fn write(&self) -> Option<Node> {
        Some(Node::text(decimal::canonical(*self)))
    }
}

/// A count: a whole number from 0 to 9999.
impl Entry for u32 {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.text(node)?;
        let is_count = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let count = text.parse().ok().filter(|_| is_count);
        if count.is_none() {
            reader
                .wrong(msg!("这里应是0到9999的整数", "a whole number from 0 to 9999 belongs here"));
        }
        count
    }

    fn shape() -> Shape {
        Shape::Count
    }

    fn write(&self) -> Option<Node> {
        Some(Node::text(self.to_string()))
    }
}

/// Yes or no; its absence means no, so a no is not written.
impl Entry for bool {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match reader.text(node)? {
            YES | "true" => Some(true),
            "否" | "false" => Some(false),
            other => {
                reader.wrong_word(other, &[YES, "否"]);
                None
            }
        }
    }

    fn shape() -> Shape {
        Shape::YesNo
    }

    fn write(&self) -> Option<Node> {
        self.then(|| Node::text(YES))
    }

    fn absent() -> Option<Self> {
        Some(false)
    }
}

impl<T: Entry> Entry for Option<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        T::read(node, reader).map(Some)
    }

    fn shape() -> Shape {
        T::shape()
    }

    fn write(&self) -> Option<Node> {
        self.as_ref().and_then(T::write)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

/// A list; its absence means an empty one.
impl<T: Entry> Entry for Vec<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        reader.list(node)
    }

    fn shape() -> Shape {
        Shape::List(T::shape)
    }

    fn write(&self) -> Option<Node> {
        let nodes: Vec<Node> = self.iter().filter_map(T::write).collect();
        (!nodes.is_empty()).then(|| Node::list(nodes))
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

/// Names with values, kept in the order of the names.
impl<T: Entry> Entry for BTreeMap<String, T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Content::Map(fields) = &node.content else {
            reader.wrong(msg!("这里应是“名: 值”", "“name: value” belongs here"));
            return None;
        };
        let mut map = Self::new();
        for (key, node) in fields {
            let name = Code::read(&Node::text(key), reader);
            let value = reader.inside(key, |reader| T::read(node, reader));
            map.insert(name?.0, value?);
        }
        Some(map)
    }

    fn shape() -> Shape {
        Shape::Named(T::shape)
    }

    fn write(&self) -> Option<Node> {
        let fields = self.iter().filter_map(|(key, value)| Some((key.clone(), value.write()?)));
        let fields: Vec<_> = fields.collect();
        (!fields.is_empty()).then(|| Node::map(fields))
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}
