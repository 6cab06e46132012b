//! A letter 信件: what leaves the program for one post, in both languages, and how it reads as
//! plain text and as HTML. The program does not know which language a person reads outside it,
//! so Chinese comes first and English follows below.

use kernel::{Day, Lang, Message, Text, msg, text};
use maud::{DOCTYPE, Markup, html};
use serde::{Deserialize, Serialize};

use crate::tables::Parcel;

/// Lines of one section at most; the rest is counted.
pub(crate) const LINES_MAX: usize = 20;

/// What one letter says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Letter {
    pub(crate) kind: Parcel,
    /// The city's name.
    pub(crate) city: String,
    /// The post it is for, `临颍县联络员`.
    pub(crate) post: String,
    pub(crate) day: Day,
    pub(crate) sections: Vec<Section>,
}

/// Some lines under a heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Section {
    pub(crate) what: What,
    pub(crate) lines: Vec<Line>,
    /// Whether there are more than are listed.
    pub(crate) more: bool,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum What {
    /// 急件.
    Urgent,
    /// 待办.
    Waiting,
    /// 已逾期.
    Overdue,
    /// 即将到期.
    DueSoon,
    /// 新消息.
    New,
}

/// One line, in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) zh: String,
    pub(crate) en: String,
}

impl Line {
    fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl What {
    const fn heading(self) -> Text {
        match self {
            Self::Urgent => text!("急件，请尽快办理", "Urgent, to be done soon"),
            Self::Waiting => text!("等您办理", "Waits for you"),
            Self::Overdue => text!("已逾期", "Overdue"),
            Self::DueSoon => text!("即将到期", "Due soon"),
            Self::New => text!("新消息", "New"),
        }
    }
}

const TEST: Text = text!(
    "这是一条测试消息。收到它，说明发送设置正确。",
    "This is a test message. It reached you, so sending is set up."
);
const MORE: Text = text!("……其余请登录查看", "… the rest is in the program");
const OPEN: Text = text!("打开收件箱", "Open the inbox");
const LOG_IN: Text = text!("请登录督办系统查看。", "Sign in to Duban to see more.");
const FOOT: Text = text!(
    "此消息由督办系统自动发送，请勿回复。每日摘要可在“我的账号”中关闭。",
    "Sent by Duban by itself; please do not answer. The daily digest can be switched off under “My account”."
);

impl Letter {
    /// The line by which it is known in a mailbox.
    pub(crate) fn title(&self) -> Message {
        let (city, day) = (&self.city, self.day);
        match self.kind {
            Parcel::Digest => {
                let (zh, en) = (self.counts(Lang::Zh), self.counts(Lang::En));
                msg!("【{city}督办】{day} 每日摘要：{zh}", "[Duban] {day} digest: {en}")
            }
            Parcel::Urgent => msg!("【{city}督办】急件提醒", "[Duban] Urgent"),
            Parcel::Test => msg!("【{city}督办】测试消息", "[Duban] Test message"),
        }
    }

    fn counts(&self, lang: Lang) -> String {
        let count = |s: &Section| {
            let more = if s.more { "+" } else { "" };
            format!("{} {}{more}", s.what.heading().of(lang), s.lines.len())
        };
        let counts: Vec<_> = self.sections.iter().map(count).collect();
        counts.join(match lang {
            Lang::Zh => "，",
            Lang::En => ", ",
        })
    }

    fn greeting(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!("{}：", self.post),
            Lang::En => format!("For {}:", self.post),
        }
    }

    /// One language as plain text.
    pub(crate) fn plain(&self, lang: Lang, link: Option<&str>) -> String {
        let mut lines = vec![self.greeting(lang), String::new()];
        if self.kind == Parcel::Test {
            lines.extend([TEST.of(lang).to_owned(), String::new()]);
        }
        for section in &self.sections {
            lines.push(format!("■ {}", section.what.heading().of(lang)));
            lines.extend(section.lines.iter().map(|line| format!("  - {}", line.of(lang))));
            if section.more {
                lines.push(format!("  {}", MORE.of(lang)));
            }
            lines.push(String::new());
        }
        match link {
            Some(link) => lines.push(format!("{} {link}", OPEN.of(lang))),
            None => lines.push(LOG_IN.of(lang).to_owned()),
        }
        lines.push(FOOT.of(lang).to_owned());
        lines.join("\n")
    }

    /// Both languages as plain text.
    pub(crate) fn text(&self, link: Option<&str>) -> String {
        let (zh, en) = (self.plain(Lang::Zh, link), self.plain(Lang::En, link));
        format!("{zh}\n\n----------\n\n{en}\n")
    }

    /// Both languages as HTML that loads nothing.
    pub(crate) fn html(&self, link: Option<&str>) -> String {
        let title = self.title().zh;
        html! {
            (DOCTYPE)
            html lang=(Lang::Zh.tag()) {
                head { meta charset="utf-8"; title { (title) } }
                body {
                    (self.part(Lang::Zh, link))
                    hr;
                    div lang=(Lang::En.tag()) { (self.part(Lang::En, link)) }
                }
            }
        }
        .into_string()
    }

    fn part(&self, lang: Lang, link: Option<&str>) -> Markup {
        html! {
            p { (self.greeting(lang)) }
            @if self.kind == Parcel::Test { p { (TEST.of(lang)) } }
            @for section in &self.sections {
                h3 { (section.what.heading().of(lang)) }
                ul {
                    @for line in &section.lines { li { (line.of(lang)) } }
                    @if section.more { li { (MORE.of(lang)) } }
                }
            }
            p {
                @if let Some(link) = link { a href=(link) { (OPEN.of(lang)) } }
                @else { (LOG_IN.of(lang)) }
            }
            p { small { (FOOT.of(lang)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Lang;

    use super::{Letter, Line, Section, What};
    use crate::tables::Parcel;

    fn letter() -> Letter {
        let line = Line {
            zh: "14-3 <园区>：请签收。".into(),
            en: "14-3 <park>: accept it.".into(),
        };
        Letter {
            kind: Parcel::Digest,
            city: "漯河市".into(),
            post: "临颍县联络员".into(),
            day: "2021-11-01".parse().unwrap(),
            sections: vec![Section { what: What::Waiting, lines: vec![line], more: true }],
        }
    }

    #[test]
    fn a_letter_is_chinese_first_with_the_english_below() {
        let text = letter().text(Some("https://duban.example/inbox"));
        let (zh, en) = (text.find("等您办理").unwrap(), text.find("Waits for you").unwrap());
        assert!(zh < en);
        assert!(text.contains("14-3 <园区>") && text.contains("https://duban.example/inbox"));
        assert_eq!(letter().title().zh, "【漯河市督办】2021-11-01 每日摘要：等您办理 1+");
    }

    #[test]
    fn the_html_part_escapes_what_people_wrote_and_loads_nothing() {
        let html = letter().html(None);
        assert!(html.contains("14-3 &lt;园区&gt;"));
        assert!(!html.contains("src=") && !html.contains("<script") && !html.contains("href="));
        assert!(letter().plain(Lang::En, None).contains("Sign in to Duban"));
    }
}
