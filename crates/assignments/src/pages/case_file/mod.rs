//! 卷宗: everything of one assignment in one zip that is read without the program: form,
//! documents, files, the course of things as a page without scripts, its facts as lines of JSON,
//! and the SM3 hash of each. For those who may read its reports; noted in the access log.
//!
//! Sent while it is made, file by file, so that no case is too large for memory.

mod course;
mod extract;

use files::{Packing, Parcel};
use journal::{Boxed, Db, Entry, Error, Result, history};
use kernel::{Id, Jurisdiction, Refusal, msg};
use uuid::Uuid;
use web::{Answer, Call, Outflow};

use super::{card, papers};
use crate::store::{self, Scope};
use crate::tables::{AttachmentRow, State};

/// Bytes of files in one case at most.
const FILES_MAX: i64 = 2 << 30;
/// Facts of one case at most.
const FACTS_MAX: i64 = 5_000;

/// A file of a case before it is packed.
struct Part {
    name: String,
    bytes: Vec<u8>,
    packing: Packing,
}

impl Part {
    fn text(name: &str, text: String) -> Self {
        Self { name: name.to_owned(), bytes: text.into_bytes(), packing: Packing::Packed }
    }
}

/// A file that was handed in, under its name in the zip.
struct Handed {
    name: String,
    hash: String,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city, actor) = (call.read().await?, call.city()?, *call.actor()?);
    let row = store::reach(&mut tx, &actor, call.id("id")?).await?;
    let scope = Scope::of(&mut tx, &actor).await?;
    if !scope.sees_inside(&mut tx, &row).await? {
        return Err(Error::missing());
    }
    let attachments = store::card::attachments(&mut tx, city, row.id).await?;
    demand_bounded(&attachments)?;
    let facts = facts(&mut tx, city, row.id).await?;
    let sheet = papers::sheet::read(&call, &mut tx, &row).await?;
    let closing = match row.state {
        State::Closed | State::Archived => Some(papers::closing::read(&call, &mut tx, &row).await?),
        State::Issued
        | State::HandedBack
        | State::Handling
        | State::Prepared
        | State::Submitted
        | State::Withdrawn
        | State::Merged => None,
    };
    let handed = handed(&attachments);
    let card = card::read(&call, &mut tx, row).await?;
    let events = course::events(&call, &mut tx, &facts).await?;
    drop(tx);
    let mut parts = vec![
        Part::text("00-说明.txt", extract::readme(&card)),
        Part::text("01-办理过程.html", course::page(&card, &events, &handed).into_string()),
        Part::text("04-日志摘录.jsonl", extract::lines(&facts)?),
    ];
    for (name, paper) in [("02-交办单.docx", Some(sheet)), ("03-办结报告.docx", closing)] {
        let Some(paper) = paper else { continue };
        let bytes = papers::file(&call, &paper).await?;
        parts.push(Part { name: name.to_owned(), bytes, packing: Packing::AsIs });
    }
    let name = format!("卷宗-{}.zip", card.item.label);
    papers::taken_out(&call, &name).await?;
    let db = call.db().clone();
    let case = Case { db, city, parts, handed };
    Ok(Answer::flowing(&name, "application/zip", move |out| send(out, case)))
}

/// What is sent.
struct Case {
    db: Db,
    city: Id<Jurisdiction>,
    parts: Vec<Part>,
    handed: Vec<Handed>,
}

fn send(out: &mut Outflow, case: Case) -> Boxed<'_, Result<()>> {
    Box::pin(async move {
        let mut parcel = Parcel::default();
        for part in case.parts {
            parcel.add(&part.name, &part.bytes, part.packing)?;
            out.send(parcel.ready()).await?;
        }
        for file in case.handed {
            let bytes = files::read(&case.db, case.city, &journal::unhex(&file.hash)?).await?;
            parcel.add(&file.name, &bytes, Packing::AsIs)?;
            out.send(parcel.ready()).await?;
        }
        out.send(parcel.close("05-SM3清单.txt")?).await
    })
}

fn demand_bounded(files: &[AttachmentRow]) -> Result<()> {
    let bytes: i64 = files.iter().map(|f| f.size).sum();
    if bytes <= FILES_MAX {
        return Ok(());
    }
    let max = FILES_MAX >> 30;
    Err(Refusal::Rule(msg!(
        "材料合计超过 {max} GB，请在事项页面逐份下载。",
        "The files are more than {max} GB together; download them one by one from the card."
    ))
    .into())
}

/// The names in the zip: numbered, for two files may be called the same.
fn handed(files: &[AttachmentRow]) -> Vec<Handed> {
    let named = (1..)
        .zip(files)
        .map(|(n, f)| Handed { name: format!("材料/{n:03}-{}", f.name), hash: f.hash.clone() });
    named.collect()
}

/// The facts about an assignment, oldest first.
async fn facts(tx: &mut journal::Tx, city: Id<Jurisdiction>, id: Uuid) -> Result<Vec<Entry>> {
    let filter = history::Filter { subject: Some(id), ..history::Filter::default() };
    let mut facts = history::newest(tx, city, &filter, FACTS_MAX).await?;
    facts.reverse();
    Ok(facts)
}
