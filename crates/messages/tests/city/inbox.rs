//! Who is told of what, what is new, what is settled, and what stays when trays are filled again.

use journal::{Tx, args};
use kernel::Role;
use people::found::{self, NewPost};
use people::notice::Seat;
use testkit::{City, Held, each_engine};

use crate::plans;
use crate::week::{card, drafted, drafted_with, issue, issued, told, unread};

const DONE: [(&str, &str); 1] = [("done", "已取得批复")];

#[test]
fn a_batch_tells_each_unit_once_what_it_is_given() {
    each_engine(plans, async |city| {
        issued(&city).await;
        city.catch_up().await;
        let liaison = city.post("liaison of 临颍县");
        assert_eq!(told(&liaison, "all").await, ["第1次周交办事项清单 交办本单位 1 项，请签收。"]);
        let other = told(&city.post("head of 舞阳县"), "all").await;
        assert_eq!(other, ["第1次周交办事项清单 交办本单位 1 项，请签收；另有 1 项为配合单位。"]);
        let english = liaison.with("accept-language", "en").json_get("/inbox").await.json();
        assert_eq!(english["items"][0]["words"], "Issued to your unit: 1, to be accepted.");
        // A unit without an item, and roles of no business, are told nothing.
        assert!(told(&city.post("liaison of 源汇区"), "all").await.is_empty());
        city.as_(Role::SystemAdmin).get("/inbox").await.is(404);
        city.as_(Role::Inspector).get("/inbox").await.is(404);
        city.verify().await;
    });
}

#[test]
fn each_step_tells_who_has_to_act_and_settles_what_was_asked_before() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let item = card(&city, "产业园用地报批").await;
        let at = |path: &str| format!("{item}/{path}");
        let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
        let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
        city.catch_up().await;
        assert_eq!(told(&liaison, "waiting").await.len(), 1);
        liaison.post(&at("acceptance"), &[]).await.is(303);
        city.catch_up().await;
        assert!(told(&liaison, "waiting").await.is_empty(), "accepted");
        assert!(told(&head, "waiting").await.is_empty(), "accepted for the head as well");

        let ask = [("new_due", "2021-11-30"), ("reason", "汛情"), ("progress", "一半")];
        liaison.post(&at("extensions"), &ask).await.is(303);
        city.catch_up().await;
        assert!(told(&head, "waiting").await[0].contains("申请延期至 2021-11-30，请审签"));
        assert!(told(&chief, "waiting").await.is_empty(), "not before the head");
        head.post(&at("extensions/endorsement"), &[]).await.is(303);
        city.catch_up().await;
        assert!(told(&head, "waiting").await.is_empty());
        assert!(told(&chief, "waiting").await[0].contains("申请延期，请审批"));
        let refuse = [("verdict", "rework"), ("answer", "时间足够")];
        officer.post(&at("extensions/decision"), &refuse).await.is(303);
        city.catch_up().await;
        assert!(told(&chief, "waiting").await.is_empty(), "decided by an officer");
        assert!(told(&liaison, "unread").await[0].contains("延期未同意：时间足够"));

        liaison.post(&at("submission"), &DONE).await.is(303);
        city.catch_up().await;
        assert!(told(&head, "waiting").await[0].contains("请审签"));
        head.post(&at("signature"), &[("verdict", "confirmed")]).await.is(303);
        city.catch_up().await;
        assert!(told(&officer, "waiting").await[0].contains("单位已报结，请核实"));
        let rework = [("method", "documents"), ("result", "rework"), ("finding", "缺少原件")];
        officer.post(&at("verifications"), &rework).await.is(303);
        city.catch_up().await;
        assert!(told(&officer, "waiting").await.is_empty());
        assert!(told(&liaison, "waiting").await[0].contains("核实退办"));
        head.post(&at("submission"), &DONE).await.is(303);
        let close = [("method", "on_site"), ("result", "confirmed"), ("finding", "属实")];
        officer.post(&at("verifications"), &close).await.is(303);
        city.catch_up().await;
        assert!(told(&liaison, "waiting").await.is_empty());
        assert!(told(&liaison, "unread").await[0].contains("已办结销号"));
        city.verify().await;
    });
}

#[test]
fn who_raises_it_closes_it_and_nobody_is_asked_any_more() {
    each_engine(plans, async |city| {
        let leader = city.as_(Role::Leader);
        let (unit, by) = (city.unit("临颍县").to_string(), leader.held().post.to_string());
        let line =
            [("title", "市长交办"), ("lead", &unit), ("profile", "raiser"), ("raised_by", &by)];
        let batch = drafted_with(&city, &[&line]).await;
        issue(&city, &batch).await;
        let item = card(&city, "市长交办").await;
        let (head, officer) = (city.post("head of 临颍县"), city.as_(Role::Officer));
        head.post(&format!("{item}/acceptance"), &[]).await.is(303);
        let ask = [("new_due", "2021-11-30"), ("reason", "汛情"), ("progress", "一半")];
        head.post(&format!("{item}/extensions"), &ask).await.is(303);
        head.post(&format!("{item}/submission"), &DONE).await.is(303);
        city.catch_up().await;
        let waiting = told(&officer, "waiting").await;
        assert!(waiting.iter().any(|m| m.contains("呈报交办领导")), "{waiting:?}");
        let words = [("words", "已按要求完成，请审定")];
        officer.post(&format!("{item}/presentation"), &words).await.is(303);
        city.catch_up().await;
        assert!(!told(&officer, "waiting").await.iter().any(|m| m.contains("呈报")), "it is done");
        assert!(told(&leader, "waiting").await[0].contains("办理结果已呈报，请确认"));
        let close = [("method", "documents"), ("result", "confirmed"), ("finding", "属实")];
        leader.post(&format!("{item}/verifications"), &close).await.is(303);
        city.catch_up().await;
        for caller in [&officer, &leader, &city.as_(Role::Chief), &head] {
            let left = told(caller, "waiting").await;
            assert!(left.is_empty(), "closed, and its request lapsed: {left:?}");
        }
        city.verify().await;
    });
}

#[test]
fn what_is_handed_back_is_asked_no_more_time_for() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let item = card(&city, "产业园用地报批").await;
        let (head, chief) = (city.post("head of 临颍县"), city.as_(Role::Chief));
        let ask = [("new_due", "2021-11-30"), ("reason", "汛情"), ("progress", "一半")];
        head.post(&format!("{item}/extensions"), &ask).await.is(303);
        city.catch_up().await;
        assert!(told(&chief, "waiting").await[0].contains("申请延期至 2021-11-30，请审批"));
        head.post(&format!("{item}/hand-back"), &[("reason", "属市自然资源局")]).await.is(303);
        city.catch_up().await;
        let waiting = told(&chief, "waiting").await;
        assert!(!waiting.iter().any(|m| m.contains("申请延期")), "{waiting:?}");
        city.verify().await;
    });
}

#[test]
fn who_did_it_is_not_told_of_it() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let item = card(&city, "产业园用地报批").await;
        let (liaison, head) = (city.post("liaison of 临颍县"), city.post("head of 临颍县"));
        liaison.post(&format!("{item}/acceptance"), &[]).await.is(303);
        head.post(&format!("{item}/submission"), &DONE).await.is(303);
        city.catch_up().await;
        assert!(told(&liaison, "all").await[0].contains("已签发报结"));
        assert!(!told(&head, "all").await.iter().any(|line| line.contains("报结")));
    });
}

#[test]
fn the_bell_counts_what_is_new_and_opening_a_message_reads_it() {
    each_engine(plans, async |city| {
        issued(&city).await;
        city.catch_up().await;
        let before = city.seq().await;
        let liaison = city.post("liaison of 舞阳县");
        let page = liaison.get("/inbox").await.is(200);
        assert_eq!(page.select(".bell-count"), ["1"]);
        assert_eq!(page.attributes(".topbar-bell", "aria-label"), ["收件箱：1 条未读"]);
        let english = liaison.with("accept-language", "en").get("/inbox").await;
        assert_eq!(english.attributes(".topbar-bell", "aria-label"), ["Inbox: 1 unread"]);
        let open = page.attributes(".table form", "action")[0].clone();
        // The form of it reads nothing yet.
        liaison.get(&open).await.is(200);
        assert_eq!(unread(&liaison).await, 1);
        let there = liaison.post(&open, &[]).await.is(303).goes_to();
        assert!(there.starts_with("/batches/"), "{there}");
        assert_eq!(unread(&liaison).await, 0);
        assert!(liaison.get("/inbox").await.select(".bell-count").is_empty());
        assert_eq!(told(&liaison, "all").await.len(), 1, "it stays in the list of all");
        // The head of the same unit has another tray.
        assert_eq!(unread(&city.post("head of 舞阳县")).await, 1);
        assert_eq!(city.seq().await, before, "no fact says who read what");
    });
}

#[test]
fn everything_is_read_by_one_click_and_what_comes_later_is_new() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let item = card(&city, "高速连接线拆迁").await;
        let liaison = city.post("liaison of 舞阳县");
        liaison.post(&format!("{item}/acceptance"), &[]).await.is(303);
        city.as_(Role::Chief)
            .post(&format!("{item}/stop"), &[("reason", "汛情"), ("review", "2021-11-10")])
            .await
            .is(303);
        city.catch_up().await;
        assert_eq!(unread(&liaison).await, 1);
        liaison.post("/inbox/read", &[]).await.is(303);
        assert_eq!(unread(&liaison).await, 0);
        let resume = [("reason", "汛情已过")];
        city.as_(Role::Chief).post(&format!("{item}/resumption"), &resume).await.is(303);
        city.catch_up().await;
        assert_eq!(unread(&liaison).await, 1);
        // After a month it is old, read or not.
        city.set_clock("2021-12-10", "09:00");
        assert_eq!(unread(&liaison).await, 0);
    });
}

/// All messages, as the follower left them.
async fn rows(tx: &mut Tx, city: &City) -> Vec<(String, uuid::Uuid, i64, String, Option<i64>)> {
    let sql = "SELECT seat, owner_id, seq, zh, settled_by FROM messages \
        WHERE jurisdiction_id = $1 ORDER BY seat, owner_id, seq";
    tx.all(sql, args![city.id()]).await.unwrap()
}

#[test]
fn trays_filled_again_hold_the_same_and_what_was_read_stays_read() {
    each_engine(plans, async |city| {
        // Signed by the chain of then, whatever it is later.
        let batch = drafted(&city).await;
        let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
        officer.post(&format!("{batch}/review"), &[]).await.is(303);
        let agreed = [("verdict", "agreed")];
        chief.post(&format!("{batch}/signature"), &agreed).await.is(303);
        city.catch_up().await;
        let leaders = told(&city.as_(Role::Leader), "waiting").await;
        assert_eq!(leaders, ["周交办事项清单 清单待审签。"]);
        city.as_(Role::Leader).post(&format!("{batch}/signature"), &agreed).await.is(303);
        officer.post(&format!("{batch}/issue"), &[]).await.is(303);
        let short = "officer,leader";
        let chain =
            [("weekly", short), ("interim", short), ("supplement", short), ("reason", "改革")];
        chief.post("/profiles/chain", &chain).await.is(303);
        // Readdressed, so that its unit is another one later.
        let item = card(&city, "产业园用地报批").await;
        let liaison = city.post("liaison of 临颍县");
        liaison.post(&format!("{item}/hand-back"), &[("reason", "用地在源汇区")]).await.is(303);
        let to = city.unit("源汇区").to_string();
        let decision = [("unit", to.as_str()), ("answer", "同意改派")];
        officer.post(&format!("{item}/hand-back/decision"), &decision).await.is(303);
        city.catch_up().await;
        let reader = city.post("head of 舞阳县");
        reader.post("/inbox/read", &[]).await.is(303);
        assert_eq!(unread(&reader).await, 0);
        let new = unread(&liaison).await;
        assert!(new > 0);

        let first = rows(&mut city.read().await, &city).await;
        let id = city.id();
        // Seen twice without being dropped, then dropped and filled again.
        for drop in [false, true] {
            city.db()
                .operate(id, async |tx| {
                    if drop {
                        tx.run("DELETE FROM messages WHERE jurisdiction_id = $1", args![id])
                            .await?;
                    }
                    let back = "DELETE FROM followers WHERE jurisdiction_id = $1 AND name = $2";
                    tx.run(back, args![id, "messages.inbox".to_owned()]).await
                })
                .await
                .unwrap();
            city.catch_up().await;
            assert_eq!(rows(&mut city.read().await, &city).await, first);
            assert_eq!(unread(&reader).await, 0, "read stays read");
            assert_eq!(unread(&liaison).await, new, "new stays new");
        }
    });
}

#[test]
fn a_message_of_another_tray_is_not_found() {
    each_engine(plans, async |city| {
        issued(&city).await;
        city.catch_up().await;
        let page = city.post("liaison of 临颍县").json_get("/inbox").await.json();
        let seq = page["items"][0]["seq"].as_i64().unwrap();
        let twin = city.twin().await;
        let strangers = [
            city.post("liaison of 源汇区"),
            city.as_(Role::Leader),
            city.as_(Role::Officer),
            twin.post("liaison of 临颍县"),
        ];
        for stranger in &strangers {
            for what in ["opening", "read"] {
                let path = format!("/inbox/{seq}/{what}");
                stranger.get(&path).await.is(404);
                stranger.post(&path, &[]).await.is(404);
            }
        }
        assert_eq!(unread(&city.post("liaison of 临颍县")).await, 1);
    });
}

#[test]
fn an_officer_is_told_of_the_own_area_and_of_what_nobody_looks_after() {
    each_engine(plans, async |city| {
        issued(&city).await;
        let item = card(&city, "产业园用地报批").await;
        let liaison = city.post("liaison of 临颍县");
        liaison.post(&format!("{item}/hand-back"), &[("reason", "用地在源汇区")]).await.is(303);
        city.catch_up().await;
        let (first, second) = (city.post("officer of 督查局"), city.post("officer of 督查局 2"));
        assert_eq!(told(&first, "waiting").await.len(), 1);
        assert!(told(&second, "waiting").await.is_empty());
        second.post("/inbox/read", &[]).await.is(303);
        assert_eq!(unread(&first).await, 1, "the other area stays new");
        // Nobody looks after it any more: everybody is told.
        let (path, unit) = (format!("/posts/{}/watches", first.held().post), city.unit("临颍县"));
        let other = city.unit("舞阳县").to_string();
        city.as_(Role::SecurityAdmin).post(&path, &[("units", &other)]).await.is(303);
        assert_eq!(told(&second, "waiting").await.len(), 1, "{unit} is looked after by nobody");
    });
}

#[test]
fn the_successor_a_stand_in_and_a_secretary_find_the_messages() {
    each_engine(plans, async |city| {
        issued(&city).await;
        city.catch_up().await;
        let liaison = city.post("liaison of 舞阳县");
        let person = city.as_(Role::Cadre).held().clone();
        let taken = NewPost {
            person: person.person,
            unit: liaison.held().unit,
            role: Role::Liaison,
            title: "联络员",
            represents: None,
            line: None,
            from: city.today(),
            to: None,
        };
        let mut post = None;
        city.program(async |act| {
            post = Some(found::take_post(act, &taken).await?);
            found::leave_post(act, liaison.held().post, city.today().plus(-1)).await
        })
        .await
        .unwrap();
        let successor = city.caller(Held { post: post.unwrap(), role: Role::Liaison, ..person });
        assert_eq!(told(&successor, "all").await.len(), 1);
        liaison.get("/inbox").await.is(303);

        // A leader's note that was followed up is told to the post, and seen by the secretary.
        let item = card(&city, "产业园用地报批").await;
        let secretary = city.as_(Role::Secretary);
        let note = [("note", "remark"), ("words", "请抓紧")];
        city.as_(Role::Leader).post(&format!("{item}/notes"), &note).await.is(303);
        let officer = city.as_(Role::Officer);
        let form = officer.json_get(&format!("{item}/notes/settlement")).await.is(200).json();
        let choice = form["fields"].as_array().unwrap().iter().find(|f| f["name"] == "note");
        let note = choice.unwrap()["choices"][0]["value"].as_str().unwrap().to_owned();
        let settled = [("note", note.as_str()), ("reason", "已纳入周报")];
        officer.post(&format!("{item}/notes/settlement"), &settled).await.is(303);
        city.catch_up().await;
        assert!(told(&secretary, "all").await[0].contains("批注已落实"));
        let seat = Seat::Post(city.as_(Role::Leader).held().post);
        assert!(Seat::of(&secretary.actor().await, None).contains(&seat));
    });
}
