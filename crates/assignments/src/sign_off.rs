//! 审签: how a step of a sign-off chain is signed, in the program or on paper. Pure: no SQL, no HTTP,
//! no clock. Batches and slips are signed by the same rules.

use kernel::{Actor, Refusal, Role, text};
use uuid::Uuid;

use crate::facts::Paper;
use crate::tables::Verdict;

/// How a step is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signing {
    /// What was said.
    pub verdict: Verdict,
    /// The paper, when it was signed on one.
    pub paper: Option<Paper>,
    /// The role and person of who signed on paper.
    pub paper_signer: Option<(Role, Uuid)>,
    /// In words.
    pub note: String,
}

impl Signing {
    /// Signed in the program.
    pub const fn here(verdict: Verdict, note: String) -> Self {
        Self { verdict, paper: None, paper_signer: None, note }
    }

    /// The step that comes after one.
    pub const fn next(&self, step: i64) -> i64 {
        match self.verdict {
            Verdict::Agreed => step + 1,
            Verdict::Returned => 0,
        }
    }

    /// The person who signs a step of this role: in the program by the role itself, or entered by
    /// the bureau from paper. `former` are the steps and persons before, oldest first; nobody signs
    /// two steps since it was last sent.
    pub fn person(
        &self,
        actor: &Actor,
        wanted: Role,
        former: &[(i64, Uuid)],
    ) -> Result<Uuid, Refusal> {
        let person = match (&self.paper, self.paper_signer) {
            (Some(_), Some((role, person))) if actor.role.is_bureau() => {
                if role != wanted {
                    return Err(Refusal::field(
                        "signer",
                        text!(
                            "签发人与本环节要求的职务不符。",
                            "The signer does not hold the role of this step."
                        ),
                    ));
                }
                person
            }
            (None, None) if signs(actor, wanted) => {
                actor.on_behalf.map_or(actor.person, |o| o.person)
            }
            _ => return Err(Refusal::Missing),
        };
        // Nor through a stand-in: in the program both count, who acts and who is acted for.
        let acting = if self.paper.is_some() { person } else { actor.person };
        let last_sent = former.iter().rposition(|(step, _)| *step == 0).unwrap_or_default();
        if former.iter().skip(last_sent).any(|(_, before)| [person, acting].contains(before)) {
            return Err(Refusal::rule(text!(
                "同一人不能签两个环节。",
                "One person cannot sign two steps."
            )));
        }
        if self.verdict == Verdict::Returned && self.note.is_empty() {
            return Err(Refusal::field(
                "note",
                text!("退回须写明意见。", "Say why it is returned."),
            ));
        }
        Ok(person)
    }
}

/// The posts in which a chain was signed since it was last sent, as step, post and whether it was
/// entered from paper: who entered a paper has not signed it.
pub(crate) fn posts_since_sent(signed: &[(i64, Uuid, bool)]) -> Vec<Uuid> {
    let last_sent = signed.iter().rposition(|(step, ..)| *step == 0).unwrap_or_default();
    let since = signed.iter().skip(last_sent).filter(|(.., on_paper)| !on_paper);
    since.map(|(_, post, _)| *post).collect()
}

impl Signing {
    /// Nobody signs two steps in two posts either: `holders` are the persons who held the posts in
    /// which the chain was signed, in whosever name.
    pub fn demand_others(&self, actor: &Actor, holders: &[Uuid]) -> Result<(), Refusal> {
        let signs_here = self.paper.is_none();
        let on_paper = self.paper_signer.map(|(_, person)| person);
        let person = if signs_here { Some(actor.person) } else { on_paper };
        if person.is_none_or(|person| !holders.contains(&person)) {
            return Ok(());
        }
        Err(Refusal::rule(text!("同一人不能签两个环节。", "One person cannot sign two steps.")))
    }
}

/// Whether the actor signs a step of this role: the role itself, or a leader's secretary.
pub fn signs(actor: &Actor, wanted: Role) -> bool {
    let for_leader = actor.role == Role::Secretary && actor.on_behalf.is_some();
    actor.role == wanted || (wanted == Role::Leader && for_leader)
}
