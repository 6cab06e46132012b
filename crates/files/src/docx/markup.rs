//! Texts inside XML.

/// Escapes what means something in XML and leaves out what XML 1.0 cannot hold.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            letter if is_held(letter) => out.push(letter),
            _ => {}
        }
    }
    out
}

/// Whether XML 1.0 can hold a character; one that it cannot makes Word refuse the whole file.
const fn is_held(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The inside of a run: its text, with breaks where its lines end.
pub(crate) fn text_of_run(text: &str) -> String {
    let lines: Vec<_> = text
        .lines()
        .map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(line)))
        .collect();
    lines.join("<w:br/>")
}

#[cfg(test)]
mod tests {
    use super::{escape, text_of_run};

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(escape("a\u{0}\u{8}\u{1b}b\u{fffe}c\td"), "abc\td");
        assert_eq!(escape("A&B <\"'>"), "A&amp;B &lt;&quot;&apos;&gt;");
        assert_eq!(escape("𠮷〔2026〕"), "𠮷〔2026〕");
    }

    #[test]
    fn lines_break() {
        let run = text_of_run("一\n二");
        assert_eq!(
            run,
            "<w:t xml:space=\"preserve\">一</w:t><w:br/><w:t xml:space=\"preserve\">二</w:t>"
        );
    }
}
