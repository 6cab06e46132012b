//! Writes the tree as YAML that people edit: short parts on one line, numbers in quotes.

use super::node::{Content, Node, write_json_text};

/// Characters that a part may have to stand on one line.
const ONE_LINE_MAX: usize = 90;

/// The document as YAML.
pub fn print_yaml(node: &Node) -> String {
    let mut out = String::new();
    block(node, 0, &mut out);
    out
}

fn block(node: &Node, indent: usize, out: &mut String) {
    match &node.content {
        Content::Text(text) => {
            out.push_str(&" ".repeat(indent));
            scalar(text, out);
            out.push('\n');
        }
        Content::Map(fields) => {
            for (key, value) in fields {
                out.push_str(&" ".repeat(indent));
                field(key, value, indent, out);
            }
        }
        Content::List(nodes) => nodes.iter().for_each(|node| entry(node, indent, out)),
    }
}

/// `key: value`, on one line when it fits and is not a list of parts.
fn field(key: &str, value: &Node, indent: usize, out: &mut String) {
    scalar(key, out);
    out.push(':');
    if let Some(line) = one_line(value) {
        out.push(' ');
        out.push_str(&line);
        out.push('\n');
    } else {
        out.push('\n');
        block(value, indent + 2, out);
    }
}

fn entry(node: &Node, indent: usize, out: &mut String) {
    out.push_str(&" ".repeat(indent));
    out.push_str("- ");
    match (&node.content, one_line(node)) {
        (_, Some(line)) => {
            out.push_str(&line);
            out.push('\n');
        }
        (Content::Map(fields), None) => {
            for (index, (key, value)) in fields.iter().enumerate() {
                if index > 0 {
                    out.push_str(&" ".repeat(indent + 2));
                }
                field(key, value, indent + 2, out);
            }
        }
        (Content::List(_) | Content::Text(_), None) => {
            out.push('\n');
            block(node, indent + 2, out);
        }
    }
}

fn one_line(node: &Node) -> Option<String> {
    let mut line = String::new();
    flow(node, &mut line);
    let is_short = line.chars().count() <= ONE_LINE_MAX || matches!(node.content, Content::Text(_));
    (is_short && !holds_parts(node)).then_some(line)
}

/// Items and dimensions are read line by line, however short.
fn holds_parts(node: &Node) -> bool {
    match &node.content {
        Content::Text(_) => false,
        Content::List(nodes) => nodes.iter().any(holds_parts),
        Content::Map(fields) => fields.iter().any(|(key, value)| {
            matches!(key.as_str(), "计分" | "项目" | "依据") || holds_parts(value)
        }),
    }
}

fn flow(node: &Node, out: &mut String) {
    match &node.content {
        Content::Text(text) => scalar(text, out),
        Content::List(nodes) => {
            out.push('[');
            for (index, node) in nodes.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                flow(node, out);
            }
            out.push(']');
        }
        Content::Map(fields) => {
            out.push('{');
            for (index, (key, node)) in fields.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                scalar(key, out);
                out.push_str(": ");
                flow(node, out);
            }
            out.push('}');
        }
    }
}

/// Bare when no reader of YAML could take it for something else, else in quotes.
fn scalar(text: &str, out: &mut String) {
    const RESERVED: [&str; 10] =
        ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "NaN"];
    let is_bare = text.chars().next().is_some_and(char::is_alphabetic)
        && text.chars().all(|c| {
            c.is_alphanumeric()
                || matches!(
                    c,
                    ' ' | '-' | '_' | '@' | '/' | '（' | '）' | '、' | '，' | '〔' | '〕' | '。'
                )
        })
        && !text.ends_with(' ')
        && !text.contains(" -")
        && !RESERVED.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is_bare { out.push_str(text) } else { write_json_text(text, out) }
}
