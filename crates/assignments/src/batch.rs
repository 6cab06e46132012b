//! What may be done with a batch. Pure: no SQL, no HTTP, no clock.

use kernel::{Actor, Day, Lang, Refusal, Role, WorkCalendar, msg, text};
use uuid::Uuid;

use crate::facts::BatchFact;
use crate::sign_off::Signing;
use crate::tables::{BatchKind, BatchRow, BatchState, LineRow, SignOffRow, Verdict};

/// Lines of one batch at most.
pub(crate) const LINES_MAX: usize = 200;

/// The sign-off chain of batches: 拟稿 → 审核 → 审定, set per kind of document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chain(pub(crate) Vec<Role>);

impl Chain {
    /// The chain of a setting, `officer,chief,leader`; the proposed one when it cannot be read.
    pub(crate) fn of(setting: &str) -> Self {
        let roles: Option<Vec<_>> = setting.split(',').map(|word| Role::of(word.trim())).collect();
        match roles {
            Some(roles) if roles.len() >= 2 => Self(roles),
            _ => Self(vec![Role::Officer, Role::Chief, Role::Leader]),
        }
    }

    /// What a chief may choose from, as words of [`Chain::of`].
    pub(crate) const OFFERED: [&str; 3] =
        ["officer,chief,leader", "officer,chief", "officer,leader"];

    /// The setting that holds the chain of a kind of batch.
    pub(crate) const fn setting(kind: BatchKind) -> &'static str {
        match kind {
            BatchKind::Weekly => "chain_weekly",
            BatchKind::Interim => "chain_interim",
            BatchKind::Supplement => "chain_supplement",
        }
    }

    /// The chain as the word of its setting.
    pub(crate) fn word(&self) -> String {
        self.0.iter().map(|role| role.word()).collect::<Vec<_>>().join(",")
    }

    /// The chain for people: its roles in order.
    pub(crate) fn title(&self, lang: Lang) -> String {
        let roles = self.0.iter().map(|role| people::words::role(*role, lang));
        roles.collect::<Vec<_>>().join(" → ")
    }

    /// The last step, after which the batch may be issued.
    pub(crate) fn last(&self) -> i64 {
        i64::try_from(self.0.len()).unwrap_or(i64::MAX) - 1
    }

    /// The role of a step.
    pub(crate) fn role(&self, step: i64) -> Option<Role> {
        usize::try_from(step).ok().and_then(|i| self.0.get(i).copied())
    }
}

impl BatchRow {
    /// Only a draft may be edited.
    pub(crate) fn demand_draft(&self) -> Result<(), Refusal> {
        if self.state == BatchState::Draft {
            return Ok(());
        }
        Err(Refusal::rule(text!(
            "批次已送审或印发，不能再修改；如需修改请先退回拟稿。",
            "The batch is in review or issued; it must be returned to the drafter to be changed."
        )))
    }

    /// The drafter sends it into the chain.
    pub(crate) fn send(
        &self,
        actor: &Actor,
        chain: &Chain,
        lines: &[LineRow],
    ) -> Result<BatchFact, Refusal> {
        self.demand_draft()?;
        if lines.is_empty() {
            return Err(Refusal::rule(text!(
                "清单还没有事项，请先添加事项。",
                "The list is empty; add an item first."
            )));
        }
        Ok(BatchFact::BatchSigned {
            id: Uuid::now_v7(),
            step: 0,
            next: 1,
            last: chain.last(),
            verdict: Verdict::Agreed,
            person: actor.person,
            paper: None,
            note: String::new(),
        })
    }

    /// A step is signed in the program by its role, or entered by an officer from paper. Nobody
    /// signs two steps.
    pub(crate) fn sign(
        &self,
        actor: &Actor,
        chain: &Chain,
        former: &[SignOffRow],
        signing: Signing,
    ) -> Result<BatchFact, Refusal> {
        if self.state != BatchState::InReview {
            return Err(Refusal::rule(text!(
                "批次不在审签中，请看最新状态。",
                "The batch is not in review; look at its present state."
            )));
        }
        let wanted = chain.role(self.step).ok_or(Refusal::Missing)?;
        let former: Vec<_> = former.iter().map(|s| (s.step, s.person_id)).collect();
        let person = signing.person(actor, wanted, &former)?;
        Ok(BatchFact::BatchSigned {
            id: Uuid::now_v7(),
            step: self.step,
            next: signing.next(self.step),
            last: chain.last(),
            verdict: signing.verdict,
            person,
            paper: signing.paper,
            note: signing.note,
        })
    }

    /// The number of an item as lists and papers show it: 接续 for a batch that was issued before
    /// the program; others of its kind have a sitting.
    pub(crate) fn marked(&self, number: i64, item: i64) -> String {
        let label = self.label(number, item);
        let is_taken_over = self.kind == BatchKind::Weekly && self.sitting_id.is_none();
        if is_taken_over { crate::words::marked(&label) } else { label }
    }

    /// The title that an issued batch bears.
    pub(crate) fn issued_title(&self, number: i64) -> String {
        match self.kind {
            BatchKind::Weekly => format!("第{number}次周交办事项清单"),
            BatchKind::Interim => format!("{}年第{number}次临时交办事项清单", self.year),
            BatchKind::Supplement => format!("{}年第{number}次补充交办事项清单", self.year),
        }
    }

    /// The number of an item: `14-3`, `临2021-2-1`.
    pub(crate) fn label(&self, number: i64, item: i64) -> String {
        match self.kind {
            BatchKind::Weekly => format!("{number}-{item}"),
            BatchKind::Interim => format!("临{}-{number}-{item}", self.year),
            BatchKind::Supplement => format!("补{}-{number}-{item}", self.year),
        }
    }
}

/// The due day of a line when it is issued on a day.
pub(crate) fn due_of(line: &LineRow, issued: Day, calendar: &WorkCalendar) -> Result<Day, Refusal> {
    let days = line.due_days.and_then(|n| u32::try_from(n).ok());
    let due = line.due_on.or_else(|| days.map(|n| calendar.plus(issued, n)));
    let title = &line.title;
    match due {
        Some(due) if due >= issued => Ok(due),
        Some(due) => Err(Refusal::Rule(msg!(
            "“{title}”的完成时限 {due} 早于交办日 {issued}，请退回修改。",
            "“{title}” is due on {due}, before it is issued on {issued}; return it to be mended."
        ))),
        None => Err(Refusal::Rule(msg!(
            "“{title}”没有完成时限，请退回修改。",
            "“{title}” has no due day; return it to be mended."
        ))),
    }
}
