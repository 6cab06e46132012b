//! The measure of an input and its parameters: chosen from the library, by room.

use kernel::{Lang, Message, msg, text};
use maud::{Markup, html};
use rules::document::node::Node;
use ui::form;

use super::draw::{Form, Said};
use super::read::{WAS, below};
use crate::known::{Known, KnownParam, Takes};
use crate::tree;

/// Where a parameter stands in the form, and what is wrong with it.
type Drawn<'a> = (&'a str, Option<&'a Message>);

impl Form<'_> {
    /// The measure; a name that is not known stays chosen and is told of.
    pub(super) fn measure(&self, said: &Said, node: Option<&Node>, name: &str) -> Markup {
        let chosen = tree::text(node);
        let mut choices = vec![form::Choice::new("", text!("请选择", "Choose").of(self.lang))];
        let unknown = msg!("{chosen}（没有这个口径）", "{chosen} (not known)");
        if !chosen.is_empty() && !self.known.iter().any(|one| one.name.zh == chosen) {
            choices.push(form::Choice::new(chosen, unknown.of(self.lang)));
        }
        choices.extend(self.known.iter().map(|one| form::Choice {
            group: Some(one.room.of(self.lang)),
            ..form::Choice::new(&one.name.zh, one.name.of(self.lang))
        }));
        let show = text!("换口径后更新参数", "Show its parameters").of(self.lang);
        let button = form::step(show, "refresh", ("choose", &format!("f-{name}")));
        let label = text!("取数口径 *", "Measure *").of(self.lang);
        html! {
            (form::choose(form::select(&form::Field { label, ..self.shown(said, name, chosen) }, &choices), button))
            (form::hidden(&below(name, WAS), chosen))
            @if let Some(one) = self.known.iter().find(|one| one.name.zh == chosen) {
                p class="form-hint" { (self.about(one)) }
            }
        }
    }

    /// What a measure says, and in what it is counted.
    fn about(&self, one: &Known) -> String {
        let unit = one.unit.of(self.lang);
        let counted = msg!("单位：{unit}。", "Counted in: {unit}.");
        let desk =
            text!("仅供督查局内部掌握，不宜计分。", "For the bureau's own desk, not for scoring.");
        let desk = if one.is_for_desk { desk.of(self.lang) } else { "" };
        format!("{} {} {desk}", one.definition.of(self.lang), counted.of(self.lang))
    }

    /// The parameters of the measure that is chosen, and any others that are written.
    pub(super) fn params(
        &self,
        said: &Said,
        (measure, node): (&str, Option<&Node>),
        name: &str,
    ) -> Markup {
        let known = self.known.iter().find(|one| one.name.zh == measure);
        let params = known.map(|one| one.params.as_slice()).unwrap_or_default();
        let written = tree::fields(node);
        let others = written.iter().filter(|(key, _)| !params.iter().any(|p| p.name.zh == *key));
        let mut rows: Vec<Markup> = Vec::new();
        for param in params {
            let found = written.iter().position(|(key, _)| *key == param.name.zh);
            let value = found.and_then(|n| written.get(n)).map(|(_, v)| tree::text(Some(v)));
            // Problems name a parameter by its place among those written.
            let told =
                found.and_then(|n| self.problems.get(&below(&below(name, &n.to_string()), "v")));
            let at = below(name, &rows.len().to_string());
            rows.push(self.param(param, value.unwrap_or_default(), (&at, told)));
        }
        for (key, value) in others {
            let found = written.iter().position(|(other, _)| other == key).unwrap_or_default();
            let told = self.problems.get(&below(&below(name, &found.to_string()), "v"));
            let at = below(name, &rows.len().to_string());
            rows.push(self.unknown((key, tree::text(Some(value))), (&at, told)));
        }
        if rows.is_empty() {
            return Markup::default();
        }
        let group = form::Field { hint: None, ..self.shown(said, name, "") };
        form::wide(form::group(&group, form::fields(html! { @for row in rows { (row) } })))
    }

    /// A parameter that the measure does not have.
    fn unknown(&self, (key, value): (&str, &str), (at, told): Drawn<'_>) -> Markup {
        let (k, v) = (below(at, "k"), below(at, "v"));
        let label = msg!("{key}（没有这个参数）", "{key} (not known)");
        let field = form::Field {
            name: &v,
            label: label.of(self.lang),
            value,
            error: told.map(|m| m.of(self.lang)),
            hint: Some(text!("清空即删去", "Empty it to take it out").of(self.lang)),
            ..form::Field::default()
        };
        html! { div { (form::hidden(&k, key)) (form::hidden(&below(at, "o"), "1")) (form::text(&field, 200)) } }
    }

    fn param(&self, param: &KnownParam, value: &str, (at, told): Drawn<'_>) -> Markup {
        let (k, v) = (below(at, "k"), below(at, "v"));
        let field = form::Field {
            name: &v,
            label: param.name.of(self.lang),
            value,
            error: told.map(|m| m.of(self.lang)),
            ..form::Field::default()
        };
        let control = match &param.takes {
            Takes::Words(words) => {
                let first = words.first().map_or("", |w| w.of(self.lang));
                let usual = msg!("默认（{first}）", "usual ({first})");
                let usual = usual.of(self.lang).to_owned();
                let mut choices = vec![form::Choice::new("", &usual)];
                if !value.is_empty() && !words.iter().any(|w| w.zh == value) {
                    choices.push(form::Choice::new(value, value));
                }
                choices.extend(words.iter().map(|w| form::Choice::new(&w.zh, w.of(self.lang))));
                form::select(&field, &choices)
            }
            Takes::Number { min, max, usual } => {
                let hint = match self.lang {
                    Lang::Zh => format!("{min} 至 {max} 的整数，不填为 {usual}"),
                    Lang::En => format!("A whole number from {min} to {max}; {usual} when empty"),
                };
                form::text(&form::Field { hint: Some(&hint), ..field }, 10)
            }
        };
        html! { div { (form::hidden(&k, &param.name.zh)) (form::hidden(&below(at, "o"), "1")) (control) } }
    }
}
