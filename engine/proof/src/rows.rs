//! Rows, which hold nothing but the position of their last change.

use crate::nouns::{Tag, Tags};
use abreast_core::{Key, Seq};

/// A row, and the tag that stands for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Row(pub u8);

impl Row {
    /// Its tag.
    pub const fn tag(self) -> Tag {
        Tag(self.0)
    }
}

/// An answer: each row that was read, and the position of its last change.
pub type Value = Vec<(Row, Seq)>;

/// What can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    /// Its name in every tier.
    pub key: Key,
    /// The rows it always reads.
    always: Vec<Row>,
    /// And one of these two, the first when the first row of all last changed at an odd position: what an
    /// answer depends on depends on what it says.
    either: Option<[Row; 2]>,
    /// Whether it is answered with "not there" while the first row is withdrawn.
    pub vanishes: bool,
}

impl Question {
    /// A question about these rows.
    pub fn about(name: &str, always: &[u8], either: Option<[u8; 2]>) -> Self {
        Self {
            key: Key::from_text(name),
            always: always.iter().copied().map(Row).collect(),
            either: either.map(|rows| rows.map(Row)),
            vanishes: false,
        }
    }

    /// The same about something that is not there while it is withdrawn.
    #[must_use]
    pub fn that_vanishes(self) -> Self {
        Self { vanishes: true, ..self }
    }

    /// The answer, where `last` says when a row was last changed.
    pub fn answer(&self, last: impl Fn(Row) -> Seq) -> Value {
        let mut value: Value = self.always.iter().map(|row| (*row, last(*row))).collect();
        if let (Some([odd, even]), Some((_, first))) = (self.either, value.first().copied()) {
            let row = if first.0 % 2 == 1 { odd } else { even };
            value.push((row, last(row)));
        }
        value
    }
}

/// What an answer depends on.
///
/// # Panics
/// If it has no row: no question is about nothing.
pub fn tags(value: &Value) -> Tags {
    let tags: Vec<Tag> = value.iter().map(|(row, _)| row.tag()).collect();
    Tags::try_from(tags).expect("a question is about a row at least")
}

/// The answer as a browser keeps it.
pub fn encode(value: &Value) -> String {
    let rows: Vec<String> = value.iter().map(|(row, seq)| format!("{}={seq}", row.0)).collect();
    rows.join(" ")
}

/// The answer that a browser kept.
pub fn decode(body: &str) -> Value {
    let row = |word: &str| {
        let (row, seq) = word.split_once('=')?;
        Some((Row(row.parse().ok()?), Seq(seq.parse().ok()?)))
    };
    body.split(' ').filter_map(row).collect()
}
