//! 起草下一版: from a version that was adopted; only one is on its way at a time.

use journal::{Act, Error, Result};
use kernel::{Actor, msg, text};
use rules::rule_set::RuleSet;
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::draft::Draft;
use crate::tables::VersionState;
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] =
    &[FieldSpec::choice("version", text!("以哪一版为底稿", "Begin from")).required()];

pub(crate) fn route() -> Route {
    let title = text!("起草下一版", "Begin the next version");
    Route::act("/rule-sets/{id}/versions/new", grants::BEGIN_VERSION, title)
        .help(text!(
            "现行版本在新版施行之前继续有效。整篇粘贴或上传的，先从现行版本起稿，再用“YAML 文本”替换。",
            "The version in force holds until the new one begins. To bring in a whole text, begin here and replace it under “YAML text”."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(begin_version)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, reached) = super::about(call).await?;
    reached.set.holds()?;
    let adopted = reached.versions.iter().filter(|v| v.state == VersionState::Adopted);
    let choices: Vec<_> = adopted
        .map(|v| {
            let (n, from) = (v.n, v.from_period.as_deref().unwrap_or_default());
            let label = msg!("第 {n} 版（自 {from} 起）", "Version {n}, from {from}");
            Choice::new(n, label.of(call.lang))
        })
        .collect();
    let last = choices.first().map(|choice| choice.value.clone());
    let prepared = prepared.offer("version", choices);
    Ok(match last {
        Some(last) => prepared.fill("version", last),
        None => prepared,
    })
}

async fn begin_version(call: Call, values: Values) -> Result<Done> {
    let n = values.number("version").unwrap_or_default();
    super::on_rule_set(&call, async |act, actor, id| {
        let former = store::version(act, actor, (id, n)).await;
        let former =
            former.map_err(|_none| kernel::Refusal::field("version", words::CHOOSE_ONE))?;
        if former.state != VersionState::Adopted {
            return Err(kernel::Refusal::field("version", words::CHOOSE_ONE).into());
        }
        let rule = RuleSet::stored(&former.document)
            .map_err(|problems| Error::fault(format!("what was adopted: {problems:?}")))?;
        run(act, actor, id, Draft::of(&rule)).await
    })
    .await
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, id: Uuid, draft: Draft) -> Result<()> {
    let reached = super::reach(act, actor, id).await?;
    let (today, n) = (act.today(), reached.versions.first().map_or(1, |last| last.n + 1));
    let draft = draft.named((&reached.set.code, n), today);
    let written = draft.written(String::new(), actor.person)?;
    let fact = reached.set.begin_version(&reached.versions, (written, today))?;
    act.record(super::rule_set(id), &fact).await
}
