//! A long ranking comes in parts.

use kernel::Role;
use serde_json::Value;
use testkit::each_engine;

use crate::plans;
use crate::story::{AT, drafted, json};

/// Names of a group's units.
fn units(group: &Value) -> Vec<String> {
    let units = group["units"].as_array().unwrap().iter();
    units.map(|unit| unit["unit"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_parts_of_a_ranking_are_the_whole_of_it() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        let officer = city.as_(Role::Officer);
        let whole = json(&officer, AT).await;
        let groups = whole["groups"].as_array().unwrap();
        let page = officer.get(AT).await.is(200);
        assert!(!page.has("nav.pager"), "a short one is whole");
        for (n, group) in (1..).zip(groups) {
            let all = units(group);
            assert_eq!(group["count"], all.len());
            let mut path = format!("{AT}?group={n}&limit=2");
            let (mut seen, mut before) = (Vec::new(), None);
            loop {
                let part = json(&officer, &path).await;
                seen.extend(units(&part["groups"][n - 1]));
                let page = officer.get(&path).await.is(200);
                let to = |rel: &str| {
                    let css = format!("#group-{n} nav.pager a[rel={rel}]");
                    page.attributes(&css, "href").into_iter().next()
                };
                // The way back is where one came from; the others stay in front.
                let address = |path: &str| path.split('#').next().unwrap_or_default().to_owned();
                if let Some(before) = &before {
                    let back = json(&officer, &address(&to("prev").unwrap())).await;
                    assert_eq!(&back["groups"], before);
                }
                for (m, other) in (1..).zip(groups).filter(|(m, _)| *m != n) {
                    assert_eq!(units(&part["groups"][m - 1])[0], units(other)[0]);
                }
                before = Some(part["groups"].clone());
                match to("next") {
                    Some(next) => path = address(&next),
                    None => break,
                }
            }
            assert_eq!(seen, all);
        }
        // Places that are not there end at the last; words are no places.
        for odd in ["?group=1&from=999999&limit=2", "?group=0&from=-1&limit=x", "?group=9&from=3"] {
            let part = json(&officer, &format!("{AT}{odd}")).await;
            assert!(!units(&part["groups"][0]).is_empty(), "{odd}");
        }
    });
}
