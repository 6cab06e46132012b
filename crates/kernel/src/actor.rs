//! Who acts, in which post, for whom, and what a post may do.

use uuid::Uuid;

use crate::{Id, Jurisdiction};

/// What a post may do and see. Fixed: the table of roles and permissions is reviewed as code.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 市领导: decides, comments, signs off.
    Leader,
    /// 领导秘书: acts on behalf of a leader, both are shown.
    Secretary,
    /// 督查局负责人: reviews drafts, decides extensions, confirms closures.
    Chief,
    /// 督查专员: drafts, verifies, looks after units.
    Officer,
    /// 单位负责人: signs for the unit.
    Head,
    /// 单位联络员: handles the unit's items.
    Liaison,
    /// 条线主管部门: verifies first what belongs to its line of work.
    Department,
    /// 包联干部.
    Cadre,
    /// 企业联系人 (used by the enterprise room).
    Enterprise,
    /// 巡察、审计等检查人员: reads, limited by subject and end date.
    Inspector,
    /// 系统管理员: runs the system, sees no business.
    SystemAdmin,
    /// 安全管理员: accounts, posts and rights, sees no business.
    SecurityAdmin,
    /// 审计管理员: reads the journal and the access log, changes nothing.
    AuditAdmin,
}

impl Role {
    /// All roles, in the order of the table that is shown.
    pub const ALL: [Self; 13] = [
        Self::Leader,
        Self::Secretary,
        Self::Chief,
        Self::Officer,
        Self::Head,
        Self::Liaison,
        Self::Department,
        Self::Cadre,
        Self::Enterprise,
        Self::Inspector,
        Self::SystemAdmin,
        Self::SecurityAdmin,
        Self::AuditAdmin,
    ];

    /// The word in facts and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::Secretary => "secretary",
            Self::Chief => "chief",
            Self::Officer => "officer",
            Self::Head => "head",
            Self::Liaison => "liaison",
            Self::Department => "department",
            Self::Cadre => "cadre",
            Self::Enterprise => "enterprise",
            Self::Inspector => "inspector",
            Self::SystemAdmin => "system_admin",
            Self::SecurityAdmin => "security_admin",
            Self::AuditAdmin => "audit_admin",
        }
    }

    /// The role of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// One of the three administrators, who exclude each other and all business.
    pub const fn is_admin(self) -> bool {
        matches!(self, Self::SystemAdmin | Self::SecurityAdmin | Self::AuditAdmin)
    }

    /// The supervision bureau.
    pub const fn is_bureau(self) -> bool {
        matches!(self, Self::Chief | Self::Officer)
    }

    /// Acts for one handling unit.
    pub const fn is_unit(self) -> bool {
        matches!(self, Self::Head | Self::Liaison)
    }
}

/// What a route demands, for example `assignments.report`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permission(pub &'static str);

/// One row of the table role × permission.
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    /// What may be done.
    pub permission: Permission,
    /// By whom.
    pub roles: &'static [Role],
}

/// For whom somebody acts: a stand-in for a post (代…), a secretary for a leader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnBehalf {
    /// The person represented.
    pub person: Uuid,
    /// The post represented.
    pub post: Uuid,
}

/// The signed-in person in one post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The city.
    pub jurisdiction: Id<Jurisdiction>,
    /// The account that signed in.
    pub account: Uuid,
    /// The person.
    pub person: Uuid,
    /// The post held, whose rights are used.
    pub post: Uuid,
    /// The unit of the post.
    pub unit: Uuid,
    /// The role of the post.
    pub role: Role,
    /// For whom, when the post is held for somebody else.
    pub on_behalf: Option<OnBehalf>,
}
