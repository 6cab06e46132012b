//! 修改稿件: one part of a draft by a form that follows the shape of the document. What is not right
//! yet is kept and told at its field; only sending it needs everything right.

use std::collections::BTreeMap;

use journal::{Act, Error, Result};
use kernel::{Actor, FieldError, Message, Refusal, text};
use maud::{Markup, html};
use rules::document::node::Node;
use ui::form as fields;
use ui::{Tone, part as parts};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Raw, Route, Values};

use crate::draft::Draft;
use crate::form::draw::Form;
use crate::form::part::Part;
use crate::form::read::{self, Blank};
use crate::form::steps::{Step, has_new_choice};
use crate::form::{labels, place};
use crate::known::{self, Known};
use crate::{grants, problems, tree};

/// The one field: a part of the document, everything in it below this name.
const DOC: &str = "doc";
/// The part as it was when the form was drawn, so that nobody writes over another's words unseen.
const SEEN: &str = "doc.~seen";

const FIELDS: &[FieldSpec] = &[FieldSpec::part(DOC, text!("内容", "What it says"))];

pub(crate) fn route() -> Route {
    Route::act("/rule-sets/{id}/draft/{part}", grants::WRITE, text!("修改稿件", "Write the draft"))
        .help(text!(
            "带 * 的必须填写。没填完也可以保存，送审前改好即可。",
            "What is marked * must be filled in before it is sent; it can be saved unfinished."
        ))
        .submit(text!("保存", "Save"))
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(write)
}

/// What the button that was pressed asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    Save,
    Delete,
    Raise,
    Again(Step),
}

fn asked(call: &Call) -> Asked {
    match call.body.get("do") {
        Some("delete") => Asked::Delete,
        Some("raise") => Asked::Raise,
        Some(step) => Step::of(step).map_or(Asked::Save, Asked::Again),
        // Another choice has other fields, which were not shown yet.
        None if has_new_choice(&call.body) => Asked::Again(Step::Choose),
        None => Asked::Save,
    }
}

fn part_of(call: &Call) -> Result<Part> {
    Part::of(call.param("part")?).ok_or_else(Error::missing)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let part = part_of(call)?;
    let (prepared, reached) = super::about(call).await?;
    let version = reached.open()?;
    version.may_be_written()?;
    let draft = Draft::stored(&version.document)?;
    let node = part.node(&draft.tree);
    if node.is_none() && !part.is_new() {
        return Err(Error::missing());
    }
    let names = known::names(&mut call.read().await?, call).await?;
    let told = told(&draft, &problems::of(&draft, &names), part);
    let lang = call.lang;
    let title = part.title(&draft.tree);
    let about = format!("{} · {}", reached.set.code, title.of(lang));
    let step = match asked(call) {
        Asked::Again(step) => Some(step),
        Asked::Save | Asked::Delete | Asked::Raise => None,
    };
    let is_unasked = step.is_some() && call.body.get("do").is_none();
    let page = Page {
        part,
        node,
        tree: draft.tree,
        known: names.measures.unwrap_or_default(),
        told,
        step,
    };
    let intro = html! {
        @if is_unasked {
            (parts::alert(Tone::Blue, html! { (text!(
                "换了选项，请填写下面新的内容后再保存。",
                "Another choice was made: fill in its fields, then save."
            ).of(lang)) }))
        }
        (page.summary(lang))
    };
    let back = format!("{}/versions/{}", super::card(reached.set.id), version.n);
    let prepared = Prepared { about: Some(about), back, intro, ..prepared };
    Ok(prepared.draw(DOC, move |typed, lang| page.draw(typed, lang)))
}

/// What is wrong in a part, by the name of the field.
fn told(draft: &Draft, all: &[rules::document::Problem], part: Part) -> BTreeMap<String, Message> {
    let mut told: BTreeMap<String, Message> = BTreeMap::new();
    for problem in all {
        let (of, name) = place::of(&draft.tree, &problem.path);
        if of != part {
            continue;
        }
        let message = problem.message.clone();
        told.entry(name)
            .and_modify(|m| {
                m.zh = format!("{}；{}", m.zh, message.zh);
                m.en = format!("{}; {}", m.en, message.en);
            })
            .or_insert(message);
    }
    told
}

/// The form of one part.
struct Page {
    part: Part,
    node: Option<Node>,
    tree: Node,
    known: Vec<Known>,
    told: BTreeMap<String, Message>,
    step: Option<Step>,
}

impl Page {
    /// What is wrong, each linked to its field; what was just typed is not judged yet.
    fn summary(&self, lang: kernel::Lang) -> Markup {
        if self.step.is_some() || self.part.is_new() {
            return Markup::default();
        }
        let lines: Vec<_> = self
            .told
            .iter()
            .map(|(name, message)| {
                let last = name.split('.').rfind(|w| !matches!(*w, "v" | "doc"));
                let word = last.filter(|w| w.parse::<usize>().is_err()).unwrap_or_default();
                let label = labels::label(word).of(lang).to_owned();
                (format!("f-{name}"), label, message.of(lang).to_owned())
            })
            .collect();
        fields::error_summary(lang, &lines)
    }

    fn draw(&self, typed: Option<&Raw>, lang: kernel::Lang) -> Markup {
        let all = self.part.fields();
        let stepped =
            typed.map(|raw| self.step.as_ref().map_or_else(|| raw.clone(), |s| s.apply(raw)));
        let node = match &stepped {
            Some(raw) => read::fields(&all, DOC, (raw, Blank::Kept)),
            None => self.node.clone().unwrap_or_else(|| Node::map(Vec::new())),
        };
        let none = BTreeMap::new();
        let is_judged = typed.is_none() && !self.part.is_new();
        let form = Form {
            lang,
            known: &self.known,
            groups: groups(&self.tree),
            of_group: of_group(&self.tree),
            problems: if is_judged { &self.told } else { &none },
            raw: stepped.as_ref(),
        };
        // A step keeps what was seen at first; whoever was told of another's change has seen it now.
        let seen = stepped.as_ref().filter(|_| self.step.is_some()).and_then(|raw| raw.get(SEEN));
        let seen = seen.map_or_else(|| seen_now(self.node.as_ref()), str::to_owned);
        html! {
            (form.part(&all, &node, DOC))
            (fields::hidden(SEEN, &seen))
            @if !self.part.is_new() && matches!(self.part, Part::Item(..) | Part::Entry(..)) {
                div class="cluster" {
                    (fields::step(text!("上移一位（先保存）", "Move up (save first)").of(lang), "arrow-up", ("raise", "content")))
                    (fields::step(text!("删除此项", "Remove this").of(lang), "x", ("delete", "content")))
                }
            }
        }
    }
}

/// The hash of a part as it stands.
fn seen_now(node: Option<&Node>) -> String {
    node.map_or_else(String::new, |node| journal::hex(&journal::sm3(&[node.json().as_bytes()])))
}

fn groups(tree: &Node) -> Vec<(String, String)> {
    let groups = tree::entries(tree::get(tree, "组别")).iter();
    let of = |group: &Node, key: &str| tree::text(tree::get(group, key)).to_owned();
    groups.map(|g| (of(g, "代码"), format!("{} {}", of(g, "代码"), of(g, "名称")))).collect()
}

fn of_group(tree: &Node) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for group in tree::entries(tree::get(tree, "组别")) {
        for (name, _) in tree::fields(tree::get(group, "参数")) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    names
}

async fn write(call: Call, _values: Values) -> Result<Done> {
    let (part, asked) = (part_of(&call)?, asked(&call));
    if matches!(asked, Asked::Again(_)) {
        return Ok(Done::again());
    }
    let node = match asked {
        Asked::Delete => None,
        Asked::Save | Asked::Raise | Asked::Again(_) => {
            Some(read::fields(&part.fields(), DOC, (&call.body, Blank::Dropped)))
        }
    };
    let seen = call.body.get(SEEN).unwrap_or_default().to_owned();
    let (id, actor, is_raised) = (call.id("id")?, *call.actor()?, asked == Asked::Raise);
    let mut now = None;
    let receipt = call
        .act(async |act| {
            now = Some(run(act, &actor, (id, part, &seen), (node, is_raised)).await?);
            Ok(())
        })
        .await?;
    // What was sent twice was done once, and leads to the same page.
    let (n, part) = match now {
        Some(now) => now,
        None => {
            let versions = crate::store::versions(&mut call.read().await?, &actor, id).await?;
            (versions.first().map_or(1, |v| v.n), part)
        }
    };
    let gone = asked == Asked::Delete || part.is_new();
    let at = super::card(id);
    let to =
        if gone { format!("{at}/versions/{n}") } else { format!("{at}/draft/{}", part.word()) };
    Ok(Done::to(to, receipt))
}

/// Puts a part into the draft; answers the number of the version and where the part stands.
async fn run(
    act: &mut Act,
    actor: &Actor,
    (id, part, seen): (Uuid, Part, &str),
    (node, is_raised): (Option<Node>, bool),
) -> Result<(i64, Part)> {
    let reached = super::reach(act, actor, id).await?;
    let version = reached.open()?;
    version.may_be_written()?;
    if !version.source.is_empty() {
        return Err(crate::version::unread().into());
    }
    let mut draft = Draft::stored(&version.document)?;
    let present = part.node(&draft.tree);
    if (present.is_none() && !part.is_new()) || seen_now(present.as_ref()) != seen {
        let told = text!(
            "这一部分刚被他人改过，没有保存。下面是您填写的内容：核对后再次保存，将以您的为准。",
            "Somebody else has just changed this part; nothing was saved. Below is what you wrote: saving again writes over theirs."
        );
        return Err(Refusal::Fields(vec![FieldError {
            field: String::new(),
            message: told.into(),
        }])
        .into());
    }
    let mut placed = part.put(&mut draft.tree, node).ok_or_else(Error::missing)?;
    if is_raised {
        placed = placed.raise(&mut draft.tree).unwrap_or(placed);
    }
    let draft = draft.named((&reached.set.code, version.n), act.today());
    let fact = version.write(&part.word(), draft.written(String::new(), actor.person)?)?;
    act.record(super::rule_set(id), &fact).await?;
    Ok((version.n, placed))
}
