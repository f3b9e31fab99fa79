//! Which mails a person wants.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::UnknownKind;

kinds! {
    /// When a person gets what is new in their inbox by mail.
    MailChoice("choice of mails") {
        /// They look for themselves.
        Never "never" "Never"
        /// Within some minutes.
        AtOnce "at-once" "Within minutes"
        /// What came in a day, in one mail.
        Daily "daily" "Once a day"
    }
}
