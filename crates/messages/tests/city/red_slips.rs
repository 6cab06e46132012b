//! Whom a slip that a leader signs is put before: whoever is told can open it and sees what to do.

use kernel::Role;
use people::found::{self, NewLine};
use testkit::{City, each_engine};

use crate::plans;
use crate::week::{drafted_with, issue, told};

/// The posts of the leaders, the mayor first, who leads no line of work.
const LEADERS: [&str; 5] = [
    "leader of 漯河市",
    "leader of 漯河市 2",
    "leader of 漯河市 3",
    "leader of 漯河市 4",
    "leader of 漯河市 5",
];

/// Late express matters, each with a red slip that the chief has signed.
async fn before_the_leaders(city: &City, lines: &[&[(&'static str, &str)]]) {
    let batch = drafted_with(city, lines).await;
    issue(city, &batch).await;
    city.set_clock("2021-11-15", "09:00");
    let done = slips::reconcile::record(city.db(), city.id()).await.unwrap();
    assert_eq!(done.slips, lines.len());
    let (officer, chief) = (city.post("officer of 督查局"), city.as_(Role::Chief));
    let list = officer.json_get("/slips").await.is(200).json();
    for slip in list["items"].as_array().unwrap() {
        assert_eq!(slip["colour"], "red");
        let at = format!("/slips/{}", slip["id"].as_str().unwrap());
        officer.post(&format!("{at}/review"), &[]).await.is(303);
        chief.post(&format!("{at}/signature"), &[("verdict", "agreed")]).await.is(303);
    }
    city.catch_up().await;
}

/// The titles that a post is asked to sign, each opened from its message and found to be signable.
async fn asked(city: &City, post: &str) -> Vec<String> {
    let caller = city.post(post);
    let page = caller.json_get("/inbox?show=waiting").await.is(200).json();
    let mut asked = Vec::new();
    for message in page["items"].as_array().unwrap() {
        let opening = format!("/inbox/{}/opening", message["seq"]);
        let href = caller.post(&opening, &[]).await.is(303).goes_to();
        let slip = caller.get(&href).await.is(200);
        let sign = format!("{href}/signature");
        assert!(slip.attributes("a", "href").contains(&sign), "{post} is not shown what to do");
        caller.get(&sign).await.is(200);
        asked.push(message["about"].as_str().unwrap().split(' ').next_back().unwrap().to_owned());
    }
    asked.sort_unstable();
    asked
}

#[test]
fn a_red_slip_is_put_before_whoever_can_open_it() {
    each_engine(plans, async |city| {
        let unit = city.unit("临颍县").to_string();
        let (led, unled) = (city.line("项目建设"), city.line("城建交通"));
        city.program(async |act| {
            let line = NewLine { name: "城建交通", leader: None, department: None, sort: 4 };
            found::set_line(act, unled, &line).await
        })
        .await
        .unwrap();
        let (led, unled) = (led.to_string(), unled.to_string());
        let named = city.post("leader of 漯河市 3").held().post.to_string();
        let express = ("urgency", "express");
        let lead = ("lead", unit.as_str());
        before_the_leaders(
            &city,
            &[
                &[("title", "有领导的"), lead, express, ("leader", &named), ("work_line", &led)],
                &[("title", "有条线的"), lead, express, ("work_line", &led)],
                &[("title", "条线没有领导的"), lead, express, ("work_line", &unled)],
                &[("title", "没有条线的"), lead, express],
            ],
        )
        .await;
        // The one who led the line before is at large now, as the mayor is.
        let of_none: &[&str] = &["条线没有领导的", "没有条线的"];
        let expected: [&[&str]; 5] = [of_none, &["有条线的"], &["有领导的"], &[], of_none];
        for (post, expected) in LEADERS.iter().zip(expected) {
            assert_eq!(asked(&city, post).await, expected, "{post}");
        }
        // The mayor's secretary has what the mayor has; one signature settles it for all.
        assert_eq!(asked(&city, "secretary of 漯河市").await.len(), 2);
        let (mayor, other) = (city.post(LEADERS[0]), city.post(LEADERS[4]));
        let page = mayor.json_get("/inbox?show=waiting").await.json();
        let opening = format!("/inbox/{}/opening", page["items"][0]["seq"]);
        let href = mayor.post(&opening, &[]).await.is(303).goes_to();
        mayor.post(&format!("{href}/signature"), &[("verdict", "agreed")]).await.is(303);
        city.catch_up().await;
        for caller in [&mayor, &other] {
            assert_eq!(told(caller, "waiting").await.len(), 1);
        }
        city.verify().await;
    });
}

#[test]
fn where_every_leader_leads_a_line_what_is_of_none_is_with_all_of_them() {
    each_engine(plans, async |city| {
        let unit = city.unit("临颍县").to_string();
        let mayor = city.post(LEADERS[0]).held().post;
        city.program(async |act| {
            let line =
                NewLine { name: "全面工作", leader: Some(mayor), department: None, sort: 9 };
            found::add_line(act, &line).await.map(|_| ())
        })
        .await
        .unwrap();
        let line = [("title", "没有条线的"), ("lead", &unit), ("urgency", "express")];
        before_the_leaders(&city, &[&line]).await;
        for post in LEADERS {
            assert_eq!(asked(&city, post).await, ["没有条线的"], "{post}");
        }
    });
}
