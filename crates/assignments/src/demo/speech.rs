//! How reports, submissions and verifications are put together from phrases.

use super::chance::Chance;
use super::life::Issued;
use super::phrases;
use crate::submission::Said;
use crate::tables::Method;

/// How far an assignment is when it is reported on.
pub(super) struct At {
    pub(super) percent: u32,
    pub(super) is_late: bool,
    /// How many reports there were, counted from anywhere.
    pub(super) told: usize,
}

/// One of some texts, the next one each time.
fn turn(texts: &[&'static str], told: usize) -> &'static str {
    texts.iter().cycle().nth(told % texts.len().max(1)).copied().unwrap_or_default()
}

/// A report on the way.
pub(super) fn progress(a: &Issued, at: At, chance: &mut Chance) -> Said {
    let At { percent, is_late, told } = at;
    let [early, middle, late] = phrases::stages(a.line.work);
    let stage = match percent {
        0..40 => early,
        40..75 => middle,
        _ => late,
    };
    let mut done = turn(stage, told).to_owned();
    let quantity = a.goal.map(|goal| goal * i64::from(percent) / 100);
    if let (Some(reached), Some(goal), Some((_, unit))) = (quantity, a.goal, a.line.goal) {
        done.push_str(&format!("累计完成{reached}{unit}，目标{goal}{unit}。"));
    }
    let blocker = if is_late {
        turn(&phrases::LATE_BLOCKERS, told)
    } else if chance.percent(20) {
        chance.pick(&phrases::BLOCKERS)
    } else {
        ""
    };
    let next_step = turn(&phrases::NEXT, told).to_owned();
    Said { done, quantity, next_step, blocker: blocker.to_owned(), files: Vec::new() }
}

/// What a unit says when it submits as done.
pub(super) fn done(a: &Issued, chance: &mut Chance) -> Said {
    let count = u32::try_from(phrases::DONE.len()).unwrap_or(1);
    let at = usize::try_from(chance.below(count)).unwrap_or_default();
    let (before, after) = phrases::DONE.get(at).copied().unwrap_or_default();
    let mut done = format!("{before}{}{after}", a.line.standard);
    let surplus = i64::from(chance.below(9));
    let quantity = a.goal.map(|goal| goal + goal * surplus / 100);
    if let (Some(reached), Some((_, unit))) = (quantity, a.line.goal) {
        done.push_str(&format!("实际完成{reached}{unit}。"));
    }
    Said { done, quantity, next_step: String::new(), blocker: String::new(), files: Vec::new() }
}

/// How the bureau verifies in a line of work, and what it then writes.
pub(super) fn method(work: &str, chance: &mut Chance) -> (Method, &'static [&'static str]) {
    let (call_back, on_site) = match work {
        "服务企业" => (35, 50),
        "城建交通" | "项目建设" => (5, 50),
        _ => (10, 30),
    };
    let drawn = chance.below(100);
    if drawn < call_back {
        (Method::CallBack, &phrases::CALL_BACK)
    } else if drawn < on_site {
        (Method::OnSite, &phrases::ON_SITE)
    } else if drawn < 88 {
        (Method::Documents, &phrases::DOCUMENTS)
    } else {
        (Method::Sample, &phrases::SAMPLE)
    }
}
