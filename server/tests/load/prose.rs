//! Text of our own making, the same on every run.

use std::fmt::Write as _;

const WHO: [&str; 7] = ["The ferryman", "A lodger", "Her aunt", "The clerk", "Nobody", "The miller’s boy", "A sailor"];
const DID: [&str; 7] = ["counted", "forgot", "wrote down", "praised", "mended", "*buried*", "sold"];
const WHAT: [&str; 6] =
    ["the tide", "every window", "a borrowed coat", "the long road", "two letters", "the last lamp"];
const WHEN: [&str; 5] = ["before breakfast", "in the rain", "as the bells began", "without a word", "a second time"];

/// A book in Markdown: chapters of two scenes, of about so many words each.
pub(crate) fn book(number: usize, chapters: usize, words: usize) -> String {
    let mut book = format!("# {}\n\n{}\n", title(number), scene(number * 13, 20));
    for chapter in 0..chapters {
        let seed = number * 97 + chapter * 31;
        let _ =
            write!(book, "\n## Chapter {}\n\n{}\n***\n\n{}", chapter + 1, scene(seed, words), scene(seed + 5, words));
    }
    book
}

fn title(number: usize) -> String {
    format!("{} and {}, {number}", WHO[number % WHO.len()], WHAT[number / 2 % WHAT.len()])
}

/// Paragraphs of six sentences.
pub(crate) fn scene(seed: usize, words: usize) -> String {
    let mut text = String::with_capacity(words * 6);
    // A sentence has about seven words.
    for sentence in 0..words.div_ceil(7) {
        let seed = seed * 31 + sentence * 7;
        let (who, did) = (WHO[seed % WHO.len()], DID[seed / 3 % DID.len()]);
        let (what, when) = (WHAT[seed / 5 % WHAT.len()], WHEN[seed / 7 % WHEN.len()]);
        let end = if sentence % 6 == 5 { "\n\n" } else { " " };
        let _ = write!(text, "{who} {did} {what} {when}.{end}");
    }
    text.trim_end().to_owned() + "\n"
}
