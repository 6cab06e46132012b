//! 停用公文模板: papers of this kind are in our layout again.

use journal::{Act, Result};
use kernel::{Refusal, Subject, SubjectKind, text};
use web::{Call, Done, PaperSpec, Prepared, Route, Values};

use super::set_paper_template::spec_of;
use crate::facts::PaperFact;
use crate::{grants, store};

pub(crate) fn route() -> Route {
    let title = text!("停用公文模板", "Stop using an own form");
    Route::act("/paper-templates/{kind}/removal", grants::REMOVE_PAPER_TEMPLATE, title)
        .help(text!(
            "停用后该类公文改用系统自带版式；已生成的文件不变。",
            "This kind of paper then has our layout; files made before stay as they are."
        ))
        .danger()
        .prepare(|call| Box::pin(prepare(call)))
        .decide(remove_paper_template)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let spec = spec_of(call)?;
    let row = store::papers::template(&mut call.read().await?, call.city()?, spec.word).await?;
    let row = row.ok_or(Refusal::Missing)?;
    let about = Some(format!("{} · {}", spec.title.of(call.lang), row.name));
    Ok(Prepared { about, back: "/paper-templates".to_owned(), ..Prepared::default() })
}

async fn remove_paper_template(call: Call, _values: Values) -> Result<Done> {
    let spec = spec_of(&call)?;
    let receipt = call.act(async |act| run(act, spec).await).await?;
    Ok(Done::to("/paper-templates".to_owned(), receipt))
}

pub(crate) async fn run(act: &mut Act, spec: &PaperSpec) -> Result<()> {
    let city = act.jurisdiction();
    store::papers::template(act, city, spec.word).await?.ok_or(Refusal::Missing)?;
    let subject = Subject::new(SubjectKind::Jurisdiction, city.uuid());
    act.record(subject, &PaperFact::TemplateRemoved { kind: spec.word.to_owned() }).await
}
