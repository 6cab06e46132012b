//! Erasing a person's name or number for good (个人信息保护法 第四十七条). The journal keeps a salted
//! hash and the fact that it was erased; the posts the person held stay.

use journal::{Error, Result};
use kernel::{Lang, Refusal, Subject, SubjectKind, Text, text};
use maud::html;
use ui::{Tone, part};
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::store::{self, PersonLine};
use crate::{grants, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::many("fields", words::WHAT_TO_ERASE).required(),
    FieldSpec::area("reason", words::REASON, 300).required().hint(words::ERASE_REASON_HINT),
    FieldSpec::check("sure", words::ERASE_SURE).required(),
];

pub(crate) fn route() -> Route {
    Route::act("/persons/{id}/erasure", grants::ERASE_PERSONAL, words::ERASE)
        .help(text!(
            "删除后任何人都不能恢复。请先核实本人的书面申请，或保存期限已满的依据。",
            "Nobody can bring it back. First make sure of the person's written request, or that the time for which it may be kept is over."
        ))
        .danger()
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(erase_personal)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (city, id, lang) = (call.city()?, call.id("id")?, call.lang);
    let mut tx = call.read().await?;
    let person = store::person(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let sealed = store::sealed_of(&mut tx, city, id).await?;
    let choices =
        sealed.iter().map(|(field, _)| Choice::new(field, words::personal(field).of(lang)));
    let stays = part::alert(Tone::Yellow, html! { (words::ERASE_STAYS.of(lang)) });
    Ok(Prepared {
        about: Some(named(&person, lang)),
        intro: stays,
        ..super::back(&format!("/persons/{id}"))
    }
    .offer("fields", choices.collect()))
}

fn named(person: &PersonLine, lang: Lang) -> String {
    person.name.clone().unwrap_or_else(|| words::ERASED.of(lang).to_owned())
}

async fn erase_personal(call: Call, values: Values) -> Result<Done> {
    let (city, id, today) = (call.city()?, call.id("id")?, call.today());
    let own = call.actor()?.person;
    let (chosen, reason) = (values.list("fields"), values.text("reason"));
    let receipt = call
        .act(async |act| {
            let person = store::person(act, city, id).await?.ok_or_else(Error::missing)?;
            let has_post = !store::posts_of(act, city, id, today).await?.is_empty();
            let has_account = match person.account {
                Some(account) => {
                    store::account(act, city, account).await?.is_some_and(|a| !a.disabled)
                }
                None => false,
            };
            let sealed = store::sealed_of(act, city, id).await?;
            let standing = Standing { is_own: own == id, has_post, has_account };
            may_erase(&chosen, &reason, &sealed, standing)?;
            let subject = Subject::new(SubjectKind::Person, id);
            for field in &chosen {
                act.erase(subject, field).await?;
            }
            Ok(())
        })
        .await?;
    Ok(Done::to(format!("/persons/{id}"), receipt))
}

/// What is known of the person.
#[derive(Clone, Copy)]
struct Standing {
    is_own: bool,
    has_post: bool,
    has_account: bool,
}

/// A name goes only when the person has left: who acts must be known by name. Nobody erases the
/// own data, and the reason, which stays for ever, must not repeat what goes.
fn may_erase(
    chosen: &[String],
    reason: &str,
    sealed: &[(String, String)],
    person: Standing,
) -> std::result::Result<(), Refusal> {
    let rule = |text: Text| Err(Refusal::rule(text));
    if person.is_own {
        return rule(words::NOT_ONESELF);
    }
    if chosen.iter().any(|field| sealed.iter().all(|(known, _)| known != field)) {
        return Err(Refusal::field("fields", words::ERASED_ALREADY));
    }
    if chosen.iter().any(|field| field == "name") && (person.has_post || person.has_account) {
        return rule(words::ERASE_LEAVE_FIRST);
    }
    if sealed.iter().any(|(_, value)| !value.trim().is_empty() && reason.contains(value.trim())) {
        return Err(Refusal::field("reason", words::ERASE_REASON_TELLS));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Standing, may_erase};

    #[test]
    fn a_name_goes_only_with_its_posts_and_never_into_the_reason() {
        let sealed =
            [("name".to_owned(), "张某".to_owned()), ("phone".to_owned(), "1390".to_owned())];
        let (name, phone) = (["name".to_owned()], ["phone".to_owned()]);
        let gone = Standing { is_own: false, has_post: false, has_account: false };
        let holds = Standing { has_post: true, ..gone };
        assert!(may_erase(&name, "本人申请", &sealed, gone).is_ok());
        assert!(may_erase(&phone, "本人申请", &sealed, holds).is_ok());
        assert!(may_erase(&name, "本人申请", &sealed, holds).is_err());
        assert!(may_erase(&name, "x", &sealed, Standing { has_account: true, ..gone }).is_err());
        assert!(may_erase(&phone, "x", &sealed, Standing { is_own: true, ..gone }).is_err());
        assert!(may_erase(&phone, "张某申请", &sealed, gone).is_err());
        assert!(may_erase(&["mail".to_owned()], "x", &sealed, gone).is_err());
    }
}
