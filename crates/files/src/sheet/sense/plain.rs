//! One writing of the same words: offices mix full and half width, blanks and brackets.

/// Half-width letters, digits and brackets, without blanks, in small letters.
pub fn plain(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                char::from_u32(u32::from(c) - 0xfee0).map(|c| c.to_ascii_lowercase())
            }
            '（' => Some('('),
            '）' => Some(')'),
            '，' => Some(','),
            '．' => Some('.'),
            '：' => Some(':'),
            '；' => Some(';'),
            '％' => Some('%'),
            '－' | '–' | '—' | '−' => Some('-'),
            '／' => Some('/'),
            '～' => Some('~'),
            c if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' => None,
            c => Some(c.to_ascii_lowercase()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn widths_blanks_and_line_ends_do_not_matter() {
        assert_eq!(plain("投 资\n（亿元）"), "投资(亿元)");
        assert_eq!(plain("２０２１．１０．８ Ａb"), "2021.10.8ab");
    }
}
