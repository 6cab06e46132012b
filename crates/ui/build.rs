//! Builds the browser assets with node and embeds them: style sheet, scripts, icons.
//!
//! `DUBAN_UI_DIST=<folder>` embeds a folder prepared by `node build.mjs <folder> release`
//! instead, for machines without node.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// What the assets are made of; a change elsewhere does not rebuild them.
const SOURCES: [&str; 8] = [
    "css",
    "js",
    "build.mjs",
    "icons.txt",
    "favicon.svg",
    "package.json",
    "package-lock.json",
    ".npmrc",
];

fn main() {
    tell("rerun-if-env-changed=DUBAN_UI_DIST");
    tell("rerun-if-changed=build.rs");
    if let Err(error) = embed() {
        for line in error.to_string().lines() {
            tell(&format!("error={line}"));
        }
    }
}

fn tell(instruction: &str) {
    println!("cargo::{instruction}");
}

fn embed() -> Outcome<()> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let dist = if let Some(prepared) = env::var_os("DUBAN_UI_DIST") {
        let prepared = fs::canonicalize(&prepared)
            .map_err(|e| format!("DUBAN_UI_DIST={}: {e}", prepared.display()))?;
        tell(&format!("rerun-if-changed={}", prepared.display()));
        prepared
    } else {
        let assets = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("assets");
        for source in SOURCES {
            tell(&format!("rerun-if-changed={}", assets.join(source).display()));
        }
        install(&assets)?;
        let dist = out.join("ui-dist");
        let mode = if env::var("PROFILE")? == "release" { "release" } else { "debug" };
        let build = assets.join("build.mjs");
        run(Command::new("node").arg(build).arg(&dist).arg(mode).current_dir(&assets))?;
        dist
    };
    fs::write(out.join("assets.rs"), table(&dist)?)?;
    Ok(())
}

/// Installs the packages when the lock differs from the one they were installed from.
fn install(assets: &Path) -> Outcome<()> {
    let lock = fs::read(assets.join("package-lock.json"))?;
    let stamp = assets.join("node_modules").join(".installed-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run(Command::new("npm").args(["ci", "--ignore-scripts"]).current_dir(assets))?;
    fs::write(stamp, lock)?;
    Ok(())
}

fn run(command: &mut Command) -> Outcome<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|e| {
        format!(
            "the browser assets need {name} ({e}).\n\
             Install node 20 or newer with npm (Debian: apt install nodejs npm),\n\
             or set DUBAN_UI_DIST to a folder made by `node build.mjs <folder> release`."
        )
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{name} failed ({}) building the browser assets:\n{said}", output.status).into())
}

/// The Rust table of everything in the manifest.
fn table(dist: &Path) -> Outcome<String> {
    let manifest = fs::read_to_string(dist.join("manifest.tsv"))
        .map_err(|e| format!("{}: no manifest.tsv ({e})", dist.display()))?;
    let mut table = String::from("static ASSETS: &[Asset] = &[\n");
    for line in manifest.lines() {
        let [name, file, mime] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("manifest.tsv: not three columns: {line}").into());
        };
        let body = dist.join(file).display().to_string();
        writeln!(
            table,
            "Asset {{ name: {name:?}, path: {:?}, mime: {mime:?}, body: include_bytes!({body:?}), \
             brotli: include_bytes!({:?}), gzip: include_bytes!({:?}) }},",
            format!("/assets/{file}"),
            format!("{body}.br"),
            format!("{body}.gz"),
        )?;
    }
    table.push_str("];\n");
    Ok(table)
}
