//! Files.

use maud::{Markup, html};

use super::field::Field;
use crate::icon;

/// A file that was uploaded before and waits under its key.
#[derive(Clone, Copy, Debug)]
pub struct KeptFile<'a> {
    /// The key that is posted in its place.
    pub key: &'a str,
    /// Its name.
    pub name: &'a str,
}

/// What files are taken.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileRules<'a> {
    /// The endings, `.pdf,.docx`.
    pub accept: &'a str,
    /// Whether several may be chosen at once.
    pub many: bool,
    /// The name under which kept keys are posted.
    pub kept_name: &'a str,
    /// The files kept from a refused attempt; unticking drops one.
    pub kept: &'a [KeptFile<'a>],
}

/// Files to be handed in; put it into [`super::form_upload`].
pub fn file(field: &Field<'_>, rules: &FileRules<'_>) -> Markup {
    field.around(html! {
        div class="file-box" {
            @for kept in rules.kept {
                label class="file-kept" {
                    input type="checkbox" name=(rules.kept_name) value=(kept.key) checked;
                    (icon("paperclip")) (kept.name)
                }
            }
            input type="file" id=(field.id()) name=(field.name) accept=(rules.accept)
                multiple[rules.many] required[field.required && rules.kept.is_empty()]
                aria-invalid=[field.invalid()] aria-describedby=[field.described_by()];
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{FileRules, KeptFile, file};
    use crate::form::Field;

    #[test]
    fn a_kept_file_stands_for_the_required_one() {
        let field = Field { name: "file", label: "附件", required: true, ..Field::default() };
        let kept = [KeptFile { key: "k1", name: "通报.docx" }];
        let rules = FileRules { kept_name: "kept", kept: &kept, ..FileRules::default() };
        let shown = file(&field, &rules).0;
        assert!(shown.contains(r#"name="kept" value="k1" checked"#));
        assert!(!shown.contains("required>"));
    }
}
