//! Opening an account for a person; the first password is a one-time code.

use journal::{Error, Result};
use kernel::{Refusal, msg, text};
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::found::{self, NewAccount};
use crate::regions::one_time_code;
use crate::tables::AccountClass;
use crate::{grants, setting, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::line("name", words::NAME, 32).required().hint(text!(
        "小写字母、数字和 . _ -，例如 zhangwei.fgw；停用后也不再给别人使用。",
        "Small letters, digits and . _ -; it is never given to anybody else."
    )),
    FieldSpec::hidden("code"),
];

pub(crate) fn route() -> Route {
    Route::act("/persons/{id}/account", grants::OPEN_ACCOUNT, words::OPEN_ACCOUNT)
        .help(words::ONE_TIME_HELP)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(open_account)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let id = call.id("id")?;
    let person = store::person(&mut call.read().await?, call.city()?, id).await?;
    let person = person.ok_or_else(Error::missing)?;
    let prepared = one_time_code::prepared(call, &format!("/persons/{id}"))?;
    Ok(Prepared { about: person.name, ..prepared })
}

fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
    (3..=32).contains(&name.len()) && name.chars().all(fits)
}

async fn open_account(call: Call, values: Values) -> Result<Done> {
    let (city, person) = (call.city()?, call.id("id")?);
    let name = values.text("name");
    if !is_name(&name) {
        let message = text!(
            "请用 3 至 32 位小写字母、数字或 . _ -。",
            "Use 3 to 32 small letters, digits or . _ -."
        );
        return Err(Refusal::field("name", message).into());
    }
    let password_hash = one_time_code::hash(&values).await?;
    let receipt = call
        .act(async |act| {
            let row = store::person(act, city, person).await?.ok_or_else(Error::missing)?;
            if row.account.is_some() {
                return Err(
                    Refusal::rule(text!("该人员已有账号。", "The person has an account.")).into()
                );
            }
            if store::name_taken(act, &name).await? {
                let message =
                    text!("这个账号名已被使用，请换一个。", "The name is taken; choose another.");
                return Err(Refusal::field("name", message).into());
            }
            let class = class_of(act, person).await?;
            let account =
                NewAccount { person, name: &name, class, password_hash, must_change: true };
            found::open_account(act, account).await.map(drop)
        })
        .await?;
    Ok(Done::to(format!("/persons/{person}"), receipt))
}

/// The class of the posts that the person holds; there must be one that may have an account.
async fn class_of(act: &mut journal::Act, person: uuid::Uuid) -> Result<AccountClass> {
    let (city, today) = (act.jurisdiction(), act.today());
    let posts = store::all_posts_of(act, city, person).await?;
    let held: Vec<_> = posts.iter().filter(|p| p.valid_to.is_none_or(|to| to >= today)).collect();
    let Some(post) = held.first() else {
        return Err(Refusal::rule(text!(
            "该人员还没有任职，请先任职再开通账号。",
            "The person holds no post; give a post first."
        ))
        .into());
    };
    let level = setting::ACCOUNT_LEVEL.of(act, city).await?;
    let mut is_reached = false;
    for post in &held {
        let unit = store::unit(act, city, post.unit_id).await?.ok_or_else(Error::missing)?;
        is_reached |= setting::reaches(&level, unit.kind);
    }
    if !is_reached {
        let said = words::LEVELS.iter().find(|(word, _)| *word == level);
        let (zh, en) = said.map_or(("", ""), |(_, text)| (text.zh, text.en));
        return Err(Refusal::Rule(msg!(
            "账号目前只开到{zh}；系统管理员可在设置中放开。",
            "Accounts reach down to {en}; the system administrator may extend that in the settings."
        ))
        .into());
    }
    Ok(AccountClass::of_role(post.role))
}
