//! Something that is wrong, in one line.

use std::fmt;

/// Something that is wrong: what, why it matters, and how to mend it. Each is a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub(super) what: String,
    pub(super) why: &'static str,
    pub(super) mend: &'static str,
}

impl Finding {
    pub(super) fn new(what: impl Into<String>, why: &'static str, mend: &'static str) -> Self {
        Self { what: what.into(), why, mend }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What others say of an error may have lines.
        let what = self.what.replace('\n', " ");
        write!(f, "{what} {} {}", self.why, self.mend)
    }
}
