//! What an item reads: measures with their parameters, under the names that the method uses.

use std::collections::BTreeMap;

use crate::document::node::{Content, Node};
use crate::document::{Code, Entry, Name, Reader, Shape, document};

document! {
    /// One measure that is read.
    pub struct InputFields {
        /// The name the method uses; the measure's own when absent.
        "名" => alias: Option<Code>,
        /// The measure.
        "取数" => measure: Name,
        /// Its parameters, as words and values.
        "参数" => parameters: BTreeMap<String, Name>,
        /// In what the value is counted: 件, 亿元, %, …; `%` shows a ratio times 100.
        "单位" => unit: Option<Name>,
        /// What English pages call it.
        "英文" => english: Option<Name>,
    }
}

/// One input of an item; written as the bare name of the measure when there is nothing else to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// All that is declared of it.
    pub fields: InputFields,
}

impl Input {
    /// The name by which the method and the explanation call it.
    pub fn name(&self) -> &str {
        self.fields.alias.as_ref().map_or(self.fields.measure.0.as_str(), |alias| &alias.0)
    }

    /// The name on English pages.
    pub fn english(&self) -> &str {
        self.fields.english.as_ref().map_or(self.name(), |english| &english.0)
    }

    /// The unit of the value, empty when it has none.
    pub fn unit(&self) -> &str {
        self.fields.unit.as_ref().map_or("", |unit| &unit.0)
    }

    /// What names the call of the measure: `按期办结率` or `按期办结率(权重=是)`. Facts are kept by it.
    pub fn call(&self) -> String {
        let measure = &self.fields.measure.0;
        if self.fields.parameters.is_empty() {
            return measure.clone();
        }
        let said: Vec<String> = self
            .fields
            .parameters
            .iter()
            .map(|(key, value)| format!("{key}={}", value.0))
            .collect();
        format!("{measure}({})", said.join(","))
    }

    fn is_bare(&self) -> bool {
        let fields = &self.fields;
        fields.alias.is_none()
            && fields.parameters.is_empty()
            && fields.unit.is_none()
            && fields.english.is_none()
    }
}

impl Entry for Input {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let fields = match &node.content {
            Content::Text(_) => InputFields {
                alias: None,
                measure: Name::read(node, reader)?,
                parameters: BTreeMap::new(),
                unit: None,
                english: None,
            },
            Content::Map(_) | Content::List(_) => InputFields::read(node, reader)?,
        };
        Some(Self { fields })
    }

    fn shape() -> Shape {
        InputFields::shape()
    }

    fn write(&self) -> Option<Node> {
        if self.is_bare() { self.fields.measure.write() } else { self.fields.write() }
    }
}

/// The inputs of an item, at least one; a single one may stand without a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs(pub Vec<Input>);

impl Entry for Inputs {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.content {
            Content::List(_) => Vec::read(node, reader).map(Self),
            Content::Text(_) | Content::Map(_) => {
                Input::read(node, reader).map(|input| Self(vec![input]))
            }
        }
    }

    fn shape() -> Shape {
        Shape::List(Input::shape)
    }

    fn write(&self) -> Option<Node> {
        match self.0.as_slice() {
            [] => None,
            [only] => only.write(),
            several => several.to_vec().write(),
        }
    }

    fn absent() -> Option<Self> {
        Some(Self(Vec::new()))
    }
}
