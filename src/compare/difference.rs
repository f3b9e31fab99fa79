//! The difference between two texts, as people read it.

use serde::{Deserialize, Serialize};

use super::{
    hunks::{Hunk, ROOM, hunks},
    tokens::{lines, words},
};

/// A piece of text that both have, or one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// Both have it.
    Same(String),
    /// Only the older text has it.
    Gone(String),
    /// Only the newer text has it.
    New(String),
}

/// The difference, in order: `Same` and `Gone` together are the old text, `Same` and `New` together the new one.
pub fn difference(old: &str, new: &str) -> Vec<Piece> {
    let mut room = ROOM;
    let (old, new) = (lines(old), lines(new));
    let mut pieces = Pieces::default();
    let mut at = 0;
    for hunk in hunks(&old, &new, &mut room) {
        pieces.add_same(&old[at..hunk.old.start]);
        at = hunk.old.end;
        by_words(&old[hunk.old].concat(), &new[hunk.new].concat(), &mut room, &mut pieces);
    }
    pieces.add_same(&old[at..]);
    pieces.0
}

/// Paragraphs that differ. Two that have less than a third in common are told one after the other: nobody can read
/// them word by word.
fn by_words(old: &str, new: &str, room: &mut usize, pieces: &mut Pieces) {
    let (old_words, new_words) = (words(old), words(new));
    let found = hunks(&old_words, &new_words, room);
    let length = |hunk: &Hunk| old_words[hunk.old.clone()].iter().map(|word| word.len()).sum::<usize>();
    let same = old.len() - found.iter().map(length).sum::<usize>();
    if same * 3 < old.len().max(new.len()) {
        pieces.add_gone(&[old]);
        pieces.add_new(&[new]);
        return;
    }
    let mut at = 0;
    for hunk in found {
        pieces.add_same(&old_words[at..hunk.old.start]);
        at = hunk.old.end;
        pieces.add_gone(&old_words[hunk.old]);
        pieces.add_new(&new_words[hunk.new]);
    }
    pieces.add_same(&old_words[at..]);
}

/// The pieces so far. Two of one kind never follow each other.
#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn add_same(&mut self, tokens: &[&str]) {
        match self.0.last_mut() {
            Some(Piece::Same(text)) => text.extend(tokens.iter().copied()),
            Some(Piece::Gone(_) | Piece::New(_)) | None => self.begin(tokens, Piece::Same),
        }
    }

    fn add_gone(&mut self, tokens: &[&str]) {
        match self.0.last_mut() {
            Some(Piece::Gone(text)) => text.extend(tokens.iter().copied()),
            Some(Piece::Same(_) | Piece::New(_)) | None => self.begin(tokens, Piece::Gone),
        }
    }

    fn add_new(&mut self, tokens: &[&str]) {
        match self.0.last_mut() {
            Some(Piece::New(text)) => text.extend(tokens.iter().copied()),
            Some(Piece::Same(_) | Piece::Gone(_)) | None => self.begin(tokens, Piece::New),
        }
    }

    fn begin(&mut self, tokens: &[&str], kind: fn(String) -> Piece) {
        let text = tokens.concat();
        if !text.is_empty() {
            self.0.push(kind(text));
        }
    }
}
