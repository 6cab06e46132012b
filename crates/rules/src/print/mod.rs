//! The rule set as the text of the rules: articles with numbers, Chinese and English.

mod items;
pub(crate) mod outcomes;

use kernel::{Lang, Message, msg, text};

use crate::decimal;
use crate::document::{Code, Name};
use crate::methods::{Wording, joined};
use crate::rule_set::RuleSet;
use crate::rule_set::condition::Condition;
use crate::rule_set::item::{Item, title};
use crate::saying::{same, say, singular};

/// The lines of the rules in one language: title, number, then the articles.
pub fn lines(rule: &RuleSet, lang: Lang) -> Vec<String> {
    let mut text = Text { lang, lines: Vec::new(), article_count: 0 };
    text.line(&title(&rule.name, rule.english.as_ref()));
    text.line(&head(rule));
    text.article(&general(rule));
    text.article(&groups(rule));
    for dimension in &rule.dimensions {
        let marks = items::marks(rule, dimension);
        text.article(&say!("{a}（{b}）", "{a} ({b})", a = dimension.title(), b = marks));
        text.items(rule, &dimension.items);
    }
    text.section(rule, &rule.bonuses, text!("加分", "Bonuses").into());
    if let Some(most) = &rule.bonus_max {
        let most = most.said();
        text.point(&say!("加分合计不超过{a}分。", "Bonuses together bring at most {a}.", a = most));
    }
    text.section(rule, &rule.amounts, text!("奖惩金额", "Amounts").into());
    if !rule.vetoes.is_empty() {
        text.article(&text!("否决", "Vetoes").into());
        rule.vetoes.iter().for_each(|one| text.point(&outcomes::veto(rule, one)));
    }
    text.article(&outcomes::ties(rule.ties.as_ref()));
    if let Some(minimum) = &rule.minimum {
        text.article(&outcomes::too_few(minimum));
    }
    if !rule.consequences.is_empty() {
        text.article(&text!("结果运用", "Consequences").into());
        rule.consequences.iter().for_each(|one| text.point(&outcomes::consequence(rule, one)));
    }
    if !rule.demotions.is_empty() {
        text.article(&text!("降档", "Lower levels of awards").into());
        rule.demotions.iter().for_each(|one| text.point(&outcomes::demotion(rule, one)));
    }
    text.lines
}

/// The same as one text.
pub fn print(rule: &RuleSet, lang: Lang) -> String {
    let mut text = lines(rule, lang).join("\n");
    text.push('\n');
    text
}

struct Text {
    lang: Lang,
    lines: Vec<String>,
    article_count: usize,
}

impl Text {
    fn line(&mut self, message: &Message) {
        let line = match self.lang {
            Lang::Zh => message.zh.clone(),
            Lang::En => singular(message.en.clone()),
        };
        self.lines.push(line);
    }

    fn article(&mut self, message: &Message) {
        self.article_count += 1;
        let (zh, en) = (chinese(self.article_count), self.article_count);
        let number = msg!("第{zh}条", "Article {en}");
        self.line(&say!("{a}　{b}", "{a}  {b}", a = number, b = message));
    }

    fn point(&mut self, message: &Message) {
        self.line(&say!("　　{a}", "    {a}", a = message));
    }

    fn section(&mut self, rule: &RuleSet, items: &[Item], name: Message) {
        if !items.is_empty() {
            self.article(&name);
            self.items(rule, items);
        }
    }

    fn items(&mut self, rule: &RuleSet, items: &[Item]) {
        items.iter().for_each(|one| self.point(&items::item(rule, one)));
    }
}

fn head(rule: &RuleSet) -> Message {
    let (code, version, from) =
        (same(&rule.code.0), same(&rule.version.to_string()), month(&rule.from.0));
    let issued = rule.issued.as_ref().map_or_else(
        || msg!("", ""),
        |issued| {
            let (office, number) = (same(&issued.office.0), same(&issued.number.0));
            let on = day(&issued.on.0);
            say!("{a}{b}，{c}印发，", "{a} {b}, issued {c}, ", a = office, b = number, c = on)
        },
    );
    let version = say!(
        "编号{a}第{b}版，自{c}起施行",
        "{a} version {b}, in force from {c}",
        a = code,
        b = version,
        c = from
    );
    say!("{a}{b}", "{a}{b}", a = issued, b = version)
}

fn general(rule: &RuleSet) -> Message {
    let places = same(&rule.precision.places.to_string());
    let mut said = say!(
        "满分{a}分。得分保留{b}位小数，{c}，每一部分得出后取舍一次，总分为各部分之和；不适用的项目{d}。",
        "Full marks are {a}. Scores have {b} decimals, {c}, rounded once for each part, and the total is the sum of the parts; items that do not apply: {d}.",
        a = rule.full.said(),
        b = places,
        c = Message::from(rule.precision.rounding.text()),
        d = Message::from(rule.absent_items.text())
    );
    if let Some(places) = rule.precision.money_places {
        let places = same(&places.to_string());
        said =
            say!("{a}金额保留{b}位小数。", "{a} Amounts have {b} decimals.", a = said, b = places);
    }
    said
}

/// 2021年10月; what is no month stands as it was written.
fn month(text: &str) -> Message {
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year, month] if month.parse::<u8>().is_ok() => {
            let zh = format!("{year}年{}月", month.trim_start_matches('0'));
            Message { zh, en: text.to_owned() }
        }
        _ => same(text),
    }
}

/// 2026年2月20日; what is no day stands as it was written.
fn day(text: &str) -> Message {
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day] if [month, day].iter().all(|part| part.parse::<u8>().is_ok()) => {
            let short = |part: &str| part.trim_start_matches('0').to_owned();
            let zh = format!("{year}年{}月{}日", short(month), short(day));
            Message { zh, en: text.to_owned() }
        }
        _ => same(text),
    }
}

fn groups(rule: &RuleSet) -> Message {
    let groups: Vec<Message> = rule
        .groups
        .iter()
        .map(|group| {
            let name = title(&group.name, group.english.as_ref());
            let name = say!("{a} {b}", "{a} {b}", a = same(&group.code.0), b = name);
            let numbers: Vec<String> = group
                .parameters
                .iter()
                .map(|(key, number)| format!("{key}{}", decimal::canonical(*number)))
                .collect();
            if numbers.is_empty() {
                return name;
            }
            let numbers = Message { zh: numbers.join("、"), en: numbers.join(", ") };
            say!("{a}（{b}）", "{a} ({b})", a = name, b = numbers)
        })
        .collect();
    let groups = joined(&groups, "、", ", ");
    say!("分组考评：{a}。", "Units are scored in groups: {a}.", a = groups)
}

fn conditions(conditions: &[Condition], wording: &Wording<'_>) -> Message {
    let said: Vec<Message> = conditions.iter().map(|one| one.said(wording)).collect();
    joined(&said, "且", " and ")
}

fn applies(rule: &RuleSet, groups: &[Code]) -> Option<Message> {
    if groups.is_empty() {
        return None;
    }
    let names: Vec<Message> = groups
        .iter()
        .map(|code| {
            let group = rule.group(&code.0);
            let name = group.map_or_else(|| Name(code.0.clone()), |group| group.name.clone());
            title(&name, group.and_then(|group| group.english.as_ref()))
        })
        .collect();
    let names = joined(&names, "、", ", ");
    Some(say!("适用{a}", "for {a}", a = names))
}

fn listed(codes: &[Code]) -> Message {
    let codes: Vec<&str> = codes.iter().map(|code| code.0.as_str()).collect();
    Message { zh: codes.join("、"), en: codes.join(", ") }
}

/// A number up to 99 in Chinese numerals, as articles are counted.
fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: usize| DIGITS.get(n).copied().unwrap_or("");
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, ones) if tens < 10 => format!("{}十{}", digit(tens), digit(ones)),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn articles_are_counted_as_laws_do() {
        let shown: Vec<String> = [1, 9, 10, 11, 20, 35, 99, 100].map(super::chinese).to_vec();
        assert_eq!(shown, ["一", "九", "十", "十一", "二十", "三十五", "九十九", "100"]);
    }
}
