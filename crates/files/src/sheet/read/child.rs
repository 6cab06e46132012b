//! The process that reads: it limits itself, then reads standard input and tells on standard
//! output, frame by frame. A frame is a length of four bytes and JSON.

use std::fs::File;
use std::io::{BufWriter, Error, Read, Result, Write};

use rustix::process::{Resource, Rlimit, setrlimit};

use super::cell::Event;
use super::{Stop, words};

/// Bytes of memory that the process may have, all addresses together.
const MEMORY_MAX: u64 = 400 << 20;
/// Seconds of a core.
const SECONDS_MAX: u64 = 90;
/// Bytes of one frame: a row of long cells.
pub(crate) const FRAME_MAX: u32 = 64 << 20;

/// Reads the workbook on standard input and tells on standard output.
pub fn serve() -> Result<()> {
    limit()?;
    // The parent hands a file over, so that nothing need be held in memory.
    let file = File::from(rustix::io::dup(rustix::stdio::stdin())?);
    let mut out = BufWriter::with_capacity(256 << 10, std::io::stdout().lock());
    let mut tell = |event: Event| send(&mut out, &event).map_err(|_closed| Stop::Gone);
    let last = match super::read(&file, &mut tell) {
        Ok(()) => Event::Whole,
        Err(Stop::Refused(message)) => Event::Refused { zh: message.zh, en: message.en },
        Err(Stop::Gone) => return Ok(()),
    };
    send(&mut out, &last)?;
    out.flush()
}

fn limit() -> Result<()> {
    let memory = Rlimit { current: Some(MEMORY_MAX), maximum: Some(MEMORY_MAX) };
    setrlimit(Resource::As, memory)?;
    let seconds = Rlimit { current: Some(SECONDS_MAX), maximum: Some(SECONDS_MAX) };
    setrlimit(Resource::Cpu, seconds)?;
    // What ends here leaves nothing behind.
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    setrlimit(Resource::Fsize, Rlimit { current: Some(0), maximum: Some(0) })?;
    Ok(())
}

/// Writes a frame.
pub(crate) fn send(out: &mut impl Write, event: &Event) -> Result<()> {
    let body = serde_json::to_vec(event)?;
    let length = u32::try_from(body.len()).map_err(Error::other)?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&body)
}

/// Reads a frame; none at the end.
pub(crate) fn receive(from: &mut impl Read) -> Result<Option<Event>> {
    let mut length = [0; 4];
    if from.read(&mut length[..1])? == 0 {
        return Ok(None);
    }
    from.read_exact(&mut length[1..])?;
    let length = u32::from_le_bytes(length);
    if length > FRAME_MAX {
        return Err(Error::other(words::gave_up().en));
    }
    let mut body = Vec::new();
    from.take(u64::from(length)).read_to_end(&mut body)?;
    Ok(Some(serde_json::from_slice(&body)?))
}
