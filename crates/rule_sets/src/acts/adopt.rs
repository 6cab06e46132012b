//! 登记印发: a version that was agreed to is adopted by its issued document, from a period that has
//! not begun; every finding that stands against it is answered with a reason.

use journal::{Act, Error, Result};
use kernel::{Actor, text};
use maud::html;
use rules::rule_set::RuleSet;
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::draft::{Draft, next_period};
use crate::facts::Issue;
use crate::known::{self, Names};
use crate::tables::VersionState;
use crate::version::Adoption;
use crate::{findings, grants, regions, store, words};

/// Files of one document at most.
const PAPERS_MAX: usize = 5;
/// Findings of one rule set at most.
const FINDINGS_MAX: usize = 500;

const ANSWERS: &[FieldSpec] =
    &[FieldSpec::area("reason", text!("仍这样规定的理由", "Why it is adopted all the same"), 300)];

const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("number", words::ISSUED_NUMBER, 60)
        .required()
        .hint(text!("如 漯督字〔2021〕12号", "As it stands on the document")),
    FieldSpec::line("office", words::ISSUED_OFFICE, 60).required(),
    FieldSpec::day("on", words::ISSUED_ON).required(),
    FieldSpec::line("from", words::FROM, 7).required().hint(text!(
        "如 2021-12，即 11 月 26 日至 12 月 25 日；须是尚未开始的考评期。",
        "Like 2021-12, which runs from 26 November to 25 December; it must not have begun."
    )),
    FieldSpec::files("paper", text!("印发件（PDF）", "The issued document (PDF)"), PAPERS_MAX)
        .required()
        .accept(".pdf"),
    FieldSpec::rows(
        "findings",
        text!("检查意见逐条说明", "Findings, each with a reason"),
        ANSWERS,
        FINDINGS_MAX,
    ),
];

pub(crate) fn route() -> Route {
    Route::act("/rule-sets/{id}/adoption", grants::ADOPT, text!("登记印发", "Adopt"))
        .help(text!(
            "登记后内容不再改变；施行之日以前的各期仍按原来的版本。",
            "Its text never changes afterwards; periods before it keep the former version."
        ))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(adopt)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (prepared, reached) = super::about(call).await?;
    let version = reached.open()?;
    if version.state != VersionState::Agreed {
        let told = text!("审核通过以后才能登记印发。", "It is adopted once the chief has agreed.");
        return Err(kernel::Refusal::rule(told).into());
    }
    let rule = Draft::stored(&version.document)?.rule_set().ok();
    let names = known::names(&mut call.read().await?, call).await?;
    let findings = rule.map(|rule| findings::of(&rule, &names)).unwrap_or_default();
    let intro = super::trial(call, version);
    let prepared = Prepared { intro, ..prepared };
    let mut prepared = prepared.fill("from", next_period(call.today())).fill("on", call.today());
    if findings.is_empty() {
        prepared.without.push("findings");
    }
    for finding in findings {
        prepared = prepared.row("findings", [("reason", String::new())]);
        let lead = html! { (regions::findings::told(&finding, call.lang)) };
        prepared.leads.entry("findings").or_default().push(lead);
    }
    Ok(prepared)
}

async fn adopt(call: Call, values: Values) -> Result<Done> {
    let names = known::names(&mut call.read().await?, &call).await?;
    let on = values.day("on").ok_or(kernel::Refusal::Missing)?;
    let text = |name| values.text(name);
    let issue = Issue { number: text("number"), office: text("office"), on, from: text("from") };
    let mut reasons = Vec::new();
    for (place, row) in values.rows("findings") {
        reasons.resize(reasons.len().max(*place), String::new());
        reasons.push(row.text("reason"));
    }
    let papers = values.ids("paper");
    super::on_rule_set(&call, async |act, actor, id| {
        run(act, actor, (id, &names), (issue, reasons, papers)).await
    })
    .await
}

pub(crate) async fn run(
    act: &mut Act,
    actor: &Actor,
    (id, names): (Uuid, &Names),
    (issue, reasons, papers): (Issue, Vec<String>, Vec<Uuid>),
) -> Result<()> {
    let reached = super::reach(act, actor, id).await?;
    let version = reached.open()?;
    let papers = super::attached(act, actor.account, &papers).await?;
    let draft = Draft::stored(&version.document)?;
    let others = store::others_from(act, (actor.jurisdiction, id), &issue.from).await?;
    let others = others.iter().map(|document| adopted(document)).collect::<Result<Vec<_>>>()?;
    let adoption = Adoption { issue, reasons, papers, today: act.today(), others };
    let former = store::adopted_last(&reached.versions);
    let fact = version.adopt((&reached.set, former), (&draft, names), adoption)?;
    act.record(super::rule_set(id), &fact).await
}

/// The rule set of a version that was adopted.
fn adopted(document: &str) -> Result<RuleSet> {
    RuleSet::stored(document).map_err(|problems| {
        Error::fault(format!("an adopted rule set cannot be read: {problems:?}"))
    })
}
