//! The settings of the city and what holds now.

use journal::Result;
use kernel::Text;
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::part;
use ui::table::{Column, Row, Table};
use web::{Answer, Call, Route, View};

use crate::{grants, setting, words};

pub(crate) fn route() -> Route {
    Route::page("/settings", grants::SETTINGS, words::SETTINGS, settings)
}

#[derive(Serialize)]
struct SettingsView {
    yellow_days: String,
    account_level: String,
    digest_at: String,
    second_factor: String,
    password_profile: String,
    unused_days: String,
}

async fn settings(call: Call) -> Result<Answer> {
    let city = call.city()?;
    let mut tx = call.read().await?;
    call.page(&SettingsView {
        yellow_days: setting::YELLOW_DAYS.of(&mut tx, city).await?,
        account_level: setting::ACCOUNT_LEVEL.of(&mut tx, city).await?,
        digest_at: setting::DIGEST_AT.of(&mut tx, city).await?,
        second_factor: setting::SECOND_FACTOR.of(&mut tx, city).await?,
        password_profile: setting::PASSWORD_PROFILE.of(&mut tx, city).await?,
        unused_days: setting::UNUSED_DAYS.of(&mut tx, city).await?,
    })
}

impl View for SettingsView {
    fn title(&self, call: &Call) -> String {
        words::SETTINGS.of(call.lang).to_owned()
    }

    fn actions(&self, call: &Call) -> Markup {
        let link = |href: &str, label: Text| {
            part::link_button(ButtonTone::Primary, &call.href(href), label.of(call.lang), "edit")
        };
        html! {
            @if call.may(grants::SET_THRESHOLDS) {
                (link("/settings/thresholds", words::SET_THRESHOLDS))
            }
            @if call.may(grants::SET_SECURITY) {
                (link("/settings/security", words::SET_SECURITY))
            }
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let columns = [Column::lead(words::SETTING.of(lang)), Column::text(words::VALUE.of(lang))];
        let said = |all: &[(&str, Text)], word: &str| {
            let found = all.iter().find(|(known, _)| *known == word);
            found.map_or_else(|| word.to_owned(), |(_, text)| text.of(lang).to_owned())
        };
        let lines = [
            (words::YELLOW_DAYS, self.yellow_days.clone()),
            (words::ACCOUNT_LEVEL, said(words::LEVELS, &self.account_level)),
            (words::DIGEST_AT, self.digest_at.clone()),
            (words::SECOND_FACTOR, said(words::FACTOR_RULES, &self.second_factor)),
            (words::PASSWORD_PROFILE, said(words::PROFILES, &self.password_profile)),
            (words::UNUSED_DAYS, self.unused_days.clone()),
        ];
        let rows = lines.into_iter().map(|(label, value)| Row {
            cells: vec![html! { (label.of(lang)) }, html! { (value) }],
            ..Row::default()
        });
        let caption = words::SETTINGS.of(lang);
        let table = Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() };
        part::card_flush(None, None, table.render())
    }
}
