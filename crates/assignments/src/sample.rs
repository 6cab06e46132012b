//! A row for the tests of decisions, here and in rooms on the right; no part of the program.

#![expect(clippy::unwrap_used, reason = "a day that cannot be read fails its test")]

use kernel::{Day, Id, SubjectKind};
use uuid::Uuid;

use crate::tables::{AssignmentRow, Importance, Rhythm, State, Urgency, Verifier};

/// The unit that answers for it.
pub const UNIT: Uuid = Uuid::from_u128(10);

/// An accepted assignment of [`UNIT`], issued on Monday 2021-10-25 and due on 2021-11-05.
pub fn assignment() -> AssignmentRow {
    let day = |text: &str| -> Day { text.parse().unwrap() };
    let (issued, due) = (day("2021-10-25"), day("2021-11-05"));
    AssignmentRow {
        jurisdiction_id: Id::from(Uuid::from_u128(1)),
        id: Uuid::from_u128(2),
        batch_id: Uuid::from_u128(3),
        line_id: Uuid::from_u128(4),
        parent_id: None,
        label: "13-1".into(),
        unit_id: UNIT,
        state: State::Handling,
        is_open: true,
        stopped: false,
        title: "产业园用地报批".into(),
        demand: String::new(),
        standard: String::new(),
        work_line_id: Some(Uuid::from_u128(5)),
        basis: String::new(),
        urgency: Urgency::Plain,
        importance: Importance::Normal,
        leader_post_id: None,
        raised_by_post_id: None,
        rhythm: Rhythm::Once,
        verifier: Verifier::Bureau,
        quantity_unit: String::new(),
        goal: None,
        reached: 0,
        evidence: String::new(),
        contact: String::new(),
        restricted: false,
        source_kind: SubjectKind::Batch,
        source_id: Uuid::from_u128(3),
        issued_on: issued,
        first_due_on: due,
        due_on: due,
        accepted_on: Some(issued),
        submitted_at: None,
        submitted_on: None,
        submitted_by: None,
        signer_post_id: None,
        pre_verified: false,
        presented: false,
        closed_on: None,
        on_time: None,
        reworks: 0,
        extensions: 0,
        reports: 0,
        last_report_on: None,
        version_seq: 1,
        profile: "bureau".into(),
        hand_back_days: 1,
        answer_days: 1,
        verify_days: 3,
        report_day: 5,
        report_hour: 17,
        taken_over: false,
        ledger: String::new(),
        taken_over_on: None,
        awaits_answer_since: None,
    }
}
