//! Writes every component into pages with their assets: `gallery <folder>`, to be looked at and
//! checked in a browser.

#[path = "gallery/forms.rs"]
mod forms;
#[path = "gallery/pages.rs"]
mod pages;
#[path = "gallery/sheets.rs"]
mod sheets;

use std::{env, fs, io};

use kernel::Lang;
use maud::Markup;

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).unwrap_or_else(|| "target/gallery".to_owned());
    fs::create_dir_all(format!("{folder}/assets"))?;
    for asset in ui::assets::all() {
        fs::write(format!("{folder}{}", asset.path), asset.body)?;
    }
    for (lang, ending) in [(Lang::Zh, ""), (Lang::En, "-en")] {
        let all: [(&str, Markup); 9] = [
            ("index", pages::home(lang)),
            ("list", pages::register(lang)),
            ("empty", pages::empty(lang)),
            ("card", pages::card(lang)),
            ("form", forms::form(lang)),
            ("refused", forms::refused(lang)),
            ("signin", forms::sign_in(lang)),
            ("wall", sheets::wall(lang)),
            ("print", sheets::print(lang)),
        ];
        for (name, page) in all {
            let html = page.into_string();
            fs::write(format!("{folder}/{name}{ending}.html"), html)?;
        }
    }
    say(&folder);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "tells the caller where to look")]
fn say(folder: &str) {
    println!("written: {folder}/index.html");
}
