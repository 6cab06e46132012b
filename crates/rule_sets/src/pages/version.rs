//! One version: what it says, what is wrong in it while it is a draft, how it was checked and issued.

use assignments::tables::Verdict;
use journal::{Result, Tx};
use kernel::{Day, Lang, Message, Text, msg, text};
use maud::{Markup, html};
use measures::ReviewMonth;
use rules::document::Problem;
use serde::Serialize;
use ui::form::ButtonTone;
use ui::{Tone, flow, layout, part};
use uuid::Uuid;
use web::{Answer, Call, View, button};

use crate::draft::Draft;
use crate::regions::content::{self, Content};
use crate::regions::{outline, standing};
use crate::store::card;
use crate::tables::{RuleSetRow, VersionRow, VersionState};
use crate::{grants, known, problems, store, words};

#[derive(Serialize)]
struct Version {
    rule_set: Uuid,
    code: String,
    name: String,
    n: i64,
    state: VersionState,
    from: Option<String>,
    issued_number: Option<String>,
    issued_office: Option<String>,
    issued_on: Option<Day>,
    hash: String,
    /// Whether a text that cannot be read yet is kept beside the draft.
    has_unread_text: bool,
    problems: Vec<Told>,
    content: Option<Content>,
    checks: Vec<Check>,
    papers: Vec<Paper>,
    head: String,
    #[serde(skip)]
    row: VersionRow,
    #[serde(skip)]
    draft: Draft,
    #[serde(skip)]
    found: Vec<Problem>,
    #[serde(skip)]
    standing: (Tone, Text),
    /// The versions that it may be held against.
    others: Vec<i64>,
    #[serde(skip)]
    wrote: bool,
}

/// A problem for programs.
#[derive(Serialize)]
struct Told {
    path: String,
    zh: String,
    en: String,
}

/// A step of its check.
#[derive(Serialize)]
struct Check {
    step: i64,
    who: String,
    at: String,
    verdict: Verdict,
    note: String,
}

/// A file of the issued document.
#[derive(Serialize)]
struct Paper {
    id: Uuid,
    name: String,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let (set, row) = super::reach(&call, &mut tx).await?;
    let version = read(&call, &mut tx, (set, row)).await?;
    call.page(&version)
}

async fn read(call: &Call, tx: &mut Tx, (set, row): (RuleSetRow, VersionRow)) -> Result<Version> {
    let (city, actor) = (call.city()?, *call.actor()?);
    let versions = store::versions(tx, &actor, set.id).await?;
    let period = ReviewMonth::of(call.today()).to_string();
    let draft = Draft::stored(&row.document)?;
    let rule = super::rule_of(&row)?;
    let names = known::names(tx, call).await?;
    let found = match row.state {
        VersionState::Draft | VersionState::InCheck | VersionState::Agreed => {
            problems::of(&draft, &names)
        }
        VersionState::Adopted | VersionState::Discarded => Vec::new(),
    };
    let content = content::read(call, tx, (&row, rule.as_ref())).await?;
    let others = versions.iter().filter(|v| v.n != row.n && v.state != VersionState::Discarded);
    let told = found.iter().map(|p| Told {
        path: p.path.join("/"),
        zh: p.message.zh.clone(),
        en: p.message.en.clone(),
    });
    let papers = card::papers(tx, city, row.id).await?;
    Ok(Version {
        rule_set: set.id,
        code: set.code.clone(),
        name: row.name.clone(),
        n: row.n,
        state: row.state,
        from: row.from_period.clone(),
        issued_number: row.issued_number.clone(),
        issued_office: row.issued_office.clone(),
        issued_on: row.issued_on,
        hash: row.sha256.clone(),
        has_unread_text: !row.source.is_empty(),
        problems: told.collect(),
        content,
        checks: checks(call, tx, &row).await?,
        papers: papers.into_iter().map(|p| Paper { id: p.id, name: p.name }).collect(),
        head: journal::history::head(tx, city).await?.to_string(),
        standing: standing::of(&set, &versions, &row, &period),
        others: others.map(|v| v.n).collect(),
        wrote: card::wrote(tx, city, (row.id, actor.person)).await?,
        row,
        draft,
        found,
    })
}

/// The check as it went; for the bureau.
async fn checks(call: &Call, tx: &mut Tx, row: &VersionRow) -> Result<Vec<Check>> {
    if !call.actor()?.role.is_bureau() {
        return Ok(Vec::new());
    }
    let city = call.city()?;
    let mut all = Vec::new();
    for step in card::checks(tx, city, row.id).await? {
        let who = people::store::post_title(tx, city, step.post_id).await?;
        all.push(Check {
            step: step.step,
            who: who.map_or_else(String::new, |post| post.text()),
            at: step.at.local(&call.zone()),
            verdict: step.verdict,
            note: step.note,
        });
    }
    Ok(all)
}

impl View for Version {
    fn title(&self, call: &Call) -> String {
        let (n, name) = (self.n, &self.name);
        msg!("{name}（第 {n} 版）", "{name}, version {n}").of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        let card = (call.href(&crate::acts::card(self.rule_set)), self.code.clone());
        vec![(call.href("/rule-sets"), words::RULE_SETS.of(call.lang).to_owned()), card]
    }

    fn actions(&self, call: &Call) -> Markup {
        let (lang, at) = (call.lang, crate::acts::card(self.rule_set));
        let to = |path: &str| format!("{at}/{path}");
        let plain = |label: Text, sign| (ButtonTone::Plain, label.of(lang), sign);
        let primary = |label: Text, sign| (ButtonTone::Primary, label.of(lang), sign);
        let yaml = text!("YAML 文本", "YAML text");
        html! {
            @match self.state {
                VersionState::Draft => {
                    @if self.found.is_empty() && !self.has_unread_text {
                        (button(call, grants::SEND, &to("submission"), primary(text!("送审", "Send for check"), "send")))
                    }
                    @if !self.has_unread_text {
                        (button(call, grants::WRITE_NUMBERS, &to("numbers"), plain(text!("改数字", "Change numbers"), "edit")))
                    }
                    (button(call, grants::WRITE_YAML, &to("text"), plain(yaml, "edit")))
                    (button(call, grants::DISCARD, &to("withdrawal"), plain(text!("作废稿件", "Give up"), "x")))
                }
                VersionState::InCheck => {
                    @if self.wrote {
                        (button(call, grants::CHECK, &to("check"), plain(text!("退回", "Return"), "return")))
                    } @else {
                        (button(call, grants::CHECK, &to("check"), primary(text!("审核", "Check"), "stamp")))
                    }
                }
                VersionState::Agreed => {
                    (button(call, grants::ADOPT, &to("adoption"), primary(text!("登记印发", "Adopt"), "stamp")))
                    (button(call, grants::CHECK, &to("check"), plain(text!("退回", "Return"), "return")))
                }
                VersionState::Adopted | VersionState::Discarded => {}
            }
            (self.papers(call))
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let is_draft = self.state == VersionState::Draft && call.may(grants::WRITE);
        let main = html! {
            (self.remarks(call))
            @if is_draft && !self.found.is_empty() { (self.to_mend(call)) }
            @if let Some(content) = &self.content { (content.totals(lang)) (content.text(lang)) }
        };
        let side = html! {
            @if is_draft {
                @let title = text!("逐部分修改", "Write part by part").of(lang);
                (part::card(Some(title), None, outline::outline(call, (self.rule_set, &self.draft.tree), &self.found)))
            }
            (part::card(None, None, self.facts(call)))
            @if let Some(content) = &self.content { (content.findings(lang)) }
            @if !self.checks.is_empty() { (self.checked(lang)) }
        };
        layout::stack(html! { (layout::split(main, side)) (web::seal(&self.head, call)) })
    }
}

impl Version {
    fn papers(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let at = |path: &str| call.href(&format!("{}/{path}", super::address(&self.row)));
        // Another room tries it out; where it is not there, nobody is led to it.
        let trial = format!("{}/trial", super::address(&self.row));
        let panel = html! {
            @if self.content.is_some() && call.opens(&trial) {
                (flow::menu_link(&at("trial"), "chart", text!("在往月试算", "Try it on past months").of(lang)))
            }
            @if self.content.is_some() {
                (flow::menu_link(&at("print"), "printer", text!("办法全文（打印）", "The text, to print").of(lang)))
                (flow::menu_link(&at("document"), "file", text!("办法全文（Word）", "The text, for Word").of(lang)))
            }
            (flow::menu_link(&at("yaml"), "download", text!("下载 YAML", "Download YAML").of(lang)))
            @for n in &self.others {
                (flow::menu_link(&at(&format!("difference?with={n}")), "git-branch", msg!("与第 {n} 版比较", "Difference from version {n}").of(lang)))
            }
        };
        flow::dropdown(text!("文书与比较", "Papers").of(lang), "file", panel)
    }

    /// What has to be known before anything else.
    fn remarks(&self, call: &Call) -> Markup {
        let lang = call.lang;
        html! {
            @if self.has_unread_text {
                (part::alert(Tone::Yellow, html! {
                    (text!(
                        "存有一份还有错误的 YAML 文本，下面是上次可读的内容。",
                        "A YAML text with mistakes is kept; below is what could be read last."
                    ).of(lang)) " "
                    @if call.may(grants::WRITE_YAML) {
                        a href=(call.href(&format!("{}/text", crate::acts::card(self.rule_set)))) { (text!("改好它", "Mend it").of(lang)) }
                    }
                }))
            }
            @if self.state == VersionState::InCheck && self.wrote {
                (part::alert(Tone::Blue, html! { (text!(
                    "您参与了起草，由另一名负责人审核；要改的，可以退回。",
                    "You wrote it, so another chief agrees to it; you may return it to have it changed."
                ).of(lang)) }))
            }
        }
    }

    fn to_mend(&self, call: &Call) -> Markup {
        let count = self.found.len();
        let title = msg!("送审前要改好（{count} 处）", "To be mended before it is sent ({count})");
        let list = outline::problems(call, (self.rule_set, &self.draft.tree), &self.found);
        part::card(Some(title.of(call.lang)), None, list)
    }

    fn facts(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let dash = |text: Option<&str>| html! { (text.unwrap_or("—")) };
        let mut facts = vec![
            (words::STATE.of(lang), standing::badge(self.standing, lang)),
            (words::CODE.of(lang), html! { (self.code) }),
            (words::FROM.of(lang), html! { (from(self.from.as_deref(), lang)) }),
        ];
        if self.state == VersionState::Adopted {
            facts.push((words::ISSUED_NUMBER.of(lang), dash(self.issued_number.as_deref())));
            facts.push((words::ISSUED_OFFICE.of(lang), dash(self.issued_office.as_deref())));
            facts.push((
                words::ISSUED_ON.of(lang),
                html! { @if let Some(on) = self.issued_on { (on) } },
            ));
            let files = html! {
                @for paper in &self.papers {
                    a href=(call.href(&format!("{}/papers/{}", super::address(&self.row), paper.id))) download { (ui::icon("paperclip")) " " (paper.name) } " "
                }
            };
            facts.push((text!("印发件", "Issued document").of(lang), files));
            facts.push((text!("内容摘要值", "Hash").of(lang), html! { code { (self.hash) } }));
        }
        part::details(&facts)
    }

    fn checked(&self, lang: Lang) -> Markup {
        let word = |c: &Check| match (c.step, c.verdict) {
            (0, _) => (Tone::Blue, text!("送审", "Sent")),
            (_, Verdict::Agreed) => (Tone::Green, text!("同意", "Agreed")),
            (_, Verdict::Returned) => (Tone::Yellow, text!("退回", "Returned")),
        };
        let body = html! {
            ul class="plain" {
                @for c in &self.checks {
                    @let (tone, label) = word(c);
                    li {
                        (part::badge(tone, label.of(lang))) " " (c.who) " " span class="muted" { (c.at) }
                        @if !c.note.is_empty() { br; (c.note) }
                    }
                }
            }
        };
        part::card(Some(text!("审核", "Check").of(lang)), None, body)
    }
}

/// A period with its days.
fn from(period: Option<&str>, lang: Lang) -> String {
    let Some(period) = period else { return "—".to_owned() };
    let told: Message = match period.parse().map(ReviewMonth::days) {
        Ok((first, _)) => msg!("{period}（{first} 起）", "{period}, from {first}"),
        Err(_) => msg!("{period}", "{period}"),
    };
    told.of(lang).to_owned()
}
