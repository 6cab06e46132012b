//! The form token as it stands in an answer: never twice the same, so that neither its length
//! when compressed nor a copy of one page tells it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use journal::{Error, Result};

/// Letters of a masked token at most.
const LONGEST: usize = 1_024;

/// The token under a new mask.
pub fn masked(token: &str) -> Result<String> {
    let mut bytes = vec![0; token.len()];
    getrandom::fill(&mut bytes).map_err(Error::fault)?;
    for (i, byte) in token.bytes().enumerate() {
        let mask = bytes.get(i).copied().unwrap_or_default();
        bytes.push(byte ^ mask);
    }
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// The token behind its mask; nothing when it is none of ours.
pub(crate) fn unmasked(shown: &str) -> Option<String> {
    if shown.len() > LONGEST {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(shown).ok()?;
    let (mask, hidden) = bytes.split_at_checked(bytes.len() / 2)?;
    if mask.len() != hidden.len() {
        return None;
    }
    String::from_utf8(mask.iter().zip(hidden).map(|(m, h)| m ^ h).collect()).ok()
}

#[cfg(test)]
mod tests {
    use super::{masked, unmasked};

    #[test]
    fn a_token_looks_different_each_time_and_is_read_back() {
        let (one, two) = (masked("AAAA.token").unwrap(), masked("AAAA.token").unwrap());
        assert_ne!(one, two);
        assert_eq!(unmasked(&one).as_deref(), Some("AAAA.token"));
        assert_eq!(unmasked(&two).as_deref(), Some("AAAA.token"));
        for other in ["AAAA.token", "", "AAA", "*"] {
            assert_ne!(unmasked(other).as_deref(), Some("AAAA.token"), "{other}");
        }
    }
}
