//! What a person is told when something cannot be done. Expected, tested, never an error in the log.

use crate::{Message, Text};

/// One field of a form that has to be mended, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the form and in JSON.
    pub field: String,
    /// What is wrong and how to mend it.
    pub message: Message,
}

/// Why an act was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not there, or not for this person: both look the same (404).
    Missing,
    /// Some fields must be mended; what was typed is kept (422).
    Fields(Vec<FieldError>),
    /// A rule stands against it now (409); the page shows the fresh state and the message.
    Rule(Message),
}

impl Refusal {
    /// A rule of the office stands against the act.
    pub fn rule(text: Text) -> Self {
        Self::Rule(text.into())
    }

    /// One field must be mended.
    pub fn field(field: &str, message: impl Into<Message>) -> Self {
        Self::Fields(vec![FieldError { field: field.to_owned(), message: message.into() }])
    }
}
