//! The parts of a draft, each with a way into its form and with what is wrong in it.

use std::collections::BTreeMap;

use kernel::{Lang, Text, msg, text};
use maud::{Markup, html};
use rules::document::Problem;
use rules::document::node::Node;
use ui::form::ButtonTone;
use ui::{Tone, part};
use uuid::Uuid;
use web::Call;

use crate::acts::write::labels;
use crate::acts::write::part::{Kind, Part};
use crate::acts::write::place;
use crate::tree;

/// The parts of a draft that may be written.
pub(crate) fn outline(call: &Call, (set, tree): (Uuid, &Node), problems: &[Problem]) -> Markup {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for problem in problems {
        *counts.entry(place::of(tree, &problem.path).0.word()).or_default() += 1;
    }
    let lang = call.lang;
    let at = |p: Part| call.href(&format!("{}/draft/{}", crate::acts::card(set), p.word()));
    let line = |p: Part| {
        html! {
            li {
                a href=(at(p)) { (p.title(tree).of(lang)) }
                @if let Some(count) = counts.get(&p.word()) { " " (mark(*count, lang)) }
            }
        }
    };
    let add =
        |p: Part, label: Text| part::link_button(ButtonTone::Ghost, &at(p), label.of(lang), "plus");
    let dimensions = tree::entries(tree::get(tree, "维度"));
    html! {
        ul class="plain" { (line(Part::Head)) (line(Part::Groups)) (line(Part::Dimensions)) }
        @for (d, dimension) in dimensions.iter().enumerate() {
            h3 { (tree::text(tree::get(dimension, "名称"))) }
            ul class="plain" {
                @for n in 0..tree::entries(tree::get(dimension, "项目")).len() { (line(Part::Item(d, Some(n)))) }
            }
            (add(Part::Item(d, None), text!("添加项目", "Add an item")))
        }
        @for kind in Kind::ALL {
            h3 { (labels::label(kind.key()).of(lang)) }
            ul class="plain" {
                @for n in 0..tree::entries(tree::get(tree, kind.key())).len() { (line(Part::Entry(kind, Some(n)))) }
            }
            (add(Part::Entry(kind, None), text!("添加", "Add")))
        }
    }
}

fn mark(count: usize, lang: Lang) -> Markup {
    part::badge(Tone::Red, msg!("{count} 处待改", "{count} to mend").of(lang))
}

/// Everything that is wrong, each with the way to its field.
pub(crate) fn problems(call: &Call, (set, tree): (Uuid, &Node), all: &[Problem]) -> Markup {
    let line = |problem: &Problem| {
        let (p, name) = place::of(tree, &problem.path);
        let at = format!("{}/draft/{}#f-{name}", crate::acts::card(set), p.word());
        html! { li { a href=(call.href(&at)) { (problem.text(call.lang)) } } }
    };
    html! { ul class="text-problems" { @for problem in all { (line(problem)) } } }
}
