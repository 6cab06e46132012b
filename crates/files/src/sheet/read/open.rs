//! Having a workbook read by another process, and listening to what it tells.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kernel::Message;
use tokio::sync::mpsc;

use super::cell::Event;
use super::{Stop, child, words};

/// Events that wait to be taken at most.
const WAITING_MAX: usize = 256;
/// However slow the disk: nobody waits longer.
const TIME_MAX: Duration = Duration::from_secs(180);

/// Who reads workbooks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reader {
    /// This program, called with this word: a process of its own with limits.
    Program(PathBuf, &'static str),
    /// This very process, for tests that are no such program.
    #[default]
    Within,
}

/// A workbook being read. What drops it ends the reader.
pub struct Reading {
    events: mpsc::Receiver<Event>,
    process: Arc<Mutex<Option<Child>>>,
}

/// Begins to read a workbook.
pub fn open(reader: &Reader, file: File) -> std::io::Result<Reading> {
    let (told, events) = mpsc::channel(WAITING_MAX);
    let process = Arc::default();
    match reader {
        Reader::Program(program, word) => {
            let mut child = Command::new(program)
                .arg(word)
                .env_clear()
                // The allocator would reserve more addresses at once than the process may have.
                .env("MIMALLOC_ARENA_RESERVE", "16MiB")
                .stdin(Stdio::from(file))
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()?;
            let Some(out) = child.stdout.take() else {
                return Err(std::io::Error::other("the reader has no output"));
            };
            let process: Arc<Mutex<Option<Child>>> = Arc::new(Mutex::new(Some(child)));
            let watched = Arc::clone(&process);
            tokio::task::spawn_blocking(move || listen(&told, BufReader::new(out), &watched));
            Ok(Reading { events, process })
        }
        Reader::Within => {
            tokio::task::spawn_blocking(move || within(file, &told));
            Ok(Reading { events, process })
        }
    }
}

impl Reading {
    /// What the reader tells next; none after its last word.
    pub async fn next(&mut self) -> Option<Event> {
        let next = tokio::time::timeout(TIME_MAX, self.events.recv()).await;
        next.unwrap_or_else(|_late| {
            end(&self.process);
            Some(refused(words::gave_up()))
        })
    }
}

impl Reading {
    /// The most memory that the reader has held so far, in bytes, while it runs.
    pub fn peak_memory(&self) -> Option<u64> {
        let process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        let id = process.as_ref()?.id();
        drop(process);
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kib << 10)
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        end(&self.process);
    }
}

/// Ends the process and takes its leavings away.
fn end(process: &Mutex<Option<Child>>) {
    let child = process.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(mut child) = child {
        child.kill().unwrap_or_default();
        child.wait().map(drop).unwrap_or_default();
    }
}

fn listen(
    told: &mpsc::Sender<Event>,
    mut out: BufReader<std::process::ChildStdout>,
    process: &Mutex<Option<Child>>,
) {
    loop {
        let event = match child::receive(&mut out) {
            Ok(Some(event)) => event,
            // The reader ended without its last word: a limit ended it.
            Ok(None) | Err(_) => refused(words::gave_up()),
        };
        let is_last = matches!(event, Event::Whole | Event::Refused { .. });
        let is_gone = told.blocking_send(event).is_err();
        if is_last || is_gone {
            end(process);
            return;
        }
    }
}

fn within(file: File, told: &mpsc::Sender<Event>) {
    let mut tell = |event: Event| told.blocking_send(event).map_err(|_gone| Stop::Gone);
    let last = match super::read(&file, &mut tell) {
        Ok(()) => Event::Whole,
        Err(Stop::Refused(message)) => refused(message),
        Err(Stop::Gone) => return,
    };
    told.blocking_send(last).unwrap_or_default();
}

fn refused(message: Message) -> Event {
    Event::Refused { zh: message.zh, en: message.en }
}
