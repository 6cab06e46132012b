//! 纸质签发: what every form asks that enters a signature on paper, the same for batches, weekly
//! answers, slips and their answers.

use journal::{Act, Result};
use kernel::{Day, Refusal, Role, text};
use people::store::PostTitle;
use people::tables::PostRow;
use uuid::Uuid;
use web::{Call, Choice, FieldSpec, Prepared, Values};

use crate::acts;
use crate::facts::Paper;

/// Files of one paper at most.
const SCANS_MAX: usize = 5;

/// Who signed.
pub const SIGNER: FieldSpec = FieldSpec::choice("signer", text!("签发人", "Who signed")).required();
/// When.
pub const SIGNED_ON: FieldSpec =
    FieldSpec::day("signed_on", text!("签发日期", "Signed on")).required();
/// What was said.
pub const VERDICT: FieldSpec =
    FieldSpec::choice("verdict", text!("审签意见", "Verdict")).required();
/// In words.
pub const NOTE: FieldSpec = FieldSpec::area("note", text!("意见（退回须写明）", "Remark"), 500);
/// The paper, where a leader or the chief signed.
pub const SCAN: FieldSpec =
    FieldSpec::files("scan", text!("签发件扫描", "Scan of the paper"), SCANS_MAX)
        .hint(text!(
            "领导签批稿的扫描件或照片；涉密件不得上传。",
            "The signed paper, scanned; nothing classified."
        ))
        .required();
/// The paper, where the head of a unit signed.
pub const SCAN_OF_UNIT: FieldSpec = FieldSpec::files(
    "scan",
    text!("签发件扫描（可不上传）", "Scan of the paper, if wanted"),
    SCANS_MAX,
);

/// A form that offers these posts as signers, today as the day; one alone is chosen already.
pub fn offer(prepared: Prepared, signers: Vec<PostTitle>, today: Day) -> Prepared {
    let prepared = prepared.fill("signed_on", today);
    let prepared = match signers.as_slice() {
        [only] => prepared.fill("signer", only.id),
        _ => prepared,
    };
    prepared.offer("signer", signers.into_iter().map(|p| Choice::new(p.id, p.text())).collect())
}

/// The heads of a unit, one of whom signed.
pub async fn heads(call: &Call, unit: Uuid) -> Result<Vec<PostTitle>> {
    let (mut tx, today) = (call.read().await?, call.today());
    let posts = people::store::post_titles(&mut tx, call.city()?, today).await?;
    Ok(posts.into_iter().filter(|p| p.role == Role::Head && p.unit_id == unit).collect())
}

/// Who signed and on which day, as a form says.
pub async fn signer(call: &Call, values: &Values) -> Result<(PostRow, Day)> {
    let signer = values.id("signer").ok_or(Refusal::Missing)?;
    let on = values.day("signed_on").ok_or(Refusal::Missing)?;
    if on > call.today() {
        let text = text!("签发日期不能晚于今天。", "The day of signing cannot be after today.");
        return Err(Refusal::field("signed_on", text).into());
    }
    let post = people::store::post(&mut call.read().await?, call.city()?, signer).await?;
    Ok((post.ok_or(Refusal::Missing)?, on))
}

/// The same, of the head of a unit.
pub async fn head(call: &Call, values: &Values, unit: Uuid) -> Result<(PostRow, Day)> {
    let (post, on) = signer(call, values).await?;
    if post.role == Role::Head && post.unit_id == unit {
        return Ok((post, on));
    }
    let text = text!("请选择本单位负责人。", "Choose the head of this unit.");
    Err(Refusal::field("signer", text).into())
}

/// The paper of a form with its scans, taken into an act.
pub async fn paper(
    act: &mut Act,
    account: Uuid,
    values: &Values,
    (signer, on): (&PostRow, Day),
) -> Result<Paper> {
    let scans = acts::attached(act, account, &values.ids("scan")).await?;
    Ok(Paper { signer: signer.id, on, scans })
}
