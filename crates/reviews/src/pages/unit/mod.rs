//! The sheet of a unit, explained: total, dimensions, items, each in a sentence with its article and
//! steps, one click from the records; beside last month and the group's median; what cost most.

mod beside;
pub(crate) mod paper;
pub(crate) mod print;
mod read;

use std::sync::Arc;

use journal::{Error, Result, Tx, history};
use kernel::{Lang, Message, Text, msg, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use rules::engine::sheet::{Outcome, Said};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{Tone, flow, layout, part};
use uuid::Uuid;
use web::{Answer, Call, View, button};

use crate::library::Library;
use crate::tables::{ReviewRow, ReviewState};
use crate::{acts, computed, grants, store, words};

/// 取消评优资格.
const NOT_ELIGIBLE: Text = text!("取消评优资格", "Not eligible for awards");
/// 奖励金额.
const AMOUNTS: Text = text!("按办法计算的金额", "Amounts by the rules");

/// What stands on the sheet.
#[derive(Serialize)]
pub(crate) struct Page {
    month: ReviewMonth,
    state: ReviewState,
    unit_id: Uuid,
    unit: String,
    rule: Said,
    rule_code: String,
    group: Said,
    headline: Said,
    total: Option<String>,
    rank: Option<String>,
    ranked: usize,
    dimensions: Vec<Dimension>,
    others: Vec<Item>,
    /// Amounts of money that the rules compute.
    amounts: Vec<Item>,
    /// Vetoes that took the eligibility for awards.
    barred: Vec<Said>,
    /// The month published before.
    before: Option<Compared>,
    /// The median total of its group.
    median: Option<String>,
    sum: Said,
    costly: Vec<Said>,
    adjusted: Vec<Adjusted>,
    computation: i64,
    root: String,
    beside: beside::Beside,
    head: String,
    #[serde(skip)]
    row: ReviewRow,
    #[serde(skip)]
    is_own: bool,
}

/// A dimension.
#[derive(Serialize)]
struct Dimension {
    title: Said,
    points: Option<String>,
    items: Vec<Item>,
}

/// An item or another part.
#[derive(Serialize)]
struct Item {
    code: String,
    title: Said,
    article: Option<String>,
    /// Points, or why there are none.
    points: Option<String>,
    why: Option<Said>,
    is_disputed: bool,
    /// Whether it is an item that other units have as well.
    is_compared: bool,
    sentence: Said,
    steps: Vec<Said>,
    /// What it brought in the month published before.
    before: Option<String>,
    /// The median of its group.
    median: Option<String>,
    figures: Vec<Figure>,
}

/// A month that this one is compared with.
#[derive(Serialize)]
struct Compared {
    total: Option<String>,
    rank: Option<String>,
}

/// A figure that an item reads.
#[derive(Serialize)]
struct Figure {
    measure: String,
    /// What English pages call it.
    english: String,
    /// As it is written, with the counts of a rate.
    shown: Said,
    n: u32,
    /// Where its records are.
    href: Option<String>,
    /// By which name a unit contests it.
    cell: String,
}

impl Figure {
    fn called(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.measure,
            Lang::En => &self.english,
        }
    }
}

/// What an upheld objection changed.
#[derive(Serialize)]
struct Adjusted {
    reference: String,
    reason: String,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let page = reached(&call).await?;
    call.page(&page)
}

/// The sheet of the path, for bureau, leaders and the unit itself.
async fn reached(call: &Call) -> Result<Page> {
    let review = super::review::as_seen(call, acts::reached(call).await?);
    let unit = call.id("unit")?;
    let actor = call.actor()?;
    let is_own = actor.role.is_unit() && actor.unit == unit;
    if !is_own && !super::review::is_internal(actor.role) {
        return Err(Error::missing());
    }
    let mut tx = call.read().await?;
    let row = store::review::computation(&mut tx, &review, review.shown).await?;
    drop(tx);
    let beside = beside::read(call, (&review, &row.ok_or_else(Error::missing)?), unit).await?;
    let mut tx = call.read().await?;
    score(call, &mut tx, (&review, unit), (is_own, beside)).await
}

/// The score of a unit, explained, on a connection that is open.
async fn score(
    call: &Call,
    tx: &mut Tx,
    (review, unit): (&ReviewRow, Uuid),
    (is_own, beside): (bool, beside::Beside),
) -> Result<Page> {
    let row = store::review::computation(tx, review, review.shown).await?;
    let row = row.ok_or_else(Error::missing)?;
    let former = store::review::published_before(tx, review.jurisdiction_id, review.month).await?;
    let before = match former {
        Some(before) => store::review::computation(tx, &before, before.shown).await?,
        None => None,
    };
    let settled = store::review::measures(tx, review).await?;
    let library = Library::settled(call.measures(), &settled);
    let head = history::head(tx, review.jurisdiction_id).await?.to_string();
    let parts = computed::parts_on(tx, call.db(), &row).await?;
    let before = match before {
        Some(row) => computed::parts_on(tx, call.db(), &row).await?,
        None => Arc::new([]),
    };
    let asked = read::Asked { library: &library, review, unit, is_own };
    read::page(asked, (&parts, &before), (row.root, beside, head))
}

/// The newest sheet that was computed, of any unit: to try a form with.
async fn newest(call: &Call, tx: &mut Tx) -> Result<Option<Page>> {
    if !super::review::is_internal(call.actor()?.role) {
        return Ok(None);
    }
    let reviews = store::review::list(tx, call.actor()?, None, 1).await?;
    let Some(review) = reviews.first().filter(|r| r.computation > 0) else { return Ok(None) };
    let scores = store::review::scores(tx, review, review.shown).await?;
    let Some(first) = scores.first() else { return Ok(None) };
    let of = (review, first.unit_id);
    score(call, tx, of, (false, beside::Beside::default())).await.map(Some)
}

impl View for Page {
    fn title(&self, call: &Call) -> String {
        let month = self.month.named();
        let unit = &self.unit;
        let title = Message {
            zh: format!("{unit} {}得分表", month.zh),
            en: format!("{unit}, {}", month.en),
        };
        title.of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![
            (call.href("/reviews"), words::REVIEWS.of(call.lang).to_owned()),
            (
                call.href(&acts::card(self.month)),
                words::review(self.month).of(call.lang).to_owned(),
            ),
        ]
    }

    fn actions(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let may_contest = self.is_own && self.row.contestable(call.today()).is_some();
        let contest =
            (ButtonTone::Primary, text!("提出异议", "Contest a figure").of(lang), "message");
        let at = acts::card(self.month);
        let unit = self.unit_id;
        let panel = html! {
            (flow::menu_link(&call.href(&format!("{at}/units/{unit}/print")), "printer", text!("打印", "Print").of(lang)))
            (flow::menu_link(&call.href(&format!("{at}/units/{unit}/document")), "download", words::statement::WORD.of(lang)))
            (flow::menu_link(&call.href(&format!("/reviews/units/{unit}")), "chart", words::statement::HISTORY.of(lang)))
        };
        html! {
            @if may_contest { (button(call, grants::OBJECT, &format!("{at}/objections"), contest)) }
            (flow::dropdown(text!("文书", "Papers").of(lang), "file", panel))
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let main = html! {
            @for d in &self.dimensions { (self.dimension(d, call)) }
            (self.rest(call))
            (self.money(call))
        };
        let side = html! { (self.summary(call)) (self.not_eligible(call)) (self.dearest(call)) (self.adjustments(call)) (self.beside.show(call.lang)) };
        layout::stack_printed_lying(html! {
            (layout::split(main, side))
            (web::seal(&self.head, call))
        })
    }
}

impl Page {
    fn summary(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let place = html! {
            @match &self.rank {
                Some(rank) => (msg!("第 {rank} 名（共 {of} 个）", "{rank} of {of}", of = self.ranked).of(lang)),
                None => "—",
            }
        };
        let facts = [
            (
                words::TOTAL.of(lang),
                html! { strong { @match &self.total { Some(t) => (t), None => "—" } } },
            ),
            (words::RANK.of(lang), place),
            (text!("上期得分和名次", "Score and place before").of(lang), self.former(call)),
            (
                text!("组内得分中位", "Median of the group").of(lang),
                html! { (self.median.as_deref().unwrap_or("—")) },
            ),
            (text!("组别", "Group").of(lang), html! { (self.group.of(lang)) }),
            (text!("办法", "Rules").of(lang), html! { (self.rule.of(lang)) }),
            (words::STATE.of(lang), super::reviews::state(self.state, call)),
        ];
        let wide = [
            (text!("合计", "Sum").of(lang), html! { (self.sum.of(lang)) }),
            (text!("校验值", "Root").of(lang), html! { code class="hash" { (self.root) } }),
        ];
        part::card(
            None,
            None,
            html! { p { (self.headline.of(lang)) } (part::details(&facts)) (part::details_wide(&wide)) },
        )
    }

    /// What the month before came to.
    fn former(&self, call: &Call) -> Markup {
        let Some(before) = &self.before else { return html! { "—" } };
        let total = before.total.as_deref().unwrap_or("—");
        let Some(rank) = &before.rank else { return html! { (total) } };
        html! { (msg!("{total}，第 {rank} 名", "{total}, place {rank}").of(call.lang)) }
    }

    /// Why it is not eligible for awards.
    fn not_eligible(&self, call: &Call) -> Markup {
        if self.barred.is_empty() {
            return Markup::default();
        }
        let list = html! {
            ul class="plain" { @for why in &self.barred { li { (why.of(call.lang)) } } }
        };
        part::card(Some(NOT_ELIGIBLE.of(call.lang)), None, list)
    }

    fn dearest(&self, call: &Call) -> Markup {
        if self.costly.is_empty() {
            return Markup::default();
        }
        let lang = call.lang;
        let list = html! { ul class="plain" { @for c in &self.costly { li { (c.of(lang)) } } } };
        part::card(Some(text!("失分最多", "What cost most").of(lang)), None, list)
    }

    fn adjustments(&self, call: &Call) -> Markup {
        if self.adjusted.is_empty() {
            return Markup::default();
        }
        let lang = call.lang;
        let list = html! {
            ul class="plain" { @for a in &self.adjusted { li { (a.reference) " " (a.reason) } } }
        };
        part::card(Some(text!("调整事项", "Adjustments").of(lang)), None, list)
    }

    fn dimension(&self, d: &Dimension, call: &Call) -> Markup {
        let lang = call.lang;
        let title = match &d.points {
            Some(points) => msg!("{t}：{points} 分", "{t}: {points} points", t = d.title.of(lang)),
            None => msg!("{t}", "{t}", t = d.title.of(lang)),
        };
        self.items(title.of(lang), &d.items, call)
    }

    /// Bonuses, vetoes, marks that do not apply.
    fn rest(&self, call: &Call) -> Markup {
        if self.others.is_empty() {
            return Markup::default();
        }
        let title = text!("加分、否决与折算", "Bonuses, vetoes and marks that do not apply");
        self.items(title.of(call.lang), &self.others, call)
    }

    /// Amounts of money, apart from the total.
    fn money(&self, call: &Call) -> Markup {
        if self.amounts.is_empty() {
            return Markup::default();
        }
        self.items(AMOUNTS.of(call.lang), &self.amounts, call)
    }

    fn items(&self, title: &str, items: &[Item], call: &Call) -> Markup {
        let lang = call.lang;
        let columns = [
            Column::lead(text!("项目与依据", "Item and article").of(lang)),
            Column {
                class: "col-wide",
                ..Column::text(text!("怎样算的", "How it comes about").of(lang))
            },
            Column::number(words::TOTAL.of(lang)),
            Column::number(text!("上期", "Before").of(lang)),
            Column::number(text!("组中位", "Median").of(lang)),
        ];
        let number = |said: &Option<String>| html! { @match said { Some(s) => (s), None => "—" } };
        let row = |i: &Item| Row {
            href: None,
            tone: None,
            cells: vec![
                html! {
                    (self.item_link(i, call))
                    @if let Some(a) = &i.article { br; span class="muted" { (a) } }
                    @if i.is_disputed { " " (part::badge(Tone::Yellow, text!("有异议", "contested").of(lang))) }
                },
                self.how(i, call),
                number(&i.points),
                number(&i.before),
                number(&i.median),
            ],
        };
        let table = Table {
            caption: title,
            columns: &columns,
            rows: items.iter().map(row).collect(),
            ..Table::default()
        };
        part::card_flush(Some(title), None, table.render())
    }

    /// Its name; bureau and leaders go on to where every unit stands in it.
    fn item_link(&self, i: &Item, call: &Call) -> Markup {
        let title = i.title.of(call.lang);
        if !i.is_compared || !call.may(grants::ITEM) {
            return html! { (title) };
        }
        let (at, rule, code) = (acts::card(self.month), &self.rule_code, &i.code);
        html! { a href=(call.href(&format!("{at}/rule-sets/{rule}/items/{code}"))) { (title) } }
    }

    /// The sentence, the figures with their records, and the way to contest them.
    fn how(&self, i: &Item, call: &Call) -> Markup {
        let lang = call.lang;
        let may_contest = self.is_own && self.row.contestable(call.today()).is_some();
        html! {
            p { (i.sentence.of(lang)) }
            @if let Some(why) = &i.why { p class="muted" { (why.of(lang)) } }
            @for f in &i.figures {
                p class="muted" {
                    (f.called(lang)) " " (f.shown.of(lang)) " "
                    @if let Some(href) = &f.href {
                        a href=(call.href(href)) { (msg!("看 {n} 条记录", "{n} records", n = f.n).of(lang)) }
                    }
                    @if may_contest && call.may(grants::OBJECT) {
                        " · " a href=(contest(call, self.month, &f.cell)) { (text!("提出异议", "contest").of(lang)) }
                    }
                }
            }
        }
    }
}

fn contest(call: &Call, month: ReviewMonth, cell: &str) -> String {
    let pairs = [("cell".to_owned(), cell.to_owned())];
    call.href(&format!("{}/objections?{}", acts::card(month), web::encode_query(&pairs)))
}

/// The points of an outcome, or why there are none.
fn outcome(outcome: &Outcome, places: u32) -> (Option<String>, Option<Said>) {
    match outcome {
        Outcome::Points(points) => (Some(rules::decimal::shown(*points, places)), None),
        Outcome::NotApplicable(why) => (None, Some(why.message().into())),
        Outcome::Unscorable(why) => (None, Some(why.message().into())),
    }
}
