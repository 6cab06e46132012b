//! The document as text: what a form was given, and how mistakes in it are told with their places.

use journal::Result;
use kernel::{Lang, Refusal, msg, text};
use maud::{Markup, html};
use rules::document::Problem;
use ui::{Tone, part};
use web::{Call, FieldSpec, Values};

use crate::draft::BYTES_MAX;
use crate::words;

/// Problems told at once; a person mends no more in one go.
const TOLD_MAX: usize = 20;

/// The text, pasted or typed.
pub(crate) const TEXT: FieldSpec = FieldSpec::area("yaml", words::YAML_TEXT, BYTES_MAX);

/// The text as a file.
pub(crate) const FILE: FieldSpec =
    FieldSpec::files("file", text!("或者上传 YAML 文件", "Or upload it as a file"), 1)
        .hint(text!(
            ".yaml 或 .yml，UTF-8 编码，不超过 256 KB；上传了文件的，以文件为准。",
            ".yaml or .yml, UTF-8, at most 256 KB; a file counts before what is typed."
        ))
        .accept(".yaml,.yml");

/// That a text has mistakes; which ones stands above it.
pub(crate) fn refused(problems: &[Problem]) -> Refusal {
    let count = problems.len();
    Refusal::field(
        "yaml",
        msg!(
            "有 {count} 处错误，逐条列在上面，没有保存。",
            "There are {count} mistakes, listed above; nothing was saved."
        ),
    )
}

/// The text that a form was given.
pub(crate) async fn given(call: &Call, values: &Values) -> Result<String> {
    let (city, account) = (call.city()?, call.actor()?.account);
    let files = files::staged_files(call.db(), city, account, &values.ids("file")).await?;
    let Some(file) = files.into_iter().next() else {
        return values.opt("yaml").ok_or_else(|| {
            let told = text!("请粘贴 YAML 文本或者上传文件。", "Paste the text or upload a file.");
            Refusal::field("yaml", told).into()
        });
    };
    if file.media != files::Kind::Yaml.word() {
        let told = text!("请上传 .yaml 或 .yml 文件。", "Upload a .yaml or .yml file.");
        return Err(Refusal::field("file", told).into());
    }
    if file.size > i64::try_from(BYTES_MAX).unwrap_or(i64::MAX) {
        let told = text!("文件超过 256 KB。", "The file is larger than 256 KB.");
        return Err(Refusal::field("file", told).into());
    }
    let bytes = files::read(call.db(), city, &journal::unhex(&file.hash)?).await?;
    String::from_utf8(bytes).map_err(|_other| {
        let told = text!("文件不是 UTF-8 编码。", "The file is not UTF-8.");
        Refusal::field("file", told).into()
    })
}

/// The text that a form has just sent, so that its mistakes can be listed above it.
pub(crate) async fn sent(call: &Call) -> Result<Option<String>> {
    let ids: Vec<_> = call.body.all("file").filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        return Ok(call.body.get("yaml").map(str::to_owned));
    }
    let (city, account) = (call.city()?, call.actor()?.account);
    let files = files::staged_files(call.db(), city, account, &ids).await?;
    let file = files.into_iter().find(|f| f.media == files::Kind::Yaml.word());
    let Some(file) = file.filter(|f| f.size <= i64::try_from(BYTES_MAX).unwrap_or(i64::MAX)) else {
        return Ok(None);
    };
    let bytes = files::read(call.db(), city, &journal::unhex(&file.hash)?).await?;
    Ok(String::from_utf8(bytes).ok())
}

/// The mistakes of a text, each with its place and the line itself.
pub(crate) fn list(problems: &[Problem], lang: Lang) -> Markup {
    if problems.is_empty() {
        return Markup::default();
    }
    let more = problems.len().saturating_sub(TOLD_MAX);
    let items = html! {
        ul class="text-problems" {
            @for problem in problems.iter().take(TOLD_MAX) { li { pre { (problem.text(lang)) } } }
            @if more > 0 { li { (msg!("还有 {more} 处。", "{more} more.").of(lang)) } }
        }
    };
    part::alert(Tone::Red, items)
}
