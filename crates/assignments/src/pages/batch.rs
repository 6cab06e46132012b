//! One batch: its items with n lights each, its sign-off chain, its proposals.

use std::collections::BTreeMap;

use journal::{Error, Result, Tx};
use kernel::{Role, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::flow::{Step, StepState};
use ui::form::{self, ButtonTone};
use ui::table::{Column, Row, Table};
use ui::{flow, layout, part};
use uuid::Uuid;
use web::{Answer, Call, View};

use super::Item;
use crate::acts::batch_page;
use crate::batch::Chain;
use crate::regions::issued_copies::{self, IssuedCopy};
use crate::regions::overview::{self, Overview};
use crate::regions::papers;
use crate::store::register::{self, Filter};
use crate::tables::{BatchKind, BatchRow, BatchState, ProposalState, UnitRole, Verdict};
use crate::{grants, store, words};

/// The form to which the lines belong while they are dragged.
const ORDER_FORM: &str = "order";

/// Assignments of one batch shown at most.
const ITEMS_MAX: i64 = 5_000;

#[derive(Serialize)]
struct Page {
    id: Uuid,
    title: String,
    kind: BatchKind,
    state: BatchState,
    number: Option<i64>,
    issued_on: Option<kernel::Day>,
    lines: Vec<Line>,
    chain: Vec<ChainStep>,
    proposals: Vec<Proposal>,
    issued_copies: Vec<IssuedCopy>,
    overview: Option<Overview>,
    head: String,
    #[serde(skip)]
    may_sign: bool,
    #[serde(skip)]
    takes_proposals: bool,
    /// Until when, as a moment in the city.
    proposals_until: Option<String>,
    /// For those who sign: what became of it, from the journal.
    history: Vec<people::history::Event>,
}

#[derive(Serialize)]
struct Line {
    id: Uuid,
    number: Option<i64>,
    label: String,
    title: String,
    carried: bool,
    due: String,
    units: Vec<String>,
    co_units: Vec<String>,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct ChainStep {
    role: Role,
    signed_by: Option<String>,
    detail: String,
    on_paper: bool,
    scans: Vec<Scan>,
    state: &'static str,
}

#[derive(Serialize)]
struct Scan {
    id: Uuid,
    name: String,
}

#[derive(Serialize)]
struct Proposal {
    id: Uuid,
    unit: String,
    title: String,
    demand: String,
    state: ProposalState,
    answer: String,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let (city, id) = (call.city()?, call.id("id")?);
    let batch = store::batch::batch(&mut tx, city, id).await?;
    let drafts = call.may(grants::SIGN_BATCH);
    let takes_proposals = batch.state == BatchState::Draft
        && batch.proposals_until.is_some_and(|until| call.now() < until);
    if !drafts && batch.state != BatchState::Issued && !takes_proposals {
        return Err(Error::missing());
    }
    let chain = crate::acts::send_batch::chain(&mut tx, city, batch.kind).await?;
    let wanted = chain.role(batch.step);
    let actor = *call.actor()?;
    let shows_lines = drafts || batch.state == BatchState::Issued;
    let overview = if drafts {
        let edges = super::edges(&call, &mut tx).await?;
        Some(overview::read(&call, &mut tx, &batch, &edges).await?)
    } else {
        None
    };
    let page = Page {
        id,
        title: batch.title.clone(),
        kind: batch.kind,
        state: batch.state,
        number: batch.number,
        issued_on: batch.issued_on,
        lines: if shows_lines { lines(&call, &mut tx, &batch).await? } else { Vec::new() },
        chain: if drafts { steps(&call, &mut tx, (&batch, &chain)).await? } else { Vec::new() },
        proposals: proposals(&call, &mut tx, id).await?,
        issued_copies: issued_copies::read(&call, &mut tx, &batch).await?,
        overview,
        head: journal::history::head(&mut tx, city).await?.to_string(),
        may_sign: batch.state == BatchState::InReview
            && wanted.is_some_and(|role| crate::sign_off::signs(&actor, role)),
        takes_proposals,
        proposals_until: batch.proposals_until.map(|until| until.local(&call.zone())),
        history: if drafts { people::history::read(&call, &mut tx, id).await? } else { Vec::new() },
    };
    call.page(&page)
}

async fn lines(call: &Call, tx: &mut Tx, batch: &BatchRow) -> Result<Vec<Line>> {
    let city = call.city()?;
    let edges = super::edges(call, tx).await?;
    let filter = Filter { batch: Some(batch.id), ..Filter::default() };
    let listed = register::list(tx, call.actor()?, &filter, &edges, ITEMS_MAX).await?;
    let mut items: BTreeMap<Uuid, Vec<Item>> = BTreeMap::new();
    for l in listed {
        // A carried item stands under its own line, a new one under the line it came from.
        let key = if l.row.batch_id == batch.id { l.row.line_id } else { l.row.id };
        if l.row.parent_id.is_none() {
            items.entry(key).or_default().push(Item::of(l, &edges));
        }
    }
    let units = store::batch::named_units(tx, city, batch.id).await?;
    let mut lines = Vec::new();
    for row in store::batch::lines(tx, city, batch.id).await? {
        let names = |wanted: fn(UnitRole) -> bool| {
            let of_line = units.iter().filter(|u| u.line_id == row.id && wanted(u.role));
            of_line.map(|u| u.name.clone()).collect::<Vec<_>>()
        };
        let mut items = items.remove(&row.carried_id.unwrap_or(row.id)).unwrap_or_default();
        if items.is_empty() && !call.may(grants::SIGN_BATCH) {
            // Restricted to others: the register showed none of its assignments.
            continue;
        }
        items.sort_by_key(|i| i.id);
        let label = match (row.carried_id, batch.number, row.number) {
            (Some(_), ..) => items.first().map_or(String::new(), |i| i.label.clone()),
            (None, Some(batch_number), Some(n)) => batch.marked(batch_number, n),
            _ => String::new(),
        };
        let due = match (row.due_on, row.due_days) {
            _ if !items.is_empty() => items.first().map_or(String::new(), |i| i.due_on.to_string()),
            (Some(day), _) => day.to_string(),
            (None, Some(n)) => words::after_issue(n).of(call.lang).to_owned(),
            (None, None) => String::new(),
        };
        lines.push(Line {
            id: row.id,
            number: row.number,
            label,
            title: row.title.clone(),
            carried: row.carried_id.is_some(),
            due,
            units: if row.carried_id.is_some() {
                items.iter().map(|i| i.unit.clone()).collect()
            } else {
                names(|r| r != UnitRole::Co)
            },
            co_units: names(|r| r == UnitRole::Co),
            items,
        });
    }
    Ok(lines)
}

async fn steps(
    call: &Call,
    tx: &mut Tx,
    (batch, chain): (&BatchRow, &Chain),
) -> Result<Vec<ChainStep>> {
    let city = call.city()?;
    let sign_offs = store::batch::sign_offs(tx, city, batch.id).await?;
    let scans = store::batch::scans(tx, city, batch.id).await?;
    let mut steps = Vec::new();
    for (n, role) in (0_i64..).zip(&chain.0) {
        let signed = sign_offs.iter().rev().find(|s| s.step == n);
        let mut step = ChainStep {
            role: *role,
            signed_by: None,
            detail: String::new(),
            on_paper: false,
            scans: Vec::new(),
            state: if batch.step == n { "current" } else { "waiting" },
        };
        if let Some(s) = signed {
            let signer = s.paper_signer_post_id.unwrap_or(s.post_id);
            let post = people::store::post_title(tx, city, signer).await?;
            let when =
                s.paper_signed_on.map_or_else(|| s.at.local(&call.zone()), |d| d.to_string());
            step.on_paper = s.paper_signer_post_id.is_some();
            let own = scans.iter().filter(|scan| scan.sign_off_id == s.id);
            step.scans = own.map(|scan| Scan { id: scan.id, name: scan.name.clone() }).collect();
            let paper = if step.on_paper {
                text!("（纸质签发）", " (on paper)").of(call.lang)
            } else {
                ""
            };
            let who = post.map_or(String::new(), |p| p.text());
            step.detail = format!("{who} {when}{paper} {}", s.note);
            step.signed_by = Some(who);
            if n < batch.step || batch.state == BatchState::Issued {
                step.state = "done";
            } else if s.verdict == Verdict::Returned {
                step.state = "returned";
            }
        }
        steps.push(step);
    }
    Ok(steps)
}

async fn proposals(call: &Call, tx: &mut Tx, batch: Uuid) -> Result<Vec<Proposal>> {
    let (city, actor) = (call.city()?, call.actor()?);
    let all = actor.role.is_bureau();
    let mut list = Vec::new();
    for p in store::batch::proposals(tx, city, batch).await? {
        if !all && p.unit_id != actor.unit {
            continue;
        }
        let unit = people::store::unit(tx, city, p.unit_id).await?;
        list.push(Proposal {
            id: p.id,
            unit: unit.map_or(String::new(), |u| u.short_name),
            title: p.title,
            demand: p.demand,
            state: p.state,
            answer: p.answer,
        });
    }
    Ok(list)
}

impl View for Page {
    fn title(&self, _call: &Call) -> String {
        self.title.clone()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/batches"), words::BATCHES.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        let at = |path: &str| format!("{}/{path}", batch_page(self.id));
        let lang = call.lang;
        let go = |permission, path: &str, tone, label: kernel::Text, sign| {
            web::button(call, permission, &at(path), (tone, label.of(lang), sign))
        };
        let (primary, plain) = (ButtonTone::Primary, ButtonTone::Plain);
        let acts = match self.state {
            BatchState::Draft => html! {
                (go(grants::WRITE_LINE, "lines/new", plain, text!("添加事项", "Add an item"), "plus"))
                (go(grants::CARRY, "carried/new", plain, text!("列入续办", "Carry over"), "refresh"))
                (go(grants::SEND_BATCH, "review", primary, text!("送审", "Send for sign-off"), "check"))
                @if self.takes_proposals {
                    (go(grants::PROPOSE, "proposals/new", primary, text!("提出建议", "Propose"), "message"))
                }
            },
            BatchState::InReview => html! {
                (go(grants::PAPER_SIGN, "paper-signature", plain, text!("登记纸质签发", "Enter paper signature"), "stamp"))
                @if self.may_sign {
                    (go(grants::SIGN_BATCH, "signature", primary, text!("审签", "Sign"), "check"))
                }
            },
            BatchState::Approved => {
                go(grants::ISSUE_BATCH, "issue", primary, text!("印发", "Issue"), "stamp")
            }
            BatchState::Issued => go(
                grants::KEEP_ISSUED_COPY,
                "issued-copies",
                plain,
                text!("归存印发件", "Keep the sealed scan"),
                "upload",
            ),
        };
        html! { (acts) (papers::of_batch(call, self.id)) }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        layout::stack_printed_lying(html! {
            @if let Some(until) = self.proposals_until.as_ref().filter(|_| self.takes_proposals) {
                p class="muted" { (text!("征集建议截止：", "Proposals until: ").of(lang)) (until) }
            }
            @if !self.chain.is_empty() { (part::card(None, None, self.chain(call))) }
            (part::card_flush(Some(text!("事项清单", "Items").of(lang)), None, self.table(call)))
            @if let Some(overview) = &self.overview { (overview::show(overview, call)) }
            @if !self.proposals.is_empty() {
                (part::card_flush(Some(text!("征集建议", "Proposals").of(lang)), None, self.proposed(call)))
            }
            (issued_copies::card(call, self.id, &self.issued_copies))
            @if !self.history.is_empty() { (people::history::card(call, &self.history)) }
            (web::seal(&self.head, call))
        })
    }
}

impl Page {
    fn chain(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let steps: Vec<_> = self
            .chain
            .iter()
            .map(|s| Step {
                label: people::words::role(s.role, lang),
                detail: &s.detail,
                state: match s.state {
                    "done" => StepState::Done,
                    "current" => StepState::Current,
                    "returned" => StepState::Refused,
                    _ => StepState::Waiting,
                },
            })
            .collect();
        let scans: Vec<_> = self.chain.iter().flat_map(|s| &s.scans).collect();
        html! {
            (flow::steps(lang, &steps))
            @if !scans.is_empty() {
                p { (text!("签发件扫描：", "Signed papers: ").of(lang))
                    @for scan in scans {
                        a href=(call.href(&format!("{}/scans/{}", batch_page(self.id), scan.id))) { (scan.name) } " "
                    }
                }
            }
        }
    }

    fn table(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.lines.is_empty() {
            return part::empty_state(
                "list-check",
                text!("清单还没有事项", "No item yet").of(lang),
                text!(
                    "添加事项，或把未办结的事项列入续办。",
                    "Add items, or carry open ones over."
                )
                .of(lang),
                None,
            );
        }
        let editable = self.state == BatchState::Draft && call.may(grants::WRITE_LINE);
        let rows = (1..).zip(&self.lines).map(|(n, line)| self.row(call, (n, line)));
        let mut columns = vec![
            Column::fit(text!("编号", "No.").of(lang)),
            Column::lead(text!("事项", "Item").of(lang)),
            Column::text(text!("责任单位", "Units").of(lang)),
            Column::fit(text!("时限", "Due").of(lang)),
            Column::text(text!("进度", "Lights").of(lang)),
        ];
        if editable {
            columns.push(Column::actions(text!("操作", "Actions").of(lang)));
        }
        let caption = text!("事项清单", "Items").of(lang);
        let sortable = editable.then_some(ORDER_FORM);
        let table = Table {
            caption,
            columns: &columns,
            rows: rows.collect(),
            sortable,
            ..Table::default()
        };
        html! {
            (table.render())
            @if editable { (self.order_form(call)) }
        }
    }

    /// Keeps an order that was dragged; shown by the script once something was moved.
    fn order_form(&self, call: &Call) -> Markup {
        let token = call.visitor().and_then(|c| c.form_token.as_deref()).unwrap_or_default();
        let action = call.href(&format!("{}/order", batch_page(self.id)));
        let save = text!("保存顺序", "Keep this order").of(call.lang);
        form::order_form(ORDER_FORM, (&action, token, &Uuid::now_v7().to_string()), save)
    }

    fn row(&self, call: &Call, (n, line): (usize, &Line)) -> Row {
        let lang = call.lang;
        let editable = self.state == BatchState::Draft && call.may(grants::WRITE_LINE);
        let href = match (line.items.as_slice(), editable && !line.carried) {
            (_, true) => Some(format!("{}/lines/{}", batch_page(self.id), line.id)),
            ([only], false) => Some(crate::acts::card(only.id)),
            _ => None,
        };
        let mut cells = vec![
            html! { @if line.label.is_empty() { (n) } @else { (line.label) } },
            html! {
                (line.title)
                @if line.carried { " " (part::badge(ui::Tone::Blue, text!("续办", "carried").of(lang))) }
            },
            html! {
                (line.units.join("、"))
                @if !line.co_units.is_empty() {
                    span class="muted" { " " (text!("配合：", "with ").of(lang)) (line.co_units.join("、")) }
                }
            },
            html! {
                @match line.items.first() { Some(item) => (item.due(lang)), None => (line.due) }
            },
            layout::cluster(html! {
                @for item in &line.items {
                    a href=(call.href(&crate::acts::card(item.id))) title=(item.unit) {
                        (super::light(item.light, lang))
                        @if line.items.len() > 1 { " " (item.unit) }
                    }
                }
            }),
        ];
        if editable {
            cells.push(self.tools(call, line));
        }
        Row { href: href.map(|h| call.href(&h)), tone: None, cells }
    }

    /// Up, down, remove: without script as well.
    fn tools(&self, call: &Call, line: &Line) -> Markup {
        let lang = call.lang;
        let token = call.visitor().and_then(|c| c.form_token.as_deref()).unwrap_or_default();
        let action = call.href(&format!("{}/order", batch_page(self.id)));
        let key = Uuid::now_v7().to_string();
        let one = |name: &str, label: kernel::Text, sign: &str| {
            html! {
                span class="only-plain" {
                    (form::form_post(&action, token, &key, html! {
                        (form::hidden(name, &line.id.to_string()))
                        (form::icon_submit(ButtonTone::Ghost, label.of(lang), sign))
                    }))
                }
            }
        };
        let removal = format!("{}/lines/{}/removal", batch_page(self.id), line.id);
        layout::cluster(html! {
            (form::ordered(ORDER_FORM, "lines", &line.id.to_string()))
            (one("up", text!("上移", "Move up"), "arrow-up"))
            (one("down", text!("下移", "Move down"), "arrow-down"))
            (web::button(call, grants::REMOVE_LINE, &removal,
                (ButtonTone::Ghost, text!("删除", "Remove").of(lang), "trash")))
        })
    }

    fn proposed(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let rows = self.proposals.iter().map(|p| Row {
            href: None,
            tone: None,
            cells: vec![
                html! { (p.unit) },
                html! { (p.title) br; span class="muted" { (p.demand) } },
                html! {
                    (words::proposal(p.state).of(lang)) " " (p.answer)
                    @if p.state == ProposalState::Open {
                        (web::button(call, grants::ANSWER_PROPOSAL, &format!("/proposals/{}/answer", p.id),
                            (ButtonTone::Plain, text!("答复", "Answer").of(lang), "message")))
                    }
                },
            ],
        });
        let columns = [
            Column::fit(text!("单位", "Unit").of(lang)),
            Column::text(text!("建议", "Proposal").of(lang)),
            Column::text(text!("办理", "Answer").of(lang)),
        ];
        let caption = text!("征集建议", "Proposals").of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }
}
