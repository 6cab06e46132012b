//! Icons from the sprite.

use maud::{Markup, html};

use crate::assets::asset_url;

/// The names in the sprite, each with the drawing it is taken from where that differs.
const NAMES: &str = include_str!("../assets/icons.txt");

/// An icon of the sprite, hidden from screen readers: the words stand beside it.
pub fn icon(name: &str) -> Markup {
    debug_assert!(is_known(name), "no icon is named {name}");
    html! {
        svg class="icon" aria-hidden="true" {
            use href={ (asset_url("icons.svg")) "#" (name) } {}
        }
    }
}

fn is_known(name: &str) -> bool {
    NAMES.lines().any(|line| line.split(' ').next() == Some(name))
}

#[cfg(test)]
mod tests {
    use super::{NAMES, icon};
    use crate::assets::{asset, asset_url};

    #[test]
    fn every_named_icon_is_drawn() {
        let sprite = asset(asset_url("icons.svg")).expect("embedded").body;
        let sprite = std::str::from_utf8(sprite).expect("text");
        for name in NAMES.lines().filter_map(|line| line.split(' ').next()) {
            assert!(sprite.contains(&format!("<symbol id=\"{name}\"")), "{name}");
        }
        assert!(icon("home").0.contains("#home"));
    }
}
