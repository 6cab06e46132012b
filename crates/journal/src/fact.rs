//! Typed facts: an enum per room, its member's word as the kind, its fields as the payload.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Error, Result};

/// A room's facts. Declared by [`crate::facts!`].
pub trait Fact: Serialize + DeserializeOwned {
    /// All kinds this enum knows.
    const KINDS: &'static [&'static str];

    /// The kind and the payload bytes: `{"kind":{…}}` cut in two, so that nothing is buffered twice.
    fn split(&self) -> Result<(String, Vec<u8>)> {
        let text = serde_json::to_string(self)?;
        let cut = || Error::fault(format!("not a fact: {text}"));
        let rest = text.strip_prefix("{\"").and_then(|t| t.strip_suffix('}')).ok_or_else(cut)?;
        let (kind, payload) = rest.split_once("\":").ok_or_else(cut)?;
        Ok((kind.to_owned(), payload.as_bytes().to_vec()))
    }

    /// The fact of a kind and payload bytes.
    fn join(kind: &str, payload: &[u8]) -> Result<Self> {
        let mut text = Vec::with_capacity(kind.len() + payload.len() + 5);
        text.extend_from_slice(b"{\"");
        text.extend_from_slice(kind.as_bytes());
        text.extend_from_slice(b"\":");
        text.extend_from_slice(payload);
        text.push(b'}');
        serde_json::from_slice(&text)
            .map_err(|e| Error::fault(format!("fact {kind} cannot be read: {e}")))
    }
}

/// Declares a room's facts: each member with the word that stands in the journal for ever.
///
/// `facts! { /// Doc. pub(crate) enum Fact { /// Doc. "unit_added" UnitAdded { name: String }, } }`
#[macro_export]
macro_rules! facts {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$vmeta:meta])* $kind:literal $variant:ident { $($(#[$fmeta:meta])* $field:ident : $ty:ty),* $(,)? },)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        $vis enum $name {
            $($(#[$vmeta])* #[serde(rename = $kind)] $variant { $($(#[$fmeta])* $field: $ty),* },)+
        }

        impl $crate::Fact for $name {
            const KINDS: &'static [&'static str] = &[$($kind),+];
        }
    };
}
