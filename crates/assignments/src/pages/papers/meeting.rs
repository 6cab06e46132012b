//! 会议材料: what the Monday meeting looks at: how the former list stands by unit with red first,
//! what is carried over, this list, and what each unit then has to do. As a Word file, and as a
//! page that prints.

use std::collections::BTreeMap;

use files::docx::{Block, Section, Sheet, Style, Values};
use journal::{Result, Tx};
use kernel::{Day, text};
use serde::Serialize;
use uuid::Uuid;
use web::{Answer, Call, Paper, PaperSpec};

use super::lines::{self, ITEMS_MAX, Line};
use super::{newest_batch, short_day};
use crate::light::{Edges, Light};
use crate::pages::Item;
use crate::paper;
use crate::store;
use crate::store::load::{self, UnitLoad};
use crate::store::register::{self, Filter};
use crate::tables::BatchRow;
use crate::words;

/// 会议材料.
pub(crate) static SPEC: PaperSpec = PaperSpec {
    word: "meeting",
    title: text!("会议材料", "Meeting pack"),
    places: paper::MEETING,
    lists: paper::PACK,
    layout,
    newest: |call, tx| Box::pin(newest(call, tx)),
};

/// What the meeting looks at.
#[derive(Serialize)]
pub(crate) struct Pack {
    pub(super) id: Uuid,
    pub(super) title: String,
    pub(super) former: Option<Former>,
    pub(super) carried: Vec<Line>,
    pub(super) lines: Vec<Line>,
    pub(super) load: Vec<Load>,
    pub(super) head: String,
    #[serde(skip)]
    pub(super) printed: String,
}

/// How the list before stands.
#[derive(Serialize)]
pub(super) struct Former {
    id: Uuid,
    pub(super) title: String,
    pub(super) units: Vec<Outcome>,
    pub(super) items: Vec<Item>,
}

/// What one unit made of the former list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Outcome {
    unit: String,
    pub(super) items: i64,
    pub(super) closed: i64,
    pub(super) open: i64,
    pub(super) red: i64,
    pub(super) yellow: i64,
    pub(super) on_time: i64,
}

/// What one unit has to do.
#[derive(Serialize)]
pub(super) struct Load {
    unit: String,
    open: i64,
    red: i64,
    yellow: i64,
    unaccepted: i64,
    waiting: i64,
    new: i64,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let batch = lines::reach(&call, &mut tx, call.id("id")?).await?;
    let pack = gather(&call, &mut tx, &batch).await?;
    call.page(&pack)
}

pub(crate) async fn document(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let batch = lines::reach(&call, &mut tx, call.id("id")?).await?;
    let paper = read(&call, &mut tx, &batch).await?;
    drop(tx);
    super::answer(&call, paper).await
}

async fn gather(call: &Call, tx: &mut Tx, batch: &BatchRow) -> Result<Pack> {
    let actor = call.actor()?;
    let edges = crate::pages::edges(call, tx).await?;
    let former = store::batch::before(tx, call.city()?, batch).await?;
    let former = match former {
        Some(former) => Some(outcome(call, tx, &former, &edges).await?),
        None => None,
    };
    let (carried, fresh): (Vec<_>, Vec<_>) =
        lines::lines(call, tx, batch).await?.into_iter().partition(|line| line.carried);
    let load = load::tallies(tx, actor, &edges, None).await?.by_unit(tx).await?;
    Ok(Pack {
        id: batch.id,
        title: batch.title.clone(),
        former,
        load: loads(load, &fresh),
        carried,
        lines: fresh,
        head: journal::history::head(tx, call.city()?).await?.to_string(),
        printed: call.now().local(&call.zone()),
    })
}

async fn outcome(call: &Call, tx: &mut Tx, former: &BatchRow, edges: &Edges) -> Result<Former> {
    let filter = Filter { batch: Some(former.id), ..Filter::default() };
    let listed = register::list(tx, call.actor()?, &filter, edges, ITEMS_MAX).await?;
    let mut items: Vec<_> = listed
        .into_iter()
        .filter(|l| l.row.parent_id.is_none())
        .map(|l| Item::of(l, edges))
        .collect();
    items.sort_by(|a, b| {
        (urgency_of(a.light), a.due_on, &a.label).cmp(&(urgency_of(b.light), b.due_on, &b.label))
    });
    Ok(Former { id: former.id, title: former.title.clone(), units: by_unit(&items), items })
}

/// Red first, what is done last.
const fn urgency_of(light: Light) -> u8 {
    match light {
        Light::Red => 0,
        Light::Yellow => 1,
        Light::Green => 2,
        Light::Waiting => 3,
        Light::Stopped => 4,
        Light::Done => 5,
        Light::Void => 6,
    }
}

/// The outcome of each unit, the most overdue first.
fn by_unit(items: &[Item]) -> Vec<Outcome> {
    let mut units: BTreeMap<&str, Outcome> = BTreeMap::new();
    // What was withdrawn or merged is nobody's result.
    for item in items.iter().filter(|i| i.light != Light::Void) {
        let of = units.entry(&item.unit).or_default();
        of.unit.clone_from(&item.unit);
        of.items += 1;
        match item.light {
            Light::Done => of.closed += 1,
            Light::Red | Light::Yellow | Light::Green | Light::Waiting | Light::Stopped => {
                of.open += 1;
            }
            Light::Void => {}
        }
        of.red += i64::from(item.light == Light::Red);
        of.yellow += i64::from(item.light == Light::Yellow);
        of.on_time += i64::from(item.on_time == Some(true));
    }
    let mut units: Vec<_> = units.into_values().collect();
    units.sort_by_key(|u| std::cmp::Reverse((u.red, u.yellow, u.open)));
    units
}

/// What each unit has to do that has something to do, this list's new items beside it.
fn loads(all: Vec<UnitLoad>, fresh: &[Line]) -> Vec<Load> {
    let new = |unit: Uuid| {
        let lines = fresh.iter().filter(|line| line.unit_ids.contains(&unit));
        i64::try_from(lines.count()).unwrap_or(i64::MAX)
    };
    let loads = all.into_iter().map(|u| Load {
        new: new(u.unit_id),
        unit: u.unit,
        open: u.totals.open,
        red: u.totals.red,
        yellow: u.totals.yellow,
        unaccepted: u.totals.unaccepted,
        waiting: u.totals.waiting,
    });
    loads.filter(|u| u.open > 0 || u.new > 0).collect()
}

async fn newest(call: &Call, tx: &mut Tx) -> Result<Option<Paper>> {
    match newest_batch(call, tx).await? {
        Some(batch) => Ok(Some(read(call, tx, &batch).await?)),
        None => Ok(None),
    }
}

/// The pack of a batch that was reached, as a paper.
pub(crate) async fn read(call: &Call, tx: &mut Tx, batch: &BatchRow) -> Result<Paper> {
    let today = call.today();
    let pack = gather(call, tx, batch).await?;
    let mut v = super::batch_values(call, tx, &SPEC, batch.id).await?;
    v.put("清单名称", &pack.title);
    v.put("本次事项数", pack.lines.len().to_string());
    v.put("续办事项数", pack.carried.len().to_string());
    if let Some(former) = &pack.former {
        v.put("上次清单", &former.title);
        v.put("上次合计", former.summary());
        paper::fill(&SPEC, &mut v, "单位办理", former.units.iter().map(Outcome::cells).collect());
        paper::fill(
            &SPEC,
            &mut v,
            "上次事项",
            former.items.iter().map(|i| cells(i, today)).collect(),
        );
    }
    paper::fill(&SPEC, &mut v, "续办", super::list::rows(&pack.carried, today));
    paper::fill(&SPEC, &mut v, "清单", super::list::rows(&pack.lines, today));
    paper::fill(&SPEC, &mut v, "单位承担", pack.load.iter().map(Load::cells).collect());
    Ok(Paper { spec: &SPEC, about: batch.title.clone(), values: v })
}

impl Former {
    pub(super) fn summary(&self) -> String {
        let sum = |of: fn(&Outcome) -> i64| self.units.iter().map(of).sum::<i64>();
        format!(
            "交办{}项，办结{}项（按期{}项），在办{}项，其中逾期{}项、临期{}项",
            sum(|u| u.items),
            sum(|u| u.closed),
            sum(|u| u.on_time),
            sum(|u| u.open),
            sum(|u| u.red),
            sum(|u| u.yellow)
        )
    }
}

impl Outcome {
    pub(super) fn cells(&self) -> Vec<String> {
        let figures = [self.items, self.closed, self.open, self.red, self.yellow, self.on_time];
        std::iter::once(self.unit.clone()).chain(figures.iter().map(i64::to_string)).collect()
    }
}

impl Load {
    pub(super) fn cells(&self) -> Vec<String> {
        let figures = [self.open, self.red, self.yellow, self.unaccepted, self.waiting, self.new];
        std::iter::once(self.unit.clone()).chain(figures.iter().map(i64::to_string)).collect()
    }
}

fn cells(i: &Item, today: Day) -> Vec<String> {
    vec![
        i.marked(),
        i.title.clone(),
        i.unit.clone(),
        short_day(i.due_on, today),
        words::light(i.light).zh.to_owned(),
        words::state(i.state).zh.to_owned(),
        i.last_report_on.map_or_else(|| "未反馈".to_owned(), |on| short_day(on, today)),
    ]
}

/// The pack in our layout: a section for each part, so that each can be handed out by itself.
fn layout(v: &Values) -> Vec<Section> {
    let part = |title: String, lead: String, tables: Vec<Block>| {
        let mut blocks = vec![Block::text(Style::List, title)];
        if !lead.is_empty() {
            blocks.push(Block::text(Style::Lead, lead));
        }
        blocks.extend(tables);
        super::layout::section(Sheet::Lying, blocks)
    };
    let mut sections = Vec::new();
    if !v.get("上次清单").is_empty() {
        let title = format!("一、上次事项办理情况（{}）", v.get("上次清单"));
        let lead = format!("截至{}：{}。", v.get("制作日期"), v.get("上次合计"));
        let tables = vec![
            super::layout::listed(v, "单位办理", &figures(&RESULTS)),
            Block::text(Style::Lead, "逐项情况，逾期的在前："),
            super::layout::listed(v, "上次事项", &results()),
        ];
        sections.push(part(title, lead, tables));
    }
    if !v.rows("续办").is_empty() {
        let lead = format!("共{}项，原编号和时限不变。", v.get("续办事项数"));
        let table = super::layout::listed(v, "续办", &super::list::columns());
        sections.push(part("二、续办事项".to_owned(), lead, vec![table]));
    }
    let title = format!("三、{}", v.get("清单名称"));
    let table = super::layout::listed(v, "清单", &super::list::columns());
    sections.push(part(title, format!("新交办{}项。", v.get("本次事项数")), vec![table]));
    let table = super::layout::listed(v, "单位承担", &figures(&LOAD));
    sections.push(part("四、各单位承担情况".to_owned(), String::new(), vec![table]));
    sections
}

const RESULTS: [&str; 7] = ["单位", "交办", "办结", "在办", "逾期", "临期", "按期办结"];
const LOAD: [&str; 7] = ["单位", "在办", "逾期", "临期", "待签收", "待督查局", "本次新增"];

/// A unit and its figures.
fn figures(labels: &[&'static str; 7]) -> Vec<(&'static str, u32, Vec<usize>)> {
    let share = |n: usize| if n == 0 { 3 } else { 1 };
    labels.iter().enumerate().map(|(n, label)| (*label, share(n), vec![n])).collect()
}

fn results() -> Vec<(&'static str, u32, Vec<usize>)> {
    vec![
        ("编号", 10, vec![0]),
        ("事项", 38, vec![1]),
        ("责任单位", 14, vec![2]),
        ("完成时限", 13, vec![3]),
        ("亮灯", 8, vec![4]),
        ("状态", 9, vec![5]),
        ("最近反馈", 13, vec![6]),
    ]
}

#[cfg(test)]
mod tests {
    use super::by_unit;
    use crate::light::{Edges, Light};
    use crate::pages::Item;
    use crate::sample::assignment;

    #[test]
    fn a_unit_with_red_comes_first_and_what_was_withdrawn_is_nobodys_result() {
        let edges = Edges {
            today: "2021-11-01".parse().unwrap(),
            yellow_until: "2021-11-04".parse().unwrap(),
            confirmed_until: "2021-12-31".parse().unwrap(),
        };
        let item = |unit: &str, light| Item {
            light,
            on_time: (light == Light::Done).then_some(true),
            ..Item::of_row(assignment(), unit.to_owned(), &edges)
        };
        let items = [
            item("甲", Light::Done),
            item("甲", Light::Void),
            item("乙", Light::Yellow),
            item("丙", Light::Red),
            item("丙", Light::Waiting),
        ];
        let units = by_unit(&items);
        let shown: Vec<_> =
            units.iter().map(|u| (u.unit.as_str(), u.items, u.open, u.red, u.closed)).collect();
        assert_eq!(shown, [("丙", 2, 2, 1, 0), ("乙", 1, 1, 0, 0), ("甲", 1, 0, 0, 1)]);
        assert_eq!(units[2].on_time, 1);
    }
}
