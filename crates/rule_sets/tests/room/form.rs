//! The form of a part: rows without script, other fields for another choice, and nothing lost.

use crate::common::{RULES, begun, filled, plans, send, version, write};
use kernel::Role;
use testkit::each_engine;

#[test]
fn rows_come_and_go_without_a_fact_and_what_was_typed_stays() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let card = begun(&city, "XQ", RULES).await;
        let path = format!("{card}/draft/groups");
        let before = city.seq().await;
        let page = officer.get(&path).await.is(200);
        let typed = [("doc.组别.0.名称", "县区 组"), ("do", "add:doc.组别")];
        let page = send(&officer, &path, (filled(&page), &typed)).await.is(200);
        let held = filled(&page);
        let value = |name: &str| held.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        assert_eq!(value("doc.组别.0.名称"), Some("县区 组"));
        assert_eq!(value("doc.组别.2.名称"), Some(""));
        let page = send(&officer, &path, (held, &[("do", "remove:doc.组别.1")])).await.is(200);
        assert_eq!(city.seq().await, before, "a step of the form left a fact");
        send(&officer, &path, (filled(&page), &[])).await.is(303);
        assert_eq!(city.kinds(1).await, ["rule_set_written"]);
        // Blank rows are left out; what is wrong is kept and told at its field with what exists.
        let page = officer.get(&path).await.is(200);
        let told = page.select("[id='f-doc.组别.0.名称-error']");
        assert!(told[0].contains("最接近的是“县区组”"), "{told:?}");
        assert!(!page.has("[id='f-doc.组别.1.名称']"));
        let english = officer.with("accept-language", "en").get(&path).await.is(200);
        let told = english.select("[id='f-doc.组别.0.名称-error']");
        assert!(told[0].contains("the nearest is “县区组”"), "{told:?}");
        city.verify().await;
    });
}

#[test]
fn another_method_shows_its_own_fields_and_going_back_finds_the_former() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let card = begun(&city, "XQ", RULES).await;
        let path = format!("{card}/draft/item-0-0");
        let page = officer.get(&path).await.is(200);
        assert!(page.has("[name='doc.计分.比率.目标'][value='0.95']"));
        let before = city.seq().await;
        // Saving with another method than the one whose fields stand there asks for its fields first.
        let page = send(&officer, &path, (filled(&page), &[("doc.计分.~", "逐件")])).await.is(200);
        assert!(page.has("[name='doc.计分.逐件.从满分起']"), "{}", page.source());
        assert!(page.has("input[type='hidden'][name='doc.计分.比率.目标'][value='0.95']"));
        assert!(page.text().contains("换了选项"), "{}", page.text());
        let back = [("doc.计分.~", "比率"), ("do", "choose")];
        let page = send(&officer, &path, (filled(&page), &back)).await.is(200);
        assert!(page.has("input[type='text'][name='doc.计分.比率.目标'][value='0.95']"));
        assert_eq!(city.seq().await, before);
        // A measure's parameters go with it.
        let page = officer.get(&path).await.is(200);
        assert!(page.has("select[name='doc.取数.0.参数.0.v']"));
        let other = [("doc.取数.0.取数", "退办率"), ("do", "choose")];
        let page = send(&officer, &path, (filled(&page), &other)).await.is(200);
        assert!(!page.has("[name='doc.取数.0.参数.0.v']"));
        city.verify().await;
    });
}

#[test]
fn a_new_item_may_be_unfinished_and_is_told_of_field_by_field() {
    each_engine(plans, async |city| {
        let officer = city.as_(Role::Officer);
        let card = begun(&city, "XQ", RULES).await;
        let path = format!("{card}/draft/item-0-new");
        let typed = [
            ("doc.代码", "A3"),
            ("doc.满分", "5分"),
            ("doc.计分.~", "比率"),
            ("doc.计分.~was", "比率"),
        ];
        write(&officer, &path, &typed).await.is(303);
        let draft = version(&city, &card, 1).await;
        let problems = draft["problems"].as_array().unwrap();
        assert!(
            problems.iter().any(|p| p["path"] == "维度/周交办落实/项目/A3/名称"),
            "{problems:?}"
        );
        let page = officer.get(&format!("{card}/draft/item-0-2")).await.is(200);
        assert!(page.has("[name='doc.满分'][value='5分'][aria-invalid]"), "{}", page.source());
        let target = page.select("[id='f-doc.计分.比率.目标-error']");
        assert!(target[0].contains("缺少"), "{target:?}");
        officer.post(&format!("{card}/submission"), &[]).await.is(409);
        // A number of the group in the place of a fixed one.
        let groups = format!("{card}/draft/groups");
        let page = officer.get(&groups).await.is(200);
        let add = [("do", "add:doc.组别.0.参数")];
        let page = send(&officer, &groups, (filled(&page), &add)).await.is(200);
        let number = [("doc.组别.0.参数.0.k", "目标线"), ("doc.组别.0.参数.0.v", "0.9")];
        send(&officer, &groups, (filled(&page), &number)).await.is(303);
        let item = format!("{card}/draft/item-0-0");
        write(&officer, &item, &[("doc.计分.比率.目标", "本组目标线")]).await.is(303);
        let page = officer.get(&item).await.is(200);
        assert!(page.has("[name='doc.计分.比率.目标'][value='本组目标线']:not([aria-invalid])"));
        assert!(page.has("datalist option[value='本组目标线']"));
        city.verify().await;
    });
}

#[test]
fn an_item_goes_to_another_dimension_and_up_in_it() {
    each_engine(plans, async |city| {
        let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
        let card = begun(&city, "XQ", RULES).await;
        let first = format!("{card}/draft/item-0-0");
        // With one dimension there is nothing to choose.
        let page = officer.get(&first).await.is(200);
        assert!(page.has("input[type='hidden'][name='doc.~维度'][value='0']"));
        let dimensions = format!("{card}/draft/dimensions");
        let page = officer.get(&dimensions).await.is(200);
        let page = send(&officer, &dimensions, (filled(&page), &[("do", "add:doc.维度")])).await;
        let named = [("doc.维度.1.名称", "群众评价"), ("doc.维度.1.英文", "What people say")];
        send(&officer, &dimensions, (filled(&page.is(200)), &named)).await.is(303);

        let english = officer.with("accept-language", "en").get(&first).await.is(200);
        assert!(english.has("select[name='doc.~维度'] option[value='0'][selected]"));
        let offered = english.select("select[name='doc.~维度'] option[value='1']");
        assert_eq!(offered, ["What people say"]);
        let moved = write(&officer, &first, &[("doc.~维度", "1")]).await.is(303);
        assert_eq!(moved.goes_to(), format!("{card}/draft/item-1-0"));
        // A new one may be begun in one dimension and saved in another, and goes up there.
        let new = [("doc.代码", "B2"), ("doc.名称", "满意率"), ("doc.~维度", "1")];
        write(&officer, &format!("{card}/draft/item-0-new"), &new).await.is(303);
        let second = format!("{card}/draft/item-1-1");
        let raised = write(&officer, &second, &[("do", "raise")]).await.is(303);
        assert_eq!(raised.goes_to(), format!("{card}/draft/item-1-0"));
        let codes = async || {
            let page = officer.get(&format!("{card}/versions/1/yaml")).await.is(200);
            let text = page.source();
            let mut at: Vec<_> =
                ["A1", "A2", "B2"].map(|code| (text.find(&format!("代码: {code}")), code)).into();
            at.sort_unstable();
            at.into_iter().map(|(_, code)| code).collect::<Vec<_>>()
        };
        assert_eq!(codes().await, ["A2", "B2", "A1"]);

        // What was chosen by its name is not put elsewhere when the names have changed meanwhile.
        let theirs = filled(&officer.get(&second).await.is(200));
        write(&chief, &dimensions, &[("doc.维度.0.名称", "工作纪律")]).await.is(303);
        let page = send(&officer, &second, (theirs, &[("doc.~维度", "0")])).await.is(422);
        assert!(page.text().contains("刚被他人改过"), "{}", page.text());
        assert!(page.has("select[name='doc.~维度'] option[value='0'][selected]"));
        send(&officer, &second, (filled(&page), &[])).await.is(303);
        assert_eq!(codes().await, ["A2", "A1", "B2"]);
        // A place that is not there is no place.
        write(&officer, &first, &[("doc.~维度", "7")]).await.is(404);
        city.verify().await;
    });
}

#[test]
fn nobody_writes_over_what_another_has_just_written() {
    each_engine(plans, async |city| {
        let (officer, chief) = (city.as_(Role::Officer), city.as_(Role::Chief));
        let card = begun(&city, "XQ", RULES).await;
        let path = format!("{card}/draft/item-0-0");
        let theirs = filled(&officer.get(&path).await.is(200));
        write(&chief, &path, &[("doc.名称", "按期办结率（新）")]).await.is(303);
        // Another part is not touched by it.
        write(&officer, &format!("{card}/draft/item-0-1"), &[("doc.名称", "退办率（新）")])
            .await
            .is(303);
        let typed = [("doc.名称", "按时办结率")];
        let page = send(&officer, &path, (theirs, &typed)).await.is(422);
        assert!(page.text().contains("刚被他人改过"), "{}", page.text());
        assert!(page.has("[name='doc.名称'][value='按时办结率']"));
        send(&officer, &path, (filled(&page), &[])).await.is(303);
        let draft = version(&city, &card, 1).await;
        assert!(draft["content"]["lines"].to_string().contains("按时办结率"), "{draft}");
        // Who wrote it does not check it.
        officer.post(&format!("{card}/submission"), &[]).await.is(303);
        let page = chief.post(&format!("{card}/check"), &[("verdict", "agreed")]).await.is(409);
        assert!(page.text().contains("不能审核通过本人的稿件"), "{}", page.text());
        // But may return it, so that somebody else writes and sends it.
        let back = [("verdict", "returned"), ("note", "请他人修改")];
        chief.post(&format!("{card}/check"), &back).await.is(303);
        city.verify().await;
    });
}

#[test]
fn a_part_waits_for_its_writer_to_sign_in_again() {
    each_engine(plans, async |city| {
        city.program(async |act| people::found::set(act, "second_factor", "off").await)
            .await
            .unwrap();
        let officer = city.as_(Role::Officer);
        let name = officer.held().account_name.clone();
        let sign_in = [("name", name.as_str()), ("password", testkit::PASSWORD), ("next", "/")];
        let browser = city.anonymous();
        browser.post("/sign-in", &sign_in).await.is(303);
        let card = begun(&city, "XQ", RULES).await;
        let path = format!("{card}/draft/item-0-0");
        let page = browser.get(&path).await.is(200);
        let of = |name: &str| {
            let css = format!("main input[name={name}]");
            page.attributes(&css, "value").into_iter().next().unwrap_or_default()
        };
        let (csrf, key) = (of("csrf"), of("act_key"));
        let typed =
            [("doc.名称", "按时办结率"), ("csrf", csrf.as_str()), ("act_key", key.as_str())];
        // The session is over: what was typed waits behind the sign-in.
        let later = browser.with_cookie("gone");
        let answer = send(&later, &path, (filled(&page), &typed)).await.is(303);
        assert_eq!(answer.goes_to(), "/sign-in");
        let door = later.get(&answer.location()).await.is(200);
        let next = door.attributes("input[name=next]", "value").remove(0);
        later.post("/sign-in", &sign_in).await.is(303);
        let again = later.get(&next).await.is(200);
        assert!(again.has("[name='doc.名称'][value='按时办结率']"), "{}", again.text());
        send(&later, &path, (filled(&again), &[])).await.is(303);
        assert_eq!(city.kinds(1).await, ["rule_set_written"]);
        city.verify().await;
    });
}
