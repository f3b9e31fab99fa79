//! Browsers that have signed in to an account before.

use domain::Email;

use crate::Store;

/// What their signatures are for. Never changed: browsers keep them.
const PURPOSE: &str = "browsers";

impl Store {
    /// What a browser that signed in to this account keeps of that. It says nothing of the account to who holds it.
    pub fn sign_browser(&self, of: &Email) -> String {
        self.sign(PURPOSE, of.as_str())
    }

    /// Whether a node of this library signed that.
    pub fn has_signed_browser(&self, of: &Email, signature: &str) -> bool {
        self.has_signed(PURPOSE, of.as_str(), signature)
    }
}
