//! What an office suite makes of Word files: pages, text and fonts, by way of PDF.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long the suite may take.
const SECONDS: u64 = 240;

/// Converts every Word file of a folder to PDF; whether the suite is installed.
pub fn convert(folder: &Path) -> bool {
    if !["soffice", "pdftotext", "pdffonts"].into_iter().all(is_there) {
        return false;
    }
    let files = std::fs::read_dir(folder).expect("the folder is there");
    let files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let mut suite = Command::new("soffice")
        .args(["--headless", "--norestore", &profile, "--convert-to", "pdf", "--outdir"])
        .arg(folder)
        .args(files)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the suite starts");
    let until = Instant::now() + Duration::from_secs(SECONDS);
    while suite.try_wait().expect("the suite runs").is_none() {
        if Instant::now() > until {
            suite.kill().expect("the suite ends");
            panic!("the office suite did not come to an end");
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    true
}

fn is_there(program: &str) -> bool {
    let mut asked = Command::new(program);
    asked.arg("--help").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// The text of a PDF, a form feed after each page. Some programs set Chinese and figures apart, so
/// it is without blanks.
pub fn pdf_text(pdf: &Path) -> String {
    let told = told("pdftotext", &["-layout", "-enc", "UTF-8"], (pdf, Some("-")));
    told.replace([' ', '\u{3000}'], "")
}

/// The fonts of a PDF that are not embedded: another machine would show something else.
pub fn fonts_missing(pdf: &Path) -> Vec<String> {
    let told = told("pdffonts", &[], (pdf, None));
    // A line ends with: embedded, subset, unicode, object and its generation.
    let missing = told.lines().skip(2).filter(|line| {
        let mut words = line.split_whitespace().rev().skip(4);
        words.next() != Some("yes")
    });
    missing.map(str::to_owned).collect()
}

fn told(program: &str, options: &[&str], (pdf, to): (&Path, Option<&str>)) -> String {
    let mut reader = Command::new(program);
    let told = reader.args(options).arg(pdf).args(to).output().expect("the reader starts");
    assert!(told.status.success(), "{}", pdf.display());
    String::from_utf8(told.stdout).expect("UTF-8")
}
