//! What may be done with a version of a rule set, and with the rule set: pure decisions.

use assignments::tables::Verdict;
use kernel::{Actor, Day, Message, Refusal, msg, text};
use measures::ReviewMonth;
use rules::document::Name;
use rules::lint::{Finding, Severity};
use rules::rule_set::{Issued, RuleSet};
use uuid::Uuid;

use crate::draft::{Draft, next_period};
use crate::facts::{Answered, Fact, Issue, Written};
use crate::known::Names;
use crate::tables::{RuleSetRow, VersionRow, VersionState};
use crate::{findings, problems};

type Decided<T> = Result<T, Refusal>;

impl VersionRow {
    /// Whether its draft may be written.
    pub(crate) fn may_be_written(&self) -> Decided<()> {
        match self.state {
            VersionState::Draft => Ok(()),
            VersionState::InCheck | VersionState::Agreed => Err(Refusal::rule(text!(
                "该版已送审，不能修改；需要修改的，请督查局负责人先退回。",
                "This version was sent for check and cannot be changed; have the chief return it first."
            ))),
            VersionState::Adopted => Err(Refusal::rule(text!(
                "该版已印发，内容不再改变；需要修改的，请起草下一版。",
                "This version was adopted and never changes; begin the next version instead."
            ))),
            VersionState::Discarded => Err(gone()),
        }
    }

    /// The draft is written.
    pub(crate) fn write(&self, part: &str, written: Written) -> Decided<Fact> {
        self.may_be_written()?;
        Ok(Fact::DraftWritten { version: self.id, part: part.to_owned(), written })
    }

    /// The draft is sent to the chief, when nothing in it is wrong or forbidden.
    pub(crate) fn send(
        &self,
        actor: &Actor,
        (draft, names): (&Draft, &Names),
        note: String,
    ) -> Decided<Fact> {
        self.may_be_written()?;
        if !self.source.is_empty() {
            return Err(unread());
        }
        let rule = right(draft, names)?;
        nothing_forbidden(&findings::of(&rule, names))?;
        let (version, id, person) = (self.id, Uuid::now_v7(), actor.person);
        Ok(Fact::Sent { version, id, person, note })
    }

    /// The chief agrees or returns it; who wrote or sent it does not agree to it.
    pub(crate) fn check(
        &self,
        actor: &Actor,
        hand: Hand,
        (verdict, note): (Verdict, String),
    ) -> Decided<Fact> {
        match (self.state, verdict) {
            (VersionState::InCheck, _) | (VersionState::Agreed, Verdict::Returned) => {}
            (VersionState::Agreed, Verdict::Agreed) => {
                return Err(Refusal::rule(text!(
                    "该版已审核通过，等待登记印发；需要修改的可以退回。",
                    "This version was agreed to already and awaits its issued document; it can still be returned."
                )));
            }
            (VersionState::Draft, _) => {
                return Err(Refusal::rule(text!(
                    "该版还没有送审。",
                    "This version was not sent for check yet."
                )));
            }
            (VersionState::Adopted | VersionState::Discarded, _) => {
                return Err(Refusal::rule(text!(
                    "该版已印发或者已作废，不再审核。",
                    "This version was adopted or given up; there is nothing to check."
                )));
            }
        }
        if hand == Hand::Wrote && verdict == Verdict::Agreed {
            return Err(Refusal::rule(text!(
                "起草、修改或者送审的人不能审核通过本人的稿件：请另一名督查局负责人审核；只有一名负责人的，退回、作废后由其他同志重新起草。",
                "Who drafted, changed or sent it does not agree to it: another chief does; where there is one only, it is returned, given up and drafted anew by somebody else."
            )));
        }
        if verdict == Verdict::Returned && note.trim().is_empty() {
            let told = text!("退回的，请写明要改什么。", "Say what is to be changed.");
            return Err(Refusal::field("note", told));
        }
        let (version, id, person) = (self.id, Uuid::now_v7(), actor.person);
        Ok(Fact::Checked { version, id, person, verdict, note })
    }

    /// It is adopted by its issued document, from a period that has not begun.
    pub(crate) fn adopt(
        &self,
        (set, former): (&RuleSetRow, Option<&Self>),
        (draft, names): (&Draft, &Names),
        Adoption { issue, reasons, papers, today, others }: Adoption,
    ) -> Decided<Fact> {
        if self.state != VersionState::Agreed {
            return Err(Refusal::rule(text!(
                "审核通过以后才能登记印发。",
                "It is adopted once the chief has agreed to it."
            )));
        }
        set.holds()?;
        not_begun("from", &issue.from, today)?;
        if let Some(former) =
            former.and_then(|f| f.from_period.as_ref()).filter(|f| **f > issue.from)
        {
            let told = msg!(
                "上一版自 {former} 起施行，本版不能早于它。",
                "The former version is in force from {former}; this one cannot be earlier."
            );
            return Err(Refusal::field("from", told));
        }
        if issue.on > today {
            let told = text!("印发日期不能晚于今天。", "The day of issue cannot be after today.");
            return Err(Refusal::field("on", told));
        }
        if !papers.iter().any(|paper| paper.media == "pdf") {
            let told = text!("请上传印发件（PDF）。", "Upload the issued document as a PDF.");
            return Err(Refusal::field("paper", told));
        }
        let rule = issued(right(draft, names)?, &issue)?;
        only_one(&rule, &issue.from, &others)?;
        let findings = findings::of(&rule, names);
        nothing_forbidden(&findings)?;
        let findings = answered(&findings, &reasons)?;
        let (document, hash, name) = (rule.canonical(), rule.hash(), rule.name.0);
        let version = self.id;
        Ok(Fact::Adopted { version, name, document, hash, issue, on: today, findings, papers })
    }

    /// The draft is given up.
    pub(crate) fn discard(&self) -> Decided<Fact> {
        self.may_be_written()?;
        Ok(Fact::Discarded { version: self.id })
    }
}

/// What a person had to do with a version before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hand {
    /// Wrote or sent it.
    Wrote,
    /// Had nothing to do with it.
    None,
}

/// What an adoption says.
#[derive(Clone, Debug)]
pub(crate) struct Adoption {
    /// The issued document and the first period.
    pub(crate) issue: Issue,
    /// The reason for each finding, in the order of the findings.
    pub(crate) reasons: Vec<String>,
    /// The document's files.
    pub(crate) papers: Vec<assignments::facts::Attached>,
    /// Today.
    pub(crate) today: Day,
    /// The other rule sets that are or will be in force from the first period on.
    pub(crate) others: Vec<RuleSet>,
}

impl RuleSetRow {
    /// It has not ended.
    pub(crate) fn holds(&self) -> Decided<()> {
        let Some(from) = &self.ended_from else { return Ok(()) };
        Err(Refusal::Rule(msg!(
            "该办法自 {from} 起废止，请另起草一个办法。",
            "This rule set ended from {from}; begin another one."
        )))
    }

    /// Its next version is begun; only one is on its way at a time.
    pub(crate) fn begin_version(
        &self,
        versions: &[VersionRow],
        (written, today): (Written, Day),
    ) -> Decided<Fact> {
        self.holds()?;
        if let Some(open) = crate::store::open(versions) {
            let n = open.n;
            return Err(Refusal::Rule(msg!(
                "第 {n} 版还没有印发，同时只能有一个稿件。",
                "Version {n} is not adopted yet; there is one draft at a time."
            )));
        }
        let n = versions.first().map_or(1, |last| last.n + 1);
        Ok(Fact::VersionBegun { version: Uuid::now_v7(), n, on: today, written })
    }

    /// It no longer holds from a period that has not begun.
    pub(crate) fn end(&self, versions: &[VersionRow], from: &str, today: Day) -> Decided<Fact> {
        self.holds()?;
        let Some(last) = crate::store::adopted_last(versions) else {
            return Err(Refusal::rule(text!(
                "还没有印发过的办法不用废止，作废其稿件即可。",
                "What was never adopted cannot be ended; give up its draft instead."
            )));
        };
        if let Some(open) = crate::store::open(versions) {
            let n = open.n;
            return Err(Refusal::Rule(msg!(
                "第 {n} 版正在起草，请先作废稿件。",
                "Version {n} is on its way; give it up first."
            )));
        }
        not_begun("from", from, today)?;
        if let Some(begun) = last.from_period.as_deref().filter(|begun| *begun > from) {
            let told = msg!(
                "最近一版自 {begun} 起施行，废止不能早于它。",
                "The last version is in force from {begun}; it cannot end earlier."
            );
            return Err(Refusal::field("from", told));
        }
        Ok(Fact::Ended { from: from.to_owned() })
    }
}

/// A group is scored by one rule set: what another one scores from the same period on is not adopted.
fn only_one(rule: &RuleSet, from: &str, others: &[RuleSet]) -> Decided<()> {
    for (other, group) in others.iter().flat_map(|o| o.groups.iter().map(move |group| (o, group))) {
        if rule.groups.iter().all(|own| own.name != group.name) {
            continue;
        }
        let (other, group) = (&other.name.0, &group.name.0);
        let told = msg!(
            "“{group}”在 {from} 及以后由《{other}》考评：请先废止该办法，或者从本办法去掉这个组别。",
            "“{group}” is scored by “{other}” in {from} or later: end that rule set first, or take the group out of this one."
        );
        return Err(Refusal::field("from", told));
    }
    Ok(())
}

/// A period that has not begun: what was known when it began counts for it.
fn not_begun(field: &str, period: &str, today: Day) -> Decided<()> {
    let Ok((first, _)) = period.parse().map(ReviewMonth::days) else {
        let told = text!("考评期请按 2021-12 的格式填写。", "Write the period like 2021-12.");
        return Err(Refusal::field(field, told));
    };
    if today < first {
        return Ok(());
    }
    let earliest = next_period(today);
    Err(Refusal::field(
        field,
        msg!(
            "{period} 考评期已于 {first} 开始，规则不溯及既往；最早可从 {earliest} 起。",
            "The period {period} began on {first} and rules do not reach back; the earliest is {earliest}."
        ),
    ))
}

/// The rule set of a draft in which nothing is wrong.
fn right(draft: &Draft, names: &Names) -> Decided<RuleSet> {
    let found = problems::of(draft, names);
    match (draft.rule_set(), found.first()) {
        (Ok(rule), None) => Ok(rule),
        (_, first) => {
            let (count, first) = (found.len(), first.map_or_else(none, first_of));
            let (zh, en) = (first.zh, first.en);
            Err(Refusal::Rule(msg!(
                "还有 {count} 处要改，第一处：{zh}",
                "{count} things are to be mended; the first: {en}"
            )))
        }
    }
}

fn none() -> Message {
    msg!("", "")
}

fn first_of(problem: &rules::document::Problem) -> Message {
    Message { zh: problem.text(kernel::Lang::Zh), en: problem.text(kernel::Lang::En) }
}

/// With what is recorded of its issue.
fn issued(mut rule: RuleSet, issue: &Issue) -> Decided<RuleSet> {
    rule.from = Name(issue.from.clone());
    rule.issued = Some(Issued {
        number: Name(issue.number.clone()),
        office: Name(issue.office.clone()),
        on: Name(issue.on.to_string()),
    });
    match rule.check().first() {
        None => Ok(rule),
        Some(problem) => Err(Refusal::Rule(first_of(problem))),
    }
}

/// What a regulation forbids is never adopted.
fn nothing_forbidden(findings: &[Finding]) -> Decided<()> {
    let Some(first) = findings.iter().find(|f| f.severity == Severity::Forbidden) else {
        return Ok(());
    };
    let (zh, en) = (format!("{}（{}）", first.message.zh, first.because.zh), &first.message.en);
    let because = first.because.en;
    Err(Refusal::Rule(msg!(
        "规定禁止，必须先改掉：{zh}",
        "A regulation forbids this, it must go first: {en} ({because})"
    )))
}

/// Every finding with its reason.
fn answered(findings: &[Finding], reasons: &[String]) -> Decided<Vec<Answered>> {
    let reason = |n: usize| reasons.get(n).map(|r| r.trim()).unwrap_or_default();
    let missing = (0..findings.len()).filter(|n| reason(*n).is_empty());
    let missing: Vec<_> = missing
        .map(|n| kernel::FieldError {
            field: web::cell_name("findings", n, "reason"),
            message: text!("请说明为什么仍这样规定。", "Say why it is adopted all the same.")
                .into(),
        })
        .collect();
    if !missing.is_empty() {
        return Err(Refusal::Fields(missing));
    }
    let answered = findings.iter().enumerate().map(|(n, f)| Answered {
        kind: f.kind.to_owned(),
        place: f.path.join("/"),
        finding: f.message.zh.clone(),
        finding_en: f.message.en.clone(),
        reason: reason(n).to_owned(),
        because: f.because.zh.to_owned(),
        because_en: f.because.en.to_owned(),
    });
    Ok(answered.collect())
}

fn gone() -> Refusal {
    Refusal::rule(text!("该稿件已作废。", "This draft was given up."))
}

/// A text that cannot be read yet is on its way.
pub(crate) fn unread() -> Refusal {
    Refusal::rule(text!(
        "YAML 文本还有错误没有改好，请先改好或者放弃该文本。",
        "The YAML text still has mistakes; mend it or drop it first."
    ))
}
