//! What those who look after the place have closed.

use serde::{Deserialize, Serialize};

use crate::{
    Millis,
    date::{MONTHS, civil},
};

/// What those who look after the place have closed. The texts are shown as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Barred {
    /// The account reads only, until then.
    #[error(
        "Your account is suspended until {}: until then you can read, and change nothing. Your account page says why.",
        day(*.0)
    )]
    Suspended(Millis),
    /// The account can't be signed in to; why, in the words that a manager wrote.
    #[error("This account is banned, so you can’t sign in. The reason given is: {0}")]
    Banned(String),
    /// Nothing more is said below the post.
    #[error("Those who look after this place have closed this thread: nothing more can be said below it.")]
    Thread,
}

/// As in `22 November 2026, 10:42 UTC`: the time zone of the person is not known.
fn day(at: Millis) -> String {
    let ((year, month, day), (hour, minute, _)) = civil(at);
    let month = MONTHS.get(month - 1).copied().unwrap_or_default();
    format!("{day} {month} {year}, {hour:02}:{minute:02} UTC")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn until_when_is_said() {
        let told = Barred::Suspended(Millis(1_795_344_120_000)).to_string();
        assert!(told.starts_with("Your account is suspended until 22 November 2026, 10:42 UTC: "), "{told}");
    }
}
