//! Devices: what a text was written with, in a few plain words.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a text was written with, as in “Firefox on Windows”. Made of what a browser says of itself, which need not be
/// true: it helps its author to recognise a version, and decides nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Device(String);

/// Browsers by a word of theirs. Many name others, too, so the order counts.
const BROWSERS: [(&str, &str); 9] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
];

/// Systems by a word of theirs; iPhones name the Mac's, and Android names Linux.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
];

impl Device {
    /// What a browser calls itself, in plain words.
    pub fn of(user_agent: &str) -> Self {
        let find = |table: &[(&str, &'static str)]| {
            table.iter().find(|(word, _)| user_agent.contains(word)).map(|(_, name)| *name)
        };
        Self(match (find(&BROWSERS), find(&SYSTEMS)) {
            (Some(browser), Some(system)) => format!("{browser} on {system}"),
            (Some(browser), None) => browser.to_owned(),
            (None, Some(system)) => format!("A program on {system}"),
            (None, None) => return Self::default(),
        })
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// No browser said anything.
impl Default for Device {
    fn default() -> Self {
        Self("An unknown device".to_owned())
    }
}

impl From<String> for Device {
    fn from(words: String) -> Self {
        Self(words)
    }
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(user_agent: &str, expected: &str) {
        assert_eq!(Device::of(user_agent).as_str(), expected, "{user_agent}");
    }

    #[test]
    fn in_plain_words() {
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
        check("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Windows");
        check(&format!("Mozilla/5.0 (X11; Linux x86_64) {webkit} Chrome/142.0.0.0 Safari/537.36"), "Chrome on Linux");
        check(
            &format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Chrome/142.0.0.0 Safari/537.36 Edg/142.0"),
            "Edge on Windows",
        );
        check(
            &format!("Mozilla/5.0 (Linux; Android 10; K) {webkit} Chrome/142.0.0.0 Mobile Safari/537.36"),
            "Chrome on Android",
        );
        check(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 \
             Mobile/15E148 Safari/604.1",
            "Safari on an iPhone",
        );
        check(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 \
             Safari/605.1.15",
            "Safari on a Mac",
        );
        check("curl/8.5.0", "curl");
        check("Writer (Windows)", "A program on Windows");
        check("", "An unknown device");
        check("\u{202e}<script>", "An unknown device");
    }
}
