//! What people do in this room, one file each.

pub(crate) mod add_group;
pub(crate) mod add_line;
pub(crate) mod add_person;
pub(crate) mod add_series;
pub(crate) mod add_unit;
pub(crate) mod change_group;
pub(crate) mod change_line;
pub(crate) mod change_password;
pub(crate) mod choose_digest;
pub(crate) mod confirm_year;
pub(crate) mod disable_account;
pub(crate) mod drop_factor;
pub(crate) mod enable_account;
pub(crate) mod end_other_sessions;
pub(crate) mod end_session;
pub(crate) mod end_unit;
pub(crate) mod enrol_factor;
pub(crate) mod enter_code;
pub(crate) mod erase_personal;
pub(crate) mod first_factor;
pub(crate) mod hold_sitting;
pub(crate) mod join_group;
pub(crate) mod leave_group;
pub(crate) mod leave_post;
pub(crate) mod make_token;
pub(crate) mod open_account;
pub(crate) mod plan_sitting;
pub(crate) mod remove_factor;
pub(crate) mod rename_person;
pub(crate) mod rename_unit;
pub(crate) mod renew_password;
pub(crate) mod reset_password;
pub(crate) mod revoke_token;
pub(crate) mod set_security;
pub(crate) mod set_thresholds;
pub(crate) mod set_watches;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod skip_sitting;
pub(crate) mod stand_in;
pub(crate) mod switch_post;
pub(crate) mod take_post;

use web::{Prepared, Route};

/// A form without more than its fields, and where "back" leads.
pub(crate) fn back(to: &str) -> Prepared {
    Prepared { back: to.to_owned(), ..Prepared::default() }
}

/// The acts on one's way in and on one's own account.
pub(crate) fn own_routes() -> Vec<Route> {
    vec![
        sign_in::route(),
        enter_code::route(),
        renew_password::route(),
        first_factor::route(),
        sign_out::route(),
        switch_post::route(),
        change_password::route(),
        enrol_factor::route(),
        drop_factor::route(),
        end_session::route(),
        end_other_sessions::route(),
        make_token::route(),
        revoke_token::route(),
        choose_digest::route(),
    ]
}

/// The acts on the register, the calendar and the settings.
pub(crate) fn register_routes() -> Vec<Route> {
    vec![
        add_unit::route(),
        rename_unit::route(),
        end_unit::route(),
        join_group::route(),
        leave_group::route(),
        add_group::route(),
        change_group::route(),
        add_line::route(),
        change_line::route(),
        add_person::route(),
        rename_person::route(),
        erase_personal::route(),
        take_post::route(),
        stand_in::route(),
        leave_post::route(),
        set_watches::route(),
        open_account::route(),
        reset_password::route(),
        disable_account::route(),
        enable_account::route(),
        remove_factor::route(),
        add_series::route(),
        plan_sitting::route(),
        hold_sitting::route(),
        skip_sitting::route(),
        confirm_year::route(),
        set_thresholds::route(),
        set_security::route(),
    ]
}
