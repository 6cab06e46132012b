//! What narrows a register and stands in no field of its filter, to be seen and taken away.

use journal::{Result, Tx};
use kernel::{SubjectKind, Text, text};
use maud::{Markup, html};
use uuid::Uuid;
use web::Call;

use crate::notice::found;
use crate::pages::papers;
use crate::store::register::Filter;

/// One condition: the names that it has in the address, and what it says.
pub(crate) struct Narrowed {
    names: &'static [&'static str],
    says: String,
}

/// The conditions of a filter that the form of the register has no field for.
pub(crate) async fn read(call: &Call, tx: &mut Tx, filter: &Filter) -> Result<Vec<Narrowed>> {
    let (city, lang) = (call.city()?, call.lang);
    let mut list = Vec::new();
    let mut push = |names, says: String| list.push(Narrowed { names, says });
    let labelled = |label: Text, value: String| format!("{}{value}", label.of(lang));
    if filter.returned {
        push(&["returned"], text!("被退办", "Returned for rework").of(lang).to_owned());
    }
    if filter.watched.is_some() {
        push(&["area"], text!("我联系的单位和条线", "What I look after").of(lang).to_owned());
    }
    match (filter.due_from, filter.due_to) {
        (Some(from), Some(to)) if from == to => {
            push(&["due_from", "due_to"], labelled(text!("时限 ", "Due on "), from.to_string()));
        }
        (Some(from), Some(to)) => {
            let days = kernel::msg!("时限 {from} 至 {to}", "Due {from} to {to}");
            push(&["due_from", "due_to"], days.of(lang).to_owned());
        }
        (Some(from), None) => {
            push(&["due_from"], labelled(text!("时限自 ", "Due from "), from.to_string()));
        }
        (None, Some(to)) => {
            push(&["due_to"], labelled(text!("时限至 ", "Due until "), to.to_string()));
        }
        (None, None) => {}
    }
    if let Some((kind, _)) = filter.source {
        push(&["source"], labelled(text!("来源：", "Source: "), source(kind).of(lang).to_owned()));
    }
    if let Some(id) = filter.batch {
        // A draft is for those who sign; to others it is nothing.
        let batch = found(papers::lines::reach(call, tx, id).await)?;
        push(&["session"], batch.map_or_else(|| unknown(call), |b| b.title));
    }
    if let Some(id) = filter.sitting {
        let sitting = people::store::sitting(tx, city, id).await?;
        let day = sitting.map_or_else(|| unknown(call), |s| s.day.to_string());
        push(&["sitting"], labelled(text!("会议 ", "Sitting of "), day));
    }
    if let Some(id) = filter.leader {
        push(&["leader"], leader(call, tx, id).await?);
    }
    Ok(list)
}

/// What assignments are born from.
#[expect(clippy::wildcard_enum_match_arm, reason = "nothing else is a source of assignments")]
const fn source(kind: SubjectKind) -> Text {
    match kind {
        SubjectKind::Batch => text!("周交办清单", "Batches"),
        SubjectKind::Assignment => text!("分解事项", "Broken down"),
        _ => text!("其他", "Other"),
    }
}

async fn leader(call: &Call, tx: &mut Tx, id: Uuid) -> Result<String> {
    let post = people::store::post_title(tx, call.city()?, id).await?;
    let label = text!("责任领导：", "Leader: ").of(call.lang);
    Ok(format!("{label}{}", post.map_or_else(|| unknown(call), |p| p.text())))
}

/// Asked for by an address that names nothing.
fn unknown(call: &Call) -> String {
    text!("（不存在）", "(unknown)").of(call.lang).to_owned()
}

/// The conditions, each leading to the register without it.
pub(crate) fn show(list: &[Narrowed], call: &Call, without: impl Fn(&[&str]) -> String) -> Markup {
    if list.is_empty() {
        return Markup::default();
    }
    let away = text!("取消这一条件", "Take this condition away").of(call.lang);
    html! {
        p class="narrowed" {
            span class="muted" { (text!("只看：", "Only: ").of(call.lang)) }
            @for one in list {
                a href=(without(one.names)) title=(away) {
                    (one.says) span class="sr-only" { " " (away) } (ui::icon("x"))
                }
            }
        }
    }
}
