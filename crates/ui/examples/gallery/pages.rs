//! The reading pages of the gallery, with invented figures.

use kernel::{Lang, Text, text};
use maud::{Markup, html};
use ui::figure::{ChartData, ChartKind, Height, Series, StatCard, chart_of, progress, sparkline};
use ui::flow::{Step, StepState, Tab, TimelineEntry, menu_button, menu_link, menu_title};
use ui::form::{ButtonTone, Choice, Field, filter_form, search, select, submit};
use ui::layout::{Columns, grid, split, stack};
use ui::part::{alert, badge, card_flush, details, details_wide, light, link_button};
use ui::shell::{NavItem, Notice, Shell, UserBox, bar_link};
use ui::table::{Align, Column, Order, Row, Table, list, pager};
use ui::{Light, Tone, icon};

const WEEKS: [&str; 8] =
    ["第36周", "第37周", "第38周", "第39周", "第40周", "第41周", "第42周", "第43周"];
const DISTRICTS: [&str; 8] =
    ["永泰县", "清河县", "东湖区", "经开区", "云台区", "临江区", "长宁县", "石桥市"];

const WAYS: [(&str, &str, Text); 10] = [
    ("index", "home", text!("工作台", "Desk")),
    ("list", "list-check", text!("周交办", "Weekly work")),
    ("empty", "trophy", text!("月度排名", "Monthly ranking")),
    ("card", "trend", text!("项目推进", "Projects")),
    ("form", "gavel", text!("会议督办", "Meetings")),
    ("refused", "factory", text!("企业服务", "Enterprises")),
    ("print", "chart", text!("指标监测", "Indicators")),
    ("wall", "screen", text!("驾驶舱", "Wall")),
    ("signin", "users", text!("人员与权限", "People")),
    ("signin", "shield", text!("审计", "Audit")),
];

fn address(lang: Lang, page: &str) -> String {
    format!("{page}{}.html", if lang == Lang::En { "-en" } else { "" })
}

/// The page around a gallery's content.
pub(crate) fn framed(lang: Lang, page: &str, shell: Shell<'_>, content: Markup) -> Markup {
    let addresses: Vec<String> = WAYS.iter().map(|way| address(lang, way.0)).collect();
    let nav: Vec<NavItem<'_>> = WAYS
        .iter()
        .zip(&addresses)
        .enumerate()
        .map(|(index, (way, href))| NavItem {
            href,
            label: way.2.of(lang),
            icon: way.1,
            active: way.0 == page && index < 8,
            badge: [0, 12, 0, 0, 3, 0, 0, 0, 0, 0].get(index).copied(),
            heading: (index == 8).then_some(text!("管理", "Administration").of(lang)),
        })
        .collect();
    let (other, name) = if lang == Lang::Zh { (Lang::En, "English") } else { (Lang::Zh, "中文") };
    let menu = html! {
        (menu_title(text!("切换岗位", "Act as").of(lang)))
        form method="get" { (menu_button("user", text!("市委督查室 主任", "Chief").of(lang))) }
        form method="get" { (menu_button("user", text!("代理：高新区联络员", "Stand-in").of(lang))) }
        hr;
        (menu_link("#", "settings", text!("我的账户", "My account").of(lang)))
        form method="get" { (menu_button("logout", text!("退出登录", "Sign out").of(lang))) }
    };
    let shell = Shell {
        lang,
        product: text!("重点工作督办", "Duban").of(lang),
        nav: &nav,
        user: Some(UserBox {
            name: "李晓梅",
            post: text!("市委督查室", "Inspection").of(lang),
            menu,
        }),
        language: Some(bar_link(&address(other, page), "language", name)),
        tools: Some(bar_link("#", "bell", text!("提醒", "Alerts").of(lang))),
        banner: Some(text!("演示城市：数据均为虚构。", "Demo city: invented data.").of(lang)),
        footer: Some(html! { span { "Duban 0.1.0" } span { "#48211:9f3ac2" } }),
        ..shell
    };
    ui::shell::page(&shell, content)
}

/// The desk.
pub(crate) fn home(lang: Lang) -> Markup {
    let shell = Shell {
        title: text!("您好，李晓梅", "Good morning, Li Xiaomei").of(lang),
        actions: Some(html! {
            (link_button(ButtonTone::Plain, "wall.html", text!("驾驶舱", "Wall").of(lang), "screen"))
            (link_button(ButtonTone::Primary, "form.html", text!("新建交办", "Assign").of(lang), "plus"))
        }),
        notice: Some(Notice { tone: Tone::Green, text: text!("已保存。", "Saved.").of(lang) }),
        ..Shell::default()
    };
    let content = stack(html! {
        (grid(Columns::Four, figures(lang)))
        (split(
            ui::part::card(Some(text!("交办与办结趋势", "Assigned and done").of(lang)), None, trend(lang)),
            ui::part::card(Some(text!("各区县事项状态", "Items by district").of(lang)), None, states(lang)),
        ))
        (split(ranking(lang), ui::part::card(Some(text!("结构", "Shares").of(lang)), None, shares(lang))))
    });
    framed(lang, "index", shell, content)
}

pub(crate) fn figures(lang: Lang) -> Markup {
    let all = [
        (text!("在办事项", "Open"), "1,112", Tone::Blue, "clock", "-3.2%", "moved-down"),
        (text!("本月办结", "Done this month"), "888", Tone::Green, "check", "+8.4%", "moved-up"),
        (text!("逾期事项", "Late"), "159", Tone::Red, "alert", "-1.1%", "moved-up"),
        (text!("按期办结率", "On time"), "44.4", Tone::Grey, "flag", "+2.6", "moved-up"),
    ];
    html! {
        @for (index, (label, value, tone, sign, change, class)) in all.into_iter().enumerate() {
            (ui::figure::stat(&StatCard {
                label: label.of(lang),
                value,
                unit: if index == 3 { "%" } else { text!("件", "items").of(lang) },
                note: Some(html! { (text!("较上月 ", "since last month ").of(lang)) span class=(class) { (change) } }),
                tone,
                href: Some("list.html"),
                icon: sign,
            }))
        }
    }
}

pub(crate) fn trend(lang: Lang) -> Markup {
    let given = [42, 51, 47, 60, 58, 49, 62, 71].map(Some);
    let done = [38, 44, 49, 52, 61, 55, 57, 66].map(Some);
    let series = [
        Series { name: text!("交办", "Assigned").of(lang), values: &given, tone: Tone::Blue },
        Series { name: text!("办结", "Done").of(lang), values: &done, tone: Tone::Green },
    ];
    chart_of(
        lang,
        "trend",
        &ChartData {
            title: text!("交办与办结趋势", "Assigned and done").of(lang),
            kind: ChartKind::Line,
            height: Height::Medium,
            axis: text!("周", "Week").of(lang),
            labels: &WEEKS,
            series: &series,
            unit: text!("件", "").of(lang),
            decimals: 0,
        },
    )
}

pub(crate) fn states(lang: Lang) -> Markup {
    let rows = [
        (text!("推进中", "Under way"), [50, 47, 49, 42, 47, 40, 43, 30], Tone::Blue),
        (text!("已办结", "Done"), [77, 68, 81, 69, 68, 79, 75, 63], Tone::Green),
        (text!("待审核", "In review"), [19, 12, 16, 19, 12, 27, 19, 17], Tone::Yellow),
        (text!("已逾期", "Late"), [10, 15, 14, 13, 18, 16, 14, 12], Tone::Red),
    ]
    .map(|(name, values, tone)| (name, values.map(Some), tone));
    let series: Vec<Series<'_>> = rows
        .iter()
        .map(|(name, values, tone)| Series { name: name.of(lang), values, tone: *tone })
        .collect();
    chart_of(
        lang,
        "states",
        &ChartData {
            title: text!("各区县事项状态", "Items by district").of(lang),
            kind: ChartKind::Stacked,
            height: Height::Medium,
            axis: text!("区县", "District").of(lang),
            labels: &DISTRICTS,
            series: &series,
            unit: "",
            decimals: 0,
        },
    )
}

fn shares(lang: Lang) -> Markup {
    let values = [448, 310, 120, 59].map(Some);
    let series = [Series { name: "件", values: &values, tone: Tone::Grey }];
    chart_of(
        lang,
        "shares",
        &ChartData {
            title: text!("结构", "Shares").of(lang),
            kind: ChartKind::Pie,
            height: Height::Medium,
            axis: text!("类别", "Kind").of(lang),
            labels: &["重点项目", "民生实事", "会议议定", "其他"],
            series: &series,
            unit: "",
            decimals: 0,
        },
    )
}

pub(crate) fn ranking(lang: Lang) -> Markup {
    let columns = [
        Column { align: Align::Fit, ..Column::text(text!("名次", "Place").of(lang)) },
        Column::lead(text!("区县", "District").of(lang)),
        Column::number(text!("得分", "Score").of(lang)),
        Column::number(text!("办结", "Done").of(lang)),
        Column::fit(text!("近八周", "Eight weeks").of(lang)),
    ];
    let rows = (1..=6_u32).zip(DISTRICTS).map(|(place, name)| Row {
        href: Some("card.html".to_owned()),
        tone: None,
        cells: vec![
            ui::part::rank(place),
            html! { (name) },
            html! { (ui::num::decimal(953 - i128::from(place) * 17, 1)) },
            html! { (70 - place) "/132" },
            sparkline(&[40, 55, 38, 60, i64::from(place) * 9, 70, 41, 66]),
        ],
    });
    let table = Table {
        caption: text!("综合排名", "Ranking").of(lang),
        columns: &columns,
        rows: rows.collect(),
        ..Table::default()
    };
    let print =
        link_button(ButtonTone::Plain, "print.html", text!("打印", "Print").of(lang), "printer");
    card_flush(
        Some(text!("10 月区县综合排名", "October ranking").of(lang)),
        Some(print),
        table.render(),
    )
}

const LIGHTS: [(Light, Text); 6] = [
    (Light::Green, text!("正常", "In time")),
    (Light::Yellow, text!("临期", "Soon due")),
    (Light::Red, text!("逾期 3 天", "3 days late")),
    (Light::Blue, text!("待审核", "In review")),
    (Light::Done, text!("已办结", "Done")),
    (Light::Grey, text!("已暂停", "Paused")),
];

pub(crate) const TITLES: [&str; 6] = [
    "推进老旧小区改造三季度节点任务",
    "统筹基层医疗卫生机构标准化建设",
    "核实专项债项目资金支付进度",
    "落实“高效办成一件事”清单",
    "开展空气质量提升专项行动",
    "梳理政务数据共享需求并反馈意见",
];

pub(crate) fn register_table(lang: Lang) -> Markup {
    let columns = [
        Column::fit(text!("编号", "No.").of(lang)),
        Column::lead(text!("事项", "Item").of(lang))
            .sorted("list.html?sort=title".to_owned(), None),
        Column::text(text!("责任单位", "Unit").of(lang)),
        Column::fit(text!("状态", "State").of(lang)),
        Column::text(text!("进度", "Progress").of(lang)),
        Column::number(text!("投资", "Amount").of(lang)),
        Column::fit(text!("办结期限", "Due").of(lang))
            .sorted("list.html?sort=due".to_owned(), Some(Order::Ascending)),
    ];
    let rows = (0_usize..18).zip(0_i64..).map(|(index, n)| {
        let (kind, words) = LIGHTS[index % 6];
        Row {
            href: Some("card.html".to_owned()),
            tone: (kind == Light::Red).then_some(Tone::Red),
            cells: vec![
                html! { "2026-" (1043 + index) },
                html! { (TITLES[index % 6]) },
                html! { (DISTRICTS[index % 8]) },
                light(kind, words.of(lang)),
                progress((index as u64 * 13) % 101, 100, text!("进度", "Progress").of(lang)),
                html! { (ui::num::amount(n * 912_345_678, lang)) },
                html! { "2026-11-" (10 + index) },
            ],
        }
    });
    let caption = text!("周交办登记簿", "Register").of(lang);
    Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
}

/// The register.
pub(crate) fn register(lang: Lang) -> Markup {
    let shell = Shell {
        title: text!("周交办", "Weekly work").of(lang),
        lead: Some(
            text!("按周下达，到期提醒，逾期亮灯。", "Given weekly; late ones light up.").of(lang),
        ),
        actions: Some(html! {
            (ui::flow::dropdown(text!("导出", "Export").of(lang), "download", html! {
                (menu_link("#", "file", "Excel")) (menu_link("#", "file", "Word"))
            }))
            (link_button(ButtonTone::Primary, "form.html", text!("新建交办", "Assign").of(lang), "plus"))
        }),
        ..Shell::default()
    };
    let tabs = [("全部", "All", 1_112), ("我的", "Mine", 12), ("逾期", "Late", 159)];
    let tabs: Vec<Tab<'_>> = tabs
        .iter()
        .enumerate()
        .map(|(index, (zh, en, count))| Tab {
            href: "list.html",
            label: if lang == Lang::Zh { zh } else { en },
            count: Some(*count),
            active: index == 0,
        })
        .collect();
    let any = Choice::new("", text!("全部", "All").of(lang));
    let states: Vec<Choice<'_>> = std::iter::once(any)
        .chain(LIGHTS.map(|(_, words)| Choice::new(words.en, words.of(lang))))
        .collect();
    let field = |name, label: Text| Field { name, label: label.of(lang), ..Field::default() };
    let filter = filter_form(
        lang,
        &address(lang, "list"),
        html! {
            (search(&field("q", text!("关键词", "Words"))))
            (select(&field("state", text!("状态", "State")), &states))
            (select(&field("unit", text!("责任单位", "Unit")), &[any, Choice::new("a", "永泰县")]))
            (ui::form::month(&field("month", text!("月份", "Month"))))
        },
    );
    let total = text!("1–18，共 1,000+ 件", "1–18 of 1,000+").of(lang);
    let content = html! {
        (ui::flow::tabs(text!("范围", "Scope").of(lang), &tabs))
        (card_flush(None, None, html! {
            (filter)
            (list(html! { (register_table(lang)) (pager(lang, None, Some("list.html?after=18"), total)) }))
        }))
    };
    framed(lang, "list", shell, content)
}

/// A list without rows.
pub(crate) fn empty(lang: Lang) -> Markup {
    let shell =
        Shell { title: text!("月度排名", "Monthly ranking").of(lang), ..Shell::default() };
    let action =
        link_button(ButtonTone::Primary, "#", text!("新建评比", "New review").of(lang), "plus");
    let none = ui::part::empty_state(
        "trophy",
        text!("本月还没有评比", "No review this month").of(lang),
        text!("先确定规则和截止日，再生成名次。", "Set the rules and the day first.").of(lang),
        Some(action),
    );
    let words = [
        (Tone::Blue, text!("截止前还可更改。", "It may be changed until the end.")),
        (Tone::Green, text!("核对无误。", "All figures agree.")),
        (Tone::Yellow, text!("两个单位尚未填报。", "Two units have not reported.")),
        (Tone::Red, text!("数据有出入，暂不能公布。", "The figures differ; not to be published.")),
        (Tone::Grey, text!("仅供参考。", "For information.")),
    ];
    let content = stack(html! {
        (card_flush(None, None, none))
        @for (tone, words) in words { (alert(tone, html! { (words.of(lang)) })) }
        (ui::part::card(Some("num"), None, html! {
            p { (ui::num::yi(123_456_000_000, lang)) " · " (ui::num::wan(987_654_300, lang)) " · " (ui::num::points(264, lang)) }
            p class="cluster" {
                @for tone in [Tone::Grey, Tone::Blue, Tone::Green, Tone::Yellow, Tone::Red] {
                    (badge(tone, text!("标签", "label").of(lang)))
                }
                @for (kind, words) in LIGHTS { (light(kind, words.of(lang))) }
            }
        }))
    });
    framed(lang, "empty", shell, content)
}

/// One item.
pub(crate) fn card(lang: Lang) -> Markup {
    let shell = Shell {
        title: TITLES[0],
        crumbs: &[("index.html", "工作台"), ("list.html", "周交办")],
        actions: Some(html! {
            (link_button(ButtonTone::Plain, "print.html", text!("打印", "Print").of(lang), "printer"))
            form class="form-inline" method="get" {
                (ui::form::confirmed_submit(ButtonTone::Danger, text!("退回", "Return").of(lang), "return", text!("确定退回？", "Return it?").of(lang)))
            }
            form class="form-inline" method="get" { (submit(ButtonTone::Primary, text!("办结", "Close").of(lang), "check")) }
        }),
        ..Shell::default()
    };
    let facts = details(&[
        (text!("编号", "No.").of(lang), html! { "2026-1043" }),
        (
            text!("状态", "State").of(lang),
            light(Light::Red, text!("逾期 3 天", "3 days late").of(lang)),
        ),
        (text!("责任单位", "Unit").of(lang), html! { "永泰县" }),
        (text!("办结期限", "Due").of(lang), html! { "2026-11-20" }),
        (text!("来源", "Source").of(lang), badge(Tone::Blue, "市政府常务会议")),
        (text!("进度", "Progress").of(lang), progress(62, 100, text!("进度", "Progress").of(lang))),
    ]);
    let needs = details_wide(&[(
        text!("要求", "Required").of(lang),
        html! { "完成 12 个小区的外墙和管网改造。\n每周五前报送进度。" },
    )]);
    let states = [StepState::Done, StepState::Done, StepState::Current, StepState::Waiting];
    let names = ["交办", "承办", "审核", "销号"];
    let chain: Vec<Step<'_>> = names
        .iter()
        .zip(states)
        .map(|(label, state)| Step {
            label,
            detail: if state == StepState::Done { "11-12 王强" } else { "" },
            state,
        })
        .collect();
    let happened = [
        (Tone::Red, "退回", "缺少验收单。"),
        (Tone::Blue, "报送进度", "完成 7 个小区，附件 2 份。"),
        (Tone::Green, "签收", ""),
    ]
    .map(|(tone, title, body)| TimelineEntry {
        when: "2026-11-18 10:22",
        who: "王强（永泰县政府办）",
        title,
        body: (!body.is_empty()).then(|| html! { (body) }),
        tone,
    });
    let content = split(
        html! {
            (ui::part::card(Some(text!("基本情况", "Facts").of(lang)), None, html! { (facts) (needs) }))
            (ui::part::card(Some(text!("办理环节", "Stages").of(lang)), None, ui::flow::steps(lang, &chain)))
            (order_card(lang))
        },
        ui::part::card(
            Some(text!("办理记录", "History").of(lang)),
            None,
            ui::flow::timeline(&happened),
        ),
    );
    framed(lang, "list", shell, content)
}

fn order_card(lang: Lang) -> Markup {
    ui::part::card(
        Some(text!("会签顺序", "Order of signing").of(lang)),
        None,
        html! {
            form class="form" method="get" data-guard {
                ol class="plain" data-sortable {
                    @for name in ["发改委", "住建局", "财政局"] {
                        li class="cluster" {
                            input type="hidden" name="unit" value=(name);
                            (icon("building")) span { (name) } span class="cluster" data-grip {}
                        }
                    }
                }
                (ui::form::actions(submit(ButtonTone::Plain, text!("保存顺序", "Save order").of(lang), "")))
            }
        },
    )
}
