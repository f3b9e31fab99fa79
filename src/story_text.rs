//! Story text: what an author may type, and what it means. `docs/story-text.md` has the table.
//!
//! Import, reading page and word count read a text here and nowhere else. What is not in the table stays as
//! it was typed. In reading order: `private` takes comments out, `blocks` finds paragraphs, headings, quotes, scene
//! breaks and notes, `inline` reads the text of one, `notes` numbers what is referred to, `html` writes it,
//! `passages` gives it to programs that write other kinds of files, `line` writes what such a program
//! had.

mod blocks;
mod html;
mod inline;
mod line;
mod notes;
mod passages;
mod private;
mod scene_break;

use unicode_segmentation::UnicodeSegmentation;

use self::{
    blocks::{Block, blocks},
    inline::{Piece, pieces},
    notes::Notes,
};

pub(crate) use self::{
    blocks::{Noted, ends_sentence, title, unindented},
    html::BREAK,
    private::{masked, private, without_private},
    scene_break::is_break,
};
pub use self::{
    line::StoryLine,
    passages::{Passage, Passages, Run, RunStyle},
};

/// The scenes of a chapter as HTML, in their order. Notes are numbered through the chapter.
pub(crate) fn html(scenes: &[&str]) -> Vec<String> {
    let scenes = scenes.iter().map(|text| blocks(&without_private(text))).collect::<Vec<_>>();
    let notes = Notes::of(&scenes);
    html::Page::new(&notes).scenes(&scenes)
}

/// How many words a reader finds in the text: by Unicode's rules, which count each character of a script that is
/// written without spaces.
pub(crate) fn words(text: &str) -> usize {
    blocks(&without_private(text)).iter().map(words_of).sum()
}

/// The notes that stand in a text.
pub(crate) fn notes(text: &str) -> Vec<Noted> {
    if text.contains("[^") { blocks::noted(&masked(text)) } else { Vec::new() }
}

/// The labels of the notes that a text refers to.
pub(crate) fn references(text: &str) -> Vec<String> {
    let mut labels = Vec::new();
    if text.contains("[^") {
        for block in blocks(&without_private(text)) {
            refer(&block, &mut labels);
        }
    }
    labels
}

/// A line of text without its markup.
pub(crate) fn plain(line: &str) -> String {
    let mut plain = String::new();
    pieces(line, |piece| match piece {
        Piece::Text(text) => plain += &text,
        Piece::Note { typed, .. } => plain += &typed,
        Piece::LineEnd => plain.push(' '),
        Piece::Open(_) | Piece::Close(_) | Piece::Link { .. } | Piece::LinkEnd => {}
    });
    plain
}

fn refer(block: &Block, labels: &mut Vec<String>) {
    match block {
        Block::Paragraph(text) | Block::Heading(text) | Block::Note { text, .. } => pieces(text, |piece| {
            if let Piece::Note { label, .. } = piece {
                labels.push(label.to_owned());
            }
        }),
        Block::Quote(blocks) => blocks.iter().for_each(|block| refer(block, labels)),
        Block::Break => {}
    }
}

fn words_of(block: &Block) -> usize {
    match block {
        Block::Paragraph(text) | Block::Heading(text) | Block::Note { text, .. } => {
            let mut shown = String::with_capacity(text.len());
            pieces(text, |piece| match piece {
                Piece::Text(text) => shown += &text,
                Piece::LineEnd | Piece::Note { .. } => shown.push('\n'),
                Piece::Open(_) | Piece::Close(_) | Piece::Link { .. } | Piece::LinkEnd => {}
            });
            shown.unicode_words().count()
        }
        Block::Quote(blocks) => blocks.iter().map(words_of).sum(),
        Block::Break => 0,
    }
}

#[cfg(test)]
mod tests;
