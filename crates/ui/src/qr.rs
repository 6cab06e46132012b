//! A QR code, drawn as one path: what a telephone reads from paper without typing it.

use std::fmt::Write as _;

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// Empty modules around the code, which readers need to find it.
const QUIET: i32 = 4;
/// Pixels of a module on the page.
const MODULE: i32 = 3;

/// The code of a text, named by a label; nothing when the text is too long for one.
pub fn code(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
        return Markup::default();
    };
    let side = code.size() + 2 * QUIET;
    let (box_of, pixels) = (format!("0 0 {side} {side}"), side * MODULE);
    html! {
        svg class="qr" viewBox=(box_of) width=(pixels) height=(pixels) role="img"
            aria-label=(label) shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path(&code)) fill="#000" {}
        }
    }
}

/// Its dark modules, each run in a row as one bar.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let begin = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > begin {
                let (left, top, run) = (begin + QUIET, y + QUIET, x - begin);
                // Writing to a String cannot fail.
                write!(path, "M{left} {top}h{run}v1h-{run}z").unwrap_or_default();
            }
            x += 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn a_code_is_drawn_with_its_quiet_zone_and_named() {
        let drawn = code("DUBAN 2021-10", "校验码").0;
        assert!(drawn.contains("viewBox=\"0 0 29 29\""), "{drawn}");
        assert!(drawn.contains("aria-label=\"校验码\""), "{drawn}");
        // The finder pattern's first bar, behind four empty modules.
        assert!(drawn.contains("d=\"M4 4h7v1h-7z"), "{drawn}");
    }

    #[test]
    fn what_is_too_long_for_a_code_is_left_out() {
        assert_eq!(code(&"长".repeat(4_000), "").0, "");
    }
}
