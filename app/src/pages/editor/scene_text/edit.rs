//! An edit: what a tool replaces in a text, and what is selected then. Places are bytes of the text.

use std::ops::Range;

/// One replaced range of a text, and what is selected then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub replaced: Range<usize>,
    /// What takes its place.
    pub text: String,
    /// What is selected, in the text as it is then.
    pub selected: Range<usize>,
}

/// A range of a text, and what takes its place.
pub type Replacement = (Range<usize>, String);

impl Edit {
    /// Several replacements in one, so that one undo takes all of them back. The selection stays at its words.
    pub fn of(text: &str, mut all: Vec<Replacement>, selected: Range<usize>) -> Self {
        all.sort_by_key(|(range, _)| (range.start, range.end));
        let is_caret = selected.is_empty();
        let selected = moved(&all, selected.start, true)..moved(&all, selected.end, is_caret);
        let start = all.first().map_or(0, |(range, _)| range.start);
        let (mut at, mut new) = (start, String::new());
        for (range, with) in &all {
            new += text.get(at..range.start).unwrap_or_default();
            new += with;
            at = range.end;
        }
        Self { replaced: start..at, text: new, selected }
    }

    /// Nothing but another selection.
    pub const fn none(selected: Range<usize>) -> Self {
        Self { replaced: 0..0, text: String::new(), selected }
    }

    /// Whether the text stays as it is.
    pub const fn is_none(&self) -> bool {
        self.replaced.start == self.replaced.end && self.text.is_empty()
    }
}

/// Where a place of the text is after the replacements; `is_after` what was inserted right there, or before it.
fn moved(all: &[Replacement], place: usize, is_after: bool) -> usize {
    let (mut added, mut removed) = (0, 0);
    for (range, with) in all {
        if range.end < place || (range.end == place && (is_after || !range.is_empty())) {
            added += with.len();
            removed += range.len();
        } else if range.start < place {
            removed += place - range.start;
        }
    }
    place + added - removed
}

/// Tests write a selection as `«so»`, and a caret as `|`.
#[cfg(test)]
#[track_caller]
pub fn check(tool: impl Fn(&str, Range<usize>) -> Option<Edit>, before: &str, expected: &str) {
    let (text, selected) = read(before);
    let shown = tool(&text, selected).map(|edit| {
        let mut text = text.clone();
        text.replace_range(edit.replaced, &edit.text);
        let Range { start, end } = edit.selected;
        if start == end {
            text.insert(start, '|');
        } else {
            text.insert(end, '»');
            text.insert(start, '«');
        }
        text
    });
    assert_eq!(shown.as_deref().unwrap_or("nothing"), expected, "{before:?}");
}

#[cfg(test)]
fn read(marked: &str) -> (String, Range<usize>) {
    let text = marked.replace(['|', '«', '»'], "");
    let place = |sign| marked.find(sign);
    let selected = match (place('|'), place('«'), place('»')) {
        (Some(caret), _, _) => caret..caret,
        (None, Some(start), Some(end)) => start..end - '«'.len_utf8(),
        _ => panic!("{marked:?} has no selection"),
    };
    (text, selected)
}
