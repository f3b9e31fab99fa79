//! Keys: what a question is called in every tier.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// The name of a question: query, version and arguments, as in `page.2?book=…&number=…`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(Arc<str>);

impl Key {
    /// The key with this text, as found in a tier that outlives the process.
    pub fn from_text(text: &str) -> Self {
        Self(text.into())
    }

    /// The key of a query with these arguments, made by serde from the query itself.
    pub fn of(name: &str, version: u32, arguments: &impl Serialize) -> Self {
        // Only maps with odd keys fail to serialise; a query is a flat struct of ids and names.
        let arguments = serde_urlencoded::to_string(arguments).unwrap_or_else(|never| never.to_string());
        Self(format!("{name}.{version}?{arguments}").into())
    }

    /// The query that it is the key of, if that has this name and version.
    pub fn query<Q: DeserializeOwned>(&self, name: &str, version: u32) -> Option<Q> {
        let (of, arguments) = self.0.split_once('?')?;
        let (of, its_version) = of.rsplit_once('.')?;
        let is_it = of == name && its_version.parse() == Ok(version);
        is_it.then(|| serde_urlencoded::from_str(arguments).ok()).flatten()
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Page {
        book: u64,
        number: Option<u32>,
    }

    #[test]
    fn a_query_and_its_key() {
        let page = Page { book: 7, number: Some(3) };
        let key = Key::of("page", 2, &page);
        assert_eq!(key.as_str(), "page.2?book=7&number=3");
        assert_eq!(key.query("page", 2), Some(page));
        for (name, version) in [("page", 1), ("pag", 2), ("page.2", 2), ("", 2)] {
            assert_eq!(key.query::<Page>(name, version), None, "{name}.{version}");
        }
        for text in ["page.2", "page.2?book=x", "page.2?", ""] {
            assert_eq!(Key::from_text(text).query::<Page>("page", 2), None, "{text}");
        }
    }
}
