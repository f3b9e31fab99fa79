//! How the place is run.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::UnknownKind;

kinds! {
    /// Who may make an account.
    Registration("registration") {
        /// Everybody.
        Open "open" "Everybody"
        /// A person with the link of an invitation.
        Invited "invited" "People with an invitation"
        /// Nobody.
        Closed "closed" "Nobody"
    }
}
