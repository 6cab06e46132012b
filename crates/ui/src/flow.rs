//! What happened and where one may go: timelines, steps, tabs, toolbars, dropdowns.

use kernel::{Lang, text};
use maud::{Markup, html};

use crate::{Tone, icon};

/// Something that happened.
#[derive(Debug, Default)]
pub struct TimelineEntry<'a> {
    /// When, as written.
    pub when: &'a str,
    /// Who did it, as written.
    pub who: &'a str,
    /// What happened.
    pub title: &'a str,
    /// The reason, the words, the files.
    pub body: Option<Markup>,
    /// How it reads.
    pub tone: Tone,
}

/// What happened, in the order given.
pub fn timeline(entries: &[TimelineEntry<'_>]) -> Markup {
    html! {
        ol class="timeline" {
            @for entry in entries {
                li class={ "timeline-entry timeline-" (entry.tone.name()) } {
                    p class="timeline-title" { (entry.title) }
                    p class="timeline-meta" {
                        (entry.when)
                        @if !entry.who.is_empty() { " · " (entry.who) }
                    }
                    @if let Some(body) = &entry.body { div class="timeline-body" { (body) } }
                }
            }
        }
    }
}

/// How far a step has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Finished.
    Done,
    /// It is this one's turn.
    Current,
    /// Not yet its turn.
    Waiting,
    /// Sent back here.
    Refused,
}

/// One station of a chain: a sign-off, a stage.
#[derive(Debug)]
pub struct Step<'a> {
    /// Its name.
    pub label: &'a str,
    /// Who and when, as written; may be empty.
    pub detail: &'a str,
    /// How far it has come.
    pub state: StepState,
}

/// A chain of stations; the state is also said in words for those who do not see it.
pub fn steps(lang: Lang, chain: &[Step<'_>]) -> Markup {
    html! {
        ol class="steps" {
            @for (index, step) in chain.iter().enumerate() {
                @let (name, said) = step_words(step.state);
                li class={ "step step-" (name) }
                    aria-current=[(step.state == StepState::Current).then_some("step")] {
                    span class="step-mark" aria-hidden="true" {
                        @match step.state {
                            StepState::Done => (icon("check")),
                            StepState::Refused => (icon("x")),
                            StepState::Current | StepState::Waiting => (index + 1),
                        }
                    }
                    span class="step-label" {
                        (step.label) span class="sr-only" { " " (said.of(lang)) }
                    }
                    @if !step.detail.is_empty() { span class="step-detail" { (step.detail) } }
                }
            }
        }
    }
}

const fn step_words(state: StepState) -> (&'static str, kernel::Text) {
    match state {
        StepState::Done => ("done", text!("已完成", "done")),
        StepState::Current => ("current", text!("进行中", "in progress")),
        StepState::Waiting => ("waiting", text!("未开始", "not started")),
        StepState::Refused => ("refused", text!("已退回", "sent back")),
    }
}

/// One tab: a page of its own.
#[derive(Debug, Default)]
pub struct Tab<'a> {
    /// Its address.
    pub href: &'a str,
    /// Its name.
    pub label: &'a str,
    /// How many things it holds.
    pub count: Option<u64>,
    /// Whether it is the one shown.
    pub active: bool,
}

/// Tabs over a page; the label names the group for screen readers.
pub fn tabs(label: &str, items: &[Tab<'_>]) -> Markup {
    html! {
        nav class="tabs" aria-label=(label) {
            @for tab in items {
                a class="tab" href=(tab.href) aria-current=[tab.active.then_some("page")] {
                    (tab.label)
                    @if let Some(count) = tab.count { span class="tab-count" { (count) } }
                }
            }
        }
    }
}

/// Where one is among things that follow each other, and the way to those beside it: address and
/// label of each that there is.
pub fn beside(before: Option<(&str, &str)>, here: Markup, after: Option<(&str, &str)>) -> Markup {
    html! {
        nav class="cluster" {
            @if let Some((href, label)) = before {
                a class="btn btn-small" href=(href) rel="prev" { (icon("chevron-left")) (label) }
            }
            span { (here) }
            @if let Some((href, label)) = after {
                a class="btn btn-small" href=(href) rel="next" { (label) (icon("chevron-right")) }
            }
        }
    }
}

/// A bar of small controls; what stands in `end` goes to the right.
pub fn toolbar(start: Markup, end: Option<Markup>) -> Markup {
    html! {
        div class="toolbar" {
            (start)
            @if let Some(end) = end { div class="toolbar-end" { (end) } }
        }
    }
}

/// A button that opens a panel of [`menu_link`]s and [`menu_button`]s; opens without script.
pub fn dropdown(label: &str, sign: &str, panel: Markup) -> Markup {
    html! {
        details class="dropdown" data-menu {
            summary class="btn" { (icon(sign)) (label) (icon("chevron-down")) }
            div class="dropdown-panel" { (panel) }
        }
    }
}

/// A heading inside a dropdown.
pub fn menu_title(label: &str) -> Markup {
    html! { p class="dropdown-title" { (label) } }
}

/// A link inside a dropdown.
pub fn menu_link(href: &str, sign: &str, label: &str) -> Markup {
    html! { a class="dropdown-item" href=(href) { (icon(sign)) (label) } }
}

/// The submit button of a form inside a dropdown.
pub fn menu_button(sign: &str, label: &str) -> Markup {
    html! { button class="dropdown-item" type="submit" { (icon(sign)) (label) } }
}

#[cfg(test)]
mod tests {
    use kernel::Lang;

    use super::{Step, StepState, Tab, steps, tabs};

    #[test]
    fn a_step_says_its_state_in_words() {
        let chain = [Step { label: "初审", detail: "", state: StepState::Refused }];
        assert!(steps(Lang::Zh, &chain).0.contains("已退回"));
        assert!(steps(Lang::En, &chain).0.contains("sent back"));
    }

    #[test]
    fn the_shown_tab_is_marked_current() {
        let shown = tabs("x", &[Tab { href: "/a", label: "甲", count: Some(3), active: true }]).0;
        assert!(shown.contains(r#"aria-current="page""#) && shown.contains(">3<"));
    }
}
