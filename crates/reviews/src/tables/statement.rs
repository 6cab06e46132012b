//! The tables of circulars' texts and of statements, and their words.

use journal::{table, word_enum};
use kernel::{Day, Id, Jurisdiction};
use uuid::Uuid;

word_enum! {
    /// How far a statement has come.
    pub enum StatementState {
        /// 拟写中 by the unit.
        Draft = "draft",
        /// 已提交: the bureau reads it.
        Submitted = "submitted",
        /// 退回修改, with a remark.
        Returned = "returned",
        /// 已认可.
        Accepted = "accepted",
    }
}

table! {
    /// What the bureau writes in a circular beside its figures.
    pub struct CircularRow: Record "circulars" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The review.
        pub review_id: Uuid,
        /// 主送.
        pub addressees: String,
        /// 下步要求, a paragraph per line.
        pub demands: String,
        /// 抄送; may be empty.
        pub copies: String,
        /// 印发范围.
        pub printed: String,
        /// When it was written last.
        pub written_on: Day,
        /// The post that wrote it.
        pub post_id: Uuid,
        /// The person.
        pub person_id: Uuid,
    }
}

table! {
    /// What a unit says after a consequence called for a statement.
    pub struct StatementRow: Record "statements" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The statement.
        pub id: Uuid,
        /// The review.
        pub review_id: Uuid,
        /// The unit.
        pub unit_id: Uuid,
        /// How far it has come.
        pub state: StatementState,
        /// 差距原因.
        pub gap: String,
        /// 完成目标.
        pub goal: String,
        /// When it was written last.
        pub written_on: Day,
        /// The post that wrote it.
        pub post_id: Uuid,
        /// The person.
        pub person_id: Uuid,
        /// When the unit's head submitted it.
        pub submitted_on: Option<Day>,
        /// The post that submitted it.
        pub submitted_by: Option<Uuid>,
        /// What the bureau said last.
        pub remark: String,
        /// When the bureau said it.
        pub judged_on: Option<Day>,
        /// The post that said it.
        pub judged_by: Option<Uuid>,
        /// The batch into whose draft its measures went.
        pub batch_id: Option<Uuid>,
        /// When they did.
        pub taken_over_on: Option<Day>,
    }
}

table! {
    /// A measure of a statement.
    pub struct StatementMeasureRow: Record "statement_measures" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The statement.
        pub statement_id: Uuid,
        /// Its place, from 1.
        pub n: i64,
        /// 整改措施.
        pub measure: String,
        /// 责任岗位 of the unit.
        pub responsible_post_id: Uuid,
        /// By when.
        pub due_on: Day,
        /// The line of a batch that it became.
        pub line_id: Option<Uuid>,
    }
}
