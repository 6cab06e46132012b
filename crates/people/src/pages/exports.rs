//! The registers of units and of posts, taken out as spreadsheets; numbers of persons are not in it.

use std::collections::BTreeMap;

use files::sheet::write::{Cell, Form};
use journal::Result;
use uuid::Uuid;
use web::{Answer, Call, Route};

use crate::export::{self, column};
use crate::pages::persons;
use crate::store::{self, PostFilter};
use crate::{choices, grants, words};

/// Posts read at once.
const CHUNK: i64 = 500;

pub(crate) fn units_route() -> Route {
    Route::page("/units/export", grants::EXPORT_UNITS, words::EXPORT_UNITS, units)
}

pub(crate) fn persons_route() -> Route {
    Route::page("/persons/export", grants::EXPORT_PERSONS, words::EXPORT_PERSONS, posts)
        .query(persons::QUERY)
}

async fn units(call: Call) -> Result<Answer> {
    let _desk = export::desk()?;
    let (city, today, lang) = (call.city()?, call.today(), call.lang);
    let mut tx = call.read().await?;
    let rows = store::units(&mut tx, city, today).await?;
    let groups: BTreeMap<Uuid, String> =
        store::groups(&mut tx, city).await?.into_iter().map(|g| (g.id, g.name)).collect();
    let grouping: BTreeMap<Uuid, Uuid> =
        store::grouping(&mut tx, city, today).await?.into_iter().collect();
    drop(tx);
    let columns = vec![
        column(lang, words::SHORT_NAME, (18, Form::Text)),
        column(lang, words::FULL_NAME, (36, Form::Text)),
        column(lang, words::KIND, (14, Form::Text)),
        column(lang, words::PARENT, (18, Form::Text)),
        column(lang, words::GROUP, (16, Form::Text)),
        column(lang, words::FROM, (12, Form::Day)),
    ];
    let mut sheet = export::begin(&call, words::UNITS, columns).await?;
    let mut count = 0;
    for unit in &rows {
        count += 1;
        export::within(count)?;
        let parent = rows.iter().find(|u| Some(u.id) == unit.parent_id);
        let group = grouping.get(&unit.id).and_then(|group| groups.get(group));
        sheet.row(&[
            Cell::text(&unit.short_name),
            Cell::text(&unit.name),
            Cell::text(words::unit_kind(unit.kind).of(lang)),
            Cell::text(parent.map_or("", |u| u.short_name.as_str())),
            Cell::text(group.map_or("", String::as_str)),
            Cell::Day(unit.valid_from),
        ])?;
    }
    export::hand_over(&call, (words::UNITS, count), sheet).await
}

async fn posts(call: Call) -> Result<Answer> {
    let _desk = export::desk()?;
    let (city, today, lang) = (call.city()?, call.today(), call.lang);
    let roles = choices::roles(lang).into_iter().map(|role| role.label).collect();
    let columns = vec![
        column(lang, words::PERSON, (14, Form::Text)),
        column(lang, words::UNIT, (18, Form::Text)),
        column(lang, words::TITLE, (22, Form::Text)),
        column(lang, words::ROLE, (14, Form::Choice(roles))),
        column(lang, words::LINE, (14, Form::Text)),
        column(lang, words::REPRESENTS, (16, Form::Text)),
        column(lang, words::FROM, (12, Form::Day)),
        column(lang, words::LAST_DAY, (12, Form::Day)),
    ];
    let mut sheet = export::begin(&call, words::PERSONS, columns).await?;
    let mut filter = PostFilter { after: None, ..persons::filter(&call) };
    let mut tx = call.read().await?;
    let mut count = 0;
    loop {
        let posts = store::post_register(&mut tx, city, (&filter, today), CHUNK).await?;
        let Some(last) = posts.last() else { break };
        filter.after = Some((last.sort, last.post));
        for post in &posts {
            count += 1;
            export::within(count)?;
            sheet.row(&[
                Cell::text(post.name.as_deref().unwrap_or_default()),
                Cell::text(&post.unit_name),
                Cell::text(&post.title),
                Cell::text(words::role(post.role, lang)),
                Cell::text(post.line.as_deref().unwrap_or_default()),
                Cell::text(post.represents.as_deref().unwrap_or_default()),
                Cell::Day(post.from),
                Cell::day(post.to),
            ])?;
        }
    }
    drop(tx);
    export::hand_over(&call, (words::PERSONS, count), sheet).await
}
