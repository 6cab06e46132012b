//! The access log on its way to a log server: each line of RFC 5424 as it is noted, by UDP
//! (RFC 5426), TCP (octet counting, RFC 6587), TLS (RFC 5425) or the machine's own socket.
//!
//! The lines stand in the database too; what cannot be sent holds nobody up. While the server is
//! known to be away lines are kept, up to [`KEPT`], and once it is back the log says how many found
//! no room; at its end the program says how many were not sent. A connection that its server has
//! left is noticed before the next line; what was on its way when the server fell is not known to
//! be lost.

mod server;
#[cfg(test)]
mod tests;

use std::fmt::Debug;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use journal::Result;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

use server::{Server, Tell};

/// What the lines of the access log are marked with.
const TARGET: &str = "access";
/// Lines kept while the server is away.
const KEPT: usize = 10_000;
/// How long is waited after a failure, at first and at most.
const PAUSE: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(30));
/// How long the end of the program waits for what is still to be sent.
const LAST: Duration = Duration::from_secs(2);

/// What the sender is told.
enum Said {
    Line(String),
    End,
}

/// Takes the lines of the access log out of the program's log.
pub(crate) struct Syslog {
    lines: SyncSender<Said>,
    counts: Arc<Counts>,
}

/// Lines of the access log that are not with the server.
#[derive(Default)]
struct Counts {
    /// Those that found no room, since it was last said.
    lost: AtomicU64,
    /// Those that wait to be sent.
    waiting: AtomicU64,
}

/// Sends what is left when the program ends.
pub(crate) struct Sending {
    lines: SyncSender<Said>,
    counts: Arc<Counts>,
    thread: JoinHandle<()>,
}

/// Begins to send the access log to a server.
pub(crate) fn start(address: &str, ca: Option<&Path>) -> Result<(Syslog, Sending)> {
    let server = Server::of(address, ca)?;
    let (lines, waiting) = sync_channel(KEPT);
    let counts = Arc::<Counts>::default();
    let counted = Arc::clone(&counts);
    let thread = std::thread::Builder::new()
        .name("syslog".to_owned())
        .spawn(move || send(&server, &waiting, &counted))?;
    let sending = Sending { lines: lines.clone(), counts: Arc::clone(&counts), thread };
    Ok((Syslog { lines, counts }, sending))
}

impl Sending {
    /// Lines that the server has not got.
    fn left(&self) -> u64 {
        self.counts.waiting.load(Ordering::Relaxed) + self.counts.lost.load(Ordering::Relaxed)
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        // A full queue is one that a server does not take; then there is nothing to wait for.
        if self.lines.try_send(Said::End).is_ok() {
            let end = Instant::now() + LAST;
            while !self.thread.is_finished() && Instant::now() < end {
                std::thread::sleep(Duration::from_millis(10));
            }
        }
        match self.left() {
            0 => {}
            lines => tracing::warn!(lines, "lines of the access log were not sent"),
        }
    }
}

/// Sends line after line; one that could not be sent is sent again on the next connection.
fn send(server: &Server, waiting: &Receiver<Said>, counts: &Counts) {
    let mut way: Option<Box<dyn Tell>> = None;
    while let Ok(Said::Line(line)) = waiting.recv() {
        let mut pause = PAUSE.0;
        loop {
            let told = match &mut way {
                Some(way) => way.tell(&line),
                None => server.connect().and_then(|mut fresh| {
                    let told = fresh.tell(&line);
                    way = Some(fresh);
                    told
                }),
            };
            let Err(error) = told else { break };
            way = None;
            if pause == PAUSE.0 {
                tracing::warn!(%error, "the log server cannot be reached; lines are kept");
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(PAUSE.1);
        }
        counts.waiting.fetch_sub(1, Ordering::Relaxed);
        match counts.lost.swap(0, Ordering::Relaxed) {
            0 => {}
            lines => tracing::warn!(lines, "lines of the access log were not sent"),
        }
    }
}

impl<S: Subscriber> Layer<S> for Syslog {
    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        if event.metadata().target() != TARGET {
            return;
        }
        let mut line = Line::default();
        event.record(&mut line);
        // Counted before it can be sent, so that the count is never below nought.
        self.counts.waiting.fetch_add(1, Ordering::Relaxed);
        if self.lines.try_send(Said::Line(line.0)).is_err() {
            self.counts.waiting.fetch_sub(1, Ordering::Relaxed);
            self.counts.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// The message of an event.
#[derive(Default)]
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}
