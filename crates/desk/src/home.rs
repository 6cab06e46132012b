//! What stands on a desk, by role. Every figure opens the records behind it.

use assignments::light::Edges;
use assignments::pages::{Item, edges};
use assignments::regions::due_changes;
use assignments::store::follow_up;
use assignments::store::load::{
    self, LineLoad, Of, Totals, UnitLoad, WaitingBatch, WaitingRequest,
};
use assignments::store::register::{self, Filter};
use assignments::store::weekly;
use assignments::tables::weekly::{WeeklyAnswerRow, WeeklyState};
use assignments::tables::{Asked, State};
use journal::{Result, Tx};
use kernel::{Actor, Day, Role, msg};
use serde::Serialize;
use slips::store::waiting::{self, WaitingSlip};
use uuid::Uuid;
use web::Call;

/// Rows of one list on a desk; the register pages through the rest.
const ROWS: i64 = 10;
/// Messages on a desk; the inbox has the rest.
const MESSAGES: i64 = 5;
/// Lines on a leader's desk: what fits a phone.
const LINES: usize = 7;

/// A desk.
#[derive(Serialize, Default)]
pub(crate) struct Home {
    /// Whether the desk is narrowed to what the caller looks after; none without an area.
    pub(crate) area: Option<Area>,
    /// The newest messages that were not read.
    pub(crate) messages: Vec<messages::inbox::Item>,
    /// The figures over what the caller is concerned with.
    pub(crate) totals: Option<Figures>,
    /// Batches that wait for the caller's signature.
    pub(crate) signatures: Vec<Waiting>,
    /// Requests for more time that wait for the caller.
    pub(crate) extensions: Vec<Waiting>,
    /// Hand-backs that wait for the caller.
    pub(crate) hand_backs: Vec<Waiting>,
    /// Slips that wait for the caller, each with what it waits for.
    pub(crate) slips: Vec<Waiting>,
    /// Objections to a review that nobody has decided, the longest waiting first.
    pub(crate) objections: Vec<Waiting>,
    /// Leaders' notes that wait to be followed up.
    pub(crate) notes: Vec<Waiting>,
    /// The newest changes of due days in what an inspection is limited to.
    pub(crate) changes: Vec<due_changes::Change>,
    /// Lists of assignments, each with the register's query behind it.
    pub(crate) lists: Vec<List>,
    /// What each unit has to do, the most overdue first.
    pub(crate) units: Vec<Load>,
    /// How each line of work stands.
    pub(crate) lines: Vec<Load>,
}

/// 联系片区: the units and lines that an officer looks after.
#[derive(Serialize)]
pub(crate) struct Area {
    /// Whether the desk shows only them; the other way is one click away.
    pub(crate) is_mine: bool,
    /// The units and lines.
    pub(crate) watched: Vec<Uuid>,
}

impl Area {
    /// The area of an officer; the desk opens there unless all is asked for.
    async fn of(call: &Call, tx: &mut Tx, actor: &Actor) -> Result<Option<Self>> {
        let watches = people::store::watches(tx, actor.jurisdiction, actor.post).await?;
        if watches.is_empty() {
            return Ok(None);
        }
        let is_mine = call.query.get("area") != Some("all");
        Ok(Some(Self { is_mine, watched: watches.into_iter().map(|w| w.target_id).collect() }))
    }
}

/// The figures on top, with the query that opens each.
#[derive(Serialize)]
pub(crate) struct Figures {
    pub(crate) open: i64,
    pub(crate) red: i64,
    pub(crate) yellow: i64,
    pub(crate) unaccepted: i64,
    pub(crate) waiting: i64,
    pub(crate) closed: i64,
    pub(crate) on_time: i64,
    /// The register's query for these records, `unit=…`.
    pub(crate) query: String,
}

/// Something that waits, and where.
#[derive(Serialize)]
pub(crate) struct Waiting {
    pub(crate) title: String,
    pub(crate) detail: String,
    /// Whether its answer is overdue.
    pub(crate) is_late: bool,
    pub(crate) href: String,
}

/// A list of assignments.
#[derive(Serialize)]
pub(crate) struct List {
    pub(crate) what: ListKind,
    pub(crate) query: String,
    pub(crate) items: Vec<Item>,
}

/// Which list it is.
#[derive(Clone, Copy, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ListKind {
    DueToday,
    Returned,
    ToAccept,
    ToSign,
    ToVerify,
    Overdue,
    DueSoon,
    Open,
}

/// One row of a table of loads.
#[derive(Serialize)]
pub(crate) struct Load {
    pub(crate) name: String,
    pub(crate) query: String,
    pub(crate) open: i64,
    pub(crate) red: i64,
    pub(crate) yellow: i64,
    pub(crate) waiting: i64,
    pub(crate) closed: i64,
    pub(crate) on_time: i64,
}

/// Reads the desk of the caller's role.
pub(crate) async fn read(call: &Call) -> Result<Home> {
    let mut tx = call.read().await?;
    let actor = *call.actor()?;
    let home = of_role(call, &mut tx, &actor).await?;
    let messages = messages::inbox::newest(call, &mut tx, MESSAGES).await?;
    Ok(Home { messages, ..home })
}

async fn of_role(call: &Call, tx: &mut Tx, actor: &Actor) -> Result<Home> {
    match actor.role {
        Role::Chief | Role::Officer => bureau(call, tx, actor).await,
        Role::Head | Role::Liaison => unit(call, tx, actor).await,
        Role::Leader | Role::Secretary => leader(call, tx, actor).await,
        Role::Department => reader(call, tx, actor).await,
        Role::Inspector => inspector(call, tx, actor).await,
        Role::Cadre
        | Role::Enterprise
        | Role::SystemAdmin
        | Role::SecurityAdmin
        | Role::AuditAdmin => Ok(Home::default()),
    }
}

async fn bureau(call: &Call, tx: &mut Tx, actor: &Actor) -> Result<Home> {
    let edges = edges(call, tx).await?;
    let today = edges.today;
    let to_verify = Filter { state: Some(State::Submitted), ..Filter::default() };
    let area = Area::of(call, tx, actor).await?;
    let (of, watched, query) = match &area {
        Some(area) if area.is_mine => (Of::Watched(actor.post), Some(actor.post), "area=mine"),
        Some(_) | None => (Of::All, None, ""),
    };
    let due_today = Filter { watched, ..due_on(today) };
    let to_verify = Filter { watched, ..to_verify };
    let with_area = |rest: &str| {
        if query.is_empty() { rest.to_owned() } else { format!("{query}&{rest}") }
    };
    let extensions = load::waiting_extensions(tx, actor, Asked::Endorsed, of).await?;
    let hand_backs = load::waiting_hand_backs(tx, actor, of).await?;
    let mut tallies = load::tallies(tx, actor, &edges, None).await?;
    if let Some(area) = area.as_ref().filter(|area| area.is_mine) {
        tallies = tallies.within(&area.watched);
    }
    let today_query = with_area(&format!("open=1&due_from={today}&due_to={today}"));
    Ok(Home {
        totals: Some(figures(tallies.totals(), query.to_owned())),
        signatures: signatures(load::awaiting_signature(tx, actor).await?),
        extensions: requests(call, tx, extensions).await?,
        hand_backs: requests(call, tx, hand_backs).await?,
        slips: slips(call, tx, actor).await?,
        notes: notes(call, tx, actor, of).await?,
        objections: objections(call, tx, actor).await?,
        lists: vec![
            list(call, tx, &edges, (ListKind::ToVerify, to_verify, with_area("state=submitted")))
                .await?,
            list(call, tx, &edges, (ListKind::DueToday, due_today, today_query)).await?,
        ],
        area,
        units: tallies.by_unit(tx).await?.into_iter().map(unit_load).collect(),
        ..Home::default()
    })
}

/// What is open and due on a day.
fn due_on(day: Day) -> Filter {
    Filter { open: Some(true), due_from: Some(day), due_to: Some(day), ..Filter::default() }
}

async fn unit(call: &Call, tx: &mut Tx, actor: &Actor) -> Result<Home> {
    use assignments::light::Light;
    let edges = edges(call, tx).await?;
    let unit = Some(actor.unit);
    let query = format!("unit={}", actor.unit);
    let to_accept = Filter { unit, state: Some(State::Issued), ..Filter::default() };
    let red = Filter { unit, light: Some(Light::Red), ..Filter::default() };
    let yellow = Filter { unit, light: Some(Light::Yellow), ..Filter::default() };
    let open = Filter { unit, open: Some(true), ..Filter::default() };
    let today = edges.today;
    let due_today = Filter { unit, ..due_on(today) };
    let due_today_query = format!("{query}&open=1&due_from={today}&due_to={today}");
    let returned = Filter { unit, returned: true, ..Filter::default() };
    let mut lists = vec![
        list(call, tx, &edges, (ListKind::DueToday, due_today, due_today_query)).await?,
        list(call, tx, &edges, (ListKind::ToAccept, to_accept, format!("{query}&state=issued")))
            .await?,
        list(call, tx, &edges, (ListKind::Returned, returned, format!("{query}&returned=1")))
            .await?,
        list(call, tx, &edges, (ListKind::Overdue, red, format!("{query}&light=red"))).await?,
        list(call, tx, &edges, (ListKind::DueSoon, yellow, format!("{query}&light=yellow")))
            .await?,
        list(call, tx, &edges, (ListKind::Open, open, format!("{query}&open=1"))).await?,
    ];
    let to_sign = register::to_sign(tx, actor, &edges, ROWS).await?;
    let items = to_sign.into_iter().map(|l| Item::of(l, &edges)).collect();
    lists.insert(
        0,
        List { what: ListKind::ToSign, query: format!("{query}&state=prepared"), items },
    );
    let mut extensions = Vec::new();
    if actor.role == Role::Head {
        let asked = load::waiting_extensions(tx, actor, Asked::Asked, Of::Unit(actor.unit)).await?;
        extensions = requests(call, tx, asked).await?;
    }
    Ok(Home {
        totals: Some(figures(load::tallies(tx, actor, &edges, unit).await?.totals(), query)),
        signatures: weekly_answers(call, tx, actor).await?,
        slips: slips(call, tx, actor).await?,
        extensions,
        lists,
        ..Home::default()
    })
}

async fn leader(call: &Call, tx: &mut Tx, actor: &Actor) -> Result<Home> {
    use assignments::light::Light;
    let edges = edges(call, tx).await?;
    let posts = [Some(actor.post), actor.on_behalf.map(|o| o.post)];
    let tallies = load::tallies(tx, actor, &edges, None).await?;
    let mut lines = tallies.by_line(tx).await?;
    // One's own line first.
    lines.sort_by_key(|l| (!posts.contains(&l.leader_post_id), l.line_id));
    lines.truncate(LINES);
    let red = Filter { light: Some(Light::Red), ..Filter::default() };
    Ok(Home {
        totals: Some(figures(tallies.totals(), String::new())),
        signatures: signatures(load::awaiting_signature(tx, actor).await?),
        slips: slips(call, tx, actor).await?,
        lists: vec![
            list(call, tx, &edges, (ListKind::Overdue, red, "light=red".to_owned())).await?,
        ],
        lines: lines.into_iter().map(line_load).collect(),
        ..Home::default()
    })
}

async fn reader(call: &Call, tx: &mut Tx, actor: &Actor) -> Result<Home> {
    use assignments::light::Light;
    let edges = edges(call, tx).await?;
    let to_verify = Filter { state: Some(State::Submitted), ..Filter::default() };
    let tallies = load::tallies(tx, actor, &edges, None).await?;
    let red = Filter { light: Some(Light::Red), ..Filter::default() };
    Ok(Home {
        totals: Some(figures(tallies.totals(), String::new())),
        lists: vec![
            list(call, tx, &edges, (ListKind::ToVerify, to_verify, "state=submitted".to_owned()))
                .await?,
            list(call, tx, &edges, (ListKind::Overdue, red, "light=red".to_owned())).await?,
        ],
        lines: tallies.by_line(tx).await?.into_iter().map(line_load).collect(),
        ..Home::default()
    })
}

/// What was done to due days comes first; then each subject of the inspection, and what is in it.
async fn inspector(call: &Call, tx: &mut Tx, actor: &Actor) -> Result<Home> {
    use assignments::light::Light;
    let edges = edges(call, tx).await?;
    let tallies = load::tallies(tx, actor, &edges, None).await?;
    let asked = assignments::pages::due_changes::lately(call);
    let red = Filter { light: Some(Light::Red), ..Filter::default() };
    Ok(Home {
        totals: Some(figures(tallies.totals(), String::new())),
        changes: due_changes::read(call, tx, &asked, ROWS).await?,
        units: tallies.by_unit(tx).await?.into_iter().map(unit_load).collect(),
        lines: tallies.by_line(tx).await?.into_iter().map(line_load).collect(),
        lists: vec![
            list(call, tx, &edges, (ListKind::Overdue, red, "light=red".to_owned())).await?,
        ],
        ..Home::default()
    })
}

async fn list(
    call: &Call,
    tx: &mut Tx,
    edges: &Edges,
    (what, filter, query): (ListKind, Filter, String),
) -> Result<List> {
    let listed = register::list(tx, call.actor()?, &filter, edges, ROWS).await?;
    Ok(List { what, query, items: listed.into_iter().map(|l| Item::of(l, edges)).collect() })
}

fn figures(t: Totals, query: String) -> Figures {
    Figures {
        open: t.open,
        red: t.red,
        yellow: t.yellow,
        unaccepted: t.unaccepted,
        waiting: t.waiting,
        closed: t.closed,
        on_time: t.on_time,
        query,
    }
}

fn signatures(batches: Vec<WaitingBatch>) -> Vec<Waiting> {
    let waiting = |b: WaitingBatch| Waiting {
        title: b.title,
        detail: String::new(),
        is_late: false,
        href: format!("/batches/{}", b.id),
    };
    batches.into_iter().map(waiting).collect()
}

/// Requests with the day by which the bureau answers, which is never the unit's delay.
async fn requests(call: &Call, tx: &mut Tx, list: Vec<WaitingRequest>) -> Result<Vec<Waiting>> {
    let (city, today) = (call.city()?, call.today());
    let Some(first) = list.iter().map(|r| r.since).min() else { return Ok(Vec::new()) };
    let calendar = people::store::calendar(tx, city, first, today.plus(90)).await?;
    let waiting = |r: WaitingRequest| {
        let by = calendar.plus(r.since, u32::try_from(r.answer_days).unwrap_or_default());
        let told = if by < today {
            msg!("应于 {by} 前答复，已超期", "was to be answered by {by}")
        } else {
            msg!("{by} 前答复", "to be answered by {by}")
        };
        Waiting {
            title: format!("{} {}", r.label, r.title),
            detail: format!("{} · {} · {}", r.unit, r.since, told.of(call.lang)),
            is_late: by < today,
            href: format!("/assignments/{}", r.assignment_id),
        }
    };
    Ok(list.into_iter().map(waiting).collect())
}

/// A weekly answer that waits for the head, or that was sent back to the liaison.
async fn weekly_answers(call: &Call, tx: &mut Tx, actor: &Actor) -> Result<Vec<Waiting>> {
    let mine = if actor.role == Role::Head { WeeklyState::Prepared } else { WeeklyState::Returned };
    let waiting = weekly::waiting(tx, actor).await?.into_iter().filter(|a| a.state == mine);
    let told = |a: WeeklyAnswerRow| {
        let monday = a.monday;
        let title = msg!("周反馈（{monday} 当周）", "Weekly answer, week of {monday}");
        let state = assignments::words::weekly_state(a.state).of(call.lang);
        Waiting {
            title: title.of(call.lang).to_owned(),
            detail: format!("{state} {}", a.words),
            is_late: false,
            href: format!("/weekly/{}", a.id),
        }
    };
    Ok(waiting.map(told).collect())
}

/// Slips to be sent, signed, issued, answered or judged.
async fn slips(call: &Call, tx: &mut Tx, actor: &Actor) -> Result<Vec<Waiting>> {
    let (lang, today) = (call.lang, call.today());
    let told = |s: WaitingSlip| {
        let (state, colour) =
            (slips::words::state(s.state).of(lang), slips::words::colour(s.colour).of(lang));
        let by = s.answer_by.map_or_else(String::new, |by| {
            format!(" · {}", msg!("{by} 前反馈", "to be answered by {by}").of(lang))
        });
        let waits_for_unit = actor.role.is_unit();
        Waiting {
            title: format!("{colour} {} {}", s.label, s.title),
            detail: format!("{state} · {}{by}", s.unit),
            is_late: waits_for_unit && s.answer_by.is_some_and(|by| by < today),
            href: format!("/slips/{}", s.id),
        }
    };
    Ok(waiting::waiting(tx, actor).await?.into_iter().map(told).collect())
}

/// What units contest, with the day by which it is decided.
async fn objections(call: &Call, tx: &mut Tx, actor: &Actor) -> Result<Vec<Waiting>> {
    let (lang, today) = (call.lang, call.today());
    let told = |o: reviews::waiting::WaitingObjection| {
        let by = msg!("{by} 前答复", "to be decided by {by}", by = o.decide_by);
        Waiting {
            title: format!("{} {}", o.label.of(lang), o.measure),
            detail: format!("{} · {}", o.unit, by.of(lang)),
            is_late: o.decide_by < today,
            href: format!("/objections/{}", o.id),
        }
    };
    Ok(reviews::waiting::objections(tx, actor).await?.into_iter().map(told).collect())
}

async fn notes(call: &Call, tx: &mut Tx, actor: &Actor, of: Of) -> Result<Vec<Waiting>> {
    let mut list = Vec::new();
    for note in follow_up::open_notes(tx, actor, of).await? {
        let post = people::store::post_title(tx, actor.jurisdiction, note.post_id).await?;
        let who = post.map_or(String::new(), |p| p.text());
        let kind = assignments::words::note(note.kind).of(call.lang);
        list.push(Waiting {
            title: format!("{} {}", note.label, note.title),
            detail: format!("{kind} · {} · {who} {}", note.words, note.at.local(&call.zone())),
            is_late: false,
            href: format!("/assignments/{}", note.assignment_id),
        });
    }
    Ok(list)
}

fn unit_load(u: UnitLoad) -> Load {
    Load {
        name: u.unit,
        query: format!("unit={}", u.unit_id),
        open: u.totals.open,
        red: u.totals.red,
        yellow: u.totals.yellow,
        waiting: u.totals.waiting,
        closed: u.totals.closed,
        on_time: u.totals.on_time,
    }
}

fn line_load(l: LineLoad) -> Load {
    Load {
        name: l.line,
        query: format!("line={}", l.line_id),
        open: l.totals.open,
        red: l.totals.red,
        yellow: l.totals.yellow,
        waiting: l.totals.waiting,
        closed: l.totals.closed,
        on_time: l.totals.on_time,
    }
}
