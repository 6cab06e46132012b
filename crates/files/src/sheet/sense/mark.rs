//! What a cell says by its look alone: a hint to confirm, never a state.

use kernel::{Message, Text, msg, text};

use crate::sheet::read::Cell;

/// A hint about a cell that is coloured or struck through.
pub fn hint(cell: &Cell) -> Option<Message> {
    if cell.struck {
        return Some(
            text!(
                "有删除线，可能表示已办结或取消，请确认状态。",
                "Struck through: perhaps done or dropped; confirm its state."
            )
            .into(),
        );
    }
    let Text { zh, en } = colour(cell.fill.as_deref()?)?;
    Some(msg!(
        "标了{zh}底色，颜色不会导入，请确认状态。",
        "Marked {en}; colours are not taken over, confirm its state."
    ))
}

/// The name of a colour that somebody chose; pale greys are decoration.
fn colour(fill: &str) -> Option<Text> {
    let part = |at: usize| fill.get(at..at + 2).and_then(|h| i32::from_str_radix(h, 16).ok());
    let (Some(red), Some(green), Some(blue)) = (part(0), part(2), part(4)) else {
        return Some(text!("主题色", "in a colour of the theme"));
    };
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    if most - least < 40 {
        return None;
    }
    let near = |a: i32, b: i32| (a - b).abs() < 60;
    if near(red, green) && blue < red {
        return Some(text!("黄色", "yellow"));
    }
    if red == most && green > blue + 50 {
        return Some(text!("橙色", "orange"));
    }
    if red == most {
        return Some(text!("红色", "red"));
    }
    Some(if green == most { text!("绿色", "green") } else { text!("蓝色", "blue") })
}

#[cfg(test)]
mod tests {
    use super::hint;
    use crate::sheet::read::Cell;

    fn cell(fill: Option<&str>) -> Cell {
        Cell { column: 0, value: None, fill: fill.map(str::to_owned), struck: false }
    }

    #[test]
    fn colours_and_strokes_are_hints_to_confirm() {
        for (fill, name) in [
            ("FF0000", "红色"),
            ("FFFF00", "黄色"),
            ("00B050", "绿色"),
            ("FFC000", "橙色"),
            ("0070C0", "蓝色"),
            ("theme 5", "主题色"),
        ] {
            let hint = hint(&cell(Some(fill))).unwrap().zh;
            assert!(hint.contains(name) && hint.contains("请确认"), "{fill}: {hint}");
        }
        assert_eq!((hint(&cell(Some("F2F2F2"))), hint(&cell(None))), (None, None));
        let struck = Cell { struck: true, ..cell(Some("FF0000")) };
        assert!(hint(&struck).unwrap().zh.contains("删除线"));
    }
}
