//! What the demo's lines are made of: one builder, so that a line reads like an entry of a list.

use crate::tables::{Importance, Rhythm, Urgency, Verifier};

/// 各县区和功能区.
pub(super) const ALL: &str = "临颍县 舞阳县 源汇区 郾城区 召陵区 经开区 西城区 示范区";
/// 各县区.
pub(super) const COUNTIES: &str = "临颍县 舞阳县 源汇区 郾城区 召陵区";
/// The number under which the interim batch's lines stand.
pub(super) const INTERIM: u8 = 101;
/// The number under which the supplement's lines stand.
pub(super) const SUPPLEMENT: u8 = 102;

/// What becomes of an assignment until the demo begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Handled as usual, some late, cut where the demo begins.
    Usual,
    /// Submitted so many working days after the due day, then closed.
    Late(u32),
    /// Overdue and not submitted.
    Overdue,
    /// Submitted, waits for the first verification.
    Waiting,
    /// Verified once, put before who raised it, waits for that leader.
    Presented,
    /// Written by the liaison, waits for the head's signature.
    Prepared,
    /// Not accepted yet.
    Unaccepted,
    /// Handed back, waits for the bureau.
    HandedBack,
    /// Handed back and given to another unit.
    Readdressed(&'static str),
    /// Handed back in vain.
    KeptHere,
    /// More time asked for, waits for the head.
    AskedMore(u32),
    /// More time asked for and endorsed, waits for the bureau.
    EndorsedMore(u32),
    /// Granted so many working days more.
    Extended(u32),
    /// More time refused.
    Refused,
    /// Returned once for rework.
    Reworked,
    /// The head returned what the liaison had prepared, once.
    Redrafted,
    /// Closed, then opened again for so many working days, and closed again.
    Reopened(u32),
    /// The clock stood for so many working days.
    Stopped(u32),
    /// The clock still stands.
    StillStopped,
    /// Withdrawn.
    Withdrawn,
    /// Merged into another assignment of the unit, by title.
    Merged(&'static str),
    /// Broken down to units below.
    BrokenDown(&'static [&'static str]),
}

impl Fate {
    /// Whether the unit does not accept it at once.
    pub(super) const fn is_disputed(self) -> bool {
        matches!(self, Self::Unaccepted | Self::HandedBack | Self::Readdressed(_) | Self::KeptHere)
    }
}

/// A milestone: working days after issue, words.
pub(super) type Node = (u32, &'static str);

/// A line of a batch as the demo writes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) batch: u8,
    pub(super) work: &'static str,
    /// The lead and its co-units, or those that each answer, parted by blanks.
    pub(super) units: &'static str,
    pub(super) each: bool,
    /// Working days from issue, unless a day is given.
    pub(super) days: u32,
    pub(super) due: Option<(i8, i8)>,
    pub(super) title: &'static str,
    pub(super) demand: &'static str,
    pub(super) standard: &'static str,
    pub(super) goal: Option<(i64, &'static str)>,
    pub(super) rhythm: Rhythm,
    pub(super) urgency: Urgency,
    pub(super) importance: Importance,
    pub(super) verifier: Verifier,
    /// The title of the leader who raised it; empty for none.
    pub(super) raised: &'static str,
    pub(super) restricted: bool,
    pub(super) nodes: &'static [Node],
    pub(super) evidence: &'static str,
    pub(super) basis: &'static str,
    /// What becomes of it, by unit; an empty name stands for all others.
    pub(super) fates: &'static [(&'static str, Fate)],
}

/// A line with one lead.
pub(super) const fn one(
    batch: u8,
    work: &'static str,
    units: &'static str,
    days: u32,
    [title, demand, standard]: [&'static str; 3],
) -> Line {
    Line {
        batch,
        work,
        units,
        each: false,
        days,
        due: None,
        title,
        demand,
        standard,
        goal: None,
        rhythm: Rhythm::Once,
        urgency: Urgency::Plain,
        importance: Importance::Normal,
        verifier: Verifier::Bureau,
        raised: "",
        restricted: false,
        nodes: &[],
        evidence: "",
        basis: "",
        fates: &[],
    }
}

/// A line whose units each answer for themselves.
pub(super) const fn each(
    batch: u8,
    work: &'static str,
    units: &'static str,
    days: u32,
    texts: [&'static str; 3],
) -> Line {
    Line { each: true, ..one(batch, work, units, days, texts) }
}

impl Line {
    /// 目标量.
    pub(super) const fn goal(self, goal: i64, unit: &'static str) -> Self {
        Self { goal: Some((goal, unit)), ..self }
    }

    /// 每周反馈.
    pub(super) const fn weekly(self) -> Self {
        Self { rhythm: Rhythm::Weekly, ..self }
    }

    /// 每月反馈.
    pub(super) const fn monthly(self) -> Self {
        Self { rhythm: Rhythm::Monthly, ..self }
    }

    /// 急.
    pub(super) const fn urgent(self) -> Self {
        Self { urgency: Urgency::Urgent, ..self }
    }

    /// 特急.
    pub(super) const fn express(self) -> Self {
        Self { urgency: Urgency::Express, importance: Importance::Major, ..self }
    }

    /// 重点.
    pub(super) const fn key(self) -> Self {
        Self { importance: Importance::Key, ..self }
    }

    /// 重大.
    pub(super) const fn major(self) -> Self {
        Self { importance: Importance::Major, ..self }
    }

    /// The line department verifies first.
    pub(super) const fn department(self) -> Self {
        Self { verifier: Verifier::Department, ..self }
    }

    /// Raised by a leader, who closes it.
    pub(super) const fn raised(self, by: &'static str) -> Self {
        Self { raised: by, verifier: Verifier::Raiser, ..self }
    }

    /// Raised by a leader; the bureau verifies, the leader closes.
    pub(super) const fn both(self, by: &'static str) -> Self {
        Self { raised: by, verifier: Verifier::Both, ..self }
    }

    /// 仅相关单位可见.
    pub(super) const fn restricted(self) -> Self {
        Self { restricted: true, ..self }
    }

    /// Until a day of 2021 instead of so many working days.
    pub(super) const fn until(self, month: i8, day: i8) -> Self {
        Self { due: Some((month, day)), ..self }
    }

    /// 节点.
    pub(super) const fn nodes(self, nodes: &'static [Node]) -> Self {
        Self { nodes, ..self }
    }

    /// 要求提供的材料.
    pub(super) const fn evidence(self, evidence: &'static str) -> Self {
        Self { evidence, ..self }
    }

    /// 依据.
    pub(super) const fn basis(self, basis: &'static str) -> Self {
        Self { basis, ..self }
    }

    /// What becomes of it, by unit.
    pub(super) const fn fates(self, fates: &'static [(&'static str, Fate)]) -> Self {
        Self { fates, ..self }
    }

    /// What becomes of it in a unit.
    pub(super) fn fate(&self, unit: &str) -> Fate {
        let own = self.fates.iter().find(|(name, _)| *name == unit);
        let any = || self.fates.iter().find(|(name, _)| name.is_empty());
        own.or_else(any).map_or(Fate::Usual, |(_, fate)| *fate)
    }
}
