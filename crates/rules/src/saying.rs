//! Sentences put together from parts that are already in both languages.

use kernel::Message;

use crate::fraction::Fraction;

/// A sentence whose places are filled by messages: `say!("{a}，加{b}分", "{a}, adds {b}", a = …, b = …)`.
macro_rules! say {
    ($zh:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name: &kernel::Message = &$value;)*
        kernel::Message {
            zh: format!($zh $(, $name = $name.zh)*),
            en: $crate::saying::singular(format!($en $(, $name = $name.en)*)),
        }
    }};
}

pub(crate) use say;

/// What is counted in English sentences.
const COUNTED: [&str; 7] =
    ["points", "units", "decimals", "shares", "ranks", "votes", "percentage points"];

/// Numbers are put into sentences without looking at them; one point is still one point.
pub(crate) fn singular(english: String) -> String {
    let mut rest = english.as_str();
    let mut mended = String::new();
    while let Some((before, after)) = rest.split_once("1 ") {
        mended.push_str(before);
        mended.push_str("1 ");
        rest = after;
        // 0.1 points and 21 points are several.
        if before.ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',') {
            continue;
        }
        if let Some((word, one, after)) = COUNTED
            .iter()
            .find_map(|word| Some((*word, word.strip_suffix('s')?, after.strip_prefix(word)?)))
        {
            let is_word = !after.starts_with(|c: char| c.is_ascii_alphabetic());
            mended.push_str(if is_word { one } else { word });
            rest = after;
        }
    }
    if mended.is_empty() {
        return english;
    }
    mended.push_str(rest);
    mended
}

/// A number, the same in both languages.
pub(crate) fn number(number: Fraction) -> Message {
    same(&number.shown())
}

/// A text that is the same in both languages.
pub(crate) fn same(text: &str) -> Message {
    Message { zh: text.to_owned(), en: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::singular;

    #[test]
    fn one_is_singular_wherever_it_stands() {
        for (text, is) in [
            ("part a (1 points)", "part a (1 point)"),
            ("1 points, then 1 points", "1 point, then 1 point"),
            ("21 points, 0.1 points, -1 points", "21 points, 0.1 points, -1 point"),
            ("row 1 of 1 units", "row 1 of 1 unit"),
            ("1 pointsman, 11", "1 pointsman, 11"),
            ("", ""),
        ] {
            assert_eq!(singular(text.to_owned()), is);
        }
    }
}
