//! Hunks: where two lists of tokens differ.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// How much comparing one pair of texts may take, in pairs of tokens. It is a fraction of a second.
pub(super) const ROOM: usize = 40_000_000;

/// What stands in one list, and what in its place in the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// The differences, in order. Where `room` is too small for a closer look there is one, which has everything between
/// the first and the last of them.
pub(super) fn hunks(old: &[&str], new: &[&str], room: &mut usize) -> Vec<Hunk> {
    let same = |(a, b): &(&&str, &&str)| a == b;
    let before = old.iter().zip(new).take_while(same).count();
    let (old, new) = (&old[before..], &new[before..]);
    let after = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
    let (old, new) = (&old[..old.len() - after], &new[..new.len() - after]);
    let whole = Hunk { old: before..before + old.len(), new: before..before + new.len() };
    if old.is_empty() || new.is_empty() {
        return if old.is_empty() && new.is_empty() { vec![] } else { vec![whole] };
    }
    let Some(left) = room.checked_sub(old.len().saturating_mul(new.len())) else { return vec![whole] };
    *room = left;
    capture_diff_slices(Algorithm::Myers, old, new).into_iter().filter_map(|op| differing(op, before)).collect()
}

fn differing(op: DiffOp, before: usize) -> Option<Hunk> {
    let range = |index: usize, len: usize| before + index..before + index + len;
    match op {
        DiffOp::Equal { .. } => None,
        DiffOp::Delete { old_index, old_len, new_index } => {
            Some(Hunk { old: range(old_index, old_len), new: range(new_index, 0) })
        }
        DiffOp::Insert { old_index, new_index, new_len } => {
            Some(Hunk { old: range(old_index, 0), new: range(new_index, new_len) })
        }
        DiffOp::Replace { old_index, old_len, new_index, new_len } => {
            Some(Hunk { old: range(old_index, old_len), new: range(new_index, new_len) })
        }
    }
}
