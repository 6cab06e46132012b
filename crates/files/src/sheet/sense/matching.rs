//! Which column holds what: proposed by its title, decided by a person.

use super::head::Title;
use super::plain::plain;

/// A column that somebody waits for.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Its word in the specification.
    pub name: &'a str,
    /// How it may be called.
    pub titles: Vec<&'a str>,
}

/// A title without what stands in brackets: 总投资（亿元） is 总投资.
fn bare(title: &str) -> String {
    let title = plain(title);
    let (before, after) = title.split_once('(').unwrap_or((&title, ""));
    let after = after.split_once(')').map_or("", |(_, rest)| rest);
    format!("{before}{after}").trim_matches(['*', ':']).to_owned()
}

/// How well a title fits what is wanted; the lowest word of its path counts most.
fn fit(title: &Title, wanted: &Wanted<'_>) -> usize {
    let Some(last) = title.path.last() else { return 0 };
    let (last, whole) = (bare(last), bare(&title.path.concat()));
    if last.is_empty() {
        return 0;
    }
    let fits = wanted.titles.iter().enumerate().map(|(i, name)| {
        let name = bare(name);
        let length = name.chars().count();
        // The first names of a column are its best.
        let early = 40_usize.saturating_sub(i);
        if name.is_empty() {
            0
        } else if name == whole {
            3_000 + early
        } else if name == last {
            2_000 + early
        } else if length >= 2 && (last.contains(&name) || whole.ends_with(&name)) {
            1_000 + length
        } else {
            0
        }
    });
    fits.max().unwrap_or_default()
}

/// Proposes for each wanted column the column of the sheet that fits best, each at most once.
pub fn propose<'a>(titles: &[Title], wanted: &[Wanted<'a>]) -> Vec<(u32, &'a str)> {
    let mut fits = Vec::new();
    for (place, want) in wanted.iter().enumerate() {
        for title in titles {
            let fit = fit(title, want);
            if fit > 0 {
                fits.push((fit, place, title.column, want.name));
            }
        }
    }
    fits.sort_by_key(|(fit, place, column, _)| (std::cmp::Reverse(*fit), *place, *column));
    let mut found: Vec<(u32, &str)> = Vec::new();
    for (_, _, column, name) in fits {
        if !found.iter().any(|(c, n)| *c == column || *n == name) {
            found.push((column, name));
        }
    }
    found.sort_unstable();
    found
}

/// What a header is known by: its titles in one writing, for mappings that are remembered.
pub fn signature(titles: &[Title]) -> String {
    titles.iter().map(|t| plain(&t.path.join("/"))).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::{Title, Wanted, propose, signature};

    fn titles(paths: &[&[&str]]) -> Vec<Title> {
        let title = |(column, path): (u32, &&[&str])| Title {
            column,
            path: path.iter().map(|p| (*p).to_owned()).collect(),
        };
        (0..).zip(paths).map(title).collect()
    }

    fn wanted(name: &'static str, titles: &[&'static str]) -> Wanted<'static> {
        Wanted { name, titles: titles.to_vec() }
    }

    #[test]
    fn exact_titles_win_and_no_column_is_used_twice() {
        let titles = titles(&[
            &["序号"],
            &["交办事项"],
            &["责任分工", "牵头单位"],
            &["责任分工", "责任单位"],
            &["总投资（亿元）"],
            &["核实", "单位"],
            &[],
        ]);
        let wanted = [
            wanted("title", &["事项", "交办事项"]),
            wanted("lead", &["牵头单位", "责任单位"]),
            wanted("unit", &["责任单位", "单位"]),
            wanted("amount", &["总投资"]),
            wanted("verifier", &["核实单位"]),
        ];
        let found = propose(&titles, &wanted);
        assert_eq!(found, [(1, "title"), (2, "lead"), (3, "unit"), (4, "amount"), (5, "verifier")]);
    }

    #[test]
    fn a_title_that_holds_the_word_is_better_than_none() {
        let titles = titles(&[&["拟完成时限要求"], &["备注"]]);
        let due = [wanted("due", &["完成时限"]), wanted("note", &["备注", "说明"])];
        assert_eq!(propose(&titles, &due), [(0, "due"), (1, "note")]);
        assert!(propose(&titles, &[wanted("x", &["金额"])]).is_empty());
    }

    #[test]
    fn the_same_header_is_known_again() {
        let a = titles(&[&["序 号"], &["责任分工", "牵头单位"]]);
        let b = titles(&[&["序号"], &["责任分工", "牵头 单位"]]);
        assert_eq!(signature(&a), signature(&b));
        assert_ne!(signature(&a), signature(&titles(&[&["序号"]])));
    }
}
