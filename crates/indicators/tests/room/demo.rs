//! The demo city's values: entered and checked before the cut of each month, with their sources.

use std::collections::BTreeMap;

use journal::{Db, Place, Rooms, args};
use kernel::{Clock, Day};
use measures::{Call, State, store};

use crate::common::everything;

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_has_four_months_of_checked_values_and_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let zone = people::demo::zone().unwrap();
    let clock = Clock::manual(people::demo::start(&zone).unwrap());
    let rooms = Rooms::new([files::ROOM, people::ROOM, assignments::ROOM, indicators::ROOM]);
    let place = Place::Folder(folder.path().to_owned());
    let db = Db::open(place, rooms, clock.clone()).await.unwrap();
    let city = people::demo::found(&db, &clock).await.unwrap();
    let mornings = indicators::demo::Mornings::begin(&db, &clock, &city).await.unwrap();
    let morning = async |at| mornings.pass(at).await;
    assignments::demo::play_beside(&db, &clock, &city, morning).await.unwrap();
    let id = city.jurisdiction;
    let mut tx = db.read().await.unwrap();

    let all = indicators::store::by_name(&mut tx, id).await.unwrap();
    assert_eq!(all.len(), 8);
    let sql = "SELECT month, COUNT(*) FROM observations WHERE jurisdiction_id = $1 \
        AND state = 'checked' GROUP BY month ORDER BY month";
    let months: Vec<(String, i64)> = tx.all(sql, args![id]).await.unwrap();
    let months: BTreeMap<_, _> = months.into_iter().collect();
    let labels: Vec<_> = months.keys().map(String::as_str).collect();
    assert_eq!(labels, ["2021-07", "2021-08", "2021-09", "2021-10"]);
    assert!(months.values().all(|count| *count > 35), "{months:?}");
    let sql = "SELECT state, COUNT(*) FROM observations WHERE jurisdiction_id = $1 GROUP BY state";
    let states: Vec<(String, i64)> = tx.all(sql, args![id]).await.unwrap();
    let states: BTreeMap<_, _> = states.into_iter().collect();
    assert_eq!((states["entered"], states["superseded"]), (1, 1), "{states:?}");

    // Everything of a month was known at its cut.
    for (_, to) in [("2021-07", "2021-07-25"), ("2021-10", "2021-10-25")] {
        let to: Day = to.parse().unwrap();
        let from = to.plus(-29);
        let cut = journal::history::last_before(&mut tx, id, to.end(&zone)).await.unwrap();
        let calendar = people::store::calendar(&mut tx, id, from, to.plus(30)).await.unwrap();
        let call = Call::new(id, (from, to), (cut, to.plus(1)), (&zone, calendar));
        let row = all.iter().find(|row| row.name == "三个一批全省位次").unwrap();
        let asked = indicators::measures::asked(row);
        let one = std::slice::from_ref(&asked);
        let figures = store::figures(&mut tx, &call, one, everything).await.unwrap();
        assert_eq!(figures[0].len(), 8, "counties, districts and zones");
        let known = |figure| matches!(asked.measure.fact(Some(figure)).state, State::Known(_));
        assert!(figures[0].iter().all(known));
    }
    let sql = "SELECT COUNT(*) FROM source_documents s WHERE s.jurisdiction_id = $1 AND NOT EXISTS \
        (SELECT 1 FROM source_files f WHERE f.jurisdiction_id = $1 AND f.source_id = s.id)";
    let (bare,): (i64,) = tx.one(sql, args![id]).await.unwrap();
    assert_eq!(bare, 0, "every source has its file");
    drop(tx);
    let shelf = files::Shelf::of(&db);
    let report = journal::verify(&db, id, &shelf, None).await.unwrap();
    assert!(report.is_whole(), "{report:?}");
}
