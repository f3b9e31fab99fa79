//! Marks: the signs around emphasised text, put there and taken away.

use std::ops::Range;

use super::{
    edit::{Edit, Replacement},
    line,
    runs::{Run, after, before, runs},
};

/// How text is emphasised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `**loud**`
    Strong,
    /// `*soft*`
    Emphasis,
}

impl Mark {
    const fn signs(self) -> &'static str {
        match self {
            Self::Strong => "**",
            Self::Emphasis => "*",
        }
    }

    /// Whether so many signs in a row say it.
    const fn is_said_by(self, count: usize) -> bool {
        match self {
            Self::Strong => matches!(count, 2 | 3),
            Self::Emphasis => matches!(count, 1 | 3),
        }
    }

    fn in_range(self, text: &str, range: Range<usize>) -> Vec<Run> {
        runs(text, range).into_iter().filter(|run| self.is_said_by(run.len())).collect()
    }
}

/// Marks what is selected, or takes its mark away if all of it has that. Without a selection it is the word around the
/// caret; where there is none, a pair of signs with the caret inside.
pub fn toggled(text: &str, selected: Range<usize>, mark: Mark) -> Edit {
    let pieces = match word(text, &selected) {
        Some(word) => vec![word],
        None => pieces(text, &selected, mark),
    };
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return at_caret(text, selected.end, mark) };
    let kept = if selected.is_empty() { selected } else { first.start..last.end };
    let off = pieces.iter().map(|piece| without(text, piece, mark)).collect::<Vec<_>>();
    let all = if off.iter().all(Option::is_some) {
        off.into_iter().flatten().flatten().collect()
    } else {
        let plain = pieces.iter().zip(off).filter(|(_, off)| off.is_none());
        plain.flat_map(|(piece, _)| with(text, piece, mark)).collect()
    };
    Edit::of(text, all, kept)
}

/// The word around a caret that has letters on both sides.
pub fn word(text: &str, selected: &Range<usize>) -> Option<Range<usize>> {
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let (left, right) = text.split_at(selected.start);
    let is_inside = left.ends_with(is_letter) && right.starts_with(is_letter);
    if !selected.is_empty() || !is_inside {
        return None;
    }
    let start = left.trim_end_matches(is_letter).len();
    let end = text.len() - right.trim_start_matches(is_letter).len();
    let word = text.get(start..end)?;
    let core = word.trim_matches(['\'', '’']);
    let start = start + (word.len() - word.trim_start_matches(['\'', '’']).len());
    Some(start..start + core.len()).filter(|word| word.start < selected.start && selected.start < word.end)
}

/// What is selected, line by line: emphasis ends with its paragraph, and no sign stands before a heading's.
fn pieces(text: &str, selected: &Range<usize>, mark: Mark) -> Vec<Range<usize>> {
    let piece = |line: Range<usize>| {
        let typed = text.get(line.clone())?;
        // A scene break stays one.
        typed.contains(char::is_alphanumeric).then_some(())?;
        let quote = line::quote(typed);
        let signs = quote + line::heading(typed.get(quote..)?);
        let (start, end) = (selected.start.max(line.start + signs), selected.end.min(line.end));
        let piece = line::trimmed(text, start..end.max(start));
        (!piece.is_empty()).then(|| whole(text, piece, &line, mark))
    };
    line::touched(text, selected).into_iter().filter_map(piece).collect()
}

/// A piece that ends within emphasis goes on to that one's end.
fn whole(text: &str, piece: Range<usize>, line: &Range<usize>, mark: Mark) -> Range<usize> {
    if mark.in_range(text, piece.clone()).len().is_multiple_of(2) {
        return piece;
    }
    let before = mark.in_range(text, line.start..piece.start);
    match (before.len() % 2, before.last(), mark.in_range(text, piece.end..line.end).first()) {
        (1, Some(opening), _) => opening.start..piece.end,
        (_, _, Some(closing)) => piece.start..closing.end,
        _ => piece,
    }
}

/// What takes the mark away from a piece, if it has that.
fn without(text: &str, piece: &Range<usize>, mark: Mark) -> Option<Vec<Replacement>> {
    let (line, length) = (line::around(text, piece.start), mark.signs().len());
    let gone = |start: usize| (start..start + length, String::new());
    match mark.in_range(text, piece.clone()).as_slice() {
        [] if is_around(text, piece, mark) => Some(vec![gone(piece.start - length), gone(piece.end)]),
        [] => {
            let opening = mark.in_range(text, line.start..piece.start);
            let closing = mark.in_range(text, piece.end..line.end);
            if opening.len().is_multiple_of(2) || closing.len().is_multiple_of(2) {
                return None;
            }
            // In the middle of what has it: that ends before the piece, and goes on behind it.
            let signs = opening.last().and_then(|run| text.get(run.start..run.start + length))?;
            let outside = |range: Range<usize>| line::trimmed(text, range);
            let end = outside(line.start..piece.start).end;
            let start = outside(piece.end..line.end).start;
            let is_first = opening.last().is_some_and(|run| run.end == end);
            let is_last = closing.first().is_some_and(|run| run.start == start);
            Some(vec![
                if is_first { gone(end - length) } else { (end..end, signs.to_owned()) },
                if is_last { gone(start) } else { (start..start, signs.to_owned()) },
            ])
        }
        [first, last] if first.start == piece.start && last.end == piece.end => {
            Some(vec![gone(first.start), gone(last.end - length)])
        }
        _ => None,
    }
}

/// What gives a piece the mark: around all of it, and nowhere within.
fn with(text: &str, piece: &Range<usize>, mark: Mark) -> Vec<Replacement> {
    let signs = mark.signs();
    let within = mark.in_range(text, piece.clone());
    let mut all = within.iter().map(|run| (run.start..run.start + signs.len(), String::new())).collect::<Vec<_>>();
    if !is_around(text, piece, mark) {
        all.extend([(piece.start..piece.start, signs.to_owned()), (piece.end..piece.end, signs.to_owned())]);
    }
    all
}

fn is_around(text: &str, piece: &Range<usize>, mark: Mark) -> bool {
    mark.is_said_by(before(text, piece.start).min(after(text, piece.end)))
}

/// The caret goes out of what it marks, back into what it just left, or between a pair of signs; from between a pair
/// that is empty they go.
fn at_caret(text: &str, at: usize, mark: Mark) -> Edit {
    let (signs, line) = (mark.signs(), line::around(text, at));
    let (left, right) = (before(text, at), after(text, at));
    let caret = |at: usize| Edit::none(at..at);
    if mark.is_said_by(left.min(right)) {
        let around = at - signs.len()..at + signs.len();
        return Edit::of(text, vec![(around, String::new())], at..at);
    }
    let is_open = mark.in_range(text, line.start..at).len() % 2 == 1;
    match (is_open, mark.is_said_by(left), mark.is_said_by(right)) {
        (true, _, true) => caret(at + signs.len()),
        (true, _, false) if mark.in_range(text, at..line.end).len() % 2 == 1 => caret(at),
        (false, true, _) if left < at - line.start => caret(at - signs.len()),
        _ => Edit { replaced: at..at, text: signs.repeat(2), selected: at + signs.len()..at + signs.len() },
    }
}

#[cfg(test)]
mod tests;
