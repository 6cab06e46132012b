//! What leaves the program: once, in the hours of the office, and until it arrived.

use kernel::{Role, Subject, SubjectKind};
use messages::channel::Channels;
use messages::mail::Protection;
use messages::sending::{self, Round};
use serde_json::Value;
use testkit::{Caller, City, each_engine};
use uuid::Uuid;

use crate::plans;
use crate::servers::{Certified, Gateway, MailServer, webhook, webhook_by};
use crate::week::{card, issued};

/// Gives the holder of a post a mail address.
async fn with_mail(city: &City, post: &Caller, mail: &str) {
    let person = Subject::new(SubjectKind::Person, post.held().person);
    city.program(async |act| act.seal(person, "mail", mail).await).await.unwrap();
}

fn by_mail(server: &MailServer) -> Channels {
    let site = Some("https://duban.example/city/".to_owned());
    Channels { mail: Some(server.mail()), webhook: None, site }
}

async fn round(city: &City, channels: &Channels) -> Round {
    city.catch_up().await;
    sending::round(city.db(), city.id(), channels, Uuid::from_u128(1)).await.unwrap()
}

async fn listed(city: &City, show: &str) -> Vec<Value> {
    let page = city.as_(Role::Chief).json_get(&format!("/deliveries?show={show}")).await;
    page.is(200).json()["items"].as_array().unwrap().clone()
}

#[test]
fn a_post_gets_one_digest_a_day_however_many_nodes_there_are() {
    each_engine(plans, async |city| {
        let (server, liaison) = (MailServer::start().await, city.post("liaison of 临颍县"));
        with_mail(&city, &liaison, "linying@luohe.example").await;
        issued(&city).await;
        city.catch_up().await;
        let channels = by_mail(&server);
        city.set_clock("2021-11-01", "08:29");
        assert_eq!(round(&city, &channels).await, Round::default(), "not yet");
        city.set_clock("2021-11-01", "08:30");
        let (db, id) = (city.db(), city.id());
        let rounds = tokio::join!(
            sending::round(db, id, &channels, Uuid::from_u128(1)),
            sending::round(db, id, &channels, Uuid::from_u128(2)),
        );
        let sent = rounds.0.unwrap().sent + rounds.1.unwrap().sent;
        assert_eq!(sent, 1);
        round(&city, &channels).await;
        city.set_clock("2021-11-01", "19:00");
        round(&city, &channels).await;
        let mails = server.mails();
        assert_eq!(mails.len(), 1);
        let mail = &mails[0];
        assert_eq!(mail.to, "linying@luohe.example");
        let (text, html) = (mail.text(), mail.html());
        assert!(
            text.contains("临颍县联络员") && text.contains("交办本单位 1 项，请签收"),
            "{text}"
        );
        assert!(text.contains("Issued to your unit: 1"), "{text}");
        assert!(text.find("等您办理").unwrap() < text.find("Waits for you").unwrap());
        assert!(text.contains("https://duban.example/city/inbox"), "{text}");
        assert!(html.contains("交办本单位 1 项") && !html.contains("<script"), "{html}");
        assert_eq!(mail.header("auto-submitted"), "Auto-Submitted: auto-generated");
        assert!(mail.header("message-id").contains("@luohe.example>"));
        city.verify().await;
    });
}

#[test]
fn over_holidays_and_after_a_standstill_there_is_one_digest_and_not_one_a_day() {
    each_engine(plans, async |city| {
        let (server, liaison) = (MailServer::start().await, city.post("liaison of 临颍县"));
        with_mail(&city, &liaison, "linying@luohe.example").await;
        issued(&city).await;
        let channels = by_mail(&server);
        // A weekend, a night and the days on which nobody had the program running.
        for (day, time) in [
            ("2021-11-06", "10:00"),
            ("2021-11-07", "10:00"),
            ("2021-11-08", "07:59"),
            ("2021-11-08", "20:00"),
        ] {
            city.set_clock(day, time);
            assert_eq!(round(&city, &channels).await, Round::default(), "{day} {time}");
        }
        city.set_clock("2021-11-11", "15:20");
        assert_eq!(round(&city, &channels).await.sent, 1);
        assert_eq!(round(&city, &channels).await, Round::default());
        let text = server.mails()[0].text();
        // Due on the twelfth.
        assert!(text.contains("即将到期") && text.contains("产业园用地报批"), "{text}");
        city.set_clock("2021-11-15", "09:00");
        assert_eq!(round(&city, &channels).await.sent, 1);
        assert!(server.mails()[1].text().contains("已逾期"));
    });
}

#[test]
fn the_city_says_when_the_digest_leaves_and_a_person_whether() {
    each_engine(plans, async |city| {
        let (server, liaison) = (MailServer::start().await, city.post("liaison of 临颍县"));
        with_mail(&city, &liaison, "linying@luohe.example").await;
        issued(&city).await;
        let channels = by_mail(&server);
        let system = city.as_(Role::SystemAdmin);
        let fields = [
            ("yellow_days", "3"),
            ("account_level", "unit"),
            ("digest_at", "14:30"),
            ("reason", "县区要求"),
        ];
        system.post("/settings/thresholds", &fields).await.is(303);
        assert!(system.get("/settings").await.is(200).text().contains("14:30"));
        let wrong = [
            ("yellow_days", "3"),
            ("account_level", "unit"),
            ("digest_at", "03:00"),
            ("reason", "x"),
        ];
        system.post("/settings/thresholds", &wrong).await.is(422);
        city.set_clock("2021-11-02", "14:29");
        assert_eq!(round(&city, &channels).await.written, 0);
        liaison.post("/account/digest", &[]).await.is(303);
        assert!(liaison.get("/account").await.text().contains("不接收"));
        city.set_clock("2021-11-02", "14:30");
        assert_eq!(round(&city, &channels).await.written, 0, "not wanted");
        liaison.post("/account/digest", &[("digest", "1")]).await.is(303);
        assert_eq!(round(&city, &channels).await.sent, 1);
    });
}

#[test]
fn urgent_messages_leave_at_once_but_not_at_night_and_once_for_all() {
    each_engine(plans, async |city| {
        let server = MailServer::start().await;
        let (wuyang, linying) = (city.post("liaison of 舞阳县"), city.post("liaison of 临颍县"));
        with_mail(&city, &wuyang, "wuyang@luohe.example").await;
        with_mail(&city, &linying, "linying@luohe.example").await;
        // Who wants no digest is told of what is urgent.
        wuyang.post("/account/digest", &[]).await.is(303);
        let channels = by_mail(&server);
        city.set_clock("2021-11-01", "08:10");
        assert_eq!(round(&city, &channels).await, Round::default());
        city.set_clock("2021-11-01", "21:00");
        issued(&city).await;
        assert_eq!(round(&city, &channels).await, Round::default(), "not at night");
        city.set_clock("2021-11-02", "08:00");
        assert_eq!(round(&city, &channels).await.sent, 1);
        let mails = server.mails();
        assert_eq!(mails[0].to, "wuyang@luohe.example");
        assert!(mails[0].text().contains("急件"), "{}", mails[0].text());
        assert_eq!(round(&city, &channels).await, Round::default());
        city.set_clock("2021-11-02", "08:31");
        let told = round(&city, &channels).await;
        assert_eq!((told.sent, server.mails().len()), (1, 2), "the digest of the other");
        assert_eq!(server.mails()[1].to, "linying@luohe.example");
    });
}

#[test]
fn what_was_read_or_done_before_the_hour_is_not_urgent_any_more() {
    each_engine(plans, async |city| {
        let server = MailServer::start().await;
        let wuyang = city.post("liaison of 舞阳县");
        with_mail(&city, &wuyang, "wuyang@luohe.example").await;
        let channels = by_mail(&server);
        round(&city, &channels).await;
        city.set_clock("2021-11-01", "20:30");
        issued(&city).await;
        city.catch_up().await;
        wuyang.post("/inbox/read", &[]).await.is(303);
        city.set_clock("2021-11-02", "08:05");
        assert_eq!(round(&city, &channels).await, Round::default());
    });
}

#[test]
fn a_mail_that_is_refused_is_tried_again_and_then_listed() {
    each_engine(plans, async |city| {
        let (server, liaison) = (MailServer::start().await, city.post("liaison of 临颍县"));
        with_mail(&city, &liaison, "linying@luohe.example").await;
        issued(&city).await;
        let channels = by_mail(&server);
        city.set_clock("2021-11-01", "08:30");
        server.refuse(Some("451 later"));
        assert_eq!(round(&city, &channels).await.failed, 1);
        assert_eq!(round(&city, &channels).await, Round::default(), "not within the minute");
        city.set_clock("2021-11-01", "08:32");
        server.refuse(Some("550 unknown"));
        assert_eq!(round(&city, &channels).await.failed, 1);
        let failed = listed(&city, "failed").await;
        assert_eq!(failed.len(), 1, "an unknown addressee is not tried eight times");
        let error = failed[0]["error"].as_str().unwrap();
        assert!(error.contains("550") && !error.contains("linying@"), "{error}");
        assert_eq!(failed[0]["post"], "临颍县联络员");
        // The bureau has it tried again; who may not see it finds nothing.
        let path = format!("/deliveries/{}/attempt", failed[0]["id"].as_str().unwrap());
        liaison.post(&path, &[]).await.is(404);
        city.twin().await.as_(Role::Chief).post(&path, &[]).await.is(404);
        server.refuse(None);
        let chief = city.as_(Role::Chief);
        chief.post(&path, &[]).await.is(303);
        chief.post(&path, &[]).await.is(409);
        assert_eq!(round(&city, &channels).await.sent, 1);
        assert_eq!(listed(&city, "sent").await.len(), 1);
        // It is forgotten after thirty days.
        city.set_clock("2021-12-02", "22:00");
        round(&city, &channels).await;
        assert!(listed(&city, "sent").await.is_empty());
    });
}

#[test]
fn who_has_left_the_post_gets_nothing_more() {
    each_engine(plans, async |city| {
        let (server, liaison) = (MailServer::start().await, city.post("liaison of 临颍县"));
        with_mail(&city, &liaison, "linying@luohe.example").await;
        issued(&city).await;
        let channels = by_mail(&server);
        city.set_clock("2021-11-01", "08:30");
        server.refuse(Some("451 later"));
        assert_eq!(round(&city, &channels).await.failed, 1);
        server.refuse(None);
        let (post, last) = (liaison.held().post, city.today().plus(-1));
        city.program(async |act| people::found::leave_post(act, post, last).await).await.unwrap();
        city.set_clock("2021-11-01", "08:40");
        assert_eq!(round(&city, &channels).await.failed, 1);
        assert!(server.mails().is_empty());
        assert!(
            listed(&city, "failed").await[0]["error"].as_str().unwrap().contains("任职已经结束")
        );
    });
}

#[test]
fn a_restricted_item_is_not_told_outside() {
    each_engine(plans, async |city| {
        let (server, head) = (MailServer::start().await, city.post("head of 临颍县"));
        with_mail(&city, &head, "head@luohe.example").await;
        issued(&city).await;
        let item = card(&city, "产业园用地报批").await;
        let id: Uuid = item.rsplit('/').next().unwrap().parse().unwrap();
        // No form restricts an item later; the row stands in for one that was issued so.
        city.db()
            .operate(city.id(), async |tx| {
                let sql =
                    "UPDATE assignments SET restricted = $3 WHERE jurisdiction_id = $1 AND id = $2";
                tx.run(sql, journal::args![city.id(), id, true]).await
            })
            .await
            .unwrap();
        city.set_clock("2021-11-11", "09:00");
        assert_eq!(round(&city, &by_mail(&server)).await.sent, 1);
        let text = server.mails()[0].text();
        assert!(text.contains("限定知悉范围") && !text.contains("产业园"), "{text}");
    });
}

#[test]
fn the_gateway_gets_a_signed_message_with_the_same_identifier_at_each_try() {
    each_engine(plans, async |city| {
        let gateway = Gateway::start().await;
        issued(&city).await;
        let channels = Channels { webhook: Some(gateway.webhook()), ..Channels::default() };
        city.set_clock("2021-11-01", "08:30");
        gateway.answer("503 Busy");
        let first = round(&city, &channels).await;
        assert!(first.written > 3, "{first:?}");
        assert_eq!((first.sent, first.failed), (0, 3), "then it is left alone for a while");
        gateway.answer("200 OK");
        city.set_clock("2021-11-01", "08:32");
        assert_eq!(round(&city, &channels).await.sent, first.written);
        let pushed = gateway.pushed();
        assert!(pushed.iter().all(crate::servers::Pushed::is_genuine));
        let account = pushed[0].json()["to"]["account"].clone();
        let mine: Vec<_> = pushed.iter().filter(|p| p.json()["to"]["account"] == account).collect();
        assert_eq!(mine.len(), 2, "once more after the failure");
        assert_eq!(mine[0].header("webhook-id"), mine[1].header("webhook-id"));
        let (body, id) = (mine[1].json(), mine[1].header("webhook-id"));
        assert_eq!((body["id"].as_str().unwrap(), body["type"].as_str().unwrap()), (id, "digest"));
        assert!(body["title"]["zh"].as_str().unwrap().contains("每日摘要"));
        assert!(pushed.iter().any(|p| p.body.contains("请签收")));
        assert!(!mine[1].body.contains("0395-"), "no telephone leaves");
        assert!(mine[1].head.starts_with("POST /push?office=1 HTTP/1.1"), "{}", mine[1].head);
        let mut forged = mine[1].clone();
        forged.body = forged.body.replace("digest", "urgent");
        assert!(!forged.is_genuine());
    });
}

#[test]
fn a_gateway_that_fails_eight_times_is_given_up_and_tried_again_on_demand() {
    each_engine(plans, async |city| {
        let gateway = Gateway::start().await;
        let channels = Channels { webhook: Some(gateway.webhook()), ..Channels::default() };
        let chief = city.as_(Role::Chief);
        chief.post("/deliveries/test", &[("channel", "webhook")]).await.is(303);
        gateway.answer("500 Broken");
        let mut tries = 0;
        for hour in 0..40 {
            city.pass_minutes(60);
            tries += round(&city, &channels).await.failed;
            assert!(hour < 39 || tries == 8, "{tries}");
        }
        assert_eq!((tries, gateway.pushed().len()), (8, 8));
        let failed = listed(&city, "failed").await;
        assert!(failed[0]["error"].as_str().unwrap().contains("500"));
        gateway.answer("204 No Content");
        chief.post("/deliveries/attempts", &[]).await.is(303);
        assert_eq!(round(&city, &channels).await.sent, 1);
    });
}

#[test]
fn a_redirect_is_not_followed_and_a_private_address_behind_a_name_not_reached() {
    each_engine(plans, async |city| {
        let (gateway, elsewhere) = (Gateway::start().await, Gateway::start().await);
        let system = city.as_(Role::SystemAdmin);
        let test = [("channel", "webhook")];
        gateway.answer(&format!("302 Found\r\nlocation: http://127.0.0.1:{}/", elsewhere.port));
        let channels = Channels { webhook: Some(gateway.webhook()), ..Channels::default() };
        system.post("/deliveries/test", &test).await.is(303);
        assert_eq!(round(&city, &channels).await.failed, 1);
        assert!(elsewhere.pushed().is_empty());
        assert!(listed(&city, "failed").await[0]["error"].as_str().unwrap().contains("302"));

        let url = format!("https://localhost:{}/", elsewhere.port);
        assert!(webhook(&url, &["127.0.0.1"]).is_err(), "a name that is not listed");
        let named = webhook(&url, &["localhost"]).unwrap();
        let channels = Channels { webhook: Some(named), ..Channels::default() };
        system.post("/deliveries/test", &test).await.is(303);
        assert_eq!(round(&city, &channels).await.failed, 1);
        let failed = listed(&city, "failed").await;
        assert!(failed[0]["error"].as_str().unwrap().contains("--webhook-allow"), "{failed:?}");
        assert!(elsewhere.pushed().is_empty());
    });
}

#[test]
fn a_test_goes_to_oneself_also_at_night_and_says_what_is_missing() {
    each_engine(plans, async |city| {
        let (server, chief) = (MailServer::start().await, city.as_(Role::Chief));
        let test = [("channel", "mail")];
        let refused = chief.post("/deliveries/test", &test).await.is(422);
        assert!(refused.text().contains("登记邮箱"));
        chief.post("/deliveries/test", &[("channel", "pigeon")]).await.is(422);
        with_mail(&city, &chief, "chief@luohe.example").await;
        city.set_clock("2021-11-06", "23:00");
        chief.post("/deliveries/test", &test).await.is(303);
        assert_eq!(round(&city, &Channels::default()).await.failed, 1);
        let error = listed(&city, "failed").await[0]["error"].as_str().unwrap().to_owned();
        assert!(error.contains("--mail-host"), "{error}");
        chief.post("/deliveries/test", &test).await.is(303);
        assert_eq!(round(&city, &by_mail(&server)).await.sent, 1);
        assert!(server.mails()[0].text().contains("这是一条测试消息"));
        for _ in 0..18 {
            chief.post("/deliveries/test", &test).await.is(303);
        }
        chief.post("/deliveries/test", &test).await.is(409);
    });
}

#[test]
fn a_refused_form_shows_the_bell_with_its_count() {
    each_engine(plans, async |city| {
        issued(&city).await;
        city.catch_up().await;
        let liaison = city.post("liaison of 临颍县");
        let count = |page: &testkit::Page| page.select(".bell-count").first().cloned();
        let shown = liaison.get("/account/password").await.is(200);
        let refused = liaison.post("/account/password", &[]).await.is(422);
        assert_eq!(count(&shown).as_deref(), Some("1"));
        assert_eq!(count(&shown), count(&refused));
    });
}

#[test]
fn mail_and_webhook_are_encrypted_and_an_unknown_certificate_is_refused() {
    each_engine(plans, async |city| {
        let certified = Certified::new();
        let server = MailServer::start_with(Some(&certified)).await;
        let gateway = Gateway::start_with(Some(&certified)).await;
        let chief = city.as_(Role::Chief);
        with_mail(&city, &chief, "chief@luohe.example").await;
        let (url, allowed) =
            (format!("https://localhost:{}/", gateway.port), ["localhost", "127.0.0.1"]);
        let known = |known: bool| {
            let stranger = Certified::new();
            let file = if known { certified.file.path() } else { stranger.file.path() };
            let mail = server.mail_by("localhost", Protection::Tls, Some(file));
            let webhook = webhook_by(&url, &allowed, Some(file)).unwrap();
            Channels { mail: Some(mail), webhook: Some(webhook), site: None }
        };
        for channel in ["mail", "webhook"] {
            chief.post("/deliveries/test", &[("channel", channel)]).await.is(303);
        }
        assert_eq!(round(&city, &known(false)).await.failed, 2);
        assert!(server.mails().is_empty() && gateway.pushed().is_empty());
        city.pass_minutes(2);
        assert_eq!(round(&city, &known(true)).await.sent, 2);
        assert!(gateway.pushed()[0].is_genuine());
        assert_eq!(server.mails().len(), 1);
    });
}

#[test]
fn nothing_is_said_in_clear_to_a_server_that_cannot_encrypt() {
    each_engine(plans, async |city| {
        let (server, chief) = (MailServer::start().await, city.as_(Role::Chief));
        with_mail(&city, &chief, "chief@luohe.example").await;
        chief.post("/deliveries/test", &[("channel", "mail")]).await.is(303);
        let mail = Some(server.mail_by("127.0.0.1", Protection::StartTls, None));
        let channels = Channels { mail, ..Channels::default() };
        assert_eq!(round(&city, &channels).await.failed, 1);
        assert!(server.mails().is_empty());
    });
}
