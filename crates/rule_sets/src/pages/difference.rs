//! What changed between two versions: field by field in words, and the text line by line.

use journal::{Error, Result};
use kernel::{Lang, msg, text};
use maud::{Markup, html};
use rules::difference::{Line, changes, lines};
use rules::print;
use rules::rule_set::RuleSet;
use serde::Serialize;
use ui::{Tone, layout, part};
use uuid::Uuid;
use web::{Answer, Call, Param, ParamKind, View};

use crate::{store, words};

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] = &[Param::new(
    "with",
    ParamKind::Number(1, 1_000),
    text!("与第几版比较", "Which version it is compared with"),
)];

/// What the program fills in itself: every version has its own.
const FILLED_IN: [&str; 4] = ["编号", "版本", "生效", "印发"];
/// Changes shown at most; a rule set that has more was written anew.
const SHOWN: usize = 500;

#[derive(Serialize)]
struct Difference {
    rule_set: Uuid,
    code: String,
    older: i64,
    newer: i64,
    changes: Vec<String>,
    /// Whether each version can be read as rules; a draft may not be right yet.
    is_readable: bool,
    lines: Vec<Shown>,
}

/// A line of the text of both.
#[derive(Serialize)]
struct Shown {
    /// `same`, `removed` or `added`.
    what: &'static str,
    text: String,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let (set, one) = super::reach(&call, &mut tx).await?;
    let with = call.query.get("with").and_then(|n| n.parse::<i64>().ok());
    let with = with.or_else(|| one.n.checked_sub(1)).ok_or_else(Error::missing)?;
    let other = store::version(&mut tx, call.actor()?, (set.id, with)).await?;
    let (older, newer) = if one.n < other.n { (&one, &other) } else { (&other, &one) };
    let (before, after) = (super::rule_of(older)?, super::rule_of(newer)?);
    let mut difference = Difference {
        rule_set: set.id,
        code: set.code,
        older: older.n,
        newer: newer.n,
        changes: Vec::new(),
        is_readable: false,
        lines: Vec::new(),
    };
    if let (Some(before), Some(after)) = (before, after) {
        let lang = call.lang;
        difference.is_readable = true;
        let told = changes(&before, &after);
        let told = told
            .iter()
            .filter(|c| c.path.first().is_none_or(|key| !FILLED_IN.contains(&key.as_str())));
        difference.changes = told.take(SHOWN).map(|c| c.message().of(lang).to_owned()).collect();
        let compared = lines(&text_of(&before, lang), &text_of(&after, lang));
        difference.lines = compared.into_iter().map(shown).collect();
    }
    call.page(&difference)
}

/// The text without its head, which says number, issue and period.
fn text_of(rule: &RuleSet, lang: Lang) -> Vec<String> {
    let mut lines = print::lines(rule, lang);
    if lines.len() > 1 {
        lines.remove(1);
    }
    lines
}

fn shown(line: Line) -> Shown {
    match line {
        Line::Same(text) => Shown { what: "same", text },
        Line::Removed(text) => Shown { what: "removed", text },
        Line::Added(text) => Shown { what: "added", text },
    }
}

impl View for Difference {
    fn title(&self, call: &Call) -> String {
        let (older, newer) = (self.older, self.newer);
        msg!("第 {older} 版与第 {newer} 版比较", "From version {older} to version {newer}")
            .of(call.lang)
            .to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        let card = (call.href(&crate::acts::card(self.rule_set)), self.code.clone());
        vec![(call.href("/rule-sets"), words::RULE_SETS.of(call.lang).to_owned()), card]
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if !self.is_readable {
            let told = text!(
                "其中一版还有错误没有改好，改好后才能比较。",
                "One of the two still has mistakes; mend them to compare."
            );
            return part::alert(Tone::Yellow, html! { (told.of(lang)) });
        }
        let count = self.changes.len();
        let title = msg!("改了 {count} 处", "{count} changes");
        let none = text!("两版内容相同。", "Both say the same.");
        let list = html! {
            @if self.changes.is_empty() { p class="muted" { (none.of(lang)) } }
            ul class="text-problems" { @for change in &self.changes { li { (change) } } }
        };
        let text = html! {
            div class="rules-text" {
                @for line in &self.lines {
                    @match line.what {
                        "removed" => p class="line-removed" { span { "−" } del { (line.text.trim()) } },
                        "added" => p class="line-added" { span { "＋" } ins { (line.text.trim()) } },
                        _ => p class="line-same" { span {} span { (line.text.trim()) } },
                    }
                }
            }
        };
        layout::stack(html! {
            (part::card(Some(title.of(lang)), None, list))
            (part::card(Some(text!("全文逐行比较", "The text, line by line").of(lang)), None, text))
        })
    }
}
