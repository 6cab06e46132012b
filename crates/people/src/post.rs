//! Posts: who may hold what beside what, and until when. Pure.

use kernel::{Day, Refusal, Role, text};

use crate::tables::{AccountClass, PostRow};

/// A post that somebody is to take, as far as the rules look at it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) role: Role,
    pub(crate) from: Day,
    pub(crate) to: Option<Day>,
    pub(crate) is_stand_in: bool,
}

/// Whether a person with these posts and this account may take another post. The three
/// administrators exclude each other and all business (等保 三权分立).
pub(crate) fn may_take(
    wanted: Wanted,
    held: &[PostRow],
    account: Option<AccountClass>,
) -> Result<(), Refusal> {
    if wanted.to.is_some_and(|to| to < wanted.from) {
        return Err(Refusal::field(
            "to",
            text!(
                "结束日期不能早于开始日期，请改晚一些。",
                "The last day lies before the first; choose a later one."
            ),
        ));
    }
    let needs_end = wanted.is_stand_in || wanted.role == Role::Inspector;
    if needs_end && wanted.to.is_none() {
        return Err(Refusal::field(
            "to",
            text!(
                "代理和检查任职必须有结束日期，请填写最后一天。",
                "A stand-in or inspector needs a last day; fill it in."
            ),
        ));
    }
    let class = AccountClass::of_role(wanted.role);
    let overlaps = |p: &PostRow| {
        p.valid_to.is_none_or(|to| to >= wanted.from)
            && wanted.to.is_none_or(|to| to >= p.valid_from)
    };
    let clashes = held.iter().any(|p| overlaps(p) && AccountClass::of_role(p.role) != class);
    if clashes || account.is_some_and(|account| account != class) {
        return Err(Refusal::field(
            "role",
            text!(
                "系统、安全、审计管理员互相排斥，也不能兼任业务岗位；请先离任，或另选一人。",
                "The three administrators exclude each other and all business; end the other post first or choose somebody else."
            ),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Wanted, may_take};
    use crate::tables::{AccountClass, PostRow};
    use kernel::{Day, Refusal, Role};
    use uuid::Uuid;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn post(role: Role, to: Option<&str>) -> PostRow {
        PostRow {
            jurisdiction_id: Uuid::nil().into(),
            id: Uuid::nil(),
            person_id: Uuid::nil(),
            unit_id: Uuid::nil(),
            role,
            title: String::new(),
            represents_id: None,
            line_id: None,
            valid_from: day("2020-01-01"),
            valid_to: to.map(day),
        }
    }

    fn wanted(role: Role) -> Wanted {
        Wanted { role, from: day("2021-11-01"), to: None, is_stand_in: false }
    }

    fn field(outcome: Result<(), Refusal>) -> String {
        match outcome {
            Err(Refusal::Fields(list)) => list[0].field.clone(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn administrators_exclude_each_other_and_all_business() {
        let admins = [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin];
        for admin in admins {
            for role in Role::ALL {
                let outcome = may_take(
                    Wanted { to: Some(day("2021-12-31")), ..wanted(role) },
                    &[post(admin, None)],
                    None,
                );
                assert_eq!(outcome.is_ok(), role == admin, "{role:?} beside {admin:?}");
            }
        }
        assert!(may_take(wanted(Role::Head), &[post(Role::Liaison, None)], None).is_ok());
    }

    #[test]
    fn a_post_that_ended_excludes_nothing_but_the_account_does() {
        let ended = [post(Role::Liaison, Some("2021-10-31"))];
        assert!(may_take(wanted(Role::AuditAdmin), &ended, None).is_ok());
        let account = Some(AccountClass::Business);
        assert_eq!(field(may_take(wanted(Role::AuditAdmin), &ended, account)), "role");
    }

    #[test]
    fn stand_ins_and_inspectors_have_a_last_day() {
        assert_eq!(field(may_take(wanted(Role::Inspector), &[], None)), "to");
        let stand_in = Wanted { is_stand_in: true, ..wanted(Role::Head) };
        assert_eq!(field(may_take(stand_in, &[], None)), "to");
        let back = Wanted { to: Some(day("2021-10-01")), ..wanted(Role::Head) };
        assert_eq!(field(may_take(back, &[], None)), "to");
    }
}
