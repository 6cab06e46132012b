//! 周反馈 in the demo city: on the last Friday some units answered for all their items at once.

use journal::Result;
use kernel::Role;
use uuid::Uuid;

use super::chance::Chance;
use super::deed::{self, Event};
use super::scene::{Scene, Thread};
use super::times::Half::Afternoon;

/// Units, and whether the head has signed; one still waits on Monday morning.
const ANSWERED: [(&str, bool); 5] = [
    ("市发展改革委", true),
    ("市交通运输局", true),
    ("市住房城乡建设局", true),
    ("舞阳县", true),
    ("召陵区", false),
];

/// The answers of the last Friday and their signatures.
pub(super) fn weekly(scene: Scene<'_>) -> Result<Vec<Event>> {
    let day = scene.eve();
    let mut events = Vec::new();
    for (unit, signed) in ANSWERED {
        let id = Uuid::now_v7();
        let morning = people::demo::moment(&scene.times.zone, day, 8 * 3_600);
        let mut thread = Thread::new(scene, Chance::of(&["weekly", unit]), morning);
        let liaison = scene.city.post(unit, Role::Liaison)?;
        thread.some((day, Afternoon), liaison, deed::answer_weekly(id));
        if signed {
            let head = scene.city.post(unit, Role::Head)?;
            thread.some((day, Afternoon), head, deed::sign_weekly(id));
        }
        events.extend(thread.events);
    }
    Ok(events)
}
