//! Random cities: equal facts give equal scores, places and figures on both engines, and whatever
//! happens to records, groups and names afterwards changes nothing that was sealed.

use std::collections::BTreeMap;
use std::sync::Mutex;

use kernel::{Day, Role};
use testkit::{City, each_engine};

use crate::life::Life;
use crate::plans;
use crate::story::{AT, adopted, approved, json, replayed};

const RULES: &str = include_str!("rules.yaml");

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A city that lived two months by chance, with October computed and shown to units.
async fn drafted(city: &City, seed: u64) -> City {
    city.set_clock("2021-08-30", "08:00");
    let city = city.twin().await;
    adopted(&city, RULES).await;
    Life::new(&city, seed).live(day("2021-08-30"), day("2021-10-26")).await;
    city.set_clock("2021-10-26", "15:00");
    let officer = city.post("officer of 督查局");
    officer.post("/reviews/new", &[("month", "2021-10")]).await.is(303);
    officer.post(&format!("{AT}/computations"), &[]).await.is(303);
    officer.post(&format!("{AT}/draft"), &[("window", "1")]).await.is(303);
    city
}

/// Every unit with its place, its points by item and its figures, without what each city has of its own.
async fn scored(city: &City) -> Vec<String> {
    let officer = city.post("officer of 督查局");
    let page = json(&officer, AT).await;
    let groups = page["groups"].as_array().unwrap().clone();
    let mut all = Vec::new();
    for unit in groups.iter().flat_map(|g| g["units"].as_array().unwrap()) {
        let sheet = format!("{AT}/units/{}", unit["unit_id"].as_str().unwrap());
        let sheet = json(&officer, &sheet).await;
        let items = sheet["dimensions"].as_array().unwrap().iter();
        let items = items.flat_map(|d| d["items"].as_array().unwrap().clone());
        let told = items.map(|i| format!("{} {} {}", i["code"], i["points"], i["sentence"]["zh"]));
        all.push(format!(
            "{} {} {} {:?}",
            unit["unit"],
            unit["rank"],
            unit["total"],
            told.collect::<Vec<_>>()
        ));
    }
    all
}

#[test]
fn equal_facts_give_equal_scores_on_both_engines() {
    static SEEN: Mutex<BTreeMap<u64, Vec<String>>> = Mutex::new(BTreeMap::new());
    each_engine(plans, async |city| {
        for seed in [3, 5, 8] {
            let scored = scored(&drafted(&city, seed).await).await;
            assert_eq!(scored.len(), 4, "{scored:?}");
            let mut seen = SEEN.lock().unwrap();
            if let Some(other) = seen.insert(seed, scored.clone()) {
                assert_eq!(scored, other, "seed {seed}");
            }
        }
    });
    assert_eq!(SEEN.lock().unwrap().len(), 3);
}

#[test]
fn what_is_sealed_stays_whatever_happens_by_chance_afterwards() {
    each_engine(plans, async |city| {
        let city = drafted(&city, 13).await;
        city.set_clock("2021-10-29", "09:00");
        approved(&city).await;
        city.as_(Role::Chief).post(&format!("{AT}/publication"), &[]).await.is(303);
        let (before, root) = (scored(&city).await, replayed(&city).await.root);
        let admin = city.as_(Role::SystemAdmin);
        let groups = [city.group("县区组"), city.group("功能区组")];
        let windows = [
            ("2021-10-29", "2021-11-03"),
            ("2021-11-04", "2021-11-09"),
            ("2021-11-10", "2021-11-15"),
        ];
        for (seed, (from, to)) in (21..).zip(windows) {
            Life::beside(&city, seed).live(day(from), day(to)).await;
            // A group is called otherwise, and a unit changes its own, with a day that has passed.
            let name = [("name", format!("县区{seed}组")), ("sort", "1".to_owned())];
            let name: Vec<_> = name.iter().map(|(n, v)| (*n, v.as_str())).collect();
            admin.post(&format!("/groups/{}/change", groups[0]), &name).await.is(303);
            let group = groups[usize::try_from(seed % 2).unwrap()].to_string();
            let joined = [("group", group.as_str()), ("from", from)];
            admin.post(&format!("/units/{}/group", city.unit("舞阳县")), &joined).await.is(303);
            assert_eq!(scored(&city).await, before, "seed {seed}");
            let report = replayed(&city).await;
            assert!(report.is_same(), "seed {seed}: {report:?}");
            assert_eq!(report.root, root, "seed {seed}");
        }
        city.verify().await;
    });
}

#[test]
fn what_counted_before_in_the_year_is_the_sum_of_the_periods_before() {
    each_engine(plans, async |city| {
        let city = drafted(&city, 13).await;
        let officer = city.post("officer of 督查局");
        // One look at the journal for all: a slip may have been withdrawn since.
        let cut = city.seq().await;
        let of = async |query: &str| {
            let page = json(&officer, &format!("/measures/slip_count?cut={cut}&{query}")).await;
            let groups = page["groups"].as_array().unwrap().clone();
            let units = groups.into_iter().flat_map(|g| g["units"].as_array().unwrap().clone());
            let told = units.map(|u| (u["unit"].to_string(), u["number"].as_i64().unwrap_or(0)));
            told.collect::<BTreeMap<_, _>>()
        };
        let earlier = of("when=earlier&from=2021-09-26&to=2021-10-25").await;
        let mut summed = of("from=2021-08-26&to=2021-09-25").await;
        for (unit, n) in of("from=2021-07-26&to=2021-08-25").await {
            *summed.entry(unit).or_default() += n;
        }
        assert!(earlier.values().sum::<i64>() > 0, "{earlier:?}");
        assert_eq!(earlier, summed);
        let red = of("colour=red&when=earlier&from=2021-09-26&to=2021-10-25").await;
        assert!(red.values().sum::<i64>() < earlier.values().sum::<i64>(), "{red:?}");
    });
}
