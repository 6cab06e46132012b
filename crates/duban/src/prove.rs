//! `duban verify`: what was checked, the head, and every difference by table, row and column.

use std::process::ExitCode;

use journal::{Error, Head, Result};
use kernel::Moment;

use crate::building;
use crate::cli::VerifyArgs;
use crate::log::say;

pub(crate) async fn run(args: &VerifyArgs) -> Result<ExitCode> {
    let expect = args.expect.as_deref().map(read_head).transpose()?;
    let db = building::open(&args.data.place()?).await?;
    let mut whole = true;
    let cities = db.jurisdictions().await?;
    if expect.is_some() && cities.len() > 1 {
        return Err(Error::fault("--expect belongs to one city; this database holds several"));
    }
    for city in cities {
        let report = journal::verify(&db, city.jurisdiction_id, expect.as_ref()).await?;
        say(&city.name);
        say(&format!("  facts checked    {}", report.facts));
        say(&format!("  head             {}", report.head));
        say(&format!("  tables compared  {} ({} rows)", report.tables, report.rows));
        say(&format!("  erased values    {}", report.erased));
        for difference in &report.differences {
            say(&format!("  DIFFERS  {difference}"));
        }
        say(if report.is_whole() { "  whole" } else { "  NOT WHOLE" });
        whole &= report.is_whole();
    }
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Reads a head as it is printed on paper.
fn read_head(text: &str) -> Result<Head> {
    let bad = || Error::fault(format!("{text}: expected SEQ:HASH as it was printed"));
    let (seq, hash) = text.split_once(':').ok_or_else(bad)?;
    let mut bytes = [0_u8; 32];
    if hash.len() != 64 {
        return Err(bad());
    }
    for (i, byte) in bytes.iter_mut().enumerate() {
        let pair = hash.get(i * 2..i * 2 + 2).ok_or_else(bad)?;
        *byte = u8::from_str_radix(pair, 16).map_err(|_not_hex| bad())?;
    }
    let seq = seq.parse().map_err(|_not_a_number| bad())?;
    Ok(Head { seq, hash: bytes, at: Moment::from_micros(0) })
}

#[cfg(test)]
mod tests {
    use super::read_head;

    #[test]
    fn a_printed_head_is_read_back() {
        let text = format!("12:{}", "0a".repeat(32));
        assert_eq!(read_head(&text).unwrap().to_string(), text);
        assert!(read_head("12").is_err());
        assert!(read_head("12:xyz").is_err());
    }
}
