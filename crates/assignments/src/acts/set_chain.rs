//! 审签流程: through whose hands a batch of each kind goes before it is issued.

use journal::Result;
use kernel::{Refusal, text};
use web::{Call, Choice, Done, FieldSpec, Prepared, Route, Values};

use crate::batch::Chain;
use crate::tables::BatchKind;
use crate::{grants, words};

const FIELDS: &[FieldSpec] = &[
    FieldSpec::choice("weekly", text!("周交办清单", "Weekly batches")).required(),
    FieldSpec::choice("interim", text!("临时交办清单", "Interim batches")).required(),
    FieldSpec::choice("supplement", text!("补充交办清单", "Supplements")).required(),
    FieldSpec::area("reason", text!("修改理由", "Reason"), 300).required(),
];

pub(crate) fn route() -> Route {
    Route::act(
        "/profiles/chain",
        grants::SET_CHAIN,
        text!("设置审签流程", "Set the sign-off chain"),
    )
    .help(text!(
        "已送审的清单也按新流程走完余下环节。",
        "Batches under way go through the steps that are left of the new chain."
    ))
    .fields(FIELDS)
    .prepare(|call| Box::pin(prepare(call)))
    .decide(set_chain)
}

async fn prepare(call: &Call) -> Result<Prepared> {
    let (mut tx, city) = (call.read().await?, call.city()?);
    let offered: Vec<_> = Chain::OFFERED
        .iter()
        .map(|word| Choice::new(word, Chain::of(word).title(call.lang)))
        .collect();
    let mut prepared = Prepared { back: "/profiles".to_owned(), ..Prepared::default() };
    for kind in BatchKind::ALL {
        let chain = super::send_batch::chain(&mut tx, city, *kind).await?;
        prepared = prepared.offer(kind.word(), offered.clone()).fill(kind.word(), chain.word());
    }
    Ok(prepared)
}

async fn set_chain(call: Call, values: Values) -> Result<Done> {
    for kind in BatchKind::ALL {
        if !Chain::OFFERED.contains(&values.text(kind.word()).as_str()) {
            return Err(Refusal::field(kind.word(), words::CHOOSE_ONE).into());
        }
    }
    let receipt = call
        .act(async |act| {
            let city = act.jurisdiction();
            let mut changed = false;
            for kind in BatchKind::ALL {
                let (setting, chosen) = (Chain::setting(*kind), values.text(kind.word()));
                if super::send_batch::chain(act, city, *kind).await?.word() != chosen {
                    people::found::set(act, setting, &chosen).await?;
                    changed = true;
                }
            }
            let same = text!("没有变化。", "Nothing was changed.");
            if changed { Ok(()) } else { Err(Refusal::rule(same).into()) }
        })
        .await?;
    Ok(Done::to("/profiles".to_owned(), receipt))
}
