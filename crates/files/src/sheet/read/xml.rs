//! One part of the package as a stream of tags and texts, within limits.

use std::io::{BufRead, BufReader, Error, Read, Result as IoResult};

use kernel::Message;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::limits::{DEPTH_MAX, PART_MAX, PIECE_MAX};
use super::{Stop, words};

/// Bytes unpacked at once.
const BUFFER: usize = 64 << 10;

/// What is read, with what may still be read of it.
struct Metered<R> {
    inner: R,
    read: u64,
    piece: u64,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buf: &mut [u8]) -> IoResult<usize> {
        let n = self.inner.read(buf)?;
        self.read += n as u64;
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> IoResult<&[u8]> {
        if self.piece > PIECE_MAX || self.read > PART_MAX {
            return Err(Error::other("over the limit"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.read += n as u64;
        self.piece += n as u64;
        self.inner.consume(n);
    }
}

/// A part being read.
pub(crate) struct Xml<R: Read> {
    reader: Reader<Metered<BufReader<R>>>,
    buffer: Vec<u8>,
    depth: usize,
}

/// What comes next.
pub(crate) enum Piece<'a> {
    /// An element begins; what is in it follows.
    Open(BytesStart<'a>),
    /// An element with nothing in it.
    Empty(BytesStart<'a>),
    /// An element ends: its name without prefix.
    Close(String),
    /// Some text.
    Text(String),
    /// The part ends.
    End,
}

impl<R: Read> Xml<R> {
    pub(crate) fn new(part: R) -> Self {
        let inner = BufReader::with_capacity(BUFFER, part);
        let reader = Reader::from_reader(Metered { inner, read: 0, piece: 0 });
        Self { reader, buffer: Vec::new(), depth: 0 }
    }

    /// Bytes of the part that were read.
    pub(crate) fn position(&self) -> u64 {
        self.reader.buffer_position()
    }

    /// The next tag or text; comments and declarations are passed over.
    pub(crate) fn next(&mut self) -> Result<Piece<'_>, Stop> {
        self.buffer.clear();
        // The capacity that one long text needed is given back.
        self.buffer.shrink_to(BUFFER);
        self.reader.get_mut().piece = 0;
        let event = self.reader.read_event_into(&mut self.buffer);
        let event = match event {
            Ok(event) => event,
            Err(quick_xml::Error::Io(_)) => return Err(over().into()),
            Err(_malformed) => return Err(words::damaged().into()),
        };
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > DEPTH_MAX {
                    return Err(words::too_deep().into());
                }
                Ok(Piece::Open(tag))
            }
            Event::Empty(tag) => Ok(Piece::Empty(tag)),
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(Piece::Close(tag.local_name().as_ref().to_owned()))
            }
            Event::Text(text) => Ok(Piece::Text(text.xml10_content().into_owned())),
            Event::CData(text) => Ok(Piece::Text(text.xml10_content().into_owned())),
            Event::GeneralRef(entity) => Ok(Piece::Text(resolved(&entity)?)),
            Event::DocType(_) => Err(words::declares().into()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Ok(Piece::Text(String::new())),
            Event::Eof if self.depth > 0 => Err(words::damaged().into()),
            Event::Eof => Ok(Piece::End),
        }
    }

    /// The texts up to the end of the element that was opened last.
    pub(crate) fn text(&mut self, name: &str) -> Result<String, Stop> {
        let mut text = String::new();
        loop {
            match self.next()? {
                Piece::Text(piece) => {
                    text.push_str(&piece);
                    // Six bytes of an entity may stand for one letter.
                    if text.len() as u64 > PIECE_MAX {
                        return Err(words::long_text().into());
                    }
                }
                Piece::Close(end) if end == name => return Ok(text),
                Piece::End => return Err(words::damaged().into()),
                Piece::Open(_) | Piece::Empty(_) | Piece::Close(_) => {}
            }
        }
    }
}

fn over() -> Message {
    words::long_text()
}

/// Only what XML itself knows: nobody may declare an entity.
fn resolved(entity: &quick_xml::events::BytesRef<'_>) -> Result<String, Message> {
    if let Ok(Some(letter)) = entity.resolve_char_ref() {
        return Ok(letter.to_string());
    }
    let known = quick_xml::escape::resolve_predefined_entity(&entity.xml10_content());
    known.map(str::to_owned).ok_or_else(words::declares)
}

/// The value of an attribute, by its name without prefix.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().filter_map(Result::ok).find(|attribute| {
        let key = attribute.key.as_ref();
        key == name || key.rsplit(':').next() == Some(name)
    })?;
    quick_xml::escape::unescape(&found.value).ok().map(std::borrow::Cow::into_owned)
}

/// A number in an attribute.
pub(crate) fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.parse().ok()
}

/// Whether an attribute says yes.
pub(crate) fn is_set(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| value == "1" || value == "true")
}
