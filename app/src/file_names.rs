//! What pages call the site's files. A name bears a hash of the content, so a browser keeps the file for good and asks
//! anew only for the page.

#[cfg(feature = "ssr")]
use std::{collections::HashMap, sync::Arc};

use leptos::prelude::*;

/// The names of a site's files. The server makes them when it starts.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileNames(Arc<HashMap<String, String>>);

#[cfg(feature = "ssr")]
impl FileNames {
    /// Names files, by their paths as in `/pkg/reading.js` and by hashes of their contents.
    pub fn of(files: impl IntoIterator<Item = (String, u64)>) -> Self {
        Self(Arc::new(files.into_iter().map(|(path, hash)| (path.clone(), name(&path, hash))).collect()))
    }

    /// These, and one more.
    #[must_use]
    pub fn with(&self, path: &str, hash: u64) -> Self {
        let mut names = HashMap::clone(&self.0);
        names.insert(path.to_owned(), name(path, hash));
        Self(Arc::new(names))
    }

    /// The name of the file at this path; of a file that is not known, the path.
    pub fn name_of<'a>(&'a self, path: &'a str) -> &'a str {
        self.0.get(path).map_or(path, String::as_str)
    }

    /// The path of the file with this name.
    pub fn path_of(&self, name: &str) -> Option<&str> {
        let (rest, ending) = name.rsplit_once('.')?;
        let (stem, _hash) = rest.rsplit_once('.')?;
        let (path, its_name) = self.0.get_key_value(&format!("{stem}.{ending}"))?;
        (its_name == name).then_some(path)
    }

    /// All paths, with their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, name)| (path.as_str(), name.as_str()))
    }
}

#[cfg(feature = "ssr")]
fn name(path: &str, hash: u64) -> String {
    let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
    format!("{stem}.{hash:016x}.{ending}")
}

/// What a page that the server makes calls the file at this path.
pub fn name_of(path: &str) -> String {
    #[cfg(feature = "ssr")]
    return use_context::<FileNames>().map_or_else(|| path.to_owned(), |names| names.name_of(path).to_owned());
    #[cfg(not(feature = "ssr"))]
    path.to_owned()
}

/// What pages call the file of icons. In the browser: what the document calls it.
pub fn icons() -> String {
    #[cfg(feature = "ssr")]
    return name_of(ICONS);
    #[cfg(not(feature = "ssr"))]
    document().document_element().and_then(|html| html.get_attribute("data-icons")).unwrap_or_else(|| ICONS.to_owned())
}

const ICONS: &str = "/icons.svg";

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn names_and_paths() {
        let names = FileNames::of([("/pkg/a.js".to_owned(), 0xab), ("/b".to_owned(), 1)]);
        assert_eq!(names.name_of("/pkg/a.js"), "/pkg/a.00000000000000ab.js");
        assert_eq!(names.name_of("/pkg/b.js"), "/pkg/b.js");
        for (name, path) in [
            ("/pkg/a.00000000000000ab.js", Some("/pkg/a.js")),
            ("/pkg/a.00000000000000ac.js", None),
            ("/pkg/a.ab.js", None),
            ("/pkg/a.js", None),
            ("/a.00000000000000ab.js", None),
            ("", None),
        ] {
            assert_eq!(names.path_of(name), path, "{name}");
        }
    }
}
