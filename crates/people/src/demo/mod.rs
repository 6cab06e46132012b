//! The demo city: a whole city government like 漯河市, entered through acts. Persons are called
//! by their posts; everything is invented but the names of places and offices.
//!
//! [`fn@found`] makes the city, `assignments::demo` plays what happened until [`start`], and
//! [`open_accounts`] lets newcomers in.

mod accounts;
mod units;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use journal::{Act, By, CityFact, Db, Error, Result};
use kernel::{Actor, Clock, Day, Id, Jurisdiction, Moment, OnBehalf, Role, Subject, SubjectKind};
use uuid::Uuid;

use crate::found::{self, NewLine, NewPost, NewUnit};
use crate::tables::WatchTarget;
use units::{CITY, DEPUTIES, GROUPS, LINES, POSTS, SERIES, UNITS, WATCHES};

pub use accounts::{Account, open_accounts};

/// The demo city's zone.
pub const ZONE: &str = "Asia/Shanghai";

/// A post of the demo city.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// The post.
    pub post: Uuid,
    /// Who holds it.
    pub person: Uuid,
    /// Its unit.
    pub unit: Uuid,
    /// The unit's short name.
    pub unit_name: &'static str,
    /// Its role.
    pub role: Role,
    /// Its title.
    pub title: &'static str,
    /// For whom it acts.
    pub on_behalf: Option<OnBehalf>,
}

/// The founded demo city, by name.
#[derive(Clone, Debug)]
pub struct City {
    /// The city.
    pub jurisdiction: Id<Jurisdiction>,
    /// Its units by short name.
    pub units: BTreeMap<&'static str, Uuid>,
    /// Its peer groups by name.
    pub groups: BTreeMap<&'static str, Uuid>,
    /// Its lines of work by name.
    pub lines: BTreeMap<&'static str, Uuid>,
    /// Its series of sittings by name.
    pub series: BTreeMap<&'static str, Uuid>,
    /// Its posts, the city's leaders first.
    pub posts: Vec<Held>,
}

impl City {
    /// The unit with a short name.
    pub fn unit(&self, name: &str) -> Result<Uuid> {
        self.units.get(name).copied().ok_or_else(|| unknown("unit", name))
    }

    /// The short name of a unit.
    pub fn unit_name(&self, id: Uuid) -> Result<&'static str> {
        let found = self.units.iter().find(|(_, unit)| **unit == id);
        found.map(|(name, _)| *name).ok_or_else(|| unknown("unit", &id.to_string()))
    }

    /// The first post with a role in a unit.
    pub fn post(&self, unit: &str, role: Role) -> Result<&Held> {
        let found = self.posts.iter().find(|held| held.unit_name == unit && held.role == role);
        found.ok_or_else(|| unknown(role.word(), unit))
    }

    /// The post with a title in a unit.
    pub fn titled(&self, unit: &str, title: &str) -> Result<&Held> {
        let found = self.posts.iter().find(|held| held.unit_name == unit && held.title == title);
        found.ok_or_else(|| unknown(title, unit))
    }

    /// Whoever holds a post, acting in it.
    pub const fn actor(&self, held: &Held) -> Actor {
        Actor {
            jurisdiction: self.jurisdiction,
            account: Uuid::nil(),
            person: held.person,
            post: held.post,
            unit: held.unit,
            role: held.role,
            on_behalf: held.on_behalf,
        }
    }
}

fn unknown(what: &str, name: &str) -> Error {
    Error::fault(format!("the demo city has no {what} {name}"))
}

/// The zone of the demo city.
pub fn zone() -> Result<TimeZone> {
    TimeZone::get(ZONE).map_err(Error::fault)
}

/// So many seconds after midnight of a day in the demo city.
pub fn moment(zone: &TimeZone, day: Day, secs: i64) -> Moment {
    day.plus(-1).end(zone).plus_secs(secs)
}

/// When the demo begins: Monday 2021-11-01 at 08:00, before the sitting of that day.
pub fn start(zone: &TimeZone) -> Result<Moment> {
    Ok(moment(zone, day(2021, 11, 1)?, 8 * 3_600))
}

/// A day that must exist.
pub fn day(year: i16, month: i8, day: i8) -> Result<Day> {
    Day::new(year, month, day).ok_or_else(|| Error::fault(format!("no day {year}-{month}-{day}")))
}

/// Founds the demo city on 2 January 2020 by its own clock, which must be a manual one: early
/// enough for whatever is then entered as its past.
pub async fn found(db: &Db, clock: &Clock) -> Result<City> {
    let jurisdiction = Id::new();
    clock.set(moment(&zone()?, day(2020, 1, 2)?, 9 * 3_600));
    let mut city = City {
        jurisdiction,
        units: BTreeMap::new(),
        groups: BTreeMap::new(),
        lines: BTreeMap::new(),
        series: BTreeMap::new(),
        posts: Vec::new(),
    };
    let by = By::program(jurisdiction, "demo.found");
    db.act(by, async |act| found_all(act, &mut city).await).await?;
    Ok(city)
}

async fn found_all(act: &mut Act, city: &mut City) -> Result<()> {
    let subject = Subject::new(SubjectKind::Jurisdiction, act.jurisdiction().uuid());
    let (name, zone) = (CITY.to_owned(), ZONE.to_owned());
    act.record(subject, &CityFact::Founded { name, zone }).await?;
    for year in 2020..=2026 {
        found::confirm_year(act, year).await?;
    }
    found::set(act, "second_factor", "off").await?;
    found::set(act, "label", "演示数据（虚构），请勿录入真实信息").await?;
    add_units(act, city).await?;
    // Lines are known before their posts; leaders and departments follow.
    for (sort, (name, _, _)) in (1..).zip(LINES) {
        let line = NewLine { name, leader: None, department: None, sort };
        city.lines.insert(name, found::add_line(act, &line).await?);
    }
    add_posts(act, city).await?;
    for (sort, (name, leader, department)) in (1..).zip(LINES) {
        let leader = Some(city.titled(CITY, leader)?.post);
        let department = Some(city.unit(department)?);
        let id = city.lines.get(name).copied().ok_or_else(|| unknown("line", name))?;
        found::set_line(act, id, &NewLine { name, leader, department, sort }).await?;
    }
    for (sort, (kind, name, leader)) in (1..).zip(SERIES) {
        let leader = Some(city.titled(CITY, leader)?.post);
        city.series.insert(name, found::add_series(act, kind, name, leader, sort).await?);
    }
    watch_all(act, city).await
}

async fn add_units(act: &mut Act, city: &mut City) -> Result<()> {
    let from = day(2020, 1, 1)?;
    for (sort, name) in (1..).zip(GROUPS) {
        city.groups.insert(name, found::add_group(act, name, sort).await?);
    }
    for (sort, (short_name, name, kind, parent, group, _)) in (1..).zip(UNITS) {
        let parent = city.units.get(parent).copied();
        let unit = NewUnit { parent, kind, name, short_name, sort, from };
        let id = found::add_unit(act, &unit).await?;
        city.units.insert(short_name, id);
        if let Some(group) = city.groups.get(group) {
            found::join_group(act, id, *group, from).await?;
        }
    }
    Ok(())
}

async fn add_posts(act: &mut Act, city: &mut City) -> Result<()> {
    for post in POSTS {
        add_post(act, city, post).await?;
    }
    for (unit, _, _, _, _, head) in UNITS {
        if !head.is_empty() {
            add_post(act, city, (Role::Head, unit, head, "")).await?;
            add_post(act, city, (Role::Liaison, unit, "联络员", "")).await?;
        }
    }
    // After the heads, who are the first of their role.
    for (unit, title) in DEPUTIES {
        add_post(act, city, (Role::Head, unit, title, "")).await?;
    }
    Ok(())
}

async fn add_post(
    act: &mut Act,
    city: &mut City,
    (role, unit_name, title, line): (Role, &'static str, &'static str, &str),
) -> Result<()> {
    let person = found::add_person(act, &format!("{unit_name}{title}"), None).await?;
    let represented =
        if role == Role::Secretary { Some(city.titled(CITY, "市长")?) } else { None };
    let on_behalf = represented.map(|held| OnBehalf { person: held.person, post: held.post });
    let unit = city.unit(unit_name)?;
    let (from, to) = if role == Role::Inspector {
        (day(2021, 10, 1)?, Some(day(2021, 12, 31)?))
    } else {
        (day(2020, 1, 1)?, None)
    };
    let represents = on_behalf.map(|o| o.post);
    let line = city.lines.get(line).copied();
    let post = NewPost { person, unit, role, title, represents, line, from, to };
    let post = found::take_post(act, &post).await?;
    city.posts.push(Held { post, person, unit, unit_name, role, title, on_behalf });
    Ok(())
}

async fn watch_all(act: &mut Act, city: &City) -> Result<()> {
    for (unit, title, units, lines) in WATCHES {
        let post = city.titled(unit, title)?.post;
        for unit in units {
            found::watch(act, post, WatchTarget::Unit, city.unit(unit)?).await?;
        }
        for line in lines {
            let line = city.lines.get(line).copied().ok_or_else(|| unknown("line", line))?;
            found::watch(act, post, WatchTarget::Line, line).await?;
        }
    }
    Ok(())
}
