//! Each day's access log as one fact, once.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails its test")]

use journal::{Tx, args};
use people::digest::{self, CheckedDay, Finding};
use testkit::City;

fn plans() -> Vec<web::Plan> {
    vec![people::plan()]
}

async fn fail_once(city: &City) {
    let name = city.post("liaison of 临颍县").held().account_name.clone();
    let fields = [("name", name.as_str()), ("password", "wrong")];
    city.anonymous().post("/sign-in", &fields).await;
}

async fn recorded(city: &City) -> usize {
    digest::record(city.db(), city.id()).await.unwrap()
}

async fn checked(city: &City) -> Vec<CheckedDay> {
    let now = city.db().clock().now();
    digest::check(&mut city.read().await, city.id(), (now, 1_000)).await.unwrap()
}

async fn by_hand(city: &City, sql: &'static str) -> u64 {
    let change = async |tx: &mut Tx| tx.run(sql, args![city.id()]).await;
    city.db().operate(city.id(), change).await.unwrap()
}

#[test]
fn a_day_is_digested_once_after_its_end_and_a_missed_line_is_found() {
    testkit::each_engine(plans, async |city| {
        assert_eq!(recorded(&city).await, 0, "there is nothing yet");
        for _ in 0..3 {
            fail_once(&city).await;
        }
        city.set_clock("2021-11-02", "00:30");
        assert_eq!(recorded(&city).await, 0, "the hour after midnight is awaited");
        city.set_clock("2021-11-02", "01:30");
        let (one, two) = tokio::join!(recorded(&city), recorded(&city));
        assert_eq!(one + two, 1, "two nodes, one fact");
        let fact = city.facts(1).await.remove(0);
        assert_eq!(
            (fact.kind.as_str(), fact.act.as_str()),
            ("access_digested", "people.digest_access")
        );
        fail_once(&city).await;
        city.set_clock("2021-11-03", "02:00");
        assert_eq!(recorded(&city).await, 1);
        let days = checked(&city).await;
        let seen: Vec<_> = days.iter().map(|d| (d.day.to_string(), d.lines, d.finding)).collect();
        let day = |d: &str, n| (d.to_owned(), n, Finding::Same);
        assert_eq!(seen, [day("2021-11-02", 1), day("2021-11-01", 3)]);

        let sql = "DELETE FROM access_log WHERE jurisdiction_id = $1 AND id = (
            SELECT id FROM access_log WHERE jurisdiction_id = $1 ORDER BY at LIMIT 1)";
        assert_eq!(by_hand(&city, sql).await, 1);
        assert_eq!(checked(&city).await[1].finding, Finding::Differs(2));
        assert_eq!(checked(&city).await[0].finding, Finding::Same);
        let sql = "UPDATE access_log SET remote = '10.9.9.9' WHERE jurisdiction_id = $1";
        by_hand(&city, sql).await;
        assert_eq!(
            checked(&city).await[0].finding,
            Finding::Differs(1),
            "none is missing, one lies"
        );
        city.verify().await;
    });
}

#[test]
fn after_a_standstill_each_missed_day_gets_its_fact_up_to_the_days_that_are_kept() {
    testkit::each_engine(plans, async |city| {
        fail_once(&city).await;
        city.set_clock("2021-11-06", "12:00");
        assert_eq!(recorded(&city).await, 5);
        let days = checked(&city).await;
        assert_eq!(days.iter().map(|d| d.lines).collect::<Vec<_>>(), [0, 0, 0, 0, 1]);
        assert!(days.iter().all(|d| d.finding == Finding::Same));
        city.set_clock("2022-12-31", "12:00");
        assert_eq!(recorded(&city).await, 190);
        assert_eq!(recorded(&city).await, 0);
        let now = city.db().clock().now();
        let forget = async |tx: &mut Tx| {
            people::access::forget(tx, city.id(), now, people::access::KEPT_DAYS).await
        };
        city.db().operate(city.id(), forget).await.unwrap();
        let days = checked(&city).await;
        assert_eq!(days.len(), 195);
        // The day that began more than so many days ago is half gone already.
        assert!(days.iter().take(189).all(|d| d.finding == Finding::Same));
        assert!(days.iter().skip(189).all(|d| d.finding == Finding::Expired));
        city.verify().await;
    });
}
