//! Findings of the linter: how grave, what, where, and by which article.

use kernel::Lang;
use maud::{Markup, html};
use rules::lint::{Finding, Severity};
use ui::{Tone, part};

/// How a grave finding stands out.
pub(crate) const fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Forbidden => Tone::Red,
        Severity::Warning => Tone::Yellow,
        Severity::Hint => Tone::Grey,
    }
}

/// One finding in words.
pub(crate) fn told(finding: &Finding, lang: Lang) -> Markup {
    html! {
        p {
            (part::badge(tone(finding.severity), finding.severity.text().of(lang)))
            " " (finding.message.of(lang))
            br;
            span class="muted" { (finding.because.of(lang)) " · " (finding.path.join("/")) }
        }
    }
}
