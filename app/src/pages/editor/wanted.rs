//! What an author wants to find, as they type it: in the scene, or in the whole story.

use domain::{Needle, NotANeedle};

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The words.
    pub words: String,
    /// Whether capitals are other letters than small ones.
    pub is_case_matched: bool,
    /// Whether no letter stands right before or behind them.
    pub is_whole: bool,
}

impl Wanted {
    /// It, if it can be looked for.
    pub fn needle(&self) -> Result<Needle, NotANeedle> {
        Needle::parse(&self.words, self.is_case_matched, self.is_whole)
    }
}
