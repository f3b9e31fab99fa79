//! The difference between two texts, as people read it.

use serde::{Deserialize, Serialize};

use super::{
    hunks::{Hunk, ROOM, hunks},
    tokens::{lines, words},
};

/// A piece of text that both have, or one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Run {
    /// Both have it.
    Same(String),
    /// Only the older text has it.
    Gone(String),
    /// Only the newer text has it.
    New(String),
}

/// The difference, in order: `Same` and `Gone` together are the old text, `Same` and `New` together the new one.
pub fn difference(old: &str, new: &str) -> Vec<Run> {
    let mut room = ROOM;
    let (old, new) = (lines(old), lines(new));
    let mut runs = Runs::default();
    let mut at = 0;
    for hunk in hunks(&old, &new, &mut room) {
        runs.add_same(&old[at..hunk.old.start]);
        at = hunk.old.end;
        by_words(&old[hunk.old].concat(), &new[hunk.new].concat(), &mut room, &mut runs);
    }
    runs.add_same(&old[at..]);
    runs.0
}

/// Paragraphs that differ. Two that have less than a third in common are told one after the other: nobody can read
/// them word by word.
fn by_words(old: &str, new: &str, room: &mut usize, runs: &mut Runs) {
    let (old_words, new_words) = (words(old), words(new));
    let found = hunks(&old_words, &new_words, room);
    let length = |hunk: &Hunk| old_words[hunk.old.clone()].iter().map(|word| word.len()).sum::<usize>();
    let same = old.len() - found.iter().map(length).sum::<usize>();
    if same * 3 < old.len().max(new.len()) {
        runs.add_gone(&[old]);
        runs.add_new(&[new]);
        return;
    }
    let mut at = 0;
    for hunk in found {
        runs.add_same(&old_words[at..hunk.old.start]);
        at = hunk.old.end;
        runs.add_gone(&old_words[hunk.old]);
        runs.add_new(&new_words[hunk.new]);
    }
    runs.add_same(&old_words[at..]);
}

/// Runs so far. Two of one kind never follow each other.
#[derive(Default)]
struct Runs(Vec<Run>);

impl Runs {
    fn add_same(&mut self, tokens: &[&str]) {
        match self.0.last_mut() {
            Some(Run::Same(text)) => text.extend(tokens.iter().copied()),
            Some(Run::Gone(_) | Run::New(_)) | None => self.begin(tokens, Run::Same),
        }
    }

    fn add_gone(&mut self, tokens: &[&str]) {
        match self.0.last_mut() {
            Some(Run::Gone(text)) => text.extend(tokens.iter().copied()),
            Some(Run::Same(_) | Run::New(_)) | None => self.begin(tokens, Run::Gone),
        }
    }

    fn add_new(&mut self, tokens: &[&str]) {
        match self.0.last_mut() {
            Some(Run::New(text)) => text.extend(tokens.iter().copied()),
            Some(Run::Same(_) | Run::Gone(_)) | None => self.begin(tokens, Run::New),
        }
    }

    fn begin(&mut self, tokens: &[&str], run: fn(String) -> Run) {
        let text = tokens.concat();
        if !text.is_empty() {
            self.0.push(run(text));
        }
    }
}
