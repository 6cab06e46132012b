//! `duban verify` as an operator runs it: what it says, and what it answers to scripts.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::path::Path;
use std::process::{Command, Output};

fn duban(words: &[&str], data: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
    command.args(words).arg("--data").arg(data).env_remove("DUBAN_DATABASE");
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8(text).unwrap()
}

/// The one file below a folder.
fn only_file(folder: &Path) -> std::path::PathBuf {
    let mut at = folder.to_owned();
    while at.is_dir() {
        at = std::fs::read_dir(&at).unwrap().next().unwrap().unwrap().path();
    }
    at
}

#[test]
fn verify_answers_1_when_a_row_or_a_file_is_not_what_it_was() {
    let release = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sweep/fixtures/city-0.1.0.zip");
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let imported = duban(&["import", release.to_str().unwrap()], data);
    assert!(imported.status.success(), "{}", said(&imported));
    let whole = duban(&["verify"], data);
    assert!(whole.status.success() && said(&whole).contains("  whole"), "{}", said(&whole));
    assert!(said(&whole).contains("files checked    1"), "{}", said(&whole));
    std::fs::write(only_file(&data.join("files")), b"%PDF-1.7 another").unwrap();
    let altered = duban(&["verify"], data);
    assert_eq!(altered.status.code(), Some(1));
    assert!(said(&altered).contains("DIFFERS  attachments [id="), "{}", said(&altered));
    assert!(said(&altered).contains("is not what was attached"), "{}", said(&altered));
    assert!(said(&altered).contains("NOT WHOLE"), "{}", said(&altered));
    // A city that somebody takes off the list of cities is verified all the same.
    let connection = rusqlite::Connection::open(data.join("duban.sqlite")).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM jurisdictions").unwrap();
    let hidden = duban(&["verify"], data);
    assert_eq!(hidden.status.code(), Some(1));
    assert!(said(&hidden).contains("DIFFERS  jurisdictions ["), "{}", said(&hidden));
    // A head that was never printed by this city.
    let expect = format!("7:{}", "0a".repeat(32));
    let other = duban(&["verify", "--expect", &expect], data);
    assert_eq!(other.status.code(), Some(1));
    assert!(said(&other).contains("another was printed"), "{}", said(&other));
}
