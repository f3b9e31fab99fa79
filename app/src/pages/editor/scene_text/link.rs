//! Links: `[words](address)`.

use std::ops::Range;

use super::{edit::Edit, line, mark};

/// Makes a link of what is selected, or of the word around the caret, with the caret where something is missing. What
/// is a link already becomes its words. Nothing, if more than one paragraph is selected.
pub fn toggled(text: &str, selected: Range<usize>) -> Option<Edit> {
    if let Some((words, address)) = around(text, &selected) {
        let signs = [words.start - 1..words.start, words.end..address.end + 1];
        return Some(Edit::of(text, signs.map(|range| (range, String::new())).into(), selected));
    }
    let piece = match mark::word(text, &selected) {
        Some(word) => word,
        None => line::trimmed(text, selected),
    };
    let words = text.get(piece.clone())?;
    if words.split('\n').any(|line| line.trim().is_empty()) && !words.is_empty() {
        return None;
    }
    let is_address = is_address(words);
    let text = if is_address { format!("[]({words})") } else { format!("[{words}]()") };
    // Between the brackets where there are no words yet, else between those of the address.
    let caret = piece.start + if is_address || words.is_empty() { 1 } else { text.len() - 1 };
    Some(Edit { replaced: piece, text, selected: caret..caret })
}

/// The words and the address of the link around a selection in one line.
fn around(text: &str, selected: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let line = line::around(text, selected.start);
    let typed = text.get(line.clone())?;
    typed.match_indices("](").find_map(|(middle, signs)| {
        let start = typed.get(..middle)?.rfind('[')?;
        let address = middle + signs.len();
        let end = address + typed.get(address..)?.find(')')?;
        let at = |range: Range<usize>| line.start + range.start..line.start + range.end;
        let is_around = line.start + start <= selected.start && selected.end <= line.start + end + 1;
        is_around.then(|| (at(start + 1..middle), at(address..end)))
    })
}

fn is_address(words: &str) -> bool {
    let is_one = ["http://", "https://", "mailto:"].iter().any(|scheme| words.starts_with(scheme));
    is_one && !words.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::{super::edit, *};

    #[track_caller]
    fn check(before: &str, expected: &str) {
        edit::check(toggled, before, expected);
    }

    #[test]
    fn words_and_addresses_become_links() {
        check("see «the map» here", "see [the map](|) here");
        check("see the m|ap", "see the [map](|)");
        check("see |", "see [|]()");
        check("see «https://a.example»", "see [|](https://a.example)");
        check("«two\nlines»", "[two\nlines](|)");
        check("«two\n\nparagraphs»", "nothing");
    }

    #[test]
    fn a_link_becomes_its_words() {
        check("see [the «map»](https://a.example) here", "see the «map» here");
        check("see «[the map](https://a.example)» here", "see «the map» here");
        check("[a](b) and [c|](d)", "[a](b) and c|");
        check("[|]()", "|");
    }
}
