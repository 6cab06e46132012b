//! Taking a ledger over: batches as they come, items with all they bring, the series at the end.

use journal::{Act, Boxed, Error, Result};
use uuid::Uuid;
use web::import::{Findings, Importer, Said};

use crate::acts;
use crate::facts::{BatchFact, Fact};
use crate::import::item::Item;
use crate::import::known::Ledger;

impl Importer for Ledger {
    fn judge(&mut self, row: &Said, found: &mut Findings<'_>) {
        let item = self.read(row, found);
        self.item = item.filter(|_| found.is_fine());
    }

    fn take<'a>(&'a mut self, act: &'a mut Act, _row: &'a Said) -> Boxed<'a, Result<()>> {
        Box::pin(async move {
            let item = self.item.take().ok_or_else(Error::missing)?;
            debug_assert_eq!(act.jurisdiction(), self.city, "one city in one act");
            let batch = self.batch(act, &item).await?;
            self.last = self.last.max(item.session);
            self.record(act, batch, item).await
        })
    }

    /// The next sitting counts on from the ledger's last.
    fn finish<'a>(&'a mut self, act: &'a mut Act) -> Boxed<'a, Result<()>> {
        Box::pin(people::sitting::go_on_after(act, self.series, self.last))
    }
}

impl Ledger {
    async fn batch(&mut self, act: &mut Act, item: &Item) -> Result<Uuid> {
        let number = item.session;
        if let Some(batch) = self.batches.get(&number) {
            return Ok(*batch);
        }
        let id = Uuid::now_v7();
        let title = format!("第{number}次周交办事项清单");
        let year = i64::from(item.on.year());
        let fact = BatchFact::BatchTakenOver { number, year, title, on: item.on };
        act.record(acts::batch(id), &fact).await?;
        self.batches.insert(number, id);
        Ok(id)
    }

    async fn record(&self, act: &mut Act, batch: Uuid, item: Item) -> Result<()> {
        let line = Uuid::now_v7();
        let several = item.answering.units.len() > 1;
        for unit in &item.answering.units {
            let label = if several {
                format!("{}-{}", item.label, self.units.short(*unit))
            } else {
                item.label.clone()
            };
            let report = item.report.clone();
            let fact = Fact::TakenOver {
                batch,
                line,
                sort: item.sort,
                number: item.number,
                label,
                unit: *unit,
                brief: item.brief.clone(),
                goal: item.goal,
                parts: item.answering.parts(*unit, item.goal),
                source: acts::batch(batch),
                on: item.on,
                first_due: item.first_due,
                due: item.due,
                clocks: self.clocks,
                state: item.state,
                closed: item.closed,
                report: report.map(|known| crate::facts::Known { id: Uuid::now_v7(), ..known }),
                ledger: item.ledger.clone(),
                taken_over_on: Some(self.today),
            };
            act.record(acts::assignment(Uuid::now_v7()), &fact).await?;
        }
        Ok(())
    }
}
