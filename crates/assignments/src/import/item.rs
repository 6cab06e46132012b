//! One row of a ledger, read and judged.

use files::sheet::sense::plain;
use kernel::{Day, Message, msg, text};
use uuid::Uuid;
use web::import::{Findings, Said};

use crate::facts::{Brief, Known};
use crate::import::columns::{STOPPED, SUBMITTED};
use crate::import::known::Ledger;
use crate::import::units::Answering;
use crate::tables::{Importance, Rhythm, State, Urgency, Verifier};

/// The largest number of a sitting.
const NUMBER_MAX: i64 = 9_999;

/// A row with nothing wrong.
pub(crate) struct Item {
    /// 次别.
    pub(crate) session: i64,
    pub(crate) sort: i64,
    /// Its number in the batch.
    pub(crate) number: i64,
    pub(crate) label: String,
    pub(crate) answering: Answering,
    pub(crate) brief: Brief,
    pub(crate) goal: Option<i64>,
    pub(crate) on: Day,
    pub(crate) first_due: Day,
    pub(crate) due: Day,
    pub(crate) state: State,
    pub(crate) closed: Option<Day>,
    pub(crate) report: Option<Known>,
    pub(crate) ledger: String,
}

impl Ledger {
    /// Reads a row and says what is wrong; nothing when something is.
    pub(crate) fn read(&mut self, row: &Said, found: &mut Findings<'_>) -> Option<Item> {
        let session = self.session(row, found);
        let label = session.map_or_else(String::new, |n| full(n, row.text("label")));
        if self.labels.contains(&plain(&label)) {
            found
                .pass_over(msg!("编号“{label}”已接续，已跳过", "“{label}” was taken over already"));
            return None;
        }
        if !label.is_empty() && !self.rows.insert(plain(&label)) {
            found.error(
                "label",
                msg!(
                    "编号“{label}”在表中出现两次，请核对。",
                    "The number “{label}” stands in two rows; check it."
                ),
            );
        }
        let answering = self.units.answering(row, found);
        let days = self.days(row, found);
        let state = state(row, found);
        let closed = closed(row, (state, days, self.today), found);
        let (goal, reached, unit) = quantities(row, found);
        let several = answering.as_ref().is_some_and(|a| a.units.len() > 1);
        let whole = goal.filter(|_| several);
        if whole.is_some() {
            found.warn(
                "goal",
                text!(
                    "几个单位各自负责，目标量只记入台账记载，请在系统中按单位填写。",
                    "Several units answer for themselves; the goal is kept as a remark only."
                ),
            );
        }
        let (leader, leaders) = self.leader(row, found);
        let count = session.map(|n| self.counts.entry(n).or_default());
        let count = count.map_or(0, |n| {
            *n += 1;
            *n
        });
        let (session, answering, (on, first_due, due)) = (session?, answering?, days?);
        let report = known(row, reached, self.today);
        let ledger = ledger(row, leaders, whole.map(|goal| format!("{goal}{unit}")));
        Some(Item {
            session,
            sort: i64::from(row.row),
            number: tail(&label).unwrap_or(count),
            label,
            brief: brief(row, leader, unit),
            goal: goal.filter(|goal| *goal > 0 && !several),
            answering,
            on,
            first_due,
            due,
            state: state?,
            closed,
            report,
            ledger,
        })
    }

    fn session(&self, row: &Said, found: &mut Findings<'_>) -> Option<i64> {
        let text = row.opt("session")?;
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let number = digits.parse().ok().filter(|n| (1..=NUMBER_MAX).contains(n));
        let Some(number) = number else {
            found.error(
                "session",
                msg!(
                    "“{text}”不是周交办的次别，请写数字，如“14”或“第14次”。",
                    "“{text}” is no number of a weekly sitting; write “14” or “第14次”."
                ),
            );
            return None;
        };
        if self.given.contains(&number) {
            found.error(
                "session",
                msg!(
                    "第{number}次已在系统中召开或印发，不能再接续。",
                    "Sitting {number} was held in the program; it cannot be taken over."
                ),
            );
            return None;
        }
        Some(number)
    }

    /// The days of issue, due at first, and due now.
    fn days(&self, row: &Said, found: &mut Findings<'_>) -> Option<(Day, Day, Day)> {
        let (on, first) = (row.day("issued")?, row.day("due")?);
        if on > self.today {
            found.error(
                "issued",
                text!("交办日期在今天之后，请核对。", "Issued after today; check it."),
            );
        }
        if first < on {
            found.error(
                "due",
                msg!(
                    "完成时限 {first} 早于交办日期 {on}。",
                    "Due on {first}, before {on} when it was issued."
                ),
            );
        }
        let due = row.day("extended").unwrap_or(first);
        if due < first {
            found.error(
                "extended",
                msg!("延期至 {due} 早于原时限 {first}。", "Extended to {due}, before {first}."),
            );
        }
        Some((on, first, due))
    }

    /// The post of the leader, and the names when nobody bears them.
    fn leader(&self, row: &Said, found: &mut Findings<'_>) -> (Option<Uuid>, Option<String>) {
        let names = row.names("leader").names;
        let known = names.iter().find_map(|name| self.leaders.get(&plain(name)).copied());
        if known.is_none() && !names.is_empty() {
            let name = names.join("、");
            found.warn(
                "leader",
                msg!(
                    "系统中没有市领导“{name}”，只记入台账记载；写职务名称可对应到岗位。",
                    "There is no leader “{name}”; it is kept as a remark. A post's title is found."
                ),
            );
        }
        let rest = (known.is_none() || names.len() > 1) && !names.is_empty();
        (known, rest.then(|| names.join("、")))
    }
}

fn state(row: &Said, found: &mut Findings<'_>) -> Option<State> {
    let word = row.word("state")?;
    let again: Message = match word {
        SUBMITTED => text!(
            "按“办理中”接续；请单位在系统中重新报结，再由督查局核实。",
            "Taken over as being handled; its unit submits it again in the program."
        )
        .into(),
        STOPPED => text!(
            "按“办理中”接续；暂缓请在系统中办理。",
            "Taken over as being handled; stop its clock in the program."
        )
        .into(),
        _ => return State::of(word),
    };
    found.warn("state", again);
    Some(State::Handling)
}

fn closed(
    row: &Said,
    (state, days, today): (Option<State>, Option<(Day, Day, Day)>, Day),
    found: &mut Findings<'_>,
) -> Option<Day> {
    let closed = row.day("closed");
    let ended = state.is_some_and(|state| !state.is_open());
    if closed.is_none() && state == Some(State::Closed) && row.opt("closed").is_none() {
        found.error("closed", text!("已办结的，请填写办结日期。", "It is closed: say when."));
    }
    let day = closed?;
    if state.is_some() && !ended {
        found.error(
            "closed",
            text!(
                "有办结日期，状态却未办结，请核对。",
                "It has a day of closure and is open; check it."
            ),
        );
    }
    if day > today || days.is_some_and(|(on, ..)| day < on) {
        found.error(
            "closed",
            text!(
                "办结日期应在交办之后、今天之前。",
                "It was closed before issue or after today; check it."
            ),
        );
    }
    Some(day)
}

/// Goal and what was reached, in one unit.
fn quantities(row: &Said, found: &mut Findings<'_>) -> (Option<i64>, Option<i64>, String) {
    let (goal, reached) = (row.quantity("goal"), row.quantity("reached"));
    let unit = |q: &Option<(i64, String)>| q.as_ref().map(|(_, unit)| unit.clone());
    let (of_goal, of_reached) = (unit(&goal), unit(&reached));
    let unit = of_goal.filter(|u| !u.is_empty()).or_else(|| of_reached.clone()).unwrap_or_default();
    let differs = |of: &Option<String>| of.as_ref().is_some_and(|u| !u.is_empty() && *u != unit);
    if differs(&of_reached) {
        let reached = of_reached.unwrap_or_default();
        found.error(
            "reached",
            msg!(
                "完成量的单位“{reached}”与目标量的单位“{unit}”不同，请统一。",
                "Counted in “{reached}” here and in “{unit}” as a goal; use one unit."
            ),
        );
    }
    let number = |q: Option<(i64, String)>| q.map(|(n, _)| n);
    (number(goal), number(reached), unit)
}

fn known(row: &Said, quantity: Option<i64>, on: Day) -> Option<Known> {
    let text = |name| row.text(name).to_owned();
    let known = Known {
        id: Uuid::now_v7(),
        on,
        done: text("done"),
        quantity,
        next_step: text("next"),
        blocker: text("blocker"),
    };
    let says = quantity.is_some()
        || [&known.done, &known.next_step, &known.blocker].iter().any(|t| !t.is_empty());
    says.then_some(known)
}

/// What has no place of its own, so that nothing of the ledger is lost.
fn ledger(row: &Said, leaders: Option<String>, goal: Option<String>) -> String {
    let said = |name: &str| row.opt(name).map(str::to_owned);
    let all = [
        ("市级领导", leaders),
        ("目标量", goal),
        ("状态", said("state").filter(|_| matches!(row.word("state"), Some(SUBMITTED | STOPPED)))),
        ("核实单位", said("verified_by")),
        ("核实方式", said("verified_how")),
        ("核实结论", said("verified")),
        ("督办单号", said("slip")),
        ("备注", said("note")),
    ];
    let all = all.into_iter().filter_map(|(name, text)| Some(format!("{name}：{}", text?)));
    all.collect::<Vec<_>>().join("；")
}

fn brief(row: &Said, leader: Option<Uuid>, quantity_unit: String) -> Brief {
    let text = |name| row.text(name).to_owned();
    let basis = [row.opt("source"), row.opt("basis")].into_iter().flatten();
    Brief {
        title: text("title"),
        demand: text("demand"),
        standard: text("standard"),
        work_line: None,
        basis: basis.collect::<Vec<_>>().join(" "),
        urgency: Urgency::Plain,
        importance: Importance::Normal,
        leader,
        raised_by: None,
        rhythm: row.word("rhythm").and_then(Rhythm::of).unwrap_or(Rhythm::Once),
        verifier: Verifier::Bureau,
        quantity_unit,
        evidence: String::new(),
        contact: String::new(),
        restricted: false,
        profile: Verifier::Bureau.word().to_owned(),
        report_day: 5,
        report_hour: 17,
    }
}

/// The last number of a label: 3 of 14-3.
fn tail(label: &str) -> Option<i64> {
    let digits: Vec<char> = label.chars().rev().take_while(char::is_ascii_digit).collect();
    digits.iter().rev().collect::<String>().parse().ok().filter(|n| *n > 0 && *n < 100_000)
}

/// A bare number gets its sitting's in front, as the program writes it.
fn full(session: i64, label: &str) -> String {
    if label.chars().all(|c| c.is_ascii_digit()) {
        return format!("{session}-{label}");
    }
    label.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{full, tail};

    #[test]
    fn numbers_of_items_are_kept_as_they_were() {
        assert_eq!((full(14, "3"), full(14, "14-3")), ("14-3".into(), "14-3".into()));
        assert_eq!((tail("14-3"), tail("十四之三"), tail("3")), (Some(3), None, Some(3)));
    }
}
