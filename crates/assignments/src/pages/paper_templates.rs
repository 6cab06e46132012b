//! The office's own forms: which kind of paper is filled from which, with a preview from a real
//! record.

use files::docx;
use journal::{Error, Result};
use kernel::{Refusal, Text, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{layout, part};
use web::{Answer, Call, View};

use super::papers;
use crate::acts::set_paper_template::spec_of;
use crate::{grants, store};

#[derive(Serialize)]
struct Templates {
    kinds: Vec<Kind>,
}

#[derive(Serialize)]
struct Kind {
    kind: &'static str,
    #[serde(skip)]
    title: Text,
    file: Option<File>,
}

#[derive(Serialize)]
struct File {
    name: String,
    size: i64,
    hash: String,
    who: String,
    at: String,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city) = (call.read().await?, call.city()?);
    let mut kinds = Vec::new();
    for spec in call.papers() {
        let row = store::papers::template(&mut tx, city, spec.word).await?;
        let file = match row {
            None => None,
            Some(row) => Some(File {
                name: row.name,
                size: row.size,
                hash: row.hash,
                who: papers::post(&mut tx, city, Some(row.post_id)).await?,
                at: row.at.local(&call.zone()),
            }),
        };
        kinds.push(Kind { kind: spec.word, title: spec.title, file });
    }
    call.page(&Templates { kinds })
}

/// The form itself, to be worked on.
pub(crate) async fn file(call: Call) -> Result<Answer> {
    let (mut tx, city) = (call.read().await?, call.city()?);
    let row = store::papers::template(&mut tx, city, spec_of(&call)?.word).await?;
    let row = row.ok_or_else(Error::missing)?;
    drop(tx);
    let bytes = files::read(call.db(), city, &journal::unhex(&row.hash)?).await?;
    papers::taken_out(&call, &row.name).await?;
    Ok(Answer::download(&row.name, docx::MEDIA, bytes))
}

/// The paper of the newest record there is, as it would be handed out now.
pub(crate) async fn preview(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let spec = spec_of(&call)?;
    let Some(paper) = (spec.newest)(&call, &mut tx).await? else {
        return Err(Refusal::rule(text!(
            "还没有可用于预览的记录，印发后再试。",
            "There is no record to preview with yet; try again once something is issued."
        ))
        .into());
    };
    drop(tx);
    papers::answer(&call, paper).await
}

impl View for Templates {
    fn title(&self, call: &Call) -> String {
        text!("公文模板", "Own forms").of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/batches"), crate::words::BATCHES.of(call.lang).to_owned())]
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let columns = [
            Column::lead(text!("公文", "Paper").of(lang)),
            Column::text(text!("版式", "Form").of(lang)),
            Column::text(text!("上传", "Uploaded").of(lang)),
            Column::actions(text!("操作", "Actions").of(lang)),
        ];
        let caption = text!("公文模板", "Own forms").of(lang);
        let rows = self.kinds.iter().map(|k| row(call, k)).collect();
        layout::stack(html! {
            p class="muted" { (text!(
                "没有上传模板的公文用系统自带版式（按 GB/T 9704 排版）。",
                "A paper without a form of your own has our layout, after GB/T 9704."
            ).of(lang)) }
            (part::card_flush(None, None, Table { caption, columns: &columns, rows, ..Table::default() }.render()))
        })
    }
}

fn row(call: &Call, k: &Kind) -> Row {
    let lang = call.lang;
    let base = format!("/paper-templates/{}", k.kind);
    let go = |permission, path: &str, label: Text, sign| {
        let at = format!("{base}{path}");
        web::button(call, permission, &at, (ButtonTone::Plain, label.of(lang), sign))
    };
    let upload = match k.file {
        Some(_) => text!("更换", "Replace"),
        None => text!("上传模板", "Upload a form"),
    };
    Row {
        href: None,
        tone: None,
        cells: vec![
            html! { (k.title.of(lang)) },
            html! {
                @match &k.file {
                    Some(file) => {
                        a href=(call.href(&format!("{base}/file"))) download { (file.name) }
                        " " span class="muted" { (file.size / 1024 + 1) " KB" }
                    }
                    None => { (text!("系统自带", "Ours").of(lang)) }
                }
            },
            html! { @if let Some(file) = &k.file { (file.who) " " (file.at) } },
            html! {
                (go(grants::PREVIEW_PAPER, "/preview", text!("预览", "Preview"), "eye"))
                " " (go(grants::SET_PAPER_TEMPLATE, "", upload, "upload"))
                @if k.file.is_some() {
                    " " (go(grants::REMOVE_PAPER_TEMPLATE, "/removal", text!("停用", "Stop using"), "x"))
                }
            },
        ],
    }
}
