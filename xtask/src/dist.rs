//! `cargo xtask dist`: one archive that a bare Linux machine can run, with checksums and a list of
//! what it is made of.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{packages, postgres, shell};

/// The list of ingredients comes from this program, in this version.
const CYCLONEDX: &str = "0.5.9";

/// A machine that an archive is for.
struct Machine {
    word: &'static str,
    target: &'static str,
    /// The variable that names the C compiler for the parts written in C, and the compiler.
    compiler: (&'static str, &'static str),
    /// The variable that names the linker, and the linker, where the machine's own does not do.
    linker: Option<(&'static str, &'static str)>,
    needs: &'static [packages::Package],
    /// Whether the program needs nothing of the machine but its kernel.
    is_static: bool,
}

const X86_64: Machine = Machine {
    word: "x86_64",
    target: "x86_64-unknown-linux-musl",
    compiler: ("CC_x86_64_unknown_linux_musl", "musl-gcc"),
    // Not musl-gcc: with it the program would ask for musl's loader.
    linker: None,
    needs: &packages::STATIC,
    is_static: true,
};

/// Debian's cross compiler has no static C library for it, so this one needs glibc 2.36 or newer.
const AARCH64: Machine = Machine {
    word: "aarch64",
    target: "aarch64-unknown-linux-gnu",
    compiler: ("CC_aarch64_unknown_linux_gnu", "aarch64-linux-gnu-gcc"),
    linker: Some(("CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER", "aarch64-linux-gnu-gcc")),
    needs: &packages::AARCH64,
    is_static: false,
};

/// What an archive holds beside the program and the list of its ingredients.
const PAPERS: [&str; 10] = [
    "README.md",
    "README.zh-CN.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/operate/README.md",
    "docs/operate/install.md",
    "docs/operate/dengbao.md",
    "docs/operate/duban.service",
    "docs/operate/duban-backup.service",
    "docs/operate/duban-backup.timer",
];

/// What the command line asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    install: bool,
    aarch64: bool,
}

impl Options {
    /// Read the words after `dist`.
    pub(crate) fn parse(words: &[String]) -> Result<Self, String> {
        let mut options = Self::default();
        for word in words {
            match word.as_str() {
                "--install" => options.install = true,
                "--aarch64" => options.aarch64 = true,
                other => return Err(format!("`dist` has no option `{other}`")),
            }
        }
        Ok(options)
    }
}

/// Build the archives into `target/dist`.
pub(crate) fn run(options: &Options) -> Result<(), String> {
    let out = shell::target().join("dist");
    fs::create_dir_all(&out).map_err(|e| format!("{}: {e}", out.display()))?;
    let ingredients = ingredients(&out)?;
    let mut archives = vec![archive(&X86_64, options, (&out, &ingredients))?];
    if options.aarch64 {
        archives.push(archive(&AARCH64, options, (&out, &ingredients))?);
    }
    checksums(&out, &archives)?;
    for name in &archives {
        println!("{}", out.join(name).display());
    }
    Ok(())
}

/// The packages that the program is made of, as `CycloneDX` 1.5.
fn ingredients(out: &Path) -> Result<PathBuf, String> {
    let tools = shell::target().join("tools");
    let tool = tools.join("bin/cargo-cyclonedx");
    if !tool.exists() {
        let version = format!("cargo-cyclonedx@{CYCLONEDX}");
        let root = tools.display().to_string();
        shell::run(&mut shell::cargo(&["install", "--locked", "--root", &root, &version]))?;
    }
    let written = shell::root().join("crates/duban/duban.cdx.json");
    let mut command = Command::new(tool);
    command.current_dir(shell::root().join("crates/duban"));
    command.args(["cyclonedx", "--format", "json", "--spec-version", "1.5"]);
    shell::run(command.args(["--override-filename", "duban.cdx"]))?;
    let kept = out.join("duban.cdx.json");
    let text = fs::read_to_string(&written).map_err(|e| format!("{}: {e}", written.display()))?;
    remove_others(&written)?;
    fs::write(&kept, text).map_err(|e| format!("{}: {e}", kept.display()))?;
    Ok(kept)
}

/// The tool leaves a list beside every manifest; only the program's own is wanted.
fn remove_others(written: &Path) -> Result<(), String> {
    let crates = shell::root().join("crates");
    let folders = fs::read_dir(&crates).map_err(|e| format!("{}: {e}", crates.display()))?;
    let lists = folders.flatten().map(|f| f.path().join("duban.cdx.json"));
    for list in lists.chain([written.to_owned(), shell::root().join("xtask/duban.cdx.json")]) {
        if list.exists() {
            fs::remove_file(&list).map_err(|e| format!("{}: {e}", list.display()))?;
        }
    }
    Ok(())
}

fn archive(
    machine: &Machine,
    options: &Options,
    (out, ingredients): (&Path, &Path),
) -> Result<String, String> {
    let missing = packages::missing(machine.needs);
    if options.install {
        packages::install(&missing)?;
    } else {
        packages::refuse(&missing)?;
    }
    let program = build(machine)?;
    let name = format!("duban-{}-{}-linux", env!("CARGO_PKG_VERSION"), machine.word);
    let folder = out.join(&name);
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    copy(&program, &folder.join("duban"))?;
    copy(ingredients, &folder.join("duban.cdx.json"))?;
    for paper in PAPERS {
        copy(&shell::root().join(paper), &folder.join(paper))?;
    }
    if machine.is_static {
        try_out(&folder)?;
    }
    let archive = format!("{name}.tar.gz");
    let mut tar = Command::new("tar");
    // The same sources give the same archive.
    tar.args(["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0"]);
    shell::run(tar.current_dir(out).args(["-czf", &archive, &name]))?;
    Ok(archive)
}

fn build(machine: &Machine) -> Result<PathBuf, String> {
    let added = Command::new("rustup")
        .args(["target", "add", machine.target])
        .current_dir(shell::root())
        .status();
    if !added.is_ok_and(|status| status.success()) {
        return Err(format!("`rustup target add {}` failed", machine.target));
    }
    let (variable, compiler) = machine.compiler;
    let mut cargo = shell::cargo(&["build", "--release", "--locked", "-p", "duban"]);
    cargo.args(["--target", machine.target]).env(variable, compiler);
    if let Some((variable, linker)) = machine.linker {
        cargo.env(variable, linker);
    }
    shell::run(&mut cargo)?;
    Ok(shell::target().join(machine.target).join("release/duban"))
}

/// A city founded, proved and taken along where there is nothing but the program: no library, no
/// time zones, no certificates. Who is not root tries it beside the libraries of this machine.
fn try_out(folder: &Path) -> Result<(), String> {
    let bare = tempdir(folder)?;
    copy(&folder.join("duban"), &bare.join("duban"))?;
    fs::create_dir_all(bare.join("tmp")).map_err(|e| e.to_string())?;
    let found = ["setup", "--data", "/data", "--name", "试验市"];
    for words in
        [&found[..], &["verify", "--data", "/data"], &["export", "/city.zip", "--data", "/data"]]
    {
        let chroot = shell::which("chroot").filter(|_| postgres::is_root());
        let mut command = match &chroot {
            Some(chroot) => Command::new(chroot),
            None => Command::new(bare.join("duban")),
        };
        if chroot.is_some() {
            command.arg(&bare).arg("/duban");
        }
        let place = |word: &&str| match word.strip_prefix('/') {
            Some(rest) if chroot.is_none() => bare.join(rest).display().to_string(),
            _ => (*word).to_owned(),
        };
        shell::run_quietly(command.env_clear().args(words.iter().map(place)))?;
    }
    fs::remove_dir_all(&bare).map_err(|e| format!("{}: {e}", bare.display()))
}

fn tempdir(folder: &Path) -> Result<PathBuf, String> {
    let mut bare = folder.as_os_str().to_owned();
    bare.push("-bare");
    let bare = PathBuf::from(bare);
    if bare.exists() {
        fs::remove_dir_all(&bare).map_err(|e| format!("{}: {e}", bare.display()))?;
    }
    fs::create_dir_all(&bare).map_err(|e| format!("{}: {e}", bare.display()))?;
    Ok(bare)
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    fs::copy(from, to).map(drop).map_err(|e| format!("{} to {}: {e}", from.display(), to.display()))
}

/// `sha256sum -c SHA256SUMS` proves a download.
fn checksums(out: &Path, archives: &[String]) -> Result<(), String> {
    let sums = shell::output(Command::new("sha256sum").current_dir(out).args(archives))?;
    fs::write(out.join("SHA256SUMS"), sums).map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_paper_of_the_archive_is_there() {
        for paper in PAPERS {
            assert!(shell::root().join(paper).is_file(), "{paper}");
        }
    }

    #[test]
    fn an_unknown_option_is_refused() {
        assert!(Options::parse(&["--fast".to_owned()]).unwrap_err().contains("--fast"));
        let asked = Options::parse(&["--aarch64".to_owned()]).unwrap();
        assert_eq!(asked, Options { aarch64: true, install: false });
    }
}
