//! Who does what in the demo city, and when: what every plan of events needs.

use std::collections::BTreeMap;

use journal::{Error, Result};
use kernel::{Day, Moment, Role};
use people::demo::{City, Held};
use uuid::Uuid;

use super::chance::Chance;
use super::deed::{After, Deed, Event};
use super::evidence::{self, Files};
use super::times::{Half, Times};
use crate::facts::Attached;

/// The city's own unit, whose posts are the leaders'.
pub(super) const CITY: &str = "漯河市";
/// The supervision bureau.
pub(super) const BUREAU: &str = "督查局";

/// What was issued so far, by title and unit.
pub(super) type Known = BTreeMap<(&'static str, &'static str), Uuid>;

/// The city, its times, and what is known of its past.
#[derive(Clone, Copy)]
pub(super) struct Scene<'p> {
    pub(super) city: &'p City,
    pub(super) times: &'p Times,
    pub(super) known: &'p Known,
    pub(super) files: &'p Files,
}

impl<'p> Scene<'p> {
    pub(super) fn leader(&self, title: &str) -> Result<&'p Held> {
        self.city.titled(CITY, title)
    }

    /// The scan of a paper signature.
    pub(super) fn scans(&self) -> Vec<Attached> {
        evidence::attached(self.files, evidence::SIGNED)
    }

    pub(super) fn chief(&self) -> Result<&'p Held> {
        self.city.post(BUREAU, Role::Chief)
    }

    /// The officer who looks after a unit or line of work.
    pub(super) fn officer(&self, unit: &str, work: &str) -> Result<&'p Held> {
        let title = match (unit, work) {
            ("临颍县", _) | (_, "招商引资") => "督查一科科长",
            ("舞阳县" | "源汇区" | "郾城区" | "召陵区", _) | (_, "项目建设") => {
                "督查二科科长"
            }
            ("经开区" | "西城区" | "示范区", _) | (_, "服务企业") => "督查三科科长",
            _ => "督查四科科长",
        };
        self.city.titled(BUREAU, title)
    }

    /// Who verifies first in a line of work.
    pub(super) fn department(&self, work: &str) -> Result<&'p Held> {
        let unit = match work {
            "招商引资" => "市投资促进局",
            "项目建设" => "市发展改革委",
            "服务企业" => "市工业和信息化局",
            _ => "市住房城乡建设局",
        };
        self.city.post(unit, Role::Department)
    }

    /// The leader in charge of a line of work.
    pub(super) fn in_charge(&self, work: &str) -> Result<&'p Held> {
        self.leader(match work {
            "招商引资" => "副市长（分管招商引资）",
            "服务企业" => "副市长（分管工业）",
            "城建交通" => "副市长（分管城建）",
            _ => "常务副市长",
        })
    }

    /// An assignment by title and unit.
    pub(super) fn find(&self, title: &'static str, unit: &'static str) -> Result<Uuid> {
        let found = self.known.get(&(title, unit)).copied();
        found.ok_or_else(|| Error::fault(format!("the demo has not issued {title} to {unit}")))
    }

    /// The last working day before the demo begins.
    pub(super) fn eve(&self) -> Day {
        self.times.before(self.times.start.day(&self.times.zone), 1)
    }
}

/// Events one after the other: none earlier than the one before, none after the demo begins.
pub(super) struct Thread<'p> {
    pub(super) scene: Scene<'p>,
    pub(super) chance: Chance,
    pub(super) last: Moment,
    pub(super) events: Vec<Event>,
}

impl<'p> Thread<'p> {
    pub(super) const fn new(scene: Scene<'p>, chance: Chance, last: Moment) -> Self {
        Self { scene, chance, last, events: Vec::new() }
    }

    /// In half a day, some minutes after what was last.
    pub(super) fn some(&mut self, (day, half): (Day, Half), by: &Held, deed: Deed) {
        let at = self.scene.times.some(day, half, &mut self.chance);
        let pause = 240 + i64::from(self.chance.below(1_200));
        self.last = at.max(self.last.plus_secs(pause));
        self.put(by, deed, None);
    }

    /// At an hour and minute, with what follows.
    pub(super) fn at(&mut self, at: Moment, by: &Held, deed: Deed, after: Option<After>) {
        let secs = i64::from(self.chance.below(55));
        self.last = at.plus_secs(secs).max(self.last.plus_secs(20));
        self.put(by, deed, after);
    }

    /// What was added last has this consequence.
    pub(super) fn then(&mut self, after: After) {
        if let Some(event) = self.events.last_mut().filter(|event| event.at == self.last) {
            event.after = Some(after);
        }
    }

    fn put(&mut self, by: &Held, deed: Deed, after: Option<After>) {
        if self.last < self.scene.times.start {
            let actor = self.scene.city.actor(by);
            self.events.push(Event { at: self.last, actor, deed, after });
        }
    }
}
