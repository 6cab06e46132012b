//! What is done with messages: they are read. No fact says so: who read what is nobody's record.

pub(crate) mod read_all;
pub(crate) mod read_message;
pub(crate) mod send_test;
pub(crate) mod try_again;
