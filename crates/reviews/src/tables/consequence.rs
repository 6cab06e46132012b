//! What follows from a month: what was decided, what had been before an erratum, what was paid.

use journal::table;
use kernel::{Day, Id, Jurisdiction};
use uuid::Uuid;

use super::Decision;

table! {
    /// What was decided on a consequence, and how an award was paid.
    pub struct ConsequenceRow: Record "review_consequences" key 4 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The review.
        pub review_id: Uuid,
        /// The consequence's code in the rules.
        pub code: String,
        /// The unit.
        pub unit_id: Uuid,
        /// What was decided.
        pub verdict: Decision,
        /// An award's amount in fen.
        pub amount_fen: Option<i64>,
        /// Why.
        pub reason: String,
        /// The post that decided.
        pub post_id: Uuid,
        /// The person.
        pub person_id: Uuid,
        /// When.
        pub decided_on: Day,
        /// The document by which an award was approved.
        pub document: String,
        /// From which budget it is paid.
        pub budget: String,
        /// The voucher.
        pub voucher: String,
        /// When it was paid to the unit as 工作经费.
        pub paid_on: Option<Day>,
        /// The freeze that it was decided on.
        pub freeze_n: i64,
        /// How much was paid in fen, whatever is decided afterwards.
        pub paid_fen: i64,
        /// Who decided on the paper from which it was entered, when it was.
        pub paper_signer_post_id: Option<Uuid>,
    }
}

impl ConsequenceRow {
    /// What is still to be paid of an award, in fen; below zero what was paid too much.
    pub(crate) const fn unpaid_fen(&self) -> i64 {
        match (self.verdict, self.amount_fen) {
            (Decision::Taken, Some(amount)) => amount - self.paid_fen,
            (Decision::Taken, None) | (Decision::Exempt, _) => -self.paid_fen,
        }
    }
}

table! {
    /// What was decided on an earlier freeze, before it was decided anew on a later one.
    pub struct FormerDecisionRow: Record "review_former_decisions" key 5 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The review.
        pub review_id: Uuid,
        /// The consequence's code in the rules.
        pub code: String,
        /// The unit.
        pub unit_id: Uuid,
        /// The freeze that it was decided on.
        pub freeze_n: i64,
        /// What was decided.
        pub verdict: Decision,
        /// An award's amount in fen.
        pub amount_fen: Option<i64>,
        /// Why.
        pub reason: String,
        /// The post that decided.
        pub post_id: Uuid,
        /// The person.
        pub person_id: Uuid,
        /// When.
        pub decided_on: Day,
        /// Who decided on the paper from which it was entered, when it was.
        pub paper_signer_post_id: Option<Uuid>,
    }
}
