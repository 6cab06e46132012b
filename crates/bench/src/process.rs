//! Processes: their CPU time and memory from `/proc`, and the program under measurement.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use journal::{Error, Result};
use tokio::process::{Child, Command};

use crate::http::{Ask, once};

/// Linux counts CPU time in hundredths of a second, whatever the kernel's own clock.
const TICK: Duration = Duration::from_millis(10);

/// What `/proc/PID/stat` says of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stat {
    parent: u32,
    own: Duration,
    children: Duration,
}

fn stat(text: &str) -> Option<Stat> {
    // The name in parentheses may hold blanks.
    let (_, rest) = text.rsplit_once(") ")?;
    let words: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |at: usize| words.get(at)?.parse::<u32>().ok();
    Some(Stat {
        parent: ticks(1)?,
        own: TICK * (ticks(11)? + ticks(12)?),
        children: TICK * (ticks(13)? + ticks(14)?),
    })
}

fn stat_of(pid: u32) -> Result<Stat> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    stat(&text).ok_or_else(|| Error::fault(format!("/proc/{pid}/stat is not understood")))
}

/// The CPU time of a process so far.
pub(crate) fn cpu(pid: u32) -> Result<Duration> {
    Ok(stat_of(pid)?.own)
}

/// How long the program has to begin with what it does by the clock.
const BEGUN: Duration = Duration::from_secs(100);
/// How long it may take to catch up with a city that was made at once.
const CAUGHT_UP: Duration = Duration::from_secs(900);

/// Waits until the program has caught up with the city: trays filled, reminders and slips recorded.
/// An office's server does this as the day goes; here it would be counted as the cost of a page.
pub(crate) async fn caught_up(pid: u32) -> Result<()> {
    let start = Instant::now();
    let (mut quiet, mut before) = (0, cpu(pid)?);
    while quiet < 3 || start.elapsed() < BEGUN {
        if start.elapsed() > CAUGHT_UP {
            return Err(Error::fault("the program is still catching up"));
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
        let now = cpu(pid)?;
        quiet = if now - before < TICK * 6 { quiet + 1 } else { 0 };
        before = now;
    }
    eprintln!("caught up after {} s", start.elapsed().as_secs());
    Ok(())
}

/// The process that started another.
pub(crate) fn parent(pid: u32) -> Result<u32> {
    Ok(stat_of(pid)?.parent)
}

/// The CPU time of a PostgreSQL server with all its processes, ended ones too.
pub(crate) fn cpu_of_family(parent: u32) -> Result<Duration> {
    let head = stat_of(parent)?;
    let mut sum = head.own + head.children;
    for entry in std::fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(pid) = name.to_str().and_then(|n| n.parse().ok()) else { continue };
        // One that has just ended is among its parent's children.
        let Ok(child) = stat_of(pid) else { continue };
        if child.parent == parent {
            sum += child.own + child.children;
        }
    }
    Ok(sum)
}

/// A figure of `/proc/PID/status`, in bytes.
pub(crate) fn memory(pid: u32, name: &str) -> Result<u64> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    kib(&text, name)
        .map(|kib| kib * 1024)
        .ok_or_else(|| Error::fault(format!("/proc/{pid}/status has no {name}")))
}

fn kib(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(':'))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

/// The program, serving.
pub(crate) struct Server {
    child: Child,
    /// Its process.
    pub(crate) pid: u32,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// How long it took until it answered.
    pub(crate) start: Duration,
}

impl Server {
    /// Starts the program and waits until it is healthy.
    pub(crate) async fn start(program: &Path, place: &[String], log: &Path) -> Result<Self> {
        let address = free_address()?;
        let log = std::fs::File::create(log)?;
        let began = Instant::now();
        let child = Command::new(program)
            .arg("serve")
            .args(place)
            .args(["--port", &address.port().to_string()])
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()?;
        let pid = child.id().ok_or_else(|| Error::fault("the server ended at once"))?;
        let mut server = Self { child, pid, address, start: Duration::ZERO };
        server.wait_until_healthy(began).await?;
        Ok(server)
    }

    async fn wait_until_healthy(&mut self, began: Instant) -> Result<()> {
        let ask = Ask::get("/healthz", &[]);
        while began.elapsed() < Duration::from_secs(60) {
            if let Ok(reply) = once(self.address, &ask).await
                && reply.status == 200
            {
                self.start = began.elapsed();
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(Error::fault(format!("the server ended: {status}")));
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Err(Error::fault("the server is not healthy after a minute"))
    }

    /// Asks it to stop and waits.
    pub(crate) async fn stop(mut self) -> Result<()> {
        terminate(self.pid).await?;
        self.child.wait().await?;
        Ok(())
    }
}

async fn terminate(pid: u32) -> Result<()> {
    Command::new("kill").arg(pid.to_string()).status().await?;
    Ok(())
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

/// A command that ran to its end.
pub(crate) struct Ran {
    pub(crate) took: Duration,
    /// The CPU time it used.
    pub(crate) cpu: Duration,
    /// The most memory it held, in bytes.
    pub(crate) peak: u64,
    pub(crate) said: String,
}

/// Runs a command of the program to its end; anything but success ends the run.
pub(crate) async fn run(program: &Path, words: &[String]) -> Result<Ran> {
    let began = Instant::now();
    let child = Command::new(program)
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let pid = child.id().unwrap_or_default();
    let watch = tokio::spawn(async move {
        let (mut peak, mut used) = (0, Duration::ZERO);
        // What it uses after the last look is lost, a hundredth of a second.
        while let (Ok(now), Ok(cpu)) = (memory(pid, "VmHWM"), cpu(pid)) {
            (peak, used) = (now.max(peak), cpu.max(used));
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        (peak, used)
    });
    let out = child.wait_with_output().await?;
    let took = began.elapsed();
    let (peak, cpu) = watch.await.map_err(Error::fault)?;
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    if out.status.success() {
        return Ok(Ran { took, cpu, peak, said });
    }
    let complained = String::from_utf8_lossy(&out.stderr);
    Err(Error::fault(format!("`{}` failed: {said}{complained}", words.join(" "))))
}

/// Makes the demo city and stops the program when it begins to serve.
pub(crate) async fn make_city(program: &Path, folder: &Path, words: &[String]) -> Result<()> {
    use tokio::io::AsyncBufReadExt as _;
    let mut child = Command::new(program)
        .args(["demo", "--fresh", "--port", "0", "--data"])
        .arg(folder)
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let out = child.stdout.take().ok_or_else(|| Error::fault("no output"))?;
    let mut lines = tokio::io::BufReader::new(out).lines();
    let mut address = None;
    while let Some(line) = lines.next_line().await? {
        if let Some(found) = line.strip_prefix("http://") {
            address = Some(found.trim().parse().map_err(Error::fault)?);
        }
        if let (true, Some(address)) = (line.starts_with("account"), address) {
            // Only a server that answers has learnt how to be stopped.
            while once(address, &Ask::get("/healthz", &[])).await.is_err() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            let pid = child.id().ok_or_else(|| Error::fault("the demo ended by itself"))?;
            terminate(pid).await?;
        }
    }
    let status = child.wait().await?;
    if status.success() { Ok(()) } else { Err(Error::fault(format!("the demo ended: {status}"))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cpu_time_is_read_behind_a_name_with_blanks() {
        let text = "7 (a (b) c) S 3 7 7 0 -1 4194560 1 2 3 4 120 30 5 6 20 0 4 0 9 9 9";
        let ms = Duration::from_millis;
        assert_eq!(stat(text), Some(Stat { parent: 3, own: ms(1_500), children: ms(110) }));
        assert_eq!(stat("7 (a"), None);
    }

    #[test]
    fn memory_is_read_by_its_name() {
        let status = "Name:\tduban\nVmHWM:\t   81234 kB\nVmRSS:\t   70000 kB\n";
        assert_eq!(kib(status, "VmRSS"), Some(70_000));
        assert_eq!(kib(status, "VmHWM"), Some(81_234));
        assert_eq!(kib(status, "VmSwap"), None);
    }

    #[test]
    fn this_process_has_used_memory() {
        assert!(memory(std::process::id(), "VmRSS").unwrap() > 0);
        assert!(parent(std::process::id()).unwrap() > 0);
    }
}
