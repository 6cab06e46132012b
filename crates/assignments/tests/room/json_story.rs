//! The whole life of a batch and its items, as another program does it: JSON only.

use kernel::Role;
use serde_json::{Value, json};
use testkit::{Caller, City, each_engine};

use crate::world::{card, draft, line, plans, posted, scan};

async fn done(caller: &Caller, path: &str, body: Value) {
    caller.json_post(path, &body).await.is(200);
}

/// A draft with a line for two counties and one for the wrong county, signed by the chief in the
/// program and by the leader on paper, and issued.
async fn drafted_signed_and_issued(city: &City) -> String {
    let officer = city.as_(Role::Officer);
    let both = [city.unit("临颍县"), city.unit("舞阳县")];
    let lines = [
        line(city, "产业园用地报批", "临颍县", &json!({ "lead": null, "each": both })),
        line(city, "高速连接线拆迁", "舞阳县", &json!({ "evidence": "拆迁验收单" })),
    ];
    let batch = draft(city, &lines).await;
    let unknown = line(city, "写错字段", "临颍县", &json!({ "leed": "x" }));
    officer.json_post(&format!("{batch}/lines/new"), &unknown).await.is(422);
    done(&officer, &format!("{batch}/review"), json!({})).await;
    let agreed = json!({ "verdict": "agreed" });
    done(&city.as_(Role::Chief), &format!("{batch}/signature"), agreed).await;
    let paper = json!({
        "signer": city.as_(Role::Leader).held().post, "signed_on": "2021-11-01",
        "verdict": "agreed", "scan": [scan(city, &officer).await],
    });
    done(&officer, &format!("{batch}/paper-signature"), paper).await;
    done(&officer, &format!("{batch}/issue"), json!({})).await;
    let json = officer.json_get(&batch).await.is(200).json();
    assert_eq!((&json["state"], &json["number"]), (&json!("issued"), &json!(1)), "{json}");
    assert_eq!(json["chain"][2]["scans"][0]["name"], "签批稿.pdf", "{json}");
    batch
}

/// The county to which the item does not belong hands it back; the bureau readdresses it.
async fn handed_back(city: &City, item: &str) {
    let (liaison, officer) = (city.post("liaison of 舞阳县"), city.as_(Role::Officer));
    let why = json!({ "reason": "拆迁地段在临颍县境内" });
    done(&liaison, &format!("{item}/hand-back"), why).await;
    let answer = json!({ "unit": city.unit("临颍县"), "answer": "同意改派" });
    done(&officer, &format!("{item}/hand-back/decision"), answer).await;
    assert_eq!(officer.json_get(item).await.json()["item"]["unit"], "临颍县");
}

#[test]
fn from_the_draft_to_the_closure() {
    each_engine(plans, async |city| {
        drafted_signed_and_issued(&city).await;
        let item = card(&city, "高速连接线拆迁").await;
        handed_back(&city, &item).await;
        let at = |path: &str| format!("{item}/{path}");
        let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
        let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
        let responsible = json!({ "responsible": "征迁办主任，内线 6018" });
        done(&liaison, &at("acceptance"), responsible).await;
        city.set_clock("2021-11-03", "10:00");
        let report = json!({ "done": "签约三户", "next_step": "继续入户", "blocker": "缺评估" });
        done(&liaison, &at("reports"), report).await;
        let ask = json!({ "new_due": "2021-11-20", "reason": "汛情", "progress": "过半" });
        done(&liaison, &at("extensions"), ask).await;
        done(&head, &at("extensions/endorsement"), json!({})).await;
        let grant = json!({ "verdict": "confirmed", "due": "2021-11-19" });
        done(&chief, &at("extensions/decision"), grant).await;
        city.set_clock("2021-11-18", "17:00");
        let account = liaison.held().account;
        let file = ("验收单.pdf", b"%PDF-1.7 done".to_vec());
        let file = files::stage(city.db(), city.id(), account, file).await.unwrap();
        let submission = json!({ "done": "全部签约", "files": [file] });
        done(&liaison, &at("submission"), submission).await;
        done(&head, &at("signature"), json!({ "verdict": "confirmed" })).await;
        let rework =
            json!({ "method": "on_site", "result": "rework", "finding": "尚有一户未搬离" });
        done(&officer, &at("verifications"), rework).await;
        done(&head, &at("submission"), json!({ "done": "全部搬离" })).await;
        let close = json!({ "method": "on_site", "result": "confirmed", "finding": "属实" });
        done(&officer, &at("verifications"), close).await;

        let json = officer.json_get(&item).await.json();
        assert_eq!(json["item"]["state"], "closed");
        assert_eq!(json["item"]["due_on"], "2021-11-19");
        assert_eq!(json["item"]["on_time"], true);
        assert_eq!((&json["reworks"], &json["reports"][0]["files"]), (&json!(1), &json!([])));
        assert_eq!(json["units"][0]["responsible"], "征迁办主任，内线 6018");
        let kinds: Vec<_> =
            json["history"].as_array().unwrap().iter().map(|e| &e["kind"]).collect();
        for kind in ["assignment_issued", "hand_back_decided", "extension_decided"] {
            assert!(kinds.iter().any(|k| *k == kind), "{kind} in {kinds:?}");
        }
        city.verify().await;
    });
}

#[test]
fn what_is_wrong_is_said_at_its_field() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let batch = draft(&city, &[]).await;
        let nobody = uuid::Uuid::from_u128(9);
        for (field, value) in [
            ("lead", json!(nobody)),
            ("co", json!([nobody])),
            ("work_line", json!(nobody)),
            ("leader", json!(officer.held().post)),
            ("raised_by", json!(nobody)),
        ] {
            let wrong = line(&city, "没有的", "临颍县", &json!({ field: value }));
            let told =
                officer.json_post(&format!("{batch}/lines/new"), &wrong).await.is(422).json();
            assert_eq!(told["error"]["fields"][0]["field"], field, "{told}");
        }
        let wrong = json!({ "title": "只有标题", "due": "10月底前" });
        let told = officer.json_post(&format!("{batch}/lines/new"), &wrong).await.is(422).json();
        let fields: Vec<_> =
            told["error"]["fields"].as_array().unwrap().iter().map(|e| &e["field"]).collect();
        for field in ["demand", "standard", "due", "rhythm"] {
            assert!(fields.iter().any(|f| *f == field), "{field} in {told}");
        }
        let hourly = line(&city, "每小时", "临颍县", &json!({ "rhythm": "hourly" }));
        let told = officer.json_post(&format!("{batch}/lines/new"), &hourly).await.is(422).json();
        assert_eq!(told["error"]["fields"][0]["field"], "rhythm", "{told}");
        // What is not signed by all is not issued.
        let refused = officer.json_post(&format!("{batch}/issue"), &json!({})).await.is(409).json();
        let told = refused["error"]["en"].as_str();
        assert!(told.is_some_and(|told| !told.is_empty()), "{refused}");
        let opened = json!({ "kind": "interim", "proposals_hour": 9 });
        officer.json_post("/batches/new", &opened).await.is(422);
        let closing =
            json!({ "kind": "interim", "proposals_until": "2021-11-01", "proposals_hour": 9 });
        let batch = posted(&officer, "/batches/new", &closing).await;
        let said = json!({ "title": "打通断头路", "demand": "年底前通车" });
        let propose = format!("{batch}/proposals/new");
        let liaison = city.post("liaison of 临颍县");
        city.set_clock("2021-11-01", "08:59");
        liaison.json_post(&propose, &said).await.is(200);
        city.set_clock("2021-11-01", "09:00");
        liaison.json_post(&propose, &said).await.is(409);
        let late =
            json!({ "kind": "interim", "proposals_until": "2021-11-01", "proposals_hour": 9 });
        officer.json_post("/batches/new", &late).await.is(422);
    });
}
