//! The one bounded formula: decimals and names, four operations, comparisons, eight functions.
//!
//! At most 500 characters, 32 levels and 200 nodes, so its cost is known before it runs. There are
//! no loops and no definitions. What goes wrong while it is computed makes the item unscorable.

pub(crate) mod expression;
mod parser;
mod token;

use kernel::{Message, msg};

use crate::fraction::Fraction;
use crate::unscorable::Unscorable;
use expression::Name;
pub(crate) use parser::parse;

/// Characters that a formula may have.
pub(crate) const CHARS_MAX: usize = 500;
/// Levels of parentheses and functions.
pub(crate) const DEPTH_MAX: usize = 32;
/// Numbers, names and operations together.
pub(crate) const NODES_MAX: usize = 200;

/// What the names of a formula stand for.
pub(crate) trait Names {
    /// The number behind a name.
    fn value(&self, name: &str) -> Result<Fraction, Unscorable>;
}

/// Why a formula cannot be read, and at which character, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FormulaProblem {
    pub(crate) at: usize,
    pub(crate) what: Message,
}

impl FormulaProblem {
    /// The problem with the formula and a caret below the character.
    pub(crate) fn message(&self, source: &str) -> Message {
        let at = self.at;
        let (zh, en) = (&self.what.zh, &self.what.en);
        let shown = caret(source, at);
        Message {
            zh: format!("公式第{at}字：{zh}\n{shown}"),
            en: format!("formula, character {at}: {en}\n{shown}"),
        }
    }
}

/// A name that nothing stands for, with all names that may be used.
pub(crate) fn unknown_name(name: &Name, allowed: &[&str], source: &str) -> Message {
    let (text, list) = (&name.text, allowed.join("、"));
    let what =
        msg!("没有名为“{text}”的量；可用：{list}", "nothing is called “{text}”; allowed: {list}");
    FormulaProblem { at: name.at, what }.message(source)
}

fn caret(source: &str, at: usize) -> String {
    let before = at.saturating_sub(1);
    let skipped = before.saturating_sub(40);
    let letters = || source.chars().map(|c| if c.is_control() { ' ' } else { c }).skip(skipped);
    let shown: String = letters().take(80).collect();
    let indent = letters().take(before - skipped);
    let indent: String = indent.map(|c| if c.is_ascii() { ' ' } else { '\u{3000}' }).collect();
    format!("    {shown}\n    {indent}^")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::steps::Steps;

    struct Fixed;

    impl Names for Fixed {
        fn value(&self, name: &str) -> Result<Fraction, Unscorable> {
            match name {
                "满分" => Ok(Fraction::whole(10)),
                "零" => Ok(Fraction::ZERO),
                "大数" => Ok(Fraction::whole(i64::MAX)),
                other => Err(Unscorable::NoFact { input: other.to_owned() }),
            }
        }
    }

    fn value(source: &str) -> Result<String, Unscorable> {
        let tree = parse(source).unwrap();
        tree.value(&Fixed, &mut Steps::silent()).map(Fraction::shown)
    }

    #[test]
    fn formulas_are_computed_exactly() {
        let table = [
            ("0.1 + 0.2 = 0.3", "1"),
            ("2 + 3 × 4 - 6 ÷ 3", "12"),
            ("-(1 - 3)", "2"),
            ("满分 * 限(1.2, 0, 1)", "10"),
            ("若(零 > 0, 1 / 零, 7)", "7"),
            ("大(1, 5, 3) － 小（4，2）", "3"),
            ("取整(-0.5)", "-1"),
            ("四舍五入(2/3, 2)", "0.67"),
            ("绝对值(1 - 3) >= 2", "1"),
            ("且(1 < 2, 2 ≤ 2, 3 ≠ 4)", "1"),
            ("或(1 > 2, 0)", "0"),
        ];
        for (source, expected) in table {
            assert_eq!(value(source).unwrap(), expected, "{source}");
        }
    }

    #[test]
    fn what_cannot_be_computed_is_said_and_never_nought() {
        assert_eq!(value("1 / 零"), Err(Unscorable::DivisionByZero));
        assert_eq!(value("大数 * 大数 * 大数"), Err(Unscorable::Overflow));
        assert!(matches!(value("实际"), Err(Unscorable::NoFact { .. })));
    }

    #[test]
    fn mistakes_are_shown_at_their_place_in_both_languages() {
        let table = [
            ("满分 * (1 + 2", 12, "缺少“)”", "missing"),
            ("1 + ", 5, "这里应有一个数、名字或括号", "belongs here"),
            ("1 + 2)", 6, "多余", "too much"),
            ("限(1, 2)", 1, "限", "3"),
            ("开方(2)", 1, "没有函数“开方”", "no function"),
            ("1 $ 2", 3, "不能用“$”", "may not be used"),
            ("1.2.3", 1, "不是十进制数", "not a decimal"),
            ("1 < 2 < 3", 7, "多余", "too much"),
        ];
        for (source, at, zh, en) in table {
            let problem = parse(source).unwrap_err();
            assert_eq!(problem.at, at, "{source}: {problem:?}");
            let message = problem.message(source);
            assert!(message.zh.contains(zh), "{}", message.zh);
            assert!(message.en.contains(en), "{}", message.en);
            assert!(message.zh.ends_with('^'));
        }
    }

    #[test]
    fn hostile_formulas_are_refused_at_once() {
        let deep = "(".repeat(100_000);
        assert!(parse(&deep).unwrap_err().what.zh.contains("公式过长"));
        assert!(parse(&"(".repeat(200)).unwrap_err().what.zh.contains("超过32层"));
        assert!(parse(&"-".repeat(400)).unwrap_err().what.zh.contains("超过32层"));
        assert!(parse(&"1+".repeat(249)).unwrap_err().what.zh.contains("超过200"));
    }
}
