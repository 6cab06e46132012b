//! What rows of a sheet may say, who checks them, which vintage they are, and when they came late.

use kernel::{Actor, Day, OnBehalf, Refusal, Role, WorkCalendar};
use uuid::Uuid;

use crate::facts::Said;
use crate::observation::{self, Late, Typed};
use crate::tables::{Better, IndicatorRow, Kind, ObservationRow, State};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn indicator() -> IndicatorRow {
    IndicatorRow {
        jurisdiction_id: Uuid::nil().into(),
        id: id(1),
        number: 1,
        code: String::new(),
        name: "全省位次".to_owned(),
        name_en: String::new(),
        definition: String::new(),
        measured_in: "位".to_owned(),
        kind: Kind::Number,
        department_id: Some(id(50)),
        source: String::new(),
        better: Better::Low,
        sort: 1,
        valid_from: "2021-07".parse().unwrap(),
        valid_to: None,
    }
}

/// Entered on Wednesday 13 October by post 100, person 200.
fn row() -> ObservationRow {
    ObservationRow {
        jurisdiction_id: Uuid::nil().into(),
        id: id(10),
        first_id: id(10),
        n: 1,
        indicator_id: id(1),
        unit_id: id(60),
        month: "2021-10".parse().unwrap(),
        reported: String::new(),
        numerator: Some(30_000),
        denominator: None,
        missing: String::new(),
        happened_on: None,
        happening: String::new(),
        source_id: id(2),
        state: State::Entered,
        reason: String::new(),
        entered_by: id(100),
        entered_person_id: id(200),
        entered_for_id: None,
        entered_on: day("2021-10-13"),
        checked_by: None,
        checked_person_id: None,
        checked_on: None,
        remark: String::new(),
        withdrawn_by: None,
        withdrawn_on: None,
        withdrawal: String::new(),
        from_seq: None,
        to_seq: None,
    }
}

fn actor(role: Role, (post, person, unit): (u128, u128, u128)) -> Actor {
    Actor {
        jurisdiction: Uuid::nil().into(),
        account: Uuid::nil(),
        person: id(person),
        post: id(post),
        unit: id(unit),
        role,
        on_behalf: None,
    }
}

fn typed<'a>(numerator: &'a str, denominator: &'a str, missing: &'a str) -> Typed<'a> {
    Typed { numerator, denominator, missing }
}

#[test]
fn a_row_says_a_value_or_why_there_is_none_or_nothing() {
    let number = |t| observation::said(Kind::Number, t);
    assert_eq!(number(typed("", "", "")), Ok(None));
    assert_eq!(number(typed("3", "", "")).unwrap().unwrap().numerator, Some(30_000));
    assert_eq!(number(typed("", "", "省里未通报")).unwrap().unwrap().missing, "省里未通报");
    for (wrong, column) in
        [(typed("三", "", ""), "numerator"), (typed("3", "", "省里未通报"), "missing")]
    {
        assert_eq!(number(wrong).unwrap_err().0, column, "{wrong:?}");
    }
    let rate = |t| observation::said(Kind::Rate, t);
    let said = rate(typed("9.5", "10", "")).unwrap().unwrap();
    assert_eq!((said.numerator, said.denominator), (Some(95_000), Some(100_000)));
    for (wrong, column) in [
        (typed("", "10", ""), "numerator"),
        (typed("3", "", ""), "denominator"),
        (typed("3", "0", ""), "denominator"),
        (typed("-1", "3", ""), "numerator"),
        (typed("1", "-3", ""), "denominator"),
        (typed("1", "x", ""), "denominator"),
    ] {
        assert_eq!(rate(wrong).unwrap_err().0, column, "{wrong:?}");
    }
    assert!(observation::said(Kind::Event, typed("1", "", "")).is_err());
}

#[test]
fn nobody_checks_what_they_entered_nor_through_a_stand_in() {
    let check = |row: &ObservationRow, by: &Actor| row.may_check(&indicator(), by);
    let other = actor(Role::Officer, (101, 201, 40));
    assert_eq!(check(&row(), &other), Ok(()));
    let same_person = actor(Role::Chief, (102, 200, 40));
    let same_post = actor(Role::Officer, (100, 202, 40));
    let behalf = |person| Some(OnBehalf { person: id(person), post: id(103) });
    let for_the_enterer = Actor { on_behalf: behalf(200), ..actor(Role::Chief, (104, 204, 40)) };
    for by in [same_person, same_post, for_the_enterer] {
        assert!(matches!(check(&row(), &by), Err(Refusal::Rule(_))), "{by:?}");
    }
    // Entered by a stand-in: neither of the two checks it.
    let by_stand_in = ObservationRow { entered_for_id: Some(id(201)), ..row() };
    assert!(matches!(check(&by_stand_in, &other), Err(Refusal::Rule(_))));
}

#[test]
fn the_head_of_the_department_checks_but_not_what_is_said_of_its_own_unit() {
    let head = actor(Role::Head, (105, 205, 50));
    assert_eq!(row().may_check(&indicator(), &head), Ok(()));
    let own = ObservationRow { unit_id: id(50), ..row() };
    assert!(matches!(own.may_check(&indicator(), &head), Err(Refusal::Rule(_))));
    let stranger = actor(Role::Head, (106, 206, 51));
    assert_eq!(row().may_check(&indicator(), &stranger), Err(Refusal::Missing));
    let liaison = actor(Role::Liaison, (107, 207, 50));
    assert_eq!(row().may_check(&indicator(), &liaison), Err(Refusal::Missing));
    let checked = ObservationRow { state: State::Checked, ..row() };
    assert!(matches!(checked.may_check(&indicator(), &head), Err(Refusal::Rule(_))));
}

#[test]
fn a_department_enters_its_own_and_the_bureau_any() {
    for (by, may) in [
        (actor(Role::Officer, (1, 1, 40)), true),
        (actor(Role::Department, (1, 1, 50)), true),
        (actor(Role::Liaison, (1, 1, 50)), true),
        (actor(Role::Department, (1, 1, 51)), false),
        (actor(Role::Leader, (1, 1, 50)), false),
    ] {
        assert_eq!(indicator().is_entered_by(&by), may, "{by:?}");
    }
}

#[test]
fn a_correction_is_the_next_vintage_and_the_same_value_is_none() {
    let said = |n| Said { numerator: Some(n), ..Said::default() };
    let first = observation::next(id(20), id(60), &[], said(1)).unwrap();
    assert_eq!((first.n, first.first, first.instead), (1, id(20), None));
    let waiting = row();
    assert_eq!(observation::next(id(20), id(60), &[&waiting], said(30_000)), None);
    let instead = observation::next(id(20), id(60), &[&waiting], said(40_000)).unwrap();
    assert_eq!((instead.n, instead.first, instead.instead), (2, id(10), Some(id(10))));
    let checked = ObservationRow { state: State::Checked, from_seq: Some(5), ..row() };
    let next = observation::next(id(20), id(60), &[&checked], said(40_000)).unwrap();
    assert_eq!((next.n, next.instead), (2, None), "what counts stays until it is checked");
    let returned = ObservationRow { state: State::Returned, ..row() };
    assert!(observation::next(id(20), id(60), &[&returned], said(30_000)).is_some());
}

#[test]
fn a_value_is_late_by_working_days() {
    let calendar = WorkCalendar::default();
    let checked = |on: &str| ObservationRow {
        state: State::Checked,
        checked_on: Some(day(on)),
        from_seq: Some(7),
        ..row()
    };
    let late = |row: &ObservationRow, today: &str| row.late(day(today), &calendar);
    assert_eq!(late(&row(), "2021-10-15"), []);
    assert_eq!(late(&row(), "2021-10-18"), [Late::Waits]);
    assert_eq!(late(&checked("2021-10-15"), "2021-10-30"), []);
    assert_eq!(late(&checked("2021-10-18"), "2021-10-30"), [Late::Checked]);
    // The month is cut on Monday the 25th: two working days before it is Thursday the 21st.
    let prompt = |on: &str| ObservationRow { entered_on: day(on), ..checked(on) };
    assert_eq!(late(&prompt("2021-10-21"), "2021-10-30"), []);
    assert_eq!(late(&prompt("2021-10-22"), "2021-10-30"), [Late::Shown]);
    let returned =
        ObservationRow { from_seq: None, state: State::Returned, ..checked("2021-10-20") };
    assert_eq!(late(&returned, "2021-10-30"), []);
}

#[test]
fn months_and_days_that_cannot_be_are_refused() {
    let month = "2021-10".parse().unwrap();
    assert_eq!(observation::reported("", month), Ok(String::new()));
    assert_eq!(observation::reported("2021-09", month), Ok("2021-09".to_owned()));
    for wrong in ["2021-11", "9月", "2021-9"] {
        assert!(observation::reported(wrong, month).is_err(), "{wrong}");
    }
    let today = day("2021-10-20");
    assert!(observation::happened(day("2021-09-03"), month, today).is_ok(), "found late");
    assert!(observation::happened(day("2021-10-21"), month, today).is_err());
    assert!(observation::happened(day("2021-10-26"), month, day("2021-11-01")).is_err());
    assert!(observation::may_enter(&indicator(), month, day("2021-09-26")).is_ok());
    assert!(observation::may_enter(&indicator(), month, day("2021-09-25")).is_err());
    let early = "2021-06".parse().unwrap();
    assert!(observation::may_enter(&indicator(), early, today).is_err());
    let Err(Refusal::Rule(_)) =
        row().withdraw(&indicator(), &actor(Role::Leader, (1, 1, 1)), (String::new(), today))
    else {
        panic!("a leader withdraws nothing")
    };
}
