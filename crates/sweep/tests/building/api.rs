//! The description of the interface for programs: `docs/openapi.json` says what every route takes,
//! as it declares it, and what every page gives, as it gave it in the swept city. It is committed,
//! so that a change of the interface is a difference that somebody reads; `cargo xtask api` writes
//! it anew.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use journal::Engine;
use kernel::Role;
use serde_json::{Map, Value, json};
use testkit::on_engine;

use crate::world::world;
use crate::{house, plans};

/// The committed description.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
/// Names of one object; with more it is a free one, such as what a fact says.
const NAMES_MAX: usize = 60;

#[test]
fn the_committed_description_is_what_the_program_takes_and_gives() {
    on_engine(Engine::Sqlite, plans, async |city| {
        let world = world(&city).await;
        let mut api = city.anonymous().raw("GET", "/api/openapi.json", "").await.is(200).json();
        let grants = house().grants();
        let mut unmet = Vec::new();
        for address in house().addresses().into_iter().filter(|a| !a.is_act) {
            let Some(permission) = address.permission else { continue };
            let (path, mut seen, mut media) = (world.path(address.path), Seen::default(), None);
            for role in Role::ALL.into_iter().filter(|role| grants[&permission].contains(role)) {
                let page = city.as_(role).json_get(&path).await;
                match page.header("content-type") {
                    Some("application/json") if page.status() == 200 => seen.add(&page.json()),
                    Some(other) if page.status() == 200 => media = Some(other.to_owned()),
                    _ => {}
                }
            }
            let answer = &mut api["paths"][address.path]["get"]["responses"]["200"];
            match media {
                Some(media) => {
                    answer["content"] =
                        json!({ media: { "schema": { "type": "string", "format": "binary" } } });
                }
                None if seen.kinds.is_empty() => unmet.push(address.path),
                None => answer["content"]["application/json"]["schema"] = seen.schema(),
            }
        }
        for path in &unmet {
            let Some(alike) = alike(path) else { continue };
            let mut answer = api["paths"][alike]["get"]["responses"]["200"].clone();
            let cells = "/content/application~1json/schema/properties/rows/items/properties/cells";
            if let Some(cells) = answer.pointer_mut(cells) {
                // Other columns, each with the same cell.
                let cell = cells["properties"]["kind"].clone();
                *cells = json!({ "type": "object", "additionalProperties": cell });
            }
            api["paths"][*path]["get"]["responses"]["200"] = answer;
        }
        unmet.retain(|path| alike(path).is_none());
        // What no record of the swept city gives is not described at all rather than wrongly.
        for path in unmet {
            let answer = &mut api["paths"][path]["get"]["responses"]["200"];
            answer.as_object_mut().expect("an answer").remove("content");
        }
        let text = lines(&api);
        if std::env::var_os("DUBAN_WRITE_API").is_some() {
            std::fs::write(Path::new(FILE), &text).expect("the description is written");
        }
        let committed = std::fs::read_to_string(FILE).expect("docs/openapi.json is there");
        let differs = text.lines().zip(committed.lines()).position(|(now, then)| now != then);
        if let Some(line) = differs.or((text != committed).then_some(0)) {
            let around = |text: &str| {
                let lines: Vec<_> = text.lines().skip(line.saturating_sub(6)).take(12).collect();
                lines.join("\n")
            };
            panic!(
                "docs/openapi.json differs from line {} on; read the difference and run \
                 `cargo xtask api`\nnow:\n{}\ncommitted:\n{}",
                line + 1,
                around(&text),
                around(&committed)
            );
        }
    });
}

/// The swept city has one import, of units; the others are the same pages about other columns.
fn alike(path: &str) -> Option<String> {
    let rest = path
        .strip_prefix("/persons/import/")
        .or_else(|| path.strip_prefix("/assignments/import/"))?;
    Some(format!("/units/import/{rest}"))
}

/// Characters of one line of the description.
const LINE: usize = 110;

/// The description in lines, so that differences can be read: what fits stands on one.
fn lines(api: &Value) -> String {
    let mut text = String::new();
    write(&mut text, api, 0);
    text.push('\n');
    text
}

fn write(text: &mut String, value: &Value, depth: usize) {
    let short = value.to_string();
    let mut inner: Vec<(Option<&String>, &Value)> = Vec::new();
    if short.len() > LINE {
        inner.extend(value.as_object().into_iter().flatten().map(|(name, v)| (Some(name), v)));
        inner.extend(value.as_array().into_iter().flatten().map(|v| (None, v)));
    }
    if inner.is_empty() {
        return text.push_str(&short);
    }
    let (open, close) = if value.is_object() { ('{', '}') } else { ('[', ']') };
    text.push(open);
    for (n, (name, one)) in inner.into_iter().enumerate() {
        text.push_str(if n == 0 { "\n" } else { ",\n" });
        text.push_str(&" ".repeat(depth + 1));
        if let Some(name) = name {
            text.push_str(&format!("{}: ", json!(name)));
        }
        write(text, one, depth + 1);
    }
    text.push('\n');
    text.push_str(&" ".repeat(depth));
    text.push(close);
}

/// What was seen at one place of an answer.
#[derive(Default)]
struct Seen {
    kinds: BTreeSet<&'static str>,
    formats: BTreeSet<&'static str>,
    names: BTreeMap<String, Self>,
    items: Option<Box<Self>>,
}

impl Seen {
    fn add(&mut self, value: &Value) {
        match value {
            Value::Null => drop(self.kinds.insert("null")),
            Value::Bool(_) => drop(self.kinds.insert("boolean")),
            Value::Number(n) => {
                self.kinds.insert(if n.is_f64() { "number" } else { "integer" });
            }
            Value::String(text) => {
                self.kinds.insert("string");
                self.formats.insert(format_of(text));
            }
            Value::Array(list) => {
                self.kinds.insert("array");
                for item in list {
                    self.items.get_or_insert_default().add(item);
                }
            }
            Value::Object(map) => {
                self.kinds.insert("object");
                for (name, value) in map {
                    self.names.entry(name.clone()).or_default().add(value);
                }
            }
        }
    }

    fn schema(&self) -> Value {
        let mut schema = Map::new();
        let kinds: Vec<_> = self.kinds.iter().copied().collect();
        match kinds.as_slice() {
            [] => {}
            [kind] => drop(schema.insert("type".to_owned(), json!(kind))),
            kinds => drop(schema.insert("type".to_owned(), json!(kinds))),
        }
        if let Some(format) =
            self.formats.first().filter(|f| self.formats.len() == 1 && !f.is_empty())
        {
            schema.insert("format".to_owned(), json!(format));
        }
        if let Some(items) = &self.items {
            schema.insert("items".to_owned(), items.schema());
        }
        let is_map = self.names.keys().all(|name| !format_of(name).is_empty());
        if !self.names.is_empty() && is_map {
            let one = self.names.values().next().map_or_else(|| json!({}), Self::schema);
            schema.insert("additionalProperties".to_owned(), one);
        } else if !self.names.is_empty() && self.names.len() <= NAMES_MAX {
            let names = self.names.iter().map(|(name, seen)| (name.clone(), seen.schema()));
            schema.insert("properties".to_owned(), Value::Object(names.collect()));
        }
        Value::Object(schema)
    }
}

/// What a text is, when all texts of a place are that.
fn format_of(text: &str) -> &'static str {
    if text.parse::<uuid::Uuid>().is_ok() && text.len() == 36 {
        "uuid"
    } else if text.len() == 10 && text.parse::<kernel::Day>().is_ok() {
        "date"
    } else {
        ""
    }
}
