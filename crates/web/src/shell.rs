//! The frame around every page: navigation, city, who is signed in, language, notices.

use kernel::{Day, Lang, Text};
use maud::{Markup, html};

use ui::form::{self, ButtonTone};
use ui::shell::{self, NavItem, Notice, Shell, UserBox};
use ui::{Tone, flow, part};

use crate::body::encode_query;
use crate::call::Call;
use crate::doorkeeper::Caller;
use crate::house::Nav;
use crate::route::{Route, Sheet, View};
use crate::words;

/// A page inside the frame.
pub(crate) fn page<V: View>(call: &Call, view: &V) -> Markup {
    let title = view.title(call);
    let content = view.body(call);
    if let Some(sheet) = view.sheet(call) {
        return printed(call, &title, &sheet, content);
    }
    let actions = view.actions(call);
    let trail = view.trail(call);
    let is_done = |act: &str| !view.is_unfinished(act);
    let notice =
        call.query.get("done").filter(|act| is_done(act)).and_then(|act| notice(call, act));
    let head = Head { title: &title, trail: &trail, notice: notice.as_deref() };
    framed(call, &head, actions, content)
}

/// What stands above a page's content.
struct Head<'a> {
    title: &'a str,
    trail: &'a [(String, String)],
    notice: Option<&'a str>,
}

fn printed(call: &Call, title: &str, sheet: &Sheet, content: Markup) -> Markup {
    let city = call.visitor().map_or("", |c| c.city.as_str());
    let product = format!("{city}{}", words::PRODUCT.of(call.lang));
    let form = shell::Print {
        lang: call.lang,
        title,
        product: &product,
        back: &sheet.back,
        tools: Some(sheet.tools.clone()),
        paper: sheet.paper,
        seal: Some(&sheet.seal),
        ..shell::Print::default()
    };
    shell::print(&form, content)
}

fn framed(call: &Call, head: &Head<'_>, actions: Markup, content: Markup) -> Markup {
    let lang = call.lang;
    let city = call.visitor().map_or("", |c| c.city.as_str());
    let product = format!("{city}{}", words::PRODUCT.of(lang));
    let ways = ways(call);
    let nav: Vec<_> = ways
        .iter()
        .map(|(href, nav)| NavItem {
            href,
            label: nav.label.of(lang),
            icon: nav.icon,
            active: is_here(&call.path, nav.href),
            badge: None,
            heading: None,
        })
        .collect();
    let crumbs: Vec<_> = head.trail.iter().map(|(h, l)| (h.as_str(), l.as_str())).collect();
    let banner = banner(call);
    let shell = Shell {
        lang,
        title: head.title,
        product: &product,
        base: &call.house.settings.base,
        nav: &nav,
        user: call.visitor().map(|caller| user_box(call, caller)),
        language: Some(language_switch(call)),
        tools: bell(call),
        banner: Some(&banner),
        notice: head.notice.map(|text| Notice { tone: Tone::Green, text }),
        crumbs: &crumbs,
        actions: Some(actions),
        ..Shell::default()
    };
    if call.visitor().is_some() {
        shell::page(&shell, content)
    } else {
        shell::bare(&shell, content)
    }
}

fn banner(call: &Call) -> String {
    let lang = call.lang;
    match call.house.settings.label {
        Some(label) => format!("{} {}", label.of(lang), words::SECRETS.of(lang)),
        None => words::SECRETS.of(lang).to_owned(),
    }
}

/// More news than this is told as "99+".
const NEWS_MAX: i64 = 99;

/// The bell: where the news are, and how many.
fn bell(call: &Call) -> Option<Markup> {
    let bell = call.house.bell.filter(|bell| call.may(bell.permission))?;
    let count = match call.news.unwrap_or_default() {
        0 => String::new(),
        n if n > NEWS_MAX => format!("{NEWS_MAX}+"),
        n => n.to_string(),
    };
    let label = match count.as_str() {
        "" => bell.label.of(call.lang).to_owned(),
        count => words::news(bell.label, count).of(call.lang).to_owned(),
    };
    Some(shell::bar_bell(&call.href(bell.path), &count, &label))
}

/// The entries of the navigation that the caller may use, with their addresses.
fn ways(call: &Call) -> Vec<(String, Nav)> {
    let allowed = call.house.nav.iter().filter(|n| call.may(n.permission));
    allowed.map(|n| (call.href(n.href), *n)).collect()
}

fn is_here(path: &str, href: &str) -> bool {
    let href = href.split('?').next().unwrap_or_default();
    path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What the last act did, named by the address it led to.
fn notice(call: &Call, done: &str) -> Option<String> {
    let act = call.house.routes.iter().find_map(|route| match route {
        Route::Act(act) if act.permission.is_some_and(|p| p.0 == done) => Some(act),
        Route::Act(_) | Route::Page(_) => None,
    })?;
    Some(format!("{}：{}", words::DONE.of(call.lang), act.title.of(call.lang)))
}

fn user_box<'a>(call: &Call, caller: &'a Caller) -> UserBox<'a> {
    let lang = call.lang;
    let token = caller.form_token.as_deref().unwrap_or_default();
    let others: Vec<_> = caller.posts.iter().filter(|p| p.post != caller.actor.post).collect();
    UserBox {
        name: &caller.name,
        // A person who is called by the post is not named twice.
        post: if caller.name == caller.post_title { "" } else { &caller.post_title },
        menu: html! {
            @if !others.is_empty() { (flow::menu_title(words::SWITCH_POST.of(lang))) }
            @for post in others {
                form method="post" action=(call.href("/post")) {
                    (form::hidden("csrf", token))
                    (form::hidden("post", &post.post.to_string()))
                    (flow::menu_button("refresh", &post.title))
                }
            }
            (flow::menu_link(&call.href("/account"), "user", words::ACCOUNT.of(lang)))
            form method="post" action=(call.href("/sign-out")) {
                (form::hidden("csrf", token))
                (flow::menu_button("logout", words::SIGN_OUT.of(lang)))
            }
        },
    }
}

fn language_switch(call: &Call) -> Markup {
    let other = match call.lang {
        Lang::Zh => "en",
        Lang::En => "zh",
    };
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("to", other)
        .append_pair("back", &back(call))
        .finish();
    let href = call.href(&format!("/language?{query}"));
    shell::bar_link(&href, "language", words::OTHER_LANGUAGE.of(call.lang))
}

/// Where the language switch leads back to. A form that came back has no address of its own but
/// its act's; the way on after a sign-in is kept.
fn back(call: &Call) -> String {
    match call.body.get("next").filter(|_| call.post) {
        Some(next) => {
            let query = encode_query(&[("next".to_owned(), next.to_owned())]);
            format!("{}?{query}", call.path)
        }
        None => call.address(&["done"]),
    }
}

/// What stands on a page that tells of an error.
pub(crate) struct Told {
    pub(crate) title: Text,
    pub(crate) hint: Text,
    pub(crate) lines: Vec<String>,
    pub(crate) fault: Option<String>,
}

/// An error inside the frame, with a way on.
pub(crate) fn error(call: &Call, told: &Told) -> Markup {
    let lang = call.lang;
    let home =
        part::link_button(ButtonTone::Primary, &call.href("/"), words::HOME.of(lang), "home");
    let content = html! {
        (part::empty_state("alert", told.title.of(lang), told.hint.of(lang), Some(home)))
        @for line in &told.lines { (part::alert(Tone::Red, html! { (line) })) }
        @if let Some(number) = &told.fault { p class="muted" { code { (number) } } }
    };
    let content = part::card(None, None, content);
    let head = Head { title: told.title.of(lang), trail: &[], notice: None };
    framed(call, &head, Markup::default(), content)
}

/// A day as people write it: `11月1日 周一`, with the year when it is another.
pub fn format_day(day: Day, today: Day, lang: Lang) -> String {
    const ZH: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
    let (zh, en) = (ZH.get(weekday).unwrap_or(&""), EN.get(weekday).unwrap_or(&""));
    match lang {
        Lang::Zh if day.year() == today.year() => {
            format!("{}月{}日 周{zh}", day.month(), day.day())
        }
        Lang::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Lang::En => format!("{en} {day}"),
    }
}
