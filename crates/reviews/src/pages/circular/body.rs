//! The circular as a page: the sections of the paper, each figure a link to its records.

use kernel::{Lang, Text, msg, text};
use maud::{Markup, html};
use ui::table::{Column, Row, Table};
use ui::{Tone, layout, part};
use web::Call;

use super::figures::{Piece, Total, hidden};
use super::{Circular, Group, Late, Placed};
use crate::{acts, grants, words};

/// The sections, as the paper has them.
const OVERVIEW: Text = text!("一、总体情况", "1. Overview");
const RESULTS: Text = text!("二、考评结果", "2. Results");
const AWARDS: Text = text!("三、奖励", "3. Awards");
const PROBLEMS: Text = text!("四、存在问题", "4. What is overdue");
const DEMANDS: Text = text!("五、下步要求", "5. What is asked next");
const HEARING: Text = text!("异议处理情况", "Objections");
const SOURCES: Text = text!("数据来源", "Where the figures come from");

impl Circular {
    pub(super) fn show(&self, call: &Call) -> Markup {
        let main = html! {
            (self.status(call))
            (self.overview_card(call))
            @for (n, group) in self.groups.iter().enumerate() { (self.group(n, group, call)) }
            (self.award_card(call))
            (self.problem_card(call))
            (self.demand_card(call))
        };
        let side = html! {
            (self.imprint(call))
            (self.hearing(call))
            (self.source_list(call))
        };
        layout::stack(html! { (layout::split(main, side)) (web::seal(&self.head, call)) })
    }

    /// What a reader must know before reading on.
    fn status(&self, call: &Call) -> Markup {
        let lang = call.lang;
        html! {
            @if self.dated.is_none() {
                (part::alert(Tone::Blue, html! {
                    (text!("审批稿，尚未编号；通报后各单位才能看到。", "A draft without a number; units see it once it is published.").of(lang))
                }))
            }
            @if let Some(n) = self.corrected {
                (part::alert(Tone::Yellow, html! {
                    (msg!("印发后经复核有更正（第{n}次封存）；更正后的结果见", "Corrected after a re-examination (freeze {n}); what holds now is in").of(lang))
                    " " a href=(call.href(&acts::card(self.month))) { (words::review(self.month).of(lang)) }
                }))
            }
        }
    }

    fn overview_card(&self, call: &Call) -> Markup {
        let lang = call.lang;
        part::card(
            Some(OVERVIEW.of(lang)),
            None,
            html! {
                p { (self.wording.addressees) "：" }
                p { (self.intro.of(lang)) }
                p {
                    @for piece in self.overview.sentence(lang) {
                        @match piece {
                            Piece::Words(words) => (words),
                            Piece::Figure(total) => (figure(total, call)),
                        }
                    }
                }
                @if let Some(told) = self.corrected_figures() { p class="muted" { (told.of(lang)) } }
            },
        )
    }

    fn group(&self, n: usize, group: &Group, call: &Call) -> Markup {
        let lang = call.lang;
        let name = group.name.of(lang);
        let title =
            if n == 0 { format!("{} · {name}", RESULTS.of(lang)) } else { name.to_owned() };
        let columns = [
            Column::fit(words::RANK.of(lang)),
            Column::lead(words::UNIT.of(lang)),
            Column::number(words::TOTAL.of(lang)),
        ];
        let row = |u: &Placed| Row {
            href: self.sheet_of(u, call),
            tone: None,
            cells: vec![
                html! { @match &u.rank { Some(rank) => (rank), None => "—" } },
                html! { (u.unit) },
                html! {
                    @match (&u.total, &u.why) {
                        (_, Some(why)) => (part::badge(Tone::Grey, why.of(lang))),
                        (Some(total), None) => (total),
                        (None, None) => "—",
                    }
                },
            ],
        };
        let table = Table {
            caption: name,
            columns: &columns,
            rows: group.units.iter().map(row).collect(),
            ..Table::default()
        };
        let body = html! { (table.render()) div class="card-body" { (items_of(group, lang)) } };
        part::card_flush(Some(&title), None, body)
    }

    /// The sheet of a unit, for who may open it.
    fn sheet_of(&self, unit: &Placed, call: &Call) -> Option<String> {
        let actor = call.actor().ok()?;
        let may = crate::store::statement::demand_seen(actor, unit.unit_id).is_ok();
        may.then(|| call.href(&format!("{}/units/{}", acts::card(self.month), unit.unit_id)))
    }

    fn award_card(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let title = Some(AWARDS.of(lang));
        if self.awards.is_empty() {
            let told = text!("本期没有奖励。", "There are no awards.");
            return part::card(title, None, html! { p { (told.of(lang)) } });
        }
        let columns = [
            Column::lead(words::UNIT.of(lang)),
            Column::text(text!("奖励", "Award").of(lang)),
            Column::number(text!("金额", "Amount").of(lang)),
        ];
        let rows = self.awards.iter().map(|a| Row {
            href: None,
            tone: None,
            cells: vec![
                html! { (a.unit) },
                html! { (a.title.of(lang)) },
                html! {
                    @match a.amount_fen {
                        Some(fen) => a class="text-link" href=(call.href(&acts::card(self.month))) { (super::amount(fen, lang)) },
                        None => "—",
                    }
                },
            ],
        });
        let table = Table {
            caption: AWARDS.of(lang),
            columns: &columns,
            rows: rows.collect(),
            ..Table::default()
        };
        let intro = self.award_intro();
        let body = html! {
            @if let Some(intro) = intro { p class="card-body" { (intro.of(lang)) } }
            (table.render())
        };
        part::card_flush(title, None, body)
    }

    fn problem_card(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let statements = html! {
            @for s in &self.statements {
                p {
                    (msg!("{unit}：{what}", "{unit}: {what}", unit = s.unit, what = s.title.of(lang)).of(lang))
                    @if let Some(article) = &s.article { " " span class="muted" { (article) } }
                }
            }
        };
        let title = Some(PROBLEMS.of(lang));
        if self.late.is_empty() {
            let told = text!("截至考评期末没有逾期未办结的事项。", "Nothing was overdue.");
            return part::card(title, None, html! { p { (told.of(lang)) } (statements) });
        }
        let columns = [
            Column::fit(text!("编号", "No.").of(lang)),
            Column::lead(text!("事项", "Item").of(lang)),
            Column::text(text!("责任单位", "Unit").of(lang)),
            Column::fit(text!("完成时限", "Due").of(lang)),
            Column::number(text!("逾期天数", "Days late").of(lang)),
        ];
        let table = Table {
            caption: PROBLEMS.of(lang),
            columns: &columns,
            rows: self.late.iter().map(|l| late(l, call)).collect(),
            ..Table::default()
        };
        let (left, more) = (self.late_left, self.late_left > 0);
        let list = html! {
            (table.render())
            @if more { p class="muted" { (msg!("另有{left}件未列出。", "{left} more are not listed.").of(lang)) } }
        };
        html! {
            (part::card_flush(title, None, list))
            @if !self.statements.is_empty() { (part::card(None, None, statements)) }
        }
    }

    fn demand_card(&self, call: &Call) -> Markup {
        let text = html! { @for line in self.wording.demands.lines() { p { (line) } } };
        part::card(Some(DEMANDS.of(call.lang)), None, text)
    }

    fn imprint(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let number = html! {
            @match &self.number {
                Some(number) => (number),
                None => (part::badge(Tone::Grey, text!("未编号", "no number yet").of(lang))),
            }
        };
        let dated =
            html! { @match self.dated { Some(on) => time datetime=(on) { (on) }, None => "—" } };
        let copies = &self.wording.copies;
        let facts = [
            (text!("文号", "Number").of(lang), number),
            (text!("印发机关", "Issued by").of(lang), html! { (self.bureau) }),
            (text!("日期", "Date").of(lang), dated),
            (
                text!("抄送", "Copies to").of(lang),
                html! { @if copies.is_empty() { "—" } @else { (copies) } },
            ),
            (text!("印发范围", "Distribution").of(lang), html! { (self.wording.printed) }),
        ];
        let wide = [
            (text!("校验值", "Root").of(lang), html! { code class="hash" { (self.root) } }),
            (
                text!("封存时日志", "Journal at the freeze").of(lang),
                html! { code class="hash" { (self.frozen_head) } },
            ),
        ];
        part::card(None, None, html! { (part::details(&facts)) (part::details_wide(&wide)) })
    }

    fn hearing(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let list = html! {
            p { (self.heard().of(lang)) }
            ul class="plain" {
                @for o in &self.objections {
                    li {
                        (o.unit) " " span class="muted" { (o.item) } " "
                        (super::super::objection::state(o.state, call))
                    }
                }
            }
        };
        part::card(Some(HEARING.of(lang)), None, list)
    }

    fn source_list(&self, call: &Call) -> Markup {
        let lang = call.lang;
        let list = html! {
            ol class="plain" {
                @for s in &self.sources {
                    li { "［" (s.n) "］" a href=(call.href(&s.href)) { (s.what.of(lang)) } }
                }
            }
        };
        part::card(Some(SOURCES.of(lang)), None, list)
    }
}

/// A figure that leads to its records.
fn figure(total: &Total, call: &Call) -> Markup {
    let count = ui::num::count(total.count);
    if !call.may(grants::MEASURE) {
        return html! { (count) };
    }
    html! { a class="number" href=(call.href(&total.href)) { (count) } }
}

fn late(late: &Late, call: &Call) -> Row {
    let lang: Lang = call.lang;
    Row {
        href: late.href.as_ref().map(|href| call.href(href)),
        tone: None,
        cells: vec![
            html! { (late.label) },
            html! { @match &late.title { Some(title) => (title), None => (hidden().of(lang)) } },
            html! { (late.unit) },
            html! { @match late.due_on { Some(on) => time datetime=(on) { (on) }, None => "—" } },
            html! { (late.days) },
        ],
    }
}

/// 得分表: what each item brought the units of a group.
fn items_of(group: &Group, lang: Lang) -> Markup {
    let Some(first) = group.units.first() else { return Markup::default() };
    let mut columns = vec![Column::lead(words::UNIT.of(lang))];
    columns.extend(first.items.iter().map(|(name, _)| Column::number(name.of(lang))));
    let row = |u: &Placed| {
        let points = u.items.iter().map(|(_, points)| {
            html! { @match points { Some(points) => (points), None => "—" } }
        });
        let cells = std::iter::once(html! { (u.unit) }).chain(points).collect();
        Row { href: None, tone: None, cells }
    };
    let title = text!("附件：得分表", "Annex: points by item").of(lang);
    let rows = group.units.iter().map(row).collect();
    let table = Table { caption: title, columns: &columns, rows, ..Table::default() };
    part::disclosure(title, table.render())
}
