//! What is asked for: by `cargo xtask load`, or by nobody.

use std::{env, path::PathBuf, str::FromStr, time::Duration};

/// How long, how much, and beside what.
pub(crate) struct Options {
    /// Whether it is the long form, against a release build.
    pub(crate) is_measured: bool,
    /// Requests a second.
    pub(crate) rate: f64,
    /// So long nothing is counted: a server that has just started has seen nobody.
    pub(crate) warm: Duration,
    pub(crate) long: Duration,
    pub(crate) seed: u64,
    /// On `PostgreSQL` and Redis instead of `SQLite` alone.
    pub(crate) services: bool,
    /// What opens the browsers.
    pub(crate) playwright: Option<PathBuf>,
    pub(crate) library: Size,
}

/// How big the library is.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    /// Published stories.
    pub(crate) stories: usize,
    /// In each story.
    pub(crate) chapters: usize,
    /// In each of a chapter's two scenes.
    pub(crate) words: usize,
    /// An even number: every other one revises what everybody reads.
    pub(crate) writers: usize,
    pub(crate) members: usize,
    /// How many read at the same time, with an account and without.
    pub(crate) readers: usize,
}

const SMALL: Size = Size { stories: 40, chapters: 5, words: 150, writers: 4, members: 6, readers: 60 };
const WHOLE: Size = Size { stories: 240, chapters: 12, words: 600, writers: 12, members: 60, readers: 1_500 };

impl Options {
    /// From the environment; short and small without.
    pub(crate) fn read() -> Self {
        let seed = number("QUIRE_LOAD_SEED").unwrap_or(1);
        let Some(seconds) = number("QUIRE_LOAD_SECONDS") else {
            let (warm, long) = (Duration::from_secs(6), Duration::from_secs(9));
            return Self {
                is_measured: false,
                rate: 60.0,
                warm,
                long,
                seed,
                services: false,
                playwright: None,
                library: SMALL,
            };
        };
        Self {
            is_measured: true,
            rate: number("QUIRE_LOAD_RATE").unwrap_or(200.0),
            warm: Duration::from_secs(number("QUIRE_LOAD_WARM").unwrap_or(60)),
            long: Duration::from_secs(seconds),
            seed,
            services: env::var_os("QUIRE_LOAD_SERVICES").is_some(),
            playwright: env::var_os("QUIRE_LOAD_PLAYWRIGHT").map(PathBuf::from),
            library: WHOLE,
        }
    }
}

fn number<T: FromStr>(name: &str) -> Option<T> {
    env::var(name).ok().map(|text| text.parse().ok().unwrap_or_else(|| panic!("{name} is a number")))
}
