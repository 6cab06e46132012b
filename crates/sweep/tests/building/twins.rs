//! Two cities in one database: nothing of one is reached from the other, by an address or by what
//! a form names.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Role;
use serde_json::{Map, Value, json};
use testkit::{City, each_engine};
use uuid::Uuid;

use crate::world::world;
use crate::{house, plans};

/// A title that only the first city holds.
const MARK: &str = "产业园用地报批";

#[test]
fn nothing_of_a_twin_city_is_reached_by_any_role() {
    each_engine(plans, async |city| {
        let world = world(&city).await;
        let twin = city.twin().await;
        let before = city.seq().await;
        for role in Role::ALL {
            let stranger = twin.as_(role);
            for address in house().addresses() {
                if address.permission.is_none() {
                    continue;
                }
                let path = world.path(address.path);
                let page = stranger.get(&path).await;
                assert!(page.status() < 500, "{role:?} GET {path}: {}", page.status());
                assert!(!page.source().contains(MARK), "{role:?} GET {path}");
                let json = stranger.json_get(&path).await;
                assert!(!json.source().contains(MARK), "{role:?} JSON {path}");
                if !address.path.contains("{id}") {
                    continue;
                }
                // A form without a look-up may be drawn.
                assert!(page.status() == 404 || address.is_act, "{role:?} GET {path}");
                if address.is_act {
                    let page = stranger.post(&path, &[]).await;
                    let refused = matches!(page.status(), 404 | 409 | 422);
                    assert!(refused, "{role:?} POST {path}: {}", page.status());
                }
            }
        }
        assert_eq!(city.seq().await, before);
    });
}

/// Every act of the twin is asked with what the form of the first city offers: its units, posts,
/// batches, items. Whatever the twin takes of it, nothing of the first city stands in its journal.
#[test]
fn no_form_takes_what_another_city_offers() {
    each_engine(plans, async |city| {
        let world = world(&city).await;
        let twin = city.twin().await;
        let api = city.anonymous().raw("GET", "/api/openapi.json", "").await.is(200).json();
        let (house, grants) = (house(), house().grants());
        let (before, mut asked) = (city.seq().await, 0);
        for address in house.addresses().into_iter().filter(|a| a.is_act) {
            let Some(permission) = address.permission else { continue };
            let path = world.path(address.path);
            let schema = &api["paths"][address.path]["post"]["requestBody"]["content"]["application/json"]
                ["schema"];
            for role in grants[&permission] {
                let form = city.as_(*role).json_get(&path).await;
                let fields =
                    if form.status() == 200 { form.json()["fields"].clone() } else { json!([]) };
                let body = filled(&fields, schema);
                let stranger = twin.as_(*role);
                let page = stranger.json_post(&path, &body).await;
                assert!(page.status() < 500, "{role:?} POST {path} {body}: {}", page.text());
                assert!(!page.source().contains(MARK), "{role:?} POST {path}");
                asked += usize::from(form.status() == 200);
            }
        }
        assert!(asked > 100, "only {asked} forms were offered");
        assert_eq!(city.seq().await, before, "nothing came into the first city");
        let (own, of_twin) = (ids(&city).await, ids(&twin).await);
        let shared: Vec<_> = own.iter().filter(|(id, _)| of_twin.contains_key(*id)).collect();
        assert!(shared.is_empty(), "{shared:?} and {:?}", named(&twin, &shared).await);
        twin.verify().await;
    });
}

/// What a form's fields hold or offer, and something of the right kind where they hold nothing.
fn filled(fields: &Value, schema: &Value) -> Value {
    let mut body = Map::new();
    for field in fields.as_array().into_iter().flatten() {
        let Some(name) = field["name"].as_str() else { continue };
        let wanted = &schema["properties"][name];
        let offered = field["choices"].as_array().and_then(|all| all.last());
        let offered = offered.map(|choice| choice["value"].clone());
        let value = match (wanted["type"].as_str(), wanted["format"].as_str(), offered) {
            (Some("array"), _, Some(value)) => json!([value]),
            (Some("array"), ..) => continue,
            (_, _, Some(value)) => value,
            (Some("string"), Some("date"), _) => json!("2021-11-30"),
            (Some("integer"), ..) => wanted["minimum"].clone(),
            (Some("boolean"), ..) => json!(true),
            _ => json!("甲"),
        };
        body.insert(name.to_owned(), value);
    }
    Value::Object(body)
}

/// The identifiers in the journal of a city, each with a fact that names it.
async fn ids(city: &City) -> BTreeMap<Uuid, String> {
    let mut all = BTreeMap::new();
    for fact in city.facts(5_000).await {
        let text = String::from_utf8_lossy(&fact.payload).into_owned();
        let words = text.split(|c: char| !c.is_ascii_hexdigit() && c != '-');
        let found: BTreeSet<Uuid> = words.filter_map(|word| word.parse().ok()).collect();
        for id in found.into_iter().chain([fact.subject.id, fact.actor]) {
            if !id.is_nil() {
                all.insert(id, fact.kind.clone());
            }
        }
    }
    all
}

/// The twin's facts that name what is not theirs.
async fn named(twin: &City, shared: &[(&Uuid, &String)]) -> Vec<String> {
    let facts = twin.facts(5_000).await.into_iter();
    let told = facts.map(|f| format!("{} {}", f.act, String::from_utf8_lossy(&f.payload)));
    told.filter(|text| shared.iter().any(|(id, _)| text.contains(&id.to_string()))).collect()
}
