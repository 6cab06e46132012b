//! 单位得分表 as a Word file that the unit signs, in our layout or the office's own form.

use assignments::pages::papers;
use files::docx::{Block, Cell, Picture, Section, Sheet, Style, Table, Values};
use journal::{Result, Tx};
use kernel::{Text, text};
use web::{Answer, Call, Paper, PaperSpec, Place, Rows};

use super::print::{Printed, printed};
use super::{Dimension, Item};
use crate::words;

/// 单位得分表.
pub(crate) static SPEC: PaperSpec = PaperSpec {
    word: "unit_sheet",
    title: words::statement::SHEET,
    places: PLACES,
    lists: &[Rows {
        name: "项目",
        meaning: text!(
            "按办法的顺序，加分和否决在后",
            "As the rules have them, bonuses and vetoes last"
        ),
        columns: ROW,
    }],
    layout,
    newest: |call, tx| Box::pin(newest(call, tx)),
};

const PLACES: &[Place] = &[
    ("单位", text!("单位全称", "The unit's full name")),
    ("考评期", text!("如 2021年10月", "Like 2021年10月")),
    ("组别", text!("考评组别", "Its group")),
    ("办法", text!("适用的考评办法", "The rules")),
    ("总分", text!("总分；无法计分则为空", "The total; empty if there is none")),
    ("名次", text!("如 第3名（共9个）；不排名则为空", "Like 第3名（共9个）; else empty")),
    ("稿次", text!("公示稿或封存稿", "Draft, or as frozen")),
    ("合计", text!("各部分相加的算式", "How the parts add up")),
    ("调整事项", text!("采纳的异议，一行一件；没有则为空", "Upheld objections, a line each")),
    ("校验值", text!("依据和结果的校验值", "The root of facts and scores")),
    (
        "封存时日志",
        text!("封存时（未封存的为当时）的日志封印", "The journal's head at the freeze, or now"),
    ),
    (
        "取消评优",
        text!("取消评优资格的原因；没有则为空", "Why it is not eligible for awards; else empty"),
    ),
    ("二维码内容", text!("校验值和日志封印，一行", "The root and the journal's head in one line")),
];

/// The side of the code on paper, in millimetres.
const QR: u32 = 30;

const fn place(name: &'static str, zh: &'static str, en: &'static str) -> Place {
    (name, Text { zh, en })
}

const ROW: &[Place] = &[
    place("维度", "所属维度", "Dimension"),
    place("项目名称", "项目", "Item"),
    place("依据", "办法条款；没有则为空", "Article; else empty"),
    place("算法", "怎样算的", "How it comes about"),
    place("数据", "用到的数据和记录数", "Its figures with their records"),
    place("得分", "得分；没有则为空", "Points; else empty"),
];

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let sheet = printed(&call).await?;
    let paper = paper(&call, &mut call.read().await?, &sheet).await?;
    papers::answer(&call, paper).await
}

async fn newest(call: &Call, tx: &mut Tx) -> Result<Option<Paper>> {
    match super::print::newest(call, tx).await? {
        Some(sheet) => paper(call, tx, &sheet).await.map(Some),
        None => Ok(None),
    }
}

async fn paper(call: &Call, tx: &mut Tx, sheet: &Printed) -> Result<Paper> {
    let (mut v, p) = (papers::values(call, tx, &SPEC, None).await?, &sheet.page);
    let rank = p.rank.as_ref().map(|rank| format!("第{rank}名（共{}个）", p.ranked));
    let adjusted = p.adjusted.iter().map(|a| format!("{}　{}", a.reference, a.reason));
    v.put("单位", &sheet.full);
    v.put("考评期", p.month.named().zh);
    v.put("组别", &p.group.zh);
    v.put("办法", &p.rule.zh);
    v.put("总分", p.total.clone().unwrap_or_default());
    v.put("名次", rank.unwrap_or_default());
    v.put("稿次", sheet.stage().zh);
    v.put("合计", &p.sum.zh);
    v.put("调整事项", adjusted.collect::<Vec<_>>().join("\n"));
    let barred: Vec<_> = p.barred.iter().map(|why| why.zh.as_str()).collect();
    v.put("取消评优", barred.join("\n"));
    v.put("校验值", &p.root);
    v.put("封存时日志", &sheet.sealed_at);
    v.put("二维码内容", sheet.code());
    let mut rows: Vec<_> = p.dimensions.iter().flat_map(rows_of).collect();
    rows.extend(p.others.iter().map(|item| row("加分、否决与折算", item)));
    rows.extend(p.amounts.iter().map(|item| row(super::AMOUNTS.zh, item)));
    if let Some(list) = v.lists.get_mut("项目") {
        list.rows = rows;
    }
    let about = format!("{}-{}", p.month, p.unit);
    Ok(Paper { spec: &SPEC, about, values: v })
}

fn rows_of(dimension: &Dimension) -> Vec<Vec<String>> {
    dimension.items.iter().map(|item| row(&dimension.title.zh, item)).collect()
}

fn row(dimension: &str, item: &Item) -> Vec<String> {
    let figures =
        item.figures.iter().map(|f| format!("{} {}（{}条记录）", f.measure, f.shown.zh, f.n));
    let why = item.why.as_ref().map_or_else(String::new, |why| format!("\n{}", why.zh));
    vec![
        dimension.to_owned(),
        item.title.zh.clone(),
        item.article.clone().unwrap_or_default(),
        format!("{}{why}", item.sentence.zh),
        figures.collect::<Vec<_>>().join("\n"),
        item.points.clone().unwrap_or_else(|| "—".to_owned()),
    ]
}

/// 单位得分表 in our layout.
fn layout(v: &Values) -> Vec<Section> {
    let of = |name: &str| v.get(name);
    let or_dash =
        |name: &str| if of(name).is_empty() { "—".to_owned() } else { of(name).to_owned() };
    let pair = |a: &str, x: String, b: &str, y: String| {
        vec![Cell::head(a), Cell::text(x), Cell::head(b), Cell::text(y)]
    };
    let barred = (!of("取消评优").is_empty())
        .then(|| vec![Cell::head("取消评优"), Cell::text(of("取消评优")).over(3)]);
    let head = Table {
        columns: vec![14, 38, 14, 34],
        head: Vec::new(),
        rows: vec![
            pair("单位", or_dash("单位"), "考评期", or_dash("考评期")),
            pair("办法", or_dash("办法"), "组别", or_dash("组别")),
            pair("得分", or_dash("总分"), "名次", or_dash("名次")),
            vec![Cell::head("算式"), Cell::text(or_dash("合计")).over(3)],
            vec![Cell::head("调整事项"), Cell::text(or_dash("调整事项")).over(3)],
        ]
        .into_iter()
        .chain(barred)
        .collect(),
    };
    let item = |row: &Vec<String>| {
        let at = |n: usize| row.get(n).cloned().unwrap_or_default();
        let how = [at(3), at(4)].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>();
        let name = [at(1), at(2)].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>();
        vec![
            Cell::text(at(0)),
            Cell::text(name.join("\n")),
            Cell::text(how.join("\n")),
            Cell::middle(at(5)),
        ]
    };
    let items = Table {
        columns: vec![15, 20, 53, 12],
        head: vec![["维度", "项目与依据", "怎样算的", "得分"].map(Cell::head).to_vec()],
        rows: v.rows("项目").iter().map(item).collect(),
    };
    let title = format!("{}得分表（{}）", of("考评期"), of("稿次"));
    let code = ui::qr::picture(of("二维码内容")).map(|png| {
        let label = "校验值和日志封印的二维码".to_owned();
        Block::Picture(Picture { png, side: QR, label })
    });
    let mut blocks = vec![
        Block::text(Style::List, title),
        Block::Table(head),
        Block::text(Style::Lead, "各项得分"),
        Block::Table(items),
        Block::text(
            Style::Lead,
            "单位负责人（签字、盖章）：　　　　　　　　　　　　　年　　月　　日",
        ),
        Block::text(Style::Note, format!("校验值：{}", of("校验值"))),
        // By itself: the line is too short for both, and would be spread over its width.
        Block::text(Style::Note, "封存时日志："),
        Block::text(Style::Note, of("封存时日志")),
    ];
    blocks.extend(code);
    vec![Section { sheet: Sheet::Form, blocks }]
}
