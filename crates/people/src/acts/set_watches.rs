//! Saying which units and lines a post looks after (联系片区) or, for inspectors, is limited to.

use journal::{Error, Result};
use kernel::{Refusal, Role, Subject, SubjectKind};
use uuid::Uuid;
use web::{Call, Done, FieldSpec, Prepared, Route, Values};

use crate::facts::Fact;
use crate::tables::WatchTarget;
use crate::{choices, grants, store, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::many("units", words::WATCHED_UNITS),
    FieldSpec::many("lines", words::WATCHED_LINES),
    FieldSpec::area("reason", words::REASON, 300),
];

pub(crate) fn route() -> Route {
    Route::act("/posts/{id}/watches", grants::SET_WATCHES, words::SET_WATCHES)
        .fields(FIELDS)
        .prepare(|call| Box::pin(prepare(call)))
        .decide(set_watches)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (city, id) = (call.city()?, call.id("id")?);
    let mut tx = call.read().await?;
    let post = store::post(&mut tx, city, id).await?.ok_or_else(Error::missing)?;
    let units = choices::units(&mut tx, city, call.today()).await?;
    let lines = choices::lines(&mut tx, city).await?;
    let watches = store::watches(&mut tx, city, id).await?;
    let of = |target| {
        let of = watches.iter().filter(move |w| w.target == target);
        of.map(|w| w.target_id.to_string()).collect::<Vec<_>>()
    };
    let back = format!("/persons/{}", post.person_id);
    let mut prepared = super::back(&back).offer("units", units).offer("lines", lines);
    prepared.values.insert("units", of(WatchTarget::Unit));
    prepared.values.insert("lines", of(WatchTarget::Line));
    Ok(Prepared { about: Some(post.title), ..prepared })
}

async fn set_watches(call: Call, values: Values) -> Result<Done> {
    let (city, post) = (call.city()?, call.id("id")?);
    let mut wanted: Vec<(Uuid, WatchTarget)> = Vec::new();
    wanted.extend(values.ids("units").into_iter().map(|id| (id, WatchTarget::Unit)));
    wanted.extend(values.ids("lines").into_iter().map(|id| (id, WatchTarget::Line)));
    let may_limit = call.actor()?.role == Role::SecurityAdmin;
    let receipt = call
        .act(async |act| {
            let row = store::post(act, city, post).await?.ok_or_else(Error::missing)?;
            // The chief arranges the bureau's areas; what limits an inspector is access.
            if !may_limit && row.role != Role::Officer {
                return Err(Error::missing());
            }
            let subject = Subject::new(SubjectKind::Person, row.person_id);
            let present = store::watches(act, city, post).await?;
            let mut changed = false;
            for watch in present.iter().filter(|w| !wanted.contains(&(w.target_id, w.target))) {
                act.record(subject, &Fact::WatchEnded { post, id: watch.target_id }).await?;
                changed = true;
            }
            for (id, target) in &wanted {
                let known = match target {
                    WatchTarget::Unit => store::unit(act, city, *id).await?.is_some(),
                    WatchTarget::Line => store::line(act, city, *id).await?.is_some(),
                };
                if !known {
                    return Err(choices::not_offered("units").into());
                }
                if !present.iter().any(|w| w.target_id == *id) {
                    act.record(subject, &Fact::WatchSet { post, target: *target, id: *id }).await?;
                    changed = true;
                }
            }
            if changed { Ok(()) } else { Err(Refusal::rule(words::NO_CHANGE).into()) }
        })
        .await?;
    Ok(Done::to(format!("/persons/{}", receipt.subject.id), receipt))
}
