//! `duban sums`: is each total of a published table the sum of the parts that it shows? A table that
//! is taken over from elsewhere is looked at before anybody relies on it.

use std::fs::File;
use std::process::ExitCode;

use files::sheet::read::{Event, Row, open};
use journal::{Error, Result};
use reviews::published::{Looked, look};

use crate::cli::SumsArgs;
use crate::log::say;
use crate::serve;

/// Rows of a table at most; published ones have some dozens.
const ROWS_MAX: usize = 10_000;

/// A sheet of the file as far as it was read.
#[derive(Default)]
struct Sheet {
    name: String,
    rows: Vec<Row>,
}

pub(crate) async fn sums(args: &SumsArgs) -> Result<ExitCode> {
    let file = File::open(&args.file)
        .map_err(|e| Error::fault(format!("{}: {e}", args.file.display())))?;
    let mut reading = open(&serve::reader(), file)?;
    let (mut sheet, mut tables) = (Sheet::default(), Vec::new());
    loop {
        match reading.next().await {
            Some(Event::Sheet { name, .. }) => sheet = Sheet { name, rows: Vec::new() },
            Some(Event::Row(row)) if sheet.rows.len() < ROWS_MAX => sheet.rows.push(row),
            Some(Event::Row(_)) => {
                let most = format!("“{}” has more than {ROWS_MAX} rows", sheet.name);
                return Err(Error::fault(most));
            }
            Some(Event::End(end)) => {
                let Some(found) = look(&sheet.rows, &end.merges) else { continue };
                told(&sheet.name, &found);
                tables.push(found);
            }
            Some(Event::Progress(_)) => {}
            Some(Event::Refused { zh, en }) => return Err(Error::fault(format!("{zh} / {en}"))),
            Some(Event::Whole) | None => break,
        }
    }
    if tables.is_empty() {
        return Err(Error::fault(
            "no table with columns 单位, parts, and 合计, 总分 or 得分; rename its titles so",
        ));
    }
    let sum = |of: fn(&Looked) -> usize| tables.iter().map(of).sum::<usize>();
    let (rows, wrong, unread) = (sum(|t| t.rows), sum(|t| t.gaps.len()), sum(|t| t.unread.len()));
    say(&format!(
        "{rows} rows, {wrong} whose total is not the sum of the parts, {unread} not read"
    ));
    Ok(if wrong + unread == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn told(sheet: &str, found: &Looked) {
    say(&format!("{sheet}: {} rows", found.rows));
    for one in &found.gaps {
        let (unit, sum, gap, total) = (&one.unit, one.sum, one.gap, one.sum + one.gap);
        let why = match one.may_be_rounding {
            true => "rounding of the parts may explain it",
            false => "it is no rounding",
        };
        say(&format!("  DIFFERS  {unit}: parts add up to {sum}, {total} is shown ({gap}); {why}"));
    }
    for unit in &found.unread {
        say(&format!("  NOT READ  {unit}: a part or the total is no number"));
    }
}
