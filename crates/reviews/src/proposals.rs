//! What the rules call for in a review: awards and statements that the leader decides on.

use std::collections::{BTreeMap, BTreeSet};

use assignments::tables::Verdict;
use journal::{Db, Error, Result, Tx};
use kernel::Lang;
use rules::engine::sheet::{Proposal, Said, UnitScore};
use rules::rule_set::outcome::Consequence;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::computed::{self, Part, Parts};
use crate::store;
use crate::tables::{ConsequenceRow, Decision, ReviewRow};

/// The proposals of a review with the rule sets that make them.
pub(crate) struct Proposals {
    pub(crate) parts: Parts,
}

impl Proposals {
    /// Those on which the leader decides.
    pub(crate) async fn read(db: &Db, tx: &mut Tx, review: &ReviewRow) -> Result<Self> {
        Self::of(db, tx, (review, review.in_question())).await
    }

    /// Those of what is shown, which is what was published while an erratum waits.
    pub(crate) async fn shown(db: &Db, tx: &mut Tx, review: &ReviewRow) -> Result<Self> {
        Self::of(db, tx, (review, review.shown)).await
    }

    async fn of(db: &Db, tx: &mut Tx, (review, n): (&ReviewRow, i64)) -> Result<Self> {
        let row = store::review::computation(tx, review, n).await?;
        let parts = computed::parts_on(tx, db, &row.ok_or_else(Error::missing)?).await?;
        Ok(Self { parts })
    }

    /// Each proposal with its consequence and the unit's name.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&Proposal, &Consequence, &str)> {
        Self::all_of(&self.parts)
    }

    fn all_of(parts: &[Part]) -> impl Iterator<Item = (&Proposal, &Consequence, &str)> {
        parts.iter().flat_map(|part| {
            part.sheet.proposals.iter().filter_map(|proposal| {
                let mut rules = part.rule.consequences.iter();
                let rule = rules.find(|c| c.code.0 == proposal.consequence)?;
                Some((proposal, rule, part.name(&proposal.unit)))
            })
        })
    }

    /// The same by the unit's place, the first in front.
    pub(crate) fn in_order(&self) -> Vec<(&Proposal, &Consequence, &str)> {
        Self::in_order_of(&self.parts)
    }

    /// The same of a computing that was read.
    pub(crate) fn in_order_of(parts: &[Part]) -> Vec<(&Proposal, &Consequence, &str)> {
        let mut all: Vec<_> = Self::all_of(parts).collect();
        let place = |unit: &str| {
            let score = parts.iter().find_map(|part| part.score(unit));
            score.and_then(UnitScore::rank).unwrap_or(Decimal::MAX)
        };
        all.sort_by_key(|(proposal, ..)| place(&proposal.unit));
        all
    }

    /// How many of them nobody has decided, or only when the unit had another place.
    pub(crate) fn undecided(&self, decided: &[ConsequenceRow], moved: &BTreeSet<String>) -> usize {
        let is_it =
            |d: &ConsequenceRow, p: &Proposal| is_about(d, p) && !moved.contains(&named_row(d));
        let is_decided = |p: &Proposal| decided.iter().any(|d| is_it(d, p));
        self.all().filter(|(proposal, ..)| !is_decided(proposal)).count()
    }

    /// What was decided to follow and no longer does, since the places were corrected.
    pub(crate) fn fallen<'a>(&self, decided: &'a [ConsequenceRow]) -> Vec<&'a ConsequenceRow> {
        let uncalled = self.uncalled(decided).into_iter();
        uncalled.filter(|d| d.verdict == Decision::Taken).collect()
    }

    /// The same, with what was exempted since but had been paid.
    pub(crate) fn uncalled<'a>(&self, decided: &'a [ConsequenceRow]) -> Vec<&'a ConsequenceRow> {
        let is_called = |d: &ConsequenceRow| self.all().any(|(p, ..)| is_about(d, p));
        let told = |d: &&ConsequenceRow| d.verdict == Decision::Taken || d.paid_fen > 0;
        decided.iter().filter(told).filter(|d| !is_called(d)).collect()
    }

    /// Why a proposal is not certain yet or was lowered, in a sentence, as forms name them.
    pub(crate) fn because(&self) -> Result<BTreeMap<String, Said>> {
        let mut told = BTreeMap::new();
        for part in self.parts.iter() {
            let questioned = |p: &&Proposal| p.open.is_some() || !p.lowered.is_empty();
            let mut proposals = part.sheet.proposals.iter().filter(questioned).peekable();
            if proposals.peek().is_none() {
                continue;
            }
            let scoring = part.scoring()?;
            told.extend(proposals.filter_map(|proposal| {
                let score = part.score(&proposal.unit)?;
                Some((named(proposal), scoring.explain_proposal(score, proposal)))
            }));
        }
        Ok(told)
    }

    /// How the rules call a consequence, by its code and the unit that it was decided for.
    pub(crate) fn rule(&self, decided: &ConsequenceRow) -> Option<(&Consequence, String)> {
        let unit = decided.unit_id.to_string();
        self.parts.iter().find_map(|part| {
            part.score(&unit)?;
            let rule = part.rule.consequences.iter().find(|c| c.code.0 == decided.code)?;
            Some((rule, part.name(&unit).to_owned()))
        })
    }
}

/// The decisions that were made on an earlier freeze, when the unit had another place than in the
/// newest computing, or on one that the leader returned: as forms name them.
pub(crate) async fn moved(
    tx: &mut Tx,
    review: &ReviewRow,
    decided: &[ConsequenceRow],
) -> Result<BTreeSet<String>> {
    let mut moved = BTreeSet::new();
    let earlier: BTreeSet<i64> =
        decided.iter().map(|d| d.freeze_n).filter(|n| *n < review.freezes).collect();
    if earlier.is_empty() {
        return Ok(moved);
    }
    // What was decided on a freeze that the leader then returned was not decided on this one.
    let signs = store::review::signs(tx, review).await?;
    let returned = signs.iter().filter(|s| s.step > 0 && s.verdict == Verdict::Returned);
    let returned: BTreeSet<i64> = returned.map(|s| s.freeze_n).collect();
    moved.extend(decided.iter().filter(|d| returned.contains(&d.freeze_n)).map(named_row));
    let freezes = store::review::freezes(tx, review).await?;
    let now = places(tx, review, review.in_question()).await?;
    for n in earlier {
        let Some(freeze) = freezes.iter().find(|f| f.n == n) else { continue };
        let then = places(tx, review, freeze.computation).await?;
        let of_it = decided.iter().filter(|d| d.freeze_n == n);
        let has_moved = |d: &&ConsequenceRow| then.get(&d.unit_id) != now.get(&d.unit_id);
        moved.extend(of_it.filter(has_moved).map(named_row));
    }
    Ok(moved)
}

async fn places(tx: &mut Tx, review: &ReviewRow, n: i64) -> Result<BTreeMap<Uuid, Option<String>>> {
    let scores = store::review::scores(tx, review, n).await?;
    Ok(scores.into_iter().map(|score| (score.unit_id, score.rank)).collect())
}

/// Whether a decision is about a proposal.
pub(crate) fn is_about(row: &ConsequenceRow, proposal: &Proposal) -> bool {
    row.code == proposal.consequence && row.unit_id.to_string() == proposal.unit
}

/// The value by which a form names what was decided.
pub(crate) fn named_row(row: &ConsequenceRow) -> String {
    format!("{}|{}", row.code, row.unit_id)
}

/// The value by which a form names a proposal.
pub(crate) fn named(proposal: &Proposal) -> String {
    format!("{}|{}", proposal.consequence, proposal.unit)
}

/// A consequence as people call it.
pub(crate) fn title(rule: &Consequence, lang: Lang) -> &str {
    match (&rule.english, lang) {
        (Some(english), Lang::En) => &english.0,
        _ => &rule.name.0,
    }
}
