//! What people do in this room, one file each.

pub(crate) mod change_password;
pub(crate) mod drop_factor;
pub(crate) mod end_other_sessions;
pub(crate) mod end_session;
pub(crate) mod enrol_factor;
pub(crate) mod enter_code;
pub(crate) mod first_factor;
pub(crate) mod make_token;
pub(crate) mod renew_password;
pub(crate) mod revoke_token;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod switch_post;

use web::Route;

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
    ]
}
