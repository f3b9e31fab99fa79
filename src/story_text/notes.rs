//! Notes: which of a chapter's notes a reference means, and its number.

use std::collections::HashMap;

use super::{Block, Piece, pieces};

/// The notes in the scenes of a chapter. Those that the text refers to are numbered in the order of the references.
#[derive(Default)]
pub(super) struct Notes<'a> {
    notes: Vec<Note<'a>>,
    /// The first note with a label in a scene, and in the chapter.
    in_scene: HashMap<(usize, &'a str), usize>,
    in_chapter: HashMap<&'a str, usize>,
    /// The notes by number.
    order: Vec<usize>,
}

struct Note<'a> {
    scene: usize,
    text: &'a str,
    number: Option<usize>,
}

impl<'a> Notes<'a> {
    /// The notes in these scenes.
    pub(super) fn of(scenes: &'a [Vec<Block>]) -> Self {
        let mut all = Self::default();
        for (scene, blocks) in scenes.iter().enumerate() {
            for block in blocks {
                if let Block::Note { label, text } = block {
                    all.in_scene.entry((scene, label)).or_insert(all.notes.len());
                    all.in_chapter.entry(label).or_insert(all.notes.len());
                    all.notes.push(Note { scene, text, number: None });
                }
            }
        }
        if all.notes.is_empty() {
            return all;
        }
        for (scene, blocks) in scenes.iter().enumerate() {
            all.number(scene, blocks);
        }
        // A note may refer to a note.
        let mut next = 0;
        while let Some(note) = all.order.get(next).and_then(|&note| all.notes.get(note)) {
            let (scene, text) = (note.scene, note.text);
            all.number_in(scene, text);
            next += 1;
        }
        all
    }

    /// The number of the note that the label means in this scene: the scene's own, else the chapter's first.
    pub(super) fn meant(&self, scene: usize, label: &str) -> Option<usize> {
        self.notes.get(self.index(scene, label)?)?.number
    }

    /// Whether the text refers to the note that stands here: not to one before it with the same label.
    pub(super) fn is_meant(&self, scene: usize, label: &str, text: &str) -> bool {
        let first = self.in_scene.get(&(scene, label)).and_then(|&note| self.notes.get(note));
        first.is_some_and(|first| std::ptr::eq(first.text, text) && first.number.is_some())
    }

    /// The notes that stand in a scene: their numbers and texts, in order.
    pub(super) fn standing_in(&self, scene: usize) -> impl Iterator<Item = (usize, &'a str)> {
        let notes = self.order.iter().filter_map(|&note| self.notes.get(note));
        notes.filter(move |note| note.scene == scene).filter_map(|note| Some((note.number?, note.text)))
    }

    fn index(&self, scene: usize, label: &str) -> Option<usize> {
        self.in_scene.get(&(scene, label)).or_else(|| self.in_chapter.get(label)).copied()
    }

    fn number(&mut self, scene: usize, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) | Block::Heading(text) => self.number_in(scene, text),
                Block::Quote(blocks) => self.number(scene, blocks),
                Block::Break | Block::Note { .. } => {}
            }
        }
    }

    fn number_in(&mut self, scene: usize, text: &str) {
        if !text.contains("[^") {
            return;
        }
        pieces(text, |piece| {
            let Piece::Note { label, .. } = piece else { return };
            let Some(meant) = self.index(scene, label) else { return };
            if let Some(note) = self.notes.get_mut(meant).filter(|note| note.number.is_none()) {
                self.order.push(meant);
                note.number = Some(self.order.len());
            }
        });
    }
}
