//! The tree as fields.

use std::collections::BTreeMap;

use kernel::{Lang, Message, Text, msg, text};
use maud::{Markup, html};
use rules::document::node::{Content, Node};
use rules::document::{Field, Shape};
use ui::{form, layout};
use web::Raw;

use super::labels;
use super::part::{ORIGIN, WITHIN};
use super::read::{OF_GROUP, ROW, TAKEN, WAS, below, is_line};
use crate::known::Known;
use crate::tree;

/// Characters of one line at most.
const LINE_MAX: u32 = 200;

/// What is known while a part is drawn.
pub(crate) struct Form<'a> {
    pub(crate) lang: Lang,
    /// The measures that may be chosen.
    pub(crate) known: &'a [Known],
    /// The groups of the document, code and name.
    pub(crate) groups: Vec<(String, String)>,
    /// The dimensions of the document by their names.
    pub(crate) dimensions: Vec<String>,
    /// The parameters that groups have.
    pub(crate) of_group: Vec<String>,
    /// What is wrong, by the name of the field.
    pub(crate) problems: &'a BTreeMap<String, Message>,
    /// What was typed, so that what a choice left behind is not lost.
    pub(crate) raw: Option<&'a Raw>,
}

/// What may stand in the place of a number.
const NUMBERS: &str = "numbers";
/// The same where the figures of the group may stand.
const LIMITS: &str = "limits";

/// Lists that are never empty once they are asked for.
const FILLED: [&str; 9] = ["取数", "档", "段", "带", "事项", "类别", "等次", "点", "部分"];
/// The fields of an input in the order of the form.
const INPUT: [&str; 5] = ["取数", "参数", "单位", "名", "英文"];

/// Fields that few need, after the others.
const ADVANCED: [&str; 3] = ["前提", "缺数", "允许超满分"];

impl Form<'_> {
    /// A whole part.
    pub(crate) fn part(&self, fields: &[Field], node: &Node, name: &str) -> Markup {
        let (advanced, plain): (Vec<Field>, Vec<Field>) =
            fields.iter().partition(|field| ADVANCED.contains(&field.key));
        layout::stack(html! {
            (form::first_submit(text!("保存", "Save").of(self.lang)))
            (self.offers())
            @if !self.of_group.is_empty() && plain.iter().any(takes_numbers) {
                p class="muted" { (text!(
                    "数字处可以写数，也可以选各组自己的数，如“本组签约目标”。",
                    "Where a number stands you may also choose a number of the group."
                ).of(self.lang)) }
            }
            (self.fields(&plain, Some(node), name))
            @if !advanced.is_empty() {
                (form::section(text!("高级", "Advanced").of(self.lang)))
                (self.fields(&advanced, Some(node), name))
            }
        })
    }

    fn fields(&self, fields: &[Field], node: Option<&Node>, name: &str) -> Markup {
        let measure = node.and_then(|n| tree::get(n, "取数"));
        let is_input =
            |field: &Field| field.key == "取数" && matches!((field.shape)(), Shape::Text);
        let is_input = fields.iter().any(is_input);
        let mut fields: Vec<&Field> = fields.iter().collect();
        if is_input {
            // First what is read, then how it is called.
            fields.sort_by_key(|field| INPUT.iter().position(|key| *key == field.key));
        }
        form::fields(html! {
            @for field in fields {
                @let (at, inner) = (below(name, field.key), node.and_then(|n| tree::get(n, field.key)));
                @if is_input && field.key == "参数" {
                    (self.params(&Said::of(field, self.lang), (tree::text(measure), inner), &at))
                } @else {
                    (self.field(field, inner, &at))
                }
            }
        })
    }

    /// One field, over both columns when it has parts.
    fn field(&self, field: &Field, node: Option<&Node>, name: &str) -> Markup {
        let shape = (field.shape)();
        if field.key == ORIGIN {
            return form::hidden(name, tree::text(node));
        }
        if field.key == WITHIN {
            return self.within(tree::text(node), name);
        }
        let said = Said::of(field, self.lang);
        if field.key == "取数" && matches!(shape, Shape::Text) {
            return form::wide(self.measure(&said, node, name));
        }
        let drawn = self.value(&said, &shape, node, name);
        match shape {
            Shape::List(_)
            | Shape::Named(_)
            | Shape::Fields(_)
            | Shape::Choice(_)
            | Shape::Formula => form::wide(drawn),
            Shape::Code
            | Shape::Text
            | Shape::Number
            | Shape::Param
            | Shape::Limit
            | Shape::Count
            | Shape::YesNo
            | Shape::Word(_) => drawn,
        }
    }

    /// The dimension of an item; nothing to choose where there is one only.
    fn within(&self, place: &str, name: &str) -> Markup {
        if self.dimensions.len() < 2 {
            return form::hidden(name, place);
        }
        let places: Vec<String> = (0..self.dimensions.len()).map(|n| n.to_string()).collect();
        let names = places.iter().zip(&self.dimensions);
        let choices: Vec<_> = names.map(|(n, label)| form::Choice::new(n, label)).collect();
        let label = text!("所在维度 *", "Dimension *").of(self.lang);
        let hint = text!(
            "换一个维度，保存后排在其最后；再用“上移一位”调整次序",
            "In another dimension it stands last once saved; “Move up” changes the order"
        );
        let hint = Some(hint.of(self.lang));
        let field = form::Field { name, label, value: place, hint, ..form::Field::default() };
        form::select(&field, &choices)
    }

    pub(super) fn shown<'f>(
        &'f self,
        said: &'f Said,
        name: &'f str,
        value: &'f str,
    ) -> form::Field<'f> {
        form::Field {
            name,
            label: &said.label,
            value,
            error: self.problems.get(name).map(|m| m.of(self.lang)),
            hint: said.hint.map(|h| h.of(self.lang)),
            ..form::Field::default()
        }
    }

    fn value(&self, said: &Said, shape: &Shape, node: Option<&Node>, name: &str) -> Markup {
        let text = tree::text(node);
        match shape {
            Shape::Code | Shape::Text | Shape::Number | Shape::Count => {
                form::text(&self.shown(said, name, text), LINE_MAX)
            }
            Shape::Formula => form::textarea(&self.shown(said, name, text), 3, 500),
            Shape::YesNo => {
                let ticked = if matches!(text, "是" | "true") { "是" } else { "" };
                form::checkbox(&self.shown(said, name, ticked), "是")
            }
            Shape::Word(words) => {
                let words = words();
                let mut choices = vec![form::Choice::new("", said.none.of(self.lang))];
                choices.extend(words.iter().map(|w| form::Choice::new(w.zh, w.of(self.lang))));
                form::select(&self.shown(said, name, text), &choices)
            }
            Shape::Param => self.number(said, node, name, NUMBERS),
            Shape::Limit => self.number(said, node, name, LIMITS),
            Shape::List(inner) => self.list(said, &inner(), node, name),
            Shape::Named(_) => self.named(said, node, name),
            Shape::Fields(fields) => {
                form::group(&self.shown(said, name, ""), self.fields(fields, node, name))
            }
            Shape::Choice(choices) => self.choice(said, choices, node, name),
        }
    }

    /// A number, or what may be written in its place: a parameter of the group, the best of it.
    fn number(&self, said: &Said, node: Option<&Node>, name: &str, list: &str) -> Markup {
        let of_group = node.and_then(|n| tree::get(n, "组参数"));
        let value = match of_group {
            Some(of_group) => format!("{OF_GROUP}{}", tree::text(Some(of_group))),
            None => tree::text(node).to_owned(),
        };
        let has_offers = list == LIMITS || !self.of_group.is_empty();
        let list = has_offers.then_some(list);
        form::text(&form::Field { list, ..self.shown(said, name, &value) }, 60)
    }

    /// What numbers of this document may be besides numbers.
    fn offers(&self) -> Markup {
        let of_group: Vec<String> =
            self.of_group.iter().map(|p| format!("{OF_GROUP}{p}")).collect();
        let mut limits = vec!["组内最优".to_owned(), "组内最差".to_owned()];
        limits.extend(of_group.iter().cloned());
        html! { (form::offers(NUMBERS, &of_group)) (form::offers(LIMITS, &limits)) }
    }

    fn list(&self, said: &Said, inner: &Shape, node: Option<&Node>, name: &str) -> Markup {
        let entries = tree::entries(node);
        if said.key == "适用" {
            let chosen: Vec<_> = entries.iter().map(|n| tree::text(Some(n))).collect();
            let choices: Vec<_> =
                self.groups.iter().map(|(code, label)| form::Choice::new(code, label)).collect();
            let filter = text!("查找", "Find").of(self.lang);
            return form::checkbox_list(&self.shown(said, name, ""), &choices, &chosen, filter);
        }
        if is_line(inner) {
            let all: Vec<_> = entries.iter().map(|n| tree::text(Some(n))).collect();
            let all = all.join("、");
            return form::text(&self.shown(said, name, &all), 1_000);
        }
        // Where nothing stands yet, the first row waits to be filled in; left blank it is not kept.
        let blank = [Node::map(Vec::new())];
        let entries =
            if entries.is_empty() && FILLED.contains(&said.key) { &blank } else { entries };
        let rows = entries.iter().enumerate().map(|(n, entry)| {
            let at = below(name, &n.to_string());
            let content = if let Shape::Fields(fields) = inner {
                // A measure alone may stand for all that is read of it.
                let bare = matches!(entry.content, Content::Text(_))
                    .then(|| Node::map(vec![("取数".to_owned(), entry.clone())]));
                self.fields(fields, Some(bare.as_ref().unwrap_or(entry)), &at)
            } else {
                self.value(&Said::nth(n), inner, Some(entry), &at)
            };
            self.entry((n, name), content)
        });
        let content = html! {
            @for row in rows { (row) }
            (self.add(name))
        };
        form::group(&self.shown(said, name, ""), content)
    }

    /// An entry of a list with its buttons.
    fn entry(&self, (n, list): (usize, &str), content: Markup) -> Markup {
        let at = below(list, &n.to_string());
        let (place, id) = (format!("f-{list}"), format!("f-{at}"));
        let number = n + 1;
        let title = msg!("第 {number} 项", "No. {number}");
        let tools = html! {
            div class="cluster" {
                @if n > 0 {
                    (form::step(text!("上移", "Up").of(self.lang), "arrow-up", (&format!("up:{at}"), &place)))
                }
                (form::step(text!("删除", "Remove").of(self.lang), "x", (&format!("remove:{at}"), &place)))
            }
        };
        let marked = html! { (form::hidden(&below(&at, ROW), "1")) (content) };
        form::entry(title.of(self.lang), &id, tools, marked)
    }

    fn add(&self, list: &str) -> Markup {
        let label = text!("添加一项", "Add one").of(self.lang);
        form::step(label, "plus", (&format!("add:{list}"), &format!("f-{list}")))
    }

    /// Names with their numbers.
    fn named(&self, said: &Said, node: Option<&Node>, name: &str) -> Markup {
        let (name_of, number) =
            (text!("名称", "Name").of(self.lang), text!("数", "Number").of(self.lang));
        let rows = tree::fields(node).iter().enumerate().map(|(n, (key, value))| {
            let at = below(name, &n.to_string());
            let (k, v) = (below(&at, "k"), below(&at, "v"));
            let error = self.problems.get(&v).map(|m| m.of(self.lang));
            let key =
                form::Field { name: &k, label: name_of, value: key, ..form::Field::default() };
            let value = tree::text(Some(value));
            let value =
                form::Field { name: &v, label: number, value, error, ..form::Field::default() };
            self.entry(
                (n, name),
                form::fields(html! { (form::text(&key, 20)) (form::text(&value, 40)) }),
            )
        });
        let content = html! {
            @for row in rows { (row) }
            (self.add(name))
        };
        form::group(&self.shown(said, name, ""), content)
    }

    /// One of several, with the fields of the one that is chosen.
    fn choice(&self, said: &Said, choices: &[Field], node: Option<&Node>, name: &str) -> Markup {
        // A word alone is the choice without anything in it.
        let bare = tree::text(node);
        let (word, inner) = match tree::fields(node).first() {
            Some((word, inner)) => (word.as_str(), Some(inner)),
            None => (bare, None),
        };
        let word = word.split_once('@').map_or(word, |(word, _)| word);
        let taken = choices.iter().find(|field| field.key == word);
        let content = html! {
            (form::choose(self.offered(said, choices, (name, word)), self.choose_button(name)))
            (form::hidden(&below(name, WAS), word))
            @if let Some(about) = labels::about(word) { p class="form-hint" { (about.of(self.lang)) } }
            @if let Some(field) = taken {
                @let at = below(name, field.key);
                @if let Shape::Fields(fields) = (field.shape)() { (self.fields(fields, inner, &at)) }
                @else { (form::fields(self.field(field, inner, &at))) }
            }
            (self.left_behind(choices, (name, word)))
        };
        form::group(&self.shown(said, name, ""), content)
    }

    fn choose_button(&self, name: &str) -> Markup {
        let label = text!("填写所选", "Show its fields").of(self.lang);
        form::step(label, "refresh", ("choose", &format!("f-{name}")))
    }

    fn offered(&self, said: &Said, choices: &[Field], (name, word): (&str, &str)) -> Markup {
        let labels: Vec<String> = choices
            .iter()
            .map(|field| {
                let label = labels::label(field.key);
                label.of(self.lang).to_owned()
            })
            .collect();
        let mut all: Vec<form::Choice<'_>> = choices
            .iter()
            .zip(&labels)
            .map(|(field, label)| form::Choice::new(field.key, label))
            .collect();
        if said.key == "计分" {
            let (common, advanced) = (text!("常用", "Common"), text!("高级", "Advanced"));
            let rank = |key: &str| labels::COMMON.iter().position(|c| *c == key);
            for choice in &mut all {
                let group = if rank(choice.value).is_some() { common } else { advanced };
                choice.group = Some(group.of(self.lang));
            }
            all.sort_by_key(|c| rank(c.value).unwrap_or(labels::COMMON.len()));
        }
        all.insert(0, form::Choice::new("", said.none.of(self.lang)));
        let taken = below(name, TAKEN);
        let label = text!("选择", "Choose").of(self.lang);
        let field = form::Field { name: &taken, label, value: word, ..form::Field::default() };
        form::select(&field, &all)
    }

    /// What was typed for a choice that is not taken now, so that going back finds it again.
    fn left_behind(&self, choices: &[Field], (name, word): (&str, &str)) -> Markup {
        let Some(raw) = self.raw else { return Markup::default() };
        let others = choices.iter().filter(|field| field.key != word);
        let prefixes: Vec<_> = others.map(|field| below(name, field.key)).collect();
        let is_left = |sent: &str| {
            prefixes.iter().any(|p| {
                sent.strip_prefix(p.as_str()).is_some_and(|r| r.is_empty() || r.starts_with('.'))
            })
        };
        html! {
            @for (sent, value) in raw.pairs().iter().filter(|(sent, _)| is_left(sent)) {
                (form::hidden(sent, value))
            }
        }
    }
}

/// Whether a number of the group may be asked for in a field.
fn takes_numbers(field: &Field) -> bool {
    field.key == "计分" || matches!((field.shape)(), Shape::Param | Shape::Limit)
}

/// What a field says of itself.
pub(super) struct Said {
    pub(super) key: &'static str,
    pub(super) label: String,
    pub(super) hint: Option<Text>,
    /// What stands for no choice.
    pub(super) none: Text,
}

impl Said {
    pub(super) fn of(field: &Field, lang: Lang) -> Self {
        let optional = (field.may_be_absent)();
        let label = labels::label(field.key);
        let mark = if optional { "" } else { " *" };
        Self {
            key: field.key,
            label: format!("{}{mark}", label.of(lang)),
            hint: labels::hint(field.key),
            none: if optional {
                text!("（不规定）", "(not said)")
            } else {
                text!("请选择", "Choose")
            },
        }
    }

    fn nth(n: usize) -> Self {
        let label = (n + 1).to_string();
        Self { key: "", label, hint: None, none: text!("请选择", "Choose") }
    }
}
