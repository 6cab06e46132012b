//! What may be done with a review. Pure: no SQL, no HTTP, no clock.
//!
//! A review is opened when its month is over and counts what the journal knew at the cut-off. Units
//! see their draft and may contest it; what is frozen is what the leader approves and what is
//! published. Nobody changes a score: a figure is changed by an objection that was upheld. What is
//! out is corrected by the same steps once more (decision 0039).

use assignments::sign_off::Signing;
use assignments::tables::Verdict;
use kernel::{Actor, Day, Refusal, Role, WorkCalendar, msg, text};
use measures::ReviewMonth;
use uuid::Uuid;

use crate::facts::{Called, Fact, Member, Payment, Rule};
use crate::tables::{
    ConsequenceRow, Decision, FreezeRow, ObjectionRow, ReviewRow, ReviewSignRow, ReviewState,
};

/// Working days for objections at least; fewer are no hearing.
pub(crate) const WINDOW_MIN: i64 = 1;
/// Working days for objections at most.
pub(crate) const WINDOW_MAX: i64 = 15;
/// Working days for objections unless the bureau says otherwise.
pub(crate) const WINDOW: i64 = 2;
/// Awards are up to 1,000,000 yuan.
pub(crate) const AWARD_YUAN_MAX: i64 = 1_000_000;

pub(crate) fn wrong_state() -> Refusal {
    Refusal::rule(text!(
        "本期讲评的状态已经变化，现在不能这样办理；请按页面最新状态操作。",
        "The review has moved on; act on its present state."
    ))
}

/// The month that a review is called by, its period and its cut-off: three things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// The month by which it is called, and whose reported figures it counts.
    pub(crate) month: ReviewMonth,
    /// The first and the last day of its period: what was due in it.
    pub(crate) days: (Day, Day),
    /// The last day on which something recorded counts.
    pub(crate) cut: Day,
}

/// Days of a period at most.
const DAYS_MAX: i64 = 62;

impl Term {
    /// The customary one: from the 26th to the 25th, known at the end of the 25th.
    pub(crate) fn customary(month: ReviewMonth) -> Self {
        let days = month.days();
        Self { month, days, cut: days.1 }
    }

    /// A period that is over and counts nothing twice; `others` are the city's reviews.
    fn demand(&self, today: Day, others: &[ReviewRow]) -> Result<(), Refusal> {
        let (month, (first, last), cut) = (self.month, self.days, self.cut);
        if others.iter().any(|other| other.month == month) {
            let told = msg!("{month} 的月讲评已经开启。", "The review of {month} is open already.");
            return Err(Refusal::field("month", told));
        }
        if last < first || first.days_until(last) >= DAYS_MAX {
            let told = msg!(
                "考评期须从早到晚，最多 {DAYS_MAX} 天。",
                "A period runs forward and takes at most {DAYS_MAX} days."
            );
            return Err(Refusal::field("last", told));
        }
        let (month_first, month_last) = month.days();
        if last < month_first || month_last < first {
            let told = msg!(
                "考评期（{first} 至 {last}）与 {month} 没有关系；请选考评期所在的月份，或改考评期。",
                "The period ({first} to {last}) lies outside {month}; choose a month that it touches."
            );
            return Err(Refusal::field("month", told));
        }
        let covered = ReviewMonth::covered((first, last));
        if let [_, .., end] = *covered
            && month != end
            && month != ReviewMonth::of(last)
        {
            let told = msg!(
                "考评期跨{n}个月，以最后一个月为月份：请选 {end}。",
                "The period covers {n} months and is called by the last: choose {end}.",
                n = covered.len()
            );
            return Err(Refusal::field("month", told));
        }
        if last >= today || cut >= today {
            let field = match (last >= today, *self == Self::customary(month)) {
                (_, true) => "month",
                (true, false) => "last",
                (false, false) => "cut",
            };
            let end = last.max(cut);
            let told = msg!(
                "{month} 的考评期或数据截止日到 {end} 为止，次日起才能开启。",
                "The period or cut-off of {month} runs until {end}; open its review from the day after."
            );
            return Err(Refusal::field(field, told));
        }
        if cut < last {
            let told = text!(
                "数据截止日不能早于考评期的最后一天。",
                "The cut-off cannot be before the last day of the period."
            );
            return Err(Refusal::field("cut", told));
        }
        let twice = others.iter().find(|other| first <= other.last_on && other.first_on <= last);
        if let Some(ReviewRow { month, first_on, last_on, .. }) = twice {
            let told = msg!(
                "与 {month} 的考评期（{first_on} 至 {last_on}）重叠，同一事项不能计两次。",
                "It overlaps the period of {month} ({first_on} to {last_on}); nothing is counted twice."
            );
            return Err(Refusal::field("first", told));
        }
        Ok(())
    }
}

/// Who decides on a consequence: a person, and the post and day of the paper where it stands on one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decider {
    person: Uuid,
    paper: Option<(Uuid, Day)>,
}

/// What is settled when a review is opened, whatever changes in the city afterwards.
#[derive(Clone, Debug)]
pub(crate) struct Settled {
    /// The rule sets in force.
    pub(crate) rules: Vec<Rule>,
    /// The measures that their inputs call.
    pub(crate) calls: Vec<Called>,
    /// Who is scored.
    pub(crate) members: Vec<Member>,
}

/// Opens the review of a period that is over.
pub(crate) fn open(
    term: Term,
    (today, cut_seq): (Day, i64),
    others: &[ReviewRow],
    Settled { rules, calls, members }: Settled,
) -> Result<Fact, Refusal> {
    term.demand(today, others)?;
    if let Some(later) = others.iter().find(|o| o.month > term.month && o.freezes > 0) {
        let (month, later) = (term.month, later.month);
        let told = msg!(
            "{later} 已经封存，校验值逐月相连，不能再补 {month} 的讲评。",
            "{later} is frozen already; months are chained, so {month} cannot be reviewed any more."
        );
        return Err(Refusal::field("month", told));
    }
    let Term { month, days: (first, last), cut } = term;
    if rules.is_empty() {
        let told = msg!(
            "{month} 没有生效的考评办法；请先在“考评办法”中印发。",
            "No rule set is in force for {month}; put one in force under rule sets first."
        );
        return Err(Refusal::field("month", told));
    }
    let cut = (cut != last).then_some(cut);
    Ok(Fact::Opened { month, first, last, cut_seq, rules, calls, on: today, cut, members })
}

/// The person who acts: a secretary acts for a leader.
pub(crate) fn person(actor: &Actor) -> Uuid {
    actor.on_behalf.map_or(actor.person, |o| o.person)
}

/// Whether the person who acts, or the one acted for, is among some persons: nobody does through a
/// stand-in what they may not do themselves, nor for whom it is denied.
pub(crate) fn is_among(actor: &Actor, persons: &[Uuid]) -> bool {
    persons.contains(&actor.person) || persons.contains(&person(actor))
}

impl ReviewRow {
    fn demand_state(&self, allowed: &[ReviewState]) -> Result<(), Refusal> {
        if allowed.contains(&self.state) { Ok(()) } else { Err(wrong_state()) }
    }

    /// Whether it was published: everybody sees what is shown, and stays to see it while an erratum
    /// is approved.
    pub(crate) const fn is_out(&self) -> bool {
        self.published_on.is_some()
    }

    /// Whether an erratum waits to be approved and published.
    pub(crate) const fn is_being_corrected(&self) -> bool {
        self.is_out() && !matches!(self.state, ReviewState::Published)
    }

    /// The computation that the leader approves and decides on; else the one that is shown.
    pub(crate) const fn in_question(&self) -> i64 {
        match self.state {
            ReviewState::Frozen | ReviewState::Submitted | ReviewState::Approved => {
                self.computation
            }
            ReviewState::Open | ReviewState::Draft | ReviewState::Published => self.shown,
        }
    }

    /// Whether figures may be computed again: before the freeze, and after publication for an
    /// erratum.
    pub(crate) const fn is_computed(&self) -> bool {
        match self.state {
            ReviewState::Open | ReviewState::Draft | ReviewState::Published => true,
            ReviewState::Frozen | ReviewState::Submitted | ReviewState::Approved => false,
        }
    }

    /// It may be computed now.
    pub(crate) fn demand_computable(&self) -> Result<(), Refusal> {
        if self.is_computed() { Ok(()) } else { Err(wrong_state()) }
    }

    /// Whether the leader sent it back: units may be shown their drafts once more, and contest them.
    pub(crate) fn may_be_shown_again(&self, today: Day) -> bool {
        let is_returned = self.state == ReviewState::Draft && self.freezes > 0;
        is_returned && self.objections_until.is_none_or(|until| today > until)
    }

    /// Shows each unit its draft, with so many working days to contest it.
    pub(crate) fn draft(
        &self,
        window: i64,
        (today, calendar): (Day, &WorkCalendar),
        others: &[Self],
    ) -> Result<Fact, Refusal> {
        self.demand_state(&[ReviewState::Open, ReviewState::Draft])?;
        self.demand_not_passed(others)?;
        if self.state == ReviewState::Draft && !self.may_be_shown_again(today) {
            return Err(wrong_state());
        }
        if self.computation == 0 {
            return Err(Refusal::rule(text!(
                "还没有算分，请先“算分”再公示。",
                "Nothing was computed yet; compute first."
            )));
        }
        let days = u32::try_from(window.clamp(WINDOW_MIN, WINDOW_MAX)).unwrap_or(1);
        Ok(Fact::Drafted { until: calendar.plus(today, days), on: today })
    }

    /// Months are frozen one after the other, since each holds the root of the one before: once a later
    /// one is, this one goes no further.
    fn demand_not_passed(&self, others: &[Self]) -> Result<(), Refusal> {
        let is_later = |o: &&Self| o.month > self.month && o.freezes > 0;
        let Some(later) = others.iter().find(is_later).filter(|_| self.freezes == 0) else {
            return Ok(());
        };
        let (month, later) = (self.month, later.month);
        Err(Refusal::Rule(msg!(
            "{later} 已经封存，校验值逐月相连，{month} 不能再公示、封存。",
            "{later} is frozen already; months are chained, so {month} is neither shown nor frozen any more."
        )))
    }

    /// A month that units were shown is frozen before the next one is.
    fn demand_its_turn(&self, others: &[Self]) -> Result<(), Refusal> {
        self.demand_not_passed(others)?;
        let newest = others.iter().filter(|o| o.freezes > 0).map(|o| o.month).max();
        let waits = |o: &&Self| {
            o.month < self.month
                && newest.is_none_or(|newest| o.month > newest)
                && o.state == ReviewState::Draft
                && o.freezes == 0
        };
        let Some(before) = others.iter().find(waits).filter(|_| self.freezes == 0) else {
            return Ok(());
        };
        let before = before.month;
        Err(Refusal::Rule(msg!(
            "{before} 还在公示，校验值逐月相连，请先封存 {before}。",
            "{before} is still a draft; months are chained, so freeze {before} first."
        )))
    }

    /// Freezes the newest computation, whose root was computed again just now. What is out is
    /// corrected only where a re-examination was upheld since.
    pub(crate) fn freeze(
        &self,
        actor: &Actor,
        (today, objections, others): (Day, &[ObjectionRow], &[Self]),
        (root, previous, head): (String, Option<String>, String),
        (why, is_granted): (String, bool),
    ) -> Result<Fact, Refusal> {
        self.demand_state(&[ReviewState::Draft, ReviewState::Published])?;
        self.demand_its_turn(others)?;
        if self.is_out() && !is_granted {
            return Err(Refusal::rule(text!(
                "通报以后没有采纳的复核，不能更正；单位申请复核并采纳后再算分、封存。",
                "No re-examination was upheld since it was published, so nothing is corrected; a unit asks for one first."
            )));
        }
        if !self.is_out() && self.objections_until.is_some_and(|until| today <= until) {
            let until = self.objections_until.unwrap_or(today);
            return Err(Refusal::Rule(msg!(
                "异议期到 {until} 为止，次日起才能封存。",
                "Units may object until {until}; freeze it from the day after."
            )));
        }
        let open = objections.iter().filter(|o| o.is_open()).count();
        if open > 0 {
            return Err(Refusal::Rule(msg!(
                "还有 {open} 件异议没有处理，处理完才能封存。",
                "{open} objections are not decided yet; decide them first."
            )));
        }
        if self.freezes > 0 && why.is_empty() {
            let told = text!("再次封存须写明原因。", "Say why it is frozen again.");
            return Err(Refusal::field("why", told));
        }
        Ok(Fact::Frozen {
            n: self.freezes + 1,
            computation: self.computation,
            root,
            previous,
            head,
            person: person(actor),
            on: today,
            why,
        })
    }

    /// The bureau submits it to the leader.
    pub(crate) fn submit(&self, actor: &Actor, note: String) -> Result<Fact, Refusal> {
        self.demand_state(&[ReviewState::Frozen])?;
        Ok(Fact::Submitted { id: Uuid::now_v7(), person: person(actor), note })
    }

    /// The leader approves it or returns it with a reason.
    pub(crate) fn judge(
        &self,
        actor: &Actor,
        former: &[ReviewSignRow],
        signing: Signing,
        today: Day,
    ) -> Result<Fact, Refusal> {
        self.demand_state(&[ReviewState::Submitted])?;
        if let (Some(paper), Some(frozen)) = (&signing.paper, self.frozen_on)
            && paper.on < frozen
        {
            let told = msg!(
                "签发日期不能早于封存日期 {frozen}。",
                "It cannot have been signed before it was frozen on {frozen}."
            );
            return Err(Refusal::field("signed_on", told));
        }
        let steps: Vec<_> = former.iter().map(|s| (s.step, s.person_id)).collect();
        let person = signing.person(actor, Role::Leader, &steps)?;
        let Signing { verdict, paper, note, .. } = signing;
        Ok(Fact::Judged { id: Uuid::now_v7(), verdict, person, note, on: today, paper })
    }

    /// Who decides on consequences: the leader in the program; or the bureau enters what stands on
    /// the paper on which this freeze was approved, for who signed that.
    pub(crate) fn decider(
        &self,
        actor: &Actor,
        signs: &[ReviewSignRow],
    ) -> Result<Decider, Refusal> {
        if !actor.role.is_bureau() {
            return Ok(Decider { person: person(actor), paper: None });
        }
        let approved = |s: &&ReviewSignRow| {
            s.step > 0 && s.freeze_n == self.freezes && s.verdict == Verdict::Agreed
        };
        let paper = signs.iter().rfind(approved).and_then(|s| {
            let paper = s.paper_signer_post_id.zip(s.paper_signed_on);
            paper.map(|paper| Decider { person: s.person_id, paper: Some(paper) })
        });
        paper.ok_or_else(|| {
            Refusal::rule(text!(
                "本次封存不是在纸上审批的，结果运用由领导在系统中决定。",
                "This freeze was not approved on paper; the leader decides in the program."
            ))
        })
    }

    /// What is decided on a consequence that the rules call for, by whom.
    pub(crate) fn decide_consequence(
        &self,
        Decider { person, paper }: Decider,
        (code, unit): (String, Uuid),
        (verdict, amount, reason): (Decision, Option<i64>, String),
        today: Day,
    ) -> Result<Fact, Refusal> {
        self.demand_state(&[ReviewState::Submitted, ReviewState::Approved])?;
        if verdict == Decision::Exempt && reason.is_empty() {
            let told = text!("不予执行须写明理由。", "Say why it does not follow.");
            return Err(Refusal::field("reason", told));
        }
        let amount_fen = amount.filter(|_| verdict == Decision::Taken).map(|yuan| yuan * 100);
        Ok(Fact::ConsequenceDecided {
            code,
            unit,
            verdict,
            amount_fen,
            reason,
            person,
            on: paper.map_or(today, |(_, on)| on),
            paper_signer: paper.map(|(post, _)| post),
        })
    }

    /// Publishes it with the next number of the year, once every consequence is decided; what is
    /// out already is corrected, and keeps its number.
    pub(crate) fn publish(
        &self,
        (year, number): (i64, i64),
        (undecided, fallen, errata): (usize, usize, i64),
        today: Day,
    ) -> Result<Fact, Refusal> {
        self.demand_state(&[ReviewState::Approved])?;
        if undecided > 0 {
            return Err(Refusal::Rule(msg!(
                "还有 {undecided} 项结果运用没有决定，请领导先决定。",
                "{undecided} consequences are not decided yet; the leader decides them first."
            )));
        }
        if fallen > 0 {
            return Err(Refusal::Rule(msg!(
                "有 {fallen} 项已决定的结果运用按更正后的名次不再成立，请领导先改为不予并写明理由。",
                "{fallen} consequences that were decided no longer follow; the leader first exempts them, with the reason."
            )));
        }
        if self.is_out() {
            return Ok(Fact::Corrected { n: errata + 1, on: today });
        }
        Ok(Fact::Published { year, number, on: today })
    }

    /// An award that was decided is paid to the unit.
    pub(crate) fn pay(&self, row: &ConsequenceRow, payment: Payment) -> Result<Fact, Refusal> {
        self.demand_state(&[ReviewState::Published])?;
        if row.verdict != Decision::Taken || row.amount_fen.is_none() {
            return Err(Refusal::rule(text!(
                "没有决定奖励金额，不能登记拨付。",
                "No amount was decided, so nothing is paid."
            )));
        }
        let amount = row.unpaid_fen();
        if amount <= 0 {
            let told = text!("已经登记拨付。", "It was paid already.");
            return Err(Refusal::rule(told));
        }
        if row.decided_on > payment.on {
            let told = msg!(
                "拨付日期不能早于决定日期 {on}。",
                "It cannot be paid before it was decided on {on}.",
                on = row.decided_on
            );
            return Err(Refusal::field("on", told));
        }
        let payment = Payment { amount_fen: Some(amount), ..payment };
        Ok(Fact::Paid { code: row.code.clone(), unit: row.unit_id, payment })
    }
}

/// The freeze that counts.
pub(crate) fn newest(freezes: &[FreezeRow]) -> Option<&FreezeRow> {
    freezes.iter().max_by_key(|f| f.n)
}
