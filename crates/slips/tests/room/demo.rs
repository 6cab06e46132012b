//! The demo city's slips: of every colour and in everybody's hands, entered through acts.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails its test")]

use std::collections::BTreeMap;

use assignments::rhythm::Closing;
use assignments::tables::AssignmentRow;
use journal::{Db, Place, Rooms, Row as _, args};
use kernel::Clock;

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_has_slips_of_every_colour_and_state_and_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let zone = people::demo::zone().unwrap();
    let clock = Clock::manual(people::demo::start(&zone).unwrap());
    let rooms = Rooms::new([files::ROOM, people::ROOM, assignments::ROOM, slips::ROOM]);
    let place = Place::Folder(folder.path().to_owned());
    let db = Db::open(place, rooms, clock.clone()).await.unwrap();
    let city = people::demo::found(&db, &clock).await.unwrap();
    let mornings = slips::demo::Mornings::begin(&db, &clock, &city).await.unwrap();
    let morning = async |at| mornings.pass(at).await;
    assignments::demo::play_beside(&db, &clock, &city, morning).await.unwrap();
    let id = city.jurisdiction;

    let mut tx = db.read().await.unwrap();
    let sql = "SELECT colour, COUNT(*) FROM slips WHERE jurisdiction_id = $1 GROUP BY colour";
    let colours: Vec<(String, i64)> = tx.all(sql, args![id]).await.unwrap();
    let colours: BTreeMap<_, _> = colours.into_iter().collect();
    for colour in ["blue", "yellow", "red"] {
        assert!(colours.contains_key(colour), "{colours:?}");
    }
    let sql = "SELECT state, COUNT(*) FROM slips WHERE jurisdiction_id = $1 GROUP BY state";
    let states: Vec<(String, i64)> = tx.all(sql, args![id]).await.unwrap();
    let states: BTreeMap<_, _> = states.into_iter().collect();
    for state in ["draft", "in_review", "issued", "closed"] {
        assert!(states.contains_key(state), "{states:?}");
    }
    let sql = "SELECT number FROM slips WHERE jurisdiction_id = $1 AND number IS NOT NULL \
        ORDER BY number";
    let numbers: Vec<(i64,)> = tx.all(sql, args![id]).await.unwrap();
    let expected: Vec<_> = (1..=i64::try_from(numbers.len()).unwrap()).map(|n| (n,)).collect();
    assert_eq!(numbers, expected, "without gap");

    missed_is_what_is_owed(&mut tx, &db, &city).await;
    drop(tx);
    let shelf = files::Shelf::of(&db);
    let report = journal::verify(&db, id, &shelf, None).await.unwrap();
    assert!(report.is_whole(), "{report:?}");
    assert_eq!(slips::reconcile::record(&db, id).await.unwrap().sum(), 0, "nothing is left over");
}

/// The statement that finds missed reports says the same as the rule that the card shows.
async fn missed_is_what_is_owed(tx: &mut journal::Tx, db: &Db, city: &people::demo::City) {
    let (id, zone) = (city.jurisdiction, people::demo::zone().unwrap());
    let now = db.clock().now();
    let today = now.day(&zone);
    let calendar = people::store::calendar(tx, id, today.plus(-120), today.plus(120)).await;
    let calendar = calendar.unwrap();
    let sql = format!(
        "SELECT {} FROM assignments WHERE jurisdiction_id = $1 AND is_open = $2 AND NOT stopped \
         AND state IN ('issued', 'handling', 'prepared') AND rhythm <> 'once'",
        AssignmentRow::sql().columns
    );
    let rows: Vec<AssignmentRow> = tx.all(&sql, args![id, true]).await.unwrap();
    let mut missed = 0;
    for a in &rows {
        let closing = Closing { rhythm: a.rhythm, day: a.report_day, hour: a.report_hour };
        let owed = closing.missed((a.asked_from(), a.last_report_on), (now, &zone), &calendar);
        let (Some(last), _) = closing.over((now, &zone), &calendar) else { continue };
        let sql = "SELECT COUNT(*) FROM missed_reports WHERE jurisdiction_id = $1 \
            AND assignment_id = $2 AND closed_on = $3";
        let (found,): (i64,) = tx.one(sql, args![id, a.id, last]).await.unwrap();
        if let Some(day) = owed {
            assert_eq!((day, found), (last, 1), "{}", a.label);
            missed += 1;
        }
    }
    assert!(rows.len() > 20 && missed > 0, "{missed} of {}", rows.len());
}
