//! CPU time of the program and of the database server between two moments.

use std::time::Duration;

use journal::Result;

use crate::process;
use crate::table::Cpu;

/// Which processes are looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Meter {
    program: u32,
    server: Option<u32>,
}

/// How much they had used at a moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Used {
    program: Duration,
    server: Option<Duration>,
}

impl Meter {
    /// The program's process, and the first process of the database server.
    pub(crate) const fn new(program: u32, server: Option<u32>) -> Self {
        Self { program, server }
    }

    pub(crate) fn now(self) -> Result<Used> {
        let server = self.server.map(process::cpu_of_family).transpose()?;
        Ok(Used { program: process::cpu(self.program)?, server })
    }

    /// What one of so many requests has used since.
    pub(crate) fn since(self, before: Used, requests: u32) -> Result<Cpu> {
        let now = self.now()?;
        let each = |now: Duration, before: Duration| now.saturating_sub(before) / requests.max(1);
        Ok(Cpu {
            program: each(now.program, before.program),
            database: now.server.zip(before.server).map(|(now, before)| each(now, before)),
        })
    }
}
