//! A city with one issued batch, a draft and a proposal: identifiers for every address.

#![expect(clippy::unwrap_used, reason = "a world that cannot be made fails its test")]

use std::collections::BTreeMap;

use journal::Result;
use kernel::{Role, Subject, SubjectKind};
use testkit::City;

use crate::adopted::adopted;
use crate::lived::Raw;

/// A month with a circular and a statement.
const STATED: &str = "2021-12";
/// The month that is a draft, and contested.
const CONTESTED: &str = "2022-01";

/// Identifiers that stand in addresses, and values that forms may take.
pub(crate) struct World {
    pub(crate) batch: String,
    pub(crate) line: String,
    pub(crate) assignment: String,
    pub(crate) unit: String,
    pub(crate) proposal: String,
    pub(crate) slip: String,
    pub(crate) indicator: String,
    pub(crate) observation: String,
    /// A rule set that is in force, with its next version on its way.
    pub(crate) rule_set: String,
    /// What a unit contests in the review of December 2021.
    pub(crate) objection: String,
    /// A spreadsheet of the system administrator that was checked and waits.
    pub(crate) import: String,
    /// By the first word of an address: a person, an account, a post, a line and the like.
    people: BTreeMap<&'static str, String>,
}

/// A batch that is issued, and a draft beside it.
pub(crate) async fn world(city: &City) -> World {
    let officer = city.as_(Role::Officer);
    let unit = city.unit("临颍县").to_string();
    let issued = draft(city, &unit).await;
    officer.post(&format!("{issued}/review"), &[]).await.is(303);
    let agreed = [("verdict", "agreed")];
    city.as_(Role::Chief).post(&format!("{issued}/signature"), &agreed).await.is(303);
    city.as_(Role::Leader).post(&format!("{issued}/signature"), &agreed).await.is(303);
    officer.post(&format!("{issued}/issue"), &[]).await.is(303);
    let batch = draft(city, &unit).await;
    let page = officer.json_get(&batch).await.json();
    let line = page["lines"][0]["id"].as_str().unwrap().to_owned();
    let proposed = [("title", "建议"), ("demand", "理由")];
    let head = city.post("head of 临颍县");
    head.post(&format!("{batch}/proposals/new"), &proposed).await.is(303);
    let page = officer.json_get(&batch).await.json();
    let proposal = page["proposals"][0]["id"].as_str().unwrap().to_owned();
    let list = officer.json_get("/assignments").await.json();
    let assignment = list["items"][0]["id"].as_str().unwrap().to_owned();
    let batch = batch.rsplit('/').next().unwrap().to_owned();
    // What is brought in waits for some days only, so the clock moves on before.
    let slip = slip(city, &assignment).await;
    let (indicator, observation) = observation(city, &unit).await;
    let rule_set = rule_set(city).await;
    stated(city, &unit).await;
    let objection = objection(city).await;
    let import = import(city).await;
    World {
        batch,
        line,
        assignment,
        unit,
        proposal,
        slip,
        indicator,
        observation,
        rule_set,
        objection,
        import,
        people: people(city).await,
    }
}

/// Somebody with a post and an account, and what is set up for everybody.
async fn people(city: &City) -> BTreeMap<&'static str, String> {
    let head = city.post("head of 舞阳县");
    let held = head.held();
    let series = city.series("周交办会");
    let sittings =
        people::store::sittings(&mut city.read().await, city.id(), series).await.unwrap();
    let ids = [
        ("persons", held.person),
        ("accounts", held.account),
        ("posts", held.post),
        ("lines", city.line("项目建设")),
        ("groups", city.group("县区组")),
        ("series", series),
        ("sittings", sittings.first().unwrap().id),
    ];
    ids.into_iter().map(|(word, id)| (word, id.to_string())).collect()
}

async fn rule_set(city: &City) -> String {
    let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
    let id = adopted(city.db(), officer.actor().await, chief.actor().await).await;
    officer.post(&format!("/rule-sets/{id}/versions/new"), &[("version", "1")]).await.is(303);
    id.to_string()
}

/// The review of January is computed and shown to units, and one of them contests a figure.
async fn objection(city: &City) -> String {
    city.set_clock("2022-01-27", "09:00");
    let officer = city.as_(Role::Officer);
    let at = format!("/reviews/{CONTESTED}");
    officer.post("/reviews/new", &[("month", CONTESTED)]).await.is(303);
    officer.post(&format!("{at}/computations"), &[]).await.is(303);
    officer.post(&format!("{at}/draft"), &[("window", "2")]).await.is(303);
    let said = [("cell", "A2|逾期未办结件数"), ("said", "其中一件已延期")];
    city.post("head of 临颍县").post(&format!("{at}/objections"), &said).await.is(303);
    let page = officer.json_get(&at).await.is(200).json();
    page["objections"][0]["id"].as_str().unwrap().to_owned()
}

/// The review of December is published, and the unit stated something about it.
async fn stated(city: &City, unit: &str) {
    city.set_clock("2021-12-27", "09:00");
    let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
    let at = |path: &str| format!("/reviews/{STATED}/{path}");
    officer.post("/reviews/new", &[("month", STATED)]).await.is(303);
    officer.post(&at("computations"), &[]).await.is(303);
    officer.post(&at("draft"), &[("window", "1")]).await.is(303);
    city.set_clock("2021-12-29", "09:00");
    chief.post(&at("freeze"), &[]).await.is(303);
    chief.post(&at("submission"), &[]).await.is(303);
    let leader = city.as_(Role::Leader);
    leader.post(&at("approval"), &[("verdict", "agreed")]).await.is(303);
    let page = leader.json_get(&format!("/reviews/{STATED}")).await.is(200).json();
    for c in page["consequences"].as_array().unwrap() {
        let named = c["named"].as_str().unwrap();
        let said = [("consequence", named), ("verdict", "taken")];
        leader.post(&at("consequences"), &said).await.is(303);
    }
    chief.post(&at("publication"), &[]).await.is(303);
    // Nobody was last with tasks enough, so what the unit says is recorded as its facts.
    let sql = "SELECT id FROM reviews WHERE jurisdiction_id = $1 AND month = $2";
    let month = STATED.to_owned();
    let found = city.read().await.one(sql, journal::args![city.id(), month]).await;
    let (review,): (uuid::Uuid,) = found.unwrap();
    let head = city.post("head of 临颍县").held().clone();
    let measure = serde_json::json!({
        "measure": "清零", "responsible": head.post, "due": "2022-01-20",
    });
    let stated = serde_json::json!({ "stated": {
        "review": review, "unit": unit, "gap": "逾期", "measures": [measure], "goal": "清零",
        "former": 0, "person": head.person, "on": "2021-12-29",
    }});
    let subject = Subject::new(SubjectKind::Statement, uuid::Uuid::from_u128(46));
    let written = async |act: &mut journal::Act| -> Result<()> {
        act.record(subject, &Raw::of("statement_written", stated)).await
    };
    city.program(written).await.unwrap();
}

/// One row that can be taken, and one that cannot.
async fn import(city: &City) -> String {
    let mut book = rust_xlsxwriter::Workbook::new();
    let tab = book.add_worksheet();
    let rows = [["简称", "全称", "层级"], ["召陵区", "召陵区人民政府", "区"], ["某办", "", "其他"]];
    for (row, cells) in (0..).zip(&rows) {
        for (column, text) in (0..).zip(cells) {
            tab.write_string(row, column, *text).unwrap();
        }
    }
    let file = ("单位.xlsx", book.save_to_buffer().unwrap());
    let admin = city.as_(Role::SystemAdmin);
    let file = files::stage(city.db(), city.id(), admin.held().account, file).await.unwrap();
    let file = file.to_string();
    let sent = admin.post("/units/import", &[("file", file.as_str())]).await.is(303).goes_to();
    while admin.json_get(&sent).await.json()["state"] != "read" {}
    let columns =
        [("columns.0.to", "short_name"), ("columns.1.to", "name"), ("columns.2.to", "kind")];
    admin.post(&format!("{sent}/columns"), &columns).await.is(303);
    while admin.json_get(&sent).await.json()["state"] != "checked" {}
    sent.rsplit('/').next().unwrap().to_owned()
}

/// A slip about the assignment, issued when it is late.
async fn slip(city: &City, assignment: &str) -> String {
    city.set_clock("2021-11-15", "09:00");
    let words = [("finding", "未办"), ("demand", "整改"), ("consequence", "升级")];
    let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
    let path = format!("/assignments/{assignment}/slips/new");
    let slip = officer.post(&path, &words).await.is(303).goes_to();
    officer.post(&format!("{slip}/review"), &[]).await.is(303);
    let agreed = [("verdict", "agreed")];
    chief.post(&format!("{slip}/signature"), &agreed).await.is(303);
    officer.post(&format!("{slip}/issue"), &[]).await.is(303);
    slip.rsplit('/').next().unwrap().to_owned()
}

/// A value of the unit with its source, checked by another.
async fn observation(city: &City, unit: &str) -> (String, String) {
    let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
    let group = city.group("县区组").to_string();
    let indicator = [
        ("name", "全省位次"),
        ("kind", "number"),
        ("measured_in", "位"),
        ("better", "low"),
        ("definition", "省里通报的位次"),
        ("source", "省通报"),
        ("groups", group.as_str()),
        ("sort", "1"),
        ("from", "2021-11"),
    ];
    let card = chief.post("/indicators/new", &indicator).await.is(303).goes_to();
    let account = officer.held().account;
    let file = ("通报.pdf", b"%PDF-1.7 a bulletin".to_vec());
    let file = files::stage(city.db(), city.id(), account, file).await.unwrap().to_string();
    let values = [
        ("source_title", "全省通报"),
        ("source_on", "2021-11-12"),
        ("source_files", file.as_str()),
        ("numbers.0.unit", unit),
        ("numbers.0.numerator", "12"),
    ];
    officer.post(&format!("{card}/2021-11/values"), &values).await.is(303);
    let sheet = chief.json_get(&format!("{card}/2021-11")).await.is(200).json();
    let items = sheet["items"].as_array().unwrap();
    let value = items.iter().find(|item| item["unit_id"] == unit).unwrap();
    let id = value["value"]["id"].as_str().unwrap().to_owned();
    let check = [("whole", "agreed"), ("values.0.observation", id.as_str())];
    chief.post(&format!("{card}/2021-11/check"), &check).await.is(303);
    (card.rsplit('/').next().unwrap().to_owned(), id)
}

async fn draft(city: &City, unit: &str) -> String {
    let planned = city.sitting(city.today()).await.to_string();
    let officer = city.as_(Role::Officer);
    let opening =
        [("kind", "weekly"), ("sitting", planned.as_str()), ("proposals_until", "2021-11-30")];
    let batch = officer.post("/batches/new", &opening).await.is(303).goes_to();
    let line = [
        ("title", "产业园用地报批"),
        ("demand", "完成报批"),
        ("standard", "取得批复"),
        ("lead", unit),
        ("due", "2021-11-12"),
        ("urgency", "plain"),
        ("importance", "normal"),
        ("rhythm", "once"),
        ("profile", "bureau"),
    ];
    officer.post(&format!("{batch}/lines/new"), &line).await.is(303);
    batch
}

impl World {
    /// A path with this world's identifiers; the second `id` of people's own pages stays unknown.
    pub(crate) fn path(&self, path: &str) -> String {
        let id = if path.starts_with("/units/import/") {
            &self.import
        } else if path.starts_with("/batches/") {
            &self.batch
        } else if path.starts_with("/proposals/") {
            &self.proposal
        } else if path.starts_with("/assignments/") {
            &self.assignment
        } else if path.starts_with("/slips/") {
            &self.slip
        } else if path.starts_with("/indicators/units/") {
            &self.unit
        } else if path.starts_with("/indicators/") {
            &self.indicator
        } else if path.starts_with("/observations/") {
            &self.observation
        } else if path.starts_with("/rule-sets/") {
            &self.rule_set
        } else if path.starts_with("/objections/") {
            &self.objection
        } else {
            let word = path.split('/').nth(1).unwrap_or_default();
            self.people.get(word).unwrap_or(&self.unit)
        };
        // A figure's records are asked for by unit.
        let path = match path {
            "/measures/{code}/records" => {
                &format!("{path}?unit={}&from=2021-10-26&to=2021-11-25", self.unit)
            }
            path => path,
        };
        let filled = path.replace("{id}", id).replace("{line}", &self.line).replace("{row}", "2");
        let is_later = ["/circular", "/statements/", "/print", "/document"];
        let month = match path.starts_with("/reviews/") {
            true if is_later.iter().any(|part| path.contains(part)) => STATED,
            true => CONTESTED,
            false => "2021-11",
        };
        let code = if path.starts_with("/profiles/") { "bureau" } else { "due_count" };
        let filled = filled.replace("{code}", code).replace("{month}", month);
        let filled = filled.replace("{unit}", &self.unit).replace("{rule}", "XQ");
        let filled = filled.replace("{kind}", "list");
        let filled = filled.replace("{item}", "A1");
        // The first version of rules differs from none.
        let n = if path.ends_with("/difference") { "2" } else { "1" };
        let filled = filled.replace("{n}", n).replace("{part}", "item-0-0");
        // Whatever else varies gets an identifier that nothing has.
        let nobody = uuid::Uuid::from_u128(1).to_string();
        let parts: Vec<_> = filled
            .split('/')
            .map(|part| if part.starts_with('{') { nobody.as_str() } else { part })
            .collect();
        parts.join("/")
    }
}
