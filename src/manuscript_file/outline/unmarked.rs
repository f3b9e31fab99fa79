//! Which of the lines that may be headings are: those that are like enough others.

use super::{super::marks::Unmarked, FEW_LINES, Found, text_lines};

/// `#One`, `##Two`: one alone would be a tag.
pub(super) fn tagged(unmarked: &[(Unmarked, Found)]) -> Vec<Found> {
    let tagged = |(what, found): &(Unmarked, Found)| match what {
        Unmarked::Tagged(level) => Some(Found { level: *level, ..found.clone() }),
        Unmarked::Bold | Unmarked::Numbered(_) => None,
    };
    some(unmarked.iter().filter_map(tagged).collect())
}

/// The lines that count from one, each part perhaps anew.
pub(super) fn numbered(unmarked: &[(Unmarked, Found)]) -> Vec<Found> {
    let mut next = 1;
    let numbered = |(what, found): &(Unmarked, Found)| match what {
        Unmarked::Numbered(number) if *number == next || *number == 1 => {
            next = number + 1;
            Some(found.clone())
        }
        Unmarked::Numbered(_) | Unmarked::Bold | Unmarked::Tagged(_) => None,
    };
    some(unmarked.iter().filter_map(numbered).collect())
}

/// The bold lines, if the text begins with one.
pub(super) fn bold(unmarked: &[(Unmarked, Found)], source: &str, top: usize) -> Vec<Found> {
    let is_bold = |(what, _): &&(Unmarked, Found)| *what == Unmarked::Bold;
    let bold = unmarked.iter().filter(is_bold).map(|(_, found)| found.clone()).collect::<Vec<_>>();
    let above = bold.first().and_then(|first| source.get(..first.start.checked_sub(top)?)).unwrap_or(source);
    if text_lines(above) <= FEW_LINES { some(bold) } else { Vec::new() }
}

/// The headings, if there are several.
fn some(headings: Vec<Found>) -> Vec<Found> {
    if headings.len() > 1 { headings } else { Vec::new() }
}
