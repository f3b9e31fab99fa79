//! The lines of a text: which are selected, and what in them is text.

use std::ops::Range;

/// The ranges of the lines that a selection touches, without their ends.
pub fn touched(text: &str, selected: &Range<usize>) -> Vec<Range<usize>> {
    // A selection that ends where a line begins has nothing of that line.
    let last = if selected.is_empty() { selected.end } else { selected.end - 1 };
    let mut start = around(text, selected.start).start;
    let mut lines = Vec::new();
    for line in text.get(start..).unwrap_or_default().split('\n') {
        lines.push(start..start + line.len());
        start += line.len() + 1;
        if start > last {
            break;
        }
    }
    lines
}

/// The line around a place.
pub fn around(text: &str, place: usize) -> Range<usize> {
    let (before, after) = text.split_at(place);
    before.rfind('\n').map_or(0, |end| end + 1)..after.find('\n').map_or(text.len(), |end| place + end)
}

/// How long the signs of a quotation are at a line's start.
pub fn quote(line: &str) -> usize {
    let text = line.trim_start_matches([' ', '>']);
    if line.trim_start().starts_with('>') { line.len() - text.len() } else { 0 }
}

/// How long the signs of a heading are at the start of a line without quotation signs.
pub fn heading(line: &str) -> usize {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    if (1..=6).contains(&level) && text.starts_with([' ', '\t']) {
        line.len() - text.trim_start_matches([' ', '\t']).len()
    } else {
        0
    }
}

/// A range without the blanks at its ends.
pub fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let all = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (all.len() - all.trim_start().len());
    start..start + all.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_a_selection() {
        for (selected, expected) in [
            (0..0, vec!["One"]),
            (3..3, vec!["One"]),
            (4..4, vec![""]),
            (0..4, vec!["One"]),
            (2..6, vec!["One", "", "Two"]),
            (8..8, vec!["Two"]),
        ] {
            let text = "One\n\nTwo";
            let lines = touched(text, &selected).into_iter().map(|line| &text[line]).collect::<Vec<_>>();
            assert_eq!(lines, expected, "{selected:?}");
        }
    }
}
