//! What the form of a line says, with every mistake at its field or cell.

use kernel::{Day, FieldError, Message, Refusal, msg, text};
use uuid::Uuid;
use web::{Values, cell_name};

use crate::acts::write_line::Written;
use crate::facts::{Brief, Milestone, Part};
use crate::tables::{Importance, Rhythm, UnitRole, Urgency, Verifier};
use crate::words;

/// What the form says, with every mistake at its field.
pub(crate) fn written(values: &Values) -> Result<Written, Refusal> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message: Message| {
        errors.push(FieldError { field: field.to_owned(), message });
    };
    mistakes(values, &mut wrong);
    let own = own_parts(values, &mut wrong);
    let due = values.day("due");
    for (place, row) in values.rows("milestones") {
        if let (Some(due), Some(day)) = (due, row.day("due"))
            && day > due
        {
            let text = msg!("不能晚于整行的时限 {due}。", "It cannot be later than {due}.");
            wrong(&cell_name("milestones", *place, "due"), text);
        }
    }
    if !errors.is_empty() {
        return Err(Refusal::Fields(errors));
    }
    Ok(Written {
        brief: brief(values),
        parts: parts(values, &own),
        due: values.day("due"),
        due_days: values.number("due_days"),
        milestones: milestones(values),
    })
}

/// What contradicts itself between fields, each told at its field.
fn mistakes(values: &Values, wrong: &mut impl FnMut(&str, Message)) {
    let known = [
        ("urgency", Urgency::of(&values.text("urgency")).is_some()),
        ("importance", Importance::of(&values.text("importance")).is_some()),
        ("rhythm", Rhythm::of(&values.text("rhythm")).is_some()),
    ];
    for (field, _) in known.into_iter().filter(|(_, is_known)| !is_known) {
        wrong(field, words::CHOOSE_ONE.into());
    }
    let (due, due_days) = (values.day("due"), values.number("due_days"));
    if due.is_some() == due_days.is_some() {
        let text = text!(
            "完成时限和工作日数须填且只填一项。",
            "Give a due day or a number of working days, one of both."
        );
        wrong("due", text.into());
    }
    let (lead, each) = (values.id("lead"), values.ids("each"));
    if lead.is_some() != each.is_empty() {
        let text = text!(
            "请选择一个牵头单位，或选择各自负责的单位，二者选一。",
            "Choose a lead unit or several units that each answer, one of both."
        );
        wrong("lead", text.into());
    }
    let own_goal = values.rows("parts").iter().any(|(_, row)| row.number("goal").is_some());
    let has_goal = own_goal || values.number("goal").is_some();
    if has_goal && values.opt("quantity_unit").is_none() {
        let text = text!("填写了目标量，请填写计量单位。", "A goal needs its unit.");
        wrong("quantity_unit", text.into());
    }
    let rhythm = Rhythm::of(&values.text("rhythm"));
    if rhythm == Some(Rhythm::Weekly) && values.number("report_day").is_some_and(|day| day > 7) {
        let text = text!("每周反馈请填 1–7，周一为 1。", "Weekly reports: 1 to 7, Monday is 1.");
        wrong("report_day", text.into());
    }
}

/// What one unit has of its own.
struct Own {
    unit: Uuid,
    part: String,
    due: Option<Day>,
    goal: Option<i64>,
    responsible: String,
}

/// The rows of the table, each of a unit that the line names, once.
fn own_parts(values: &Values, wrong: &mut impl FnMut(&str, Message)) -> Vec<Own> {
    let (answering, co) = (answering(values), values.ids("co"));
    let mut own: Vec<Own> = Vec::new();
    for (place, row) in values.rows("parts") {
        let mut at = |column: &str, message| wrong(&cell_name("parts", *place, column), message);
        let unit = row.id("unit").unwrap_or_default();
        let answers = answering.contains(&unit);
        if !answers && !co.contains(&unit) {
            let text = text!(
                "请先在牵头、各自负责或配合单位中选择该单位。",
                "Choose this unit above first, as lead, co-unit or one that answers for itself."
            );
            at("unit", text.into());
        }
        if own.iter().any(|o| o.unit == unit) {
            at("unit", text!("该单位已填过一行。", "This unit has a row already.").into());
        }
        let (due, goal) = (row.day("due"), row.number("goal"));
        if answers && due.is_some() {
            let text = text!(
                "责任单位的时限就是整行的完成时限，这里只填配合单位的时限。",
                "Who answers for the line has the line's day; only a co-unit has its own."
            );
            at("due", text.into());
        }
        if let (Some(due), Some(line)) = (due, values.day("due"))
            && due > line
        {
            at("due", msg!("不能晚于整行的时限 {line}。", "It cannot be later than {line}."));
        }
        if !answers && goal.is_some() {
            let text = text!("目标量由责任单位承担。", "A goal belongs to a unit that answers.");
            at("goal", text.into());
        }
        let (part, responsible) = (row.text("part"), row.text("responsible"));
        own.push(Own { unit, part, due, goal, responsible });
    }
    own
}

/// The units that answer: the lead, or each for itself.
fn answering(values: &Values) -> Vec<Uuid> {
    values.id("lead").into_iter().chain(values.ids("each")).collect()
}

fn parts(values: &Values, own: &[Own]) -> Vec<Part> {
    let answering = answering(values);
    let part = |role| {
        let goal = values.number("goal").filter(|_| role != UnitRole::Co);
        move |unit| {
            let own = own.iter().find(|o| o.unit == unit);
            Part {
                unit,
                role,
                part: own.map_or(String::new(), |o| o.part.clone()),
                due: own.and_then(|o| o.due),
                goal: own.and_then(|o| o.goal).or(goal),
                responsible: own.map_or(String::new(), |o| o.responsible.clone()),
            }
        }
    };
    let co = values.ids("co").into_iter().filter(|u| !answering.contains(u));
    let lead = values.id("lead").into_iter().map(part(UnitRole::Lead));
    let each = values.ids("each").into_iter().map(part(UnitRole::Each));
    lead.chain(each).chain(co.map(part(UnitRole::Co))).collect()
}

fn milestones(values: &Values) -> Vec<Milestone> {
    let rows = values.rows("milestones").iter();
    let mut list: Vec<_> = rows
        .filter_map(|(_, row)| Some(Milestone { title: row.text("title"), due: row.day("due")? }))
        .collect();
    list.sort_by_key(|m| m.due);
    list
}

fn brief(values: &Values) -> Brief {
    let rhythm = Rhythm::of(&values.text("rhythm")).unwrap_or(Rhythm::Once);
    // The customary days: Friday, and the 25th, before the month's review.
    let customary = if rhythm == Rhythm::Monthly { 25 } else { 5 };
    Brief {
        title: values.text("title"),
        demand: values.text("demand"),
        standard: values.text("standard"),
        work_line: values.id("work_line"),
        basis: values.text("basis"),
        urgency: Urgency::of(&values.text("urgency")).unwrap_or(Urgency::Plain),
        importance: Importance::of(&values.text("importance")).unwrap_or(Importance::Normal),
        leader: values.id("leader"),
        raised_by: values.id("raised_by"),
        rhythm,
        // The profile says who verifies; it is looked up in the act.
        verifier: Verifier::Bureau,
        quantity_unit: values.text("quantity_unit"),
        evidence: values.text("evidence"),
        contact: values.text("contact"),
        restricted: values.checked("restricted"),
        profile: values.text("profile"),
        report_day: values.number("report_day").unwrap_or(customary),
        report_hour: values.number("report_hour").unwrap_or(17),
    }
}

#[cfg(test)]
mod tests {
    use kernel::Refusal;
    use uuid::Uuid;
    use web::{Raw, Values};

    use super::written;
    use crate::acts::write_line::{FIELDS, Written};
    use crate::tables::UnitRole;

    const BASE: &str = "title=修路&demand=修好&standard=通车&due=2021-11-30&urgency=plain\
        &importance=normal&rhythm=once&profile=bureau&quantity_unit=公里";

    fn said(rest: &str) -> Result<Written, Vec<String>> {
        let raw = Raw::urlencoded(format!("{BASE}&{rest}").as_bytes());
        let refused = |r| {
            let Refusal::Fields(list) = r else { return vec![format!("{r:?}")] };
            list.into_iter().map(|e| e.field).collect()
        };
        Values::parse(FIELDS, &raw).and_then(|v| written(&v)).map_err(refused)
    }

    fn unit(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    #[test]
    fn a_co_unit_has_its_own_part_and_day() {
        let (lead, co) = (unit(1), unit(2));
        let line = said(&format!(
            "lead={lead}&co={co}&goal=8&parts.0.unit={co}&parts.0.part=拨款&parts.0.due=2021-11-20"
        ))
        .unwrap();
        assert_eq!(line.parts.len(), 2);
        assert_eq!((line.parts[0].role, line.parts[0].goal), (UnitRole::Lead, Some(8)));
        assert_eq!(line.parts[1].part, "拨款");
        assert_eq!(line.parts[1].due.map(|d| d.to_string()).as_deref(), Some("2021-11-20"));
        assert_eq!(line.parts[1].goal, None);
    }

    #[test]
    fn each_unit_may_have_its_own_goal() {
        let (a, b) = (unit(1), unit(2));
        let line = said(&format!("each={a}&each={b}&goal=5&parts.3.unit={b}&parts.3.goal=9"));
        let goals: Vec<_> = line.unwrap().parts.iter().map(|p| p.goal).collect();
        assert_eq!(goals, [Some(5), Some(9)]);
    }

    #[test]
    fn a_row_that_does_not_fit_the_line_is_told_at_its_cell() {
        let (lead, co, other) = (unit(1), unit(2), unit(3));
        let base = format!("lead={lead}&co={co}");
        let cells = |rows: &str| said(&format!("{base}&{rows}")).unwrap_err();
        assert_eq!(cells(&format!("parts.0.unit={other}")), ["parts.0.unit"]);
        assert_eq!(cells("parts.1.part=拨款"), ["parts.1.unit"]);
        assert_eq!(cells(&format!("parts.0.unit={lead}&parts.0.due=2021-11-20")), ["parts.0.due"]);
        assert_eq!(cells(&format!("parts.0.unit={co}&parts.0.due=2021-12-01")), ["parts.0.due"]);
        assert_eq!(cells(&format!("parts.0.unit={co}&parts.0.goal=3")), ["parts.0.goal"]);
        let twice = format!("parts.0.unit={co}&parts.1.unit={co}");
        assert_eq!(cells(&twice), ["parts.1.unit"]);
    }

    #[test]
    fn reports_close_on_a_day_that_fits_the_rhythm() {
        let lead = unit(1);
        let line = |rest: &str| said(&format!("lead={lead}&{rest}"));
        let line_day = |rest: &str| line(rest).map(|l| (l.brief.report_day, l.brief.report_hour));
        assert_eq!(line_day("report_day=3&report_hour=12"), Ok((3, 12)));
        assert_eq!(line_day(""), Ok((5, 17)));
    }

    #[test]
    fn milestones_come_by_day_and_both_cells_are_needed() {
        let rows = "milestones.0.due=2021-11-20&milestones.0.title=竣工\
            &milestones.1.due=2021-11-10&milestones.1.title=封顶&milestones.2.due=";
        let line = said(&format!("lead={}&{rows}", unit(1))).unwrap();
        let titles: Vec<_> = line.milestones.iter().map(|m| m.title.as_str()).collect();
        assert_eq!(titles, ["封顶", "竣工"]);
        let half = said(&format!("lead={}&milestones.4.title=封顶", unit(1))).unwrap_err();
        assert_eq!(half, ["milestones.4.due"]);
        let late = "milestones.0.due=2021-12-10&milestones.0.title=竣工";
        let late = said(&format!("lead={}&{late}", unit(1))).unwrap_err();
        assert_eq!(late, ["milestones.0.due"]);
    }
}
