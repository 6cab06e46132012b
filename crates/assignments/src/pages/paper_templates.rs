//! The office's own forms: which kind of paper is filled from which, with a preview from a real
//! record.

use files::docx;
use journal::{Error, Result, Tx};
use kernel::{Refusal, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{layout, part};
use web::{Answer, Call, View};

use super::papers::{self, Paper};
use crate::acts::set_paper_template::kind;
use crate::light::Light;
use crate::paper::PaperKind;
use crate::store::register::{self, Filter, Sort};
use crate::tables::{BatchState, State};
use crate::{grants, store};

#[derive(Serialize)]
struct Templates {
    kinds: Vec<Kind>,
}

#[derive(Serialize)]
struct Kind {
    kind: PaperKind,
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
    for kind in PaperKind::ALL {
        let row = store::papers::template(&mut tx, city, *kind).await?;
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
        kinds.push(Kind { kind: *kind, file });
    }
    call.page(&Templates { kinds })
}

/// The form itself, to be worked on.
pub(crate) async fn file(call: Call) -> Result<Answer> {
    let (mut tx, city) = (call.read().await?, call.city()?);
    let row = store::papers::template(&mut tx, city, kind(&call)?).await?;
    let row = row.ok_or_else(Error::missing)?;
    drop(tx);
    let bytes = files::read(call.db(), city, &journal::unhex(&row.hash)?).await?;
    papers::taken_out(&call, &row.name).await?;
    Ok(Answer::download(&row.name, docx::MEDIA, bytes))
}

/// The paper of the newest record there is, as it would be handed out now.
pub(crate) async fn preview(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let kind = kind(&call)?;
    let Some(paper) = newest(&call, &mut tx, kind).await? else {
        return Err(Refusal::rule(text!(
            "还没有可用于预览的记录，印发清单后再试。",
            "There is no record to preview with yet; try again once a list is issued."
        ))
        .into());
    };
    drop(tx);
    papers::answer(&call, paper).await
}

async fn newest(call: &Call, tx: &mut Tx, kind: PaperKind) -> Result<Option<Paper>> {
    let city = call.city()?;
    let filter = match kind {
        PaperKind::Sheet => Filter { sort: Sort::Issued, ..Filter::default() },
        PaperKind::Reminder => Filter { light: Some(Light::Red), ..Filter::default() },
        PaperKind::ClosingReport => {
            Filter { state: Some(State::Closed), sort: Sort::Issued, ..Filter::default() }
        }
        PaperKind::List | PaperKind::Meeting => {
            let batches = store::batch::batches(tx, city).await?;
            let Some(batch) = batches.into_iter().find(|b| b.state == BatchState::Issued) else {
                return Ok(None);
            };
            let paper = if kind == PaperKind::List {
                papers::list::read(call, tx, &batch).await?
            } else {
                papers::meeting::read(call, tx, &batch).await?
            };
            return Ok(Some(paper));
        }
    };
    let edges = super::edges(call, tx).await?;
    let found = register::list(tx, call.actor()?, &filter, &edges, 1).await?;
    let Some(found) = found.into_iter().next() else { return Ok(None) };
    let paper = match kind {
        PaperKind::Reminder => {
            let unit = people::store::unit(tx, city, found.row.unit_id).await?;
            papers::reminder::read(call, tx, &unit.ok_or_else(Error::missing)?).await?
        }
        PaperKind::ClosingReport => papers::closing::read(call, tx, &found.row).await?,
        PaperKind::Sheet | PaperKind::List | PaperKind::Meeting => {
            papers::sheet::read(call, tx, &found.row).await?
        }
    };
    Ok(Some(paper))
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
    let base = format!("/paper-templates/{}", k.kind.word());
    let go = |permission, path: &str, label: kernel::Text, sign| {
        let at = format!("{base}{path}");
        super::button(call, permission, &at, (ButtonTone::Plain, label.of(lang), sign))
    };
    let upload = match k.file {
        Some(_) => text!("更换", "Replace"),
        None => text!("上传模板", "Upload a form"),
    };
    Row {
        href: None,
        tone: None,
        cells: vec![
            html! { (k.kind.title().of(lang)) },
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
