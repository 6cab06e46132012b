//! Whom the facts of this room concern.

use kernel::{Role, SubjectKind};
use people::notice::{Need, Seat};
use testkit::{City, each_engine};

use crate::common::{added, check, early, enter, plans, value};

/// Whom the newest fact of a kind tells, whether they have to act, and what opens.
async fn told(city: &City, kind: &str) -> (Vec<(Seat, Need, SubjectKind)>, usize) {
    let facts = city.facts(40).await;
    let fact = facts.iter().find(|f| f.kind == kind).unwrap();
    let told = indicators::notice::tell(fact, &mut city.read().await).await.unwrap();
    let notices = told.notices.into_iter().map(|n| (n.seat, n.need, n.subject.kind));
    (notices.collect(), told.settled.len())
}

#[test]
fn units_are_told_of_checked_values_and_the_bureau_of_waiting_ones() {
    each_engine(plans, async |city| {
        let city = early(&city).await;
        let card = added(&city, ("全省位次", "number")).await;
        assert_eq!(told(&city, "indicator_added").await, (Vec::new(), 0));
        enter(&city, &card, "2021-10", ["12", "3", ""]).await;
        let department = city.unit("市发展改革委");
        let asked = |seat| (seat, Need::Act, SubjectKind::IndicatorSheet);
        let waiting = vec![asked(Seat::Officer), asked(Seat::Head(department))];
        assert_eq!(told(&city, "observations_entered").await, (waiting, 1));
        let officer = city.as_(Role::Officer);
        let (first, second) = (
            value(&officer, (&card, "2021-10"), "临颍县").await["id"].as_str().unwrap().to_owned(),
            value(&officer, (&card, "2021-10"), "舞阳县").await["id"].as_str().unwrap().to_owned(),
        );
        let fields = [
            ("whole", "each"),
            ("values.0.observation", first.as_str()),
            ("values.0.verdict", "agreed"),
        ];
        officer.post(&format!("{card}/2021-10/check"), &fields).await.is(303);
        let shown = |unit: &str| {
            let seats = Seat::of_unit(city.unit(unit));
            seats.map(|seat| (seat, Need::Know, SubjectKind::Observation)).to_vec()
        };
        assert_eq!(
            told(&city, "observations_checked").await,
            (shown("临颍县"), 0),
            "one still waits"
        );
        let fields = [
            ("whole", "each"),
            ("values.0.observation", second.as_str()),
            ("values.0.verdict", "returned"),
            ("values.0.remark", "与通报不符"),
        ];
        officer.post(&format!("{card}/2021-10/check"), &fields).await.is(303);
        let by = crate::common::enterer(&city).held().post;
        assert_eq!(told(&city, "observations_checked").await, (vec![asked(Seat::Post(by))], 1));
        enter(&city, &card, "2021-10", ["11", "5", ""]).await;
        check(&city, &card, "2021-10").await;
        let mut both = shown("临颍县");
        both.extend(shown("舞阳县"));
        let (mut notices, settled) = told(&city, "observations_checked").await;
        notices.sort_by_key(|(seat, ..)| *seat);
        both.sort_by_key(|(seat, ..)| *seat);
        assert_eq!((notices, settled), (both, 1));
        let id =
            value(&officer, (&card, "2021-10"), "舞阳县").await["id"].as_str().unwrap().to_owned();
        let away = format!("/observations/{id}/withdrawal");
        officer.post(&away, &[("reason", "省里撤回")]).await.is(303);
        assert_eq!(told(&city, "observation_withdrawn").await, (shown("舞阳县"), 0));
    });
}
