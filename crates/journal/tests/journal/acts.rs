//! What an act promises.

use journal::transfer::NoBlobs;
use journal::{Act, By, CityFact, Error, Fact as _, Receipt, Result, history};
use kernel::{Moment, Refusal, Subject, SubjectKind};
use uuid::Uuid;

use crate::common::{MONDAY, World, by_hand, each_engine, found};
use crate::notes::{NoteRow, a_lived_in_city, add, add_in, change, subject};
use journal::{Row as _, args};

async fn notes_of(world: &World) -> Vec<NoteRow> {
    let sql = format!(
        "SELECT {} FROM notes WHERE jurisdiction_id = $1 ORDER BY id",
        NoteRow::sql().columns
    );
    world.db.read().await.unwrap().all(&sql, args![world.city]).await.unwrap()
}

async fn facts_of(world: &World) -> Vec<journal::Entry> {
    let mut tx = world.db.read().await.unwrap();
    history::after(&mut tx, world.city, 0, 1_000).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_leaves_facts_and_rows_together() {
    each_engine(async |world| {
        let (id, receipt) = add(&world.db, world.city, "修路").await.unwrap();
        let facts = facts_of(&world).await;
        assert_eq!(facts.len(), 2);
        assert_eq!(facts[1].kind, "note_added");
        assert_eq!(facts[1].subject, subject(id));
        assert_eq!(facts[1].at, Moment::from_micros(MONDAY));
        assert_eq!((receipt.first_seq, receipt.last_seq, receipt.repeated), (2, 2, false));
        let notes = notes_of(&world).await;
        assert_eq!(notes.len(), 1);
        assert_eq!(notes[0].title, "修路");
        assert_eq!(world.db.head(world.city).await.unwrap().seq, 2);
        world.is_whole().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_leaves_nothing_even_after_some_facts() {
    each_engine(async |world| {
        let head = world.db.head(world.city).await.unwrap();
        let outcome = world
            .db
            .act(By::program(world.city, "notes.add"), async |act| {
                add_in(act, "一半").await?;
                Err(Refusal::Missing.into())
            })
            .await;
        assert!(matches!(outcome, Err(Error::Refused(Refusal::Missing))));
        assert_eq!(notes_of(&world).await, []);
        assert_eq!(world.db.head(world.city).await.unwrap(), head);
        world.is_whole().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_without_a_fact_is_a_fault() {
    each_engine(async |world| {
        let by = By::program(world.city, "notes.nothing");
        let outcome = world.db.act(by, async |_| Ok(())).await;
        assert!(matches!(outcome, Err(Error::Fault(why)) if why.contains("left no fact")));
    })
    .await;
}

/// An act that swallowed the failure of a fact would leave half of what it says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_that_hides_a_failed_fact_is_not_kept() {
    each_engine(async |world| {
        let (id, _) = add(&world.db, world.city, "原来的").await.unwrap();
        let outcome = world
            .db
            .act(By::program(world.city, "notes.add"), async |act| {
                add_in(act, "先写的").await?;
                let again = act.record(subject(id), &crate::notes::added("重复的")).await;
                assert!(again.is_err());
                Ok(())
            })
            .await;
        assert!(matches!(outcome, Err(Error::Fault(_))), "{outcome:?}");
        assert_eq!(notes_of(&world).await.len(), 1);
        add(&world.db, world.city, "后来的").await.unwrap();
        world.is_whole().await;
    })
    .await;
}

async fn keyed(world: &World, actor: u128, key: u128, body: u8) -> Result<Receipt> {
    let by = By {
        actor: Uuid::from_u128(actor),
        ..By::program(world.city, "notes.add").keyed(Uuid::from_u128(key), [body; 32])
    };
    world
        .db
        .act(by, async |act| {
            add_in(act, "甲").await?;
            add_in(act, "乙").await?;
            Ok(())
        })
        .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_form_sent_twice_is_answered_twice_and_stored_once() {
    each_engine(async |world| {
        let first = keyed(&world, 1, 5, 1).await.unwrap();
        add(&world.db, world.city, "在中间").await.unwrap();
        let again = keyed(&world, 1, 5, 1).await.unwrap();
        assert_eq!(again, Receipt { repeated: true, ..first.clone() });
        assert_eq!(notes_of(&world).await.len(), 3);
        let other = keyed(&world, 1, 5, 2).await;
        assert!(matches!(other, Err(Error::Refused(Refusal::Rule(_)))));
        // Somebody else's key may be equal; his answer is built from his own facts.
        let his = keyed(&world, 2, 5, 2).await.unwrap();
        assert!(!his.repeated);
        assert_eq!(keyed(&world, 1, 5, 1).await.unwrap(), again);
        assert_eq!(keyed(&world, 2, 5, 2).await.unwrap(), Receipt { repeated: true, ..his });
        world.is_whole().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_form_sent_many_times_at_once_is_stored_once() {
    each_engine(async |world| {
        let all = (0..16).map(|_| keyed(&world, 1, 5, 1));
        let all: Vec<Receipt> =
            futures_util::future::join_all(all).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(all.iter().filter(|r| !r.repeated).count(), 1);
        assert!(all.iter().all(|r| (r.first_seq, r.last_seq) == (2, 3)));
        assert_eq!(notes_of(&world).await.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_journal_takes_no_update_no_delete_and_no_truncate() {
    each_engine(async |world| {
        let truncate = if world.is_sqlite() { "DELETE FROM facts" } else { "TRUNCATE facts" };
        for sql in ["UPDATE facts SET act = 'x'", "DELETE FROM facts WHERE seq = 1", truncate] {
            let refused = by_hand(&world.place, sql).await.unwrap_err();
            assert!(refused.contains("the journal is insert-only"), "{sql}: {refused}");
        }
        if world.is_sqlite() {
            // REPLACE deletes without a DELETE.
            let sql = "INSERT OR REPLACE INTO facts SELECT jurisdiction_id, seq, at, act_id, 'x', \
                actor, on_behalf_of, kind, subject_kind, subject_id, reason, payload, prev_hash, \
                hash FROM facts";
            assert!(by_hand(&world.place, sql).await.is_err());
        }
        world.is_whole().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_in_the_journal_never_goes_back() {
    each_engine(async |world| {
        world.clock.set(Moment::from_micros(MONDAY + 5_000_000));
        add(&world.db, world.city, "先").await.unwrap();
        world.clock.set(Moment::from_micros(MONDAY));
        let mut seen = None;
        world
            .db
            .act(By::program(world.city, "notes.add"), async |act: &mut Act| {
                seen = Some(act.now());
                add_in(act, "后").await?;
                Ok(())
            })
            .await
            .unwrap();
        let facts = facts_of(&world).await;
        assert_eq!(facts[2].at, facts[1].at);
        assert_eq!(seen, Some(facts[2].at), "an act sees the moment that its facts will bear");
        world.is_whole().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_may_have_a_clock_of_its_own() {
    each_engine(async |world| {
        let offset_us = 3 * 86_400_000_000;
        let city = Subject::new(SubjectKind::Jurisdiction, world.city.uuid());
        let set = world.db.act(By::program(world.city, "clock"), async |act| {
            act.record(city, &CityFact::ClockSet { offset_us }).await
        });
        // The second waits in the same batch as the first and must see its clock.
        let (set, added) = tokio::join!(set, add(&world.db, world.city, "同批"));
        set.unwrap();
        added.unwrap();
        let today = std::sync::Mutex::new(None);
        let by = By::program(world.city, "notes.add");
        let later = world.db.act(by, async |act| {
            *today.lock().unwrap() = Some(act.today());
            add_in(act, "三天后").await?;
            Ok(())
        });
        later.await.unwrap();
        let facts = facts_of(&world).await;
        assert_eq!(facts[1].at, Moment::from_micros(MONDAY));
        assert_eq!(facts[2].at, Moment::from_micros(MONDAY + offset_us));
        assert_eq!(facts[3].at, Moment::from_micros(MONDAY + offset_us));
        assert_eq!(*today.lock().unwrap(), Some("2021-11-04".parse().unwrap()));
        world.is_whole().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_cities_in_one_database_do_not_touch_each_other() {
    each_engine(async |world| {
        let other = found(&world.db, "许昌市").await;
        let ids = a_lived_in_city(&world.db, world.city).await;
        add(&world.db, other, "别人的").await.unwrap();
        let refused = change(&world.db, other, ids[0], "越界").await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Missing))));
        let (a, b) = tokio::join!(
            journal::verify(&world.db, world.city, &NoBlobs, None),
            journal::verify(&world.db, other, &NoBlobs, None)
        );
        let (a, b) = (a.unwrap(), b.unwrap());
        assert!(a.is_whole() && b.is_whole(), "{:?} {:?}", a.differences, b.differences);
        assert_eq!((a.facts, b.facts), (15, 2));
        assert_ne!(a.head.hash, b.head.hash);
        // Broken in one city, whole in the other.
        let id = other.to_string();
        let id = if world.is_sqlite() {
            format!("x'{}'", id.replace('-', ""))
        } else {
            format!("'{id}'")
        };
        world.by_hand(&format!("DELETE FROM notes WHERE jurisdiction_id = {id}")).await;
        world.is_whole().await;
        assert!(!journal::verify(&world.db, other, &NoBlobs, None).await.unwrap().is_whole());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fact_reads_back_what_was_written() {
    each_engine(async |world| {
        a_lived_in_city(&world.db, world.city).await;
        for entry in facts_of(&world).await {
            assert_eq!(entry.digest(), entry.hash);
            if entry.kind == "note_added" {
                let fact = crate::notes::Fact::join(&entry.kind, &entry.payload).unwrap();
                assert_eq!(fact.split().unwrap(), (entry.kind, entry.payload));
            }
        }
    })
    .await;
}
