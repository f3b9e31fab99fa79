//! How one person silences another.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::UnknownKind;

kinds! {
    /// How one person silences another.
    Silence("way to silence a person") {
        /// What they say is folded away, and no notice of it comes. They are not told.
        Mute "mute" "Muted"
        /// That, and they can't answer, follow or mention the one who blocked them.
        Block "block" "Blocked"
    }
}
