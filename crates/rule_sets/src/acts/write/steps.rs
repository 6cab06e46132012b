//! What the buttons inside a form do to what was typed: a row more or less, one up or down.

use web::Raw;

use super::read::{ROW, WAS, below, rows};

/// A step that a button asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A row more in a list.
    Add(String),
    /// This row less.
    Remove(String, usize),
    /// This row changes places with the one before it.
    Up(String, usize),
    /// Only the fields of what was chosen.
    Choose,
}

impl Step {
    /// The step of a button's value, `remove:doc.档.2`.
    pub(crate) fn of(value: &str) -> Option<Self> {
        let (word, name) = value.split_once(':').unwrap_or((value, ""));
        let row = || {
            let (list, n) = name.rsplit_once('.')?;
            Some((list.to_owned(), n.parse().ok()?))
        };
        match word {
            "add" => Some(Self::Add(name.to_owned())),
            "remove" => row().map(|(list, n)| Self::Remove(list, n)),
            "up" => row().map(|(list, n)| Self::Up(list, n)),
            "choose" => Some(Self::Choose),
            _ => None,
        }
    }

    /// What was typed, after the step.
    pub(crate) fn apply(&self, raw: &Raw) -> Raw {
        match self {
            Self::Add(list) => {
                let next = rows(list, raw).last().map_or(0, |last| last + 1);
                let mut raw = raw.clone();
                raw.push(below(&below(list, &next.to_string()), ROW), "1");
                raw
            }
            Self::Remove(list, n) => {
                let row = below(list, &n.to_string());
                let is_of = |name: &str| {
                    name.strip_prefix(&row)
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                };
                raw.pairs().iter().filter(|(name, _)| !is_of(name)).cloned().collect()
            }
            Self::Up(list, n) => {
                let before = rows(list, raw).into_iter().rfind(|other| other < n);
                let Some(before) = before else { return raw.clone() };
                let (one, other) = (below(list, &n.to_string()), below(list, &before.to_string()));
                let swapped = |name: &str| {
                    renamed(name, &one, &other)
                        .or_else(|| renamed(name, &other, &one))
                        .unwrap_or_else(|| name.to_owned())
                };
                raw.pairs().iter().map(|(name, value)| (swapped(name), value.clone())).collect()
            }
            Self::Choose => without_old_params(raw),
        }
    }
}

/// The parameters of a measure go with it.
fn without_old_params(raw: &Raw) -> Raw {
    let changed = raw.pairs().iter().filter_map(|(name, was)| {
        let measure = name.strip_suffix(WAS)?.strip_suffix('.')?;
        let now = raw.get(measure).unwrap_or_default();
        let input = measure.strip_suffix(".取数").filter(|_| now.trim() != was.trim())?;
        Some(format!("{input}.参数."))
    });
    let gone: Vec<String> = changed.collect();
    let stays = |name: &str| !gone.iter().any(|prefix| name.starts_with(prefix));
    raw.pairs().iter().filter(|(name, _)| stays(name)).cloned().collect()
}

fn renamed(name: &str, from: &str, to: &str) -> Option<String> {
    let rest = name.strip_prefix(from)?;
    (rest.is_empty() || rest.starts_with('.')).then(|| format!("{to}{rest}"))
}

/// Whether something was chosen whose own fields were not shown yet.
pub(crate) fn has_new_choice(raw: &Raw) -> bool {
    raw.pairs().iter().any(|(name, was)| {
        let Some(chosen) = name.strip_suffix(WAS) else { return false };
        let now = raw.get(&format!("{chosen}~")).or_else(|| raw.get(chosen.trim_end_matches('.')));
        now.unwrap_or_default().trim() != was.trim()
    })
}

#[cfg(test)]
mod tests {
    use super::{Step, has_new_choice};
    use web::Raw;

    fn names(raw: &Raw) -> Vec<String> {
        raw.pairs().iter().map(|(name, value)| format!("{name}={value}")).collect()
    }

    #[test]
    fn rows_come_and_go_and_keep_what_was_typed() {
        let raw = Raw::urlencoded("a.0.x=1&a.1.x=2&b=3".as_bytes());
        let step = |value: &str| names(&Step::of(value).unwrap().apply(&raw));
        assert_eq!(step("add:a"), ["a.0.x=1", "a.1.x=2", "b=3", "a.2.~row=1"]);
        assert_eq!(step("remove:a.0"), ["a.1.x=2", "b=3"]);
        assert_eq!(step("up:a.1"), ["a.1.x=1", "a.0.x=2", "b=3"]);
        assert_eq!(step("up:a.0"), step("choose"));
        assert_eq!(Step::of("save"), None);
        assert_eq!(Step::of("remove:a.x"), None);
    }

    #[test]
    fn another_choice_is_seen() {
        let has = |body: &str| has_new_choice(&Raw::urlencoded(body.as_bytes()));
        assert!(has("m.~=b&m.~was=a") && !has("m.~=a&m.~was=a"));
        assert!(has("q.%7Ewas=a&q=b") && !has("q.~was=&x=1"));
    }
}
