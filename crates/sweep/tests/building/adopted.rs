//! A rule set that is in force, with something that the linter found.

#![expect(clippy::unwrap_used, reason = "a rule set that cannot be adopted fails its test")]

use kernel::Actor;
use rule_sets::demo::{Hands, NewRules};
use uuid::Uuid;

/// Adopts the counties' rule set by the real acts, from December 2021.
pub(crate) async fn adopted(db: &journal::Db, officer: Actor, chief: Actor) -> Uuid {
    // Without a smallest gap the linter has a word to say, which is answered.
    let yaml = rules::ready::Ready::Counties.yaml().replace(", 最小分差: \"0.05\"", "");
    let new = NewRules {
        yaml: &yaml,
        number: "漯督字〔2021〕12号",
        office: "漯河市委市政府督查局",
        on: "2021-10-29".parse().unwrap(),
        from: "2021-12",
        supplies: None,
    };
    rule_sets::demo::adopt(db, &Hands { officer, chief }, &new).await.unwrap()
}
