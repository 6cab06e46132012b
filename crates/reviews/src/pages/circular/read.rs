//! Reads a circular: figures by the measures, places from what was frozen, decisions and objections
//! from their rows.

use std::collections::BTreeMap;

use journal::{Error, Result, Tx, history};
use kernel::{Message, text};
use rules::decimal;
use rules::engine::sheet::{Said, Standing, UnitScore};
use rules::rule_set::RuleSet;
use rules::rule_set::outcome::Consequence;
use rust_decimal::Decimal;
use uuid::Uuid;
use web::Call;

use super::{Award, Called, Circular, Contested, Group, Placed, Sources, figures};
use crate::computed::{self, Part};
use crate::facts::statement::Wording;
use crate::proposals::Proposals as Proposed;
use crate::tables::{
    ComputationRow, ConsequenceRow, Decision, FreezeRow, ReviewRow, Stage, Standing as Place,
};
use crate::{acts, circular, store, words};

/// The circular of a review that was reached.
pub(super) async fn circular(call: &Call, review: &ReviewRow) -> Result<Circular> {
    circular_in(call, &mut call.read().await?, review).await
}

/// The same in an open transaction.
pub(super) async fn circular_in(call: &Call, tx: &mut Tx, review: &ReviewRow) -> Result<Circular> {
    let frozen = Frozen::read(tx, review).await?;
    let parts = computed::parts_on(tx, call.db(), &frozen.computation).await?;
    told(call, tx, review, (&frozen, &parts)).await
}

/// The freeze that a circular tells.
struct Frozen {
    freeze: FreezeRow,
    computation: ComputationRow,
    /// A later freeze, which corrected it.
    corrected: Option<i64>,
}

impl Frozen {
    async fn read(tx: &mut Tx, review: &ReviewRow) -> Result<Self> {
        let freezes = store::review::freezes(tx, review).await?;
        let signs = store::review::signs(tx, review).await?;
        let errata = store::review::errata(tx, review).await?;
        let told = circular::told(review, &freezes, (&signs, &errata));
        let freeze = told.ok_or_else(Error::missing)?.clone();
        let row = store::review::computation(tx, review, freeze.computation).await?;
        let corrected = errata.last().map(|erratum| erratum.freeze_n);
        Ok(Self { freeze, computation: row.ok_or_else(Error::missing)?, corrected })
    }
}

async fn told(
    call: &Call,
    tx: &mut Tx,
    review: &ReviewRow,
    (frozen, parts): (&Frozen, &[Part]),
) -> Result<Circular> {
    let freeze = &frozen.freeze;
    let mut sources = Sources::default();
    let overview = figures::overview(call, tx, review, &mut sources).await?;
    let (late, late_left) = figures::late(call, tx, review, overview.late.count).await?;
    let groups = groups(tx, review, parts, &mut sources).await?;
    let (mut awards, statements) = followed(tx, review, (freeze.n, parts)).await?;
    let order: Vec<Uuid> =
        groups.iter().flat_map(|group| group.units.iter().map(|unit| unit.unit_id)).collect();
    awards.sort_by_key(|award| order.iter().position(|unit| *unit == award.unit_id));
    let numbered = review.circular_year.zip(review.circular_number);
    let mut cite = |zh: &str, en: &str| {
        let what = Message { zh: zh.to_owned(), en: en.to_owned() };
        sources.cite(what, acts::card(review.month))
    };
    let decided_at = cite("奖励和表态发言的决定", "Decisions on awards and statements");
    let heard_at = cite("异议及其处理", "Objections and what was decided");
    Ok(Circular {
        decided_at,
        heard_at,
        month: review.month,
        state: review.state,
        number: numbered.map(|(year, n)| words::circular(year, n)),
        title: words::statement::circular_title(review.month).into(),
        intro: intro(review, parts),
        overview,
        groups,
        awards,
        statements,
        late,
        late_left,
        objections: objections(tx, review, parts).await?,
        wording: wording(tx, review).await?,
        bureau: bureau(tx, freeze).await?,
        dated: review.published_on,
        corrected: frozen.corrected,
        sources: sources.0,
        root: freeze.root.clone(),
        frozen_head: freeze.head.clone(),
        head: history::head(tx, review.jurisdiction_id).await?.to_string(),
    })
}

async fn wording(tx: &mut Tx, review: &ReviewRow) -> Result<Wording> {
    let written = store::statement::circular(tx, review).await?;
    Ok(written.map_or_else(circular::usual, |row| Wording {
        addressees: row.addressees,
        demands: row.demands,
        copies: row.copies,
        printed: row.printed,
    }))
}

/// The full name of the bureau: the unit of whoever froze it.
async fn bureau(tx: &mut Tx, freeze: &FreezeRow) -> Result<String> {
    let city = freeze.jurisdiction_id;
    let Some(post) = people::store::post(tx, city, freeze.post_id).await? else {
        return Ok(String::new());
    };
    let unit = people::store::unit(tx, city, post.unit_id).await?;
    Ok(unit.map_or_else(String::new, |unit| unit.name))
}

fn intro(review: &ReviewRow, parts: &[Part]) -> Said {
    let zh: Vec<_> = parts.iter().map(|p| format!("《{}》", p.rule.name.0)).collect();
    let english = |p: &Part| p.rule.english.as_ref().unwrap_or(&p.rule.name).0.clone();
    let en: Vec<_> = parts.iter().map(|p| format!("“{}”", english(p))).collect();
    let (month, zh, en) = (review.month.named(), zh.join("、"), en.join(", "));
    Said {
        zh: format!("根据{zh}，对各单位{}重点工作落实情况进行了考评，现通报如下。", month.zh),
        en: format!("Units were reviewed for {} by {en}.", month.en),
    }
}

/// The groups as the city lists them, each with its units by place.
async fn groups(
    tx: &mut Tx,
    review: &ReviewRow,
    parts: &[Part],
    sources: &mut Sources,
) -> Result<Vec<Group>> {
    let order = people::store::groups(tx, review.jurisdiction_id).await?;
    let mut found = Vec::new();
    for part in parts {
        for group in &part.rule.groups {
            let of_group = part.sheet.units.iter().filter(|u| u.group == group.code.0);
            let mut scores: Vec<&UnitScore> = of_group.collect();
            scores.sort_by_key(|u| {
                let rank = u.rank().unwrap_or(Decimal::MAX);
                (rank, std::cmp::Reverse(u.total), u.unit.clone())
            });
            let units: Vec<_> = scores.into_iter().filter_map(|u| placed(part, u)).collect();
            if units.is_empty() {
                continue;
            }
            let place = order.iter().position(|g| g.name == group.name.0);
            let en = group.english.as_ref().unwrap_or(&group.name).0.clone();
            found.push((place, Said { zh: group.name.0.clone(), en }, units));
        }
    }
    found.sort_by_key(|(place, ..)| *place);
    let groups = found.into_iter().map(|(_, name, units)| {
        let what = Message {
            zh: format!("{}得分和名次", name.zh),
            en: format!("Scores and places: {}", name.en),
        };
        Group { source: sources.cite(what, acts::card(review.month)), name, units }
    });
    Ok(groups.collect())
}

fn placed(part: &Part, score: &UnitScore) -> Option<Placed> {
    let places = part.rule.precision.places;
    let shown = |points: Decimal| decimal::shown(points, places);
    let why = match &score.standing {
        Standing::Ranked { .. } => None,
        Standing::TooFewTasks => Some(words::standing(Place::TooFewTasks)),
        Standing::Unscorable => Some(words::standing(Place::Unscorable)),
        Standing::NothingApplies => Some(words::standing(Place::NothingApplies)),
    };
    let items = part.rule.items().map(|item| {
        let points = score.part(&item.code.0).and_then(rules::engine::sheet::Part::points);
        let english = item.english.as_ref().unwrap_or(&item.name).0.clone();
        (Said { zh: item.name.0.clone(), en: english }, points.map(shown))
    });
    // Bonuses, vetoes, marks that do not apply: with them the row adds up to the total.
    let of_items = part.rule.items().count();
    let mut rest = score.parts.iter().skip(of_items).filter_map(rules::engine::sheet::Part::points);
    let rest = rest.try_fold(Decimal::ZERO, Decimal::checked_add).filter(|_| score.total.is_some());
    let others = Said {
        zh: "加分、否决与折算".to_owned(),
        en: "bonuses, vetoes and the like".to_owned(),
    };
    let items = items.chain([(others, rest.map(shown))]);
    Some(Placed {
        unit_id: score.unit.parse().ok()?,
        unit: part.name(&score.unit).to_owned(),
        rank: score.rank().map(|rank| rank.normalize().to_string()),
        total: score.total.map(shown),
        why: why.map(|text| Said { zh: text.zh.to_owned(), en: text.en.to_owned() }),
        items: items.collect(),
    })
}

/// What the leader decided: awards, and who makes a statement.
async fn followed(
    tx: &mut Tx,
    review: &ReviewRow,
    (freeze, parts): (i64, &[Part]),
) -> Result<(Vec<Award>, Vec<Called>)> {
    let rows = store::review::decided_until(tx, review, freeze).await?;
    let taken: BTreeMap<(&str, Uuid), &ConsequenceRow> = rows
        .iter()
        .filter(|row| row.verdict == Decision::Taken)
        .map(|row| ((row.code.as_str(), row.unit_id), row))
        .collect();
    let (mut awards, mut statements) = (Vec::new(), Vec::new());
    for (proposal, rule, unit) in Proposed::in_order_of(parts) {
        let Ok(unit_id) = proposal.unit.parse::<Uuid>() else { continue };
        let Some(row) = taken.get(&(proposal.consequence.as_str(), unit_id)) else { continue };
        let (unit, title) = (unit.to_owned(), called(rule));
        if rule.is_award {
            awards.push(Award { unit_id, unit, title, amount_fen: row.amount_fen });
        } else {
            let article = rule.article.as_ref().map(|a| a.0.clone());
            statements.push(Called { unit_id, unit, title, article });
        }
    }
    Ok((awards, statements))
}

fn called(rule: &Consequence) -> Said {
    let en = rule.english.as_ref().unwrap_or(&rule.name).0.clone();
    Said { zh: rule.name.0.clone(), en }
}

/// What units contested in the draft; a later re-examination is no part of what went out.
async fn objections(tx: &mut Tx, review: &ReviewRow, parts: &[Part]) -> Result<Vec<Contested>> {
    let all = store::objection::of_review(tx, review).await?;
    let of_draft = all.into_iter().filter(|o| o.kind == Stage::Objection);
    let contested = of_draft.map(|o| {
        let unit = o.unit_id.to_string();
        let part = computed::of_unit(parts, &unit);
        Contested {
            label: o.label(review).zh,
            item: part.and_then(|p| item(&p.rule, &o.item)).unwrap_or(o.measure),
            unit: part.map_or_else(|| unit.clone(), |p| p.name(&unit).to_owned()),
            state: o.state,
        }
    });
    Ok(contested.collect())
}

fn item(rule: &RuleSet, code: &str) -> Option<String> {
    let mut items = rule.items().chain(&rule.bonuses);
    items.find(|item| item.code.0 == code).map(|item| item.name.0.clone())
}

impl Circular {
    /// How many objections came to what, in a sentence.
    pub(super) fn heard(&self) -> Said {
        use crate::tables::ObjectionState as State;
        let n = |state| self.objections.iter().filter(|o| o.state == state).count();
        let all = self.objections.len();
        if all == 0 {
            let told = text!("公示期间没有单位提出异议。", "No unit contested its draft.");
            return Said { zh: told.zh.to_owned(), en: told.en.to_owned() };
        }
        let parts = [
            (State::Upheld, "采纳", "upheld"),
            (State::Refused, "不采纳", "refused"),
            (State::Withdrawn, "单位撤回", "taken back"),
        ];
        let told = parts.map(|(state, zh, en)| (n(state), zh, en));
        let told = || told.iter().filter(|(n, ..)| *n > 0);
        let zh: Vec<_> = told().map(|(n, zh, _)| format!("{zh}{n}件")).collect();
        let en: Vec<_> = told().map(|(n, _, en)| format!("{n} {en}")).collect();
        Said {
            zh: format!("公示期间收到异议{all}件，其中{}。", zh.join("、")),
            en: format!("Figures contested: {all}; {}.", en.join(", ")),
        }
    }
}
