//! Mail addresses of persons: sealed values like names and telephones.

use journal::{Act, Result};
use kernel::{Refusal, Subject, Text, text};
use web::{FieldSpec, Values};

use crate::words;

/// Characters of an address at most (RFC 5321).
const MAIL_MAX: usize = 254;
/// Characters before the `@` at most.
const LOCAL_MAX: usize = 64;

const WRONG: Text = text!(
    "邮箱地址写法不对，请写成 name@example.gov.cn 的样子，不带空格和中文。",
    "This is no mail address; write it like name@example.gov.cn, without blanks."
);

/// The field of forms.
pub(crate) const FIELD: FieldSpec = FieldSpec::line("mail", words::MAIL, MAIL_MAX).hint(text!(
    "用于发送每日摘要和急件提醒；不填则只在程序内提醒。",
    "For the daily digest and urgent messages; without one they stay inside the program."
));

/// The address that a form says, if it says one that can be written to.
pub(crate) fn said(values: &Values) -> Result<Option<String>> {
    let Some(said) = values.opt("mail") else { return Ok(None) };
    if is_address(&said) {
        return Ok(Some(said));
    }
    Err(Refusal::field("mail", WRONG).into())
}

/// Seals an address of a person.
pub(crate) async fn seal(act: &mut Act, person: Subject, mail: Option<&str>) -> Result<()> {
    match mail {
        Some(mail) => act.seal(person, "mail", mail).await,
        None => Ok(()),
    }
}

/// Whether a text can be a mail address of an office: plain, with a domain of several parts.
pub(crate) fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let in_local = |c: char| c.is_ascii_alphanumeric() || "._+-".contains(c);
    let is_part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let is_local = !local.is_empty()
        && local.len() <= LOCAL_MAX
        && local.chars().all(in_local)
        && local.split('.').all(|part| !part.is_empty());
    is_local && domain.contains('.') && domain.split('.').all(is_part)
}

/// An address that shows whose server it is and no more: `z***@example.gov.cn`.
pub(crate) fn masked(mail: &str) -> String {
    let (local, domain) = mail.split_once('@').unwrap_or((mail, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}***@{domain}")
}

#[cfg(test)]
mod tests {
    use super::{is_address, masked};

    #[test]
    fn an_address_is_told_from_what_cannot_be_written_to() {
        for good in ["a@b.cn", "zhang.san@llzf.gov.cn", "ducha_2+x@mail.luohe.gov.cn"] {
            assert!(is_address(good), "{good}");
        }
        for wrong in [
            "",
            "a",
            "@b.cn",
            "a@",
            "a@b",
            "a b@c.cn",
            "a@b..cn",
            "a@-b.cn",
            "张@b.cn",
            "a@b.cn\n",
            "a@b@c.cn",
            ".a@b.cn",
            "a..b@c.cn",
            "<a@b.cn>",
            "a@b.cn,c@d.cn",
        ] {
            assert!(!is_address(wrong), "{wrong}");
        }
    }

    #[test]
    fn an_address_is_masked_up_to_its_server() {
        assert_eq!(masked("zhang@luohe.gov.cn"), "z***@luohe.gov.cn");
        assert_eq!(masked("broken"), "b***@");
    }
}
