//! Sentences put together from parts that are already in both languages.

use kernel::Message;

use crate::fraction::Fraction;

/// A sentence whose places are filled by messages: `say!("{a}，加{b}分", "{a}, adds {b}", a = …, b = …)`.
macro_rules! say {
    ($zh:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name: &kernel::Message = &$value;)*
        kernel::Message {
            zh: format!($zh $(, $name = $name.zh)*),
            en: format!($en $(, $name = $name.en)*),
        }
    }};
}

pub(crate) use say;

/// Numbers are put into sentences without looking at them; one point is still one point.
pub(crate) fn singular(english: &str) -> String {
    english.replace(" 1 points", " 1 point")
}

/// A number, the same in both languages.
pub(crate) fn number(number: Fraction) -> Message {
    same(&number.shown())
}

/// A text that is the same in both languages.
pub(crate) fn same(text: &str) -> Message {
    Message { zh: text.to_owned(), en: text.to_owned() }
}
