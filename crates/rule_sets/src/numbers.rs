//! The numbers of a draft with what they say: weights, goals, limits, points. Found by the shape of
//! the document, so that a new method's numbers are found as well; what a measure is asked with
//! (30 days) is a word of its call and stays with its item.

use kernel::Message;
use rules::document::Shape;
use rules::document::node::{Content, Node};
use rules::rule_set::RuleSet;

use crate::acts::write::labels;

/// Words that lead to a number and tell nothing beside what stands in them.
const PASSED: [&str; 5] = ["维度", "项目", "计分", "组别", "条件"];
/// Fields that the program fills in.
const NOT_WRITTEN: [&str; 2] = ["版本", "印发"];

/// A step on the way to a number.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    At(usize),
}

/// A number of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    path: Vec<Step>,
    /// Of what it is: `A1 按期办结率`, or nothing for the document's own.
    pub(crate) of: Message,
    /// Which number it is: `比率 目标`.
    pub(crate) label: Message,
    /// What it says now.
    pub(crate) value: String,
}

/// The numbers of a document, in its order.
pub(crate) fn of(tree: &Node) -> Vec<Number> {
    let mut found = Vec::new();
    let none = Message { zh: String::new(), en: String::new() };
    let way = Way { path: Vec::new(), of: none.clone(), label: none };
    walk(&RuleSet::shape(), tree, &way, &mut found);
    found
}

/// Where a walk has come to.
#[derive(Clone)]
struct Way {
    path: Vec<Step>,
    of: Message,
    label: Message,
}

impl Way {
    /// Into a field.
    fn into(&self, key: &str) -> Self {
        let mut way = self.clone();
        way.path.push(Step::Key(key.to_owned()));
        if !PASSED.contains(&key) {
            way.say(labels::label(key));
        }
        way
    }

    fn say(&mut self, word: Message) {
        let add = |said: &mut String, word: &str| {
            if !said.is_empty() {
                said.push(' ');
            }
            said.push_str(word);
        };
        add(&mut self.label.zh, &word.zh);
        add(&mut self.label.en, &word.en);
    }

    /// To an entry of a list: what has a code of its own begins anew.
    fn at(&self, index: usize, node: &Node) -> Self {
        let mut way = self.clone();
        way.path.push(Step::At(index));
        let text = |key: &str| crate::tree::text(crate::tree::get(node, key)).to_owned();
        let (code, name, english) = (text("代码"), text("名称"), text("英文"));
        if code.is_empty() {
            // A row that reads one of several inputs is told by its name.
            let read = text("输入");
            let label = if read.is_empty() { node.label(index) } else { read };
            way.say(Message { zh: label.clone(), en: label });
            return way;
        }
        let en = if english.is_empty() { name.clone() } else { english };
        way.of = Message { zh: format!("{code} {name}"), en: format!("{code} {en}") };
        way.label = Message { zh: String::new(), en: String::new() };
        way
    }
}

fn walk(shape: &Shape, node: &Node, way: &Way, found: &mut Vec<Number>) {
    match (shape, &node.content) {
        // 组内最优 and the like are words.
        (Shape::Number | Shape::Param | Shape::Limit | Shape::Count, Content::Text(value))
            if rules::decimal::parse(value).is_ok() =>
        {
            let Way { path, of, label } = way.clone();
            found.push(Number { path, of, label, value: value.clone() });
        }
        (Shape::Fields(fields) | Shape::Choice(fields), Content::Map(said)) => {
            for (key, inner) in said {
                let known = fields.iter().find(|field| field.key == key);
                let Some(field) = known.filter(|field| !NOT_WRITTEN.contains(&field.key)) else {
                    continue;
                };
                walk(&(field.shape)(), inner, &way.into(key), found);
            }
        }
        (Shape::List(inner), Content::List(nodes)) => {
            for (index, one) in nodes.iter().enumerate() {
                walk(&inner(), one, &way.at(index, one), found);
            }
        }
        // A single entry may stand without a list.
        (Shape::List(inner), Content::Map(_)) => walk(&inner(), node, way, found),
        (Shape::Named(inner), Content::Map(said)) => {
            for (key, one) in said {
                walk(&inner(), one, &way.into(key), found);
            }
        }
        _ => {}
    }
}

/// Puts other values in the place of numbers that [`of`] found in the same document.
pub(crate) fn put(tree: &mut Node, numbers: &[Number], values: &[String]) {
    for (number, value) in numbers.iter().zip(values) {
        if let Some(node) = at(tree, &number.path) {
            node.content = Content::Text(value.clone());
        }
    }
}

fn at<'n>(node: &'n mut Node, path: &[Step]) -> Option<&'n mut Node> {
    let Some((first, rest)) = path.split_first() else { return Some(node) };
    let next = match (first, &mut node.content) {
        (Step::Key(key), Content::Map(fields)) => {
            fields.iter_mut().find(|(name, _)| name == key).map(|(_, inner)| inner)
        }
        (Step::At(index), Content::List(nodes)) => nodes.get_mut(*index),
        _ => None,
    };
    at(next?, rest)
}

#[cfg(test)]
mod tests {
    use rules::ready::Ready;

    use super::{of, put};

    #[test]
    fn every_number_of_a_ready_rule_set_is_found_once_and_put_back() {
        for ready in Ready::ALL {
            let tree = ready.rule_set().unwrap().tree();
            let numbers = of(&tree);
            let said: Vec<_> =
                numbers.iter().map(|n| format!("{}|{}|{}", n.of.zh, n.label.zh, n.value)).collect();
            for wanted in ["A1 按期办结率|比率 目标|0.95", "|满分|100"] {
                assert!(said.iter().any(|one| one == wanted), "{wanted} in {said:#?}");
            }
            let full = numbers.iter().filter(|n| n.label.zh == "满分" && !n.of.zh.is_empty());
            assert!(full.count() >= 5, "{said:#?}");
            assert!(numbers.len() < 80, "{}", numbers.len());
            let mut same = tree.clone();
            let values: Vec<_> = numbers.iter().map(|n| n.value.clone()).collect();
            put(&mut same, &numbers, &values);
            assert_eq!(same.json(), tree.json());
            let mut other = tree.clone();
            let tripled: Vec<_> = values.iter().map(|_| "3".to_owned()).collect();
            put(&mut other, &numbers, &tripled);
            assert!(of(&other).iter().all(|n| n.value == "3"));
        }
    }
}
