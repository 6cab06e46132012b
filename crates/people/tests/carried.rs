//! A form that is sent after its session has ended: nothing typed is lost, and nothing is shown to
//! another account.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails its test")]

use kernel::Role;
use testkit::{Caller, City, PASSWORD, Page};
use uuid::Uuid;

fn plans() -> Vec<web::Plan> {
    vec![people::plan()]
}

const TYPED: [(&str, &str); 5] = [
    ("short_name", "市数据局"),
    ("name", "漯河市数据局 <b>"),
    ("kind", "department"),
    ("sort", "77"),
    ("from", "2021-11-02"),
];

async fn without_factor(city: &City) {
    city.program(async |act| people::found::set(act, "second_factor", "off").await).await.unwrap();
}

/// A browser in which somebody has signed in by hand.
async fn browser(city: &City, role: Role) -> Caller {
    let nobody = city.anonymous();
    sign_in(&nobody, city, role, "/").await.is(303);
    nobody
}

async fn sign_in(browser: &Caller, city: &City, role: Role, next: &str) -> Page {
    let name = city.as_(role).held().account_name.clone();
    let fields = [("name", name.as_str()), ("password", PASSWORD), ("next", next)];
    browser.post("/sign-in", &fields).await
}

fn first(page: &Page, css: &str) -> String {
    page.attributes(css, "value").into_iter().next().unwrap_or_default()
}

struct Form {
    csrf: String,
    key: String,
    parent: String,
}

async fn open(browser: &Caller, city: &City) -> Form {
    let page = browser.get("/units/new").await.is(200);
    Form {
        csrf: first(&page, "main input[name=csrf]"),
        key: first(&page, "main input[name=act_key]"),
        parent: city.unit("漯河市").to_string(),
    }
}

async fn send(browser: &Caller, form: &Form) -> Page {
    let mut fields = vec![
        ("csrf", form.csrf.as_str()),
        ("act_key", form.key.as_str()),
        ("parent", form.parent.as_str()),
    ];
    fields.extend(TYPED);
    browser.post("/units/new", &fields).await
}

/// The address to which the sign-in page leads on.
async fn next_of(browser: &Caller, answer: &Page) -> String {
    assert_eq!(answer.goes_to(), "/sign-in");
    let page = browser.get(&answer.location()).await.is(200);
    assert!(page.text().contains("保留 24 小时"), "{}", page.text());
    first(&page, "input[name=next]")
}

async fn waiting(city: &City) -> Vec<String> {
    let sql = "SELECT body FROM carried_forms WHERE jurisdiction_id = $1";
    let mut tx = city.read().await;
    let rows: Vec<(Vec<u8>,)> = tx.all(sql, journal::args![city.id()]).await.unwrap();
    rows.into_iter().map(|(body,)| String::from_utf8(body).unwrap()).collect()
}

#[test]
fn a_form_sent_after_the_session_ended_comes_back_filled_in_and_is_sent_once() {
    testkit::each_engine(plans, async |city| {
        without_factor(&city).await;
        let browser = browser(&city, Role::SystemAdmin).await;
        let form = open(&browser, &city).await;
        city.pass_minutes(31);
        let before = city.seq().await;
        let answer = send(&browser, &form).await.is(303);
        let next = next_of(&browser, &answer).await;
        let back = sign_in(&browser, &city, Role::SystemAdmin, &next).await.is(303);
        assert_eq!(back.goes_to(), "/units/new");
        assert_eq!(city.seq().await, before, "nothing was done yet");

        let page = browser.get(&back.location()).await.is(200);
        assert!(page.text().contains("尚未提交"), "{}", page.text());
        for (name, typed) in [("short_name", "市数据局"), ("sort", "77"), ("from", "2021-11-02")]
        {
            assert_eq!(first(&page, &format!("main input[name={name}]")), typed);
        }
        assert_eq!(first(&page, "main select[name=parent] option[selected]"), form.parent);
        assert_eq!(first(&page, "main input[name=act_key]"), form.key, "the same key");
        let csrf = first(&page, "main input[name=csrf]");
        assert_ne!(csrf, form.csrf, "the token of the new session");
        let ticket = first(&page, "main input[name=carried]");
        let mut fields = vec![
            ("csrf", csrf.as_str()),
            ("act_key", form.key.as_str()),
            ("carried", ticket.as_str()),
            ("parent", form.parent.as_str()),
        ];
        fields.extend(TYPED);
        let done = browser.post("/units/new", &fields).await.is(303);
        let again = browser.post("/units/new", &fields).await.is(303);
        assert_eq!(done.location(), again.location());
        assert_eq!(city.seq().await, before + 1, "sent twice, done once");
        assert!(waiting(&city).await.is_empty(), "what was sent waits no more");
        city.verify().await;
    });
}

#[test]
fn another_account_comes_to_its_plain_desk_and_the_form_is_thrown_away() {
    testkit::each_engine(plans, async |city| {
        without_factor(&city).await;
        let browser = browser(&city, Role::SystemAdmin).await;
        let form = open(&browser, &city).await;
        city.pass_minutes(31);
        let answer = send(&browser, &form).await.is(303);
        let next = next_of(&browser, &answer).await;
        let other = city.as_(Role::SecurityAdmin);
        for path in ["/units/new", "/persons/new"] {
            let page = other.get(&format!("{path}?{}", next.split_once('?').unwrap().1)).await;
            assert!(!page.source().contains("市数据局"), "{path}");
        }
        assert_eq!(waiting(&city).await.len(), 1, "looking throws nothing away");
        let desk = sign_in(&browser, &city, Role::SecurityAdmin, &next).await.is(303);
        assert_eq!(desk.location(), "/");
        assert!(waiting(&city).await.is_empty());
        let late = sign_in(&browser, &city, Role::SystemAdmin, &next).await.is(303);
        assert_eq!(late.location(), "/");
        // A stranger in a twin city gets no more of it.
        let answer = send(&city.anonymous(), &form).await.is(303);
        let next = next_of(&browser, &answer).await;
        let twin = city.twin().await;
        without_factor(&twin).await;
        let stranger = twin.anonymous();
        let desk = sign_in(&stranger, &twin, Role::SystemAdmin, &next).await.is(303);
        assert_eq!(desk.location(), "/");
        assert!(waiting(&city).await.is_empty());
    });
}

#[test]
fn a_window_left_open_goes_on_under_the_new_session_of_the_same_account() {
    testkit::each_engine(plans, async |city| {
        without_factor(&city).await;
        let browser = browser(&city, Role::SystemAdmin).await;
        let form = open(&browser, &city).await;
        browser.post("/sign-out", &[]).await.is(303);
        sign_in(&browser, &city, Role::SystemAdmin, "/").await.is(303);
        let before = city.seq().await;
        let page = send(&browser, &form).await.is(409);
        assert!(page.text().contains("尚未提交"), "{}", page.text());
        assert_eq!(first(&page, "main input[name=short_name]"), "市数据局");
        assert_eq!(first(&page, "main input[name=act_key]"), form.key);
        assert_eq!(city.seq().await, before);
        let csrf = first(&page, "main input[name=csrf]");
        send(&browser, &Form { csrf, ..form }).await.is(303);

        // The token of somebody else's form opens nothing.
        let other = browser_of_other(&city).await;
        let page = send(&browser, &Form { csrf: other, ..open(&browser, &city).await }).await;
        assert!(!page.is(403).source().contains("市数据局"));
    });
}

async fn browser_of_other(city: &City) -> String {
    let page = city.as_(Role::SecurityAdmin).get("/persons/new").await.is(200);
    first(&page, "main input[name=csrf]")
}

#[test]
fn a_form_that_nobody_owns_is_not_kept_and_that_is_said() {
    testkit::each_engine(plans, async |city| {
        without_factor(&city).await;
        let browser = browser(&city, Role::SystemAdmin).await;
        let form = open(&browser, &city).await;
        let forged = Form { csrf: "AAAA.forged".to_owned(), key: form.key.clone(), ..form };
        let nobody = city.anonymous();
        let answer = send(&nobody, &forged).await.is(303);
        let page = nobody.get(&answer.location()).await.is(200);
        assert!(page.text().contains("没有保存"), "{}", page.text());
        assert!(waiting(&city).await.is_empty());
        // A page of another site knows no token; it leaves nothing either.
        let foreign = nobody.with("sec-fetch-site", "cross-site");
        let form = open(&browser, &city).await;
        let answer = send(&foreign, &form).await.is(303);
        assert_eq!(answer.location(), "/sign-in?next=%2F");
        assert!(waiting(&city).await.is_empty());
        // After a week nobody remembers whose it was.
        city.pass_minutes(7 * 24 * 60 + 1);
        let answer = send(&nobody, &form).await.is(303);
        assert!(answer.location().contains("lost=1"), "{}", answer.location());
    });
}

#[test]
fn passwords_are_not_kept_and_no_more_than_ten_forms_are() {
    testkit::each_engine(plans, async |city| {
        without_factor(&city).await;
        let browser = browser(&city, Role::SystemAdmin).await;
        let form = open(&browser, &city).await;
        city.pass_minutes(31);
        let secret = "River-2022-stone";
        let passwords = [("csrf", form.csrf.as_str()), ("current", secret), ("new", secret)];
        let answer = browser.post("/account/password", &passwords).await.is(303);
        assert_eq!(answer.location(), "/sign-in?next=%2F", "there is nothing that may be kept");
        let token = [("csrf", form.csrf.as_str()), ("name", "大屏"), ("current", secret)];
        browser.post("/account/tokens", &token).await.is(303);
        for _ in 0..11 {
            let key = Uuid::now_v7().to_string();
            let parent = form.parent.clone();
            send(&browser, &Form { csrf: form.csrf.clone(), key, parent }).await.is(303);
            city.pass_minutes(1);
        }
        let kept = waiting(&city).await;
        assert_eq!(kept.len(), 10);
        assert!(!kept.concat().contains(secret));
        city.pass_minutes(24 * 60);
        let now = city.db().clock().now();
        let tidy = async |tx: &mut journal::Tx| people::carried::tidy(tx, city.id(), now).await;
        city.db().operate(city.id(), tidy).await.unwrap();
        assert!(waiting(&city).await.is_empty());
    });
}

#[test]
fn the_way_after_the_sign_in_and_the_language_keep_the_query() {
    testkit::each_engine(plans, async |city| {
        let nobody = city.anonymous();
        let answer = nobody.get("/persons?q=a%26b&after=2").await.is(303);
        let page = nobody.get(&answer.location()).await.is(200);
        assert_eq!(first(&page, "input[name=next]"), "/persons?q=a%26b&after=2");
        let switch = page.attributes("a[href*='/language']", "href").remove(0);
        let back = nobody.get(&switch).await.is(303).location();
        let page = nobody.get(&back).await.is(200);
        assert_eq!(first(&page, "input[name=next]"), "/persons?q=a%26b&after=2");
        let wrong = [("name", "x"), ("password", "y"), ("next", "/persons?q=1")];
        let page = nobody.post("/sign-in", &wrong).await.is(422);
        let switch = page.attributes("a[href*='/language']", "href").remove(0);
        let back = nobody.get(&switch).await.is(303).location();
        assert_eq!(first(&nobody.get(&back).await.is(200), "input[name=next]"), "/persons?q=1");
        let chief = city.as_(Role::Chief).get("/persons?q=a&done=x").await.is(200);
        let switch = chief.attributes("a[href*='/language']", "href").remove(0);
        let back = nobody.get(&switch).await.is(303).location();
        assert_eq!(back, "/persons?q=a", "a notice is not told twice");
    });
}
