//! What a rule set should not do: what the linter of `rules` finds in the document, and what only the
//! library of measures knows.

use kernel::{Text, msg, text};
use rules::lint::{self, Finding, Severity, measured};
use rules::rule_set::RuleSet;

use crate::known::Names;

const FOR_DESK: Text = text!(
    "指标库注明只供工作台掌握进度，不作考核依据：计了分，单位就不敢如实办理",
    "the library keeps it for the desk only: once it is scored, units dare not act as they should"
);

/// Everything that is found, the gravest first.
pub(crate) fn of(rule: &RuleSet, names: &Names) -> Vec<Finding> {
    let mut findings = lint::lint(rule);
    let known = names.measures.as_deref().unwrap_or_default();
    let is_for_desk = |name: &str| known.iter().any(|one| one.is_for_desk && one.name.zh == name);
    for one in measured(rule).into_iter().filter(|one| one.code != rules::rule_set::MINIMUM) {
        // 签收 and 延期 are found by their words.
        let is_told = findings.iter().any(|f| {
            f.path == one.path && f.severity == Severity::Warning && f.kind == "forbidden_measure"
        });
        let read = one.inputs.iter().map(|input| input.fields.measure.0.as_str());
        for name in read.filter(|name| is_for_desk(name) && !is_told) {
            let code = one.code;
            findings.push(Finding {
                severity: Severity::Warning,
                kind: "desk_measure",
                path: one.path.clone(),
                message: msg!(
                    "{code}以“{name}”计分，这个口径只供工作台",
                    "{code} scores “{name}”, which is for the desk only"
                ),
                because: FOR_DESK,
            });
        }
    }
    findings.sort_by_key(|finding| finding.severity);
    findings
}
