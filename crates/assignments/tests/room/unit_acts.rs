//! What a unit says of itself: its responsible posts and its own chain of signatures; and what the
//! bureau owes it: answers in time, and the result before the leader.

use kernel::Role;
use serde_json::json;
use testkit::{City, each_engine};
use uuid::Uuid;

use crate::world::{card, issued, line, plans};

async fn light(city: &City, item: &str) -> String {
    let json = city.as_(Role::Officer).json_get(item).await.is(200).json();
    json["item"]["light"].as_str().unwrap().to_owned()
}

#[test]
fn a_unit_names_its_responsible_post_when_it_accepts_and_later() {
    each_engine(plans, async |city| {
        let (own, co) = (city.unit("临颍县"), city.unit("舞阳县"));
        let parts = json!([
            { "unit": own, "responsible": "城建科科长，内线 6001" },
            { "unit": co, "part": "提供线位", "responsible": "交通局局长，内线 6100" },
        ]);
        let more = json!({ "co": [co], "parts": parts });
        issued(&city, &[line(&city, "连接线", "临颍县", &more)]).await;
        let item = card(&city, "连接线").await;
        let (liaison, officer) = (city.post("liaison of 临颍县"), city.as_(Role::Officer));
        let posts = async || {
            let units = officer.json_get(&item).await.json()["units"].clone();
            let of = |name: &str| {
                let all = units.as_array().unwrap();
                all.iter().find(|u| u["name"] == name).unwrap()["responsible"].clone()
            };
            (of("临颍县"), of("舞阳县"))
        };
        let drafted = (json!("城建科科长，内线 6001"), json!("交通局局长，内线 6100"));
        assert_eq!(posts().await, drafted);
        // The form says what is known; left as it is, it leaves one fact.
        let form = liaison.get(&format!("{item}/acceptance")).await.is(200);
        assert!(form.source().contains("城建科科长"), "{}", form.text());
        let before = city.seq().await;
        let same = [("responsible", "城建科科长，内线 6001")];
        liaison.post(&format!("{item}/acceptance"), &same).await.is(303);
        assert_eq!(city.seq().await, before + 1);
        let name = format!("{item}/responsible");
        liaison.post(&name, &same).await.is(422);
        liaison.post(&name, &[]).await.is(422);
        liaison.post(&name, &[("responsible", "分管副县长，内线 6002")]).await.is(303);
        // A co-unit speaks of itself, nobody else of either.
        let other = city.post("liaison of 舞阳县");
        other.post(&name, &[("responsible", "路网科科长，内线 6101")]).await.is(303);
        city.post("liaison of 源汇区").post(&name, &[("responsible", "x")]).await.is(404);
        officer.post(&name, &[("responsible", "x")]).await.is(404);
        assert_eq!(posts().await, (json!("分管副县长，内线 6002"), json!("路网科科长，内线 6101")));
        city.verify().await;
    });
}

#[test]
fn a_unit_signs_its_submissions_by_its_own_chain() {
    each_engine(plans, async |city| {
        issued(&city, &[line(&city, "连接线", "临颍县", &json!({}))]).await;
        let item = card(&city, "连接线").await;
        let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
        let unit = city.unit("临颍县");
        let chain = format!("/units/{unit}/signing-posts");
        let steps = |posts: &[Uuid]| {
            let rows: Vec<_> = posts.iter().map(|post| json!({ "post": post })).collect();
            json!({ "steps": rows, "reason": "分管副职先审" })
        };
        let (first, last) = (liaison.held().post, head.held().post);
        // The head has the last word; nobody signs twice; others' chains are not theirs to set.
        head.json_post(&chain, &steps(&[last, first])).await.is(422);
        head.json_post(&chain, &steps(&[last, last])).await.is(422);
        head.json_post(&chain, &steps(&[city.as_(Role::Chief).held().post])).await.is(422);
        city.post("head of 舞阳县").json_post(&chain, &steps(&[first, last])).await.is(404);
        liaison.json_post(&chain, &steps(&[first, last])).await.is(404);
        head.json_post(&chain, &steps(&[])).await.is(409);
        head.json_post(&chain, &steps(&[first, last])).await.is(200);
        let page = head.get(&format!("/units/{unit}/assignments")).await.is(200).text();
        assert!(page.contains("报结审签") && page.contains("→"), "{page}");

        head.post(&format!("{item}/acceptance"), &[]).await.is(303);
        let submit = format!("{item}/submission");
        // The liaison stands in the chain and has signed with it; the head is waited for.
        liaison.post(&submit, &[("done", "已通车")]).await.is(303);
        let json = head.json_get(&item).await.json();
        assert_eq!(json["item"]["state"], "prepared");
        assert!(json["signer"].as_str().unwrap().contains("临颍县"), "{json}");
        let sign = format!("{item}/signature");
        let agreed = [("verdict", "confirmed")];
        liaison.post(&sign, &agreed).await.is(404);
        head.post(&sign, &[("verdict", "rework")]).await.is(303);
        assert_eq!(head.json_get(&item).await.json()["item"]["state"], "handling");
        // Who comes after the head hands it to the first post of the chain again.
        let chief = city.as_(Role::Chief);
        chief.json_post(&chain, &steps(&[last])).await.is(200);
        liaison.post(&submit, &[("done", "已通车")]).await.is(303);
        head.post(&sign, &agreed).await.is(303);
        assert_eq!(head.json_get(&item).await.json()["item"]["state"], "submitted");
        chief.json_post(&chain, &steps(&[])).await.is(200);
        city.verify().await;
    });
}

#[test]
fn a_leader_closes_what_was_born_from_his_word_after_it_was_put_before_him() {
    each_engine(plans, async |city| {
        let leader = city.as_(Role::Leader);
        let raised = json!({ "profile": "raiser", "raised_by": leader.held().post });
        let both = json!({ "profile": "both", "raised_by": leader.held().post });
        let lines =
            [line(&city, "市长交办", "临颍县", &raised), line(&city, "共同核实", "临颍县", &both)];
        issued(&city, &lines).await;
        let (head, officer) = (city.post("head of 临颍县"), city.as_(Role::Officer));
        let close = [("method", "documents"), ("result", "confirmed"), ("finding", "属实")];
        let words = [("words", "已按要求完成，请审定")];
        for (title, bureau_first) in [("市长交办", false), ("共同核实", true)] {
            let item = card(&city, title).await;
            let (present, verify) =
                (format!("{item}/presentation"), format!("{item}/verifications"));
            head.post(&format!("{item}/acceptance"), &[]).await.is(303);
            officer.post(&present, &words).await.is(409);
            head.post(&format!("{item}/submission"), &[("done", "完成")]).await.is(303);
            officer.post(&verify, &close).await.is(if bureau_first { 303 } else { 404 });
            leader.post(&verify, &close).await.is(409);
            officer.post(&present, &[]).await.is(422);
            officer.post(&present, &words).await.is(303);
            officer.post(&present, &words).await.is(409);
            assert!(leader.get(&item).await.is(200).text().contains("已按要求完成，请审定"));
            leader.post(&verify, &close).await.is(303);
            assert_eq!(officer.json_get(&item).await.json()["item"]["state"], "closed");
        }
        city.verify().await;
    });
}

/// The word of the newest request for more time on a card.
async fn request(city: &City, item: &str) -> String {
    let json = city.as_(Role::Officer).json_get(item).await.is(200).json();
    let changes = json["changes"].as_array().unwrap();
    let asked = changes.iter().find(|c| c["what"] == "extension").unwrap();
    asked["state"].as_str().unwrap().to_owned()
}

#[test]
fn a_request_ends_with_its_matter_and_leaves_nothing_behind() {
    each_engine(plans, async |city| {
        let titles = ["撤销的", "退回的", "办结的", "并入的"];
        let lines = titles.map(|title| line(&city, title, "临颍县", &json!({})));
        let whole = line(&city, "整体的", "临颍县", &json!({}));
        issued(&city, &[&lines[..], &[whole]].concat()).await;
        let head = city.post("head of 临颍县");
        let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
        let ask = [("new_due", "2021-11-30"), ("reason", "汛情"), ("progress", "一半")];
        let why = [("reason", "情况变化")];
        for title in titles {
            let item = card(&city, title).await;
            if title == "办结的" {
                head.post(&format!("{item}/acceptance"), &[]).await.is(303);
            }
            head.post(&format!("{item}/extensions"), &ask).await.is(303);
            // What the bureau has to answer is answered before it stops the clock.
            let stop = [("reason", "等上级审批"), ("review", "2021-11-30")];
            chief.post(&format!("{item}/stop"), &stop).await.is(409);
            let seq = city.seq().await;
            match title {
                "撤销的" => chief.post(&format!("{item}/withdrawal"), &why).await.is(303),
                "退回的" => head.post(&format!("{item}/hand-back"), &why).await.is(303),
                "并入的" => {
                    let into = card(&city, "整体的").await;
                    let into = into.trim_start_matches("/assignments/").to_owned();
                    let said = [("into", into.as_str()), ("reason", "同一件事")];
                    chief.post(&format!("{item}/merger"), &said).await.is(303)
                }
                _ => {
                    head.post(&format!("{item}/submission"), &[("done", "完成")]).await.is(303);
                    let close =
                        [("method", "documents"), ("result", "confirmed"), ("finding", "属实")];
                    officer.post(&format!("{item}/verifications"), &close).await.is(303)
                }
            };
            assert!(city.seq().await >= seq + 2, "{title}: the request has a fact of its own");
            assert_eq!(request(&city, &item).await, "lapsed", "{title}");
            let decide = [("verdict", "confirmed")];
            chief.post(&format!("{item}/extensions/decision"), &decide).await.is(409);
        }
        let waiting = officer.json_get("/assignments?light=waiting").await.is(200).json();
        assert_eq!(waiting["count"], 1, "only the hand-back waits for the bureau");
        // What has not come to the bureau is void with the stop and may be asked anew after it.
        let item = card(&city, "整体的").await;
        city.post("liaison of 临颍县").post(&format!("{item}/extensions"), &ask).await.is(303);
        let stop = [("reason", "等上级审批"), ("review", "2021-11-30")];
        chief.post(&format!("{item}/stop"), &stop).await.is(303);
        assert_eq!(request(&city, &item).await, "lapsed");
        head.post(&format!("{item}/extensions/endorsement"), &[]).await.is(409);
        // Refused, the hand-back leaves the unit free to ask again.
        let item = card(&city, "退回的").await;
        city.set_clock("2021-11-16", "09:00");
        let refuse = [("answer", "属本单位职责")];
        chief.post(&format!("{item}/hand-back/decision"), &refuse).await.is(303);
        assert_eq!(light(&city, &item).await, "green", "its day moved by those of the dispute");
        let ask = [("new_due", "2021-12-15"), ("reason", "汛情"), ("progress", "一半")];
        head.post(&format!("{item}/extensions"), &ask).await.is(303);
        assert_eq!(light(&city, &item).await, "waiting");
        // Reopened, a matter has its own day again.
        let item = card(&city, "办结的").await;
        let again = [("due", "2021-11-18"), ("reason", "群众反映未解决")];
        chief.post(&format!("{item}/reopening"), &again).await.is(303);
        assert_eq!(light(&city, &item).await, "yellow");
        city.verify().await;
    });
}

#[test]
fn waiting_for_the_bureaus_answer_is_not_the_units_delay() {
    each_engine(plans, async |city| {
        issued(&city, &[line(&city, "连接线", "临颍县", &json!({}))]).await;
        let item = card(&city, "连接线").await;
        let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
        let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
        head.post(&format!("{item}/acceptance"), &[]).await.is(303);
        let ask = [("new_due", "2021-11-30"), ("reason", "汛情"), ("progress", "一半")];
        city.set_clock("2021-11-11", "09:00");
        liaison.post(&format!("{item}/extensions"), &ask).await.is(303);
        assert_eq!(light(&city, &item).await, "yellow", "only the unit knows of it");
        head.post(&format!("{item}/extensions/endorsement"), &[]).await.is(303);
        assert_eq!(light(&city, &item).await, "waiting");
        city.set_clock("2021-11-17", "09:00");
        assert_eq!(light(&city, &item).await, "waiting", "five days beyond the due day");
        let listed = async |light: &str| {
            let path = format!("/assignments?light={light}");
            officer.json_get(&path).await.is(200).json()["count"].clone()
        };
        assert_eq!((listed("waiting").await, listed("red").await), (json!(1), json!(0)));
        assert_eq!(officer.json_get(&item).await.json()["clocks"]["bureau_by"], "2021-11-12");
        // It was to be answered on the 12th; three working days later they are given back.
        let refuse = [("verdict", "rework"), ("answer", "不符合条件")];
        chief.post(&format!("{item}/extensions/decision"), &refuse).await.is(303);
        let json = officer.json_get(&item).await.json();
        assert_eq!(json["item"]["due_on"], "2021-11-17", "{}", json["item"]);
        // A withdrawn item is endorsed no more.
        liaison.post(&format!("{item}/extensions"), &ask).await.is(303);
        let why = [("reason", "情况变化")];
        chief.post(&format!("{item}/withdrawal"), &why).await.is(303);
        head.post(&format!("{item}/extensions/endorsement"), &[]).await.is(409);
        city.verify().await;
    });
}
