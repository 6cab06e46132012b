//! The parameters of a measure: a choice of words, or a number within bounds.

use kernel::{Refusal, Text, msg, text};

/// A word that may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// In addresses.
    pub code: &'static str,
    /// As it is said; the Chinese one is what rule sets write.
    pub label: Text,
}

/// What a parameter may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// One of these, the first unless another is chosen.
    Choice(&'static [Word]),
    /// A whole number.
    Number {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
        /// Unless another is given.
        usual: i64,
    },
}

/// A parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Param {
    /// Its word in addresses.
    pub code: &'static str,
    /// Its name; the Chinese one is what rule sets call it.
    pub name: Text,
    /// What it may be.
    pub kind: ParamKind,
}

/// The parameters of a call, each of a value that its kind allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Args(Vec<(Param, Value)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    Word(Word),
    Number(i64),
}

impl Args {
    /// Reads parameters by their words in addresses or by their Chinese names; one that is not
    /// given has its usual value.
    pub fn read<'a>(
        params: &[Param],
        given: impl Fn(&str) -> Option<&'a str>,
    ) -> Result<Self, Refusal> {
        let read = |param: &Param| {
            let said = given(param.code).or_else(|| given(param.name.zh));
            let said = said.map(str::trim).filter(|said| !said.is_empty());
            Ok((*param, param.value(said)?))
        };
        params.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// The word chosen for a parameter; empty when there is none of this name.
    pub fn word(&self, code: &str) -> &'static str {
        self.0.iter().find(|(param, _)| param.code == code).map_or("", |(_, value)| match value {
            Value::Word(word) => word.code,
            Value::Number(_) => "",
        })
    }

    /// The number given for a parameter; 0 when there is none of this name.
    pub fn number(&self, code: &str) -> i64 {
        self.0.iter().find(|(param, _)| param.code == code).map_or(0, |(_, value)| match value {
            Value::Number(number) => *number,
            Value::Word(_) => 0,
        })
    }

    /// Word in addresses and value of each.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let value = |value: &Value| match value {
            Value::Word(word) => word.code.to_owned(),
            Value::Number(number) => number.to_string(),
        };
        self.0.iter().map(|(param, v)| (param.code.to_owned(), value(v))).collect()
    }

    /// As rule sets write them, `权重=是`.
    pub(crate) fn said(&self) -> String {
        let value = |value: &Value| match value {
            Value::Word(word) => word.label.zh.to_owned(),
            Value::Number(number) => number.to_string(),
        };
        let said = self.0.iter().map(|(param, v)| format!("{}={}", param.name.zh, value(v)));
        said.collect::<Vec<_>>().join(",")
    }
}

impl Param {
    /// 时段: events of the period, or those of the year before it, which is what has counted before
    /// towards a yearly limit.
    pub const WHEN: Self = Self {
        code: "when",
        name: text!("时段", "when"),
        kind: ParamKind::Choice(&[
            Word { code: "period", label: text!("本期", "this period") },
            Word { code: "earlier", label: text!("年内本期以前", "earlier in the year") },
        ]),
    };

    fn value(&self, said: Option<&str>) -> Result<Value, Refusal> {
        match self.kind {
            ParamKind::Choice(words) => {
                let is = |word: &&Word| said.is_none_or(|s| s == word.code || s == word.label.zh);
                let found = words.iter().find(is).copied().map(Value::Word);
                found.ok_or_else(|| {
                    Refusal::field(
                        self.code,
                        text!("请从给出的选项中选择。", "Choose one of the given words."),
                    )
                })
            }
            ParamKind::Number { min, max, usual } => {
                let number = said.map_or(Some(usual), |said| said.parse().ok());
                let number = number.filter(|number| (min..=max).contains(number));
                number.map(Value::Number).ok_or_else(|| {
                    let told = msg!(
                        "请填 {min} 至 {max} 的整数。",
                        "Give a whole number from {min} to {max}."
                    );
                    Refusal::field(self.code, told)
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::text;

    use super::{Args, Param, ParamKind, Word};

    const PARAMS: [Param; 2] = [
        Param {
            code: "weighted",
            name: text!("权重", "weighted"),
            kind: ParamKind::Choice(&[
                Word { code: "yes", label: text!("是", "yes") },
                Word { code: "no", label: text!("否", "no") },
            ]),
        },
        Param {
            code: "days",
            name: text!("天数", "days"),
            kind: ParamKind::Number { min: 1, max: 90, usual: 30 },
        },
    ];

    #[test]
    fn parameters_are_read_by_code_or_by_chinese_name() {
        let read = |pairs: &[(&str, &'static str)]| {
            let of = |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| *v);
            Args::read(&PARAMS, of)
        };
        assert_eq!(read(&[]).unwrap().said(), "权重=是,天数=30");
        let args = read(&[("权重", "否"), ("days", "7")]).unwrap();
        assert_eq!((args.word("weighted"), args.number("days")), ("no", 7));
        for wrong in [[("weighted", "maybe")], [("days", "0")], [("days", "x")], [("天数", "91")]]
        {
            assert!(read(&wrong).is_err(), "{wrong:?}");
        }
    }
}
