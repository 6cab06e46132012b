//! Reads YAML, and with it JSON, into the tree; hostile documents are refused at once.
//!
//! The parser hands over events with their places and the raw text of scalars. Anchors, aliases and
//! tags are refused: a rule set needs none, and they are how small documents become huge.

use std::collections::BTreeSet;

use granit_parser::{Event, Marker, Parser};
use kernel::{Message, Text, msg, text};

use super::node::{Content, Node};
use super::{Position, Problem};

/// Bytes that a rule set may have; a rule of 40 items has about 12,000.
pub(crate) const SOURCE_BYTES_MAX: usize = 256 * 1024;
const NODES_MAX: usize = 20_000;
const DEPTH_MAX: usize = 24;
const TEXT_CHARS_MAX: usize = 1_000;

/// Whose document it is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A person hands it in: today's limits hold.
    #[default]
    HandedIn,
    /// It was adopted and stored by this program: what was accepted once stays readable.
    Stored,
}

/// The tree of a document.
pub(crate) fn read_source(source: &str, origin: Origin) -> Result<Node, Box<Problem>> {
    if origin == Origin::HandedIn && source.len() > SOURCE_BYTES_MAX {
        return Err(Box::new(too_long(source.len())));
    }
    Tree { origin, ..Tree::default() }.grow(source).map_err(|(at, message)| {
        Box::new(match at {
            Some(at) => Problem::at(at, source, message),
            None => Problem::new(Vec::new(), message),
        })
    })
}

/// A document that has more bytes than may be read.
pub(crate) fn too_long(bytes: usize) -> Problem {
    let message = msg!(
        "文档有{bytes}字节，超过上限{SOURCE_BYTES_MAX}字节",
        "the document has {bytes} bytes, over the limit of {SOURCE_BYTES_MAX}"
    );
    Problem::new(Vec::new(), message)
}

type Stop = (Option<Position>, Message);

/// A collection that is still open.
struct Open {
    node: Node,
    key: Option<String>,
    /// The keys so far, so that thousands of them are compared at once.
    known: BTreeSet<String>,
}

#[derive(Default)]
struct Tree {
    open: Vec<Open>,
    root: Option<Node>,
    node_count: usize,
    origin: Origin,
}

impl Tree {
    fn grow(mut self, source: &str) -> Result<Node, Stop> {
        let options = granit_parser::options! {
            flow_nesting_limit: DEPTH_MAX,
            block_nesting_limit: DEPTH_MAX,
            disallow_directives: true,
        };
        for next in Parser::new_from_str_with_options(source, options) {
            let (event, span) = next.map_err(|error| {
                let why = error.info();
                let message = msg!(
                    "YAML写法有误：请检查缩进（用空格，不用制表符）、半角冒号及其后的空格、括号和引号是否成对，嵌套不超过{DEPTH_MAX}层",
                    "not well-formed YAML ({why}): check the indentation (spaces, no tabs), that a space follows each colon, and that brackets and quotes are closed; nesting may be {DEPTH_MAX} deep"
                );
                (Some(position(error.marker())), message)
            })?;
            let at = position(&span.start);
            self.take(event, at).map_err(|message| (Some(at), message))?;
        }
        self.root.ok_or_else(|| (None, EMPTY.into()))
    }

    fn take(&mut self, event: Event<'_>, at: Position) -> Result<(), Message> {
        match event {
            Event::Scalar(text, _, anchor, tag) => {
                no_tricks(anchor, tag.as_ref())?;
                self.scalar(text.into_owned(), at)
            }
            Event::SequenceStart(_, anchor, tag) => {
                no_tricks(anchor, tag.as_ref())?;
                self.begin(Content::List(Vec::new()), at)
            }
            Event::MappingStart(_, anchor, tag) => {
                no_tricks(anchor, tag.as_ref())?;
                self.begin(Content::Map(Vec::new()), at)
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(closed) => self.place(closed.node),
                None => Ok(()),
            },
            Event::Alias(_) | Event::Anchor(..) | Event::UnresolvedAlias(_) => Err(TRICKS.into()),
            Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(..)
            | Event::DocumentEnd => Ok(()),
            // What later versions of the parser may hand over has no place in a rule set.
            _ => Err(TRICKS.into()),
        }
    }

    fn scalar(&mut self, text: String, at: Position) -> Result<(), Message> {
        if self.origin == Origin::HandedIn && text.chars().nth(TEXT_CHARS_MAX).is_some() {
            return Err(msg!(
                "文字超过{TEXT_CHARS_MAX}字，请缩短",
                "a text has more than {TEXT_CHARS_MAX} characters; shorten it"
            ));
        }
        if let Some(Open { node: Node { content: Content::Map(_), .. }, key, known }) =
            self.open.last_mut()
            && key.is_none()
        {
            if !known.insert(text.clone()) {
                return Err(msg!(
                    "“{text}”写了两次，请删去一处",
                    "“{text}” stands here twice; remove one"
                ));
            }
            *key = Some(text);
            return Ok(());
        }
        self.place(Node { at: Some(at), content: Content::Text(text) })
    }

    fn begin(&mut self, content: Content, at: Position) -> Result<(), Message> {
        if self.open.len() >= DEPTH_MAX {
            return Err(msg!("嵌套超过{DEPTH_MAX}层", "nesting deeper than {DEPTH_MAX}"));
        }
        if let Some(Open { node: Node { content: Content::Map(_), .. }, key: None, .. }) =
            self.open.last()
        {
            return Err(KEY.into());
        }
        let node = Node { at: Some(at), content };
        self.open.push(Open { node, key: None, known: BTreeSet::new() });
        Ok(())
    }

    /// Puts a finished node where it belongs.
    fn place(&mut self, node: Node) -> Result<(), Message> {
        self.node_count += 1;
        if self.origin == Origin::HandedIn && self.node_count > NODES_MAX {
            return Err(msg!("内容超过{NODES_MAX}处", "more than {NODES_MAX} entries"));
        }
        let Some(open) = self.open.last_mut() else {
            if self.root.is_some() {
                return Err(SECOND.into());
            }
            self.root = Some(node);
            return Ok(());
        };
        match &mut open.node.content {
            Content::List(nodes) => nodes.push(node),
            Content::Map(fields) => fields.extend(open.key.take().map(|key| (key, node))),
            Content::Text(_) => {}
        }
        Ok(())
    }
}

fn no_tricks<T>(anchor: usize, tag: Option<&T>) -> Result<(), Message> {
    if anchor != 0 || tag.is_some() { Err(TRICKS.into()) } else { Ok(()) }
}

fn position(marker: &Marker) -> Position {
    Position { line: marker.line(), column: marker.col() + 1 }
}

const EMPTY: Text = text!("文档是空的", "the document is empty");
const SECOND: Text = text!("一份文件只能有一个办法", "one file holds one rule set only");
const KEY: Text = text!("字段名应是一个词", "the name of a field must be a single word");
const TRICKS: Text = text!(
    "办法里不能用锚点（&）、引用（*）和标签（!）",
    "a rule set may not use anchors (&), aliases (*) and tags (!)"
);
