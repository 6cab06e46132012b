//! Running other programs.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder that holds the workspace's `Cargo.toml`.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// The folder of what cargo builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The cargo that runs us, so that `+toolchain` is kept.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    // What cargo told us about ourselves would make it build anew what reads these variables.
    for (name, _) in std::env::vars_os() {
        let word = name.to_string_lossy();
        if word.starts_with("CARGO_PKG_") || word.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// A program of the search path, or none.
pub(crate) fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Whether an environment variable is set to something other than "", "0" and "false".
pub(crate) fn is_set(variable: &str) -> bool {
    std::env::var(variable).is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}

/// How a command reads on the screen.
pub(crate) fn spelled(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Run to the end with our own output; anything but success is an error.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let name = spelled(command);
    println!("$ {name}");
    let status = command.status().map_err(|e| format!("cannot start `{name}`: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{name}` failed ({status})")) }
}

/// Run to the end and give the standard output.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let name = spelled(command);
    let out = command.output().map_err(|e| format!("cannot start `{name}`: {e}"))?;
    if out.status.success() {
        return Ok(String::from_utf8_lossy(&out.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&out.stderr);
    Err(format!("`{name}` failed ({}):\n{}", out.status, said.trim_end()))
}

/// Run to the end and show what was said only when it fails.
pub(crate) fn run_quietly(command: &mut Command) -> Result<(), String> {
    let name = spelled(command);
    println!("$ {name}");
    let out = command.output().map_err(|e| format!("cannot start `{name}`: {e}"))?;
    if out.status.success() {
        return Ok(());
    }
    let (said, complained) =
        (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    Err(format!("{said}{complained}`{name}` failed ({})", out.status))
}

/// Which of a child's two streams is read along.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// Run to the end, show one stream line by line and hand each line to `see`; gives the exit code.
pub(crate) fn tee(
    command: &mut Command,
    stream: Stream,
    mut see: impl FnMut(&str),
) -> Result<Option<i32>, String> {
    let name = spelled(command);
    println!("$ {name}");
    match stream {
        Stream::Out => command.stdout(Stdio::piped()),
        Stream::Err => command.stderr(Stdio::piped()),
    };
    let mut child = command.spawn().map_err(|e| format!("cannot start `{name}`: {e}"))?;
    let pipe: Option<Box<dyn std::io::Read>> = match stream {
        Stream::Out => child.stdout.take().map(|pipe| Box::new(pipe) as _),
        Stream::Err => child.stderr.take().map(|pipe| Box::new(pipe) as _),
    };
    if let Some(pipe) = pipe {
        let mut reader = BufReader::new(pipe);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).map_err(|e| format!("{name}: {e}"))? > 0 {
            let shown = match stream {
                Stream::Out => std::io::stdout().write_all(&line),
                Stream::Err => std::io::stderr().write_all(&line),
            };
            shown.map_err(|e| format!("cannot show the output of `{name}`: {e}"))?;
            see(String::from_utf8_lossy(&line).trim_end());
            line.clear();
        }
    }
    let status = child.wait().map_err(|e| format!("{name}: {e}"))?;
    Ok(status.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_reaches_the_reader_and_the_exit_code_is_kept() {
        let mut seen = Vec::new();
        let code =
            tee(Command::new("sh").args(["-c", "echo one; echo two; exit 3"]), Stream::Out, {
                |line| seen.push(line.to_owned())
            });
        assert_eq!(code, Ok(Some(3)));
        assert_eq!(seen, ["one", "two"]);
    }

    #[test]
    fn a_failing_command_is_named_with_what_it_said() {
        let said = output(Command::new("sh").args(["-c", "echo why >&2; exit 1"]));
        let message = said.expect_err("it fails");
        assert!(message.contains("why") && message.contains("sh -c"), "{message}");
    }
}
