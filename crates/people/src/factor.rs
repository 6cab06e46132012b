//! The second factor: time-based codes (RFC 6238), each of which works once.

use journal::{Error, Result};
use kernel::Moment;
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// Bytes of a secret, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
/// Seconds for which a code stands.
const STEP_SECS: u64 = 30;

/// A new random secret.
pub(crate) fn new_secret() -> Result<Vec<u8>> {
    let mut secret = vec![0; SECRET_BYTES];
    getrandom::fill(&mut secret).map_err(Error::fault)?;
    Ok(secret)
}

/// A secret as people type it into their device.
pub(crate) fn written(secret: &[u8]) -> String {
    Secret::from(secret.to_vec()).to_base32()
}

/// The secret that was written so; nothing when it is not one.
pub(crate) fn read(written: &str) -> Option<Vec<u8>> {
    let secret = Secret::try_from_base32(written).ok()?;
    let bytes: &[u8] = secret.as_ref();
    (bytes.len() == SECRET_BYTES).then(|| bytes.to_vec())
}

/// The address that sets up a device at once.
pub(crate) fn uri(secret: &[u8], issuer: &str, name: &str) -> Result<String> {
    let plain = |text: &str| text.replace(':', " ");
    totp(secret, &plain(issuer), &plain(name))?.to_url().map_err(Error::fault)
}

/// The step in which a code stands, one step of delay allowed; nothing when the code is wrong.
pub(crate) fn step(secret: &[u8], code: &str, now: Moment) -> Result<Option<i64>> {
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let seconds = u64::try_from(now.timestamp().as_second()).unwrap_or_default();
    let found = totp(secret, "", "")?.check(&code, seconds);
    Ok(found.and_then(|step| i64::try_from(step).ok()))
}

/// The code that a device with this written secret shows: for tests and help at the desk.
pub fn code(written: &str, now: Moment) -> Result<String> {
    let secret = read(written).ok_or_else(|| Error::fault("not a secret"))?;
    let seconds = u64::try_from(now.timestamp().as_second()).unwrap_or_default();
    Ok(totp(&secret, "", "")?.generate(seconds).to_string())
}

fn totp(secret: &[u8], issuer: &str, name: &str) -> Result<Totp> {
    // Many devices know SHA-1 and six digits only; here SHA-1 is not weakened by collisions.
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(STEP_SECS)
        .with_secret(secret.to_vec())
        .with_account_name(name)
        .with_issuer((!issuer.is_empty()).then_some(issuer))
        .build()
        .map_err(Error::fault)
}

#[cfg(test)]
mod tests {
    use super::{code, new_secret, read, step, uri, written};
    use kernel::Moment;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, cut to six digits.
        let secret = b"12345678901234567890";
        let at = Moment::from_micros(1_111_111_109_000_000);
        assert_eq!(code(&written(secret), at).unwrap(), "081804");
        assert_eq!(step(secret, "081 804", at).unwrap(), Some(1_111_111_109 / 30));
        assert_eq!(step(secret, "081805", at).unwrap(), None);
        assert_eq!(step(secret, "", at).unwrap(), None);
    }

    #[test]
    fn a_code_lives_for_its_step_and_its_neighbours() {
        let secret = new_secret().unwrap();
        let now = Moment::from_micros(1_635_724_800_000_000);
        let shown = code(&written(&secret), now).unwrap();
        assert!(step(&secret, &shown, now.plus_secs(30)).unwrap().is_some());
        assert!(step(&secret, &shown, now.plus_secs(90)).unwrap().is_none());
    }

    #[test]
    fn a_written_secret_is_read_back() {
        let secret = new_secret().unwrap();
        assert_eq!(read(&written(&secret)), Some(secret.clone()));
        assert_eq!(read("too short"), None);
        assert!(uri(&secret, "漯河市督办", "u1").unwrap().starts_with("otpauth://totp/"));
    }
}
