//! 报结审签流程 in the demo city: one department's submissions go through its deputy's hands first.

use journal::Result;
use kernel::Role;
use people::demo::Held;

use super::chance::Chance;
use super::deed::{self, Event};
use super::scene::{Scene, Thread};

/// The department that has a chain of its own, and the post that signs before its head.
const CHAINED: (&str, &str) = ("市住房城乡建设局", "分管副局长");

/// The head sets the chain on the working day before the first list.
pub(super) fn set(scene: Scene<'_>, first: kernel::Day) -> Result<Vec<Event>> {
    let (unit, title) = CHAINED;
    let (deputy, head) = (scene.city.titled(unit, title)?, scene.city.post(unit, Role::Head)?);
    let at = scene.times.at(scene.times.before(first, 6), 9, 20);
    let mut thread = Thread::new(scene, Chance::of(&["signing", unit]), at);
    let deed = deed::set_signing_posts(head.unit, vec![deputy.post, head.post]);
    thread.at(at, head, deed.because("重点工程多，报结材料由分管副局长先审"), None);
    Ok(thread.events)
}

/// Who signs before the head of a unit.
pub(super) fn deputy<'p>(scene: Scene<'p>, unit: &str) -> Result<Option<&'p Held>> {
    let (chained, title) = CHAINED;
    if unit == chained { scene.city.titled(unit, title).map(Some) } else { Ok(None) }
}
