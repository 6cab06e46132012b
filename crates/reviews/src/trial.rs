//! 试算: the rules of a draft on months that are over, beside the rules that held then. Nothing is
//! recorded; what a trial shows is for the bureau.

use jiff::tz::TimeZone;
use journal::{Error, Result, Tx, history};
use kernel::{Id, Jurisdiction};
use measures::{ReviewMonth, Supply};
use rules::engine::Scoring;
use rules::engine::sheet::Sheet;
use rules::facts::Facts;
use rules::rule_set::RuleSet;

use crate::library::Library;
use crate::scoring::{self, Peers};
use crate::store;
use crate::supplied::{Depth, Supplied};

/// A rule set scored on a month.
pub(crate) struct Tried {
    pub(crate) facts: Facts,
    pub(crate) sheet: Sheet,
}

/// A month under the draft and under the rules that held then.
pub(crate) struct Month {
    pub(crate) month: ReviewMonth,
    pub(crate) new: Tried,
    /// The rule sets that scored its groups then; none when none was in force.
    pub(crate) old: Vec<Tried>,
}

/// Scores a month by a draft and by what was in force for its groups, whichever rule set it was: a
/// draft may take the place of another one. What was upheld in its review counts in both, where they read the figure.
pub(crate) async fn month(
    tx: &mut Tx,
    (city, zone): (Id<Jurisdiction>, &TimeZone),
    month: ReviewMonth,
    (rule, supplies): (&RuleSet, &[Supply]),
) -> Result<Month> {
    let review = store::review::of_month(tx, city, month).await?;
    let objections = match &review {
        Some(review) => store::objection::of_review(tx, review).await?,
        None => Vec::new(),
    };
    let call = match &review {
        Some(review) => scoring::question(tx, review, zone).await?,
        None => {
            let days = month.days();
            let cut_seq = history::last_before(tx, city, days.1.end(zone)).await?;
            scoring::asked(tx, city, (days, cut_seq), zone).await?
        }
    };
    // A draft scores the groups as they are named today; what held then scored those of then.
    let peers = Peers::read(tx, &call).await?;
    let former_peers = match &review {
        Some(review) => Peers::of_review(tx, review, &call).await?,
        None => Peers::read(tx, &call).await?,
    };
    let in_force = rule_sets::store::in_force(tx, city, &month.to_string()).await?;
    let former = in_force.iter().map(|one| scoring::read(&one.document));
    let mut former = former.collect::<Result<Vec<RuleSet>>>()?;
    former.retain(|one| {
        one.code == rule.code
            || one.groups.iter().any(|g| rule.groups.iter().any(|own| own.name == g.name))
    });
    let indicators = indicators::store::indicators(tx, city).await?;
    let rules: Vec<RuleSet> = std::iter::once(rule.clone()).chain(former.clone()).collect();
    let library = Library::now(supplies, &indicators, &rules);
    let asked = (&library, &*rules, Depth::Figures);
    let supplied = Supplied::read(tx, &call, asked, |_, _| {}).await?;
    let tried = |rule: &RuleSet, peers: &Peers| {
        let (facts, _) = supplied.of(&call, rule, peers);
        let upheld = match &review {
            Some(review) => scoring::adjustments(review, &objections, (rule, &facts))?,
            None => Vec::new(),
        };
        let scoring =
            Scoring::new(rule, &facts, &upheld).map_err(|told| scoring::unfit(told, rule))?;
        let sheet = scoring.sheet();
        Ok::<_, Error>(Tried { facts, sheet })
    };
    let old = former.iter().map(|rule| tried(rule, &former_peers)).collect::<Result<Vec<_>>>()?;
    Ok(Month { month, new: tried(rule, &peers)?, old })
}
