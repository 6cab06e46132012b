//! Just enough of Rust's lexical grammar to tell code, comments and literals apart.

/// A piece of text and the line it starts on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// A source file taken apart; both masks keep every line where it was.
#[derive(Debug, Default)]
pub(crate) struct Rust {
    /// Comments and literals replaced by spaces.
    pub(crate) code: String,
    /// Comments alone replaced by spaces.
    pub(crate) uncommented: String,
    /// What stands in string literals.
    pub(crate) strings: Vec<Piece>,
    /// Comments with their slashes.
    pub(crate) comments: Vec<Piece>,
    /// For each line, whether it belongs to an item under `cfg(test)`.
    test_lines: Vec<bool>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Comment,
    Text,
    Letter,
}

impl Rust {
    /// Take a file apart.
    pub(crate) fn read(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut code, mut uncommented) = (bytes.to_vec(), bytes.to_vec());
        let mut rust = Self::default();
        let (mut at, mut line) = (0, 1);
        while at < bytes.len() {
            let (kind, end) = token(bytes, at);
            let token_bytes = bytes.get(at..end).unwrap_or_default();
            let piece = || Piece { line, text: String::from_utf8_lossy(token_bytes).into_owned() };
            match kind {
                Kind::Code => {}
                Kind::Comment => {
                    rust.comments.push(piece());
                    blank(&mut code, at, end);
                    blank(&mut uncommented, at, end);
                }
                Kind::Text => {
                    rust.strings.push(piece());
                    blank(&mut code, at, end);
                }
                Kind::Letter => blank(&mut code, at, end),
            }
            line += token_bytes.iter().filter(|byte| **byte == b'\n').count();
            at = end;
        }
        rust.code = String::from_utf8_lossy(&code).into_owned();
        rust.uncommented = String::from_utf8_lossy(&uncommented).into_owned();
        rust.test_lines = test_lines(&rust.code);
        rust
    }

    /// Whether a line (from 1) is only compiled for tests.
    pub(crate) fn is_test_line(&self, line: usize) -> bool {
        self.test_lines.get(line.saturating_sub(1)).copied().unwrap_or(false)
    }

    /// Lines outside `cfg(test)`.
    pub(crate) fn line_count_without_tests(&self) -> usize {
        self.test_lines.iter().filter(|is_test| !**is_test).count()
    }

    /// The lines of the code mask, from 1.
    pub(crate) fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(index, text)| (index + 1, text))
    }
}

fn blank(bytes: &mut [u8], from: usize, to: usize) {
    for byte in bytes.iter_mut().take(to).skip(from) {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

fn at(bytes: &[u8], index: usize) -> u8 {
    bytes.get(index).copied().unwrap_or(0)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn token(bytes: &[u8], start: usize) -> (Kind, usize) {
    match (at(bytes, start), at(bytes, start + 1)) {
        (b'/', b'/') => (Kind::Comment, find(bytes, start, |byte| byte == b'\n')),
        (b'/', b'*') => (Kind::Comment, end_of_block_comment(bytes, start)),
        (b'"', _) => (Kind::Text, end_of_string(bytes, start)),
        (b'r', b'"' | b'#') if start == 0 || !is_raw_tail(bytes, start) => {
            match end_of_raw_string(bytes, start) {
                Some(end) => (Kind::Text, end),
                None => (Kind::Code, start + 1),
            }
        }
        (b'\'', b'\\') => {
            let quote = find(bytes, start + 3, |byte| byte == b'\'');
            (Kind::Letter, (quote + 1).min(bytes.len()))
        }
        (b'\'', next) => {
            let width = match next {
                0xF0.. => 4,
                0xE0.. => 3,
                0xC0.. => 2,
                _ => 1,
            };
            // Without the closing quote it is a lifetime.
            let is_letter = at(bytes, start + 1 + width) == b'\'';
            if is_letter { (Kind::Letter, start + width + 2) } else { (Kind::Code, start + 1) }
        }
        _ => (Kind::Code, start + 1),
    }
}

/// Whether the `r` at this place ends a longer word, other than the prefixes `br` and `cr`.
fn is_raw_tail(bytes: &[u8], start: usize) -> bool {
    let before = at(bytes, start - 1);
    let is_prefix = matches!(before, b'b' | b'c') && (start < 2 || !is_word(at(bytes, start - 2)));
    is_word(before) && !is_prefix
}

fn find(bytes: &[u8], from: usize, is_end: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().position(|byte| is_end(*byte)).map_or(bytes.len(), |offset| from + offset)
}

fn end_of_block_comment(bytes: &[u8], start: usize) -> usize {
    let (mut depth, mut index) = (0_usize, start);
    while index < bytes.len() {
        match (at(bytes, index), at(bytes, index + 1)) {
            (b'/', b'*') => (depth, index) = (depth + 1, index + 2),
            (b'*', b'/') => (depth, index) = (depth - 1, index + 2),
            _ => index += 1,
        }
        if depth == 0 {
            return index;
        }
    }
    bytes.len()
}

fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut index = start + 1;
    while index < bytes.len() {
        match at(bytes, index) {
            b'\\' => index += 2,
            b'"' => return index + 1,
            _ => index += 1,
        }
    }
    bytes.len()
}

fn end_of_raw_string(bytes: &[u8], start: usize) -> Option<usize> {
    let open = find(bytes, start + 1, |byte| byte != b'#');
    if at(bytes, open) != b'"' {
        return None;
    }
    let hashes = open - start - 1;
    let mut index = open + 1;
    while index < bytes.len() {
        let tail = bytes.get(index + 1..index + 1 + hashes).unwrap_or_default();
        if at(bytes, index) == b'"' && tail.len() == hashes && tail.iter().all(|b| *b == b'#') {
            return Some(index + 1 + hashes);
        }
        index += 1;
    }
    Some(bytes.len())
}

/// Where the item that starts here has its braces, or where its semicolon ends it.
pub(crate) enum Extent {
    /// Its closing brace.
    Block(usize),
    /// It has no block but ends here.
    Semicolon(usize),
}

/// Look for the end of the item in a code mask.
pub(crate) fn extent(code: &str, from: usize) -> Option<Extent> {
    let bytes = code.as_bytes();
    let mut depth = 0_i32;
    let mut index = from;
    while index < bytes.len() {
        match at(bytes, index) {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b';' if depth == 0 => return Some(Extent::Semicolon(index)),
            b'{' if depth == 0 => return Some(Extent::Block(closing_brace(bytes, index))),
            _ => {}
        }
        index += 1;
    }
    None
}

fn closing_brace(bytes: &[u8], open: usize) -> usize {
    let mut depth = 0_usize;
    for (index, byte) in bytes.iter().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return index;
        }
    }
    bytes.len()
}

/// The line (from 1) of a byte.
pub(crate) fn line_of(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}

fn test_lines(code: &str) -> Vec<bool> {
    let mut lines = vec![false; code.lines().count()];
    let starts = ["#[cfg(test)]", "#[cfg(all(test"];
    let found = starts.iter().flat_map(|start| code.match_indices(start));
    for (from, _) in found {
        let Some(Extent::Block(end) | Extent::Semicolon(end)) = extent(code, from) else {
            continue;
        };
        let (first, last) = (line_of(code, from), line_of(code, end));
        for line in lines.iter_mut().take(last).skip(first - 1) {
            *line = true;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(text: &str) -> Vec<String> {
        Rust::read(text).strings.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn strings_of_all_kinds_are_found() {
        assert_eq!(strings(r##"f("a\"b", r#"c"d"#, b"e", br"f")"##).len(), 4);
        assert_eq!(strings(r##"let x = r#"c"d"#;"##), [r##"r#"c"d"#"##]);
        assert_eq!(strings("let r#type = '\"'; var\"x\""), ["\"x\""]);
    }

    #[test]
    fn letters_and_lifetimes_do_not_open_strings() {
        let rust = Rust::read("fn f<'a>(x: &'a str) { g('\\'', '{', '督', '\\u{7763}') }");
        assert!(rust.strings.is_empty());
        assert!(rust.code.contains("&'a str"));
        assert_eq!(rust.code.matches('{').count(), 1);
    }

    #[test]
    fn comments_are_blanked_and_kept_with_their_line() {
        let rust = Rust::read("a();\n/* b /* \"c\" */ */ d(); // e \"f\"\ng();");
        assert!(rust.strings.is_empty());
        assert_eq!(rust.comments.iter().map(|piece| piece.line).collect::<Vec<_>>(), [2, 2]);
        assert_eq!(rust.code.split_whitespace().collect::<String>(), "a();d();g();");
    }

    #[test]
    fn lines_under_cfg_test_are_marked() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n";
        let rust = Rust::read(text);
        let marked: Vec<usize> = (1..=6).filter(|line| rust.is_test_line(*line)).collect();
        assert_eq!(marked, [2, 3, 4, 5]);
        assert_eq!(rust.line_count_without_tests(), 2);
    }

    #[test]
    fn a_test_module_in_its_own_file_marks_only_its_line() {
        let rust = Rust::read("#[cfg(test)]\nmod tests;\nfn a() {}\n");
        assert!(rust.is_test_line(2) && !rust.is_test_line(3));
    }
}
