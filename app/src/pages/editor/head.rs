//! The head: what the server has of a text. The saved texts, and over them what was typed and kept, and is not saved.

use domain::{Device, Millis, Rev};
use serde::{Deserialize, Serialize};

use super::sheet::{Fields, Saved};

/// What the server has of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head<F> {
    /// The texts as they were saved.
    pub saved: Saved<F>,
    /// The revision of the working copy, open or not.
    pub kept: Rev,
    /// What was typed and is not saved, if anything is.
    pub working: Option<Working<F>>,
}

/// What was typed, and is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Working<F> {
    /// The texts.
    pub fields: F,
    /// With what they were typed.
    pub device: Device,
    /// When they were kept.
    pub at: Millis,
}

impl<F> From<Saved<F>> for Head<F> {
    /// Of a text that has no working copy.
    fn from(saved: Saved<F>) -> Self {
        Self { saved, kept: Rev(0), working: None }
    }
}

/// What a newer head asks of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meeting<F> {
    /// It has the words of this page.
    Same,
    /// It has no other words than the page knew: what was typed goes on from it.
    GoesOn,
    /// Both have words of their own, and these are both in one.
    Joined(F),
    /// Both have, and can't be joined.
    Ask,
}

impl<F: Fields> Head<F> {
    /// The last texts.
    pub fn fields(&self) -> &F {
        self.working.as_ref().map_or(&self.saved.fields, |working| &working.fields)
    }

    /// Whether it came after the other.
    pub fn is_newer(&self, known: &Self) -> bool {
        (self.saved.rev, self.kept) > (known.saved.rev, known.kept)
            && self.saved.rev >= known.saved.rev
            && self.kept >= known.kept
    }

    /// What it asks of a page that knew another, and where this was typed since.
    pub fn meets(&self, known: &Self, mine: &F, merge: impl Fn(&F, &F, &F) -> Option<F>) -> Meeting<F> {
        if mine.same(self.fields()) {
            Meeting::Same
        } else if known.fields().same(self.fields()) {
            Meeting::GoesOn
        } else {
            merge(known.fields(), self.fields(), mine).map_or(Meeting::Ask, Meeting::Joined)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    struct Text(String);

    impl Fields for Text {
        fn parts(&self) -> Vec<(&str, &str)> {
            vec![("Text", &self.0)]
        }
    }

    fn head(saved: &str, rev: i64, working: &str, kept: i64) -> Head<Text> {
        let text = |text: &str| Text(text.to_owned());
        let working =
            (!working.is_empty()).then(|| Working { fields: text(working), device: Device::default(), at: Millis(0) });
        Head { saved: Saved { fields: text(saved), rev: Rev(rev) }, kept: Rev(kept), working }
    }

    #[track_caller]
    fn check(known: &Head<Text>, now: &Head<Text>, mine: &str, expected: &Meeting<Text>) {
        let merge = |base: &Text, theirs: &Text, mine: &Text| domain::merge(&base.0, &theirs.0, &mine.0).map(Text);
        assert_eq!(now.meets(known, &Text(mine.to_owned()), merge), *expected);
    }

    #[test]
    fn what_a_newer_head_asks_of_a_page() {
        let known = head("a\n\nb", 1, "", 0);
        check(&known, &head("a\n\nb", 1, "a!\n\nb", 1), "a!\n\nb ", &Meeting::Same);
        // What was kept elsewhere was saved as it was.
        check(&head("a", 1, "a!", 1), &head("a!", 2, "", 2), "a!!", &Meeting::GoesOn);
        let joined = Meeting::Joined(Text("a!\n\nb?".to_owned()));
        check(&known, &head("a\n\nb", 1, "a!\n\nb", 1), "a\n\nb?", &joined);
        check(&known, &head("a!\n\nb", 2, "", 0), "a\n\nb?", &joined);
        check(&known, &head("c\n\nb", 2, "", 0), "d\n\nb", &Meeting::Ask);
    }

    #[test]
    fn an_answer_that_comes_late_is_not_newer() {
        let known = head("a", 2, "b", 5);
        for (rev, kept, newer) in
            [(2, 5, false), (2, 4, false), (1, 5, false), (3, 4, false), (3, 5, true), (2, 6, true)]
        {
            assert_eq!(head("a", rev, "b", kept).is_newer(&known), newer, "{rev} {kept}");
        }
    }
}
