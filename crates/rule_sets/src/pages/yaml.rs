//! The document as YAML, to be downloaded; noted in the access log.

use assignments::pages::papers;
use journal::Result;
use rules::document::print_yaml;
use web::{Answer, Call};

use crate::draft::Draft;

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let mut tx = call.read().await?;
    let (set, row) = super::reach(&call, &mut tx).await?;
    drop(tx);
    let text = match super::rule_of(&row)? {
        Some(rule) => rule.yaml(),
        None => print_yaml(&Draft::stored(&row.document)?.tree),
    };
    let name = format!("{}-{}.yaml", set.code, row.n);
    papers::taken_out(&call, &name).await?;
    Ok(Answer::download(&name, "application/yaml", text.into_bytes()))
}
