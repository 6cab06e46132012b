//! What a room offers: pages and acts.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use journal::{Boxed, Receipt, Result};
use kernel::{Lang, Message, Permission, Text};
use maud::Markup;
use serde::Serialize;

use crate::answer::Answer;
use crate::body::Raw;
use crate::call::Call;
use crate::fields::FieldSpec;
use crate::param::Param;
use crate::values::Values;

/// A page's typed value: one struct, two representations.
pub trait View: Serialize {
    /// The page's title.
    fn title(&self, call: &Call) -> String;

    /// Buttons beside the title.
    fn actions(&self, _call: &Call) -> Markup {
        Markup::default()
    }

    /// The way back up: address and title of each level.
    fn trail(&self, _call: &Call) -> Vec<(String, String)> {
        Vec::new()
    }

    /// The page's content.
    fn body(&self, call: &Call) -> Markup;

    /// Whether an act still goes on here, or went wrong: it is not said to be done.
    fn is_unfinished(&self, _act: &str) -> bool {
        false
    }

    /// The sheet of paper that the page is, when it is made to be printed.
    fn sheet(&self, _call: &Call) -> Option<Sheet> {
        None
    }
}

/// A page that is a sheet of paper: no navigation around it.
pub struct Sheet {
    /// How the paper lies.
    pub paper: ui::shell::Paper,
    /// Where "back" leads.
    pub back: String,
    /// More beside the button that prints.
    pub tools: Markup,
    /// The line at its foot by which it can be checked.
    pub seal: String,
}

/// How many new things wait for the caller of a page; a few more than are shown is enough.
pub type Count = for<'a> fn(&'a Call) -> Boxed<'a, Result<i64>>;

/// A page: reads, changes nothing.
pub struct Page {
    pub(crate) path: &'static str,
    pub(crate) permission: Option<Permission>,
    pub(crate) summary: Text,
    pub(crate) bell: Option<Count>,
    pub(crate) query: &'static [Param],
    pub(crate) handle: Box<dyn Fn(Call) -> Boxed<'static, Result<Answer>> + Send + Sync>,
}

/// One of the choices of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The value that is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// Under which heading, when there are many.
    pub group: Option<String>,
}

impl Choice {
    /// A choice without a heading.
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into(), group: None }
    }

    /// Under a heading.
    #[must_use]
    pub fn under(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }
}

/// Draws a part of a document: from what was typed, or from what is kept when nothing was.
pub type Draw = Box<dyn Fn(Option<&Raw>, Lang) -> Markup + Send + Sync>;

/// What an act's form shows besides its fields.
#[derive(Default)]
pub struct Prepared {
    /// What the act is about, `14-3 推进产业园用地报批`.
    pub about: Option<String>,
    /// Shown above the fields.
    pub intro: Markup,
    /// The choices of the fields that offer some.
    pub choices: BTreeMap<&'static str, Vec<Choice>>,
    /// What the fields hold at first.
    pub values: BTreeMap<&'static str, Vec<String>>,
    /// What the rows of tables hold at first: by field, each row's cells by column.
    pub rows: BTreeMap<&'static str, Vec<BTreeMap<&'static str, String>>>,
    /// What each row of a table is about, shown before its cells; such a table has just these.
    pub leads: BTreeMap<&'static str, Vec<Markup>>,
    /// Cells of tables that do not apply, as [`crate::cell_name`] names them.
    pub without_cells: BTreeSet<String>,
    /// The act that keeps what the form says so far: what its button says, and its address.
    pub draft: Option<(Text, String)>,
    /// How the parts of documents are drawn.
    pub draws: BTreeMap<&'static str, Draw>,
    /// Fields that do not apply now.
    pub without: Vec<&'static str>,
    /// Where "back" leads.
    pub back: String,
}

impl Prepared {
    /// With the choices of a field.
    #[must_use]
    pub fn offer(mut self, field: &'static str, choices: Vec<Choice>) -> Self {
        self.choices.insert(field, choices);
        self
    }

    /// With a row of a field's table.
    #[must_use]
    pub fn row<const N: usize>(
        mut self,
        field: &'static str,
        cells: [(&'static str, String); N],
    ) -> Self {
        self.rows.entry(field).or_default().push(BTreeMap::from(cells));
        self
    }

    /// With how a part of a document is drawn.
    #[must_use]
    pub fn draw(
        mut self,
        field: &'static str,
        draw: impl Fn(Option<&Raw>, Lang) -> Markup + Send + Sync + 'static,
    ) -> Self {
        self.draws.insert(field, Box::new(draw));
        self
    }

    /// With a first value of a field.
    #[must_use]
    pub fn fill(mut self, field: &'static str, value: impl ToString) -> Self {
        self.values.insert(field, vec![value.to_string()]);
        self
    }
}

/// What an act answers.
pub struct Done {
    /// What it left in the journal; none for acts on sessions and the like.
    pub receipt: Option<Receipt>,
    /// Where to go now.
    pub location: String,
    /// What was done, when the act's title does not say enough.
    pub notice: Option<Message>,
    /// A cookie to set: value, or none to clear it.
    pub session: Option<Option<String>>,
    /// A step on the way, of which nothing is said on the next page.
    pub silent: bool,
    /// Nothing was done: the form once more with what was typed, as a button in it asked for.
    pub again: bool,
}

impl Done {
    /// Done, and on to an address.
    pub const fn to(location: String, receipt: Receipt) -> Self {
        Self {
            receipt: Some(receipt),
            location,
            notice: None,
            session: None,
            silent: false,
            again: false,
        }
    }

    /// Done without a fact, and on to an address.
    pub const fn go(location: String) -> Self {
        Self { receipt: None, location, notice: None, session: None, silent: false, again: false }
    }

    /// A step of something longer, and on to the next.
    pub const fn step(location: String) -> Self {
        Self { receipt: None, location, notice: None, session: None, silent: true, again: false }
    }

    /// The form once more with what was typed: a row more or less, other fields for another choice.
    pub const fn again() -> Self {
        Self {
            receipt: None,
            location: String::new(),
            notice: None,
            session: None,
            silent: true,
            again: true,
        }
    }
}

type Prepare = Box<dyn for<'a> Fn(&'a Call) -> Boxed<'a, Result<Prepared>> + Send + Sync>;
type Decide = Box<dyn Fn(Call, Values) -> Boxed<'static, Result<Done>> + Send + Sync>;

/// An act: one thing a person does.
pub struct Act {
    pub(crate) path: &'static str,
    pub(crate) permission: Option<Permission>,
    pub(crate) title: Text,
    pub(crate) help: Text,
    pub(crate) submit: Text,
    pub(crate) danger: bool,
    pub(crate) quiet: bool,
    pub(crate) fields: &'static [FieldSpec],
    pub(crate) prepare: Prepare,
    pub(crate) decide: Decide,
}

/// What a room offers under one address.
pub enum Route {
    /// Something to see.
    Page(Page),
    /// Something to do.
    Act(Act),
}

impl Route {
    /// What it demands; nothing for the few public ones.
    pub(crate) const fn permission(&self) -> Option<Permission> {
        match self {
            Self::Page(page) => page.permission,
            Self::Act(act) => act.permission,
        }
    }

    /// A page that demands a permission.
    pub fn page<F, Fut>(
        path: &'static str,
        permission: Permission,
        summary: Text,
        handle: F,
    ) -> Self
    where
        F: Fn(Call) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Answer>> + Send + 'static,
    {
        Self::Page(Page {
            path,
            permission: Some(permission),
            summary,
            bell: None,
            query: &[],
            handle: Box::new(move |call| Box::pin(handle(call))),
        })
    }

    /// A page for everybody: sign-in, help. There are very few.
    pub fn public_page<F, Fut>(path: &'static str, summary: Text, handle: F) -> Self
    where
        F: Fn(Call) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Answer>> + Send + 'static,
    {
        Self::Page(Page {
            path,
            permission: None,
            summary,
            bell: None,
            query: &[],
            handle: Box::new(move |call| Box::pin(handle(call))),
        })
    }

    /// The page is what the bell over every page opens, with this count beside it.
    #[must_use]
    pub fn bell(self, count: Count) -> Self {
        match self {
            Self::Page(page) => Self::Page(Page { bell: Some(count), ..page }),
            act @ Self::Act(_) => act,
        }
    }

    /// What a page reads of its address; it sees nothing else of it. A form takes any of its fields.
    #[must_use]
    pub fn query(self, query: &'static [Param]) -> Self {
        match self {
            Self::Page(page) => Self::Page(Page { query, ..page }),
            act @ Self::Act(_) => act,
        }
    }

    /// An act that demands a permission of the same name.
    pub fn act(path: &'static str, permission: Permission, title: Text) -> Act {
        Act::new(path, Some(permission), title)
    }

    /// An act for everybody: sign-in. There are very few.
    pub fn public_act(path: &'static str, title: Text) -> Act {
        Act::new(path, None, title)
    }
}

impl From<Act> for Route {
    fn from(act: Act) -> Self {
        Self::Act(act)
    }
}

impl Act {
    fn new(path: &'static str, permission: Option<Permission>, title: Text) -> Self {
        Self {
            path,
            permission,
            title,
            help: Text { zh: "", en: "" },
            submit: title,
            danger: false,
            quiet: false,
            fields: &[],
            prepare: Box::new(|_| Box::pin(async { Ok(Prepared::default()) })),
            decide: Box::new(|_, _| Box::pin(async { Err(journal::Error::missing()) })),
        }
    }

    /// What the person should know before doing it.
    #[must_use]
    pub const fn help(mut self, help: Text) -> Self {
        self.help = help;
        self
    }

    /// The word on the button, when it is not the title.
    #[must_use]
    pub const fn submit(mut self, submit: Text) -> Self {
        self.submit = submit;
        self
    }

    /// It takes something away or cannot be undone: shown in red and asked once more.
    #[must_use]
    pub const fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    /// Nothing needs to be said about it afterwards: where it leads says enough.
    #[must_use]
    pub const fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }

    /// Its fields.
    #[must_use]
    pub const fn fields(mut self, fields: &'static [FieldSpec]) -> Self {
        self.fields = fields;
        self
    }

    /// How its form is prepared.
    #[must_use]
    pub fn prepare(
        mut self,
        prepare: impl for<'a> Fn(&'a Call) -> Boxed<'a, Result<Prepared>> + Send + Sync + 'static,
    ) -> Self {
        self.prepare = Box::new(prepare);
        self
    }

    /// What it decides and records.
    #[must_use]
    pub fn decide<F, Fut>(mut self, decide: F) -> Route
    where
        F: Fn(Call, Values) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Done>> + Send + 'static,
    {
        self.decide = Box::new(move |call, values| Box::pin(decide(call, values)));
        Route::Act(self)
    }
}
