//! The texts that cells share.

use std::io::Read;

use super::limits::SHARED_MAX;
use super::xml::{Piece, Xml};
use super::{Stop, words};

/// All shared texts behind each other, and where each ends.
#[derive(Default)]
pub(crate) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// The text of a number.
    pub(crate) fn get(&self, n: usize) -> Option<&str> {
        let to = usize::try_from(*self.ends.get(n)?).ok()?;
        let from = match n.checked_sub(1) {
            Some(before) => usize::try_from(*self.ends.get(before)?).ok()?,
            None => 0,
        };
        self.text.get(from..to)
    }

    /// Reads the part.
    pub(crate) fn read<R: Read>(mut part: Xml<R>) -> Result<Self, Stop> {
        let mut strings = Self::default();
        loop {
            match part.next()? {
                Piece::Open(tag) if tag.local_name().as_ref() == "si" => {
                    let text = rich(&mut part, "si")?;
                    strings.push(&text)?;
                }
                Piece::Empty(tag) if tag.local_name().as_ref() == "si" => strings.push("")?,
                Piece::End => return Ok(strings),
                Piece::Open(_) | Piece::Empty(_) | Piece::Close(_) | Piece::Text(_) => {}
            }
        }
    }

    fn push(&mut self, text: &str) -> Result<(), Stop> {
        self.text.push_str(text);
        if self.text.len() > SHARED_MAX {
            return Err(words::text().into());
        }
        self.ends.push(u32::try_from(self.text.len()).map_err(|_large| words::text())?);
        Ok(())
    }
}

/// The text of a string whose letters may differ in look; what is read out beside it is left out.
pub(crate) fn rich<R: Read>(part: &mut Xml<R>, name: &str) -> Result<String, Stop> {
    let mut text = String::new();
    let mut aside = 0;
    loop {
        match part.next()? {
            Piece::Open(tag) => match tag.local_name().as_ref() {
                "rPh" => aside += 1,
                "t" => {
                    let piece = part.text("t")?;
                    if aside == 0 {
                        text.push_str(&piece);
                    }
                }
                _ => {}
            },
            Piece::Close(end) if end == "rPh" => aside -= 1,
            Piece::Close(end) if end == name => return Ok(unescaped(text)),
            Piece::End => return Err(words::damaged().into()),
            Piece::Empty(_) | Piece::Close(_) | Piece::Text(_) => {}
        }
        if text.len() > super::limits::LETTERS_MAX * 4 {
            return Err(words::long_text().into());
        }
    }
}

/// Line ends that the format writes as `_x000D_`.
pub(crate) fn unescaped(text: String) -> String {
    if !text.contains("_x00") {
        return text;
    }
    text.replace("_x000D_", "").replace("_x000A_", "\n").replace("_x0009_", "\t")
}
