//! How a review becomes rows.

use assignments::tables::Verdict;
use journal::{Entry, Result, Tables, args};
use kernel::Day;

use super::{Called, Computation, Fact, Member, Payment, misplaced};
use crate::tables::{
    ComputationRow, ConsequenceRow, ErratumRow, FormerDecisionRow, FreezeRow, MemberRow,
    ReviewMeasureRow, ReviewRow, ReviewRuleRow, ReviewScanRow, ReviewSignRow, ReviewState,
    ScoreRow,
};

pub(super) async fn apply(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    match fact {
        Fact::Opened { .. } => open(entry, fact, tables).await,
        Fact::Computed { computation } => compute(entry, computation, tables).await,
        Fact::Drafted { until, on } => {
            change(entry, tables, |r| ReviewRow {
                state: ReviewState::Draft,
                draft: r.computation,
                objections_until: Some(until),
                drafted_on: Some(on),
                ..r
            })
            .await
        }
        Fact::Frozen { .. } => freeze(entry, fact, tables).await,
        Fact::Submitted { .. } | Fact::Judged { .. } => sign(entry, fact, tables).await,
        Fact::ConsequenceDecided { .. } => decide(entry, fact, tables).await,
        Fact::Published { year, number, on } => {
            let numbered = (Some(year), Some(number));
            change(entry, tables, |r| ReviewRow {
                state: ReviewState::Published,
                published_on: Some(on),
                published_seq: Some(entry.seq),
                circular_year: numbered.0,
                circular_number: numbered.1,
                ..r
            })
            .await
        }
        Fact::Corrected { n, on } => correct(entry, (n, on), tables).await,
        Fact::Paid { code, unit, payment } => {
            let key = args![entry.jurisdiction, entry.subject.id, code, unit];
            let former: ConsequenceRow = tables.get(key).await?;
            tables.change(&former, &paid(former.clone(), payment)).await
        }
        Fact::LookedAt { .. }
        | Fact::Filed { .. }
        | Fact::Withdrawn { .. }
        | Fact::Decided { .. }
        | Fact::AnswerDue { .. }
        | Fact::AnswerLate { .. } => Err(misplaced(&fact)),
    }
}

/// An award with a payment; what was paid before is told beside it.
fn paid(row: ConsequenceRow, payment: Payment) -> ConsequenceRow {
    let Payment { document, budget, voucher, on, amount_fen } = payment;
    let beside = |before: &str, now: String| match before {
        "" => now,
        before if before == now => now,
        before => format!("{before}；{now}"),
    };
    ConsequenceRow {
        document: beside(&row.document, document),
        budget: beside(&row.budget, budget),
        voucher: beside(&row.voucher, voucher),
        paid_on: Some(on),
        paid_fen: row.paid_fen + amount_fen.or(row.amount_fen).unwrap_or_default(),
        ..row
    }
}

async fn open(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let Fact::Opened { month, first, last, cut_seq, rules, calls, on, cut, members } = fact else {
        return Err(misplaced(&fact));
    };
    let (jurisdiction_id, review_id) = (entry.jurisdiction, entry.subject.id);
    let review = ReviewRow {
        jurisdiction_id,
        id: review_id,
        month,
        first_on: first,
        last_on: last,
        cut_seq,
        state: ReviewState::Open,
        computation: 0,
        shown: 0,
        draft: 0,
        freezes: 0,
        objections: 0,
        objections_until: None,
        opened_on: on,
        drafted_on: None,
        frozen_on: None,
        approved_on: None,
        published_on: None,
        published_seq: None,
        circular_year: None,
        circular_number: None,
        cut_on: cut,
    };
    tables.insert(&review).await?;
    for (place, rule) in (0..).zip(rules) {
        let row = ReviewRuleRow {
            jurisdiction_id,
            review_id,
            version_id: rule.version,
            rule_set_id: rule.rule_set,
            place,
            code: rule.code,
            name: rule.name,
            digest: rule.hash,
        };
        tables.insert(&row).await?;
    }
    for Called { call, measure, version, params } in calls {
        let row = ReviewMeasureRow { jurisdiction_id, review_id, call, measure, version, params };
        tables.insert(&row).await?;
    }
    for (place, Member { unit: unit_id, group: group_name }) in (0..).zip(members) {
        let row = MemberRow { jurisdiction_id, review_id, unit_id, place, group_name };
        tables.insert(&row).await?;
    }
    Ok(())
}

async fn compute(entry: &Entry, c: Computation, tables: &mut Tables<'_>) -> Result<()> {
    let (jurisdiction_id, review_id, n) = (entry.jurisdiction, entry.subject.id, c.n);
    let row = ComputationRow {
        jurisdiction_id,
        review_id,
        n,
        at: entry.at,
        post_id: entry.actor,
        person_id: c.person,
        root: c.root,
        hash: c.hash,
        size: c.size,
    };
    tables.insert(&row).await?;
    for s in c.scores {
        let score = ScoreRow {
            jurisdiction_id,
            review_id,
            n,
            unit_id: s.unit,
            version_id: s.version,
            group_code: s.group,
            standing: s.standing,
            total: s.total,
            rank: s.rank,
            ranked: s.ranked,
            is_last: s.last,
        };
        tables.insert(&score).await?;
    }
    change(entry, tables, |r| {
        // What is out stays as it is until the erratum is out.
        ReviewRow { computation: n, shown: if r.is_out() { r.shown } else { n }, ..r }
    })
    .await
}

async fn freeze(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let Fact::Frozen { n, computation, root, previous, head, person, on, why } = fact else {
        return Err(misplaced(&fact));
    };
    let row = FreezeRow {
        jurisdiction_id: entry.jurisdiction,
        review_id: entry.subject.id,
        n,
        computation,
        root,
        previous,
        head,
        frozen_on: on,
        post_id: entry.actor,
        person_id: person,
        why,
        seq: entry.seq,
    };
    tables.insert(&row).await?;
    change(entry, tables, |r| {
        let shown = if r.is_out() { r.shown } else { computation };
        ReviewRow { state: ReviewState::Frozen, freezes: n, shown, frozen_on: Some(on), ..r }
    })
    .await
}

async fn sign(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let (jurisdiction_id, review_id) = (entry.jurisdiction, entry.subject.id);
    let review: ReviewRow = tables.get(args![jurisdiction_id, review_id]).await?;
    let signed = |id, step, person_id, verdict, note| ReviewSignRow {
        jurisdiction_id,
        id,
        review_id,
        freeze_n: review.freezes,
        step,
        post_id: entry.actor,
        person_id,
        at: entry.at,
        verdict,
        note,
        paper_signer_post_id: None,
        paper_signed_on: None,
    };
    match fact {
        Fact::Submitted { id, person, note } => {
            tables.insert(&signed(id, 0, person, Verdict::Agreed, note)).await?;
            change(entry, tables, |r| ReviewRow { state: ReviewState::Submitted, ..r }).await
        }
        Fact::Judged { id, verdict, person, note, on, paper } => {
            let row = ReviewSignRow {
                paper_signer_post_id: paper.as_ref().map(|p| p.signer),
                paper_signed_on: paper.as_ref().map(|p| p.on),
                ..signed(id, 1, person, verdict, note)
            };
            tables.insert(&row).await?;
            for s in paper.map(|p| p.scans).unwrap_or_default() {
                let scan = ReviewScanRow {
                    jurisdiction_id,
                    review_id,
                    id: s.id,
                    sign_id: id,
                    name: s.name,
                    media: s.media,
                    size: s.size,
                    hash: s.hash,
                };
                tables.insert(&scan).await?;
            }
            change(entry, tables, |r| match verdict {
                Verdict::Agreed => {
                    ReviewRow { state: ReviewState::Approved, approved_on: Some(on), ..r }
                }
                Verdict::Returned if r.is_out() => ReviewRow { state: ReviewState::Published, ..r },
                Verdict::Returned => ReviewRow { state: ReviewState::Draft, ..r },
            })
            .await
        }
        Fact::Opened { .. }
        | Fact::Computed { .. }
        | Fact::Drafted { .. }
        | Fact::Frozen { .. }
        | Fact::ConsequenceDecided { .. }
        | Fact::Published { .. }
        | Fact::Corrected { .. }
        | Fact::Paid { .. }
        | Fact::LookedAt { .. }
        | Fact::Filed { .. }
        | Fact::Withdrawn { .. }
        | Fact::Decided { .. }
        | Fact::AnswerDue { .. }
        | Fact::AnswerLate { .. } => Err(misplaced(&fact)),
    }
}

async fn decide(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let Fact::ConsequenceDecided {
        code,
        unit,
        verdict,
        amount_fen,
        reason,
        person,
        on,
        paper_signer,
    } = fact
    else {
        return Err(misplaced(&fact));
    };
    let (jurisdiction_id, review_id) = (entry.jurisdiction, entry.subject.id);
    let review: ReviewRow = tables.get(args![jurisdiction_id, review_id]).await?;
    let key = args![jurisdiction_id, review_id, code, unit];
    let former: Option<ConsequenceRow> = tables.find(key).await?;
    if let Some(f) = former.as_ref().filter(|f| review.is_out() && f.freeze_n < review.freezes) {
        tables.insert(&kept(f)).await?;
    }
    let mut row = ConsequenceRow {
        jurisdiction_id,
        review_id,
        code,
        unit_id: unit,
        verdict,
        amount_fen,
        reason,
        post_id: entry.actor,
        person_id: person,
        decided_on: on,
        document: String::new(),
        budget: String::new(),
        voucher: String::new(),
        paid_on: None,
        freeze_n: review.freezes,
        paid_fen: 0,
        paper_signer_post_id: paper_signer,
    };
    // What was paid stays told, whatever is decided afterwards.
    if let Some(f) = former {
        row = ConsequenceRow {
            document: f.document,
            budget: f.budget,
            voucher: f.voucher,
            paid_on: f.paid_on,
            paid_fen: f.paid_fen,
            ..row
        };
    }
    tables.put(&row).await
}

/// What was decided on an earlier freeze, before it is decided anew.
fn kept(row: &ConsequenceRow) -> FormerDecisionRow {
    FormerDecisionRow {
        jurisdiction_id: row.jurisdiction_id,
        review_id: row.review_id,
        code: row.code.clone(),
        unit_id: row.unit_id,
        freeze_n: row.freeze_n,
        verdict: row.verdict,
        amount_fen: row.amount_fen,
        reason: row.reason.clone(),
        post_id: row.post_id,
        person_id: row.person_id,
        decided_on: row.decided_on,
        paper_signer_post_id: row.paper_signer_post_id,
    }
}

async fn correct(entry: &Entry, (n, on): (i64, Day), tables: &mut Tables<'_>) -> Result<()> {
    let key = args![entry.jurisdiction, entry.subject.id];
    let review: ReviewRow = tables.get(key).await?;
    let row = ErratumRow {
        jurisdiction_id: entry.jurisdiction,
        review_id: review.id,
        n,
        freeze_n: review.freezes,
        before_n: review.shown,
        after_n: review.computation,
        corrected_on: on,
        post_id: entry.actor,
        seq: entry.seq,
    };
    tables.insert(&row).await?;
    change(entry, tables, |r| ReviewRow {
        state: ReviewState::Published,
        shown: r.computation,
        ..r
    })
    .await
}

async fn change(
    entry: &Entry,
    tables: &mut Tables<'_>,
    change: impl FnOnce(ReviewRow) -> ReviewRow,
) -> Result<()> {
    let former: ReviewRow = tables.get(args![entry.jurisdiction, entry.subject.id]).await?;
    tables.change(&former, &change(former.clone())).await
}
