//! The forms around the fields.

use kernel::{Lang, text};
use maud::{Markup, html};

use super::field::hidden;
use crate::icon;

/// A form that acts: carries the form token and the act's key, is sent only once, and warns
/// before typed words are left behind.
pub fn form_post(action: &str, csrf: &str, act_key: &str, body: Markup) -> Markup {
    html! {
        form class="form" method="post" action=(action)
            enctype="application/x-www-form-urlencoded" data-guard {
            (hidden("csrf", csrf)) (hidden("act_key", act_key))
            (body)
        }
    }
}

/// A form that acts and hands in files; shows how far the upload has come.
pub fn form_upload(action: &str, csrf: &str, act_key: &str, body: Markup) -> Markup {
    html! {
        form class="form" method="post" action=(action) enctype="multipart/form-data"
            data-guard data-upload {
            (hidden("csrf", csrf)) (hidden("act_key", act_key))
            (body)
        }
    }
}

/// The filter of a register. With script a change renews only the part made by
/// [`crate::table::list`] and the address; without it the button does the same.
pub fn filter_form(lang: Lang, action: &str, body: Markup) -> Markup {
    html! {
        form class="filter" method="get" action=(action) role="search" hx-get=(action)
            hx-target="#list" hx-select="#list" hx-swap="outerHTML" hx-push-url="true"
            hx-sync="this:replace" hx-indicator="#list"
            hx-trigger="submit, change target::not([type=search]), input delay:400ms target:[type=search]" {
            div class="toolbar" {
                (body)
                div class="toolbar-buttons" {
                    button class="btn" type="submit" {
                        (icon("filter")) (text!("筛选", "Filter").of(lang))
                    }
                    a class="btn btn-ghost" href=(action) { (text!("重置", "Reset").of(lang)) }
                }
            }
        }
    }
}

/// What was refused, on top of the form, each linked to its field: `(field id, label, message)`; what
/// is of no field, and so has no label, stands by itself. Nothing when nothing was refused.
pub fn error_summary(lang: Lang, errors: &[(String, String, String)]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div class="error-summary" role="alert" tabindex="-1" {
                @let is_of_fields = errors.iter().any(|(_, label, _)| !label.is_empty());
                @let mend = text!("请先更正以下内容", "Please correct the following");
                @let refused = text!("没有办成", "This was not done");
                h2 { (if is_of_fields { mend } else { refused }.of(lang)) }
                ul {
                    @for (id, label, message) in errors {
                        li {
                            @if label.is_empty() {
                                (message)
                            } @else {
                                a href={ "#" (id) } {
                                    (label) (text!("：", ": ").of(lang)) (message)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The form of a list whose rows are dragged: its button appears when the order has changed.
pub fn order_form(id: &str, (action, csrf, act_key): (&str, &str, &str), save: &str) -> Markup {
    html! {
        form class="order-form" id=(id) method="post" action=(action) {
            (hidden("csrf", csrf)) (hidden("act_key", act_key))
            button class="btn btn-primary" type="submit" data-order-save hidden { (save) }
        }
    }
}

/// A row's place in such a form: where the grip stands, and the value that is sent in order.
pub fn ordered(form: &str, name: &str, value: &str) -> Markup {
    html! {
        span data-grip { input type="hidden" name=(name) value=(value) form=(form); }
    }
}

/// Fields in two columns on a wide screen; put long ones into [`wide`].
pub fn fields(content: Markup) -> Markup {
    html! { div class="form-grid" { (content) } }
}

/// A field over both columns.
pub fn wide(content: Markup) -> Markup {
    html! { div class="field-wide" { (content) } }
}

/// A heading between fields.
pub fn section(title: &str) -> Markup {
    html! { h2 class="form-section" { (title) } }
}

/// The buttons at the end of a form.
pub fn actions(content: Markup) -> Markup {
    html! { div class="form-actions" { (content) } }
}

#[cfg(test)]
mod tests {
    use kernel::Lang;
    use maud::html;

    use super::{error_summary, filter_form, form_post};

    #[test]
    fn an_act_carries_its_token_and_key() {
        let shown = form_post("/a", "tok", "key-1", html! {}).0;
        assert!(shown.contains(r#"<input type="hidden" name="csrf" value="tok">"#));
        assert!(shown.contains(r#"<input type="hidden" name="act_key" value="key-1">"#));
    }

    #[test]
    fn a_filter_renews_only_the_list_and_works_alone() {
        let shown = filter_form(Lang::Zh, "/r", html! {}).0;
        assert!(shown.contains(r##"hx-target="#list" hx-select="#list""##));
        assert!(shown.contains(r#"method="get" action="/r""#) && shown.contains("筛选"));
    }

    #[test]
    fn messages_lead_to_their_fields() {
        assert!(error_summary(Lang::En, &[]).0.is_empty());
        let one = ("f-day".to_owned(), "Day".to_owned(), "is past".to_owned());
        let of_field = error_summary(Lang::En, &[one]).0;
        assert!(of_field.contains(r##"<a href="#f-day">Day: is past"##), "{of_field}");
        assert!(of_field.contains("Please correct"), "{of_field}");
        let of_none = (String::new(), String::new(), "It has ended.".to_owned());
        let by_itself = error_summary(Lang::En, &[of_none]).0;
        assert!(by_itself.contains("<li>It has ended.</li>"), "{by_itself}");
        assert!(by_itself.contains("This was not done"), "{by_itself}");
    }
}
