//! The bureau is told, once each, that the answer to an objection is due soon and that it is late.

use journal::args;
use kernel::{Day, Role};
use testkit::{City, each_engine};

use crate::plans;
use crate::story::{AT, approved, drafted};

/// When the program spoke of the city's only objection.
async fn told(city: &City) -> (Option<Day>, Option<Day>) {
    let sql = "SELECT due_told_on, late_told_on FROM objections WHERE jurisdiction_id = $1";
    city.read().await.one(sql, args![city.id()]).await.unwrap()
}

async fn round(city: &City, day: &str) -> usize {
    city.set_clock(day, "08:30");
    let left = reviews::reconcile::record(city.db(), city.id()).await.unwrap();
    let again = reviews::reconcile::record(city.db(), city.id()).await.unwrap();
    assert_eq!(again, 0, "{day}, once more");
    left
}

fn day(text: &str) -> Option<Day> {
    Some(text.parse().unwrap())
}

const SAID: [(&str, &str); 2] = [("cell", "A1|按期办结率(权重=是)"), ("said", "1件已办结")];

#[test]
fn an_answer_is_told_of_before_it_is_due_and_when_it_is_late() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        // Filed on a Tuesday, to be decided by Friday.
        city.post("head of 源汇区").post(&format!("{AT}/objections"), &SAID).await.is(303);
        assert_eq!(round(&city, "2021-10-27").await, 0);
        assert_eq!(round(&city, "2021-10-28").await, 1);
        assert_eq!(told(&city).await, (day("2021-10-28"), None));
        assert_eq!(round(&city, "2021-10-29").await, 0);
        assert_eq!(round(&city, "2021-10-30").await, 0, "a Saturday");
        assert_eq!(round(&city, "2021-11-01").await, 1);
        assert_eq!(told(&city).await, (day("2021-10-28"), day("2021-11-01")));
        assert_eq!(round(&city, "2021-12-01").await, 0);
        city.verify().await;
    });
}

#[test]
fn after_a_standstill_only_lateness_is_told_and_nothing_of_what_was_answered() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        for unit in ["源汇区", "临颍县"] {
            let head = city.post(&format!("head of {unit}"));
            head.post(&format!("{AT}/objections"), &SAID).await.is(303);
        }
        let other = city.post("officer of 督查局 2");
        let page = other.json_get(AT).await.is(200).json();
        let of = |n: usize| page["objections"][n]["id"].as_str().unwrap().to_owned();
        let refused = [("verdict", "refuse"), ("words", "经核实，不属实。")];
        other.post(&format!("/objections/{}/decision", of(1)), &refused).await.is(303);
        assert_eq!(round(&city, "2021-11-08").await, 1);
        let sql = "SELECT unit_id FROM objections WHERE jurisdiction_id = $1 \
            AND late_told_on IS NOT NULL AND due_told_on IS NULL";
        let late: Vec<(uuid::Uuid,)> = city.read().await.all(sql, args![city.id()]).await.unwrap();
        assert_eq!(late, [(city.unit("源汇区"),)]);
        city.verify().await;
    });
}

#[test]
fn a_re_examination_is_told_of_a_week_before() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        city.set_clock("2021-10-29", "09:00");
        approved(&city).await;
        city.as_(Role::Chief).post(&format!("{AT}/publication"), &[]).await.is(303);
        city.post("head of 源汇区").post(&format!("{AT}/objections"), &SAID).await.is(303);
        // To be decided by 28 November, a Sunday.
        assert_eq!(round(&city, "2021-11-19").await, 0);
        assert_eq!(round(&city, "2021-11-22").await, 1);
        assert_eq!(round(&city, "2021-11-26").await, 0);
        assert_eq!(round(&city, "2021-11-29").await, 1);
        assert_eq!(told(&city).await, (day("2021-11-22"), day("2021-11-29")));
        city.verify().await;
    });
}
