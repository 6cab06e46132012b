//! Every query of every page and of every follower is planned on a city that nobody has counted:
//! none may walk a table that grows with the years.

#![expect(clippy::expect_used, reason = "a test may end by what it did not find")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use journal::{Engine, Value};
use kernel::Role;
use testkit::{City, each_engine, on_engine};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::world::world;
use crate::{house, plans};

/// Tables that grow with every act, and those that are read for each of their rows.
const GROWING: [&str; 50] = [
    "access_log",
    "act_keys",
    "assignment_docs",
    "assignment_part_versions",
    "assignment_units",
    "assignment_versions",
    "assignments",
    "attachments",
    "batch_lines",
    "due_reviews",
    "extensions",
    "facts",
    "hand_backs",
    "indicator_sheets",
    "line_milestones",
    "line_units",
    "links",
    "messages",
    "milestones",
    "missed_reports",
    "notes",
    "objection_files",
    "objections",
    "observations",
    "outbox",
    "proposals",
    "read_messages",
    "reminders",
    "reports",
    "review_computations",
    "review_consequences",
    "review_doubts",
    "review_freezes",
    "review_scores",
    "review_signs",
    "reviews",
    "sealed_values",
    "seals",
    "sign_offs",
    "slip_answer_scans",
    "slip_answers",
    "slip_sign_scans",
    "slip_signs",
    "slip_stages",
    "slips",
    "source_documents",
    "source_files",
    "statements",
    "stops",
    "verifications",
];

/// Lists that are asked for beside the bare addresses.
const LISTS: [&str; 32] = [
    "/assignments?light=red",
    "/assignments?light=yellow&sort=-due",
    "/assignments?light=done&limit=100",
    "/assignments?light=waiting",
    "/assignments?state=submitted",
    "/assignments?open=1&sort=-issued",
    "/assignments?unit={unit}&light=red",
    "/assignments?session={batch}",
    "/assignments?q=%E6%8A%A5%E6%89%B9",
    "/assignments?line={unit}&open=1",
    "/inbox?show=waiting",
    "/inbox?show=all&before=9",
    "/slips?open=1&colour=red",
    "/slips?state=issued&year=2021",
    "/slips?unit={unit}",
    "/missed-reports?unit={unit}",
    "/measures/on_time_rate?from=2021-10-26&to=2021-11-25",
    "/measures/extension_rate?from=2021-10-26&to=2021-11-25",
    "/measures/late_acceptance_rate?from=2021-10-26&to=2021-11-25",
    "/measures/rework_rate",
    "/measures/slip_count?colour=red",
    "/measures/on_time_rate/records?unit={unit}&from=2021-10-26&to=2021-11-25&cut=9",
    "/measures/slip_count/records?unit={unit}&from=2021-10-26&to=2021-11-25",
    "/measures/late_acceptance_rate/records?unit={unit}&from=2021-10-26&to=2021-11-25",
    "/indicators?month=2021-11",
    "/indicators/units/{unit}?month=2021-11",
    "/measures/entered_number?indicator=1&from=2021-10-26&to=2021-11-25",
    "/measures/entered_rate?from=2020-11-26&to=2021-11-25",
    "/measures/entered_events?from=2020-11-26&to=2021-11-25",
    "/measures/entered_number/records?unit={unit}&indicator=1&from=2021-10-26&to=2021-11-25",
    "/deliveries?show=sent",
    "/deliveries?show=failed&before=01a214a6-64d5-74cd-9d1b-01fcbfce8bb6",
];

/// The statements that read rows, changed or not.
const VERBS: [&str; 3] = ["SELECT", "UPDATE", "DELETE"];

/// How a whole tray is searched: right for a page of it, never for a change.
const TRAY: &str = "(jurisdiction_id=? AND seat=? AND owner_id=?";

/// Keeps every statement that is run.
struct Heard;

static STATEMENTS: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

struct Sql<'a>(&'a mut BTreeSet<String>);

impl Visit for Sql<'_> {
    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "sql" {
            self.0.insert(value.to_owned());
        }
    }
}

impl Subscriber for Heard {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "journal::sql"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Sql(&mut STATEMENTS.lock().unwrap_or_else(PoisonError::into_inner)));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn listen() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        tracing::subscriber::set_global_default(Heard).expect("nobody listens yet");
    });
}

/// Which table each name of a statement stands for.
fn names(sql: &str) -> BTreeMap<String, String> {
    let spaced = sql.replace(['(', ')', ','], " ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut names = BTreeMap::new();
    for (at, word) in words.iter().enumerate() {
        if !matches!(*word, "FROM" | "JOIN" | "UPDATE") {
            continue;
        }
        let Some(table) = words.get(at + 1) else { continue };
        names.insert((*table).to_owned(), (*table).to_owned());
        if let Some(alias) = words.get(at + 2) {
            names.insert((*alias).to_owned(), (*table).to_owned());
        }
    }
    names
}

/// One step of a plan: whether it is the query's own, not of a query inside, and what it does.
type Step = (bool, String);

/// The steps of a plan that read a growing table by nothing but the city.
fn walks(sql: &str, steps: &[Step]) -> Vec<String> {
    let names = names(sql);
    let sorts = |(own, what): &Step| *own && what.contains("TEMP B-TREE FOR ORDER BY");
    let is_sorted = steps.iter().any(sorts);
    let ends_early = sql.contains("LIMIT") && !is_sorted;
    let walks = steps.iter().map(|(_, what)| what).filter(|step| {
        let mut words = step.split_whitespace();
        let verb = words.next().unwrap_or_default();
        let name = words.next().unwrap_or_default();
        let table = names.get(name).map_or(name, String::as_str);
        let by_city_only = step.ends_with("(jurisdiction_id=?)");
        let is_changed_by_tray = sql.starts_with("UPDATE") && step.contains(TRAY) && !by_key(step);
        let whole = verb == "SCAN"
            || (verb == "SEARCH" && by_city_only && !ends_early)
            || is_changed_by_tray;
        whole && GROWING.contains(&table)
    });
    walks.cloned().collect()
}

/// Whether a step finds one message by its whole key.
fn by_key(step: &str) -> bool {
    step.ends_with("AND seq=?)")
}

async fn plan(city: &City, sql: &str) -> Vec<Step> {
    let places = (1..=48).rev().find(|n| sql.contains(&format!("${n}"))).unwrap_or(0);
    let nothing = vec![Value::Null; places];
    let sql = format!("EXPLAIN QUERY PLAN {sql}");
    let steps: Vec<(i64, i64, i64, String)> =
        city.read().await.all(&sql, &nothing).await.expect("a plan");
    steps.into_iter().map(|(_, parent, _, what)| (parent == 0, what)).collect()
}

#[test]
fn no_page_or_follower_walks_a_table_that_grows() {
    listen();
    on_engine(Engine::Sqlite, plans, async |city| {
        let world = world(&city).await;
        city.catch_up().await;
        for role in Role::ALL {
            let caller = city.as_(role);
            let pages = house().addresses().into_iter().map(|a| world.path(a.path));
            let lists = LISTS
                .map(|list| list.replace("{unit}", &world.unit).replace("{batch}", &world.batch));
            for path in pages.chain(lists) {
                caller.get(&path).await;
            }
        }
        let heard = STATEMENTS.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let planned = |sql: &&String| VERBS.iter().any(|verb| sql.starts_with(verb));
        let queries: Vec<_> = heard.iter().filter(planned).collect();
        assert!(queries.len() > 60, "{} queries were heard", queries.len());
        let mut wrong = Vec::new();
        for sql in queries {
            let steps = plan(&city, sql).await;
            let walks = walks(sql, &steps);
            if !walks.is_empty() {
                wrong.push(format!("{sql}\n    {}", walks.join("\n    ")));
            }
        }
        assert!(wrong.is_empty(), "{} queries walk:\n{}", wrong.len(), wrong.join("\n"));
    });
}

/// Who holds a connection and waits for another stops the city when as many people do so.
#[test]
fn every_page_is_answered_on_one_connection() {
    each_engine(plans, async |city| {
        let world = world(&city).await;
        let officer = city.as_(Role::Officer);
        let auditor = city.as_(Role::AuditAdmin);
        officer.get("/").await.is(200);
        auditor.get("/").await.is(200);
        let most = if city.read().await.is_sqlite() { 4 } else { 16 };
        let mut held = Vec::new();
        for _ in 1..most {
            held.push(city.read().await);
        }
        for address in house().addresses() {
            let path = world.path(address.path);
            for caller in [&officer, &auditor] {
                let page = tokio::time::timeout(Duration::from_secs(30), caller.get(&path)).await;
                assert!(page.is_ok(), "{path} waits for a second connection");
            }
        }
        drop(held);
    });
}

#[test]
fn a_walk_is_told_from_a_look_up() {
    let sql =
        "SELECT id FROM reports r JOIN units u ON u.id = r.unit_id WHERE r.jurisdiction_id = $1";
    let walk = "SEARCH r USING INDEX reports_by_assignment (jurisdiction_id=?)";
    let look = "SEARCH r USING INDEX reports_by_assignment (jurisdiction_id=? AND assignment_id=?)";
    let own = |what: &str| (true, what.to_owned());
    assert_eq!(walks(sql, &[own(walk), own(look), own("SCAN u")]), [walk]);
    assert_eq!(walks(sql, &[own("SCAN r")]), ["SCAN r"]);
    // In the order of an index and with a limit it ends early, whatever is sorted inside.
    let first = format!("{sql} LIMIT 5");
    let sorted = "USE TEMP B-TREE FOR ORDER BY";
    assert!(walks(&first, &[own(walk), (false, sorted.to_owned())]).is_empty());
    assert_eq!(walks(&first, &[own(walk), own(sorted)]), [walk]);
}
