//! Reading the tree: collects everything that is wrong, with the field's path.

use kernel::{Message, msg};

use super::node::{Content, Node};
use super::{Entry, Origin, Problem};

/// Problems that are told at once; a person mends no more in one go.
const PROBLEMS_MAX: usize = 50;
/// Entries that a list may have.
const LIST_MAX: usize = 500;

/// The fields of a map.
pub(crate) type Fields<'n> = &'n [(String, Node)];

/// Where the reading stands and what was wrong so far.
#[derive(Default)]
pub(crate) struct Reader {
    path: Vec<String>,
    problems: Vec<Problem>,
    origin: Origin,
}

impl Reader {
    /// A reader of documents that come from there.
    pub(crate) fn of(origin: Origin) -> Self {
        Self { origin, ..Self::default() }
    }

    /// Everything that was wrong.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Leaves a problem with the field that is being read.
    pub(crate) fn wrong(&mut self, message: Message) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(Problem::new(self.path.clone(), message));
        }
    }

    /// A word that is not in the list, with the list.
    pub(crate) fn wrong_word(&mut self, word: &str, allowed: &[&str]) {
        let shown: String = word.chars().take(30).collect();
        let list = allowed.join("、");
        if self.problems.len() < PROBLEMS_MAX {
            self.wrong(msg!(
                "这里没有“{shown}”；可用：{list}",
                "“{shown}” does not belong here; allowed: {list}"
            ));
        }
    }

    /// Does something one level deeper.
    pub(crate) fn inside<T>(&mut self, word: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(word.to_owned());
        let found = read(self);
        self.path.pop();
        found
    }

    /// The text of a scalar.
    pub(crate) fn text<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        match &node.content {
            Content::Text(text) => Some(text),
            Content::List(_) | Content::Map(_) => {
                self.wrong(msg!(
                    "这里应是一个词或一个数，不是列表或字段",
                    "a word or a number belongs here, not a list or fields"
                ));
                None
            }
        }
    }

    /// The fields of a map; names that do not belong are told with those that do.
    pub(crate) fn fields<'n>(&mut self, node: &'n Node, known: &[&str]) -> Option<Fields<'n>> {
        let Content::Map(fields) = &node.content else {
            // What an input method writes by default, and what YAML takes for a letter.
            if matches!(&node.content, Content::Text(text) if text.contains('：')) {
                self.wrong(msg!(
                    "冒号要用半角“:”，后面空一格",
                    "write a half-width colon “:” and a space after it"
                ));
                return None;
            }
            let list = known.join("、");
            self.wrong(msg!("这里应有字段：{list}", "fields belong here: {list}"));
            return None;
        };
        for (key, _) in fields {
            if !known.contains(&key.as_str()) {
                self.wrong_word(key, known);
            }
        }
        Some(fields)
    }

    /// One field of a map, or what its absence means.
    pub(crate) fn field<T: Entry>(&mut self, fields: Fields<'_>, key: &str) -> Option<T> {
        self.inside(key, |reader| {
            let node = fields.iter().find(|(name, _)| name == key).map(|(_, node)| node);
            match node {
                Some(node) => T::read(node, reader),
                None => T::absent().or_else(|| {
                    reader.wrong(msg!("缺少“{key}”，请补上", "“{key}” is missing; add it"));
                    None
                }),
            }
        })
    }

    /// The entries of a list, each read on its own so that all problems are found.
    pub(crate) fn list<T: Entry>(&mut self, node: &Node) -> Option<Vec<T>> {
        let Content::List(nodes) = &node.content else {
            self.wrong(msg!(
                "这里应是一个列表，写成 [甲, 乙] 或每行以“- ”开头",
                "a list belongs here: [a, b], or lines that begin with “- ”"
            ));
            return None;
        };
        if self.origin == Origin::HandedIn && nodes.len() > LIST_MAX {
            self.wrong(msg!(
                "列表超过{LIST_MAX}项，请删减",
                "the list has more than {LIST_MAX} entries; shorten it"
            ));
            return None;
        }
        let read: Vec<Option<T>> = nodes
            .iter()
            .enumerate()
            .map(|(index, node)| self.inside(&node.label(index), |reader| T::read(node, reader)))
            .collect();
        read.into_iter().collect()
    }

    /// The single key of a map and what it holds; a bare word is a key with nothing in it.
    ///
    /// `比率@1` is `比率`: the version that the word means for ever.
    pub(crate) fn single<'n>(
        &mut self,
        node: &'n Node,
        allowed: &[&'static str],
    ) -> Option<(&'static str, std::borrow::Cow<'n, Node>)> {
        use std::borrow::Cow;
        let (key, inner) = match &node.content {
            Content::Text(text) => {
                let inner = Node { at: node.at, content: Content::Map(Vec::new()) };
                (text.as_str(), Cow::Owned(inner))
            }
            Content::Map(fields) if fields.len() == 1 => {
                let (key, inner) = fields.first()?;
                (key.as_str(), Cow::Borrowed(inner))
            }
            Content::Map(_) | Content::List(_) => {
                let list = allowed.join("、");
                self.wrong(msg!(
                    "这里只能选一种：{list}",
                    "exactly one of these belongs here: {list}"
                ));
                return None;
            }
        };
        let (word, version) = key.split_once('@').unwrap_or((key, "1"));
        let Some(known) = allowed.iter().find(|known| **known == word) else {
            self.wrong_word(word, allowed);
            return None;
        };
        if version != "1" {
            self.wrong(msg!(
                "“{word}”只有第1版：{word}@1",
                "“{word}” has version 1 only: {word}@1"
            ));
            return None;
        }
        Some((known, inner))
    }
}
