//! The one source of time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::Moment;

/// The machine's clock, or a clock that a test or the demo generator sets by hand.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    manual: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The machine's clock.
    pub const fn machine() -> Self {
        Self { manual: None }
    }

    /// A clock that stands at `at` until it is set again.
    pub fn manual(at: Moment) -> Self {
        Self { manual: Some(Arc::new(AtomicI64::new(at.micros()))) }
    }

    /// Now.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(&self) -> Moment {
        match &self.manual {
            Some(micros) => Moment::from_micros(micros.load(Ordering::Relaxed)),
            None => Moment::new(jiff::Timestamp::now()),
        }
    }

    /// Sets a manual clock; the machine's clock cannot be set.
    pub fn set(&self, at: Moment) {
        if let Some(micros) = &self.manual {
            micros.store(at.micros(), Ordering::Relaxed);
        }
    }
}
