//! Sending a test message to oneself, so that the settings are tried before they are needed.

use journal::Result;
use kernel::{Refusal, text};
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::tables::Channel;
use crate::{grants, sending, store, words};

const FIELDS: &[FieldSpec] = &[FieldSpec::choice("channel", words::CHANNEL).required()];

/// Tests of one hour at most.
const TESTS_MAX: i64 = 20;

pub(crate) fn route() -> Route {
    Route::act("/deliveries/test", grants::SEND_TEST, words::SEND_TEST)
        .help(text!(
            "邮件发到您自己登记的邮箱；接口推送发到程序启动时设置的地址。一分钟内发出，结果显示在“消息发送”中。",
            "Mail goes to your own address, the webhook to the address set at the start. It leaves within a minute; how it went is shown under “Deliveries”."
        ))
        .submit(text!("发送", "Send"))
        .fields(FIELDS)
        .prepare(|call| Box::pin(std::future::ready(Ok(prepare(call)))))
        .decide(send_test)
}

fn prepare(call: &Call) -> Prepared {
    let choice = |c: &Channel| Choice::new(c.word(), words::channel(*c).of(call.lang));
    let choices = Channel::ALL.iter().map(choice).collect();
    Prepared { back: "/deliveries".to_owned(), ..Prepared::default() }
        .offer("channel", choices)
        .fill("channel", Channel::Mail.word())
}

async fn send_test(call: Call, values: Values) -> Result<Done> {
    let Some(channel) = Channel::of(&values.text("channel")) else {
        return Err(Refusal::field("channel", words::CHOOSE).into());
    };
    let (actor, now, today) = (*call.actor()?, call.now(), call.today());
    let city = actor.jurisdiction;
    let mut tx = call.read().await?;
    if store::tests_since(&mut tx, city, now.plus_secs(-3_600)).await? >= TESTS_MAX {
        return Err(Refusal::rule(words::TESTS_ENOUGH).into());
    }
    let found = people::store::recipient(&mut tx, city, actor.post, today).await?;
    if channel == Channel::Mail && found.is_none_or(|r| r.mail.is_none()) {
        return Err(Refusal::field("channel", words::NO_OWN_MAIL).into());
    }
    drop(tx);
    let post = call.caller()?.post_title.clone();
    let put =
        async |tx: &mut journal::Tx| sending::put_test(tx, &actor, channel, (now, &post)).await;
    call.db().operate(city, put).await?;
    Ok(Done::go("/deliveries?show=waiting".to_owned()))
}
