//! What is in force for a period.

use journal::{Result, Tx, args, query_row};
use kernel::{Day, Id, Jurisdiction};
use uuid::Uuid;

query_row! {
    /// A version of a rule set that is in force for a period.
    pub struct InForce {
        /// The rule set.
        pub rule_set: Uuid,
        /// Its version.
        pub version: Uuid,
        /// The number of the version.
        pub n: i64,
        /// The code of the rule set.
        pub code: String,
        /// Its name.
        pub name: String,
        /// The document, canonical JSON.
        pub document: String,
        /// SHA-256 of the document.
        pub hash: String,
        /// The first period it is in force for.
        pub from: String,
        /// 文号 of the document by which it was issued.
        pub issued_number: String,
        /// 印发机关.
        pub issued_office: String,
        /// 印发日期.
        pub issued_on: Day,
        /// The place of the journal at which it was adopted.
        pub adopted_seq: i64,
    }
}

/// What is in force for a period, `2021-10`: of every rule set that has not ended the adopted
/// version that began last, by code.
pub async fn in_force(tx: &mut Tx, city: Id<Jurisdiction>, period: &str) -> Result<Vec<InForce>> {
    let sql = "SELECT r.id, v.id, v.n, r.code, v.name, v.document, v.sha256, v.from_period, \
        v.issued_number, v.issued_office, v.issued_on, v.adopted_seq \
        FROM rule_sets r JOIN rule_set_versions v \
        ON v.jurisdiction_id = r.jurisdiction_id AND v.rule_set_id = r.id \
        WHERE r.jurisdiction_id = $1 AND v.state = 'adopted' AND v.from_period <= $2 \
        AND (r.ended_from IS NULL OR r.ended_from > $2) \
        AND NOT EXISTS (SELECT 1 FROM rule_set_versions o \
        WHERE o.jurisdiction_id = v.jurisdiction_id AND o.rule_set_id = v.rule_set_id \
        AND o.state = 'adopted' AND o.from_period <= $2 \
        AND (o.from_period > v.from_period OR (o.from_period = v.from_period AND o.n > v.n))) \
        ORDER BY r.code LIMIT 200";
    tx.all(sql, args![city, period.to_owned()]).await
}

/// The documents of the other rule sets that score from a period on: the version in force then, and
/// those that begin later before their rule set ends.
pub(crate) async fn others_from(
    tx: &mut Tx,
    (city, own): (Id<Jurisdiction>, Uuid),
    from: &str,
) -> Result<Vec<String>> {
    let sql = "SELECT v.document FROM rule_sets r JOIN rule_set_versions v \
        ON v.jurisdiction_id = r.jurisdiction_id AND v.rule_set_id = r.id \
        WHERE r.jurisdiction_id = $1 AND r.id <> $2 AND v.state = 'adopted' \
        AND (r.ended_from IS NULL OR (r.ended_from > $3 AND r.ended_from > v.from_period)) \
        AND NOT EXISTS (SELECT 1 FROM rule_set_versions o \
        WHERE o.jurisdiction_id = v.jurisdiction_id AND o.rule_set_id = v.rule_set_id \
        AND o.state = 'adopted' AND ((o.from_period <= $3 AND o.from_period > v.from_period) \
        OR (o.from_period = v.from_period AND o.n > v.n))) \
        ORDER BY r.code, v.n LIMIT 400";
    let found: Vec<(String,)> = tx.all(sql, args![city, own, from.to_owned()]).await?;
    Ok(found.into_iter().map(|(document,)| document).collect())
}
