//! Cards, lights, badges, alerts, empty states, details.

use maud::{Markup, html};

use crate::{Light, Tone, icon};

/// A white card; the body is padded.
pub fn card(title: Option<&str>, actions: Option<Markup>, body: Markup) -> Markup {
    frame(title, actions, html! { div class="card-body" { (body) } })
}

/// A white card whose body reaches its edges: a table, a filter bar above a list.
pub fn card_flush(title: Option<&str>, actions: Option<Markup>, body: Markup) -> Markup {
    frame(title, actions, body)
}

fn frame(title: Option<&str>, actions: Option<Markup>, body: Markup) -> Markup {
    html! {
        section class="card" {
            @if title.is_some() || actions.is_some() {
                header class="card-header" {
                    @if let Some(title) = title { h2 class="card-title" { (title) } }
                    @if let Some(actions) = actions { div class="cluster" { (actions) } }
                }
            }
            (body)
        }
    }
}

/// A light: its shape and its words.
pub fn light(kind: Light, label: &str) -> Markup {
    html! { span class={ "light light-" (kind.name()) } { (label) } }
}

/// A word on a tinted ground.
pub fn badge(tone: Tone, text: &str) -> Markup {
    html! { span class={ "badge badge-" (tone.name()) } { (text) } }
}

/// A short remark inside a cell, with the sign of its tone, so that colour alone says nothing.
pub fn remark(tone: Tone, text: &str) -> Markup {
    html! { p class={ "remark remark-" (tone.name()) } { (icon(tone.icon())) span { (text) } } }
}

/// The first lines of something with their numbers, so that they can be counted.
pub fn numbered_lines(lines: &[(u32, String)]) -> Markup {
    html! {
        ol class="numbered-lines" {
            @for (number, line) in lines { li value=(number) { (line) } }
        }
    }
}

/// A place in a ranking; the first three stand out.
pub fn rank(place: u32) -> Markup {
    html! { span class={ "rank rank-" (place) } { (place) } }
}

/// A message inside the page. Red and yellow ones are read out at once.
pub fn alert(tone: Tone, content: Markup) -> Markup {
    let role = match tone {
        Tone::Red | Tone::Yellow => "alert",
        Tone::Green | Tone::Blue | Tone::Grey => "status",
    };
    html! {
        div class={ "alert alert-" (tone.name()) } role=(role) {
            (icon(tone.icon()))
            div class="alert-body" { (content) }
        }
    }
}

/// Something long that is opened when it is wanted; opens without script.
pub fn disclosure(title: &str, content: Markup) -> Markup {
    html! {
        details class="disclosure" {
            summary { (title) (icon("chevron-down")) }
            (content)
        }
    }
}

/// What stands where a list has no rows: says why, and what to do next.
pub fn empty_state(sign: &str, title: &str, hint: &str, action: Option<Markup>) -> Markup {
    html! {
        div class="empty" {
            div class="empty-icon" { (icon(sign)) }
            p class="empty-title" { (title) }
            p class="empty-hint" { (hint) }
            @if let Some(action) = action { div class="empty-action" { (action) } }
        }
    }
}

/// The facts of one thing, label over value, in as many columns as fit.
pub fn details(facts: &[(&str, Markup)]) -> Markup {
    html! {
        dl class="details" {
            @for (label, value) in facts {
                div { dt { (label) } dd { (value) } }
            }
        }
    }
}

/// Facts that need the whole width each: requirements, reasons, notes.
pub fn details_wide(facts: &[(&str, Markup)]) -> Markup {
    html! {
        dl class="details" {
            @for (label, value) in facts {
                div class="details-wide" { dt { (label) } dd class="pre-line" { (value) } }
            }
        }
    }
}

/// A link that looks like a button.
pub fn link_button(tone: crate::form::ButtonTone, href: &str, label: &str, sign: &str) -> Markup {
    html! {
        a class=(tone.class()) href=(href) {
            @if !sign.is_empty() { (icon(sign)) }
            (label)
        }
    }
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::{alert, card, details, empty_state, light, rank};
    use crate::{Light, Tone};

    #[test]
    fn a_light_always_carries_its_words() {
        assert_eq!(
            light(Light::Red, "逾期 3 天").0,
            r#"<span class="light light-red">逾期 3 天</span>"#
        );
    }

    #[test]
    fn text_is_escaped() {
        let shown = empty_state("inbox", "<b>", "a & b", None).0;
        assert!(shown.contains("&lt;b&gt;") && shown.contains("a &amp; b"));
        assert!(card(Some("<i>"), None, html! {}).0.contains("&lt;i&gt;"));
        assert!(details(&[("<u>", html! { "x" })]).0.contains("&lt;u&gt;"));
    }

    #[test]
    fn only_warnings_interrupt() {
        assert!(alert(Tone::Red, html! {}).0.contains(r#"role="alert""#));
        assert!(alert(Tone::Green, html! {}).0.contains(r#"role="status""#));
        assert!(rank(1).0.contains("rank-1"));
    }
}
