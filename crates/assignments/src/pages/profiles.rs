//! 办理规程: the ways in which assignments are handled, and through whose hands batches go.

use journal::Result;
use kernel::text;
use maud::{Markup, html};
use serde::Serialize;
use ui::form::ButtonTone;
use ui::table::{Column, Row, Table};
use ui::{layout, part};
use web::{Answer, Call, View};

use crate::acts::send_batch::chain;
use crate::tables::{BatchKind, ProfileRow, Verifier};
use crate::{grants, store, words};

#[derive(Serialize)]
struct Profiles {
    profiles: Vec<Profile>,
    chains: Vec<(BatchKind, String)>,
}

#[derive(Serialize)]
struct Profile {
    code: String,
    name: String,
    verifier: Verifier,
    hand_back_days: i64,
    answer_days: i64,
    verify_days: i64,
    in_use: bool,
}

pub(crate) async fn show(call: Call) -> Result<Answer> {
    let (mut tx, city) = (call.read().await?, call.city()?);
    let mut chains = Vec::new();
    for kind in BatchKind::ALL {
        chains.push((*kind, chain(&mut tx, city, *kind).await?.title(call.lang)));
    }
    let rows = store::profile::profiles(&mut tx, city).await?;
    let profile = |p: ProfileRow| Profile {
        code: p.code,
        name: p.name,
        verifier: p.verifier,
        hand_back_days: p.hand_back_days,
        answer_days: p.answer_days,
        verify_days: p.verify_days,
        in_use: p.in_use,
    };
    call.page(&Profiles { profiles: rows.into_iter().map(profile).collect(), chains })
}

impl View for Profiles {
    fn title(&self, call: &Call) -> String {
        words::PROFILES.of(call.lang).to_owned()
    }

    fn trail(&self, call: &Call) -> Vec<(String, String)> {
        vec![(call.href("/batches"), words::BATCHES.of(call.lang).to_owned())]
    }

    fn actions(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let chain = text!("设置审签流程", "Set the sign-off chain").of(lang);
        let new = text!("新建办理规程", "New profile").of(lang);
        html! {
            (web::button(call, grants::SET_CHAIN, "/profiles/chain", (ButtonTone::Plain, chain, "stamp")))
            (web::button(call, grants::WRITE_PROFILE, "/profiles/new", (ButtonTone::Primary, new, "plus")))
        }
    }

    fn body(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let chains: Vec<_> = self
            .chains
            .iter()
            .map(|(kind, chain)| (words::batch_kind(*kind), html! { (chain) }))
            .collect();
        layout::stack(html! {
            (part::card_flush(Some(words::PROFILES.of(lang)), None, self.table(call)))
            (part::card(Some(text!("审签流程", "Sign-off chain").of(lang)), None,
                part::details(&chains.iter().map(|(k, v)| (k.of(lang), v.clone())).collect::<Vec<_>>())))
        })
    }
}

impl Profiles {
    fn table(&self, call: &Call) -> Markup {
        let lang = call.lang;
        if self.profiles.is_empty() {
            let title = text!("还没有办理规程", "No profile yet").of(lang);
            let hint =
                text!("由督查局负责人新建。", "The chief of the bureau makes them.").of(lang);
            return part::empty_state("settings", title, hint, None);
        }
        let days = |n: i64| kernel::working_days(n).of(lang).to_owned();
        let rows = self.profiles.iter().map(|p| Row {
            href: call
                .may(grants::REWRITE_PROFILE)
                .then(|| call.href(&format!("/profiles/{}", p.code))),
            tone: None,
            cells: vec![
                html! {
                    (p.name)
                    @if !p.in_use { " " (part::badge(ui::Tone::Grey, text!("停用", "not offered").of(lang))) }
                },
                html! { (words::verifier(p.verifier).of(lang)) },
                html! { (days(p.hand_back_days)) },
                html! { (days(p.answer_days)) },
                html! { (days(p.verify_days)) },
            ],
        });
        let columns = [
            Column::lead(text!("名称", "Name").of(lang)),
            Column::text(text!("由谁核实", "Who verifies").of(lang)),
            Column::fit(text!("单位退回", "Hand-back").of(lang)),
            Column::fit(text!("督查局答复", "Answer").of(lang)),
            Column::fit(text!("督查局核实", "Verification").of(lang)),
        ];
        let caption = words::PROFILES.of(lang);
        Table { caption, columns: &columns, rows: rows.collect(), ..Table::default() }.render()
    }
}
