//! Numbers of a rule: fixed, or taken from the parameters of the unit's group.

use kernel::{Message, msg};
use rust_decimal::Decimal;

use crate::decimal;
use crate::document::node::{Content, Node};
use crate::document::{Code, Entry, Reader, Shape};

/// A number of the rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Param {
    /// The same for all groups.
    Fixed(Decimal),
    /// Each group's own, by the name of the parameter: `{组参数: 目标}`.
    OfGroup(String),
}

const OF_GROUP: &str = "组参数";

impl Param {
    /// The fixed number.
    pub const fn fixed(&self) -> Option<Decimal> {
        match self {
            Self::Fixed(number) => Some(*number),
            Self::OfGroup(_) => None,
        }
    }

    /// How the text of the rules says it.
    pub fn said(&self) -> Message {
        match self {
            Self::Fixed(number) => {
                let number = decimal::canonical(*number);
                msg!("{number}", "{number}")
            }
            Self::OfGroup(name) => msg!("本组“{name}”", "the group's “{name}”"),
        }
    }

    /// How the text of the rules says it where it is a share: 60%.
    pub(crate) fn share_said(&self) -> Message {
        // A number of at most 15 and 12 digits has room for two more.
        let hundredfold = self.fixed().and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED));
        hundredfold.map_or_else(
            || self.said(),
            |percent| {
                let percent = decimal::canonical(percent);
                msg!("{percent}%", "{percent}%")
            },
        )
    }
}

impl Entry for Param {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.content {
            Content::Text(_) => Decimal::read(node, reader).map(Self::Fixed),
            Content::Map(_) | Content::List(_) => {
                let fields = reader.fields(node, &[OF_GROUP])?;
                reader.field::<Code>(fields, OF_GROUP).map(|name| Self::OfGroup(name.0))
            }
        }
    }

    fn shape() -> Shape {
        Shape::Param
    }

    fn write(&self) -> Option<Node> {
        match self {
            Self::Fixed(number) => number.write(),
            Self::OfGroup(name) => Some(Node::map(vec![(OF_GROUP.to_owned(), Node::text(name))])),
        }
    }
}
