//! What an assignment's card shows of this room: its slips, reminders, missed reports and reviews
//! of stopped clocks, as far as the caller may see them.

use journal::{Boxed, Result, Tx};
use kernel::{Subject, SubjectKind, msg, text};
use ui::Tone;
use web::{Aside, AsideLine, Beside, Call};

use crate::store::card;
use crate::tables::{Colour, SlipRow};
use crate::{grants, ladder, words};

/// Reminders and missed reports shown at most.
const SHOWN: usize = 8;

/// What this room adds to the cards on its left.
pub(crate) const BESIDE: Beside = Beside { read, fact: words::fact };

fn read<'a>(call: &'a Call, tx: &'a mut Tx, subject: Subject) -> Boxed<'a, Result<Option<Aside>>> {
    Box::pin(async move {
        if subject.kind != SubjectKind::Assignment || !call.may(grants::LIST) {
            return Ok(None);
        }
        let (city, lang) = (call.city()?, call.lang);
        let slips = card::of_assignment(tx, call.actor()?, subject.id).await?;
        let mut lines: Vec<_> = slips.iter().map(|s| slip_line(s, call)).collect();
        let mut more = Vec::new();
        for review in card::reviews(tx, city, subject.id).await? {
            let title =
                msg!("暂缓研判 {on}", "Stopped clock, review on {on}", on = review.review_on);
            more.push((review.found_on, line(&title, text!("待研判", "due").of(lang), call)));
        }
        for missed in card::missed(tx, city, subject.id).await? {
            let title = msg!("{on} 截止的一期", "Closing of {on}", on = missed.closed_on);
            more.push((
                missed.found_on,
                line(&title, text!("未按时反馈", "missed").of(lang), call),
            ));
        }
        for r in card::reminders(tx, city, subject.id).await? {
            let unit = people::store::unit(tx, city, r.unit_id).await?;
            let unit = unit.filter(|_| r.co).map_or_else(String::new, |u| u.short_name);
            let (on, due) = (r.reminded_on, r.due_on);
            let title = msg!("{on} 催办{unit}（时限 {due}）", "{on} reminded {unit} of {due}");
            more.push((on, line(&title, words::stage(r.days).of(lang), call)));
        }
        more.sort_by_key(|(on, _)| std::cmp::Reverse(*on));
        lines.extend(more.into_iter().take(SHOWN).map(|(_, line)| line));
        let a = assignments::store::assignment(tx, city, subject.id).await?;
        let may_draft = call.may(grants::DRAFT) && ladder::is_late(&a, call.today());
        let action = may_draft.then(|| {
            let href = format!("/assignments/{}/slips/new", subject.id);
            (href, text!("草拟督办单", "Draft a slip"))
        });
        if lines.is_empty() && action.is_none() {
            return Ok(None);
        }
        Ok(Some(Aside { what: "slips", title: words::REMINDED, lines, action }))
    })
}

fn line(title: &kernel::Message, detail: &str, call: &Call) -> AsideLine {
    AsideLine {
        title: title.of(call.lang).to_owned(),
        detail: detail.to_owned(),
        href: None,
        tone: Tone::Grey,
    }
}

fn slip_line(s: &SlipRow, call: &Call) -> AsideLine {
    let tone = match s.colour {
        Colour::Blue => Tone::Blue,
        Colour::Yellow | Colour::Orange => Tone::Yellow,
        Colour::Red => Tone::Red,
    };
    let (colour, state) =
        (words::colour(s.colour).of(call.lang), words::state(s.state).of(call.lang));
    AsideLine {
        title: s.label(),
        detail: format!("{colour} · {state}"),
        href: Some(crate::acts::card(s.id)),
        tone,
    }
}
