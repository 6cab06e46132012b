//! Reading spreadsheets that strangers made. Nothing is trusted: the package is walked before
//! anything in it is unpacked, cells are streamed (a sheet with one cell in its last corner must
//! not become a table of 17 billion), everything has a limit, and all of it runs in a child process
//! with limits of memory and time ([`open()`]), so that what kills the reader kills nothing else.
//!
//! Absent on purpose: formulas are not computed; what the office program computed last is read.

mod book;
mod cell;
mod child;
mod grid;
mod limits;
mod old;
mod open;
mod package;
mod strings;
mod styles;
mod words;
mod xml;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use cell::{Cell, Event, Merge, Row, SheetEnd, Value, letters};
pub use child::serve;
pub use limits::{CELLS_MAX, COLUMNS_MAX, LETTERS_MAX, ROWS_MAX, SHEETS_MAX};
pub use open::{Reader, Reading, open};
pub use words::not_taken;

use std::io::{Read, Seek, SeekFrom};

use kernel::Message;

/// The compound format of `.xls`, of `.et`, and of workbooks with a password.
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const ZIP: [u8; 4] = *b"PK\x03\x04";

/// Why reading ended early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The file is not taken; the message says what to do.
    Refused(Message),
    /// Nobody listens any more.
    Gone,
}

impl From<Message> for Stop {
    fn from(message: Message) -> Self {
        Self::Refused(message)
    }
}

/// Where what was read goes.
pub(crate) type Tell<'a> = &'a mut dyn FnMut(Event) -> Result<(), Stop>;

/// Reads a workbook from its beginning to its end.
pub(crate) fn read<F: Read + Seek>(mut file: F, tell: Tell<'_>) -> Result<(), Stop> {
    let size = file.seek(SeekFrom::End(0)).map_err(|_unreadable| words::damaged())?;
    if size > limits::PACKED_MAX {
        return Err(words::too_large().into());
    }
    file.seek(SeekFrom::Start(0)).map_err(|_unreadable| words::damaged())?;
    let mut first = Vec::with_capacity(COMPOUND.len());
    file.by_ref().take(8).read_to_end(&mut first).map_err(|_unreadable| words::damaged())?;
    file.seek(SeekFrom::Start(0)).map_err(|_unreadable| words::damaged())?;
    if first == COMPOUND {
        return old::read(file, tell);
    }
    if first.starts_with(&ZIP) {
        return book::read(file, tell);
    }
    Err(words::no_spreadsheet().into())
}
