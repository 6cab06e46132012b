//! The tables of questions and of what is worked out beside a ranking.

use journal::{table, word_enum};
use kernel::{Day, Id, Jurisdiction};
use uuid::Uuid;

word_enum! {
    /// What makes one ask.
    pub enum DoubtKind {
        /// 突击办结: much is reported done in the last two days.
        Surge = "surge",
        /// 反复退办: items go back and forth.
        Rework = "rework",
        /// 报告雷同: reports that are nearly the same.
        Alike = "alike",
        /// 材料重复使用: the same file handed in for different items.
        Reused = "reused",
        /// 恰好达线: a figure lies exactly where the rules draw a line.
        Threshold = "threshold",
        /// 时限过短: issued late with few days.
        ShortDays = "short_days",
        /// 进度超前: done long before its time.
        Ahead = "ahead",
    }
}

table! {
    /// What came of looking at a question.
    pub struct DoubtRow: Record "review_doubts" key 5 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The review.
        pub review_id: Uuid,
        /// What makes one ask.
        pub kind: DoubtKind,
        /// The unit that it is about.
        pub unit_id: Uuid,
        /// What it rests on: a record, a file, a figure, or the unit's records as a whole.
        pub evidence: String,
        /// The question as it was put, in Chinese.
        pub zh: String,
        /// The same in English.
        pub en: String,
        /// What came of it.
        pub outcome: String,
        /// The post that looked last.
        pub post_id: Uuid,
        /// The person.
        pub person_id: Uuid,
        /// When.
        pub looked_on: Day,
        /// Since when the unit is asked and sees it; never when nobody asked.
        pub asked_on: Option<Day>,
    }
}

table! {
    /// What was worked out once for a review; thrown away and worked out anew at will.
    pub struct AnalysisRow: Operational "review_analyses" key 4 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The review.
        pub review_id: Uuid,
        /// What was worked out, in which version.
        pub analysis: String,
        /// Of which computing or unit; empty for the whole review.
        pub about: String,
        /// What it came to, as JSON.
        pub body: String,
    }
}
