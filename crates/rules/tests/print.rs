//! The printed rules say everything: no field of the document can change without its text changing.
//!
//! Documents are made from the shape, with every field there is; each field is then changed, left
//! out, and where there is a choice replaced by each other choice.
#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use std::collections::BTreeSet;

use kernel::Lang;
use rules::document::Shape;
use rules::document::node::{Content, Node};
use rules::methods::Method;
use rules::print;
use rules::rule_set::RuleSet;

/// Fields that name an input of the item.
const INPUT_FIELDS: [&str; 5] = ["输入", "年内已计", "有效票", "池", "名次依据"];

fn text(text: &str) -> Node {
    Node::text(text)
}

fn of_group(name: &str) -> Node {
    Node::map(vec![("组参数".to_owned(), text(name))])
}

/// A value with everything in it; of a method the named one.
fn sample(key: &str, shape: Shape, method: &str) -> Node {
    match shape {
        // Not the first input, and never the word that its absence would mean as well.
        Shape::Code if INPUT_FIELDS.contains(&key) => text("乙"),
        Shape::Code => text(if key == "代码" { "D1" } else { "甲" }),
        Shape::Text => text(if key == "英文" { "some text" } else { "某文" }),
        Shape::Number | Shape::Param | Shape::Limit => text("0.37"),
        Shape::Count => text("2"),
        Shape::YesNo => text("是"),
        Shape::Formula => text("实际 * 0.37"),
        Shape::Word(words) => text(words().last().unwrap().zh),
        Shape::List(entry) => Node::list(vec![sample(key, entry(), method)]),
        Shape::Named(entry) => Node::map(vec![("参".to_owned(), sample(key, entry(), method))]),
        Shape::Fields(fields) => {
            // A part of a blend is a plain one, or there would be no end.
            let is_part = fields.iter().any(|field| field.key == "比重");
            let method = if is_part { "取值" } else { method };
            let all = fields
                .iter()
                .map(|field| (field.key.to_owned(), sample(field.key, (field.shape)(), method)));
            Node::map(all.collect())
        }
        Shape::Choice(choices) => {
            let chosen = choices.iter().find(|one| one.key == method).unwrap_or(&choices[0]);
            Node::map(vec![(chosen.key.to_owned(), sample(chosen.key, (chosen.shape)(), method))])
        }
    }
}

/// What else may stand in the place of a value that has no parts.
fn others(key: &str, shape: Shape) -> Vec<Node> {
    match shape {
        Shape::Code if INPUT_FIELDS.contains(&key) => vec![text("甲")],
        Shape::Code => vec![text("E2")],
        Shape::Text => vec![text("别文")],
        Shape::Number => vec![text("0.38")],
        Shape::Param => vec![text("0.38"), of_group("参")],
        Shape::Limit => {
            vec![text("0.38"), of_group("参"), text("组内最优"), text("组内最差")]
        }
        Shape::Count => vec![text("3")],
        Shape::YesNo => vec![text("否")],
        Shape::Formula => vec![text("实际 * 0.38")],
        Shape::Word(words) => words().iter().rev().skip(1).map(|word| text(word.zh)).collect(),
        Shape::List(_) | Shape::Named(_) | Shape::Fields(_) | Shape::Choice(_) => Vec::new(),
    }
}

/// Every document that differs in one place, with the path of that place.
fn changed(key: &str, node: &Node, shape: Shape) -> Changed {
    match (shape, &node.content) {
        (Shape::List(entry), Content::List(nodes)) => {
            let mut all = inside(nodes, |node| changed(key, node, entry()));
            all.push((vec!["－".to_owned()], Node::list(nodes[1..].to_vec())));
            all.push((vec!["＋".to_owned()], Node::list([nodes.as_slice(), &nodes[..1]].concat())));
            all
        }
        (Shape::Named(entry), Content::Map(fields)) => {
            let (name, value) = &fields[0];
            let values = changed(key, value, entry())
                .into_iter()
                .map(|(path, node)| (path, Node::map(vec![(name.clone(), node)])));
            let renamed = Node::map(vec![("数".to_owned(), value.clone())]);
            values.chain([(Vec::new(), renamed), (Vec::new(), Node::map(Vec::new()))]).collect()
        }
        (Shape::Fields(known), Content::Map(fields)) => {
            let mut all = Vec::new();
            for (place, (field, known)) in fields.iter().zip(known).enumerate() {
                let with = |node: Option<Node>| {
                    let mut fields = fields.clone();
                    match node {
                        Some(node) => fields[place].1 = node,
                        None => drop(fields.remove(place)),
                    }
                    Node::map(fields)
                };
                for (path, node) in changed(&field.0, &field.1, (known.shape)()) {
                    all.push(([vec![field.0.clone()], path].concat(), with(Some(node))));
                }
                if (known.may_be_absent)() {
                    all.push((vec![field.0.clone(), "－".to_owned()], with(None)));
                }
            }
            all
        }
        (Shape::Choice(choices), Content::Map(fields)) => {
            let (word, inner) = &fields[0];
            let chosen = choices.iter().find(|one| one.key == word).unwrap();
            let mut all: Vec<(Vec<String>, Node)> = changed(word, inner, (chosen.shape)())
                .into_iter()
                .map(|(path, node)| {
                    ([vec![word.clone()], path].concat(), Node::map(vec![(word.clone(), node)]))
                })
                .collect();
            let others = choices.iter().filter(|one| one.key != word && one.key != "合成");
            all.extend(others.map(|one| {
                let inner = sample(one.key, (one.shape)(), "取值");
                (vec![one.key.to_owned()], Node::map(vec![(one.key.to_owned(), inner)]))
            }));
            all
        }
        (shape, _) => {
            let others = others(key, shape);
            assert!(!others.is_empty(), "the sample has the shape of the document");
            others.into_iter().map(|node| (Vec::new(), node)).collect()
        }
    }
}

type Changed = Vec<(Vec<String>, Node)>;

/// Lists in which one entry is changed.
fn inside(nodes: &[Node], change: impl Fn(&Node) -> Changed) -> Changed {
    let mut all = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        for (path, changed) in change(node) {
            let mut nodes = nodes.to_vec();
            nodes[index] = changed;
            all.push(([vec![index.to_string()], path].concat(), Node::list(nodes)));
        }
    }
    all
}

/// The fullest document with one method everywhere; its inputs are called 甲 and 乙.
fn document(method: &str) -> Node {
    let mut tree = sample("", RuleSet::shape(), method);
    two_inputs(&mut tree);
    tree
}

fn two_inputs(node: &mut Node) {
    match &mut node.content {
        Content::Text(_) => {}
        Content::List(nodes) => nodes.iter_mut().for_each(two_inputs),
        Content::Map(fields) => {
            for (key, node) in fields {
                if let (true, Content::List(inputs)) = (key == "取数", &mut node.content) {
                    let mut second = inputs[0].clone();
                    if let Content::Map(fields) = &mut second.content {
                        fields[0].1 = text("乙");
                        // Both have a name of their own on English pages.
                        fields.retain(|(key, _)| key != "英文");
                    }
                    inputs.push(second);
                } else {
                    two_inputs(node);
                }
            }
        }
    }
}

fn read(tree: &Node) -> RuleSet {
    RuleSet::stored(&tree.json()).unwrap_or_else(|problems| {
        let texts: Vec<String> = problems.iter().map(|one| one.text(Lang::Zh)).collect();
        unreachable!("{}\n{}", texts.join("\n"), tree.json())
    })
}

fn differs(tree: &Node, changes: Changed) -> usize {
    let before = read(tree);
    let lines = |rule: &RuleSet, lang| print::print(rule, lang);
    let (zh, en) = (lines(&before, Lang::Zh), lines(&before, Lang::En));
    let mut silent = BTreeSet::new();
    let mut count = 0;
    for (path, node) in changes {
        let rule = read(&node);
        if rule.canonical() == before.canonical() {
            continue;
        }
        count += 1;
        let key = path.iter().rev().find(|word| *word != "－").map_or("", String::as_str);
        let is_english = key == "英文";
        if !is_english && lines(&rule, Lang::Zh) == zh {
            silent.insert(format!("{} (zh)", path.join("/")));
        }
        // What has an English name of its own is not called by its Chinese one.
        let is_name = ["名称", "办法"].contains(&key);
        if !is_name && lines(&rule, Lang::En) == en {
            silent.insert(format!("{} (en)", path.join("/")));
        }
    }
    assert!(silent.is_empty(), "{silent:#?}\n{zh}\n{en}");
    count
}

#[test]
fn every_field_of_the_rule_set_stands_in_print() {
    let tree = document("取值");
    let count = differs(&tree, changed("", &tree, RuleSet::shape()));
    assert!(count > 200, "{count}");
}

#[test]
fn every_field_of_every_method_stands_in_print() {
    for method in Method::WORDS {
        let tree = document(method);
        let changes = changed("", &tree, RuleSet::shape());
        let of_method = changes.into_iter().filter(|(path, _)| {
            path.first().is_some_and(|word| word == "维度")
                && path.iter().any(|word| word == method)
        });
        let count = differs(&tree, of_method.collect());
        assert!(count > 0, "{method}");
    }
}
