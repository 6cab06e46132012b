//! Passwords: hashing with one permit, so that signing in cannot take the whole machine, and the
//! two profiles of rules.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use journal::{Db, Error, Result};
use kernel::{Message, Refusal, msg};
use tokio::sync::Semaphore;

use crate::tables::{AccountRow, CredentialRow};
use crate::{store, words};

/// One hash takes about 0.1 s of a core and 19 MiB; with one permit the rest goes on serving.
static PERMIT: Semaphore = Semaphore::const_new(1);
/// How many sign-ins may wait for the permit before the next is told to come back.
const WAITING_MAX: usize = 64;
static WAITING: Semaphore = Semaphore::const_new(WAITING_MAX);

/// Words that no password may contain: what is tried first.
const COMMON: [&str; 20] = [
    "password", "admin", "123456", "111111", "000000", "888888", "qwerty", "abc123", "1qaz2wsx",
    "iloveyou", "welcome", "letmein", "duban", "ducha", "zhengfu", "luohe", "woaini", "5201314",
    "a1b2c3", "test",
];

/// The rules a city's passwords follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// 等保三级: at least 10 characters of 3 classes, changed every 90 days, last 5 not again.
    Dengbao3,
    /// OWASP ASVS 5.0: at least 12 characters, no classes, no forced change.
    Asvs,
}

impl Profile {
    /// The profile of a setting's value.
    pub fn of(word: &str) -> Self {
        if word == "asvs" { Self::Asvs } else { Self::Dengbao3 }
    }

    /// After how many days a password must be changed.
    pub const fn days_max(self) -> Option<i64> {
        match self {
            Self::Dengbao3 => Some(90),
            Self::Asvs => None,
        }
    }

    /// How many former passwords are refused.
    pub const fn former(self) -> i64 {
        match self {
            Self::Dengbao3 => 5,
            Self::Asvs => 0,
        }
    }

    /// What is wrong with a password, if anything.
    pub fn objection(self, password: &str, name: &str) -> Option<Message> {
        let length = password.chars().count();
        let least = match self {
            Self::Dengbao3 => 10,
            Self::Asvs => 12,
        };
        if length < least {
            return Some(msg!(
                "密码至少 {least} 位，现有 {length} 位。",
                "A password has at least {least} characters; this has {length}."
            ));
        }
        if length > 128 {
            return Some(msg!("密码最多 128 位。", "A password has at most 128 characters."));
        }
        if self == Self::Dengbao3 && classes(password) < 3 {
            return Some(msg!(
                "密码须含大写字母、小写字母、数字、符号中的至少三类。",
                "Use at least three of: capitals, small letters, digits, signs."
            ));
        }
        let lower = password.to_lowercase();
        if lower.contains(&name.to_lowercase()) || COMMON.iter().any(|w| lower.contains(w)) {
            return Some(msg!(
                "密码不能包含账号名或常见弱口令。",
                "A password must not contain the account's name or a common word."
            ));
        }
        None
    }
}

fn classes(password: &str) -> usize {
    let tests: [fn(char) -> bool; 4] = [
        |c| c.is_ascii_uppercase(),
        |c| c.is_ascii_lowercase(),
        |c| c.is_ascii_digit(),
        |c| !c.is_ascii_alphanumeric(),
    ];
    tests.iter().filter(|test| password.chars().any(**test)).count()
}

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(19_456, 2, 1, None).map_err(Error::fault)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password (argon2id, 19 MiB, two passes).
pub async fn hash(password: String) -> Result<String> {
    with_permit(move || {
        let hash = hasher()?.hash_password(password.as_bytes()).map_err(Error::fault)?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether a password fits a stored hash. Without one it takes as long and is false, so that an
/// unknown name cannot be told by time.
pub(crate) async fn fits(password: String, stored: Option<String>) -> Result<bool> {
    const DUMMY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
        8bZlqM1sHhvCdTnjnZb7kzqcQ0mPUm0uXxg0tCkL9vA";
    with_permit(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| DUMMY.to_owned());
        let parsed = PasswordHash::new(&stored).map_err(Error::fault)?;
        let fits = hasher()?.verify_password(password.as_bytes(), &parsed).is_ok();
        Ok(known && fits)
    })
    .await
}

async fn with_permit<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let busy = |_| Error::Unavailable("too many sign-ins at once".to_owned());
    let _waiting = WAITING
        .try_acquire()
        .map_err(|_full| Error::Unavailable("too many sign-ins at once".to_owned()))?;
    let _permit = PERMIT.acquire().await.map_err(busy)?;
    tokio::task::spawn_blocking(work).await.map_err(Error::fault)?
}

/// The hash of a new password that the city's profile accepts and that was not used lately.
pub(crate) async fn fresh(
    db: &Db,
    account: &AccountRow,
    credential: &CredentialRow,
    (new, again): (&str, &str),
) -> Result<String> {
    if new != again {
        return Err(Refusal::field("again", words::NOT_THE_SAME).into());
    }
    let city = account.jurisdiction_id;
    let mut tx = db.read().await?;
    let profile = crate::setting::profile(&mut tx, city).await?;
    if let Some(objection) = profile.objection(new, &account.name) {
        return Err(Refusal::field("new", objection).into());
    }
    let mut former = store::former_passwords(&mut tx, city, account.id, profile.former()).await?;
    drop(tx);
    former.push(credential.password_hash.clone());
    for stored in former {
        if fits(new.to_owned(), Some(stored)).await? {
            return Err(Refusal::field("new", words::USED_BEFORE).into());
        }
    }
    hash(new.to_owned()).await
}

/// Letters of one-time codes: none that looks like another.
const CODE_LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";

/// A one-time code of 80 random bits, in groups that can be read aloud.
pub(crate) fn one_time_code() -> Result<String> {
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).map_err(Error::fault)?;
    let letters = random.map(|byte| char::from(CODE_LETTERS[usize::from(byte % 32)]));
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

/// Whether a text is a one-time code that this program made.
pub(crate) fn is_one_time_code(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    let is_group =
        |group: &&str| group.len() == 4 && group.bytes().all(|b| CODE_LETTERS.contains(&b));
    groups.len() == 4 && groups.iter().all(is_group)
}

/// A secret of so many random bytes, written for cookies, tokens and one-time codes.
pub fn secret(bytes: usize) -> Result<String> {
    let mut random = vec![0_u8; bytes];
    getrandom::fill(&mut random).map_err(Error::fault)?;
    Ok(URL_SAFE_NO_PAD.encode(random))
}

#[cfg(test)]
mod tests {
    use super::{Profile, fits, hash, is_one_time_code, one_time_code};

    #[test]
    fn one_time_codes_differ_and_are_known_again() {
        let (one, two) = (one_time_code().unwrap(), one_time_code().unwrap());
        assert!(one != two && is_one_time_code(&one) && one.len() == 19);
        assert!(!is_one_time_code("aaaa-bbbb-cccc") && !is_one_time_code("aaaa-bbbb-cccc-dd 0"));
    }

    #[tokio::test]
    async fn a_password_fits_only_its_own_hash() {
        let stored = hash("Correct-Horse-7".into()).await.unwrap();
        assert!(fits("Correct-Horse-7".into(), Some(stored.clone())).await.unwrap());
        assert!(!fits("correct-horse-7".into(), Some(stored)).await.unwrap());
        assert!(!fits("anything".into(), None).await.unwrap());
    }

    #[test]
    fn each_profile_says_how_to_mend_a_weak_password() {
        let refused = |p: Profile, w| p.objection(w, "bureau").is_some();
        assert!(refused(Profile::Dengbao3, "Ab1-short"));
        assert!(refused(Profile::Dengbao3, "onlysmallletters"));
        assert!(refused(Profile::Dengbao3, "Bureau-2021-xx"));
        assert!(!refused(Profile::Dengbao3, "Cloud-2021-river"));
        assert!(!refused(Profile::Asvs, "onlysmallletters"));
        assert!(refused(Profile::Asvs, "mypassword12345"));
    }
}
