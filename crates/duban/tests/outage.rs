//! PostgreSQL goes away under load and comes back: clear answers meanwhile, no lost act, and no
//! restart of the program. What stands between them here is a wire that is cut.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod program;

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use journal::Place;
use program::{Client, Served, done, duban};
use uuid::Uuid;

/// A wire to a server that can be cut and mended.
#[derive(Clone)]
struct Wire {
    whole: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
    port: u16,
}

impl Wire {
    fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let wire = Self { whole: Arc::new(AtomicBool::new(true)), open: Arc::default(), port };
        let own = wire.clone();
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                if !own.whole.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(far) = TcpStream::connect(&server) else { continue };
                let ends = [near.try_clone().unwrap(), far.try_clone().unwrap()];
                own.open.lock().unwrap().extend(ends);
                pass(near.try_clone().unwrap(), far.try_clone().unwrap());
                pass(far, near);
            }
        });
        wire
    }

    fn cut(&self) {
        self.whole.store(false, Ordering::SeqCst);
        for end in self.open.lock().unwrap().drain(..) {
            drop(end.shutdown(Shutdown::Both));
        }
    }

    fn mend(&self) {
        self.whole.store(true, Ordering::SeqCst);
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream) {
    std::thread::spawn(move || {
        let mut bytes = vec![0; 16_384];
        while let Ok(n @ 1..) = from.read(&mut bytes) {
            if bytes.get(..n).is_none_or(|some| to.write_all(some).is_err()) {
                break;
            }
        }
        drop(to.shutdown(Shutdown::Both));
    });
}

/// Acts until told to stop, each again with its key until it is done; what was answered besides.
fn insist(
    address: &str,
    token: &str,
    (stop, count): (&AtomicBool, &AtomicUsize),
) -> (Vec<Uuid>, BTreeSet<u16>) {
    let mut client = Client::new(address, token).unwrap();
    let (mut all, mut refusals) = (Vec::new(), BTreeSet::new());
    while !stop.load(Ordering::Relaxed) {
        let key = Uuid::now_v7();
        loop {
            match client.act(key).unwrap() {
                200 => {
                    count.fetch_add(1, Ordering::Relaxed);
                    break all.push(key);
                }
                status => drop(refusals.insert(status)),
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    (all, refusals)
}

fn facts(url: &str) -> usize {
    let told = done(duban(&["verify", "--database", url]));
    assert!(told.contains("whole"), "{told}");
    let line = told.lines().find(|l| l.trim_start().starts_with("facts checked")).unwrap();
    line.split_whitespace().last().unwrap().parse().unwrap()
}

#[test]
fn a_database_that_goes_away_under_load_costs_no_act_and_no_restart() {
    testkit::each_place(async |place| {
        let Place::Postgres(url) = place else { return };
        let mut address: url::Url = url.parse().unwrap();
        let host = address.host_str().unwrap_or("127.0.0.1").to_owned();
        let wire = Wire::to(format!("{host}:{}", address.port().unwrap_or(5432)));
        address.set_host(Some("127.0.0.1")).unwrap();
        address.set_port(Some(wire.port)).unwrap();
        let through = address.to_string();
        done(duban(&["setup", "--name", "试验市", "--database", &url]));
        let token = done(duban(&["token", "make", "sysadmin", "--database", &url]));
        let token = token.trim();
        let before = facts(&url);
        let served = Served::start(&["--database", &through]);
        let (stop, count) = (AtomicBool::new(false), AtomicUsize::new(0));
        let more = || {
            let enough = count.load(Ordering::Relaxed) + 60;
            while count.load(Ordering::Relaxed) < enough {
                std::thread::sleep(Duration::from_millis(5));
            }
        };
        let kept: Vec<_> = std::thread::scope(|scope| {
            let one = || insist(&served.address, token, (&stop, &count));
            let clients: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
            for _ in 0..3 {
                more();
                wire.cut();
                std::thread::sleep(Duration::from_millis(300));
                assert_eq!(served.get("/healthz"), 503);
                wire.mend();
                let end = Instant::now() + Duration::from_secs(20);
                while served.get("/healthz") != 200 {
                    assert!(Instant::now() < end, "it comes back by itself");
                    std::thread::sleep(Duration::from_millis(50));
                }
            }
            more();
            stop.store(true, Ordering::Relaxed);
            clients.into_iter().map(|client| client.join().unwrap()).collect()
        });
        let refusals: BTreeSet<_> =
            kept.iter().flat_map(|(_, refusals)| refusals).copied().collect();
        assert_eq!(refusals.into_iter().collect::<Vec<_>>(), [503], "and nothing else");
        let acts: usize = kept.iter().map(|(all, _)| all.len()).sum();
        assert_eq!(served.stop(), Some(0));
        // Each once, though many were sent again.
        assert_eq!(facts(&url), before + acts);
    });
}
