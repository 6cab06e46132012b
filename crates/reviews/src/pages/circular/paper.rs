//! 通报 as a Word file after GB/T 9704, or in the office's own form: the page's values by name. On
//! paper a figure carries the number of its source instead of a link.

use assignments::pages::papers;
use files::docx::{Block, Cell, Picture, Section, Sheet, Style, Table, Values};
use journal::{Result, Tx};
use kernel::{Lang, text};
use web::{Answer, Call, Paper, PaperSpec, Place, Rows};

use super::figures::{Piece, hidden};
use super::{Circular, Placed, read};
use crate::words;

/// 通报.
pub(crate) static SPEC: PaperSpec = PaperSpec {
    word: "circular",
    title: words::statement::CIRCULAR,
    places: PLACES,
    lists: LISTS,
    layout,
    newest: |call, tx| Box::pin(newest(call, tx)),
};

const PLACES: &[Place] = &[
    ("文号", text!("如 督查通报2021年第4期；通报前为空", "Like 督查通报2021年第4期; empty before")),
    ("标题", text!("通报标题", "The title")),
    ("主送", text!("主送单位", "To whom")),
    ("导语", text!("依据的办法和考评期", "By which rules, for which month")),
    ("总体情况", text!("交办、应办结、按期办结、逾期件数", "Issued, due, in time, overdue")),
    ("异议情况", text!("异议处理情况一句话", "What units contested, in a sentence")),
    ("存在问题", text!("逾期和表态发言情况", "What is overdue, who makes a statement")),
    ("下步要求", text!("下步要求，一段一行", "What is asked, a paragraph a line")),
    ("印发日期", text!("通报日期；通报前为空", "Published on; else empty")),
    ("抄送", text!("抄送；没有则为空", "Copies to; empty if none")),
    ("印发范围", text!("印发范围", "Distribution")),
    (
        "奖励说明",
        text!("奖励前的一句话；没有奖励则为空", "A sentence before the awards; empty if none"),
    ),
    ("二维码内容", text!("校验值和日志封印，一行", "The root and the journal's head in one line")),
    ("校验值", text!("封存的校验值", "The root of what was frozen")),
    ("封存时日志", text!("封存时的日志封印，序号:摘要", "The journal's head at the freeze")),
];

/// Overdue items in the text itself, the longest first; the annex lists them all.
const LONGEST: usize = 10;
/// The side of the code on paper, in millimetres.
const QR: u32 = 22;

const fn place(name: &'static str, zh: &'static str, en: &'static str) -> Place {
    (name, kernel::Text { zh, en })
}

const LISTS: &[Rows] = &[
    Rows {
        name: "得分表",
        meaning: text!("按组别和名次", "By group and place"),
        columns: &[
            place("组别", "考评组别", "Group"),
            place("名次", "名次；不排名的为空", "Place; empty without one"),
            place("单位", "单位", "Unit"),
            place("得分", "总分或不排名的原因", "Total, or why there is none"),
            place("各项得分", "各项目得分", "Points by item"),
        ],
    },
    Rows {
        name: "奖励",
        meaning: text!("按组别和名次", "By group and place"),
        columns: &[
            place("获奖单位", "单位", "Unit"),
            place("奖励事项", "奖励名称", "Award"),
            place("金额", "金额；没有则为空", "Amount; else empty"),
        ],
    },
    Rows {
        name: "逾期清单",
        meaning: text!("逾期最久的在前", "The longest first"),
        columns: &[
            place("序号", "序号", "No."),
            place("编号", "事项编号", "The item's number"),
            place("事项", "事项名称", "The item's title"),
            place("责任单位", "责任单位", "Unit"),
            place("完成时限", "完成时限", "Due"),
            place("逾期天数", "逾期天数", "Days late"),
        ],
    },
    Rows {
        name: "异议",
        meaning: text!("按编号", "By number"),
        columns: &[
            place("异议编号", "异议编号", "No."),
            place("异议单位", "单位", "Unit"),
            place("异议项目", "有异议的项目", "Item"),
            place("处理结果", "处理结果", "What was decided"),
        ],
    },
    Rows {
        name: "来源",
        meaning: text!("按编号", "By number"),
        columns: &[
            place("来源编号", "正文中的编号", "The number in the text"),
            place("来源内容", "是什么数据", "What it is"),
            place("来源地址", "系统中的地址", "Its address"),
        ],
    },
];

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let review = super::reached(&call).await?;
    let circular = read::circular(&call, &review).await?;
    let paper = paper(&call, &mut call.read().await?, &circular).await?;
    papers::answer(&call, paper).await
}

async fn newest(call: &Call, tx: &mut Tx) -> Result<Option<Paper>> {
    let Some(review) = super::newest(call, tx).await? else { return Ok(None) };
    let circular = read::circular_in(call, tx, &review).await?;
    Ok(Some(paper(call, tx, &circular).await?))
}

async fn paper(call: &Call, tx: &mut Tx, c: &Circular) -> Result<Paper> {
    let mut v = papers::values(call, tx, &SPEC, None).await?;
    v.put("督查机关", &c.bureau);
    v.put("文号", c.number.clone().unwrap_or_default());
    v.put("标题", &c.title.zh);
    v.put("主送", &c.wording.addressees);
    v.put("导语", &c.intro.zh);
    v.put("总体情况", overview(c));
    let corrected = c.corrected_figures().map_or("", |told| told.zh);
    let heard = c.heard().zh;
    let heard = heard.strip_suffix('。').unwrap_or(&heard);
    v.put("异议情况", format!("{heard}［{}］。{corrected}", c.heard_at));
    v.put("存在问题", problems(c));
    v.put("下步要求", &c.wording.demands);
    v.put("印发日期", c.dated.map_or_else(String::new, papers::day));
    v.put("抄送", &c.wording.copies);
    v.put("印发范围", &c.wording.printed);
    v.put("奖励说明", award_intro(c));
    let (month, root, head) = (c.month, &c.root, &c.frozen_head);
    let code = format!("DUBAN {month} ROOT {root} HEAD {head}").to_uppercase();
    v.put("二维码内容", code);
    v.put("校验值", &c.root);
    v.put("封存时日志", &c.frozen_head);
    fill(&mut v, "得分表", scores(c));
    fill(&mut v, "奖励", awards(c));
    fill(&mut v, "逾期清单", late(c));
    fill(&mut v, "异议", objections(c));
    fill(&mut v, "来源", sources(c));
    Ok(Paper { spec: &SPEC, about: c.month.to_string(), values: v })
}

fn fill(v: &mut Values, name: &str, rows: Vec<Vec<String>>) {
    if let Some(list) = v.lists.get_mut(name) {
        list.rows = rows;
    }
}

/// The sentence with the numbers of its sources.
fn overview(c: &Circular) -> String {
    let pieces = c.overview.sentence(Lang::Zh).into_iter().map(|piece| match piece {
        Piece::Words(words) => words,
        Piece::Figure(total) => format!("{}［{}］", total.count, total.source),
    });
    pieces.collect()
}

/// What an award is, with the number of its source.
fn award_intro(c: &Circular) -> String {
    let intro = c.award_intro().map_or("", |intro| intro.zh);
    intro
        .strip_suffix('：')
        .map_or_else(String::new, |intro| format!("{intro}［{}］：", c.decided_at))
}

fn problems(c: &Circular) -> String {
    let (n, source) = (c.late.len(), c.overview.late.source);
    let mut lines = vec![if n == 0 {
        "截至考评期末没有逾期未办结的事项。".to_owned()
    } else if c.late_left > 0 {
        format!("逾期时间最长的{n}件［{source}］见附件2，另有{}件未列出。", c.late_left)
    } else {
        format!("逾期未办结的{n}件［{source}］见附件2。")
    }];
    for s in &c.statements {
        let article = s.article.as_ref().map_or_else(String::new, |a| format!("（{a}）"));
        lines.push(format!("{}作{}{article}。", s.unit, s.title.zh));
    }
    lines.join("\n")
}

fn scores(c: &Circular) -> Vec<Vec<String>> {
    let rows = c.groups.iter().flat_map(|group| {
        group.units.iter().map(|u| {
            let items = u
                .items
                .iter()
                .map(|(name, points)| format!("{} {}", name.zh, points.as_deref().unwrap_or("—")));
            vec![
                group.name.zh.clone(),
                u.rank.clone().unwrap_or_default(),
                u.unit.clone(),
                total(u),
                items.collect::<Vec<_>>().join("；"),
            ]
        })
    });
    rows.collect()
}

fn total(unit: &Placed) -> String {
    match (&unit.why, &unit.total) {
        (Some(why), _) => why.zh.clone(),
        (None, total) => total.clone().unwrap_or_default(),
    }
}

fn awards(c: &Circular) -> Vec<Vec<String>> {
    let rows = c.awards.iter().map(|a| {
        let amount = a.amount_fen.map_or_else(String::new, |fen| super::amount(fen, Lang::Zh));
        vec![a.unit.clone(), a.title.zh.clone(), amount]
    });
    rows.collect()
}

fn late(c: &Circular) -> Vec<Vec<String>> {
    let rows = (1..).zip(&c.late).map(|(n, l): (usize, _)| {
        vec![
            n.to_string(),
            l.label.clone(),
            l.title.clone().unwrap_or_else(|| hidden().zh),
            l.unit.clone(),
            l.due_on.map_or_else(String::new, papers::day),
            l.days.to_string(),
        ]
    });
    rows.collect()
}

fn objections(c: &Circular) -> Vec<Vec<String>> {
    let rows = c.objections.iter().map(|o| {
        let state = words::objection_state(o.state).zh.to_owned();
        vec![o.label.clone(), o.unit.clone(), o.item.clone(), state]
    });
    rows.collect()
}

fn sources(c: &Circular) -> Vec<Vec<String>> {
    let rows =
        c.sources.iter().map(|s| vec![format!("［{}］", s.n), s.what.zh.clone(), s.href.clone()]);
    rows.collect()
}

/// 通报 in our layout: the text, and its annexes on sheets of their own.
fn layout(v: &Values) -> Vec<Section> {
    let annexes = annexes(v).map(|blocks| Section { sheet: Sheet::Lying, blocks });
    std::iter::once(Section { sheet: Sheet::Upright, blocks: text_of(v) }).chain(annexes).collect()
}

fn lines(blocks: &mut Vec<Block>, text: &str) {
    blocks.extend(text.lines().map(|line| Block::text(Style::Body, line)));
}

fn text_of(v: &Values) -> Vec<Block> {
    let of = |name: &str| v.get(name);
    let number = if of("文号").is_empty() { "（审批稿，未编号）" } else { of("文号") };
    let mut blocks = vec![
        Block::text(Style::Title, of("标题")),
        Block::text(Style::Under, number),
        Block::text(Style::Addressee, format!("{}：", of("主送"))),
        Block::text(Style::Body, of("导语")),
        Block::text(Style::First, "一、总体情况"),
    ];
    lines(&mut blocks, of("总体情况"));
    lines(&mut blocks, of("异议情况"));
    blocks.push(Block::text(Style::First, "二、考评结果"));
    results(&mut blocks, v);
    blocks.push(Block::text(Style::First, "三、奖励"));
    if v.rows("奖励").is_empty() {
        lines(&mut blocks, "本期没有奖励。");
    } else {
        lines(&mut blocks, of("奖励说明"));
        blocks.push(table(v, "奖励", &[("单位", 30, 0), ("事项", 40, 1), ("金额", 30, 2)]));
    }
    blocks.push(Block::text(Style::First, "四、存在问题"));
    lines(&mut blocks, of("存在问题"));
    let longest: Vec<&Vec<String>> = v.rows("逾期清单").iter().take(LONGEST).collect();
    if !longest.is_empty() {
        let columns = [("事项", 50, 2), ("责任单位", 30, 3), ("逾期天数", 20, 5)];
        blocks.push(rows_of(&longest, &columns));
    }
    blocks.push(Block::text(Style::First, "五、下步要求"));
    lines(&mut blocks, of("下步要求"));
    for annex in
        ["附件：1．得分表", "　　　2．逾期清单", "　　　3．异议处理情况", "　　　4．数据来源"]
    {
        blocks.push(Block::text(Style::Body, annex));
    }
    blocks.push(Block::text(Style::Signature, of("督查机关")));
    let dated = if of("印发日期").is_empty() {
        "　　年　　月　　日"
    } else {
        of("印发日期")
    };
    blocks.push(Block::text(Style::Dated, dated));
    if !of("抄送").is_empty() {
        blocks.push(Block::text(Style::Note, format!("抄送：{}", of("抄送"))));
    }
    blocks.push(Block::text(Style::Note, format!("印发范围：{}", of("印发范围"))));
    blocks
}

/// Each group under its name with places and totals.
fn results(blocks: &mut Vec<Block>, v: &Values) {
    let mut groups: Vec<(&str, Vec<&Vec<String>>)> = Vec::new();
    for row in v.rows("得分表") {
        let group = row.first().map_or("", String::as_str);
        match groups.last_mut().filter(|(name, _)| *name == group) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((group, vec![row])),
        }
    }
    for (n, (group, rows)) in groups.into_iter().enumerate() {
        let source = v
            .rows("来源")
            .iter()
            .find(|s| s.get(1).is_some_and(|what| *what == format!("{group}得分和名次")));
        let cited = source.and_then(|s| s.first()).map_or("", String::as_str);
        blocks.push(Block::text(Style::Second, format!("（{}）{group}{cited}", numeral(n + 1))));
        let columns = [("名次", 20, 1), ("单位", 45, 2), ("得分", 35, 3)];
        blocks.push(rows_of(&rows, &columns));
    }
}

/// 一 to 十, and figures beyond.
fn numeral(n: usize) -> String {
    const WORDS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let word = n.checked_sub(1).and_then(|i| WORDS.get(i));
    word.map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// The annexes, each on a sheet of its own.
fn annexes(v: &Values) -> [Vec<Block>; 4] {
    let title = |text: &str| Block::text(Style::List, text);
    let listed = |of: &str, list: &str, columns: &[(&str, u32, usize)]| {
        let none = || Block::text(Style::Lead, "无。");
        let body = if v.rows(list).is_empty() { none() } else { table(v, list, columns) };
        vec![title(of), body]
    };
    let scores =
        [("组别", 14, 0), ("名次", 7, 1), ("单位", 16, 2), ("得分", 12, 3), ("各项得分", 60, 4)];
    let late = [
        ("序号", 7, 0),
        ("编号", 12, 1),
        ("事项", 45, 2),
        ("责任单位", 18, 3),
        ("完成时限", 18, 4),
        ("逾期天数", 10, 5),
    ];
    let heard = [("编号", 25, 0), ("单位", 25, 1), ("项目", 35, 2), ("处理结果", 15, 3)];
    [
        listed("附件1　得分表", "得分表", &scores),
        listed("附件2　逾期清单", "逾期清单", &late),
        listed("附件3　异议处理情况", "异议", &heard),
        sources_and_seal(v),
    ]
}

/// Where the figures come from, and by what the paper can be checked.
fn sources_and_seal(v: &Values) -> Vec<Block> {
    let mut blocks = vec![
        Block::text(Style::List, "附件4　数据来源"),
        Block::text(
            Style::Lead,
            "正文中［　］内的编号见下表；在系统中打开地址即可看到每个数据的记录。",
        ),
    ];
    // Before the table, which may end where a sheet ends.
    blocks.extend(ui::qr::picture(v.get("二维码内容")).map(|png| {
        let label = "校验值和日志封印的二维码".to_owned();
        Block::Picture(Picture { png, side: QR, label })
    }));
    blocks.push(table(v, "来源", &[("编号", 8, 0), ("内容", 24, 1), ("地址", 68, 2)]));
    for label in ["校验值", "封存时日志"] {
        blocks.push(Block::text(Style::Note, format!("{label}：{}", v.get(label))));
    }
    blocks
}

/// A table of a list: heads with their shares, and which column of the list each shows.
fn table(v: &Values, list: &str, columns: &[(&str, u32, usize)]) -> Block {
    let rows: Vec<&Vec<String>> = v.rows(list).iter().collect();
    rows_of(&rows, columns)
}

fn rows_of(rows: &[&Vec<String>], columns: &[(&str, u32, usize)]) -> Block {
    const WIDE: [&str; 4] = ["事项", "各项得分", "地址", "项目"];
    let head = columns.iter().map(|(label, ..)| Cell::head(*label)).collect();
    let cell = |(label, _, from): &(&str, u32, usize), row: &Vec<String>| {
        let text = row.get(*from).cloned().unwrap_or_default();
        if WIDE.contains(label) { Cell::text(text) } else { Cell::middle(text) }
    };
    let rows = rows.iter().map(|row| columns.iter().map(|c| cell(c, row)).collect());
    Block::Table(Table {
        columns: columns.iter().map(|(_, share, _)| *share).collect(),
        head: vec![head],
        rows: rows.collect(),
    })
}
