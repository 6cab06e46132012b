//! The form of one part, put together: from what is kept or what was typed, with what is wrong.

use std::collections::BTreeMap;

use kernel::{Lang, Message, text};
use maud::{Markup, html};
use rules::document::Problem;
use rules::document::node::Node;
use ui::{Tone, form as fields};
use web::{Call, Raw};

use super::draw::Form;
use super::part::{self, Part};
use super::read::{self, Blank};
use super::steps::Step;
use super::{DOC, SEEN, labels, place};
use crate::draft::Draft;
use crate::known::{Known, Names};
use crate::{problems, tree};

/// The form of one part.
pub(super) struct Page {
    part: Part,
    node: Option<Node>,
    tree: Node,
    known: Vec<Known>,
    told: BTreeMap<String, Message>,
    step: Option<Step>,
}

impl Page {
    /// The form of a part; nothing when its place is gone.
    pub(super) fn of(
        part: Part,
        draft: Draft,
        (names, step): (Names, Option<Step>),
    ) -> Option<Self> {
        let node = part.node(&draft.tree);
        if node.is_none() && !part.is_new() {
            return None;
        }
        let told = told(&draft, &problems::of(&draft, &names), part);
        let known = names.measures.unwrap_or_default();
        Some(Self { part, node, tree: draft.tree, known, told, step })
    }

    /// What stands above the fields: the way back, and what is wrong.
    pub(super) fn intro(&self, call: &Call, back: &str) -> Markup {
        let lang = call.lang;
        let is_unasked = self.step.is_some() && call.body.get("do").is_none();
        html! {
            p { a href=(call.href(back)) { (text!("返回稿件", "Back to the draft").of(lang)) } }
            @if is_unasked {
                (ui::part::alert(Tone::Blue, html! { (text!(
                    "换了选项，请填写下面新的内容后再保存。",
                    "Another choice was made: fill in its fields, then save."
                ).of(lang)) }))
            }
            (self.summary(lang))
        }
    }

    /// What is wrong, each linked to its field; what was just typed is not judged yet.
    fn summary(&self, lang: Lang) -> Markup {
        if self.step.is_some() || self.part.is_new() {
            return Markup::default();
        }
        let lines: Vec<_> = self
            .told
            .iter()
            .map(|(name, message)| {
                let last = name.split('.').rfind(|w| !matches!(*w, "v" | "doc"));
                let word = last.filter(|w| w.parse::<usize>().is_err()).unwrap_or_default();
                let label = labels::label(word).of(lang).to_owned();
                (format!("f-{name}"), label, message.of(lang).to_owned())
            })
            .collect();
        fields::error_summary(lang, &lines)
    }

    pub(super) fn draw(&self, typed: Option<&Raw>, lang: Lang) -> Markup {
        let all = self.part.fields();
        let stepped =
            typed.map(|raw| self.step.as_ref().map_or_else(|| raw.clone(), |s| s.apply(raw)));
        let node = match &stepped {
            Some(raw) => read::fields(&all, DOC, (raw, Blank::Kept)),
            None => self.node.clone().unwrap_or_else(|| self.part.blank()),
        };
        let none = BTreeMap::new();
        let is_judged = typed.is_none() && !self.part.is_new();
        let form = Form {
            lang,
            known: &self.known,
            groups: groups(&self.tree),
            dimensions: dimensions(&self.tree, lang),
            of_group: of_group(&self.tree),
            problems: if is_judged { &self.told } else { &none },
            raw: stepped.as_ref(),
        };
        // A step keeps what was seen at first; whoever was told of another's change has seen it now.
        let seen = stepped.as_ref().filter(|_| self.step.is_some()).and_then(|raw| raw.get(SEEN));
        let seen = seen.map_or_else(|| self.part.seen(&self.tree), str::to_owned);
        html! {
            (form.part(&all, &node, DOC))
            (fields::hidden(SEEN, &seen))
            @if !self.part.is_new() && matches!(self.part, Part::Item(..) | Part::Entry(..)) {
                div class="cluster" {
                    (fields::step(text!("上移一位（先保存）", "Move up (save first)").of(lang), "arrow-up", ("raise", "content")))
                    (fields::step(text!("删除此项", "Remove this").of(lang), "x", ("delete", "content")))
                }
            }
        }
    }
}

fn dimensions(tree: &Node, lang: Lang) -> Vec<String> {
    let called = |node| {
        let of = |key: &str| tree::text(tree::get(node, key));
        match (lang, of("名称"), of("英文")) {
            (Lang::En, _, english) if !english.is_empty() => english.to_owned(),
            (_, "", _) => part::without_name().of(lang).to_owned(),
            (_, name, _) => name.to_owned(),
        }
    };
    tree::entries(tree::get(tree, "维度")).iter().map(called).collect()
}

fn groups(tree: &Node) -> Vec<(String, String)> {
    let groups = tree::entries(tree::get(tree, "组别")).iter();
    let of = |group: &Node, key: &str| tree::text(tree::get(group, key)).to_owned();
    groups.map(|g| (of(g, "代码"), format!("{} {}", of(g, "代码"), of(g, "名称")))).collect()
}

fn of_group(tree: &Node) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for group in tree::entries(tree::get(tree, "组别")) {
        for (name, _) in tree::fields(tree::get(group, "参数")) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    names
}

/// What is wrong in a part, by the name of the field.
fn told(draft: &Draft, all: &[Problem], part: Part) -> BTreeMap<String, Message> {
    let mut told: BTreeMap<String, Message> = BTreeMap::new();
    for problem in all {
        let (of, name) = place::of(&draft.tree, &problem.path);
        if of != part {
            continue;
        }
        let message = problem.message.clone();
        told.entry(name)
            .and_modify(|m| {
                m.zh = format!("{}；{}", m.zh, message.zh);
                m.en = format!("{}; {}", m.en, message.en);
            })
            .or_insert(message);
    }
    told
}
