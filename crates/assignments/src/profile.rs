//! 办理规程: who verifies, and within how many working days everybody answers. Data of the city:
//! a line names one, and its clocks are fixed on the assignment at issue.

use journal::{Act, Result};
use kernel::{Id, Jurisdiction, Refusal, Subject, SubjectKind, text};

use crate::facts::{Clocks, ProfileFact};
use crate::tables::{ProfileRow, Verifier};

/// Profiles of one city at most.
pub(crate) const PROFILES_MAX: usize = 30;

/// What `setup` records, and what holds in a city that has recorded none: the four ways of
/// verifying, each with the customary clocks.
pub(crate) fn proposed(city: Id<Jurisdiction>) -> Vec<ProfileRow> {
    let Clocks { hand_back_days, answer_days, verify_days } = Clocks::default();
    let profile = |(sort, verifier): (i64, Verifier)| ProfileRow {
        jurisdiction_id: city,
        code: verifier.word().to_owned(),
        name: crate::words::verifier(verifier).zh.to_owned(),
        verifier,
        hand_back_days,
        answer_days,
        verify_days,
        in_use: true,
        sort,
    };
    (1..).zip(Verifier::ALL.iter().copied()).map(profile).collect()
}

/// Records the profiles that a new city begins with.
pub async fn propose(act: &mut Act) -> Result<()> {
    let city = Subject::new(SubjectKind::Jurisdiction, act.jurisdiction().uuid());
    for row in proposed(act.jurisdiction()) {
        act.record(city, &row.written()).await?;
    }
    Ok(())
}

impl ProfileRow {
    /// The fact that writes it.
    fn written(self) -> ProfileFact {
        ProfileFact::ProfileWritten {
            clocks: self.clocks(),
            code: self.code,
            name: self.name,
            verifier: self.verifier,
            in_use: self.in_use,
            sort: self.sort,
        }
    }

    /// The clocks that an assignment of this profile gets.
    pub(crate) const fn clocks(&self) -> Clocks {
        Clocks {
            hand_back_days: self.hand_back_days,
            answer_days: self.answer_days,
            verify_days: self.verify_days,
        }
    }
}

/// A profile with this name may be written beside the others: names tell them apart.
pub(crate) fn demand_own_name(
    code: &str,
    name: &str,
    others: &[ProfileRow],
) -> std::result::Result<(), Refusal> {
    if others.iter().any(|p| p.name == name && p.code != code) {
        return Err(Refusal::field(
            "name",
            text!(
                "已有同名的办理规程，请换一个名称。",
                "Another profile has this name; choose another."
            ),
        ));
    }
    if others.len() >= PROFILES_MAX && others.iter().all(|p| p.code != code) {
        return Err(Refusal::rule(text!(
            "办理规程最多 30 个，请修改已有的。",
            "At most 30 profiles; change one that is there."
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{demand_own_name, proposed};
    use crate::facts::Clocks;
    use crate::tables::{ProfileRow, Verifier};

    fn row(code: &str, name: &str) -> ProfileRow {
        ProfileRow {
            jurisdiction_id: kernel::Id::from(uuid::Uuid::from_u128(1)),
            code: code.to_owned(),
            name: name.to_owned(),
            verifier: Verifier::Bureau,
            hand_back_days: 1,
            answer_days: 1,
            verify_days: 3,
            in_use: true,
            sort: 1,
        }
    }

    #[test]
    fn a_name_is_taken_once_and_may_be_kept() {
        let others = [row("bureau", "督查局核实"), row("x", "企业问题")];
        assert!(demand_own_name("x", "企业问题", &others).is_ok());
        assert!(demand_own_name("y", "企业问题", &others).is_err());
        let many: Vec<_> = (0..30).map(|n| row(&n.to_string(), &format!("规程{n}"))).collect();
        assert!(demand_own_name("new", "另一个", &many).is_err());
        assert!(demand_own_name("3", "另一个", &many).is_ok());
    }

    #[test]
    fn each_way_of_verifying_is_proposed_once() {
        let rows = proposed(kernel::Id::from(uuid::Uuid::from_u128(1)));
        let codes: Vec<_> = rows.iter().map(|p| p.code.as_str()).collect();
        assert_eq!(codes, ["bureau", "department", "raiser", "both"]);
        assert!(rows.iter().all(|p| p.clocks() == Clocks::default()));
    }
}
