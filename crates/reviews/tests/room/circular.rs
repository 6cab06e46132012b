//! 通报: what stands in it is what the records, the measures and what was frozen say; who sees it
//! when; what the bureau writes; the paper says the same.

use kernel::Role;
use serde_json::Value;
use testkit::{City, each_engine};

use crate::errata::erratum_out;
use crate::paper::{holds, words};
use crate::plans;
use crate::story::{approved, drafted, json, placed};

const AT: &str = "/reviews/2021-10";
const CIRCULAR: &str = "/reviews/2021-10/circular";

/// A review that the leader approved, on the morning of 29 October.
pub(crate) async fn frozen(city: &City) -> City {
    let city = drafted(city).await;
    city.set_clock("2021-10-29", "09:00");
    approved(&city).await;
    city
}

/// The sum of a measure's numerators over all units, as its page has it.
async fn summed(city: &City, href: &str) -> i64 {
    let page = json(&city.as_(Role::Officer), href).await;
    let groups = page["groups"].as_array().unwrap();
    let units = groups.iter().flat_map(|group| group["units"].as_array().unwrap());
    units.map(|u| u["numerator"].as_i64().or(u["number"].as_i64()).unwrap_or(0)).sum()
}

#[test]
fn every_figure_of_a_circular_is_what_its_records_come_to() {
    each_engine(plans, async |city| {
        let city = frozen(&city).await;
        // What is recorded after the cut-off changes nothing in it.
        crate::life::Life::beside(&city, 7)
            .live("2021-10-29".parse().unwrap(), "2021-11-05".parse().unwrap())
            .await;
        city.set_clock("2021-11-05", "20:00");
        let officer = city.post("officer of 督查局");
        let page = json(&officer, CIRCULAR).await;
        let overview = &page["overview"];
        for figure in ["issued", "due", "kept", "late"] {
            let href = overview[figure]["href"].as_str().unwrap();
            let count = overview[figure]["count"].as_i64().unwrap();
            assert_eq!(count, summed(&city, href).await, "{figure}");
            assert!(figure == "late" || count > 0, "{figure}");
        }
        let late = page["late"].as_array().unwrap();
        assert_eq!(i64::try_from(late.len()).unwrap(), overview["late"]["count"], "{late:?}");
        let days: i64 = late.iter().map(|l| l["days"].as_i64().unwrap()).sum();
        let of_days = overview["late"]["href"].as_str().unwrap().replace("late_count", "late_days");
        assert_eq!(days, summed(&city, &of_days).await);
        assert!(late.windows(2).all(|w| w[0]["days"].as_i64() >= w[1]["days"].as_i64()));
        for item in late {
            let (href, id) = (item["href"].as_str().unwrap(), item["id"].as_str().unwrap());
            assert_eq!(href, format!("/assignments/{id}"));
        }
        let review = json(&officer, AT).await;
        assert_eq!(placed(&page), placed(&review), "places are those of the review");
        let consequences = review["consequences"].as_array().unwrap();
        let of = |is_award: bool| consequences.iter().filter(|c| c["is_award"] == is_award).count();
        assert_eq!(page["awards"].as_array().unwrap().len(), of(true));
        assert_eq!(page["awards"][0]["amount_fen"], 20_000_000);
        assert_eq!(page["statements"].as_array().unwrap().len(), of(false));
        assert_eq!(page["root"], review["freezes"][0]["root"]);
        for source in page["sources"].as_array().unwrap() {
            officer.get(source["href"].as_str().unwrap()).await.is(200);
        }
        let html = officer.get(CIRCULAR).await.is(200);
        assert!(html.has("a[href*='/measures/due_count?']"), "a figure is a link");
        holds(&html.text(), &["审批稿", "未编号", "一、总体情况", "五、下步要求"]);
        let english = officer.with("accept-language", "en").get(CIRCULAR).await.is(200);
        holds(&english.text(), &["1. Overview", "were overdue and open", "no number yet"]);
    });
}

#[test]
fn the_bureau_sees_a_circular_from_the_freeze_on_and_others_once_it_is_out() {
    each_engine(plans, async |city| {
        let city = drafted(&city).await;
        let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
        let (leader, head) = (city.as_(Role::Leader), city.post("head of 临颍县"));
        let (inspector, text) = (city.as_(Role::Inspector), format!("{CIRCULAR}/text"));
        for caller in [&officer, &leader, &head, &inspector] {
            caller.get(CIRCULAR).await.is(404);
        }
        let wording = [
            ("addressees", "各县区，市直各单位"),
            ("demands", "一是清零逾期。\n二是提前调度。"),
            ("copies", "市人大常委会办公室"),
            ("printed", "各县区"),
        ];
        // A unit writes no circular; one without addressees is none.
        head.post(&text, &wording).await.is(404);
        officer.post(&text, &[("demands", "略"), ("printed", "各县区")]).await.is(422);
        officer.post(&text, &wording).await.is(303);
        city.set_clock("2021-10-29", "09:00");
        approved(&city).await;
        for caller in [&officer, &leader] {
            assert_eq!(json(caller, CIRCULAR).await["number"], Value::Null);
        }
        for caller in [&head, &inspector] {
            caller.get(CIRCULAR).await.is(404);
            caller.get(&format!("{CIRCULAR}/document")).await.is(404);
        }
        chief.post(&format!("{AT}/publication"), &[]).await.is(303);
        let page = json(&head, CIRCULAR).await;
        assert_eq!(page["number"], "督查通报2021年第1期");
        assert_eq!(
            (&page["addressees"], &page["dated"]),
            (&wording[0].1.into(), &"2021-10-29".into())
        );
        inspector.get(CIRCULAR).await.is(200);
        // A unit reads every place and opens its own sheet only.
        let html = head.get(CIRCULAR).await.is(200);
        let sheets = html.attributes("table a", "href");
        let own = city.unit("临颍县").to_string();
        let of_units: Vec<_> = sheets.iter().filter(|href| href.contains("/units/")).collect();
        assert!(of_units.len() == 1 && of_units[0].contains(&own), "{of_units:?}");
        // What went out stands.
        officer.post(&text, &wording).await.is(409);
        city.verify().await;
    });
}

#[test]
fn a_correction_after_publication_does_not_rewrite_what_went_out() {
    each_engine(plans, async |city| {
        let city = frozen(&city).await;
        let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
        let text = format!("{CIRCULAR}/text");
        chief.post(&format!("{AT}/publication"), &[]).await.is(303);
        let before = json(&officer, CIRCULAR).await;
        city.set_clock("2021-11-03", "09:00");
        let said = [("cell", "A2|逾期未办结件数"), ("said", "其中1件已延期")];
        city.post("head of 源汇区").post(&format!("{AT}/objections"), &said).await.is(303);
        let id = json(&officer, AT).await["objections"][0]["id"].as_str().unwrap().to_owned();
        let granted = [("verdict", "uphold"), ("number", "0"), ("words", "属实")];
        let other = city.post("officer of 督查局 2");
        other.post(&format!("/objections/{id}/decision"), &granted).await.is(303);
        officer.post(&format!("{AT}/computations"), &[]).await.is(303);
        chief.post(&format!("{AT}/freeze"), &[("why", "复核更正")]).await.is(303);
        assert_eq!(json(&officer, CIRCULAR).await["corrected"], Value::Null);
        let rewritten =
            [("addressees", "各县区"), ("demands", "改写"), ("copies", ""), ("printed", "各单位")];
        officer.post(&text, &rewritten).await.is(409);
        erratum_out(&city, AT).await;
        let after = json(&officer, CIRCULAR).await;
        assert_eq!(after["corrected"], 2);
        for part in ["groups", "root", "overview", "late", "objections"] {
            assert_eq!(after[part], before[part], "{part}");
        }
        holds(&officer.get(CIRCULAR).await.is(200).text(), &["经复核有更正"]);
    });
}

#[test]
fn the_paper_says_what_the_page_says_with_numbers_of_its_sources() {
    each_engine(plans, async |city| {
        let city = frozen(&city).await;
        let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
        let document = format!("{CIRCULAR}/document");
        let text = words(&officer.get(&document).await.is(200), "word/document.xml");
        holds(&text, &["（审批稿，未编号）"]);
        chief.post(&format!("{AT}/publication"), &[]).await.is(303);
        let page = json(&officer, CIRCULAR).await;
        let paper = city.post("head of 临颍县").get(&document).await.is(200);
        let text = words(&paper, "word/document.xml");
        let overview = &page["overview"];
        for (what, figure) in [("应办结", "due"), ("按期办结", "kept"), ("逾期未办结", "late")]
        {
            let (count, n) = (&overview[figure]["count"], &overview[figure]["source"]);
            holds(&text, &[&format!("{what}{count}［{n}］件")]);
        }
        for (unit, rank, total) in placed(&page) {
            holds(&text, &[&format!("{rank}{unit}{total}")]);
        }
        for item in page["late"].as_array().unwrap() {
            let (label, days) = (item["label"].as_str().unwrap(), item["days"].as_i64().unwrap());
            holds(&text, &[label, &days.to_string()]);
        }
        let root = page["root"].as_str().unwrap();
        holds(
            &text,
            &[
                "关于2021年10月重点工作讲评情况的通报",
                "督查通报2021年第1期",
                "一、总体情况",
                "二、考评结果",
                "三、奖励",
                "200,000元",
                "四、存在问题",
                "五、下步要求",
                "附件1　得分表",
                "附件3　异议处理情况",
                "附件4　数据来源",
                "2021年10月29日",
                "印发范围：",
                root,
                page["frozen_head"].as_str().unwrap(),
            ],
        );
        let foot = words(&paper, "word/footer1.xml");
        holds(&foot, &[root, &city.db().head(city.id()).await.unwrap().to_string()]);
        // Nothing of persons: no name of anybody stands on it.
        let sql = "SELECT value FROM sealed_values WHERE jurisdiction_id = $1 AND field = 'name'";
        let names: Vec<(Option<String>,)> =
            city.read().await.all(sql, journal::args![city.id()]).await.unwrap();
        assert!(!names.is_empty());
        for (name,) in names {
            assert!(name.is_none_or(|name| !text.contains(&name)), "a person's name");
        }
    });
}
