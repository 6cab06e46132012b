//! The facts of this room and how they are applied.

use journal::{Boxed, Entry, Fact as _, Result, Tables, args, facts};
use kernel::{Day, Role};
use uuid::Uuid;

use crate::tables::{
    AccessDigestRow, AccountClass, AccountRow, CalendarDayRow, CalendarYearRow, GroupMemberRow,
    LineRow, PeerGroupRow, PersonRow, PostRow, SeriesKind, SeriesRow, SettingRow, SittingRoleRow,
    SittingRow, SittingState, UnitKind, UnitRow, WatchRow, WatchTarget,
};

facts! {
    /// Facts about units, persons, posts, accounts, sittings and the calendar.
    pub(crate) enum Fact {
        /// A unit exists from a day on.
        "unit_added" UnitAdded { parent: Option<Uuid>, kind: UnitKind, name: String, short_name: String, sort: i64, from: Day },
        /// A unit has another name or place.
        "unit_changed" UnitChanged { name: String, short_name: String, sort: i64 },
        /// A unit exists no longer after a day.
        "unit_ended" UnitEnded { to: Day },
        /// A peer group exists.
        "group_added" GroupAdded { id: Uuid, name: String, sort: i64 },
        /// A peer group has another name or place.
        "group_changed" GroupChanged { name: String, sort: i64 },
        /// A unit stands in a group from a day on, and no longer in the one before.
        "unit_grouped" UnitGrouped { group: Uuid, from: Day, former_from: Option<Day>, former_to: Option<Day> },
        /// A unit stands in no group after a day.
        "unit_ungrouped" UnitUngrouped { from: Day, to: Day },
        /// A line of work exists or has another leader or department.
        "line_set" LineSet { id: Uuid, name: String, leader: Option<Uuid>, department: Option<Uuid>, sort: i64 },
        /// A person is known.
        "person_added" PersonAdded { on: Day },
        /// A person holds a post.
        "post_taken" PostTaken { id: Uuid, unit: Uuid, role: Role, title: String, represents: Option<Uuid>, line: Option<Uuid>, from: Day, to: Option<Day> },
        /// A post ends after a day; its rights end with it.
        "post_left" PostLeft { id: Uuid, to: Day },
        /// A post looks after a unit or a line, or is limited to it.
        "watch_set" WatchSet { post: Uuid, target: WatchTarget, id: Uuid },
        /// It does so no longer.
        "watch_ended" WatchEnded { post: Uuid, id: Uuid },
        /// A person has an account.
        "account_opened" AccountOpened { id: Uuid, name: String, class: AccountClass },
        /// An account is closed.
        "account_disabled" AccountDisabled { },
        /// An account is open again.
        "account_enabled" AccountEnabled { },
        /// The security administrator gave a new one-time code; the old password is void.
        "password_reset" PasswordReset { },
        /// The security administrator took the second factor of an account away.
        "second_factor_removed" SecondFactorRemoved { },
        /// What the access log held on a day.
        "access_digested" AccessDigested { day: Day, lines: i64, digest: String },
        /// A setting of the city.
        "setting_changed" SettingChanged { name: String, value: String },
        /// The State Council's notice for a year.
        "year_confirmed" YearConfirmed { year: i64, notice: String, days: Vec<NoticedDay> },
        /// A series of sittings exists.
        "series_added" SeriesAdded { kind: SeriesKind, name: String, leader: Option<Uuid>, sort: i64 },
        /// 期初接续: a series that ran elsewhere goes on here after this number.
        "series_continued" SeriesContinued { number: i64 },
        /// A sitting is planned for one or more series.
        "sitting_planned" SittingPlanned { day: Day, series: Vec<Uuid> },
        /// A sitting was held; its numbers follow sittings held, not weeks.
        "sitting_held" SittingHeld { numbers: Vec<SittingNumber> },
        /// A sitting was skipped.
        "sitting_skipped" SittingSkipped { reason: String },
    }
}

/// A day of a notice that differs from Monday to Friday.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct NoticedDay {
    pub(crate) day: Day,
    pub(crate) working: bool,
    pub(crate) name: String,
}

/// The number of a sitting in one of its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct SittingNumber {
    pub(crate) series: Uuid,
    pub(crate) number: i64,
}

pub(crate) fn apply<'a>(entry: &'a Entry, tables: &'a mut Tables<'_>) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        let fact = Fact::join(&entry.kind, &entry.payload)?;
        match fact {
            Fact::UnitAdded { .. }
            | Fact::UnitChanged { .. }
            | Fact::UnitEnded { .. }
            | Fact::GroupAdded { .. }
            | Fact::GroupChanged { .. }
            | Fact::UnitGrouped { .. }
            | Fact::UnitUngrouped { .. }
            | Fact::LineSet { .. } => apply_unit(entry, fact, tables).await,
            Fact::PersonAdded { .. }
            | Fact::PostTaken { .. }
            | Fact::PostLeft { .. }
            | Fact::WatchSet { .. }
            | Fact::WatchEnded { .. }
            | Fact::AccountOpened { .. }
            | Fact::AccountDisabled {}
            | Fact::AccountEnabled {}
            | Fact::PasswordReset {}
            | Fact::SecondFactorRemoved {} => apply_person(entry, fact, tables).await,
            Fact::SettingChanged { .. }
            | Fact::AccessDigested { .. }
            | Fact::YearConfirmed { .. }
            | Fact::SeriesAdded { .. }
            | Fact::SeriesContinued { .. }
            | Fact::SittingPlanned { .. }
            | Fact::SittingHeld { .. }
            | Fact::SittingSkipped { .. } => apply_calendar(entry, fact, tables).await,
        }
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the other facts are applied elsewhere")]
async fn apply_unit(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let jurisdiction_id = entry.jurisdiction;
    let id = entry.subject.id;
    match fact {
        Fact::UnitAdded { parent, kind, name, short_name, sort, from } => {
            let row = UnitRow {
                jurisdiction_id,
                id,
                parent_id: parent,
                kind,
                name,
                short_name,
                sort,
                valid_from: from,
                valid_to: None,
            };
            tables.insert(&row).await
        }
        Fact::UnitChanged { name, short_name, sort } => {
            let row: UnitRow = tables.get(args![jurisdiction_id, id]).await?;
            tables.replace(&UnitRow { name, short_name, sort, ..row }).await
        }
        Fact::UnitEnded { to } => {
            let row: UnitRow = tables.get(args![jurisdiction_id, id]).await?;
            tables.replace(&UnitRow { valid_to: Some(to), ..row }).await
        }
        Fact::GroupAdded { id, name, sort } => {
            tables.insert(&PeerGroupRow { jurisdiction_id, id, name, sort }).await
        }
        Fact::GroupChanged { name, sort } => {
            tables.replace(&PeerGroupRow { jurisdiction_id, id, name, sort }).await
        }
        Fact::UnitGrouped { group, from, former_from, former_to } => {
            if let Some(former) = former_from {
                let key = args![jurisdiction_id, id, former].to_vec();
                let row: GroupMemberRow = tables.get(&key).await?;
                tables.replace(&GroupMemberRow { valid_to: former_to, ..row }).await?;
            }
            let row = GroupMemberRow {
                jurisdiction_id,
                unit_id: id,
                valid_from: from,
                group_id: group,
                valid_to: None,
            };
            tables.put(&row).await
        }
        Fact::UnitUngrouped { from, to } => {
            let row: GroupMemberRow = tables.get(args![jurisdiction_id, id, from]).await?;
            tables.replace(&GroupMemberRow { valid_to: Some(to), ..row }).await
        }
        Fact::LineSet { id, name, leader, department, sort } => {
            let row = LineRow {
                jurisdiction_id,
                id,
                name,
                leader_post_id: leader,
                department_id: department,
                sort,
            };
            tables.put(&row).await
        }
        other => Err(misplaced(&other)),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the other facts are applied elsewhere")]
async fn apply_person(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let jurisdiction_id = entry.jurisdiction;
    let subject = entry.subject.id;
    match fact {
        Fact::PersonAdded { on } => {
            tables.insert(&PersonRow { jurisdiction_id, id: subject, added_on: on }).await
        }
        Fact::PostTaken { id, unit, role, title, represents, line, from, to } => {
            let row = PostRow {
                jurisdiction_id,
                id,
                person_id: subject,
                unit_id: unit,
                role,
                title,
                represents_id: represents,
                line_id: line,
                valid_from: from,
                valid_to: to,
            };
            tables.insert(&row).await
        }
        Fact::PostLeft { id, to } => {
            let row: PostRow = tables.get(args![jurisdiction_id, id]).await?;
            tables.replace(&PostRow { valid_to: Some(to), ..row }).await
        }
        Fact::WatchSet { post, target, id } => {
            tables.put(&WatchRow { jurisdiction_id, post_id: post, target_id: id, target }).await
        }
        Fact::WatchEnded { post, id } => {
            tables.remove::<WatchRow>(args![jurisdiction_id, post, id]).await
        }
        Fact::AccountOpened { id, name, class } => {
            let row = AccountRow {
                jurisdiction_id,
                id,
                person_id: subject,
                name,
                class,
                disabled: false,
            };
            tables.insert(&row).await
        }
        Fact::AccountDisabled {} | Fact::AccountEnabled {} => {
            let row: AccountRow = tables.get(args![jurisdiction_id, subject]).await?;
            let disabled = matches!(fact, Fact::AccountDisabled {});
            tables.replace(&AccountRow { disabled, ..row }).await
        }
        // The password itself is operational and never evidence.
        Fact::PasswordReset {} | Fact::SecondFactorRemoved {} => Ok(()),
        other => Err(misplaced(&other)),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the other facts are applied elsewhere")]
async fn apply_calendar(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let jurisdiction_id = entry.jurisdiction;
    let id = entry.subject.id;
    match fact {
        Fact::SettingChanged { name, value } => {
            tables.put(&SettingRow { jurisdiction_id, name, value }).await
        }
        Fact::AccessDigested { day, lines, digest } => {
            let row = AccessDigestRow { jurisdiction_id, day, lines_count: lines, digest };
            tables.insert(&row).await
        }
        Fact::YearConfirmed { year, notice, days } => {
            for NoticedDay { day, working, name } in days {
                tables.put(&CalendarDayRow { jurisdiction_id, day, working, name }).await?;
            }
            tables.put(&CalendarYearRow { jurisdiction_id, year, notice }).await
        }
        Fact::SeriesAdded { kind, name, leader, sort } => {
            let row = SeriesRow {
                jurisdiction_id,
                id,
                kind,
                name,
                leader_post_id: leader,
                sort,
                numbers_before: 0,
            };
            tables.insert(&row).await
        }
        Fact::SeriesContinued { number } => {
            let row: SeriesRow = tables.get(args![jurisdiction_id, id]).await?;
            tables.replace(&SeriesRow { numbers_before: number, ..row }).await
        }
        Fact::SittingPlanned { day, series } => {
            let state = SittingState::Planned;
            tables.insert(&SittingRow { jurisdiction_id, id, day, state, reason: None }).await?;
            for series_id in series {
                let row =
                    SittingRoleRow { jurisdiction_id, sitting_id: id, series_id, number: None };
                tables.insert(&row).await?;
            }
            Ok(())
        }
        Fact::SittingHeld { numbers } => {
            let row: SittingRow = tables.get(args![jurisdiction_id, id]).await?;
            tables.replace(&SittingRow { state: SittingState::Held, ..row }).await?;
            for SittingNumber { series, number } in numbers {
                let row = SittingRoleRow {
                    jurisdiction_id,
                    sitting_id: id,
                    series_id: series,
                    number: Some(number),
                };
                tables.replace(&row).await?;
            }
            Ok(())
        }
        Fact::SittingSkipped { reason } => {
            let row: SittingRow = tables.get(args![jurisdiction_id, id]).await?;
            let state = SittingState::Skipped;
            tables.replace(&SittingRow { state, reason: Some(reason), ..row }).await
        }
        other => Err(misplaced(&other)),
    }
}

fn misplaced(fact: &Fact) -> journal::Error {
    journal::Error::fault(format!("fact applied in the wrong place: {fact:?}"))
}
