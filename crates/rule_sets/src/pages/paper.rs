//! The text of the rules as a Word file, by values that fill our layout or the office's own form.

use assignments::pages::papers;
use files::docx::{Block, Section, Sheet, Style, Values};
use journal::{Result, Tx};
use kernel::{Lang, text};
use rules::rule_set::RuleSet;
use web::{Answer, Call, Paper, PaperSpec, Place};

use crate::tables::VersionRow;
use crate::{store, words};

/// 考评办法.
pub(crate) static SPEC: PaperSpec = PaperSpec {
    word: "rule_set",
    title: words::RULE_SET,
    places: PLACES,
    lists: &[],
    layout,
    newest: |call, tx| Box::pin(newest(call, tx)),
};

/// The papers of this room.
pub(crate) const SPECS: &[&PaperSpec] = &[&SPEC];

const PLACES: &[Place] = &[
    ("办法名称", text!("办法全称", "The name of the rules")),
    ("编号", text!("如 XQ-2021", "Like XQ-2021")),
    ("版本", text!("如 第2版", "Like 第2版")),
    ("文号", text!("印发文件的文号；未印发则为空", "Of the issued document; else empty")),
    ("印发机关", text!("印发机关；未印发则为空", "Who issued it; else empty")),
    ("印发日期", text!("印发日期；未印发则为空", "When; else empty")),
    ("施行考评期", text!("如 2021-12；未印发则为空", "Like 2021-12; else empty")),
    ("正文", text!("办法全文，一条一行", "The articles, a line each")),
];

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let (_, row) = super::reach(&call, &mut tx).await?;
    let rule = super::rule_of(&row)?.ok_or_else(super::print::not_right)?;
    let paper = paper(&call, &mut tx, (&row, &rule)).await?;
    drop(tx);
    papers::answer(&call, paper).await
}

async fn newest(call: &Call, tx: &mut Tx) -> Result<Option<Paper>> {
    for set in store::rule_sets(tx, call.actor()?).await? {
        let versions = store::versions(tx, call.actor()?, set.id).await?;
        let Some(row) = store::adopted_last(&versions) else { continue };
        if let Some(rule) = super::rule_of(row)? {
            return Ok(Some(paper(call, tx, (row, &rule)).await?));
        }
    }
    Ok(None)
}

async fn paper(call: &Call, tx: &mut Tx, (row, rule): (&VersionRow, &RuleSet)) -> Result<Paper> {
    let mut v = papers::values(call, tx, &SPEC, None).await?;
    let lines = rules::print::lines(rule, Lang::Zh);
    let body: Vec<&str> = lines.iter().skip(2).map(String::as_str).collect();
    v.put("办法名称", &row.name);
    v.put("编号", &rule.code.0);
    v.put("版本", format!("第{}版", row.n));
    v.put("文号", row.issued_number.clone().unwrap_or_default());
    v.put("印发机关", row.issued_office.clone().unwrap_or_default());
    v.put("印发日期", row.issued_on.map_or_else(String::new, papers::day));
    v.put("施行考评期", row.from_period.clone().unwrap_or_default());
    v.put("正文", body.join("\n"));
    Ok(Paper { spec: &SPEC, about: format!("{}-{}", rule.code.0, row.n), values: v })
}

fn layout(v: &Values) -> Vec<Section> {
    let of = |name: &str| v.get(name);
    let mut blocks = vec![Block::text(Style::Title, of("办法名称"))];
    let issued = if of("文号").is_empty() {
        format!("{}　{}（稿）", of("编号"), of("版本"))
    } else {
        format!("{}　自{}考评期起施行", of("文号"), of("施行考评期"))
    };
    blocks.push(Block::text(Style::Under, issued));
    for line in of("正文").lines() {
        let style = if line.starts_with('第') { Style::First } else { Style::Body };
        blocks.push(Block::text(style, line.trim()));
    }
    if !of("印发机关").is_empty() {
        blocks.push(Block::text(Style::Signature, of("印发机关")));
        blocks.push(Block::text(Style::Dated, of("印发日期")));
    }
    vec![Section { sheet: Sheet::Upright, blocks }]
}
