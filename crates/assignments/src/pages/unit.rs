//! One unit: what it has to do, the overdue first.

use journal::{Error, Result};
use kernel::{Lang, Role, text};
use maud::{Markup, html};
use serde::Serialize;
use ui::figure::StatCard;
use ui::form::ButtonTone;
use ui::table::{Column, Table};
use ui::{Tone, figure, layout, part, table};
use uuid::Uuid;
use web::{Answer, Call, View};

use super::Item;
use crate::grants;
use crate::store::register::{self, Filter};
use crate::store::{self, load};
use crate::words;

/// Open assignments shown at most; the register pages through the rest.
const SHOWN: i64 = 100;

#[derive(Serialize)]
struct UnitPage {
    id: Uuid,
    name: String,
    open: i64,
    red: i64,
    yellow: i64,
    waiting: i64,
    closed: i64,
    on_time: i64,
    items: Vec<Item>,
    /// 报结审签流程: who signs what it submits, in their order; any head when empty.
    signing: Vec<String>,
    #[serde(skip)]
    sets_signing: bool,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city, id) = (call.read().await?, call.city()?, call.id("id")?);
    let unit = people::store::unit(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let edges = super::edges(&call, &mut tx).await?;
    let totals = load::tallies(&mut tx, call.actor()?, &edges, Some(id)).await?.totals();
    let filter = Filter { unit: Some(id), open: Some(true), ..Filter::default() };
    let listed = register::list(&mut tx, call.actor()?, &filter, &edges, SHOWN).await?;
    let actor = *call.actor()?;
    let mut signing = Vec::new();
    for post in store::signing_posts(&mut tx, city, id, call.today()).await?.posts {
        let title = people::store::post_title(&mut tx, city, post).await?;
        signing.extend(title.map(|p| p.text()));
    }
    call.page(&UnitPage {
        id,
        name: unit.name,
        open: totals.open,
        red: totals.red,
        yellow: totals.yellow,
        waiting: totals.waiting,
        closed: totals.closed,
        on_time: totals.on_time,
        signing,
        sets_signing: actor.role == Role::Chief || actor.unit == id,
        items: listed.into_iter().map(|l| Item::of(l, &edges)).collect(),
    })
}

impl View for UnitPage {
    fn title(&self, _call: &Call) -> String {
        self.name.clone()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/assignments"), words::REGISTER.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        let path = format!("/units/{}/signing-posts", self.id);
        let label = text!("报结审签流程", "Who signs submissions").of(call.lang);
        html! {
            (crate::regions::papers::of_unit(call, self.id, self.red))
            @if self.sets_signing {
                (web::button(call, grants::SET_SIGNING_POSTS, &path, (ButtonTone::Plain, label, "stamp")))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let register =
            |light: &str| call.href(&format!("/assignments?unit={}&open=1&light={light}", self.id));
        let rate = kernel::msg!(
            "按期 {on_time} / 办结 {closed}",
            "{on_time} in time of {closed} closed",
            on_time = self.on_time,
            closed = self.closed
        );
        let stat = |label: kernel::Text, value: i64, tone, href: &str, icon| {
            let value = value.to_string();
            figure::stat(&StatCard {
                label: label.of(lang),
                value: &value,
                unit: text!("项", "").of(lang),
                note: None,
                tone,
                href: Some(href),
                icon,
            })
        };
        layout::stack(html! {
            (layout::grid(layout::Columns::Four, html! {
                (stat(text!("在办", "Open"), self.open, Tone::Blue, &register(""), "list-check"))
                (stat(text!("逾期", "Overdue"), self.red, Tone::Red, &register("red"), "alert"))
                (stat(text!("临期", "Due soon"), self.yellow, Tone::Yellow, &register("yellow"), "clock"))
                (stat(text!("待督查局", "Awaits the bureau"), self.waiting, Tone::Grey, &register("waiting"), "hourglass"))
            }))
            p class="muted" { (rate.of(lang)) br; (self.signed_by(lang)) }
            (part::card_flush(Some(text!("在办事项", "Open assignments").of(lang)), None, self.list(call)))
        })
    }
}

impl UnitPage {
    fn signed_by(&self, lang: Lang) -> String {
        let label = text!("报结审签：", "Submissions are signed by: ").of(lang);
        if self.signing.is_empty() {
            return format!("{label}{}", text!("单位负责人", "a head of the unit").of(lang));
        }
        format!("{label}{}", self.signing.join(" → "))
    }

    fn list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.items.is_empty() {
            return part::empty_state(
                "circle-check",
                text!("没有在办事项", "Nothing open").of(lang),
                text!("新的交办会列在这里。", "What is issued appears here.").of(lang),
                None,
            );
        }
        let columns = [
            Column::fit(text!("编号", "No.").of(lang)),
            Column::lead(text!("事项", "Assignment").of(lang)),
            Column::text(text!("责任单位", "Unit").of(lang)),
            Column::fit(text!("状态", "State").of(lang)),
            Column::fit(text!("完成时限", "Due").of(lang)),
            Column::fit(text!("亮灯", "Light").of(lang)),
        ];
        let rows = self.items.iter().map(|i| super::register::row(call, i)).collect();
        let caption = text!("在办事项", "Open assignments").of(lang);
        table::list(Table { caption, columns: &columns, rows, ..Table::default() }.render())
    }
}
