//! Followers see every fact once and in order, one node at a time.

use journal::{Boxed, Entry, Follower, Result, Row as _, Tx, args, follow};
use kernel::Moment;
use uuid::Uuid;

use crate::common::{MONDAY, World, each_engine};
use crate::notes::{One, SeenRow, add};

/// Counts how often it saw each place, and demands that places come in order.
const COUNTER: Follower = Follower { name: "counter", follow: |entries, tx| count(entries, tx) };

fn count<'a>(entries: &'a [Entry], tx: &'a mut Tx) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        for entry in entries {
            let sql = "SELECT coalesce(max(seq), 0) FROM notes_seen WHERE jurisdiction_id = $1";
            let One(last) = tx.one(sql, args![entry.jurisdiction]).await?;
            assert_eq!(entry.seq, last + 1);
            let row = SeenRow { jurisdiction_id: entry.jurisdiction, seq: entry.seq, times: 1 };
            let sql = "INSERT INTO notes_seen VALUES ($1, $2, $3)";
            tx.run(sql, &row.values()).await?;
        }
        Ok(())
    })
}

async fn seen(world: &World) -> i64 {
    world.number("SELECT count(*) FROM notes_seen").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_follower_sees_every_fact_once_and_in_order() {
    each_engine(async |world| {
        let (a, b) = (world.db.clone(), world.open_again().await);
        let nodes = [&a, &b].map(|db| tokio::spawn(follow(db.clone(), world.city, vec![COUNTER])));
        for n in 0..250 {
            add(if n % 2 == 0 { &a } else { &b }, world.city, "事项").await.unwrap();
        }
        let mut tries = 0;
        while seen(&world).await < 251 {
            tries += 1;
            assert!(tries < 400, "only {} were seen", seen(&world).await);
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        for node in nodes {
            node.abort();
            // Nobody panicked over a fact out of order.
            assert!(node.await.unwrap_err().is_cancelled());
        }
        assert_eq!(world.number("SELECT count(*) FROM notes_seen WHERE times <> 1").await, 0);
        assert_eq!(world.number("SELECT max(seq) FROM notes_seen").await, 251);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_lease_of_another_node_is_respected_until_it_runs_out() {
    each_engine(async |world| {
        let (one, two) = (Uuid::now_v7(), Uuid::now_v7());
        let step = async |node| COUNTER.step(&world.db, world.city, node).await.unwrap();
        assert_eq!(step(one).await, 1);
        add(&world.db, world.city, "一").await.unwrap();
        assert_eq!(step(two).await, 0, "another node holds the lease");
        world.clock.set(Moment::from_micros(MONDAY + 29_000_000));
        assert_eq!(step(two).await, 0, "it has a second left");
        world.clock.set(Moment::from_micros(MONDAY + 31_000_000));
        assert_eq!(step(two).await, 1, "it ran out");
        add(&world.db, world.city, "二").await.unwrap();
        assert_eq!(step(one).await, 0, "now the other holds it");
        assert_eq!(step(two).await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn catching_up_once_keeps_no_node_away() {
    each_engine(async |world| {
        COUNTER.catch_up(&world.db, world.city).await.unwrap();
        assert_eq!(seen(&world).await, 1);
        add(&world.db, world.city, "一").await.unwrap();
        assert_eq!(COUNTER.step(&world.db, world.city, Uuid::now_v7()).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_follower_that_fails_leaves_cursor_and_rows_as_they_were() {
    const FAILS: Follower = Follower {
        name: "counter",
        follow: |entries, tx| {
            Box::pin(async move {
                count(entries, tx).await?;
                Err(journal::Error::fault("in the middle"))
            })
        },
    };
    each_engine(async |world| {
        let node = Uuid::now_v7();
        assert!(FAILS.step(&world.db, world.city, node).await.is_err());
        assert_eq!(seen(&world).await, 0);
        assert_eq!(COUNTER.step(&world.db, world.city, node).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idle_follower_does_not_wake_itself() {
    each_engine(async |world| {
        let running = tokio::spawn(follow(world.db.clone(), world.city, vec![COUNTER]));
        while seen(&world).await < 1 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let before = *world.db.news().borrow();
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        assert_eq!(*world.db.news().borrow(), before);
        running.abort();
    })
    .await;
}
