//! What a form needs to know of the document: which fields, which words, what may be left out.

use kernel::Text;

/// What belongs in one place of the document.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A short code.
    Code,
    /// A name or a sentence.
    Text,
    /// A decimal number.
    Number,
    /// A decimal number, or `{组参数: name}`.
    Param,
    /// A number, a parameter of the group, 组内最优 or 组内最差.
    Limit,
    /// A whole number.
    Count,
    /// Yes or no.
    YesNo,
    /// A formula.
    Formula,
    /// One word of a list.
    Word(fn() -> Vec<Text>),
    /// Several of the same.
    List(fn() -> Shape),
    /// Names, each with a value.
    Named(fn() -> Shape),
    /// Fields with their names.
    Fields(&'static [Field]),
    /// Exactly one of these.
    Choice(&'static [Field]),
}

/// One field, or one choice.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its word in the document.
    pub key: &'static str,
    /// What belongs there.
    pub shape: fn() -> Shape,
    /// Whether it may be left out.
    pub may_be_absent: fn() -> bool,
}
