//! Messages in the product's two languages. A text without one of them does not compile.

/// The language of a page: Chinese first, English complete beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// 简体中文, the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The value of the HTML `lang` attribute and of `Content-Language`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

/// A fixed text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// The Chinese wording.
    pub zh: &'static str,
    /// The English wording.
    pub en: &'static str,
}

impl Text {
    /// The wording in one language.
    pub const fn of(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// A text with values filled in, in both languages; made by [`crate::msg!`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The Chinese wording.
    pub zh: String,
    /// The English wording.
    pub en: String,
}

impl Message {
    /// The wording in one language.
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// A number of working days, in words: 1 个工作日 · 1 working day.
pub fn working_days(n: i64) -> Message {
    let en = if n == 1 { "1 working day".to_owned() } else { format!("{n} working days") };
    Message { zh: format!("{n} 个工作日"), en }
}

impl From<Text> for Message {
    fn from(text: Text) -> Self {
        Self { zh: text.zh.to_owned(), en: text.en.to_owned() }
    }
}

/// A fixed text: `text!("保存", "Save")`.
#[macro_export]
macro_rules! text {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::Text { zh: $zh, en: $en }
    };
}

/// A text with values: `msg!("还剩{n}天", "{n} days left")`.
#[macro_export]
macro_rules! msg {
    ($zh:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::Message { zh: format!($zh $(, $name = $value)*), en: format!($en $(, $name = $value)*) }
    };
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn a_message_carries_its_values_in_both_languages() {
        let n = 3;
        let m = crate::msg!("还剩{n}天", "{n} days left");
        assert_eq!(m.of(Lang::Zh), "还剩3天");
        assert_eq!(m.of(Lang::En), "3 days left");
    }
}
