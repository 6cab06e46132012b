//! What a fact, a link or a source can be about.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Every noun that a room further left may have to name without knowing its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// The city itself: its settings, clock and calendar.
    Jurisdiction,
    /// 单位.
    Unit,
    /// 考评组别.
    PeerGroup,
    /// 条线.
    Line,
    /// 人员.
    Person,
    /// 账号.
    Account,
    /// 例会 (a series of sittings).
    Series,
    /// 次 (one sitting of a series).
    Sitting,
    /// 周交办批次.
    Batch,
    /// 交办事项.
    Assignment,
    /// 征集建议.
    Proposal,
    /// 周反馈.
    WeeklyAnswer,
    /// 督办单.
    Slip,
    /// 填报指标.
    Indicator,
    /// 填报表: one indicator in one month.
    IndicatorSheet,
    /// 填报值.
    Observation,
    /// 考评办法.
    RuleSet,
    /// 月讲评.
    Review,
    /// 异议或复核.
    Objection,
    /// 表态发言.
    Statement,
}

impl SubjectKind {
    /// The word in facts, addresses and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Jurisdiction => "jurisdiction",
            Self::Unit => "unit",
            Self::PeerGroup => "peer_group",
            Self::Line => "line",
            Self::Person => "person",
            Self::Account => "account",
            Self::Series => "series",
            Self::Sitting => "sitting",
            Self::Batch => "batch",
            Self::Assignment => "assignment",
            Self::Proposal => "proposal",
            Self::WeeklyAnswer => "weekly_answer",
            Self::Slip => "slip",
            Self::Indicator => "indicator",
            Self::IndicatorSheet => "indicator_sheet",
            Self::Observation => "observation",
            Self::RuleSet => "rule_set",
            Self::Review => "review",
            Self::Objection => "objection",
            Self::Statement => "statement",
        }
    }

    /// The kind of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// All kinds, in the order of the rooms.
    pub const ALL: [Self; 20] = [
        Self::Jurisdiction,
        Self::Unit,
        Self::PeerGroup,
        Self::Line,
        Self::Person,
        Self::Account,
        Self::Series,
        Self::Sitting,
        Self::Batch,
        Self::Assignment,
        Self::Proposal,
        Self::WeeklyAnswer,
        Self::Slip,
        Self::Indicator,
        Self::IndicatorSheet,
        Self::Observation,
        Self::RuleSet,
        Self::Review,
        Self::Objection,
        Self::Statement,
    ];
}

/// One noun of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// Which noun.
    pub kind: SubjectKind,
    /// Which one of them.
    pub id: Uuid,
}

impl Subject {
    /// A subject of a kind.
    pub const fn new(kind: SubjectKind, id: Uuid) -> Self {
        Self { kind, id }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.word(), self.id)
    }
}

impl FromStr for Subject {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        let (word, id) = s.split_once(':').ok_or(())?;
        let kind = SubjectKind::of(word).ok_or(())?;
        Ok(Self { kind, id: id.parse().map_err(|_bad: uuid::Error| ())? })
    }
}

#[cfg(test)]
mod tests {
    use super::{Subject, SubjectKind};

    #[test]
    fn a_subject_reads_back_what_it_prints() {
        for kind in SubjectKind::ALL {
            let subject = Subject::new(kind, uuid::Uuid::now_v7());
            assert_eq!(subject.to_string().parse(), Ok(subject));
        }
        assert!("tree:1".parse::<Subject>().is_err());
    }
}
