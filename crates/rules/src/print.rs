//! The rule set as the text of the rules: articles with numbers, Chinese and English.

use kernel::{Lang, Message, msg, text};

use crate::decimal;
use crate::document::{Code, Name};
use crate::methods::{Wording, joined};
use crate::rule_set::RuleSet;
use crate::rule_set::condition::{Condition, Gate, Shut};
use crate::rule_set::input::Input;
use crate::rule_set::item::{Item, MissingFigure, title};
use crate::rule_set::outcome::{AtTheLine, Consequence, Minimum, Places, Ties, Veto, VetoEffect};
use crate::rule_set::param::Param;
use crate::saying::{same, say, singular};

/// The lines of the rules in one language: title, number, then the articles.
pub fn lines(rule: &RuleSet, lang: Lang) -> Vec<String> {
    let mut text = Text { lang, lines: Vec::new(), article_count: 0 };
    text.line(&title(&rule.name, rule.english.as_ref()));
    text.line(&head(rule));
    text.article(&general(rule));
    text.article(&groups(rule));
    for dimension in &rule.dimensions {
        let full = dimension.items.iter().filter_map(|item| item.full.as_ref()).map(Param::said);
        let full = joined(&full.collect::<Vec<_>>(), "＋", " + ");
        text.article(&say!("{a}（{b}分）", "{a} ({b} points)", a = dimension.title(), b = full));
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
        rule.vetoes.iter().for_each(|one| text.point(&veto(rule, one)));
    }
    text.article(&ties(rule.ties.as_ref()));
    if let Some(minimum) = &rule.minimum {
        text.article(&too_few(minimum));
    }
    if !rule.consequences.is_empty() {
        text.article(&text!("结果运用", "Consequences").into());
        rule.consequences.iter().for_each(|one| text.point(&consequence(rule, one)));
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
            Lang::En => singular(&message.en),
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
        items.iter().for_each(|one| self.point(&item(rule, one)));
    }
}

fn head(rule: &RuleSet) -> Message {
    let (code, version, from) = (&rule.code.0, rule.version, &rule.from.0);
    let issued = rule.issued.as_ref().map_or_else(
        || msg!("", ""),
        |issued| {
            let (office, number, on) = (&issued.office.0, &issued.number.0, &issued.on.0);
            msg!("{office}{number}，{on}印发，", "{office} {number}, issued {on}, ")
        },
    );
    let version = msg!(
        "编号{code}第{version}版，自{from}起施行",
        "{code} version {version}, in force from {from}"
    );
    say!("{a}{b}", "{a}{b}", a = issued, b = version)
}

fn general(rule: &RuleSet) -> Message {
    let places = same(&rule.precision.places.to_string());
    say!(
        "满分{a}分。得分保留{b}位小数，{c}，每一部分得出后取舍一次，总分为各部分之和；不适用的项目{d}。",
        "Full marks are {a}. Scores have {b} decimals, {c}, rounded once for each part, and the total is the sum of the parts; items that do not apply: {d}.",
        a = rule.full.said(),
        b = places,
        c = Message::from(rule.precision.rounding.text()),
        d = Message::from(rule.absent_items.text())
    )
}

fn groups(rule: &RuleSet) -> Message {
    let groups: Vec<Message> = rule
        .groups
        .iter()
        .map(|group| {
            let name = title(&group.name, group.english.as_ref());
            let numbers: Vec<String> = group
                .parameters
                .iter()
                .map(|(key, number)| format!("{key}{}", decimal::canonical(*number)))
                .collect();
            if numbers.is_empty() {
                return name;
            }
            let numbers = same(&numbers.join("、"));
            say!("{a}（{b}）", "{a} ({b})", a = name, b = numbers)
        })
        .collect();
    let groups = joined(&groups, "、", ", ");
    say!("分组考评：{a}。", "Units are scored in groups: {a}.", a = groups)
}

/// A1 任务按期办结率，满分12分（适用县区组）：…….
fn item(rule: &RuleSet, item: &Item) -> Message {
    let mut head = vec![say!("{a} {b}", "{a} {b}", a = same(&item.code.0), b = item.title())];
    if let Some(full) = &item.full {
        head.push(most(rule, item, full));
    }
    head.extend(item.article.as_ref().map(|article| same(&article.0)));
    head.extend(applies(rule, &item.groups));
    let wording = Wording { inputs: &item.inputs.0 };
    let mut parts = vec![item.method.scoring().said(&wording)];
    if let Some(one) = &item.gate {
        parts.push(gate(one, &wording));
    }
    if let Some(missing) = item.missing.filter(|missing| *missing != MissingFigure::Unscorable) {
        let missing = Message::from(missing.text());
        parts.push(say!("缺数据的{a}", "without a figure: {a}", a = missing));
    }
    let (head, parts) = (joined(&head, "，", ", "), joined(&parts, "；", "; "));
    say!("{a}：{b}。", "{a}: {b}.", a = head, b = parts)
}

/// Full marks; of a bonus and of an amount the most it can bring, in its unit.
fn most(rule: &RuleSet, item: &Item, full: &Param) -> Message {
    let is_in = |items: &[Item]| items.iter().any(|other| other.code == item.code);
    if is_in(&rule.amounts) {
        let units = item.inputs.0.iter().map(Input::unit);
        let unit = units.into_iter().find(|unit| unit.ends_with('元')).unwrap_or("");
        let (full, unit) = (full.said(), same(unit));
        let said = say!("最多{a}{b}", "at most {a} {b}", a = full, b = unit);
        return Message { zh: said.zh, en: said.en.trim_end().to_owned() };
    }
    if is_in(&rule.bonuses) {
        return say!("最多{a}分", "at most {a} points", a = full.said());
    }
    say!("满分{a}分", "full marks {a}", a = full.said())
}

fn gate(gate: &Gate, wording: &Wording<'_>) -> Message {
    let otherwise = Message::from(gate.otherwise.unwrap_or(Shut::Nothing).text());
    say!(
        "前提是{a}，否则{b}",
        "only if {a}, else {b}",
        a = conditions(&gate.conditions, wording),
        b = otherwise
    )
}

fn veto(rule: &RuleSet, veto: &Veto) -> Message {
    let effect = match &veto.effect {
        VetoEffect::Cap(cap) => {
            let cap = same(&decimal::canonical(*cap));
            say!("总分不超过{a}分", "the total is at most {a}", a = cap)
        }
        VetoEffect::Clear(codes) => {
            let codes = listed(codes);
            say!("项目{a}计零分", "nothing is given for {a}", a = codes)
        }
        VetoEffect::Deduct(points) => {
            let points = same(&decimal::canonical(*points));
            say!("扣{a}分", "{a} points are taken", a = points)
        }
        VetoEffect::EligibilityOnly(_) => text!("得分保留", "the score stays").into(),
    };
    let mut parts = vec![say!(
        "{a} {b}：{c}的，{d}",
        "{a} {b}: where {c}, {d}",
        a = same(&veto.code.0),
        b = title(&veto.name, veto.english.as_ref()),
        c = conditions(&veto.conditions, &Wording { inputs: &veto.inputs.0 }),
        d = effect
    )];
    if veto.bars_award || matches!(veto.effect, VetoEffect::EligibilityOnly(_)) {
        parts.push(text!("取消评优资格", "the unit is not eligible for awards").into());
    }
    parts.extend(veto.article.as_ref().map(|article| same(&article.0)));
    parts.extend(applies(rule, &veto.groups));
    let parts = joined(&parts, "，", ", ");
    say!("{a}。", "{a}.", a = parts)
}

fn ties(ties: Option<&Ties>) -> Message {
    let Some(ties) = ties else {
        return text!("未规定并列如何处理。", "Nothing is said about ties.").into();
    };
    let mut parts = vec![Message::from(ties.mode.text())];
    if let Some(gap) = ties.least_gap {
        let gap = same(&decimal::canonical(gap));
        parts.push(say!(
            "得分相差不足{a}分的视为并列",
            "totals that lie closer than {a} points are equal",
            a = gap
        ));
    }
    if !ties.breakers.is_empty() {
        let codes = listed(&ties.breakers);
        parts.push(say!("并列的依次比较{a}", "equals are compared by {a} in turn", a = codes));
    }
    let parts = joined(&parts, "；", "; ");
    say!("按取舍后的得分排名，{a}。", "Ranks follow the rounded scores: {a}.", a = parts)
}

fn consequence(rule: &RuleSet, one: &Consequence) -> Message {
    let mut parts: Vec<Message> = Vec::new();
    parts.extend(one.places.as_ref().map(|places| match places {
        Places::First(count) => msg!("每组前{count}名", "the first {count} of each group"),
        Places::Last(count) => msg!("每组后{count}名", "the last {count} of each group"),
    }));
    parts.extend(
        one.at_least
            .as_ref()
            .map(|least| say!("总分不低于{a}", "a total of at least {a}", a = least.said())),
    );
    parts.extend(
        one.below.as_ref().map(|below| say!("总分低于{a}", "a total below {a}", a = below.said())),
    );
    if !one.conditions.is_empty() {
        parts.push(conditions(&one.conditions, &Wording { inputs: &one.inputs.0 }));
    }
    parts.extend(applies(rule, &one.groups));
    if one.places.is_some() {
        let at_the_line = one.at_the_line.unwrap_or(AtTheLine::Include);
        let tie = Message::from(at_the_line.text());
        parts.push(say!("并列时{a}", "in a tie {a}", a = tie));
    }
    parts.extend(one.article.as_ref().map(|article| same(&article.0)));
    let parts = joined(&parts, "，", ", ");
    say!(
        "{a} {b}：{c}。",
        "{a} {b}: {c}.",
        a = same(&one.code.0),
        b = title(&one.name, one.english.as_ref()),
        c = parts
    )
}

fn too_few(minimum: &Minimum) -> Message {
    let input = std::slice::from_ref(&minimum.input);
    let wording = Wording { inputs: input };
    say!(
        "{a}少于{b}的单位为任务不足，不参与排名。",
        "A unit with fewer tasks than required ({a}: at least {b}) is not ranked.",
        a = wording.name(None),
        b = wording.amount(None, &Param::Fixed(minimum.least))
    )
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
