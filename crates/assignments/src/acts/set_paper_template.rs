//! 上传公文模板: from then on papers of this kind are filled from the office's own form.

use files::FileRef;
use files::docx::{Template, Values as Places};
use journal::{Act, Error, Result};
use kernel::{FieldError, Lang, Refusal, Subject, SubjectKind, msg, text};
use web::{Call, Done, FieldSpec, PaperSpec, Prepared, Route, Values};

use crate::facts::{Attached, PaperFact};
use crate::regions::paper_places;
use crate::{grants, paper};

/// Names of unknown places told at most.
const TOLD_MAX: usize = 20;

const FIELDS: &[FieldSpec] =
    &[FieldSpec::files("files", text!("模板（.docx）", "The form (.docx)"), 1).required()];

pub(crate) fn route() -> Route {
    let title = text!("上传公文模板", "Upload an own form");
    Route::act("/paper-templates/{kind}", grants::SET_PAPER_TEMPLATE, title)
        .help(text!(
            "用 Word 或 WPS 做好本单位的版式，在要填的地方写下表中的占位符，如 {{编号}}。有清单的公文，\
             表格中要重复的行第一格开头写 {{#清单}}。其余内容（红头、字体、图片）原样保留。",
            "Make your own layout in Word or WPS and write places like {{编号}} where something is to be filled in. In a \
             paper that has a list, the row of a table that repeats begins with {{#清单}}. Everything else is kept as it is."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(async move { prepare(call) }))
        .decide(set_paper_template)
}

/// The paper in the path, of whatever room; another word is missing.
pub(crate) fn spec_of(call: &Call) -> Result<&'static PaperSpec> {
    let word = call.param("kind")?;
    call.papers().iter().copied().find(|spec| spec.word == word).ok_or_else(Error::missing)
}

fn prepare(call: &Call) -> Result<Prepared> {
    let spec = spec_of(call)?;
    let about = Some(spec.title.of(call.lang).to_owned());
    let intro = paper_places::known(spec, call.lang);
    Ok(Prepared { about, intro, back: "/paper-templates".to_owned(), ..Prepared::default() })
}

async fn set_paper_template(call: Call, values: Values) -> Result<Done> {
    let (spec, account) = (spec_of(&call)?, call.actor()?.account);
    let ids = values.ids("files");
    // Looked at before the transaction, for unpacking takes time.
    let waiting = files::staged_files(call.db(), call.city()?, account, &ids).await?;
    let file = waiting.first().ok_or(Refusal::Missing)?;
    check(spec, files::read(call.db(), call.city()?, &journal::unhex(&file.hash)?).await?)?;
    let receipt = call
        .act(async |act| {
            let taken = files::take(act, account, &ids).await?;
            run(act, spec, taken.into_iter().next().ok_or(Refusal::Missing)?).await
        })
        .await?;
    Ok(Done::to("/paper-templates".to_owned(), receipt))
}

pub(crate) async fn run(act: &mut Act, spec: &PaperSpec, file: FileRef) -> Result<()> {
    let file = Attached::of(file);
    let city = Subject::new(SubjectKind::Jurisdiction, act.jurisdiction().uuid());
    act.record(city, &PaperFact::TemplateSet { kind: spec.word.to_owned(), file }).await
}

/// Whether a form can be filled: nothing in it may stay open on a signed paper.
fn check(spec: &PaperSpec, bytes: Vec<u8>) -> std::result::Result<(), Refusal> {
    let refused = |message| Refusal::Fields(vec![FieldError { field: "files".into(), message }]);
    let template = Template::open(bytes).map_err(refused)?;
    if template.missing(&Places::default()).is_empty() {
        return Err(refused(msg!(
            "模板里没有占位符，请对照下表写上要填的内容。",
            "There is no place in this form; write some of the places below into it."
        )));
    }
    let unknown = template.missing(&paper::blank(spec));
    if unknown.is_empty() {
        return Ok(());
    }
    let told = |lang| {
        let names = unknown.iter().take(TOLD_MAX).map(|name| named(spec, name, lang));
        names.collect::<Vec<_>>().join("、")
    };
    let (zh, en) = (told(Lang::Zh), told(Lang::En));
    Err(refused(msg!(
        "模板里有系统不认识的占位符：{zh}。请对照下表改正后再上传。",
        "The form has places that nothing is known for: {en}. Correct them by the table below."
    )))
}

/// A place that is not known; one that is known in a list's rows only is told so.
fn named(spec: &PaperSpec, name: &str, lang: Lang) -> String {
    let place = format!("{{{{{name}}}}}");
    let list = spec.lists.iter().find(|list| list.columns.iter().any(|(n, _)| *n == name));
    let Some(list) = list else { return place };
    let mark = format!("{{{{#{}}}}}", list.name);
    let hint = msg!("（只能写在 {mark} 的行中）", " (in a row of {mark} only)");
    format!("{place}{}", hint.of(lang))
}
