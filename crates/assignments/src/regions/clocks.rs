//! What the card says of clocks: when reports close, what is owed, and by when the bureau acts.

use journal::{Result, Tx};
use kernel::{Day, Text, msg, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::{Tone, part};
use web::Call;

use crate::rhythm::{Closing, Owed};
use crate::store;
use crate::tables::{Asked, AssignmentRow, Rhythm, State};
use crate::words;

/// The clocks of one assignment.
#[derive(Serialize)]
pub(crate) struct Clocks {
    /// The name of its handling profile; none in what is older than profiles.
    pub(crate) profile: Option<String>,
    /// How often it reports.
    pub(crate) rhythm: Rhythm,
    /// The day on which reports close: 1–7 each week, 1–28 each month.
    pub(crate) report_day: i64,
    /// The hour of it.
    pub(crate) report_hour: i64,
    /// What its unit owes by its rhythm.
    pub(crate) owed: Option<Owed>,
    /// By when the bureau acts, when it waits for the bureau.
    pub(crate) bureau_by: Option<Day>,
}

/// Reads the clocks of an assignment.
pub(crate) async fn read(call: &Call, tx: &mut Tx, a: &AssignmentRow) -> Result<Clocks> {
    let (city, today) = (call.city()?, call.today());
    let from = today.plus(-400).min(a.issued_on);
    let calendar = people::store::calendar(tx, city, from, today.plus(90)).await?;
    let profiles = store::profile::profiles(tx, city).await?;
    let runs = a.is_open && !a.stopped && a.state != State::Submitted;
    let (now, zone) = (call.now(), call.zone());
    let said = (a.asked_from(), a.last_report_on);
    let owed = Closing::of(a)
        .filter(|_| runs)
        .and_then(|closing| closing.owed(said, (now, &zone), &calendar));
    let since = match a.state {
        State::Submitted => a.submitted_on.map(|on| (on, a.verify_days)),
        State::HandedBack => {
            let asked = store::card::hand_backs(tx, city, a.id).await?;
            let waiting = asked.into_iter().find(|h| h.state == Asked::Endorsed);
            waiting.map(|h| (h.asked_on, a.answer_days))
        }
        State::Issued | State::Handling | State::Prepared => {
            a.awaits_answer_since.map(|on| (on, a.answer_days))
        }
        State::Closed | State::Withdrawn | State::Merged | State::Archived => None,
    };
    let by = |(on, days): (Day, i64)| calendar.plus(on, u32::try_from(days).unwrap_or_default());
    Ok(Clocks {
        profile: profiles.into_iter().find(|p| p.code == a.profile).map(|p| p.name),
        rhythm: a.rhythm,
        report_day: a.report_day,
        report_hour: a.report_hour,
        owed,
        bureau_by: since.map(by),
    })
}

impl Clocks {
    /// The clocks as labelled facts.
    pub(crate) fn facts(&self, call: &Call) -> Vec<(Text, Markup)> {
        let lang = call.lang;
        let closing = words::closing(self.rhythm, (self.report_day, self.report_hour));
        let mut facts = vec![(
            text!("反馈频次", "Reports"),
            html! { (closing.of(lang)) @if let Some(owed) = self.owed { " " (badge(owed, call)) } },
        )];
        if let Some(profile) = &self.profile {
            facts.push((words::PROFILES, html! { (profile) }));
        }
        if let Some(by) = self.bureau_by {
            let late = by < call.today();
            facts.push((
                text!("督查局应于", "The bureau acts by"),
                html! { (by) @if late { " " (part::badge(Tone::Red, text!("已超期", "late").of(lang))) } },
            ));
        }
        facts
    }
}

fn badge(owed: Owed, call: &Call) -> Markup {
    let (tone, told) = match owed {
        Owed::Reported { closes_on } => (
            Tone::Green,
            msg!("本期已反馈，下次截止 {closes_on}", "reported; the next closes on {closes_on}"),
        ),
        Owed::Awaited { closes_on } => {
            (Tone::Yellow, msg!("本期待反馈，{closes_on} 截止", "awaited by {closes_on}"))
        }
        Owed::Missed { closed_on } => {
            (Tone::Red, msg!("{closed_on} 一期未反馈", "missed on {closed_on}"))
        }
    };
    part::badge(tone, told.of(call.lang))
}
