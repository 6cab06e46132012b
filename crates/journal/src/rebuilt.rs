//! A rebuild that is kept, to be looked at table by table: `verify` reads the whole journal each
//! time, which is too much for who asks about one table again and again.

use kernel::{Id, Jurisdiction};

use crate::compare::compare;
use crate::replay::Scratch;
use crate::room::Rooms;
use crate::verify::{Replay, Report, check_sealed};
use crate::{Difference, Error, Result, TableKind, TableSpec, Tx};

/// The record tables of a city as they follow from its journal.
pub struct Rebuilt {
    jurisdiction: Id<Jurisdiction>,
    scratch: Scratch,
}

impl Rebuilt {
    /// Replays the journal as a transaction sees it; a broken one is a fault.
    pub async fn of(rooms: &Rooms, live: &mut Tx, jurisdiction: Id<Jurisdiction>) -> Result<Self> {
        let mut report = Report::empty();
        let mut replay = Replay::new(rooms, jurisdiction, None).await?;
        if !replay.run(live, jurisdiction, &mut report).await? {
            let why = report.differences.first().map_or_else(String::new, ToString::to_string);
            return Err(Error::fault(format!("the journal cannot be replayed: {why}")));
        }
        Ok(Self { jurisdiction, scratch: replay.scratch })
    }

    /// How a record or sealed table, as a transaction sees it, differs from the journal: what
    /// `verify` says of it. Of derived and operational tables the journal says nothing.
    pub async fn compare(
        &mut self,
        live: &mut Tx,
        spec: &'static TableSpec,
    ) -> Result<Vec<Difference>> {
        let mut report = Report::empty();
        match spec.kind {
            TableKind::Record => {
                let rebuilt = &mut self.scratch.tx;
                compare(spec, live, rebuilt, self.jurisdiction, &mut report).await?;
            }
            TableKind::Sealed => {
                check_sealed(spec, live, self.jurisdiction, &mut report).await?;
            }
            TableKind::Derived | TableKind::Operational => {}
        }
        Ok(report.differences)
    }
}
