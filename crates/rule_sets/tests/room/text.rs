//! The document as text: mistakes with their places, hostile texts answered at once.

use std::time::{Duration, Instant};

use crate::common::{RULES, begun, plans, staged, version};
use kernel::Role;
use testkit::each_engine;

#[test]
fn mistakes_are_told_with_line_and_column_and_the_text_stays() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let card = begun(&city, "XQ", RULES).await;
        let path = format!("{card}/text");
        let wrong = RULES.replace("0.95", "95%");
        let before = city.seq().await;
        let page = officer.post(&path, &[("yaml", &wrong)]).await.is(422);
        assert_eq!(city.seq().await, before);
        let told = page.select(".text-problems pre");
        assert!(
            told[0].contains("第22行") && told[0].contains("95%") && told[0].contains('^'),
            "{told:?}"
        );
        assert!(page.select("textarea[name=yaml]")[0].contains("95%"));
        let english = officer.with("accept-language", "en").post(&path, &[("yaml", &wrong)]).await;
        assert!(english.is(422).text().contains("line 22, column"));
        // It may be kept all the same; then nothing else is written until it is mended or dropped.
        officer.post(&path, &[("yaml", &wrong), ("keep", "1")]).await.is(303);
        let page = officer.get(&path).await.is(200);
        assert!(page.select("textarea[name=yaml]")[0].contains("95%"));
        assert!(page.has(".text-problems"));
        assert_eq!(version(&city, &card, 1).await["has_unread_text"], true);
        officer.post(&format!("{card}/submission"), &[]).await.is(409);
        officer.post(&path, &[("drop", "1")]).await.is(303);
        assert_eq!(version(&city, &card, 1).await["has_unread_text"], false);
        // A file counts before what is typed; code and version stay what is recorded.
        let file = RULES.replace("编号: XQ", "编号: YY").replace("版本: 1", "版本: 9");
        let file = staged(&city, &officer, ("办法.yaml", file.into_bytes())).await;
        officer.post(&path, &[("yaml", "x"), ("file", &file)]).await.is(303);
        let yaml = officer.get(&format!("{card}/versions/1/yaml")).await.is(200);
        let yaml = String::from_utf8(yaml.bytes().to_vec()).unwrap();
        assert!(yaml.contains("编号: XQ") && yaml.contains("版本: \"1\""), "{yaml}");
        let pdf = crate::common::pdf(&city, &officer).await;
        officer.post(&path, &[("file", &pdf)]).await.is(422);
        city.verify().await;
    });
}

#[test]
fn hostile_texts_are_answered_at_once() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let card = begun(&city, "XQ", RULES).await;
        let path = format!("{card}/text");
        let before = city.seq().await;
        let open = "(".repeat(100_000);
        let formula =
            RULES.replace("{比率: {目标: \"0.95\"}}", &format!("{{公式: {{式: \"{open}\"}}}}"));
        let nested = format!("办法: {}", "[".repeat(100_000));
        let deep = format!("办法: {}x", "- ".repeat(50_000));
        let anchors = "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]".to_owned();
        for text in [formula, nested, deep, anchors] {
            for keep in ["", "1"] {
                let begun = Instant::now();
                let page = officer.post(&path, &[("yaml", &text), ("keep", keep)]).await;
                assert!(matches!(page.status(), 303 | 409 | 422), "{}", page.status());
                assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
            }
            officer.post(&path, &[("drop", "1")]).await;
        }
        let huge = "x".repeat(2 << 20);
        officer.post(&path, &[("yaml", &huge)]).await.is(413);
        let huge = staged(&city, &officer, ("大.yaml", huge.into_bytes())).await;
        officer.post(&path, &[("file", &huge)]).await.is(422);
        let many: Vec<_> = (0..3_000).map(|n| format!("doc.组别.{n}.名称")).collect();
        let many: Vec<_> = many.iter().map(|name| (name.as_str(), "x")).collect();
        let begun = Instant::now();
        officer.post(&format!("{card}/draft/groups"), &many).await.is(422);
        assert!(begun.elapsed() < Duration::from_secs(5));
        assert!(city.seq().await > before);
        city.verify().await;
    });
}
