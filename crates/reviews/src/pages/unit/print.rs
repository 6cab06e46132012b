//! The sheet of a unit as it is printed and signed: every item in a sentence with its figures, what
//! objections changed, total and place, and the root and head by which it can be checked.

use journal::{Result, Tx};
use kernel::{Text, msg, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{layout, part};
use web::{Answer, Call, Sheet, View};

use super::{Item, Page};
use crate::tables::ReviewState;
use crate::{acts, grants, store, words};

/// The printed sheet.
#[derive(Serialize)]
pub(super) struct Printed {
    #[serde(flatten)]
    pub(super) page: Page,
    /// 市发展改革委's full name.
    pub(super) full: String,
    /// The head of the journal at the freeze, or now.
    pub(super) sealed_at: String,
    /// Whether this is what was frozen.
    pub(super) is_frozen: bool,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    call.page(&printed(&call).await?)
}

/// The sheet of the path with what stands on paper only.
pub(super) async fn printed(call: &Call) -> Result<Printed> {
    let page = super::reached(call).await?;
    on_paper(call, &mut call.read().await?, page).await
}

/// The newest sheet there is, to try a form with.
pub(super) async fn newest(call: &Call, tx: &mut Tx) -> Result<Option<Printed>> {
    match super::newest(call, tx).await? {
        Some(page) => on_paper(call, tx, page).await.map(Some),
        None => Ok(None),
    }
}

async fn on_paper(call: &Call, tx: &mut Tx, page: Page) -> Result<Printed> {
    let unit = people::store::unit(tx, call.city()?, page.unit_id).await?;
    let freezes = store::review::freezes(tx, &page.row).await?;
    let frozen = freezes.iter().find(|f| f.root == page.root);
    Ok(Printed {
        full: unit.map_or_else(|| page.unit.clone(), |u| u.name),
        sealed_at: frozen.map_or_else(|| page.head.clone(), |f| f.head.clone()),
        is_frozen: frozen.is_some(),
        page,
    })
}

impl Printed {
    /// What a telephone reads from the sheet: letters that a code holds most closely.
    pub(super) fn code(&self) -> String {
        let (month, root, head) = (self.page.month, &self.page.root, &self.sealed_at);
        format!("DUBAN {month} ROOT {root} HEAD {head}").to_uppercase()
    }

    /// 公示稿 until it is frozen.
    pub(super) const fn stage(&self) -> Text {
        if self.is_frozen {
            return text!("封存稿", "As frozen");
        }
        match self.page.state {
            ReviewState::Open => text!("未公示", "Not shown yet"),
            ReviewState::Draft => text!("公示稿", "Draft"),
            ReviewState::Frozen
            | ReviewState::Submitted
            | ReviewState::Approved
            | ReviewState::Published => text!("更正中", "Being corrected"),
        }
    }
}

impl View for Printed {
    fn title(&self, call: &Call) -> String {
        self.page.title(call)
    }

    fn sheet(&self, call: &Call) -> Option<Sheet> {
        let at = format!("{}/units/{}", acts::card(self.page.month), self.page.unit_id);
        let word = (ButtonTone::Plain, words::statement::WORD.of(call.lang), "download");
        Some(Sheet {
            paper: ui::shell::Paper::Upright,
            back: call.href(&at),
            tools: web::button(call, grants::UNIT_DOCUMENT, &format!("{at}/document"), word),
            seal: format!("{} · {}", self.page.head, call.now().local(&call.zone())),
        })
    }

    fn body(&self, call: &Call) -> Markup {
        layout::stack(html! {
            (self.summary(call))
            @for d in &self.page.dimensions {
                h2 { (d.title.of(call.lang)) @if let Some(points) = &d.points { "　" (points) } }
                (items(&d.items, d.title.of(call.lang), call))
            }
            @if !self.page.others.is_empty() {
                @let title = text!("加分、否决与折算", "Bonuses, vetoes and marks that do not apply").of(call.lang);
                h2 { (title) }
                (items(&self.page.others, title, call))
            }
            @if !self.page.amounts.is_empty() {
                h2 { (super::AMOUNTS.of(call.lang)) }
                (items(&self.page.amounts, super::AMOUNTS.of(call.lang), call))
            }
            @if !self.page.barred.is_empty() {
                h2 { (super::NOT_ELIGIBLE.of(call.lang)) }
                ul class="plain" { @for why in &self.page.barred { li { (why.of(call.lang)) } } }
            }
            (self.adjusted(call))
            (self.signature(call))
        })
    }
}

impl Printed {
    fn summary(&self, call: &Call) -> Markup {
        let (lang, p) = (call.lang, &self.page);
        let place = match &p.rank {
            Some(rank) => msg!("第 {rank} 名（共 {of} 个）", "{rank} of {of}", of = p.ranked)
                .of(lang)
                .to_owned(),
            None => "—".to_owned(),
        };
        html! {
            (part::details(&[
                (words::UNIT.of(lang), html! { (self.full) }),
                (words::MONTH.of(lang), html! { (p.month.name(lang)) }),
                (text!("组别", "Group").of(lang), html! { (p.group.of(lang)) }),
                (text!("办法", "Rules").of(lang), html! { (p.rule.of(lang)) }),
                (words::TOTAL.of(lang), html! { strong { (p.total.as_deref().unwrap_or("—")) } }),
                (words::RANK.of(lang), html! { (place) }),
                (words::STATE.of(lang), html! { (self.stage().of(lang)) }),
            ]))
            p { (p.sum.of(lang)) }
        }
    }

    fn adjusted(&self, call: &Call) -> Markup {
        let lang = call.lang;
        html! {
            h2 { (text!("调整事项", "Adjustments").of(lang)) }
            @if self.page.adjusted.is_empty() {
                p { (text!("无", "None").of(lang)) }
            } @else {
                ul class="plain" {
                    @for a in &self.page.adjusted { li { (a.reference) " " (a.reason) } }
                }
            }
        }
    }

    fn signature(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let label =
            text!("校验值和日志封印的二维码", "The root and the journal's head as a QR code");
        html! {
            p { (text!("单位负责人（签字）：____________　　　　年　　月　　日", "Head of the unit (signature): ____________    Date: ____________").of(lang)) }
            (ui::qr::code(&self.code(), label.of(lang)))
            p { (text!("校验值", "Root").of(lang)) " " code class="hash" { (self.page.root) } }
            p { (text!("日志封印", "Journal's head").of(lang)) " " code class="hash" { (self.sealed_at) } }
        }
    }
}

fn items(items: &[Item], caption: &str, call: &Call) -> Markup {
    let lang = call.lang;
    let columns = [
        Column::lead(text!("项目与依据", "Item and article").of(lang)),
        Column {
            class: "col-wide",
            ..Column::text(text!("怎样算的", "How it comes about").of(lang))
        },
        Column::number(words::TOTAL.of(lang)),
    ];
    let row = |i: &Item| Row {
        href: None,
        tone: None,
        cells: vec![
            html! { (i.title.of(lang)) @if let Some(a) = &i.article { br; span class="muted" { (a) } } },
            html! {
                p { (i.sentence.of(lang)) }
                @if let Some(why) = &i.why { p class="muted" { (why.of(lang)) } }
                @for f in &i.figures {
                    p class="muted" { (f.called(lang)) " " (f.shown.of(lang)) " " (msg!("（{n}条记录）", " ({n} records)", n = f.n).of(lang)) }
                }
            },
            html! { (i.points.as_deref().unwrap_or("—")) },
        ],
    };
    let rows = items.iter().map(row).collect();
    Table { caption, columns: &columns, rows, ..Table::default() }.render()
}
