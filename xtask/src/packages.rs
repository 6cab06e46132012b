//! The system packages that building and testing need, and how to get them.

use std::path::Path;
use std::process::Command;

use crate::{postgres, shell};

/// One Debian package, and how to see that what it brings is there.
pub(crate) struct Package {
    name: &'static str,
    why: &'static str,
    is_present: fn() -> bool,
}

const COMPILER: Package = Package {
    name: "build-essential",
    why: "the C compiler that builds SQLite",
    is_present: || shell::which("cc").is_some(),
};
const NODE: Package = Package {
    name: "nodejs",
    why: "Node 20 or newer bundles the styles and scripts",
    is_present: || shell::which("node").is_some(),
};
const NPM: Package = Package {
    name: "npm",
    why: "fetches what the bundle is made of",
    is_present: || shell::which("npm").is_some(),
};
const POSTGRESQL: Package = Package {
    name: "postgresql",
    why: "the server binaries, version 15 or newer, for the tests' own cluster",
    is_present: || postgres::binaries().is_some(),
};
const CHROMIUM: Package = Package {
    name: "chromium",
    why: "the browser of the journeys",
    is_present: || shell::which("chromium").is_some(),
};
const FONTS: Package = Package {
    name: "fonts-noto-cjk",
    why: "Chinese letters in the browser",
    is_present: has_fonts,
};

const OFFICE_SUITE: Package = Package {
    name: "libreoffice-writer-nogui",
    why: "opens every paper, as an office would",
    is_present: || shell::which("soffice").is_some(),
};
const PDF_READER: Package = Package {
    name: "poppler-utils",
    why: "reads what the office suite made of the papers",
    is_present: || shell::which("pdftotext").is_some(),
};

const MUSL: Package = Package {
    name: "musl-tools",
    why: "the C library that a program can hold inside",
    is_present: || shell::which("musl-gcc").is_some(),
};
const CROSS_COMPILER: Package = Package {
    name: "gcc-aarch64-linux-gnu",
    why: "the C compiler for another processor",
    is_present: || shell::which("aarch64-linux-gnu-gcc").is_some(),
};

fn has_fonts() -> bool {
    let listed = shell::output(Command::new("fc-list").args([":lang=zh", "family"]));
    listed.is_ok_and(|families| !families.trim().is_empty())
        || Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").exists()
}

/// What building needs.
pub(crate) const BUILD: [Package; 3] = [COMPILER, NODE, NPM];
/// What the tests' own database needs.
pub(crate) const DATABASE: [Package; 1] = [POSTGRESQL];
/// What a program needs that runs on any Linux.
pub(crate) const STATIC: [Package; 2] = [COMPILER, MUSL];
/// What a program for 64-bit ARM needs.
pub(crate) const AARCH64: [Package; 2] = [COMPILER, CROSS_COMPILER];
/// What the browser journeys need.
pub(crate) const BROWSER: [Package; 2] = [CHROMIUM, FONTS];
/// What the tests of papers use when it is there; without it they look at the files only.
pub(crate) const OFFICE: [Package; 3] = [OFFICE_SUITE, PDF_READER, FONTS];

/// Those that are not there.
pub(crate) fn missing(needed: &[Package]) -> Vec<&Package> {
    needed.iter().filter(|package| !(package.is_present)()).collect()
}

/// An error that says what to install, when something is missing.
pub(crate) fn refuse(missing: &[&Package]) -> Result<(), String> {
    if missing.is_empty() { Ok(()) } else { Err(advice(missing)) }
}

/// Install what is missing with apt, which takes root.
pub(crate) fn install(missing: &[&Package]) -> Result<(), String> {
    if missing.is_empty() {
        return Ok(());
    }
    if shell::which("apt-get").is_none() || !postgres::is_root() {
        return Err(format!("{}\n(installing needs apt and root)", advice(missing)));
    }
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    shell::run(&mut apt(&["update", "-qq"]))?;
    shell::run(apt(&["install", "-y", "-qq", "--no-install-recommends"]).args(&names))?;
    match missing.iter().find(|package| !(package.is_present)()) {
        None => Ok(()),
        Some(package) => {
            let Package { name, why, .. } = package;
            Err(format!("`{name}` is installed but this is still missing: {why}"))
        }
    }
}

fn apt(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn advice(missing: &[&Package]) -> String {
    let mut text = String::from("these system packages are missing:\n");
    for package in missing {
        text.push_str(&format!("  {:<16} {}\n", package.name, package.why));
    }
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    text.push_str(&format!(
        "install them with\n  sudo apt-get install --no-install-recommends {}\n\
         or run this command with --install as root",
        names.join(" ")
    ));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABSENT: Package = Package { name: "abacus", why: "counting", is_present: || false };
    const PRESENT: Package = Package { name: "air", why: "breathing", is_present: || true };

    #[test]
    fn a_missing_package_is_named_with_its_reason_and_the_command() {
        let needed = [PRESENT, ABSENT];
        let message = refuse(&missing(&needed)).expect_err("abacus is missing");
        assert!(message.contains("abacus") && message.contains("counting"), "{message}");
        assert!(message.contains("apt-get install --no-install-recommends abacus\n"), "{message}");
        assert!(!message.contains("air"), "{message}");
    }

    #[test]
    fn nothing_happens_when_all_is_there() {
        assert_eq!(install(&missing(&[PRESENT])), Ok(()));
    }
}
