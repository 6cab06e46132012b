//! The tables of papers: an office's own forms, and the sealed scans of what was issued.

use journal::table;
use kernel::{Id, Jurisdiction, Moment};
use uuid::Uuid;

table! {
    /// An office's own form of a kind of paper.
    pub struct PaperTemplateRow: Record "paper_templates" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The word of which paper.
        pub kind: String,
        /// The file.
        pub id: Uuid,
        /// What the person called it.
        pub name: String,
        /// Its length in bytes.
        pub size: i64,
        /// Its SM3 hash, hexadecimal.
        pub hash: String,
        /// The post that set it.
        pub post_id: Uuid,
        /// When.
        pub at: Moment,
    }
}

table! {
    /// 印发件: the sealed scan of an issued batch.
    pub struct IssuedCopyRow: Record "issued_copies" key 2 {
        /// The city.
        pub jurisdiction_id: Id<Jurisdiction>,
        /// The file.
        pub id: Uuid,
        /// Of which batch.
        pub batch_id: Uuid,
        /// What the person called it.
        pub name: String,
        /// What its content is.
        pub media: String,
        /// Its length in bytes.
        pub size: i64,
        /// Its SM3 hash, hexadecimal.
        pub hash: String,
        /// What is to be said of it.
        pub note: String,
        /// The post that kept it.
        pub post_id: Uuid,
        /// When.
        pub at: Moment,
    }
}
