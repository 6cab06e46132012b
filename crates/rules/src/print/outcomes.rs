//! Vetoes, ties, the minimum of tasks and consequences in the text of the rules.

use kernel::{Message, msg, text};

use super::items::{articles, sources};
use super::{applies, conditions, listed};
use crate::decimal;
use crate::methods::{Wording, joined};
use crate::rule_set::RuleSet;
use crate::rule_set::demotion::{Demotion, Ground};
use crate::rule_set::item::title;
use crate::rule_set::outcome::{AtTheLine, Consequence, Minimum, Places, Ties, Veto, VetoEffect};
use crate::rule_set::param::Param;
use crate::saying::{same, say};

pub(super) fn veto(rule: &RuleSet, veto: &Veto) -> Message {
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
        VetoEffect::EligibilityOnly(remark) => {
            remark.said(&text!("得分保留", "the score stays").into())
        }
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
    parts.extend(articles(veto.article.as_ref()));
    parts.extend(applies(rule, &veto.groups));
    parts.extend(sources(&veto.inputs.0));
    let parts = joined(&parts, "，", ", ");
    say!("{a}。", "{a}.", a = parts)
}

pub(super) fn ties(ties: Option<&Ties>) -> Message {
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

pub(super) fn consequence(rule: &RuleSet, one: &Consequence) -> Message {
    let mut parts: Vec<Message> = Vec::new();
    parts.extend(one.places.as_ref().map(|places| match places {
        Places::First(1) => text!("每组第一名", "the first of each group").into(),
        Places::Last(1) => text!("每组末名", "the last of each group").into(),
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
    if one.is_award {
        parts.push(text!("属评优事项", "it is an award").into());
    }
    parts.extend(one.band.as_ref().map(|band| {
        let bounds = [band.least, band.most].map(|yuan| same(&decimal::canonical(yuan)));
        let [least, most] = bounds;
        say!("奖励金额{a}元至{b}元", "an amount of {a} to {b} yuan", a = least, b = most)
    }));
    parts.extend(articles(one.article.as_ref()));
    parts.extend(sources(&one.inputs.0));
    let parts = joined(&parts, "，", ", ");
    say!(
        "{a} {b}：{c}。",
        "{a} {b}: {c}.",
        a = same(&one.code.0),
        b = title(&one.name, one.english.as_ref()),
        c = parts
    )
}

/// J1 单项不达标：K1、K2依次为奖项的各档，每有一项下列事由降一档…….
pub(super) fn demotion(rule: &RuleSet, one: &Demotion) -> Message {
    let wording = Wording { inputs: &one.inputs.0 };
    let grounds: Vec<Message> = one.grounds.iter().map(|one| ground(one, &wording)).collect();
    let mut parts = vec![say!(
        "奖项由高到低为{a}，每有一项下列事由降一档，降到末档以下的不予奖励：{b}",
        "awards from the best on: {a}; each of these lowers by one level, and below the last there is none: {b}",
        a = listed(&one.levels),
        b = joined(&grounds, "；", "; ")
    )];
    parts.extend(
        one.none_from.map(|from| {
            msg!("有{from}项以上的不予奖励", "from {from} of them on there is no award")
        }),
    );
    parts.extend(articles(one.article.as_ref()));
    parts.extend(applies(rule, &one.groups));
    parts.extend(sources(&one.inputs.0));
    say!(
        "{a} {b}：{c}。",
        "{a} {b}: {c}.",
        a = same(&one.code.0),
        b = title(&one.name, one.english.as_ref()),
        c = joined(&parts, "，", ", ")
    )
}

/// One ground for lowering an award.
pub(crate) fn ground(ground: &Ground, wording: &Wording<'_>) -> Message {
    match ground {
        Ground::Points(short) => say!(
            "{a}合计得分低于{b}分",
            "{a} bring less than {b} points together",
            a = listed(&short.items),
            b = short.below.said()
        ),
        Ground::Figure(condition) => condition.said(wording),
    }
}

pub(super) fn too_few(minimum: &Minimum) -> Message {
    let input = std::slice::from_ref(&minimum.input);
    let wording = Wording { inputs: input };
    let read = sources(input).unwrap_or_else(|| same(""));
    say!(
        "{a}少于{b}的单位为任务不足，不参与排名（{c}）。",
        "A unit with fewer tasks than required ({a}: at least {b}) is not ranked ({c}).",
        a = wording.name(None),
        b = wording.amount(None, &Param::Fixed(minimum.least)),
        c = read
    )
}
