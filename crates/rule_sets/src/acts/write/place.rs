//! At which field a problem is told: the words of its path become the names of the form.

use rules::document::Shape;
use rules::document::node::{Content, Node};
use rules::rule_set::RuleSet;

use super::part::{Kind, Part};
use super::read::is_line;
use crate::tree;

/// The part that a problem belongs to, and the field in it.
pub(crate) fn of(tree: &Node, path: &[String]) -> (Part, String) {
    let names = names(&RuleSet::shape(), Some(tree), path);
    let place = |n: usize| names.get(n).and_then(|name| name.parse::<usize>().ok());
    let (part, skipped) = match names.first().map(String::as_str) {
        Some("组别") => (Part::Groups, 0),
        Some("维度") => match (place(1), names.get(2).map(String::as_str), place(3)) {
            (Some(dimension), Some("项目"), Some(n)) => (Part::Item(dimension, Some(n)), 4),
            (Some(dimension), Some("项目"), None) => (Part::Item(dimension, None), 3),
            (_, _, _) => (Part::Dimensions, 0),
        },
        Some(key) => match (Kind::ALL.into_iter().find(|kind| kind.key() == key), place(1)) {
            (Some(kind), Some(n)) => (Part::Entry(kind, Some(n)), 2),
            (_, _) => (Part::Head, 0),
        },
        None => (Part::Head, 0),
    };
    let rest = names.into_iter().skip(skipped);
    (part, std::iter::once("doc".to_owned()).chain(rest).collect::<Vec<_>>().join("."))
}

/// The names of the fields along a path, as far as the form has fields.
fn names(shape: &Shape, node: Option<&Node>, path: &[String]) -> Vec<String> {
    let Some((first, rest)) = path.split_first() else {
        return Vec::new();
    };
    match shape {
        Shape::Fields(fields) => {
            let field = fields.iter().find(|field| field.key == first);
            field.map_or_else(Vec::new, |field| {
                let inner = node.and_then(|n| tree::get(n, field.key));
                go(field.key.to_owned(), &(field.shape)(), inner, rest)
            })
        }
        Shape::Choice(choices) => {
            let taken = choices.iter().find(|field| field.key == first);
            taken.map_or_else(Vec::new, |field| {
                let inner = tree::fields(node).first().map(|(_, n)| n);
                go(field.key.to_owned(), &(field.shape)(), inner, rest)
            })
        }
        Shape::List(inner) if is_line(&inner()) => Vec::new(),
        Shape::List(inner) => of_list(&inner(), node, path),
        Shape::Named(_) => {
            let found = tree::fields(node).iter().position(|(key, _)| key == first);
            found.map_or_else(Vec::new, |n| vec![n.to_string(), "v".to_owned()])
        }
        Shape::Code
        | Shape::Text
        | Shape::Number
        | Shape::Param
        | Shape::Limit
        | Shape::Count
        | Shape::YesNo
        | Shape::Formula
        | Shape::Word(_) => Vec::new(),
    }
}

/// A name, and those below it.
fn go(name: String, shape: &Shape, node: Option<&Node>, rest: &[String]) -> Vec<String> {
    let mut all = vec![name];
    all.extend(names(shape, node, rest));
    all
}

/// The names along a path into a list.
fn of_list(inner: &Shape, node: Option<&Node>, path: &[String]) -> Vec<String> {
    let Some((first, rest)) = path.split_first() else { return Vec::new() };
    let Some(Content::List(nodes)) = node.map(|n| &n.content) else {
        // A single entry without a list: the path goes on inside it.
        return go("0".to_owned(), inner, node, path);
    };
    let found = nodes.iter().enumerate().find(|(n, one)| one.label(*n) == *first);
    found.map_or_else(Vec::new, |(n, one)| {
        let bare = matches!(one.content, Content::Text(_)) && rest.is_empty();
        let measure = ["取数".to_owned()];
        let rest = if bare && has_measure(inner) { measure.as_slice() } else { rest };
        go(n.to_string(), inner, Some(one), rest)
    })
}

/// Whether a shape is that of an input, of which a measure alone may stand.
fn has_measure(shape: &Shape) -> bool {
    super::part::fields_of(shape).iter().any(|f| f.key == "取数")
}

#[cfg(test)]
mod tests {
    use rules::ready::Ready;
    use rules::rule_set::RuleSet;

    use super::super::part::{Kind, Part};
    use super::of;

    fn at(path: &str) -> (Part, String) {
        let yaml = Ready::Counties.yaml();
        let yaml = yaml.replace("districts}", "districts, 参数: {签约目标: \"8\"}}");
        let veto = "否决: [{代码: V1, 名称: 不实, 取数: 不实数, 条件: [{不低于: \"1\"}], \
            后果: 只取消资格}]\n";
        let tree = RuleSet::parse(&(yaml + veto)).unwrap().tree();
        let path: Vec<String> = path.split('/').map(str::to_owned).collect();
        of(&tree, &path)
    }

    #[test]
    fn each_problem_finds_its_page_and_field() {
        let is = |part: Part, name: &str| (part, name.to_owned());
        assert_eq!(
            at("维度/周交办落实/项目/A1/计分/比率/目标"),
            is(Part::Item(0, Some(0)), "doc.计分.比率.目标")
        );
        assert_eq!(at("维度/周交办落实/名称"), is(Part::Dimensions, "doc.维度.0.名称"));
        assert_eq!(at("组别/XQ/参数/签约目标"), is(Part::Groups, "doc.组别.0.参数.0.v"));
        assert_eq!(at("组别/GN/名称"), is(Part::Groups, "doc.组别.1.名称"));
        assert_eq!(at("并列/依次比较/1"), is(Part::Head, "doc.并列.依次比较"));
        assert_eq!(
            at("否决/V1/条件/1/不低于"),
            is(Part::Entry(Kind::Veto, Some(0)), "doc.条件.0.不低于")
        );
        assert_eq!(at("最少任务/取数/取数"), is(Part::Head, "doc.最少任务.取数.取数"));
        assert_eq!(at("编号"), is(Part::Head, "doc.编号"));
        // A single measure stands without a list in the document and in one in the form.
        assert_eq!(
            at("维度/周交办落实/项目/A1/取数/参数/权重"),
            is(Part::Item(0, Some(0)), "doc.取数.0.参数.0.v")
        );
        assert_eq!(
            at("维度/周交办落实/项目/A1/取数/取数"),
            is(Part::Item(0, Some(0)), "doc.取数.0.取数")
        );
    }
}
