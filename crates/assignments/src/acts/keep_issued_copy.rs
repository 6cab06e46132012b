//! 归存印发件: the sealed scan of an issued batch is kept beside it. The batch itself is not
//! touched, for what is issued is never edited.

use files::FileRef;
use journal::{Act, Result};
use kernel::{Refusal, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::{Attached, PaperFact};
use crate::tables::BatchState;
use crate::{grants, store};

/// Scans of one batch at most.
const COPIES_MAX: usize = 10;

const FIELDS: &[FieldSpec] = &[
    FieldSpec::files("files", text!("盖章扫描件（PDF 或 OFD）", "Sealed scan (PDF or OFD)"), 1)
        .required(),
    FieldSpec::line("note", text!("说明", "Remark"), 200),
];

pub(crate) fn route() -> Route {
    let title = text!("归存印发件", "Keep the sealed scan");
    Route::act("/batches/{id}/issued-copies", grants::KEEP_ISSUED_COPY, title)
        .help(text!(
            "上传盖章后的扫描件。归存后不能更换或删除；如有更正，再归存一份并写明。",
            "Upload the scan that bears the seal. It can be neither replaced nor removed; keep another one and say why."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(keep_issued_copy)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    super::send_batch::about(call).await
}

async fn keep_issued_copy(call: Call, values: Values) -> Result<Done> {
    let (id, account) = (call.id("id")?, call.actor()?.account);
    let receipt = call
        .act(async |act| {
            let taken = files::take(act, account, &values.ids("files")).await?;
            let file = taken.into_iter().next().ok_or(Refusal::Missing)?;
            run(act, id, (file, values.text("note"))).await
        })
        .await?;
    Ok(Done::to(super::batch_page(id), receipt))
}

pub(crate) async fn run(act: &mut Act, id: Uuid, (file, note): (FileRef, String)) -> Result<()> {
    let city = act.jurisdiction();
    let batch = store::batch::batch(act, city, id).await?;
    if batch.state != BatchState::Issued {
        let text = text!("印发后才能归存印发件。", "It is kept after the batch is issued.");
        return Err(Refusal::rule(text).into());
    }
    if !matches!(file.media.as_str(), "pdf" | "ofd") {
        let text = text!("印发件只收 PDF 或 OFD。", "A sealed scan is a PDF or an OFD.");
        return Err(Refusal::field("files", text).into());
    }
    let kept = store::papers::issued_copies(act, city, id).await?;
    if kept.iter().any(|copy| copy.hash == file.hash) {
        let text = text!("这份文件已经归存。", "This very file is kept already.");
        return Err(Refusal::field("files", text).into());
    }
    if kept.len() >= COPIES_MAX {
        let text = text!("印发件已有 10 份，不能再归存。", "Ten are kept already.");
        return Err(Refusal::rule(text).into());
    }
    act.record(super::batch(id), &PaperFact::CopyKept { file: Attached::of(file), note }).await
}
