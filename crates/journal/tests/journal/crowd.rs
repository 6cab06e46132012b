//! Many callers at once, some refused, some that panic, some that leave.

use std::time::Duration;

use journal::{By, Db, Error, history};
use kernel::{Id, Jurisdiction, Refusal};
use uuid::Uuid;

use crate::common::each_engine;
use crate::notes::{add_in, added, subject};

const CALLERS: u64 = 48;
const ACTS: u64 = 10;

/// What one caller does in one act.
#[derive(Clone, Copy, Debug)]
enum Mood {
    Plain,
    Refused,
    Panics,
    HasLittleTime,
    Leaves,
    WritesTwiceTheSame,
}

/// Different for each caller and act, the same in every run.
fn mood(caller: u64, n: u64) -> (Mood, u64) {
    let mut x = (caller << 32 | n).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^= x >> 31;
    let moods = [
        Mood::Plain,
        Mood::Plain,
        Mood::Plain,
        Mood::Refused,
        Mood::Panics,
        Mood::HasLittleTime,
        Mood::Leaves,
        Mood::WritesTwiceTheSame,
    ];
    (moods[usize::try_from(x % 8).unwrap()], (x >> 8) % 4_000)
}

async fn act(db: Db, city: Id<Jurisdiction>, mood: Mood, id: Uuid) -> Result<(), Error> {
    db.act(By::program(city, "notes.add"), async |act| {
        act.record(subject(id), &added("人群")).await?;
        match mood {
            Mood::Refused => return Err(Refusal::Missing.into()),
            // Without the hook, so that the tests' output stays readable.
            Mood::Panics => std::panic::resume_unwind(Box::new("as meant")),
            Mood::WritesTwiceTheSame => act.record(subject(id), &added("人群")).await?,
            Mood::Plain | Mood::HasLittleTime | Mood::Leaves => {}
        }
        add_in(act, "另一条").await?;
        Ok(())
    })
    .await
    .map(|_| ())
}

/// One caller; answers which of his acts were acknowledged.
async fn caller(db: Db, city: Id<Jurisdiction>, number: u64) -> Vec<Uuid> {
    let mut acknowledged = Vec::new();
    for n in 0..ACTS {
        let (mood, micros) = mood(number, n);
        let id = Uuid::now_v7();
        let doing = act(db.clone(), city, mood, id);
        let outcome = match mood {
            Mood::HasLittleTime => {
                drop(tokio::time::timeout(Duration::from_micros(micros), doing).await);
                continue;
            }
            Mood::Leaves => {
                let task = tokio::spawn(doing);
                tokio::time::sleep(Duration::from_micros(micros)).await;
                task.abort();
                continue;
            }
            Mood::Plain | Mood::Refused | Mood::Panics | Mood::WritesTwiceTheSame => {
                tokio::spawn(doing).await
            }
        };
        match (mood, outcome) {
            (Mood::Plain, Ok(Ok(()))) => acknowledged.push(id),
            (Mood::Refused, Ok(Err(Error::Refused(_)))) => {}
            (Mood::WritesTwiceTheSame, Ok(Err(Error::Fault(_)))) => {}
            (Mood::Panics, Err(e)) if e.is_panic() => {}
            (mood, other) => panic!("{mood:?} ended in {other:?}"),
        }
    }
    acknowledged
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_that_refuses_panics_and_leaves_loses_nothing_and_leaves_no_half() {
    each_engine(async |world| {
        let callers = (0..CALLERS).map(|n| tokio::spawn(caller(world.db.clone(), world.city, n)));
        let mut acknowledged = Vec::new();
        for ids in futures_util::future::join_all(callers).await {
            acknowledged.extend(ids.unwrap());
        }
        // Those who left may still be in the queue; this one waits behind them.
        world.db.operate(world.city, async |_| Ok(())).await.unwrap();
        let mut tx = world.db.read().await.unwrap();
        let facts = history::after(&mut tx, world.city, 1, 10_000).await.unwrap();
        drop(tx);
        // Two facts for each act that was kept, whole; every acknowledged one among them.
        for pair in facts.chunks(2) {
            assert_eq!(pair[0].act_id, pair[1].act_id);
        }
        let kept: std::collections::HashSet<Uuid> = facts.iter().map(|f| f.subject.id).collect();
        assert!(acknowledged.len() > 100);
        assert!(acknowledged.iter().all(|id| kept.contains(id)));
        let rows = world.number("SELECT count(*) FROM notes").await;
        assert_eq!(usize::try_from(rows).unwrap(), facts.len());
        let keys = world.number("SELECT count(*) FROM act_keys").await;
        assert_eq!(usize::try_from(keys - 1).unwrap() * 2, facts.len());
        world.is_whole().await;
    })
    .await;
}
