//! A session on its way from the password to the open door.
//!
//! The order is password, code, new password, second factor; each step that does not apply is
//! passed over, and each step gives the session a new token.

use kernel::{Moment, Role};

use crate::tables::Stage;

/// A session that does nothing for so long ends.
pub(crate) const IDLE_SECS: i64 = 30 * 60;
/// A session ends after so long whatever happens.
pub(crate) const ABSOLUTE_SECS: i64 = 12 * 60 * 60;
/// Sessions of one account at once; the one that was used least recently ends for a new one.
pub(crate) const SESSIONS_MAX: i64 = 5;
/// Since when at most a session was opened whose forms are still told from others': after a long
/// holiday nobody remembers what was being written.
pub(crate) const FORMER_SECS: i64 = 7 * 86_400;
/// A session that is not yet open must get there in this time.
pub(crate) const OPENING_SECS: i64 = 10 * 60;

/// Since when a living session was opened and was seen at least.
pub(crate) fn living_since(now: Moment) -> (Moment, Moment) {
    (now.plus_secs(-ABSOLUTE_SECS), now.plus_secs(-IDLE_SECS))
}

/// What was just shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passed {
    /// Name and password.
    Password,
    /// The code of the second factor.
    Code,
    /// A new password.
    Change,
    /// A second factor was set up.
    Enrol,
}

/// What is known of an account on its way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) has_factor: bool,
    pub(crate) must_change: bool,
    pub(crate) must_have_factor: bool,
}

/// The next stage.
pub(crate) const fn stage_after(passed: Passed, standing: Standing) -> Stage {
    match passed {
        Passed::Password if standing.has_factor => Stage::Code,
        Passed::Password | Passed::Code if standing.must_change => Stage::Change,
        Passed::Password | Passed::Code | Passed::Change
            if standing.must_have_factor && !standing.has_factor =>
        {
            Stage::Enrol
        }
        Passed::Password | Passed::Code | Passed::Change | Passed::Enrol => Stage::Open,
    }
}

/// Where a stage is passed; nowhere when the door is open.
pub(crate) const fn address(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Code => Some("/sign-in/code"),
        Stage::Change => Some("/sign-in/password"),
        Stage::Enrol => Some("/sign-in/second-factor"),
        Stage::Open | Stage::Over => None,
    }
}

/// Whether a role must show a second factor while the city requires it.
pub(crate) const fn needs_factor(role: Role) -> bool {
    role.is_admin() || role.is_bureau()
}

/// Whether an address leads inside the product; browsers read `\` as `/`.
pub(crate) fn is_inside(address: &str) -> bool {
    address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains(|c: char| c == '\\' || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::{Passed, Standing, is_inside, stage_after};
    use crate::tables::Stage::{Change, Code, Enrol, Open};

    #[test]
    fn no_step_on_the_way_in_is_left_out() {
        let all = |has_factor, must_change, must_have_factor| {
            let standing = Standing { has_factor, must_change, must_have_factor };
            let steps = [Passed::Password, Passed::Code, Passed::Change, Passed::Enrol];
            steps.map(|passed| stage_after(passed, standing))
        };
        assert_eq!(all(false, false, false), [Open, Open, Open, Open]);
        assert_eq!(all(true, true, true), [Code, Change, Open, Open]);
        assert_eq!(all(false, true, true), [Change, Change, Enrol, Open]);
        assert_eq!(all(false, false, true), [Enrol, Enrol, Enrol, Open]);
        assert_eq!(all(true, false, true), [Code, Open, Open, Open]);
    }

    #[test]
    fn an_address_elsewhere_is_not_followed() {
        assert!(is_inside("/assignments?page=2"));
        for other in ["", "https://x", "//x", "/\\x", "/a\nb"] {
            assert!(!is_inside(other), "{other:?}");
        }
    }
}
