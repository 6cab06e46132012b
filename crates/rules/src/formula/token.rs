//! Cuts a formula into numbers, names and signs.

use kernel::msg;

use super::{CHARS_MAX, FormulaProblem};
use crate::decimal;
use crate::fraction::Fraction;

/// One token with the place of its first character, from 1.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Number(Fraction),
    Name(String),
    Sign(Sign),
}

/// Signs, whatever their width in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Plus,
    Minus,
    Times,
    Over,
    Open,
    Close,
    Comma,
    Above,
    AtLeast,
    Below,
    AtMost,
    Equal,
    Unequal,
}

/// The tokens of a formula.
pub(super) fn tokens(source: &str) -> Result<Vec<Token>, FormulaProblem> {
    if source.chars().nth(CHARS_MAX).is_some() {
        let what =
            msg!("公式过长，最多{CHARS_MAX}字", "the formula has more than {CHARS_MAX} characters");
        return Err(FormulaProblem { at: CHARS_MAX + 1, what });
    }
    let letters: Vec<char> = source.chars().collect();
    let (mut tokens, mut index) = (Vec::new(), 0);
    while let Some(letter) = letters.get(index) {
        let rest = letters.get(index..).unwrap_or_default();
        let at = index + 1;
        if letter.is_whitespace() {
            index += 1;
        } else if letter.is_ascii_digit() {
            let text = word(rest, |c| c.is_ascii_digit() || c == '.');
            let number = decimal::parse(&text).map_err(|what| FormulaProblem { at, what })?;
            tokens.push(Token { at, what: What::Number(number.into()) });
            index += text.chars().count();
        } else if letter.is_alphabetic() {
            let text = word(rest, |c| c.is_alphanumeric() || c == '_');
            index += text.chars().count();
            tokens.push(Token { at, what: What::Name(text) });
        } else {
            let (sign, length) = sign(rest).ok_or_else(|| FormulaProblem {
                at,
                what: msg!(
                    "公式里不能用“{letter}”；可用 + - * / ( ) , > >= < <= = ≠",
                    "“{letter}” may not be used; allowed: + - * / ( ) , > >= < <= = ≠"
                ),
            })?;
            tokens.push(Token { at, what: What::Sign(sign) });
            index += length;
        }
    }
    Ok(tokens)
}

fn word(rest: &[char], belongs: impl Fn(char) -> bool) -> String {
    rest.iter().copied().take_while(|letter| belongs(*letter)).collect()
}

fn sign(rest: &[char]) -> Option<(Sign, usize)> {
    let is_followed_by_equal = matches!(rest.get(1), Some('=' | '＝'));
    let long = |sign, short| if is_followed_by_equal { (sign, 2) } else { (short, 1) };
    Some(match rest.first()? {
        '+' | '＋' => (Sign::Plus, 1),
        '-' | '－' | '−' => (Sign::Minus, 1),
        '*' | '×' | '＊' => (Sign::Times, 1),
        '/' | '÷' | '／' => (Sign::Over, 1),
        '(' | '（' => (Sign::Open, 1),
        ')' | '）' => (Sign::Close, 1),
        ',' | '，' => (Sign::Comma, 1),
        '>' | '＞' => long(Sign::AtLeast, Sign::Above),
        '<' | '＜' => long(Sign::AtMost, Sign::Below),
        '≥' => (Sign::AtLeast, 1),
        '≤' => (Sign::AtMost, 1),
        '=' | '＝' => long(Sign::Equal, Sign::Equal),
        '≠' => (Sign::Unequal, 1),
        '!' if is_followed_by_equal => (Sign::Unequal, 2),
        _ => return None,
    })
}
