//! The form of a line: its choices, and what it holds when it is changed.

use journal::Result;
use kernel::{Lang, Role};
use people::store::PostTitle;
use people::tables::{UnitKind, UnitRow};
use web::{Call, Choice, Prepared};

use crate::tables::{Importance, LineRow, LineUnitRow, Rhythm, UnitRole, Urgency, Verifier};
use crate::{store, words};

/// The form of a new line.
pub(crate) async fn prepare_new(call: &Call) -> Result<Prepared> {
    let prepared = prepare(call).await?;
    Ok(prepared
        .fill("urgency", Urgency::Plain.word())
        .fill("importance", Importance::Normal.word())
        .fill("rhythm", Rhythm::Once.word())
        .fill("profile", Verifier::Bureau.word()))
}

/// The form of a line that is changed.
pub(crate) async fn prepare_again(call: &Call) -> Result<Prepared> {
    let prepared = prepare(call).await?;
    let (mut tx, city, id) = (call.read().await?, call.city()?, call.id("line")?);
    let line = store::batch::line(&mut tx, city, id).await?;
    let units = store::batch::units(&mut tx, city, id).await?;
    let milestones = store::batch::milestones(&mut tx, city, id).await?;
    let prepared = milestones.into_iter().fold(fill(prepared, &line), |p, m| {
        p.row("milestones", [("due", m.due_on.to_string()), ("title", m.title)])
    });
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
    let profiles = store::profile::profiles(&mut tx, city).await?;
    let profiles =
        profiles.into_iter().filter(|p| p.in_use).map(|p| Choice::new(p.code, p.name)).collect();
    Ok(prepared
        .offer("work_line", lines.into_iter().map(|l| Choice::new(l.id, l.name)).collect())
        .offer("leader", leaders.clone())
        .offer("raised_by", leaders)
        .offer("lead", unit_choices(&units, lang))
        .offer("co", unit_choices(&units, lang))
        .offer("each", unit_choices(&units, lang))
        .offer("unit", unit_choices(&units, lang))
        .offer("urgency", choices(Urgency::ALL, |v| (v.word(), words::urgency(v)), lang))
        .offer("importance", choices(Importance::ALL, |v| (v.word(), words::importance(v)), lang))
        .offer("rhythm", choices(Rhythm::ALL, |v| (v.word(), words::rhythm(v)), lang))
        .offer("profile", profiles))
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

/// Whether units of this level handle what the city assigns.
pub(super) const fn handles(kind: UnitKind) -> bool {
    matches!(kind, UnitKind::County | UnitKind::District | UnitKind::Zone | UnitKind::Department)
}

/// Units below the city that handle assignments, by level.
fn unit_choices(units: &[UnitRow], lang: Lang) -> Vec<Choice> {
    units
        .iter()
        .filter(|u| handles(u.kind))
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
        .fill("profile", &line.profile)
        .fill("quantity_unit", &line.quantity_unit)
        .fill("basis", &line.basis)
        .fill("evidence", &line.evidence)
        .fill("contact", &line.contact);
    if line.rhythm != Rhythm::Once {
        p = p.fill("report_day", line.report_day).fill("report_hour", line.report_hour);
    }
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

/// The units by their role; what one has of its own becomes a row. A goal that all who answer
/// share stands in the goal's own field.
fn fill_units(mut prepared: Prepared, units: &[LineUnitRow]) -> Prepared {
    let goals: Vec<_> = units.iter().filter(|u| u.role != UnitRole::Co).map(|u| u.goal).collect();
    let shared = goals.first().copied().flatten().filter(|g| goals.iter().all(|o| *o == Some(*g)));
    if let Some(goal) = shared {
        prepared = prepared.fill("goal", goal);
    }
    for unit in units {
        let field = match unit.role {
            UnitRole::Lead => "lead",
            UnitRole::Co => "co",
            UnitRole::Each => "each",
        };
        prepared.values.entry(field).or_default().push(unit.unit_id.to_string());
        let goal = unit.goal.filter(|_| shared.is_none());
        let nothing = unit.part.is_empty() && unit.responsible.is_empty();
        if nothing && unit.due_on.is_none() && goal.is_none() {
            continue;
        }
        let own = [
            ("unit", unit.unit_id.to_string()),
            ("part", unit.part.clone()),
            ("due", unit.due_on.map_or(String::new(), |d| d.to_string())),
            ("goal", goal.map_or(String::new(), |g| g.to_string())),
            ("responsible", unit.responsible.clone()),
        ];
        prepared = prepared.row("parts", own);
    }
    prepared
}
