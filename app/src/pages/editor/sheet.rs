//! A sheet: typed texts, laid over the saved ones.
//!
//! Nothing is copied into the editor and back: its texts are derived from the last answer, the last save, and the
//! typing since. So an answer that arrives late changes a clean sheet, and never a written one.

use domain::Rev;
use serde::{Deserialize, Serialize};

pub use crate::draft::Fields;

/// Texts as they were saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved<F> {
    /// The texts.
    pub fields: F,
    /// Which save that was.
    pub rev: Rev,
}

/// The typed texts, over the saved ones.
#[derive(Debug, Clone)]
pub struct Sheet<F> {
    /// Our own last save, until the query answers with it.
    acknowledged: Option<Saved<F>>,
    typed: Option<Typed<F>>,
}

#[derive(Debug, Clone)]
struct Typed<F> {
    fields: F,
    /// What it was begun from.
    from: Saved<F>,
}

impl<F: Fields> Default for Sheet<F> {
    fn default() -> Self {
        Self { acknowledged: None, typed: None }
    }
}

impl<F: Fields> Typed<F> {
    fn is_dirty(&self) -> bool {
        !self.fields.same(&self.from.fields)
    }
}

impl<F: Fields> Sheet<F> {
    /// The texts to show, given what the query answers.
    pub fn shown<'a>(&'a self, answer: &'a Saved<F>) -> &'a F {
        let saved = self.saved(answer);
        let typed = self.typed.as_ref().filter(|typed| typed.is_dirty() || typed.from.rev >= saved.rev);
        typed.map_or(&saved.fields, |typed| &typed.fields)
    }

    /// The last save that is known of.
    pub fn saved<'a>(&'a self, answer: &'a Saved<F>) -> &'a Saved<F> {
        self.acknowledged.as_ref().filter(|own| own.rev > answer.rev).unwrap_or(answer)
    }

    /// The typed and unsaved texts, with the revision that they were begun from.
    pub fn unsaved(&self) -> Option<(&F, Rev)> {
        self.typed.as_ref().filter(|typed| typed.is_dirty()).map(|typed| (&typed.fields, typed.from.rev))
    }

    /// Something is typed.
    pub fn write(&mut self, answer: &Saved<F>, change: impl FnOnce(&mut F)) {
        let mut fields = self.shown(answer).clone();
        change(&mut fields);
        let from = match self.typed.take() {
            Some(typed) if typed.is_dirty() => typed.from,
            _ => self.saved(answer).clone(),
        };
        self.typed = Some(Typed { fields, from });
    }

    /// These texts were saved. What was typed meanwhile goes on from there.
    pub fn acknowledge(&mut self, fields: F, rev: Rev) {
        let saved = Saved { fields, rev };
        if let Some(typed) = &mut self.typed {
            typed.from = saved.clone();
        }
        self.acknowledged = Some(saved);
    }

    /// A draft is put on the sheet; its base tells the server what it was begun from.
    pub fn recover(&mut self, answer: &Saved<F>, fields: F, base: Rev) {
        let from = Saved { fields: self.saved(answer).fields.clone(), rev: base };
        self.typed = Some(Typed { fields, from });
    }

    /// The typed texts go on from this save: the next save replaces it, knowingly.
    pub fn rebase(&mut self, theirs: &Saved<F>) {
        if let Some(typed) = &mut self.typed {
            typed.from = theirs.clone();
        }
    }

    /// Drops the typed texts, and shows this save.
    pub fn take(&mut self, theirs: Saved<F>) {
        self.typed = None;
        self.acknowledged = Some(theirs);
    }

    /// Drops the typed texts.
    pub fn discard(&mut self) {
        self.typed = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    struct Text(String);

    impl Fields for Text {
        fn parts(&self) -> Vec<(&str, &str)> {
            vec![("Text", &self.0)]
        }
    }

    fn saved(text: &str, rev: i64) -> Saved<Text> {
        Saved { fields: Text(text.to_owned()), rev: Rev(rev) }
    }

    fn type_over(sheet: &mut Sheet<Text>, answer: &Saved<Text>, text: &str) {
        sheet.write(answer, |fields| text.clone_into(&mut fields.0));
    }

    #[test]
    fn a_late_answer_changes_a_clean_sheet_and_never_a_written_one() {
        let mut sheet = Sheet::default();
        let (old, new) = (saved("old", 1), saved("new", 2));
        assert_eq!(sheet.shown(&old).0, "old");
        assert_eq!(sheet.shown(&new).0, "new");
        type_over(&mut sheet, &old, "mine");
        assert_eq!(sheet.shown(&new).0, "mine");
        assert_eq!(sheet.unsaved().map(|(_, base)| base), Some(Rev(1)), "the server will see the conflict");
    }

    #[test]
    fn between_a_save_and_its_answer_the_saved_text_stays() {
        let mut sheet = Sheet::default();
        let old = saved("old", 1);
        type_over(&mut sheet, &old, "mine ");
        sheet.acknowledge(Text("mine ".to_owned()), Rev(2));
        assert_eq!(sheet.shown(&old).0, "mine ", "the space at the end stays while its author types on");
        assert_eq!(sheet.unsaved(), None);
        assert_eq!(sheet.shown(&saved("mine", 2)).0, "mine ");
        assert_eq!(sheet.shown(&saved("theirs", 3)).0, "theirs");
    }

    #[test]
    fn what_was_typed_during_a_save_goes_on_from_it() {
        let mut sheet = Sheet::default();
        let old = saved("old", 1);
        type_over(&mut sheet, &old, "one");
        type_over(&mut sheet, &old, "one two");
        sheet.acknowledge(Text("one".to_owned()), Rev(2));
        assert_eq!(sheet.unsaved().map(|(fields, base)| (fields.0.as_str(), base)), Some(("one two", Rev(2))));
    }

    #[test]
    fn a_draft_keeps_the_base_it_was_begun_from() {
        let mut sheet = Sheet::default();
        let now = saved("theirs", 5);
        sheet.recover(&now, Text("mine".to_owned()), Rev(3));
        assert_eq!(sheet.unsaved().map(|(_, base)| base), Some(Rev(3)));
        type_over(&mut sheet, &now, "mine too");
        assert_eq!(sheet.unsaved().map(|(_, base)| base), Some(Rev(3)));
        sheet.rebase(&now);
        assert_eq!(sheet.unsaved().map(|(_, base)| base), Some(Rev(5)));
        sheet.take(saved("fresh", 6));
        assert_eq!((sheet.shown(&now).0.as_str(), sheet.unsaved()), ("fresh", None));
    }

    #[test]
    fn typing_it_back_leaves_nothing_unsaved() {
        let mut sheet = Sheet::default();
        let old = saved("old", 1);
        type_over(&mut sheet, &old, "olde");
        type_over(&mut sheet, &old, "old");
        assert_eq!(sheet.unsaved(), None);
    }
}
