//! What an address may say behind its `?`. A page reads what it declares and nothing else: the rest
//! is dropped before the page sees it, so that the description at `/api/openapi.json` is complete.

use kernel::{Text, text};
use serde_json::{Value, json};

use crate::body::Raw;

/// One name that a page reads from its address.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// The name.
    pub name: &'static str,
    /// What may stand there.
    pub kind: ParamKind,
    /// What it does.
    pub about: Text,
}

/// What may stand in an address; what cannot be read does not limit.
#[derive(Clone, Copy, Debug)]
pub enum ParamKind {
    /// Any text of so many characters.
    Text(usize),
    /// The identifier of a record.
    Id,
    /// A day, `2021-11-01`.
    Day,
    /// A month, `2021-11`.
    Month,
    /// A number within bounds.
    Number(i64, i64),
    /// `1` for yes, `0` for no.
    Flag,
    /// One of some words.
    Words(fn() -> Vec<&'static str>),
    /// Where the page before ended, as its `next` said.
    Place,
    /// Names that the subject of the page brings along, each with a text.
    Others,
}

/// Names that every page may have: what was done last, said once on the next page.
const ALWAYS: &str = "done";

impl Param {
    /// The `next` of the page before.
    pub const AFTER: Self = Self::new(
        "after",
        ParamKind::Place,
        text!("上一页的 next，从那里接着", "The `next` of the page before"),
    );

    /// The same, where the newest come first.
    pub const BEFORE: Self = Self::new(
        "before",
        ParamKind::Place,
        text!("上一页的 next，从那里往前", "The `next` of the page before, from the newest back"),
    );

    /// A name with what may stand there and what it does.
    pub const fn new(name: &'static str, kind: ParamKind, about: Text) -> Self {
        Self { name, kind, about }
    }

    /// Its description in OpenAPI.
    pub(crate) fn described(&self) -> Value {
        let schema = match self.kind {
            ParamKind::Text(max) => json!({ "type": "string", "maxLength": max }),
            ParamKind::Id => json!({ "type": "string", "format": "uuid" }),
            ParamKind::Day => json!({ "type": "string", "format": "date" }),
            ParamKind::Month => json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}$" }),
            ParamKind::Number(min, max) => {
                json!({ "type": "integer", "minimum": min, "maximum": max })
            }
            ParamKind::Flag => json!({ "type": "string", "enum": ["1", "0"] }),
            ParamKind::Words(words) => json!({ "type": "string", "enum": words() }),
            ParamKind::Place => json!({ "type": "string" }),
            ParamKind::Others => {
                json!({ "type": "object", "additionalProperties": { "type": "string" } })
            }
        };
        json!({
            "name": self.name, "in": "query", "required": false, "schema": schema,
            "description": format!("{} {}", self.about.zh, self.about.en),
        })
    }
}

/// What a page may read of its address.
pub(crate) fn declared(params: &[Param], query: Raw) -> Raw {
    if params.iter().any(|p| matches!(p.kind, ParamKind::Others)) {
        return query;
    }
    let is_known = |name: &str| name == ALWAYS || params.iter().any(|p| p.name == name);
    query.pairs().iter().filter(|(name, _)| is_known(name)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use kernel::text;

    use super::{Param, ParamKind, declared};
    use crate::body::Raw;

    #[test]
    fn a_page_sees_only_what_it_declares() {
        let params = [Param::new("unit", ParamKind::Id, text!("单位", "Unit"))];
        let seen = |params: &[Param]| {
            let query = Raw::urlencoded(b"unit=1&light=red&done=x&unit=2");
            let names: Vec<_> =
                declared(params, query).pairs().iter().map(|(name, _)| name.clone()).collect();
            names
        };
        assert_eq!(seen(&params), ["unit", "done", "unit"]);
        assert_eq!(seen(&[]), ["done"]);
        let others = [Param::new("params", ParamKind::Others, text!("参数", "Parameters"))];
        assert_eq!(seen(&others).len(), 4);
    }
}
