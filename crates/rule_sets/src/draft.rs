//! A draft: a document that need not be right yet. What the program fills in itself (code, number,
//! period, issued document) is always what is recorded, whatever a text says.

use journal::Result;
use kernel::{Day, Refusal, msg};
use measures::ReviewMonth;
use rules::document::Problem;
use rules::document::node::Node;
use rules::rule_set::RuleSet;
use uuid::Uuid;

use crate::facts::Written;
use crate::tree;

/// Bytes that a document may have, as those that are read.
pub(crate) const BYTES_MAX: usize = 256 * 1024;

/// The document of a version on its way.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) tree: Node,
}

impl Draft {
    /// A draft as it is stored.
    pub(crate) fn stored(document: &str) -> Result<Self> {
        Ok(Self { tree: tree::read(document)? })
    }

    /// A draft that says what a rule set says.
    pub(crate) fn of(rule: &RuleSet) -> Self {
        Self { tree: rule.tree() }
    }

    /// The same with what the program fills in: its code, its number, and for the time being the
    /// period after today's.
    pub(crate) fn named(mut self, (code, n): (&str, i64), today: Day) -> Self {
        self.put("编号", Some(Node::text(code)));
        self.put("版本", Some(Node::text(n.to_string())));
        self.put("生效", Some(Node::text(next_period(today))));
        self.put("印发", None);
        self
    }

    /// Sets or takes out a field of the document.
    pub(crate) fn put(&mut self, key: &str, value: Option<Node>) {
        tree::set(&mut self.tree, RuleSet::FIELDS, key, value);
    }

    /// A text of the document.
    pub(crate) fn text(&self, key: &str) -> &str {
        tree::text(tree::get(&self.tree, key))
    }

    /// Its name, or its code as long as it has none.
    pub(crate) fn name(&self) -> String {
        let name = self.text("办法");
        let name = if name.trim().is_empty() { self.text("编号") } else { name };
        name.chars().take(200).collect()
    }

    /// The rule set, when everything in it is right.
    pub(crate) fn rule_set(&self) -> std::result::Result<RuleSet, Vec<Problem>> {
        RuleSet::parse(&self.tree.json())
    }

    /// What a fact keeps of it.
    pub(crate) fn written(
        &self,
        source: String,
        person: Uuid,
    ) -> std::result::Result<Written, Refusal> {
        let document = self.tree.json();
        let bytes = document.len().max(source.len());
        if bytes > BYTES_MAX {
            return Err(Refusal::Rule(msg!(
                "文档有 {bytes} 字节，超过上限 {BYTES_MAX} 字节，没有保存。",
                "The document has {bytes} bytes, over the limit of {BYTES_MAX}; it was not saved."
            )));
        }
        Ok(Written { name: self.name(), document, source, person: Some(person) })
    }
}

/// The first period that has not begun.
pub(crate) fn next_period(today: Day) -> String {
    ReviewMonth::of(today).next().to_string()
}
