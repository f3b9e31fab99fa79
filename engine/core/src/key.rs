//! Keys: what a question is called in every tier.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

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
