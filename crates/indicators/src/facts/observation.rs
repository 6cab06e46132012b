//! How values become rows: what one says is written once, how far it has come changes.

use assignments::facts::Attached;
use journal::{Entry, Result, Tables, args};
use kernel::Day;
use uuid::Uuid;

use super::{Entered, Fact, Source, misplaced};
use crate::tables::{ObservationRow, SheetRow, SourceFileRow, SourceRow, State};

pub(super) async fn apply(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    match fact {
        Fact::Entered { .. } => enter(entry, fact, tables).await,
        Fact::Checked { .. } => check(entry, fact, tables).await,
        Fact::Withdrawn { id, reason, on, .. } => {
            change(entry, tables, id, |row| ObservationRow {
                state: State::Withdrawn,
                withdrawn_by: Some(entry.actor),
                withdrawn_on: Some(on),
                withdrawal: reason,
                to_seq: row.from_seq.map(|_| entry.seq),
                ..row
            })
            .await
        }
        Fact::Added { .. } | Fact::Changed { .. } | Fact::Ended { .. } => Err(misplaced(&fact)),
    }
}

async fn enter(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let Fact::Entered { indicator, month, reported, source, values, reason, hand, on } = fact
    else {
        return Err(misplaced(&fact));
    };
    let (jurisdiction_id, sheet) = (entry.jurisdiction, entry.subject.id);
    if tables.find::<SheetRow>(args![jurisdiction_id, sheet]).await?.is_none() {
        let row = SheetRow { jurisdiction_id, id: sheet, indicator_id: indicator, month };
        tables.insert(&row).await?;
    }
    let source_id = source.id;
    keep(entry, source, tables).await?;
    for Entered { id, first, n, instead, unit, said } in values {
        if let Some(waiting) = instead {
            change(entry, tables, waiting, |row| ObservationRow {
                state: State::Superseded,
                ..row
            })
            .await?;
        }
        let row = ObservationRow {
            jurisdiction_id,
            id,
            first_id: first,
            n,
            indicator_id: indicator,
            unit_id: unit,
            month,
            reported: reported.clone(),
            numerator: said.numerator,
            denominator: said.denominator,
            missing: said.missing,
            happened_on: said.happened_on,
            happening: said.happening,
            source_id,
            state: State::Entered,
            reason: reason.clone(),
            entered_by: entry.actor,
            entered_person_id: hand.person,
            entered_for_id: hand.on_behalf,
            entered_on: on,
            checked_by: None,
            checked_person_id: None,
            checked_on: None,
            remark: String::new(),
            withdrawn_by: None,
            withdrawn_on: None,
            withdrawal: String::new(),
            from_seq: None,
            to_seq: None,
        };
        tables.insert(&row).await?;
    }
    Ok(())
}

async fn keep(entry: &Entry, source: Source, tables: &mut Tables<'_>) -> Result<()> {
    let Source { id, title, reference, on, files } = source;
    let jurisdiction_id = entry.jurisdiction;
    tables.insert(&SourceRow { jurisdiction_id, id, title, reference, issued_on: on }).await?;
    for Attached { id: file, name, media, size, hash } in files {
        let row =
            SourceFileRow { jurisdiction_id, source_id: id, id: file, name, media, size, hash };
        tables.insert(&row).await?;
    }
    Ok(())
}

async fn check(entry: &Entry, fact: Fact, tables: &mut Tables<'_>) -> Result<()> {
    let Fact::Checked { checked, returned, hand, on, .. } = fact else {
        return Err(misplaced(&fact));
    };
    for one in checked {
        if let Some(former) = one.former {
            change(entry, tables, former, |row| ObservationRow {
                state: State::Superseded,
                to_seq: Some(entry.seq),
                ..row
            })
            .await?;
        }
        change(entry, tables, one.id, |row| ObservationRow {
            from_seq: Some(entry.seq),
            ..looked_at(entry, row, (State::Checked, hand.person, on))
        })
        .await?;
    }
    for one in returned {
        change(entry, tables, one.id, |row| ObservationRow {
            remark: one.remark,
            ..looked_at(entry, row, (State::Returned, hand.person, on))
        })
        .await?;
    }
    Ok(())
}

fn looked_at(
    entry: &Entry,
    row: ObservationRow,
    (state, person, on): (State, Uuid, Day),
) -> ObservationRow {
    ObservationRow {
        state,
        checked_by: Some(entry.actor),
        checked_person_id: Some(person),
        checked_on: Some(on),
        ..row
    }
}

async fn change(
    entry: &Entry,
    tables: &mut Tables<'_>,
    id: Uuid,
    change: impl FnOnce(ObservationRow) -> ObservationRow,
) -> Result<()> {
    let former: ObservationRow = tables.get(args![entry.jurisdiction, id]).await?;
    tables.change(&former, &change(former.clone())).await
}
