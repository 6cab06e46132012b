//! What stands beside the ranking: progress, the freeze and its roots, approval, consequences,
//! objections, and figures to look at.

use kernel::{Lang, msg, text};
use maud::{Markup, html};
use ui::flow::{Step, StepState};
use ui::table::{Column, Row, Table};
use ui::{Tone, flow, part};
use web::{Call, button};

use super::{Consequence, Page};
use crate::tables::{Decision, ReviewState};
use crate::{acts, grants, words};

/// Figures to look at that are listed at once.
const QUESTIONS_SHOWN: usize = 200;

impl Page {
    /// How far it has come.
    pub(super) fn progress(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let r = &self.row;
        let day = |on: Option<kernel::Day>| on.map_or_else(String::new, |on| on.to_string());
        let until = r.objections_until.map_or_else(String::new, |until| {
            msg!("异议至 {until}", "objections until {until}").of(lang).to_owned()
        });
        let details = [
            r.opened_on.to_string(),
            until,
            day(r.frozen_on.filter(|_| r.freezes > 0)),
            String::new(),
            day(r.approved_on),
            day(r.published_on),
        ];
        let at = ReviewState::ALL.iter().position(|s| *s == r.state).unwrap_or_default();
        let last = ReviewState::ALL.len() - 1;
        let chain: Vec<Step<'_>> = ReviewState::ALL
            .iter()
            .zip(&details)
            .enumerate()
            .map(|(n, (state, detail))| Step {
                label: words::state(*state).of(lang),
                detail,
                state: match n.cmp(&at) {
                    std::cmp::Ordering::Less => StepState::Done,
                    std::cmp::Ordering::Equal if at == last => StepState::Done,
                    std::cmp::Ordering::Equal => StepState::Current,
                    std::cmp::Ordering::Greater => StepState::Waiting,
                },
            })
            .collect();
        part::card(None, None, flow::steps(lang, &chain))
    }

    /// The way to the caller's own sheet.
    pub(super) fn own(&self, call: &Call) -> Markup {
        let Some(unit) = call.actor().ok().filter(|a| a.role.is_unit()).map(|a| a.unit) else {
            return Markup::default();
        };
        let href = call.href(&format!("{}/units/{unit}", acts::card(self.row.month)));
        let label = text!("看本单位的得分和依据", "See your unit's score and what it rests on");
        part::alert(Tone::Blue, html! { a href=(href) { (label.of(call.lang)) } })
    }

    /// What it scores by and what was frozen.
    pub(super) fn summary(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let r = &self.row;
        let rules = html! {
            @for rule in &self.rules {
                a href=(call.href(&format!("/rule-sets/{}", rule.rule_set))) { (rule.name) } br;
            }
        };
        let mut facts = vec![
            (words::STATE.of(lang), super::super::reviews::state(r.state, call)),
            (text!("期间", "Period").of(lang), html! { (r.first_on) " – " (r.last_on) }),
            (
                text!("数据截至", "Known at").of(lang),
                html! { (r.cut_off()) " 24:00 · " (r.cut_seq) },
            ),
            (text!("办法", "Rules").of(lang), rules),
        ];
        if let Some(c) = &self.computation {
            let told =
                msg!("第 {n} 次，{at}，{by}", "No. {n}, {at}, {by}", n = c.n, at = c.at, by = c.by);
            facts.push((text!("算分", "Computed").of(lang), html! { (told.of(lang)) }));
        }
        if let Some(circular) = &self.item.circular {
            facts.push((text!("通报", "Circular").of(lang), html! { (circular) }));
        }
        let mut wide = Vec::new();
        for f in &self.freezes {
            let label = msg!("第 {n} 次封存 {on}", "Freeze {n}, {on}", n = f.n, on = f.frozen_on);
            wide.push((
                label.of(lang).to_owned(),
                html! {
                    (f.by) @if !f.why.is_empty() { "：" (f.why) }
                    p { code class="hash" { (f.root) } }
                    @if let Some(previous) = &f.previous {
                        p class="muted" { (text!("上月", "The month before").of(lang)) " " code class="hash" { (previous) } }
                    }
                    p class="muted" { (text!("日志", "Journal").of(lang)) " " code class="hash" { (f.head) } }
                },
            ));
        }
        let wide: Vec<_> = wide.iter().map(|(label, m)| (label.as_str(), m.clone())).collect();
        part::card(None, None, html! { (part::details(&facts)) (part::details_wide(&wide)) })
    }

    /// Who submitted it and what the leader said.
    pub(super) fn approval(&self, call: &Call) -> Markup {
        if self.signs.is_empty() {
            return Markup::default();
        }
        let lang = call.lang;
        let at = acts::card(self.row.month);
        let list = html! {
            ul class="plain" {
                @for s in &self.signs {
                    @let (tone, label) = match (s.step, s.is_agreed) {
                        (0, _) => (Tone::Blue, text!("呈批", "Submitted")),
                        (_, true) => (Tone::Green, words::APPROVE),
                        (_, false) => (Tone::Yellow, words::SEND_BACK),
                    };
                    li {
                        (part::badge(tone, label.of(lang))) " " (s.who) " " span class="muted" { (s.at) }
                        @if s.is_on_paper { " " (part::badge(Tone::Grey, text!("纸质签发", "on paper").of(lang))) }
                        @for (id, name) in &s.scans {
                            " " a href=(call.href(&format!("{at}/scans/{id}"))) download { (ui::icon("paperclip")) " " (name) }
                        }
                        @if !s.note.is_empty() { br; (s.note) }
                    }
                }
            }
        };
        part::card(Some(text!("呈批", "Approval").of(lang)), None, list)
    }

    /// What the rules call for and what was decided.
    pub(super) fn consequence_list(&self, call: &Call) -> Markup {
        if self.consequences.is_empty() {
            return Markup::default();
        }
        let lang = call.lang;
        let columns = [
            Column::lead(words::UNIT.of(lang)),
            Column::text(text!("结果运用", "What follows").of(lang)),
            Column::text(text!("决定", "Decision").of(lang)),
        ];
        let row = |c: &Consequence| Row {
            href: None,
            tone: None,
            cells: vec![
                html! {
                    (c.unit)
                    @if !c.alike.is_empty() {
                        " " (part::badge(Tone::Yellow, text!("名次不易区分", "place not firm").of(lang)))
                        br; span class="muted" { (msg!("与{names}难分先后", "hardly told from {names}", names = c.alike.join("、")).of(lang)) }
                    }
                },
                html! {
                    (c.title) @if let Some(a) = &c.article { " " span class="muted" { (a) } }
                    @if c.is_open { " " (part::badge(Tone::Yellow, words::OPEN.of(lang))) }
                    @if let Some(because) = &c.because { br; span class="muted" { (because.of(lang)) } }
                    @if let Some(times) = c.times { " " (part::badge(Tone::Grey, times.message().of(lang))) }
                },
                self.decision(c, call),
            ],
        };
        let table = Table {
            caption: text!("结果运用", "What follows").of(lang),
            columns: &columns,
            rows: self.consequences.iter().map(row).collect(),
            ..Table::default()
        };
        let title = text!("结果运用", "What follows").of(lang);
        part::card_flush(Some(title), None, table.render())
    }

    /// The way to the leader's decision, while it can be made.
    fn decide(&self, c: &Consequence, call: &Call) -> Markup {
        let is_due = matches!(self.row.state, ReviewState::Submitted | ReviewState::Approved);
        let is_on_paper = self.signs.last().is_some_and(|s| s.step > 0 && s.is_on_paper);
        let query = web::encode_query(&[("consequence".to_owned(), c.named.clone())]);
        let at = |path: &str| format!("{}/{path}?{query}", acts::card(self.row.month));
        let plain = |label, sign| (ui::form::ButtonTone::Plain, label, sign);
        let label = text!("决定", "Decide").of(call.lang);
        let paper = text!("登记纸质决定", "Enter from paper").of(call.lang);
        html! {
            @if is_due {
                " " (button(call, grants::DECIDE_CONSEQUENCE, &at("consequences"), plain(label, "check")))
                @if is_on_paper {
                    " " (button(call, grants::PAPER_CONSEQUENCE, &at("paper-consequences"), plain(paper, "file")))
                }
            }
        }
    }

    fn decision(&self, c: &Consequence, call: &Call) -> Markup {
        let lang = call.lang;
        let Some(d) = &c.decided else {
            return html! {
                (part::badge(Tone::Grey, text!("待决定", "to be decided").of(lang)))
                (self.decide(c, call))
            };
        };
        let tone = if d.verdict == Decision::Taken { Tone::Green } else { Tone::Grey };
        html! {
            (part::badge(tone, words::decision(d.verdict).of(lang)))
            @if let Some(fen) = d.amount_fen { " " (ui::num::count(fen / 100)) (text!("元", " yuan").of(lang)) }
            @if !d.reason.is_empty() { " " (d.reason) }
            @if d.is_on_paper { " " (part::badge(Tone::Grey, text!("纸质签发", "on paper").of(lang))) }
            @if let Some(s) = c.statement.as_ref().filter(|_| d.verdict == Decision::Taken) {
                " " (self.statement(s, call))
            }
            @if c.has_fallen {
                " " (part::badge(Tone::Yellow, words::FALLEN.of(lang))) (self.decide(c, call))
            }
            @if c.has_moved {
                " " (part::badge(Tone::Yellow, words::MOVED.of(lang))) (self.decide(c, call))
            }
            (paid(d, call))
        }
    }

    /// The way to what the unit says.
    fn statement(&self, s: &super::Statement, call: &Call) -> Markup {
        let at = acts::statement::At { month: self.row.month, unit: s.unit_id };
        html! {
            a class="text-link" href=(call.href(&at.card())) { (words::statement::STATEMENT.of(call.lang)) } " "
            (super::super::statement::state(s.state, call))
        }
    }

    /// Whose score the objections changed since the draft.
    pub(super) fn move_list(&self, call: &Call) -> Markup {
        if self.moves.is_empty() {
            return Markup::default();
        }
        let title = if self.row.is_out() {
            text!("更正带来的变化", "What the erratum changes")
        } else {
            text!("公示以后的变化", "What changed since the draft")
        };
        let title = title.of(call.lang);
        part::card_flush(Some(title), None, move_table(title, &self.moves, call))
    }

    /// What is contested.
    pub(super) fn objection_list(&self, call: &Call) -> Markup {
        if self.objections.is_empty() {
            return Markup::default();
        }
        let lang = call.lang;
        let columns = [
            Column::lead(text!("编号", "No.").of(lang)),
            Column::text(words::UNIT.of(lang)),
            Column::text(text!("数据", "Figure").of(lang)),
            Column::fit(text!("答复期限", "To be decided by").of(lang)),
            Column::fit(words::STATE.of(lang)),
        ];
        let row = |o: &super::Contested| Row {
            href: Some(call.href(&format!("/objections/{}", o.id))),
            tone: o.is_late.then_some(Tone::Red),
            cells: vec![
                html! { (o.label) },
                html! { (o.unit) },
                html! { (o.measure) },
                html! {
                    (o.decide_by)
                    @if o.is_late { " " (part::badge(Tone::Red, text!("已超期", "late").of(lang))) }
                },
                super::super::objection::state(o.state, call),
            ],
        };
        let table = Table {
            caption: words::OBJECTIONS.of(lang),
            columns: &columns,
            rows: self.objections.iter().map(row).collect(),
            ..Table::default()
        };
        part::card_flush(Some(words::OBJECTIONS.of(lang)), None, table.render())
    }

    /// Figures that a person should look at before anything is shown.
    pub(super) fn question_list(&self, call: &Call) -> Markup {
        if self.questions.is_empty() {
            return Markup::default();
        }
        let lang = call.lang;
        let at = acts::card(self.row.month);
        let n = self.questions.len();
        let title = msg!("需要核对的数据（{n}）", "Figures to look at ({n})");
        let list = html! {
            ul class="plain" {
                @for q in self.questions.iter().take(QUESTIONS_SHOWN) {
                    li {
                        a href=(call.href(&format!("{at}/units/{}", q.unit_id))) { (q.unit) } " "
                        @match lang { Lang::Zh => (q.zh), Lang::En => (q.en) }
                    }
                }
            }
            @if n > QUESTIONS_SHOWN {
                p class="muted" { (msg!("只列出前{QUESTIONS_SHOWN}条。", "The first {QUESTIONS_SHOWN} are listed.").of(lang)) }
            }
        };
        part::card(None, None, part::disclosure(title.of(lang), list))
    }
}

/// How an award was paid, and what differs from what was decided since.
fn paid(d: &super::consequences::Decided, call: &Call) -> Markup {
    let lang = call.lang;
    let Some(on) = d.paid_on else { return Markup::default() };
    let yuan = |fen: i64| ui::num::count(fen / 100);
    let told = msg!(
        "{on} 已拨付 {yuan} 元：{document}，资金来源 {budget}，凭证 {voucher}",
        "paid {yuan} yuan on {on}: {document}, from {budget}, voucher {voucher}",
        yuan = yuan(d.paid_fen),
        document = d.document,
        budget = d.budget,
        voucher = d.voucher
    );
    let differs = match d.unpaid_fen {
        0 => None,
        fen if fen > 0 => {
            Some(msg!("待补拨 {yuan} 元", "{yuan} yuan still to be paid", yuan = yuan(fen)))
        }
        fen => Some(msg!("多拨 {yuan} 元", "{yuan} yuan too much", yuan = yuan(-fen))),
    };
    html! {
        br; span class="muted" { (told.of(lang)) }
        @if let Some(differs) = differs { " " (part::badge(Tone::Yellow, differs.of(lang))) }
    }
}

/// Units with their scores and places before and after.
pub(super) fn move_table(caption: &str, moves: &[super::Moved], call: &Call) -> Markup {
    let lang = call.lang;
    let columns = [
        Column::lead(words::UNIT.of(lang)),
        Column::text(words::TOTAL.of(lang)),
        Column::text(words::RANK.of(lang)),
    ];
    let shown = |said: &Option<String>| said.clone().unwrap_or_else(|| "—".to_owned());
    let row = |m: &super::Moved| Row {
        href: None,
        tone: (m.rank_before != m.rank_after).then_some(Tone::Yellow),
        cells: vec![
            html! { (m.unit) },
            html! { (shown(&m.total_before)) " → " (shown(&m.total_after)) },
            html! { (shown(&m.rank_before)) " → " (shown(&m.rank_after)) },
        ],
    };
    let rows = moves.iter().map(row).collect();
    Table { caption, columns: &columns, rows, ..Table::default() }.render()
}
