//! Where an answer can come from.

use serde::{Deserialize, Serialize};

/// Where an answer can come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Tier {
    /// The screen.
    Signals,
    /// The client cache's persisted half.
    LocalStorage,
    /// A cache outside, as a browser's or a CDN's, that asks whether its copy is current: a 304 is its hit.
    Http,
    /// Strangers' pages, kept whole.
    Page,
    /// The node's memory.
    Memory,
    /// What the nodes share.
    Redis,
    /// The truth.
    Database,
}

impl Tier {
    /// All of them, from the screen to the truth.
    pub const ALL: [Self; 7] =
        [Self::Signals, Self::LocalStorage, Self::Http, Self::Page, Self::Memory, Self::Redis, Self::Database];

    /// Its name in metrics.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Signals => "signals",
            Self::LocalStorage => "localstorage",
            Self::Http => "http",
            Self::Page => "page",
            Self::Memory => "memory",
            Self::Redis => "redis",
            Self::Database => "database",
        }
    }

    /// Its name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Signals => "signals",
            Self::LocalStorage => "localStorage",
            Self::Http => "HTTP",
            Self::Page => "page",
            Self::Memory => "memory",
            Self::Redis => "Redis",
            Self::Database => "database",
        }
    }

    /// Whether a browser counts it; the others are a node's.
    pub const fn is_in_browser(self) -> bool {
        match self {
            Self::Signals | Self::LocalStorage => true,
            Self::Http | Self::Page | Self::Memory | Self::Redis | Self::Database => false,
        }
    }
}
