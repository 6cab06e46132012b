//! Indicators and sheets of a test city.

use kernel::{Day, Role};
use measures::{Asked, Call, Fact};
use serde_json::Value;
use testkit::{Caller, City};

pub(crate) fn plans() -> Vec<web::Plan> {
    vec![people::plan(), assignments::plan(), indicators::plan()]
}

/// A city founded on 13 October 2021: time goes on only.
pub(crate) async fn early(city: &City) -> City {
    city.set_clock("2021-10-13", "09:00");
    city.twin().await
}

/// The units of the group 县区组, in the order of the sheet.
pub(crate) const COUNTIES: [&str; 3] = ["临颍县", "舞阳县", "源汇区"];
/// Where the values come from.
pub(crate) const SOURCE: [(&str, &str); 3] = [
    ("source_title", "全省通报"),
    ("source_reference", "豫统〔2021〕9号"),
    ("source_on", "2021-10-12"),
];

/// What a form says of an indicator that 市发展改革委 enters for the counties.
pub(crate) fn form(city: &City, (name, kind): (&str, &str)) -> Vec<(&'static str, String)> {
    vec![
        ("name", name.to_owned()),
        ("name_en", "Rank in the province".to_owned()),
        ("kind", kind.to_owned()),
        ("measured_in", "位".to_owned()),
        ("better", "low".to_owned()),
        ("definition", "省里通报的位次".to_owned()),
        ("source", "省统计局月报".to_owned()),
        ("department", city.unit("市发展改革委").to_string()),
        ("groups", city.group("县区组").to_string()),
        ("sort", "1".to_owned()),
        ("from", "2021-09".to_owned()),
    ]
}

pub(crate) fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// Adds an indicator and answers its address.
pub(crate) async fn added(city: &City, (name, kind): (&str, &str)) -> String {
    let fields = form(city, (name, kind));
    let chief = city.as_(Role::Chief);
    chief.post("/indicators/new", &borrowed(&fields)).await.is(303).goes_to()
}

/// The fields of a sheet: the source and, for each county, the cells of its row.
pub(crate) fn sheet(city: &City, table: &str, cells: &[&[(&str, &str)]]) -> Vec<(String, String)> {
    let mut fields: Vec<_> =
        SOURCE.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    for (place, (unit, cells)) in COUNTIES.iter().zip(cells).enumerate() {
        fields.push((format!("{table}.{place}.unit"), city.unit(unit).to_string()));
        for (column, value) in *cells {
            fields.push((format!("{table}.{place}.{column}"), (*value).to_owned()));
        }
    }
    fields
}

/// Sends a form of owned fields.
pub(crate) async fn post(by: &Caller, path: &str, fields: &[(String, String)]) -> testkit::Page {
    let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    by.post(path, &fields).await
}

/// Whoever enters for 市发展改革委.
pub(crate) fn enterer(city: &City) -> Caller {
    city.post("department of 市发展改革委")
}

/// The numbers of the counties, entered by the department.
pub(crate) async fn enter(city: &City, card: &str, month: &str, numbers: [&str; 3]) {
    let cells = numbers.map(|number| [("numerator", number)]);
    let cells: Vec<&[(&str, &str)]> = cells.iter().map(<[_; 1]>::as_slice).collect();
    let mut fields = sheet(city, "numbers", &cells);
    fields.push(("reason".to_owned(), "省里更正".to_owned()));
    post(&enterer(city), &format!("{card}/{month}/values"), &fields).await.is(303);
}

/// The items of a sheet as somebody sees it.
pub(crate) async fn items(by: &Caller, card: &str, month: &str) -> Vec<Value> {
    let page = by.json_get(&format!("{card}/{month}")).await.is(200).json();
    page["items"].as_array().unwrap().clone()
}

/// The newest value of a unit on a sheet.
pub(crate) async fn value(by: &Caller, (card, month): (&str, &str), unit: &str) -> Value {
    let items = items(by, card, month).await;
    let item = items.iter().find(|item| item["unit"] == unit);
    item.map_or(Value::Null, |item| item["value"].clone())
}

/// The fields that agree to what waits on a sheet.
pub(crate) async fn agreeing(by: &Caller, card: &str, month: &str) -> Vec<(String, String)> {
    let mut fields = vec![("whole".to_owned(), "agreed".to_owned())];
    let items = items(by, card, month).await;
    let waiting = items.iter().filter(|item| item["value"]["state"] == "entered");
    for (place, item) in waiting.enumerate() {
        let id = item["value"]["id"].as_str().unwrap().to_owned();
        fields.push((format!("values.{place}.observation"), id));
    }
    fields
}

/// An officer agrees to all that waits.
pub(crate) async fn check(city: &City, card: &str, month: &str) {
    let officer = city.as_(Role::Officer);
    let fields = agreeing(&officer, card, month).await;
    post(&officer, &format!("{card}/{month}/check"), &fields).await.is(303);
}

/// The question of a period as known at a place of the journal.
pub(crate) async fn question(city: &City, (from, to): (&str, &str), cut: i64) -> Call {
    let (from, to): (Day, Day) = (from.parse().unwrap(), to.parse().unwrap());
    let mut tx = city.read().await;
    let calendar = people::store::calendar(&mut tx, city.id(), from, to.plus(30)).await.unwrap();
    Call::new(city.id(), (from, to), (cut, to.plus(1)), (&City::zone(), calendar))
}

/// Every record counts for whom the tests ask.
pub(crate) fn everything(_: &mut Vec<journal::Value>) -> String {
    String::new()
}

/// What the indicator of a name says of each county in October, as known at a place.
pub(crate) async fn october(city: &City, name: &str, cut: i64) -> Vec<Fact> {
    let call = question(city, ("2021-09-26", "2021-10-25"), cut).await;
    let asked = asked(city, name).await;
    let mut tx = city.read().await;
    let one = std::slice::from_ref(&asked);
    let figures = measures::store::figures(&mut tx, &call, one, everything).await.unwrap();
    let figure = |unit: &str| {
        let id = city.unit(unit);
        asked.measure.fact(figures[0].iter().find(|figure| figure.unit == id))
    };
    COUNTIES.map(figure).to_vec()
}

/// The measure of the indicator that a rule set calls by a name.
pub(crate) async fn asked(city: &City, name: &str) -> Asked<'static> {
    let all = indicators::store::by_name(&mut city.read().await, city.id()).await.unwrap();
    indicators::measures::asked(all.iter().find(|row| row.name == name).unwrap())
}
