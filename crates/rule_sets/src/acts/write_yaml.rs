//! 修改 YAML 文本: the whole draft as text, beside the form. Mistakes are told with line, column and
//! the line itself; a text that cannot be read yet is kept when its writer says so.

use journal::{Act, Result};
use kernel::{Actor, text};
use maud::html;
use rules::document::print_yaml;
use rules::rule_set::RuleSet;
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::draft::Draft;
use crate::grants;
use crate::yaml::{self, FILE, TEXT};

const FIELDS: &[FieldSpec] = &[
    TEXT,
    FILE,
    FieldSpec::check("keep", text!("有错误也先保存文本", "Keep the text with its mistakes")).hint(
        text!(
            "改好以前不能送审，也不能用表单修改。",
            "Until it is mended nothing can be sent or changed by the form."
        ),
    ),
    FieldSpec::check(
        "drop",
        text!(
            "放弃没有改好的文本，回到上次可读的稿件",
            "Drop the text and go back to the last draft that could be read"
        ),
    ),
];

pub(crate) fn route() -> Route {
    let title = text!("修改 YAML 文本", "Write the YAML text");
    Route::act("/rule-sets/{id}/text", grants::WRITE_YAML, title)
        .help(text!(
            "编号、版本、生效和印发由程序填写，写了也以登记的为准；注释不保留。",
            "Code, version, period and issue are filled in by the program; comments are not kept."
        ))
        .submit(text!("保存", "Save"))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(write_yaml)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, reached) = super::about(call).await?;
    let version = reached.open()?;
    version.may_be_written()?;
    let is_pending = !version.source.is_empty();
    let stored = if is_pending {
        version.source.clone()
    } else {
        print_yaml(&Draft::stored(&version.document)?.tree)
    };
    let problems = match yaml::sent(call).await? {
        Some(text) => RuleSet::parse(&text).err(),
        None if is_pending => RuleSet::parse(&stored).err(),
        None => None,
    };
    let problems = problems.unwrap_or_default();
    let mut prepared = prepared.fill("yaml", stored);
    if !is_pending {
        prepared.without.push("drop");
    }
    let intro = html! { (yaml::list(&problems, call.lang)) };
    let back = format!("{}/versions/{}", super::card(reached.set.id), version.n);
    Ok(Prepared { intro, back, ..prepared })
}

async fn write_yaml(call: Call, values: Values) -> Result<Done> {
    let (id, actor) = (call.id("id")?, *call.actor()?);
    let wanted = if values.checked("drop") {
        Wanted::Drop
    } else {
        let text = yaml::given(&call, &values).await?;
        match RuleSet::parse(&text) {
            Ok(rule) => Wanted::Draft(Draft::of(&rule)),
            Err(_) if values.checked("keep") => Wanted::Keep(text),
            Err(problems) => return Err(yaml::refused(&problems).into()),
        }
    };
    let is_kept = matches!(wanted, Wanted::Keep(_));
    let mut n = None;
    let receipt = call
        .act(async |act| {
            n = Some(run(act, &actor, id, wanted).await?);
            Ok(())
        })
        .await?;
    let at = super::card(id);
    let to = match n {
        _ if is_kept => format!("{at}/text"),
        Some(n) => format!("{at}/versions/{n}"),
        None => at,
    };
    Ok(Done::to(to, receipt))
}

enum Wanted {
    /// The text could be read.
    Draft(Draft),
    /// The text is kept with its mistakes.
    Keep(String),
    /// The text is dropped.
    Drop,
}

async fn run(act: &mut Act, actor: &Actor, id: Uuid, wanted: Wanted) -> Result<i64> {
    let reached = super::reach(act, actor, id).await?;
    let version = reached.open()?;
    version.may_be_written()?;
    let (draft, source) = match wanted {
        Wanted::Draft(draft) => (draft, String::new()),
        Wanted::Keep(text) => (Draft::stored(&version.document)?, text),
        Wanted::Drop => (Draft::stored(&version.document)?, String::new()),
    };
    let draft = draft.named((&reached.set.code, version.n), act.today());
    let fact = version.write("yaml", draft.written(source, actor.person)?)?;
    act.record(super::rule_set(id), &fact).await?;
    Ok(version.n)
}
