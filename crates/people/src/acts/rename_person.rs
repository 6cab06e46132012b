//! Correcting the name, telephone or mail address of a person.

use journal::{Error, Result};
use kernel::{Subject, SubjectKind, text};
use web::{Call, Done, Prepared, Route, Values};

use crate::acts::add_person;
use crate::{grants, mail, store};

pub(crate) fn route() -> Route {
    let title = text!("修改姓名、电话、邮箱", "Change name, telephone or mail");
    Route::act("/persons/{id}/name", grants::RENAME_PERSON, title)
        .fields(add_person::FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(rename_person)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let id = call.id("id")?;
    let person = store::person(&mut call.read().await?, call.city()?, id).await?;
    let person = person.ok_or_else(Error::missing)?;
    Ok(super::back(&format!("/persons/{id}"))
        .fill("name", person.name.unwrap_or_default())
        .fill("phone", person.phone.unwrap_or_default())
        .fill("mail", person.mail.unwrap_or_default()))
}

async fn rename_person(call: Call, values: Values) -> Result<Done> {
    let (city, id) = (call.city()?, call.id("id")?);
    let address = mail::said(&values)?;
    let receipt = call
        .act(async |act| {
            store::person(act, city, id).await?.ok_or_else(Error::missing)?;
            let subject = Subject::new(SubjectKind::Person, id);
            act.seal(subject, "name", &values.text("name")).await?;
            if let Some(phone) = values.opt("phone") {
                act.seal(subject, "phone", &phone).await?;
            }
            mail::seal(act, subject, address.as_deref()).await
        })
        .await?;
    Ok(Done::to(format!("/persons/{id}"), receipt))
}
