//! Tables of cases over the decisions about one assignment.

use kernel::{Actor, Day, Id, Moment, Refusal, Role, WorkCalendar};
use uuid::Uuid;

use crate::assignment::Latest;
use crate::facts::Fact;
use crate::more_time::Answer;
use crate::sample::{UNIT, assignment};
use crate::submission::{Said, SigningPosts};
use crate::tables::{
    Asked, AssignmentRow, ExtensionRow, Finding, HandBackRow, Method, State, StopRow, Verifier,
};
use crate::verification::Found;

const BUREAU: Uuid = Uuid::from_u128(20);

fn day(text: &str) -> Day {
    text.parse().unwrap()
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

fn head() -> Actor {
    actor(Role::Head, UNIT, 100)
}

fn liaison() -> Actor {
    actor(Role::Liaison, UNIT, 101)
}

fn officer() -> Actor {
    actor(Role::Officer, BUREAU, 200)
}

fn found(result: Finding, finding: &str) -> Found {
    Found {
        method: Method::Documents,
        result,
        finding: finding.into(),
        work_line: None,
        parent_unit: None,
    }
}

fn submitted(on: &str) -> AssignmentRow {
    AssignmentRow {
        state: State::Submitted,
        submitted_at: Some(Moment::from_micros(0)),
        submitted_on: Some(day(on)),
        submitted_by: Some(Uuid::from_u128(100)),
        ..assignment()
    }
}

fn is_rule<T: std::fmt::Debug>(outcome: Result<T, Refusal>) -> bool {
    matches!(outcome, Err(Refusal::Rule(_)))
}

fn field<T: std::fmt::Debug>(outcome: Result<T, Refusal>) -> String {
    match outcome {
        Err(Refusal::Fields(list)) => list[0].field.clone(),
        other => panic!("no field error: {other:?}"),
    }
}

#[test]
fn only_the_unit_it_was_issued_to_accepts_and_only_once() {
    let issued = AssignmentRow { state: State::Issued, ..assignment() };
    let today = day("2021-10-25");
    assert!(issued.accept(&liaison(), today).is_ok());
    assert_eq!(issued.accept(&actor(Role::Liaison, BUREAU, 9), today), Err(Refusal::Missing));
    assert_eq!(issued.accept(&officer(), today), Err(Refusal::Missing));
    assert!(is_rule(assignment().accept(&liaison(), today)));
}

#[test]
fn handing_back_is_possible_for_one_working_day() {
    let calendar = WorkCalendar::default();
    let issued = AssignmentRow { state: State::Issued, ..assignment() };
    assert!(issued.hand_back(&liaison(), &[], (day("2021-10-26"), &calendar)).is_ok());
    assert!(is_rule(issued.hand_back(&liaison(), &[], (day("2021-10-27"), &calendar))));
}

#[test]
fn what_the_bureau_decided_on_a_hand_back_is_final() {
    let calendar = WorkCalendar::default();
    let issued = AssignmentRow { state: State::Issued, ..assignment() };
    for state in [Asked::Granted, Asked::Refused] {
        let decided = HandBackRow { state, ..handed_back() };
        assert!(is_rule(issued.hand_back(&liaison(), &[decided], (day("2021-10-26"), &calendar))));
    }
}

fn handed_back() -> HandBackRow {
    HandBackRow {
        jurisdiction_id: assignment().jurisdiction_id,
        id: Uuid::from_u128(7),
        assignment_id: assignment().id,
        unit_id: UNIT,
        asked_by: Uuid::nil(),
        asked_on: day("2021-10-26"),
        reason: String::new(),
        state: Asked::Endorsed,
        to_unit_id: None,
        decided_by: None,
        decided_on: None,
        answer: String::new(),
    }
}

#[test]
fn the_days_of_a_dispute_do_not_count_for_whoever_gets_it() {
    let calendar = WorkCalendar::default();
    let a = AssignmentRow { state: State::HandedBack, ..assignment() };
    let asked = handed_back();
    let on = (day("2021-10-28"), &calendar, Latest::default());
    for to in [None, Some(Uuid::from_u128(11))] {
        let decided = a.decide_hand_back(&asked, (to, "按职责分工".into()), on).unwrap();
        let Fact::HandBackDecided { due, .. } = decided else { panic!("{decided:?}") };
        assert_eq!(due, day("2021-11-09"));
    }
    assert_eq!(field(a.decide_hand_back(&asked, (Some(UNIT), String::new()), on)), "unit");
}

#[test]
fn a_liaison_prepares_and_the_heads_signature_submits() {
    let today = day("2021-11-05");
    let said = || Said { done: "已完成".into(), ..Said::default() };
    let any = SigningPosts { posts: Vec::new(), any_head: true };
    let submit = |who: &Actor| assignment().submit(who, today, (said(), &any));
    assert!(matches!(submit(&liaison()), Ok(Fact::Prepared { signer: None, .. })));
    assert!(matches!(submit(&head()), Ok(Fact::Submitted { .. })));
    let prepared = AssignmentRow { state: State::Prepared, ..assignment() };
    let signed = prepared.sign_submission(&head(), today, (Finding::Confirmed, &any));
    assert!(matches!(signed, Ok(Fact::Submitted { on, .. }) if on == today));
    let by_liaison = prepared.sign_submission(&liaison(), today, (Finding::Confirmed, &any));
    assert_eq!(by_liaison, Err(Refusal::Missing));
}

#[test]
fn a_units_own_chain_is_signed_post_by_post() {
    let today = day("2021-11-05");
    let said = || Said { done: "已完成".into(), ..Said::default() };
    let deputy = actor(Role::Head, UNIT, 102);
    let chain = SigningPosts { posts: vec![deputy.post, head().post], any_head: false };
    let submit = |who: &Actor| assignment().submit(who, today, (said(), &chain));
    let waits = |fact: Result<Fact, Refusal>| {
        let fact = fact.unwrap();
        let (Fact::Prepared { signer, .. } | Fact::Countersigned { signer }) = fact else {
            panic!("{fact:?}")
        };
        signer
    };
    assert_eq!(waits(submit(&liaison())), Some(deputy.post));
    // Who stands in the chain has signed with it; the last one of it submits.
    assert_eq!(waits(submit(&deputy)), Some(head().post));
    assert!(matches!(submit(&head()), Ok(Fact::Submitted { .. })));

    let sign = |waits_for: Uuid, who: &Actor, verdict| {
        let a = AssignmentRow {
            state: State::Prepared,
            signer_post_id: Some(waits_for),
            ..assignment()
        };
        a.sign_submission(who, today, (verdict, &chain))
    };
    assert_eq!(sign(deputy.post, &head(), Finding::Confirmed), Err(Refusal::Missing));
    assert_eq!(waits(sign(deputy.post, &deputy, Finding::Confirmed)), Some(head().post));
    let last = sign(head().post, &head(), Finding::Confirmed).unwrap();
    assert!(matches!(last, Fact::Submitted { person, .. } if person == head().person));
    assert_eq!(sign(head().post, &head(), Finding::Rework), Ok(Fact::PreparedReturned {}));
    // A post that left the chain meanwhile leaves its signature to the first one.
    let gone = Uuid::from_u128(9_999);
    assert_eq!(waits(sign(gone, &deputy, Finding::Confirmed)), Some(head().post));
}

#[test]
fn a_chain_whose_head_has_left_is_ended_by_any_head() {
    let today = day("2021-11-05");
    let left = SigningPosts { posts: vec![liaison().post], any_head: true };
    let said = || Said { done: "已完成".into(), ..Said::default() };
    let submit = |who: &Actor| assignment().submit(who, today, (said(), &left));
    let by_liaison = submit(&liaison());
    assert!(matches!(by_liaison, Ok(Fact::Prepared { signer: None, .. })), "{by_liaison:?}");
    let other = actor(Role::Liaison, UNIT, 103);
    let by_other = submit(&other);
    assert!(
        matches!(&by_other, Ok(Fact::Prepared { signer, .. }) if *signer == Some(liaison().post)),
        "{by_other:?}"
    );
    let sign = |waits_for: Option<Uuid>, who: &Actor| {
        let a = AssignmentRow { state: State::Prepared, signer_post_id: waits_for, ..assignment() };
        a.sign_submission(who, today, (Finding::Confirmed, &left))
    };
    let first = Some(liaison().post);
    assert_eq!(sign(first, &liaison()), Ok(Fact::Countersigned { signer: None }));
    assert_eq!(sign(first, &head()), Err(Refusal::Missing));
    assert_eq!(sign(None, &liaison()), Err(Refusal::Missing));
    assert!(matches!(sign(None, &head()), Ok(Fact::Submitted { .. })));
    // What waited for the head who has left waits for any head, not for the first post again.
    let gone = Some(Uuid::from_u128(9_999));
    assert_eq!(sign(gone, &liaison()), Err(Refusal::Missing));
    assert!(matches!(sign(gone, &head()), Ok(Fact::Submitted { .. })));
}

#[test]
fn what_was_prepared_before_the_chain_is_signed_by_any_head_and_then_goes_through_it() {
    let today = day("2021-11-05");
    let deputy = actor(Role::Head, UNIT, 102);
    let chain = SigningPosts { posts: vec![deputy.post, head().post], any_head: false };
    let a = AssignmentRow { state: State::Prepared, ..assignment() };
    let sign = |who: &Actor| a.sign_submission(who, today, (Finding::Confirmed, &chain));
    assert_eq!(sign(&liaison()), Err(Refusal::Missing));
    assert!(matches!(sign(&head()), Ok(Fact::Submitted { .. })));
    let third = actor(Role::Head, UNIT, 104);
    assert_eq!(sign(&third), Ok(Fact::Countersigned { signer: Some(deputy.post) }));
}

#[test]
fn a_quantity_is_refused_where_none_is_asked() {
    let said = Said { done: "x".into(), quantity: Some(3), ..Said::default() };
    assert_eq!(field(assignment().report(&liaison(), day("2021-11-01"), said)), "quantity");
}

#[test]
fn on_time_is_the_day_of_the_accepted_submission() {
    for (on, expected) in [("2021-11-05", true), ("2021-11-06", false)] {
        let verified =
            submitted(on).verify(&officer(), day("2021-12-01"), found(Finding::Confirmed, ""));
        let verified = verified.unwrap();
        let Fact::Verified { closes, on_time, .. } = verified else { panic!("{verified:?}") };
        assert!(closes);
        assert_eq!(on_time, Some(expected));
    }
}

#[test]
fn rework_needs_a_reason_and_does_not_close() {
    let a = submitted("2021-11-05");
    let today = day("2021-11-06");
    assert_eq!(field(a.verify(&officer(), today, found(Finding::Rework, ""))), "finding");
    let returned = a.verify(&officer(), today, found(Finding::Rework, "缺少验收材料")).unwrap();
    assert!(matches!(returned, Fact::Verified { closes: false, on_time: None, .. }));
}

#[test]
fn a_unit_never_closes_its_own() {
    let a = submitted("2021-11-05");
    let own = actor(Role::Officer, UNIT, 300);
    assert!(is_rule(a.verify(&own, day("2021-11-06"), found(Finding::Confirmed, ""))));
    let same_person = actor(Role::Officer, BUREAU, 100);
    assert!(is_rule(a.verify(&same_person, day("2021-11-06"), found(Finding::Confirmed, ""))));
    assert_eq!(
        a.verify(&head(), day("2021-11-06"), found(Finding::Confirmed, "")),
        Err(Refusal::Missing)
    );
}

#[test]
fn the_line_department_verifies_before_the_bureau() {
    let a = AssignmentRow { verifier: Verifier::Department, ..submitted("2021-11-05") };
    let today = day("2021-11-06");
    let department = actor(Role::Department, Uuid::from_u128(30), 400);
    let in_line = Found { work_line: a.work_line_id, ..found(Finding::Confirmed, "") };
    assert_eq!(a.verify(&officer(), today, in_line.clone()), Err(Refusal::Missing));
    let first = a.verify(&department, today, in_line.clone()).unwrap();
    assert!(matches!(first, Fact::Verified { first: true, closes: false, .. }));
    let agreed = AssignmentRow { pre_verified: true, ..a };
    let second = agreed.verify(&officer(), today, in_line).unwrap();
    assert!(matches!(second, Fact::Verified { closes: true, .. }));
}

#[test]
fn a_leader_closes_only_after_the_result_was_presented() {
    let leader = actor(Role::Leader, Uuid::from_u128(40), 500);
    let a = AssignmentRow {
        verifier: Verifier::Both,
        raised_by_post_id: Some(leader.post),
        pre_verified: true,
        ..submitted("2021-11-05")
    };
    let today = day("2021-11-06");
    assert!(is_rule(a.verify(&leader, today, found(Finding::Confirmed, ""))));
    let presented = AssignmentRow { presented: true, ..a };
    let closed = presented.verify(&leader, today, found(Finding::Confirmed, "")).unwrap();
    assert!(matches!(closed, Fact::Verified { closes: true, .. }));
    // Where the bureau verifies too, it does so first; where the raiser alone does, it never does.
    let both = AssignmentRow { pre_verified: false, ..presented };
    let first = both.verify(&officer(), today, found(Finding::Confirmed, "")).unwrap();
    assert!(matches!(first, Fact::Verified { first: true, closes: false, .. }));
    let alone = AssignmentRow { verifier: Verifier::Raiser, ..both };
    let by_bureau = alone.verify(&officer(), today, found(Finding::Confirmed, ""));
    assert_eq!(by_bureau, Err(Refusal::Missing));
    let closed = alone.verify(&leader, today, found(Finding::Confirmed, "")).unwrap();
    assert!(matches!(closed, Fact::Verified { closes: true, .. }));
}

#[test]
fn an_extension_is_asked_before_the_due_day_for_a_later_one() {
    let ask = |today: &str, new: &str| {
        let within = (day(today), Latest(Some(day("2021-11-25"))));
        assignment().ask_extension(&liaison(), within, (day(new), "过半".into()))
    };
    assert!(matches!(
        ask("2021-11-05", "2021-11-20"),
        Ok(Fact::ExtensionAsked { endorsed: false, .. })
    ));
    assert!(is_rule(ask("2021-11-06", "2021-11-20")));
    assert_eq!(field(ask("2021-11-01", "2021-11-05")), "new_due");
    // A part is never due after the whole.
    assert!(ask("2021-11-05", "2021-11-25").is_ok());
    assert_eq!(field(ask("2021-11-05", "2021-11-26")), "new_due");
}

fn extension(a: &AssignmentRow) -> ExtensionRow {
    ExtensionRow {
        jurisdiction_id: a.jurisdiction_id,
        id: Uuid::from_u128(8),
        assignment_id: a.id,
        state: Asked::Endorsed,
        asked_by: Uuid::nil(),
        asked_person: Uuid::from_u128(200),
        asked_on: day("2021-11-01"),
        former_due_on: a.due_on,
        new_due_on: day("2021-11-20"),
        progress: String::new(),
        reason: String::new(),
        endorsed_by: None,
        decided_by: None,
        decided_on: None,
        answer: String::new(),
    }
}

#[test]
fn who_asked_for_more_time_does_not_decide() {
    let a = assignment();
    let asked = extension(&a);
    let today = day("2021-11-02");
    let calendar = WorkCalendar::default();
    let decide = |asked: &ExtensionRow, who: &Actor, granted, answer: &str| {
        let answer = Answer { verdict: granted, due: None, words: answer.into() };
        a.decide_extension(asked, who, answer, (today, &calendar, Latest::default()))
    };
    assert!(is_rule(decide(&asked, &officer(), Finding::Confirmed, "")));
    let other = actor(Role::Chief, BUREAU, 201);
    let granted = decide(&asked, &other, Finding::Confirmed, "").unwrap();
    assert!(
        matches!(granted, Fact::ExtensionDecided { granted: true, due, .. } if due == day("2021-11-20"))
    );
    assert_eq!(field(decide(&asked, &other, Finding::Rework, "")), "answer");
    let decided = ExtensionRow { state: Asked::Granted, ..asked.clone() };
    assert!(is_rule(decide(&decided, &other, Finding::Confirmed, "")));
    // A part is never due after the whole; what has ended or moved on since is not granted backwards.
    let granted = |due| Answer { verdict: Finding::Confirmed, due, words: String::new() };
    let of_part = |due| {
        let latest = Latest(Some(day("2021-11-10")));
        a.decide_extension(&asked, &other, granted(due), (today, &calendar, latest))
    };
    assert_eq!(field(of_part(None)), "due");
    assert!(of_part(Some(day("2021-11-10"))).is_ok());
    let grant = |a: &AssignmentRow| {
        a.decide_extension(&asked, &other, granted(None), (today, &calendar, Latest::default()))
    };
    let moved = AssignmentRow { due_on: day("2021-11-22"), ..a.clone() };
    assert_eq!(field(grant(&moved)), "due");
    for state in [State::Closed, State::Withdrawn, State::Merged, State::Archived] {
        assert!(is_rule(grant(&AssignmentRow { state, is_open: false, ..a.clone() })));
    }
    assert!(grant(&submitted("2021-11-02")).is_ok());
    // 2 November is the day after it was asked; a refusal on the 4th is two working days late.
    let waiting = AssignmentRow { awaits_answer_since: Some(day("2021-11-01")), ..a.clone() };
    let refuse = |on: &str| {
        let answer =
            Answer { verdict: Finding::Rework, due: None, words: "理由不充分".into() };
        let on = (day(on), &calendar, Latest::default());
        let fact = waiting.decide_extension(&asked, &other, answer, on);
        let Ok(Fact::ExtensionDecided { granted: false, due, .. }) = fact else {
            panic!("{fact:?}")
        };
        due
    };
    assert_eq!(refuse("2021-11-02"), day("2021-11-05"));
    assert_eq!(refuse("2021-11-04"), day("2021-11-09"));
}

#[test]
fn a_head_endorses_only_what_is_open_and_not_late() {
    let asked = |a: &AssignmentRow, today: &str| {
        let row = ExtensionRow { state: Asked::Asked, ..extension(a) };
        a.endorse_extension(&row, &head(), day(today))
    };
    let a = assignment();
    let on = Some(day("2021-11-05"));
    assert!(
        matches!(asked(&a, "2021-11-05"), Ok(Fact::ExtensionEndorsed { on: day, .. }) if day == on)
    );
    assert!(is_rule(asked(&a, "2021-11-06")));
    let ended = AssignmentRow { state: State::Withdrawn, is_open: false, ..a };
    assert!(is_rule(asked(&ended, "2021-11-05")));
}

#[test]
fn no_day_counts_for_a_request_and_for_a_stopped_clock() {
    let (today, review) = (day("2021-11-02"), day("2021-11-20"));
    let waiting = AssignmentRow { awaits_answer_since: Some(day("2021-11-01")), ..assignment() };
    assert!(is_rule(waiting.stop(today, review)));
    assert!(assignment().stop(today, review).is_ok());
    let stopped = AssignmentRow { stopped: true, ..assignment() };
    let asked = ExtensionRow { state: Asked::Asked, ..extension(&stopped) };
    assert!(is_rule(stopped.endorse_extension(&asked, &head(), today)));
    let within = (today, Latest::default());
    let new = (day("2021-11-20"), String::new());
    assert!(is_rule(stopped.ask_extension(&liaison(), within, new)));
    let answer = Answer { verdict: Finding::Confirmed, due: None, words: String::new() };
    let other = actor(Role::Chief, BUREAU, 201);
    let on = (today, &WorkCalendar::default(), Latest::default());
    assert!(is_rule(stopped.decide_extension(&extension(&stopped), &other, answer, on)));
}

#[test]
fn what_ends_a_matter_or_hands_it_back_ends_the_request_for_more_time() {
    let today = day("2021-11-05");
    let calendar = WorkCalendar::default();
    let close = |result| submitted("2021-11-05").verify(&officer(), today, found(result, "退"));
    let into = AssignmentRow { id: Uuid::from_u128(77), ..assignment() };
    let issued = AssignmentRow { state: State::Issued, issued_on: today, ..assignment() };
    for (fact, ends) in [
        (close(Finding::Confirmed), true),
        (close(Finding::Rework), false),
        (assignment().withdraw(today), true),
        (assignment().merge(&into, today), true),
        (assignment().stop(today, today.plus(9)), true),
        (issued.hand_back(&head(), &[], (today, &calendar)), true),
        (issued.accept(&head(), today), false),
    ] {
        let fact = fact.unwrap();
        assert_eq!(fact.ends_requests(), ends, "{fact:?}");
    }
}

#[test]
fn a_stopped_clock_moves_the_due_day_by_working_days() {
    let stopped = AssignmentRow { stopped: true, ..assignment() };
    let stop = StopRow {
        jurisdiction_id: stopped.jurisdiction_id,
        id: Uuid::from_u128(9),
        assignment_id: stopped.id,
        from_day: day("2021-10-29"),
        review_on: day("2021-11-10"),
        reason: String::new(),
        to_day: None,
    };
    let calendar = WorkCalendar::default();
    let on = |latest| (day("2021-11-02"), &calendar, Latest(latest));
    let resumed = stopped.resume(&stop, on(None)).unwrap();
    assert!(matches!(resumed, Fact::ClockResumed { due, .. } if due == day("2021-11-09")));
    assert!(is_rule(stopped.report(&liaison(), day("2021-11-01"), Said::default())));
    assert!(is_rule(assignment().resume(&stop, on(None))));
    // A part goes on with the whole's day at most, and never loses a day by it.
    for (latest, expected) in [("2021-11-08", "2021-11-08"), ("2021-11-01", "2021-11-05")] {
        let resumed = stopped.resume(&stop, on(Some(day(latest)))).unwrap();
        let Fact::ClockResumed { due, .. } = resumed else { panic!("{resumed:?}") };
        assert_eq!(due, day(expected));
    }
}

#[test]
fn only_a_closed_assignment_is_reopened_and_only_an_open_one_withdrawn() {
    let closed = AssignmentRow { state: State::Closed, is_open: false, ..assignment() };
    let today = day("2021-11-20");
    let on = (today, Latest(Some(day("2021-12-01"))));
    assert!(closed.reopen(on, day("2021-12-01")).is_ok());
    for wrong in ["2021-11-19", "2021-12-02"] {
        assert_eq!(field(closed.reopen(on, day(wrong))), "due");
    }
    assert!(is_rule(assignment().reopen(on, day("2021-12-01"))));
    assert!(is_rule(closed.withdraw(today)));
    assert!(assignment().withdraw(today).is_ok());
    assert!(is_rule(assignment().archive()));
}
