//! A QR code: what a telephone reads from paper without typing it. Drawn as one path on pages, as
//! a picture in files.

use std::fmt::Write as _;

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// Empty modules around the code, which readers need to find it.
const QUIET: i32 = 4;
/// Pixels of a module on the page.
const MODULE: i32 = 3;
/// Dots of a module's side in a picture, enough for a printer.
const DOTS: i32 = 6;

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

/// The code of a text as a PNG of black and white; nothing when the text is too long for one.
pub fn picture(text: &str) -> Option<Vec<u8>> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = u32::try_from((code.size() + 2 * QUIET) * DOTS).ok()?;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&dots(&code)).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// The brightness of every dot, line by line.
fn dots(code: &QrCode) -> Vec<u8> {
    let side = (code.size() + 2 * QUIET) * DOTS;
    let module = |dot: i32| dot / DOTS - QUIET;
    let dot = |y: i32, x: i32| if code.get_module(module(x), module(y)) { 0 } else { u8::MAX };
    (0..side).flat_map(|y| (0..side).map(move |x| (y, x))).map(|(y, x)| dot(y, x)).collect()
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
    use super::{code, picture};

    #[test]
    fn a_code_is_drawn_with_its_quiet_zone_and_named() {
        let drawn = code("DUBAN 2021-10", "校验码").0;
        assert!(drawn.contains("viewBox=\"0 0 29 29\""), "{drawn}");
        assert!(drawn.contains("aria-label=\"校验码\""), "{drawn}");
        // The finder pattern's first bar, behind four empty modules.
        assert!(drawn.contains("d=\"M4 4h7v1h-7z"), "{drawn}");
    }

    #[test]
    fn a_picture_has_the_same_modules_as_the_drawing() {
        let bytes = picture("DUBAN 2021-10").unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        let mut dots = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut dots).unwrap();
        // 21 modules and a quiet zone of four on each side, six dots each.
        assert_eq!((info.width, info.height), (29 * 6, 29 * 6));
        let dot = |x: usize, y: usize| dots[y * 29 * 6 + x];
        assert_eq!((dot(0, 0), dot(4 * 6, 4 * 6), dot(5 * 6, 5 * 6)), (255, 0, 255));
        assert_eq!(picture(&"长".repeat(4_000)), None);
        assert_eq!(picture("DUBAN 2021-10").unwrap(), bytes, "the same bytes each time");
    }

    #[test]
    fn what_is_too_long_for_a_code_is_left_out() {
        assert_eq!(code(&"长".repeat(4_000), "").0, "");
    }
}
