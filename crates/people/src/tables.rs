//! The tables of this room.

use journal::{table, word_enum};
use kernel::{Day, Id, Jurisdiction, Moment, Role};
use uuid::Uuid;

word_enum! {
    /// The level of a unit.
    pub enum UnitKind {
        /// 市.
        City = "city",
        /// 县.
        County = "county",
        /// 区.
        District = "district",
        /// 功能区.
        Zone = "zone",
        /// 市直部门.
        Department = "department",
        /// 县直部门.
        CountyDepartment = "county_department",
        /// 乡镇、街道.
        Township = "township",
    }
}

word_enum! {
    /// What an account is for; the three administrators exclude each other and all business.
    pub enum AccountClass {
        /// Business posts.
        Business = "business",
        /// 系统管理员.
        System = "system",
        /// 安全管理员.
        Security = "security",
        /// 审计管理员.
        Audit = "audit",
    }
}

impl AccountClass {
    /// The class that an account needs for a post with a role.
    pub const fn of_role(role: Role) -> Self {
        match role {
            Role::SystemAdmin => Self::System,
            Role::SecurityAdmin => Self::Security,
            Role::AuditAdmin => Self::Audit,
            Role::Leader
            | Role::Secretary
            | Role::Chief
            | Role::Officer
            | Role::Head
            | Role::Liaison
            | Role::Department
            | Role::Cadre
            | Role::Enterprise
            | Role::Inspector => Self::Business,
        }
    }
}

word_enum! {
    /// What a post looks after.
    pub enum WatchTarget {
        /// A unit and everything below it.
        Unit = "unit",
        /// A line of work.
        Line = "line",
    }
}

word_enum! {
    /// Whether a sitting was held.
    pub enum SittingState {
        /// It is planned.
        Planned = "planned",
        /// It was held; only now its numbers count.
        Held = "held",
        /// It was skipped, with a reason.
        Skipped = "skipped",
    }
}

word_enum! {
    /// What a series of sittings is.
    pub enum SeriesKind {
        /// 周交办会.
        Assign = "assign",
        /// 月讲评会.
        Review = "review",
        /// One of the four weekly meetings 四个周例会.
        Weekly = "weekly",
    }
}

word_enum! {
    /// How far a session has come.
    pub(crate) enum Stage {
        /// The password was right; the second factor is awaited.
        Code = "code",
        /// Signed in, but the password must be changed first.
        Change = "change",
        /// Signed in, but a second factor must be set up first.
        Enrol = "enrol",
        /// Signed in.
        Open = "open",
        /// Signed out, or followed by another; its forms still tell whose they are.
        Over = "over",
    }
}

table! {
    /// A unit.
    pub struct UnitRow: Record "units" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The unit.
        pub id: Uuid,
        /// The unit above.
        pub parent_id: Option<Uuid>,
        /// Its level.
        pub kind: UnitKind,
        /// Its full name, 漯河市发展和改革委员会.
        pub name: String,
        /// Its short name, 市发展改革委.
        pub short_name: String,
        /// Its place among its neighbours.
        pub sort: i64,
        /// From which day it exists.
        pub valid_from: Day,
        /// The last day it exists.
        pub valid_to: Option<Day>,
    }
}

table! {
    /// A peer group.
    pub struct PeerGroupRow: Record "peer_groups" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The group.
        pub id: Uuid,
        /// Its name, 县区组.
        pub name: String,
        /// Its place.
        pub sort: i64,
    }
}

table! {
    /// Which unit stands in which group.
    pub struct GroupMemberRow: Record "group_members" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The unit.
        pub unit_id: Uuid,
        /// From which day.
        pub valid_from: Day,
        /// The group.
        pub group_id: Uuid,
        /// The last day.
        pub valid_to: Option<Day>,
    }
}

table! {
    /// A line of work.
    pub struct LineRow: Record "lines" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The line.
        pub id: Uuid,
        /// Its name, 项目建设.
        pub name: String,
        /// The post that leads it.
        pub leader_post_id: Option<Uuid>,
        /// The department that verifies first what belongs to it.
        pub department_id: Option<Uuid>,
        /// Its place.
        pub sort: i64,
    }
}

table! {
    /// A person; name and numbers are sealed values.
    pub struct PersonRow: Record "persons" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The person.
        pub id: Uuid,
        /// Since when known.
        pub added_on: Day,
    }
}

table! {
    /// A post held by a person.
    pub struct PostRow: Record "posts" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The post held.
        pub id: Uuid,
        /// By whom.
        pub person_id: Uuid,
        /// In which unit.
        pub unit_id: Uuid,
        /// With which role.
        pub role: Role,
        /// The title, 联络员.
        pub title: String,
        /// The post for which this one acts: a stand-in's or a leader's secretary's.
        pub represents_id: Option<Uuid>,
        /// The line of work of a department's or leader's post.
        pub line_id: Option<Uuid>,
        /// From which day.
        pub valid_from: Day,
        /// The last day.
        pub valid_to: Option<Day>,
    }
}

table! {
    /// What a post looks after or is limited to.
    pub struct WatchRow: Record "watches" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The post.
        pub post_id: Uuid,
        /// The unit or line.
        pub target_id: Uuid,
        /// Which of both.
        pub target: WatchTarget,
    }
}

table! {
    /// An account.
    pub struct AccountRow: Record "accounts" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The account.
        pub id: Uuid,
        /// Whose.
        pub person_id: Uuid,
        /// The sign-in name; never given to anybody else.
        pub name: String,
        /// What it is for.
        pub class: AccountClass,
        /// Whether it is closed.
        pub disabled: bool,
    }
}

table! {
    pub(crate) struct SignInNameRow: Operational "sign_in_names" key 1 {
        pub(crate) name: String,
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) account_id: Uuid,
    }
}

table! {
    pub(crate) struct CredentialRow: Operational "credentials" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) account_id: Uuid,
        pub(crate) password_hash: String,
        pub(crate) must_change: bool,
        pub(crate) changed_at: Moment,
        pub(crate) totp_secret: Option<Vec<u8>>,
        pub(crate) totp_step: i64,
        pub(crate) failures: i64,
        pub(crate) locked_until: Option<Moment>,
        pub(crate) epoch: i64,
        pub(crate) last_post_id: Option<Uuid>,
    }
}

table! {
    pub(crate) struct AccountUseRow: Operational "account_uses" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) account_id: Uuid,
        pub(crate) used_at: Moment,
    }
}

table! {
    pub(crate) struct FormerPasswordRow: Operational "former_passwords" key 3 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) account_id: Uuid,
        pub(crate) changed_at: Moment,
        pub(crate) password_hash: String,
    }
}

table! {
    pub(crate) struct SessionRow: Operational "sessions" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) token_hash: Vec<u8>,
        pub(crate) id: Uuid,
        pub(crate) account_id: Uuid,
        pub(crate) post_id: Option<Uuid>,
        pub(crate) stage: Stage,
        pub(crate) form_token: String,
        pub(crate) created_at: Moment,
        pub(crate) seen_at: Moment,
        pub(crate) epoch: i64,
        pub(crate) remote: String,
        pub(crate) agent: String,
    }
}

table! {
    pub(crate) struct CarriedFormRow: Operational "carried_forms" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) ticket_hash: Vec<u8>,
        pub(crate) account_id: Uuid,
        pub(crate) body: Vec<u8>,
        pub(crate) at: Moment,
    }
}

table! {
    pub(crate) struct TokenRow: Operational "tokens" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) token_hash: Vec<u8>,
        pub(crate) id: Uuid,
        pub(crate) account_id: Uuid,
        pub(crate) post_id: Uuid,
        pub(crate) name: String,
        pub(crate) created_at: Moment,
        pub(crate) expires_at: Moment,
    }
}

table! {
    pub(crate) struct AccessRow: Operational "access_log" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) id: Uuid,
        pub(crate) at: Moment,
        pub(crate) event: String,
        pub(crate) account_id: Option<Uuid>,
        pub(crate) remote: String,
        pub(crate) detail: String,
    }
}

table! {
    /// What the access log held on a day.
    pub(crate) struct AccessDigestRow: Record "access_digests" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) day: Day,
        pub(crate) lines_count: i64,
        pub(crate) digest: String,
    }
}

table! {
    pub(crate) struct SignInFailureRow: Operational "sign_in_failures" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) remote: String,
        pub(crate) failures: i64,
        pub(crate) since: Moment,
    }
}

table! {
    /// A setting of the city.
    pub(crate) struct SettingRow: Record "settings" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) name: String,
        pub(crate) value: String,
    }
}

table! {
    /// A year whose State Council notice was entered.
    pub struct CalendarYearRow: Record "calendar_years" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The year.
        pub year: i64,
        /// The notice, 国办发明电〔2020〕27号.
        pub notice: String,
    }
}

table! {
    /// A day that differs from Monday to Friday.
    pub struct CalendarDayRow: Record "calendar_days" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The day.
        pub day: Day,
        /// Whether people work.
        pub working: bool,
        /// Its name, 国庆节.
        pub name: String,
    }
}

table! {
    /// A series of sittings.
    pub struct SeriesRow: Record "series" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The series.
        pub id: Uuid,
        /// What it is.
        pub kind: SeriesKind,
        /// Its name, 周交办会.
        pub name: String,
        /// The post that leads it.
        pub leader_post_id: Option<Uuid>,
        /// Its place.
        pub sort: i64,
        /// 期初接续: the last number given before it was continued here; 0 when it began here.
        pub numbers_before: i64,
    }
}

table! {
    /// A sitting.
    pub struct SittingRow: Record "sittings" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The sitting.
        pub id: Uuid,
        /// Its day.
        pub day: Day,
        /// Whether it was held.
        pub state: SittingState,
        /// Why it was skipped.
        pub reason: Option<String>,
    }
}

table! {
    /// Which series a sitting carries, and its number in it once held.
    pub struct SittingRoleRow: Record "sitting_roles" key 3 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The sitting.
        pub sitting_id: Uuid,
        /// The series.
        pub series_id: Uuid,
        /// Its number, by sittings held.
        pub number: Option<i64>,
    }
}

table! {
    /// Somebody who wants no daily digest outside the program.
    pub(crate) struct QuietPersonRow: Operational "quiet_persons" key 2 {
        pub(crate) jurisdiction_id: Id<Jurisdiction>,
        pub(crate) person_id: Uuid,
    }
}
