//! The steps of an explanation; nothing is written while nobody asks.

use kernel::Message;

/// Collects the steps of one item as sentences.
#[derive(Default)]
pub(crate) struct Steps(Option<Vec<Message>>);

impl Steps {
    /// Collects nothing.
    pub(crate) const fn silent() -> Self {
        Self(None)
    }

    /// Collects every step.
    pub(crate) const fn spoken() -> Self {
        Self(Some(Vec::new()))
    }

    /// Adds a step; it is worded only when somebody asks.
    pub(crate) fn say(&mut self, step: impl FnOnce() -> Message) {
        if let Some(steps) = &mut self.0 {
            steps.push(step());
        }
    }

    /// The steps so far.
    pub(crate) fn into_messages(self) -> Vec<Message> {
        self.0.unwrap_or_default()
    }
}
