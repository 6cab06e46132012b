//! The program as an operator runs it: founded, configured, served, stopped, killed.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so")]

mod program;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use program::{Client, Served, done, duban, said};

use uuid::Uuid;

/// A city founded in a folder, and a token of its system administrator.
fn founded(data: &Path) -> String {
    let folder = data.to_str().unwrap();
    let told = done(duban(&["setup", "--name", "试验市", "--data", folder]));
    for name in ["sysadmin", "secadmin", "auditor"] {
        assert!(told.contains(name), "{told}");
    }
    // Nothing is founded twice.
    let again = duban(&["setup", "--name", "另一市", "--data", folder]).output().unwrap();
    assert!(!again.status.success() && said(&again).contains("试验市 is here already"));
    done(duban(&["token", "make", "sysadmin", "--data", folder])).trim().to_owned()
}

/// Sixteen clients act until the program is gone, which it is after so many acknowledged acts: what
/// was acknowledged, and what was cut off.
fn hammered(
    address: &str,
    token: &str,
    (enough, gone): (usize, impl FnOnce()),
) -> (Vec<Uuid>, Vec<Uuid>) {
    let count = Arc::new(AtomicUsize::new(0));
    let clients: Vec<_> = (0..16)
        .map(|_| {
            let (address, token) = (address.to_owned(), token.to_owned());
            let count = Arc::clone(&count);
            std::thread::spawn(move || {
                let mut acknowledged = Vec::new();
                let Ok(mut client) = Client::new(&address, &token) else {
                    return (acknowledged, None);
                };
                loop {
                    let key = Uuid::now_v7();
                    match client.act(key) {
                        Ok(200) => {
                            acknowledged.push(key);
                            count.fetch_add(1, Ordering::Relaxed);
                        }
                        Ok(status) => panic!("answered {status}"),
                        Err(_) => return (acknowledged, Some(key)),
                    }
                }
            })
        })
        .collect();
    while count.load(Ordering::Relaxed) < enough {
        std::thread::sleep(Duration::from_millis(2));
    }
    gone();
    let (mut acknowledged, mut cut) = (Vec::new(), Vec::new());
    for client in clients {
        let (kept, last) = client.join().unwrap();
        acknowledged.extend(kept);
        cut.extend(last);
    }
    (acknowledged, cut)
}

/// The keys that stand in the journal; each once.
fn recorded(data: &Path) -> BTreeSet<Uuid> {
    let connection = rusqlite::Connection::open(data.join("duban.sqlite")).unwrap();
    let sql = "SELECT act_id FROM facts WHERE act = 'people.add_group'";
    let mut rows = connection.prepare(sql).unwrap();
    let keys = rows.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    let mut all = BTreeSet::new();
    for key in keys {
        assert!(all.insert(Uuid::from_slice(&key.unwrap()).unwrap()), "an act was done twice");
    }
    all
}

#[test]
fn a_program_killed_twenty_times_under_sixteen_clients_loses_no_acknowledged_act() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let token = founded(data);
    let (mut acknowledged, mut total) = (Vec::new(), 0);
    for round in 0..20 {
        let served = Served::start(&["--data", data.to_str().unwrap()]);
        let address = served.address.clone();
        // Each time in another moment of the work.
        let gone = move || served.kill();
        let (kept, cut) = hammered(&address, &token, (20 + 17 * round, gone));
        total += kept.len();
        acknowledged.extend(kept);
        let there = recorded(data);
        let lost = acknowledged.iter().filter(|key| !there.contains(key)).count();
        assert_eq!(lost, 0, "round {round}: of {total} acknowledged acts");
        // Sent again with its key, an act whose answer was cut off is done once.
        let served = Served::start(&["--data", data.to_str().unwrap()]);
        let mut client = Client::new(&served.address, &token).unwrap();
        for key in cut.iter().take(4) {
            assert_eq!(client.act(*key).unwrap(), 200);
        }
        acknowledged.extend(cut.into_iter().take(4));
    }
    let there = recorded(data);
    assert!(acknowledged.iter().all(|key| there.contains(key)));
    let told = done(duban(&["verify", "--data", data.to_str().unwrap()]));
    assert!(told.contains("whole"), "{told}");
}

#[test]
fn a_program_told_to_stop_answers_what_was_asked_and_ends_well() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let token = founded(data);
    let served = Served::start(&["--data", data.to_str().unwrap()]);
    let address = served.address.clone();
    let mut code = None;
    let (acknowledged, cut) = hammered(&address, &token, (200, || code = served.stop()));
    assert_eq!(code, Some(0));
    assert!(TcpStream::connect(&address).is_err(), "nobody listens any more");
    let there = recorded(data);
    assert!(!acknowledged.is_empty() && acknowledged.iter().all(|key| there.contains(key)));
    // Whoever was cut off had only begun to ask: nothing was done that was not said.
    assert!(cut.iter().all(|key| !there.contains(key)), "done and not answered");
}

#[test]
fn flags_go_before_the_environment_and_that_before_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    founded(&first);
    founded(&second);
    let config = folder.path().join("duban.toml");
    std::fs::write(&config, format!("data = {first:?}\nlog = \"json\"\n")).unwrap();
    let config = config.to_str().unwrap();
    let (first, second) = (first.to_str().unwrap(), second.to_str().unwrap());
    // Each city has a head of its own; that of the place that was meant is printed.
    let head = |told: &str| told.lines().find(|l| l.contains(':')).unwrap().to_owned();
    let wanted = head(&done(duban(&["verify", "--data", first])));
    let other = head(&done(duban(&["verify", "--data", second])));
    assert_ne!(wanted, other);
    assert_eq!(head(&done(duban(&["--config", config, "verify"]))), wanted);
    let mut named = duban(&["verify"]);
    named.env("DUBAN_CONFIG", config);
    assert_eq!(head(&done(named)), wanted);
    let mut set = duban(&["--config", config, "verify"]);
    set.env("DUBAN_DATA", second);
    assert_eq!(head(&done(set)), other);
    let mut flagged = duban(&["--config", config, "verify", "--data", second]);
    flagged.env("DUBAN_DATA", first);
    assert_eq!(head(&done(flagged)), other);
    // What it does not know it names, and where nothing is said it says what is missing.
    let wrong = folder.path().join("wrong.toml");
    std::fs::write(&wrong, "dta = \"x\"\n").unwrap();
    let told = duban(&["--config", wrong.to_str().unwrap(), "verify"]).output().unwrap();
    assert!(!told.status.success() && said(&told).contains("dta"), "{}", said(&told));
    let nothing = duban(&["verify"]).output().unwrap();
    assert!(said(&nothing).contains("give --data DIR or --database"), "{}", said(&nothing));
}

#[test]
fn the_access_log_reaches_a_log_server() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let token = founded(data);
    let server = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    server.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let syslog = format!("udp://{}", server.local_addr().unwrap());
    let mut command = duban(&["serve", "--port", "0", "--data", data.to_str().unwrap()]);
    command.env("DUBAN_SYSLOG", &syslog).env("DUBAN_LOG", "warn,duban=info");
    let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let line = lines.find(|line| line.contains("address=")).unwrap();
    let address = line.split_once("address=").unwrap().1.split_whitespace().next().unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let request = "POST /sign-in HTTP/1.1\r\nhost: localhost\r\naccept: application/json\r\n\
        content-type: application/json\r\ncontent-length: 45\r\nconnection: close\r\n\r\n\
        {\"name\":\"sysadmin\",\"password\":\"not this one\"} ";
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let mut buffer = [0; 2_000];
    let n = server.recv(&mut buffer);
    child.kill().unwrap();
    child.wait().unwrap();
    let line = std::str::from_utf8(&buffer[..n.unwrap_or_else(|e| panic!("{e}: {answer}"))]);
    let line = line.unwrap();
    // Facility 13, a warning, RFC 5424.
    assert!(line.starts_with("<108>1 ") && line.contains(" duban - failed "), "{line}");
    assert!(!line.contains("not this one") && !line.contains(&token), "{line}");
}
