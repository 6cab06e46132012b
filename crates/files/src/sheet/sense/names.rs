//! Several names in one cell, and words that mean everybody of a kind.

/// A word that stands for many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Everybody {
    /// 各县区.
    Counties,
    /// 市直各部门.
    Departments,
    /// 各单位: both.
    All,
}

/// The names of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Single names, in order, each once.
    pub names: Vec<String>,
    /// Words that stand for many.
    pub everybody: Vec<Everybody>,
    /// Whether 等 says that there are more, without saying which.
    pub and_more: bool,
}

const COUNTIES: [&str; 9] = [
    "各县区",
    "各县（区）",
    "各县(区)",
    "各县、区",
    "各区县",
    "各县市区",
    "各县（市、区）",
    "各县(市、区)",
    "各县区功能区",
];
const DEPARTMENTS: [&str; 6] =
    ["市直各部门", "市直各单位", "各市直部门", "各市直单位", "市直有关部门", "市直相关单位"];
const ALL: [&str; 6] =
    ["各单位", "各有关单位", "各相关单位", "各责任单位", "各级各部门", "各县区各部门"];

/// The names of a cell: parted by 、，；/ and line ends, but not inside brackets.
pub fn names(text: &str) -> Names {
    let mut found = Names::default();
    // Words for many may hold a mark that parts names.
    let mut rest = text.trim().to_owned();
    for (words, kind) in [
        (&ALL[..], Everybody::All),
        (&COUNTIES[..], Everybody::Counties),
        (&DEPARTMENTS[..], Everybody::Departments),
    ] {
        let mut words = words.to_vec();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        for word in words {
            if rest.contains(word) {
                rest = rest.replace(word, "、");
                if !found.everybody.contains(&kind) {
                    found.everybody.push(kind);
                }
            }
        }
    }
    for piece in pieces(&rest) {
        let piece = piece.trim().trim_end_matches(['。', '.', ':', '：']);
        let (piece, and_more) = match piece.strip_suffix('等') {
            Some(rest) if !rest.is_empty() => (rest, true),
            _ => (piece, false),
        };
        found.and_more |= and_more || piece == "等";
        let name = without_aside(piece);
        if !name.is_empty() && name != "等" && !found.names.contains(&name) {
            found.names.push(name);
        }
    }
    found
}

fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let parts = matches!(c, '、' | '，' | ',' | '；' | ';' | '/' | '\n' | '\r' | '|' | '／');
        if parts && depth == 0 {
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    pieces
}

/// 市发展改革委（牵头） is 市发展改革委; blanks inside names are typing.
fn without_aside(piece: &str) -> String {
    let end = piece.find(['（', '(']).filter(|at| *at > 0);
    let name = end.and_then(|at| piece.get(..at)).unwrap_or(piece);
    name.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Everybody, names};

    #[test]
    fn names_are_parted_by_every_mark_that_offices_use() {
        for text in [
            "市财政局、临颍县",
            "市财政局，临颍县",
            "市财政局；临颍县。",
            "市财政局\n临颍县",
            "市财政局/临 颍 县",
            "市财政局（牵头）、临颍县（张三，李四）",
            "市财政局、、临颍县、市财政局",
        ] {
            let found = names(text);
            assert_eq!(found.names, ["市财政局", "临颍县"], "{text}");
            assert!(found.everybody.is_empty() && !found.and_more);
        }
    }

    #[test]
    fn words_for_many_are_kept_apart() {
        let found = names("各县（市、区）、市直各部门，市公安局");
        assert_eq!(found.everybody, [Everybody::Counties, Everybody::Departments]);
        assert_eq!(found.names, ["市公安局"]);
        assert_eq!(names("各单位").everybody, [Everybody::All]);
        assert_eq!(names("各县区").everybody, [Everybody::Counties]);
    }

    #[test]
    fn and_others_is_not_passed_over() {
        assert!(names("市财政局、临颍县等").and_more);
        assert_eq!(names("市财政局、临颍县等").names, ["市财政局", "临颍县"]);
        assert!(names("").names.is_empty());
    }
}
