//! One slip: what it says, where it stands, what may be done now, its answers and its history.

use assignments::tables::Verdict;
use journal::{Result, Tx};
use kernel::{Day, Role, Text, msg, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::{Tone, layout, part};
use uuid::Uuid;
use web::{Answer, Call, View};

use super::slips::Item;
use crate::store::{self, card, list::Listed};
use crate::tables::{Signer, SlipRow, SlipSignRow};
use crate::{grants, regions, words};

/// What stands on the card.
#[derive(Serialize)]
pub(crate) struct Card {
    pub(crate) slip: Item,
    pub(crate) unit_full: String,
    pub(crate) finding: String,
    pub(crate) demand: String,
    pub(crate) consequence: String,
    pub(crate) copies: String,
    pub(crate) answer_days: i64,
    pub(crate) signer: Signer,
    pub(crate) item_due_on: Day,
    pub(crate) item_first_due_on: Day,
    pub(crate) signs: Vec<Sign>,
    pub(crate) answers: Vec<Replied>,
    pub(crate) history: Vec<people::history::Event>,
    pub(crate) head: String,
    #[serde(skip)]
    pub(crate) row: SlipRow,
    /// The post that sent it for signature.
    #[serde(skip)]
    pub(crate) drafter: Option<Uuid>,
}

/// A signature of its chain.
#[derive(Serialize)]
pub(crate) struct Sign {
    pub(crate) step: i64,
    pub(crate) who: String,
    pub(crate) at: String,
    pub(crate) on: Day,
    pub(crate) verdict: Verdict,
    pub(crate) note: String,
    pub(crate) on_paper: bool,
    pub(crate) scans: Vec<Scan>,
}

/// The scan of a paper that was signed.
#[derive(Serialize)]
pub(crate) struct Scan {
    pub(crate) id: Uuid,
    pub(crate) name: String,
}

/// An answer.
#[derive(Serialize)]
pub(crate) struct Replied {
    pub(crate) at: String,
    pub(crate) who: String,
    pub(crate) done: String,
    pub(crate) responsible: String,
    pub(crate) signed_by: Option<String>,
    pub(crate) signed_on: Option<Day>,
    pub(crate) verdict: Option<Verdict>,
    pub(crate) words: String,
    pub(crate) judged_by: Option<String>,
    pub(crate) judged_on: Option<Day>,
    pub(crate) on_paper: bool,
    pub(crate) scans: Vec<Scan>,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let row = store::reach(&mut tx, call.actor()?, call.id("id")?).await?;
    let card = read(&call, &mut tx, row).await?;
    call.page(&card)
}

async fn post(call: &Call, tx: &mut Tx, id: Option<Uuid>) -> Result<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    Ok(people::store::post_title(tx, call.city()?, id).await?.map(|p| p.text()))
}

/// The card of a slip that was reached, as far as the caller may see it.
pub(crate) async fn read(call: &Call, tx: &mut Tx, row: SlipRow) -> Result<Card> {
    let city = call.city()?;
    let item = assignments::store::assignment(tx, city, row.assignment_id).await?;
    let unit = people::store::unit(tx, city, row.unit_id).await?;
    let (short, unit_full) = unit.map_or_else(Default::default, |u| (u.short_name, u.name));
    let signed = card::signs(tx, city, row.id).await?;
    let drafter = signed.iter().rev().find(|s| s.step == 0).map(|s| s.post_id);
    let signs = signs(call, tx, signed).await?;
    let answers = answers(call, tx, &row).await?;
    let listed = Listed { row: row.clone(), item: item.label, title: item.title, unit: short };
    Ok(Card {
        slip: Item::of(listed, call.today()),
        unit_full,
        finding: row.finding.clone(),
        demand: row.demand.clone(),
        consequence: row.consequence.clone(),
        copies: row.copies.clone(),
        answer_days: row.answer_days,
        signer: row.signer,
        item_due_on: item.due_on,
        item_first_due_on: item.first_due_on,
        signs,
        answers,
        history: people::history::read(call, tx, row.id).await?,
        head: journal::history::head(tx, city).await?.to_string(),
        row,
        drafter,
    })
}

/// The chain as it was signed; the papers for those who sign.
async fn signs(call: &Call, tx: &mut Tx, signed: Vec<SlipSignRow>) -> Result<Vec<Sign>> {
    let (city, zone) = (call.city()?, call.zone());
    let scans = match signed.first() {
        Some(s) if call.may(grants::SCAN) => card::sign_scans(tx, city, s.slip_id).await?,
        Some(_) | None => Vec::new(),
    };
    let mut signs = Vec::new();
    for s in signed {
        let signer = s.paper_signer_post_id.unwrap_or(s.post_id);
        let own = scans.iter().filter(|scan| scan.sign_id == s.id);
        signs.push(Sign {
            step: s.step,
            who: post(call, tx, Some(signer)).await?.unwrap_or_default(),
            at: s.paper_signed_on.map_or_else(|| s.at.local(&zone), |on| on.to_string()),
            on: s.paper_signed_on.unwrap_or_else(|| s.at.day(&zone)),
            verdict: s.verdict,
            note: s.note,
            on_paper: s.paper_signer_post_id.is_some(),
            scans: own.map(|scan| Scan { id: scan.id, name: scan.name.clone() }).collect(),
        });
    }
    Ok(signs)
}

/// The answers. What the liaison writes is the unit's own until its head has signed it.
async fn answers(call: &Call, tx: &mut Tx, row: &SlipRow) -> Result<Vec<Replied>> {
    let (city, is_own) = (call.city()?, call.actor()?.role.is_unit());
    let scans = card::answer_scans(tx, city, row.id).await?;
    let mut answers = Vec::new();
    for a in card::answers(tx, city, row.id).await? {
        if a.signed_on.is_none() && !is_own {
            continue;
        }
        let own = scans.iter().filter(|scan| scan.answer_id == a.id);
        answers.push(Replied {
            at: a.written_at.local(&call.zone()),
            who: post(call, tx, Some(a.post_id)).await?.unwrap_or_default(),
            done: a.done,
            responsible: post(call, tx, Some(a.responsible_post_id)).await?.unwrap_or_default(),
            signed_by: post(call, tx, a.paper_signer_post_id.or(a.signed_by)).await?,
            signed_on: a.signed_on,
            verdict: a.verdict,
            words: a.words,
            judged_by: post(call, tx, a.judged_by).await?,
            judged_on: a.judged_on,
            on_paper: a.paper_signer_post_id.is_some(),
            scans: own.map(|scan| Scan { id: scan.id, name: scan.name.clone() }).collect(),
        });
    }
    Ok(answers)
}

impl View for Card {
    fn title(&self, call: &Call) -> String {
        let colour = words::colour(self.slip.colour).of(call.lang);
        match self.slip.issued_on {
            Some(_) => format!("{} · {colour}", self.slip.label),
            None => msg!("{colour}督办单（未编号）", "{colour} slip, not numbered yet")
                .of(call.lang)
                .to_owned(),
        }
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/slips"), words::SLIPS.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        regions::acts::possible(call, self)
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let main = html! {
            (part::card(None, None, self.summary(call)))
            @for a in &self.answers { (part::card(Some(text!("回执", "Answer").of(lang)), None, answer(a, call, self.row.id))) }
        };
        let signs = html! {
            ul class="plain" {
                @for s in &self.signs { li { (sign(s, call, self.row.id)) } }
            }
        };
        let side = html! {
            @if !self.signs.is_empty() {
                (part::card(Some(text!("审签", "Signatures").of(lang)), None, signs))
            }
            (self.timeline(call))
        };
        layout::stack(html! { (layout::split(main, side)) (web::seal(&self.head, call)) })
    }
}

impl Card {
    fn summary(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let s = &self.slip;
        let shown = |t: Text, m: Markup| (t.of(lang), m);
        let item = call.href(&format!("/assignments/{}", s.assignment_id));
        let deadline = html! {
            @match s.answer_by {
                Some(by) => { time datetime=(by) { (by) } },
                None => (words::after_issue(self.answer_days).of(lang)),
            }
            @if s.is_late { " " (part::badge(Tone::Red, words::LATE.of(lang))) }
        };
        let mut facts = vec![
            shown(
                words::STATE,
                html! { (super::colour(s.colour, lang)) " " (part::badge(Tone::Grey, words::state(s.state).of(lang))) },
            ),
            shown(words::UNIT, html! { (s.unit) }),
            shown(words::ITEM, html! { a href=(item) { (s.item) " " (s.title) } }),
            shown(
                words::ITEM_DUE,
                html! {
                    (self.row.item_due_on)
                    @if self.row.item_due_on != self.item_first_due_on {
                        " " span class="muted" { (msg!("（原定 {on}）", "(first {on})", on = self.item_first_due_on).of(lang)) }
                    }
                },
            ),
            shown(words::ANSWER_BY, deadline),
            shown(text!("签发层级", "Signed by"), html! { (words::signer(self.signer).of(lang)) }),
            shown(words::DRAFTED_BY, html! { (words::drafted_by(&self.row).of(lang)) }),
        ];
        if let Some(time) = s.time {
            facts.push(shown(
                words::TIME,
                html! { (msg!("第 {time} 次", "No. {time} for this item").of(lang)) },
            ));
        }
        if !self.copies.is_empty() {
            facts.push(shown(words::COPIES, html! { (self.copies) }));
        }
        html! {
            (part::details(&facts))
            (part::details_wide(&[
                (words::FINDING.of(lang), paragraphs(&self.finding)),
                (words::DEMAND.of(lang), paragraphs(&self.demand)),
                (words::CONSEQUENCE.of(lang), paragraphs(&self.consequence)),
            ]))
        }
    }

    /// The history, each event by the name of its fact.
    fn timeline(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let program = text!("程序", "The program").of(lang);
        let entries: Vec<_> = self
            .history
            .iter()
            .filter(|e| e.kind != "subjects_linked")
            .map(|e| ui::flow::TimelineEntry {
                when: &e.at,
                who: e.who.as_deref().unwrap_or(program),
                title: event(call, e),
                body: e.reason.as_ref().map(|r| html! { (r) }),
                tone: Tone::Grey,
            })
            .collect();
        let title = text!("办理过程", "History").of(lang);
        part::card(Some(title), None, ui::flow::timeline(&entries))
    }
}

/// How an event is called: a signature by its act, as there are several ways; else by its fact.
fn event<'a>(call: &Call, e: &'a people::history::Event) -> &'a str {
    let is_by_act = e.kind == "slip_signed" || e.act == grants::PAPER_ANSWER.0;
    let by_act = if is_by_act { call.act_title(&e.act) } else { None };
    by_act.or_else(|| words::fact(&e.kind)).map_or(e.kind.as_str(), |t| t.of(call.lang))
}

/// A text of several lines.
pub(crate) fn paragraphs(text: &str) -> Markup {
    html! { @for line in text.lines() { p { (line) } } }
}

fn sign(s: &Sign, call: &Call, slip: Uuid) -> Markup {
    let lang = call.lang;
    let role = match s.step {
        0 => text!("送审", "Sent"),
        _ if s.verdict == Verdict::Agreed => words::AGREE,
        _ => words::SEND_BACK,
    };
    html! {
        (part::badge(if s.verdict == Verdict::Agreed { Tone::Green } else { Tone::Yellow }, role.of(lang)))
        " " (s.who) " " span class="muted" { (s.at) }
        @if s.on_paper { (on_paper(call)) }
        (papers(call, &format!("{}/scans", crate::acts::card(slip)), &s.scans))
        @if !s.note.is_empty() { br; (s.note) }
    }
}

/// The mark of a signature on paper.
fn on_paper(call: &Call) -> Markup {
    html! { " " (part::badge(Tone::Grey, text!("纸质签发", "on paper").of(call.lang))) }
}

/// The scans of a paper, below an address.
fn papers(call: &Call, at: &str, scans: &[Scan]) -> Markup {
    html! {
        @for scan in scans {
            " " a href=(call.href(&format!("{at}/{}", scan.id))) download { (ui::icon("paperclip")) " " (scan.name) }
        }
    }
}

fn answer(a: &Replied, call: &Call, slip: Uuid) -> Markup {
    let lang = call.lang;
    let signed = html! {
        @match (&a.signed_by, a.signed_on) {
            (Some(who), Some(on)) => {
                (who) " " (on)
                @if a.on_paper { (on_paper(call)) }
                (papers(call, &format!("{}/answers/scans", crate::acts::card(slip)), &a.scans))
            },
            _ => (text!("待单位负责人签发", "Awaits the head").of(lang)),
        }
    };
    let mut facts = vec![
        (words::RESPONSIBLE.of(lang), html! { (a.responsible) }),
        (text!("填写", "Written by").of(lang), html! { (a.who) " " (a.at) }),
        (text!("单位负责人签发", "Signed by").of(lang), signed),
    ];
    if let Some(verdict) = a.verdict {
        let (tone, label) = match verdict {
            Verdict::Agreed => (Tone::Green, words::ACCEPT),
            Verdict::Returned => (Tone::Yellow, words::SEND_BACK),
        };
        let by = a.judged_by.as_deref().unwrap_or_default();
        facts.push((
            text!("核实意见", "Judged").of(lang),
            html! {
                (part::badge(tone, label.of(lang))) " " (a.words)
                " " span class="muted" { (by) @if let Some(on) = a.judged_on { " " (on) } }
            },
        ));
    }
    html! {
        (part::details_wide(&[(words::DONE.of(lang), paragraphs(&a.done))]))
        (part::details(&facts))
    }
}

/// Whether the caller acts for the unit of a slip.
pub(crate) fn is_of_unit(call: &Call, slip: &SlipRow, role: Option<Role>) -> bool {
    call.visitor().is_some_and(|c| {
        c.actor.role.is_unit()
            && c.actor.unit == slip.unit_id
            && role.is_none_or(|role| c.actor.role == role)
    })
}
