//! Two texts compared, and two joined: word by word within paragraphs.
//!
//! Paragraphs are compared first, and words only where paragraphs differ: that is how people read, and it bounds the
//! work. What would take too long counts as wholly different, which loses nothing.

mod difference;
mod hunks;
mod merge;
mod tokens;

pub use self::{
    difference::{Run, difference},
    merge::merge,
};

#[cfg(test)]
mod tests;
