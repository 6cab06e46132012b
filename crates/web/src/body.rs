//! The body of a request as names and values, whatever its form.

use std::collections::BTreeMap;

/// Names and values as they were sent; a name may come several times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raw(Vec<(String, String)>);

/// Names and values as the query of an address.
pub fn encode_query(pairs: &[(String, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

impl Raw {
    /// From an urlencoded form or query.
    pub fn urlencoded(bytes: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// From a JSON object; lists give a name several times, lists of objects give rows.
    pub fn json(bytes: &[u8]) -> Result<Self, String> {
        let object: BTreeMap<String, serde_json::Value> =
            serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
        let mut pairs = Vec::new();
        for (name, value) in object {
            let list = if let serde_json::Value::Array(list) = value { list } else { vec![value] };
            for (row, item) in list.into_iter().enumerate() {
                let serde_json::Value::Object(cells) = item else {
                    pairs.push((name.clone(), scalar(&name, item)?));
                    continue;
                };
                for (column, value) in cells {
                    let name = crate::values::cell_name(&name, row, &column);
                    let value = scalar(&name, value)?;
                    pairs.push((name, value));
                }
            }
        }
        Ok(Self(pairs))
    }

    /// Adds a pair.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// The first value of a name that is not blank.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).find(|v| !v.trim().is_empty())
    }

    /// All values of a name.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// All pairs.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}

impl FromIterator<(String, String)> for Raw {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

fn scalar(name: &str, value: serde_json::Value) -> Result<String, String> {
    match value {
        serde_json::Value::Null => Ok(String::new()),
        serde_json::Value::Bool(b) => Ok(if b { "1".to_owned() } else { String::new() }),
        serde_json::Value::Number(n) => Ok(n.to_string()),
        serde_json::Value::String(s) => Ok(s),
        serde_json::Value::Array(_) | serde_json::Value::Object(_) => {
            Err(format!("{name}: a value or a flat list is expected"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Raw;

    #[test]
    fn json_and_a_form_give_the_same_pairs() {
        let json = Raw::json(br#"{"a":"x","n":3,"u":["1","2"],"ok":true}"#).unwrap();
        let form = Raw::urlencoded(b"a=x&n=3&ok=1&u=1&u=2");
        assert_eq!(json, form);
        let json = Raw::json(br#"{"m":[{"day":"x","n":1},{"n":2}]}"#).unwrap();
        assert_eq!(json, Raw::urlencoded(b"m.0.day=x&m.0.n=1&m.1.n=2"));
        assert!(Raw::json(br#"{"a":[{"b":{"c":1}}]}"#).is_err());
    }
}
