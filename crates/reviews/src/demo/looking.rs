//! What an officer of the demo city makes of the questions that its records raise: nothing is
//! planted, and what comes of looking is said of whatever was found.

use std::collections::BTreeSet;

use journal::{Act, Result};
use kernel::Actor;

use super::{Hour, Mornings};
use crate::acts::look_at_doubt::{self, Said};
use crate::doubts;
use crate::tables::ReviewRow;

/// What came of looking, and whether the unit is asked: one after the other, of different units.
const OUTCOMES: [(&str, bool); 2] = [
    ("已调阅有关事项的反馈和佐证材料，请单位书面说明情况。", true),
    ("已电话核实并抽查2件，情况属实，不需更正。", false),
];

impl Mornings<'_> {
    /// Before the review is submitted, another officer than who computed looks at two questions.
    pub(super) async fn look(&self, review: &ReviewRow, hour: &mut Hour<'_>) -> Result<()> {
        let month = review.month;
        let found = doubts::kept::of(self.db, review, &self.zone).await?;
        let mut units = BTreeSet::new();
        let doubts = found.into_iter().flat_map(|found| found.doubts);
        let of_units = doubts.filter(|doubt| units.insert(doubt.unit));
        for (doubt, (outcome, asks_unit)) in of_units.zip(OUTCOMES) {
            let said = Said { doubt, outcome: outcome.to_owned(), asks_unit };
            let run = async |act: &mut Act, actor: &Actor| {
                look_at_doubt::run(act, actor, month, said).await
            };
            self.act((self.officer(1)?, "reviews.look_at_doubt"), hour, run).await?;
        }
        Ok(())
    }
}
