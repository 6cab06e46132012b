//! Work that goes on after the answer: begun by an act, seen on the page of what it is about until
//! it ends. It is kept in memory: an act leaves its fact at its end or not at all, so nothing is to
//! be mended after a restart.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use journal::{Error, Receipt, Result};
use kernel::{Message, Refusal, Text, text};
use maud::{Markup, html};
use ui::{Tone, figure, part};
use uuid::Uuid;

use crate::call::Call;
use crate::route::Done;

/// How long an answer waits for work that mostly ends at once, unless told otherwise.
const PATIENCE: Duration = Duration::from_secs(1);
/// Works that ended badly and are still told of; the oldest is forgotten first.
const TOLD_MAX: usize = 100;

static WORKS: Mutex<BTreeMap<Uuid, Seen>> = Mutex::new(BTreeMap::new());

/// What is seen of a work from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It goes on.
    Going {
        /// Of a thousand parts.
        per_mille: u64,
        /// What is done now.
        step: Message,
    },
    /// It ended badly after its person was no longer waited for.
    Failed {
        /// Why, and how to mend it.
        why: Message,
    },
}

/// A work under way; it is seen until this is dropped.
pub struct UnderWay {
    about: Uuid,
}

impl UnderWay {
    /// Begins a work about a record, unless one is under way.
    pub fn begin(about: Uuid) -> Result<Self> {
        let mut works = works();
        if matches!(works.get(&about), Some(Seen::Going { .. })) {
            return Err(Refusal::rule(text!(
                "已在进行，请等它完成。",
                "It is already under way; wait for it to end."
            ))
            .into());
        }
        let step = text!("开始", "Beginning").into();
        works.insert(about, Seen::Going { per_mille: 0, step });
        drop(works);
        Ok(Self { about })
    }

    /// Tells how far it has come.
    pub fn went_on(&self, per_mille: u64, step: Text) {
        works().insert(self.about, Seen::Going { per_mille, step: step.into() });
    }

    /// Lets an act go on by itself and answers after a little while: with what it left in the
    /// journal, or with the page that shows how far it is.
    pub async fn run<F>(
        call: Call,
        (about, location): (Uuid, String),
        work: impl FnOnce(Call, Arc<Self>) -> F,
    ) -> Result<Done>
    where
        F: Future<Output = Result<Receipt>> + Send + 'static,
    {
        let patience = call.house.settings.patience.unwrap_or(PATIENCE);
        let under_way = Arc::new(Self::begin(about)?);
        let mut task = tokio::spawn(work(call, Arc::clone(&under_way)));
        if let Ok(ended) = tokio::time::timeout(patience, &mut task).await {
            return Ok(Done::to(location, ended.map_err(Error::fault)??));
        }
        tokio::spawn(async move {
            if let Err(e) = task.await.map_err(Error::fault).flatten() {
                under_way.failed(e);
            }
        });
        // What is said to be done is said by the page once the work has ended.
        Ok(Done::go(location))
    }

    fn failed(&self, e: Error) {
        let why = match e {
            Error::Refused(Refusal::Rule(message)) => message,
            other @ (Error::Refused(_) | Error::Full | Error::Unavailable(_) | Error::Fault(_)) => {
                tracing::error!(what = %other, about = %self.about, "a work stopped");
                text!("系统出错，没有完成。请重试。", "Something went wrong; try again.").into()
            }
        };
        let mut works = works();
        let told = works.iter().filter(|(_, seen)| matches!(seen, Seen::Failed { .. }));
        // Identifiers begin with their time.
        let oldest: Vec<Uuid> = told.map(|(about, _)| *about).collect();
        for about in oldest.iter().rev().skip(TOLD_MAX - 1) {
            works.remove(about);
        }
        works.insert(self.about, Seen::Failed { why });
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut works = works();
        if matches!(works.get(&self.about), Some(Seen::Going { .. })) {
            works.remove(&self.about);
        }
    }
}

impl Seen {
    /// What is seen of the work about a record; nothing when there is none.
    pub fn of(about: Uuid) -> Option<Self> {
        works().get(&about).cloned()
    }

    /// Whether the page should soon be asked for again.
    pub const fn is_going(&self) -> bool {
        matches!(self, Self::Going { .. })
    }

    /// A bar with what is done now, or why it ended.
    pub fn show(&self, call: &Call) -> Markup {
        match self {
            Self::Going { per_mille, step } => {
                let step = step.of(call.lang);
                html! {
                    div role="status" {
                        p { (step) "…" }
                        (figure::progress(*per_mille, 1_000, step))
                    }
                }
            }
            Self::Failed { why } => part::alert(Tone::Red, html! { (why.of(call.lang)) }),
        }
    }
}

fn works() -> MutexGuard<'static, BTreeMap<Uuid, Seen>> {
    WORKS.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use kernel::text;

    use super::*;

    #[test]
    fn a_work_is_seen_until_it_ends_and_is_begun_once() {
        let about = Uuid::now_v7();
        let work = UnderWay::begin(about).unwrap();
        assert!(UnderWay::begin(about).is_err(), "twice at a time");
        work.went_on(300, text!("取数", "Reading"));
        let Some(Seen::Going { per_mille, step }) = Seen::of(about) else { panic!("unseen") };
        assert_eq!((per_mille, step.zh.as_str()), (300, "取数"));
        drop(work);
        assert_eq!(Seen::of(about), None);
        drop(UnderWay::begin(about).unwrap());
    }

    #[test]
    fn why_it_ended_is_told_until_it_is_begun_again() {
        let about = Uuid::now_v7();
        let work = UnderWay::begin(about).unwrap();
        work.failed(Refusal::rule(text!("缺一个组别", "A group is missing")).into());
        drop(work);
        let Some(Seen::Failed { why }) = Seen::of(about) else { panic!("not told") };
        assert_eq!(why.en, "A group is missing");
        let again = UnderWay::begin(about).unwrap();
        assert!(Seen::of(about).is_some_and(|seen| seen.is_going()));
        drop(again);
        for _ in 0..TOLD_MAX + 5 {
            UnderWay::begin(Uuid::now_v7()).unwrap().failed(Error::fault("broken"));
        }
        let told = works().values().filter(|seen| !seen.is_going()).count();
        assert_eq!(told, TOLD_MAX);
    }
}
