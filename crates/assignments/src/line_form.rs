//! The form of a line: its choices, and what it holds when it is changed.

use journal::Result;
use kernel::{Lang, Message, Role, msg};
use people::store::PostTitle;
use people::tables::{UnitKind, UnitRow};
use web::{Call, Choice, Prepared};

use crate::facts::Milestone;
use crate::tables::{Importance, LineRow, LineUnitRow, Rhythm, UnitRole, Urgency, Verifier};
use crate::{store, words};

/// Milestones of a line at most.
const MILESTONES_MAX: usize = 20;

/// The form of a new line.
pub(crate) async fn prepare_new(call: &Call) -> Result<Prepared> {
    let prepared = prepare(call).await?;
    Ok(prepared
        .fill("urgency", Urgency::Plain.word())
        .fill("importance", Importance::Normal.word())
        .fill("rhythm", Rhythm::Once.word())
        .fill("verifier", Verifier::Bureau.word()))
}

/// The form of a line that is changed.
pub(crate) async fn prepare_again(call: &Call) -> Result<Prepared> {
    let prepared = prepare(call).await?;
    let (mut tx, city, id) = (call.read().await?, call.city()?, call.id("line")?);
    let line = store::batch::line(&mut tx, city, id).await?;
    let units = store::batch::units(&mut tx, city, id).await?;
    let milestones = store::batch::milestones(&mut tx, city, id).await?;
    let milestones: Vec<_> =
        milestones.iter().map(|m| format!("{} {}", m.due_on, m.title)).collect();
    let prepared = fill(prepared, &line).fill("milestones", milestones.join("\n"));
    Ok(fill_units(prepared, &units))
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, city, today) = (call.read().await?, call.city()?, call.today());
    let batch = store::batch::batch(&mut tx, city, call.id("id")?).await?;
    let units = people::store::units(&mut tx, city, today).await?;
    let lines = people::store::lines(&mut tx, city).await?;
    let posts = people::store::post_titles(&mut tx, city, today).await?;
    let lang = call.lang;
    let prepared = Prepared {
        about: Some(batch.title),
        back: crate::acts::batch_page(batch.id),
        ..Prepared::default()
    };
    let leaders = leaders(&posts);
    Ok(prepared
        .offer("work_line", lines.into_iter().map(|l| Choice::new(l.id, l.name)).collect())
        .offer("leader", leaders.clone())
        .offer("raised_by", leaders)
        .offer("lead", unit_choices(&units, lang))
        .offer("co", unit_choices(&units, lang))
        .offer("each", unit_choices(&units, lang))
        .offer("urgency", choices(Urgency::ALL, |v| (v.word(), words::urgency(v)), lang))
        .offer("importance", choices(Importance::ALL, |v| (v.word(), words::importance(v)), lang))
        .offer("rhythm", choices(Rhythm::ALL, |v| (v.word(), words::rhythm(v)), lang))
        .offer("verifier", choices(Verifier::ALL, |v| (v.word(), words::verifier(v)), lang)))
}

fn choices<T: Copy>(
    all: &[T],
    name: impl Fn(T) -> (&'static str, kernel::Text),
    lang: Lang,
) -> Vec<Choice> {
    all.iter().map(|v| name(*v)).map(|(word, text)| Choice::new(word, text.of(lang))).collect()
}

fn leaders(posts: &[PostTitle]) -> Vec<Choice> {
    let leaders = posts.iter().filter(|p| p.role == Role::Leader);
    leaders.map(|p| Choice::new(p.id, p.title.clone())).collect()
}

/// Units below the city that handle assignments, by level.
fn unit_choices(units: &[UnitRow], lang: Lang) -> Vec<Choice> {
    let handling = units.iter().filter(|u| {
        matches!(
            u.kind,
            UnitKind::County | UnitKind::District | UnitKind::Zone | UnitKind::Department
        )
    });
    handling
        .map(|u| Choice::new(u.id, u.short_name.clone()).under(words::unit_kind(u.kind).of(lang)))
        .collect()
}

fn fill(prepared: Prepared, line: &LineRow) -> Prepared {
    let mut p = prepared
        .fill("title", &line.title)
        .fill("demand", &line.demand)
        .fill("standard", &line.standard)
        .fill("urgency", line.urgency.word())
        .fill("importance", line.importance.word())
        .fill("rhythm", line.rhythm.word())
        .fill("verifier", line.verifier.word())
        .fill("quantity_unit", &line.quantity_unit)
        .fill("basis", &line.basis)
        .fill("evidence", &line.evidence)
        .fill("contact", &line.contact);
    let ids = [
        ("work_line", line.work_line_id),
        ("leader", line.leader_post_id),
        ("raised_by", line.raised_by_post_id),
    ];
    for (field, id) in ids {
        if let Some(id) = id {
            p = p.fill(field, id);
        }
    }
    if let Some(due) = line.due_on {
        p = p.fill("due", due);
    }
    if let Some(days) = line.due_days {
        p = p.fill("due_days", days);
    }
    if line.restricted {
        p = p.fill("restricted", 1);
    }
    p
}

fn fill_units(mut prepared: Prepared, units: &[LineUnitRow]) -> Prepared {
    for unit in units {
        let field = match unit.role {
            UnitRole::Lead => "lead",
            UnitRole::Co => "co",
            UnitRole::Each => "each",
        };
        prepared.values.entry(field).or_default().push(unit.unit_id.to_string());
        if let Some(goal) = unit.goal {
            prepared = prepared.fill("goal", goal);
        }
    }
    prepared
}

/// Reads milestones, one a line: a day, a space, what is to be reached.
pub(crate) fn milestones(text: &str) -> std::result::Result<Vec<Milestone>, Message> {
    let mut list = Vec::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let parsed = line
            .split_once(char::is_whitespace)
            .and_then(|(day, title)| Some((day.parse().ok()?, title.trim())))
            .filter(|(_, title)| !title.is_empty());
        let Some((due, title)) = parsed else {
            return Err(msg!(
                "“{line}”请按“2021-11-30 完成主体施工”的格式填写。",
                "Write “{line}” like “2021-11-30 main structure finished”."
            ));
        };
        list.push(Milestone { title: title.to_owned(), due });
    }
    if list.len() > MILESTONES_MAX {
        return Err(msg!("节点最多 {MILESTONES_MAX} 个。", "At most {MILESTONES_MAX} milestones."));
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::milestones;

    #[test]
    fn milestones_are_read_line_by_line() {
        let read = milestones("2021-11-30 主体封顶\n\n 2021-12-20  竣工验收").unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!(read[1].title, "竣工验收");
        assert!(milestones("10月底前 完成").unwrap_err().zh.contains("10月底前"));
        assert!(milestones("2021-11-30").is_err());
    }
}
