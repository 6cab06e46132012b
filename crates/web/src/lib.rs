//! The one way through: a request becomes a [`Call`], a route demands its permission, a page is
//! one typed value shown as HTML or JSON, an act is one form, one decision and one answer.
//!
//! - [`House`] takes the rooms' [`Plan`]s and becomes the router; there is no other way to add a
//!   route, so none is without a permission.
//! - [`Act`] describes an act: its fields, how its form is prepared and what it decides. Its form
//!   page (GET), its answer (POST), the repeated form at 422 and its place in the API follow.
//! - [`View`] is a page's typed value: serialised for `Accept: application/json`, drawn otherwise.
//! - [`PaperSpec`] declares a paper that a room hands out, in our layout or the office's own form.
//! - [`import::ImportSpec`] says which rows a room takes from spreadsheets; the wizard follows.
//! - [`Doorkeeper`] says who is calling; the room of people implements it.
//!
//! Invariants: unreachable is 404; a cookie never authenticates JSON and a bearer token never
//! reads the cookie; nothing inline in HTML; every body has a size limit. `web` knows no domain word.

mod act_page;
mod answer;
mod beside;
mod body;
mod call;
mod carry;
mod compress;
mod doorkeeper;
mod fields;
mod form_rows;
mod form_view;
mod guard;
mod house;
pub mod import;
mod mask;
mod openapi;
mod paper;
mod param;
mod parts;
mod receive;
mod route;
mod shell;
mod under_way;
mod values;
mod words;

pub use answer::{Answer, Outflow};
pub use beside::{Aside, AsideLine, Beside, ReadBeside};
pub use body::{Raw, encode_query};
pub use call::{Call, Query};
pub use carry::{CarriedForm, TICKET as CARRIED};
pub use doorkeeper::{Caller, Credentials, Doorkeeper, Owner, PostChoice};
pub use fields::{FieldKind, FieldSpec};
pub use house::{Address, House, Nav, Plan, Settings, Titles};
pub use mask::masked;
pub use paper::{Newest, Paper, PaperSpec, Place, Rows};
pub use param::{Param, ParamKind};
pub use parts::{button, seal};
pub use route::{Act, Choice, Count, Done, Draw, Page, Prepared, Route, Sheet, View};
pub use shell::format_day;
pub use under_way::{Seen, UnderWay};
pub use values::{Values, cell_name};
