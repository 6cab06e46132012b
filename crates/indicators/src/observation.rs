//! What a value may say, which vintage it is, who may check it, and whether it came late. Pure.

use kernel::{Actor, Day, Message, Refusal, Role, WorkCalendar, text};
use measures::ReviewMonth;
use uuid::Uuid;

use crate::facts::{Checked, Entered, Fact, Hand, Said};
use crate::tables::{IndicatorRow, Kind, ObservationRow, State};
use crate::value;

/// Working days in which a value is checked and so shown to its unit, and which its unit has
/// before the month is cut.
const DAYS: i64 = 2;

/// A row of a sheet as it was typed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Typed<'a> {
    /// The number, or a rate's numerator.
    pub(crate) numerator: &'a str,
    /// A rate's denominator.
    pub(crate) denominator: &'a str,
    /// Why there is none.
    pub(crate) missing: &'a str,
}

/// What a value came late for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Late {
    /// It still waits, for more than two working days.
    Waits,
    /// It was checked more than two working days after it was entered.
    Checked,
    /// Its unit saw it less than two working days before the month was cut.
    Shown,
}

/// What a row says, if it says something; an error belongs to a column.
pub(crate) fn said(kind: Kind, typed: Typed<'_>) -> Result<Option<Said>, (&'static str, Message)> {
    let Typed { numerator, denominator, missing } = typed;
    if numerator.is_empty() && denominator.is_empty() {
        let said = Said { missing: missing.to_owned(), ..Said::default() };
        return Ok((!missing.is_empty()).then_some(said));
    }
    if !missing.is_empty() {
        let told = text!(
            "已填数值，请清空暂缺原因；确实暂缺的请清空数值。",
            "There is a value, so nothing is missing; clear one of both."
        );
        return Err(("missing", told.into()));
    }
    match kind {
        Kind::Number => {
            let number = value::read(numerator).map_err(|told| ("numerator", told))?;
            Ok(Some(Said { numerator: Some(number), ..Said::default() }))
        }
        Kind::Rate => rate(numerator, denominator).map(Some),
        Kind::Event => Err(("numerator", text!("事件逐件填报。", "Enter each event.").into())),
    }
}

fn rate(numerator: &str, denominator: &str) -> Result<Said, (&'static str, Message)> {
    let both = text!("分子、分母都要填。", "Fill in numerator and denominator.");
    if numerator.is_empty() {
        return Err(("numerator", both.into()));
    }
    if denominator.is_empty() {
        return Err(("denominator", both.into()));
    }
    let part = value::read(numerator).map_err(|told| ("numerator", told))?;
    let whole = value::read(denominator).map_err(|told| ("denominator", told))?;
    if part < 0 {
        return Err(("numerator", text!("分子不能小于0。", "It cannot be below 0.").into()));
    }
    if whole <= 0 {
        let told = text!(
            "分母须大于0；没有应计事项的写暂缺原因。",
            "It must be above 0; where nothing was due, say why it is missing."
        );
        return Err(("denominator", told.into()));
    }
    Ok(Said { numerator: Some(part), denominator: Some(whole), ..Said::default() })
}

/// What a value says, as it would be entered.
pub(crate) fn said_by(row: &ObservationRow) -> Said {
    Said {
        numerator: row.numerator,
        denominator: row.denominator,
        missing: row.missing.clone(),
        happened_on: row.happened_on,
        happening: row.happening.clone(),
    }
}

/// The vintages of one value, any order: the one that waits, and the one that counts.
pub(crate) fn waiting(vintages: &[&ObservationRow]) -> Option<Uuid> {
    vintages.iter().find(|row| row.state == State::Entered).map(|row| row.id)
}

/// The vintage that counts now.
pub(crate) fn counting(vintages: &[&ObservationRow]) -> Option<Uuid> {
    vintages.iter().find(|row| row.state == State::Checked).map(|row| row.id)
}

/// The next vintage of a value, unless it says what the last one says already.
pub(crate) fn next(
    id: Uuid,
    unit: Uuid,
    vintages: &[&ObservationRow],
    said: Said,
) -> Option<Entered> {
    let last = vintages.iter().max_by_key(|row| row.n);
    let stands = last.filter(|row| matches!(row.state, State::Entered | State::Checked));
    if stands.is_some_and(|row| said_by(row) == said) {
        return None;
    }
    Some(Entered {
        id,
        first: last.map_or(id, |row| row.first_id),
        n: last.map_or(1, |row| row.n + 1),
        instead: waiting(vintages),
        unit,
        said,
    })
}

/// Who acts.
pub(crate) fn hand(actor: &Actor) -> Hand {
    Hand { person: actor.person, on_behalf: actor.on_behalf.map(|other| other.person) }
}

impl ObservationRow {
    /// Whether a post may check it: another post and another person than entered it, nor one for
    /// the other; and no unit what is said of itself.
    pub(crate) fn may_check(&self, indicator: &IndicatorRow, actor: &Actor) -> Result<(), Refusal> {
        if self.state != State::Entered {
            let told =
                text!("它已不在待核对状态，请刷新页面。", "It waits no longer; reload the page.");
            return Err(Refusal::rule(told));
        }
        let own = [Some(self.entered_person_id), self.entered_for_id];
        let acting = [Some(actor.person), actor.on_behalf.map(|other| other.person)];
        let is_same = acting.iter().flatten().any(|person| own.contains(&Some(*person)));
        if is_same || self.entered_by == actor.post {
            let told = text!(
                "填报人（含代理）不能核对自己填的值，请由另一人核对。",
                "Nobody checks what they entered, nor through a stand-in; somebody else does."
            );
            return Err(Refusal::rule(told));
        }
        if !actor.role.is_bureau() && self.unit_id == actor.unit {
            let told = text!(
                "本单位自己的值由督查局核对。",
                "What is said of the own unit is checked by the bureau."
            );
            return Err(Refusal::rule(told));
        }
        if !indicator.is_checked_by(actor) {
            return Err(Refusal::Missing);
        }
        Ok(())
    }

    /// It counts from now on, in place of the vintage that counted.
    pub(crate) const fn check(&self, former: Option<Uuid>) -> Checked {
        Checked { id: self.id, unit: self.unit_id, former }
    }

    /// Taking it back: the bureau what counts, whoever enters it what waits or was returned.
    pub(crate) fn withdraw(
        &self,
        indicator: &IndicatorRow,
        actor: &Actor,
        (reason, on): (String, Day),
    ) -> Result<Fact, Refusal> {
        let is_allowed = match self.state {
            State::Entered | State::Returned => indicator.is_entered_by(actor),
            State::Checked => matches!(actor.role, Role::Chief | Role::Officer),
            State::Superseded | State::Withdrawn => {
                let told = text!(
                    "只有现行的值和待核对的值可以撤销。",
                    "Only what counts or waits can be withdrawn."
                );
                return Err(Refusal::rule(told));
            }
        };
        if !is_allowed {
            let told =
                text!("已核对的值由督查局撤销。", "What was checked is withdrawn by the bureau.");
            return Err(Refusal::rule(told));
        }
        Ok(Fact::Withdrawn {
            indicator: self.indicator_id,
            month: self.month,
            id: self.id,
            unit: self.unit_id,
            was_shown: self.from_seq.is_some(),
            reason,
            on,
        })
    }

    /// What it came late for, seen on a day.
    pub(crate) fn late(&self, today: Day, calendar: &WorkCalendar) -> Vec<Late> {
        let mut late = Vec::new();
        let Some(checked) = self.checked_on.filter(|_| self.from_seq.is_some()) else {
            if self.state == State::Entered && calendar.between(self.entered_on, today) > DAYS {
                late.push(Late::Waits);
            }
            return late;
        };
        if calendar.between(self.entered_on, checked) > DAYS {
            late.push(Late::Checked);
        }
        if calendar.between(checked, self.month.days().1) < DAYS {
            late.push(Late::Shown);
        }
        late
    }
}

/// Whether values of a month may be entered on a day: once it has begun.
pub(crate) fn may_enter(
    indicator: &IndicatorRow,
    month: ReviewMonth,
    today: Day,
) -> Result<(), Refusal> {
    if !indicator.holds_in(month) {
        let told = text!("该指标在这个月不填报。", "The indicator has no values in this month.");
        return Err(Refusal::rule(told));
    }
    if month.days().0 > today {
        let told = text!("这个月还没有开始。", "The month has not begun yet.");
        return Err(Refusal::rule(told));
    }
    Ok(())
}

/// The calendar month of the figures themselves: none after the one that names the month of review.
pub(crate) fn reported(typed: &str, month: ReviewMonth) -> Result<String, Refusal> {
    if typed.is_empty() {
        return Ok(String::new());
    }
    match typed.parse::<ReviewMonth>() {
        Ok(reported) if reported <= month => Ok(reported.to_string()),
        Ok(_) => {
            let told = text!(
                "数据所属月份不能晚于月讲评月份。",
                "The figures cannot be of a later month than the review."
            );
            Err(Refusal::field("reported", told))
        }
        Err(_) => {
            let told = text!("请按 2021-09 的形式填写月份。", "Write the month as 2021-09.");
            Err(Refusal::field("reported", told))
        }
    }
}

/// The day of an event: not to come, and not after the month in which it is to count.
pub(crate) fn happened(on: Day, month: ReviewMonth, today: Day) -> Result<(), Refusal> {
    if on > today {
        let told = text!("事件日期不能晚于今天。", "The event cannot be still to come.");
        return Err(Refusal::field("happened_on", told));
    }
    if ReviewMonth::of(on) > month {
        let told = text!(
            "这一天属于以后的月讲评期，请到那个月填报。",
            "That day lies in a later month of review; enter it there."
        );
        return Err(Refusal::field("happened_on", told));
    }
    Ok(())
}
