//! The embedded browser files. Their names carry a hash of their content: cache them for ever.

use std::sync::OnceLock;

/// One embedded file in three encodings.
#[derive(Debug)]
pub struct Asset {
    /// Its name in the source, `app.css`.
    pub name: &'static str,
    /// Its address below the mount, `/assets/app-<hash>.css`.
    pub path: &'static str,
    /// Its media type.
    pub mime: &'static str,
    /// The plain content.
    pub body: &'static [u8],
    /// The content compressed with brotli.
    pub brotli: &'static [u8],
    /// The content compressed with gzip.
    pub gzip: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

static MOUNT: OnceLock<String> = OnceLock::new();
static URLS: OnceLock<Vec<String>> = OnceLock::new();

/// Every embedded file.
pub fn all() -> &'static [Asset] {
    ASSETS
}

/// The file at an address below the mount.
pub fn asset(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

/// Puts the assets below a sub-path (`/duban`); to be called once, before the first page.
/// A later call changes nothing.
pub fn mount(base: &str) {
    MOUNT.get_or_init(|| base.trim_end_matches('/').to_owned());
}

/// The address of a file by its source name, the mount included: `app.css` →
/// `/assets/app-<hash>.css`. An unknown name gives an empty address.
pub fn asset_url(name: &str) -> &'static str {
    let urls = URLS.get_or_init(|| {
        let base = MOUNT.get_or_init(String::new);
        ASSETS.iter().map(|asset| format!("{base}{}", asset.path)).collect()
    });
    let known = ASSETS.iter().position(|asset| asset.name == name);
    debug_assert!(known.is_some(), "no asset is named {name}");
    known.and_then(|index| urls.get(index)).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::{all, asset, asset_url};

    #[test]
    fn every_page_file_is_embedded_and_hashed() {
        for name in [
            "app.css",
            "app.js",
            "theme.js",
            "charts.js",
            "icons.svg",
            "favicon.svg",
            "licences.txt",
        ] {
            let url = asset_url(name);
            let found = asset(url).expect("embedded");
            assert_ne!(url, format!("/assets/{name}"), "{name} has no hash");
            assert!(!found.body.is_empty() && found.brotli.len() < found.body.len());
        }
        assert!(asset("/assets/app.css").is_none());
    }

    #[test]
    fn a_first_page_stays_light() {
        let size = |name| all().iter().find(|a| a.name == name).map_or(0, |a| a.brotli.len());
        let first = ["app.css", "app.js", "theme.js", "icons.svg"].map(size);
        assert!(first.iter().sum::<usize>() < 50_000, "{first:?}");
    }
}
