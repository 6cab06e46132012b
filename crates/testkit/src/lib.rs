//! Tests in process over HTTP, on both engines, each in a city of its own.
//!
//! ```text
//! #[test]
//! fn a_liaison_sees_the_desk() {
//!     testkit::each_engine(plans, async |city| {
//!         let liaison = city.post("liaison of 临颍县");
//!         let page = liaison.get("/").await.is(200);
//!         assert!(page.text().contains("工作台"));
//!         city.verify().await;
//!     });
//! }
//! ```
//!
//! - [`each_engine`] runs a test on SQLite and on PostgreSQL. A process opens one database per
//!   engine; each test has its own handle on it (so its own clock) and founds its own city, so
//!   that tests also show that cities do not see each other. The last test takes the database away.
//! - [`City`] is the founded city: its posts, units, lines and series by name, its clock, its
//!   journal. [`City::twin`] founds another one beside it.
//! - [`Caller`] speaks HTTP as one post, with its session and form token, or as nobody.
//! - [`office`] shows what an office suite makes of Word files.
//! - [`Page`] is an answer: status, text, CSS selection, JSON.
//!
//! Knows no room but people. Names of persons are names of posts.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on says so"
)]

mod caller;
mod city;
mod database;
mod founding;
pub mod office;
mod page;

pub use caller::Caller;
pub use city::{City, Held, PASSWORD, PASSWORD_HASH};
pub use database::{Elsewhere, each_engine, each_place, on_engine};
pub use page::Page;
