//! The program as a process, and a client of it.

#![allow(dead_code, reason = "each test uses some of it")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use uuid::Uuid;

pub(crate) fn duban(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
    command.args(words).env_remove("DUBAN_DATABASE").env_remove("DUBAN_DATA");
    command
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8([&output.stdout[..], &output.stderr[..]].concat()).unwrap()
}

pub(crate) fn done(mut command: Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    said(&output)
}

/// A served city; killed when it is dropped.
pub(crate) struct Served {
    child: Child,
    /// Where it listens.
    pub(crate) address: String,
}

impl Served {
    /// Serves what these flags name on a free port.
    pub(crate) fn start(place: &[&str]) -> Self {
        let mut command = duban(&["serve", "--port", "0"]);
        command.args(place);
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok);
        let address = lines.find_map(|line| {
            let rest = line.split_once("address=")?.1;
            Some(rest.split_whitespace().next()?.to_owned())
        });
        // The log goes on being read, so that it never stands in the program's way.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address: address.unwrap() }
    }

    /// As a power cut does.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Told to stop, as systemd does; what it answered then.
    pub(crate) fn stop(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Served {
    /// The status of a page for everybody.
    pub(crate) fn get(&self, path: &str) -> u16 {
        let mut client = Client::new(&self.address, "").unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        client.stream.get_mut().write_all(request.as_bytes()).unwrap();
        client.answer().unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// One connection that acts again and again; ends when the program no longer answers.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    token: String,
}

impl Client {
    /// Connects with a token.
    pub(crate) fn new(address: &str, token: &str) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        Ok(Self { stream: BufReader::new(stream), token: token.to_owned() })
    }

    /// Adds a group under a key; the status, once the answer is whole.
    pub(crate) fn act(&mut self, key: Uuid) -> std::io::Result<u16> {
        let name: String = key.simple().to_string().chars().take(24).collect();
        let body = format!("{{\"name\":\"{name}\",\"sort\":1}}");
        let request = format!(
            "POST /groups/new HTTP/1.1\r\nhost: localhost\r\naccept: application/json\r\n\
             authorization: Bearer {}\r\nidempotency-key: {key}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.token,
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.answer()
    }

    fn answer(&mut self) -> std::io::Result<u16> {
        let cut = || std::io::Error::other("the answer was cut off");
        let (mut status, mut length) = (None, 0);
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line)? == 0 {
                return Err(cut());
            }
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if status.is_none() {
                status = line.split(' ').nth(1).and_then(|s| s.parse().ok());
            }
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().map_err(std::io::Error::other)?;
            }
        }
        self.stream.read_exact(&mut vec![0; length])?;
        status.ok_or_else(cut)
    }
}
