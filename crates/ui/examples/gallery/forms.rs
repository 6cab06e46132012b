//! The writing pages of the gallery.

use kernel::{Lang, text};
use maud::{Markup, html};
use ui::form::{
    Bounds, ButtonTone, Choice, Field, FileRules, KeptFile, actions, cancel, checkbox,
    checkbox_list, day, error_summary, fields, file, form_post, form_upload, number, password,
    radio, section, select, submit, textarea, wide,
};
use ui::shell::{Shell, bar_link};

use crate::pages::framed;

/// A long form.
pub(crate) fn form(lang: Lang) -> Markup {
    filled(lang, Answer::None)
}

/// The same form refused.
pub(crate) fn refused(lang: Lang) -> Markup {
    filled(lang, Answer::Refused)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    None,
    Refused,
}

fn filled(lang: Lang, answer: Answer) -> Markup {
    let refused = answer == Answer::Refused;
    let missing = text!("请填写事项名称", "Give the item a name").of(lang);
    let past = text!("期限不能早于今天", "The day is past").of(lang);
    let errors = [
        ("f-title".to_owned(), text!("事项名称", "Item").of(lang).to_owned(), missing.to_owned()),
        ("f-due".to_owned(), text!("办结期限", "Due").of(lang).to_owned(), past.to_owned()),
    ];
    let body = html! {
        (error_summary(lang, if refused { &errors } else { &[] }))
        (main_fields(lang, refused.then_some(missing), refused.then_some(past)))
        (section(text!("责任单位", "Units").of(lang)))
        (unit_fields(lang))
        (actions(html! {
            (submit(ButtonTone::Primary, text!("下达", "Assign").of(lang), "send"))
            (ui::form::button(ButtonTone::Plain, text!("存为草稿", "Save draft").of(lang), "", ("draft", "1")))
            (cancel("list.html", text!("取消", "Cancel").of(lang)))
        }))
    };
    let shell = Shell {
        title: text!("新建交办", "Assign work").of(lang),
        crumbs: &[("list.html", "周交办")],
        ..Shell::default()
    };
    let content = ui::part::card(None, None, form_upload("form.html", "token", "key", body));
    framed(lang, if refused { "refused" } else { "form" }, shell, content)
}

fn main_fields(lang: Lang, missing: Option<&str>, past: Option<&str>) -> Markup {
    let field = |name, label, required| Field { name, label, required, ..Field::default() };
    let title = Field {
        error: missing,
        hint: Some(text!("写明做什么、做到什么程度。", "What, and how far.").of(lang)),
        ..field("title", text!("事项名称", "Item").of(lang), true)
    };
    let due = Field {
        error: past,
        value: "2026-11-20",
        ..field("due", text!("办结期限", "Due").of(lang), true)
    };
    let money = field("money", text!("投资额", "Amount").of(lang), false);
    let bounds = Bounds {
        min: Some("0"),
        step: Some("0.01"),
        unit: text!("万元", "CNY 10k").of(lang),
        max: None,
    };
    let light =
        Field { value: "b", ..field("level", text!("紧急程度", "Urgency").of(lang), true) };
    let levels = [
        Choice::new("a", text!("特急", "At once").of(lang)),
        Choice::new("b", text!("加急", "Urgent").of(lang)),
        Choice::new("c", text!("平急", "Ordinary").of(lang)),
    ];
    let kept = [KeptFile { key: "k1", name: "会议纪要第12期.pdf" }];
    let rules =
        FileRules { accept: ".pdf,.docx,.xlsx", many: true, kept_name: "kept", kept: &kept };
    fields(html! {
        (wide(ui::form::text(&title, 100)))
        (wide(textarea(&field("need", text!("工作要求", "Required").of(lang), true), 4, 500)))
        (day(&due, Some("2026-11-23"), None))
        (number(&money, &bounds))
        (select(&field("source", text!("来源", "Source").of(lang), true), &[
            Choice::new("", text!("请选择", "Choose").of(lang)),
            Choice { group: Some("会议"), ..Choice::new("m", "市政府常务会议") },
        ]))
        (radio(&light, &levels))
        (wide(file(&Field { hint: Some(text!("每个不超过 20 MB。", "Up to 20 MB each.").of(lang)), ..field("file", text!("附件", "Files").of(lang), false) }, &rules)))
    })
}

fn unit_fields(lang: Lang) -> Markup {
    let names: Vec<String> = (1..=36).map(|n| format!("第{n}单位")).collect();
    let choices: Vec<Choice<'_>> = names
        .iter()
        .enumerate()
        .map(|(index, name)| Choice {
            group: Some(if index < 12 { "区县" } else { "市直部门" }),
            ..Choice::new(name, name)
        })
        .collect();
    let units = Field {
        name: "units",
        label: text!("责任单位", "Units").of(lang),
        required: true,
        ..Field::default()
    };
    let tell = Field {
        name: "tell",
        label: text!("同时发送提醒", "Send a reminder").of(lang),
        value: "1",
        ..Field::default()
    };
    html! {
        (checkbox_list(&units, &choices, &["第2单位"], text!("查找单位", "Find a unit").of(lang)))
        (checkbox(&tell, "1"))
    }
}

/// Signing in.
pub(crate) fn sign_in(lang: Lang) -> Markup {
    let (page, other) =
        if lang == Lang::Zh { ("signin-en.html", "English") } else { ("signin.html", "中文") };
    let shell = Shell {
        lang,
        title: text!("登录", "Sign in").of(lang),
        product: text!("重点工作督办", "Duban").of(lang),
        language: Some(bar_link(page, "language", other)),
        ..Shell::default()
    };
    let name = Field {
        name: "name",
        label: text!("用户名", "Name").of(lang),
        required: true,
        autocomplete: Some("username"),
        ..Field::default()
    };
    let word = Field {
        name: "password",
        label: text!("密码", "Password").of(lang),
        required: true,
        autocomplete: Some("current-password"),
        ..Field::default()
    };
    let body = html! {
        (ui::form::text(&name, 64)) (password(&word))
        div { button class="btn btn-primary btn-block" type="submit" { (text!("登录", "Sign in").of(lang)) } }
    };
    ui::shell::bare(&shell, form_post("/sign-in", "t", "k", body))
}
