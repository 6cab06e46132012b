//! The register taken out as a spreadsheet, over HTTP on both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use journal::args;
use kernel::Role;
use testkit::{City, Page, each_engine};

fn plans() -> Vec<web::Plan> {
    vec![people::plan(), assignments::plan()]
}

/// A batch with three items, issued; one is for its unit only.
async fn issued(city: &City) {
    let officer = city.as_(Role::Officer);
    let sitting = city.sitting(city.today()).await.to_string();
    let opening = [("kind", "weekly"), ("sitting", sitting.as_str())];
    let batch = officer.post("/batches/new", &opening).await.is(303).goes_to();
    for (title, unit, restricted) in [
        ("=1+1 产业园用地报批", "临颍县", ""),
        ("高速连接线拆迁", "舞阳县", ""),
        ("仅供相关单位", "临颍县", "1"),
    ] {
        let unit = city.unit(unit).to_string();
        let mut fields = vec![
            ("title", title),
            ("demand", "11月底前完成"),
            ("standard", "取得批复"),
            ("urgency", "urgent"),
            ("importance", "key"),
            ("rhythm", "weekly"),
            ("profile", "bureau"),
            ("due", "2021-11-12"),
            ("lead", unit.as_str()),
        ];
        if !restricted.is_empty() {
            fields.push(("restricted", restricted));
        }
        officer.post(&format!("{batch}/lines/new"), &fields).await.is(303);
    }
    officer.post(&format!("{batch}/review"), &[]).await.is(303);
    let agreed = [("verdict", "agreed")];
    city.as_(Role::Chief).post(&format!("{batch}/signature"), &agreed).await.is(303);
    city.as_(Role::Leader).post(&format!("{batch}/signature"), &agreed).await.is(303);
    officer.post(&format!("{batch}/issue"), &[]).await.is(303);
}

/// The rows of a file: header first.
fn rows(page: &Page, sheet: &str) -> Vec<Vec<Data>> {
    let bytes = page.bytes().to_vec();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().skip(2).map(<[Data]>::to_vec).collect()
}

fn titles(page: &Page) -> Vec<String> {
    rows(page, "事项台账").iter().skip(1).map(|row| row[1].to_string()).collect()
}

#[test]
fn the_register_as_filtered_is_taken_out_and_noted() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let officer = city.as_(Role::Officer);
        let page = officer.get("/assignments/export").await.is(200);
        assert!(page.header("content-type").unwrap().contains("spreadsheetml"));
        let name = page.header("content-disposition").unwrap();
        assert!(
            name.starts_with("attachment") && name.ends_with("2021%2D11%2D01%2Exlsx"),
            "{name}"
        );
        let mut all = titles(&page);
        all.sort();
        assert_eq!(all, ["=1+1 产业园用地报批", "仅供相关单位", "高速连接线拆迁"]);
        let first = &rows(&page, "事项台账")[1];
        assert!(matches!(first[8], Data::DateTime(_)), "a day is a day: {first:?}");
        let unit = city.unit("舞阳县");
        let one = officer.get(&format!("/assignments/export?unit={unit}")).await.is(200);
        assert_eq!(titles(&one), ["高速连接线拆迁"]);
        // What a unit does not see it does not take out.
        let other = city.post("liaison of 舞阳县").get("/assignments/export").await.is(200);
        assert!(!titles(&other).contains(&"仅供相关单位".to_owned()));
        let english = officer.with("accept-language", "en").get("/assignments/export").await;
        assert_eq!(rows(&english, "Register")[0][1], Data::String("Assignment".into()));
        let sql = "SELECT detail FROM access_log WHERE jurisdiction_id = $1 \
            AND event = 'taken_out' ORDER BY id LIMIT 9";
        let noted: Vec<(String,)> = city.read().await.all(sql, args![city.id()]).await.unwrap();
        assert_eq!(noted.len(), 4);
        assert_eq!(noted[0].0, "事项台账-2021-11-01.xlsx, 3");
        let button = officer.get("/assignments?state=issued&after=x").await.is(200);
        let hrefs = button.attributes("a", "href");
        assert!(hrefs.contains(&"/assignments/export?state=issued".to_owned()), "{hrefs:?}");
        city.as_(Role::SystemAdmin).get("/assignments/export").await.is(404);
    });
}
