//! What has to be mended in a draft before it can be sent: what the rules say of the document, and
//! names that the city or the building does not know, each with the nearest that exists.

use kernel::{Message, msg};
use rules::document::Problem;
use rules::document::node::{Content, Node};

use crate::draft::Draft;
use crate::known::{Known, KnownParam, Names, Takes, nearest};
use crate::tree;

/// Names listed in a message at most.
const LISTED: usize = 30;

/// Everything that is wrong with a draft.
pub(crate) fn of(draft: &Draft, names: &Names) -> Vec<Problem> {
    let mut problems = draft.rule_set().err().unwrap_or_default();
    for problem in &mut problems {
        // Places in the stored text are nobody's: forms have fields.
        problem.at = None;
        problem.snippet = None;
    }
    problems.extend(of_names(&draft.tree, names));
    problems
}

/// The names that are not known.
pub(crate) fn of_names(tree: &Node, names: &Names) -> Vec<Problem> {
    let mut problems = groups(tree, &names.groups);
    if let Some(known) = &names.measures {
        measures(tree, &mut Vec::new(), known, &mut problems);
    }
    problems
}

fn problem(path: Vec<String>, message: Message) -> Problem {
    Problem { path, at: None, snippet: None, message }
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.take(LISTED).collect::<Vec<_>>().join("、")
}

/// Groups are the peer groups of the city.
fn groups(tree: &Node, known: &[String]) -> Vec<Problem> {
    let names = || known.iter().map(String::as_str);
    let groups = tree::entries(tree::get(tree, "组别")).iter().enumerate();
    let wrong = groups.filter_map(|(index, group)| {
        let name = tree::text(tree::get(group, "名称"));
        if name.is_empty() || known.iter().any(|one| one == name) {
            return None;
        }
        let path = vec!["组别".to_owned(), group.label(index), "名称".to_owned()];
        let list = listed(names());
        let message = match nearest(name, names()) {
            _ if known.is_empty() => msg!(
                "本市还没有考评组别，请先在“考评组别”中建立“{name}”",
                "the city has no peer groups yet; add “{name}” to them first"
            ),
            Some(near) => msg!(
                "本市没有考评组别“{name}”，最接近的是“{near}”；现有：{list}",
                "the city has no peer group “{name}”; the nearest is “{near}”; there are: {list}"
            ),
            None => msg!(
                "本市没有考评组别“{name}”；现有：{list}",
                "the city has no peer group “{name}”; there are: {list}"
            ),
        };
        Some(problem(path, message))
    });
    wrong.collect()
}

/// Looks at whatever reads a measure, wherever it stands.
fn measures(node: &Node, path: &mut Vec<String>, known: &[Known], problems: &mut Vec<Problem>) {
    match &node.content {
        Content::Text(_) => {}
        Content::List(nodes) => {
            for (index, one) in nodes.iter().enumerate() {
                path.push(one.label(index));
                measures(one, path, known, problems);
                path.pop();
            }
        }
        Content::Map(fields) => {
            for (key, one) in fields {
                path.push(key.clone());
                if key == "取数" {
                    read(one, tree::get(node, "参数"), path, known, problems);
                }
                measures(one, path, known, problems);
                path.pop();
            }
        }
    }
}

/// A measure by its name, with the parameters beside it.
fn read(
    node: &Node,
    params: Option<&Node>,
    path: &[String],
    known: &[Known],
    problems: &mut Vec<Problem>,
) {
    let names: Vec<&Node> = match &node.content {
        Content::Text(_) => vec![node],
        // Bare names in a list of inputs.
        Content::List(nodes) => {
            nodes.iter().filter(|one| matches!(one.content, Content::Text(_))).collect()
        }
        Content::Map(_) => Vec::new(),
    };
    for name in names.iter().map(|node| tree::text(Some(node))).filter(|name| !name.is_empty()) {
        let Some(found) = known.iter().find(|one| one.name.zh == name) else {
            problems.push(problem(path.to_vec(), unknown(name, known)));
            continue;
        };
        let mut path = path.to_vec();
        path.pop();
        path.push("参数".to_owned());
        for (key, value) in tree::fields(params) {
            let said = tree::text(Some(value));
            if let Some(message) = wrong_param(found, (key, said)) {
                let mut path = path.clone();
                path.push(key.clone());
                problems.push(problem(path, message));
            }
        }
    }
}

fn unknown(name: &str, known: &[Known]) -> Message {
    let names = || known.iter().map(|one| one.name.zh.as_str());
    match nearest(name, names()) {
        Some(near) => msg!(
            "没有取数口径“{name}”，最接近的是“{near}”；要用填报的数据，先新增同名的指标",
            "there is no measure “{name}”; the nearest is “{near}”; for entered values add an indicator of that name"
        ),
        None => {
            let list = listed(names());
            msg!(
                "没有取数口径“{name}”；要用填报的数据，先新增同名的指标；现有：{list}",
                "there is no measure “{name}”; for entered values add an indicator of that name; there are: {list}"
            )
        }
    }
}

fn wrong_param(measure: &Known, (key, said): (&str, &str)) -> Option<Message> {
    let name = &measure.name.zh;
    let Some(param) = measure.params.iter().find(|param| param.name.zh == key) else {
        let names = || measure.params.iter().map(|param| param.name.zh.as_str());
        if measure.params.is_empty() {
            return Some(msg!("“{name}”没有参数", "“{name}” takes no parameters"));
        }
        let list = listed(names());
        return Some(match nearest(key, names()) {
            Some(near) => msg!(
                "“{name}”没有参数“{key}”，最接近的是“{near}”",
                "“{name}” has no parameter “{key}”; the nearest is “{near}”"
            ),
            None => msg!(
                "“{name}”没有参数“{key}”；现有：{list}",
                "“{name}” has no parameter “{key}”; there are: {list}"
            ),
        });
    };
    wrong_value(param, said)
}

fn wrong_value(param: &KnownParam, said: &str) -> Option<Message> {
    match &param.takes {
        Takes::Words(words) if words.iter().any(|word| word.zh == said) => None,
        Takes::Words(words) => {
            let list = listed(words.iter().map(|word| word.zh.as_str()));
            Some(msg!("没有“{said}”；可用：{list}", "there is no “{said}”; allowed: {list}"))
        }
        Takes::Number { min, max, .. } => {
            let number = said.parse::<i64>().ok().filter(|n| (min..=max).contains(&n));
            if number.is_some() {
                return None;
            }
            Some(msg!("请填 {min} 至 {max} 的整数", "write a whole number from {min} to {max}"))
        }
    }
}
