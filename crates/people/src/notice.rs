//! Notices: what somebody has to do or to know because of a fact. A room says it of its own facts;
//! the room of messages puts it into trays.
//!
//! A notice is addressed to a seat, not to a person and not to who happens to hold the post on that
//! day: the next holder and a stand-in sit in the same seat. What a notice says follows from the
//! fact and from what no later fact changes, so that trays can be filled again from the journal.

use journal::{Boxed, Entry, Result, Tx};
use kernel::{Actor, Id, Jurisdiction, Message, Role, Subject};
use uuid::Uuid;

/// 席位: in whose tray a notice lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seat {
    /// 督查局负责人.
    Chief,
    /// 督查专员; each sees the units and lines that are looked after.
    Officer,
    /// Every leader.
    Leaders,
    /// Whoever leads a line of work; the leaders at large when nobody does, and for what is of no
    /// line.
    LeaderOf(Option<Uuid>),
    /// 单位负责人 of a unit.
    Head(Uuid),
    /// 联络员 of a unit.
    Liaison(Uuid),
    /// 主管部门 that verifies first in a line of work.
    Line(Uuid),
    /// One post: a leader's, for example.
    Post(Uuid),
}

impl Seat {
    /// Both handling seats of a unit.
    pub const fn of_unit(unit: Uuid) -> [Self; 2] {
        [Self::Head(unit), Self::Liaison(unit)]
    }

    /// The words of all seats, as they stand in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Chief => "chief",
            Self::Officer => "officer",
            Self::Leaders => "leaders",
            Self::LeaderOf(_) => "leader_of",
            Self::Head(_) => "head",
            Self::Liaison(_) => "liaison",
            Self::Line(_) => "line",
            Self::Post(_) => "post",
        }
    }

    /// The unit, line or post that the seat belongs to; the city for seats of the whole city.
    pub const fn owner(self, city: Id<Jurisdiction>) -> Uuid {
        match self {
            Self::Chief | Self::Officer | Self::Leaders | Self::LeaderOf(None) => city.uuid(),
            Self::LeaderOf(Some(id))
            | Self::Head(id)
            | Self::Liaison(id)
            | Self::Line(id)
            | Self::Post(id) => id,
        }
    }

    /// The seats in which somebody sits who acts in a post: its own, and that of the post for
    /// which it acts. `line` is the line of work of a department's post. Which lines a leader leads
    /// is asked where trays are read.
    pub fn of(actor: &Actor, line: Option<Uuid>) -> Vec<Self> {
        let mut seats = match actor.role {
            Role::Chief => vec![Self::Chief],
            Role::Officer => vec![Self::Officer],
            Role::Leader | Role::Secretary => vec![Self::Leaders],
            Role::Head => vec![Self::Head(actor.unit)],
            Role::Liaison => vec![Self::Liaison(actor.unit)],
            Role::Department => line.map(Self::Line).into_iter().collect(),
            Role::Cadre
            | Role::Enterprise
            | Role::Inspector
            | Role::SystemAdmin
            | Role::SecurityAdmin
            | Role::AuditAdmin => Vec::new(),
        };
        seats.push(Self::Post(actor.post));
        seats.extend(actor.on_behalf.map(|other| Self::Post(other.post)));
        seats
    }
}

/// Whether something has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// 待办.
    Act,
    /// 知晓.
    Know,
}

/// What one seat is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Who is told.
    pub seat: Seat,
    /// Whether they have to act.
    pub need: Need,
    /// Whether it must not wait for the daily digest.
    pub urgent: bool,
    /// What happened, and what is asked.
    pub words: Message,
    /// What it is about, as its record is called: `14-3 产业园用地报批`.
    pub about: Message,
    /// What opens when it is followed; the fact's subject unless said otherwise.
    pub subject: Subject,
    /// The unit concerned, by which officers find their area.
    pub unit: Option<Uuid>,
    /// The line of work concerned.
    pub line: Option<Uuid>,
}

impl Notice {
    /// The name of a record, which is the same in both languages.
    pub fn called(name: &str) -> Message {
        Message { zh: name.to_owned(), en: name.to_owned() }
    }

    /// The same, told to another seat.
    #[must_use]
    pub fn to(&self, seat: Seat) -> Self {
        Self { seat, ..self.clone() }
    }

    /// The same, as something to be done.
    #[must_use]
    pub fn to_do(self) -> Self {
        Self { need: Need::Act, ..self }
    }
}

/// Earlier notices that asked for something which is now done, or asked for no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The subject of the facts that asked for it.
    pub cause: Uuid,
    /// The kinds of those facts; all when empty.
    pub kinds: &'static [&'static str],
    /// In whose trays; in all when empty.
    pub seats: Vec<Seat>,
}

/// What follows from a fact for those concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Whom it tells what.
    pub notices: Vec<Notice>,
    /// What waits no longer.
    pub settled: Vec<Settled>,
}

impl Told {
    /// Tells this, and settles what facts of these kinds about the same subject asked for.
    pub fn after(entry: &Entry, kinds: &'static [&'static str], notices: Vec<Notice>) -> Self {
        let settled = Settled { cause: entry.subject.id, kinds, seats: Vec::new() };
        Self { notices, settled: vec![settled] }
    }

    /// Tells this only.
    pub const fn of(notices: Vec<Notice>) -> Self {
        Self { notices, settled: Vec::new() }
    }
}

/// Says whom a fact concerns. A kind that the room does not know tells nobody.
pub type Tell = for<'a> fn(&'a Entry, &'a mut Tx) -> Boxed<'a, Result<Told>>;

#[cfg(test)]
mod tests {
    use kernel::{Actor, OnBehalf, Role};
    use uuid::Uuid;

    use super::Seat;

    fn actor(role: Role) -> Actor {
        Actor {
            jurisdiction: Uuid::nil().into(),
            account: Uuid::nil(),
            person: Uuid::from_u128(1),
            post: Uuid::from_u128(2),
            unit: Uuid::from_u128(3),
            role,
            on_behalf: None,
        }
    }

    #[test]
    fn the_next_holder_sits_in_the_same_seat() {
        let successor = Actor { post: Uuid::from_u128(9), ..actor(Role::Liaison) };
        let seat = Seat::Liaison(Uuid::from_u128(3));
        assert!(Seat::of(&actor(Role::Liaison), None).contains(&seat));
        assert!(Seat::of(&successor, None).contains(&seat));
        assert!(!Seat::of(&actor(Role::Head), None).contains(&seat));
    }

    #[test]
    fn a_secretary_sits_in_the_leaders_seat_too() {
        let leader = OnBehalf { person: Uuid::from_u128(7), post: Uuid::from_u128(8) };
        let secretary = Actor { on_behalf: Some(leader), ..actor(Role::Secretary) };
        let seats = Seat::of(&secretary, None);
        assert!(seats.contains(&Seat::Post(leader.post)) && seats.contains(&Seat::Leaders));
    }

    #[test]
    fn administrators_and_inspectors_sit_in_no_seat_of_business() {
        for role in [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin, Role::Inspector] {
            assert_eq!(Seat::of(&actor(role), None), [Seat::Post(Uuid::from_u128(2))]);
        }
    }
}
