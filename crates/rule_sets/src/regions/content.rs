//! What a version says: the text of the rules, the marks of each group, the findings of the linter.

use journal::{Result, Tx};
use kernel::{Lang, Message, msg, text};
use maud::{Markup, html};
use rules::lint::Finding;
use rules::rule_set::RuleSet;
use rules::rule_set::item::Item;
use rules::rule_set::param::Param;
use serde::Serialize;
use ui::table::{Column, Row, Table};
use ui::{Tone, part};
use web::Call;

use super::findings;
use crate::store::card;
use crate::tables::{FindingRow, VersionRow, VersionState};
use crate::{known, words};

/// What a version says, for a page and for programs.
#[derive(Serialize)]
pub(crate) struct Content {
    /// Whether it can still change.
    is_draft: bool,
    /// The text of the rules, line by line.
    pub(crate) lines: Vec<String>,
    /// The marks of each group.
    totals: Vec<Total>,
    /// What the linter finds today, or found when it was adopted, with the reasons given then.
    pub(crate) findings: Vec<Shown>,
}

/// Marks of a group by dimension.
#[derive(Serialize)]
struct Total {
    group: String,
    dimensions: Vec<(String, String)>,
    full: String,
}

/// A finding as pages and programs show it.
#[derive(Serialize)]
pub(crate) struct Shown {
    kind: String,
    pub(crate) severity: &'static str,
    place: String,
    message: String,
    because: String,
    reason: Option<String>,
    #[serde(skip)]
    tone: Tone,
}

/// Reads what a version says; nothing while something in its draft is wrong.
pub(crate) async fn read(
    call: &Call,
    tx: &mut Tx,
    (version, rule): (&VersionRow, Option<&RuleSet>),
) -> Result<Option<Content>> {
    let Some(rule) = rule else { return Ok(None) };
    let lang = call.lang;
    let findings = match version.state {
        VersionState::Adopted => {
            let answered = card::findings(tx, call.city()?, version.id).await?;
            answered.into_iter().map(|f| answer(f, lang)).collect()
        }
        VersionState::Draft
        | VersionState::InCheck
        | VersionState::Agreed
        | VersionState::Discarded => {
            let names = known::names(tx, call).await?;
            crate::findings::of(rule, &names).iter().map(|f| shown(f, lang)).collect()
        }
    };
    let lines = rules::print::lines(rule, lang);
    let totals = rule.groups.iter().map(|group| total(rule, &group.code.0, lang)).collect();
    let is_draft = version.state != VersionState::Adopted;
    Ok(Some(Content { is_draft, lines, totals, findings }))
}

fn shown(f: &Finding, lang: Lang) -> Shown {
    Shown {
        kind: f.kind.to_owned(),
        severity: f.severity.text().of(lang),
        place: f.path.join("/"),
        message: f.message.of(lang).to_owned(),
        because: f.because.of(lang).to_owned(),
        reason: None,
        tone: findings::tone(f.severity),
    }
}

fn answer(f: FindingRow, lang: Lang) -> Shown {
    let message = Message { zh: f.finding, en: f.finding_en };
    let because = Message { zh: f.because, en: f.because_en };
    Shown {
        kind: f.kind,
        severity: text!("已说明", "answered").of(lang),
        place: f.place,
        message: message.of(lang).to_owned(),
        because: because.of(lang).to_owned(),
        reason: Some(f.reason),
        tone: Tone::Grey,
    }
}

/// The marks of a group: of every dimension the sum of the items that apply.
fn total(rule: &RuleSet, code: &str, lang: Lang) -> Total {
    let parameters = rule.group(code).map(|group| &group.parameters);
    let full = |item: &Item| match &item.full {
        Some(Param::Fixed(number)) => Some(*number),
        Some(Param::OfGroup(name)) => parameters.and_then(|p| p.get(name)).copied(),
        None => None,
    };
    let sum = |items: &[Item]| {
        let full = items.iter().filter(|item| item.applies_to(code)).filter_map(full);
        full.fold(Default::default(), |a, b| a + b)
    };
    let sums: Vec<_> = rule.dimensions.iter().map(|d| (d.title(), sum(&d.items))).collect();
    let all = sums.iter().fold(Default::default(), |a, (_, b)| a + *b);
    let dimensions = sums
        .into_iter()
        .map(|(title, n)| (title.of(lang).to_owned(), rules::decimal::canonical(n)));
    let name = rule.group(code).map_or(code, |group| group.name.0.as_str());
    Total {
        group: name.to_owned(),
        dimensions: dimensions.collect(),
        full: rules::decimal::canonical(all),
    }
}

impl Content {
    /// The text of the rules as a card.
    pub(crate) fn text(&self, lang: Lang) -> Markup {
        let title = if self.is_draft {
            text!(
                "办法全文（稿，施行时间以登记印发为准）",
                "The text of the rules (a draft; its period is entered when it is adopted)"
            )
        } else {
            text!("办法全文", "The text of the rules")
        };
        part::card(Some(title.of(lang)), None, text_of(&self.lines))
    }

    /// The marks of each group.
    pub(crate) fn totals(&self, lang: Lang) -> Markup {
        let Some(first) = self.totals.first() else { return Markup::default() };
        let mut columns = vec![Column::lead(words::GROUPS.of(lang))];
        columns.extend(first.dimensions.iter().map(|(name, _)| Column::number(name)));
        columns.push(Column::number(text!("合计", "Total").of(lang)));
        let rows = self.totals.iter().map(|t| {
            let mut cells = vec![html! { (t.group) }];
            cells.extend(t.dimensions.iter().map(|(_, n)| html! { (n) }));
            cells.push(html! { strong { (t.full) } });
            Row { href: None, tone: None, cells }
        });
        let caption = text!("各组满分", "Full marks of each group").of(lang);
        let table = Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() };
        part::card_flush(Some(caption), None, table.render())
    }

    /// What the linter says.
    pub(crate) fn findings(&self, lang: Lang) -> Markup {
        let body = html! {
            @if self.findings.is_empty() {
                p class="muted" { (text!("没有检查意见。", "The linter found nothing.").of(lang)) }
            }
            @for f in &self.findings {
                p {
                    (part::badge(f.tone, f.severity)) " " (f.message)
                    @if !f.because.is_empty() { br; span class="muted" { (f.because) } }
                    @if let Some(reason) = &f.reason { br; span class="muted" { (msg!("理由：{reason}", "Reason: {reason}").of(lang)) } }
                    br; span class="muted" { (f.place) }
                }
            }
        };
        part::card(Some(text!("检查意见", "Findings").of(lang)), None, body)
    }
}

/// The lines of the rules: title, number, articles and what stands below them.
fn text_of(lines: &[String]) -> Markup {
    let Some((title, rest)) = lines.split_first() else { return Markup::default() };
    html! {
        p class="rules-title" { (title) }
        (articles(rest))
    }
}

/// The number and the articles.
pub(crate) fn articles(lines: &[String]) -> Markup {
    html! {
        div class="rules-text" {
            @for (n, line) in lines.iter().enumerate() {
                @if n == 0 { p class="rules-head" { (line) } }
                @else if line.starts_with([' ', '\u{3000}']) { p class="rules-point" { (line.trim()) } }
                @else { (article(line)) }
            }
        }
    }
}

/// An article: its number stands out.
fn article(line: &str) -> Markup {
    let (number, rest) = line.split_once(['\u{3000}', ' ']).unwrap_or((line, ""));
    // English articles are counted after their word.
    let (number, rest) = match rest.split_once("  ") {
        Some((n, rest)) if number == "Article" => (format!("{number} {n}"), rest),
        Some(_) | None => (number.to_owned(), rest),
    };
    html! { p class="rules-article" { strong { (number) } " " (rest) } }
}
