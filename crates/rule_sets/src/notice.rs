//! Whom the facts of this room concern, and what they are told: the chief of what is to be checked,
//! officers of what came back or is to be adopted, heads of what their units will be scored by.

use assignments::tables::Verdict;
use journal::{Boxed, Entry, Fact as _, Result, Tx};
use kernel::{Day, Message, msg, text};
use people::notice::{Need, Notice, Seat, Told};
use rules::rule_set::RuleSet;

use crate::facts::{Fact, Issue};
use crate::store;
use crate::tables::RuleSetRow;

/// Says whom a fact of this room concerns.
pub fn tell<'a>(entry: &'a Entry, tx: &'a mut Tx) -> Boxed<'a, Result<Told>> {
    Box::pin(async move {
        if !Fact::KINDS.contains(&entry.kind.as_str()) {
            return Ok(Told::default());
        }
        let fact = Fact::join(&entry.kind, &entry.payload)?;
        let set = store::rule_set(tx, entry.jurisdiction, entry.subject.id).await?;
        let Some(set) = set else { return Ok(Told::default()) };
        let one = |seat, words: Message| notice(entry, &set, seat, words);
        let notices = match fact {
            Fact::Begun { .. } | Fact::VersionBegun { .. } | Fact::DraftWritten { .. } => {
                return Ok(Told::default());
            }
            Fact::Sent { .. } => {
                vec![
                    one(Seat::Chief, text!("考评办法待审核。", "Rules to be checked.").into())
                        .to_do(),
                ]
            }
            Fact::Checked { verdict, .. } => {
                let words = match verdict {
                    Verdict::Agreed => {
                        text!("考评办法已审核，待登记印发。", "Rules to be adopted.")
                    }
                    Verdict::Returned => text!("考评办法被退回修改。", "Rules were sent back."),
                };
                vec![one(Seat::Officer, words.into()).to_do()]
            }
            Fact::Adopted { issue, document, on, .. } => {
                let words = adopted(&issue);
                let heads = heads(entry, tx, (&document, on)).await?;
                heads.into_iter().map(|seat| notice(entry, &set, seat, words.clone())).collect()
            }
            Fact::Ended { from } => {
                let words = msg!("考评办法自 {from} 起废止。", "The rules end from {from}.");
                vec![one(Seat::Officer, words.clone()), one(Seat::Leaders, words)]
            }
            Fact::Discarded { .. } => Vec::new(),
        };
        // Whatever was asked before about this rule set is done or asked for no longer.
        Ok(Told::after(entry, &[], notices))
    })
}

fn adopted(issue: &Issue) -> Message {
    let (number, from) = (&issue.number, &issue.from);
    msg!(
        "{number} 印发的考评办法自 {from} 考评期起施行，请阅知。",
        "The rules issued by {number} are in force from the period {from}."
    )
}

/// Who answers for the units of the groups that are scored, and the leaders.
async fn heads(entry: &Entry, tx: &mut Tx, (document, on): (&str, Day)) -> Result<Vec<Seat>> {
    let city = entry.jurisdiction;
    let Ok(rule) = RuleSet::stored(document) else { return Ok(vec![Seat::Leaders]) };
    let groups = people::store::groups(tx, city).await?;
    let is_scored = |name: &str| rule.groups.iter().any(|group| group.name.0 == name);
    let scored: Vec<_> = groups.iter().filter(|g| is_scored(&g.name)).map(|g| g.id).collect();
    let members = people::store::grouping(tx, city, on).await?;
    let members = members.into_iter().filter(|(_, group)| scored.contains(group));
    Ok(std::iter::once(Seat::Leaders).chain(members.map(|(unit, _)| Seat::Head(unit))).collect())
}

fn notice(entry: &Entry, set: &RuleSetRow, seat: Seat, words: Message) -> Notice {
    Notice {
        seat,
        need: Need::Know,
        urgent: false,
        words,
        // The code never changes; the name may.
        about: Notice::called(&set.code),
        subject: entry.subject,
        unit: None,
        line: None,
    }
}
