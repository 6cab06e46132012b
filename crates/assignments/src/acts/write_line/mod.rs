//! 事项: writes or rewrites a line of a draft.

mod form;
mod said;

use journal::{Act, Result};
use kernel::{Day, FieldError, Refusal, Role, text};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Route, Values};

use crate::batch::LINES_MAX;
use crate::facts::{BatchFact, Brief, Milestone, Part};
use crate::tables::{UnitRole, Verifier};
use crate::{grants, store, words};

/// What one unit of a line has of its own.
const PARTS: &[FieldSpec] = &[
    FieldSpec::choice("unit", text!("单位", "Unit")).required(),
    FieldSpec::line("part", text!("分工", "Its part"), 200),
    FieldSpec::day("due", text!("时限", "Its day")),
    FieldSpec::number("goal", text!("目标量", "Its goal"), 1, 1_000_000_000_000),
    FieldSpec::line("responsible", words::RESPONSIBLE, RESPONSIBLE_MAX),
];

/// Characters that name a unit's responsible post and how to reach it, at most.
pub(crate) const RESPONSIBLE_MAX: usize = 60;

const MILESTONES: &[FieldSpec] = &[
    FieldSpec::day("due", text!("日期", "Day")).required(),
    FieldSpec::line("title", text!("内容", "What is to be reached"), 100).required(),
];

/// Fields of a line.
pub(crate) const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("title", text!("事项", "Title"), 100).required(),
    FieldSpec::area("demand", text!("工作要求", "Demand"), 2_000).required(),
    FieldSpec::area("standard", text!("完成标准", "Completion standard"), 1_000).required(),
    FieldSpec::choice("work_line", text!("条线", "Line of work")),
    FieldSpec::choice("leader", text!("市级责任领导", "Leader in charge")),
    FieldSpec::choice("lead", text!("牵头单位", "Lead unit"))
        .hint(text!("由一个单位牵头时选择。", "When one unit leads.")),
    FieldSpec::many("co", text!("配合单位", "Co-units")),
    FieldSpec::many(
        "each",
        text!("各自负责的单位（各县区）", "Units that each answer for themselves"),
    )
    .hint(text!(
        "一行列出，按单位分别编号、办理、亮灯、办结。",
        "One line, one assignment per unit."
    )),
    FieldSpec::day("due", text!("完成时限", "Due day")),
    FieldSpec::number("due_days", text!("或交办后工作日数", "Or working days from issue"), 1, 250),
    FieldSpec::choice("urgency", text!("紧急程度", "Urgency")).required(),
    FieldSpec::choice("importance", text!("重要程度", "Importance")).required(),
    FieldSpec::choice("rhythm", text!("反馈频次", "Reporting rhythm")).required(),
    FieldSpec::number("report_day", text!("反馈截止日", "Reports close on day"), 1, 28).hint(
        text!(
            "每周反馈填 1–7（周一为 1），每月反馈填 1–28；不填为周五、25 日。遇节假日提前。",
            "1–7 each week (Monday is 1), 1–28 each month; Friday or the 25th when empty."
        ),
    ),
    FieldSpec::number("report_hour", text!("反馈截止时（24 小时制）", "At the hour"), 1, 24)
        .hint(text!("不填为 17 时。", "17 when empty.")),
    FieldSpec::choice("profile", text!("办理规程（由谁核实）", "Handling profile")).required(),
    FieldSpec::choice("raised_by", text!("交办领导（由其确认办结）", "Raised by")),
    FieldSpec::number("goal", text!("目标量", "Goal"), 1, 1_000_000_000_000).hint(text!(
        "各单位目标不同的，在分工表中填写。",
        "Goals that differ go into the table below."
    )),
    FieldSpec::line("quantity_unit", text!("计量单位", "Unit of quantity"), 10),
    FieldSpec::rows(
        "parts",
        text!("各单位分工、时限和目标", "Each unit's own part, day and goal"),
        PARTS,
        60,
    )
    .hint(text!(
        "只填与整行不同的：配合单位的分工和时限，各自负责单位的目标量；责任岗位及电话可由单位签收时填写。",
        "Only what differs from the line: a co-unit's part and day, a unit's own goal. A unit may name its responsible post when it accepts."
    )),
    FieldSpec::rows("milestones", text!("节点", "Milestones"), MILESTONES, 20),
    FieldSpec::line("basis", text!("交办依据（文件、文号）", "Basis (document, number)"), 200),
    FieldSpec::line("evidence", text!("要求提供的材料", "Files that are demanded"), 200)
        .hint(text!("不填表示不需要上传材料。", "Empty means that no files are wanted.")),
    FieldSpec::line("contact", text!("督查联系人及电话", "Contact at the bureau"), 60),
    FieldSpec::check("restricted", text!("仅相关单位可见", "Only for the units concerned")),
];

pub(crate) fn route() -> Route {
    Route::act("/batches/{id}/lines/new", grants::WRITE_LINE, text!("添加事项", "Add an item"))
        .fields(FIELDS)
        .prepare(|call| Box::pin(form::prepare_new(call)))
        .decide(write)
}

pub(crate) fn rewrite_route() -> Route {
    let title = text!("修改事项", "Change the item");
    Route::act("/batches/{id}/lines/{line}", grants::REWRITE_LINE, title)
        .fields(FIELDS)
        .prepare(|call| Box::pin(form::prepare_again(call)))
        .decide(rewrite)
}

/// What a line says.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) brief: Brief,
    pub(crate) parts: Vec<Part>,
    pub(crate) due: Option<Day>,
    pub(crate) due_days: Option<i64>,
    pub(crate) milestones: Vec<Milestone>,
}

async fn write(call: Call, values: Values) -> Result<Done> {
    let (batch, written) = (call.id("id")?, said::written(&values)?);
    let receipt = call.act(async |act| run(act, batch, None, written).await).await?;
    Ok(Done::to(crate::acts::batch_page(batch), receipt))
}

async fn rewrite(call: Call, values: Values) -> Result<Done> {
    let (batch, line, written) = (call.id("id")?, call.id("line")?, said::written(&values)?);
    let receipt = call.act(async |act| run(act, batch, Some(line), written).await).await?;
    Ok(Done::to(crate::acts::batch_page(batch), receipt))
}

pub(crate) async fn run(
    act: &mut Act,
    batch: Uuid,
    line: Option<Uuid>,
    written: Written,
) -> Result<()> {
    put(act, batch, line, written).await.map(|_| ())
}

/// The line that was written or rewritten.
pub(crate) async fn put(
    act: &mut Act,
    batch: Uuid,
    line: Option<Uuid>,
    written: Written,
) -> Result<Uuid> {
    let city = act.jurisdiction();
    store::batch::batch(act, city, batch).await?.demand_draft()?;
    check_names(act, &written).await?;
    let written = verified_by(act, written).await?;
    check_department(act, &written).await?;
    let former = former(act, batch, line).await?;
    let id = line.unwrap_or_else(Uuid::now_v7);
    let fact = BatchFact::LineWritten {
        line: id,
        sort: former.sort,
        brief: written.brief,
        parts: written.parts,
        due: written.due,
        due_days: written.due_days,
        milestones: written.milestones,
        former_units: former.units,
        former_milestones: former.milestones,
    };
    act.record(crate::acts::batch(batch), &fact).await?;
    Ok(id)
}

/// Whom a line names is there: a form offers nobody else, another program may name anybody.
async fn check_names(act: &mut Act, written: &Written) -> Result<()> {
    let (city, today) = (act.jurisdiction(), act.today());
    let units = people::store::units(act, city, today).await?;
    let lines = people::store::lines(act, city).await?;
    let posts = people::store::post_titles(act, city, today).await?;
    let handles = |id| units.iter().any(|u| u.id == id && form::handles(u.kind));
    let leads = |id| posts.iter().any(|p| p.id == id && p.role == Role::Leader);
    let mut wrong = Vec::new();
    for part in written.parts.iter().filter(|part| !handles(part.unit)) {
        wrong.push(match part.role {
            UnitRole::Lead => "lead",
            UnitRole::Co => "co",
            UnitRole::Each => "each",
        });
    }
    let brief = &written.brief;
    let is_line = |id| lines.iter().any(|l| l.id == id);
    wrong.extend(brief.work_line.filter(|id| !is_line(*id)).map(|_| "work_line"));
    wrong.extend(brief.leader.filter(|id| !leads(*id)).map(|_| "leader"));
    wrong.extend(brief.raised_by.filter(|id| !leads(*id)).map(|_| "raised_by"));
    wrong.dedup();
    let told =
        |field: &str| FieldError { field: field.to_owned(), message: words::CHOOSE_ONE.into() };
    let errors: Vec<_> = wrong.into_iter().map(told).collect();
    if errors.is_empty() { Ok(()) } else { Err(Refusal::Fields(errors).into()) }
}

/// A line is verified as its profile says; what names none keeps the bureau.
async fn verified_by(act: &mut Act, mut written: Written) -> Result<Written> {
    let code = &written.brief.profile;
    let city = act.jurisdiction();
    let profiles = store::profile::profiles(act, city).await?;
    let Some(profile) = profiles.iter().find(|p| p.code == *code) else {
        return Err(Refusal::field("profile", words::CHOOSE_ONE).into());
    };
    written.brief.verifier = profile.verifier;
    let is_closed_by_raiser = matches!(profile.verifier, Verifier::Raiser | Verifier::Both);
    if is_closed_by_raiser && written.brief.raised_by.is_none() {
        let text = text!(
            "由交办领导确认办结的，请选择交办领导。",
            "Choose who raised it, who is to close it."
        );
        return Err(Refusal::field("raised_by", text).into());
    }
    Ok(written)
}

/// A line that its department verifies first needs one, and another than the unit that answers.
async fn check_department(act: &mut Act, written: &Written) -> Result<()> {
    if written.brief.verifier != Verifier::Department {
        return Ok(());
    }
    let city = act.jurisdiction();
    let lines = people::store::lines(act, city).await?;
    let line = lines.into_iter().find(|l| Some(l.id) == written.brief.work_line);
    let answers = |unit| written.parts.iter().any(|p| p.role != UnitRole::Co && p.unit == unit);
    match line.and_then(|l| l.department_id) {
        Some(department) if !answers(department) => Ok(()),
        _ => Err(Refusal::field(
            "profile",
            text!(
                "由主管部门初核的事项须选择条线，且责任单位不能是该主管部门；请改为督查局核实。",
                "It needs a line of work whose department is another than the unit; choose the bureau."
            ),
        )
        .into()),
    }
}

/// What a line was before: its place, its units, how many milestones.
struct Former {
    sort: i64,
    units: Vec<Uuid>,
    milestones: i64,
}

async fn former(act: &mut Act, batch: Uuid, line: Option<Uuid>) -> Result<Former> {
    let city = act.jurisdiction();
    let lines = store::batch::lines(act, city, batch).await?;
    let Some(id) = line else {
        if lines.len() >= LINES_MAX {
            let full = text!("一个批次最多 200 项。", "A batch has at most 200 items.");
            return Err(Refusal::rule(full).into());
        }
        let sort = lines.last().map_or(1, |l| l.sort + 1);
        return Ok(Former { sort, units: Vec::new(), milestones: 0 });
    };
    let row = lines.iter().find(|l| l.id == id && l.carried_id.is_none());
    let sort = row.ok_or(Refusal::Missing)?.sort;
    let units = store::batch::units(act, city, id).await?;
    let milestones = store::batch::milestones(act, city, id).await?;
    Ok(Former {
        sort,
        units: units.into_iter().map(|u| u.unit_id).collect(),
        milestones: i64::try_from(milestones.len()).unwrap_or(i64::MAX),
    })
}
