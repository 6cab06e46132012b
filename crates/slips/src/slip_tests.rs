//! Tables of cases over the decisions about one slip.

use assignments::facts::Paper;
use assignments::sample::UNIT;
use assignments::sign_off::Signing;
use assignments::tables::{AssignmentRow, State, Verdict};
use kernel::{Actor, Day, DayKind, Id, Moment, OnBehalf, Refusal, Role, WorkCalendar};
use uuid::Uuid;

use crate::facts::Fact;
use crate::ladder::{Drafter, Ladder};
use crate::slip;
use crate::tables::{AnswerRow, Colour, Signer, SlipRow, SlipSignRow, SlipState};

const BUREAU: Uuid = Uuid::from_u128(20);

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// 2021 with the days around 1 October.
pub(crate) fn calendar() -> WorkCalendar {
    let free = (1..=7).map(|n| (Day::new(2021, 10, n).unwrap(), DayKind::Free));
    let work = ["2021-09-26", "2021-10-09"].map(|s| (day(s), DayKind::Working));
    WorkCalendar::new([2021], free.chain(work))
}

/// An item of [`UNIT`] that was due on Friday, 29 October 2021.
pub(crate) fn assignment() -> AssignmentRow {
    AssignmentRow {
        work_line_id: None,
        issued_on: day("2021-10-18"),
        first_due_on: day("2021-10-29"),
        due_on: day("2021-10-29"),
        accepted_on: Some(day("2021-10-18")),
        ..assignments::sample::assignment()
    }
}

/// The item's blue slip, issued on 3 November with three working days to answer.
pub(crate) fn slip(state: SlipState) -> SlipRow {
    SlipRow {
        jurisdiction_id: Id::from(Uuid::from_u128(1)),
        id: Uuid::from_u128(30),
        assignment_id: Uuid::from_u128(2),
        unit_id: UNIT,
        n: 1,
        ladder: 1,
        colour: Colour::Blue,
        answer_days: 3,
        signer: Signer::Chief,
        by_hand: false,
        state,
        step: 1,
        item_due_on: day("2021-10-29"),
        opened_on: day("2021-11-01"),
        finding: String::new(),
        demand: String::new(),
        consequence: String::new(),
        copies: String::new(),
        year: Some(2021),
        number: Some(1),
        time: Some(1),
        issued_on: Some(day("2021-11-03")),
        answer_by: Some(day("2021-11-08")),
        answered_on: None,
        ended_on: None,
        issued_seq: None,
        withdrawn_seq: None,
    }
}

fn answer() -> AnswerRow {
    AnswerRow {
        jurisdiction_id: Id::from(Uuid::from_u128(1)),
        id: Uuid::from_u128(31),
        slip_id: Uuid::from_u128(30),
        post_id: Uuid::from_u128(1_101),
        written_at: Moment::from_micros(0),
        done: "已补办".into(),
        responsible_post_id: Uuid::from_u128(1_100),
        signed_by: Some(Uuid::from_u128(1_100)),
        signed_person_id: Some(Uuid::from_u128(100)),
        signed_on: Some(day("2021-11-05")),
        verdict: None,
        words: String::new(),
        judged_by: None,
        judged_on: None,
        paper_signer_post_id: None,
    }
}

fn actor(role: Role, unit: Uuid, person: u128) -> Actor {
    Actor {
        jurisdiction: Id::from(Uuid::from_u128(1)),
        account: Uuid::nil(),
        person: Uuid::from_u128(person),
        post: Uuid::from_u128(person + 1_000),
        unit,
        role,
        on_behalf: None,
    }
}

fn signed(step: i64, person: u128) -> SlipSignRow {
    SlipSignRow {
        jurisdiction_id: Id::from(Uuid::from_u128(1)),
        id: Uuid::now_v7(),
        slip_id: Uuid::from_u128(30),
        step,
        post_id: Uuid::from_u128(person + 1_000),
        person_id: Uuid::from_u128(person),
        at: Moment::from_micros(step),
        verdict: Verdict::Agreed,
        note: String::new(),
        paper_signer_post_id: None,
        paper_signed_on: None,
    }
}

#[test]
fn a_proposal_says_what_the_records_know() {
    let drafted = slip::draft(
        &assignment(),
        (&Ladder::proposed(), None),
        (day("2021-11-03"), &calendar()),
        Drafter::Program,
        None,
    );
    let Ok(Fact::Drafted { place, by_hand, item_due, wording, .. }) = drafted else {
        panic!("{drafted:?}")
    };
    assert_eq!((place.n, place.colour, place.answer_days), (1, Colour::Blue, 3));
    assert!(!by_hand);
    assert_eq!(item_due, day("2021-10-29"));
    assert!(wording.finding.contains("超过完成时限3个工作日"), "{}", wording.finding);
    assert!(wording.finding.contains("交办以来未反馈进展"));
    assert!(wording.demand.contains("3个工作日内反馈"));
    assert!(wording.consequence.contains("黄色"));
}

#[test]
fn the_deadline_is_counted_in_working_days_from_the_issue() {
    let item = AssignmentRow { due_on: day("2021-09-24"), ..assignment() };
    let approved = SlipRow { item_due_on: day("2021-09-24"), ..slip(SlipState::Approved) };
    let issued = approved.issue(&item, (7, 1), (day("2021-09-29"), &calendar()));
    let Ok(Fact::Issued { year, number, answer_by, .. }) = issued else { panic!("{issued:?}") };
    // 30 September, 8 October and the worked Saturday, 9 October.
    assert_eq!((year, number, answer_by), (2021, 7, day("2021-10-09")));
    let extended = AssignmentRow { due_on: day("2021-10-20"), ..item.clone() };
    assert!(approved.issue(&extended, (7, 1), (day("2021-10-25"), &calendar())).is_err());
    let closed = AssignmentRow { state: State::Closed, is_open: false, ..item };
    assert!(approved.issue(&closed, (7, 1), (day("2021-09-29"), &calendar())).is_err());
    assert!(approved.send(&actor(Role::Officer, BUREAU, 200), &closed, day("2021-09-29")).is_err());
}

#[test]
fn nobody_signs_two_steps_and_only_the_awaited_role_signs() {
    let agreed = || Signing::here(Verdict::Agreed, String::new());
    let slip = slip(SlipState::InReview);
    let chief = actor(Role::Chief, BUREAU, 201);
    assert!(slip.sign(&chief, &[signed(0, 200)], agreed()).is_ok());
    let twice = slip.sign(&chief, &[signed(0, 201)], agreed());
    assert!(matches!(twice, Err(Refusal::Rule(_))), "{twice:?}");
    // What was signed before it was sent again does not count.
    assert!(slip.sign(&chief, &[signed(0, 200), signed(1, 201), signed(0, 200)], agreed()).is_ok());
    let leader = actor(Role::Leader, BUREAU, 202);
    assert_eq!(slip.sign(&leader, &[], agreed()), Err(Refusal::Missing));
    let red = SlipRow { signer: Signer::Leader, step: 2, ..slip.clone() };
    assert_eq!(red.sign(&chief, &[], agreed()), Err(Refusal::Missing));
    let on_behalf = Some(OnBehalf { person: leader.person, post: leader.post });
    let secretary =
        Actor { role: Role::Secretary, on_behalf, ..actor(Role::Secretary, BUREAU, 203) };
    let Ok(Fact::Signed { next, last, person, .. }) = red.sign(&secretary, &[], agreed()) else {
        panic!("a secretary signs for the leader")
    };
    assert_eq!((next, last, person), (3, 2, leader.person));
    assert!(
        slip.sign(&chief, &[], Signing::here(Verdict::Returned, String::new())).is_err(),
        "a reason"
    );
}

#[test]
fn a_step_signed_on_paper_is_entered_by_the_bureau_for_the_awaited_role() {
    let on_paper = |role, person: u128| Signing {
        paper: Some(Paper { signer: Uuid::from_u128(9), on: day("2021-11-02"), scans: Vec::new() }),
        paper_signer: Some((role, Uuid::from_u128(person))),
        ..Signing::here(Verdict::Agreed, String::new())
    };
    let red = SlipRow { signer: Signer::Leader, step: 2, ..slip(SlipState::InReview) };
    let officer = actor(Role::Officer, BUREAU, 200);
    let former = [signed(0, 200), signed(1, 201)];
    let entered = red.sign(&officer, &former, on_paper(Role::Leader, 202));
    let Ok(Fact::Signed { next, person, paper, .. }) = entered else { panic!("{entered:?}") };
    assert_eq!((next, person), (3, Uuid::from_u128(202)));
    assert!(paper.is_some());
    let other = red.sign(&officer, &former, on_paper(Role::Chief, 202));
    assert!(matches!(other, Err(Refusal::Fields(_))), "{other:?}");
    let twice = red.sign(&officer, &former, on_paper(Role::Leader, 201));
    assert!(matches!(twice, Err(Refusal::Rule(_))), "{twice:?}");
    let leader = actor(Role::Leader, BUREAU, 202);
    let own = red.sign(&leader, &former, on_paper(Role::Leader, 202));
    assert_eq!(own, Err(Refusal::Missing), "only the bureau enters it");
}

#[test]
fn an_answer_signed_on_paper_is_entered_by_the_unit_and_counts_from_that_day() {
    let (head, liaison) = (actor(Role::Head, UNIT, 100), actor(Role::Liaison, UNIT, 101));
    let today = day("2021-11-09");
    let paper = || Paper { signer: head.post, on: day("2021-11-05"), scans: Vec::new() };
    let prepared = slip(SlipState::Prepared);
    let entered = prepared.paper_answer(&liaison, &answer(), (head.person, paper()), today);
    let Ok(Fact::AnswerSigned { person, on, .. }) = entered else { panic!("{entered:?}") };
    assert_eq!((person, on), (head.person, today));
    let stranger = actor(Role::Liaison, BUREAU, 102);
    let refused = prepared.paper_answer(&stranger, &answer(), (head.person, paper()), today);
    assert_eq!(refused, Err(Refusal::Missing));
    let issued = slip(SlipState::Issued);
    assert!(issued.paper_answer(&liaison, &answer(), (head.person, paper()), today).is_err());
}

#[test]
fn an_answer_is_signed_by_the_head_and_judged_by_the_bureau() {
    let today = day("2021-11-05");
    let (head, liaison) = (actor(Role::Head, UNIT, 100), actor(Role::Liaison, UNIT, 101));
    let said = || ("已补办".to_owned(), head.post);
    let issued = slip(SlipState::Issued);
    assert_eq!(issued.answer(&liaison, said(), today).unwrap().len(), 1);
    assert_eq!(issued.answer(&head, said(), today).unwrap().len(), 2);
    let stranger = actor(Role::Head, BUREAU, 102);
    assert_eq!(issued.answer(&stranger, said(), today), Err(Refusal::Missing));
    let prepared = slip(SlipState::Prepared);
    let agreed = || (Verdict::Agreed, String::new());
    assert!(prepared.sign_answer(&head, &answer(), agreed(), today).is_ok());
    assert_eq!(prepared.sign_answer(&liaison, &answer(), agreed(), today), Err(Refusal::Missing));
    let answered = slip(SlipState::Answered);
    let officer = actor(Role::Officer, BUREAU, 200);
    assert!(answered.judge(&officer, &answer(), agreed(), (today, None)).is_ok());
    // Whoever signed it for the unit does not judge it in another post.
    let same = actor(Role::Officer, BUREAU, 100);
    assert_eq!(answered.judge(&same, &answer(), agreed(), (today, None)), Err(Refusal::Missing));
    let back = |words: &str, by: Option<&str>| {
        let said = (Verdict::Returned, words.to_owned());
        answered.judge(&officer, &answer(), said, (today, by.map(day)))
    };
    assert!(back("", Some("2021-11-09")).is_err());
    assert!(back("材料不全", None).is_err());
    assert!(back("材料不全", Some("2021-11-05")).is_err());
    assert!(back("材料不全", Some("2021-11-09")).is_ok());
}

#[test]
fn an_issued_slip_is_withdrawn_by_the_chief_only() {
    let today = day("2021-11-05");
    let (officer, chief) = (actor(Role::Officer, BUREAU, 200), actor(Role::Chief, BUREAU, 201));
    assert!(slip(SlipState::Draft).withdraw(&officer, today).is_ok());
    assert!(slip(SlipState::Issued).withdraw(&officer, today).is_err());
    assert!(slip(SlipState::Issued).withdraw(&chief, today).is_ok());
    assert!(slip(SlipState::Closed).withdraw(&chief, today).is_err());
}

#[test]
fn waiting_for_the_bureau_is_not_the_units_delay() {
    let late = |state, answered: Option<&str>| {
        let slip = SlipRow { answered_on: answered.map(day), ..slip(state) };
        slip.is_late(day("2021-11-20"))
    };
    assert!(late(SlipState::Issued, None));
    assert!(!late(SlipState::Answered, Some("2021-11-08")));
    assert!(late(SlipState::Answered, Some("2021-11-09")));
    assert!(!late(SlipState::Withdrawn, None));
}

#[test]
fn a_higher_slip_supersedes_only_what_was_not_answered() {
    let today = day("2021-11-10");
    let yellow = SlipRow { n: 2, colour: Colour::Yellow, ..slip(SlipState::Approved) };
    let over = |former: &SlipRow| yellow.supersedes(Some(former), today);
    let blue = |state| SlipRow { id: Uuid::from_u128(7), ..slip(state) };
    assert_eq!(over(&blue(SlipState::Issued)), Ok(Some(Uuid::from_u128(7))));
    assert_eq!(over(&blue(SlipState::Prepared)), Ok(Some(Uuid::from_u128(7))));
    assert_eq!(over(&blue(SlipState::Withdrawn)), Ok(None));
    for state in [SlipState::Answered, SlipState::Closed] {
        assert!(over(&blue(state)).is_err(), "{state:?}");
    }
    // It was given another day meanwhile.
    let again = SlipRow { answer_by: Some(today), ..blue(SlipState::Issued) };
    assert!(over(&again).is_err());
    // The same step once more supersedes nothing.
    assert_eq!(
        blue(SlipState::Approved).supersedes(Some(&slip(SlipState::Closed)), today),
        Ok(None)
    );
    assert_eq!(yellow.supersedes(None, today), Ok(None));
}
