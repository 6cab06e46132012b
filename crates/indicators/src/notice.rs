//! Whom the facts of this room concern, and what they are told. What a notice says follows from
//! the fact and from what stays once values were entered: the indicator's name, who entered them.

use journal::{Boxed, Entry, Fact as _, Result, Tx};
use kernel::{Message, Subject, SubjectKind, msg};
use measures::ReviewMonth;
use people::notice::{Need, Notice, Seat, Settled, Told};
use uuid::Uuid;

use crate::facts::{Checked, Fact, Returned};
use crate::store::{self, sheet};
use crate::tables::IndicatorRow;

/// What asks for a check.
const ENTERED: &[&str] = &["observations_entered"];
/// What asks for another value.
const CHECKED: &[&str] = &["observations_checked"];

/// Says whom a fact of this room concerns.
pub fn tell<'a>(entry: &'a Entry, tx: &'a mut Tx) -> Boxed<'a, Result<Told>> {
    Box::pin(async move {
        if !Fact::KINDS.contains(&entry.kind.as_str()) {
            return Ok(Told::default());
        }
        let fact = Fact::join(&entry.kind, &entry.payload)?;
        let (indicator, month) = match &fact {
            Fact::Added { .. } | Fact::Changed { .. } | Fact::Ended { .. } => {
                return Ok(Told::default());
            }
            Fact::Entered { indicator, month, .. }
            | Fact::Checked { indicator, month, .. }
            | Fact::Withdrawn { indicator, month, .. } => (*indicator, *month),
        };
        let Some(row) = store::indicator(tx, entry.jurisdiction, indicator).await? else {
            return Ok(Told::default());
        };
        let about = (entry, &row, month);
        match fact {
            Fact::Entered { values, .. } => Ok(entered(about, values.len())),
            Fact::Checked { checked, returned, waiting, .. } => {
                let mut notices = shown(about, &checked);
                notices.extend(sent_back(about, tx, &returned).await?);
                // What is left still waits for somebody.
                let settled = (waiting == 0).then(|| settled(entry, ENTERED));
                Ok(Told { notices, settled: settled.into_iter().collect() })
            }
            Fact::Withdrawn { unit, was_shown, id, .. } => {
                let subject = Subject::new(SubjectKind::Observation, id);
                let words = msg!("填报值已撤销。", "The value was withdrawn.");
                let told = |seat| notice(about, seat, (subject, Some(unit)), words.clone());
                let seats = if was_shown { Seat::of_unit(unit).to_vec() } else { Vec::new() };
                Ok(Told::of(seats.into_iter().map(told).collect()))
            }
            Fact::Added { .. } | Fact::Changed { .. } | Fact::Ended { .. } => Ok(Told::default()),
        }
    })
}

type About<'a> = (&'a Entry, &'a IndicatorRow, ReviewMonth);

fn notice(
    (_, indicator, month): About<'_>,
    seat: Seat,
    (subject, unit): (Subject, Option<Uuid>),
    words: Message,
) -> Notice {
    let (name, month) = (indicator.named(), month.named());
    let about = Message {
        zh: format!("{} {}", name.zh, month.zh),
        en: format!("{} {}", name.en, month.en),
    };
    Notice { seat, need: Need::Know, urgent: false, words, about, subject, unit, line: None }
}

fn settled(entry: &Entry, kinds: &'static [&'static str]) -> Settled {
    Settled { cause: entry.subject.id, kinds, seats: Vec::new() }
}

/// Values wait for another post: of the bureau, or the head of the department.
fn entered(about: About<'_>, count: usize) -> Told {
    let (entry, indicator, _) = about;
    let words = msg!("录入填报值 {count} 个，待核对。", "{count} values entered, to be checked.");
    let head = indicator.department_id.map(Seat::Head);
    let seats = [Some(Seat::Officer), head].into_iter().flatten();
    let told = |seat| notice(about, seat, (entry.subject, None), words.clone()).to_do();
    Told { notices: seats.map(told).collect(), settled: vec![settled(entry, CHECKED)] }
}

/// Each unit is told of its values: from now on it sees them with their source.
fn shown(about: About<'_>, checked: &[Checked]) -> Vec<Notice> {
    let told = |one: &Checked| {
        let subject = Subject::new(SubjectKind::Observation, one.id);
        let words = if one.former.is_some() {
            msg!("填报值已更正，请查看。", "The value was corrected; look at it.")
        } else {
            msg!(
                "填报值已核对，请查看数值和来源文件。",
                "The value was checked; look at it and at its source."
            )
        };
        Seat::of_unit(one.unit)
            .map(|seat| notice(about, seat, (subject, Some(one.unit)), words.clone()))
    };
    // Several events of one unit are one notice.
    let mut units = std::collections::BTreeSet::new();
    checked.iter().filter(|one| units.insert(one.unit)).flat_map(told).collect()
}

/// Who entered a value that was returned enters another one.
async fn sent_back(about: About<'_>, tx: &mut Tx, returned: &[Returned]) -> Result<Vec<Notice>> {
    let (entry, _, _) = about;
    let mut posts = std::collections::BTreeMap::<Uuid, usize>::new();
    for one in returned {
        if let Some(row) = sheet::observation(tx, entry.jurisdiction, one.id).await? {
            *posts.entry(row.entered_by).or_default() += 1;
        }
    }
    let told = |(post, count): (Uuid, usize)| {
        let words = msg!(
            "退回填报值 {count} 个，请改后重报。",
            "{count} values returned; enter them again."
        );
        notice(about, Seat::Post(post), (entry.subject, None), words).to_do()
    };
    Ok(posts.into_iter().map(told).collect())
}
