//! The words of this room: states, kinds and choices, as they stand in facts and tables.

use journal::word_enum;

word_enum! {
    /// How a batch comes about; each kind has its own series of numbers.
    pub enum BatchKind {
        /// 周交办: of a Monday sitting.
        Weekly = "weekly",
        /// 临时交办: between sittings.
        Interim = "interim",
        /// 补充交办: spoken at the meeting, written down afterwards.
        Supplement = "supplement",
    }
}

word_enum! {
    /// How far a batch has come.
    pub enum BatchState {
        /// 拟稿.
        Draft = "draft",
        /// Passing the sign-off chain.
        InReview = "in_review",
        /// 审定, to be issued.
        Approved = "approved",
        /// 已印发; never edited again.
        Issued = "issued",
    }
}

word_enum! {
    /// 紧急程度.
    pub enum Urgency {
        /// 特急.
        Express = "express",
        /// 急.
        Urgent = "urgent",
        /// 平.
        Plain = "plain",
    }
}

word_enum! {
    /// 重要程度, fixed at issue.
    pub enum Importance {
        /// 一般.
        Normal = "normal",
        /// 重点.
        Key = "key",
        /// 重大.
        Major = "major",
    }
}

word_enum! {
    /// 反馈频次: once at the due day unless another was chosen.
    pub enum Rhythm {
        /// Once, at the due day.
        Once = "once",
        /// Each week.
        Weekly = "weekly",
        /// Each month.
        Monthly = "monthly",
    }
}

word_enum! {
    /// Who verifies what was submitted as done.
    pub enum Verifier {
        /// The bureau.
        Bureau = "bureau",
        /// The line department first, then the bureau.
        Department = "department",
        /// Who raised it.
        Raiser = "raiser",
        /// The bureau, then who raised it.
        Both = "both",
    }
}

word_enum! {
    /// How a unit takes part.
    pub enum UnitRole {
        /// 牵头单位.
        Lead = "lead",
        /// 配合单位, with its own part and day.
        Co = "co",
        /// One of several responsible units that each answer for themselves.
        Each = "each",
    }
}

word_enum! {
    /// How far an assignment has come.
    pub enum State {
        /// 待签收.
        Issued = "issued",
        /// 退回待定.
        HandedBack = "handed_back",
        /// 办理中.
        Handling = "handling",
        /// 待单位审签: written by the liaison, to be signed by the head.
        Prepared = "prepared",
        /// 待核实.
        Submitted = "submitted",
        /// 已办结.
        Closed = "closed",
        /// 已撤销.
        Withdrawn = "withdrawn",
        /// 已并入.
        Merged = "merged",
        /// 已归档.
        Archived = "archived",
    }
}

impl State {
    /// Whether it still has to be handled.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Issued | Self::HandedBack | Self::Handling | Self::Prepared | Self::Submitted => {
                true
            }
            Self::Closed | Self::Withdrawn | Self::Merged | Self::Archived => false,
        }
    }
}

word_enum! {
    /// What a sign-off said.
    pub enum Verdict {
        /// 同意.
        Agreed = "agreed",
        /// 退回修改.
        Returned = "returned",
    }
}

word_enum! {
    /// What a report is.
    pub enum ReportKind {
        /// 反馈.
        Progress = "progress",
        /// 报结.
        Done = "done",
    }
}

word_enum! {
    /// How it was verified.
    pub enum Method {
        /// 查阅资料.
        Documents = "documents",
        /// 现场核实.
        OnSite = "on_site",
        /// 电话回访.
        CallBack = "call_back",
        /// 抽查.
        Sample = "sample",
    }
}

word_enum! {
    /// What was found.
    pub enum Finding {
        /// 属实，同意办结.
        Confirmed = "confirmed",
        /// 退办.
        Rework = "rework",
    }
}

word_enum! {
    /// How far a request has come.
    pub enum Asked {
        /// Asked by the liaison, to be endorsed by the head.
        Asked = "asked",
        /// Endorsed, to be decided by the bureau.
        Endorsed = "endorsed",
        /// Granted.
        Granted = "granted",
        /// Refused.
        Refused = "refused",
        /// 失效: the matter ended, stood still or was handed back before it was decided.
        Lapsed = "lapsed",
    }
}

word_enum! {
    /// What a note asks for.
    pub enum NoteKind {
        /// Only a remark; the bureau follows it up.
        Remark = "remark",
        /// A report is asked for.
        AskReport = "ask_report",
        /// 呈报: the bureau put the result before the leader.
        Presented = "presented",
    }
}

word_enum! {
    /// What became of a proposal.
    pub enum ProposalState {
        /// Not answered yet.
        Open = "open",
        /// Taken into the draft.
        Taken = "taken",
        /// Declined with an answer.
        Declined = "declined",
    }
}
