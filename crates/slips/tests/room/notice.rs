//! Whom the facts of this room concern.

#![expect(clippy::unwrap_used, reason = "a test may end by what it did not find")]

use crate::common::{Line, issue, issued, lead, plans, round, slip};
use kernel::Role;
use people::notice::{Need, Seat};
use testkit::{City, each_engine};

/// Whom the newest fact of a kind tells, and whether they have to act.
async fn told(city: &City, kind: &str) -> Vec<(Seat, Need)> {
    let facts = city.facts(40).await;
    let fact = facts.iter().find(|f| f.kind == kind).unwrap();
    let told = slips::notice::tell(fact, &mut city.read().await).await.unwrap();
    told.notices.into_iter().map(|n| (n.seat, n.need)).collect()
}

#[test]
fn whoever_has_a_slip_in_hand_is_told_to_act() {
    each_engine(plans, async |city| {
        let more = [lead(&city, "临颍县")];
        issued(&city, &[Line { title: "产业园用地报批", due: "2021-11-12", more: &more }]).await;
        let unit = city.unit("临颍县");
        let both = |need| Seat::of_unit(unit).map(|seat| (seat, need)).to_vec();
        city.set_clock("2021-11-15", "09:00");
        round(&city).await;
        assert_eq!(told(&city, "assignment_reminded").await, both(Need::Know));
        assert_eq!(told(&city, "slip_drafted").await, [(Seat::Officer, Need::Act)]);
        let slip = slip(&city, "产业园用地报批").await;
        let (officer, head) = (city.post("officer of 督查局"), city.post("head of 临颍县"));
        officer.post(&format!("{slip}/review"), &[]).await.is(303);
        assert_eq!(told(&city, "slip_signed").await, [(Seat::Chief, Need::Act)]);
        let back = [("verdict", "returned"), ("note", "补充")];
        city.as_(Role::Chief).post(&format!("{slip}/signature"), &back).await.is(303);
        assert_eq!(told(&city, "slip_signed").await, [(Seat::Officer, Need::Act)]);
        issue(&city, &slip).await;
        assert_eq!(told(&city, "slip_issued").await, both(Need::Act));
        let post = head.held().post.to_string();
        let answer = [("done", "已补办"), ("responsible", post.as_str())];
        head.post(&format!("{slip}/answers"), &answer).await.is(303);
        assert_eq!(told(&city, "slip_answered").await, [(Seat::Head(unit), Need::Act)]);
        assert_eq!(told(&city, "slip_answer_signed").await, [(Seat::Officer, Need::Act)]);
        let agreed = [("verdict", "agreed")];
        officer.post(&format!("{slip}/answers/verdict"), &agreed).await.is(303);
        assert_eq!(told(&city, "slip_answer_judged").await, both(Need::Know));
        assert_eq!(told(&city, "subjects_linked").await, []);
    });
}
