//! 起草考评办法: from one of the rule sets that come with the program, or from YAML.

use journal::{Act, Result};
use kernel::{Actor, Refusal, msg, text};
use rules::document::Problem;
use rules::ready::Ready;
use rules::rule_set::RuleSet;
use uuid::Uuid;
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::draft::Draft;
use crate::facts::Fact;
use crate::yaml::{self, FILE, TEXT};
use crate::{grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("start", text!("从哪里开始", "Begin from")).required(),
    FieldSpec::line("code", words::CODE, 20).required().hint(text!(
        "本市自定，如 XQ-2021；1 到 20 个字母、数字、汉字、- 或 _，以后不再改变。",
        "Of your choice, like XQ-2021: 1 to 20 letters, digits, - or _. It never changes."
    )),
    TEXT,
    FILE,
];

const BY_YAML: &str = "yaml";

pub(crate) fn route() -> Route {
    Route::act("/rule-sets/new", grants::BEGIN, text!("起草考评办法", "Begin a rule set"))
        .help(text!(
            "两个现成办法各不超过八项，改数字和名称即可使用；也可以粘贴或上传 YAML 文本。",
            "The two that come with the program have at most eight items each: change numbers and names. Or paste or upload YAML."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(begin)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let ready = |ready: Ready| {
        let name = match ready {
            Ready::Counties => text!("现成办法：县区月讲评", "Ready: counties and districts"),
            Ready::Departments => text!("现成办法：市直部门月讲评", "Ready: departments"),
        };
        Choice::new(word(ready), name.of(call.lang))
    };
    let mut choices: Vec<_> = Ready::ALL.into_iter().map(ready).collect();
    choices.push(Choice::new(BY_YAML, text!("下面的 YAML 文本", "The YAML below").of(call.lang)));
    let is_text = call.body.get("start") == Some(BY_YAML);
    let sent = if is_text { yaml::sent(call).await? } else { None };
    let problems = sent.and_then(|text| RuleSet::parse(&text).err()).unwrap_or_default();
    let intro = yaml::list(&problems, call.lang);
    let prepared = Prepared { back: "/rule-sets".to_owned(), intro, ..Prepared::default() };
    Ok(prepared.offer("start", choices).fill("start", word(Ready::Counties)))
}

const fn word(ready: Ready) -> &'static str {
    match ready {
        Ready::Counties => "counties",
        Ready::Departments => "departments",
    }
}

async fn begin(call: Call, values: Values) -> Result<Done> {
    let start = values.text("start");
    let ready = Ready::ALL.into_iter().find(|ready| word(*ready) == start);
    let rule = match ready {
        Some(ready) => ready.rule_set().map_err(|problems| yaml::refused(&problems))?,
        None if start == BY_YAML => {
            let text = yaml::given(&call, &values).await?;
            RuleSet::parse(&text).map_err(|problems| yaml::refused(&problems))?
        }
        None => return Err(Refusal::field("start", words::CHOOSE_ONE).into()),
    };
    let (actor, code) = (*call.actor()?, values.text("code"));
    let draft = Draft::of(&rule);
    let receipt = call.act(async |act| run(act, &actor, &code, draft).await.map(|_| ())).await?;
    Ok(Done::to(super::card(receipt.subject.id), receipt))
}

pub(crate) async fn run(act: &mut Act, actor: &Actor, code: &str, draft: Draft) -> Result<Uuid> {
    let (city, today) = (act.jurisdiction(), act.today());
    if let Some(other) = store::of_code(act, city, code).await? {
        let name = other.name;
        let told = msg!(
            "编号 {code} 已用于“{name}”，请另取，或者起草它的下一版。",
            "{code} is “{name}” already; choose another, or begin its next version."
        );
        return Err(Refusal::field("code", told).into());
    }
    if store::count(act, city).await? >= store::SETS_MAX {
        let told = text!("考评办法太多，不能再起草。", "There are too many rule sets.");
        return Err(Refusal::rule(told).into());
    }
    let draft = draft.named((code, 1), today);
    // Only the code itself can be wrong in what was right before.
    if let Some(Problem { message, .. }) = draft.rule_set().err().and_then(|p| p.into_iter().next())
    {
        return Err(Refusal::field("code", message).into());
    }
    let id = Uuid::now_v7();
    let written = draft.written(String::new(), actor.person)?;
    let fact = Fact::Begun { code: code.to_owned(), name: written.name.clone(), on: today };
    act.record(super::rule_set(id), &fact).await?;
    let version = Uuid::now_v7();
    let fact = Fact::VersionBegun { version, n: 1, on: today, written };
    act.record(super::rule_set(id), &fact).await?;
    Ok(id)
}
