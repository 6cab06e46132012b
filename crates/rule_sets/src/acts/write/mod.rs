//! 修改稿件: one part of a draft by a form that follows the shape of the document. What is not right
//! yet is kept and told at its field; only sending it needs everything right.
//!
//! `part` says which parts there are, `read` turns what was typed into the tree, `draw` and `inputs`
//! the tree into fields, `place` finds the field of a problem, `steps` are the buttons for rows and
//! choices, which work without script, `page` puts it together. Nobody needs to know the text, and no
//! field is written twice.

mod draw;
mod inputs;
pub(crate) mod labels;
mod page;
pub(crate) mod part;
pub(crate) mod place;
mod read;
mod steps;

use journal::{Act, Error, Result};
use kernel::{Actor, FieldError, Refusal, text};
use rules::document::node::Node;
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::draft::Draft;
use crate::{grants, known};
use page::Page;
use part::Part;
use read::Blank;
use steps::{Step, has_new_choice};

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
    let step = match asked(call) {
        Asked::Again(step) => Some(step),
        Asked::Save | Asked::Delete | Asked::Raise => None,
    };
    let names = known::names(&mut call.read().await?, call).await?;
    let about = format!("{} · {}", reached.set.code, part.title(&draft.tree).of(call.lang));
    let page = Page::of(part, draft, (names, step)).ok_or_else(Error::missing)?;
    let back = format!("{}/versions/{}", super::card(reached.set.id), version.n);
    let intro = page.intro(call, &back);
    let prepared = Prepared { about: Some(about), back, intro, ..prepared };
    Ok(prepared.draw(DOC, move |typed, lang| page.draw(typed, lang)))
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
    let is_there = part.is_new() || part.node(&draft.tree).is_some();
    if !is_there || part.seen(&draft.tree) != seen {
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
