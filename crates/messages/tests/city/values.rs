//! Whom a checked value is put before: its unit finds it in the tray and opens it with its source.

use kernel::Role;
use testkit::each_engine;

use crate::plans;

#[test]
fn a_unit_opens_its_checked_value_from_its_tray_and_the_check_waits_no_longer() {
    each_engine(plans, async |city| {
        let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
        let (unit, group) = (city.unit("临颍县").to_string(), city.group("县区组").to_string());
        let indicator = [
            ("name", "全省位次"),
            ("kind", "number"),
            ("measured_in", "位"),
            ("better", "low"),
            ("definition", "省里通报的位次"),
            ("source", "省通报"),
            ("groups", group.as_str()),
            ("sort", "1"),
            ("from", "2021-11"),
        ];
        let card = chief.post("/indicators/new", &indicator).await.is(303).goes_to();
        let values = [
            ("source_title", "全省通报"),
            ("source_on", "2021-11-01"),
            ("numbers.0.unit", unit.as_str()),
            ("numbers.0.numerator", "12"),
        ];
        chief.post(&format!("{card}/2021-11/values"), &values).await.is(303);
        city.catch_up().await;
        let waiting = async || {
            let page = officer.json_get("/inbox?show=waiting").await.is(200).json();
            page["items"].as_array().unwrap().clone()
        };
        let asked = waiting().await;
        assert_eq!(asked.len(), 1, "{asked:?}");
        let opening = format!("/inbox/{}/opening", asked[0]["seq"]);
        let sheet = officer.post(&opening, &[]).await.is(303).goes_to();
        assert_eq!(sheet.split('?').next().unwrap(), format!("{card}/2021-11"));
        let page = officer.json_get(&sheet).await.is(200).json();
        let id = page["items"][0]["value"]["id"].as_str().unwrap().to_owned();
        let check = [("whole", "agreed"), ("values.0.observation", id.as_str())];
        officer.post(&format!("{card}/2021-11/check"), &check).await.is(303);
        city.catch_up().await;
        assert!(waiting().await.is_empty(), "the check is done");
        let liaison = city.post("liaison of 临颍县");
        let told = liaison.json_get("/inbox?show=all").await.is(200).json();
        let message = &told["items"][0];
        assert_eq!(message["about"], "全省位次 2021年11月");
        let opening = format!("/inbox/{}/opening", message["seq"]);
        let href = liaison.post(&opening, &[]).await.is(303).goes_to();
        assert!(href.starts_with(&format!("/observations/{id}")), "{href}");
        assert!(liaison.get(&href).await.is(200).text().contains("全省通报"));
        city.verify().await;
    });
}
