//! Lines that end at a fixed width, as old text files have them: a line end there is not its author's.

/// How many lines must end that way, and of a hundred how many, before a file counts as wrapped.
const LEAST: usize = 20;
const SHARE: usize = 75;
/// The widths that such files have, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 45..=100;

/// The text with its wrapped lines joined; `None` if it has none. A line whose next word would have fitted ended where
/// its author ended it: a verse stays.
pub(super) fn joined(text: &str) -> Option<String> {
    let lines = text.split('\n').collect::<Vec<_>>();
    let inner = || lines.windows(2).filter_map(|pair| <[&str; 2]>::try_from(pair).ok()).filter(goes_on);
    let mut lengths = inner().map(|[line, _]| line.chars().count()).collect::<Vec<_>>();
    lengths.sort_unstable();
    // One line may be too long for the width: a word that could not be parted.
    let width = lengths.get(lengths.len().checked_sub(1)? * 98 / 100).copied()?;
    let is_full = |[line, next]: &[&str; 2]| {
        let word = next.split_whitespace().next().unwrap_or_default();
        line.chars().count() + 1 + word.chars().count() > width
    };
    let full = inner().filter(is_full).count();
    if !WIDTHS.contains(&width) || full < LEAST || full * 100 < lengths.len() * SHARE {
        return None;
    }
    let mut joined = String::with_capacity(text.len());
    for (at, line) in lines.iter().enumerate() {
        joined += line;
        if let Some(next) = lines.get(at + 1) {
            let pair = [*line, *next];
            joined.push(if goes_on(&pair) && is_full(&pair) { ' ' } else { '\n' });
        }
    }
    Some(joined)
}

/// Whether the second line goes on with the first one's paragraph.
fn goes_on([line, next]: &[&str; 2]) -> bool {
    let is_other = |line: &str| line.trim_start().starts_with(['#', '>', '|', '<']) || line.starts_with("[^");
    let is_text = |line: &str| line.contains(char::is_alphanumeric) && !is_other(line);
    is_text(line) && is_text(next) && !next.starts_with(['\t', '\u{3000}']) && !next.starts_with("    ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with no line longer than that.
    fn wrap(text: &str, width: usize) -> String {
        let (mut wrapped, mut length) = (String::new(), 0);
        for word in text.split(' ') {
            if length + 1 + word.len() > width {
                wrapped.push('\n');
                length = word.len();
            } else if !wrapped.is_empty() {
                wrapped.push(' ');
                length += 1 + word.len();
            }
            wrapped += word;
        }
        wrapped
    }

    #[test]
    fn paragraphs_are_joined_and_verse_is_not() {
        let paragraph = "It was the best of times, it was the worst of times, it was the age of wisdom. ".repeat(12);
        let text = |paragraph: &str| format!("CHAPTER I\n\n{paragraph}\n\n{paragraph}\n\nKey of iron,\nkey of bone\n");
        let wrapped = text(&wrap(paragraph.trim(), 70));
        assert_eq!(joined(&wrapped), Some(text(paragraph.trim())));
        assert_eq!(joined(&text(paragraph.trim())), None);
        let full = "x".repeat(70);
        let wrapped = wrapped + &format!("\n{full}\n***\n{full}\n");
        assert!(joined(&wrapped).is_some_and(|joined| joined.ends_with(&format!("{full}\n***\n{full}\n"))));
    }

    #[test]
    fn a_book_of_verse_is_left_alone() {
        let verse = "Key of iron, key of bone,\nkey that opened every stone,\nhang upon the kitchen wall,\n";
        assert_eq!(joined(&verse.repeat(30)), None);
        assert_eq!(joined(""), None);
    }
}
