//! One rule set: its versions, what it says now, what may be done, its history.

use journal::{Result, Tx};
use kernel::{Day, Text, msg, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{Tone, layout, part};
use uuid::Uuid;
use web::{Answer, Call, View, button};

use crate::regions::content::{self, Content};
use crate::regions::standing;
use crate::tables::{RuleSetRow, VersionRow, VersionState};
use crate::{grants, store, words};

#[derive(Serialize)]
struct Card {
    id: Uuid,
    code: String,
    name: String,
    ended_from: Option<String>,
    versions: Vec<Listed>,
    /// The number of the version whose text is shown: the one in force, or else the newest.
    shown: Option<i64>,
    content: Option<Content>,
    history: Vec<people::history::Event>,
    head: String,
    #[serde(skip)]
    set: RuleSetRow,
    #[serde(skip)]
    open: Option<VersionRow>,
    #[serde(skip)]
    has_adopted: bool,
}

/// A version as the card lists it.
#[derive(Serialize)]
struct Listed {
    n: i64,
    state: VersionState,
    from: Option<String>,
    issued_number: Option<String>,
    issued_office: Option<String>,
    issued_on: Option<Day>,
    hash: String,
    #[serde(skip)]
    standing: (Tone, Text),
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let (city, actor) = (call.city()?, *call.actor()?);
    let set = store::reach(&mut tx, &actor, call.id("id")?).await?;
    let versions = store::versions(&mut tx, &actor, set.id).await?;
    let period = ReviewMonth::of(call.today()).to_string();
    let held = store::holding(&set, &versions, &period).or_else(|| store::adopted_last(&versions));
    let shown = held.or_else(|| versions.first());
    let rule = shown.map(super::rule_of).transpose()?.flatten();
    let content = match shown {
        Some(version) => content::read(&call, &mut tx, (version, rule.as_ref())).await?,
        None => None,
    };
    let listed = versions.iter().map(|v| Listed {
        n: v.n,
        state: v.state,
        from: v.from_period.clone(),
        issued_number: v.issued_number.clone(),
        issued_office: v.issued_office.clone(),
        issued_on: v.issued_on,
        hash: v.sha256.clone(),
        standing: standing::of(&set, &versions, v, &period),
    });
    let history = history(&call, &mut tx, set.id).await?;
    call.page(&Card {
        id: set.id,
        code: set.code.clone(),
        name: set.name.clone(),
        ended_from: set.ended_from.clone(),
        versions: listed.collect(),
        shown: shown.map(|v| v.n),
        content,
        history,
        head: journal::history::head(&mut tx, city).await?.to_string(),
        open: store::open(&versions).cloned(),
        has_adopted: store::adopted_last(&versions).is_some(),
        set,
    })
}

/// What became of it. Who sees no drafts sees nothing of how they came about; what one person wrote
/// at a stretch is one event.
async fn history(call: &Call, tx: &mut Tx, set: Uuid) -> Result<Vec<people::history::Event>> {
    let mut all = people::history::read(call, tx, set).await?;
    if !call.actor()?.role.is_bureau() {
        all.retain(|e| matches!(e.kind.as_str(), "rule_set_adopted" | "rule_set_ended"));
    }
    all.dedup_by(|later, first| later.act == first.act && later.who == first.who);
    Ok(all)
}

impl View for Card {
    fn title(&self, call: &Call) -> String {
        match &self.ended_from {
            Some(from) => {
                msg!("{name}（自 {from} 起废止）", "{name} (ended from {from})", name = self.name)
            }
            None => msg!("{name}", "{name}", name = self.name),
        }
        .of(call.lang)
        .to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/rule-sets"), words::RULE_SETS.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        let (lang, at) = (call.lang, crate::acts::card(self.id));
        let plain = |label: Text, sign| (ButtonTone::Plain, label.of(lang), sign);
        if let Some(open) = &self.open {
            let n = open.n;
            let label = msg!("第 {n} 版稿件", "The draft of version {n}");
            let to = format!("{at}/versions/{n}");
            return button(call, grants::BEGIN, &to, (ButtonTone::Primary, label.of(lang), "edit"));
        }
        if self.set.ended_from.is_some() || !self.has_adopted {
            return Markup::default();
        }
        let next = text!("起草下一版", "Begin the next version");
        html! {
            (button(call, grants::BEGIN_VERSION, &format!("{at}/versions/new"), plain(next, "edit")))
            (button(call, grants::END, &format!("{at}/ending"), plain(text!("废止", "End"), "x")))
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let main = html! {
            (part::card_flush(Some(text!("版本", "Versions").of(lang)), None, self.table(call)))
            @if let Some(content) = &self.content { (content.totals(lang)) (content.text(lang)) }
        };
        let side = html! {
            @if let Some(content) = &self.content { (content.findings(lang)) }
            (people::history::card(call, &self.history))
        };
        layout::stack(html! { (layout::split(main, side)) (web::seal(&self.head, call)) })
    }
}

impl Card {
    fn table(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let columns = [
            Column::lead(words::VERSION.of(lang)),
            Column::fit(words::STATE.of(lang)),
            Column::fit(words::FROM.of(lang)),
            Column::text(words::ISSUED_BY.of(lang)),
            Column::fit(words::ISSUED_ON.of(lang)),
        ];
        let rows = self.versions.iter().map(|v| {
            let n = v.n;
            let by = [v.issued_office.as_deref(), v.issued_number.as_deref()];
            let by: Vec<&str> = by.into_iter().flatten().collect();
            let is_shown = self.shown == Some(n) && self.versions.len() > 1;
            Row {
                href: Some(call.href(&format!("{}/versions/{n}", crate::acts::card(self.id)))),
                tone: is_shown.then_some(Tone::Green),
                cells: vec![
                    html! { (msg!("第 {n} 版", "Version {n}").of(lang)) },
                    standing::badge(v.standing, lang),
                    html! { (v.from.as_deref().unwrap_or("—")) },
                    html! { @if by.is_empty() { "—" } @else { (by.join(" ")) } },
                    html! { @if let Some(on) = v.issued_on { time datetime=(on) { (on) } } @else { "—" } },
                ],
            }
        });
        let caption = text!("版本", "Versions").of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }
}
