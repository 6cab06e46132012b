//! Text search: texts are cut into pairs of Chinese characters and whole other words, the same
//! string indexed by FTS5 and by tsvector with the simple configuration.

use journal::{Boxed, Engine, Entry, Follower, Result, Tx, Value};

use crate::store;

/// Pairs looked for at once at most.
const PAIRS_MAX: usize = 20;

/// The tokens of a text: pairs of neighbouring Chinese characters, whole other words.
pub(crate) fn cut(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut last: Option<char> = None;
    for c in text.chars().flat_map(char::to_lowercase) {
        if is_han(c) {
            flush(&mut word, &mut tokens);
            if let Some(before) = last {
                tokens.push(format!("{before}{c}"));
            }
            last = Some(c);
            continue;
        }
        last = None;
        if c.is_alphanumeric() {
            word.push(c);
        } else {
            flush(&mut word, &mut tokens);
        }
    }
    flush(&mut word, &mut tokens);
    tokens
}

fn flush(word: &mut String, tokens: &mut Vec<String>) {
    if !word.is_empty() {
        tokens.push(std::mem::take(word));
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// The condition on `assignments a` that all tokens of a text occur; a text without tokens (a
/// single Chinese character) finds nothing.
pub(crate) fn condition(engine: Engine, text: &str, values: &mut Vec<Value>) -> String {
    let mut tokens = cut(text);
    tokens.truncate(PAIRS_MAX);
    if tokens.is_empty() {
        return " AND 1 = 0".to_owned();
    }
    let quoted: Vec<_> = tokens.iter().map(|t| quote(engine, t)).collect();
    let joiner = if engine == Engine::Sqlite { " AND " } else { " & " };
    values.push(Value::Text(quoted.join(joiner)));
    store::found_condition(engine, values.len())
}

fn quote(engine: Engine, token: &str) -> String {
    // Tokens hold letters and digits only, so nothing can break out of the quotes.
    match engine {
        Engine::Sqlite => format!("\"{token}\""),
        Engine::Postgres => format!("'{token}'"),
    }
}

/// Keeps the index of assignments' texts.
pub(crate) const FOLLOWER: Follower = Follower { name: "assignments.search", follow };

/// The facts with which an assignment's texts begin.
const BEGIN: [&str; 2] = ["assignment_issued", "assignment_taken_over"];

fn follow<'a>(entries: &'a [Entry], tx: &'a mut Tx) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        for entry in entries.iter().filter(|e| BEGIN.contains(&e.kind.as_str())) {
            let a = store::assignment(tx, entry.jurisdiction, entry.subject.id).await?;
            let text = [&a.label, &a.title, &a.demand, &a.standard, &a.basis].map(String::as_str);
            let words = cut(&text.join(" ")).join(" ");
            store::index_words(tx, &a, &words).await?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn chinese_is_cut_into_pairs_and_the_rest_into_words() {
        assert_eq!(cut("产业园GDP增长9.1%"), ["产业", "业园", "gdp", "增长", "9", "1"]);
        assert!(cut("产").is_empty());
        assert_eq!(cut("'; DROP--"), ["drop"]);
    }
}
