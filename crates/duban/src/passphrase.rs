//! Credentials on their way from one installation to another, locked by a passphrase.
//!
//! The format is age (age-encryption.org) with a key made from the passphrase by scrypt, so the
//! `age` program can open it too. Nothing of it is our own.

use std::io::Read as _;
use std::path::Path;

use age::scrypt::{Identity, Recipient};
use age::secrecy::SecretString;
use journal::transfer::Lock;
use journal::{Error, Result};

/// Letters of a passphrase at least.
const LEAST: usize = 12;
/// 2^17 rounds of scrypt: 128 MiB, about half a second.
const WORK: u8 = 17;
/// What a file may ask of us at most: 1 GiB.
const WORK_MAX: u8 = 20;
/// Bytes of the file that holds the passphrase at most.
const FILE_MAX: u64 = 4_096;

/// What locks and unlocks credentials.
pub(crate) struct Passphrase(SecretString);

/// Reads a passphrase from the first line of a file, or of standard input for `-`: on the command
/// line every process on the machine could read it.
pub(crate) fn read(file: &Path) -> Result<Passphrase> {
    let told = |e: std::io::Error| Error::fault(format!("{}: {e}", file.display()));
    let mut text = String::new();
    if file == Path::new("-") {
        std::io::stdin().take(FILE_MAX).read_to_string(&mut text).map_err(told)?;
    } else {
        let opened = std::fs::File::open(file).map_err(told)?;
        opened.take(FILE_MAX).read_to_string(&mut text).map_err(told)?;
    }
    of(text.lines().next().unwrap_or_default())
}

fn of(text: &str) -> Result<Passphrase> {
    if text.chars().count() < LEAST {
        return Err(Error::fault(format!("a passphrase has at least {LEAST} characters")));
    }
    Ok(Passphrase(SecretString::from(text.to_owned())))
}

impl Lock for Passphrase {
    fn tables(&self) -> &[&str] {
        &people::codes::CREDENTIAL_TABLES
    }

    fn lock(&self, plain: Vec<u8>) -> Result<Vec<u8>> {
        let mut recipient = Recipient::new(self.0.clone());
        recipient.set_work_factor(WORK);
        age::encrypt(&recipient, &plain).map_err(Error::fault)
    }

    fn unlock(&self, locked: Vec<u8>) -> Result<Vec<u8>> {
        let mut identity = Identity::new(self.0.clone());
        identity.set_max_work_factor(WORK_MAX);
        age::decrypt(&identity, &locked)
            .map_err(|e| Error::fault(format!("the credentials cannot be unlocked: {e}")))
    }
}

#[cfg(test)]
mod tests {
    use super::of;
    use journal::transfer::Lock as _;

    #[test]
    fn only_the_same_passphrase_unlocks() {
        let right = of("correct horse battery").unwrap();
        let locked = right.lock(b"secret".to_vec()).unwrap();
        assert!(!locked.windows(6).any(|w| w == b"secret"));
        assert_eq!(right.unlock(locked.clone()).unwrap(), b"secret");
        let wrong = of("wrong horse battery").unwrap().unlock(locked);
        assert!(wrong.unwrap_err().to_string().contains("cannot be unlocked"));
        assert!(of("short").is_err());
    }
}
