//! `cargo xtask tidy`: the shape of the sources, which the compiler does not see.
//!
//! Each check is a small module: a function from the tree to findings, with tests on made-up
//! files. A finding says where, what is wrong, and how to mend it.

mod blobs;
mod dependencies;
mod edges;
mod environment;
mod glossary;
mod headers;
mod leftovers;
mod licences;
mod links;
mod migrations;
mod names;
mod ratchet;
mod rooms;
mod rust;
mod sizes;
mod sql;
mod traces;
mod tree;

use std::fmt;
use std::time::Instant;

use tree::Tree;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    path: String,
    line: usize,
    what: String,
    remedy: String,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.path, self.line, self.what, self.remedy)
    }
}

const CHECKS: [fn(&Tree) -> Vec<Finding>; 15] = [
    blobs::check,
    dependencies::check,
    edges::check,
    environment::check,
    glossary::check,
    headers::check,
    leftovers::check,
    licences::check,
    links::check,
    migrations::check,
    names::check,
    rooms::check,
    sizes::check,
    sql::check,
    traces::check,
];

/// Check the repository; an error when anything was found.
pub(crate) fn run() -> Result<(), String> {
    let start = Instant::now();
    let tree = Tree::read()?;
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|check| check(&tree)).collect();
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    if let Some(notice) = glossary::notice(&tree) {
        println!("{notice}");
    }
    println!("{}; looked at in {} ms", sizes::report(&tree), start.elapsed().as_millis());
    match findings.len() {
        0 => Ok(()),
        1 => Err("tidy found 1 thing to mend".to_owned()),
        count => Err(format!("tidy found {count} things to mend")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_says_where_what_and_how_to_mend_it() {
        let finding = Finding::new("a.rs", 3, "it is long", "shorten it");
        assert_eq!(finding.to_string(), "a.rs:3: it is long; shorten it");
    }
}
