//! 试算: a version of a rule set on months that are over: old and new places side by side, who moves
//! and why, and what the linter finds in the sheets.

use journal::{Error, Result};
use kernel::{Lang, Message, Refusal, msg, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use rules::decimal;
use rules::engine::sheet::{Outcome, Said, Sheet, Standing as Place, UnitScore};
use rules::lint::lint_past;
use rules::moves::{Move, moves};
use rules::rule_set::RuleSet;
use rust_decimal::Decimal;
use serde::Serialize;
use ui::form::{self, Choice, Field};
use ui::table::{Column, Row, Table};
use ui::{Tone, layout, part};
use uuid::Uuid;
use web::{Answer, Call, Param, ParamKind, View};

use crate::tables::Standing;
use crate::trial::{self, Tried};
use crate::words;

/// What the page reads of its address.
pub(crate) const QUERY: &[Param] =
    &[Param::new("month", ParamKind::Month, text!("月份", "The month"))];

/// Months over which the linter looks, the chosen one included.
const MONTHS: usize = 3;
/// Months that are offered.
const OFFERED: usize = 12;

#[derive(Serialize)]
struct Page {
    rule_set: Uuid,
    version: i64,
    name: String,
    month: ReviewMonth,
    /// What must be mended before it can be tried.
    problems: Vec<Said>,
    groups: Vec<Group>,
    findings: Vec<Finding>,
    #[serde(skip)]
    months: Vec<ReviewMonth>,
}

#[derive(Serialize)]
struct Group {
    name: String,
    units: Vec<Placed>,
}

/// A unit under both.
#[derive(Serialize)]
struct Placed {
    unit: String,
    old_rank: Option<String>,
    old_total: Option<String>,
    new_rank: Option<String>,
    new_total: Option<String>,
    why: Option<Said>,
    has_moved: bool,
    #[serde(skip)]
    sort: Decimal,
}

#[derive(Serialize)]
struct Finding {
    zh: String,
    en: String,
    because_zh: &'static str,
    because_en: &'static str,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city, actor) = (call.read().await?, call.city()?, *call.actor()?);
    let (set, n) = (call.id("id")?, call.param("n")?.parse().map_err(|_| Error::missing())?);
    rule_sets::store::reach(&mut tx, &actor, set).await?;
    let version = rule_sets::store::version(&mut tx, &actor, (set, n)).await?;
    let last = ReviewMonth::last_closed(call.today());
    let months: Vec<ReviewMonth> =
        std::iter::successors(Some(last), |m| Some(m.before())).take(OFFERED).collect();
    let asked = call.query.get("month").filter(|m| !m.is_empty());
    let asked = asked.map(|m| m.parse::<ReviewMonth>().ok().filter(|m| *m <= last));
    let month = match asked {
        Some(Some(month)) => month,
        Some(None) => {
            let told = text!("请选择已经结束的考评期。", "Choose a month that is over.");
            return Err(Refusal::field("month", told).into());
        }
        None => last,
    };
    let mut page = Page {
        rule_set: set,
        version: n,
        name: version.name.clone(),
        month,
        problems: Vec::new(),
        groups: Vec::new(),
        findings: Vec::new(),
        months,
    };
    let rule = match RuleSet::parse(&version.document) {
        Ok(rule) => rule,
        Err(problems) => {
            page.problems = problems.into_iter().take(20).map(|p| p.message.into()).collect();
            return call.page(&page);
        }
    };
    let of = (city, &call.zone());
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut asked = month;
    for _ in 0..MONTHS {
        let tried = trial::month(&mut tx, of, asked, (&rule, call.measures())).await?;
        if asked == month {
            page.groups = groups(&rule, &tried.new, &tried.old, call.lang);
        }
        asked = tried.month.before();
        sheets.push(tried.new.sheet);
    }
    page.findings = lint_past(&rule, &sheets).into_iter().map(found).collect();
    call.page(&page)
}

fn found(finding: rules::lint::Finding) -> Finding {
    let (because_zh, because_en) = (finding.because.zh, finding.because.en);
    Finding { zh: finding.message.zh, en: finding.message.en, because_zh, because_en }
}

/// The units of each group by their new place.
fn groups(rule: &RuleSet, new: &Tried, old: &[Tried], lang: Lang) -> Vec<Group> {
    let moved: Vec<Vec<Move>> = old.iter().map(|old| moves(&old.sheet, &new.sheet)).collect();
    let places = rule.precision.places;
    let placed = |unit: &rules::facts::UnitFacts| {
        let score = new.sheet.unit(&unit.unit);
        // Whichever rule set scored it then.
        let by = old.iter().zip(&moved).find(|(old, _)| old.sheet.unit(&unit.unit).is_some());
        let was = by.and_then(|(old, _)| old.sheet.unit(&unit.unit));
        let change = by.and_then(|(_, moved)| moved.iter().find(|m| m.unit == unit.unit));
        let rank = |rank: Option<Decimal>| rank.map(|rank| rank.normalize().to_string());
        let total = |total: Option<Decimal>| total.map(|total| decimal::shown(total, places));
        Placed {
            unit: unit.name.clone(),
            old_rank: rank(was.and_then(UnitScore::rank)),
            old_total: total(was.and_then(|s| s.total)),
            new_rank: rank(score.and_then(UnitScore::rank)),
            new_total: total(score.and_then(|s| s.total)),
            why: score.and_then(unplaced).or_else(|| {
                change.filter(|m| m.total_before != m.total_after).map(|m| m.why().into())
            }),
            has_moved: change.is_some_and(Move::has_moved),
            sort: score.and_then(UnitScore::rank).unwrap_or(Decimal::MAX),
        }
    };
    let of_group = |group: &rules::rule_set::Group| {
        let own = new.facts.units.iter().filter(|u| u.group == group.code.0);
        let mut units: Vec<Placed> = own.map(placed).collect();
        units.sort_by(|a, b| a.sort.cmp(&b.sort).then_with(|| a.unit.cmp(&b.unit)));
        let english = group.english.as_ref().filter(|_| lang == Lang::En);
        Group { name: english.map_or(&group.name.0, |e| &e.0).clone(), units }
    };
    rule.groups.iter().map(of_group).filter(|group| !group.units.is_empty()).collect()
}

/// Why a unit has no place under the new rules.
fn unplaced(score: &UnitScore) -> Option<Said> {
    let standing = match &score.standing {
        Place::Ranked { .. } => return None,
        Place::TooFewTasks => Standing::TooFewTasks,
        Place::Unscorable => Standing::Unscorable,
        Place::NothingApplies => Standing::NothingApplies,
    };
    let is_open = standing == Standing::Unscorable;
    let standing = words::standing(standing);
    let open = score.parts.iter().find_map(|part| match &part.outcome {
        Outcome::Unscorable(why) => Some((&part.code, why.message())),
        Outcome::Points(_) | Outcome::NotApplicable(_) => None,
    });
    let Some((code, why)) = open.filter(|_| is_open) else {
        return Some(Message::from(standing).into());
    };
    Some(Said {
        zh: format!("{}：{code} {}", standing.zh, why.zh),
        en: format!("{}: {code} {}", standing.en, why.en),
    })
}

impl View for Page {
    fn title(&self, call: &Call) -> String {
        msg!("试算：{name}", "Trial: {name}", name = self.name).of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![
            (call.href("/rule-sets"), text!("考评办法", "Rule sets").of(call.lang).to_owned()),
            (call.href(&format!("/rule-sets/{}", self.rule_set)), self.name.clone()),
        ]
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let month = self.month.to_string();
        let field = Field {
            name: "month",
            label: words::MONTH.of(lang),
            value: &month,
            ..Field::default()
        };
        let offered: Vec<(String, String)> =
            self.months.iter().map(|m| (m.to_string(), m.name(lang))).collect();
        let choices: Vec<Choice<'_>> =
            offered.iter().map(|(m, name)| Choice::new(m, name)).collect();
        let chooser = form::filter_form(
            lang,
            &call.href(&call.path),
            html! { (form::select(&field, &choices)) },
        );
        let hint = text!(
            "用当时的记录按新、旧办法各算一遍，只供比较，不留记录。",
            "Both are scored from what was recorded then; for comparison only, nothing is kept."
        );
        layout::stack_printed_lying(html! {
            p class="muted" { (hint.of(lang)) }
            (part::card_flush(None, None, chooser))
            (self.problem_list(lang))
            @for group in &self.groups { (show_group(group, lang)) }
            (self.finding_list(lang))
        })
    }
}

impl Page {
    fn problem_list(&self, lang: Lang) -> Markup {
        if self.problems.is_empty() {
            return Markup::default();
        }
        let title = text!("先改好以下各处才能试算：", "Mend these first:");
        part::alert(
            Tone::Yellow,
            html! { p { (title.of(lang)) } ul { @for p in &self.problems { li { (p.of(lang)) } } } },
        )
    }

    fn finding_list(&self, lang: Lang) -> Markup {
        if self.findings.is_empty() {
            return Markup::default();
        }
        let list = html! {
            ul class="plain" {
                @for f in &self.findings {
                    li {
                        @match lang { Lang::Zh => (f.zh), Lang::En => (f.en) }
                        " " span class="muted" { @match lang { Lang::Zh => (f.because_zh), Lang::En => (f.because_en) } }
                    }
                }
            }
        };
        let title = text!("近三期试算看出的问题", "What three months show");
        part::card(Some(title.of(lang)), None, list)
    }
}

fn show_group(group: &Group, lang: Lang) -> Markup {
    let columns = [
        Column::lead(words::UNIT.of(lang)),
        Column::number(text!("原得分", "Old score").of(lang)),
        Column::number(text!("原名次", "Old place").of(lang)),
        Column::number(text!("新得分", "New score").of(lang)),
        Column::number(text!("新名次", "New place").of(lang)),
        Column { class: "col-wide", ..Column::text(text!("变化的原因", "Why").of(lang)) },
    ];
    let cell = |said: &Option<String>| html! { @match said { Some(s) => (s), None => "—" } };
    let row = |u: &Placed| Row {
        href: None,
        tone: u.has_moved.then_some(Tone::Yellow),
        cells: vec![
            html! { (u.unit) },
            cell(&u.old_total),
            cell(&u.old_rank),
            cell(&u.new_total),
            cell(&u.new_rank),
            html! { @if let Some(why) = &u.why { (why.of(lang)) } },
        ],
    };
    let table = Table {
        caption: &group.name,
        columns: &columns,
        rows: group.units.iter().map(row).collect(),
        ..Table::default()
    };
    part::card_flush(Some(&group.name), None, table.render())
}
