//! What leaders noted and nobody has followed up yet.

use journal::{Result, Tx, args, query_row};
use kernel::{Actor, Moment};
use uuid::Uuid;

use super::Scope;
use super::load::Of;
use crate::tables::NoteKind;

query_row! {
    /// A leader's note that waits to be followed up.
    pub struct OpenNote {
        /// Its assignment.
        pub assignment_id: Uuid,
        /// The assignment's number.
        pub label: String,
        /// Its title.
        pub title: String,
        /// Whether a report is asked for.
        pub kind: NoteKind,
        /// What was written.
        pub words: String,
        /// The post that wrote it.
        pub post_id: Uuid,
        /// When.
        pub at: Moment,
    }
}

/// Notes on what the actor may see of these assignments, the oldest first.
pub async fn open_notes(tx: &mut Tx, actor: &Actor, of: Of) -> Result<Vec<OpenNote>> {
    let scope = Scope::of(tx, actor).await?;
    let mut values = args![actor.jurisdiction].to_vec();
    let visible = scope.list(&mut values) + &of.condition(&mut values);
    let sql = format!(
        "SELECT a.id, a.label, a.title, n.kind, n.words, n.post_id, n.at FROM notes n \
         JOIN assignments a ON a.jurisdiction_id = n.jurisdiction_id AND a.id = n.assignment_id \
         WHERE n.jurisdiction_id = $1 AND n.settled_on IS NULL AND n.kind <> 'presented'{visible} \
         ORDER BY n.at, n.id LIMIT 50"
    );
    tx.all(&sql, &values).await
}
