//! The rule document as a tree: read from YAML or JSON, checked field by field, written back.
//!
//! A part of the document is declared once (`document!`, `choice!`, `words!`); that gives its
//! reading with messages in both languages, and its writing in the declared order, which is what
//! makes the canonical bytes canonical. Scalars are text: no number is ever guessed.

mod entries;
pub mod node;
mod print_yaml;
mod problem;
mod reader;
mod shape;
mod yaml;

pub use entries::{Code, Name};
pub use print_yaml::print_yaml;
pub use problem::{Position, Problem};
pub(crate) use reader::Reader;
pub use shape::{Field, Shape};
pub(crate) use yaml::{Origin, SOURCE_BYTES_MAX, read_source, too_long};

use node::Node;

/// Something that stands in the document.
pub(crate) trait Entry: Sized {
    /// Reads it; what is wrong is left with the reader.
    fn read(node: &Node, reader: &mut Reader) -> Option<Self>;
    /// Writes it; nothing when it is what its absence means.
    fn write(&self) -> Option<Node>;
    /// What belongs there.
    fn shape() -> Shape;
    /// What its absence means, if it may be absent.
    fn absent() -> Option<Self> {
        None
    }
}

/// A part with named fields, in the order in which they are written.
macro_rules! document {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[$field_meta:meta])* $key:literal => $field:ident : $type:ty),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name { $($(#[$field_meta])* pub $field: $type),+ }

        impl $name {
            /// The fields, in the order in which they are written.
            pub const FIELDS: &'static [&'static str] = &[$($key),+];
        }

        impl $crate::document::Entry for $name {
            fn read(
                node: &$crate::document::node::Node,
                reader: &mut $crate::document::Reader,
            ) -> Option<Self> {
                let fields = reader.fields(node, Self::FIELDS)?;
                $(let $field = reader.field::<$type>(&fields, $key);)+
                Some(Self { $($field: $field?),+ })
            }

            fn write(&self) -> Option<$crate::document::node::Node> {
                let fields = [$(($key, self.$field.write())),+];
                let present = fields
                    .into_iter()
                    .filter_map(|(key, node)| Some((key.to_owned(), node?)));
                Some($crate::document::node::Node::map(present.collect()))
            }

            fn shape() -> $crate::document::Shape {
                $crate::document::Shape::Fields(&[$($crate::document::Field {
                    key: $key,
                    shape: <$type as $crate::document::Entry>::shape,
                    may_be_absent: || <$type as $crate::document::Entry>::absent().is_some(),
                }),+])
            }
        }
    };
}

/// One of several parts, written as a map with the single key that names it.
macro_rules! choice {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$variant_meta:meta])* $key:literal => $variant:ident($type:ty)),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_meta])* $variant($type)),+ }

        impl $name {
            /// The words that may stand here.
            pub const WORDS: &'static [&'static str] = &[$($key),+];

            /// The word that names the chosen part.
            pub const fn word(&self) -> &'static str {
                match self { $(Self::$variant(_) => $key),+ }
            }
        }

        impl $crate::document::Entry for $name {
            fn read(
                node: &$crate::document::node::Node,
                reader: &mut $crate::document::Reader,
            ) -> Option<Self> {
                let (word, inner) = reader.single(node, Self::WORDS)?;
                match word {
                    $($key => reader.inside($key, |reader| {
                        <$type as $crate::document::Entry>::read(&inner, reader)
                    }).map(Self::$variant),)+
                    _ => None,
                }
            }

            fn write(&self) -> Option<$crate::document::node::Node> {
                let inner = match self {
                    $(Self::$variant(inner) => $crate::document::Entry::write(inner)),+
                };
                let inner = inner.unwrap_or_else(|| {
                    $crate::document::node::Node::map(Vec::new())
                });
                Some($crate::document::node::Node::map(vec![(self.word().to_owned(), inner)]))
            }

            fn shape() -> $crate::document::Shape {
                $crate::document::Shape::Choice(&[$($crate::document::Field {
                    key: $key,
                    shape: <$type as $crate::document::Entry>::shape,
                    may_be_absent: || false,
                }),+])
            }
        }
    };
}

/// One word of a fixed list.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$variant_meta:meta])* $word:literal, $english:literal => $variant:ident),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_meta])* $variant),+ }

        impl $name {
            /// Every choice, in the order of the forms.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in the document, and its English.
            pub const fn text(self) -> kernel::Text {
                match self {
                    $(Self::$variant => kernel::Text { zh: $word, en: $english }),+
                }
            }
        }

        impl $crate::document::Entry for $name {
            fn read(
                node: &$crate::document::node::Node,
                reader: &mut $crate::document::Reader,
            ) -> Option<Self> {
                match reader.text(node)? {
                    $($word => Some(Self::$variant),)+
                    other => {
                        reader.wrong_word(other, &[$($word),+]);
                        None
                    }
                }
            }

            fn write(&self) -> Option<$crate::document::node::Node> {
                Some($crate::document::node::Node::text(self.text().zh))
            }

            fn shape() -> $crate::document::Shape {
                $crate::document::Shape::Word(|| Self::ALL.iter().map(|one| one.text()).collect())
            }
        }
    };
}

pub(crate) use {choice, document, words};
