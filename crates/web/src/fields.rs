//! The fields of an act's form, declared once for HTML, parsing, JSON and the API description.

use kernel::Text;

/// What a field takes, with its limits.
#[derive(Clone, Copy, Debug)]
pub enum FieldKind {
    /// One line of at most so many characters.
    Line {
        /// Characters at most.
        max: usize,
    },
    /// Several lines of at most so many characters together.
    Area {
        /// Characters at most.
        max: usize,
    },
    /// A day, `2021-11-01`.
    Day,
    /// A whole number within bounds.
    Number {
        /// At least.
        min: i64,
        /// At most.
        max: i64,
    },
    /// One of the choices that the form offers.
    Choice,
    /// Any of the choices that the form offers.
    Many,
    /// Yes or no.
    Check,
    /// Files, uploaded before the act and named by their staged identifiers.
    Files {
        /// How many at most.
        max: usize,
    },
    /// A password; never shown again.
    Secret,
    /// A value the form carries unseen.
    Hidden,
    /// A small table: rows with columns of their own, posted as `name.0.column`.
    Rows {
        /// What each row says; no files, no rows within rows.
        columns: &'static [FieldSpec],
        /// Rows at most.
        max: usize,
    },
    /// A part of a document, which the room draws and reads by the document's own shape; everything
    /// in it is posted as `name.…`.
    Part,
}

/// One field of a form.
#[derive(Clone, Copy, Debug)]
pub struct FieldSpec {
    /// Its name in the form and in JSON.
    pub name: &'static str,
    /// What it takes.
    pub kind: FieldKind,
    /// What it is called.
    pub label: Text,
    /// What to write, when the label does not say enough.
    pub hint: Option<Text>,
    /// Whether it must be filled in.
    pub required: bool,
    /// The endings of files that are offered, when not all that are taken.
    pub accept: Option<&'static str>,
}

/// The endings of files that a field takes, unless it says otherwise.
pub(crate) const ENDINGS: &str = ".pdf,.ofd,.docx,.xlsx,.doc,.xls,.wps,.et,.jpg,.jpeg,.png,.mp4";

impl FieldSpec {
    /// A field of a kind.
    pub const fn new(name: &'static str, kind: FieldKind, label: Text) -> Self {
        Self { name, kind, label, hint: None, required: false, accept: None }
    }

    /// One line.
    pub const fn line(name: &'static str, label: Text, max: usize) -> Self {
        Self::new(name, FieldKind::Line { max }, label)
    }

    /// Several lines.
    pub const fn area(name: &'static str, label: Text, max: usize) -> Self {
        Self::new(name, FieldKind::Area { max }, label)
    }

    /// A day.
    pub const fn day(name: &'static str, label: Text) -> Self {
        Self::new(name, FieldKind::Day, label)
    }

    /// A whole number within bounds.
    pub const fn number(name: &'static str, label: Text, min: i64, max: i64) -> Self {
        Self::new(name, FieldKind::Number { min, max }, label)
    }

    /// One of the offered choices.
    pub const fn choice(name: &'static str, label: Text) -> Self {
        Self::new(name, FieldKind::Choice, label)
    }

    /// Any of the offered choices.
    pub const fn many(name: &'static str, label: Text) -> Self {
        Self::new(name, FieldKind::Many, label)
    }

    /// Yes or no.
    pub const fn check(name: &'static str, label: Text) -> Self {
        Self::new(name, FieldKind::Check, label)
    }

    /// Files.
    pub const fn files(name: &'static str, label: Text, max: usize) -> Self {
        Self::new(name, FieldKind::Files { max }, label)
    }

    /// A password.
    pub const fn secret(name: &'static str, label: Text) -> Self {
        Self::new(name, FieldKind::Secret, label)
    }

    /// A value carried unseen.
    pub const fn hidden(name: &'static str) -> Self {
        Self::new(name, FieldKind::Hidden, Text { zh: "", en: "" })
    }

    /// Rows with columns of their own.
    pub const fn rows(
        name: &'static str,
        label: Text,
        columns: &'static [Self],
        max: usize,
    ) -> Self {
        Self::new(name, FieldKind::Rows { columns, max }, label)
    }

    /// A part of a document, drawn by [`crate::Prepared::draw`].
    pub const fn part(name: &'static str, label: Text) -> Self {
        Self::new(name, FieldKind::Part, label)
    }

    /// Must be filled in; a row only where something else is written in it.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Of files: only those with these endings are offered, `.pdf`.
    #[must_use]
    pub const fn accept(mut self, endings: &'static str) -> Self {
        self.accept = Some(endings);
        self
    }

    /// With a hint below it.
    #[must_use]
    pub const fn hint(mut self, hint: Text) -> Self {
        self.hint = Some(hint);
        self
    }
}
